//! Parts of a framework as JSON. A text is there as plain words and, where that says more, under the same key with
//! `_markdown` and `_html`.

use crate::content::address::Address;
use crate::content::framework::field::{FieldContent, FieldValue, Number};
use crate::content::framework::{Activity, Question};
use crate::content::html::{escaped, plain};
use crate::content::listed::Listed;
use crate::content::prose::{Markdown, Prose, Reference};
use crate::site::handle::{ActivityRef, AspectRef, CellRef, DimensionRef, FrameworkRef, StageRef};
use crate::span::{SourcePath, Spanned};
use crate::view::context::PageContext;
use serde_json::{Map, Value, json};

/// What a framework's own file says.
pub fn framework<'a>(cx: &mut PageContext<'a>, framework: FrameworkRef<'a>) -> Value {
    let c = framework.content();
    let file = &c.file;
    let groups: Vec<Value> = c
        .groups
        .iter()
        .map(|group| {
            let mut value = json!({
                "id": group.id, "title": group.title, "summary": group.summary,
                "color": group.color.map(|color| color.to_string()),
            });
            text(cx, &mut value, "intro", file, &group.intro);
            value
        })
        .collect();
    let scales: Vec<Value> = c
        .scales
        .iter()
        .map(|scale| {
            let answers = scale.answers.iter().map(|(title, score)| json!({"title": title, "score": score}));
            json!({"id": scale.id, "answers": answers.collect::<Vec<_>>()})
        })
        .collect();
    let fields = c.fields.iter().map(|field| {
        json!({"id": field.id, "title": field.title, "on": field.on.word(), "kind": field.kind.word()})
    });
    let mut value = json!({
        "framework": framework.id(),
        "title": c.title,
        "summary": c.summary,
        "updated": c.updated.map(|d| d.to_string()),
        "cumulative": c.cumulative,
        "groups": groups,
        "scales": scales,
        "fields": fields.collect::<Vec<_>>(),
    });
    value["stages"] = framework.stages().map(|s| stage(cx, s)).collect();
    value["decisions"] = c
        .decisions
        .iter()
        .map(|d| {
            let mut value = json!({"ask": d.ask, "yes": d.yes, "no": d.no});
            prose(cx, &mut value, "why", file, &d.why);
            value
        })
        .collect();
    value["faq"] = c
        .faq
        .iter()
        .map(|q| {
            let mut value = json!({"question": q.question});
            prose(cx, &mut value, "answer", file, &q.answer);
            value
        })
        .collect();
    value
}

/// A stage.
pub fn stage<'a>(cx: &mut PageContext<'a>, stage: StageRef<'a>) -> Value {
    let s = stage.content();
    let facts: Map<String, Value> = s.facts.iter().map(|(k, v)| (k.clone(), v.as_str().into())).collect();
    let mut value =
        json!({"id": s.id, "title": s.title, "name": s.name, "summary": s.summary, "facts": facts});
    fields(cx, &mut value, &stage.framework().content().file, &s.own);
    if let Some(own) = stage.text() {
        fields(cx, &mut value, &own.file, &own.own);
    }
    value
}

/// A dimension with all its cells.
pub fn dimension<'a>(cx: &mut PageContext<'a>, dimension: DimensionRef<'a>) -> Value {
    let c = dimension.content();
    let mut value = json!({
        "id": dimension.id(), "title": c.title, "group": c.group.as_ref().map(|group| &group.value),
    });
    text(cx, &mut value, "intro", &c.file, &c.intro);
    match &c.takeaway {
        Some(takeaway) => drop(prose(cx, &mut value, "takeaway", &c.file, takeaway)),
        None => value["takeaway"] = Value::Null,
    }
    let mut objectives = json!({});
    for (stage, objective) in &c.objectives {
        text(cx, &mut objectives, &stage.value, &c.file, objective);
    }
    for stage in dimension.framework().stages() {
        if let Some(long) = dimension.objective_text(stage) {
            prose(cx, &mut objectives, &format!("{}_told", stage.id()), &long.file, &long.body);
        }
    }
    value["objectives"] = objectives;
    value["aspects"] = dimension.aspects().map(|a| aspect(cx, a)).collect();
    fields(cx, &mut value, &c.file, &c.own);
    if let Some(own) = dimension.text() {
        fields(cx, &mut value, &own.file, &own.own);
    }
    value
}

fn aspect<'a>(cx: &mut PageContext<'a>, aspect: AspectRef<'a>) -> Value {
    let (a, file) = (aspect.content(), aspect.file());
    let cells: Map<String, Value> =
        aspect.cells().map(|held| (held.stage().id().to_string(), cell(cx, held))).collect();
    let mut value = json!({"id": a.id, "title": a.title, "tags": a.tags, "at": cells});
    text(cx, &mut value, "description", file, &a.description);
    let mut told = json!({});
    for held in aspect.cells().filter(|held| held.activities().len() > 1) {
        if let Some(own) = held.text() {
            let mut cell = json!({});
            prose(cx, &mut cell, "told", &own.file, &own.body);
            fields(cx, &mut cell, &own.file, &own.own);
            told[held.stage().id().as_str()] = cell;
        }
    }
    if told != json!({}) {
        value["told"] = told;
    }
    fields(cx, &mut value, file, &a.own);
    if let Some(own) = aspect.text() {
        fields(cx, &mut value, &own.file, &own.own);
    }
    value
}

/// What names an aspect.
pub fn named(aspect: AspectRef<'_>) -> Value {
    json!({"dimension": aspect.dimension().id(), "aspect": aspect.id(), "title": aspect.title()})
}

/// The activities of several cells, in order.
pub fn cells<'a>(cx: &mut PageContext<'a>, cells: &[CellRef<'a>]) -> Value {
    cells.iter().flat_map(|held| held.activities()).map(|a| activity(cx, a)).collect()
}

/// The activities of a cell.
pub fn cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> Value {
    cells(cx, &[cell])
}

fn activity<'a>(cx: &mut PageContext<'a>, activity: ActivityRef<'a>) -> Value {
    let (a, cell) = (activity.content, activity.cell);
    let file = cell.file();
    let mut value = json!({"id": a.id});
    if !a.text.is_empty() {
        text(cx, &mut value, "text", file, &a.text);
    }
    // A text of the cell's own tells of its only activity; of several it belongs to none.
    let own = cell.text().filter(|_| cell.activities().len() == 1);
    if !a.details.is_empty() {
        text(cx, &mut value, "details", file, &a.details);
    }
    if let Some(own) = own {
        prose(cx, &mut value, "told", &own.file, &own.body);
    }
    rated(&mut value, a);
    if !a.questions.is_empty() {
        value["questions"] = a.questions.iter().map(|q| question(cx, file, q)).collect();
    }
    fields(cx, &mut value, file, &a.own);
    if let Some(own) = own {
        fields(cx, &mut value, &own.file, &own.own);
    }
    value
}

/// What is said of an activity in a word or a number.
fn rated(value: &mut Value, a: &Activity) {
    if !a.depends_on.is_empty() {
        value["depends_on"] = a.depends_on.iter().map(|x: &Spanned<Address>| x.value.to_string()).collect();
    }
    if !a.links.is_empty() {
        value["links"] = a.links.iter().map(listed).collect();
    }
    if !a.tags.is_empty() {
        value["tags"] = a.tags.clone().into();
    }
    if a.must {
        value["must"] = true.into();
    }
    for (key, rating) in [("effort", a.effort), ("impact", a.impact)] {
        if let Some(rating) = rating {
            value[key] = rating.into();
        }
    }
}

fn question(cx: &mut PageContext<'_>, file: &SourcePath, question: &Question) -> Value {
    let mut value = json!({"scale": question.scale.as_ref().map(|scale| &scale.value)});
    text(cx, &mut value, "ask", file, &question.ask);
    value["criteria"] = question.criteria.iter().map(|criterion| plain(&criterion.html)).collect();
    value
}

/// A link as it is written: a text, or an object where it has words of its own.
fn listed(link: &Listed) -> Value {
    let to = target(link);
    if link.title.is_none() && link.note.is_none() {
        return to.into();
    }
    json!({"to": to, "title": link.title, "note": link.note})
}

/// Where a link leads, as it is written.
pub fn target(link: &Listed) -> String {
    match &link.to {
        Reference::Address(address) => address.to_string(),
        Reference::External(url) => url.clone(),
        Reference::Path { path, .. } => path.clone(),
        Reference::Anchor(anchor) => format!("#{anchor}"),
    }
}

fn fields(cx: &mut PageContext<'_>, value: &mut Value, file: &SourcePath, own: &[FieldValue]) {
    for field in own {
        let key = field.id.as_str();
        match &field.content {
            FieldContent::Markdown(content) => text(cx, value, key, file, content),
            FieldContent::Text(content) => value[key] = content.as_str().into(),
            FieldContent::Number(Number::Whole(n)) => value[key] = (*n).into(),
            FieldContent::Number(Number::Decimal(n)) => value[key] = (*n).into(),
            FieldContent::List(items) => {
                value[key] = items.iter().map(|item| plain(&item.html)).collect();
                if items.iter().any(|item| plain(&item.html) != item.source) {
                    value[format!("{key}_markdown")] =
                        items.iter().map(|item| item.source.as_str()).collect();
                }
            }
            FieldContent::Links(links) => value[key] = links.iter().map(listed).collect(),
        }
    }
}

/// A text under a key, and beside it what its plain words leave out.
fn text(cx: &mut PageContext<'_>, value: &mut Value, key: &str, file: &SourcePath, text: &Markdown) {
    let words = prose(cx, value, key, file, text);
    if words != text.source {
        value[format!("{key}_markdown")] = text.source.as_str().into();
    }
}

/// A text of which only the HTML is kept. Gives its plain words.
fn prose(cx: &mut PageContext<'_>, value: &mut Value, key: &str, file: &SourcePath, prose: &Prose) -> String {
    let html = cx.quietly(|cx| cx.html(file, prose));
    let words = plain(&html);
    value[key] = words.as_str().into();
    let html = html.trim_end();
    let bare = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).unwrap_or(html);
    if bare != escaped(&words) {
        value[format!("{key}_html")] = html.into();
    }
    words
}
