//! What is written so far, and where in the text that is.

use super::footnote_numbers::Numbers;
use super::options::MarkdownOptions;
use super::raw_html::{self, Open, Placement, Places};
use crate::content::control;
use crate::content::heading_id::PageIds;
use crate::content::html::escape;
use crate::content::prose::{Prose, Slot, SlotKind};
use crate::content::words;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use pulldown_cmark::Alignment;

/// Writes events as a [`Prose`]. All parts of a page are given the same `ids`, so that theirs differ.
pub struct Writer<'a> {
    pub(super) options: &'a MarkdownOptions,
    /// The whole file, where the text stands in it letter for letter.
    pub(super) file: &'a str,
    pub(super) ids: &'a mut PageIds,
    pub(super) problems: &'a mut Problems,
    pub(super) level: u8,
    /// Check that heading levels follow one another; off for short texts that stand under other headings.
    pub(super) outline: bool,
    pub(super) footnotes: Numbers,
    pub(super) out: Prose,
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_table_head: bool,
    /// Depth of elements in which glossary terms stay as they are.
    pub(super) quiet: usize,
    pub(super) open_raw: Open,
    /// Within a link, where a further link is only its text.
    pub(super) in_link: bool,
    /// Within a figure, where a picture leads to itself in full size.
    pub(super) in_figure: bool,
    pub(super) lead_open: bool,
}

impl<'a> Writer<'a> {
    /// A writer for the texts of one page.
    pub fn new(options: &'a MarkdownOptions, ids: &'a mut PageIds, problems: &'a mut Problems) -> Self {
        Self {
            options,
            file: "",
            ids,
            problems,
            level: 1,
            outline: false,
            footnotes: Numbers::default(),
            out: Prose::default(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            quiet: 0,
            open_raw: Open::default(),
            in_link: false,
            in_figure: false,
            lead_open: false,
        }
    }

    /// Reads what the parser leaves out, such as the attributes of code, in the file.
    #[must_use]
    pub fn of(mut self, file: &'a str) -> Self {
        self.file = file;
        self
    }

    /// Also checks that no heading level is skipped and no second title follows.
    #[must_use]
    pub fn with_outline(mut self) -> Self {
        self.outline = true;
        self
    }

    pub(super) fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    pub(super) fn slot(&mut self, kind: SlotKind, span: Span) {
        let at = Span::new(self.out.html.len(), 0).start;
        self.out.slots.push(Slot { at, kind, span });
    }

    /// An interface text, with the name and the value of its placeholder.
    pub(super) fn phrase(&mut self, key: &str, value: Option<(&str, &str)>) {
        let value = value.map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.slot(SlotKind::Phrase(key.to_owned(), value), Span::default());
    }

    pub(super) fn text(&mut self, text: &str) {
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

    pub(super) fn count(&mut self, text: &str) {
        self.out.words += Span::new(words::count(text), 0).start;
        self.lead(text);
    }

    pub(super) fn lead(&mut self, text: &str) {
        if self.lead_open {
            self.out.lead.push_str(text);
        }
    }

    pub(super) fn raw(&mut self, html: &str, placement: Placement, places: &Places, span: Span) {
        let checked = raw_html::check(html, placement, &mut self.open_raw, places);
        self.push(&checked.html);
        if let Some(found) = &checked.control {
            control::report(found, span, self.problems);
        }
        for (message, help, span) in checked.problems {
            self.problems
                .add(Diagnostic::new(Code::RawHtml, self.problems.file(), message).at(span).help(help));
        }
    }

    /// A block begins: HTML that holds only words must not be open around it.
    pub(super) fn block(&mut self, span: Span) {
        if let Some((holder, opened)) = self.open_raw.holds_no_block() {
            let (message, help) = raw_html::no_block(holder);
            self.problems
                .add(Diagnostic::new(Code::RawHtml, self.problems.file(), message).at(*opened).help(help));
            let message = format!("this block stands within `<{holder}>`");
            self.problems.add(
                Diagnostic::new(Code::RawHtml, self.problems.file(), message)
                    .at(span.beginning())
                    .help(format!("write `</{holder}>` before it")),
            );
        }
    }

    /// One of Markdown's elements ends, and what was opened within it with it.
    pub(super) fn close_raw(&mut self, what: &str) {
        for (tag, span) in self.open_raw.leave() {
            let message = format!("`<{tag}>` is not closed in the {what} that it is opened in");
            self.problems.add(
                Diagnostic::new(Code::RawHtml, self.problems.file(), message)
                    .at(span)
                    .help(format!("write `</{tag}>` before the {what} ends")),
            );
            self.push(&format!("</{tag}>"));
        }
    }
}
