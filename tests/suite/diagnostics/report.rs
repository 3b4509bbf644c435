//! How problems are told: all in one run, and in forms for programs.

use super::HOME;
use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

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
