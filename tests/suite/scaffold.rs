//! Starting a site and adding to it.

use crate::fixture::{Site, project};
use guidepost::config::{Config, Overrides};
use guidepost::schema::Kind;

#[test]
fn a_new_site_builds_and_so_does_everything_added_to_it() {
    let site = Site::empty();
    let ran = site.run(&["init"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    site.build(&["--strict"]);
    for (kind, name) in [
        ("guide", "How we name things"),
        ("playbook", "launch-day"),
        ("dimension", "Team \"Health\" & more"),
        ("framework", "Hiring"),
    ] {
        let ran = site.run(&["new", kind, name]);
        assert_eq!(ran.code, 0, "{kind}: {}", ran.stderr);
        site.build(&["--strict"]);
        assert_eq!(site.run(&["check", "--drafts"]).code, 0);
        // Twice in a row: nothing is overwritten.
        let before = site.files();
        let again = site.run(&["new", kind, name]);
        assert_eq!(again.code, 2, "{kind}");
        assert!(again.stderr.contains("nothing is overwritten"), "{}", again.stderr);
        assert!(before == site.files(), "{kind} changed something");
    }
    assert!(site.exists("output/frameworks/readiness/team-health-more/index.html"));
    assert!(site.read("guidepost.toml").contains("default_framework = \"readiness\""));
    assert!(
        site.read("content/frameworks/readiness/framework.toml")
            .contains("# the order in which they are shown")
    );
    // With two frameworks and a default, a dimension goes to the default unless another is named.
    assert_eq!(site.run(&["new", "dimension", "Pay", "--framework", "hiring"]).code, 0);
    site.build(&["--strict"]);
    assert!(site.exists("content/frameworks/hiring/pay.toml"));
}

#[test]
fn what_the_new_configuration_shows_as_comments_is_valid() {
    let shown = include_str!("../../src/scaffold/guidepost.toml");
    let is_toml = |line: &str| line.starts_with('[') || line.contains(" = ");
    let all: String = shown
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|line| is_toml(line)).unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    assert!(all.contains("\n[brand]\nlogo = "), "{all}");
    let (config, problems) = Config::read(&all, &Overrides::default());
    assert_eq!(problems, [], "{all}");
    assert!(config.brand.as_ref().is_some_and(|brand| brand.accent.is_some()));
}

#[test]
fn init_in_a_named_folder_and_never_over_a_site() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", "guidance/site"]).code, 0);
    site.build(&["--strict", "--root", "guidance/site"]);
    for _ in 0..2 {
        let again = site.run(&["init", "guidance/site"]);
        assert_eq!(again.code, 2);
        assert!(again.stderr.contains("holds a site already"), "{}", again.stderr);
    }
    // A file of the user's own in the way: nothing at all is written.
    let site = Site::empty();
    site.write(".gitignore", b"mine");
    let ran = site.run(&["init"]);
    assert_eq!(ran.code, 2);
    assert_eq!(site.files().len(), 1);
    assert_eq!(site.read(".gitignore"), "mine");
}

#[test]
fn wrong_arguments_are_refused() {
    let site = Site::empty();
    assert_eq!(site.run(&["new", "guide", "X"]).code, 2, "there is no site");
    site.run(&["init"]);
    for arguments in [
        &["new", "gude", "X"][..],
        &["new", "guide"],
        &["new", "guide", "!!!"],
        &["new", "guide", "a\nb"],
        &["new", "dimension", "X", "--framework", "nothing"],
        &["schema", "everything"],
        &["completions", "fishy"],
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(!ran.stderr.is_empty());
    }
    site.write("taken", b"");
    assert_eq!(site.run(&["init", "taken/site"]).code, 3);
}

#[test]
fn schemas_in_the_repository_are_current() {
    for kind in Kind::ALL {
        let path = project().join("schemas").join(kind.file());
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        if std::env::var_os("SNAPSHOTS").is_some() {
            std::fs::write(&path, kind.text()).expect("schema written");
        } else {
            assert!(
                current == kind.text(),
                "{} is old; SNAPSHOTS=overwrite cargo test writes it anew",
                path.display()
            );
        }
    }
}

#[test]
fn every_field_of_every_schema_is_described() {
    fn walk(value: &serde_json::Value, path: &str) {
        if let Some(properties) = value.get("properties").and_then(|p| p.as_object()) {
            for (name, property) in properties {
                let described =
                    property.get("description").and_then(|d| d.as_str()).is_some_and(|d| d.len() > 5);
                assert!(described, "{path}/{name} has no description");
            }
        }
        if let Some(object) = value.as_object() {
            object.iter().for_each(|(key, inner)| walk(inner, &format!("{path}/{key}")));
        }
    }
    let ran = Site::empty().run(&["schema"]);
    let all: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(all.as_object().map(serde_json::Map::len), Some(Kind::ALL.len()));
    walk(&all, "");
}

#[test]
fn files_that_are_written_name_a_schema_that_is_there() {
    let site = Site::empty();
    site.run(&["init"]);
    for (kind, name) in [("guide", "g"), ("playbook", "p"), ("dimension", "d"), ("framework", "f")] {
        site.run(&["new", kind, name]);
    }
    let mut named = 0;
    for path in site.files().keys().filter(|p| p.starts_with("content/") || *p == "guidepost.toml") {
        let text = site.read(path);
        let schema = text
            .lines()
            .find_map(|l| l.strip_prefix("#:schema "))
            .unwrap_or_else(|| panic!("{path} names none"));
        let folder = site.path(path).parent().expect("a folder").to_owned();
        assert!(folder.join(schema).exists(), "{path} names {schema}");
        named += 1;
    }
    assert!(named > 12);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Site::empty().run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("guidepost") && ran.stdout.contains("serve"), "{shell}");
    }
}
