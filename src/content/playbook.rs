//! A playbook: the sections every playbook has, and a process in phases of steps.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use super::address::{Address, slug};
use super::front_matter::PlaybookFrontMatter;
use super::markdown::{self, Heading, Ids, MarkdownOptions, Origin, Prose, Writer, between};
use crate::choice;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Spanned;
use pulldown_cmark::{Event, HeadingLevel, Tag};
use std::ops::Range;

choice! {
    /// A section that a playbook is known by. Its heading's anchor is its word, so a playbook in another
    /// language names it with `## Eingaben {#inputs}`.
    pub enum SectionKind {
        /// What must be there before it starts.
        Inputs = "inputs",
        /// What to hold on to while it runs.
        Principles = "principles",
        /// What to do, phase by phase.
        Process = "process",
        /// What it hands on.
        Outputs = "outputs",
        /// What others learnt.
        Tips = "tips",
    }
}

impl SectionKind {
    /// All kinds, in their usual order.
    pub const ALL: [Self; 5] = [Self::Inputs, Self::Principles, Self::Process, Self::Outputs, Self::Tips];

    fn of_word(word: &str) -> Option<Self> {
        // "Inputs Required" and the like are headings that people write.
        Self::ALL.into_iter().find(|k| word == k.word() || word.starts_with(&format!("{}-", k.word())))
    }
}

/// What makes a page a playbook.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Playbook {
    /// What it achieves.
    pub purpose: Prose,
    /// How long it takes.
    pub duration: Option<String>,
    /// The situation it is for.
    pub when_to_use: Option<Prose>,
    /// The playbook before it.
    pub follows: Option<Spanned<Address>>,
    /// What to read next.
    pub see_also: Vec<Spanned<Address>>,
    /// Its sections in the order they are written.
    pub sections: Vec<Section>,
}

/// One section.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Section {
    /// Which of the recognised ones it is, if any.
    pub kind: Option<SectionKind>,
    /// Its heading.
    pub heading: Heading,
    /// Its text; for a process, what stands before the first phase.
    pub body: Prose,
    /// The phases of a process.
    pub phases: Vec<Phase>,
}

/// A phase of the process.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Phase {
    /// Its heading; the steps of a process without phases have none.
    pub heading: Option<Heading>,
    /// Texts and lists of steps, in order.
    pub parts: Vec<PhasePart>,
}

/// A part of a phase.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub enum PhasePart {
    /// A text between the steps.
    Text(Prose),
    /// Steps to be ticked off.
    Steps(Vec<Step>),
}

/// One step.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Step {
    /// Stays the same while its first words do.
    pub id: String,
    /// Its text without markup.
    pub plain: String,
    /// Its text.
    pub text: Prose,
}

type Slice<'s, 'a> = &'s [(Event<'a>, Range<usize>)];

/// Reads the events of a playbook's text. Gives the text before the first section, and the rest.
pub fn read(
    events: Slice<'_, '_>,
    matter: PlaybookFrontMatter,
    file_text: &str,
    origin: Origin,
    options: MarkdownOptions,
    ids: &mut Ids,
    problems: &mut Problems,
) -> (Prose, Playbook) {
    let inline = |text: &Spanned<String>, problems: &mut Problems| {
        let origin = Origin::of_string(&text.value, text.span, file_text);
        markdown::prose(&text.value, origin, options, problems).unwrapped()
    };
    let purpose = inline(&matter.purpose, problems);
    let when_to_use = matter.when_to_use.as_ref().map(|w| inline(w, problems));

    let starts = headings(events, HeadingLevel::H2);
    let intro = between(events, 0, starts.first().copied().unwrap_or(events.len()));
    let intro = Writer::new(origin, options, ids, problems).with_outline().write(intro);
    let mut sections = Vec::new();
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(events.len());
        let body_start = markdown::end_of(events, start);
        // Writing the heading gives it its anchor; the page shows it from the record.
        let heading = heading_of(between(events, start, body_start), origin, options, ids, problems);
        let kind = SectionKind::of_word(&heading.id);
        let body = between(events, body_start, end);
        let (body, phases) = if kind == Some(SectionKind::Process) {
            process(body, origin, options, ids, problems)
        } else {
            (Writer::new(origin, options, ids, problems).write(body), Vec::new())
        };
        sections.push(Section { kind, heading, body, phases });
    }
    let playbook = Playbook {
        purpose,
        duration: matter.duration,
        when_to_use,
        follows: matter.follows,
        see_also: matter.see_also,
        sections,
    };
    require_sections(&playbook, matter.required_sections, problems);
    (intro, playbook)
}

fn require_sections(playbook: &Playbook, wanted: Option<Vec<Spanned<String>>>, problems: &mut Problems) {
    let wanted: Vec<SectionKind> = match wanted {
        None => SectionKind::ALL.to_vec(),
        Some(words) => words
            .into_iter()
            .filter_map(|word| {
                let kind = SectionKind::ALL.into_iter().find(|k| k.word() == word.value);
                if kind.is_none() {
                    let help = problems.suggest(&word.value, "sections", SectionKind::WORDS.iter().copied());
                    problems.add(
                        Diagnostic::new(
                            Code::InvalidValue,
                            problems.file(),
                            format!("`{}` is not a section that can be required", word.value),
                        )
                        .at(word.span)
                        .help(help),
                    );
                }
                kind
            })
            .collect(),
    };
    for kind in wanted {
        let found = playbook.sections.iter().find(|s| s.kind == Some(kind));
        let title = super::document::title_from_name(kind.word());
        match found {
            None => problems.add(
                Diagnostic::new(
                    Code::MissingSection,
                    problems.file(),
                    format!("this playbook has no section `{title}`"),
                )
                .help(format!(
                    "add a heading `## {title}`, or list the sections it needs in `required_sections`"
                )),
            ),
            Some(section) if kind == SectionKind::Process && !section.phases.iter().any(Phase::has_steps) => {
                problems.add(
                    Diagnostic::new(Code::MissingSection, problems.file(), "this process has no steps")
                        .at(section.heading.span)
                        .help("write the steps as a list, under `### ` headings when there are phases"),
                );
            }
            Some(section) if kind != SectionKind::Process && section.body.is_empty() => {
                problems.add(
                    Diagnostic::new(
                        Code::MissingSection,
                        problems.file(),
                        format!("the section `{title}` is empty"),
                    )
                    .at(section.heading.span)
                    .help("write it, or list the sections this playbook needs in `required_sections`"),
                );
            }
            Some(_) => {}
        }
    }
}

impl Phase {
    fn has_steps(&self) -> bool {
        self.parts.iter().any(|p| matches!(p, PhasePart::Steps(steps) if !steps.is_empty()))
    }
}

fn process(
    events: Slice<'_, '_>,
    origin: Origin,
    options: MarkdownOptions,
    ids: &mut Ids,
    problems: &mut Problems,
) -> (Prose, Vec<Phase>) {
    let starts = headings(events, HeadingLevel::H3);
    let before = between(events, 0, starts.first().copied().unwrap_or(events.len()));
    let mut phases = Vec::new();
    let mut intro = Prose::default();
    if before.iter().any(|(e, _)| matches!(e, Event::Start(Tag::List(_)))) {
        let parts = phase_parts(before, "step", origin, options, ids, problems);
        phases.push(Phase { heading: None, parts });
    } else {
        intro = Writer::new(origin, options, ids, problems).write(before);
    }
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(events.len());
        let body_start = markdown::end_of(events, start);
        let heading = heading_of(between(events, start, body_start), origin, options, ids, problems);
        let parts =
            phase_parts(between(events, body_start, end), &heading.id, origin, options, ids, problems);
        phases.push(Phase { heading: Some(heading), parts });
    }
    (intro, phases)
}

fn phase_parts(
    events: Slice<'_, '_>,
    prefix: &str,
    origin: Origin,
    options: MarkdownOptions,
    ids: &mut Ids,
    problems: &mut Problems,
) -> Vec<PhasePart> {
    let mut parts = Vec::new();
    let mut text_from = 0;
    let mut i = 0;
    while i < events.len() {
        let end = markdown::end_of(events, i);
        if let Some((Event::Start(Tag::List(_)), _)) = events.get(i) {
            if text_from < i {
                parts.push(PhasePart::Text(
                    Writer::new(origin, options, ids, problems).write(between(events, text_from, i)),
                ));
            }
            let mut steps = Vec::new();
            let mut item = i + 1;
            while item < end.saturating_sub(1) {
                let item_end = markdown::end_of(events, item);
                let mut inner = between(events, item + 1, item_end.saturating_sub(1));
                if let Some((Event::TaskListMarker(_), _)) = inner.first() {
                    inner = between(inner, 1, inner.len());
                }
                let plain = step_title(inner);
                let words: Vec<&str> = plain.split_whitespace().take(8).collect();
                let id = ids.unique(&format!("{prefix}-{}", slug(&words.join(" "))));
                let text = Writer::new(origin, options, ids, problems).write(inner).unwrapped();
                steps.push(Step { id, plain, text });
                item = item_end;
            }
            parts.push(PhasePart::Steps(steps));
            text_from = end;
        }
        i = end;
    }
    if text_from < events.len() {
        parts.push(PhasePart::Text(Writer::new(origin, options, ids, problems).write(between(
            events,
            text_from,
            events.len(),
        ))));
    }
    parts
}

/// The plain text of a step's first paragraph.
fn step_title(inner: Slice<'_, '_>) -> String {
    let end = match inner.first() {
        Some((Event::Start(Tag::Paragraph), _)) => markdown::end_of(inner, 0),
        _ => inner
            .iter()
            .position(|(e, _)| matches!(e, Event::Start(Tag::List(_) | Tag::Paragraph | Tag::CodeBlock(_))))
            .unwrap_or(inner.len()),
    };
    markdown::plain_text(between(inner, 0, end))
}

/// Positions of the headings of a level that stand at the top, not within a quote or a list.
fn headings(events: Slice<'_, '_>, level: HeadingLevel) -> Vec<usize> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < events.len() {
        if matches!(events.get(i), Some((Event::Start(Tag::Heading { level: l, .. }), _)) if *l == level) {
            found.push(i);
        }
        i = markdown::end_of(events, i);
    }
    found
}

fn heading_of(
    events: Slice<'_, '_>,
    origin: Origin,
    options: MarkdownOptions,
    ids: &mut Ids,
    problems: &mut Problems,
) -> Heading {
    let written = Writer::new(origin, options, ids, problems).write(events);
    written.headings.into_iter().next().unwrap_or(Heading {
        level: 2,
        id: String::new(),
        text: String::new(),
        span: crate::span::Span::default(),
        at: 0,
    })
}
