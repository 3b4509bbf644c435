//! Where a Markdown text stands in its file.

use crate::span::Span;
use std::ops::Range;

/// Where a Markdown text stands in its file.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// It begins at this byte and stands there letter for letter.
    At(usize),
    /// It is somewhere in here, with escapes; problems point to all of it.
    Within(Span),
}

impl Origin {
    /// The place of a string value: exact when it was written without escapes.
    pub fn of_string(text: &str, span: Span, file: &str) -> Self {
        let written = file.get(span.range()).unwrap_or_default();
        match written.find(text) {
            Some(start) if !text.is_empty() => Self::At(span.start as usize + start),
            _ => Self::Within(span),
        }
    }

    /// Where a part of the text stands that begins at this byte of it.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        match self {
            Self::At(base) => Self::At(base + by),
            Self::Within(span) => Self::Within(span),
        }
    }

    /// The place of a stretch of the text.
    pub fn span(self, range: &Range<usize>) -> Span {
        match self {
            Self::At(base) => Span::new(range.start, range.end).shift(base),
            Self::Within(span) => span,
        }
    }
}
