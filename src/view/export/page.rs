//! Guides, playbooks and sections as Markdown and as JSON: what `index.md`, `index.json` and `llms-full.txt` hold of them.

use super::text::{Stretch, short};
use super::url::url;
use crate::content::document::Document;
use crate::content::html::plain;
use crate::content::playbook::{Phase, PhasePart};
use crate::site::handle::{PageRef, SiteRef};
use crate::site::pages::{Destination, PageKind, Target};
use crate::view::context::PageContext;
use serde_json::{Value, json};

/// A page's text as Markdown with one title, as seen from the page of `cx`.
pub fn markdown<'a>(cx: &mut PageContext<'a>, page: PageRef<'a>) -> String {
    let mut out = format!("# {}\n", page.title());
    let mut paragraph = |text: &str| {
        if !text.trim().is_empty() {
            out.push_str(&format!("\n{}\n", text.trim()));
        }
    };
    paragraph(page.description());
    if let Some(document) = page.document() {
        let front = &document.front_matter;
        if let Some(playbook) = &document.playbook {
            let purpose = plain(&playbook.purpose.html);
            if purpose != page.description() {
                paragraph(&purpose);
            }
            let facts = [
                ("duration", playbook.duration.clone()),
                ("when-to-use", playbook.when_to_use.as_ref().map(|when| plain(&when.html))),
            ];
            let facts = facts.into_iter().filter_map(|(key, value)| Some((cx.phrase(key, &[]), value?)));
            let facts: Vec<String> = facts.map(|(key, value)| format!("- **{key}**: {value}")).collect();
            paragraph(&facts.join("\n"));
        }
        if !front.takeaways.is_empty() {
            paragraph(&format!("## {}", cx.phrase("takeaways", &[])));
            let items = front
                .takeaways
                .iter()
                .map(|text| format!("- {}", short(cx, page, &document.file, &text.value)));
            paragraph(&items.collect::<Vec<_>>().join("\n"));
        }
        paragraph(&Stretch::whole(page, document).markdown(cx, 2, true));
        if !front.faq.is_empty() {
            paragraph(&format!("## {}", cx.phrase("faq", &[])));
        }
        for entry in &front.faq {
            paragraph(&format!("### {}", entry.question.value));
            paragraph(&short(cx, page, &document.file, &entry.answer.value));
        }
    }
    out
}

/// What lies in a section, an item each.
fn pages<'a>(cx: &PageContext<'a>, section: PageRef<'a>) -> String {
    let mut out = String::new();
    for page in section.children() {
        let description = match page.description() {
            "" => String::new(),
            description => format!(": {}", description.replace('\n', " ")),
        };
        out.push_str(&format!("- [{}]({}){description}\n", page.title(), link(cx, page)));
    }
    out
}

fn link(cx: &PageContext<'_>, page: PageRef<'_>) -> String {
    url(cx, &Destination::Page(Target { page: page.id(), anchor: None }))
}

/// `index.md`
pub fn index_markdown(cx: &mut PageContext<'_>) -> String {
    let page = cx.page();
    let mut out = markdown(cx, page);
    if page.kind == PageKind::Section && page.children().len() > 0 {
        out.push_str(&format!("\n## {}\n\n{}", cx.phrase("in-this-section", &[]), pages(cx, page)));
    }
    out
}

/// `index.json`
pub fn index_json(cx: &mut PageContext<'_>) -> Value {
    let page = cx.page();
    let document = page.document();
    let front = document.map(|document| &document.front_matter);
    let headings = document.iter().flat_map(|document| document.headings());
    let headings: Vec<Value> =
        headings.map(|h| json!({"level": h.level, "id": h.id, "title": h.text})).collect();
    let mut value = json!({
        "kind": kind(page),
        "title": page.title(),
        "description": page.description(),
        "url": link(cx, page),
        "date": front.and_then(|f| f.date).map(|day| day.0.to_string()),
        "updated": page.updated.map(|day| day.to_string()),
        "authors": front.map(|f| &f.authors[..]).unwrap_or_default(),
        "tags": front.map(|f| &f.tags[..]).unwrap_or_default(),
        "category": front.and_then(|f| f.category.as_ref()),
        "stages": stages(page),
        "headings": headings,
        "markdown": markdown(cx, page),
    });
    if let Some(playbook) = document.and_then(|document| document.playbook.as_ref()) {
        value["purpose"] = plain(&playbook.purpose.html).into();
        value["duration"] = playbook.duration.clone().into();
        value["when_to_use"] = playbook.when_to_use.as_ref().map(|when| plain(&when.html)).into();
        let phases = playbook.sections.iter().flat_map(|section| &section.phases);
        value["phases"] = phases.map(phase).collect();
    }
    if page.kind == PageKind::Section {
        let entry = |child: PageRef<'_>| json!({"title": child.title(), "description": child.description(), "url": link(cx, child)});
        value["pages"] = page.children().map(entry).collect();
    }
    value
}

fn kind(page: PageRef<'_>) -> &'static str {
    match page.kind {
        PageKind::Playbook => "playbook",
        PageKind::Section => "section",
        _ => "guide",
    }
}

/// The stages that a page is for, by their addresses.
fn stages(page: PageRef<'_>) -> Vec<String> {
    page.stages().map(|stage| format!("{}@{}", stage.framework().id(), stage.id())).collect()
}

fn phase(phase: &Phase) -> Value {
    let steps = phase.parts.iter().flat_map(|part| match part {
        PhasePart::Steps(steps) => steps.as_slice(),
        PhasePart::Text(_) => &[],
    });
    let steps: Vec<Value> = steps.map(|step| json!({"id": step.id, "text": step.plain})).collect();
    let heading = phase.heading.as_ref();
    json!({"id": heading.map(|h| &h.id), "title": heading.map(|h| &h.text), "steps": steps})
}

/// How many bytes the texts of all documents have, about.
pub fn size(site: SiteRef<'_>) -> usize {
    let texts = site.pages().filter_map(PageRef::document);
    texts.map(|document: &Document| site.source_text(document).len() + 256).sum()
}
