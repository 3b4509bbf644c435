//! What the search knows of each page: its own words, without what surrounds them or is shown elsewhere too.
//!
//! A record is made from the site and not from the rendered page, so a change of the theme needs no new index,
//! and a cell of a framework is found where it is explained and not in every table that shows it.

use super::context::PageContext;
use super::kinds;
use crate::site::handle::SiteRef;

/// One thing that can be found.
#[cfg_attr(not(feature = "search"), expect(dead_code, reason = "nothing indexes it then"))]
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it lies, from the site's root.
    pub url: String,
    /// Its words as a small HTML document, headings with their anchors.
    pub html: String,
}

/// All records, in the order of the site.
pub fn records(site: SiteRef<'_>) -> Vec<Record> {
    let found = site.pages().flat_map(|page| {
        let hidden =
            !page.is_listed() || page.document().is_some_and(|d| d.front_matter.search == Some(false));
        let records = if hidden {
            Vec::new()
        } else {
            PageContext::new(page).quietly(|cx| kinds::of(page).records(cx))
        };
        let url = page.permalink.as_str().to_owned();
        records
            .into_iter()
            .map(move |(anchor, words)| Record { url: format!("{url}{anchor}"), html: words.finish() })
    });
    found.collect()
}
