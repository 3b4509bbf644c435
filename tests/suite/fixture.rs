//! A site in a folder of its own, written inline: `=== path` lines begin its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A fixture site.
pub struct Site {
    folder: TempDir,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Site {
    /// Writes a site's files.
    pub fn new(files: &str) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a folder for the fixture") };
        std::fs::create_dir_all(site.path("content")).expect("content folder");
        site.add(files);
        site
    }

    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for the fixture") }
    }

    /// All files of the site's folder, built output left out.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = self.output(".");
        all.retain(|path, _| !path.starts_with("output/"));
        all
    }

    /// A copy of the real site.
    pub fn real() -> Self {
        let site = Self::new("");
        let root = project();
        copy(&root.join("content"), &site.path("content"));
        std::fs::copy(root.join("guidepost.toml"), site.path("guidepost.toml")).expect("configuration");
        site
    }

    /// Writes further files, or files anew.
    pub fn add(&self, files: &str) {
        let mut parts = files.split("=== ");
        assert_eq!(parts.next().unwrap_or_default().trim(), "", "a fixture begins with `=== path`");
        for part in parts {
            let (path, text) = part.split_once('\n').expect("a path and a text");
            self.write(path.trim(), text.as_bytes());
        }
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        std::fs::write(path, bytes).expect("file");
    }

    pub fn remove(&self, path: &str) {
        let path = self.path(path);
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }
            .expect("removed");
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Runs `guidepost` in the site's folder. The day is 2026-01-01 for all tests.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("guidepost runs");
        Ran::from(output)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .env_remove("GIT_DIR")
            .env("GIT_CEILING_DIRECTORIES", self.folder.path().parent().expect("a folder above"));
        command
    }

    /// Builds and expects it to work.
    pub fn build(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(&[&["build"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran
    }

    /// What `check` says on standard error.
    pub fn problems(&self) -> String {
        self.run(&["check", "--quiet"]).stderr
    }

    /// All published files by path, Guidepost's own records left out.
    pub fn output(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(folder);
        files(&root)
            .into_iter()
            .map(|path| {
                let name = path.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
                let bytes = std::fs::read(&path).expect("published file");
                (name, bytes)
            })
            .filter(|(name, _)| !name.starts_with(".guidepost/"))
            .collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// The project's root.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).expect("below"));
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("folder");
        std::fs::copy(file, target).expect("copied");
    }
}

/// A small framework that several fixtures need: two stages, one dimension, two aspects.
pub const FRAMEWORK: &str = r#"=== content/frameworks/f/framework.toml
title = "Small"
summary = "A small one."
dimensions = ["safety"]
[[stages]]
title = "One"
[[stages]]
title = "Two"
=== content/frameworks/f/safety.toml
title = "Safety"
intro = "What keeps people safe."
[[aspects]]
title = "Doors"
description = "Ways in and out."
at.one = "Open"
at.two = "Locked"
[[aspects]]
title = "Guards"
description = "People who watch."
at.one = "None"
at.two = "At night"
"#;
