//! What a page holds that has a name.

use super::Entry;
use crate::content::document::{Document, Text};
use crate::content::faq::Faq;
use crate::content::html::plain;
use crate::content::playbook::{Phase, PhasePart};
use crate::content::prose::{Prose, Reference};
use crate::site::handle::{AspectRef, FrameworkRef, PageRef, SiteRef, StageRef};
use crate::site::links;
use crate::site::outline::Outline;
use crate::site::pages::{Destination, FrameworkPage, PageId, PageKind};
use crate::span::SourcePath;
use crate::view::context::PageContext;
use std::collections::HashMap;

/// The terms of the glossary that name a page as where to read more, with their aliases: other words for it.
pub(super) struct Called(HashMap<PageId, Vec<String>>);

impl Called {
    pub(super) fn of(site: SiteRef<'_>) -> Self {
        let mut called: HashMap<PageId, Vec<String>> = HashMap::new();
        for (glossary, term) in site.glossary().into_iter().flat_map(|g| g.terms.iter().map(move |t| (g, t))) {
            let reference = term.link.as_ref().and_then(|link| links::term_link(&link.value).ok());
            let Some(reference) = reference.filter(|to| !matches!(to, Reference::External(_))) else { continue };
            if let Ok(Destination::Page(target)) =
                site.destination(&reference, &glossary.file, site.home().id())
            {
                let words = called.entry(target.page).or_default();
                words.push(term.name.clone());
                words.extend(term.aliases.iter().cloned());
            }
        }
        Self(called)
    }
}

/// What is found of a page: itself first, then its places in order.
pub(super) fn entries(page: PageRef<'_>, called: &Called) -> Vec<Entry> {
    let site = page.site();
    let mut cx = PageContext::new(page);
    let mut found = match page.kind {
        PageKind::Home | PageKind::Search | PageKind::NotFound => return Vec::new(),
        PageKind::Section => vec![described(page, "Section")],
        PageKind::Guide => vec![of_stages(page, described(page, "Guide"))],
        PageKind::Playbook => vec![of_stages(page, playbook(&mut cx))],
        PageKind::Framework(key) => {
            let summary = site.framework(key).content().summary.clone();
            vec![Entry { x: summary, ..named(page, "Framework") }]
        }
        PageKind::Stage(key) => vec![stage(&mut cx, site.stage(key))],
        PageKind::Dimension(key) => {
            let content = site.dimension(key).content();
            let intro = whole(&mut cx, &content.file, &content.intro);
            let text = content.summary.clone().map_or(intro.clone(), |summary| format!("{summary} {intro}"));
            vec![with_text(named(page, "Dimension"), &text, ROOM)]
        }
        PageKind::Group(key) => {
            let summary = site.group(key).content().summary.clone().unwrap_or_default();
            vec![Entry { x: summary, ..named(page, "Group") }]
        }
        PageKind::Aspect(key) => vec![aspect(&mut cx, site.aspect(key))],
        PageKind::Comparison(key) => {
            let comparison = site.comparison(key);
            let ends = [comparison.from().number(), comparison.to().number()];
            let entry = Entry { s: ends.to_vec(), ..described(page, "Comparison") };
            vec![Entry { w: page.texts().get("compare-words"), ..in_framework(site, entry, comparison.framework()) }]
        }
        PageKind::Of(_, kind) => vec![Entry { w: page.texts().get(words_of(kind)), ..described(page, "Tool") }],
        PageKind::Glossary | PageKind::Terms(_) => vec![described(page, "Section")],
        PageKind::Term(..) => vec![named(page, "Tag")],
    };
    if let (Some(first), Some(words)) = (found.first_mut(), called.0.get(&page.id())) {
        let given = std::mem::take(&mut first.w);
        let all = std::iter::once(given).filter(|given| !given.is_empty()).chain(words.iter().cloned());
        first.w = all.collect::<Vec<_>>().join(", ");
    }
    places(&mut cx, &mut found);
    found
}

fn named(page: PageRef<'_>, kind: &'static str) -> Entry {
    Entry { k: kind, t: page.title().to_owned(), ..Entry::default() }
}

fn described(page: PageRef<'_>, kind: &'static str) -> Entry {
    Entry { x: page.description().to_owned(), ..named(page, kind) }
}

/// The stages that a text says it is for.
fn of_stages(page: PageRef<'_>, entry: Entry) -> Entry {
    let stages: Vec<StageRef<'_>> = page.stages().collect();
    match stages.first() {
        Some(first) => Entry {
            s: stages.iter().filter(|s| s.framework() == first.framework()).map(|s| s.number()).collect(),
            ..in_framework(page.site(), entry, first.framework())
        },
        None => entry,
    }
}

fn in_framework(site: SiteRef<'_>, entry: Entry, framework: FrameworkRef<'_>) -> Entry {
    Entry { f: site.frameworks().position(|one| one == framework), ..entry }
}

/// An entry with as much of a text as there is room for, and the rest of it.
fn with_text(entry: Entry, text: &str, room: usize) -> Entry {
    let shown = cut(text, room);
    Entry { x: shown.to_owned(), r: text.get(shown.len()..).unwrap_or_default().to_owned(), ..entry }
}

/// A text without what is embedded in it, up to its first heading.
fn whole(cx: &mut PageContext<'_>, file: &SourcePath, prose: &Prose) -> String {
    if prose.words == 0 {
        return String::new();
    }
    let beginning = prose.beginning();
    plain(&cx.quietly(|cx| cx.html(file, &beginning)))
}

fn playbook(cx: &mut PageContext<'_>) -> Entry {
    let page = cx.page();
    let entry = described(page, "Playbook");
    let Some(document) = page.document() else { return entry };
    let Some(playbook) = &document.playbook else { return entry };
    let file = &document.file;
    let mut texts = vec![whole(cx, file, &playbook.purpose)];
    texts.extend(playbook.when_to_use.as_ref().map(|when| whole(cx, file, when)));
    texts.extend(playbook.duration.clone());
    if entry.x != texts[0] {
        texts.insert(0, entry.x.clone());
    }
    Entry { x: texts.join(" "), ..entry }
}

fn stage(cx: &mut PageContext<'_>, stage: StageRef<'_>) -> Entry {
    let content = stage.content();
    let facts = content.facts.iter().map(|(name, value)| format!("{name}: {value}"));
    let summary = content.summary.clone().into_iter();
    let words = content.name.iter().cloned().chain([content.id.to_string()]);
    let entry = Entry {
        x: summary.chain([facts.collect::<Vec<_>>().join(", ")]).collect::<Vec<_>>().join(" "),
        w: words.collect::<Vec<_>>().join(", "),
        s: vec![stage.number()],
        ..named(cx.page(), "Stage")
    };
    in_framework(cx.site(), entry, stage.framework())
}

fn aspect<'a>(cx: &mut PageContext<'a>, aspect: AspectRef<'a>) -> Entry {
    let file = aspect.file();
    let brief = |cell: crate::site::handle::CellRef<'_>| {
        cell.activities().map(|activity| activity.brief()).collect::<Vec<_>>().join("; ")
    };
    let mut details = Vec::new();
    for cell in aspect.cells() {
        let mut said: Vec<String> =
            cell.activities().map(|activity| whole(cx, file, &activity.content.details)).collect();
        said.extend(cell.text().map(|text| whole(cx, &text.file, &text.body)));
        details.push(said.join(" "));
    }
    let asking = aspect.cells().filter(|cell| cell.is_new()).map(|cell| cell.stage().number());
    let entry = Entry {
        s: asking.collect(),
        c: aspect.cells().map(brief).collect(),
        d: details,
        ..with_text(named(cx.page(), "Aspect"), &whole(cx, file, &aspect.content().description), ROOM)
    };
    in_framework(cx.site(), entry, aspect.framework())
}

/// The interface text with other words for what a framework has a page for.
fn words_of(kind: FrameworkPage) -> &'static str {
    match kind {
        FrameworkPage::Assessment => "assess-words",
        FrameworkPage::Matrix => "matrix-words",
        FrameworkPage::Comparisons => "compare-words",
    }
}

/// Terms, questions and headings.
fn places(cx: &mut PageContext<'_>, found: &mut Vec<Entry>) {
    let page = cx.page();
    let Some(own) = found.first() else { return };
    let (kind, framework, stages) = (own.k, own.f, own.s.clone());
    if page.kind == PageKind::Glossary {
        found.extend(terms(cx));
        return;
    }
    // The stages of an aspect are told with it, and what a dimension or a group lists has a page of its own.
    let has_own = !matches!(
        page.kind,
        PageKind::Aspect(_) | PageKind::Dimension(_) | PageKind::Group(_) | PageKind::Of(..)
    );
    let outline = page.outline();
    let mut texts = openings(cx, &outline);
    let questions = questions(cx, &outline);
    for place in &outline.places {
        let (id, title) = (&place.id, &place.title);
        if let Some(answer) = questions.get(id) {
            let question = Entry { k: "Question", a: id.clone(), t: title.clone(), ..Entry::default() };
            found.push(with_text(question, answer, ROOM));
            continue;
        }
        let is_heading = (2..=4).contains(&place.level) && !title.is_empty();
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
    let entry = |term: &crate::content::glossary::Term| Entry {
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

/// The most characters of a text that stands for a page.
const ROOM: usize = 240;

/// The same for a place on a page.
const LESS_ROOM: usize = 160;

/// The beginning of a text, up to a word's end.
fn cut(text: &str, room: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(room) else { return text };
    let cut = text.get(..end).unwrap_or(text);
    cut.rsplit_once(' ').map_or(cut, |(head, _)| head)
}
