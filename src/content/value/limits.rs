//! How many values a file may hold, and how deep.

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;

/// How many values a file or a front matter may hold; each takes some hundred bytes of memory.
pub(super) const MOST_VALUES: usize = 200_000;
pub(super) fn report_too_many(at: usize, problems: &mut Problems) {
    let message = format!("there are more than {MOST_VALUES} values here");
    problems.add(
        Diagnostic::new(Code::TooLarge, problems.file(), message)
            .at(Span::new(at, at))
            .help("divide them into several files"),
    );
}

/// How deep values may be nested: the TOML reader's own limit, and what the functions that walk values can bear.
pub(super) const DEEPEST: usize = 80;
