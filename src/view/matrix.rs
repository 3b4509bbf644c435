//! Aspects as rows, stages as columns, a cell a link to its place: all of a framework, or of a group.

use super::block::StageColumn;
use super::context::PageContext;
use super::link::Link;
use super::table::{self, Grouped};
use crate::content::html::unlinked;
use crate::site::handle::{AspectRef, CellRef, DimensionRef, FrameworkRef};
use serde::Serialize;
use std::collections::BTreeSet;

/// What the rows may weigh, in bytes as they are sent, for all of them to stand on the page: with what surrounds them no
/// page may weigh more than 60 kB.
const HEAVIEST: usize = 45_000;
/// About what a row and a cell weigh beside their words: tags and addresses that resemble those before.
const ROW: usize = 50;
const CELL: usize = 14;

/// Every aspect at every stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixView {
    /// What the table is about.
    pub caption: String,
    /// Its stages.
    pub columns: Vec<StageColumn>,
    /// For each stage the fact that tells whether one is at it, with its name.
    pub facts: Vec<Option<(String, String)>>,
    /// Its dimensions, by group.
    pub groups: Vec<MatrixGroup>,
    /// How many aspects there are.
    pub aspects: usize,
    /// How many dimensions there are.
    pub dimensions: usize,
    /// The tags of aspects and activities.
    pub tags: Vec<String>,
    /// Something is rated by its effort.
    pub by_effort: bool,
    /// Something is rated by its impact.
    pub by_impact: bool,
    /// Something is a must.
    pub musts: bool,
    /// It is too heavy for one page: the rows stand on the pages of their dimensions.
    pub in_parts: bool,
}

/// Dimensions of one group.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixGroup {
    /// The group; nothing where dimensions are in none.
    pub title: Option<Link>,
    /// Its colour, as CSS has it.
    pub color: Option<String>,
    /// Its dimensions.
    pub dimensions: Vec<MatrixDimension>,
}

/// The rows of a dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixDimension {
    /// Its identifier.
    pub id: String,
    /// The dimension.
    pub link: Link,
    /// How many aspects it has.
    pub aspects: usize,
    /// Its rows; none where they stand on its page.
    pub rows: Vec<MatrixRow>,
}

/// One aspect.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixRow {
    /// Its identifier.
    pub id: String,
    /// The aspect.
    pub aspect: Link,
    /// Its tags and those of its activities.
    pub tags: Vec<String>,
    /// A cell a column.
    pub cells: Vec<MatrixCell>,
}

/// An aspect at a stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixCell {
    /// Its place on the aspect's page.
    pub href: String,
    /// What to build, as HTML without links, and whether it is a must.
    pub activities: Vec<(String, bool)>,
    /// It holds nothing, yet earlier stages ask for something that goes on: only where stages add up.
    pub as_before: bool,
    /// The words in which the author wrote that there is nothing; empty when nothing is written.
    pub written: String,
    /// It holds something that its stage cannot do without.
    pub must: bool,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
}

/// The matrix of some of a framework's dimensions. `about` is what they are together; of one group, the group is not
/// named again.
pub fn of<'a>(
    cx: &mut PageContext<'a>,
    framework: FrameworkRef<'a>,
    grouped: &[Grouped<'a>],
    about: &str,
) -> MatrixView {
    let dimensions = || grouped.iter().flat_map(|group| &group.dimensions).copied();
    let aspects = || dimensions().flat_map(DimensionRef::aspects);
    let cells = || aspects().flat_map(AspectRef::cells);
    let in_parts = aspects().map(weight).sum::<usize>() > HEAVIEST;
    let tags: BTreeSet<&String> = cells().flat_map(CellRef::tags).collect();
    MatrixView {
        caption: cx.phrase("caption-matrix", &[("title", &about)]),
        columns: table::columns(cx, framework),
        facts: framework.stages().map(|stage| stage.telling_fact().cloned()).collect(),
        groups: grouped.iter().map(|group| of_group(cx, group, in_parts)).collect(),
        aspects: aspects().count(),
        dimensions: dimensions().count(),
        tags: tags.into_iter().cloned().collect(),
        by_effort: cells().any(|cell| cell.effort().is_some()),
        by_impact: cells().any(|cell| cell.impact().is_some()),
        musts: cells().any(CellRef::is_must),
        in_parts,
    }
}

/// What a row weighs as it is sent, estimated from above: words shrink to half, and what is not plain words (formulas, code,
/// pictures) to no more.
fn weight(aspect: AspectRef<'_>) -> usize {
    let cell = |cell: CellRef<'_>| {
        let text: usize = cell.activities().map(|activity| activity.content.text.html.len().max(40)).sum();
        CELL.saturating_add(text / 2)
    };
    let cells: usize = aspect.cells().map(cell).sum();
    cells.saturating_add(ROW).saturating_add(aspect.title().len())
}

fn of_group<'a>(cx: &mut PageContext<'a>, grouped: &Grouped<'a>, in_parts: bool) -> MatrixGroup {
    let color = grouped.group.and_then(|group| group.content().color);
    MatrixGroup {
        title: grouped.title.clone(),
        color: color.map(|color| color.to_string()),
        dimensions: grouped.dimensions.iter().map(|dimension| rows(cx, *dimension, in_parts)).collect(),
    }
}

fn rows<'a>(cx: &mut PageContext<'a>, dimension: DimensionRef<'a>, in_parts: bool) -> MatrixDimension {
    MatrixDimension {
        id: dimension.id().to_string(),
        link: table::dimension_link(cx, dimension),
        aspects: dimension.aspects().len(),
        rows: dimension.aspects().filter(|_| !in_parts).map(|aspect| row(cx, aspect)).collect(),
    }
}

fn row<'a>(cx: &mut PageContext<'a>, aspect: AspectRef<'a>) -> MatrixRow {
    let link = table::aspect_link(cx, aspect);
    let cells = aspect.cells().map(|cell| self::cell(cx, cell, &link)).collect();
    MatrixRow { id: aspect.id().to_string(), tags: table::tags(aspect), cells, aspect: link }
}

fn cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>, aspect: &Link) -> MatrixCell {
    let shown = table::quiet_cell(cx, cell);
    let activity = |html: &str, must| (unlinked(html).into_owned(), must);
    MatrixCell {
        href: format!("{}#{}", aspect.href, cell.anchor()),
        activities: shown.activities.iter().map(|one| activity(&one.html, one.must)).collect(),
        as_before: shown.as_before,
        written: if shown.nothing { shown.written } else { String::new() },
        must: shown.must,
        effort: shown.effort,
        impact: shown.impact,
    }
}
