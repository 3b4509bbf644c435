//! Footnotes, numbered in the order they are first referred to.

use super::events::Events;
use super::writer::Writer;
use crate::content::prose::SlotKind;
use crate::content::slug::slug;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str, span: Span) {
        let number = self.footnotes.number(name, span);
        let target = slug(name);
        let id = self.ids.unique(&format!("fnref-{target}"));
        let note = if let Some((note, _)) = self.footnotes.ids.get(name) {
            note.clone()
        } else {
            let note = self.ids.unique(&format!("fn-{target}"));
            self.footnotes.ids.insert(name.to_owned(), (note.clone(), id.clone()));
            note
        };
        self.push("<sup class=\"footnote-ref\"><a id=\"");
        self.slot(SlotKind::IdPrefix, Span::default());
        self.push(&id);
        self.push("\" href=\"#");
        self.slot(SlotKind::IdPrefix, Span::default());
        self.push(&format!("{note}\" aria-label=\""));
        self.phrase("footnote", Some(("number", &number.to_string())));
        self.push(&format!("\">{number}</a></sup>"));
    }

    pub(super) fn write_footnotes(
        &mut self,
        events: &Events<'_>,
        definitions: &HashMap<String, Range<usize>>,
    ) {
        if self.footnotes.names.is_empty() {
            return;
        }
        self.push("<section class=\"footnotes\" aria-label=\"");
        self.phrase("footnotes", None);
        self.push("\">\n<ol>\n");
        let mut written = 0;
        // A footnote may refer to a further one, so the list can grow while it is written.
        while let Some((name, reference)) = self.footnotes.names.get(written).cloned() {
            written += 1;
            let (id, back) = self.footnotes.ids.get(&name).cloned().unwrap_or_default();
            self.push("<li id=\"");
            self.slot(SlotKind::IdPrefix, Span::default());
            self.push(&format!("{id}\">"));
            if let Some(span) = definitions.get(&name) {
                self.open_raw.enter();
                self.write_events(events.get(span.clone()).unwrap_or_default());
                self.close_raw("footnote");
            } else {
                let message = format!("the footnote `{name}` is defined in another section");
                self.problems.add(
                    Diagnostic::new(Code::UndefinedFootnote, self.problems.file(), message)
                        .at(reference)
                        .help("a playbook's sections are texts of their own: define it in the section that refers to it"),
                );
            }
            self.push("<a href=\"#");
            self.slot(SlotKind::IdPrefix, Span::default());
            self.push(&format!("{back}\" class=\"footnote-back\" aria-label=\""));
            self.phrase("back-to-text", None);
            self.push("\">↩</a></li>\n");
        }
        self.push("</ol>\n</section>\n");
    }
}

/// Where each footnote's text lies among the events.
pub(super) fn definitions(events: &Events<'_>) -> HashMap<String, Range<usize>> {
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
