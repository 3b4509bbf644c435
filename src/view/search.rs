//! What the search knows of each page: its own words, without what surrounds them or is shown elsewhere too.
//!
//! A record is made from the site and not from the rendered page, so a change of the theme needs no new index,
//! and a cell of a framework is found where it is explained and not in every table that shows it.

use super::context::PageContext;
use super::kinds;
use crate::site::handle::{PageRef, SiteRef};

/// Does this build make an index of all texts? Without one, what has a name is found all the same.
pub const HAS_TEXTS: bool = cfg!(feature = "search");

/// One thing that can be found.
#[cfg_attr(not(feature = "search"), expect(dead_code, reason = "nothing indexes it then"))]
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it lies, from the site's root.
    pub url: String,
    /// Its words as a small HTML document, headings with their anchors.
    pub html: String,
}

/// Is a page to be found? Its author may say no.
pub fn is_found(page: PageRef<'_>) -> bool {
    page.is_listed() && page.document().is_none_or(|d| d.front_matter.search != Some(false))
}

/// All records, in the order of the site.
pub fn records(site: SiteRef<'_>) -> Vec<Record> {
    let found = site.pages().flat_map(|page| {
        let records = if is_found(page) {
            PageContext::new(page).quietly(|cx| kinds::of(page).records(cx))
        } else {
            Vec::new()
        };
        let url = page.permalink.as_str().to_owned();
        records
            .into_iter()
            .map(move |(anchor, words)| Record { url: format!("{url}{anchor}"), html: words.finish() })
    });
    found.collect()
}
