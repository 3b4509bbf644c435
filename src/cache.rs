//! The memo on disk, in `.guidepost/` beside the content: a build begins where the last one ended.
//!
//! It is only ever a short cut. Every entry is named by a hash of what it was made from, every file carries the
//! name of the code that wrote it and a checksum of its bytes, and what does not fit is ignored. So the folder may be
//! deleted, cut short, copied from elsewhere or written by two builds at once, and the output stays the same.

use crate::content::document::Document;
use crate::hash::Hash;
use crate::layout;
use crate::pipeline::Memo;
use crate::render;
use crate::span::SourcePath;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Parsed pages are spread over this many files, so that an edit writes only a small one.
const SHARDS: usize = 64;

/// Changes with the code.
const HEAD: &str = concat!("guidepost ", env!("CARGO_PKG_VERSION"), " ", env!("GUIDEPOST_BUILD"), "\n");

/// A site's cache.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// What each file held when it was read, to see what has to be written.
    pages: Vec<Hash>,
}

/// A parsed page in a file: where it came from, under which key, and what it was parsed to.
type Entry<P> = (SourcePath, Hash, P);

impl Cache {
    /// Reads the cache of a site. Whatever cannot be trusted is left out.
    pub fn load(root: &Path) -> (Self, Memo) {
        let folder = root.join(layout::MEMO);
        let mut memo = Memo::default();
        let shards: Vec<Vec<Entry<Document>>> = (0..SHARDS)
            .into_par_iter()
            .map(|i| read(&folder.join(shard_name(i))).unwrap_or_default())
            .collect();
        let pages = shards.iter().map(|s| fingerprint(s.iter().map(|(path, key, _)| (path, *key)))).collect();
        for (path, key, page) in shards.into_iter().flatten() {
            memo.content.insert(path, key, page);
        }
        if let Some(known) = read::<render::recipe::Memo>(&folder.join("rendered")) {
            memo.render = known;
        }
        (Self { folder, pages }, memo)
    }

    /// Writes what changed.
    ///
    /// # Errors
    /// When the disk does not let us; the build itself is not touched by that.
    pub fn save(&self, memo: &Memo) -> io::Result<()> {
        let mut shards: Vec<Vec<Entry<&Arc<Document>>>> = (0..SHARDS).map(|_| Vec::new()).collect();
        for (path, key, page) in memo.content.pages() {
            shards[shard_of(path)].push((path.clone(), key, page));
        }
        fs::create_dir_all(&self.folder)?;
        clear(&self.folder)?;
        shards.par_iter_mut().enumerate().try_for_each(|(i, shard)| {
            shard.sort_by(|a, b| a.0.cmp(&b.0));
            if fingerprint(shard.iter().map(|(path, key, _)| (path, *key))) == self.pages[i] {
                return Ok(());
            }
            write(&self.folder.join(shard_name(i)), shard)
        })?;
        write(&self.folder.join("rendered"), &memo.render)
    }
}

fn shard_name(i: usize) -> String {
    format!("pages-{i:02}")
}

fn shard_of(path: &SourcePath) -> usize {
    usize::from(Hash::of(path.as_str().as_bytes()).0[0]) % SHARDS
}

fn fingerprint<'a>(entries: impl Iterator<Item = (&'a SourcePath, Hash)>) -> Hash {
    let mut bytes = Vec::new();
    for (path, key) in entries {
        bytes.extend_from_slice(path.as_str().as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(&key.0);
    }
    Hash::of(&bytes)
}

/// What a file holds, when this very code wrote it and no byte has changed since.
fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    let bytes = fs::read(file).ok()?;
    let rest = bytes.strip_prefix(HEAD.as_bytes())?;
    let (sum, payload) = rest.split_first_chunk()?;
    if crc32fast::hash(payload) != u32::from_le_bytes(*sum) {
        return None;
    }
    postcard::from_bytes(payload).ok()
}

/// What stands between a file's name and the process that writes it aside.
const ASIDE: &str = ".new-";

/// Writes a file whole: aside first, under a name of this process's own.
fn write(file: &Path, value: &impl Serialize) -> io::Result<()> {
    let payload = postcard::to_stdvec(value).map_err(io::Error::other)?;
    let mut bytes = Vec::with_capacity(HEAD.len() + size_of::<u32>() + payload.len());
    bytes.extend_from_slice(HEAD.as_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&payload).to_le_bytes());
    bytes.extend_from_slice(&payload);
    let mut aside = file.as_os_str().to_owned();
    aside.push(format!("{ASIDE}{}", std::process::id()));
    let written = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, file));
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}

/// Takes away what builds that were killed left aside. One that is still writing loses its memo, and nothing else.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().contains(ASIDE) {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}
