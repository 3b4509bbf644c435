//! What has a name, for the search that answers at the first letter: pages, their headings, the parts of frameworks, terms
//! and questions, each with a sentence.
//!
//! Readers' browsers get it as JSON, in parts of so many pages that none grows without bound, and search it themselves.
//! What the texts say beyond that is found by the full text search (`search.rs`).

mod gather;
mod opening;
mod places;
mod rare;

use super::search::is_found;
use crate::output_path::OutputPath;
use crate::site::handle::SiteRef;
use crate::site::names;
use serde::Serialize;

/// A part of the index, as browsers get it.
#[derive(Debug, Serialize)]
struct Part {
    /// How many parts there are.
    parts: usize,
    /// The pages that its entries lie on.
    pages: Vec<FoundPage>,
    /// All frameworks with their stages; only in the first part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frameworks: Vec<FrameworkStages>,
    /// Words that mean the same: a term of the glossary with its aliases; only in the first part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    synonyms: Vec<Vec<String>>,
    /// How the language's words are compared; only in the first part.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    entries: Vec<Entry>,
}

/// What a language's texts say of its words.
#[derive(Debug, Serialize)]
struct Language {
    /// Endings that make no other word.
    endings: String,
    /// Words that questions have and answers need not.
    small: String,
    /// What those say who ask what a word means.
    meaning: String,
}

/// A page: where it lies from the site's root, what it is called, and what it belongs to.
#[derive(Debug, Serialize)]
struct FoundPage(String, String, String);

/// A framework's identifier and its stages.
#[derive(Debug, Serialize)]
struct FrameworkStages {
    id: String,
    stages: Vec<StageNames>,
}

/// A stage: its identifier, its title, and its longer name.
#[derive(Debug, Serialize)]
struct StageNames(String, String, String);

/// Something that has a name. Keys are short, for there are many of them.
#[derive(Debug, Default, Serialize)]
pub(super) struct Entry {
    /// Its kind.
    k: &'static str,
    /// The number of its page in this part.
    p: usize,
    /// Its place on the page; nothing when it is the page itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    a: String,
    /// Its name.
    t: String,
    /// A sentence or two.
    #[serde(skip_serializing_if = "String::is_empty")]
    x: String,
    /// Other words for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    w: String,
    /// The number of its framework, where it has stages.
    #[serde(skip_serializing_if = "Option::is_none")]
    f: Option<usize>,
    /// The numbers of its stages, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    s: Vec<usize>,
    /// Of an aspect: what each stage asks for, in a few words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    c: Vec<String>,
    /// Of an aspect: what is said of each of them; first in full, then as its rare words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    d: Vec<String>,
    /// The rest of its text; first in full, then as its rare words.
    #[serde(skip_serializing_if = "String::is_empty")]
    r: String,
}

/// The files of the index.
pub fn files(site: SiteRef<'_>) -> Vec<OutputPath> {
    names::files(site.pages().len()).collect()
}

/// The part of this number, from 0, as JSON.
pub fn part(site: SiteRef<'_>, number: usize) -> Vec<u8> {
    let first = number == 0;
    let mut part = Part {
        parts: files(site).len(),
        pages: Vec::new(),
        frameworks: if first { frameworks(site) } else { Vec::new() },
        synonyms: if first { synonyms(site) } else { Vec::new() },
        language: first.then(|| language(site)),
        entries: Vec::new(),
    };
    let called = gather::Called::of(site);
    let pages = site.pages().skip(number.saturating_mul(names::PAGES_A_PART)).take(names::PAGES_A_PART);
    for page in pages.filter(|page| is_found(*page)) {
        let number = part.pages.len();
        let entries = gather::entries(page, &called);
        if entries.is_empty() {
            continue;
        }
        let context = page.context().unwrap_or_default().to_owned();
        part.pages.push(FoundPage(page.permalink.as_str().to_owned(), page.title().to_owned(), context));
        part.entries.extend(entries.into_iter().map(|entry| Entry { p: number, ..entry }));
    }
    rare::keep(&mut part.entries);
    let json = serde_json::to_string(&part).unwrap_or_default();
    // An entry a line, so that people can compare two indexes; within a text a quote would be escaped.
    json.replace("},{\"k\":", "},\n{\"k\":").into_bytes()
}

fn language(site: SiteRef<'_>) -> Language {
    let texts = site.home().texts();
    let [endings, small, meaning] =
        ["search-endings", "search-small-words", "search-meaning-words"].map(|key| texts.get(key));
    Language { endings, small, meaning }
}

fn frameworks(site: SiteRef<'_>) -> Vec<FrameworkStages> {
    let names = |framework: crate::site::handle::FrameworkRef<'_>| FrameworkStages {
        id: framework.id().to_string(),
        stages: framework
            .stages()
            .map(|stage| {
                let name = stage.content().name.clone().unwrap_or_default();
                StageNames(stage.id().to_string(), stage.title().to_owned(), name)
            })
            .collect(),
    };
    site.frameworks().map(names).collect()
}

fn synonyms(site: SiteRef<'_>) -> Vec<Vec<String>> {
    let names = |term: &crate::content::glossary::Term| {
        std::iter::once(&term.name).chain(&term.aliases).cloned().collect::<Vec<_>>()
    };
    let terms = site.glossary().into_iter().flat_map(|glossary| &glossary.terms);
    terms.map(names).filter(|names| names.len() > 1).collect()
}
