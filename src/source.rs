//! The site's folder, read into memory once.
//!
//! This is the first of the two ends of the road that touch the disk: files, git's dates and today's date come
//! in here and nowhere else.

use crate::config;
use crate::content::FOLDER;
use crate::diagnostics::{Code, Diagnostic, SourcePath};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::hash::{Hash as StdHash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::SystemTime;

/// A 128-bit content hash (BLAKE3, cut): two different files share one only by a miracle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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

    /// Reads the 32 hexadecimal digits of a whole hash.
    pub fn parse(text: &str) -> Option<Self> {
        let mut out = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (i, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[i * 2..i * 2 + 2], 16).ok()?;
        }
        Some(Self(out))
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
    /// Size and time when it was read, to tell whether it has to be read again.
    pub stamp: Stamp,
}

/// A file's size and time of modification; nothing when the file system does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Option<(u64, SystemTime)>);

impl Stamp {
    fn of(path: &Path) -> Self {
        Self(fs::metadata(path).ok().and_then(|m| Some((m.len(), m.modified().ok()?))))
    }
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
    /// Folders outside the site that links lead into; a preview watches them too.
    pub linked: BTreeSet<PathBuf>,
    history: Vec<Stamp>,
}

/// Files known from an earlier reading, and paths that have to be read again whatever their stamp says.
#[derive(Default)]
struct Known<'a> {
    files: HashMap<&'a str, &'a Arc<SourceFile>>,
    touched: Option<&'a BTreeSet<PathBuf>>,
}

impl Source {
    /// Reads a site's folder.
    pub fn read(root: &Path) -> Self {
        Self::read_with(root, &Known::default(), None)
    }

    /// Reads it again after a change. Only files with another size or time, and those among `touched`, are
    /// really read; the others are taken over.
    #[must_use]
    pub fn read_again(&self, root: &Path, touched: &BTreeSet<PathBuf>) -> Self {
        let files = self.content.iter().chain(&self.themes).map(|f| (f.path.as_str(), f)).collect();
        Self::read_with(root, &Known { files, touched: Some(touched) }, Some(self))
    }

    /// Is this the very same reading? Files that did not change are shared between readings.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |a: &[Arc<SourceFile>], b: &[Arc<SourceFile>]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.path == b.path && a.hash == b.hash)
        };
        let config = |s: &Self| s.config.as_ref().map(|c| c.hash);
        config(self) == config(other)
            && same(&self.content, &other.content)
            && same(&self.themes, &other.themes)
            && self.committed == other.committed
            && self.diagnostics == other.diagnostics
    }

    fn read_with(root: &Path, known: &Known<'_>, before: Option<&Self>) -> Self {
        let history = history(root);
        let ((config, mut content), (mut themes, committed)) = rayon::join(
            || (read_file(root, &root.join(config::FILE)).ok(), read_folder(root, FOLDER, known)),
            || {
                let committed = match before.filter(|b| b.history == history) {
                    Some(before) => before.committed.clone(),
                    None => commit_dates(root),
                };
                (read_folder(root, "themes", known), committed)
            },
        );
        let mut problems = std::mem::take(&mut content.problems);
        problems.extend(themes.problems);
        content.linked.append(&mut themes.linked);
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
            content: content.files,
            themes: themes.files,
            committed,
            today: Some(today()),
            diagnostics: problems,
            linked: content.linked,
            history,
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
    // The stamp comes first: a change in between then shows as a difference the next time.
    let stamp = Stamp::of(path);
    let bytes = fs::read(path)?;
    Ok(SourceFile { path: relative(root, path), hash: Hash::of(&bytes), bytes, stamp })
}

fn relative(root: &Path, path: &Path) -> SourcePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    SourcePath::new(parts.join("/"))
}

/// A folder as it was read.
#[derive(Default)]
struct Folder {
    files: Vec<Arc<SourceFile>>,
    problems: Vec<Diagnostic>,
    linked: BTreeSet<PathBuf>,
}

/// All files of a folder but hidden ones and editors' leftovers, in the order of their paths.
fn read_folder(root: &Path, folder: &str, known: &Known<'_>) -> Folder {
    let start = root.join(folder);
    let mut problems = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut linked = BTreeSet::new();
    if !start.is_dir() {
        return Folder::default();
    }
    // Links are followed, since teams share folders by them; the walker notices loops.
    let walker =
        ignore::WalkBuilder::new(&start).standard_filters(false).hidden(true).follow_links(true).build();
    for entry in walker {
        if let Ok(entry) = &entry
            && entry.path_is_symlink()
            && let Ok(real) = entry.path().canonicalize()
        {
            linked.extend(if real.is_dir() { Some(real) } else { real.parent().map(Path::to_owned) });
        }
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
        .map(|path| match (path.to_str(), read_or_keep(root, path, known)) {
            (Some(_), Ok(file)) => Ok(file),
            (None, _) => Err(unreadable(relative(root, path).as_str(), &"its name is not Unicode")),
            (_, Err(error)) => Err(unreadable(relative(root, path).as_str(), &error)),
        })
        .partition_map(|result| match result {
            Ok(file) => rayon::iter::Either::Left(file),
            Err(problem) => rayon::iter::Either::Right(problem),
        });
    problems.extend(failed);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Folder { files, problems, linked }
}

fn read_or_keep(root: &Path, path: &Path, known: &Known<'_>) -> std::io::Result<Arc<SourceFile>> {
    let name = relative(root, path);
    let before = known.files.get(name.as_str());
    let untouched = known.touched.is_some_and(|touched| !touched.contains(path));
    match before.filter(|f| untouched && f.stamp != Stamp::default() && f.stamp == Stamp::of(path)) {
        Some(file) => Ok(Arc::clone(file)),
        None => read_file(root, path).map(Arc::new),
    }
}

/// What changes when git's history does: the stamps of its log and head.
fn history(root: &Path) -> Vec<Stamp> {
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let git = absolute.ancestors().map(|a| a.join(".git")).find(|g| g.exists());
    git.map(|g| ["HEAD", "logs/HEAD", "shallow"].iter().map(|f| Stamp::of(&g.join(f))).collect())
        .unwrap_or_default()
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
