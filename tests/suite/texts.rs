//! Interface texts: all of them stand in one file, and a site, a theme and a framework may change them.

use crate::fixture::{FRAMEWORK, Site, files, project};
use guidepost::texts::Texts;
use scraper::{Html, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The calls of a function in a text, each with its key and with what follows it up to the closing parenthesis.
fn calls<'t>(text: &'t str, call: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
    text.split(call).skip(1).filter_map(|rest| {
        let (key, rest) = rest.split_once('"')?;
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        Some((key, &rest[..end.unwrap_or(rest.len())]))
    })
}

/// All files below a folder whose names end so, read.
fn read(folder: &str, ending: &str) -> Vec<(String, String)> {
    let all = files(&project().join(folder)).into_iter();
    let named = all.map(|path| (path.to_string_lossy().into_owned(), path));
    let wanted = named.filter(|(name, _)| name.ends_with(ending));
    wanted.map(|(name, path)| (name, fs::read_to_string(path).expect("a text"))).collect()
}

/// Do values for all placeholders of a text stand in a call? `name=value` in templates, `name: value` or `name` in
/// scripts, `"name", &value` in Rust.
fn fills(key: &str, values: &str) -> bool {
    let names = Texts::english().placeholders(key).unwrap_or_default();
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let words: BTreeSet<&str> = values.split(|c| !is_letter(c)).collect();
    names.iter().all(|name| words.contains(name))
}

#[test]
fn every_text_that_is_asked_for_is_there_and_gets_its_values() {
    let mut wrong = Vec::new();
    for (folder, ending, call) in
        [("themes", ".html", "text(key=\""), ("themes", ".js", "phrase(\""), ("src", ".rs", "phrase(\"")]
    {
        for (file, text) in read(folder, ending) {
            for (key, values) in calls(&text, call) {
                if Texts::english().placeholders(key).is_none() || !fills(key, values) {
                    wrong.push(format!("{file}: {key} {values}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_text_is_used() {
    let code: String = [read("themes", ".html"), read("themes", ".js"), read("src", ".rs")]
        .concat()
        .into_iter()
        .map(|f| f.1)
        .collect();
    // The titles of a framework's own pages are named after their URLs.
    let made = |key: &str| key.ends_with("-title") || key.ends_with("-description");
    let unused: Vec<&str> =
        Texts::english().keys().filter(|key| !code.contains(&format!("\"{key}\"")) && !made(key)).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn no_text_has_an_article_before_a_word() {
    let file = fs::read_to_string(project().join("themes/default/i18n/en.toml")).expect("texts");
    let wrong: Vec<&str> = file
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter(|line| {
            let words: Vec<&str> = line.split([' ', '"']).collect();
            words.windows(2).any(|w| matches!(w[0], "a" | "an" | "A" | "An") && w[1].starts_with('{'))
        })
        .collect();
    assert_eq!(wrong, Vec::<&str>::new());
}

/// What readers read of a page: its text, and attributes that are read out or shown.
fn shown(html: &str) -> Vec<String> {
    const READ: [&str; 6] = ["aria-label", "title", "alt", "placeholder", "content", "data-title"];
    let page = Html::parse_document(html);
    let mut found = Vec::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Text(text) => found.push(text.to_string()),
            Node::Element(element) => {
                let read = element.attrs().filter(|(name, _)| READ.contains(name));
                found.extend(read.map(|(_, value)| value.to_owned()));
            }
            _ => {}
        }
    }
    found
}

/// A site with all kinds of pages, whose framework has words of its own for everything.
fn nonsense() -> Site {
    let site = Site::new(&format!(
        "{FRAMEWORK}{}",
        r##"=== guidepost.toml
base_url = "https://example.com/"
=== content/index.md
# Home

What this is. See [[safety]], [[@one..two]] and [[safety/doors@two]].

![[safety@one..two]]

![[f]]

![[@one]]

![[@one..two]]
=== content/guides/index.md
+++
title = "Guides"
description = "Guides."
+++
=== content/guides/g.md
+++
title = "A guide"
description = "About it."
tags = ["night"]
category = "Care"
authors = ["Ann"]
date = 2025-01-01
stages = ["one"]
takeaways = ["Go."]
+++
## Heading

> [!NOTE]
> Careful.[^1]

- [x] Ready

| a | b |
| - | - |
| 1 | 2 |

[^1]: Really.
=== content/playbooks/p.md
+++
title = "P"
description = "P."
purpose = "P."
required_sections = []
stages = ["two"]
+++
## Inputs

None.

## Process

### Phase

- Do it.

### Another

- Do more.

## Outputs

None.
=== content/glossary.toml
terms = [{ term = "Door", definition = "A way in." }]
"##
    ));
    let framework = site.read("content/frameworks/f/framework.toml");
    let own = r#"decisions = [{ ask = "Why?", no = "Go." }]
[words]
stage = ["zorp", "zorps"]
dimension = ["quib", "quibs"]
aspect = ["flem", "flems"]
activity = ["drix", "drixen"]
group = ["mung", "mungs"]
"#;
    let stages = framework.find("[[stages]]").expect("stages");
    // The site-wide keys come first, the table last.
    let (head, tail) = framework.split_at(stages);
    let (decisions, words) = own.split_at(own.find("[words]").expect("words"));
    site.write("content/frameworks/f/framework.toml", format!("{head}{decisions}{tail}{words}").as_bytes());
    site.add(
        "=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\nintro = \"What keeps people safe.\"\n[[aspects]]\ntitle = \"Doors\"\ndescription = \"Ways in and out.\"\ntags = [\"night\"]\nat.one = { text = \"Open\", effort = 2, impact = 3 }\nat.two = [\"Locked\", { text = \"Barred\", depends_on = [\"safety/guards@two\"] }]\n[[aspects]]\ntitle = \"Guards\"\ndescription = \"People who watch.\"\nat.one = \"None\"\nat.two = \"At night\"\n",
    );
    site
}

#[test]
fn a_framework_has_its_own_words_everywhere() {
    const OURS: [&str; 5] = ["stage", "dimension", "aspect", "activit", "group"];
    let site = nonsense();
    site.build(&["--quiet"]);
    let mut wrong = Vec::new();
    let mut heard: BTreeSet<&str> = BTreeSet::new();
    for (path, bytes) in site.output("output") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let parts = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("html") => shown(&text),
            Some("md" | "xml" | "txt") => text.lines().map(|line| line.replace("frameworks/f", "")).collect(),
            // What scripts say; their keys are ours.
            Some("js") if path.starts_with("assets/texts.") => {
                let data = text.trim_start_matches("globalThis.guidepost = ").trim_end_matches(";\n");
                let data: BTreeMap<String, serde_json::Value> = serde_json::from_str(data).expect("JSON");
                let texts = data["texts"].as_object().expect("texts").values();
                texts.map(ToString::to_string).collect()
            }
            _ => continue,
        };
        for part in parts {
            let lower = part.to_lowercase();
            if OURS.iter().any(|word| lower.contains(word)) {
                wrong.push(format!("{path}: {part}"));
            }
            heard.extend(
                ["zorp", "zorps", "quib", "quibs", "flem", "flems"].into_iter().filter(|w| lower.contains(w)),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(heard.len(), 6, "{heard:?}");
    // What machines read keeps the terms of the format.
    let csv = site.read("output/frameworks/f/safety/index.csv");
    assert!(csv.starts_with("Dimension,Aspect,Aspect tags,Stage,Activity,Text,"), "{csv}");
    let markdown = site.read("output/frameworks/f/safety/index.md");
    assert!(markdown.contains("- **Two**: Barred"), "{markdown}");
}

#[test]
fn no_placeholder_is_left_on_any_page() {
    let site = nonsense();
    site.build(&["--quiet"]);
    let names: BTreeSet<String> = Texts::english()
        .keys()
        .flat_map(|key| Texts::english().placeholders(key).unwrap_or_default())
        .map(|name| format!("{{{name}}}"))
        .collect();
    for (path, bytes) in site.output("output").iter().filter(|(path, _)| path.ends_with(".html")) {
        for part in shown(&String::from_utf8_lossy(bytes)) {
            assert!(!names.iter().any(|name| part.contains(name)), "{path}: {part}");
            assert!(
                Texts::english().placeholders(part.trim()).is_none_or(|_| !part.contains('-')),
                "{path}: {part}"
            );
        }
    }
}

#[test]
fn only_the_words_of_a_page_s_own_framework_are_used() {
    let site = nonsense();
    let other = FRAMEWORK.replace("frameworks/f/", "frameworks/g/").replace("\"Small\"", "\"Other\"");
    site.add(&other);
    site.write("content/index.md", b"# Home\n");
    site.write("guidepost.toml", b"default_framework = \"f\"\n");
    site.build(&["--quiet"]);
    let page = |path: &str| shown(&site.read(&format!("output/{path}"))).join("\n");
    assert!(page("frameworks/f/index.html").contains("The zorps"));
    assert!(page("frameworks/g/index.html").contains("The stages"));
    let tag = page("tags/night/index.html");
    assert!(tag.contains("Aspects") && !tag.contains("Flem"), "{tag}");
    let scripts = site.output("output").into_keys().filter(|path| path.starts_with("assets/texts."));
    assert_eq!(scripts.count(), 2);
}

#[test]
fn a_site_says_one_thing_in_its_own_words() {
    let site = Site::new(FRAMEWORK);
    site.add(
        "=== i18n/en.toml\nbuild-now = \"Do <this> now\"\naspect-count = { one = \"just one {aspect}\", other = \"{n} lines\" }\n=== themes/default/i18n/en.toml\nbuild-now = \"Never shown\"\ncan-wait = \"Later\"\n",
    );
    site.build(&["--quiet"]);
    let stage = site.read("output/frameworks/f/one/index.html");
    assert!(stage.contains("Do &lt;this&gt; now</h2>"), "{stage}");
    assert!(stage.contains("Later</h2>"), "a theme's texts lie below the site's");
    assert!(
        stage.contains("Changed since") || stage.contains("Every aspect") || stage.contains("All stages")
    );
    let framework = site.read("output/frameworks/f/index.html");
    assert!(framework.contains("2 lines"), "{framework}");
}

#[test]
fn a_template_that_asks_for_no_text_of_ours_is_reported() {
    let site = Site::new(FRAMEWORK);
    site.add(
        "=== content/index.md\n# Home\n=== themes/default/templates/404.html\n{% extends \"base.html\" %}\n{% block content %}{{ text(key=\"not-fuond\") }}{{ text(key=\"needs-first\") }}{% endblock %}\n",
    );
    let problems = site.problems();
    assert!(problems.contains("there is no interface text `not-fuond`"), "{problems}");
    assert!(problems.contains("themes/default/templates/404.html:2"), "{problems}");
}
