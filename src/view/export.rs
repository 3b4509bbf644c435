//! The same content for machines and spreadsheets: what `index.json`, `index.csv` and `index.md` hold.

use crate::content::framework::Activity;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::html::plain;
use crate::content::prose::Prose;
use crate::site::framework::Change;
use crate::site::handle::{AspectRef, CellRef, ComparisonRef, DimensionRef, FrameworkRef, StageRef};
use serde_json::{Map, Value, json};

/// A page's content as data.
#[derive(Clone, Debug)]
pub struct Export {
    /// A title for the Markdown form.
    pub title: String,
    /// Everything, for programs.
    pub json: Value,
    /// The head of the table.
    pub header: Vec<Head>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// What stands over a column.
#[derive(Clone, Debug)]
pub enum Head {
    /// A column that every table has: what it is called for machines, and the key of what readers call it.
    Ours(&'static str, &'static str),
    /// One that an author named.
    Named(String),
}

const DIMENSION: Head = Head::Ours("Dimension", "dimension-column");
const ASPECT: Head = Head::Ours("Aspect", "aspect-column");
const TAGS: Head = Head::Ours("Tags", "tags");
const CHANGE: Head = Head::Ours("Change", "change-column");
const UNTIL: Head = Head::Ours("Until", "until-column");

/// The column of a stage.
fn at(stage: StageRef<'_>) -> Head {
    Head::Named(stage.title().to_owned())
}

/// All cells of a framework.
pub fn framework(framework: FrameworkRef<'_>) -> Export {
    let c = framework.content();
    let dimensions: Vec<Value> = framework.dimensions().map(dimension_json).collect();
    let json = json!({
        "framework": framework.id(),
        "title": c.title,
        "summary": c.summary,
        "updated": c.updated.map(|d| d.to_string()),
        "stages": stages_json(framework),
        "dimensions": dimensions,
        "decisions": c.decisions.iter().map(|d| json!({
            "ask": d.ask, "yes": d.yes, "no": d.no, "why": text(&d.why),
        })).collect::<Vec<_>>(),
        "faq": c.faq.iter().map(|q| json!({
            "question": q.question, "answer": text(&q.answer),
        })).collect::<Vec<_>>(),
    });
    table(framework.title(), json, framework, framework.aspects())
}

/// All cells of a dimension.
pub fn dimension(dimension: DimensionRef<'_>) -> Export {
    let framework = dimension.framework();
    let mut json = dimension_json(dimension);
    json["framework"] = framework.id().as_str().into();
    json["stages"] = stages_json(framework);
    table(dimension.title(), json, framework, dimension.aspects())
}

/// Aspects as rows, stages as columns.
fn table<'a>(
    title: &str,
    json: Value,
    framework: FrameworkRef<'a>,
    aspects: impl Iterator<Item = AspectRef<'a>>,
) -> Export {
    let header = [DIMENSION, ASPECT, TAGS].into_iter().chain(framework.stages().map(at)).collect();
    let rows = aspects.map(|aspect| {
        let mut row = named(aspect);
        row.push(aspect.content().tags.join(", "));
        row.extend(aspect.cells().map(|cell| cell.content().written.clone()));
        row
    });
    Export { title: title.to_owned(), json, header, rows: rows.collect() }
}

/// The cells that every row begins with.
fn named(aspect: AspectRef<'_>) -> Vec<String> {
    vec![aspect.dimension().title().to_owned(), aspect.title().to_owned()]
}

fn stage_json(stage: StageRef<'_>) -> Value {
    let s = stage.content();
    let facts: Map<String, Value> = s.facts.iter().map(|(k, v)| (k.clone(), v.as_str().into())).collect();
    let mut value =
        json!({"id": s.id, "title": s.title, "name": s.name, "summary": s.summary, "facts": facts});
    add_own(&mut value, &s.own);
    value
}

fn stages_json(framework: FrameworkRef<'_>) -> Value {
    framework.stages().map(stage_json).collect()
}

fn dimension_json(dimension: DimensionRef<'_>) -> Value {
    let c = dimension.content();
    let aspects: Vec<Value> = dimension
        .aspects()
        .map(|aspect| {
            let a = aspect.content();
            let cells: Map<String, Value> =
                aspect.cells().map(|cell| (cell.stage().id().to_string(), cell_json(cell))).collect();
            let mut value = json!({
                "id": a.id, "title": a.title, "description": text(&a.description), "tags": a.tags, "at": cells,
            });
            add_own(&mut value, &a.own);
            value
        })
        .collect();
    let mut value = json!({
        "id": dimension.id(),
        "title": c.title,
        "group": c.group,
        "intro": text(&c.intro),
        "takeaway": c.takeaway.as_ref().map(text),
        "aspects": aspects,
    });
    add_own(&mut value, &c.own);
    value
}

fn cell_json(cell: CellRef<'_>) -> Value {
    cell.content().activities.iter().map(activity_json).collect()
}

fn activity_json(a: &Activity) -> Value {
    let mut value = json!({"id": a.id, "text": text(&a.text)});
    if !a.details.is_empty() {
        value["details"] = text(&a.details).into();
    }
    for (key, list) in [("depends_on", &a.depends_on), ("links", &a.links)] {
        if !list.is_empty() {
            value[key] = list.iter().map(|x| x.value.to_string()).collect();
        }
    }
    for (key, rating) in [("effort", a.effort), ("impact", a.impact)] {
        if let Some(rating) = rating {
            value[key] = rating.into();
        }
    }
    add_own(&mut value, &a.own);
    value
}

fn add_own(value: &mut Value, own: &[FieldValue]) {
    for field in own {
        value[field.id.as_str()] = match &field.content {
            FieldContent::Markdown(prose) => text(prose).into(),
            FieldContent::Text(t) => t.as_str().into(),
            FieldContent::Number(n) => (*n).into(),
            FieldContent::List(items) => items.clone().into(),
            FieldContent::Links(links) => links.iter().map(|x| x.value.to_string()).collect(),
        };
    }
}

fn text(prose: &Prose) -> String {
    plain(&prose.html)
}

/// What a stage asks for.
pub fn stage(stage: StageRef<'_>) -> Export {
    let framework = stage.framework();
    let header = vec![DIMENSION, ASPECT, at(stage), CHANGE, UNTIL];
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for aspect in framework.aspects() {
        let cell = aspect.cell(stage);
        let change = cell.change_before().map(Change::word);
        let until = cell.until().map(|u| u.title().to_owned());
        let mut row = named(aspect);
        row.push(cell.content().written.clone());
        row.push(change.unwrap_or_default().to_owned());
        row.push(until.clone().unwrap_or_default());
        rows.push(row);
        items.push(json!({
            "dimension": aspect.dimension().id(),
            "aspect": aspect.id(),
            "title": aspect.title(),
            "build": cell_json(cell),
            "change": change,
            "until": until,
        }));
    }
    let mut json = stage_json(stage);
    json["framework"] = framework.id().as_str().into();
    json["aspects"] = items.into();
    Export { title: format!("{}: {}", framework.title(), stage.title()), json, header, rows }
}

/// Two stages side by side.
pub fn comparison(comparison: ComparisonRef<'_>) -> Export {
    let (framework, from, to) = (comparison.framework(), comparison.from(), comparison.to());
    let header = vec![DIMENSION, ASPECT, at(from), at(to), CHANGE];
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for aspect in framework.aspects() {
        let (before, after) = (aspect.cell(from), aspect.cell(to));
        let change = comparison.change(aspect).word();
        let mut row = named(aspect);
        row.extend([before, after].map(|cell| cell.content().written.clone()));
        row.push(change.to_owned());
        rows.push(row);
        items.push(json!({
            "dimension": aspect.dimension().id(),
            "aspect": aspect.id(),
            "title": aspect.title(),
            "from": cell_json(before),
            "to": cell_json(after),
            "change": change,
        }));
    }
    let count =
        |change: &Change| framework.aspects().filter(|aspect| comparison.change(*aspect) == *change).count();
    let counts: Map<String, Value> =
        Change::ALL.iter().map(|change| (change.word().to_owned(), count(change).into())).collect();
    let json = json!({
        "framework": framework.id(), "from": from.id(), "to": to.id(), "counts": counts, "aspects": items,
    });
    Export { title: comparison.title(), json, header, rows }
}
