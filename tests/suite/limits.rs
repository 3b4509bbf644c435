//! Large and odd inputs end in a diagnostic, in reasonable time. What they cost is measured in `tests/hard`; here
//! stands what they give.

use crate::fixture::Site;
use guidepost::diagnostics::suggest::Budget;
use snapbox::{assert_data_eq, str};
use std::fmt::Write as _;

const HOME: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n\n[A page](a.md)\n";

fn page(text: &str) -> Site {
    Site::new(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n{text}"))
}

/// A text with a number in each of its parts.
fn each(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

#[test]
fn of_one_kind_a_file_lists_a_thousand_problems() {
    let site = page(&each(1200, |i| format!("[a](no-{i}.md)\n\n")));
    let ran = site.run(&["check"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stderr.matches("error[broken-link]: there is no").count(), 1000);
    assert_data_eq!(
        ran.stderr.rsplit_once("error[").map(|(_, last)| last).unwrap_or_default(),
        str![[r#"
broken-link]: this file has more than 1000 problems of this kind
--> content/a.md
 = help: fix those that are listed, then run this again


"#]]
    );
    let json = site.run(&["check", "--format", "json"]).stdout;
    assert_eq!(json.lines().count(), 1001);
    assert!(json.lines().nth(999).is_some_and(|l| l.contains("\"line\":2002,")), "{json}");
}

#[test]
fn what_was_meant_is_looked_for_as_long_as_the_budget_lasts() {
    let names: Vec<String> = (0..10_000).map(|i| format!("a-page-with-a-long-name-{i}")).collect();
    let mut budget = Budget::default();
    let mut suggest = || budget.nearest("a-page-with-a-long-name-77x", names.iter().map(String::as_str));
    assert_eq!(suggest(), Some("a-page-with-a-long-name-77"));
    let found = (0..100).filter(|_| suggest().is_some()).count();
    assert!((1..50).contains(&found), "{found}");
    // Nobody misspells a word of a thousand letters.
    let long = "x".repeat(1000);
    assert_eq!(Budget::default().nearest(&long, [long.as_str()]), None);
}

#[test]
fn suggestions_are_the_same_in_every_run() {
    let mut files = HOME.to_owned();
    for i in 0..400 {
        let _ = write!(
            files,
            "=== content/s/some-page-{i}.md\n+++\ndescription = \"D\"\n+++\n{}",
            each(20, |j| format!("[a](some-pgae-{i}{j}.md) [[s/sone-page-{j}{i}]]\n\n"))
        );
    }
    let site = Site::new(&files);
    let first = site.problems();
    assert!(first.contains("did you mean"), "{}", &first[..2000]);
    for jobs in ["1", "2", "7"] {
        assert!(site.run(&["check", "--quiet", "--jobs", jobs]).stderr == first);
    }
}

#[test]
fn of_a_long_line_only_what_surrounds_the_place_is_shown() {
    let site = page(&format!("{}[a](no.md){}\n", "é word ".repeat(1000), " word".repeat(1000)));
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-link]: there is no `content/no.md`
--> content/a.md:4:7001
 = note: the line is long; around this place it says `ord é word é word é word é word é word é word é word [a](no.md) word word word word word word word word word word`
 = help: did you mean `a.md`?


"#]]
    );
}

#[test]
fn a_long_name_is_not_repeated_in_full() {
    let site = page(&format!("[a]({}.md)\n", "x".repeat(100_000)));
    assert!(site.problems().len() < 5000);
}

#[test]
fn footnotes_are_numbered_as_they_are_referred_to() {
    let text = each(30, |i| format!("a[^{}] ", 29 - i))
        + "\n\n"
        + &each(30, |i| format!("[^{i}]: n{i} [^{}]\n\n", i / 2));
    let site = page(&text);
    site.build(&[]);
    let html = site.read("output/a/index.html");
    let notes: Vec<&str> = html.split("<li id=\"fn-").skip(1).filter_map(|n| n.split('"').next()).collect();
    let expected: Vec<String> = (0..30).rev().map(|i| i.to_string()).collect();
    assert_eq!(notes, expected);
}

#[test]
fn headings_terms_tags_and_aliases_have_limits() {
    let heading = format!("## {}\n", "word ".repeat(300));
    assert_data_eq!(
        page(&heading).problems(),
        str![[r#"
error[invalid-value]: a heading has at most 1000 bytes; this one has 1499
 --> content/a.md:4:1
  |
4 | ## word word word word word word word word word word word word word word word word word word word word word word word word word word ...
  | ^
  |
  = help: say it in a few words, and the rest in a paragraph below


"#]]
    );
    let list = |key: &str, count: usize| {
        let items = each(count, |i| format!("\"x{i}\", "));
        Site::new(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n{key} = [{items}]\n+++\n"))
            .problems()
    };
    assert!(list("tags", 101).contains("this list has 101 items; it may have 100"));
    assert_eq!(list("tags", 100), "");
    assert!(list("aliases", 1001).contains("this list has 1001 items; it may have 1000"));
    let glossary = |aliases: &str| {
        Site::new(&format!(
            "=== content/glossary.toml\n[[terms]]\nterm = \"t\"\ndefinition = \"D\"\naliases = [{aliases}]\n"
        ))
        .problems()
    };
    assert!(glossary(&format!("\"{}\"", "x".repeat(201))).contains("a term has at most 200 bytes"));
    assert!(glossary(&each(10_000, |i| format!("\"x{i}\","))).contains("at most 4000 terms and aliases"));
}

#[test]
fn yaml_that_uses_something_twice_is_refused() {
    let site = Site::new(&format!("{HOME}=== content/a.md\n---\ndescription: &a A\ntitle: *a\n---\n"));
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-yaml]: tags, anchors and aliases are not read
 --> content/a.md:2:14
  |
2 | description: &a A
  |              ^^^^
  |
  = help: front matter in YAML is `key: value` lines; quote a text that holds `: ` or begins with a sign


"#]]
    );
}
