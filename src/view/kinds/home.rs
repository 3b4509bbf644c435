//! The home page.

use crate::site::handle::{FrameworkRef, PageRef};
use crate::site::pages::{FrameworkPage, PageKind};
use crate::view::advice::{self, Advice, Glance};
use crate::view::block::{Block, StagesView};
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
    /// For each answer, what to do first and what to leave.
    pub advice: Vec<Advice>,
    /// All of it at a glance.
    pub glance: Glance,
    /// Its stages with their facts.
    pub table: StagesView,
    /// The comparisons of neighbouring stages.
    pub steps: Vec<Link>,
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
                advice: framework.stages().map(|stage| advice::of_stage(cx, stage)).collect(),
                glance: advice::glance(cx, framework),
                table: table::stages(cx, framework),
                steps: table::steps(cx, framework),
                compare: cx.href(framework.page_of(FrameworkPage::Comparisons)),
                assess: cx.href(framework.page_of(FrameworkPage::Assessment)),
            })
        });
        // A section that holds nothing but the framework above would say it twice.
        let shown = site.default_framework().and_then(FrameworkRef::page);
        let is_more = |page: &PageRef<'a>| page.children().any(|child| Some(child) != shown);
        let sections = cx.page().children().filter(|page| page.kind == PageKind::Section).filter(is_more);
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
