//! The parser, with the parts of GitHub's Markdown and of ours that it knows.

use super::options::MarkdownOptions;
use super::origin::Origin;
use super::overlooked::{Found, Overlooked};
use super::{attributed, bare_url};
use crate::diagnostics::{MOST_OF_A_FILE, Problems};
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser};
use std::ops::Range;

/// A text's events, and the links that are defined nowhere in it.
pub(super) struct Parsed<'a> {
    pub(super) events: Vec<(Event<'a>, Range<usize>)>,
    pub(super) undefined: Vec<Found>,
}

/// The events of a text as it stands, blocks not among them, at most `most`.
pub(super) fn parsed<'a>(
    text: &'a str,
    origin: Origin,
    options: &MarkdownOptions,
    most: usize,
    problems: &mut Problems,
) -> Parsed<'a> {
    let mut undefined = Vec::new();
    let mut broken = |link: BrokenLink<'_>| -> Option<(CowStr<'a>, CowStr<'a>)> {
        if undefined.len() < MOST_OF_A_FILE {
            undefined.extend(Overlooked::undefined_link(&link, text));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, extensions(options), Some(&mut broken));
    let mut events: Vec<_> = parser.into_offset_iter().take(most).collect();
    if options.math {
        events = events.into_iter().map(|event| no_price(text, event)).collect();
    }
    let events = attributed::gather(bare_url::link(text, events), text, origin, problems);
    Parsed { events, undefined }
}

/// Gives back as text what is no formula but two prices, such as `$5-$10`: a dollar sign before a letter or a digit ends
/// none, and no formula begins with a number and goes on in words.
fn no_price<'a>(text: &'a str, (event, range): (Event<'a>, Range<usize>)) -> (Event<'a>, Range<usize>) {
    let Event::InlineMath(tex) = &event else { return (event, range) };
    let next = text.get(range.end..).and_then(|rest| rest.chars().next());
    let begins_with_number = tex.starts_with(|c: char| c.is_ascii_digit());
    let mut words = tex.split(|c: char| !c.is_alphabetic() && c != '\\');
    let has_word = words.any(|word| word.len() > 2 && !word.contains('\\'));
    let is_price = next.is_some_and(char::is_alphanumeric) || (begins_with_number && has_word);
    match text.get(range.clone()) {
        Some(written) if is_price => (Event::Text(CowStr::Borrowed(written)), range),
        _ => (event, range),
    }
}

/// The parser of a text, for what it knows beside events.
pub(super) fn plain<'a>(text: &'a str, options: &MarkdownOptions) -> Parser<'a> {
    Parser::new_ext(text, extensions(options))
}

fn extensions(options: &MarkdownOptions) -> Options {
    let mut extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    extensions.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    extensions.set(Options::ENABLE_MATH, options.math);
    extensions
}
