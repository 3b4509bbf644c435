//! The numbers of footnotes.

use crate::span::Span;
use std::collections::HashMap;

/// The footnotes of a text in the order they are first referred to, and where that is.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) names: Vec<(String, Span)>,
    numbers: HashMap<String, usize>,
    /// Of those that were referred to, the id and that of the first reference.
    pub(super) ids: HashMap<String, (String, String)>,
}

impl Numbers {
    /// The number of a footnote, from 1.
    pub(super) fn number(&mut self, name: &str, span: Span) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.names.push((name.to_owned(), span));
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.len()
    }
}
