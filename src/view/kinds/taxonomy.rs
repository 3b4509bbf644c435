//! Tags and categories: all of them, and what carries one.

use crate::site::handle::PageRef;
use crate::site::pages::{PageKind, Taxonomy};
use crate::view::context::PageContext;
use crate::view::entry::Entry;
use crate::view::kind::Kind;
use crate::view::link::Link;
use serde::Serialize;

/// All tags, or all categories.
pub struct Terms(pub Taxonomy);

/// A tag or a category, by its number.
pub struct Term(pub Taxonomy, pub usize);

/// All tags or all categories.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TermsPage {
    /// Each with its number of pages.
    pub entries: Vec<TermEntry>,
}

/// A tag in the list of tags.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TermEntry {
    /// The tag's page.
    pub link: Link,
    /// How many pages and aspects carry it.
    pub count: usize,
}

/// A tag or a category.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TermPage {
    /// Pages that carry it.
    pub pages: Vec<Entry>,
    /// Aspects that carry it, by dimension.
    pub dimensions: Vec<TermDimension>,
}

/// A dimension whose aspects carry a tag.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TermDimension {
    /// The dimension.
    pub link: Link,
    /// The aspects.
    pub aspects: Vec<Link>,
}

impl<'a> Kind<'a> for Terms {
    type View = TermsPage;
    const NAME: &'static str = "taxonomy";

    fn view(&self, cx: &mut PageContext<'a>) -> TermsPage {
        let entry = |(number, page): (usize, PageRef<'a>)| TermEntry {
            link: cx.link(page),
            count: cx.site().members(self.0, number).len(),
        };
        TermsPage { entries: cx.page().children().enumerate().map(entry).collect() }
    }
}

impl<'a> Kind<'a> for Term {
    type View = TermPage;
    const NAME: &'static str = "taxon";

    fn view(&self, cx: &mut PageContext<'a>) -> TermPage {
        let mut pages = Vec::new();
        let mut dimensions: Vec<(PageRef<'a>, TermDimension)> = Vec::new();
        for page in cx.site().members(self.0, self.1) {
            if !matches!(page.kind, PageKind::Aspect(_)) {
                pages.push(cx.entry(page));
                continue;
            }
            let dimension = page.parent();
            match dimensions.last_mut() {
                Some((last, term)) if *last == dimension => term.aspects.push(cx.link(page)),
                _ => {
                    let term = TermDimension { link: cx.link(dimension), aspects: vec![cx.link(page)] };
                    dimensions.push((dimension, term));
                }
            }
        }
        TermPage { pages, dimensions: dimensions.into_iter().map(|(_, term)| term).collect() }
    }
}
