//! Tables of a framework as pages and embeds show them.

use super::block::{
    Block, CellActivity, CellView, ComparisonGroup, ComparisonRow, ComparisonView, Count, Objective, Row,
    StageColumn, StageSummary, StagesView, TableView,
};
use super::context::PageContext;
use super::link::Link;
use super::picture;
use crate::content::html::escaped;
use crate::content::sentence;
use crate::site::framework::Change;
use crate::site::handle::{
    ActivityRef, AspectRef, CellRef, ComparisonRef, DimensionRef, FrameworkRef, GroupRef, StageRef,
};
use crate::site::priority::Size;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How a table shows a cell.
pub type ShowCell<'a> = fn(&mut PageContext<'a>, CellRef<'a>) -> CellView;

/// The stages from one to another.
type Range<'a> = Option<(StageRef<'a>, StageRef<'a>)>;

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

/// A cell that holds nothing.
pub fn empty_cell() -> CellView {
    CellView {
        nothing: true,
        as_before: false,
        activities: Vec::new(),
        written: String::new(),
        must: false,
        effort: None,
        impact: None,
    }
}

/// A cell.
pub fn cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> CellView {
    cell_with(cx, cell, |_, _| Vec::new())
}

/// A cell, with what more `details` has to say of each activity.
pub fn cell_with<'a>(
    cx: &mut PageContext<'a>,
    cell: CellRef<'a>,
    mut details: impl FnMut(&mut PageContext<'a>, ActivityRef<'a>) -> Vec<Block>,
) -> CellView {
    let activities = cell
        .activities()
        .map(|activity| CellActivity { details: details(cx, activity), ..self::activity(cx, activity) })
        .collect();
    CellView {
        nothing: cell.is_nothing(),
        as_before: cell.goes_on(),
        activities,
        written: cell.content().written.clone(),
        must: cell.is_must(),
        effort: cell.effort(),
        impact: cell.impact(),
    }
}

/// An activity in few words. Prose is told elsewhere; here is how it begins.
pub fn activity<'a>(cx: &mut PageContext<'a>, activity: ActivityRef<'a>) -> CellActivity {
    let content = activity.content;
    let (html, href) = if content.is_prose() {
        let brief = sentence::first(&activity.brief()).unwrap_or_default();
        let page = cx.href(activity.cell.aspect().page());
        (escaped(&brief), page.map(|page| format!("{page}#{}", activity.anchor())))
    } else {
        (cx.html(activity.cell.file(), &content.text), None)
    };
    let name = (activity.cell.activities().len() > 1).then(|| activity.brief());
    CellActivity { html, name, must: content.must, href, stage: None, details: Vec::new() }
}

/// What several cells hold, each activity with its stage.
pub fn cells<'a>(
    cx: &mut PageContext<'a>,
    cells: impl Iterator<Item = CellRef<'a>>,
    name_stages: bool,
) -> CellView {
    let mut view = empty_cell();
    for cell in cells {
        let stage = name_stages.then(|| column(cx, cell.stage()));
        for activity in quiet_cell(cx, cell).activities {
            view.activities.push(CellActivity { stage: stage.clone(), ..activity });
        }
    }
    view.nothing = view.activities.is_empty();
    view
}

/// A cell without links to terms: in wide tables they would be noise.
pub fn quiet_cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> CellView {
    cx.quietly(|cx| self::cell(cx, cell))
}

/// A link to an aspect.
pub fn aspect_link(cx: &PageContext<'_>, aspect: AspectRef<'_>) -> Link {
    cx.titled(aspect.title(), aspect.page())
}

/// A link to an aspect at a stage.
pub fn cell_link(cx: &PageContext<'_>, cell: CellRef<'_>) -> Link {
    let link = aspect_link(cx, cell.aspect());
    Link { href: format!("{}#{}", link.href, cell.anchor()), ..link }
}

/// A link to a dimension.
pub fn dimension_link(cx: &PageContext<'_>, dimension: DimensionRef<'_>) -> Link {
    cx.titled(dimension.title(), dimension.page())
}

/// The tags of an aspect and of all its activities, each once.
pub fn tags(aspect: AspectRef<'_>) -> Vec<String> {
    let all: BTreeSet<&String> = aspect.cells().flat_map(CellRef::tags).collect();
    all.into_iter().cloned().collect()
}

/// Dimensions of one group.
pub struct Grouped<'a> {
    /// What the group is called, with its page where it has one; nothing where dimensions are in none.
    pub title: Option<Link>,
    /// The group, where the framework describes it.
    pub group: Option<GroupRef<'a>>,
    /// Its dimensions.
    pub dimensions: Vec<DimensionRef<'a>>,
}

impl<'a> Grouped<'a> {
    /// A group's dimensions, where the page says which group it is.
    pub fn untitled(group: GroupRef<'a>) -> Self {
        Self { title: None, group: Some(group), dimensions: group.dimensions().collect() }
    }
}

/// The dimensions by group: in the order in which the framework describes its groups, or in which they come up.
pub fn grouped<'a>(cx: &PageContext<'_>, framework: FrameworkRef<'a>) -> Vec<Grouped<'a>> {
    let described = |group: GroupRef<'a>| Grouped {
        title: Some(cx.titled(group.title(), group.page())),
        group: Some(group),
        dimensions: Vec::new(),
    };
    let mut groups: Vec<Grouped<'a>> = framework.groups().map(described).collect();
    for dimension in framework.dimensions() {
        let title = dimension.group_title();
        match groups.iter_mut().find(|g| g.title.as_ref().map(|link| link.title.as_str()) == title) {
            Some(group) => group.dimensions.push(dimension),
            None => groups.push(Grouped {
                title: title.map(|title| cx.titled(title, None)),
                group: None,
                dimensions: vec![dimension],
            }),
        }
    }
    groups.retain(|group| !group.dimensions.is_empty());
    groups
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
        caption,
        columns: stages.iter().map(|stage| column(cx, *stage)).collect(),
        rows,
    }
}

/// How much each dimension asks for at each stage.
pub fn heat<'a>(
    cx: &PageContext<'_>,
    framework: FrameworkRef<'a>,
    dimensions: impl Iterator<Item = DimensionRef<'a>>,
) -> picture::HeatMap {
    let rows: Vec<picture::Asked> = dimensions
        .map(|dimension| picture::Asked {
            link: dimension_link(cx, dimension),
            asked: framework.stages().map(|stage| dimension.asked(stage)).collect(),
            of: dimension.aspects().len(),
        })
        .collect();
    picture::heat_map(cx.phrase("picture-asked-label", &[]), &columns(cx, framework), &rows)
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
    let summary = |stage: StageRef<'_>| stage.content().summary.clone().unwrap_or_default();
    let summaries: Vec<String> = framework.stages().map(summary).collect();
    let summaries =
        if facts.is_empty() && summaries.iter().any(|s| !s.is_empty()) { summaries } else { Vec::new() };
    StagesView {
        caption: cx.phrase("caption-stages", &[("title", &framework.title())]),
        stages: columns(cx, framework),
        summaries,
        facts,
        rows,
    }
}

/// The comparisons of each stage with the next.
pub fn steps(cx: &PageContext<'_>, framework: FrameworkRef<'_>) -> Vec<Link> {
    framework.stages().filter_map(|stage| Some(cx.link(stage.comparison(stage.after()?)?))).collect()
}

/// A stage in brief.
pub fn stage_summary(cx: &PageContext<'_>, stage: StageRef<'_>) -> StageSummary {
    let aspects = || stage.framework().aspects();
    StageSummary {
        stage: column(cx, stage),
        summary: stage.content().summary.clone().unwrap_or_default(),
        facts: stage.content().facts.clone(),
        asked: aspects().filter(|aspect| aspect.asks_at(stage)).count(),
        aspects: aspects().count(),
    }
}

/// Counts changes, in the order of [`Change::all`].
pub fn counts(cumulative: bool, changes: impl Iterator<Item = Change>) -> Vec<Count> {
    let changes: Vec<Change> = changes.collect();
    Change::all(cumulative)
        .iter()
        .map(|change| Count { change: *change, count: changes.iter().filter(|c| *c == change).count() })
        .collect()
}

/// What a dimension is to reach at a stage, where that is written.
pub fn objective<'a>(
    cx: &mut PageContext<'a>,
    dimension: DimensionRef<'a>,
    stage: StageRef<'a>,
) -> Option<Objective> {
    if !dimension.has_objective(stage) {
        return None;
    }
    let id = dimension.objective_anchor(stage);
    Some(Objective {
        stage: column(cx, stage),
        href: format!("{}#{id}", cx.href(dimension.page()).unwrap_or_default()),
        blocks: dimension
            .objective(stage)
            .map(|text| cx.part(&id, 4, dimension.file(), text))
            .unwrap_or_default(),
        text: Vec::new(),
        id,
    })
}

/// Two stages side by side.
pub fn comparison<'a>(cx: &mut PageContext<'a>, comparison: ComparisonRef<'a>) -> ComparisonView {
    let (from, to) = (comparison.from(), comparison.to());
    let cumulative = comparison.framework().is_cumulative();
    let mut groups = Vec::new();
    for dimension in comparison.framework().dimensions() {
        let mut rows = Vec::new();
        for aspect in dimension.aspects() {
            rows.push(comparison_row(cx, comparison, aspect));
        }
        rows.sort_by_key(|row| (row.size.is_none(), row.size));
        groups.push(ComparisonGroup {
            sizes: Size::counts(rows.iter().filter_map(|row| row.size)),
            dimension: dimension_link(cx, dimension),
            id: dimension.id().to_string(),
            counts: counts(cumulative, rows.iter().map(|r| r.change)),
            changes: rows.iter().any(|row| row.change != Change::Unchanged),
            objectives: [from, to].iter().filter_map(|stage| objective(cx, dimension, *stage)).collect(),
            rows,
        });
    }
    let counts = counts(cumulative, groups.iter().flat_map(|g| &g.rows).map(|r| r.change));
    let all: usize = counts.iter().map(|count| count.count).sum();
    let common = counts.iter().find(|count| count.count.saturating_mul(2) > all).map(|count| count.change);
    let rows = || groups.iter().flat_map(|group| &group.rows);
    ComparisonView {
        sizes: Size::counts(rows().filter_map(|row| row.size)),
        marked: rows().any(|row| row.size.is_some() || Some(row.change) != common),
        unchanged: rows().any(|row| row.change == Change::Unchanged),
        common,
        id: cx.next_table(),
        caption: cx.phrase("side-by-side", &[("from", &from.title()), ("to", &to.title())]),
        href: cx.href(comparison.page()).unwrap_or_default(),
        from: column(cx, from),
        to: column(cx, to),
        counts,
        cumulative,
        groups,
    }
}

/// An aspect at both stages or, where stages add up, what it asks for at the earlier and what is added until the later.
fn comparison_row<'a>(
    cx: &mut PageContext<'a>,
    comparison: ComparisonRef<'a>,
    aspect: AspectRef<'a>,
) -> ComparisonRow {
    let (from, to) = (comparison.from(), comparison.to());
    let (before, after) = if comparison.framework().is_cumulative() {
        let neighbours = from.after() == Some(to);
        (cells(cx, aspect.holding(from), false), cells(cx, aspect.beyond(from, to), !neighbours))
    } else {
        (quiet_cell(cx, aspect.cell(from)), quiet_cell(cx, aspect.cell(to)))
    };
    ComparisonRow {
        aspect: aspect_link(cx, aspect),
        from: before,
        to: after,
        change: comparison.change(aspect),
        size: comparison.size(aspect),
    }
}
