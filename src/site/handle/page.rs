//! What is asked of pages.

use super::{FrameworkRef, PageRef, SiteRef};
use crate::content::document::{Document, Text};
use crate::site::asked::Question;
use crate::site::pages::{HOME, Page, PageId, PageKind};
use crate::span::SourcePath;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

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
        self.id == HOME
    }

    /// What it belongs to; the home page belongs to itself.
    #[must_use]
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
            (PageKind::Home, _) => self.texts().get("home"),
            (PageKind::Aspect(_), Some(context)) => format!("{context}: {}", self.title()),
            (PageKind::Stage(_), Some(context)) if several => format!("{context}: {}", self.title()),
            _ => self.title().to_owned(),
        }
    }

    /// Is it listed in sitemaps and the like?
    pub fn is_public(self) -> bool {
        !matches!(self.page.kind, PageKind::NotFound | PageKind::Search | PageKind::Print(_))
            && self.is_listed()
            && self.document().is_none_or(|d| !d.front_matter.draft && d.front_matter.search != Some(false))
    }
}
