//! A framework's overview.

use crate::content::sentence;
use crate::site::handle::{DimensionRef, FrameworkRef, GroupRef};
use crate::site::pages::FrameworkPage as Other;
use crate::view::advice::{self, Glance};
use crate::view::block::{Block, StagesView};
use crate::view::context::PageContext;
use crate::view::export::{self, Export};
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::text::{FaqView, TextView};
use crate::view::words::Words;
use crate::view::{picture, table};
use serde::Serialize;

/// A framework.
pub struct Framework<'a>(pub FrameworkRef<'a>);

/// A framework's overview.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FrameworkPage {
    /// One or two sentences about it.
    pub summary: String,
    /// Its text.
    pub text: TextView,
    /// Its stages with their facts.
    pub stages: StagesView,
    /// Its dimensions, by group.
    pub groups: Vec<DimensionGroup>,
    /// How many aspects start at each stage, as a picture.
    pub starts: picture::Bars,
    /// Dimensions by stages, as a picture.
    pub heat: picture::HeatMap,
    /// The way to the matrix.
    pub glance: Glance,
    /// The questions to ask before building.
    pub decisions: Vec<DecisionView>,
    /// Questions and answers of the framework's own file.
    pub faq: Vec<FaqView>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Comparisons of neighbouring stages.
    pub comparisons: Vec<Link>,
    /// All comparisons.
    pub compare: Option<String>,
    /// Its self-assessment.
    pub assess: Option<String>,
    /// All that it has a page for beside its parts, these two among them.
    pub ways: Vec<Link>,
    /// How many aspects it has.
    pub aspects: usize,
    /// How many dimensions it has.
    pub dimensions: usize,
}

/// Dimensions of one group.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionGroup {
    /// The group's name.
    pub title: Option<Link>,
    /// One or two sentences about it.
    pub summary: String,
    /// Its colour, as CSS has it.
    pub color: Option<String>,
    /// Its dimensions.
    pub dimensions: Vec<DimensionCard>,
}

/// A dimension in a list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionCard {
    /// The dimension.
    pub link: Link,
    /// What it is about.
    pub description: String,
    /// How many aspects it has.
    pub aspects: usize,
}

/// A question to ask before building.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DecisionView {
    /// Its number, from 1.
    pub number: usize,
    /// The question.
    pub ask: String,
    /// What a yes leads to.
    pub yes: Option<String>,
    /// What a no leads to.
    pub no: Option<String>,
    /// Why it is asked.
    pub why: Vec<Block>,
}

impl<'a> Kind<'a> for Framework<'a> {
    type View = FrameworkPage;
    const NAME: &'static str = "framework";

    fn view(&self, cx: &mut PageContext<'a>) -> FrameworkPage {
        let framework = self.0;
        let content = framework.content();
        let file = &content.file;
        let text = cx.text(framework.text());
        let own = cx.sentences(file, &content.takeaways);
        FrameworkPage {
            summary: content.summary.clone(),
            comparisons: table::steps(cx, framework),
            stages: table::stages(cx, framework),
            groups: groups(cx, framework),
            glance: advice::glance(cx, framework),
            decisions: decisions(cx, framework),
            faq: cx.faq(file, &content.faq),
            takeaways: own.into_iter().chain(text.takeaways.iter().cloned()).collect(),
            compare: cx.href(framework.page_of(Other::Comparisons)),
            assess: cx.href(framework.page_of(Other::Assessment)),
            ways: Other::ALL.iter().filter_map(|other| Some(cx.link(framework.page_of(*other)?))).collect(),
            starts: starts(cx, framework),
            heat: table::heat(cx, framework, framework.dimensions()),
            aspects: framework.aspects().count(),
            dimensions: framework.dimensions().len(),
            text,
        }
    }

    fn questions(view: &FrameworkPage) -> Vec<&FaqView> {
        view.text.faq.iter().chain(&view.faq).collect()
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let content = self.0.content();
        let mut words = Words::new(cx.site(), "Framework", &content.title, []);
        words.paragraph(&content.summary);
        words.text(cx, self.0.text());
        if !content.decisions.is_empty() {
            words.heading(2, "decisions", &cx.phrase("decisions", &[]));
        }
        for decision in &content.decisions {
            words.paragraph(&decision.ask);
            words.prose(cx, &content.file, &decision.why);
        }
        words.faq(cx, &content.file, &content.faq);
        vec![(String::new(), words)]
    }

    fn export(&self, cx: &mut PageContext<'a>) -> Option<Export> {
        Some(export::framework(cx, self.0))
    }
}

fn groups(cx: &PageContext<'_>, framework: FrameworkRef<'_>) -> Vec<DimensionGroup> {
    let shown = |grouped: table::Grouped<'_>| {
        let content = grouped.group.map(GroupRef::content);
        DimensionGroup {
            title: grouped.title,
            summary: content.and_then(|group| group.summary.clone()).unwrap_or_default(),
            color: content.and_then(|group| group.color).map(|color| color.to_string()),
            dimensions: grouped.dimensions.into_iter().map(|one| dimension_card(cx, one)).collect(),
        }
    };
    table::grouped(cx, framework).into_iter().map(shown).collect()
}

/// A dimension in a list.
pub fn dimension_card(cx: &PageContext<'_>, dimension: DimensionRef<'_>) -> DimensionCard {
    let content = dimension.content();
    DimensionCard {
        link: table::dimension_link(cx, dimension),
        description: content
            .summary
            .clone()
            .or_else(|| sentence::first(&content.intro.lead))
            .unwrap_or_default(),
        aspects: dimension.aspects().len(),
    }
}

fn decisions<'a>(cx: &mut PageContext<'a>, framework: FrameworkRef<'a>) -> Vec<DecisionView> {
    let content = framework.content();
    (1..)
        .zip(&content.decisions)
        .map(|(number, decision)| DecisionView {
            number,
            ask: decision.ask.clone(),
            yes: decision.yes.clone(),
            no: decision.no.clone(),
            why: cx.blocks(&content.file, &decision.why),
        })
        .collect()
}

/// How many aspects start at each stage.
fn starts(cx: &PageContext<'_>, framework: FrameworkRef<'_>) -> picture::Bars {
    let begin = |stage| framework.aspects().filter(|aspect| aspect.starts() == Some(stage)).count();
    let counts: Vec<usize> = framework.stages().map(begin).collect();
    let stages = framework.stages().zip(&counts).map(|(stage, n)| format!("{} {n}", stage.title()));
    let words = stages.collect::<Vec<_>>().join(", ");
    let label = cx.phrase("picture-starts-label", &[("counts", &words)]);
    picture::bars(label, &table::columns(cx, framework), &counts)
}
