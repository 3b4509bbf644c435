//! A folder.

use crate::view::block::Block;
use crate::view::context::PageContext;
use crate::view::entry::Entry;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::text::FaqView;
use serde::Serialize;

/// A folder.
pub struct Section;

/// A section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionPage {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Series of playbooks within it.
    pub series: Vec<Vec<Link>>,
    /// What lies in it.
    pub entries: Vec<Entry>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

impl<'a> Kind<'a> for Section {
    type View = SectionPage;
    const NAME: &'static str = "section";

    fn view(&self, cx: &mut PageContext<'a>) -> SectionPage {
        let page = cx.page();
        let text = cx.document();
        let series = cx.site().series().filter(|series| series.iter().all(|one| one.parent() == page));
        SectionPage {
            series: series.map(|series| series.iter().map(|one| cx.link(*one)).collect()).collect(),
            entries: page.children().map(|child| cx.entry(child)).collect(),
            blocks: text.blocks,
            takeaways: text.takeaways,
            faq: text.faq,
            extra: text.extra,
        }
    }

    fn questions(view: &SectionPage) -> Vec<&FaqView> {
        view.faq.iter().collect()
    }
}
