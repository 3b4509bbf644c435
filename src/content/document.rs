//! A Markdown file under `content/` as a page: its keys, its title and its text.

use super::decode::Decode;
use super::decode::record::unknown_key;
use super::faq::{self, Faq};
use super::framework::field::{self, Field, FieldOwner, FieldValue};
use super::front_matter::{self, FrontMatter, PlaybookFrontMatter, TextFrontMatter};
use super::markdown::events::{Events, between, end_of, plain_text};
use super::markdown::{MarkdownOptions, TextReader};
use super::playbook::{self, Playbook};
use super::prose::{Heading, Prose};
use super::slug::title_from_name;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::layout::CONTENT;
use crate::span::{SourcePath, Span, Spanned};
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
            let phases = s.phases.iter().flat_map(|p| p.heading.iter().chain(p.headings()));
            std::iter::once(&s.heading).chain(&s.body.headings).chain(phases)
        });
        self.body.headings.iter().chain(sections)
    }

    /// Keeps only those former ids of headings that are free.
    fn keep_former_ids(&mut self, is_free: &dyn Fn(&str) -> bool) {
        self.body.keep_former_ids(is_free);
        if let Some(playbook) = &mut self.playbook {
            playbook.keep_former_ids(is_free);
        }
        self.faq.iter_mut().for_each(|question| question.answer.keep_former_ids(is_free));
    }
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
    /// The sentences to take away.
    pub takeaways: Vec<Prose>,
    /// Questions and answers.
    pub faq: Vec<Faq>,
    /// Where the text stands in the file, a title at its top included.
    pub body_span: Span,
    /// The framework's own fields, of what the text belongs to.
    pub own: Vec<FieldValue>,
}

/// Reads a page or, when `as_playbook`, a playbook.
pub fn parse(
    text: &str,
    file: &SourcePath,
    as_playbook: bool,
    options: &MarkdownOptions,
) -> (Option<Document>, Problems) {
    let mut problems = Problems::with_variables(file, &options.variables);
    let parts = front_matter::split(text, &mut problems);
    let Some(front_matter) = FrontMatter::decode(&parts.keys, &mut problems) else {
        return (None, problems);
    };
    let playbook_keys = if as_playbook {
        let left = front_matter::leftover(&front_matter.other, parts.keys.span);
        PlaybookFrontMatter::decode(&left, &mut problems)
    } else {
        for (key, _) in &front_matter.other.0 {
            let unknown = unknown_key(key, "front matter", FrontMatter::KEYS, &mut problems);
            problems.add(unknown.lowered());
        }
        None
    };

    let mut texts = TextReader::new(text, options, &mut problems);
    for reserved in ["main", "takeaways", "faq", "backlinks", "related"] {
        texts.ids.unique(reserved);
    }
    let events = texts.body(parts.body_start);
    let (heading, events) = take_title(&events);
    let is_titled = heading.is_some() || front_matter.title.is_some();
    let title = title(front_matter.title.as_ref(), heading, texts.problems);
    let (body, playbook) = match playbook_keys {
        Some(keys) => {
            let (intro, playbook) = playbook::read(events, keys, &mut texts);
            (intro, Some(playbook))
        }
        None => (texts.write_outlined(events), None),
    };
    let mut page = Document {
        file: file.clone(),
        title: title.unwrap_or_else(|| title_from_path(file)),
        is_titled,
        body,
        body_span: Span::new(parts.body_start, text.len()),
        takeaways: front_matter.takeaways.iter().map(|t| texts.line(t)).collect(),
        faq: faq::read(&front_matter.faq, &mut texts),
        playbook,
        front_matter,
    };
    let ids = texts.ids;
    page.keep_former_ids(&|id| ids.is_free(id));
    (Some(page), problems)
}

/// Reads a framework's text. `name` is its path below the framework's folder, without `.md`, and `fields` are those that
/// the framework declared.
pub fn parse_text(
    text: &str,
    file: &SourcePath,
    name: &str,
    fields: &[Field],
    options: &MarkdownOptions,
) -> (Option<Text>, Problems) {
    let mut problems = Problems::with_variables(file, &options.variables);
    let parts = front_matter::split(text, &mut problems);
    let Some(mut front_matter) = TextFrontMatter::decode(&parts.keys, &mut problems) else {
        return (None, problems);
    };
    let mut texts = TextReader::new(text, options, &mut problems);
    let events = texts.body(parts.body_start);
    let (_, events) = take_title(&events);
    let written = std::mem::take(&mut front_matter.own);
    let mut text = Text {
        file: file.clone(),
        body: texts.write_outlined(events),
        takeaways: front_matter.takeaways.iter().map(|t| texts.line(t)).collect(),
        faq: faq::read(&front_matter.faq, &mut texts),
        body_span: Span::new(parts.body_start, text.len()),
        own: field::read(written, owner(name), false, (TextFrontMatter::KEYS, &[]), fields, &mut texts),
        front_matter,
    };
    let ids = texts.ids;
    let is_free = |id: &str| ids.is_free(id);
    text.body.keep_former_ids(is_free);
    text.faq.iter_mut().for_each(|question| question.answer.keep_former_ids(is_free));
    (Some(text), problems)
}

/// What a text belongs to that can have declared fields, by its file's name.
fn owner(name: &str) -> Option<FieldOwner> {
    let path = name.strip_suffix("/index").or_else(|| name.strip_suffix("/README")).unwrap_or(name);
    match (path.starts_with("stages/"), path.split_once('@'), path.contains('/')) {
        (true, ..) => Some(FieldOwner::Stage),
        (_, Some(("", stages)), _) => (!stages.contains("..")).then_some(FieldOwner::Stage),
        (_, Some((path, _)), _) => path.contains('/').then_some(FieldOwner::Cell),
        (_, None, true) => Some(FieldOwner::Aspect),
        (_, None, false) => (!matches!(path, "index" | "README")).then_some(FieldOwner::Dimension),
    }
}

/// The title that an author gave a page, in the front matter or as a heading.
fn title(
    key: Option<&Spanned<String>>,
    heading: Option<Spanned<String>>,
    problems: &mut Problems,
) -> Option<String> {
    let Some(key) = key else { return heading.map(|h| h.value) };
    if let Some(heading) = heading.filter(|heading| heading.value != key.value) {
        let message = format!("the heading says `{}`, the front matter `{}`", heading.value, key.value);
        problems.add(
            Diagnostic::new(Code::SecondTitle, problems.file(), message)
                .at(heading.span)
                .help("keep one of the two"),
        );
    }
    Some(key.value.clone())
}

/// Takes a heading of level 1 off the top.
fn take_title<'e, 'a>(events: &'e Events<'a>) -> (Option<Spanned<String>>, &'e Events<'a>) {
    match events.first() {
        Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), span)) => {
            let end = end_of(events, 0);
            let title = plain_text(between(events, 0, end));
            (Some(Spanned::new(title, *span)), between(events, end, events.len()))
        }
        _ => (None, events),
    }
}

/// A title made of a file's or a folder's name.
pub fn title_from_path(file: &SourcePath) -> String {
    let name = match file.stem() {
        "index" | "README" => file.folder().rsplit('/').next().unwrap_or_default(),
        stem => stem,
    };
    title_from_name(name)
}

/// The address of a document: its file's path below `content/`, without `.md` and without a final `index`.
pub fn document_path(file: &SourcePath) -> String {
    let path = file.as_str();
    let path = path.strip_prefix(CONTENT).and_then(|below| below.strip_prefix('/')).unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let path = path
        .strip_suffix("index")
        .or_else(|| path.strip_suffix("README"))
        .map_or(path, |p| if p.is_empty() || p.ends_with('/') { p } else { path });
    path.trim_end_matches('/').to_owned()
}
