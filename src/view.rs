//! The site as its pages show it: small structs, in order, with links made. Templates decide nothing.

pub(crate) mod about;
pub(crate) mod advice;
pub(crate) mod block;
pub(crate) mod context;
pub(crate) mod entry;
pub(crate) mod export;
pub mod frame;
pub(crate) mod header;
pub(crate) mod href;
mod included;
pub(crate) mod kind;
pub(crate) mod kinds;
pub(crate) mod link;
pub(crate) mod matrix;
mod media;
pub(crate) mod names;
pub(crate) mod nav;
pub(crate) mod picture;
pub(crate) mod prose;
pub(crate) mod search;
pub(crate) mod structured;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod words;

use crate::hash::Hash;
use crate::site::handle::PageRef;
use context::PageContext;
use frame::{Frame, ThemeAssets};
use kind::Shown;
use std::hash::Hash as _;
use xxhash_rust::xxh3::Xxh3;

/// A page as a template gets it.
pub struct View {
    /// The template's name.
    pub template: String,
    /// What all pages have.
    pub frame: Frame,
    /// What this kind of page shows.
    pub page: Box<dyn Shown>,
}

impl View {
    /// Changes when anything does that the template gets.
    pub fn key(&self, theme: Hash) -> Hash {
        let mut hasher = Xxh3::new();
        (theme, &self.template, &self.frame).hash(&mut hasher);
        self.page.hash_into(&mut hasher);
        Hash(hasher.digest128().to_le_bytes())
    }
}

/// The view of one page of the output.
pub fn view(assets: &ThemeAssets, page: PageRef<'_>) -> View {
    let mut cx = PageContext::new(page);
    let room = kinds::of(page);
    let shown = room.show(&mut cx);
    let chosen = page.document().and_then(|d| d.front_matter.template.as_ref()).map(|t| t.value.clone());
    View {
        template: chosen.unwrap_or_else(|| room.template()),
        frame: frame::frame(&cx, assets, room.name(), shown.json_ld),
        page: shown.page,
    }
}
