//! A guide, or any other text of its own.

use crate::site::handle::PageRef;
use crate::view::block::Block;
use crate::view::context::PageContext;
use crate::view::entry::Meta;
use crate::view::kind::Kind;
use crate::view::structured;
use crate::view::text::FaqView;
use crate::view::words::Words;
use serde::Serialize;
use serde_json::Value;

/// A guide.
pub struct Guide;

/// A guide or any other page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GuidePage {
    /// Its text.
    pub blocks: Vec<Block>,
    /// What goes with its text.
    pub meta: Meta,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

impl<'a> Kind<'a> for Guide {
    type View = GuidePage;
    const NAME: &'static str = "page";

    fn view(&self, cx: &mut PageContext<'a>) -> GuidePage {
        let text = cx.document();
        GuidePage {
            meta: cx.meta(),
            blocks: text.blocks,
            takeaways: text.takeaways,
            faq: text.faq,
            extra: text.extra,
        }
    }

    fn questions(view: &GuidePage) -> Vec<&FaqView> {
        view.faq.iter().collect()
    }

    fn json_ld(&self, page: PageRef<'a>, view: &GuidePage) -> Option<Value> {
        Some(structured::article(page, &view.meta.authors))
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let page = cx.page();
        let Some(document) = page.document() else { return Vec::new() };
        let file = &document.file;
        let stages = page.stages().map(|stage| stage.title().to_owned());
        let mut words = Words::new(cx.site(), "Guide", page.title(), stages);
        words.paragraph(document.front_matter.description.as_deref().unwrap_or_default());
        for takeaway in &document.takeaways {
            words.prose(cx, file, takeaway);
        }
        words.prose(cx, file, &document.body);
        words.faq(cx, file, &document.faq);
        vec![(String::new(), words)]
    }
}
