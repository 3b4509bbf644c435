//! The output folder behind an open handle, so that no name and no link leads out of it.
//!
//! Files are written aside into `.guidepost/stage` and moved from there. Every move is noted; when one fails, those
//! before it are taken back.

use super::manifest::{Entry, Manifest};
use crate::hash::Hash;
use crate::last_build::Places;
use crate::output_path::{OWN_FOLDER, OutputPath};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File};
use std::collections::HashSet;
use std::fs::{self, Metadata, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

/// What Guidepost wrote, within its own folder.
pub const MANIFEST: &str = "manifest";
/// What the site can be linked by.
pub const PLACES: &str = "places";
/// What lasts only while a build runs, within Guidepost's own folder.
const STAGE: &str = "stage";
/// Where files are written aside.
const NEW: &str = "stage/new";
/// Where files that are replaced or removed wait until all is well.
const OLD: &str = "stage/old";

/// An output folder that is being published to.
pub struct Area {
    /// For looking only; all that changes something goes through the handles.
    path: PathBuf,
    out: Dir,
    own: Dir,
    _lock: fs::File,
    /// Held while files are staged or moved; whoever interrupts the build takes it for good.
    gate: RwLock<()>,
    steps: Mutex<Vec<Step>>,
    set_aside: AtomicUsize,
}

/// One thing that was done to the output folder, to be taken back when a later one fails.
enum Step {
    /// A file was put where none was.
    Placed(String),
    /// A file was put in the place of another, which waits under this number.
    Replaced(String, usize),
    /// A file was taken away and waits under this number.
    Removed(String, usize),
    /// A folder came with all that is in it.
    PlacedFolder(String),
    /// A folder was made.
    MadeFolder(String),
    /// An empty folder was removed.
    RemovedFolder(String),
}

impl Area {
    /// Opens an output folder, which is made when it is missing. A second build of the same folder waits here.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn open(output: &Path) -> io::Result<Self> {
        loop {
            fs::create_dir_all(output)?;
            let out = Dir::open_ambient_dir(output, ambient_authority())?;
            out.create_dir_all(OWN_FOLDER)?;
            let own = out.open_dir(OWN_FOLDER)?;
            // Opening a pipe would wait for someone at its other end.
            if own.symlink_metadata("lock").is_ok_and(|meta| !meta.is_file()) {
                own.remove_file("lock")?;
            }
            let lock = own.create("lock")?.into_std();
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => lock.lock()?,
                // On a file system without locks, two builds at once are the user's to avoid.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // The build that held the lock may have taken the folder away, when it was the one that made it.
            if !output.join(OWN_FOLDER).join("lock").exists() {
                continue;
            }
            let area = Self {
                path: output.to_owned(),
                out,
                own,
                _lock: lock,
                gate: RwLock::new(()),
                steps: Mutex::new(Vec::new()),
                set_aside: AtomicUsize::new(0),
            };
            area.remove_stage()?;
            return Ok(area);
        }
    }

    /// What is at a path; links are not followed.
    pub fn look(&self, path: &str) -> Option<Metadata> {
        fs::symlink_metadata(self.path.join(path)).ok()
    }

    /// Does a link, or another thing that is no folder, lie on the way to this file? Then it is none of ours.
    pub fn is_elsewhere(&self, path: &OutputPath) -> bool {
        path.folders().any(|folder| self.look(folder).is_some_and(|m| !m.is_dir()))
    }

    /// The file that is at a path: its size and time, and its hash, which is read only when `known` does not tell it.
    pub fn entry(&self, path: &str, known: Option<Entry>) -> Option<Entry> {
        let meta = self.look(path).filter(Metadata::is_file)?;
        let (size, modified) = (meta.len(), modified(&meta));
        if let Some(known) = known.filter(|k| (k.size, k.modified) == (size, modified)) {
            return Some(known);
        }
        let hash = Hash::of_reader(self.out.open(path).ok()?).ok()?;
        Some(Entry { hash, size, modified })
    }

    /// The beginning of a file.
    pub fn beginning(&self, path: &str, bytes: u64) -> Vec<u8> {
        let mut read = Vec::new();
        if self.look(path).is_some_and(|m| m.is_file())
            && let Ok(file) = self.out.open(path)
        {
            let _ = file.take(bytes).read_to_end(&mut read);
        }
        read
    }

    /// All files and links below a folder; folders with nothing in them are not named.
    pub fn files_below(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in self.out.read_dir(&folder).into_iter().flatten().flatten() {
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.file_type().is_ok_and(|t| t.is_dir()) {
                    folders.push(path);
                } else {
                    found.push(path);
                }
            }
        }
        found
    }

    fn record(&self, name: &str) -> io::Result<String> {
        record(&self.path.join(OWN_FOLDER).join(name))
    }

    /// The manifest as the last build left it.
    pub fn manifest(&self) -> Manifest {
        self.record(MANIFEST).map(|text| Manifest::read(&text)).unwrap_or_default()
    }

    /// Writes the manifest whole: aside first.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_manifest(&self, manifest: &Manifest) -> io::Result<()> {
        let mut out = BufWriter::new(self.own.create("manifest.new")?);
        manifest.write(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        self.own.rename("manifest.new", &self.own, MANIFEST)
    }

    /// What the last build could be linked by.
    pub fn places(&self) -> Places {
        Places::read(&self.record(PLACES).unwrap_or_default())
    }

    /// Writes what the site can be linked by whole: aside first.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_places(&self, places: &Places) -> io::Result<()> {
        let text = places.write();
        if self.record(PLACES).is_ok_and(|known| known == text) {
            return Ok(());
        }
        self.own.write("places.new", text)?;
        self.own.rename("places.new", &self.own, PLACES)
    }

    /// Writes a file aside, and says how it will be known.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn stage(
        &self,
        path: &OutputPath,
        hash: Hash,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<Entry> {
        let _open = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let staged = format!("{NEW}/{path}");
        let mut file = match self.own.create(&staged) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.own.create_dir_all(format!("{NEW}/{}", path.folder()))?;
                self.own.create(&staged)?
            }
            result => result?,
        };
        write(&mut file)?;
        let meta = file.into_std().metadata()?;
        Ok(Entry { hash, size: meta.len(), modified: modified(&meta) })
    }

    /// Runs `moves`, during which nobody interrupts. When it fails, what it did is taken back; the error comes with
    /// whether that worked.
    ///
    /// # Errors
    /// Those of `moves`.
    pub fn transaction<T>(&self, moves: impl FnOnce() -> io::Result<T>) -> Result<T, (io::Error, bool)> {
        let _open = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let result = self.own.create_dir_all(OLD).and_then(|()| moves());
        let result = result.map_err(|error| (error, self.take_back()));
        let _ = self.remove_stage();
        result
    }

    /// May files be put into and taken out of this folder?
    pub fn is_writable(&self, folder: &str) -> io::Result<()> {
        let folder = if folder.is_empty() { "." } else { folder };
        #[cfg(unix)]
        {
            use rustix::fs::{Access, AtFlags, accessat};
            let dir = self.out.open_dir(folder)?;
            accessat(&dir, ".", Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS)?;
        }
        Ok(())
    }

    /// Moves a staged file to its place, over the one that is there.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn place(&self, path: &OutputPath) -> io::Result<()> {
        let number = self.set_aside.fetch_add(1, Ordering::Relaxed);
        // A second name keeps the old file until all is well, and the move replaces it whole.
        let kept = self.out.hard_link(path.as_str(), &self.own, format!("{OLD}/{number}"));
        self.own.rename(format!("{NEW}/{path}"), &self.out, path.as_str())?;
        let path = path.to_string();
        match kept {
            Ok(()) => self.note(Step::Replaced(path, number)),
            Err(error) if error.kind() == ErrorKind::NotFound => self.note(Step::Placed(path)),
            // A file system without second names: then the old file is gone.
            Err(_) => {}
        }
        Ok(())
    }

    /// Moves a staged folder to its place, where there is none.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn place_folder(&self, folder: &str) -> io::Result<()> {
        self.own.rename(format!("{NEW}/{folder}"), &self.out, folder)?;
        self.note(Step::PlacedFolder(folder.to_owned()));
        Ok(())
    }

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make_folder(&self, path: &OutputPath) -> io::Result<()> {
        for folder in path.folders() {
            match self.out.create_dir(folder) {
                Ok(()) => self.note(Step::MadeFolder(folder.to_owned())),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Takes a file away, and the folders that are empty then. False when there is no such file; its folders go all the
    /// same, because a build that was killed may have taken the file and left them.
    ///
    /// # Errors
    /// When it cannot be taken away.
    pub fn remove(&self, path: &OutputPath) -> io::Result<bool> {
        let is_there = self.look(path.as_str()).is_some_and(|m| !m.is_dir());
        if is_there {
            let number = self.set_aside.fetch_add(1, Ordering::Relaxed);
            self.out.rename(path.as_str(), &self.own, format!("{OLD}/{number}"))?;
            self.note(Step::Removed(path.to_string(), number));
        }
        for folder in path.folders().rev() {
            if self.out.remove_dir(folder).is_err() {
                break;
            }
            self.note(Step::RemovedFolder(folder.to_owned()));
        }
        Ok(is_there)
    }

    /// Takes away what was written aside. With `whole`, also the output folder itself, as far as it is empty then.
    pub fn abandon(&self, whole: bool) {
        let _ = self.remove_stage();
        if whole {
            let _ = self.out.remove_dir_all(OWN_FOLDER);
            let _ = fs::remove_dir(&self.path);
        }
    }

    /// Abandons the output for good: waits for a running transaction, and no file is staged any more while `end`
    /// runs.
    pub fn stop(&self, whole: bool, end: impl FnOnce()) {
        let _closed = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        // A build that was published has nothing to take away.
        let whole = whole && self.own.symlink_metadata(MANIFEST).is_err();
        self.abandon(whole);
        end();
    }

    fn remove_stage(&self) -> io::Result<()> {
        match self.own.remove_dir_all(STAGE) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn note(&self, step: Step) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
    }

    /// Takes all steps back, the last first. Did that work?
    fn take_back(&self) -> bool {
        let steps = std::mem::take(&mut *self.steps.lock().unwrap_or_else(PoisonError::into_inner));
        let mut restored = true;
        for step in steps.into_iter().rev() {
            let result = match step {
                Step::Placed(path) => self.out.remove_file(path),
                Step::Replaced(path, number) | Step::Removed(path, number) => {
                    self.own.rename(format!("{OLD}/{number}"), &self.out, path)
                }
                Step::PlacedFolder(folder) => self.out.rename(&folder, &self.own, format!("{NEW}/{folder}")),
                Step::MadeFolder(folder) => self.out.remove_dir(folder),
                Step::RemovedFolder(folder) => self.out.create_dir(folder),
            };
            restored &= result.is_ok();
        }
        restored
    }
}

/// Reads one of our own records. What lies there under its name may be anything: only a regular file of a size that it
/// can have is opened.
///
/// # Errors
/// When there is none.
pub fn record(path: &Path) -> io::Result<String> {
    const LARGEST: u64 = 512 << 20;
    let meta = fs::symlink_metadata(path)?;
    if !meta.is_file() || meta.len() > LARGEST {
        return Err(io::Error::other("this is no record of ours"));
    }
    fs::read_to_string(path)
}

/// The folders that are touched when these paths are placed or removed, as far as they exist.
pub fn touched_folders<'a>(
    paths: impl Iterator<Item = &'a OutputPath>,
    exists: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    let mut touched = HashSet::new();
    for path in paths {
        if seen.insert(path.folder()) {
            // The innermost folder that is there already takes what is new.
            let there = path.folders().rev().find(|folder| exists(folder));
            touched.insert(there.unwrap_or(""));
        }
    }
    let mut touched: Vec<&str> = touched.into_iter().collect();
    touched.sort_unstable();
    touched
}

fn modified(meta: &Metadata) -> u128 {
    meta.modified()
        .ok()
        .and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |d| d.as_nanos())
}

/// Copies a file while hashing it.
///
/// # Errors
/// When either file fails, or the bytes are not those of `hash`: then the file changed since it was read.
pub fn copy(from: &Path, to: &mut File, hash: Hash) -> io::Result<()> {
    let mut from = fs::File::open(from)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = from.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..read).filter(|c| !c.is_empty()) else { break };
        hasher.update(chunk);
        to.write_all(chunk)?;
    }
    if Hash::from(hasher.finalize()) == hash {
        Ok(())
    } else {
        Err(io::Error::other("it changed while the site was built"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Hash, OutputPath};
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::{self, Write};
    use std::path::Path;

    fn files(folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                found.insert(format!("{}/", path.display()), String::new());
                files(&path, found);
            } else {
                found.insert(path.display().to_string(), fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }

    #[test]
    fn steps_are_taken_back_when_a_later_one_fails() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let output = folder.path();
        for (path, text) in [("kept.html", "old"), ("gone/deep/a.html", "old"), ("thing", "old")] {
            let path = output.join(path);
            fs::create_dir_all(path.parent().unwrap_or(output))?;
            fs::write(path, text)?;
        }
        let area = Area::open(output)?;
        let mut before = BTreeMap::new();
        files(output, &mut before);
        let path = |name: &str| OutputPath::new(name);
        for name in ["kept.html", "new.html", "made/b.html", "folder/c/d.html", "thing/e.html"] {
            area.stage(&path(name)?, Hash::of(b"new"), |file| file.write_all(b"new"))?;
        }
        let result = area.transaction(|| {
            let path = |name: &str| path(name).map_err(io::Error::other);
            area.place(&path("kept.html")?)?;
            area.place(&path("new.html")?)?;
            area.make_folder(&path("made/b.html")?)?;
            area.place(&path("made/b.html")?)?;
            area.place_folder("folder")?;
            area.remove(&path("gone/deep/a.html")?)?;
            area.remove(&path("thing")?)?;
            area.place_folder("thing")?;
            let mut after = BTreeMap::new();
            files(output, &mut after);
            assert!(after.len() > before.len() - 3 && after != before);
            Err::<(), _>(io::Error::other("the disk is gone"))
        });
        assert!(matches!(result, Err((_, true))));
        let mut after = BTreeMap::new();
        files(output, &mut after);
        before.retain(|path, _| !path.contains("stage"));
        assert_eq!(after, before);
        Ok(())
    }
}
