//! What a page holds that has a name.

use super::opening::{ROOM, whole, with_text};
use super::{Entry, places};
use crate::content::prose::Reference;
use crate::site::handle::{ActivityRef, AspectRef, CellRef, FrameworkRef, PageRef, SiteRef, StageRef};
use crate::site::links;
use crate::site::pages::{Destination, FrameworkPage, PageId, PageKind};
use crate::view::context::PageContext;
use std::collections::HashMap;

/// The terms of the glossary that name a page as where to read more, with their aliases: other words for it.
pub(super) struct Called(HashMap<PageId, Vec<String>>);

impl Called {
    pub(super) fn of(site: SiteRef<'_>) -> Self {
        let mut called: HashMap<PageId, Vec<String>> = HashMap::new();
        for (glossary, term) in site.glossary().into_iter().flat_map(|g| g.terms.iter().map(move |t| (g, t)))
        {
            let reference = term.link.as_ref().and_then(|link| links::term_link(&link.value).ok());
            let Some(reference) = reference.filter(|to| !matches!(to, Reference::External(_))) else {
                continue;
            };
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
        PageKind::Home | PageKind::Search | PageKind::NotFound | PageKind::Print(_) => return Vec::new(),
        PageKind::Guide => vec![of_stages(page, guide(&mut cx))],
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
            vec![Entry {
                w: page.texts().get("compare-words"),
                ..in_framework(site, entry, comparison.framework())
            }]
        }
        PageKind::Of(_, kind) => {
            vec![Entry { w: page.texts().get(words_of(kind)), ..described(page, "Tool") }]
        }
        PageKind::Section | PageKind::Glossary | PageKind::Terms(_) => vec![described(page, "Section")],
        PageKind::Term(..) => vec![named(page, "Tag")],
    };
    if let Some(first) = found.first_mut() {
        let given = Some(std::mem::take(&mut first.w)).filter(|given| !given.is_empty());
        let keywords = page.document().map(|document| &document.front_matter.keywords);
        let named = keywords.into_iter().chain(called.0.get(&page.id())).flatten().cloned();
        first.w = given.into_iter().chain(named).collect::<Vec<_>>().join(", ");
    }
    places::places(&mut cx, &mut found);
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

fn guide(cx: &mut PageContext<'_>) -> Entry {
    let page = cx.page();
    let document = page.document();
    let mut rest = Vec::new();
    for (file, prose) in
        document.iter().flat_map(|d| d.takeaways.iter().chain([&d.body]).map(|p| (&d.file, p)))
    {
        rest.push(whole(cx, file, prose));
    }
    Entry { r: rest.join(" "), ..described(page, "Guide") }
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
    if texts.first() != Some(&entry.x) {
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
    let brief = |cell: CellRef<'_>| cell.activities().map(ActivityRef::brief).collect::<Vec<_>>().join("; ");
    let mut details = Vec::new();
    for cell in aspect.cells() {
        let mut said: Vec<String> =
            cell.activities().map(|activity| whole(cx, file, &activity.content.details)).collect();
        said.extend(cell.text().map(|text| whole(cx, &text.file, &text.body)));
        details.push(said.join(" "));
    }
    let asking = aspect.cells().filter(|cell| cell.is_new()).map(|cell| cell.stage().number());
    let entry = Entry {
        w: aspect.content().keywords.join(", "),
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
