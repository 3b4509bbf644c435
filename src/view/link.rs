//! Links with their texts.

use super::context::PageContext;
use crate::content::address::Address;
use crate::content::listed::{Listed, shown};
use crate::content::prose::Reference;
use crate::site::handle::PageRef;
use crate::site::pages::Target;
use crate::site::referent::Referent;
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

/// A link that says why one would follow it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Noted {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Why one would follow it.
    pub note: Option<String>,
}

/// Links that an author listed.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct LinkList {
    /// To parts of this site.
    pub here: Vec<Noted>,
    /// To other sites.
    pub elsewhere: Vec<Noted>,
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

    /// Pages on the same matter, under their short labels; none leads to the page itself.
    pub fn related<'l>(&self, links: impl IntoIterator<Item = &'l Listed>) -> LinkList {
        self.links_by(links, |referent, target| (target.page != self.page().id()).then(|| referent.label()))
    }

    /// The links that an author listed: those to this site, and apart from them those to others.
    pub fn listed<'l>(&self, links: impl IntoIterator<Item = &'l Listed>) -> LinkList {
        self.links_by(links, |referent, _| Some(referent.standalone_label()))
    }

    fn links_by<'l>(
        &self,
        links: impl IntoIterator<Item = &'l Listed>,
        label: impl Fn(&Referent<'_>, &Target) -> Option<String>,
    ) -> LinkList {
        let mut view = LinkList::default();
        for link in links {
            let own = |title: String| link.title.clone().unwrap_or(title);
            match &link.to {
                Reference::Address(address) => {
                    let Ok(referent) = self.site().resolve(address) else { continue };
                    let Some(target) = referent.place() else { continue };
                    let Some(label) = label(&referent, &target) else { continue };
                    let title = own(label);
                    view.here.push(Noted {
                        title,
                        href: self.links().target(&target),
                        note: link.note.clone(),
                    });
                }
                Reference::External(url) => {
                    let noted = Noted { title: own(shown(url)), href: url.clone(), note: link.note.clone() };
                    view.elsewhere.push(noted);
                }
                Reference::Path { .. } | Reference::Anchor(_) => {}
            }
        }
        view
    }

    /// Links to what addresses name, with labels that can be understood away from their dimension.
    pub fn addresses(&self, addresses: &[Spanned<Address>]) -> Vec<Link> {
        let found = addresses.iter().filter_map(|address| self.site().resolve(&address.value).ok());
        found.filter_map(|referent| self.referent(referent.standalone_label(), &referent)).collect()
    }
}
