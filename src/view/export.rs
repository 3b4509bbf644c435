//! The same content for machines and spreadsheets: what `index.json`, `index.csv` and `index.md` hold.

use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::framework::{Activity, Cell};
use crate::content::html::plain;
use crate::content::prose::Prose;
use crate::site::Site;
use crate::site::framework::{Change, Framework};
use crate::site::pages::PageKind;
use serde_json::{Map, Value, json};

/// Does this kind of page have data files beside it?
pub fn has_data(kind: PageKind) -> bool {
    matches!(
        kind,
        PageKind::Framework(_) | PageKind::Stage(..) | PageKind::Dimension(..) | PageKind::Comparison(..)
    )
}

/// A page's content as data.
#[derive(Clone, Debug)]
pub struct Export {
    /// A title for the Markdown form.
    pub title: String,
    /// Everything, for programs.
    pub json: Value,
    /// The head of the table.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// The data of a page; `None` for kinds that have none.
pub fn export(site: &Site, kind: PageKind) -> Option<Export> {
    match kind {
        PageKind::Framework(f) => Some(framework(&site.frameworks[f], None)),
        PageKind::Dimension(f, d) => Some(framework(&site.frameworks[f], Some(d))),
        PageKind::Stage(f, s) => Some(stage(&site.frameworks[f], s)),
        PageKind::Comparison(f, a, b) => Some(comparison(&site.frameworks[f], a, b)),
        _ => None,
    }
}

/// All cells of a framework, or of one dimension.
fn framework(f: &Framework, only: Option<usize>) -> Export {
    let c = &*f.content;
    let mut header = vec!["Dimension".to_owned(), "Aspect".to_owned(), "Tags".to_owned()];
    header.extend(c.stages.iter().map(|s| s.title.clone()));
    let chosen: Vec<usize> = (0..f.dimensions.len()).filter(|d| only.is_none_or(|o| o == *d)).collect();
    let rows = f
        .aspects()
        .filter(|(d, _, _)| chosen.contains(d))
        .map(|(d, _, aspect)| {
            let content = aspect.content();
            let mut row =
                vec![f.dimensions[d].content.title.clone(), content.title.clone(), content.tags.join(", ")];
            row.extend((0..c.stages.len()).map(|s| aspect.cell(s).written.clone()));
            row
        })
        .collect();
    let dimensions: Vec<Value> = chosen.iter().map(|d| dimension_json(f, *d)).collect();
    let (title, json) = match only {
        Some(d) => (f.dimensions[d].content.title.clone(), {
            let mut value = dimensions[0].clone();
            value["framework"] = f.id.as_str().into();
            value["stages"] = stages_json(f);
            value
        }),
        None => (
            c.title.clone(),
            json!({
                "framework": f.id,
                "title": c.title,
                "summary": c.summary,
                "updated": c.updated.map(|d| d.to_string()),
                "stages": stages_json(f),
                "dimensions": dimensions,
                "decisions": c.decisions.iter().map(|d| json!({
                    "ask": d.ask, "yes": d.yes, "no": d.no, "why": text(&d.why),
                })).collect::<Vec<_>>(),
                "faq": c.faq.iter().map(|q| json!({
                    "question": q.question, "answer": text(&q.answer),
                })).collect::<Vec<_>>(),
            }),
        ),
    };
    Export { title, json, header, rows }
}

fn stages_json(f: &Framework) -> Value {
    f.stages()
        .iter()
        .map(|s| {
            let facts: Map<String, Value> =
                s.facts.iter().map(|(k, v)| (k.clone(), v.as_str().into())).collect();
            let mut value =
                json!({"id": s.id, "title": s.title, "name": s.name, "summary": s.summary, "facts": facts});
            add_own(&mut value, &s.own);
            value
        })
        .collect()
}

fn dimension_json(f: &Framework, d: usize) -> Value {
    let dimension = &f.dimensions[d];
    let c = &*dimension.content;
    let aspects: Vec<Value> = dimension
        .aspects
        .iter()
        .map(|aspect| {
            let a = aspect.content();
            let cells: Map<String, Value> = f
                .stages()
                .iter()
                .enumerate()
                .map(|(s, stage)| (stage.id.to_string(), cell_json(aspect.cell(s))))
                .collect();
            let mut value = json!({
                "id": a.id, "title": a.title, "description": text(&a.description.prose), "tags": a.tags, "at": cells,
            });
            add_own(&mut value, &a.own);
            value
        })
        .collect();
    let mut value = json!({
        "id": dimension.id,
        "title": c.title,
        "group": c.group,
        "intro": text(&c.intro.prose),
        "takeaway": c.takeaway.as_ref().map(text),
        "aspects": aspects,
    });
    add_own(&mut value, &c.own);
    value
}

fn cell_json(cell: &Cell) -> Value {
    cell.activities.iter().map(activity_json).collect()
}

fn activity_json(a: &Activity) -> Value {
    let mut value = json!({"id": a.id, "text": text(&a.text.prose)});
    if !a.details.prose.is_empty() {
        value["details"] = text(&a.details.prose).into();
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
fn stage(f: &Framework, s: usize) -> Export {
    let stage = &f.stages()[s];
    let header = ["Dimension", "Aspect", stage.title.as_str(), "Change", "Until"].map(str::to_owned).to_vec();
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for (d, _, aspect) in f.aspects() {
        let cell = aspect.cell(s);
        let change = s.checked_sub(1).map(|before| aspect.change(before, s).word());
        let until = if cell.is_nothing() { aspect.next_something(s) } else { aspect.next_change(s) };
        let until = until.map(|u| f.stages()[u].title.clone());
        rows.push(vec![
            f.dimensions[d].content.title.clone(),
            aspect.content().title.clone(),
            cell.written.clone(),
            change.unwrap_or_default().to_owned(),
            until.clone().unwrap_or_default(),
        ]);
        items.push(json!({
            "dimension": f.dimensions[d].id,
            "aspect": aspect.id(),
            "title": aspect.content().title,
            "build": cell_json(cell),
            "change": change,
            "until": until,
        }));
    }
    let mut json = stages_json(f)[s].clone();
    json["framework"] = f.id.as_str().into();
    json["aspects"] = items.into();
    Export { title: format!("{}: {}", f.content.title, stage.title), json, header, rows }
}

/// Two stages side by side.
fn comparison(f: &Framework, from: usize, to: usize) -> Export {
    let (a, b) = (&f.stages()[from], &f.stages()[to]);
    let header =
        ["Dimension", "Aspect", a.title.as_str(), b.title.as_str(), "Change"].map(str::to_owned).to_vec();
    let mut rows = Vec::new();
    let mut items = Vec::new();
    let mut counts: Map<String, Value> =
        Change::ALL.iter().map(|c| (c.word().to_owned(), 0.into())).collect();
    for (d, _, aspect) in f.aspects() {
        let change = aspect.change(from, to).word();
        if let Some(n) = counts.get(change).and_then(Value::as_u64) {
            counts.insert(change.to_owned(), (n + 1).into());
        }
        rows.push(vec![
            f.dimensions[d].content.title.clone(),
            aspect.content().title.clone(),
            aspect.cell(from).written.clone(),
            aspect.cell(to).written.clone(),
            change.to_owned(),
        ]);
        items.push(json!({
            "dimension": f.dimensions[d].id,
            "aspect": aspect.id(),
            "title": aspect.content().title,
            "from": cell_json(aspect.cell(from)),
            "to": cell_json(aspect.cell(to)),
            "change": change,
        }));
    }
    let json = json!({"framework": f.id, "from": a.id, "to": b.id, "counts": counts, "aspects": items});
    Export { title: format!("{} to {}", a.title, b.title), json, header, rows }
}
