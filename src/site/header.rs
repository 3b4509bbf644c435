//! The entries of the header, as every page shows them.

use super::pages::Destination;

/// A link of the header, or a menu of links.
#[derive(Debug, Hash)]
#[allow(missing_docs)] // named after what they are
pub enum HeaderEntry {
    Link(HeaderLink),
    Menu { title: String, links: Vec<HeaderLink> },
}

/// A link of the header.
#[derive(Debug, Hash)]
pub struct HeaderLink {
    /// Its text.
    pub title: String,
    /// Where it leads.
    pub to: Destination,
}

impl HeaderEntry {
    /// Its links: itself, or those of the menu.
    pub fn links(&self) -> &[HeaderLink] {
        match self {
            Self::Link(link) => std::slice::from_ref(link),
            Self::Menu { links, .. } => links,
        }
    }
}
