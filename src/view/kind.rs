//! What a kind of page is.

use super::context::PageContext;
use super::export::Export;
use super::structured;
use super::text::FaqView;
use super::words::Words;
use crate::site::handle::PageRef;
use serde::Serialize;
use serde_json::Value;
use std::hash::Hash;
use xxhash_rust::xxh3::Xxh3;

/// What a kind of page is; `'a` is the site's.
pub trait Kind<'a> {
    /// What its template gets as `page`.
    type View: Hash + Serialize + 'static;

    /// Its name: the page's class.
    const NAME: &'static str;

    /// The name of its template.
    fn template() -> String {
        format!("{}.html", Self::NAME)
    }

    /// What its template gets as `page`.
    fn view(&self, cx: &mut PageContext<'a>) -> Self::View;

    /// The questions with answers that the page shows.
    fn questions(_: &Self::View) -> Vec<&FaqView> {
        Vec::new()
    }

    /// JSON-LD beside breadcrumbs and questions.
    fn json_ld(&self, _page: PageRef<'a>, _: &Self::View) -> Option<Value> {
        None
    }

    /// What the search finds of it, each at an anchor (empty for the page itself).
    fn records(&self, _: &mut PageContext<'a>) -> Vec<(String, Words)> {
        Vec::new()
    }

    /// The same content as data, for kinds with `has_data`.
    fn export(&self, _: &mut PageContext<'a>) -> Option<Export> {
        None
    }
}

/// What a page shows.
pub trait Shown {
    /// Feeds all of it to a hasher.
    fn hash_into(&self, hasher: &mut Xxh3);

    /// As a template gets it.
    ///
    /// # Errors
    /// When it cannot be made a value of the templates' language.
    fn to_value(&self) -> tera::TeraResult<tera::Value>;
}

impl<T: Hash + Serialize> Shown for T {
    fn hash_into(&self, hasher: &mut Xxh3) {
        self.hash(hasher);
    }

    fn to_value(&self) -> tera::TeraResult<tera::Value> {
        tera::Value::try_from_serializable(self)
    }
}

/// What a page shows, and what it says of that to machines.
pub struct Exhibit {
    /// What its template gets as `page`.
    pub page: Box<dyn Shown>,
    /// JSON-LD beside breadcrumbs.
    pub json_ld: Vec<Value>,
}

/// A kind of page, whichever it is.
pub trait Room<'a> {
    /// Its name.
    fn name(&self) -> &'static str;

    /// The name of its template.
    fn template(&self) -> String;

    /// What the page shows.
    fn show(&self, cx: &mut PageContext<'a>) -> Exhibit;

    /// What the search finds of it, each at an anchor.
    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)>;

    /// The same content as data.
    fn export(&self, cx: &mut PageContext<'a>) -> Option<Export>;
}

impl<'a, K: Kind<'a>> Room<'a> for K {
    fn name(&self) -> &'static str {
        K::NAME
    }

    fn template(&self) -> String {
        K::template()
    }

    fn show(&self, cx: &mut PageContext<'a>) -> Exhibit {
        let view = self.view(cx);
        let own = self.json_ld(cx.page(), &view);
        let questions = structured::questions(K::questions(&view));
        Exhibit { json_ld: own.into_iter().chain(questions).collect(), page: Box::new(view) }
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        Kind::records(self, cx)
    }

    fn export(&self, cx: &mut PageContext<'a>) -> Option<Export> {
        Kind::export(self, cx)
    }
}
