//! A fixture for every diagnostic code, with the text a user reads.

mod blocks;
mod config;
mod files;
mod framework;
mod keys;
mod markdown;
mod playbooks;
mod references;
mod report;
mod texts;
mod theme;

use crate::fixture::{FRAMEWORK, Site, project};
use guidepost::diagnostics::Code;
use std::fs;
use std::path::Path;

/// A page that leads to others, so that they are no orphans.
const HOME: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n\n[A page](a.md)\n";

/// The sections that a playbook needs.
const SECTIONS: &str =
    "## Inputs\n\n- A\n\n## Principles\n\nB\n\n## Process\n\n- C\n\n## Outputs\n\n- D\n\n## Tips\n\n- E\n";

/// The errors in a site.
fn check(files: &str) -> String {
    Site::new(files).problems()
}

/// What `check` says, warnings included.
fn check_all(files: &str) -> String {
    Site::new(files).run(&["check"]).stderr
}

/// The errors in a site with this page.
fn page(text: &str) -> String {
    check(&format!("{HOME}=== content/a.md\n{text}"))
}

/// What `check` says of a site with this page, warnings included.
fn page_all(text: &str) -> String {
    check_all(&format!("{HOME}=== content/a.md\n{text}"))
}

fn with_framework(files: &str) -> String {
    check(&format!("{FRAMEWORK}{files}"))
}

fn playbook(front: &str, body: &str) -> String {
    format!("+++\npurpose = \"Do it.\"\n{front}\n+++\n\n{body}")
}

/// All that stands in the suite's files.
fn suite(folder: &Path) -> String {
    let entries =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("entry").path());
    entries
        .map(|path| if path.is_dir() { suite(&path) } else { fs::read_to_string(path).expect("UTF-8") })
        .collect()
}

#[test]
fn every_code_has_a_fixture() {
    let suite = suite(&project().join("tests/suite"));
    let severity = |code: &Code| format!("{:?}", code.severity()).to_lowercase();
    let is_shown = |code: &Code| suite.contains(&format!("{}[{}]", severity(code), code.name()));
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|code| !is_shown(code)).map(|code| code.name()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_documentation_lists_every_code() {
    let rows: String = Code::ALL
        .iter()
        .map(|c| format!("| `{}` | {} | {} |\n", c.name(), c.usual_level(), c.meaning()))
        .collect();
    let table = format!("| code | severity | meaning |\n| --- | --- | --- |\n{rows}");
    let readme = fs::read_to_string(project().join("README.md")).expect("README.md");
    assert!(readme.contains(&table), "README.md should hold this table:\n{table}");
}
