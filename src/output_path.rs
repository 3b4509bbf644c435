//! The path of a published file: the only thing the publisher, its manifest and the preview accept.
//!
//! Every path is made here, from whatever an author, a theme, a library or a manifest on disk names, so none can
//! leave the output folder, hide in Guidepost's own records, or break the manifest's lines.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use crate::diagnostics::{Code, Diagnostic};
use crate::span::SourcePath;
use std::fmt;
use std::sync::Arc;

/// The folder within the output folder that holds Guidepost's own records.
pub const OWN_FOLDER: &str = ".guidepost";

/// A file system takes names of up to 255 bytes (`NAME_MAX` of ext4, APFS and NTFS).
const LONGEST_NAME: usize = 255;
/// Well below `PATH_MAX` (4,096 on Linux, 1,024 on macOS), since the output folder's own path comes before it.
const LONGEST_PATH: usize = 900;

/// Names that mean a device on Windows, whatever extension follows
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// A file below the output folder: relative, normal, with `/` between its parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputPath(Arc<str>);

/// Why a path cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
pub enum Unpublishable {
    #[error("it is empty, or has an empty part between two slashes")]
    Empty,
    #[error("it leads out of its folder")]
    Climbing,
    #[error("it holds a line break or another control character")]
    Control,
    #[error("it holds a backslash, which is a separator on Windows")]
    Backslash,
    #[error("`.guidepost` belongs to Guidepost's own records")]
    Reserved,
    #[error("a part of it is the name of a device on Windows")]
    Device,
    #[error("a part of it is longer than 255 bytes, or all of it longer than 900")]
    TooLong,
}

impl Unpublishable {
    /// The problem with `path`, which a file of the content would be published under.
    pub fn report(self, file: &SourcePath, path: &str) -> Diagnostic {
        let shown: String = path.chars().take(120).flat_map(char::escape_debug).collect();
        Diagnostic::new(Code::InvalidPath, file, format!("`{shown}` cannot be published: {self}"))
            .help("rename the file or its folder, or give the page a `slug`")
    }
}

impl OutputPath {
    /// Takes a path that may be published.
    ///
    /// # Errors
    /// Says which rule the path breaks.
    pub fn new(path: &str) -> Result<Self, Unpublishable> {
        if path.len() > LONGEST_PATH {
            return Err(Unpublishable::TooLong);
        }
        for (i, part) in path.split('/').enumerate() {
            match part {
                "" => return Err(Unpublishable::Empty),
                "." | ".." => return Err(Unpublishable::Climbing),
                // Also on a disk that ignores case, and however such a disk spells it.
                _ if i == 0 && part.trim_end_matches(['.', ' ']).eq_ignore_ascii_case(OWN_FOLDER) => {
                    return Err(Unpublishable::Reserved);
                }
                _ if part.contains('\\') => return Err(Unpublishable::Backslash),
                _ if has_break(part) => return Err(Unpublishable::Control),
                _ if part.len() > LONGEST_NAME => return Err(Unpublishable::TooLong),
                _ if is_device(part) => return Err(Unpublishable::Device),
                _ => {}
            }
        }
        Ok(Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A file beside this one. `name` is a constant of ours, no longer than `index.html`.
    #[must_use]
    pub fn beside(&self, name: &'static str) -> Self {
        match self.0.rsplit_once('/') {
            Some((folder, _)) => Self(format!("{folder}/{name}").into()),
            None => Self(name.into()),
        }
    }

    /// A file of ours at the top of the output folder.
    pub fn top(name: &'static str) -> Self {
        Self(name.into())
    }

    /// The folder it lies in; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The folders it lies in, the outermost first.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.match_indices('/').filter_map(|(i, _)| self.0.get(..i))
    }

    /// What this path becomes on a disk that ignores case and how letters are composed (APFS, NTFS).
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// A path as a disk sees it that ignores case and composition.
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let normalizer = icu_normalizer::ComposingNormalizer::new_nfc();
    normalizer.normalize(&normalizer.normalize(path).to_lowercase()).into_owned()
}

/// Are there control characters, or one of the two that Unicode uses to break lines and paragraphs?
fn has_break(part: &str) -> bool {
    if part.is_ascii() {
        return part.bytes().any(|b| b.is_ascii_control());
    }
    part.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

fn is_device(part: &str) -> bool {
    let stem = part.split_once('.').map_or(part, |(stem, _)| stem).trim_end();
    let (name, digit) = stem.split_at_checked(3).unwrap_or((stem, ""));
    let is = |names: &[&str]| names.iter().any(|device| name.eq_ignore_ascii_case(device));
    match digit.as_bytes() {
        [] => is(DEVICES),
        [b'1'..=b'9'] => is(NUMBERED_DEVICES),
        _ => false,
    }
}

impl TryFrom<String> for OutputPath {
    type Error = Unpublishable;

    fn try_from(path: String) -> Result<Self, Unpublishable> {
        Self::new(&path)
    }
}

impl From<OutputPath> for String {
    fn from(path: OutputPath) -> Self {
        path.0.as_ref().to_owned()
    }
}

impl std::borrow::Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{OutputPath, Unpublishable, fold};

    #[test]
    fn what_may_be_published() {
        for path in
            ["index.html", "guides/faq: pricing/index.html", "a b/ä.png", ".well-known/x", "console/a"]
        {
            assert_eq!(OutputPath::new(path).map(|p| p.to_string()), Ok(path.to_owned()));
        }
        let long = "x".repeat(256);
        let deep = "abcdefghi/".repeat(91) + "a";
        for (path, why) in [
            ("", Unpublishable::Empty),
            ("/etc/passwd", Unpublishable::Empty),
            ("a//b", Unpublishable::Empty),
            ("a/", Unpublishable::Empty),
            ("../a", Unpublishable::Climbing),
            ("a/../../b", Unpublishable::Climbing),
            ("./a", Unpublishable::Climbing),
            ("a\nb", Unpublishable::Control),
            ("a\u{2028}b", Unpublishable::Control),
            ("a\0", Unpublishable::Control),
            ("a\\b", Unpublishable::Backslash),
            (".guidepost/manifest", Unpublishable::Reserved),
            (".GuidePost", Unpublishable::Reserved),
            ("a/aux.html", Unpublishable::Device),
            ("COM1", Unpublishable::Device),
            (&long, Unpublishable::TooLong),
            (&deep, Unpublishable::TooLong),
        ] {
            assert_eq!(OutputPath::new(path), Err(why), "{path:?}");
        }
    }

    #[test]
    fn spellings_that_a_disk_may_take_for_one() {
        assert_eq!(fold("Caf\u{e9}/A"), fold("cafe\u{301}/a"));
        assert_ne!(fold("a"), fold("b"));
    }
}
