//! What all pages show of a site without asking for any file's content, as one hash; and with it the keys of pages.

use super::Site;
use super::asked::Question;
use super::handle::SiteRef;
use super::pages::{PageId, PageKind};
use crate::hash::Hash;
use crate::span::SourcePath;
use std::hash::Hash as HashValue;
use xxhash_rust::xxh3::Xxh3;

/// Everything that pages show of a site without asking for any file's content.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Surroundings(Hash);

impl Surroundings {
    /// Of a site rendered with the theme of this hash.
    pub fn of(site: &Site, theme: Hash) -> Self {
        // Every field has its place here: it is hashed, or it can only be read by asking.
        let Site {
            config: _, // `settings`
            settings,
            documents: _,
            frameworks: _,
            vocabularies,
            glossary: _,
            terms: _,    // found in texts by asking for the glossary
            snippets: _, // their files are asked for; parameters stand in the texts that embed them
            files,
            code: _,              // asked for as content
            default_framework: _, // follows from `settings` and from which frameworks have pages
            assets,
            pages,
            tags,
            categories,
            redirects: _, // no page shows them
            shown: _,     // no page shows which
            backlinks: _,
            series,
            for_stages: _, // asked for with the backlinks of a stage's page
            navigation,
            lookup: _, // made from the pages and the assets
            anchors: _,
        } = site;
        let mut hasher = Xxh3::new();
        (theme, settings, vocabularies, pages, tags, categories, series, navigation).hash(&mut hasher);
        // A file that comes or goes can be the answer to what had none.
        let mut paths: Vec<&SourcePath> = files.keys().collect();
        paths.sort_unstable();
        paths.hash(&mut hasher);
        for asset in assets {
            (&asset.permalink, asset.size, &asset.smaller).hash(&mut hasher);
        }
        Self(Hash(hasher.digest128().to_le_bytes()))
    }

    /// Changes when any of these questions has another answer than it had.
    pub fn key(&self, site: SiteRef<'_>, page: PageId, asked: &[Question]) -> Hash {
        let mut hasher = Xxh3::new();
        (self.0, page).hash(&mut hasher);
        for question in asked {
            match question {
                Question::Content(file) => site.file_hash(file).hash(&mut hasher),
                Question::Description(id) => {
                    site.site.pages.get(id.0).map(|p| &p.description).hash(&mut hasher);
                }
                Question::Backlinks(id) => {
                    // A page that refers to a stage may come to be for it, and the other way round.
                    let for_it = site.site.pages.get(id.0).and_then(|page| match page.kind {
                        PageKind::Stage(stage) => site.site.for_stages.get(&stage),
                        _ => None,
                    });
                    (site.site.backlinks.get(id.0), for_it).hash(&mut hasher);
                }
                // The page may be one of an earlier site that had more.
                Question::Places(id) => {
                    let is_there = site.site.pages.get(id.0).is_some();
                    is_there.then(|| site.unnoted().anchors(*id).places()).hash(&mut hasher);
                }
            }
        }
        Hash(hasher.digest128().to_le_bytes())
    }
}
