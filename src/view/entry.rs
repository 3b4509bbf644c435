//! Pages in lists, and what goes with a page's text.

use super::block::StageColumn;
use super::context::PageContext;
use super::link::Link;
use super::table;
use crate::content::document::Document;
use crate::content::playbook::PhasePart;
use crate::site::handle::PageRef;
use crate::site::pages::Taxonomy;
use serde::Serialize;

/// How many words are read in a minute.
const WORDS_A_MINUTE: u32 = 220;

/// A page in a list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Entry {
    /// The page.
    pub link: Link,
    /// What it is about.
    pub description: String,
    /// The stages it is for.
    pub stages: Vec<StageColumn>,
    /// How long it takes, for playbooks.
    pub duration: Option<String>,
    /// Minutes to read it.
    pub reading_minutes: Option<u32>,
    /// When it was last revised.
    pub updated: Option<String>,
    /// How many pages lie below it.
    pub count: usize,
}

/// What a page says of itself.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct Meta {
    /// Minutes to read it, at 220 words a minute.
    pub reading_minutes: u32,
    /// Its number of words.
    pub words: u32,
    /// When it was first published.
    pub date: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The stages it is for.
    pub stages: Vec<StageColumn>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// Its category.
    pub category: Option<Link>,
    /// It is a draft.
    pub draft: bool,
}

impl PageContext<'_> {
    /// A page in a list.
    pub fn entry(&self, page: PageRef<'_>) -> Entry {
        let document = page.document();
        Entry {
            link: Link::new(page.standalone_title(), self.links().page(page)),
            description: page.description().to_owned(),
            stages: page.stages().map(|stage| table::column(self, stage)).collect(),
            duration: document.and_then(|d| d.playbook.as_ref()).and_then(|p| p.duration.clone()),
            reading_minutes: document.filter(|_| page.kind.is_written()).map(|d| minutes(words(d))),
            updated: page.updated.map(|d| d.to_string()),
            count: page.children().len(),
        }
    }

    /// What goes with the text of the page.
    pub fn meta(&self) -> Meta {
        let Some(document) = self.page().document() else { return Meta::default() };
        let front_matter = &document.front_matter;
        let words = words(document);
        Meta {
            reading_minutes: minutes(words),
            words,
            date: front_matter.date.map(|d| d.0.to_string()),
            authors: front_matter.authors.clone(),
            stages: self.page().stages().map(|stage| table::column(self, stage)).collect(),
            tags: self.tags(&front_matter.tags),
            category: front_matter.category.as_ref().and_then(|c| self.word(Taxonomy::Categories, c)),
            draft: front_matter.draft,
        }
    }

    /// Links to the pages of tags.
    pub fn tags(&self, names: &[String]) -> Vec<Link> {
        names.iter().filter_map(|name| self.word(Taxonomy::Tags, name)).collect()
    }

    fn word(&self, taxonomy: Taxonomy, name: &String) -> Option<Link> {
        Some(Link::new(name, self.links().page(self.site().taxonomy_page(taxonomy, name)?)))
    }
}

/// The words of all texts of a document.
fn words(document: &Document) -> u32 {
    let mut count = document.body.words;
    for section in document.playbook.iter().flat_map(|p| &p.sections) {
        count += section.body.words;
        for part in section.phases.iter().flat_map(|p| &p.parts) {
            count += match part {
                PhasePart::Text(text) => text.words,
                PhasePart::Steps(steps) => steps.iter().map(|s| s.text.words).sum(),
            };
        }
    }
    count + document.faq.iter().map(|f| f.answer.words).sum::<u32>()
}

fn minutes(words: u32) -> u32 {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}
