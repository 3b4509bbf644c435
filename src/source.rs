//! The site's folder, read into memory once.
//!
//! This is the first of the two ends of the road that touch the disk: files, git's dates and today's date come
//! in here and nowhere else. Only regular files are read, and a link that leaves the site is not followed unless the
//! configuration names where it leads.

pub(crate) mod brand;
mod code;
pub(crate) mod git;

use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::layout::{self, CONTENT};
use crate::span::{SourcePath, Spanned};
use jiff::civil::Date;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A file as it was read.
#[derive(Debug)]
pub struct SourceFile {
    /// Below the site's root.
    pub path: SourcePath,
    /// What it holds; of a file that stays on disk, the beginning.
    pub bytes: Vec<u8>,
    /// How much it holds.
    pub size: u64,
    /// Where it lies, when it is too large to be kept in memory.
    pub on_disk: Option<PathBuf>,
    /// Of all its bytes.
    pub hash: Hash,
    /// Size and time when it was read, to tell whether it has to be read again.
    pub stamp: Stamp,
}

/// A file other than text that is larger stays on disk, and is copied from there when it is published.
const LARGE: u64 = 1 << 20;
/// Even text stays on disk beyond this: nobody wrote it, and no limit of the configuration is meant to allow it.
const VAST: u64 = 256 << 20;
/// What is kept of a file that stays on disk: more than the headers of any picture.
const BEGINNING: u64 = 64 << 10;

/// A file's size and time of modification; nothing when the file system does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Option<(u64, SystemTime)>);

impl Stamp {
    fn of(path: &Path) -> Self {
        fs::metadata(path).map(|meta| Self::from(&meta)).unwrap_or_default()
    }
}

impl From<&Metadata> for Stamp {
    fn from(meta: &Metadata) -> Self {
        Self(meta.modified().ok().map(|modified| (meta.len(), modified)))
    }
}

impl SourceFile {
    /// A file with these bytes.
    pub fn new(path: SourcePath, bytes: Vec<u8>) -> Self {
        let (hash, size) = (Hash::of(&bytes), bytes.len() as u64);
        Self { path, bytes, size, on_disk: None, hash, stamp: Stamp::default() }
    }

    /// The text, when it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        if self.on_disk.is_some() { None } else { std::str::from_utf8(&self.bytes).ok() }
    }

    /// All its bytes; those of a large file are read from where it lies.
    ///
    /// # Errors
    /// When it cannot be read, or is another file by now.
    pub fn whole(&self) -> io::Result<Cow<'_, [u8]>> {
        let Some(path) = &self.on_disk else { return Ok(Cow::Borrowed(&self.bytes)) };
        let bytes = fs::read(path)?;
        if Hash::of(&bytes) != self.hash {
            return Err(io::Error::other(format!("`{}` changed while it was read", self.path)));
        }
        Ok(Cow::Owned(bytes))
    }

    /// Reads a file, if it is a regular one.
    fn read(root: &Path, path: &Path) -> io::Result<Self> {
        // The stamp comes first: a change in between then shows as a difference the next time.
        let meta = fs::metadata(path)?;
        let stamp = Stamp::from(&meta);
        if !meta.is_file() {
            // Opening a pipe would wait for someone to write into it.
            return Err(io::Error::other(if meta.is_dir() { "it is a folder" } else { NOT_REGULAR }));
        }
        let name = relative(root, path);
        let is_text = matches!(name.extension(), "md" | "toml");
        if meta.len() <= if is_text { VAST } else { LARGE } {
            return Ok(Self { stamp, ..Self::new(name, fs::read(path)?) });
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(BEGINNING).read_to_end(&mut bytes)?;
        let hash = Hash::of_reader(File::open(path)?)?;
        Ok(Self { path: name, bytes, size: meta.len(), on_disk: Some(path.to_owned()), hash, stamp })
    }
}

const NOT_REGULAR: &str = "it is not a regular file, but a pipe, a socket or a device";

/// Everything a build depends on.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// `guidepost.toml`, when there is one.
    pub config: Option<Arc<SourceFile>>,
    /// All files below `content/`, by path.
    pub content: Vec<Arc<SourceFile>>,
    /// All files below `themes/`, by path.
    pub themes: Vec<Arc<SourceFile>>,
    /// All files below `i18n/`, by path.
    pub texts: Vec<Arc<SourceFile>>,
    /// The files that `[brand]` names and those its stylesheets refer to, by path.
    pub brand: Vec<Arc<SourceFile>>,
    /// The files below the folders that code is taken from, by path.
    pub code: Vec<Arc<SourceFile>>,
    /// The date of the last commit that touched a file.
    pub committed: HashMap<SourcePath, Date>,
    /// Today, for checks only: no output depends on it.
    pub today: Option<Date>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// What is worth knowing, and wrong in no file.
    pub notes: Vec<String>,
    /// Folders outside the site that links lead into, and those of the brand and of code; a preview watches them too.
    pub linked: BTreeSet<PathBuf>,
    history: Vec<Stamp>,
}

/// Files known from an earlier reading, and paths that have to be read again whatever their stamp says.
#[derive(Default)]
struct Known<'a> {
    files: HashMap<&'a str, &'a Arc<SourceFile>>,
    touched: Option<&'a BTreeSet<PathBuf>>,
}

/// The configuration as it was read, before the rest: it says which links may be followed.
#[derive(Debug, Default)]
pub struct ConfigSource {
    /// The file, when there is one.
    pub file: Option<Arc<SourceFile>>,
    /// It is there and cannot be read.
    pub problem: Option<Diagnostic>,
}

impl ConfigSource {
    /// Reads `guidepost.toml`. Only a file that is not there at all is none.
    pub fn read(root: &Path) -> Self {
        let path = root.join(layout::CONFIG);
        match SourceFile::read(root, &path) {
            Ok(file) if file.text().is_none() => {
                let problem =
                    Diagnostic::new(Code::InvalidUtf8, &file.path, "the configuration is not UTF-8")
                        .help("save it as UTF-8");
                Self { file: None, problem: Some(problem) }
            }
            Ok(file) => Self { file: Some(Arc::new(file)), problem: None },
            // A link that leads nowhere is there, and leads nowhere.
            Err(error) if error.kind() == ErrorKind::NotFound && path.symlink_metadata().is_err() => {
                Self { file: None, problem: misnamed(root) }
            }
            Err(error) => Self { file: None, problem: Some(unreadable(layout::CONFIG, &error)) },
        }
    }
}

/// A file that was meant to be the configuration, where there is none.
fn misnamed(root: &Path) -> Option<Diagnostic> {
    let is_near = |name: &String| {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        stem.eq_ignore_ascii_case("guidepost")
            && matches!(extension.to_lowercase().as_str(), "toml" | "yaml" | "yml" | "json")
    };
    let entries = fs::read_dir(root).ok()?.flatten();
    let found = entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(is_near).min()?;
    Some(
        Diagnostic::new(Code::UnreferencedFile, &SourcePath::new(&*found), format!("`{found}` is not read"))
            .help(format!("the configuration is written in TOML, in a file `{}`", layout::CONFIG)),
    )
}

/// What the configuration says of a site's files.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Folders outside the site into which links may lead, as written.
    pub follow_links: &'a [String],
    /// Pictures of the site's brand.
    pub pictures: Vec<&'a Spanned<SourcePath>>,
    /// Stylesheets of the site's brand.
    pub stylesheets: Vec<&'a Spanned<SourcePath>>,
    /// Folders that code is taken from.
    pub code: Vec<Spanned<&'a str>>,
}

impl Source {
    /// Reads a site's folder. `wanted` says which links may lead out of it, and which files are its brand.
    pub fn read(root: &Path, config: ConfigSource, wanted: &Wanted<'_>) -> Self {
        Self::read_with(root, config, wanted, &Known::default(), None)
    }

    /// Reads it again after a change. Only files with another size or time, and those among `touched`, are
    /// really read; the others are taken over.
    #[must_use]
    pub fn read_again(
        &self,
        root: &Path,
        config: ConfigSource,
        wanted: &Wanted<'_>,
        touched: &BTreeSet<PathBuf>,
    ) -> Self {
        let files = self
            .content
            .iter()
            .chain(&self.themes)
            .chain(&self.texts)
            .chain(&self.brand)
            .chain(&self.code)
            .map(|f| (f.path.as_str(), f))
            .collect();
        Self::read_with(root, config, wanted, &Known { files, touched: Some(touched) }, Some(self))
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
            && same(&self.texts, &other.texts)
            && same(&self.brand, &other.brand)
            && same(&self.code, &other.code)
            && self.committed == other.committed
            && self.diagnostics == other.diagnostics
    }

    fn read_with(
        root: &Path,
        config: ConfigSource,
        wanted: &Wanted<'_>,
        known: &Known<'_>,
        before: Option<&Self>,
    ) -> Self {
        let stamps = stamps_of_history(root);
        let border = Border::new(root, wanted.follow_links);
        let (mut content, (mut themes, history)) = rayon::join(
            || read_folder(root, CONTENT, &border, known),
            || {
                let history = match before.filter(|b| b.history == stamps) {
                    Some(before) => git::History { committed: before.committed.clone(), note: None },
                    None => git::history(root),
                };
                (read_folder(root, layout::THEMES, &border, known), history)
            },
        );
        let mut problems = std::mem::take(&mut content.problems);
        problems.extend(config.problem);
        problems.extend(themes.problems);
        content.linked.append(&mut themes.linked);
        let mut texts = read_folder(root, layout::TEXTS, &border, known);
        problems.append(&mut texts.problems);
        content.linked.append(&mut texts.linked);
        let mut brand = brand::read(root, wanted, &border, known);
        content.linked.append(&mut brand.linked);
        let mut code = code::read(root, &wanted.code, &border, known);
        content.linked.append(&mut code.linked);
        if !root.join(CONTENT).is_dir() && problems.is_empty() {
            problems.push(
                Diagnostic::new(
                    Code::Unreadable,
                    &SourcePath::new(CONTENT),
                    "there is no folder `content` here",
                )
                .help(
                    "run this in a site's folder, name it with `--root`, or start one with `guidepost init`",
                ),
            );
        }
        problems.append(&mut brand.problems);
        problems.append(&mut code.problems);
        Self {
            config: config.file,
            content: content.files,
            themes: themes.files,
            texts: texts.files,
            brand: brand.files,
            code: code.files,
            committed: history.committed,
            today: Some(today()),
            diagnostics: problems,
            notes: history.note.into_iter().collect(),
            linked: content.linked,
            history: stamps,
        }
    }

    /// The files of interface texts: a theme's, and over it the site's own.
    pub fn interface_texts(&self, theme: &str) -> impl Iterator<Item = &SourceFile> {
        let own = format!("{}/en.toml", layout::TEXTS);
        let of_theme = format!("{}/{theme}/{own}", layout::THEMES);
        let all = self.themes.iter().chain(&self.texts);
        all.map(|file| &**file)
            .filter(move |file| [&of_theme, &own].iter().any(|path| file.path.as_str() == *path))
    }

    /// The text of a file, for showing its lines.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        if let Some(config) = self.config.as_ref().filter(|c| c.path == *path) {
            return config.text();
        }
        [&self.content, &self.themes, &self.texts, &self.brand, &self.code].into_iter().find_map(|files| {
            let i = files.binary_search_by(|f| f.path.cmp(path)).ok()?;
            files.get(i)?.text()
        })
    }
}

fn relative(root: &Path, path: &Path) -> SourcePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    SourcePath::new(parts.join("/"))
}

/// Where links may lead: into the site, its hidden files left out, and where the configuration allows.
#[derive(Clone, Debug)]
struct Border {
    root: PathBuf,
    allowed: Vec<PathBuf>,
}

impl Border {
    fn new(root: &Path, allowed: &[String]) -> Self {
        let real = |path: PathBuf| path.canonicalize().unwrap_or(path);
        Self {
            root: real(root.to_owned()),
            allowed: allowed.iter().map(|folder| real(root.join(folder))).collect(),
        }
    }

    /// May this, what a link really leads to, be read?
    fn holds(&self, real: &Path) -> bool {
        let inside = real.strip_prefix(&self.root).is_ok_and(|inner| {
            // Hidden files of the site, `.git` above all, are no content.
            !inner.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
        });
        inside || self.allowed.iter().any(|folder| real.starts_with(folder))
    }

    /// The problem with a link that leads out of the site.
    fn crossed(&self, link: &SourcePath, real: &Path) -> Diagnostic {
        let target = real.strip_prefix(&self.root).unwrap_or(real).display();
        Diagnostic::new(Code::Unreadable, link, format!("this link leads out of the site, to `{target}`")).help(
            format!(
                "copy what it leads to into the site, or allow it in {}: `[content]` `follow_links = [\"{target}\"]`",
                layout::CONFIG
            ),
        )
    }
}

/// A folder as it was read.
#[derive(Default)]
struct Folder {
    files: Vec<Arc<SourceFile>>,
    problems: Vec<Diagnostic>,
    linked: BTreeSet<PathBuf>,
}

/// All files of a folder but hidden ones and editors' leftovers, in the order of their paths.
fn read_folder(root: &Path, folder: &str, border: &Border, known: &Known<'_>) -> Folder {
    let start = root.join(folder);
    let crossed = Arc::new(Mutex::new(Vec::new()));
    let may_enter = {
        let (root, border, crossed) = (root.to_owned(), border.clone(), Arc::clone(&crossed));
        move |path: &Path| {
            let Ok(real) = path.canonicalize() else { return true };
            let inside = border.holds(&real);
            if !inside {
                let problem = border.crossed(&relative(&root, path), &real);
                crossed.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
            }
            inside
        }
    };
    if !start.is_dir() || (start.is_symlink() && !may_enter(&start)) {
        let problems = std::mem::take(&mut *crossed.lock().unwrap_or_else(PoisonError::into_inner));
        return Folder { problems, ..Folder::default() };
    }
    let mut problems = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut linked = BTreeSet::new();
    let publishes_well_known = folder == CONTENT;
    let is_hidden = move |entry: &ignore::DirEntry| {
        let name = entry.file_name().as_encoded_bytes();
        let is_well_known =
            publishes_well_known && entry.depth() == 1 && name == layout::WELL_KNOWN.as_bytes();
        entry.depth() > 0 && name.starts_with(b".") && !is_well_known
    };
    // Links are followed, since teams share folders by them; the walker notices loops.
    let walker = ignore::WalkBuilder::new(&start)
        .standard_filters(false)
        .follow_links(true)
        .filter_entry(move |entry| !is_hidden(entry) && (!entry.path_is_symlink() || may_enter(entry.path())))
        .build();
    for entry in walker {
        if let Ok(entry) = &entry
            && entry.path_is_symlink()
            && let Ok(real) = entry.path().canonicalize()
        {
            linked.extend(if real.is_dir() { Some(real) } else { real.parent().map(Path::to_owned) });
        }
        match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy();
                let leftover = name.ends_with('~') || name.ends_with(".bak") || name.starts_with('#');
                match entry.file_type() {
                    Some(kind) if kind.is_dir() => {}
                    _ if leftover => {}
                    Some(kind) if kind.is_file() => paths.push(entry.into_path()),
                    _ => problems.push(unreadable(relative(root, entry.path()).as_str(), &NOT_REGULAR)),
                }
            }
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
    problems.append(&mut crossed.lock().unwrap_or_else(PoisonError::into_inner));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Folder { files, problems, linked }
}

fn read_or_keep(root: &Path, path: &Path, known: &Known<'_>) -> io::Result<Arc<SourceFile>> {
    let name = relative(root, path);
    let before = known.files.get(name.as_str());
    let untouched = known.touched.is_some_and(|touched| !touched.contains(path));
    match before.filter(|f| untouched && f.stamp != Stamp::default() && f.stamp == Stamp::of(path)) {
        Some(file) => Ok(Arc::clone(file)),
        None => SourceFile::read(root, path).map(Arc::new),
    }
}

/// What changes when git's history does: the stamps of its log and head.
fn stamps_of_history(root: &Path) -> Vec<Stamp> {
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let git = absolute.ancestors().map(|a| a.join(".git")).find(|g| g.exists());
    git.map(|g| ["HEAD", "logs/HEAD", "shallow"].iter().map(|f| Stamp::of(&g.join(f))).collect())
        .unwrap_or_default()
}

fn unreadable(path: &str, why: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, &SourcePath::new(path), format!("this cannot be read: {why}"))
        .help("fix the file or its permissions, or take it out of the folder")
}

/// Today in UTC; `SOURCE_DATE_EPOCH` sets it (<https://reproducible-builds.org/specs/source-date-epoch>/).
fn today() -> Date {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse::<i64>().ok());
    let now = set.and_then(|s| jiff::Timestamp::from_second(s).ok()).unwrap_or_else(jiff::Timestamp::now);
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}
