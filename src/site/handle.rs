//! Parts of a site as everything after it knows them: small, `Copy`, and asked instead of counted.
//!
//! A handle borrows the site and knows its own number, which nothing outside of `site` sees. What is asked of content through
//! handles is noted ([`Asked`]), so what a view was made from is known, and no list of it is kept by hand.

use super::asked::{Asked, Question};
use super::framework::{Aspect, Change, Dimension, Framework};
use super::pages::{FrameworkPage, Page, PageId, PageKind, Taxonomy};
use super::resolve::Referent;
use super::terms::Found;
use super::{Asset, Site};
use crate::config::Config;
use crate::content::address::{AspectId, DimensionId, FrameworkId, StageId};
use crate::content::document::{Document, Text};
use crate::content::framework::{AspectContent, Cell, DimensionContent, FrameworkContent, StageContent};
use crate::content::glossary::{Glossary, Term};
use crate::content::markdown::Prose;
use crate::hash::Hash;
use crate::span::SourcePath;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::fmt;
use std::hash;
use std::ops::Deref;
use std::sync::Arc;

/// A site, as one reader of it sees it.
#[derive(Clone, Copy)]
pub struct SiteRef<'a> {
    pub(super) site: &'a Site,
    asked: Option<&'a Asked>,
}

macro_rules! handles {
    ($($(#[$doc:meta])* $handle:ident, $key:ident { $($field:ident),+ };)+) => {$(
        #[doc = concat!("The number behind a [`", stringify!($handle), "`].")]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub struct $key { $(pub(super) $field: usize,)+ }

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
    FrameworkRef, FrameworkKey { framework };
    /// A stage of a framework.
    StageRef, StageKey { framework, stage };
    /// A dimension of a framework.
    DimensionRef, DimensionKey { framework, dimension };
    /// An aspect of a dimension.
    AspectRef, AspectKey { framework, dimension, aspect };
    /// What an aspect asks for at a stage.
    CellRef, CellKey { framework, dimension, aspect, stage };
    /// Two stages, the earlier first.
    ComparisonRef, ComparisonKey { framework, from, to };
    /// A term of the glossary.
    TermRef, TermKey { term };
    /// A file that is published as it is.
    AssetRef, AssetKey { asset };
}

/// A page of the output.
#[derive(Clone, Copy)]
pub struct PageRef<'a> {
    site: SiteRef<'a>,
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
        self.page(super::pages::HOME)
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
        let slug = crate::content::address::slug(name);
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

    /// The links of the header: their texts and where they lead.
    pub fn navigation(self) -> impl Iterator<Item = (&'a str, &'a super::resolve::Target)> {
        self.site.navigation.iter().map(|(title, target)| (title.as_str(), target))
    }

    /// Playbooks in the order they follow one another, for each series of more than one.
    pub fn series(self) -> impl Iterator<Item = Vec<PageRef<'a>>> {
        self.site.series.iter().map(move |series| series.iter().map(|id| self.page(*id)).collect())
    }

    /// Files that are published as they are, by path.
    pub fn assets(self) -> impl Iterator<Item = &'a Asset> {
        self.site.assets.iter()
    }

    /// Old URLs and the pages that replace them.
    pub fn redirects(self) -> &'a [(super::pages::Permalink, PageId)] {
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

    /// A document's text as it was written.
    pub fn source_text(self, document: &Document) -> &'a str {
        let text = self.site.files.get(&document.file).and_then(|f| f.text()).unwrap_or_default();
        text.get(document.body_span.range()).unwrap_or_default()
    }

    /// The hash of a file of the content.
    pub fn file_hash(self, file: &SourcePath) -> Option<Hash> {
        self.site.files.get(file).map(|f| f.hash)
    }
}

impl PartialEq for PageRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for PageRef<'_> {}

impl PartialOrd for PageRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PageRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl fmt::Debug for PageRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl Deref for PageRef<'_> {
    type Target = Page;

    fn deref(&self) -> &Page {
        self.page
    }
}

impl<'a> PageRef<'a> {
    /// Its site.
    pub fn site(self) -> SiteRef<'a> {
        self.site
    }

    /// What tells it from other pages.
    pub fn id(self) -> PageId {
        self.id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.page.title
    }

    /// One or two sentences about it; may be empty.
    pub fn description(self) -> &'a str {
        self.site.note(Question::Description(self.id));
        &self.page.description
    }

    /// Is it the home page?
    pub fn is_home(self) -> bool {
        self.id == super::pages::HOME
    }

    /// What it belongs to; the home page belongs to itself.
    pub fn parent(self) -> Self {
        self.site.page(self.page.parent)
    }

    /// What belongs to it, in order.
    pub fn children(self) -> impl ExactSizeIterator<Item = PageRef<'a>> + DoubleEndedIterator {
        self.page.children.iter().map(move |id| self.site.page(*id))
    }

    /// Itself, and all it lies in, up to the home page.
    pub fn ancestors(self) -> impl Iterator<Item = PageRef<'a>> {
        std::iter::successors(Some(self), |page| (!page.is_home()).then(|| page.parent()))
    }

    /// The file it can be edited in.
    pub fn source_file(self) -> Option<&'a SourcePath> {
        self.page.file.as_ref()
    }

    /// The Markdown file behind it, if it has one.
    pub fn document(self) -> Option<&'a Document> {
        let document = self.site.site.documents.get(self.page.document?)?;
        self.site.note_content(&document.file);
        Some(document)
    }

    /// The stages that a guide or playbook says it is for.
    pub fn stages(self) -> impl Iterator<Item = StageRef<'a>> {
        let named = self.document().into_iter().flat_map(|d| &d.front_matter.stages);
        named.filter_map(move |stage| match self.site.resolve(&stage.value.0) {
            Ok(Referent::Stage(stage, _)) => Some(stage),
            _ => None,
        })
    }

    /// The text that stands beside its part of a framework, if any.
    pub fn text(self) -> Option<&'a Text> {
        match self.page.kind {
            PageKind::Framework(key) => self.site.framework(key).text(),
            PageKind::Stage(key) => self.site.stage(key).text(),
            PageKind::Dimension(key) => self.site.dimension(key).text(),
            PageKind::Aspect(key) => self.site.aspect(key).text(),
            PageKind::Comparison(key) => self.site.comparison(key).text(),
            _ => None,
        }
    }

    /// The framework it belongs to.
    pub fn own_framework(self) -> Option<FrameworkRef<'a>> {
        self.page.kind.framework().map(|key| self.site.framework(key))
    }

    /// The framework it belongs to; for pages outside of all frameworks, the default one.
    pub fn framework(self) -> Option<FrameworkRef<'a>> {
        self.own_framework().or_else(|| self.site.default_framework())
    }

    /// The pages whose texts refer to it.
    pub fn backlinks(self) -> impl Iterator<Item = PageRef<'a>> {
        self.site.note(Question::Backlinks(self.id));
        self.site.site.backlinks.get(self.id.0).into_iter().flatten().map(move |id| self.site.page(*id))
    }

    /// The title of what it belongs to, where its own says too little away from its place.
    pub fn context(self) -> Option<&'a str> {
        match self.page.kind {
            PageKind::Aspect(key) => Some(self.site.aspect(key).dimension().title()),
            kind => self
                .own_framework()
                .filter(|_| !matches!(kind, PageKind::Framework(_)))
                .map(FrameworkRef::title),
        }
    }

    /// A title that can be understood away from its place.
    pub fn standalone_title(self) -> String {
        let several = self.site.site.frameworks.len() > 1;
        match (self.page.kind, self.context()) {
            (PageKind::Home, _) => "Home".to_owned(),
            (PageKind::Aspect(_), Some(context)) => format!("{context}: {}", self.title()),
            (PageKind::Stage(_), Some(context)) if several => format!("{context}: {}", self.title()),
            _ => self.title().to_owned(),
        }
    }

    /// Is it listed in sitemaps and the like?
    pub fn is_public(self) -> bool {
        !matches!(self.page.kind, PageKind::NotFound | PageKind::Search)
            && self.document().is_none_or(|d| !d.front_matter.draft && d.front_matter.search != Some(false))
    }

    /// When it was last revised, as far as anyone said.
    pub fn updated(self) -> Option<Date> {
        self.page.updated
    }
}

impl<'a> FrameworkRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    pub(super) fn data(self) -> &'a Framework {
        let framework = &self.site.site.frameworks[self.key.framework];
        self.site.note_content(&framework.content.file);
        framework
    }

    /// What its own file says.
    pub fn content(self) -> &'a FrameworkContent {
        &self.data().content
    }

    /// Its identifier.
    pub fn id(self) -> &'a FrameworkId {
        &self.data().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its overview.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Framework(self.key))
    }

    /// A page that it has beside those of its parts.
    pub fn page_of(self, page: FrameworkPage) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Of(self.key, page))
    }

    /// The text of its overview.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.data().text.as_ref())
    }

    /// Its stages in order.
    pub fn stages(self) -> impl ExactSizeIterator<Item = StageRef<'a>> + DoubleEndedIterator {
        let framework = self.key.framework;
        (0..self.content().stages.len())
            .map(move |stage| StageRef { site: self.site, key: StageKey { framework, stage } })
    }

    /// Its dimensions in order.
    pub fn dimensions(self) -> impl ExactSizeIterator<Item = DimensionRef<'a>> {
        let framework = self.key.framework;
        (0..self.data().dimensions.len()).map(move |dimension| DimensionRef {
            site: self.site,
            key: DimensionKey { framework, dimension },
        })
    }

    /// All aspects of all dimensions.
    pub fn aspects(self) -> impl Iterator<Item = AspectRef<'a>> {
        self.dimensions().flat_map(DimensionRef::aspects)
    }

    /// The pairs of stages that have a comparison.
    pub fn comparisons(self) -> impl Iterator<Item = ComparisonRef<'a>> {
        let framework = self.key.framework;
        self.data().compared().into_iter().map(move |(from, to)| ComparisonRef {
            site: self.site,
            key: ComparisonKey { framework, from, to },
        })
    }

    /// Does every pair of stages have a comparison?
    pub fn compares_all(self) -> bool {
        self.data().compares_all()
    }

    /// The stage of an id.
    pub fn find_stage(self, id: &str) -> Option<StageRef<'a>> {
        self.stages().find(|s| s.id().as_str() == id)
    }

    /// The dimension of an id.
    pub fn find_dimension(self, id: &str) -> Option<DimensionRef<'a>> {
        self.dimensions().find(|d| d.named(id))
    }
}

impl<'a> StageRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    /// What its framework's file says of it.
    pub fn content(self) -> &'a StageContent {
        &self.framework().content().stages[self.key.stage]
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.site.framework(FrameworkKey { framework: self.key.framework })
    }

    /// Its identifier.
    pub fn id(self) -> &'a StageId {
        &self.content().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.key.stage.saturating_add(1)
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Stage(self.key))
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.framework().data().stage_texts.get(self.key.stage)?.as_ref())
    }

    /// The stage before it.
    pub fn before(self) -> Option<Self> {
        Some(self.at(self.key.stage.checked_sub(1)?))
    }

    /// The stage after it.
    pub fn after(self) -> Option<Self> {
        Some(self.at(self.number())).filter(|next| next.key.stage < self.framework().content().stages.len())
    }

    fn at(self, stage: usize) -> Self {
        Self { key: StageKey { stage, ..self.key }, ..self }
    }

    /// This stage and another of its framework, the earlier first.
    pub fn compared_with(self, other: Self) -> ComparisonRef<'a> {
        let (from, to) = (self.key.stage.min(other.key.stage), self.key.stage.max(other.key.stage));
        self.site.comparison(ComparisonKey { framework: self.key.framework, from, to })
    }

    /// The page of the comparison with another stage of its framework, if the two have one.
    pub fn comparison(self, other: Self) -> Option<PageRef<'a>> {
        self.compared_with(other).page()
    }

    /// The guides and playbooks that say they are for it, in the order of the site.
    pub fn pages(self) -> impl Iterator<Item = PageRef<'a>> {
        self.site.note(Question::PagesFor(self.key));
        self.site.site.for_stages.get(&self.key).into_iter().flatten().map(move |id| self.site.page(*id))
    }
}

impl<'a> DimensionRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    fn data(self) -> &'a Dimension {
        let dimension = &self.site.site.frameworks[self.key.framework].dimensions[self.key.dimension];
        self.site.note_content(&dimension.content.file);
        dimension
    }

    /// Is this its id? A dimension's id is written in the framework's file.
    fn named(self, id: &str) -> bool {
        let framework = self.framework().data();
        framework.dimensions.get(self.key.dimension).is_some_and(|d| d.id.as_str() == id)
    }

    /// What its own file says.
    pub fn content(self) -> &'a DimensionContent {
        &self.data().content
    }

    /// Its file.
    pub fn file(self) -> &'a SourcePath {
        &self.content().file
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.site.framework(FrameworkKey { framework: self.key.framework })
    }

    /// Its identifier.
    pub fn id(self) -> &'a DimensionId {
        &self.data().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Dimension(self.key))
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.data().text.as_ref())
    }

    /// Its aspects in order.
    pub fn aspects(self) -> impl ExactSizeIterator<Item = AspectRef<'a>> {
        let DimensionKey { framework, dimension } = self.key;
        (0..self.data().aspects.len())
            .map(move |aspect| AspectRef { site: self.site, key: AspectKey { framework, dimension, aspect } })
    }

    /// The aspect of an id.
    pub fn find_aspect(self, id: &str) -> Option<AspectRef<'a>> {
        self.aspects().find(|a| a.id().as_str() == id)
    }

    /// How many of its aspects ask for something at a stage.
    pub fn asked(self, stage: StageRef<'a>) -> usize {
        self.aspects().filter(|a| !a.cell(stage).is_nothing()).count()
    }
}

impl<'a> AspectRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    fn data(self) -> &'a Aspect {
        &self.dimension().data().aspects[self.key.aspect]
    }

    /// What its dimension's file says of it.
    pub fn content(self) -> &'a AspectContent {
        self.data().content()
    }

    /// Its dimension's file.
    pub fn file(self) -> &'a SourcePath {
        self.dimension().file()
    }

    /// Its dimension.
    pub fn dimension(self) -> DimensionRef<'a> {
        let AspectKey { framework, dimension, .. } = self.key;
        self.site.dimension(DimensionKey { framework, dimension })
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.dimension().framework()
    }

    /// Its identifier.
    pub fn id(self) -> &'a AspectId {
        &self.content().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Aspect(self.key))
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.data().text.as_ref())
    }

    /// What it asks for at a stage.
    pub fn cell(self, stage: StageRef<'a>) -> CellRef<'a> {
        let AspectKey { framework, dimension, aspect } = self.key;
        CellRef { site: self.site, key: CellKey { framework, dimension, aspect, stage: stage.key.stage } }
    }

    /// What it asks for at each stage, in order.
    pub fn cells(self) -> impl ExactSizeIterator<Item = CellRef<'a>> {
        self.framework().stages().map(move |stage| self.cell(stage))
    }

    /// How a stage differs from an earlier one.
    pub fn change(self, from: StageRef<'a>, to: StageRef<'a>) -> Change {
        Change::between(self.cell(from).content(), self.cell(to).content())
    }

    /// The first stage that asks for something.
    pub fn starts(self) -> Option<StageRef<'a>> {
        self.cells().find(|cell| !cell.is_nothing()).map(CellRef::stage)
    }
}

impl<'a> CellRef<'a> {
    /// What is written in it; an empty one where nothing is.
    pub fn content(self) -> &'a Cell {
        self.aspect().data().cell(self.key.stage)
    }

    /// Its aspect.
    pub fn aspect(self) -> AspectRef<'a> {
        let CellKey { framework, dimension, aspect, .. } = self.key;
        self.site.aspect(AspectKey { framework, dimension, aspect })
    }

    /// Its stage.
    pub fn stage(self) -> StageRef<'a> {
        self.site.stage(StageKey { framework: self.key.framework, stage: self.key.stage })
    }

    /// The file it is written in.
    pub fn file(self) -> &'a SourcePath {
        self.aspect().file()
    }

    /// Its own text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.aspect().data().cell_texts.get(&self.key.stage))
    }

    /// Is nothing to be done?
    pub fn is_nothing(self) -> bool {
        self.content().is_nothing()
    }

    /// How it differs from the stage before; nothing at the first stage.
    pub fn change_before(self) -> Option<Change> {
        let before = self.aspect().cell(self.stage().before()?);
        Some(Change::between(before.content(), self.content()))
    }

    /// Does it ask for something that the stage before did not ask for?
    pub fn is_new(self) -> bool {
        match self.change_before() {
            Some(change) => matches!(change, Change::New | Change::Changed),
            None => !self.is_nothing(),
        }
    }

    /// Does it step: ask for something else than the stage before, be it less?
    pub fn steps(self) -> bool {
        self.change_before().map_or(!self.is_nothing(), |change| change != Change::Unchanged)
    }

    fn later(self) -> impl Iterator<Item = CellRef<'a>> {
        self.aspect().cells().skip(self.stage().number())
    }

    /// The next stage that asks for something else.
    pub fn until(self) -> Option<StageRef<'a>> {
        self.later()
            .find(|later| Change::between(self.content(), later.content()) != Change::Unchanged)
            .map(CellRef::stage)
    }

    /// The greatest effort of its activities, 1 to 5.
    pub fn effort(self) -> Option<u8> {
        self.content().activities.iter().filter_map(|a| a.effort).max()
    }

    /// The greatest impact of its activities, 1 to 5.
    pub fn impact(self) -> Option<u8> {
        self.content().activities.iter().filter_map(|a| a.impact).max()
    }

    /// The anchor of one of its activities on the aspect's page, when it holds several.
    pub fn anchor(self, activity: &str) -> String {
        format!("{}-{activity}", self.stage().id())
    }
}

impl<'a> ComparisonRef<'a> {
    /// The earlier stage.
    pub fn from(self) -> StageRef<'a> {
        self.site.stage(StageKey { framework: self.key.framework, stage: self.key.from })
    }

    /// The later stage.
    pub fn to(self) -> StageRef<'a> {
        self.site.stage(StageKey { framework: self.key.framework, stage: self.key.to })
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.from().framework()
    }

    /// Its page, if the two stages have one.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Comparison(self.key))
    }

    /// How an aspect changes between its stages.
    pub fn change(self, aspect: AspectRef<'a>) -> Change {
        aspect.change(self.from(), self.to())
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.framework().data().comparison_texts.get(&(self.key.from, self.key.to)))
    }

    /// What it is called.
    pub fn title(self) -> String {
        format!("{} to {}", self.from().title(), self.to().title())
    }
}

impl<'a> TermRef<'a> {
    /// What the glossary says of it.
    pub fn content(self) -> Option<&'a Term> {
        self.site.glossary()?.terms.get(self.key.term)
    }
}

impl<'a> AssetRef<'a> {
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
