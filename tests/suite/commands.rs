//! Flags, exit codes, and what is printed where.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

const GOOD: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\nHello.\n";

#[test]
fn help_without_a_command() {
    let ran = Site::new("").run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("Usage: guidepost <COMMAND>"), "{}", ran.stderr);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let site = Site::new(GOOD);
    for arguments in [
        &["biuld"][..],
        &["build", "--outptu", "x"],
        &["build", "--jobs", "0"],
        &["build", "--base-url", "example.com"],
        &["build", "--root", "nowhere"],
        &["build", "--output", "."],
        &["build", "--output", "content/output"],
        &["build", "--output", "guidepost.toml"],
        &["check", "--format", "xml"],
    ] {
        std::fs::write(site.path("guidepost.toml"), "").expect("written");
        let ran = site.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(!ran.stderr.is_empty());
        assert!(!site.exists("output"), "{arguments:?}");
    }
}

#[test]
fn a_build_says_what_it_did() {
    let site = Site::new(GOOD);
    let ran = site.build(&[]);
    let line = ran.stdout.replace(|c: char| c.is_ascii_digit(), "0");
    assert_data_eq!(
        line,
        str![[r#"
Built 0 pages in 0.00 s into ./output: 00 files written, 0 unchanged, 0 removed

"#]]
    );
    assert_eq!(ran.stderr, "");
    assert_eq!(site.build(&["--quiet"]).stdout, "");
}

#[test]
fn warnings_stop_a_strict_build_only() {
    let site = Site::new("=== content/guides/a.md\n## Only a heading\n");
    let ran = site.build(&[]);
    assert!(ran.stderr.contains("warning[missing-description]"));
    site.remove("output");
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.code, 1);
    assert!(strict.stderr.contains("nothing was published (--strict)"), "{}", strict.stderr);
    assert!(!site.exists("output"));
    assert_eq!(site.run(&["build", "--strict", "--quiet"]).code, 1);
}

#[test]
fn check_writes_nothing() {
    let site = Site::new(GOOD);
    let ran = site.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("nothing to fix"), "{}", ran.stdout);
    assert!(!site.exists("output") && !site.exists(".guidepost"));
}

#[test]
fn a_disk_that_fails_is_exit_code_3() {
    let site = Site::new(GOOD);
    // A file where the output's parent folder should be: nobody, root included, can write below it.
    site.write("taken", b"");
    let ran = site.run(&["build", "--output", "taken/output"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot write to taken/output"), "{}", ran.stderr);
    site.write("guidepost.toml/file", b"");
    site.write("content/frameworks/a/framework.toml", b"title = \"A\"");
    let ran = site.run(&["new", "framework", "b"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("error: cannot read ./guidepost.toml: "), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_printed_is_exit_code_3() {
    let site = Site::new("=== content/a.md\n[x](b.md)\n");
    for arguments in [&["check", "--format", "json"][..], &["schema"], &["completions", "bash"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
        let ran = site.command(arguments).stdout(full).output().expect("runs");
        assert_eq!(ran.status.code(), Some(3), "{arguments:?}");
        assert!(String::from_utf8_lossy(&ran.stderr).contains("cannot be printed"), "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals() {
    let site = Site::new("=== content/a.md\n[x](b.md)\n");
    assert!(!site.run(&["check"]).stderr.contains('\u{1b}'));
    let coloured = site.command(&["check"]).env("CLICOLOR_FORCE", "1").output().expect("runs");
    assert!(String::from_utf8_lossy(&coloured.stderr).contains('\u{1b}'));
    let none = site.command(&["check"]).env("NO_COLOR", "1").output().expect("runs");
    assert!(!String::from_utf8_lossy(&none.stderr).contains('\u{1b}'));
}

#[test]
fn drafts_are_built_when_asked_for() {
    let site = Site::new(&format!(
        "{GOOD}=== content/a.md\n+++\ndraft = true\ndescription = \"A\"\n+++\n[Home](index.md)\n"
    ));
    site.build(&[]);
    assert!(!site.exists("output/a/index.html"));
    site.build(&["--drafts"]);
    assert!(site.read("output/a/index.html").contains("noindex"));
    site.build(&[]);
    assert!(!site.exists("output/a"));
}
