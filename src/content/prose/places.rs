//! The places of a text, found by their ids.

use super::{Heading, Prose};
use std::cell::OnceCell;
use std::collections::HashMap;

/// What can be linked to within a text. They are gathered when one is first asked for: most texts never refer to themselves.
#[derive(Debug)]
pub struct Places<'p> {
    prose: &'p Prose,
    by_id: OnceCell<HashMap<&'p str, &'p Heading>>,
}

impl Prose {
    /// Its places, by their ids.
    pub fn places(&self) -> Places<'_> {
        Places { prose: self, by_id: OnceCell::new() }
    }
}

impl<'p> Places<'p> {
    /// The place of an id.
    pub fn get(&self, id: &str) -> Option<&'p Heading> {
        // What an id was before gives way to what it is.
        let former = || self.prose.headings.iter().filter_map(|h| Some((h.former.as_deref()?, h)));
        let all = || former().chain(self.prose.headings.iter().map(|h| (h.id.as_str(), h))).collect();
        self.by_id.get_or_init(all).get(id).copied()
    }
}
