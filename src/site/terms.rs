//! Finds the glossary's terms in texts.

use super::keys::TermKey;
use crate::content::address::TermId;
use crate::content::glossary::Glossary;
use crate::content::html::escaped;
use crate::content::prose::Prose;
use crate::content::slug::slug;
use crate::diagnostics::{Code, Diagnostic};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use std::collections::HashMap;

/// The terms' names and aliases as one automaton.
#[derive(Debug, Default)]
pub struct Terms {
    automaton: Option<AhoCorasick>,
    /// For each pattern, the term's number and whether its case matters.
    patterns: Vec<(usize, Option<String>)>,
    by_id: HashMap<TermId, usize>,
}

/// A term found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The term.
    pub term: TermKey,
    /// Byte range in the HTML.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Terms {
    /// Prepares the search; reports terms that are defined twice.
    pub fn new(glossary: Option<&Glossary>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let Some(glossary) = glossary else { return Self::default() };
        let mut by_id = HashMap::new();
        let mut words: HashMap<String, usize> = HashMap::new();
        let mut patterns = Vec::new();
        let mut needles = Vec::new();
        for (i, term) in glossary.terms.iter().enumerate() {
            let mut twice = |what: &str| {
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateId, &glossary.file, format!("{what} is defined twice"))
                        .at(term.span)
                        .label("the second")
                        .help("join the two, or take one of them away"),
                );
            };
            if by_id.insert(term.id.clone(), i).is_some() {
                twice(&format!("the term `{}`", term.id));
                continue;
            }
            for word in std::iter::once(&term.name).chain(&term.aliases) {
                let folded = word.to_lowercase();
                if folded.trim().is_empty() {
                    continue;
                }
                if words.insert(folded.clone(), i).is_some_and(|other| other != i) {
                    twice(&format!("`{word}`"));
                    continue;
                }
                // An acronym is itself only in capitals: "IT" is not "it".
                let exact = word.chars().all(|c| !c.is_lowercase()) && word.chars().any(char::is_alphabetic);
                patterns.push((i, exact.then(|| escaped(word))));
                needles.push(escaped(word));
            }
            // A term can be found by its aliases' slugs too.
            for alias in &term.aliases {
                by_id.entry(TermId::new(slug(alias))).or_insert(i);
            }
        }
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&needles)
            .ok()
            .filter(|_| !needles.is_empty());
        Self { automaton, patterns, by_id }
    }

    /// The number of a term.
    pub fn find(&self, id: &TermId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// All whole-word occurrences where a term may become a link, in order.
    pub fn occurrences(&self, prose: &Prose) -> Vec<Found> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found = Vec::new();
        for (from, to) in &prose.linkable {
            let (from, to) = (*from as usize, *to as usize);
            let Some(text) = prose.html.get(from..to) else { continue };
            for m in automaton.find_iter(text) {
                let Some((term, exact)) = self.patterns.get(m.pattern().as_usize()) else { continue };
                let (Some(before), Some(word), Some(after)) =
                    (text.get(..m.start()), text.get(m.range()), text.get(m.end()..))
                else {
                    continue;
                };
                if exact.as_ref().is_none_or(|exact| exact == word)
                    && is_whole_word(before.chars().next_back(), after)
                {
                    let [start, end] = [m.start(), m.end()].map(|at| from.saturating_add(at));
                    found.push(Found { term: TermKey { term: *term }, start, end });
                }
            }
        }
        found
    }
}

/// Is what stands between these two a word of its own? A plural `s` may follow.
fn is_whole_word(before: Option<char>, after: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '/';
    if before.is_some_and(part) {
        return false;
    }
    let after = after.strip_prefix('s').unwrap_or(after);
    !after.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
