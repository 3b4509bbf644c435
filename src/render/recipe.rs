//! Files of the output as recipes, and the memo that says which of them need not be made again.

use super::Failure;
use super::sink::{Make, Sink};
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::site::asked::Question;
use std::collections::HashMap;

/// A file of the output.
pub struct Recipe<'r> {
    /// Where it lies.
    pub path: OutputPath,
    /// Changes when the file would.
    pub key: Hash,
    /// How it is made.
    pub make: Method<'r>,
}

/// How a file is made.
pub enum Method<'r> {
    /// At once.
    Now(Box<dyn FnOnce() -> Result<Vec<u8>, Failure> + 'r>),
    /// When it is first read, where the sink can wait: it is large, and seldom read.
    Later(Make),
}

impl<'r> Recipe<'r> {
    /// A file that is made at once.
    pub fn new(path: OutputPath, key: Hash, make: impl FnOnce() -> Result<Vec<u8>, Failure> + 'r) -> Self {
        Self { path, key, make: Method::Now(Box::new(make)) }
    }

    /// A file that has been made: its bytes are its key.
    pub fn made(path: OutputPath, bytes: Vec<u8>) -> Self {
        Self::new(path, Hash::of(&bytes), || Ok(bytes))
    }

    /// Puts the file into a sink, or sees that it is there already.
    pub fn follow(self, known: Option<&Made>, sink: &dyn Sink) -> Result<(OutputPath, Made), Failure> {
        let Self { path, key, make } = self;
        if let Some(made) = known.filter(|made| made.key == key && sink.keep(&path, made.output)) {
            return Ok((path, *made));
        }
        let output = match make {
            Method::Now(make) => sink.put(&path, make()?),
            Method::Later(make) => sink.put_later(&path, key, make),
        };
        Ok((path, Made { key, output: output.map_err(Failure::Io)? }))
    }
}

/// Memo point 2: what every file was made from, and what came of it.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Memo {
    /// All files but the search index and those published as they are.
    pub files: HashMap<OutputPath, Made>,
    /// For each page, what its view asked of the site.
    pub asked: HashMap<OutputPath, Answered>,
    /// The key of the search index, and its files.
    pub search: Option<(Hash, Vec<(OutputPath, Hash)>)>,
}

/// What a file was made from, and what came of it.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Made {
    /// The key of its recipe.
    pub key: Hash,
    /// The hash of its bytes.
    pub output: Hash,
}

/// What the view of a page asked of the site.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Answered {
    /// The questions.
    pub questions: Vec<Question>,
    /// Changes when any of them has another answer.
    pub answers: Hash,
}
