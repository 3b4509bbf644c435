//! Links with their texts.

use super::context::PageContext;
use crate::content::address::Address;
use crate::site::handle::PageRef;
use crate::site::resolve::Referent;
use crate::span::Spanned;
use serde::Serialize;

/// A link with its text.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Link {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into() }
    }
}

impl PageContext<'_> {
    /// A link to a page under its title.
    pub fn link(&self, to: PageRef<'_>) -> Link {
        Link::new(to.title(), self.links().page(to))
    }

    /// A link under a text of its own; it leads nowhere when there is no such page.
    pub fn titled(&self, title: &str, to: Option<PageRef<'_>>) -> Link {
        Link::new(title, self.href(to).unwrap_or_default())
    }

    /// Where a page lies, when there is one.
    pub fn href(&self, to: Option<PageRef<'_>>) -> Option<String> {
        to.map(|page| self.links().page(page))
    }

    /// A link to what an address names.
    pub fn referent(&self, label: String, referent: &Referent<'_>) -> Option<Link> {
        Some(Link::new(label, self.links().target(&referent.place()?)))
    }

    /// Links to what addresses name, with labels that can be understood away from their dimension.
    pub fn addresses(&self, addresses: &[Spanned<Address>]) -> Vec<Link> {
        let found = addresses.iter().filter_map(|address| self.site().resolve(&address.value).ok());
        found.filter_map(|referent| self.referent(referent.standalone_label(), &referent)).collect()
    }
}
