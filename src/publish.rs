//! Bytes to the output folder: whole or not at all.
//!
//! Files are first written aside, into `.guidepost/stage` within the output folder, while pages are rendered.
//! Only when everything is there does [`Publisher::commit`] move each file to its place: assets before pages,
//! deletions last. A folder that is new moves as a whole. `.guidepost/manifest` lists what Guidepost wrote, so that
//! nothing else is ever touched; before the first move it names the new files too, so a build that is killed is
//! finished by the next one. A move that fails has those before it taken back.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod area;
mod manifest;

use crate::diagnostics::{Code, Diagnostic};
use crate::error::Error;
use crate::hash::Hash;
use crate::last_build::{LastBuild, Places};
use crate::output_path::{OWN_FOLDER, OutputPath};
use crate::render::sink::Sink;
use crate::source::SourceFile;
use crate::span::SourcePath;
use area::{Area, touched_folders};
use manifest::{Entry, Manifest};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What lies in an output folder from an earlier build; nothing when there is none.
pub fn last_build(output: &Path) -> Option<LastBuild> {
    let own = output.join(OWN_FOLDER);
    let manifest = Manifest::read(&area::record(&own.join(area::MANIFEST)).ok()?);
    let places = area::record(&own.join(area::PLACES)).unwrap_or_default();
    Some(LastBuild { pages: manifest.pages(), places: Places::read(&places) })
}

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

/// What a build decided about a file.
#[derive(Clone, Copy, Debug)]
enum Decision {
    Keep(Entry),
    Write(Entry),
}

/// Collects a build's files and publishes them together.
pub struct Publisher {
    output: PathBuf,
    area: Arc<Area>,
    manifest: Manifest,
    /// A second record, kept beside the site: it tells our own files when the first is lost.
    spare: PathBuf,
    /// What the second record says, when the first is lost.
    remembered: Manifest,
    decisions: Mutex<BTreeMap<OutputPath, Decision>>,
    foreign: Mutex<BTreeSet<String>>,
    /// What the site can be linked by.
    places: Mutex<Option<Places>>,
    /// The output folder did not exist, so nothing in it can be kept or be in the way.
    created: bool,
}

/// Ends a build from another thread, with nothing left behind.
pub struct Interrupter {
    area: Arc<Area>,
    created: bool,
}

impl Interrupter {
    /// Takes away what was written aside, then runs `end`, which ends the process. A build that is just being
    /// published is published whole first.
    pub fn stop(&self, end: impl FnOnce()) {
        self.area.stop(self.created, end);
    }
}

impl Publisher {
    /// Prepares an output folder. A second build of the same folder waits for the first to end. `records` is a
    /// folder outside the output where a second record is kept.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn open(output: &Path, records: &Path) -> Result<Self, Error> {
        Self::prepare(output, records).map_err(Error::file("write to", output))
    }

    fn prepare(output: &Path, records: &Path) -> io::Result<Self> {
        let created = !output.exists();
        let area = Area::open(output)?;
        let manifest = area.manifest();
        let absolute = std::path::absolute(output)?;
        let name = Hash::of(absolute.as_os_str().as_encoded_bytes()).short(16);
        let spare = records.join(format!("published-{name}"));
        let remembered = if manifest.0.is_empty() {
            area::record(&spare).map(|text| Manifest::read(&text)).unwrap_or_default()
        } else {
            Manifest::default()
        };
        Ok(Self {
            output: output.to_owned(),
            area: Arc::new(area),
            // Another build may have made the folder while this one waited for it.
            created: created && manifest.0.is_empty(),
            manifest,
            spare,
            remembered,
            decisions: Mutex::new(BTreeMap::new()),
            foreign: Mutex::new(BTreeSet::new()),
            places: Mutex::new(None),
        })
    }

    /// What the last build published here.
    pub fn last_build(&self) -> LastBuild {
        LastBuild { pages: self.manifest.pages(), places: self.area.places() }
    }

    /// A handle that can end this build from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter { area: Arc::clone(&self.area), created: self.created }
    }

    /// The entry of a file that is in its place with the wanted content.
    fn in_place(&self, path: &OutputPath, hash: Hash) -> Option<Entry> {
        if self.created {
            return None;
        }
        let known = self.manifest.0.get(path).copied().flatten();
        self.area.entry(path.as_str(), known).filter(|entry| entry.hash == hash)
    }

    fn decide(&self, path: &OutputPath, decision: Decision) {
        self.decisions.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), decision);
    }

    /// Did Guidepost write the file that is at this path?
    fn is_ours(&self, path: &str) -> bool {
        if self.manifest.0.contains_key(path) {
            return true;
        }
        if !self.manifest.0.is_empty() {
            return false;
        }
        // The record is lost: then the file itself has to tell.
        let remembered = self.remembered.0.get(path).copied().flatten();
        remembered.is_some_and(|known| self.area.entry(path, None).is_some_and(|e| e.hash == known.hash))
            || self.is_vouched_for(path)
    }

    /// Does a page with our mark say that this file is ours: the page itself, the one it lies beside, or for files
    /// about the whole site the one for missing pages?
    fn is_vouched_for(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let witness = match name {
            _ if name.ends_with(".html") => path.to_owned(),
            "index.json" | "index.csv" | "index.md" if folder.is_empty() => return false,
            "index.json" | "index.csv" | "index.md" => format!("{folder}/index.html"),
            "robots.txt" | "llms.txt" | "llms-full.txt" | "sitemap.xml" | "feed.xml" if folder.is_empty() => {
                "404.html".to_owned()
            }
            _ if path.starts_with("pagefind/") => "404.html".to_owned(),
            _ => return false,
        };
        let beginning = self.area.beginning(&witness, 4096);
        String::from_utf8_lossy(&beginning).contains(crate::render::MARK)
    }

    /// Is something that Guidepost did not write in the way of this file?
    fn obstacle(&self, path: &OutputPath) -> Option<String> {
        if self.created {
            return None;
        }
        for folder in path.folders() {
            match self.area.look(folder) {
                None => return None,
                Some(meta) if meta.is_dir() => {}
                Some(_) if self.is_ours(folder) => return None,
                Some(_) => return Some(folder.to_owned()),
            }
        }
        match self.area.look(path.as_str()) {
            Some(meta) if meta.is_dir() => {
                self.area.files_below(path.as_str()).into_iter().find(|file| !self.is_ours(file))
            }
            Some(_) if !self.is_ours(path.as_str()) => Some(path.to_string()),
            _ => None,
        }
    }

    /// Takes a file that is not in its place, as the function that writes it.
    fn take(
        &self,
        path: &OutputPath,
        hash: Hash,
        write: impl FnOnce(&mut cap_std::fs::File) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(obstacle) = self.obstacle(path) {
            self.foreign.lock().unwrap_or_else(PoisonError::into_inner).insert(obstacle);
            return Ok(());
        }
        let entry = self.area.stage(path, hash, write)?;
        self.decide(path, Decision::Write(entry));
        Ok(())
    }

    /// Moves everything to its place. `is_page` tells pages, which come last, from what they need.
    ///
    /// # Errors
    /// When files that are not ours are in the way, or the machine fails.
    pub fn commit(self, is_page: impl Fn(&OutputPath) -> bool) -> Result<Published, Error> {
        let foreign = self.foreign.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if !foreign.is_empty() {
            self.abandon();
            return Err(Error::Content(foreign.iter().map(|path| self.report(path)).collect()));
        }
        let decisions = std::mem::take(&mut *self.decisions.lock().unwrap_or_else(PoisonError::into_inner));
        let mut published = Published::default();
        let mut after = Manifest::default();
        let mut written: Vec<&OutputPath> = Vec::new();
        for (path, decision) in &decisions {
            let entry = match decision {
                Decision::Keep(entry) => {
                    published.unchanged = published.unchanged.saturating_add(1);
                    entry
                }
                Decision::Write(entry) => {
                    written.push(path);
                    entry
                }
            };
            after.0.insert(path.clone(), Some(*entry));
        }
        published.written = written.len();
        let is_gone = |path: &&OutputPath| !decisions.contains_key(*path) && !self.area.is_elsewhere(path);
        let gone: Vec<&OutputPath> = self.manifest.0.keys().filter(is_gone).collect();
        let moves = || -> io::Result<usize> {
            let is_folder = |path: &str| self.area.look(path).is_some_and(|m| m.is_dir());
            if !self.created {
                let touched = written.iter().chain(&gone).copied();
                touched_folders(touched, is_folder).into_par_iter().try_for_each(|folder| {
                    self.area.is_writable(folder).map_err(|e| within(&self.output.join(folder), &e))
                })?;
            }
            if !written.is_empty() || !gone.is_empty() {
                let mut union = after.clone();
                for path in &gone {
                    union.0.insert((*path).clone(), self.manifest.0.get(*path).copied().flatten());
                }
                self.area.write_manifest(&union)?;
            }
            self.move_into_place(&written, is_page)?;
            let mut removed = 0_usize;
            for path in &gone {
                if self.area.remove(path).map_err(|e| within(&self.output.join(path.as_str()), &e))? {
                    removed = removed.saturating_add(1);
                }
            }
            if after != self.manifest {
                self.area.write_manifest(&after)?;
            }
            Ok(removed)
        };
        match self.area.transaction(moves) {
            Ok(removed) => published.removed = removed,
            Err((error, restored)) => {
                if restored && self.created {
                    self.abandon();
                } else if restored {
                    // The one that names old and new files does as well.
                    let _ = self.area.write_manifest(&self.manifest);
                }
                return Err(Error::Unpublished { output: self.output.clone(), error, restored });
            }
        }
        if after != self.manifest || !self.spare.exists() {
            self.remember(&after);
        }
        if let Some(places) = self.places.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // Without it the next build has nothing to compare with, and that is all.
            let _ = self.area.write_places(&places);
        }
        Ok(published)
    }

    /// Keeps the second record. Without it everything works but for a lost first one.
    fn remember(&self, manifest: &Manifest) {
        let mut bytes = Vec::new();
        if manifest.write(&mut bytes).is_err() {
            return;
        }
        let aside = self.spare.with_extension(format!("new-{}", std::process::id()));
        if let Some(folder) = self.spare.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        if std::fs::write(&aside, bytes).and_then(|()| std::fs::rename(&aside, &self.spare)).is_err() {
            let _ = std::fs::remove_file(&aside);
        }
    }

    /// Gives up: what was written aside is taken away, and the output folder too when this build made it.
    pub fn abandon(&self) {
        self.area.abandon(self.created);
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

    /// Moves staged files: first what pages need, then folders that are new, then pages.
    fn move_into_place(
        &self,
        written: &[&OutputPath],
        is_page: impl Fn(&OutputPath) -> bool,
    ) -> io::Result<()> {
        let mut new: BTreeMap<&str, bool> = BTreeMap::new();
        let mut exists: HashMap<&str, bool> = HashMap::new();
        let mut alone: Vec<&OutputPath> = Vec::new();
        for path in written.iter().copied() {
            let missing = path.folders().find(|folder| {
                let there = || self.area.look(folder).is_some_and(|m| m.is_dir());
                !*exists.entry(folder).or_insert_with(there)
            });
            match missing {
                Some(folder) => *new.entry(folder).or_default() |= is_page(path),
                None => alone.push(path),
            }
        }
        let (pages, assets): (Vec<&OutputPath>, Vec<&OutputPath>) =
            alone.into_iter().partition(|path| is_page(path));
        self.move_files(&assets)?;
        for with_pages in [false, true] {
            for (folder, _) in new.iter().filter(|(_, has_pages)| **has_pages == with_pages) {
                // One of our own files may lie where a folder is wanted now.
                if let Ok(path) = OutputPath::new(folder) {
                    self.area.remove(&path)?;
                    self.area.make_folder(&path)?;
                }
                self.area.place_folder(folder).map_err(|e| within(&self.output.join(folder), &e))?;
            }
        }
        self.move_files(&pages)
    }

    fn move_files(&self, paths: &[&OutputPath]) -> io::Result<()> {
        // A folder that is to become a file holds only files of ours.
        for path in paths {
            if self.area.look(path.as_str()).is_some_and(|m| m.is_dir()) {
                for file in self.manifest.below(path.as_str()) {
                    self.area.remove(file)?;
                }
            }
        }
        // Taking the last file out of a folder takes the folder away, which may be the one above as well.
        let folders: BTreeMap<&str, &OutputPath> = paths.iter().map(|path| (path.folder(), *path)).collect();
        folders.values().try_for_each(|path| self.area.make_folder(path))?;
        paths.par_iter().try_for_each(|path| {
            self.area.place(path).map_err(|e| within(&self.output.join(path.as_str()), &e))
        })
    }
}

/// An error with the place where it happened.
fn within(place: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", place.display()))
}

impl Sink for Publisher {
    fn keep(&self, path: &OutputPath, hash: Hash) -> bool {
        let Some(entry) = self.in_place(path, hash) else { return false };
        self.decide(path, Decision::Keep(entry));
        true
    }

    fn put(&self, path: &OutputPath, bytes: Vec<u8>) -> io::Result<Hash> {
        let hash = Hash::of(&bytes);
        if !self.keep(path, hash) {
            self.take(path, hash, |file| file.write_all(&bytes))?;
        }
        Ok(hash)
    }

    fn put_places(&self, make: &dyn Fn() -> Places) {
        *self.places.lock().unwrap_or_else(PoisonError::into_inner) = Some(make());
    }

    fn put_file(&self, path: &OutputPath, file: &Arc<SourceFile>) -> io::Result<()> {
        if self.keep(path, file.hash) {
            return Ok(());
        }
        self.take(path, file.hash, |out| match &file.on_disk {
            None => out.write_all(&file.bytes),
            Some(from) => area::copy(from, out, file.hash).map_err(|e| within(from, &e)),
        })
    }
}
