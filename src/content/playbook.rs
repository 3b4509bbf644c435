//! A playbook: the sections every playbook has, and a process in phases of steps.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use super::address::Address;
use super::front_matter::PlaybookFrontMatter;
use super::markdown::TextReader;
use super::markdown::events::{Events, between, end_of, first_line, plain_text, top_level};
use super::prose::{Heading, Prose};
use super::slug::{slug, title_from_name};
use crate::choice;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{Span, Spanned};
use pulldown_cmark::{Event, HeadingLevel, Tag};

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

/// Reads the events of a playbook's text. Gives the text before the first section, and the rest.
pub fn read(events: &Events<'_>, keys: PlaybookFrontMatter, texts: &mut TextReader<'_>) -> (Prose, Playbook) {
    let purpose = texts.line(&keys.purpose);
    let when_to_use = keys.when_to_use.as_ref().map(|text| texts.line(text));
    let (before, parts) = under_headings(events, HeadingLevel::H2);
    let intro = texts.write_outlined(before);
    let sections = parts
        .into_iter()
        .map(|(heading, body)| {
            let heading = heading_of(heading, texts);
            let kind = SectionKind::of_word(heading.id_of_ours());
            let (body, phases) = match kind {
                Some(SectionKind::Process) => process(body, texts),
                _ => (texts.write(body), Vec::new()),
            };
            Section { kind, heading, body, phases }
        })
        .collect();
    let playbook = Playbook {
        purpose,
        duration: keys.duration,
        when_to_use,
        follows: keys.follows,
        see_also: keys.see_also,
        sections,
    };
    require_sections(&playbook, keys.required_sections, texts.problems);
    (intro, playbook)
}

impl Playbook {
    /// Keeps only those former ids of headings that are free.
    pub fn keep_former_ids(&mut self, is_free: &dyn Fn(&str) -> bool) {
        for section in &mut self.sections {
            section.heading.former.take_if(|id| !is_free(id));
            section.body.keep_former_ids(is_free);
            for phase in &mut section.phases {
                if let Some(heading) = &mut phase.heading {
                    heading.former.take_if(|id| !is_free(id));
                }
                for part in &mut phase.parts {
                    match part {
                        PhasePart::Text(text) => text.keep_former_ids(is_free),
                        PhasePart::Steps(steps) => {
                            for step in steps {
                                step.text.keep_former_ids(is_free);
                            }
                        }
                    }
                }
            }
        }
    }
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
                    let message = format!("`{}` is not a section that can be required", word.value);
                    problems.add(
                        Diagnostic::new(Code::InvalidValue, problems.file(), message)
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
        let title = title_from_name(kind.word());
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
                        .help("write the steps as a list, under `###` headings when there are phases; one of `##` begins another section"),
                );
            }
            Some(section) if kind != SectionKind::Process && section.body.is_empty() => {
                let message = format!("the section `{title}` is empty");
                problems.add(
                    Diagnostic::new(Code::MissingSection, problems.file(), message)
                        .at(section.heading.span)
                        .help("write it, or list the sections this playbook needs in `required_sections`"),
                );
            }
            Some(_) => {}
        }
    }
}

impl Phase {
    /// The headings within its texts and steps, and other places that can be linked to.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.parts.iter().flat_map(|part| {
            let (text, steps) = match part {
                PhasePart::Text(text) => (Some(text), &[][..]),
                PhasePart::Steps(steps) => (None, steps.as_slice()),
            };
            text.into_iter().chain(steps.iter().map(|step| &step.text)).flat_map(|text| &text.headings)
        })
    }

    fn has_steps(&self) -> bool {
        self.parts.iter().any(|p| matches!(p, PhasePart::Steps(steps) if !steps.is_empty()))
    }
}

fn process(events: &Events<'_>, texts: &mut TextReader<'_>) -> (Prose, Vec<Phase>) {
    let (before, parts) = under_headings(events, HeadingLevel::H3);
    if parts.is_empty() {
        misplaced_phases(before, texts.problems);
    }
    let mut phases = Vec::new();
    let mut intro = Prose::default();
    if before.iter().any(|(e, _)| matches!(e, Event::Start(Tag::List(_)))) {
        phases.push(Phase { heading: None, parts: phase_parts(before, "step", texts) });
    } else {
        intro = texts.write(before);
    }
    phases.extend(parts.into_iter().map(|(heading, body)| {
        let heading = heading_of(heading, texts);
        let parts = phase_parts(body, heading.id_of_ours(), texts);
        Phase { heading: Some(heading), parts }
    }));
    (intro, phases)
}

/// Reports the headings of a process that has no phases: they are meant to be some.
fn misplaced_phases(events: &Events<'_>, problems: &mut Problems) {
    for at in top_level(events) {
        let Some((Event::Start(Tag::Heading { level, .. }), span)) = events.get(at) else { continue };
        let heading = between(events, at, end_of(events, at));
        let message = format!(
            "`{}` is no phase: phases are headings of level 3, and this is one of level {}",
            plain_text(heading),
            *level as u8
        );
        problems.add(
            Diagnostic::new(Code::SkippedHeading, problems.file(), message)
                .at(first_line(*span, heading))
                .help("begin it with `###`"),
        );
    }
}

fn phase_parts(events: &Events<'_>, prefix: &str, texts: &mut TextReader<'_>) -> Vec<PhasePart> {
    let mut parts = Vec::new();
    let mut text_from = 0;
    for at in top_level(events) {
        let Some((Event::Start(Tag::List(_)), _)) = events.get(at) else { continue };
        if text_from < at {
            parts.push(PhasePart::Text(texts.write(between(events, text_from, at))));
        }
        text_from = end_of(events, at);
        let items = between(events, at + 1, text_from.saturating_sub(1));
        let steps = top_level(items).map(|item| {
            let item = between(items, item + 1, end_of(items, item).saturating_sub(1));
            step(item, prefix, texts)
        });
        parts.push(PhasePart::Steps(steps.collect()));
    }
    if text_from < events.len() {
        parts.push(PhasePart::Text(texts.write(between(events, text_from, events.len()))));
    }
    parts
}

fn step(item: &Events<'_>, prefix: &str, texts: &mut TextReader<'_>) -> Step {
    let item = match item.first() {
        Some((Event::TaskListMarker(_), _)) => between(item, 1, item.len()),
        _ => item,
    };
    let plain = step_title(item);
    let words: Vec<&str> = plain.split_whitespace().take(8).collect();
    let id = texts.ids.unique(&format!("{prefix}-{}", slug(&words.join(" "))));
    Step { id, plain, text: texts.write(item).unwrapped() }
}

/// The plain text of a step's first paragraph.
fn step_title(inner: &Events<'_>) -> String {
    let end = match inner.first() {
        Some((Event::Start(Tag::Paragraph), _)) => end_of(inner, 0),
        _ => inner.iter().position(|(e, _)| is_block(e)).unwrap_or(inner.len()),
    };
    plain_text(between(inner, 0, end))
}

/// Does something begin that stands below the words of a step?
fn is_block(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::List(_) | Tag::Paragraph | Tag::CodeBlock(_) | Tag::MetadataBlock(_)))
}

/// The text before the first heading of a level, and each of these headings with what stands under it.
fn under_headings<'e, 'a>(
    events: &'e Events<'a>,
    level: HeadingLevel,
) -> (&'e Events<'a>, Vec<(&'e Events<'a>, &'e Events<'a>)>) {
    let is_heading = |at: &usize| match events.get(*at) {
        Some((Event::Start(Tag::Heading { level: found, .. }), _)) => *found == level,
        _ => false,
    };
    let starts: Vec<usize> = top_level(events).filter(is_heading).chain([events.len()]).collect();
    let parts = starts.iter().zip(starts.iter().skip(1)).map(|(&start, &end)| {
        let body = end_of(events, start);
        (between(events, start, body), between(events, body, end))
    });
    (between(events, 0, starts.first().copied().unwrap_or_default()), parts.collect())
}

/// Writing a heading gives it its anchor; the page shows it from the record.
fn heading_of(events: &Events<'_>, texts: &mut TextReader<'_>) -> Heading {
    let written = texts.write(events).headings.into_iter().next();
    let none = Heading {
        level: 2,
        id: String::new(),
        former: None,
        text: String::new(),
        figure: None,
        span: Span::default(),
        at: 0,
    };
    written.unwrap_or(none)
}
