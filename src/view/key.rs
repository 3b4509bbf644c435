//! A key for a page's view that is known without building the view.
//!
//! A guide's or playbook's view depends on its own file, on who refers to it, and on its surroundings: where
//! pages lie and what they are called, the frameworks' names, the glossary, the configuration, the theme. It does
//! not depend on the other pages' texts, unless it embeds something. So an edit of one text leaves the keys of
//! all other pages as they are, and their views need not be built to see that nothing changed.

use crate::content::address::Address;
use crate::content::prose::{Reference, SlotKind};
use crate::hash::Hash;
use crate::site::pages::{PageId, PageKind};
use crate::site::resolve::Referent;
use crate::site::{Part, Site};
use std::hash::Hash as _;
use xxhash_rust::xxh3::Xxh3;

/// Everything a page shows that is not written in its own file.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings(Hash);

impl Surroundings {
    /// Of a site rendered with the theme of this hash.
    pub fn of(site: &Site, theme: Hash) -> Self {
        let mut h = Xxh3::new();
        theme.hash(&mut h);
        site.settings.hash(&mut h);
        site.file_hash(site.glossary.as_ref().map(|g| &g.file)).hash(&mut h);
        for node in &site.pages {
            (node.kind, &node.permalink, &node.title, node.parent, &node.children, &node.file, node.updated)
                .hash(&mut h);
        }
        for page in &site.documents {
            for heading in page.headings() {
                (&heading.id, &heading.text).hash(&mut h);
            }
            for faq in &page.faq {
                faq.id.hash(&mut h);
            }
        }
        for f in &site.frameworks {
            (&f.id, &f.content.title).hash(&mut h);
            for stage in f.stages() {
                (&stage.id, &stage.title, &stage.name).hash(&mut h);
            }
            for (d, _, aspect) in f.aspects() {
                (d, aspect.id(), &aspect.content().title).hash(&mut h);
            }
            for dimension in &f.dimensions {
                (&dimension.id, &dimension.content.title).hash(&mut h);
            }
        }
        for asset in &site.assets {
            (&asset.permalink, asset.size).hash(&mut h);
        }
        for taxon in site.tags.iter().chain(&site.categories) {
            (&taxon.slug, &taxon.name).hash(&mut h);
        }
        (&site.series, site.default_framework).hash(&mut h);
        Self(Hash(h.digest128().to_le_bytes()))
    }

    /// The key of a page; `None` for kinds and pages that show what is written elsewhere.
    pub fn key(&self, site: &Site, id: PageId) -> Option<Hash> {
        let node = site.page(id);
        if !matches!(node.kind, PageKind::Guide(_) | PageKind::Playbook(_)) {
            return None;
        }
        let mut shows_others = false;
        site.parts(id, &mut |part| match part {
            Part::Prose(_, prose) => {
                shows_others |= prose.slots.iter().any(|slot| match &slot.kind {
                    SlotKind::Embed(_) => true,
                    SlotKind::Link(Reference::Address(a)) | SlotKind::Label(Reference::Address(a)) => {
                        reads_a_framework(site, a)
                    }
                    // Whether a place exists on a framework's page can depend on its cells and texts.
                    SlotKind::Link(Reference::Path { anchor: Some(_), path }) => path.contains("frameworks"),
                    _ => false,
                });
            }
            Part::Address(_, address) => shows_others |= reads_a_framework(site, &address.value),
        });
        if shows_others {
            return None;
        }
        let own = site.file_hash(node.file.as_ref())?;
        let mut h = Xxh3::new();
        (self.0, id, own, &site.backlinks[id.0]).hash(&mut h);
        Some(Hash(h.digest128().to_le_bytes()))
    }
}

/// Links to an activity show its text, links to a dimension at a stage depend on what the stage asks for, and whether
/// a place exists on a framework's page depends on its files.
fn reads_a_framework(site: &Site, address: &Address) -> bool {
    match address {
        Address::Path { at: Some(_), parts, anchor, .. } => anchor.is_some() || !parts.is_empty(),
        Address::Path { anchor: Some(_), .. } => !matches!(site.resolve(address), Ok(Referent::Page(..))),
        Address::Term(_) | Address::Path { .. } => false,
    }
}
