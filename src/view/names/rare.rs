//! Of long texts, the words that few others have: enough to find them by, at a tenth of the size.

use super::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use unicode_segmentation::UnicodeSegmentation;

/// The most entries that a rare word stands in.
const FEW: usize = 1;

/// Keeps of long texts the rare words, each where it stands first.
pub(super) fn keep(entries: &mut [Entry]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in entries.iter() {
        for word in entry.texts().flat_map(words).collect::<HashSet<_>>() {
            let count = counts.entry(word).or_default();
            *count = count.saturating_add(1);
        }
    }
    for entry in entries {
        let mut seen: HashSet<String> = entry.shown().flat_map(words).collect();
        for text in entry.d.iter_mut().chain([&mut entry.r]) {
            // In order of the alphabet they take less room when packed.
            let rare: BTreeSet<String> = words(text)
                .filter(|word| {
                    counts.get(word).is_some_and(|count| *count <= FEW) && seen.insert(word.clone())
                })
                .collect();
            *text = rare.into_iter().collect::<Vec<_>>().join(" ");
        }
        if entry.d.iter().all(String::is_empty) {
            entry.d.clear();
        }
    }
}

/// Words of some length, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.unicode_words().filter(|word| word.chars().nth(2).is_some()).map(str::to_lowercase)
}

impl Entry {
    /// What readers see of it.
    fn shown(&self) -> impl Iterator<Item = &str> {
        [&self.t, &self.x, &self.w].into_iter().chain(&self.c).map(String::as_str)
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.shown().chain(self.d.iter().chain([&self.r]).map(String::as_str))
    }
}
