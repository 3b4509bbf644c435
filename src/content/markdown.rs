//! Markdown to HTML with slots: everything that depends on other files is left open.
//!
//! A [`Prose`] is HTML whose links, images and embeds are [`Slot`]s at byte offsets. It depends on nothing but
//! its own text, so it can be kept as long as that text stays the same; a page fills the slots when it is built.
//! `CommonMark` 0.31 with GitHub's tables, task lists, strikethrough, footnotes and alerts.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use super::address::{Address, slug};
use super::control;
use super::highlight::{self, Highlighted};
use super::raw_html::{self, Open, Placement};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, DefaultBrokenLinkCallback, Event, HeadingLevel,
    LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What the configuration says about Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Straight quotes become curly ones, `--` a dash, `...` an ellipsis.
    pub smart_punctuation: bool,
    /// Links to other sites open in a new tab.
    pub external_new_tab: bool,
    /// Links to other sites ask search engines not to follow.
    pub external_no_follow: bool,
}

/// Where a Markdown text stands in its file.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// It begins at this byte and stands there letter for letter.
    At(usize),
    /// It is somewhere in here, with escapes; problems point to all of it.
    Within(Span),
}

impl Origin {
    /// The place of a string value: exact when it was written without escapes.
    pub fn of_string(text: &str, span: Span, file: &str) -> Self {
        let written = file.get(span.range()).unwrap_or_default();
        match written.find(text) {
            Some(start) if !text.is_empty() => Self::At(span.start as usize + start),
            _ => Self::Within(span),
        }
    }

    /// The place of a stretch of the text.
    pub fn span(self, range: &Range<usize>) -> Span {
        match self {
            Self::At(base) => Span::new(range.start, range.end).shift(base),
            Self::Within(span) => span,
        }
    }
}

/// HTML with slots.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "super::stored::Stored")]
pub struct Prose {
    /// The HTML, slots left out.
    pub html: String,
    /// What is to be filled in, in order.
    pub slots: Vec<Slot>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The stretches of `html` in which a glossary term may become a link.
    pub linkable: Vec<(u32, u32)>,
    /// Number of words.
    pub words: u32,
    /// The first paragraph as plain text.
    pub lead: String,
}

/// A place to be filled.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Slot {
    /// Byte offset in the HTML.
    pub at: u32,
    /// What goes there.
    pub kind: SlotKind,
    /// Where it is written.
    pub span: Span,
}

/// What goes into a slot.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum SlotKind {
    /// The attributes of an `<a>` element.
    Link(Reference),
    /// The title of what the link before it leads to.
    Label(Reference),
    /// The attributes of an `<img>` element, except the alternative text.
    Image(Reference),
    /// A table, summary or text from elsewhere.
    Embed(Address),
    /// A prefix that keeps an id unique where this text is embedded in another page.
    IdPrefix,
}

/// A link's destination as written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reference {
    /// The project's own notation.
    Address(Address),
    /// A path, relative to the file or, when it begins with `/`, to the content folder.
    Path {
        /// Percent-decoded.
        path: String,
        /// What follows the `#`.
        anchor: Option<Arc<str>>,
    },
    /// A heading on the same page.
    Anchor(Arc<str>),
    /// Another site.
    External(String),
}

/// A heading that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Where it is written.
    pub span: Span,
    /// Byte offset of its element in the HTML.
    pub at: u32,
}

impl Prose {
    /// The part under one heading, the heading itself left out.
    pub fn section(&self, id: &str) -> Option<Self> {
        let index = self.headings.iter().position(|h| h.id == id)?;
        let heading = self.headings.get(index)?;
        let after = self.headings.get(index + 1..).unwrap_or_default();
        let from = heading.at as usize;
        let from = from + self.html.get(from..)?.find(&format!("</h{}>", heading.level))? + "</h2>\n".len();
        let next = after.iter().find(|h| h.level <= heading.level);
        let to = next.map_or(self.html.len(), |h| h.at as usize);
        let (low, high) = (Span::new(from, to).start, Span::new(from, to).end);
        // A heading's own slots lie within its tags, so what stands at the very end belongs to this section.
        let within = |at: u32| (low..=high).contains(&at);
        Some(Self {
            html: self.html.get(from..to)?.to_owned(),
            slots: self
                .slots
                .iter()
                .filter(|h| within(h.at))
                .map(|h| Slot { at: h.at.saturating_sub(low), ..h.clone() })
                .collect(),
            headings: after
                .iter()
                .take_while(|h| h.level > heading.level)
                .map(|h| Heading { at: h.at.saturating_sub(low), ..h.clone() })
                .collect(),
            linkable: self
                .linkable
                .iter()
                .filter(|(a, b)| within(*a) && within(*b))
                .map(|(a, b)| (a.saturating_sub(low), b.saturating_sub(low)))
                .collect(),
            words: self.words,
            lead: String::new(),
        })
    }

    /// Is there nothing to show?
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.slots.is_empty()
    }

    /// The HTML of a single paragraph without the paragraph around it; block texts are given as they are.
    #[must_use]
    pub fn unwrapped(mut self) -> Self {
        let single = self.html.starts_with("<p>")
            && self.html.ends_with("</p>\n")
            && self.html.matches("<p>").count() == 1
            && !self.slots.iter().any(|h| matches!(h.kind, SlotKind::Embed(_)));
        if single {
            self.html.truncate(self.html.len().saturating_sub("</p>\n".len()));
            self.html.drain(..3);
            for slot in &mut self.slots {
                slot.at = slot.at.saturating_sub(3);
            }
            for run in &mut self.linkable {
                *run = (run.0.saturating_sub(3), run.1.saturating_sub(3));
            }
        }
        self
    }
}

/// Keeps ids on one page apart.
#[derive(Debug, Default)]
pub struct Ids(HashMap<String, u32>);

impl Ids {
    /// The wanted id, or the next free one with a number.
    pub fn unique(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        let mut id = wanted.to_owned();
        while self.0.contains_key(&id) {
            let n = self.0.entry(wanted.to_owned()).or_insert(0);
            *n += 1;
            id = format!("{wanted}-{n}");
        }
        self.0.insert(id.clone(), 0);
        id
    }
}

/// Parsed Markdown: events and their places in the text.
pub type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

fn parser(text: &str, options: MarkdownOptions) -> OffsetIter<'_, DefaultBrokenLinkCallback> {
    let mut extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    extensions.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    Parser::new_ext(text, extensions).into_offset_iter()
}

/// The longest heading: it is also an anchor, a line of the contents and a title in the search.
const LONGEST_HEADING: usize = 1000;
/// How deep lists, quotes and emphasis may be nested.
const DEEPEST: usize = 50;
/// How many marks of lists and quotes may begin a line. The parser looks at all that are open for every line, so
/// what is far beyond reason is not even parsed.
const MOST_MARKS: usize = 500;

/// How many events one text may have: a file of 4 MiB of ordinary text has a third of it.
const MOST_EVENTS: usize = 500_000;

/// Parses a text. Reports what no text should hold: control characters, nesting without end, and more markup
/// than there is memory for.
pub fn read<'a>(
    text: &'a str,
    origin: Origin,
    options: MarkdownOptions,
    problems: &mut Problems,
) -> Events<'a> {
    let too_deep = |range: &Range<usize>, problems: &mut Problems| {
        problems.add(
            Diagnostic::new(
                Code::TooDeep,
                problems.file(),
                format!("lists, quotes and emphasis are nested at most {DEEPEST} deep"),
            )
            .at(origin.span(range))
            .help("nobody could follow this; give parts of it a heading of their own"),
        );
        Vec::new()
    };
    if let Some(line) = overloaded_line(text) {
        return too_deep(&line, problems);
    }
    let events: Events<'a> = if is_dense(text) {
        Vec::new()
    } else {
        // One more than there may be tells that there are too many.
        parser(text, options).take(MOST_EVENTS.saturating_add(1)).collect()
    };
    if is_dense(text) || events.len() > MOST_EVENTS {
        problems.add(
            Diagnostic::new(
                Code::TooLarge,
                problems.file(),
                format!(
                    "this text has more than {MOST_EVENTS} pieces, such as lines, emphasis or cells of tables"
                ),
            )
            .at(origin.span(&(0..0)))
            .help("divide it into several files"),
        );
        return Vec::new();
    }
    if let Some(range) = first_too_deep(&events) {
        return too_deep(&range, problems);
    }
    control::check_references(text, &events, origin, problems);
    events
}

/// Has the text more signs of markup and lines than its events could bear? The parser keeps a note of each before
/// it gives the first event.
fn is_dense(text: &str) -> bool {
    const MOST_SIGNS: usize = 2 * MOST_EVENTS;
    let is_sign = |b: &u8| {
        matches!(
            b,
            b'\n' | b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'!' | b'<' | b'&' | b'\\' | b':' | b'|'
        )
    };
    text.len() > MOST_SIGNS && text.bytes().filter(is_sign).count() > MOST_SIGNS
}

/// The first line that begins with more marks of lists and quotes than [`MOST_MARKS`].
fn overloaded_line(text: &str) -> Option<Range<usize>> {
    let mut start = 0_usize;
    for line in text.split_inclusive('\n') {
        let end = start.saturating_add(line.len());
        if line.len() > MOST_MARKS && leading_marks(line) > MOST_MARKS && !is_rule(line) {
            return Some(start..end);
        }
        start = end;
    }
    None
}

/// How many marks of lists and quotes a line begins with: `>`, `- `, `1. `, `: `.
fn leading_marks(line: &str) -> usize {
    let is_part =
        |b: &u8| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b':' | b'0'..=b'9' | b'.' | b')');
    let start: Vec<u8> = line.bytes().take_while(is_part).collect();
    let follows_space = |next: Option<&u8>| next.is_none_or(u8::is_ascii_whitespace);
    (0..start.len())
        .filter(|&i| match start.get(i) {
            Some(b'>') => true,
            Some(b'-' | b'+' | b'*' | b':') => follows_space(start.get(i.saturating_add(1))),
            Some(b'.' | b')') => {
                let number = i.checked_sub(1).and_then(|before| start.get(before));
                number.is_some_and(u8::is_ascii_digit) && follows_space(start.get(i.saturating_add(1)))
            }
            _ => false,
        })
        .count()
}

/// Is this a line across the page, of one sign repeated?
fn is_rule(line: &str) -> bool {
    let mut signs = line.bytes().filter(|b| !b.is_ascii_whitespace());
    signs.next().is_some_and(|first| matches!(first, b'-' | b'*') && signs.all(|sign| sign == first))
}

/// The first element that is nested deeper than [`DEEPEST`].
fn first_too_deep(events: &Events<'_>) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    events.iter().find_map(|(event, range)| {
        match event {
            Event::Start(tag) if is_nested(tag.to_end()) => depth = depth.saturating_add(1),
            Event::End(tag) if is_nested(*tag) => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEEPEST).then(|| range.clone())
    })
}

/// Can this stand within another of its kind, and so on without end?
fn is_nested(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::FootnoteDefinition
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
    )
}

/// Parses and writes a whole text, with ids of its own.
pub fn prose(text: &str, origin: Origin, options: MarkdownOptions, problems: &mut Problems) -> Prose {
    let events = read(text, origin, options, problems);
    let mut ids = Ids::default();
    Writer::new(origin, options, &mut ids, problems).write(&events)
}

/// The plain text of events: what a reader would hear.
pub fn plain_text(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(t) | Event::Code(t) => out.push_str(t),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// The events from one position up to another; none when there are no such positions.
pub fn between<'e, 'a>(
    events: &'e [(Event<'a>, Range<usize>)],
    from: usize,
    to: usize,
) -> &'e [(Event<'a>, Range<usize>)] {
    events.get(from..to).unwrap_or_default()
}

/// The position just after the end of the element that starts at `start`.
pub fn end_of(events: &[(Event<'_>, Range<usize>)], start: usize) -> usize {
    let mut depth = 0_usize;
    for (i, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    events.len()
}

/// Escapes text for HTML, also within attributes.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(i) = rest.find(['&', '<', '>', '"']) {
        out.push_str(rest.get(..i).unwrap_or_default());
        out.push_str(match rest.as_bytes().get(i) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&quot;",
        });
        rest = rest.get(i + 1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The text escaped for HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// Reads a link's destination. The error is a code and a sentence.
pub fn reference(destination: &str) -> Result<Reference, (Code, String)> {
    let destination = destination.trim();
    if let Some(anchor) = destination.strip_prefix('#') {
        return Ok(Reference::Anchor(Arc::from(&*percent_decode_str(anchor).decode_utf8_lossy())));
    }
    if destination.starts_with("//") {
        return Ok(Reference::External(destination.to_owned()));
    }
    if let Some((scheme, _)) = destination.split_once(':')
        && !scheme.is_empty()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" | "sms" | "ftp" | "geo" | "xmpp" | "matrix" => {
                Ok(Reference::External(destination.to_owned()))
            }
            "term" => Address::parse(destination)
                .map(Reference::Address)
                .map_err(|why| (Code::InvalidAddress, format!("`{destination}` is not an address: {why}"))),
            scheme => Err((Code::UnsafeLink, format!("links with the scheme `{scheme}:` are not published"))),
        };
    }
    if destination.is_empty() {
        return Err((Code::BrokenLink, "this link leads nowhere".to_owned()));
    }
    let (path, anchor) = destination.split_once('#').map_or((destination, None), |(p, a)| (p, Some(a)));
    let path = path.split_once('?').map_or(path, |(p, _)| p);
    Ok(Reference::Path {
        path: percent_decode_str(path).decode_utf8_lossy().into_owned(),
        anchor: anchor
            .filter(|a| !a.is_empty())
            .map(|a| Arc::from(&*percent_decode_str(a).decode_utf8_lossy())),
    })
}

/// Writes events as a [`Prose`]. One writer serves all parts of a page, so that their ids differ.
pub struct Writer<'a> {
    origin: Origin,
    options: MarkdownOptions,
    ids: &'a mut Ids,
    problems: &'a mut Problems,
    level: u8,
    /// Check that heading levels follow one another; off for short texts that stand under other headings.
    outline: bool,
    footnotes: Footnotes,
    out: Prose,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    /// Depth of elements in which glossary terms stay as they are.
    quiet: usize,
    open_raw: Open,
    /// Within a link, where a further link is only its text.
    in_link: bool,
    lead_open: bool,
}

impl<'a> Writer<'a> {
    /// A writer for the texts of one page.
    pub fn new(
        origin: Origin,
        options: MarkdownOptions,
        ids: &'a mut Ids,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            origin,
            options,
            ids,
            problems,
            level: 1,
            outline: false,
            footnotes: Footnotes::default(),
            out: Prose::default(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            quiet: 0,
            open_raw: Open::default(),
            in_link: false,
            lead_open: false,
        }
    }

    /// Also checks that no heading level is skipped and no second title follows.
    #[must_use]
    pub fn with_outline(mut self) -> Self {
        self.outline = true;
        self
    }

    /// Writes one stretch of events.
    pub fn write(&mut self, events: &[(Event<'_>, Range<usize>)]) -> Prose {
        self.out = Prose::default();
        self.footnotes = Footnotes::default();
        let definitions = footnote_definitions(events);
        self.write_events(events);
        for (tag, span) in self.open_raw.leave() {
            self.problems.add(
                Diagnostic::new(Code::RawHtml, self.problems.file(), format!("`<{tag}>` is never closed"))
                    .at(span)
                    .help(format!("add `</{tag}>` on a line of its own, with an empty line before it")),
            );
        }
        self.write_footnotes(events, &definitions);
        // Kept as long as the file stays the same, so without the spare room of growing.
        self.out.html.shrink_to_fit();
        self.out.slots.shrink_to_fit();
        self.out.linkable.shrink_to_fit();
        std::mem::take(&mut self.out)
    }

    fn write_events(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let mut i = 0;
        while i < events.len() {
            let Some((event, range)) = events.get(i) else { break };
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    i = end_of(events, i);
                    continue;
                }
                Event::Start(Tag::Paragraph) if is_lone_embed(events, i) => {
                    self.block(range);
                    if let Some((Event::Start(Tag::Image { dest_url, .. }), range)) = events.get(i + 1) {
                        self.embed(dest_url, range);
                    }
                    i = end_of(events, i);
                    continue;
                }
                Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                    let end = end_of(events, i);
                    self.image(
                        *link_type,
                        dest_url,
                        title,
                        between(events, i + 1, end.saturating_sub(1)),
                        range,
                    );
                    i = end;
                    continue;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = end_of(events, i);
                    self.block(range);
                    self.code_block(kind, between(events, i + 1, end.saturating_sub(1)), range);
                    i = end;
                    continue;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = end_of(events, i);
                    let html: String = between(events, i + 1, end.saturating_sub(1))
                        .iter()
                        .filter_map(|(e, _)| match e {
                            Event::Html(t) | Event::Text(t) => Some(&**t),
                            _ => None,
                        })
                        .collect();
                    self.raw(&html, Placement::Block, range);
                    i = end;
                    continue;
                }
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let end = end_of(events, i);
                    self.block(range);
                    self.open_raw.enter();
                    self.heading(*level, id.as_ref(), between(events, i + 1, end.saturating_sub(1)), range);
                    i = end;
                    continue;
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    let end = end_of(events, i);
                    self.open_raw.enter();
                    self.link(
                        *link_type,
                        dest_url,
                        title,
                        between(events, i + 1, end.saturating_sub(1)),
                        range,
                    );
                    i = end;
                    continue;
                }
                Event::Start(tag) => {
                    if is_block(tag) {
                        self.block(range);
                    }
                    self.open_raw.enter();
                    self.start(tag, events, i);
                }
                Event::End(tag) => {
                    self.close_raw(container(*tag));
                    self.end(*tag);
                }
                Event::Text(text) => self.text(text),
                Event::Code(code) => {
                    self.push("<code>");
                    escape(code, &mut self.out.html);
                    self.push("</code>");
                    self.count(code);
                }
                Event::InlineHtml(html) | Event::Html(html) => self.raw(html, Placement::Inline, range),
                Event::SoftBreak => {
                    self.push("\n");
                    self.lead(" ");
                }
                Event::HardBreak => self.push("<br>\n"),
                Event::Rule => {
                    self.block(range);
                    self.push("<hr>\n");
                }
                Event::FootnoteReference(name) => self.footnote_reference(name),
                Event::TaskListMarker(done) => self.push(if *done {
                    "<span class=\"task task-done\" role=\"img\" aria-label=\"Done:\"></span> "
                } else {
                    "<span class=\"task\" role=\"img\" aria-label=\"To do:\"></span> "
                }),
                Event::InlineMath(t) | Event::DisplayMath(t) => self.text(t),
            }
            i += 1;
        }
    }

    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    fn slot(&mut self, kind: SlotKind, range: &Range<usize>) {
        let at = Span::new(self.out.html.len(), 0).start;
        self.out.slots.push(Slot { at, kind, span: self.origin.span(range) });
    }

    fn text(&mut self, text: &str) {
        let start = self.out.html.len();
        escape(text, &mut self.out.html);
        if self.quiet == 0 {
            let end = self.out.html.len();
            let run = Span::new(start, end);
            match self.out.linkable.last_mut() {
                Some(last) if last.1 == run.start => last.1 = run.end,
                _ => self.out.linkable.push((run.start, run.end)),
            }
        }
        self.count(text);
    }

    fn count(&mut self, text: &str) {
        self.out.words += Span::new(text.split_whitespace().count(), 0).start;
        self.lead(text);
    }

    fn lead(&mut self, text: &str) {
        if self.lead_open {
            self.out.lead.push_str(text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, events: &[(Event<'_>, Range<usize>)], at: usize) {
        match tag {
            Tag::Paragraph => {
                self.push("<p>");
                self.lead_open = self.out.lead.is_empty();
            }
            Tag::BlockQuote(None) => self.push("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(*kind);
                self.push(&format!(
                    "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
                ));
            }
            Tag::List(None) => {
                let tasks = matches!(events.get(at + 2), Some((Event::TaskListMarker(_), _)))
                    || matches!(events.get(at + 3), Some((Event::TaskListMarker(_), _)));
                self.push(if tasks { "<ul class=\"tasks\">\n" } else { "<ul>\n" });
            }
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(n)) => self.push(&format!("<ol start=\"{n}\">\n")),
            Tag::Item => self.push("<li>"),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.push(
                    "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n",
                );
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                let empty = matches!(events.get(at + 1), Some((Event::End(TagEnd::TableCell), _)));
                self.push(&match (self.in_table_head, empty) {
                    (true, false) => format!("<th scope=\"col\"{class}>"),
                    _ => format!("<td{class}>"),
                });
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.push("</p>\n");
                self.lead_open = false;
            }
            TagEnd::BlockQuote(None) => self.push("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.push("</div>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                let empty_head = self.out.html.ends_with('>') && self.last_opened_is_td();
                self.push(if self.in_table_head && !empty_head { "</th>" } else { "</td>" });
                self.column += 1;
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Link
            | TagEnd::Image => {}
        }
    }

    /// An empty cell of a table's head is a `td`: a header without a name would confuse a screen reader.
    fn last_opened_is_td(&self) -> bool {
        let tail = &self.out.html[self.out.html.rfind('<').unwrap_or(0)..];
        tail.starts_with("<td")
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        inner: &[(Event<'_>, Range<usize>)],
        range: &Range<usize>,
    ) {
        let text = plain_text(inner);
        let span = self.origin.span(&first_line(range, inner));
        let level_number = level as u8;
        if self.outline {
            if level_number == 1 {
                self.problems.add(
                    Diagnostic::new(
                        Code::SecondTitle,
                        self.problems.file(),
                        format!("`{text}` is a second title"),
                    )
                    .at(span)
                    .help("a page has one title; begin this heading with `##`"),
                );
            } else if level_number > self.level + 1 {
                self.problems.add(
                    Diagnostic::new(
                        Code::SkippedHeading,
                        self.problems.file(),
                        format!("a heading of level {level_number} follows one of level {}", self.level),
                    )
                    .at(span)
                    .help(format!("begin it with `{}`", "#".repeat(usize::from(self.level) + 1))),
                );
            }
            self.level = level_number;
        }
        if text.len() > LONGEST_HEADING {
            self.problems.add(
                Diagnostic::new(
                    Code::InvalidValue,
                    self.problems.file(),
                    format!("a heading has at most {LONGEST_HEADING} bytes; this one has {}", text.len()),
                )
                .at(self.origin.span(&(range.start..range.start)))
                .help("say it in a few words, and the rest in a paragraph below"),
            );
        }
        let wanted = id.map_or_else(|| slug(&text), std::string::ToString::to_string);
        let id = self.ids.unique(&wanted);
        let at = Span::new(self.out.html.len(), 0).start;
        self.push(&format!("<h{level_number} id=\""));
        self.slot(SlotKind::IdPrefix, range);
        self.push(&escaped(&id));
        self.push("\">");
        self.quiet += 1;
        self.write_events(inner);
        self.close_raw("heading");
        self.quiet = self.quiet.saturating_sub(1);
        self.push(" <a class=\"anchor\" href=\"#");
        self.slot(SlotKind::IdPrefix, range);
        self.push(&escaped(&id));
        self.push("\" aria-label=\"Link to this section: ");
        self.push(&escaped(&text));
        self.push(&format!("\">#</a></h{level_number}>\n"));
        self.out.headings.push(Heading { level: level_number, id, text, span, at });
    }

    fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        inner: &[(Event<'_>, Range<usize>)],
        range: &Range<usize>,
    ) {
        let code: String = inner
            .iter()
            .filter_map(|(e, _)| if let Event::Text(t) = e { Some(&**t) } else { None })
            .collect();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([',', ' ', '{']).next().unwrap_or_default().trim(),
            CodeBlockKind::Indented => "",
        };
        self.push("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.push(&format!(" class=\"language-{}\"", escaped(language)));
        }
        self.push(">");
        if language.is_empty() || matches!(language, "text" | "txt" | "plain" | "plaintext" | "none") {
            escape(&code, &mut self.out.html);
        } else {
            match highlight::code(language, &code, self.problems) {
                Highlighted::Html(html) => self.push(&html),
                Highlighted::TooLong(why) => {
                    escape(&code, &mut self.out.html);
                    let line = self.origin.span(&first_line(range, inner));
                    self.problems.add(
                        Diagnostic::new(
                            Code::CodeNotHighlighted,
                            self.problems.file(),
                            format!("this code is not highlighted: {why}"),
                        )
                        .at(line)
                        .help("`text` instead of the language says that it stays plain"),
                    );
                }
                Highlighted::UnknownLanguage => {
                    escape(&code, &mut self.out.html);
                    let line = self.origin.span(&first_line(range, inner));
                    let known = highlight::languages().iter().map(String::as_str);
                    let near = self.problems.suggest(language, "languages", known);
                    self.problems.add(
                        Diagnostic::new(
                            Code::UnknownLanguage,
                            self.problems.file(),
                            format!("code in `{language}` cannot be highlighted"),
                        )
                        .at(line)
                        .help(format!("`text` marks code that stays plain; {near}")),
                    );
                }
            }
        }
        self.push("</code></pre>\n");
        self.out.words += Span::new(code.split_whitespace().count(), 0).start;
    }

    fn raw(&mut self, html: &str, placement: Placement, range: &Range<usize>) {
        let span = self.origin.span(range);
        let checked = raw_html::check(html, placement, &mut self.open_raw, span);
        self.push(&checked.html);
        if let Some(found) = &checked.control {
            control::report(found, span, self.problems);
        }
        for (message, help) in checked.problems {
            self.problems
                .add(Diagnostic::new(Code::RawHtml, self.problems.file(), message).at(span).help(help));
        }
    }

    fn link(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        inner: &[(Event<'_>, Range<usize>)],
        range: &Range<usize>,
    ) {
        let reference = match kind {
            LinkType::WikiLink { .. } => self.wikilink(destination, range),
            LinkType::Email => Some(Reference::External(format!("mailto:{destination}"))),
            _ => match reference(destination) {
                Ok(reference) => Some(reference),
                Err((code, message)) => {
                    let help = match code {
                        Code::UnsafeLink => "write the address of a page, a file, or another site",
                        _ => "write where it leads, for instance `../guides/secrets.md`",
                    };
                    self.problems.add(
                        Diagnostic::new(code, self.problems.file(), message)
                            .at(self.origin.span(range))
                            .help(help),
                    );
                    None
                }
            },
        };
        let Some(reference) = reference.filter(|_| !self.in_link) else {
            self.write_events(inner);
            self.close_raw("link");
            return;
        };
        self.in_link = true;
        self.push("<a");
        self.slot(SlotKind::Link(reference.clone()), range);
        if let Reference::External(_) = &reference {
            self.push(" class=\"external\"");
            match (self.options.external_new_tab, self.options.external_no_follow) {
                (true, true) => self.push(" target=\"_blank\" rel=\"noopener nofollow\""),
                (true, false) => self.push(" target=\"_blank\" rel=\"noopener\""),
                (false, true) => self.push(" rel=\"nofollow\""),
                (false, false) => {}
            }
        }
        if !title.is_empty() {
            self.push(&format!(" title=\"{}\"", escaped(title)));
        }
        self.push(">");
        self.quiet += 1;
        if matches!(kind, LinkType::WikiLink { has_pothole: false }) {
            self.slot(SlotKind::Label(reference), range);
            self.out.words += 1;
        } else {
            self.write_events(inner);
        }
        self.close_raw("link");
        self.quiet = self.quiet.saturating_sub(1);
        self.push("</a>");
        self.in_link = false;
    }

    /// A block begins: HTML that holds only words must not be open around it.
    fn block(&mut self, range: &Range<usize>) {
        if let Some((holder, span)) = self.open_raw.holds_no_block() {
            let (message, help) = raw_html::no_block(holder);
            self.problems
                .add(Diagnostic::new(Code::RawHtml, self.problems.file(), message).at(*span).help(help));
            self.problems.add(
                Diagnostic::new(
                    Code::RawHtml,
                    self.problems.file(),
                    format!("this block stands within `<{holder}>`"),
                )
                .at(self.origin.span(&(range.start..range.start)))
                .help(format!("write `</{holder}>` before it")),
            );
        }
    }

    /// One of Markdown's elements ends, and what was opened within it with it.
    fn close_raw(&mut self, what: &str) {
        for (tag, span) in self.open_raw.leave() {
            self.problems.add(
                Diagnostic::new(
                    Code::RawHtml,
                    self.problems.file(),
                    format!("`<{tag}>` is not closed in the {what} that it is opened in"),
                )
                .at(span)
                .help(format!("write `</{tag}>` before the {what} ends")),
            );
            self.push(&format!("</{tag}>"));
        }
    }

    fn wikilink(&mut self, destination: &str, range: &Range<usize>) -> Option<Reference> {
        match Address::parse(destination) {
            Ok(address) => Some(Reference::Address(address)),
            Err(why) => {
                self.problems.add(Diagnostic::new(Code::InvalidAddress, self.problems.file(), format!("`{destination}` is not an address: {why}")).at(self.origin.span(range)).help("addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`"));
                None
            }
        }
    }

    fn image(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        inner: &[(Event<'_>, Range<usize>)],
        range: &Range<usize>,
    ) {
        if matches!(kind, LinkType::WikiLink { .. }) {
            self.problems.add(
                Diagnostic::new(
                    Code::InvalidEmbed,
                    self.problems.file(),
                    "an embed stands in a paragraph of its own",
                )
                .at(self.origin.span(range))
                .help("put an empty line before and after it"),
            );
            return;
        }
        let alt = plain_text(inner);
        if alt.is_empty() {
            self.problems.add(
                Diagnostic::new(Code::MissingAlt, self.problems.file(), "this image has no alternative text")
                    .at(self.origin.span(range))
                    .help(
                        "say between the brackets what it shows: `![The three layers of a cache](cache.png)`",
                    ),
            );
        }
        match reference(destination) {
            Ok(Reference::External(_)) => self.problems.add(
                Diagnostic::new(Code::BrokenImage, self.problems.file(), "this image lies on another site")
                    .at(self.origin.span(range))
                    .help("put a copy beside the page: a published page asks no third party for anything"),
            ),
            Ok(reference) => {
                self.push("<img");
                self.slot(SlotKind::Image(reference), range);
                self.push(&format!(" alt=\"{}\"", escaped(&alt)));
                if !title.is_empty() {
                    self.push(&format!(" title=\"{}\"", escaped(title)));
                }
                self.push(" loading=\"lazy\" decoding=\"async\">");
            }
            Err((code, message)) => {
                self.problems.add(
                    Diagnostic::new(code, self.problems.file(), message)
                        .at(self.origin.span(range))
                        .help("name an image beside the page"),
                );
            }
        }
    }

    fn embed(&mut self, destination: &str, range: &Range<usize>) {
        if let Some(Reference::Address(address)) = self.wikilink(destination, range) {
            self.slot(SlotKind::Embed(address), range);
        }
    }

    fn footnote_reference(&mut self, name: &str) {
        let number = self.footnotes.number(name);
        let target = slug(name);
        let id = self.ids.unique(&format!("fnref-{target}"));
        self.push("<sup class=\"footnote-ref\"><a id=\"");
        self.slot(SlotKind::IdPrefix, &(0..0));
        self.push(&id);
        self.push("\" href=\"#");
        self.slot(SlotKind::IdPrefix, &(0..0));
        self.push(&format!("fn-{target}\" aria-label=\"Footnote {number}\">{number}</a></sup>"));
    }

    fn write_footnotes(
        &mut self,
        events: &[(Event<'_>, Range<usize>)],
        definitions: &HashMap<String, Range<usize>>,
    ) {
        if self.footnotes.names.is_empty() {
            return;
        }
        self.push("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        let mut written = 0;
        // A footnote may refer to a further one, so the list can grow while it is written.
        while let Some(name) = self.footnotes.names.get(written).cloned() {
            written += 1;
            let id = slug(&name);
            self.push("<li id=\"");
            self.slot(SlotKind::IdPrefix, &(0..0));
            self.push(&format!("fn-{id}\">"));
            if let Some(range) = definitions.get(&name) {
                self.open_raw.enter();
                self.write_events(events.get(range.clone()).unwrap_or_default());
                self.close_raw("footnote");
            }
            self.push("<a href=\"#");
            self.slot(SlotKind::IdPrefix, &(0..0));
            self.push(&format!(
                "fnref-{id}\" class=\"footnote-back\" aria-label=\"Back to the text\">↩</a></li>\n"
            ));
        }
        self.push("</ol>\n</section>\n");
    }
}

/// The footnotes of a text in the order they are first referred to.
#[derive(Debug, Default)]
struct Footnotes {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Footnotes {
    /// The number of a footnote, from 1.
    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.len()
    }
}

/// Where each footnote's text lies among the events.
fn footnote_definitions(events: &[(Event<'_>, Range<usize>)]) -> HashMap<String, Range<usize>> {
    let mut found = HashMap::new();
    let mut open: Vec<(&str, usize)> = Vec::new();
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => open.push((name, i + 1)),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, from)) = open.pop() {
                    found.entry(name.to_owned()).or_insert(from..i);
                }
            }
            _ => {}
        }
    }
    found
}

/// Is this a block, as opposed to a part of one or of a line?
fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
    )
}

/// What an element of Markdown's is called.
fn container(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "paragraph",
        TagEnd::Heading(_) => "heading",
        TagEnd::BlockQuote(_) => "quote",
        TagEnd::List(_) => "list",
        TagEnd::Item => "list item",
        TagEnd::FootnoteDefinition => "footnote",
        TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
            "definition"
        }
        TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => "table cell",
        TagEnd::Link => "link",
        TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript => "emphasis",
        TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => "block",
    }
}

/// Is the paragraph at `start` nothing but one embed?
fn is_lone_embed(events: &[(Event<'_>, Range<usize>)], start: usize) -> bool {
    matches!(
        events.get(start + 1),
        Some((Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, .. }), _))
    ) && matches!(events.get(end_of(events, start + 1)), Some((Event::End(TagEnd::Paragraph), _)))
}

/// The class and the title of an alert.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}

/// The place of a block's opening line, for a mark of one line.
fn first_line(range: &Range<usize>, inner: &[(Event<'_>, Range<usize>)]) -> Range<usize> {
    match inner.first() {
        Some((_, first)) if first.start > range.start => {
            range.start..range.end.min(first.end.max(range.start + 1))
        }
        _ => range.clone(),
    }
}
