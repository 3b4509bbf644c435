//! The site's folder, read into memory once.
//!
//! This is the first of the two ends of the road that touch the disk: files, git's dates and today's date come
//! in here and nowhere else.

use crate::config;
use crate::content::FOLDER;
use crate::diagnostics::{Code, Diagnostic, SourcePath};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs;
use std::hash::{Hash as StdHash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// A 128-bit content hash (BLAKE3, cut): two different files share one only by a miracle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 16]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut out = [0; 16];
        out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        Self(out)
    }

    /// This hash together with another thing: the key of work that depends on both.
    #[must_use]
    pub fn with(&self, other: &impl StdHash) -> Self {
        let mut hasher = Blake(blake3::Hasher::new());
        hasher.0.update(&self.0);
        other.hash(&mut hasher);
        let mut out = [0; 16];
        out.copy_from_slice(&hasher.0.finalize().as_bytes()[..16]);
        Self(out)
    }

    /// The first `n` hexadecimal digits, for file names.
    pub fn short(&self, n: usize) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect::<String>()[..n.min(32)].to_owned()
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.short(12))
    }
}

/// Lets `derive(Hash)` feed BLAKE3, whose result is the same on every machine and in every run.
struct Blake(blake3::Hasher);

impl Hasher for Blake {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}

/// A file as it was read.
#[derive(Debug)]
pub struct SourceFile {
    /// Below the site's root.
    pub path: SourcePath,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Of the bytes.
    pub hash: Hash,
}

impl SourceFile {
    /// The text, when it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// Everything a build depends on.
#[derive(Debug, Default)]
pub struct Source {
    /// `guidepost.toml`, when there is one.
    pub config: Option<Arc<SourceFile>>,
    /// All files below `content/`, by path.
    pub content: Vec<Arc<SourceFile>>,
    /// All files below `themes/`, by path.
    pub themes: Vec<Arc<SourceFile>>,
    /// The date of the last commit that touched a file.
    pub committed: HashMap<SourcePath, Date>,
    /// Today, for checks only: no output depends on it.
    pub today: Option<Date>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Source {
    /// Reads a site's folder.
    pub fn read(root: &Path) -> Self {
        let ((config, (content, mut problems)), ((themes, theme_problems), committed)) = rayon::join(
            || (read_file(root, &root.join(config::FILE)).ok(), read_folder(root, FOLDER)),
            || (read_folder(root, "themes"), commit_dates(root)),
        );
        problems.extend(theme_problems);
        if !root.join(FOLDER).is_dir() {
            problems.push(
                Diagnostic::new(
                    Code::Unreadable,
                    &SourcePath::new(FOLDER),
                    "there is no folder `content` here",
                )
                .help(
                    "run this in a site's folder, name it with `--root`, or start one with `guidepost init`",
                ),
            );
        }
        Self {
            config: config.map(Arc::new),
            content,
            themes,
            committed,
            today: Some(today()),
            diagnostics: problems,
        }
    }

    /// The text of a file, for showing its lines.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        if let Some(config) = self.config.as_ref().filter(|c| c.path == *path) {
            return config.text();
        }
        [&self.content, &self.themes]
            .into_iter()
            .find_map(|files| files.binary_search_by(|f| f.path.cmp(path)).ok().and_then(|i| files[i].text()))
    }
}

fn read_file(root: &Path, path: &Path) -> std::io::Result<SourceFile> {
    let bytes = fs::read(path)?;
    Ok(SourceFile { path: relative(root, path), hash: Hash::of(&bytes), bytes })
}

fn relative(root: &Path, path: &Path) -> SourcePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    SourcePath::new(parts.join("/"))
}

/// All files of a folder but hidden ones and editors' leftovers, in the order of their paths.
fn read_folder(root: &Path, folder: &str) -> (Vec<Arc<SourceFile>>, Vec<Diagnostic>) {
    let start = root.join(folder);
    let mut problems = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    if !start.is_dir() {
        return (Vec::new(), problems);
    }
    // Links are followed, since teams share folders by them; the walker notices loops.
    let walker =
        ignore::WalkBuilder::new(&start).standard_filters(false).hidden(true).follow_links(true).build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                let name = entry.file_name().to_string_lossy();
                if !name.ends_with('~') && !name.ends_with(".bak") && !name.starts_with('#') {
                    paths.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => problems.push(unreadable(folder, &error)),
        }
    }
    let (mut files, failed): (Vec<_>, Vec<_>) = paths
        .par_iter()
        .map(|path| match (path.to_str(), read_file(root, path)) {
            (Some(_), Ok(file)) => Ok(Arc::new(file)),
            (None, _) => Err(unreadable(relative(root, path).as_str(), &"its name is not Unicode")),
            (_, Err(error)) => Err(unreadable(relative(root, path).as_str(), &error)),
        })
        .partition_map(|result| match result {
            Ok(file) => rayon::iter::Either::Left(file),
            Err(problem) => rayon::iter::Either::Right(problem),
        });
    problems.extend(failed);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, problems)
}

fn unreadable(path: &str, why: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, &SourcePath::new(path), format!("this can not be read: {why}"))
        .help("mend the file or its permissions, or take it out of the folder")
}

/// The day of each file's last commit, or nothing when there is no history to ask.
///
/// A shallow clone has no history either: every file would seem to come from its one commit.
fn commit_dates(root: &Path) -> HashMap<SourcePath, Date> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(["-c", "core.quotePath=off", "-c", "log.showSignature=false"])
            .args(arguments)
            .output()
            .ok()?;
        output.status.success().then_some(output.stdout)
    };
    let mut dates = HashMap::new();
    if git(&["rev-parse", "--is-shallow-repository"]).is_none_or(|out| out.trim_ascii() != b"false") {
        return dates;
    }
    let log = git(&[
        "log",
        "--format=format:%x01%cs",
        "--name-only",
        "--no-renames",
        "-z",
        "--relative",
        "--",
        FOLDER,
    ]);
    let log = log.unwrap_or_default();
    let mut day = None;
    // Commits are "\x01DATE\nfile\0file\0..."; a \0 also stands between two commits.
    for piece in log.split(|b| *b == 0) {
        let mut piece = String::from_utf8_lossy(piece).into_owned();
        while let Some(rest) = piece.strip_prefix('\u{1}') {
            let (date, file) = rest.split_once('\n').unwrap_or((rest, ""));
            day = date.trim().parse::<Date>().ok();
            piece = file.to_owned();
        }
        if let (Some(day), false) = (day, piece.is_empty()) {
            dates.entry(SourcePath::new(piece)).or_insert(day);
        }
    }
    dates
}

/// Today in UTC; `SOURCE_DATE_EPOCH` sets it (<https://reproducible-builds.org/specs/source-date-epoch>/).
fn today() -> Date {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse::<i64>().ok());
    let now = set.and_then(|s| jiff::Timestamp::from_second(s).ok()).unwrap_or_else(jiff::Timestamp::now);
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}
