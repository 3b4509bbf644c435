//! Where rendered files go.

use crate::hash::Hash;
use crate::last_build::Places;
use crate::output_path::OutputPath;
use crate::source::SourceFile;
use std::io;
use std::sync::Arc;

/// Makes a file's bytes.
pub type Make = Box<dyn Fn() -> Vec<u8> + Send + Sync>;

/// Makes the files of the search index.
pub type MakeSearch = Box<dyn Fn() -> io::Result<Vec<(OutputPath, Vec<u8>)>> + Send + Sync>;

/// Where rendered files go.
pub trait Sink: Sync {
    /// Is this very file there already? Then it stays, and need not be made again.
    fn keep(&self, path: &OutputPath, hash: Hash) -> bool;

    /// Takes a file, and says its hash.
    fn put(&self, path: &OutputPath, bytes: Vec<u8>) -> io::Result<Hash>;

    /// Takes a file of the source as it is.
    fn put_file(&self, path: &OutputPath, file: &Arc<SourceFile>) -> io::Result<()>;

    /// Does it make files only when somebody reads them, so that what is slow to make is better left for later?
    fn is_patient(&self) -> bool {
        false
    }

    /// Takes a file that is large and seldom read, as the function that makes it. `key` changes when the file
    /// would. Says the hash under which it can be kept.
    fn put_later(&self, path: &OutputPath, _key: Hash, make: Make) -> io::Result<Hash> {
        self.put(path, make())
    }

    /// Takes what the site can be linked by, for the next build to compare with.
    fn put_places(&self, _make: &dyn Fn() -> Places) {}

    /// Takes the search index as the function that makes it, and says which files it is made of, with their
    /// hashes. `key` changes when any text does.
    fn put_search(&self, _key: Hash, make: MakeSearch) -> io::Result<Vec<(OutputPath, Hash)>> {
        let mut files = Vec::new();
        for (path, bytes) in make()? {
            let hash = self.put(&path, bytes)?;
            files.push((path, hash));
        }
        Ok(files)
    }
}

/// Takes nothing: for checks.
pub struct Nowhere;

impl Sink for Nowhere {
    fn keep(&self, _: &OutputPath, _: Hash) -> bool {
        false
    }

    fn put(&self, _: &OutputPath, bytes: Vec<u8>) -> io::Result<Hash> {
        Ok(Hash::of(&bytes))
    }

    fn put_file(&self, _: &OutputPath, _: &Arc<SourceFile>) -> io::Result<()> {
        Ok(())
    }

    fn put_search(&self, _: Hash, _: MakeSearch) -> io::Result<Vec<(OutputPath, Hash)>> {
        Ok(Vec::new())
    }
}
