//! A text to events, as long as it holds what a text may hold: control characters, nesting without end, and more
//! markup than there is memory for are reported instead.

use super::block;
use super::double_brackets;
use super::events::Events;
use super::options::MarkdownOptions;
use super::origin::Origin;
use super::parser;
use super::reference::reference;
use super::variables;
use crate::content::control;
use crate::content::prose::Reference;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// How deep lists, quotes, blocks and emphasis may be nested.
const DEEPEST: usize = 50;

/// How many marks of lists and quotes may begin a line. The parser looks at all that are open for every line, so
/// what is far beyond reason is not even parsed.
const MOST_MARKS: usize = 500;

/// How many events one text may have: a file of 4 MiB of ordinary text has a third of it.
const MOST_EVENTS: usize = 500_000;

/// Parses a text; gives nothing of one that holds too much.
pub fn parse<'a>(
    text: &'a str,
    origin: Origin,
    options: &MarkdownOptions,
    problems: &mut Problems,
) -> Vec<(Event<'a>, Span)> {
    let too_many = |problems: &mut Problems| {
        let message = format!(
            "this text has more than {MOST_EVENTS} pieces, such as lines, emphasis or cells of tables"
        );
        problems.add(
            Diagnostic::new(Code::TooLarge, problems.file(), message)
                .at(origin.span(&(0..0)))
                .help("divide it into several files"),
        );
        Vec::new()
    };
    let too_deep = |span: Span, problems: &mut Problems| {
        let message = format!("lists, quotes, blocks and emphasis are nested at most {DEEPEST} deep");
        problems.add(
            Diagnostic::new(Code::TooDeep, problems.file(), message)
                .at(span)
                .help("nobody could follow this; give parts of it a heading of their own"),
        );
        Vec::new()
    };
    if let Some(line) = overloaded_line(text) {
        return too_deep(origin.span(&line), problems);
    }
    if is_dense(text) {
        return too_many(problems);
    }
    let events = match variables::hidden(text) {
        None => read(text, origin, options, problems),
        Some(hidden) => variables::fill(read(&hidden, origin, options, problems), problems),
    };
    if events.len() > MOST_EVENTS {
        return too_many(problems);
    }
    if let Some(span) = first_too_deep(&events) {
        return too_deep(span, problems);
    }
    if text.contains("&#") {
        control_references(&events, problems);
    }
    events
}

/// The events of a text whose variables are hidden.
fn read<'a>(
    text: &'a str,
    origin: Origin,
    options: &MarkdownOptions,
    problems: &mut Problems,
) -> Vec<(Event<'a>, Span)> {
    // One more than there may be tells that there are too many.
    let most = MOST_EVENTS + 1;
    let Some(masked) = double_brackets::masked(text) else {
        return block::read(text, origin, options, most, problems);
    };
    let events = block::read(&masked, origin, options, most, problems).into_iter();
    events.map(|(event, span)| (double_brackets::restored(event), span)).collect()
}

/// Reports control characters that a text writes as character references, such as `&#7;`.
fn control_references(events: &Events<'_>, problems: &mut Problems) {
    for (event, span) in events {
        let written: [&str; 2] = match event {
            Event::Text(text) => [text, ""],
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                [dest_url, title]
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => [info, ""],
            _ => continue,
        };
        for found in written.iter().filter_map(|text| text.matches(control::is_refused).next()) {
            control::report(found, *span, problems);
        }
    }
}

/// The definitions of links to parts of this site, such as `[name]: ../page.md`, with the line breaks after them.
pub fn definitions(text: &str) -> Vec<Range<usize>> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let parser = parser::plain(text, &MarkdownOptions::default());
    let all = parser.reference_definitions().iter();
    let inner =
        all.filter(|(_, definition)| !matches!(reference(&definition.dest), Ok(Reference::External(_))));
    let mut places: Vec<Range<usize>> = inner.map(|(_, definition)| definition.span.clone()).collect();
    for place in &mut places {
        place.end += usize::from(text.get(place.end..).is_some_and(|after| after.starts_with('\n')));
    }
    places.sort_unstable_by_key(|place| place.start);
    places
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
        let end = start + line.len();
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
            Some(b'-' | b'+' | b'*' | b':') => follows_space(start.get(i + 1)),
            Some(b'.' | b')') => {
                let number = i.checked_sub(1).and_then(|before| start.get(before));
                number.is_some_and(u8::is_ascii_digit) && follows_space(start.get(i + 1))
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
fn first_too_deep(events: &Events<'_>) -> Option<Span> {
    let mut depth = 0_usize;
    events.iter().find_map(|(event, span)| {
        match event {
            Event::Start(tag) if is_nested(tag.to_end()) => depth += 1,
            Event::End(tag) if is_nested(*tag) => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEEPEST).then_some(*span)
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
            | TagEnd::MetadataBlock(_)
    )
}
