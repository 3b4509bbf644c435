//! Markdown to HTML with slots: everything that depends on other files is left open.
//!
//! A [`Prose`] depends on nothing but its own text, so it can be kept as long as that text stays the same; a page
//! fills the slots when it is built. `CommonMark` 0.31 with GitHub's tables, task lists, strikethrough, footnotes
//! and alerts.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

mod attributed;
pub(crate) mod attributes;
mod bare_url;
mod block;
mod code_block;
mod data;
mod diagram;
mod double_brackets;
mod element;
mod embed;
pub(crate) mod events;
mod flow;
mod footnote;
mod footnote_numbers;
mod foreign;
mod formula;
mod heading;
mod link;
mod media;
mod options;
mod origin;
mod overlooked;
mod parse;
mod parser;
mod raw_html;
mod reference;
mod signs;
mod variables;
mod writer;

pub(crate) use attributed::braces_after;
pub use options::MarkdownOptions;
pub use origin::Origin;
pub use variables::source;

use super::heading_id::PageIds;
use super::prose::{Markdown, Prose};
use super::written::Written;
use crate::diagnostics::Problems;
use crate::span::Span;
use events::Events;
pub(crate) use parse::definitions;
use parse::parse;
use pulldown_cmark::Event;
use writer::Writer;

/// Reads the texts of one file, and keeps what all of them share.
#[derive(Debug)]
pub struct TextReader<'a> {
    /// The whole file.
    pub file: &'a str,
    options: &'a MarkdownOptions,
    /// The ids of the page that the file is.
    pub ids: PageIds,
    /// What is wrong with the file.
    pub problems: &'a mut Problems,
}

impl<'a> TextReader<'a> {
    /// For a file.
    pub fn new(file: &'a str, options: &'a MarkdownOptions, problems: &'a mut Problems) -> Self {
        Self { file, options, ids: PageIds::default(), problems }
    }

    /// A text that is shown on its own, so its ids are its own as well.
    pub fn block(&mut self, written: &Written) -> Prose {
        let origin = Origin::of_string(&written.value, written.span, self.file);
        let events = parse(&written.value, origin, self.options, self.problems);
        Writer::new(self.options, &mut PageIds::default(), self.problems).of(self.file).write(&events)
    }

    /// As [`block`](Self::block), without the paragraph around a text of one.
    pub fn line(&mut self, written: &Written) -> Prose {
        self.block(written).unwrapped()
    }

    /// A text and its source; both empty when it is left out.
    pub fn markdown(&mut self, written: Option<Written>) -> Markdown {
        let Some(written) = written else { return Markdown::default() };
        let prose = self.block(&written);
        Markdown { prose, source: source(written.value.trim(), self.options).into_owned() }
    }

    /// A text that is a part of the page.
    pub fn part(&mut self, written: &Written) -> Prose {
        let origin = Origin::of_string(&written.value, written.span, self.file);
        let events = parse(&written.value, origin, self.options, self.problems);
        self.write(&events)
    }

    /// Parses the file from a byte on, to be written in one or several parts.
    pub fn body(&mut self, start: usize) -> Vec<(Event<'a>, Span)> {
        let text = self.file.get(start..).unwrap_or_default();
        parse(text, Origin::At(start), self.options, self.problems)
    }

    /// Writes a part of the page.
    pub fn write(&mut self, events: &Events<'_>) -> Prose {
        Writer::new(self.options, &mut self.ids, self.problems).of(self.file).write(events)
    }

    /// Writes the page's main text: its headings are the page's outline, in which none is skipped.
    pub fn write_outlined(&mut self, events: &Events<'_>) -> Prose {
        Writer::new(self.options, &mut self.ids, self.problems).of(self.file).with_outline().write(events)
    }
}

/// Reads a whole text, with ids of its own.
pub fn prose(text: &str, origin: Origin, options: &MarkdownOptions, problems: &mut Problems) -> Prose {
    let events = parse(text, origin, options, problems);
    // Places are offsets in the file, of which nothing else is known.
    let file = if let Origin::At(0) = origin { text } else { "" };
    let mut ids = PageIds::default();
    let mut prose = Writer::new(options, &mut ids, problems).of(file).write(&events);
    prose.keep_former_ids(|id| ids.is_free(id));
    prose
}
