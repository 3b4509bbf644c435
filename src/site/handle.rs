//! Parts of a site as everything after it knows them: small, `Copy`, and asked instead of counted.
//!
//! A handle borrows the site and knows its own number, which nothing outside of `site` sees. What is asked of content through
//! handles is noted ([`Asked`]), so what a view was made from is known, and no list of it is kept by hand.

mod cell;
mod framework;
mod page;

pub use cell::ActivityRef;

use super::asked::{Asked, Question};
use super::header::HeaderEntry;
use super::keys::{
    AspectKey, AssetKey, CellKey, ComparisonKey, DimensionKey, FrameworkKey, GroupKey, StageKey, TermKey,
};
use super::pages::{HOME, Page, PageId, PageKind, Permalink, Taxonomy};
use super::terms::Found;
use super::{Asset, Site};
use crate::config::Config;
use crate::content::document::{Document, Text};
use crate::content::glossary::{Glossary, Term};
use crate::content::markdown::source;
use crate::content::prose::Prose;
use crate::hash::Hash;
use crate::span::{SourcePath, Span};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash;
use std::sync::Arc;

/// A site, as one reader of it sees it.
#[derive(Clone, Copy)]
pub struct SiteRef<'a> {
    pub(super) site: &'a Site,
    asked: Option<&'a Asked>,
}

macro_rules! handles {
    ($($(#[$doc:meta])* $handle:ident, $key:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $handle<'a> {
            pub(super) site: SiteRef<'a>,
            pub(super) key: $key,
        }

        impl PartialEq for $handle<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.key == other.key
            }
        }

        impl Eq for $handle<'_> {}

        impl PartialOrd for $handle<'_> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $handle<'_> {
            fn cmp(&self, other: &Self) -> Ordering {
                self.key.cmp(&other.key)
            }
        }

        impl hash::Hash for $handle<'_> {
            fn hash<H: hash::Hasher>(&self, state: &mut H) {
                self.key.hash(state);
            }
        }

        impl fmt::Debug for $handle<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.key.fmt(f)
            }
        }
    )+};
}

handles! {
    /// A framework.
    FrameworkRef, FrameworkKey;
    /// A stage of a framework.
    StageRef, StageKey;
    /// A dimension of a framework.
    DimensionRef, DimensionKey;
    /// A group of a framework's dimensions.
    GroupRef, GroupKey;
    /// An aspect of a dimension.
    AspectRef, AspectKey;
    /// What an aspect asks for at a stage.
    CellRef, CellKey;
    /// Two stages, the earlier first.
    ComparisonRef, ComparisonKey;
    /// A term of the glossary.
    TermRef, TermKey;
    /// A file that is published as it is.
    AssetRef, AssetKey;
}

/// A page of the output.
#[derive(Clone, Copy)]
pub struct PageRef<'a> {
    pub(super) site: SiteRef<'a>,
    id: PageId,
    page: &'a Page,
}

impl<'a> SiteRef<'a> {
    /// A site of which nobody notes what is asked.
    pub fn unwatched(site: &'a Site) -> Self {
        Self { site, asked: None }
    }

    /// A site whose answers depend on what is noted in `asked`.
    pub fn watched(site: &'a Site, asked: &'a Asked) -> Self {
        Self { site, asked: Some(asked) }
    }

    /// The same site, with nobody noting what is asked of it.
    pub(super) fn unnoted(self) -> Self {
        Self { asked: None, ..self }
    }

    pub(super) fn note(self, question: Question) {
        if let Some(asked) = self.asked {
            asked.note(question);
        }
    }

    pub(super) fn note_content(self, file: &SourcePath) {
        if let Some(asked) = self.asked {
            asked.note_content(file);
        }
    }

    /// The configuration.
    pub fn config(self) -> &'a Config {
        &self.site.config
    }

    /// A page.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made for pages that are there, and a site never changes"
    )]
    pub fn page(self, id: PageId) -> PageRef<'a> {
        PageRef { site: self, id, page: &self.site.pages[id.0] }
    }

    /// All pages, in the order of the site.
    pub fn pages(self) -> impl ExactSizeIterator<Item = PageRef<'a>> {
        self.site.pages.iter().enumerate().map(move |(i, page)| PageRef { site: self, id: PageId(i), page })
    }

    /// The home page.
    pub fn home(self) -> PageRef<'a> {
        self.page(HOME)
    }

    /// The page of a kind that there is one of.
    pub fn find(self, kind: PageKind) -> Option<PageRef<'a>> {
        self.site.lookup.by_kind.get(&kind).map(|id| self.page(*id))
    }

    /// All frameworks, by name.
    pub fn frameworks(self) -> impl ExactSizeIterator<Item = FrameworkRef<'a>> {
        (0..self.site.frameworks.len()).map(move |framework| self.framework(FrameworkKey { framework }))
    }

    /// The framework whose name may be left out of addresses.
    pub fn default_framework(self) -> Option<FrameworkRef<'a>> {
        self.site.default_framework.map(|framework| self.framework(FrameworkKey { framework }))
    }

    /// A framework.
    pub fn framework(self, key: FrameworkKey) -> FrameworkRef<'a> {
        FrameworkRef { site: self, key }
    }

    /// A stage.
    pub fn stage(self, key: StageKey) -> StageRef<'a> {
        StageRef { site: self, key }
    }

    /// A dimension.
    pub fn dimension(self, key: DimensionKey) -> DimensionRef<'a> {
        DimensionRef { site: self, key }
    }

    /// A group of dimensions.
    pub fn group(self, key: GroupKey) -> GroupRef<'a> {
        GroupRef { site: self, key }
    }

    /// An aspect.
    pub fn aspect(self, key: AspectKey) -> AspectRef<'a> {
        AspectRef { site: self, key }
    }

    /// A comparison.
    pub fn comparison(self, key: ComparisonKey) -> ComparisonRef<'a> {
        ComparisonRef { site: self, key }
    }

    /// A file that is published as it is.
    pub fn asset(self, key: AssetKey) -> AssetRef<'a> {
        AssetRef { site: self, key }
    }

    /// The pages and aspects that carry a tag or category, in the order of the site.
    pub fn members(self, taxonomy: Taxonomy, term: usize) -> impl ExactSizeIterator<Item = PageRef<'a>> {
        let members = self.site.taxonomy(taxonomy).get(term).map_or(&[][..], |term| &term.members);
        members.iter().map(move |id| self.page(*id))
    }

    /// The page of a tag or category, by whatever spelling.
    pub fn taxonomy_page(self, taxonomy: Taxonomy, name: &str) -> Option<PageRef<'a>> {
        let slug = crate::content::slug::slug(name);
        let number = self.site.taxonomy(taxonomy).binary_search_by(|t| t.slug.as_str().cmp(&slug)).ok()?;
        self.find(PageKind::Term(taxonomy, number))
    }

    /// The glossary, if there is one.
    pub fn glossary(self) -> Option<&'a Glossary> {
        let glossary = self.site.glossary.as_deref()?;
        self.note_content(&glossary.file);
        Some(glossary)
    }

    /// All terms of the glossary, in its order.
    pub fn terms(self) -> impl Iterator<Item = TermRef<'a>> {
        (0..self.glossary().map_or(0, |g| g.terms.len())).map(move |term| self.term(TermKey { term }))
    }

    /// A term of the glossary.
    pub fn term(self, key: TermKey) -> TermRef<'a> {
        TermRef { site: self, key }
    }

    /// The terms of the glossary that a text uses.
    pub fn occurrences(self, prose: &Prose) -> Vec<Found> {
        self.glossary().map(|_| self.site.terms.occurrences(prose)).unwrap_or_default()
    }

    /// What stands in the header.
    pub fn navigation(self) -> &'a [HeaderEntry] {
        &self.site.navigation
    }

    /// Playbooks in the order they follow one another, for each series of more than one.
    pub fn series(self) -> impl Iterator<Item = Vec<PageRef<'a>>> {
        self.site.series.iter().map(move |series| series.iter().map(|id| self.page(*id)).collect())
    }

    /// Files that are published as they are, by path.
    pub fn assets(self) -> impl Iterator<Item = &'a Asset> {
        self.site.assets.iter()
    }

    /// Pictures that texts show, of which there are smaller copies.
    pub fn shrunk(self) -> impl Iterator<Item = &'a Asset> {
        let shown = self.site.shown.iter().filter_map(|key| self.site.assets.get(key.asset));
        shown.filter(|asset| asset.smaller.is_some())
    }

    /// Files that are published as they are and whose paths begin so.
    pub fn assets_beside(self, start: &str) -> impl Iterator<Item = &'a Asset> {
        let assets = &self.site.assets;
        let from = assets.partition_point(|asset| asset.permalink.as_str() < start);
        let rest = assets.get(from..).unwrap_or_default().iter();
        let start = start.to_owned();
        rest.take_while(move |asset| asset.permalink.as_str().starts_with(&start))
    }

    /// Old URLs and the pages that replace them.
    pub fn redirects(self) -> &'a [(Permalink, PageId)] {
        &self.site.redirects
    }

    /// A cell.
    pub(super) fn cell(self, key: CellKey) -> CellRef<'a> {
        CellRef { site: self, key }
    }

    /// How many bytes a file of the content holds.
    pub(super) fn file_size(self, file: &SourcePath) -> u64 {
        self.site.files.get(file).map_or(0, |f| f.size)
    }

    /// A document's text as it was written, variables still by their names.
    pub fn source_text(self, document: &Document) -> &'a str {
        self.written(&document.file, document.body_span)
    }

    /// A framework's text as it is written, without a title at its top.
    pub fn text_source(self, text: &Text) -> Cow<'a, str> {
        self.note_content(&text.file);
        let written = self.written(&text.file, text.body_span).trim();
        let body = match written.strip_prefix("# ").and_then(|titled| titled.split_once('\n')) {
            Some((_, body)) => body.trim(),
            None => written,
        };
        source(body, &self.config().markdown_options())
    }

    fn written(self, file: &SourcePath, span: Span) -> &'a str {
        let text = self.site.files.get(file).and_then(|f| f.text()).unwrap_or_default();
        text.get(span.range()).unwrap_or_default()
    }

    /// The hash of a file of the content, or of one that code is taken from.
    pub fn file_hash(self, file: &SourcePath) -> Option<Hash> {
        // A file that code is taken from may lie in the content as well, and is the same.
        self.site.files.get(file).or_else(|| self.site.code.get(file)).map(|f| f.hash)
    }
}

impl<'a> TermRef<'a> {
    /// What the glossary says of it.
    pub fn content(self) -> Option<&'a Term> {
        self.site.glossary()?.terms.get(self.key.term)
    }
}

impl<'a> AssetRef<'a> {
    /// Its number.
    pub fn key(self) -> AssetKey {
        self.key
    }

    /// The file, and where it is published.
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    pub fn content(self) -> &'a Asset {
        &self.site.site.assets[self.key.asset]
    }
}

impl<'a> SiteRef<'a> {
    fn noted(self, text: Option<&'a Arc<Text>>) -> Option<&'a Text> {
        let text = text?;
        self.note_content(&text.file);
        Some(text)
    }
}
