//! The same content for machines and spreadsheets: what `index.json`, `index.csv` and `index.md` hold.
//!
//! Keys and headers are the same in every language and whatever a framework calls its parts.

mod edit;
mod embed;
mod markdown;
pub(crate) mod page;
mod portable;
mod row;
mod text;
mod url;
mod value;

use super::context::PageContext;
use crate::site::framework::Change;
use crate::site::handle::{CellRef, ComparisonRef, DimensionRef, FrameworkRef, StageRef};
use markdown::Markdown;
use serde_json::{Map, Value, json};

/// A page's content as data.
#[derive(Clone, Debug)]
pub struct Export {
    /// Everything, for programs.
    pub json: Value,
    /// The head of the table.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Everything, to be read or pasted elsewhere.
    pub markdown: String,
}

/// All cells of a framework.
pub fn framework<'a>(cx: &mut PageContext<'a>, framework: FrameworkRef<'a>) -> Export {
    let mut markdown = Markdown::titled(framework.title());
    markdown.paragraph(&framework.content().summary);
    let dimensions: Vec<Value> = framework.dimensions().map(|d| value::dimension(cx, d)).collect();
    for dimension in framework.dimensions() {
        markdown.heading(2, dimension.title());
        markdown.dimension(cx, dimension, 3);
    }
    let mut json = value::framework(cx, framework);
    json["dimensions"] = dimensions.into();
    let rows = row::aspects(cx, framework.aspects());
    Export { json, header: row::header(framework), rows, markdown: markdown.finish() }
}

/// All cells of a dimension.
pub fn dimension<'a>(cx: &mut PageContext<'a>, dimension: DimensionRef<'a>) -> Export {
    let framework = dimension.framework();
    let mut json = value::dimension(cx, dimension);
    json["framework"] = framework.id().as_str().into();
    json["stages"] = framework.stages().map(|stage| value::stage(cx, stage)).collect();
    let markdown = dimension_markdown(cx, dimension);
    let rows = row::aspects(cx, dimension.aspects());
    Export { json, header: row::header(framework), rows, markdown }
}

/// A dimension in Markdown, as seen from the page of `cx`.
pub fn dimension_markdown<'a>(cx: &PageContext<'a>, dimension: DimensionRef<'a>) -> String {
    let mut markdown = Markdown::titled(dimension.title());
    markdown.dimension(cx, dimension, 2);
    markdown.finish()
}

/// What a stage asks for: all of it, where stages add up also what earlier ones ask for.
pub fn stage<'a>(cx: &mut PageContext<'a>, stage: StageRef<'a>) -> Export {
    let framework = stage.framework();
    let mut header = row::header(framework);
    header.extend(["Change", "Until"].map(str::to_owned));
    let mut rows = Vec::new();
    let mut items = Vec::new();
    let mut markdown = Markdown::titled(&format!("{}: {}", framework.title(), stage.title()));
    for dimension in framework.dimensions() {
        markdown.dimension_at(cx, dimension, stage);
        for aspect in dimension.aspects() {
            let cell = aspect.cell(stage);
            let change = cell.change_before().map(Change::word);
            let until = cell.until().map(StageRef::title);
            let holding = aspect.holding(stage).chain(Some(cell).filter(|cell| cell.is_nothing()));
            for held in holding {
                rows.extend(row::cell(cx, held).into_iter().map(|mut row| {
                    row.extend([change.unwrap_or_default().to_owned(), until.unwrap_or_default().to_owned()]);
                    row
                }));
            }
            let mut item = value::named(aspect);
            item["build"] = value::cell(cx, cell);
            if framework.is_cumulative() {
                item["asked"] = earlier(cx, aspect.holding(stage).filter(|held| held.stage() != stage));
            }
            item["change"] = change.into();
            item["until"] = until.into();
            items.push(item);
        }
    }
    let mut json = value::stage(cx, stage);
    json["framework"] = framework.id().as_str().into();
    json["aspects"] = items.into();
    Export { json, header, rows, markdown: markdown.finish() }
}

/// Cells by the ids of their stages.
fn earlier<'a>(cx: &mut PageContext<'a>, cells: impl Iterator<Item = CellRef<'a>>) -> Value {
    let cells: Map<String, Value> =
        cells.map(|cell| (cell.stage().id().to_string(), value::cell(cx, cell))).collect();
    cells.into()
}

/// Two stages side by side; where stages add up, the later one with what is added.
pub fn comparison<'a>(cx: &mut PageContext<'a>, comparison: ComparisonRef<'a>) -> Export {
    let (framework, from, to) = (comparison.framework(), comparison.from(), comparison.to());
    let added = if framework.is_cumulative() { " (added)" } else { "" };
    let later = format!("{}{added}", to.title());
    let header = ["Dimension", "Aspect", from.title(), &later, "Change"].map(str::to_owned).to_vec();
    let mut rows = Vec::new();
    let mut items = Vec::new();
    let mut markdown = Markdown::titled(&comparison.title());
    for aspect in framework.aspects() {
        let change = comparison.change(aspect);
        let (before, after): (Vec<CellRef<'a>>, Vec<CellRef<'a>>) = if framework.is_cumulative() {
            (aspect.holding(from).collect(), aspect.beyond(from, to).collect())
        } else {
            (vec![aspect.cell(from)], vec![aspect.cell(to)])
        };
        let texts = [&before, &after].map(|cells| row::in_one(cells));
        let mut row = vec![aspect.dimension().title().to_owned(), aspect.title().to_owned()];
        row.extend(texts);
        row.push(change.word().to_owned());
        rows.push(row);
        if change != Change::Unchanged {
            markdown.change(cx, aspect, change, &before, &after);
        }
        let mut item = value::named(aspect);
        item["from"] = value::cells(cx, &before);
        item["to"] = value::cells(cx, &after);
        item["change"] = change.word().into();
        items.push(item);
    }
    let count =
        |change: &Change| framework.aspects().filter(|aspect| comparison.change(*aspect) == *change).count();
    let counts: Map<String, Value> = Change::all(framework.is_cumulative())
        .iter()
        .map(|change| (change.word().to_owned(), count(change).into()))
        .collect();
    let json = json!({
        "framework": framework.id(), "from": from.id(), "to": to.id(), "counts": counts, "aspects": items,
    });
    Export { json, header, rows, markdown: markdown.finish() }
}
