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
    let events = parser.into_offset_iter().take(most).collect();
    let events = attributed::gather(bare_url::link(text, events), text, origin, problems);
    Parsed { events, undefined }
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
