//! A built site in memory.

use crate::config::Config;
use crate::render::{Make, Sink};
use crate::source::Hash;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, OnceLock};

/// A file of the site.
pub struct File {
    /// Of the bytes, or of what they are made from.
    pub hash: Hash,
    bytes: OnceLock<Vec<u8>>,
    make: Option<Make>,
}

impl File {
    /// What it holds. A large file is made when it is first asked for.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get_or_init(|| self.make.as_ref().map(|make| make()).unwrap_or_default())
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.hash.fmt(f)
    }
}

/// A site as it is served. Never changed; a new build takes its place.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// Files by their path below the site's root.
    pub files: Arc<HashMap<String, Arc<File>>>,
    /// The path of the site's root on this server, with a slash at both ends.
    pub base: String,
    /// What is wrong with the newest edit, as the terminal shows it; the files are those of the last good build.
    pub problems: Option<Arc<str>>,
}

impl Served {
    /// The path under which a site is served: that of its base URL, percent-decoded.
    pub fn base_path(config: &Config) -> String {
        percent_encoding::percent_decode_str(&super::base_path(config)).decode_utf8_lossy().into_owned()
    }

    /// The same files with problems laid over them.
    #[must_use]
    pub fn with_problems(&self, text: String) -> Self {
        let base = if self.base.is_empty() { "/".to_owned() } else { self.base.clone() };
        Self { files: Arc::clone(&self.files), base, problems: Some(text.into()) }
    }
}

/// Collects a build's files; those that did not change are shared with the build before.
pub struct Collector<'a> {
    before: &'a Served,
    files: Mutex<HashMap<String, Arc<File>>>,
}

impl<'a> Collector<'a> {
    /// Nothing collected yet.
    pub fn new(before: &'a Served) -> Self {
        Self { before, files: Mutex::new(HashMap::with_capacity(before.files.len())) }
    }

    /// All files.
    pub fn finish(self) -> HashMap<String, Arc<File>> {
        self.files.into_inner().unwrap_or_default()
    }

    fn insert(&self, path: &str, file: Arc<File>) -> io::Result<()> {
        let mut files = self.files.lock().map_err(|_| io::Error::other("a thread failed"))?;
        files.insert(path.to_owned(), file);
        Ok(())
    }
}

impl Sink for Collector<'_> {
    fn keep(&self, path: &str, hash: Hash) -> bool {
        match self.before.files.get(path).filter(|f| f.hash == hash) {
            Some(file) => self.insert(path, Arc::clone(file)).is_ok(),
            None => false,
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        let hash = Hash::of(&bytes);
        if self.keep(path, hash) {
            return Ok(());
        }
        // A page's buffer grew while it was rendered; kept for long, its spare room would add up.
        let mut bytes = bytes;
        bytes.shrink_to_fit();
        self.insert(path, Arc::new(File { hash, bytes: OnceLock::from(bytes), make: None }))
    }

    fn put_later(&self, path: &str, key: Hash, make: Make) -> io::Result<()> {
        if self.keep(path, key) {
            return Ok(());
        }
        self.insert(path, Arc::new(File { hash: key, bytes: OnceLock::new(), make: Some(make) }))
    }
}
