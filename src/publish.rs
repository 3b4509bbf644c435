//! Bytes to the output folder: whole or not at all.
//!
//! Files are first written aside, into `.guidepost/stage` within the output folder, while pages are rendered.
//! Only when everything is there does [`Publisher::commit`] move each file to its place: assets before pages,
//! deletions last. A folder that is new moves as a whole. `.guidepost/manifest` lists what Guidepost wrote, so that nothing else is ever touched;
//! before the first move it names the new files too, so a build that is killed is finished by the next one.

use crate::diagnostics::{Code, Diagnostic, SourcePath};
use crate::render::Sink;
use crate::source::Hash;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

const OWN_FOLDER: &str = ".guidepost";
const MANIFEST_HEAD: &str = "guidepost manifest 1";

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub written: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files deleted.
    pub removed: usize,
}

/// Why publishing failed. The output folder is as it was.
#[derive(Debug)]
pub enum Failure {
    /// The machine failed.
    Io(io::Error),
    /// Files that are not ours are in the way.
    Foreign(Vec<Diagnostic>),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file as the manifest knows it. Size and time tell whether it was touched since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    hash: Hash,
    size: u64,
    modified: u128,
}

/// What a build decided about a file.
#[derive(Clone, Copy, Debug)]
enum Decision {
    Keep(Entry),
    Write(Entry),
}

/// Collects a build's files and publishes them together.
pub struct Publisher {
    output: PathBuf,
    own: PathBuf,
    _lock: File,
    manifest: BTreeMap<String, Option<Entry>>,
    decisions: Mutex<BTreeMap<String, Decision>>,
    foreign: Mutex<BTreeSet<String>>,
    /// The output folder did not exist, so nothing in it can be kept or be in the way.
    created: bool,
}

impl Publisher {
    /// Prepares an output folder. A second build of the same folder waits for the first to end.
    pub fn open(output: &Path) -> io::Result<Self> {
        let created = !output.exists();
        let own = output.join(OWN_FOLDER);
        fs::create_dir_all(&own)?;
        let lock = File::create(own.join("lock"))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => lock.lock()?,
            // On a file system without locks, two builds at once are the user's to avoid.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let stage = own.join("stage");
        if stage.exists() {
            fs::remove_dir_all(&stage)?;
        }
        fs::create_dir(&stage)?;
        let manifest = read_manifest(&own.join("manifest"));
        // Another build may have made the folder while this one waited for it.
        let created = created && manifest.is_empty();
        Ok(Self {
            output: output.to_owned(),
            own,
            _lock: lock,
            manifest,
            decisions: Mutex::new(BTreeMap::new()),
            foreign: Mutex::new(BTreeSet::new()),
            created,
        })
    }

    /// The entry of a file that is in its place with the wanted content.
    fn in_place(&self, path: &str, hash: Hash) -> Option<Entry> {
        if self.created {
            return None;
        }
        let full = self.output.join(path);
        let meta = fs::symlink_metadata(&full).ok().filter(fs::Metadata::is_file)?;
        let now = Entry { hash, size: meta.len(), modified: modified(&meta) };
        match self.manifest.get(path) {
            Some(Some(known)) if *known == now => Some(now),
            // Touched since, or never ours: then only the bytes can tell.
            _ => (Hash::of(&fs::read(&full).ok()?) == hash).then_some(now),
        }
    }

    fn decide(&self, path: &str, decision: Decision) -> io::Result<()> {
        let mut decisions = self.decisions.lock().map_err(|_| io::Error::other("a thread failed"))?;
        decisions.insert(path.to_owned(), decision);
        Ok(())
    }

    /// Is something that Guidepost did not write in the way of this file?
    fn obstacle(&self, path: &str) -> Option<String> {
        if self.created {
            return None;
        }
        let mut at = String::new();
        let parts: Vec<&str> = path.split('/').collect();
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                at.push('/');
            }
            at.push_str(part);
            let Ok(meta) = fs::symlink_metadata(self.output.join(&at)) else { return None };
            let last = i + 1 == parts.len();
            let ours = self.manifest.contains_key(&at);
            let folder_of_ours = || {
                let prefix = format!("{at}/");
                self.manifest.range(prefix.clone()..).next().is_some_and(|(p, _)| p.starts_with(&prefix))
            };
            let fine = match (last, meta.is_dir()) {
                (false, true) => true,
                (true, true) => folder_of_ours(),
                (_, false) => ours,
            };
            if !fine {
                return Some(at);
            }
        }
        None
    }

    /// Moves everything to its place. `is_page` tells pages, which come last, from what they need.
    pub fn commit(self, is_page: impl Fn(&str) -> bool) -> Result<Published, Failure> {
        let foreign = self.foreign.lock().map(|f| f.clone()).unwrap_or_default();
        if !foreign.is_empty() {
            return Err(Failure::Foreign(foreign.iter().map(|path| self.report(path)).collect()));
        }
        let decisions = self.decisions.lock().map(|d| d.clone()).unwrap_or_default();
        let gone: Vec<&String> = self.manifest.keys().filter(|path| !decisions.contains_key(*path)).collect();
        let changed = decisions.values().any(|d| matches!(d, Decision::Write(_))) || !gone.is_empty();
        let mut union = self.manifest.clone();
        for path in decisions.keys() {
            union.entry(path.clone()).or_insert(None);
        }
        if changed {
            self.write_manifest(&union)?;
        }

        let mut published = Published::default();
        let mut manifest: BTreeMap<String, Option<Entry>> = BTreeMap::new();
        let mut written: Vec<&str> = Vec::new();
        for (path, decision) in &decisions {
            let entry = match decision {
                Decision::Keep(entry) => {
                    published.unchanged += 1;
                    entry
                }
                Decision::Write(entry) => {
                    published.written += 1;
                    written.push(path);
                    entry
                }
            };
            manifest.insert(path.clone(), Some(*entry));
        }
        self.move_into_place(&written, is_page)?;
        for path in gone {
            match fs::remove_file(self.output.join(path)) {
                Ok(()) => published.removed += 1,
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
                    ) => {}
                Err(error) => return Err(error.into()),
            }
            self.remove_empty_folders(path);
        }
        if changed || manifest != self.manifest {
            self.write_manifest(&manifest)?;
        }
        // The stage is empty now; a leftover folder does no harm.
        let _ = fs::remove_dir_all(self.own.join("stage"));
        Ok(published)
    }

    /// Gives up: what was written aside is taken away, and the output folder too when this build made it.
    pub fn abandon(self) {
        let _ = fs::remove_dir_all(self.own.join("stage"));
        if self.created {
            let _ = fs::remove_dir_all(&self.own);
            let _ = fs::remove_dir(&self.output);
        }
    }

    fn report(&self, path: &str) -> Diagnostic {
        let shown = self.output.join(path);
        Diagnostic::new(
            Code::ForeignFile,
            &SourcePath::new(shown.to_string_lossy().replace('\\', "/")),
            "Guidepost did not write this, and the site has a file of that name",
        )
        .help("move it to `content/`, from where it is published too, or build into another folder with `--output`")
    }

    fn staged(&self, path: &str) -> PathBuf {
        self.own.join("stage").join(path)
    }

    /// Moves staged files: first what pages need, then folders that are new, then pages.
    fn move_into_place(&self, written: &[&str], is_page: impl Fn(&str) -> bool) -> io::Result<()> {
        let mut new: BTreeMap<&str, bool> = BTreeMap::new();
        let mut exists: HashMap<&str, bool> = HashMap::new();
        let mut alone: Vec<&str> = Vec::new();
        for path in written {
            let folders = path.match_indices('/').map(|(i, _)| &path[..i]);
            let missing = folders.into_iter().find(|folder| {
                !*exists.entry(folder).or_insert_with(|| self.output.join(folder).symlink_metadata().is_ok())
            });
            match missing {
                Some(folder) => *new.entry(folder).or_default() |= is_page(path),
                None => alone.push(path),
            }
        }
        let (pages, assets): (Vec<&str>, Vec<&str>) = alone.into_iter().partition(|path| is_page(path));
        self.move_files(&assets)?;
        for with_pages in [false, true] {
            for (folder, _) in new.iter().filter(|(_, has_pages)| **has_pages == with_pages) {
                fs::rename(self.staged(folder), self.output.join(folder))?;
            }
        }
        self.move_files(&pages)
    }

    fn move_files(&self, paths: &[&str]) -> io::Result<()> {
        let folders: BTreeSet<&str> =
            paths.iter().map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
        for folder in folders {
            self.make_folder(folder)?;
        }
        paths.par_iter().try_for_each(|path| {
            let target = self.output.join(path);
            if target.is_dir() {
                self.clear_folder(path)?;
            }
            fs::rename(self.staged(path), &target)
        })
    }

    /// Writes a file aside, and says how it will be known.
    fn stage(&self, path: &str, bytes: &[u8], hash: Hash) -> io::Result<Entry> {
        let staged = self.staged(path);
        let mut file = match File::create(&staged) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(staged.parent().unwrap_or(&self.own))?;
                File::create(&staged)?
            }
            result => result?,
        };
        file.write_all(bytes)?;
        let meta = file.metadata()?;
        Ok(Entry { hash, size: meta.len(), modified: modified(&meta) })
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        match fs::create_dir_all(self.output.join(folder)) {
            // One of our own files may lie where a folder is wanted now.
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotADirectory) => {
                let mut at = String::new();
                for part in folder.split('/') {
                    at.push_str(part);
                    if self.output.join(&at).is_file() {
                        fs::remove_file(self.output.join(&at))?;
                    }
                    at.push('/');
                }
                fs::create_dir_all(self.output.join(folder))
            }
            result => result,
        }
    }

    /// Takes our own files out of a folder that is to become a file.
    fn clear_folder(&self, folder: &str) -> io::Result<()> {
        let prefix = format!("{folder}/");
        for (path, _) in self.manifest.range(prefix.clone()..).take_while(|(p, _)| p.starts_with(&prefix)) {
            match fs::remove_file(self.output.join(path)) {
                Ok(()) => self.remove_empty_folders(path),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn remove_empty_folders(&self, path: &str) {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if fs::remove_dir(self.output.join(parent)).is_err() {
                break;
            }
            folder = parent;
        }
    }

    fn write_manifest(&self, manifest: &BTreeMap<String, Option<Entry>>) -> io::Result<()> {
        let aside = self.own.join("manifest.new");
        let mut out = io::BufWriter::new(File::create(&aside)?);
        writeln!(out, "{MANIFEST_HEAD}")?;
        for (path, entry) in manifest {
            match entry {
                Some(e) => writeln!(out, "{} {} {} {path}", e.hash.short(32), e.size, e.modified)?,
                None => writeln!(out, "- 0 0 {path}")?,
            }
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(aside, self.own.join("manifest"))
    }
}

impl Sink for Publisher {
    fn keep(&self, path: &str, hash: Hash) -> bool {
        match self.in_place(path, hash) {
            Some(entry) => self.decide(path, Decision::Keep(entry)).is_ok(),
            None => false,
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<Hash> {
        let hash = Hash::of(&bytes);
        if self.keep(path, hash) {
            return Ok(hash);
        }
        if let Some(obstacle) = self.obstacle(path) {
            if let Ok(mut foreign) = self.foreign.lock() {
                foreign.insert(obstacle);
            }
            return Ok(hash);
        }
        let entry = self.stage(path, &bytes, hash)?;
        self.decide(path, Decision::Write(entry))?;
        Ok(hash)
    }
}

fn modified(meta: &fs::Metadata) -> u128 {
    meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos())
}

/// A manifest that can not be read lists nothing: then only files with the right bytes count as ours.
fn read_manifest(path: &Path) -> BTreeMap<String, Option<Entry>> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(MANIFEST_HEAD) {
        return BTreeMap::new();
    }
    lines
        .filter_map(|line| {
            let mut parts = line.splitn(4, ' ');
            let (hash, size, modified, path) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            let entry = Hash::parse(hash).and_then(|hash| {
                Some(Entry { hash, size: size.parse().ok()?, modified: modified.parse().ok()? })
            });
            Some((path.to_owned(), entry))
        })
        .collect()
}
