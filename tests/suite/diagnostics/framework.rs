//! Frameworks: stages, dimensions, cells and what they depend on.

use super::{check, check_all, with_framework};
use crate::fixture::FRAMEWORK;
use snapbox::{assert_data_eq, str};

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
error[surplus-cell]: `doors` asks for nothing at `two`, yet this text tells about it
--> content/frameworks/f/safety/doors@two.md
 = help: fill the cell, or take this text away


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
