//! The header's links and menus, as seen from one page.

use super::context::PageContext;
use super::link::Link;
use crate::site::handle::PageRef;
use crate::site::header::{HeaderEntry, HeaderLink};
use crate::site::pages::{Destination, PageId};
use serde::Serialize;

/// How many entries stand in the header itself; what follows is in a menu.
const IN_HEADER: usize = 6;

/// An entry of the header: a link, or a menu when it has items.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HeaderItem {
    /// The text.
    pub title: String,
    /// Where it leads; empty for a menu.
    pub href: String,
    /// The current page lies below it, or below one of its items.
    pub current: bool,
    /// How a link to another site is marked.
    pub external: Option<External>,
    /// What the menu holds. The last menu of a long header may hold menus, which are shown as lists in it.
    pub items: Vec<HeaderItem>,
}

/// How links to other sites are marked.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct External {
    /// It opens in a new tab.
    pub new_tab: bool,
    /// What the link says of itself.
    pub rel: Option<&'static str>,
}

/// The header: its first entries, and the others in a menu.
pub fn header(cx: &PageContext<'_>) -> Vec<HeaderItem> {
    let above: Vec<PageId> = cx.page().ancestors().filter(|page| !page.is_home()).map(PageRef::id).collect();
    let link = |link: &HeaderLink| item(cx, link, &above);
    let entry = |entry: &HeaderEntry| match entry {
        HeaderEntry::Link(one) => link(one),
        HeaderEntry::Menu { title, links } => {
            HeaderItem::menu(title.clone(), links.iter().map(link).collect())
        }
    };
    let mut items: Vec<HeaderItem> = cx.site().navigation().iter().map(entry).collect();
    if items.len() > IN_HEADER {
        let more = items.split_off(IN_HEADER);
        items.push(HeaderItem::menu(cx.phrase("more-links", &[]), more));
    }
    items
}

impl HeaderItem {
    fn menu(title: String, items: Vec<Self>) -> Self {
        let current = items.iter().any(|item| item.current);
        Self { title, href: String::new(), current, external: None, items }
    }
}

fn item(cx: &PageContext<'_>, link: &HeaderLink, above: &[PageId]) -> HeaderItem {
    let options = cx.site().config().markdown_options();
    let (current, external) = match &link.to {
        Destination::Page(target) => (target.anchor.is_none() && above.contains(&target.page), None),
        Destination::Asset(_) => (false, None),
        Destination::External(_) => {
            (false, Some(External { new_tab: options.external_new_tab, rel: options.external_rel() }))
        }
    };
    HeaderItem { title: link.title.clone(), href: cx.href_to(&link.to), current, external, items: Vec::new() }
}

/// All links of the header, one after the other.
pub fn links(cx: &PageContext<'_>) -> impl Iterator<Item = Link> {
    let links = cx.site().navigation().iter().flat_map(HeaderEntry::links);
    links.map(|link| Link::new(&link.title, cx.href_to(&link.to)))
}
