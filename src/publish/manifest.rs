//! What Guidepost wrote into an output folder: a line a file, so that nothing else is ever touched.
//!
//! The file lies in the output folder, where anyone may have written it. So each path in it is taken through
//! [`OutputPath`] again, and a line that does not hold is left out.

use crate::hash::Hash;
use crate::output_path::OutputPath;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

const HEAD: &str = "guidepost manifest 1";

/// A file as it was published. Size and time tell whether it was touched since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Of its bytes.
    pub hash: Hash,
    /// In bytes.
    pub size: u64,
    /// In nanoseconds since 1970.
    pub modified: u128,
}

/// The files of an output folder that are Guidepost's. An entry is missing for a file that an interrupted build of
/// an earlier version had named and perhaps not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<OutputPath, Option<Entry>>);

impl Manifest {
    /// Reads a manifest. One that is none lists nothing: then only files with the right bytes count as ours.
    pub fn read(text: &str) -> Self {
        let mut lines = text.split('\n');
        if lines.next() != Some(HEAD) {
            return Self::default();
        }
        Self(lines.filter_map(line).collect())
    }

    /// Writes the manifest. A path holds no line break, so a line is one file.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{HEAD}")?;
        for (path, entry) in &self.0 {
            match entry {
                Some(e) => writeln!(out, "{} {} {} {path}", e.hash.short(32), e.size, e.modified)?,
                None => writeln!(out, "- 0 0 {path}")?,
            }
        }
        Ok(())
    }

    /// The files of pages, and of old URLs that lead to one.
    pub fn pages(&self) -> BTreeSet<OutputPath> {
        self.0.keys().filter(|path| path.as_str().ends_with(".html")).cloned().collect()
    }

    /// The files below a folder.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a OutputPath> + use<'a> {
        let prefix = format!("{folder}/");
        let from = (std::ops::Bound::Included(prefix.as_str()), std::ops::Bound::Unbounded);
        let files = self.0.range::<str, _>(from);
        files.map(|(path, _)| path).take_while(move |path| path.as_str().starts_with(&prefix))
    }
}

fn line(line: &str) -> Option<(OutputPath, Option<Entry>)> {
    let mut parts = line.splitn(4, ' ');
    let (hash, size, modified, path) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let path = OutputPath::new(path).ok()?;
    let entry = || {
        let hash = Hash::parse(hash)?;
        Some(Entry { hash, size: size.parse().ok()?, modified: modified.parse().ok()? })
    };
    Some((path, entry()))
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn lines_that_name_no_file_of_ours_are_left_out() {
        let hash = "0".repeat(32);
        let text = format!(
            "guidepost manifest 1\n{hash} 1 2 a/index.html\n{hash} 1 2 ../victim\n{hash} 1 2 /etc/passwd\n\
             - 0 0 b\rc\n- 0 0 .guidepost/lock\n- 0 0 half written\nnonsense\n"
        );
        let manifest = Manifest::read(&text);
        let names: Vec<String> = manifest.0.keys().map(ToString::to_string).collect();
        assert_eq!(names, ["a/index.html", "half written"]);
        let mut out = Vec::new();
        assert!(manifest.write(&mut out).is_ok());
        assert_eq!(Manifest::read(&String::from_utf8_lossy(&out)), manifest);
    }
}
