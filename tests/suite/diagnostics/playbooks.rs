//! Playbooks: their sections and series.

use super::{SECTIONS, check, playbook};
use snapbox::{assert_data_eq, str};

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
   = help: write the steps as a list, under `###` headings when there are phases; one of `##` begins another section

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
