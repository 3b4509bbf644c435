//! Tables of a framework as pages and embeds show them.

use super::Link;
use super::prose::{Block, PageContext};
use crate::content::framework::{Cell, StageContent};
use crate::content::html::plain;
use crate::site::framework::{Aspect, Change};
use crate::site::pages::PageKind;
use crate::site::resolve::Referent;
use crate::span::SourcePath;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Aspects as rows, stages as columns.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TableView {
    /// Tells it from other tables on the page.
    pub id: String,
    /// What the table is about.
    pub caption: String,
    /// Its stages.
    pub columns: Vec<StageColumn>,
    /// Rows, in groups; a table of one dimension has one group without a title.
    pub groups: Vec<RowGroup>,
    /// The tags its rows carry, where rows can be filtered by them.
    pub tags: Vec<String>,
}

/// A stage as the head of a column.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StageColumn {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the title stands for.
    pub name: Option<String>,
    /// Its page.
    pub href: String,
    /// Its number, from 1.
    pub number: usize,
    /// It belongs to another framework than the page does, so a reader's own stage is not among its like.
    pub foreign: bool,
}

/// Rows of one dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct RowGroup {
    /// The dimension, where a table shows several.
    pub dimension: Option<Link>,
    /// Its identifier.
    pub id: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One aspect.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Row {
    /// Its identifier.
    pub id: String,
    /// Its page.
    pub aspect: Link,
    /// Its tags, where rows can be filtered by them.
    pub tags: Vec<String>,
    /// A cell a column.
    pub cells: Vec<CellView>,
}

/// A cell in a table.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CellView {
    /// Nothing is to be done at this stage.
    pub nothing: bool,
    /// What to build, as HTML; several activities are several entries.
    pub activities: Vec<String>,
    /// What more there is to say, where the table shows it.
    pub details: Vec<Block>,
    /// The words in which the author wrote it, for cells that hold nothing too.
    pub written: String,
}

/// The stages of a framework with their facts.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StagesView {
    /// What the table is about.
    pub caption: String,
    /// The stages.
    pub stages: Vec<StageColumn>,
    /// The names of all facts, in the order they first appear.
    pub facts: Vec<String>,
    /// For each stage, the facts in that order; empty where a stage lacks one.
    pub rows: Vec<Vec<String>>,
}

/// A stage in brief.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StageSummary {
    /// The stage.
    pub stage: StageColumn,
    /// A sentence or two about it.
    pub summary: String,
    /// Facts in order.
    pub facts: Vec<(String, String)>,
    /// How many aspects ask for something, and of how many.
    pub asked: usize,
    /// All aspects of the framework.
    pub aspects: usize,
}

/// Two stages side by side.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonView {
    /// Tells it from other tables on the page.
    pub id: String,
    /// What is compared.
    pub caption: String,
    /// Its page.
    pub href: String,
    /// The earlier stage.
    pub from: StageColumn,
    /// The later stage.
    pub to: StageColumn,
    /// How many aspects are new, changed, unchanged and dropped.
    pub counts: Vec<Count>,
    /// Rows by dimension.
    pub groups: Vec<ComparisonGroup>,
}

/// How many aspects changed in one way.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Count {
    /// In which way.
    pub change: Change,
    /// How many.
    pub count: usize,
}

/// A dimension in a comparison.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonGroup {
    /// The dimension.
    pub dimension: Link,
    /// Its identifier.
    pub id: String,
    /// Counts within it.
    pub counts: Vec<Count>,
    /// Its rows.
    pub rows: Vec<ComparisonRow>,
}

/// An aspect in a comparison.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonRow {
    /// The aspect.
    pub aspect: Link,
    /// At the earlier stage.
    pub from: CellView,
    /// At the later stage.
    pub to: CellView,
    /// How it differs.
    pub change: Change,
}

/// The head of a stage's column.
pub fn column(cx: &PageContext<'_>, site: &crate::site::Site, f: usize, s: usize) -> StageColumn {
    let stage = &site.frameworks[f].stages()[s];
    StageColumn {
        id: stage.id.to_string(),
        title: stage.title.clone(),
        name: stage.name.clone(),
        href: cx.links().kind(PageKind::Stage(f, s)).unwrap_or_default(),
        number: s + 1,
        foreign: cx.framework() != Some(f),
    }
}

/// A cell.
pub fn cell(cx: &mut PageContext<'_>, file: &SourcePath, cell: &Cell) -> CellView {
    CellView {
        nothing: cell.is_nothing(),
        activities: cell.activities.iter().map(|a| cx.html(file, &a.text.prose)).collect(),
        details: Vec::new(),
        written: cell.written.clone(),
    }
}

/// A cell without links to terms: in wide tables they would be noise.
pub fn quiet_cell(cx: &mut PageContext<'_>, file: &SourcePath, content: &Cell) -> CellView {
    cx.quietly(|cx| cell(cx, file, content))
}

/// A cell with its details, and the text of a file of its own.
fn full_cell(cx: &mut PageContext<'_>, file: &SourcePath, aspect: &Aspect, s: usize) -> CellView {
    let content = aspect.cell(s);
    let mut view = cell(cx, file, content);
    cx.within(&format!("{}-{s}", aspect.id()), |cx| {
        for activity in &content.activities {
            view.details.extend(cx.blocks(file, &activity.details.prose));
        }
        if let Some(text) = aspect.cell_texts.get(&s) {
            view.details.extend(cx.blocks(&text.file, &text.body));
        }
    });
    view
}

/// A link to an aspect.
pub fn aspect_link(cx: &PageContext<'_>, f: usize, d: usize, a: usize, aspect: &Aspect) -> Link {
    let href = cx.links().kind(PageKind::Aspect(f, d, a)).unwrap_or_default();
    Link::new(&aspect.content().title, href)
}

/// The table of a dimension, or of one of its aspects; all stages, or those from one to another.
pub fn dimension(
    cx: &mut PageContext<'_>,
    f: usize,
    d: usize,
    only: Option<usize>,
    range: Option<(usize, usize)>,
    details: bool,
) -> TableView {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let dimension = &framework.dimensions[d];
    let file = &dimension.content.file;
    let last = framework.stages().len().saturating_sub(1);
    let (from, to) = range.unwrap_or((0, last));
    let mut rows = Vec::new();
    for (a, aspect) in dimension.aspects.iter().enumerate().filter(|(a, _)| only.is_none_or(|o| o == *a)) {
        rows.push(Row {
            id: aspect.id().to_string(),
            aspect: aspect_link(cx, f, d, a, aspect),
            tags: Vec::new(),
            cells: (from..=to)
                .map(
                    |s| {
                        if details { full_cell(cx, file, aspect, s) } else { cell(cx, file, aspect.cell(s)) }
                    },
                )
                .collect(),
        });
    }
    let about = match only {
        Some(a) => format!("{}: {}", dimension.content.title, dimension.aspects[a].content().title),
        None => dimension.content.title.clone(),
    };
    let titles: Vec<&str> = [from, to].iter().map(|s| framework.stages()[*s].title.as_str()).collect();
    let span =
        if from == to { format!("at {}", titles[0]) } else { format!("from {} to {}", titles[0], titles[1]) };
    TableView {
        id: cx.next_table(),
        tags: Vec::new(),
        caption: format!("{about}, {span}"),
        columns: (from..=to).map(|s| column(cx, site, f, s)).collect(),
        groups: vec![RowGroup { dimension: None, id: dimension.id.to_string(), rows }],
    }
}

/// All cells of a framework.
pub fn matrix(cx: &mut PageContext<'_>, f: usize) -> TableView {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let mut groups = Vec::new();
    for (d, dimension) in framework.dimensions.iter().enumerate() {
        let file = &dimension.content.file;
        let mut rows = Vec::new();
        for (a, aspect) in dimension.aspects.iter().enumerate() {
            rows.push(Row {
                id: format!("{}-{}", dimension.id, aspect.id()),
                aspect: aspect_link(cx, f, d, a, aspect),
                tags: aspect.content().tags.clone(),
                cells: (0..framework.stages().len())
                    .map(|s| cx.quietly(|cx| full_cell(cx, file, aspect, s)))
                    .collect(),
            });
        }
        let href = cx.links().kind(PageKind::Dimension(f, d)).unwrap_or_default();
        groups.push(RowGroup {
            dimension: Some(Link::new(&dimension.content.title, href)),
            id: dimension.id.to_string(),
            rows,
        });
    }
    let tags: BTreeSet<&String> = framework.aspects().flat_map(|(_, _, a)| &a.content().tags).collect();
    TableView {
        id: cx.next_table(),
        tags: tags.into_iter().cloned().collect(),
        caption: format!("{}: every aspect at every stage", framework.content.title),
        columns: (0..framework.stages().len()).map(|s| column(cx, site, f, s)).collect(),
        groups,
    }
}

/// The stages table.
pub fn stages(cx: &mut PageContext<'_>, f: usize) -> StagesView {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let mut names = HashSet::new();
    let all = framework.stages().iter().flat_map(|s| &s.facts);
    let facts: Vec<String> =
        all.filter(|(name, _)| names.insert(name)).map(|(name, _)| name.clone()).collect();
    let row = |stage: &StageContent| {
        let own: HashMap<&String, &String> = stage.facts.iter().map(|(name, value)| (name, value)).collect();
        facts.iter().map(|name| own.get(name).map(|value| (*value).clone()).unwrap_or_default()).collect()
    };
    let rows = framework.stages().iter().map(row).collect();
    StagesView {
        caption: format!("The stages of {}", framework.content.title),
        stages: (0..framework.stages().len()).map(|s| column(cx, site, f, s)).collect(),
        facts,
        rows,
    }
}

/// A stage in brief.
pub fn stage_summary(cx: &mut PageContext<'_>, f: usize, s: usize) -> StageSummary {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let stage = &framework.stages()[s];
    StageSummary {
        stage: column(cx, site, f, s),
        summary: stage.summary.clone().unwrap_or_default(),
        facts: stage.facts.clone(),
        asked: framework.aspects().filter(|(_, _, a)| !a.cell(s).is_nothing()).count(),
        aspects: framework.aspects().count(),
    }
}

/// What a team that is at a stage wants to know first.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct YourStage {
    /// The stage in brief.
    pub summary: StageSummary,
    /// How many aspects ask for something they did not ask for before.
    pub fresh: usize,
    /// Of them, those that matter most.
    pub first: Vec<(Link, CellView)>,
    /// The stage after it, and what changes until then.
    pub next: Option<(StageColumn, Option<String>)>,
}

/// What a team that is at a stage wants to know first.
pub fn your_stage(cx: &mut PageContext<'_>, f: usize, s: usize) -> YourStage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let mut fresh: Vec<(u8, usize, usize)> = Vec::new();
    for (d, a, aspect) in framework.aspects() {
        let asked = match s.checked_sub(1) {
            Some(before) => matches!(aspect.change(before, s), Change::New | Change::Changed),
            None => !aspect.cell(s).is_nothing(),
        };
        if asked {
            let impact = aspect.cell(s).activities.iter().filter_map(|x| x.impact).max();
            fresh.push((impact.unwrap_or(0), d, a));
        }
    }
    let count = fresh.len();
    fresh.sort_by_key(|(impact, d, a)| (std::cmp::Reverse(*impact), *d, *a));
    let first = fresh
        .into_iter()
        .take(6)
        .map(|(_, d, a)| {
            let dimension = &framework.dimensions[d];
            let aspect = &dimension.aspects[a];
            let link = aspect_link(cx, f, d, a, aspect);
            (link, quiet_cell(cx, &dimension.content.file, aspect.cell(s)))
        })
        .collect();
    let next = (s + 1 < framework.stages().len())
        .then(|| (column(cx, site, f, s + 1), cx.links().kind(PageKind::Comparison(f, s, s + 1))));
    YourStage { summary: stage_summary(cx, f, s), fresh: count, first, next }
}

/// Counts changes, in the order of [`Change::ALL`].
pub fn counts(changes: impl Iterator<Item = Change> + Clone) -> Vec<Count> {
    Change::ALL
        .into_iter()
        .map(|change| Count { change, count: changes.clone().filter(|c| *c == change).count() })
        .collect()
}

/// Two stages side by side.
pub fn comparison(cx: &mut PageContext<'_>, f: usize, from: usize, to: usize) -> ComparisonView {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let mut groups = Vec::new();
    for (d, dimension) in framework.dimensions.iter().enumerate() {
        let file = &dimension.content.file;
        let mut rows = Vec::new();
        for (a, aspect) in dimension.aspects.iter().enumerate() {
            rows.push(ComparisonRow {
                aspect: aspect_link(cx, f, d, a, aspect),
                from: quiet_cell(cx, file, aspect.cell(from)),
                to: quiet_cell(cx, file, aspect.cell(to)),
                change: aspect.change(from, to),
            });
        }
        let href = cx.links().kind(PageKind::Dimension(f, d)).unwrap_or_default();
        groups.push(ComparisonGroup {
            dimension: Link::new(&dimension.content.title, href),
            id: dimension.id.to_string(),
            counts: counts(rows.iter().map(|r| r.change)),
            rows,
        });
    }
    let target = site.place(&Referent::Comparison(f, from, to));
    let stages = framework.stages();
    ComparisonView {
        id: cx.next_table(),
        caption: format!("{} and {} side by side", stages[from].title, stages[to].title),
        href: target.map(|t| cx.links().target(&t)).unwrap_or_default(),
        from: column(cx, site, f, from),
        to: column(cx, site, f, to),
        counts: counts(
            framework.aspects().map(|(_, _, a)| a.change(from, to)).collect::<Vec<_>>().into_iter(),
        ),
        groups,
    }
}

/// The short text of a cell, without markup.
pub fn cell_text(cell: &Cell) -> String {
    cell.activities.iter().map(|a| plain(&a.text.prose.html)).collect::<Vec<_>>().join("; ")
}
