//! Where references lead in exports.

use crate::site::pages::{Destination, Target};
use crate::view::context::PageContext;
use crate::view::href::{absolute, absolute_url, encode_path};

/// The URL of a destination: absolute when the site knows where it will lie, and else as seen from the page.
pub fn url(cx: &PageContext<'_>, to: &Destination) -> String {
    let config = cx.site().config();
    let absolute = match to {
        Destination::External(_) => None,
        Destination::Page(Target { page, anchor }) => absolute_url(cx.site().page(*page)).map(|url| {
            let anchor = anchor.as_ref().map(|anchor| format!("#{}", encode_path(anchor)));
            url + &anchor.unwrap_or_default()
        }),
        Destination::Asset(key) => absolute(config, cx.site().asset(*key).content().permalink.as_str()),
    };
    absolute.unwrap_or_else(|| cx.href_to(to))
}
