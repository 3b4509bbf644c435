//! The places of a page that have a name: terms, questions, headings.

use super::Entry;
use super::opening::{ROOM, whole, with_text};
use crate::content::document::{Document, Text};
use crate::content::faq::Faq;
use crate::content::glossary::Term;
use crate::content::html::plain;
use crate::content::playbook::{Phase, PhasePart};
use crate::content::prose::Prose;
use crate::site::handle::PageRef;
use crate::site::outline::{Outline, Section};
use crate::site::pages::PageKind;
use crate::span::SourcePath;
use crate::view::context::PageContext;
use std::collections::HashMap;

/// The most characters of a text that stands for a place.
const LESS_ROOM: usize = 80;

/// Terms, questions and headings.
pub(super) fn places(cx: &mut PageContext<'_>, found: &mut Vec<Entry>) {
    let page = cx.page();
    let Some(own) = found.first() else { return };
    let (kind, framework, stages) = (own.k, own.f, own.s.clone());
    if page.kind == PageKind::Glossary {
        found.extend(terms(cx));
        return;
    }
    // The stages of an aspect are told with it, and what a dimension or a group lists or a comparison compares has a page of
    // its own.
    let has_own = !matches!(
        page.kind,
        PageKind::Aspect(_)
            | PageKind::Dimension(_)
            | PageKind::Group(_)
            | PageKind::Comparison(_)
            | PageKind::Of(..)
    );
    let outline = page.outline();
    let mut texts = openings(cx, &outline);
    texts.extend(of_sections(page, &outline));
    let questions = questions(cx, &outline);
    for place in &outline.places {
        let (id, title) = (&place.id, &place.title);
        if let Some(answer) = questions.get(id) {
            let question = Entry { k: "Question", a: id.clone(), t: title.clone(), ..Entry::default() };
            found.push(with_text(question, answer, ROOM));
            continue;
        }
        // Every page with questions has this heading.
        let is_ours = outline.sections.get(&Section::Faq).is_some_and(|ours| ours.id == *id);
        let is_heading = !is_ours && (2..=4).contains(&place.level) && !title.is_empty();
        let text = texts.remove(id);
        if is_heading && (has_own || text.is_some()) {
            let heading = Entry {
                k: kind,
                a: id.clone(),
                t: title.clone(),
                f: framework,
                s: stages.clone(),
                ..Entry::default()
            };
            found.push(with_text(heading, &text.unwrap_or_default(), LESS_ROOM));
        }
    }
}

fn terms(cx: &mut PageContext<'_>) -> Vec<Entry> {
    let Some(glossary) = cx.site().glossary() else { return Vec::new() };
    let entry = |term: &Term| Entry {
        k: "Term",
        a: term.id.to_string(),
        t: term.name.clone(),
        x: plain(&cx.quietly(|cx| cx.html(&glossary.file, &term.definition))),
        w: term.aliases.join(", "),
        ..Entry::default()
    };
    glossary.terms.iter().map(entry).collect()
}

/// What stands under each heading of the page's texts, by the heading's id.
fn openings(cx: &mut PageContext<'_>, outline: &Outline) -> HashMap<String, String> {
    let page = cx.page();
    let mut texts = HashMap::new();
    let mut all = |cx: &mut PageContext<'_>, file: &SourcePath, prose: &Prose| {
        for (i, heading) in prose.headings.iter().enumerate().filter(|(_, heading)| heading.level > 0) {
            let opening = prose.under(heading, prose.headings.get(i.saturating_add(1)));
            let text = plain(&cx.quietly(|cx| cx.html(file, &opening)));
            let id = outline.renamed.get(&heading.id).unwrap_or(&heading.id);
            texts.insert(id.clone(), text);
        }
    };
    if let Some(document) = page.document() {
        all(cx, &document.file, &document.body);
        for section in document.playbook.iter().flat_map(|p| &p.sections) {
            all(cx, &document.file, &section.body);
        }
    }
    if let Some(text) = page.text() {
        all(cx, &text.file, &text.body);
    }
    for section in page.document().iter().flat_map(|d| &d.playbook).flat_map(|p| &p.sections) {
        let file = page.document().map(|d| &d.file);
        if let Some(file) = file {
            let text = whole(cx, file, &section.body);
            texts.insert(section.heading.id.clone(), text);
        }
        for phase in &section.phases {
            if let Some(heading) = &phase.heading {
                texts.insert(heading.id.clone(), steps(phase));
            }
        }
    }
    texts
}

/// What sections of ours hold that is short.
fn of_sections(page: PageRef<'_>, outline: &Outline) -> Option<(String, String)> {
    let (section, said): (_, Vec<String>) = match page.kind {
        PageKind::Framework(key) => {
            let decisions = &page.site().framework(key).content().decisions;
            (Section::Decisions, decisions.iter().map(|decision| decision.ask.clone()).collect())
        }
        PageKind::Stage(key) => {
            let signs = &page.site().stage(key).content().exit;
            (Section::Exit, signs.iter().map(|sign| plain(&sign.html)).collect())
        }
        _ => return None,
    };
    Some((outline.sections.get(&section)?.id.clone(), said.join(" ")))
}

/// The steps of a phase in a line.
fn steps(phase: &Phase) -> String {
    let steps = phase.parts.iter().flat_map(|part| match part {
        PhasePart::Steps(steps) => steps.as_slice(),
        PhasePart::Text(_) => &[],
    });
    steps.map(|step| step.plain.trim()).collect::<Vec<_>>().join(" · ")
}

fn questions(cx: &mut PageContext<'_>, outline: &Outline) -> HashMap<String, String> {
    let page = cx.page();
    let mut answers = HashMap::new();
    let mut all = |cx: &mut PageContext<'_>, file: &SourcePath, faq: &[Faq]| {
        for entry in faq {
            let id = outline.renamed.get(&entry.id).unwrap_or(&entry.id);
            answers.insert(id.clone(), whole(cx, file, &entry.answer));
        }
    };
    if let PageKind::Framework(key) = page.kind {
        let content = page.site().framework(key).content();
        all(cx, &content.file, &content.faq);
    }
    if let Some(Document { file, faq, .. }) = page.document() {
        all(cx, file, faq);
    }
    if let Some(Text { file, faq, .. }) = page.text() {
        all(cx, file, faq);
    }
    answers
}
