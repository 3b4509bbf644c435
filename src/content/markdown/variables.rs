//! Variables in Markdown: `[[var:name]]` is hidden from the parser behind as many other bytes, and its value put in where
//! it comes back as text, as a destination or as HTML. So a value is never read as markup, and every place stays exact.

use super::attributed::braces_after;
use super::options::MarkdownOptions;
use crate::content::html::escaped;
use crate::diagnostics::Problems;
use crate::span::Span;
use crate::variables::{self, OPEN, Variables};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};
use std::borrow::Cow;

/// What stands for the brackets around a name: characters that no text may hold, of two bytes each.
const LEFT: char = '\u{91}';
const RIGHT: char = '\u{92}';
const HIDDEN: &str = "\u{91}var:";

/// A text with its variables hidden; nothing when it names none.
pub fn hidden(text: &str) -> Option<String> {
    if !variables::is_named_in(text.as_bytes()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = variables::next(rest) {
        out.push_str(before);
        // `\[[` is text, and `![[` an embed, which a variable is not.
        let is_escaped = out.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        if is_escaped || out.ends_with('!') {
            out.extend([OPEN, name, variables::CLOSE]);
        } else {
            out.push(LEFT);
            out.push_str("var:");
            out.push_str(name);
            out.push(RIGHT);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// The events of a hidden text, with values in the place of variables; in code they are what was written.
pub fn fill<'a>(events: Vec<(Event<'_>, Span)>, problems: &mut Problems) -> Vec<(Event<'a>, Span)> {
    let mut is_code = false;
    // What a block says of itself is filled once it is read, so that a value is no part of its notation.
    let mut is_header = false;
    let fill = |(event, span): (Event<'_>, Span)| {
        let mut text = |text: &str| value(text, span, problems);
        let begins_block = matches!(event, Event::Start(Tag::MetadataBlock(_)));
        let event = match event {
            Event::Html(t) if is_header => Event::Html(t),
            Event::Text(t) if is_code => Event::Text(shown(&t).into()),
            Event::Text(t) => Event::Text(text(&t).into()),
            Event::Code(t) => Event::Code(shown(&t).into()),
            Event::InlineMath(t) => Event::InlineMath(shown(&t).into()),
            Event::DisplayMath(t) => Event::DisplayMath(shown(&t).into()),
            Event::Html(t) => Event::Html(html(&t, span, problems).into()),
            Event::InlineHtml(t) => Event::InlineHtml(html(&t, span, problems).into()),
            Event::FootnoteReference(t) => Event::FootnoteReference(shown(&t).into()),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
                link_type,
                dest_url: text(&dest_url).into(),
                title: text(&title).into(),
                id: shown(&id).into(),
            }),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
                link_type,
                dest_url: text(&dest_url).into(),
                title: text(&title).into(),
                id: shown(&id).into(),
            }),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(shown(&info).into())))
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                Event::Start(Tag::FootnoteDefinition(shown(&name).into()))
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                let id = id.map(|id| CowStr::from(text(&id)));
                Event::Start(Tag::Heading { level, id, classes, attrs })
            }
            other => other,
        };
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        is_header = begins_block;
        (event.into_static(), span)
    };
    events.into_iter().map(fill).collect()
}

/// Are there hidden variables in a text?
pub fn are_hidden_in(text: &str) -> bool {
    text.contains(LEFT)
}

/// A hidden text as it was written.
pub fn shown(text: &str) -> String {
    if !text.contains(LEFT) {
        return text.to_owned();
    }
    text.replace(HIDDEN, OPEN).replace(RIGHT, variables::CLOSE)
}

/// A hidden text with values.
pub fn value(text: &str, span: Span, problems: &mut Problems) -> String {
    if text.contains(LEFT) { problems.fill(&shown(text), span) } else { text.to_owned() }
}

/// A hidden piece of HTML with values, which are text there too.
fn html(text: &str, span: Span, problems: &mut Problems) -> String {
    if !text.contains(LEFT) {
        return text.to_owned();
    }
    problems.fill_with(&shown(text), span, &|value| escaped(value))
}

/// A text as it is written, with values in the place of variables outside of code: for exports in Markdown.
pub fn source<'t>(text: &'t str, options: &MarkdownOptions) -> Cow<'t, str> {
    let Some(hidden) = hidden(text) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let fill = |stretch: &str, out: &mut String| {
        let mut value = |name: &str, _| options.variables.get(name).map(plain_markdown);
        let mut rest = stretch;
        // What an embed hands on is filled by whoever writes out the embed.
        while let Some(at) = rest.find("]]{") {
            let (before, after) = rest.split_at(at + 2);
            let braces = braces_after(after).map_or(0, |inner| inner.end + 1);
            let (braces, after) = after.split_at_checked(braces).unwrap_or(("", after));
            out.push_str(&Variables::fill(&shown(before), &mut value));
            out.push_str(&shown(braces));
            rest = after;
        }
        out.push_str(&Variables::fill(&shown(rest), value));
    };
    for (event, range) in super::parser::plain(&hidden, options).into_offset_iter() {
        let is_code = matches!(
            event,
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Start(Tag::CodeBlock(_))
        );
        if is_code && range.start >= at {
            fill(hidden.get(at..range.start).unwrap_or_default(), &mut out);
            out.push_str(&shown(hidden.get(range.clone()).unwrap_or_default()));
            at = range.end;
        }
    }
    fill(hidden.get(at..).unwrap_or_default(), &mut out);
    Cow::Owned(out)
}

/// A value as Markdown that says just that.
fn plain_markdown(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
