//! What a published site can be linked by: its pages, and the ids of the headings on them.
//!
//! A line a page, its path and then its ids, with tabs between. The file lies beside the manifest in the output, where
//! anyone may have written it, so a line that does not hold is left out.

use crate::output_path::OutputPath;
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = "guidepost places 1";

/// The ids of headings, by the files of the pages they are on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(pub BTreeMap<OutputPath, Vec<String>>);

impl Places {
    /// Reads what [`write`](Self::write) wrote. A text that is none of that names no places.
    pub fn read(text: &str) -> Self {
        let mut lines = text.split('\n');
        if lines.next() != Some(HEAD) {
            return Self::default();
        }
        let page = |line: &str| {
            let mut parts = line.split('\t');
            let path = OutputPath::new(parts.next()?).ok()?;
            // They are repeated in messages.
            let ids = parts.filter(|id| !id.is_empty() && !id.contains(char::is_control));
            Some((path, ids.map(str::to_owned).collect()))
        };
        Self(lines.filter_map(page).collect())
    }

    /// As text.
    pub fn write(&self) -> String {
        let mut out = format!("{HEAD}\n");
        for (path, ids) in &self.0 {
            out.push_str(path.as_str());
            for id in ids {
                out.push('\t');
                out.push_str(id);
            }
            out.push('\n');
        }
        out
    }
}

/// What the last build published.
#[derive(Clone, Debug, Default)]
pub struct LastBuild {
    /// The files of its pages, old URLs included.
    pub pages: BTreeSet<OutputPath>,
    /// The headings on them.
    pub places: Places,
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn lines_that_name_no_page_are_left_out() {
        let text = "guidepost places 1\na/index.html\tone\ttwo\n../victim\tx\n\nb.html\t\u{1b}[2J\tc\n";
        let places = Places::read(text);
        assert_eq!(places.write(), "guidepost places 1\na/index.html\tone\ttwo\nb.html\tc\n");
        assert_eq!(Places::read(&places.write()), places);
        assert_eq!(Places::read("a/index.html\tone\n"), Places::default());
    }
}
