//! Real sites with lines deleted, doubled, swapped, cut off or taken from elsewhere: whatever an author's edit leaves
//! behind, a build ends, and every problem it reports has a place that is there.

use crate::fixture::project;
use guidepost::config::Overrides;
use guidepost::diagnostics::report::{self, Format};
use guidepost::pipeline::{self, Input, Memo};
use guidepost::render::sink::Nowhere;
use guidepost::source::{Source, SourceFile};
use guidepost::span::SourcePath;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// This project's own site, the small one that `init` writes, which is quicker, and one of blocks.
static SITES: LazyLock<[RealSite; 3]> =
    LazyLock::new(|| ["", "src/scaffold", "tests/blocks"].map(RealSite::read));

struct RealSite {
    source: Source,
    /// Kept from case to case, so that only what was edited is parsed.
    memo: Mutex<Memo>,
}

impl RealSite {
    fn read(folder: &str) -> Self {
        let source = Input::read(&project().join(folder), Overrides::default()).source;
        Self { source, memo: Mutex::default() }
    }

    /// All that authors wrote.
    fn files(&self) -> Vec<&Arc<SourceFile>> {
        self.source.content.iter().chain(&self.source.config).collect()
    }
}

/// What may happen to a file.
#[derive(Clone, Debug)]
enum Edit {
    Delete {
        line: Index,
    },
    Double {
        line: Index,
    },
    Swap {
        line: Index,
        other: Index,
    },
    /// A line of any file in the place of this one.
    Replace {
        line: Index,
        file: Index,
        other: Index,
    },
    /// The end is missing, from any byte on.
    Truncate {
        at: Index,
    },
    /// Another character in the place of a byte.
    Change {
        at: Index,
        to: char,
    },
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    // What means something in one of the notations, and what may not stand in any.
    let characters: Vec<char> =
        "[](){}<>#@!|*_`~^:;=+-&\\/.,\"' \t\r\n0aä\u{301}\u{1f600}\u{feff}\0".chars().collect();
    prop_oneof![
        2 => index().prop_map(|line| Edit::Delete { line }),
        2 => index().prop_map(|line| Edit::Double { line }),
        2 => (index(), index()).prop_map(|(line, other)| Edit::Swap { line, other }),
        3 => (index(), index(), index()).prop_map(|(line, file, other)| Edit::Replace { line, file, other }),
        1 => index().prop_map(|at| Edit::Truncate { at }),
        6 => (index(), prop::sample::select(characters)).prop_map(|(at, to)| Edit::Change { at, to }),
    ]
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

impl Edit {
    fn apply(&self, bytes: &[u8], site: &RealSite) -> Vec<u8> {
        if bytes.is_empty() {
            return Vec::new();
        }
        let mut lines = lines(bytes);
        let count = lines.len();
        match self {
            Self::Delete { line } => drop(lines.remove(line.index(count))),
            Self::Double { line } => lines.insert(line.index(count), line.get(&lines).clone()),
            Self::Swap { line, other } => lines.swap(line.index(count), other.index(count)),
            Self::Replace { line, file, other } => {
                let donor = self::lines(&file.get(&site.files()).bytes);
                lines[line.index(count)] =
                    if donor.is_empty() { Vec::new() } else { other.get(&donor).clone() };
            }
            Self::Truncate { at } => return bytes[..at.index(bytes.len())].to_vec(),
            Self::Change { at, to } => {
                let at = at.index(bytes.len());
                let to = to.to_string();
                return [&bytes[..at], to.as_bytes(), &bytes[at + 1..]].concat();
            }
        }
        lines.concat()
    }
}

/// A site's source after edits of some of its files.
fn spoilt(site: &RealSite, edits: &[(Index, Edit)]) -> Source {
    let mut source = site.source.clone();
    for (file, edit) in edits {
        let count = source.content.len();
        let number = file.index(count + source.config.iter().len());
        let file = source.content.get_mut(number).or(source.config.as_mut()).expect("one of the files");
        *file = Arc::new(SourceFile::new(file.path.clone(), edit.apply(&file.bytes, site)));
    }
    source
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn a_spoilt_site_is_built_or_told_what_is_wrong_where(
        site in prop_oneof![1 => Just(0_usize), 3 => Just(1), 2 => Just(2)],
        edits in prop::collection::vec((any::<Index>(), edit()), 1..4),
    ) {
        let site = &SITES[site];
        let input = Input::in_memory(spoilt(site, &edits), Overrides::default());
        let mut memo = site.memo.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = pipeline::build(&input, &mut memo, &Nowhere, &|_, _| {});
        prop_assert!(outcome.failure.is_none(), "{:?}", outcome.failure);
        prop_assert!(outcome.has_errors() || outcome.rendered.is_some());
        let text = |path: &SourcePath| outcome.text(&input.source, path);
        for problem in &outcome.diagnostics {
            let Some(span) = problem.span else { continue };
            let marked = text(&problem.file).and_then(|text| text.get(span.range()));
            prop_assert!(marked.is_some(), "{problem:?}");
        }
        for format in [Format::Human, Format::Json, Format::Github] {
            let report = report::render(&outcome.diagnostics, format, &text, false);
            prop_assert_eq!(report.is_empty(), outcome.diagnostics.is_empty());
        }
    }
}
