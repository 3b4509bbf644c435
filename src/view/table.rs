//! Tables of a framework as pages and embeds show them.

use super::block::{
    CellView, ComparisonGroup, ComparisonRow, ComparisonView, Count, Row, RowGroup, StageColumn,
    StageSummary, StagesView, TableView, YourStage,
};
use super::context::PageContext;
use super::link::Link;
use crate::content::framework::Cell;
use crate::site::framework::Change;
use crate::site::handle::{AspectRef, CellRef, ComparisonRef, DimensionRef, FrameworkRef, StageRef};
use crate::span::SourcePath;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How a table shows a cell.
pub type ShowCell<'a> = fn(&mut PageContext<'a>, CellRef<'a>) -> CellView;

/// The stages from one to another.
type Range<'a> = Option<(StageRef<'a>, StageRef<'a>)>;

/// How many of the things that matter most a page names.
const FIRST: usize = 6;

/// The head of a stage's column.
pub fn column(cx: &PageContext<'_>, stage: StageRef<'_>) -> StageColumn {
    StageColumn {
        id: stage.id().to_string(),
        title: stage.title().to_owned(),
        name: stage.content().name.clone(),
        href: cx.href(stage.page()).unwrap_or_default(),
        number: stage.number(),
        foreign: cx.page().framework() != Some(stage.framework()),
    }
}

/// The heads of all stages' columns.
pub fn columns(cx: &PageContext<'_>, framework: FrameworkRef<'_>) -> Vec<StageColumn> {
    framework.stages().map(|stage| column(cx, stage)).collect()
}

/// What is written in a cell.
pub fn cell_of(cx: &mut PageContext<'_>, file: &SourcePath, cell: &Cell) -> CellView {
    CellView {
        nothing: cell.is_nothing(),
        activities: cell.activities.iter().map(|a| cx.html(file, &a.text)).collect(),
        details: Vec::new(),
        written: cell.written.clone(),
    }
}

/// A cell.
pub fn cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> CellView {
    cell_of(cx, cell.file(), cell.content())
}

/// A cell without links to terms: in wide tables they would be noise.
pub fn quiet_cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> CellView {
    cx.quietly(|cx| self::cell(cx, cell))
}

/// A link to an aspect.
pub fn aspect_link(cx: &PageContext<'_>, aspect: AspectRef<'_>) -> Link {
    cx.titled(aspect.title(), aspect.page())
}

/// A link to a dimension.
pub fn dimension_link(cx: &PageContext<'_>, dimension: DimensionRef<'_>) -> Link {
    cx.titled(dimension.title(), dimension.page())
}

/// The table of a dimension; all stages, or those from one to another.
pub fn dimension<'a>(
    cx: &mut PageContext<'a>,
    dimension: DimensionRef<'a>,
    range: Range<'a>,
    show: ShowCell<'a>,
) -> TableView {
    let aspects: Vec<AspectRef<'a>> = dimension.aspects().collect();
    rows(cx, dimension, &aspects, dimension.title(), range, show)
}

/// The table of one aspect.
pub fn aspect<'a>(
    cx: &mut PageContext<'a>,
    aspect: AspectRef<'a>,
    range: Range<'a>,
    show: ShowCell<'a>,
) -> TableView {
    let about = format!("{}: {}", aspect.dimension().title(), aspect.title());
    rows(cx, aspect.dimension(), &[aspect], &about, range, show)
}

fn rows<'a>(
    cx: &mut PageContext<'a>,
    dimension: DimensionRef<'a>,
    aspects: &[AspectRef<'a>],
    about: &str,
    range: Range<'a>,
    show: ShowCell<'a>,
) -> TableView {
    let all = dimension.framework().stages();
    let within = |stage: &StageRef<'a>| range.is_none_or(|(from, to)| (from..=to).contains(stage));
    let stages: Vec<StageRef<'a>> = all.filter(within).collect();
    let mut rows = Vec::new();
    for aspect in aspects {
        rows.push(Row {
            id: aspect.id().to_string(),
            aspect: aspect_link(cx, *aspect),
            tags: Vec::new(),
            cells: stages.iter().map(|stage| show(cx, aspect.cell(*stage))).collect(),
        });
    }
    let caption = match (stages.first(), stages.last()) {
        (Some(from), Some(to)) if from != to => {
            cx.phrase("caption-from-to", &[("about", &about), ("from", &from.title()), ("to", &to.title())])
        }
        (from, _) => {
            let title = from.map(|s| s.title()).unwrap_or_default();
            cx.phrase("caption-at", &[("about", &about), ("title", &title)])
        }
    };
    TableView {
        id: cx.next_table(),
        tags: Vec::new(),
        caption,
        columns: stages.iter().map(|stage| column(cx, *stage)).collect(),
        groups: vec![RowGroup { dimension: None, id: dimension.id().to_string(), rows }],
    }
}

/// All cells of a framework, without links to terms.
pub fn matrix<'a>(cx: &mut PageContext<'a>, framework: FrameworkRef<'a>, show: ShowCell<'a>) -> TableView {
    let mut groups = Vec::new();
    for dimension in framework.dimensions() {
        let mut rows = Vec::new();
        for aspect in dimension.aspects() {
            rows.push(Row {
                id: format!("{}-{}", dimension.id(), aspect.id()),
                aspect: aspect_link(cx, aspect),
                tags: aspect.content().tags.clone(),
                cells: aspect.cells().map(|cell| cx.quietly(|cx| show(cx, cell))).collect(),
            });
        }
        groups.push(RowGroup {
            dimension: Some(dimension_link(cx, dimension)),
            id: dimension.id().to_string(),
            rows,
        });
    }
    let tags: BTreeSet<&String> = framework.aspects().flat_map(|a| a.content().tags.iter()).collect();
    TableView {
        id: cx.next_table(),
        tags: tags.into_iter().cloned().collect(),
        caption: cx.phrase("caption-matrix", &[("title", &framework.title())]),
        columns: columns(cx, framework),
        groups,
    }
}

/// The stages table.
pub fn stages(cx: &PageContext<'_>, framework: FrameworkRef<'_>) -> StagesView {
    let mut names = HashSet::new();
    let all = framework.stages().flat_map(|s| &s.content().facts);
    let facts: Vec<String> =
        all.filter(|(name, _)| names.insert(name)).map(|(name, _)| name.clone()).collect();
    let row = |stage: StageRef<'_>| {
        let own: HashMap<&String, &String> =
            stage.content().facts.iter().map(|(name, value)| (name, value)).collect();
        facts.iter().map(|name| own.get(name).map(|value| (*value).clone()).unwrap_or_default()).collect()
    };
    let rows = framework.stages().map(row).collect();
    StagesView {
        caption: cx.phrase("caption-stages", &[("title", &framework.title())]),
        stages: columns(cx, framework),
        facts,
        rows,
    }
}

/// A stage in brief.
pub fn stage_summary(cx: &PageContext<'_>, stage: StageRef<'_>) -> StageSummary {
    let aspects = || stage.framework().aspects();
    StageSummary {
        stage: column(cx, stage),
        summary: stage.content().summary.clone().unwrap_or_default(),
        facts: stage.content().facts.clone(),
        asked: aspects().filter(|aspect| !aspect.cell(stage).is_nothing()).count(),
        aspects: aspects().count(),
    }
}

/// What a team that is at a stage wants to know first.
pub fn your_stage<'a>(cx: &mut PageContext<'a>, stage: StageRef<'a>) -> YourStage {
    let mut fresh: Vec<CellRef<'a>> =
        stage.framework().aspects().map(|aspect| aspect.cell(stage)).filter(|cell| cell.is_new()).collect();
    let count = fresh.len();
    fresh.sort_by_key(|cell| std::cmp::Reverse(cell.impact().unwrap_or(0)));
    let first = fresh
        .into_iter()
        .take(FIRST)
        .map(|cell| (aspect_link(cx, cell.aspect()), quiet_cell(cx, cell)))
        .collect();
    let next = stage.after().map(|next| (column(cx, next), cx.href(stage.comparison(next))));
    YourStage { summary: stage_summary(cx, stage), fresh: count, first, next }
}

/// Counts changes, in the order of [`Change::ALL`].
fn counts(changes: impl Iterator<Item = Change> + Clone) -> Vec<Count> {
    Change::ALL
        .into_iter()
        .map(|change| Count { change, count: changes.clone().filter(|c| *c == change).count() })
        .collect()
}

/// Two stages side by side.
pub fn comparison<'a>(cx: &mut PageContext<'a>, comparison: ComparisonRef<'a>) -> ComparisonView {
    let (from, to) = (comparison.from(), comparison.to());
    let mut groups = Vec::new();
    for dimension in comparison.framework().dimensions() {
        let mut rows = Vec::new();
        for aspect in dimension.aspects() {
            rows.push(ComparisonRow {
                aspect: aspect_link(cx, aspect),
                from: quiet_cell(cx, aspect.cell(from)),
                to: quiet_cell(cx, aspect.cell(to)),
                change: comparison.change(aspect),
            });
        }
        groups.push(ComparisonGroup {
            dimension: dimension_link(cx, dimension),
            id: dimension.id().to_string(),
            counts: counts(rows.iter().map(|r| r.change)),
            rows,
        });
    }
    ComparisonView {
        id: cx.next_table(),
        caption: cx.phrase("side-by-side", &[("from", &from.title()), ("to", &to.title())]),
        href: cx.href(comparison.page()).unwrap_or_default(),
        from: column(cx, from),
        to: column(cx, to),
        counts: counts(groups.iter().flat_map(|g| &g.rows).map(|r| r.change)),
        groups,
    }
}
