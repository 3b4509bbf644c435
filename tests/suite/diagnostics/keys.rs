//! Keys and values of front matter and typed files.

use super::{HOME, check, check_all, page};
use snapbox::{assert_data_eq, str};

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
  = help: did you mean `description`? keys are: title, description, slug, weight, pages, print, listed, date, updated, authors, tags, keywords, category, stages, related, aliases, draft, toc, search, template, takeaways, faq, extra


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
  = help: did you mean `weight`? keys are: title, description, slug, weight, pages, print, listed, date, updated, authors, tags, keywords, category, stages, related, aliases, draft, toc, search, template, takeaways, faq, extra


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
