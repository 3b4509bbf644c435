//! The home page.

use crate::site::handle::PageRef;
use crate::site::pages::{FrameworkPage, PageKind};
use crate::view::block::{Block, StageSummary, StagesView, YourStage};
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::table;
use crate::view::text::FaqView;
use serde::Serialize;

/// How many pages a section's card names.
const NAMED: usize = 5;

/// The home page.
pub struct Home;

/// The home page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HomePage {
    /// Its text.
    pub blocks: Vec<Block>,
    /// The default framework.
    pub framework: Option<HomeFramework>,
    /// The top sections with what lies in them.
    pub sections: Vec<SectionCard>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// The default framework on the home page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HomeFramework {
    /// Its page.
    pub link: Link,
    /// One or two sentences about it.
    pub summary: String,
    /// Its stages.
    pub stages: Vec<StageSummary>,
    /// For a reader who has said where the team is, what matters there.
    pub yours: Vec<YourStage>,
    /// Its stages with their facts.
    pub table: StagesView,
    /// Its comparisons.
    pub compare: Option<String>,
    /// Its self-assessment.
    pub assess: Option<String>,
}

/// A section as a card.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionCard {
    /// The section.
    pub link: Link,
    /// What it is about.
    pub description: String,
    /// Its first pages.
    pub entries: Vec<Link>,
    /// How many pages it has.
    pub count: usize,
}

impl<'a> Kind<'a> for Home {
    type View = HomePage;
    const NAME: &'static str = "home";

    fn view(&self, cx: &mut PageContext<'a>) -> HomePage {
        let site = cx.site();
        let text = cx.document();
        let framework = site.default_framework().and_then(|framework| {
            Some(HomeFramework {
                link: cx.link(framework.page()?),
                summary: framework.content().summary.clone(),
                stages: framework.stages().map(|stage| table::stage_summary(cx, stage)).collect(),
                yours: framework.stages().map(|stage| table::your_stage(cx, stage)).collect(),
                table: table::stages(cx, framework),
                compare: cx.href(framework.page_of(FrameworkPage::Comparisons)),
                assess: cx.href(framework.page_of(FrameworkPage::Assessment)),
            })
        });
        let sections = cx.page().children().filter(|page| page.kind == PageKind::Section);
        HomePage {
            framework,
            sections: sections.map(|section| card(cx, section)).collect(),
            blocks: text.blocks,
            takeaways: text.takeaways,
            faq: text.faq,
            extra: text.extra,
        }
    }

    fn questions(view: &HomePage) -> Vec<&FaqView> {
        view.faq.iter().collect()
    }
}

fn card(cx: &PageContext<'_>, section: PageRef<'_>) -> SectionCard {
    SectionCard {
        link: cx.link(section),
        description: section.description().to_owned(),
        entries: section.children().take(NAMED).map(|page| cx.link(page)).collect(),
        count: section.children().len(),
    }
}
