//! Content hashes: the keys of both memos, the names of published assets, and how files are known again.

use std::hash::{Hash as StdHash, Hasher};
use std::io::{self, Read};

/// A 128-bit content hash (BLAKE3, cut): two different files share one only by a miracle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Hash(pub [u8; 16]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        blake3::hash(bytes).into()
    }

    /// The hash of what a reader gives, and nothing of it kept.
    ///
    /// # Errors
    /// When reading fails.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = reader.read(&mut buffer)?;
            match buffer.get(..read).filter(|chunk| !chunk.is_empty()) {
                Some(chunk) => hasher.update(chunk),
                None => return Ok(hasher.finalize().into()),
            };
        }
    }

    /// This hash together with another thing: the key of work that depends on both.
    #[must_use]
    pub fn with(&self, other: &impl StdHash) -> Self {
        let mut hasher = Blake(blake3::Hasher::new());
        hasher.0.update(&self.0);
        other.hash(&mut hasher);
        hasher.0.finalize().into()
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

impl From<blake3::Hash> for Hash {
    fn from(hash: blake3::Hash) -> Self {
        let mut out = [0; 16];
        out.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
        Self(out)
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
