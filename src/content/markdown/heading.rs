//! Headings and their anchors.

use super::events::{Events, first_line, plain_text};
use super::writer::Writer;
use crate::content::html::escaped;
use crate::content::prose::{Heading, SlotKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::{CowStr, HeadingLevel};

/// The longest heading: it is also an anchor, a line of the contents and a title in the search.
const LONGEST_HEADING: usize = 1000;

impl Writer<'_> {
    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        inner: &Events<'_>,
        span: Span,
    ) {
        let text = plain_text(inner);
        let span = first_line(span, inner);
        let level_number = level as u8;
        if self.outline {
            if level_number == 1 {
                let message = format!("`{text}` is a second title");
                self.problems.add(
                    Diagnostic::new(Code::SecondTitle, self.problems.file(), message)
                        .at(span)
                        .help("a page has one title; begin this heading with `##`"),
                );
            } else if level_number > self.level + 1 {
                let message =
                    format!("a heading of level {level_number} follows one of level {}", self.level);
                self.problems.add(
                    Diagnostic::new(Code::SkippedHeading, self.problems.file(), message)
                        .at(span)
                        .help(format!("begin it with `{}`", "#".repeat(usize::from(self.level) + 1))),
                );
            }
            self.level = level_number;
        }
        if text.len() > LONGEST_HEADING {
            let message =
                format!("a heading has at most {LONGEST_HEADING} bytes; this one has {}", text.len());
            self.problems.add(
                Diagnostic::new(Code::InvalidValue, self.problems.file(), message)
                    .at(span.beginning())
                    .help("say it in a few words, and the rest in a paragraph below"),
            );
        }
        let (id, former) = match id {
            Some(id) => (self.ids.unique(id), None),
            None => self.ids.heading(self.options.slugs, &text),
        };
        let at = Span::new(self.out.html.len(), 0).start;
        self.push(&format!("<h{level_number} id=\""));
        self.slot(SlotKind::IdPrefix, span);
        self.push(&escaped(&id));
        self.push("\">");
        if let Some(former) = &former {
            self.slot(SlotKind::FormerId(former.clone()), span);
        }
        self.quiet += 1;
        self.write_events(inner);
        self.close_raw("heading");
        self.quiet = self.quiet.saturating_sub(1);
        self.push(" <a class=\"anchor\" href=\"#");
        self.slot(SlotKind::IdPrefix, span);
        self.push(&escaped(&id));
        self.push("\" aria-label=\"");
        self.phrase("link-to-section", Some(("title", &text)));
        self.push(&format!("\">#</a></h{level_number}>\n"));
        self.out.headings.push(Heading { level: level_number, id, former, text, figure: None, span, at });
    }
}
