//! The memo on disk: a build that begins where the last one ended gives what a clean one gives, byte for byte.

use crate::fixture::Site;
use crate::serve::{Random, edit, site};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// What a build without any memo gives.
fn clean(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let (cache, kept) = (site.path(".guidepost"), site.path(".kept"));
    let _ = fs::remove_dir_all(site.path("fresh"));
    let _ = fs::rename(&cache, &kept);
    site.build(&["--output", "fresh", "--quiet"]);
    let _ = fs::remove_dir_all(&cache);
    let _ = fs::rename(&kept, &cache);
    site.output("fresh")
}

fn same(site: &Site, what: &str) {
    site.build(&["--quiet"]);
    let (warm, cold) = (site.output("output"), clean(site));
    for (path, bytes) in &cold {
        assert!(warm.get(path) == Some(bytes), "{what}: {path} differs");
    }
    assert_eq!(warm.len(), cold.len(), "{what}: {:?}", warm.keys().collect::<Vec<_>>());
}

/// The files of the memo.
fn files(site: &Site) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(site.path(".guidepost"))
        .expect("a memo")
        .map(|e| e.expect("entry").path())
        .filter(|p| p.is_file())
        .collect();
    files.sort();
    files
}

#[test]
fn after_any_edits_a_build_equals_a_clean_one() {
    for seed in [4, 5, 6, 7] {
        let mut random = Random(seed);
        let site = site();
        let mut log = Vec::new();
        for step in 0..20 {
            log.push(edit(&site, &mut random, step));
            same(&site, &format!("seed {seed}: {log:?}"));
        }
    }
}

#[test]
fn settings_drafts_and_templates_are_not_confused() {
    let site = site();
    same(&site, "first");
    site.write(
        "content/b.md",
        b"+++\ntitle = \"B\"\ndescription = \"B\"\ndraft = true\n+++\nDraft. [A](a.md)\n",
    );
    same(&site, "a draft");
    site.build(&["--drafts", "--quiet"]);
    same(&site, "after a build with drafts");
    site.build(&["--base-url", "https://example.com/x/", "--quiet"]);
    same(&site, "after a build for another place");
    site.write("themes/default/templates/page.html", b"<!DOCTYPE html><title>x</title>{{ frame.title }}\n");
    same(&site, "another template");
    site.remove("themes/default/templates/page.html");
    same(&site, "the template is gone");
    site.write("guidepost.toml", b"[markdown]\nsmart_punctuation = true\n");
    site.write("content/a.md", b"+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n\"Quoted\" -- text.\n");
    same(&site, "another dialect");
    site.write("guidepost.toml", b"[search]\nenabled = false\n");
    same(&site, "no search");
}

/// A site on which one page shows what another file says, in every way that a page's key has to notice.
const LINKED: &str = r#"
=== guidepost.toml
[nav]
items = [{ to = "/guides/tips#first" }]
=== content/index.md
+++
description = "H"
+++
[Guides](guides/index.md)
=== content/guides/index.md
What this folder holds. [Tips](tips.md), [other](other.md).
=== content/guides/tips.md
+++
title = "Tips"
description = "T"
+++
## First {#first}

Text. ![A dot](../dot.png)

## Second {#second}

More text.
=== content/guides/other.md
+++
title = "Other"
description = "O"
+++
See [[/guides/tips#second]].
=== content/playbooks/index.md
+++
description = "P"
+++
[A](a.md)
=== content/playbooks/a.md
+++
title = "A"
purpose = "A."
required_sections = []
+++
## Process

1. Go.
=== content/playbooks/b.md
+++
title = "B"
purpose = "B."
required_sections = []
follows = "/playbooks/a"
+++
## Process

1. Go.
=== content/playbooks/c.md
+++
title = "C"
purpose = "C."
required_sections = []
+++
## Process

1. Go. [A](a.md)
=== content/frameworks/f/framework.toml
title = "F"
summary = "S"
dimensions = ["d"]
[[stages]]
id = "one"
title = "One"
[[stages]]
id = "two"
title = "Two"
=== content/frameworks/f/d.toml
title = "D"
[[aspects]]
title = "X"
at.one = "None"
at.two = "Something"
"#;

#[test]
fn a_page_is_built_again_when_what_it_shows_of_another_changed() {
    let site = Site::new(LINKED.trim_start());
    site.write("content/dot.png", &crate::links::png(3, 4));
    same(&site, "first");
    // Each of these is noticed in one way only.
    let replace = |file: &str, from: &str, to: &str| {
        let text = site.read(file);
        assert!(text.contains(from), "{file}: {from}");
        site.write(file, text.replace(from, to).as_bytes());
        same(&site, &format!("{file}: {from} became {to}"));
    };
    replace("content/guides/index.md", "What this folder holds", "A description that the home page shows");
    assert!(site.read("output/index.html").contains("A description that the home page shows"));
    replace("content/guides/tips.md", "## Second", "## The other");
    assert!(site.read("output/guides/other/index.html").contains("The other"));
    replace("content/guides/tips.md", "## First", "## Foremost");
    assert!(site.read("output/guides/other/index.html").contains("Foremost"));
    replace("content/guides/tips.md", "title = \"Tips\"", "title = \"Hints\"");
    assert!(site.read("output/guides/other/index.html").contains("Hints"));
    replace("content/playbooks/c.md", "purpose = \"C.\"", "purpose = \"C.\"\nfollows = \"/playbooks/b\"");
    replace("content/guides/other.md", "description = \"O\"", "description = \"O\"\nstages = [\"one\"]");
    assert!(site.read("output/frameworks/f/one/index.html").contains("Other"));
    replace("content/guides/tips.md", "More text.", "More text on [[@two]].");
    replace("content/guides/tips.md", "description = \"T\"", "description = \"T\"\nstages = [\"two\"]");
    assert!(site.read("output/frameworks/f/two/index.html").contains("id=\"guides\""));
    site.write("content/dot.png", &crate::links::png(30, 40));
    same(&site, "a picture of another size");
    site.write("content/frameworks/f/d.md", b"What the dimension is about, at length.\n");
    same(&site, "a text where none was");
    assert!(site.read("output/frameworks/f/d/index.html").contains("at length"));
    site.write("content/guides/index.md", b"+++\npages = [\"tips\", \"other\"]\n+++\nWhat it holds.\n");
    same(&site, "an order of pages");
    assert!(site.read("output/guides/tips/index.html").contains("rel=\"next\" href=\"../other/\""));
    replace("content/guides/index.md", "\"tips\", \"other\"", "\"other\", \"tips\"");
    assert!(site.read("output/guides/tips/index.html").contains("rel=\"prev\" href=\"../other/\""));
    replace("content/guides/other.md", "description = \"O\"", "description = \"O\"\nlisted = false");
    assert!(!site.read("output/guides/tips/index.html").contains("rel=\"prev\""));
    replace(
        "guidepost.toml",
        "{ to = \"/guides/tips#first\" }",
        "{ title = \"All\", items = [\"/guides/tips\"] }",
    );
    assert!(site.read("output/guides/tips/index.html").contains("<details class=\"menu\""));
    replace("guidepost.toml", "[nav]", "edit_url = \"https://git.example.com/edit/{path}\"\n[nav]");
}

#[test]
fn a_changed_text_shows_wherever_it_stands() {
    let site = Site::new(LINKED.trim_start());
    site.write("content/dot.png", &crate::links::png(3, 4));
    same(&site, "first");
    site.write("i18n/en.toml", b"build-now = \"Do this now\"\ncopied = \"Taken\"\n");
    same(&site, "texts of the site");
    assert!(site.read("output/frameworks/f/one/index.html").contains("Do this now"));
    site.write("themes/default/i18n/en.toml", b"build-now = \"Never\"\nbacklinks = \"Named by\"\n");
    same(&site, "texts of the theme");
    assert!(site.read("output/frameworks/f/one/index.html").contains("Do this now"));
    let framework = site.read("content/frameworks/f/framework.toml");
    let words =
        format!("{framework}\n[words]\nstage = [\"rung\", \"rungs\"]\nbuild-now = \"On this {{stage}}\"\n");
    site.write("content/frameworks/f/framework.toml", words.as_bytes());
    same(&site, "words of a framework");
    assert!(site.read("output/frameworks/f/one/index.html").contains("On this rung"));
    site.write("content/frameworks/f/framework.toml", words.replace("\"rung\"", "\"step\"").as_bytes());
    same(&site, "other words of a framework");
    assert!(site.read("output/frameworks/f/one/index.html").contains("On this step"));
    site.remove("i18n");
    same(&site, "without texts of the site");
}

/// What happened to a file.
type Damage = fn(&[u8]) -> Vec<u8>;

#[test]
fn a_memo_that_can_not_be_trusted_is_ignored() {
    let site = site();
    site.build(&["--quiet"]);
    let good: Vec<(PathBuf, Vec<u8>)> =
        files(&site).into_iter().map(|p| (p.clone(), fs::read(&p).expect("bytes"))).collect();
    assert!(good.len() > 2, "{good:?}");
    let damages: [(&str, Damage); 6] = [
        ("cut short", |b| b[..b.len() / 2].to_vec()),
        ("empty", |_| Vec::new()),
        ("one bit turned", |b| {
            let mut b = b.to_vec();
            let last = b.len() - 1;
            b[last] ^= 1;
            b
        }),
        ("of another version", |b| [b"guidepost 0.0.1 0123456789abcdef\n", &b[30..]].concat()),
        ("foreign", |_| b"#!/bin/sh\necho hello\n".to_vec()),
        ("far too long", |b| b.repeat(50)),
    ];
    for (name, damage) in damages {
        for (path, bytes) in &good {
            fs::write(path, damage(bytes)).expect("written");
        }
        site.write(
            "content/a.md",
            format!("+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nA memo {name}.\n").as_bytes(),
        );
        same(&site, name);
        assert!(site.read("output/a/index.html").contains(name));
    }
    // A memo that is whole but of another site names its entries by what they were made from.
    let other = crate::fixture::Site::new(
        "=== content/index.md\n+++\ndescription = \"O\"\n+++\nOther.\n=== content/a.md\n+++\ntitle = \"Other\"\ndescription = \"O\"\n+++\nOther. [Home](index.md)\n",
    );
    other.build(&["--quiet"]);
    let _ = fs::remove_dir_all(site.path(".guidepost"));
    fs::create_dir(site.path(".guidepost")).expect("folder");
    for file in files(&other) {
        fs::copy(&file, site.path(".guidepost").join(file.file_name().expect("name"))).expect("copied");
    }
    same(&site, "another site's memo");
}

#[test]
fn two_builds_at_once_do_not_harm_each_other() {
    let site = site();
    let mut running: Vec<_> = (0..6)
        .map(|i| {
            let output = format!("out-{}", i % 3);
            site.command(&["build", "--quiet", "--output", &output]).spawn().expect("started")
        })
        .collect();
    for child in &mut running {
        assert!(child.wait().expect("ended").success());
    }
    let cold = clean(&site);
    for i in 0..3 {
        assert!(site.output(&format!("out-{i}")) == cold, "out-{i}");
    }
    same(&site, "after all of them");
    assert!(files(&site).iter().all(|f| !f.to_string_lossy().contains(".new-")), "{:?}", files(&site));
}

#[test]
fn what_a_killed_build_left_of_its_memo_goes() {
    let site = site();
    site.build(&["--quiet"]);
    for name in ["pages-00.new-1", "rendered.new-99999"] {
        site.write(&format!(".guidepost/{name}"), b"half of a mem");
    }
    site.build(&["--quiet"]);
    assert!(files(&site).iter().all(|f| !f.to_string_lossy().contains(".new-")), "{:?}", files(&site));
    same(&site, "after that");
}

#[test]
fn what_did_not_change_is_not_rendered_again() {
    let site = site();
    site.build(&[]);
    let ran = site.build(&[]);
    assert!(ran.stdout.contains(": 0 files written"), "{}", ran.stdout);
    // A cell shows on its framework's pages, and nowhere else.
    let text = "title = \"Safety\"\nintro = \"I\"\n[[aspects]]\ntitle = \"Doors\"\nat.one = \"changed\"\nat.two = \"y\"\n";
    site.write("content/frameworks/f/safety.toml", text.as_bytes());
    let before = site.output("output");
    site.build(&[]);
    let after = site.output("output");
    let changed: Vec<&String> = after
        .iter()
        .filter(|(p, b)| before.get(*p) != Some(b) && p.ends_with(".html"))
        .map(|(p, _)| p)
        .collect();
    assert!(changed.iter().all(|p| p.starts_with("frameworks/f/") || *p == "index.html"), "{changed:?}");
    assert!(changed.iter().any(|p| p.ends_with("safety/doors/index.html")), "{changed:?}");
}

#[test]
fn a_site_without_room_for_a_memo_is_built_all_the_same() {
    let site = site();
    site.write(".guidepost", b"a file where the folder would be");
    site.build(&["--quiet"]);
    assert!(site.exists("output/index.html"));
    // A check writes nothing at all.
    let other = crate::serve::site();
    assert_eq!(other.run(&["check"]).code, 0);
    assert!(!other.exists(".guidepost"));
}

#[test]
fn a_site_that_lost_most_of_its_pages_is_built_from_the_memo_of_the_larger_one() {
    let page = |name: &str, text: &str| {
        format!("=== content/{name}.md\n+++\ntitle = \"{name}\"\ndescription = \"D\"\n+++\n{text}\n")
    };
    let site = Site::new("=== content/index.md\n+++\ndescription = \"H\"\n+++\nHello.\n");
    site.add(&(page("a", "[x](zz.md#h)") + &page("zz", "## H")));
    site.add(&(1..=60).map(|n| page(&format!("c{n}"), "Text.")).collect::<String>());
    site.build(&[]);
    for n in 1..=60 {
        site.remove(&format!("content/c{n}.md"));
    }
    site.build(&[]);
    let warm = site.output("output");
    site.remove("output");
    site.remove(".guidepost");
    site.build(&[]);
    assert!(warm == site.output("output"));
}
