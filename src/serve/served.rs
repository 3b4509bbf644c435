//! A built site in memory.

use crate::config::Config;
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::render::sink::{Make, MakeSearch, Sink};
use crate::site::claims::SEARCH_FOLDER;
use crate::source::SourceFile;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, OnceLock};

/// A file of the site.
pub struct File {
    /// Of the bytes, or of what they are made from.
    pub hash: Hash,
    content: Content,
}

/// Where a file's bytes are.
enum Content {
    Bytes(Vec<u8>),
    /// A large file that is seldom read, made when it is first asked for.
    Later(OnceLock<Vec<u8>>, Make),
    /// A file published as it is; a large one is still on disk.
    Source(Arc<SourceFile>),
}

/// A file that is about to be sent.
#[derive(Debug)]
pub enum Open<'a> {
    /// All of its bytes.
    Memory(&'a [u8]),
    /// Where it lies, and how long it is now.
    Disk(std::fs::File, u64),
}

impl Open<'_> {
    /// The number of its bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Disk(_, length) => *length,
        }
    }
}

impl File {
    fn new(hash: Hash, bytes: Vec<u8>) -> Self {
        Self { hash, content: Content::Bytes(bytes) }
    }

    /// What it holds, without reading what is on disk.
    pub fn open(&self) -> io::Result<Open<'_>> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Open::Memory(bytes)),
            Content::Later(bytes, make) => Ok(Open::Memory(bytes.get_or_init(make))),
            Content::Source(source) => match &source.on_disk {
                None => Ok(Open::Memory(&source.bytes)),
                Some(path) => {
                    let file = std::fs::File::open(path)?;
                    let length = file.metadata()?.len();
                    Ok(Open::Disk(file, length))
                }
            },
        }
    }

    /// All that it holds. A file on disk that went away holds nothing; the next build will notice.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match &self.content {
            Content::Bytes(bytes) => Cow::Borrowed(bytes),
            Content::Later(bytes, make) => Cow::Borrowed(bytes.get_or_init(make)),
            Content::Source(file) => match &file.on_disk {
                None => Cow::Borrowed(&file.bytes),
                Some(path) => Cow::Owned(std::fs::read(path).unwrap_or_default()),
            },
        }
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
    pub files: Arc<HashMap<OutputPath, Arc<File>>>,
    /// The search index, made when it is first asked for: an author searches seldom and saves often.
    pub search: Option<Arc<Search>>,
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

    /// The file at a path below the site's root.
    pub fn file(&self, path: &str) -> Option<Arc<File>> {
        let in_index = || path.strip_prefix(SEARCH_FOLDER).is_some_and(|rest| rest.starts_with('/'));
        match self.files.get(path) {
            Some(file) => Some(Arc::clone(file)),
            None if in_index() => self.search.as_ref()?.file(path),
            None => None,
        }
    }

    /// The same files with problems laid over them.
    #[must_use]
    pub fn with_problems(&self, text: String) -> Self {
        let base = if self.base.is_empty() { "/".to_owned() } else { self.base.clone() };
        Self { base, problems: Some(text.into()), ..self.clone() }
    }
}

/// The search index of a site.
pub struct Search {
    key: Hash,
    make: MakeSearch,
    files: OnceLock<HashMap<OutputPath, Arc<File>>>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.key.fmt(f)
    }
}

impl Search {
    fn file(&self, path: &str) -> Option<Arc<File>> {
        let files = self.files.get_or_init(|| {
            // An index that cannot be made is not there; the search page says so.
            let files = (self.make)().unwrap_or_default();
            files
                .into_iter()
                .map(|(path, bytes)| (path, Arc::new(File::new(Hash::of(&bytes), bytes))))
                .collect()
        });
        files.get(path).cloned()
    }
}

/// Collects a build's files; those that did not change are shared with the build before.
pub struct Collector<'a> {
    before: &'a Served,
    files: Mutex<HashMap<OutputPath, Arc<File>>>,
    search: OnceLock<Arc<Search>>,
}

impl<'a> Collector<'a> {
    /// Nothing collected yet.
    pub fn new(before: &'a Served) -> Self {
        Self {
            before,
            files: Mutex::new(HashMap::with_capacity(before.files.len())),
            search: OnceLock::new(),
        }
    }

    /// The site they make, at this path of the server.
    pub fn finish(self, base: String) -> Served {
        Served {
            files: Arc::new(self.files.into_inner().unwrap_or_default()),
            search: self.search.into_inner(),
            base,
            problems: None,
        }
    }

    fn insert(&self, path: &OutputPath, file: Arc<File>) -> io::Result<()> {
        let mut files = self.files.lock().map_err(|_| io::Error::other("a thread failed"))?;
        files.insert(path.clone(), file);
        Ok(())
    }
}

impl Sink for Collector<'_> {
    fn keep(&self, path: &OutputPath, hash: Hash) -> bool {
        match self.before.files.get(path).filter(|f| f.hash == hash) {
            Some(file) => self.insert(path, Arc::clone(file)).is_ok(),
            None => false,
        }
    }

    fn put(&self, path: &OutputPath, bytes: Vec<u8>) -> io::Result<Hash> {
        let hash = Hash::of(&bytes);
        if !self.keep(path, hash) {
            // A page's buffer grew while it was rendered; kept for long, its spare room would add up.
            let mut bytes = bytes;
            bytes.shrink_to_fit();
            self.insert(path, Arc::new(File::new(hash, bytes)))?;
        }
        Ok(hash)
    }

    fn put_file(&self, path: &OutputPath, file: &Arc<SourceFile>) -> io::Result<()> {
        if self.keep(path, file.hash) {
            return Ok(());
        }
        self.insert(path, Arc::new(File { hash: file.hash, content: Content::Source(Arc::clone(file)) }))
    }

    fn is_patient(&self) -> bool {
        true
    }

    fn put_later(&self, path: &OutputPath, key: Hash, make: Make) -> io::Result<Hash> {
        if !self.keep(path, key) {
            self.insert(path, Arc::new(File { hash: key, content: Content::Later(OnceLock::new(), make) }))?;
        }
        Ok(key)
    }

    fn put_search(&self, key: Hash, make: MakeSearch) -> io::Result<Vec<(OutputPath, Hash)>> {
        let search = match self.before.search.as_ref().filter(|s| s.key == key) {
            Some(search) => Arc::clone(search),
            None => Arc::new(Search { key, make, files: OnceLock::new() }),
        };
        let _ = self.search.set(search);
        Ok(Vec::new())
    }
}
