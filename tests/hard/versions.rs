//! Two versions of one site, and what a fresh build of each gives.

use crate::fixture::{FRAMEWORK, Site};
use crate::tree::{differences, names, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Tree = BTreeMap<String, Vec<u8>>;

/// The site, now in one version and now in the other.
pub struct Versions {
    /// Its folder.
    pub site: Site,
    files: [BTreeMap<String, Vec<u8>>; 2],
    built: [Tree; 2],
}

impl Versions {
    /// A site of some pages. Between its versions files change, come, go, and become folders and back.
    pub fn new(pages: usize) -> Self {
        let site = Site::new("");
        let files = [0, 1].map(|version| content(version, pages));
        let mut versions = Self { site, files, built: [Tree::new(), Tree::new()] };
        for version in [0, 1] {
            versions.turn_to(version);
            versions.site.build(&["--quiet"]);
            versions.built[version] = output(&versions.site);
            versions.site.remove("output");
            versions.forget();
        }
        assert!(versions.built[0] != versions.built[1]);
        versions
    }

    /// Makes the content that of a version.
    pub fn turn_to(&self, version: usize) {
        if self.site.exists("content") {
            self.site.remove("content");
        }
        for (path, bytes) in &self.files[version] {
            self.site.write(path, bytes);
        }
    }

    /// Takes the memo away.
    pub fn forget(&self) {
        let _ = fs::remove_dir_all(self.site.path(".guidepost"));
    }

    /// Which version the output is, whole and without anything beside it; `None` when it is neither.
    pub fn version(&self) -> Option<usize> {
        self.which(&output(&self.site))
    }

    /// Which version these published files are.
    pub fn which(&self, found: &Tree) -> Option<usize> {
        self.built.iter().position(|built| built == found)
    }

    /// Expects the output to be a version, whole, and nothing to be left lying around.
    pub fn expect(&self, version: usize, what: &str) {
        let problems = differences(&output(&self.site), &self.built[version]);
        assert!(problems.is_empty(), "{what}: not version {version}: {problems:#?}");
        self.expect_nothing_left(what);
    }

    /// Expects no file that a build writes only for itself.
    pub fn expect_nothing_left(&self, what: &str) {
        let left: Vec<String> = names(&self.site.path("output/.guidepost"))
            .into_iter()
            .filter(|name| !["manifest", "places", "lock"].contains(&name.as_str()))
            .collect();
        assert!(left.is_empty(), "{what}: left in output/.guidepost: {left:?}");
        let known = [".guidepost", "content", "guidepost.toml", "output"];
        let beside: Vec<String> =
            names(&self.site.path(".")).into_iter().filter(|name| !known.contains(&name.as_str())).collect();
        assert!(beside.is_empty(), "{what}: left beside the output: {beside:?}");
    }

    /// Expects files of either version only, each whole, and those that both have to be there.
    pub fn expect_whole_files(&self, what: &str) {
        let found = output(&self.site);
        for (path, bytes) in found.iter().filter(|(path, _)| !path.ends_with('/')) {
            let whole = self.built.iter().any(|built| built.get(path) == Some(bytes));
            assert!(whole, "{what}: {path} is torn, {} bytes", bytes.len());
        }
        for path in self.built[0].keys().filter(|path| self.built[1].contains_key(*path)) {
            assert!(found.contains_key(path), "{what}: {path} is gone, and both versions have it");
        }
    }
}

/// What a host would publish, records left out.
fn output(site: &Site) -> Tree {
    published(&site.path("output"))
}

/// All below an output folder but its records.
pub fn published(output: &Path) -> Tree {
    let mut all = tree(output);
    all.retain(|path, _| !path.starts_with(".guidepost/"));
    all
}

fn content(version: usize, pages: usize) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut add = |path: &str, text: String| {
        files.insert(path.to_owned(), text.into_bytes());
    };
    let page = |title: &str, text: &str| {
        format!("+++\ntitle = \"{title}\"\ndescription = \"{title}.\"\n+++\n{text}\n")
    };
    add("guidepost.toml", "title = \"Two versions\"\n".to_owned());
    add("content/index.md", page("Home", "Where it begins."));
    for i in 0..pages {
        // Every other page changes.
        let said = if i % 2 == 0 { "always the same".to_owned() } else { format!("of version {version}") };
        let text = format!("This is {said}. [Home](../index.md)\n\n").repeat(20);
        add(&format!("content/pages/p{i}.md"), page(&format!("Page {i}"), &text));
    }
    let framework = if version == 0 { FRAMEWORK.to_owned() } else { FRAMEWORK.replace("Locked", "Bolted") };
    for part in framework.split("=== ").skip(1) {
        let (path, text) = part.split_once('\n').expect("a path and a text");
        add(path, text.to_owned());
    }
    // Large enough for a kill to meet one half written.
    add("content/large.bin", format!("{version}").repeat(600_000));
    add("content/files/always.txt", "always the same".to_owned());
    add("content/files/often.txt", format!("version {version}"));
    if version == 0 {
        add("content/handbook", "a file".to_owned());
        add("content/manual", "a file".to_owned());
        add("content/notes/deep/b.md", page("B", "Two levels deep."));
        add("content/notes/deep/c.txt", "beside it".to_owned());
        add("content/list/c.txt", "one level deep".to_owned());
        add("content/gone/d.md", page("D", "Only in the first."));
        add("content/gone/deep/e.txt", "only in the first".to_owned());
    } else {
        add("content/handbook/deep/a.md", page("A", "Two levels deep."));
        add("content/manual/a.txt", "one level deep".to_owned());
        add("content/notes", "a file".to_owned());
        add("content/list", "a file".to_owned());
        add("content/new/d.md", page("D", "Only in the second."));
        add("content/new/deep/e.txt", "only in the second".to_owned());
    }
    files
}
