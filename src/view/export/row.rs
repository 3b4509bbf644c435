//! A framework's cells as rows of a table: one for each activity.

use super::portable::portable;
use super::value::target;
use crate::content::framework::field::{Field, FieldContent, FieldOwner, FieldValue};
use crate::site::handle::{ActivityRef, AspectRef, CellRef, FrameworkRef};
use crate::view::context::PageContext;

/// The columns of every framework.
const COLUMNS: [&str; 14] = [
    "Dimension",
    "Aspect",
    "Aspect tags",
    "Stage",
    "Activity",
    "Text",
    "Must",
    "Effort",
    "Impact",
    "Tags",
    "Details",
    "Links",
    "Depends on",
    "Questions",
];

/// The names of all columns: the framework's own fields of cells come last.
pub fn header(framework: FrameworkRef<'_>) -> Vec<String> {
    let own = declared(framework).map(|field| field.title.clone());
    COLUMNS.iter().map(|name| (*name).to_owned()).chain(own).collect()
}

fn declared(framework: FrameworkRef<'_>) -> impl Iterator<Item = &Field> {
    framework.content().fields.iter().filter(|field| field.on == FieldOwner::Cell)
}

/// The rows of all cells of aspects.
pub fn aspects<'a>(
    cx: &mut PageContext<'a>,
    aspects: impl Iterator<Item = AspectRef<'a>>,
) -> Vec<Vec<String>> {
    aspects.flat_map(AspectRef::cells).flat_map(|held| cell(cx, held)).collect()
}

/// The rows of a cell. One that says that there is nothing has a row that says so.
pub fn cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> Vec<Vec<String>> {
    let aspect = cell.aspect();
    let start = || {
        let tags = aspect.content().tags.join(", ");
        let of = [aspect.dimension().title(), aspect.title(), &tags, cell.stage().title()];
        of.map(str::to_owned).to_vec()
    };
    let own: Vec<&Field> = declared(aspect.framework()).collect();
    let mut rows = Vec::new();
    if cell.is_nothing() && !cell.content().written.is_empty() {
        let mut row = start();
        row.extend([String::new(), cell.content().written.clone()]);
        let details = COLUMNS.iter().position(|name| *name == "Details").unwrap_or(COLUMNS.len());
        row.resize(details, String::new());
        row.push(portable(cx, &cell.content().why.source).trim().to_owned());
        row.resize(COLUMNS.len().saturating_add(own.len()), String::new());
        rows.push(row);
    }
    for activity in cell.activities() {
        let a = activity.content;
        let rating = |rating: Option<u8>| rating.map(|n| n.to_string()).unwrap_or_default();
        let links: Vec<String> = a.links.iter().map(target).collect();
        let needs: Vec<String> = a.depends_on.iter().map(|address| address.value.to_string()).collect();
        let questions: Vec<&str> = a.questions.iter().map(|q| q.ask.source.as_str()).collect();
        let mut row = start();
        row.extend([
            a.id.as_ref().map(ToString::to_string).unwrap_or_default(),
            activity.brief(),
            if a.must { "yes".to_owned() } else { String::new() },
            rating(a.effort),
            rating(a.impact),
            a.tags.join(", "),
            details(cx, cell, &a.details.source),
            links.join("\n"),
            needs.join("\n"),
            questions.join("\n"),
        ]);
        for field in &own {
            let mut values = a.own.iter().chain(cell.own());
            row.push(
                values.find(|value| value.id == field.id).map(|value| written(cx, value)).unwrap_or_default(),
            );
        }
        rows.push(row);
    }
    rows
}

/// What is told of an activity: its details, and a text of its cell's own.
fn details(cx: &PageContext<'_>, cell: CellRef<'_>, details: &str) -> String {
    let told = cell.text().map(|text| cx.site().text_source(text)).unwrap_or_default();
    portable(cx, &[details, &*told].join("\n\n")).trim().to_owned()
}

/// The value of a field, as its author wrote it.
pub fn written(cx: &PageContext<'_>, value: &FieldValue) -> String {
    match &value.content {
        FieldContent::Markdown(text) => portable(cx, &text.source),
        FieldContent::Text(text) => text.clone(),
        FieldContent::Number(n) => n.to_string(),
        FieldContent::List(items) => {
            items.iter().map(|item| portable(cx, &item.source)).collect::<Vec<_>>().join("\n")
        }
        FieldContent::Links(links) => links.iter().map(target).collect::<Vec<_>>().join("\n"),
    }
}

/// What several cells ask for, in one.
pub fn in_one(cells: &[CellRef<'_>]) -> String {
    let texts: Vec<String> =
        cells.iter().flat_map(|cell| cell.activities()).map(ActivityRef::brief).collect();
    match (texts.is_empty(), cells.first()) {
        (true, Some(cell)) => cell.content().written.clone(),
        _ => texts.join("; "),
    }
}
