//! A fixture for every diagnostic code, with the text a user reads.

use crate::fixture::{FRAMEWORK, Site};
use guidepost::diagnostics::Code;
use snapbox::{assert_data_eq, str};

/// A page that leads to others, so that they are no orphans.
const HOME: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n\n[A page](a.md)\n";

fn check(files: &str) -> String {
    Site::new(files).problems()
}

/// What `check` says, warnings included.
fn check_all(files: &str) -> String {
    Site::new(files).run(&["check"]).stderr
}

fn page(text: &str) -> String {
    check(&format!("{HOME}=== content/a.md\n{text}"))
}

fn with_framework(files: &str) -> String {
    check(&format!("{FRAMEWORK}{files}"))
}

fn playbook(front: &str, body: &str) -> String {
    format!("+++\npurpose = \"Do it.\"\n{front}\n+++\n\n{body}")
}

const SECTIONS: &str =
    "## Inputs\n\n- A\n\n## Principles\n\nB\n\n## Process\n\n- C\n\n## Outputs\n\n- D\n\n## Tips\n\n- E\n";

#[test]
fn every_code_has_a_fixture() {
    let here = include_str!("diagnostics.rs");
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|c| c.name())
        .filter(|name| !here.contains(&format!("[{name}]")))
        // In output.rs and safety.rs, where publishing and limits are tested.
        .filter(|name| !["foreign-file", "invalid-path", "embed-limit"].contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_documentation_lists_every_code() {
    let rows: String = Code::ALL
        .iter()
        .map(|c| {
            format!(
                "| `{}` | {} | {} |\n",
                c.name(),
                format!("{:?}", c.severity()).to_lowercase(),
                c.meaning()
            )
        })
        .collect();
    let table = format!("| code | severity | meaning |\n| --- | --- | --- |\n{rows}");
    let readme = std::fs::read_to_string(crate::fixture::project().join("README.md")).expect("README.md");
    assert!(readme.contains(&table), "README.md should hold this table:\n{table}");
}

#[test]
fn unreadable() {
    let site = Site::new("");
    site.remove("content");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[unreadable]: there is no folder `content` here
--> content
 = help: run this in a site's folder, name it with `--root`, or start one with `guidepost init`


"#]]
    );
}

#[test]
fn invalid_utf8() {
    let site = Site::new(HOME);
    site.write("content/a.md", b"# Fine\n\nBut \xff not this.\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-utf8]: this file is not UTF-8: byte 12 (line 3) is the first that is not
--> content/a.md
 = help: save it as UTF-8

error[broken-link]: there is no `content/a.md`
 --> content/index.md:5:1
  |
5 | [A page](a.md)
  | ^^^^^^^^^^^^^^


"#]]
    );
}

#[test]
fn too_large() {
    let text = "word ".repeat(300);
    let files = format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n{text}\n");
    let files = format!("{files}=== content/glossary.toml\n# {text}\n=== content/picture.svg\n{text}\n");
    let limit = "=== guidepost.toml\n[limits]\ntext = \"1 KiB\"\n";
    assert_data_eq!(
        check(&format!("{files}{limit}")),
        str![[r#"
error[too-large]: this file has 1527 bytes; a text has at most 1 KiB
--> content/a.md
 = help: divide it into several, or set `[limits] text` in guidepost.toml

error[too-large]: this file has 1503 bytes; a text has at most 1 KiB
--> content/glossary.toml
 = help: divide it into several, or set `[limits] text` in guidepost.toml

error[broken-link]: there is no `content/a.md`
 --> content/index.md:5:1
  |
5 | [A page](a.md)
  | ^^^^^^^^^^^^^^


"#]]
    );
    let site = Site::new(&files);
    site.build(&[]);
    // Markdown of many pieces takes more memory than its size tells, and so do lists.
    let pieces = "a\n".repeat(600_000);
    assert_data_eq!(
        page(&format!("+++\ndescription = \"A\"\n+++\n{pieces}")),
        str![[r#"
error[too-large]: this text has more than 500000 pieces, such as lines, emphasis or cells of tables
 --> content/a.md:4:1
  |
4 | a
  | ^
  |
  = help: divide it into several files


"#]]
    );
    let values = "1,".repeat(200_000);
    assert_data_eq!(
        page(&format!("+++\ndescription = \"A\"\nextra.a = [{values}]\n+++\n")),
        str![[r#"
error[too-large]: there are more than 200000 values here
 --> content/a.md:2:1
  |
2 | description = "A"
  | ^
  |
  = help: divide them into several files


"#]]
    );
    let values = "- a\n".repeat(200_000);
    assert_data_eq!(
        page(&format!("---\ndescription: A\ntags:\n{values}---\n")),
        str![[r#"
error[too-large]: there are more than 200000 values here
 --> content/a.md:2:1
  |
2 | description: A
  | ^
  |
  = help: divide them into several files


"#]]
    );
}

#[test]
fn limits_are_amounts_of_data() {
    let of = |text: &str| check(&format!("=== guidepost.toml\n[limits]\ntext = {text}\n"));
    assert_data_eq!(
        of("\"4 MB\""),
        str![[r#"
error[invalid-value]: `4 MB` is not an amount of data
 --> guidepost.toml:2:8
  |
2 | text = "4 MB"
  |        ^^^^^^
  |
  = help: write it as `4 MiB`; the units are B, KiB, MiB and GiB


"#]]
    );
    for wrong in ["4", "\"\"", "\"MiB\"", "\"0 B\"", "\"-1 KiB\"", "\"99999999999999 GiB\""] {
        assert!(of(wrong).starts_with("error["), "{wrong}");
    }
    for right in ["\"1 B\"", "\"12KiB\"", "\"4 GiB\""] {
        assert_eq!(of(right), "", "{right}");
    }
}

#[test]
fn control_character() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A \\u0007 bell\"\n+++\nIn the \u{1}text, a DEL \u{7f}, C1 \u{85}, \u{fffe}; as &#8; references: <b title=\"&#8;\">x</b> [x](a.md \"&#8;\")\n=== guidepost.toml\ntitle = \"\\u001b[31m\"\n=== content/glossary.toml\n[[terms]]\nterm = \"a\"\ndefinition = \"\\u0000\"\n=== content/b.md\n---\ndescription: \"\\a\"\n---\n"
        )),
        str![[r#"
error[control-character]: the control character U+0007 has no place in a text
 --> content/a.md:2:15
  |
2 | description = "A /u0007 bell"
  |               ^^^^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0001 has no place in a text
 --> content/a.md:4:8
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |        ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+007F has no place in a text
 --> content/a.md:4:21
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                     ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0085 has no place in a text
 --> content/a.md:4:27
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                           ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+FFFE has no place in a text
 --> content/a.md:4:30
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                              ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0008 has no place in a text
 --> content/a.md:4:36
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                                    ^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0008 has no place in a text
 --> content/a.md:4:53
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                                                     ^^^^^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0008 has no place in a text
 --> content/a.md:4:75
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                                                                           ^^^^^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0007 has no place in a text
 --> content/b.md:2:14
  |
2 | description: "/a"
  |              ^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0000 has no place in a text
 --> content/glossary.toml:3:14
  |
3 | definition = "/u0000"
  |              ^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+001B has no place in a text
 --> guidepost.toml:1:9
  |
1 | title = "/u001b[31m"
  |         ^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it


"#]]
    );
}

#[test]
fn too_deep() {
    let quotes = ">".repeat(51);
    let emphasis = "*a **b ".repeat(30) + &"c** d*".repeat(30);
    let list = "- ".repeat(100_000);
    let text = |text: &str| page(&format!("+++\ndescription = \"A\"\n+++\n{text}\n"));
    assert_data_eq!(
        text(&format!("Text.\n\n{quotes} a")),
        str![[r#"
error[too-deep]: lists, quotes and emphasis are nested at most 50 deep
 --> content/a.md:6:51
  |
6 | >>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> a
  |                                                   ^^^
  |
  = help: nobody could follow this; give parts of it a heading of their own


"#]]
    );
    assert!(text(&emphasis).starts_with("error[too-deep]"));
    assert!(text(&format!("{list}a")).starts_with("error[too-deep]"));
    assert_eq!(text(&format!("{} a\n\n{}", ">".repeat(50), "- ".repeat(600))), "", "a rule is no list");
    assert_data_eq!(
        page(&format!("---\ndescription: A\nextra:\n  a:\n  {}x\n---\n", "- ".repeat(100_000))),
        str![[r#"
error[too-deep]: values are nested at most 80 deep
--> content/a.md:5:159
 = note: the line is long; around this place it says `- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - `
 = help: front matter is for a few keys; a text of its own can hold more


"#]]
    );
    let brackets = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert!(page(&format!("---\nextra: {brackets}\n---\n")).starts_with("error[too-deep]"));
    // The reader of TOML has a limit of its own.
    assert!(page(&format!("+++\nextra.a = {brackets}\n+++\n")).starts_with("error[invalid-toml]"));
}

#[test]
fn invalid_toml() {
    assert_data_eq!(
        page("+++\ntitle = \"A\ndescription = 5 = 6\n+++\n"),
        str![[r#"
error[invalid-toml]: invalid basic string, expected `"`
 --> content/a.md:2:11
  |
2 | title = "A
  |           ^
  |
  = help: the notation is described at https://toml.io; texts of several lines go between """

error[wrong-type]: expected a string, found a whole number
 --> content/a.md:3:15
  |
3 | description = 5 = 6
  |               ^ not a string

error[invalid-toml]: unexpected key or value, expected newline, `#`
 --> content/a.md:3:17
  |
3 | description = 5 = 6
  |                 ^
  |
  = help: the notation is described at https://toml.io; texts of several lines go between """


"#]]
    );
}

#[test]
fn invalid_yaml() {
    assert_data_eq!(
        page("---\ntitle: \"A\n---\n"),
        str![[r#"
error[invalid-yaml]: while scanning a quoted scalar, found unexpected end of stream
 --> content/a.md:2:8
  |
2 | title: "A
  |        ^
  |
  = help: front matter in YAML is `key: value` lines; quote a text that holds `: ` or begins with a sign


"#]]
    );
}

#[test]
fn unclosed_front_matter() {
    assert_data_eq!(
        page("+++\ntitle = \"A\"\n\nText\n"),
        str![[r#"
error[unclosed-front-matter]: this front matter is never closed by a `+++` line
 --> content/a.md:1:1
  |
1 | +++
  | ^^^ opened here
  |
  = help: add a line `+++` below the last key


"#]]
    );
}

#[test]
fn unknown_key() {
    assert_data_eq!(
        page("+++\ntitle = \"A\"\ndescripton = \"B\"\n+++\n"),
        str![[r#"
error[unknown-key]: `descripton` is not a key of front matter
 --> content/a.md:3:1
  |
3 | descripton = "B"
  | ^^^^^^^^^^ unknown key
  |
  = help: did you mean `description`? keys are: title, description, slug, weight, date, updated, authors, tags, category, stages, related, aliases, draft, toc, search, template, takeaways, faq, extra


"#]]
    );
}

#[test]
fn unknown_key_in_yaml() {
    assert_data_eq!(
        page("---\ntitle: Ärger\ndescription: B\nwieght: 3\n---\n"),
        str![[r#"
error[unknown-key]: `wieght` is not a key of front matter
 --> content/a.md:4:1
  |
4 | wieght: 3
  | ^^^^^^ unknown key
  |
  = help: did you mean `weight`? keys are: title, description, slug, weight, date, updated, authors, tags, category, stages, related, aliases, draft, toc, search, template, takeaways, faq, extra


"#]]
    );
}

#[test]
fn missing_key() {
    assert_data_eq!(
        check("=== content/frameworks/f/framework.toml\n[[stages]]\nid = \"one\"\n"),
        str![[r#"
error[missing-key]: a framework has no `title`
 --> content/frameworks/f/framework.toml:1:1
  |
1 | [[stages]]
  | ^
  |
  = help: add `title = ...`

error[missing-key]: a stage has no `title`
 --> content/frameworks/f/framework.toml:1:1
  |
1 | [[stages]]
  | ^
  |
  = help: add `title = ...`


"#]]
    );
}

#[test]
fn wrong_type() {
    assert_data_eq!(
        page("+++\ntitle = 5\ndescription = \"B\"\ntags = \"one\"\nweight = \"heavy\"\n+++\n"),
        str![[r#"
error[wrong-type]: expected a string, found a whole number
 --> content/a.md:2:9
  |
2 | title = 5
  |         ^ not a string

error[wrong-type]: expected a list, found a string
 --> content/a.md:4:8
  |
4 | tags = "one"
  |        ^^^^^ not a list

error[wrong-type]: expected a whole number, found a string
 --> content/a.md:5:10
  |
5 | weight = "heavy"
  |          ^^^^^^^ not a whole number


"#]]
    );
}

#[test]
fn invalid_value() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n---\ndescription: B\nupdated: yesterday\n---\n=== guidepost.toml\nbase_url = \"example.com\"\nurls = \"fiel\"\nstale_after = \"a while\"\n"
        )),
        str![[r#"
error[invalid-value]: `yesterday` is not a date
 --> content/a.md:3:10
  |
3 | updated: yesterday
  |          ^^^^^^^^^
  |
  = help: write it as 2025-01-10

error[invalid-value]: `example.com/` is not a URL: relative URL without a base
 --> guidepost.toml:1:12
  |
1 | base_url = "example.com"
  |            ^^^^^^^^^^^^^
  |
  = help: write it as `https://guidance.example.com/`

error[invalid-value]: `fiel` is not a choice here
 --> guidepost.toml:2:8
  |
2 | urls = "fiel"
  |        ^^^^^^
  |
  = help: did you mean `file`? choices are: directory, file

error[invalid-value]: `a while` is not a length of time
 --> guidepost.toml:3:15
  |
3 | stale_after = "a while"
  |               ^^^^^^^^^
  |
  = help: write it as `12 months` or `90 days`


"#]]
    );
}

#[test]
fn invalid_id() {
    assert_data_eq!(
        page("+++\ndescription = \"B\"\nslug = \"My Page\"\n+++\n"),
        str![[r#"
error[invalid-id]: `My Page` cannot be a part of a URL
 --> content/a.md:3:8
  |
3 | slug = "My Page"
  |        ^^^^^^^^^
  |
  = help: use lower-case letters, digits and hyphens: `my-page`


"#]]
    );
}

#[test]
fn invalid_address() {
    assert_data_eq!(
        page("+++\ndescription = \"B\"\nrelated = [\"a//b\"]\n+++\n\nSee [[guides/x#]].\n"),
        str![[r#"
error[invalid-address]: `a//b` is not an address: an address has a name between any two slashes
 --> content/a.md:3:12
  |
3 | related = ["a//b"]
  |            ^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`

error[invalid-address]: `guides/x#` is not an address: `#` is followed by a heading's anchor
 --> content/a.md:6:5
  |
6 | See [[guides/x#]].
  |     ^^^^^^^^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`


"#]]
    );
}

#[test]
fn unknown_stage() {
    assert_data_eq!(
        with_framework(
            "=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n[[aspects]]\ntitle = \"Doors\"\nsparse = true\nat.tow = \"Locked\"\n"
        ),
        str![[r#"
error[unknown-stage]: `tow` is not a stage of f
 --> content/frameworks/f/safety.toml:5:4
  |
5 | at.tow = "Locked"
  |    ^^^ no such stage
  |
  = help: did you mean `two`? stages are: one, two


"#]]
    );
}

#[test]
fn unknown_dimension() {
    assert_data_eq!(
        check(
            "=== content/frameworks/f/framework.toml\ntitle = \"F\"\ndimensions = [\"safty\"]\n[[stages]]\ntitle = \"One\"\n=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n"
        ),
        str![[r#"
error[unknown-dimension]: the dimension `safty` has no file
 --> content/frameworks/f/framework.toml:2:15
  |
2 | dimensions = ["safty"]
  |               ^^^^^^^ listed here
  |
  = help: did you mean `safety`? files without a place in the list are: safety; it would be `content/frameworks/f/safty.toml`

error[unlisted-dimension]: this dimension is not listed in framework.toml
--> content/frameworks/f/safety.toml
 = help: add `"safety"` to `dimensions` where it belongs in the order


"#]]
    );
}

#[test]
fn unlisted_dimension() {
    assert_data_eq!(
        with_framework("=== content/frameworks/f/extra.toml\ntitle = \"Extra\"\n"),
        str![[r#"
error[unlisted-dimension]: this dimension is not listed in framework.toml
--> content/frameworks/f/extra.toml
 = help: add `"extra"` to `dimensions` where it belongs in the order


"#]]
    );
}

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

#[test]
fn unknown_framework() {
    assert_data_eq!(
        check(
            "=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n=== guidepost.toml\ndefault_framework = \"g\"\n"
        ),
        str![[r#"
error[unknown-framework]: there is no framework in `frameworks/f`
--> content/frameworks/f/safety.toml
 = help: add `content/frameworks/f/framework.toml`, or move this file elsewhere

error[unknown-framework]: there is no framework `g` in content/frameworks
 --> guidepost.toml:1:21
  |
1 | default_framework = "g"
  |                     ^^^
  |
  = help: there are no frameworks


"#]]
    );
}

#[test]
fn unknown_text() {
    assert_data_eq!(
        with_framework(
            "=== content/frameworks/f/safety/door.md\nText.\n=== content/frameworks/f/safty.md\nText.\n=== content/frameworks/f/@two..one.md\nText.\n=== content/frameworks/f/stages/three.md\nText.\n"
        ),
        str![[r#"
error[unknown-text]: a comparison goes from an earlier stage to a later one
--> content/frameworks/f/@two..one.md
 = help: rename this file to `@one..two.md`

error[unknown-text]: `door` is not an aspect of safety
--> content/frameworks/f/safety/door.md
 = help: did you mean `doors`? aspects are: doors, guards

error[unknown-text]: `safty` is not a dimension of f
--> content/frameworks/f/safty.md
 = help: a text's file is named after what it is about; did you mean `safety`? dimensions are: safety

error[unknown-stage]: `three` is not a stage of f
--> content/frameworks/f/stages/three.md
 = help: rename this file; stages are: one, two


"#]]
    );
}

#[test]
fn duplicate_id() {
    assert_data_eq!(
        check(
            "=== content/frameworks/f/framework.toml\ntitle = \"F\"\ndimensions = [\"d\"]\n[[stages]]\ntitle = \"One\"\n[[stages]]\ntitle = \"one\"\n=== content/frameworks/f/d.toml\ntitle = \"D\"\n[[aspects]]\ntitle = \"A\"\nat.one = [\"x\", \"x\"]\n[[aspects]]\ntitle = \"a\"\nat.one = \"y\"\n=== content/glossary.toml\n[[terms]]\nterm = \"API\"\ndefinition = \"One.\"\n[[terms]]\nterm = \"Interface\"\naliases = [\"api\"]\ndefinition = \"Two.\"\n"
        ),
        str![[r#"
error[duplicate-id]: this cell already holds an activity `x`
 --> content/frameworks/f/d.toml:4:16
  |
4 | at.one = ["x", "x"]
  |                ^^^
  |
  = help: give one of them an `id`

error[duplicate-id]: there are two aspects `a`
 --> content/frameworks/f/d.toml:6:9
  |
6 | title = "a"
  |         ^^^ the second
  |
  = help: rename one of them, or give it another `id`

error[duplicate-id]: there are two stages `one`
 --> content/frameworks/f/framework.toml:6:9
  |
6 | title = "one"
  |         ^^^^^ the second
  |
  = help: rename one of them, or give it another `id`

error[duplicate-id]: `api` is defined twice
 --> content/glossary.toml:5:8
  |
5 | term = "Interface"
  |        ^^^^^^^^^^^ the second
  |
  = help: join the two, or take one of them away


"#]]
    );
}

#[test]
fn duplicate_url() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\naliases = [\"/b/\"]\n+++\n[B](b.md) [C](C.md)\n=== content/b.md\n+++\ndescription = \"B\"\nslug = \"c\"\n+++\n=== content/C.md\n+++\ndescription = \"C\"\n+++\n[A](a.md)\n=== content/b/index.html\nx\n"
        )),
        str![[r#"
error[duplicate-url]: the old URL `/b/` is taken by `content/b/index.html`
 --> content/a.md:3:12
  |
3 | aliases = ["/b/"]
  |            ^^^^^
  |
  = help: take this alias away

error[duplicate-url]: `content/b.md` and `content/C.md` would both be published at `/c/` on a disk that takes their names for one
--> content/b.md
 = help: rename one of them, or give it another `slug`, `id` or tag


"#]]
    );
}

#[test]
fn missing_cell() {
    assert_data_eq!(
        check_all(&format!(
            "{FRAMEWORK}{}",
            "=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n[[aspects]]\ntitle = \"Doors\"\nat.one = \"Open\"\n"
        )),
        str![[r#"
warning[missing-cell]: `Doors` has no cell for two
 --> content/frameworks/f/safety.toml:3:9
  |
3 | title = "Doors"
  |         ^^^^^^^
  |
  = help: write `at.two = "None"` when nothing is to be done there, or `sparse = true` when all missing cells mean that


"#]]
    );
}

#[test]
fn surplus_cell() {
    assert_data_eq!(
        with_framework(
            "=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n[[aspects]]\ntitle = \"Doors\"\nat.one = { text = \"None\", details = \"Much to say.\" }\nat.two = \"None\"\n=== content/frameworks/f/safety/doors@two.md\nText.\n"
        ),
        str![[r#"
error[surplus-cell]: this cell holds nothing, yet more is said about it
 --> content/frameworks/f/safety.toml:4:19
  |
4 | at.one = { text = "None", details = "Much to say." }
  |                   ^^^^^^ nothing at this stage
  |
  = help: say what is built at this stage, or leave the rest away

error[surplus-cell]: `doors` asks for nothing at `two`, yet this text tells about it
--> content/frameworks/f/safety/doors@two.md
 = help: fill the cell, or take this text away


"#]]
    );
}

#[test]
fn broken_link() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n[One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().\n"
        ),
        str![[r#"
error[broken-link]: there is no `content/b.md`
 --> content/a.md:5:1
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  | ^^^^^^^^^^^
  |
  = help: did you mean `a.md`?

error[broken-link]: there is no `content/guides/index.md`
 --> content/a.md:5:14
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  |              ^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `index.md`?

error[broken-link]: `../../etc/passwd` leads out of the content folder
 --> content/a.md:5:38
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: link to what is published; other files can be copied into `content/`

error[broken-link]: this link leads nowhere
 --> content/a.md:5:68
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  |                                                                    ^^^^^^^^
  |
  = help: write where it leads, for instance `../guides/secrets.md`


"#]]
    );
}

#[test]
fn broken_link_to_a_draft() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\n+++\n\n[One](b.md)\n=== content/b.md\n+++\ndraft = true\n+++\n"),
        str![[r#"
error[broken-link]: there is no `content/b.md`
 --> content/a.md:5:1
  |
5 | [One](b.md)
  | ^^^^^^^^^^^
  |
  = help: `content/b.md` is a draft: publish it, or build with `--drafts`


"#]]
    );
}

#[test]
fn broken_anchor() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\n+++\n\n## Tips\n\n[One](#tip) and [two](index.md#nowhere).\n"),
        str![[r#"
error[broken-anchor]: no heading `#tip` on a
 --> content/a.md:7:1
  |
7 | [One](#tip) and [two](index.md#nowhere).
  | ^^^^^^^^^^^
  |
  = help: did you mean `#tips`? headings there: tips

error[broken-anchor]: no heading `#nowhere` on the home page
 --> content/a.md:7:17
  |
7 | [One](#tip) and [two](index.md#nowhere).
  |                 ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: headings there: sections


"#]]
    );
}

#[test]
fn broken_reference() {
    assert_data_eq!(
        with_framework(
            "=== content/index.md\n+++\ndescription = \"A\"\n+++\n\n[[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]\n"
        ),
        str![[r#"
error[broken-reference]: `guides/doors` names nothing
 --> content/index.md:5:1
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  | ^^^^^^^^^^^^^^^^
  |
  = help: addresses are files below content/ without `.md`, or parts of a framework

error[broken-reference]: `dors` is not an aspect of safety
 --> content/index.md:5:19
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                   ^^^^^^^^^^^^^^^
  |
  = help: did you mean `doors`? aspects are: doors, guards

error[unknown-stage]: `three` is not a stage of f
 --> content/index.md:5:36
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                    ^^^^^^^^^^^^^^^^
  |
  = help: stages are: one, two

error[broken-reference]: the glossary has no term `soc`
 --> content/index.md:5:54
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                                      ^^^^^^^^^^^^
  |
  = help: add it to content/glossary.toml

error[broken-reference]: `saftey` is not a dimension of f
 --> content/index.md:5:68
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                                                    ^^^^^^^^^^^^
  |
  = help: did you mean `safety`? dimensions are: safety

error[unknown-stage]: `three` is not a stage of f
 --> content/index.md:5:82
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                                                                  ^^^^^^^^^^^^^^^
  |
  = help: stages are: one, two


"#]]
    );
}

#[test]
fn broken_image() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)\n"
        ),
        str![[r#"
error[broken-image]: there is no `content/cat.png`
 --> content/a.md:5:1
  |
5 | ![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)
  | ^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `a.md`?

error[broken-image]: this image lies on another site
 --> content/a.md:5:19
  |
5 | ![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything

error[broken-image]: this is a page, not an image
 --> content/a.md:5:57
  |
5 | ![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)
  |                                                         ^^^^^^^^^^^^^^^^^^^
  |
  = help: name an image file, or drop the `!` to link to the page


"#]]
    );
}

#[test]
fn ambiguous_reference() {
    assert_data_eq!(
        with_framework(
            "=== content/index.md\n+++\ndescription = \"A\"\n+++\n\n[[safety]] and [[/safety]]\n=== content/safety.md\n+++\ndescription = \"B\"\n+++\n"
        ),
        str![[r#"
error[ambiguous-reference]: `safety` names a page and a dimension of f
 --> content/index.md:5:1
  |
5 | [[safety]] and [[/safety]]
  | ^^^^^^^^^^
  |
  = help: write `/safety` for the page, or begin with the framework's name


"#]]
    );
}

#[test]
fn unsafe_link() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\n+++\n\n[Press](javascript:alert(1)) or [look](data:text/html,x).\n"),
        str![[r#"
error[unsafe-link]: links with the scheme `javascript:` are not published
 --> content/a.md:5:1
  |
5 | [Press](javascript:alert(1)) or [look](data:text/html,x).
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the address of a page, a file, or another site

error[unsafe-link]: links with the scheme `data:` are not published
 --> content/a.md:5:33
  |
5 | [Press](javascript:alert(1)) or [look](data:text/html,x).
  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the address of a page, a file, or another site


"#]]
    );
}

#[test]
fn embed_cycle() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n![[b]]\n=== content/b.md\n+++\ndescription = \"B\"\n+++\n\n![[c]]\n=== content/c.md\n+++\ndescription = \"C\"\n+++\n\n![[a]]\n"
        ),
        str![[r#"
error[embed-cycle]: this embed leads back to itself
 --> content/c.md:5:1
  |
5 | ![[a]]
  | ^^^^^^ closes the circle
  |
  = help: the chain is a -> b -> c -> a; make one of them a link


"#]]
    );
}

#[test]
fn invalid_embed() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\nLook at ![[index]] here.\n\n![[index#nowhere]]\n\n![[tags]]\n=== content/b.md\n+++\ndescription = \"B\"\ntags = [\"x\"]\n+++\n[A](a.md) [B](b.md)\n"
        ),
        str![[r#"
error[invalid-embed]: an embed stands in a paragraph of its own
 --> content/a.md:5:9
  |
5 | Look at ![[index]] here.
  |         ^^^^^^^^^^
  |
  = help: put an empty line before and after it

error[invalid-embed]: `#nowhere` is not a section that can be embedded
 --> content/a.md:7:1
  |
7 | ![[index#nowhere]]
  | ^^^^^^^^^^^^^^^^^^
  |
  = help: name the anchor of a heading in the text

error[invalid-embed]: the page `Tags` has no text of its own
 --> content/a.md:9:1
  |
9 | ![[tags]]
  | ^^^^^^^^^
  |
  = help: link to it instead


"#]]
    );
}

#[test]
fn dependency_cycle() {
    assert_data_eq!(
        with_framework(
            "=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n[[aspects]]\ntitle = \"Doors\"\nsparse = true\nat.two = { text = \"Locked\", depends_on = [\"safety/guards@two\"] }\n[[aspects]]\ntitle = \"Guards\"\nsparse = true\nat.two = { text = \"At night\", depends_on = [\"safety/doors@two\"] }\n"
        ),
        str![[r#"
error[dependency-cycle]: this dependency leads back to itself
 --> content/frameworks/f/safety.toml:9:45
  |
9 | at.two = { text = "At night", depends_on = ["safety/doors@two"] }
  |                                             ^^^^^^^^^^^^^^^^^^ closes the circle
  |
  = help: the chain is Doors at Two -> Guards at Two -> Doors at Two; one of them can come first


"#]]
    );
}

#[test]
fn missing_section() {
    let body = "## Inputs\n\n- A\n\n## Process\n\nNo steps here.\n\n## Outputs\n";
    assert_data_eq!(
        check(&format!(
            "=== content/index.md\n+++\ndescription = \"A\"\n+++\n[P](playbooks/p.md)\n=== content/playbooks/p.md\n{}",
            playbook("", body)
        )),
        str![[r#"
error[missing-section]: this playbook has no section `Principles`
--> content/playbooks/p.md
 = help: add a heading `## Principles`, or list the sections it needs in `required_sections`

error[missing-section]: this playbook has no section `Tips`
--> content/playbooks/p.md
 = help: add a heading `## Tips`, or list the sections it needs in `required_sections`

error[missing-section]: this process has no steps
  --> content/playbooks/p.md:10:1
   |
10 | ## Process
   | ^^^^^^^^^^
   |
   = help: write the steps as a list, under `### ` headings when there are phases

error[missing-section]: the section `Outputs` is empty
  --> content/playbooks/p.md:14:1
   |
14 | ## Outputs
   | ^^^^^^^^^^
   |
   = help: write it, or list the sections this playbook needs in `required_sections`


"#]]
    );
}

#[test]
fn broken_series() {
    let files: String = [("a", "playbooks/c"), ("b", "playbooks/a"), ("c", "playbooks/b"), ("d", "index"), ("e", "playbooks/b"), ("f", "playbooks/b")]
        .iter()
        .map(|(name, follows)| {
            format!("=== content/playbooks/{name}.md\n{}", playbook(&format!("follows = \"{follows}\"\nrelated = [\"playbooks/{name}\", \"playbooks/d\", \"playbooks/f\"]"), SECTIONS))
        })
        .collect();
    assert_data_eq!(
        check(&format!("=== content/index.md\n+++\ndescription = \"A\"\n+++\n{files}")),
        str![[r#"
error[broken-series]: this series closes in a circle
 --> content/playbooks/c.md:3:11
  |
3 | follows = "playbooks/b"
  |           ^^^^^^^^^^^^^
  |
  = help: the first playbook of a series follows none

error[broken-series]: `index` is not a playbook
 --> content/playbooks/d.md:3:11
  |
3 | follows = "index"
  |           ^^^^^^^
  |
  = help: a playbook follows another; use `related` or `see_also` for other pages

error[broken-series]: `E` already follows B
 --> content/playbooks/f.md:3:11
  |
3 | follows = "playbooks/b"
  |           ^^^^^^^^^^^^^
  |
  = help: a series is a chain: let this one follow the last of it


"#]]
    );
}

#[test]
fn raw_html() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n<script>alert(1)</script>\n\nA <a href=\"b.md\">link</a>, a <b onclick=\"x()\">word</b>, <kbd>Ctrl</kbd>.\n\n<details>\n<summary>More</summary>\n\nText\n"
        ),
        str![[r#"
error[raw-html]: `<script>` is not published from Markdown
 --> content/a.md:5:1
  |
5 | <script>alert(1)</script>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: code and styles belong to the theme, where the site's security policy can hold

error[raw-html]: `<a>` is not published from Markdown
 --> content/a.md:7:3
  |
7 | A <a href="b.md">link</a>, a <b onclick="x()">word</b>, <kbd>Ctrl</kbd>.
  |   ^^^^^^^^^^^^^^^
  |
  = help: write a link as Markdown, so that it is checked: `[text](../guides/secrets.md)`

error[raw-html]: the attribute `onclick` is not published
 --> content/a.md:7:30
  |
7 | A <a href="b.md">link</a>, a <b onclick="x()">word</b>, <kbd>Ctrl</kbd>.
  |                              ^^^^^^^^^^^^^^^^^
  |
  = help: leave it away; these pass: class, title, lang, dir, open, datetime, cite

error[raw-html]: `<details>` is never closed
 --> content/a.md:9:1
  |
9 | <details>
  | ^^^^^^^^^
  |
  = help: add `</details>` on a line of its own, with an empty line before it


"#]]
    );
}

#[test]
fn raw_html_is_closed_where_it_was_opened() {
    let text = |text: &str| page(&format!("+++\ndescription = \"A\"\n+++\n{text}\n"));
    assert_data_eq!(
        text("- one\n\n  <div>\n\n- two\n\n</div>"),
        str![[r#"
error[raw-html]: `<div>` is not closed in the list item that it is opened in
 --> content/a.md:6:3
  |
6 |   <div>
  |   ^^^^^
  |
  = help: write `</div>` before the list item ends

error[raw-html]: `</div>` closes nothing: nothing is open here
  --> content/a.md:10:1
   |
10 | </div>
   | ^^^^^^
   |
   = help: close elements in the reverse order of opening them, in the same paragraph, list item or quote


"#]]
    );
    assert_data_eq!(
        text("<span>\n\nA paragraph.\n\n</span>"),
        str![[r#"
error[raw-html]: `<span>` holds words, not blocks such as paragraphs, lists or `<div>`
 --> content/a.md:4:1
  |
4 | <span>
  | ^^^^^^
  |
  = help: close it before the block with `</span>`; `<div>` holds blocks

error[raw-html]: this block stands within `<span>`
 --> content/a.md:6:1
  |
6 | A paragraph.
  | ^
  |
  = help: write `</span>` before it


"#]]
    );
    for wrong in [
        "<p>\n\nA paragraph in a paragraph.\n\n</p>",
        "<p><p>x</p></p>",
        "<p><ins>a\n\nb\n\n</ins>\n</p>",
        "<span><div>x</div></span>",
        "*<b>a* b</b>",
        "[<b>a](a.md)</b>",
        "## <b>a\n\n</b>",
        "| a |\n| - |\n| <b>a |\n| b</b> |",
        "> <details>\n\n</details>",
        "x[^1]\n\n</div>\n\n[^1]: <b>a",
        "<details>\n<summary>More</summary>\n\nswallowed",
        "- <b>a\n  - b</b>",
        "<div\n\ntext",
        "<!-- a comment\n\ntext",
        "<rt>a</rt>",
    ] {
        assert!(text(wrong).contains("error[raw-html]"), "{wrong}\n{}", text(wrong));
    }
    for right in [
        "<div>\n\n- a <b>b</b>\n\n<p>c <i>d</i></p>\n\n</div>",
        "<details>\n<summary>More</summary>\n\n> <div>\n>\n> a\n>\n> </div>\n\n</details>",
        "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby> <ins>c</ins>",
        "<!-- a comment\n\nof several lines -->",
    ] {
        assert_eq!(text(right), "", "{right}");
    }
}

#[test]
fn code_not_highlighted() {
    let long = "let ".repeat(80);
    let page =
        |text: &str| check_all(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n{text}"));
    assert_data_eq!(
        page(&format!("```js\nok\n{long}\n```\n")),
        str![[r#"
warning[code-not-highlighted]: this code is not highlighted: its line 2 is longer than 300 bytes
 --> content/a.md:4:1
  |
4 | ```js
  | ^^^^^
  |
  = help: `text` instead of the language says that it stays plain


"#]]
    );
    let block = "let x = 1;\n".repeat(4000);
    let fences = format!("```js\n{block}```\n\n").repeat(5);
    assert_data_eq!(
        page(&fences),
        str![[r#"
warning[code-not-highlighted]: this code is not highlighted: its file has more than 200000 bytes of code
     --> content/a.md:16016:1
      |
16016 | ```js
      | ^^^^^
      |
      = help: `text` instead of the language says that it stays plain


"#]]
    );
    assert!(page(&format!("```js\n{block}{block}```\n")).contains("warning[code-not-highlighted]"));
}

#[test]
fn unknown_template() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\ntemplate = \"pgae.html\"\n+++\n"),
        str![[r#"
error[unknown-template]: there is no template `pgae.html`
 --> content/a.md:3:12
  |
3 | template = "pgae.html"
  |            ^^^^^^^^^^^
  |
  = help: did you mean `page.html`? templates are: 404.html, aspect.html, assessment.html, base.html, comparison.html, comparisons.html, components.html, dimension.html, framework.html, glossary.html, home.html, matrix.html, page.html, pictures.html, playbook.html, search.html, section.html, stage.html, taxon.html, taxonomy.html


"#]]
    );
}

#[test]
fn unknown_theme() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== guidepost.toml\ntheme = \"defualt\"\n[markdown.highlight]\nlight = \"OneHalfLigth\"\n"
        )),
        str![[r#"
error[unknown-theme]: there is no theme `defualt`
 --> guidepost.toml:1:9
  |
1 | theme = "defualt"
  |         ^^^^^^^^^
  |
  = help: did you mean `default`? themes are: default

error[unknown-theme]: there is no highlight palette `OneHalfLigth`
 --> guidepost.toml:3:9
  |
3 | light = "OneHalfLigth"
  |         ^^^^^^^^^^^^^^
  |
  = help: did you mean `OneHalfLight`?


"#]]
    );
}

#[test]
fn template_error() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== themes/default/templates/page.html\n<p>{{{{ page.nothing }}}}</p>\n{{% if %}}\n"
        )),
        str![[r#"
error[template-error]: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
 --> themes/default/templates/page.html:2:7
  |
2 | {% if %}
  |       ^^
  |
  = help: templates are Tera 2: https://keats.github.io/tera/; what each page gets is told in src/view/


"#]]
    );
}

#[test]
fn template_error_while_rendering() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== themes/default/templates/page.html\n<h1>{{{{ frame.title }}}}</h1>\n<p>{{{{ page.nothing.more }}}}</p>\n"
        )),
        str![[r#"
error[template-error]: Field `nothing` is not defined. Available fields: blocks, extra, faq, meta, takeaways (while rendering a/index.html)
 --> themes/default/templates/page.html:2:12
  |
2 | <p>{{ page.nothing.more }}</p>
  |            ^^^^^^^
  |
  = help: templates are Tera 2: https://keats.github.io/tera/; what each page gets is told in src/view/


"#]]
    );
}

#[test]
fn orphan_page() {
    assert_data_eq!(
        check_all(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== content/guides/b.md\n+++\ndescription = \"B\"\n+++\n"
        )),
        str![[r#"
warning[orphan-page]: no text refers to `B`
--> content/guides/b.md
 = help: link to it from a page that its readers come by, or name it in `related` there


"#]]
    );
}

#[test]
fn missing_description() {
    assert_data_eq!(
        check_all(&format!("{HOME}=== content/a.md\n## Only a heading\n")),
        str![[r#"
warning[missing-description]: `A` has no description
--> content/a.md
 = help: add `description` to its front matter: one or two sentences for lists and search results


"#]]
    );
}

#[test]
fn missing_alt() {
    let site = Site::new(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n\n![](dot.gif)\n"));
    site.write("content/dot.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;");
    assert_data_eq!(site.problems(), str![]);
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[missing-alt]: this image has no alternative text
 --> content/a.md:5:1
  |
5 | ![](dot.gif)
  | ^^^^^^^^^^^^
  |
  = help: say between the brackets what it shows: `![The three layers of a cache](cache.png)`


"#]]
    );
}

#[test]
fn skipped_heading_and_second_title() {
    assert_data_eq!(
        site_warnings(
            "+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n\n# Another\n\n## Two\n\n#### Four\n\n# Third\n"
        ),
        str![[r#"
warning[second-title]: the heading says `Another`, the front matter `A`
 --> content/a.md:6:1
  |
6 | # Another
  | ^^^^^^^^^
  |
  = help: keep one of the two

warning[skipped-heading]: a heading of level 4 follows one of level 2
  --> content/a.md:10:1
   |
10 | #### Four
   | ^^^^^^^^^
   |
   = help: begin it with `###`

warning[second-title]: `Third` is a second title
  --> content/a.md:12:1
   |
12 | # Third
   | ^^^^^^^
   |
   = help: a page has one title; begin this heading with `##`


"#]]
    );
}

fn site_warnings(text: &str) -> String {
    Site::new(&format!("{HOME}=== content/a.md\n{text}")).run(&["check"]).stderr
}

#[test]
fn unknown_language() {
    assert_data_eq!(
        site_warnings("+++\ndescription = \"A\"\n+++\n\n```pyhton\nprint(1)\n```\n\n```text\nfine\n```\n"),
        str![[r#"
warning[unknown-language]: code in `pyhton` cannot be highlighted
 --> content/a.md:5:1
  |
5 | ```pyhton
  | ^^^^^^^^^
  |
  = help: `text` marks code that stays plain; did you mean `python`?


"#]]
    );
}

#[test]
fn stale_page() {
    let site = Site::new(&format!(
        "{HOME}=== content/a.md\n+++\ndescription = \"A\"\nupdated = 2024-12-31\n+++\n=== guidepost.toml\nstale_after = \"12 months\"\n"
    ));
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[stale-page]: `A` was last updated on 2024-12-31
--> content/a.md
 = help: it was due for a review on 2025-12-31; revise it and set `updated`


"#]]
    );
}

#[test]
fn all_problems_are_reported_in_one_run() {
    let site = Site::new(&format!(
        "{FRAMEWORK}=== content/a.md\n+++\ntitel = \"A\"\n+++\n[x](b.md)\n=== content/c.md\n---\nweight: much\n---\n[[nowhere]]\n=== guidepost.toml\nthem = \"x\"\n=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\nintro = \"See [[safety/nothing]].\"\n[[aspects]]\ntitle = 3\n"
    ));
    let ran = site.run(&["check"]);
    assert_eq!(ran.code, 1);
    for part in
        ["titel", "content/b.md", "much", "`nowhere`", "`them`", "safety/nothing", "expected a string"]
    {
        let part = part.replace("safety/nothing", "`nothing` is not an aspect");
        let found = ran.stderr.contains(&part) || part == "much" && ran.stderr.contains("a whole number");
        assert!(found, "{part} is not in:\n{}", ran.stderr);
    }
}

#[test]
fn machine_readable_forms() {
    let site =
        Site::new(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n\nÄ [one](b.md)\n"));
    let json = site.run(&["check", "--format", "json"]);
    assert_eq!(json.code, 1);
    assert_data_eq!(
        json.stdout,
        str![[r#"
{"severity":"error","code":"broken-link","message":"there is no `content/b.md`","help":"did you mean `a.md`?","file":"content/a.md","line":5,"column":3,"end_line":5,"end_column":14}

"#]]
    );
    assert_data_eq!(
        site.run(&["check", "--format", "github"]).stdout,
        str![[r#"
::error file=content/a.md,line=5,col=3,title=broken-link::there is no `content/b.md`. did you mean `a.md`?

"#]]
    );
}

#[test]
fn checks_can_be_set() {
    let files = "=== content/a.md\n## Only a heading\n=== guidepost.toml\n[checks]\norphan-page = \"off\"\nmissing-description = \"error\"\n";
    let ran = Site::new(files).run(&["check"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.contains("orphan-page"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[missing-description]"), "{}", ran.stderr);
    assert_data_eq!(
        check("=== guidepost.toml\n[checks]\nbroken-link = \"off\"\norphan-pages = \"off\"\n"),
        str![[r#"
error[unknown-key]: `broken-link` is not a check that can be set
 --> guidepost.toml:2:1
  |
2 | broken-link = "off"
  | ^^^^^^^^^^^
  |
  = help: checks are: missing-cell, orphan-page, missing-description, missing-alt, skipped-heading, second-title, unknown-language, code-not-highlighted, low-contrast, stale-page

error[unknown-key]: `orphan-pages` is not a check that can be set
 --> guidepost.toml:3:1
  |
3 | orphan-pages = "off"
  | ^^^^^^^^^^^^
  |
  = help: did you mean `orphan-page`? checks are: missing-cell, orphan-page, missing-description, missing-alt, skipped-heading, second-title, unknown-language, code-not-highlighted, low-contrast, stale-page


"#]]
    );
}

#[test]
fn low_contrast() {
    assert_data_eq!(
        check_all(
            "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n=== guidepost.toml\n[brand]\naccent = \"#ffcc00\"\n"
        ),
        str![[r##"
warning[low-contrast]: `#ffcc00` has a contrast of 1.5:1 with the light page's background, `#ffffff`
 --> guidepost.toml:2:10
  |
2 | accent = "#ffcc00"
  |          ^^^^^^^^^
  |
  = help: text needs 4.5:1 (WCAG 2.2, 1.4.3), so the light page gets `#806500`; write `accent = { light = "#806500", dark = "#ffcc00" }` to say so


"##]]
    );
}
