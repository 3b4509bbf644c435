//! A Markdown file under `content/` as a page: its keys, its title and its text.

use super::front_matter::{self, FaqEntry, FrontMatter, PlaybookFrontMatter, TextFrontMatter};
use super::markdown::{self, Events, Heading, Ids, MarkdownOptions, Origin, Prose, Writer};
use super::playbook::{self, Playbook};
use crate::content::decode::{Decode, unknown_keys};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{SourcePath, Span};
use pulldown_cmark::{Event, HeadingLevel, Tag};

/// A guide, a section's description, a playbook, or any other page.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// The file it is written in.
    pub file: SourcePath,
    /// What it says of itself.
    pub front_matter: FrontMatter,
    /// Its title: from the front matter, the first heading, or the file's name.
    pub title: String,
    /// The author gave it that title; otherwise it is made of the file's name.
    pub is_titled: bool,
    /// Its text, without the title.
    pub body: Prose,
    /// Where the text stands in the file, the title included.
    pub body_span: Span,
    /// The sentences to take away.
    pub takeaways: Vec<Prose>,
    /// Questions and answers.
    pub faq: Vec<Faq>,
    /// Its sections and phases, when it is a playbook.
    pub playbook: Option<Playbook>,
}

impl Document {
    /// All headings on the page that can be linked to.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        let sections = self.playbook.iter().flat_map(|p| &p.sections).flat_map(|s| {
            let phases = s.phases.iter().filter_map(|p| p.heading.as_ref());
            std::iter::once(&s.heading).chain(&s.body.headings).chain(phases)
        });
        self.body.headings.iter().chain(sections)
    }
}

/// A question with its answer.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Faq {
    /// Its anchor.
    pub id: String,
    /// The question as plain text.
    pub question: String,
    /// The answer.
    pub answer: Prose,
}

/// Long prose that belongs to a framework, a dimension, an aspect, a cell, a stage or a comparison.
#[derive(Clone, Debug)]
pub struct Text {
    /// The file it is written in.
    pub file: SourcePath,
    /// What it says of itself.
    pub front_matter: TextFrontMatter,
    /// The text, a title at its top left out.
    pub body: Prose,
    /// Where the text stands in the file.
    pub body_span: Span,
    /// The sentences to take away.
    pub takeaways: Vec<Prose>,
    /// Questions and answers.
    pub faq: Vec<Faq>,
}

/// Reads a page or, when `as_playbook`, a playbook.
pub fn parse(
    text: &str,
    file: &SourcePath,
    as_playbook: bool,
    options: MarkdownOptions,
) -> (Option<Document>, Problems) {
    let mut problems = Problems::new(file);
    let parts = front_matter::split(text, &mut problems);
    let Some(front_matter) = FrontMatter::decode(&parts.keys, &mut problems) else { return (None, problems) };
    let playbook_keys = if as_playbook {
        let left = front_matter::leftover(&front_matter.other, parts.keys.span);
        PlaybookFrontMatter::decode(&left, &mut problems)
    } else {
        unknown_keys(
            front_matter.other.0.iter().map(|(key, _)| key),
            "front matter",
            FrontMatter::KEYS,
            &mut problems,
        );
        None
    };

    let origin = Origin::At(parts.body_start);
    let events = markdown::read(parts.body, origin, options, &mut problems);
    let (heading, events) = take_title(&events);
    let is_titled = heading.is_some() || front_matter.title.is_some();
    let title = match (&front_matter.title, heading) {
        (Some(title), heading) => {
            if let Some((text, range)) = heading.filter(|(text, _)| *text != title.value) {
                problems.add(
                    Diagnostic::new(
                        Code::SecondTitle,
                        problems.file(),
                        format!("the heading says `{text}`, the front matter `{}`", title.value),
                    )
                    .at(Span::new(range.start, range.end).shift(parts.body_start))
                    .help("keep one of the two"),
                );
            }
            title.value.clone()
        }
        (None, Some((text, _))) => text,
        (None, None) => title_from_path(file),
    };

    let mut ids = Ids::default();
    for reserved in ["main", "takeaways", "faq", "backlinks", "related"] {
        ids.unique(reserved);
    }
    let mut playbook = None;
    let body = match playbook_keys {
        Some(front_matter) => {
            let (intro, read) =
                playbook::read(events, front_matter, text, origin, options, &mut ids, &mut problems);
            playbook = Some(read);
            intro
        }
        None => Writer::new(origin, options, &mut ids, &mut problems).with_outline().write(events),
    };
    let takeaways = texts(&front_matter.takeaways, text, options, &mut problems);
    let faq = faq(&front_matter.faq, text, options, &mut ids, &mut problems);
    let page = Document {
        file: file.clone(),
        title,
        is_titled,
        body,
        body_span: Span::new(parts.body_start, text.len()),
        takeaways,
        faq,
        playbook,
        front_matter,
    };
    (Some(page), problems)
}

/// Reads a framework's text.
pub fn parse_text(text: &str, file: &SourcePath, options: MarkdownOptions) -> (Option<Text>, Problems) {
    let mut problems = Problems::new(file);
    let parts = front_matter::split(text, &mut problems);
    let Some(front_matter) = TextFrontMatter::decode(&parts.keys, &mut problems) else {
        return (None, problems);
    };
    let origin = Origin::At(parts.body_start);
    let events = markdown::read(parts.body, origin, options, &mut problems);
    let (_, events) = take_title(&events);
    let mut ids = Ids::default();
    let body = Writer::new(origin, options, &mut ids, &mut problems).with_outline().write(events);
    let takeaways = texts(&front_matter.takeaways, text, options, &mut problems);
    let faq = faq(&front_matter.faq, text, options, &mut ids, &mut problems);
    let body_span = Span::new(parts.body_start, text.len());
    (Some(Text { file: file.clone(), front_matter, body, body_span, takeaways, faq }), problems)
}

/// Short Markdown texts from a list of strings.
pub fn texts(
    written: &[crate::span::Spanned<String>],
    file_text: &str,
    options: MarkdownOptions,
    problems: &mut Problems,
) -> Vec<Prose> {
    written
        .iter()
        .map(|t| {
            let origin = Origin::of_string(&t.value, t.span, file_text);
            markdown::prose(&t.value, origin, options, problems).unwrapped()
        })
        .collect()
}

/// Questions and answers, with anchors of their own.
pub fn faq(
    entries: &[FaqEntry],
    file_text: &str,
    options: MarkdownOptions,
    ids: &mut Ids,
    problems: &mut Problems,
) -> Vec<Faq> {
    entries
        .iter()
        .map(|entry| {
            let id = ids.unique(&super::address::slug(&entry.question.value));
            let origin = Origin::of_string(&entry.answer.value, entry.answer.span, file_text);
            let events = markdown::read(&entry.answer.value, origin, options, problems);
            let answer = Writer::new(origin, options, ids, problems).write(&events);
            Faq { id, question: entry.question.value.clone(), answer }
        })
        .collect()
}

type Title = Option<(String, std::ops::Range<usize>)>;

/// Takes a heading of level 1 off the top.
fn take_title<'e, 'a>(events: &'e Events<'a>) -> (Title, &'e [(Event<'a>, std::ops::Range<usize>)]) {
    if let Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), range)) = events.first() {
        let end = markdown::end_of(events, 0);
        let title = markdown::plain_text(markdown::between(events, 0, end));
        return (Some((title, range.clone())), markdown::between(events, end, events.len()));
    }
    (None, events)
}

/// A title made of a file's or a folder's name.
pub fn title_from_path(file: &SourcePath) -> String {
    let name = match file.stem() {
        "index" | "README" => file.folder().rsplit('/').next().unwrap_or_default(),
        stem => stem,
    };
    title_from_name(name)
}

/// `concept-to-code` becomes `Concept to code`.
pub fn title_from_name(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => "Home".to_owned(),
    }
}
