//! What a team at a stage does first, what it may leave, and how far it is to the next: a page of its own for nobody, but
//! the beginning of the home page for everyone.

use super::block::StageColumn;
use super::context::PageContext;
use super::link::Link;
use super::table;
use crate::site::handle::{CellRef, DimensionRef, FrameworkRef, StageRef};
use crate::site::pages::FrameworkPage;
use crate::site::priority::Size;
use serde::Serialize;

/// How many things are named of each sort: a handful is read, a dozen is skimmed.
const NAMED: usize = 6;

/// A stage's advice.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Advice {
    /// The stage.
    pub stage: StageColumn,
    /// What a reader answers to be at it: a fact of the stage, or its title.
    pub answer: String,
    /// A sentence or two about it.
    pub summary: String,
    /// Where ticks of its page are kept.
    pub path: String,
    /// How many things it cannot do without.
    pub musts: usize,
    /// How many other things it asks for.
    pub others: usize,
    /// How many can wait.
    pub waiting: usize,
    /// The order says what matters most; otherwise it is the framework's own.
    pub by_priority: bool,
    /// What to do first.
    pub first: Vec<AdviceRow>,
    /// What to leave, though it comes next.
    pub later: Vec<AdviceRow>,
    /// The stage after it.
    pub next: Option<NextStep>,
}

/// One thing to do, or to leave.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AdviceRow {
    /// Names it on its stage's page and in stored ticks.
    pub id: String,
    /// The aspect, at this stage.
    pub aspect: Link,
    /// The dimension's title.
    pub dimension: String,
    /// What to do, in a few words; of several things, the first.
    pub text: String,
    /// How many things beside the first.
    pub more: usize,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// The stage that begins it, of what can wait.
    pub until: Option<StageColumn>,
}

/// The way to the next stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct NextStep {
    /// The stage.
    pub stage: StageColumn,
    /// The comparison with it, or the stage's own page.
    pub href: String,
    /// How many steps of each size it is: none where nothing is rated.
    pub sizes: Vec<Share>,
    /// How many aspects change.
    pub changes: usize,
}

/// Steps of one size.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Share {
    /// The size.
    pub size: Size,
    /// How many there are.
    pub count: usize,
    /// In tenths of a percent of all: where it begins in a bar, and how long it is.
    pub place: (usize, usize),
}

/// A framework at a glance: dimensions by stages, the stronger the more it matters there.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Glance {
    /// What it shows.
    pub caption: String,
    /// The strength says how much impact things have; otherwise how many there are.
    pub rated: bool,
    /// Its stages.
    pub columns: Vec<StageColumn>,
    /// Its dimensions.
    pub rows: Vec<GlanceRow>,
    /// The matrix page.
    pub href: Option<String>,
}

/// A dimension at a glance.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GlanceRow {
    /// The dimension.
    pub dimension: Link,
    /// A cell a stage.
    pub cells: Vec<GlanceCell>,
}

/// A dimension at a stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GlanceCell {
    /// How strong it is, from 0 for nothing to 5.
    pub strength: usize,
    /// How many of its aspects ask for something.
    pub asked: usize,
    /// How many aspects it has.
    pub of: usize,
}

/// The advice for a stage.
pub fn of_stage<'a>(cx: &mut PageContext<'a>, stage: StageRef<'a>) -> Advice {
    let asked = stage.asks_by_priority();
    let musts = asked.iter().filter(|cell| cell.is_must()).count();
    Advice {
        answer: stage.telling_fact().map_or_else(|| stage.title().to_owned(), |(_, value)| value.clone()),
        summary: stage.content().summary.clone().unwrap_or_default(),
        path: stage.page().map(|page| page.permalink.as_str().to_owned()).unwrap_or_default(),
        musts,
        others: asked.len().saturating_sub(musts),
        waiting: stage.waiting().count(),
        by_priority: stage.has_priorities(),
        first: asked.iter().take(NAMED).map(|cell| row(cx, *cell, None)).collect(),
        later: stage
            .tempting()
            .into_iter()
            .take(NAMED)
            .filter_map(|cell| {
                let until = cell.until()?;
                Some(row(cx, cell.aspect().cell(until), Some(until)))
            })
            .collect(),
        next: stage.after().map(|next| next_step(cx, stage, next)),
        stage: table::column(cx, stage),
    }
}

/// One thing to do, or to leave until a stage.
pub fn row<'a>(cx: &PageContext<'a>, cell: CellRef<'a>, until: Option<StageRef<'a>>) -> AdviceRow {
    let aspect = cell.aspect();
    AdviceRow {
        id: format!("{}--{}", aspect.dimension().id(), aspect.id()),
        aspect: table::cell_link(cx, cell),
        dimension: aspect.dimension().title().to_owned(),
        text: cell.brief().unwrap_or_default(),
        more: cell.more(),
        effort: cell.effort(),
        until: until.map(|stage| table::column(cx, stage)),
    }
}

fn next_step<'a>(cx: &PageContext<'a>, stage: StageRef<'a>, next: StageRef<'a>) -> NextStep {
    let comparison = stage.compared_with(next);
    let sizes = comparison.sizes();
    let all: usize = sizes.iter().map(|(_, count)| count).sum();
    let mut begins = 0_usize;
    let changes = stage.framework().aspects().filter(|aspect| aspect.cell(next).steps()).count();
    NextStep {
        stage: table::column(cx, next),
        href: cx.href(comparison.page()).or_else(|| cx.href(next.page())).unwrap_or_default(),
        sizes: sizes
            .into_iter()
            .map(|(size, count)| {
                let length = count.saturating_mul(1000).checked_div(all).unwrap_or(0);
                let place = (begins, length);
                begins = begins.saturating_add(length);
                Share { size, count, place }
            })
            .collect(),
        changes,
    }
}

/// A framework at a glance.
pub fn glance<'a>(cx: &PageContext<'a>, framework: FrameworkRef<'a>) -> Glance {
    let rated = framework.stages().any(|stage| stage.asks().any(|cell| cell.impact().is_some()));
    let row = |dimension: DimensionRef<'a>| GlanceRow {
        dimension: table::dimension_link(cx, dimension),
        cells: framework.stages().map(|stage| glance_cell(dimension, stage, rated)).collect(),
    };
    Glance {
        caption: cx.phrase("glance-caption", &[("title", &framework.title())]),
        rated,
        columns: table::columns(cx, framework),
        rows: framework.dimensions().map(row).collect(),
        href: cx.href(framework.page_of(FrameworkPage::Matrix)),
    }
}

fn glance_cell<'a>(dimension: DimensionRef<'a>, stage: StageRef<'a>, rated: bool) -> GlanceCell {
    let (asked, of) = (dimension.asked(stage), dimension.aspects().len());
    let strength = if rated {
        // All that is asked for, by impact, in fifths of what there could be.
        let holding =
            dimension.aspects().map(|aspect| aspect.holding(stage).filter_map(CellRef::impact).max());
        let sum: usize = holding.flatten().map(usize::from).sum();
        sum.div_ceil(of.max(1))
    } else {
        asked.saturating_mul(5).div_ceil(of.max(1))
    };
    GlanceCell { strength: strength.min(5), asked, of }
}
