//! A playbook.

use crate::content::document::Document;
use crate::content::html::plain;
use crate::content::playbook::{Phase, PhasePart, Section, SectionKind};
use crate::site::handle::PageRef;
use crate::span::SourcePath;
use crate::view::block::Block;
use crate::view::context::PageContext;
use crate::view::entry::Meta;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::picture;
use crate::view::text::FaqView;
use crate::view::words::Words;
use serde::Serialize;
use serde_json::{Value, json};

/// A playbook.
pub struct Playbook;

/// A playbook.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PlaybookPage {
    /// What it achieves, as HTML.
    pub purpose: String,
    /// How long it takes.
    pub duration: Option<String>,
    /// The situation it is for, as HTML.
    pub when_to_use: Option<String>,
    /// The text before its sections.
    pub blocks: Vec<Block>,
    /// Its sections.
    pub sections: Vec<SectionView>,
    /// The series it belongs to.
    pub series: Vec<SeriesItem>,
    /// The playbook before it.
    pub follows: Option<Link>,
    /// The playbook after it.
    pub leads_to: Option<Link>,
    /// What to read next.
    pub see_also: Vec<Link>,
    /// What goes with its text.
    pub meta: Meta,
    /// Number of steps.
    pub steps: usize,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// A playbook in a series.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SeriesItem {
    /// The playbook.
    pub link: Link,
    /// It is this page.
    pub current: bool,
}

/// A playbook's section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionView {
    /// The recognised kind, or empty.
    pub kind: &'static str,
    /// Its anchor.
    pub id: String,
    /// The anchor it had before, or empty.
    pub former: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Phases of a process.
    pub phases: Vec<PhaseView>,
    /// The phases in a row, as a picture; nothing when there are fewer than two.
    pub timeline: Option<picture::Timeline>,
}

/// A phase.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PhaseView {
    /// Its anchor, when it has a heading.
    pub id: Option<String>,
    /// The anchor it had before, or empty.
    pub former: String,
    /// Its title, when it has one.
    pub title: Option<String>,
    /// Its number, from 1.
    pub number: usize,
    /// Texts and steps in order.
    pub parts: Vec<PartView>,
}

/// A part of a phase.
#[derive(Clone, Debug, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PartView {
    Text { blocks: Vec<Block> },
    Steps { steps: Vec<StepView> },
}

/// A step.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StepView {
    /// Stays the same while its first words do.
    pub id: String,
    /// Its text as HTML.
    pub html: String,
    /// Its text without markup.
    pub plain: String,
}

impl<'a> Kind<'a> for Playbook {
    type View = PlaybookPage;
    const NAME: &'static str = "playbook";

    fn view(&self, cx: &mut PageContext<'a>) -> PlaybookPage {
        let page = cx.page();
        let text = cx.document();
        let mut view = PlaybookPage {
            purpose: String::new(),
            duration: None,
            when_to_use: None,
            blocks: text.blocks,
            sections: Vec::new(),
            series: Vec::new(),
            follows: None,
            leads_to: None,
            see_also: Vec::new(),
            meta: cx.meta(),
            steps: 0,
            takeaways: text.takeaways,
            faq: text.faq,
            extra: text.extra,
        };
        if let Some(document) = page.document() {
            fill(cx, document, &mut view);
        }
        if let Some(series) = cx.site().series().find(|series| series.contains(&page)) {
            let at = series.iter().position(|one| *one == page).unwrap_or(0);
            view.series =
                series.iter().map(|one| SeriesItem { link: cx.link(*one), current: *one == page }).collect();
            view.follows = at.checked_sub(1).and_then(|i| series.get(i)).map(|one| cx.link(*one));
            view.leads_to = series.get(at + 1).map(|one| cx.link(*one));
        }
        view
    }

    fn questions(view: &PlaybookPage) -> Vec<&FaqView> {
        view.faq.iter().collect()
    }

    fn json_ld(&self, page: PageRef<'a>, view: &PlaybookPage) -> Option<Value> {
        let phases = view.sections.iter().flat_map(|s| &s.phases);
        let steps: Vec<Value> = phases
            .map(|phase| {
                let steps: Vec<Value> =
                    phase.steps().map(|s| json!({"@type": "HowToStep", "text": s.plain})).collect();
                json!({
                    "@type": "HowToSection",
                    "name": phase.title.clone().unwrap_or_else(|| page.texts().get("process")),
                    "itemListElement": steps,
                })
            })
            .collect();
        Some(json!({
            "@context": "https://schema.org",
            "@type": "HowTo",
            "name": page.title(),
            "description": plain(&view.purpose),
            "step": steps,
        }))
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let page = cx.page();
        let Some(document) = page.document() else { return Vec::new() };
        let stages = page.stages().map(|stage| stage.title().to_owned());
        let words = Words::new(cx.site(), "Playbook", page.title(), stages);
        vec![(String::new(), record(cx, document, words))]
    }
}

impl PhaseView {
    fn steps(&self) -> impl Iterator<Item = &StepView> {
        self.parts.iter().flat_map(|part| match part {
            PartView::Steps { steps } => steps.as_slice(),
            PartView::Text { .. } => &[],
        })
    }
}

fn fill(cx: &mut PageContext<'_>, document: &Document, view: &mut PlaybookPage) {
    let Some(playbook) = &document.playbook else { return };
    let file = &document.file;
    view.purpose = cx.html(file, &playbook.purpose);
    view.duration.clone_from(&playbook.duration);
    view.when_to_use = playbook.when_to_use.as_ref().map(|w| cx.html(file, w));
    view.sections = playbook.sections.iter().map(|s| section(cx, file, s)).collect();
    view.steps = view.sections.iter().flat_map(|s| &s.phases).map(|phase| phase.steps().count()).sum();
    let named = playbook.see_also.iter().filter_map(|address| cx.site().resolve(&address.value).ok());
    view.see_also = named.filter_map(|referent| cx.referent(referent.label(), &referent)).collect();
}

fn section(cx: &mut PageContext<'_>, file: &SourcePath, section: &Section) -> SectionView {
    let phases: Vec<PhaseView> =
        section.phases.iter().enumerate().map(|(i, one)| phase(cx, file, i + 1, one)).collect();
    let timed: Option<Vec<(Link, usize)>> = phases
        .iter()
        .map(|p| Some((Link::new(p.title.clone()?, format!("#{}", p.id.as_ref()?)), p.steps().count())))
        .collect();
    SectionView {
        timeline: timed.filter(|t| t.len() > 1).map(|t| {
            let label = cx.phrase("picture-phases-label", &[]);
            picture::timeline(label, &t, |steps| cx.phrase("step-count", &[("n", &steps)]))
        }),
        kind: section.kind.map_or("", SectionKind::word),
        id: section.heading.id.clone(),
        former: section.heading.former.clone().unwrap_or_default(),
        title: section.heading.text.clone(),
        blocks: cx.blocks(file, &section.body),
        phases,
    }
}

fn phase(cx: &mut PageContext<'_>, file: &SourcePath, number: usize, phase: &Phase) -> PhaseView {
    let part = |part: &PhasePart| match part {
        PhasePart::Text(text) => PartView::Text { blocks: cx.blocks(file, text) },
        PhasePart::Steps(steps) => PartView::Steps {
            steps: steps
                .iter()
                .map(|step| StepView {
                    id: step.id.clone(),
                    html: cx.html(file, &step.text),
                    plain: step.plain.clone(),
                })
                .collect(),
        },
    };
    PhaseView {
        parts: phase.parts.iter().map(part).collect(),
        id: phase.heading.as_ref().map(|h| h.id.clone()),
        former: phase.heading.as_ref().and_then(|h| h.former.clone()).unwrap_or_default(),
        title: phase.heading.as_ref().map(|h| h.text.clone()),
        number,
    }
}

fn record(cx: &mut PageContext<'_>, document: &Document, mut words: Words) -> Words {
    let file = &document.file;
    if let Some(playbook) = &document.playbook {
        words.prose(cx, file, &playbook.purpose);
        if let Some(when) = &playbook.when_to_use {
            words.prose(cx, file, when);
        }
    }
    for takeaway in &document.takeaways {
        words.prose(cx, file, takeaway);
    }
    words.prose(cx, file, &document.body);
    for section in document.playbook.iter().flat_map(|p| &p.sections) {
        words.heading(2, &section.heading.id, &section.heading.text);
        words.prose(cx, file, &section.body);
        for phase in &section.phases {
            if let Some(heading) = &phase.heading {
                words.heading(3, &heading.id, &heading.text);
            }
            for part in &phase.parts {
                match part {
                    PhasePart::Text(text) => words.prose(cx, file, text),
                    PhasePart::Steps(steps) => {
                        for step in steps {
                            words.prose(cx, file, &step.text);
                        }
                    }
                }
            }
        }
    }
    words.faq(cx, file, &document.faq);
    words
}
