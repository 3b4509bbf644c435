//! Pages that hold nothing of the content: the search, and what is shown where there is no page.

use crate::view::context::PageContext;
use crate::view::header;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::text::{DocumentView, FaqView};
use serde::Serialize;

/// The search. It works in the reader's browser; its page has nothing but its frame.
pub struct Search;

/// What is shown where there is no page.
pub struct NotFound;

/// The search page.
#[derive(Hash, Serialize)]
pub struct SearchPage {}

/// The page for addresses that lead nowhere.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct NotFoundPage {
    /// What its author has written instead of our own words.
    pub text: Option<DocumentView>,
    /// Where one may have wanted to go.
    pub suggestions: Vec<Link>,
}

impl<'a> Kind<'a> for Search {
    type View = SearchPage;
    const NAME: &'static str = "search";

    fn view(&self, _: &mut PageContext<'a>) -> SearchPage {
        SearchPage {}
    }
}

impl<'a> Kind<'a> for NotFound {
    type View = NotFoundPage;
    const NAME: &'static str = "not-found";

    fn template() -> String {
        "404.html".to_owned()
    }

    fn questions(view: &NotFoundPage) -> Vec<&FaqView> {
        view.text.iter().flat_map(|text| &text.faq).collect()
    }

    fn view(&self, cx: &mut PageContext<'a>) -> NotFoundPage {
        let home = Link::new(cx.phrase("home", &[]), cx.links().page(cx.site().home()));
        let text = cx.page().document().is_some().then(|| cx.document());
        NotFoundPage { text, suggestions: std::iter::once(home).chain(header::links(cx)).collect() }
    }
}
