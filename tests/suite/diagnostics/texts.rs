//! What is wrong with interface texts and words.

use super::check;
use snapbox::{assert_data_eq, str};

#[test]
fn unknown_text_key() {
    assert_data_eq!(
        check(
            "=== i18n/en.toml\nbuild-nwo = \"Do this now\"\nbuild-now = 3\nwords.stag = [\"level\", \"levels\"]\nwords.stage = [\"level\"]\npage-count = { on = \"One\", other = \"{n}\" }\n=== content/frameworks/f/framework.toml\ntitle = \"F\"\ndimensions = []\nstages = [{ title = \"One\" }]\n[words]\nstagee = [\"level\", \"levels\"]\n"
        ),
        str![[r#"
error[unknown-text-key]: `stagee` is not an interface text
 --> content/frameworks/f/framework.toml:5:1
  |
5 | stagee = ["level", "levels"]
  | ^^^^^^ unknown key
  |
  = help: did you mean `stage`?

error[unknown-text-key]: `build-nwo` is not an interface text
 --> i18n/en.toml:1:1
  |
1 | build-nwo = "Do this now"
  | ^^^^^^^^^ unknown key
  |
  = help: did you mean `build-now`?

error[wrong-type]: expected a string, found a whole number
 --> i18n/en.toml:2:13
  |
2 | build-now = 3
  |             ^ not a string

error[unknown-text-key]: `stag` is not a word that interface texts use
 --> i18n/en.toml:3:7
  |
3 | words.stag = ["level", "levels"]
  |       ^^^^ unknown key
  |
  = help: did you mean `stage`? keys are: stage, dimension, aspect, activity, group

error[invalid-value]: a word is written for one and for several
 --> i18n/en.toml:4:15
  |
4 | words.stage = ["level"]
  |               ^^^^^^^^^
  |
  = help: write it as `stage = ["level", "levels"]`

error[unknown-text-key]: `on` is not a plural form of CLDR
 --> i18n/en.toml:5:16
  |
5 | page-count = { on = "One", other = "{n}" }
  |                ^^ unknown key
  |
  = help: did you mean `one`? keys are: zero, one, two, few, many, other


"#]]
    );
}

#[test]
fn unknown_placeholder() {
    assert_data_eq!(
        check("=== i18n/en.toml\nchanged-since = \"Since {titel}\"\nbuild-now = \"Build at {title}\"\n"),
        str![[r#"
error[unknown-placeholder]: the text `changed-since` has no placeholder `{titel}`
 --> i18n/en.toml:1:17
  |
1 | changed-since = "Since {titel}"
  |                 ^^^^^^^^^^^^^^^
  |
  = help: did you mean `{title}`? it may have `{title}`, and words such as `{stage}` and `{Stages}` stand in any text

error[unknown-placeholder]: the text `build-now` has no placeholder `{title}`
 --> i18n/en.toml:2:13
  |
2 | build-now = "Build at {title}"
  |             ^^^^^^^^^^^^^^^^^^
  |
  = help: words such as `{stage}` and `{Stages}` stand in any text


"#]]
    );
}
