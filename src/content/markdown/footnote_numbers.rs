//! The numbers of footnotes.

use std::collections::HashMap;

/// The footnotes of a text in the order they are first referred to.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Numbers {
    /// The number of a footnote, from 1.
    pub(super) fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.len()
    }
}
