//! Tables of data that stand in the text itself.

use super::attributes::Attributes;
use super::events::Events;
use super::writer::Writer;
use crate::content::data_table::{DataTable, SEPARATORS, Wrong};
use crate::content::html::escaped;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::Event;

impl Writer<'_> {
    /// Is code of this label a table?
    pub(super) fn is_data(language: &str) -> bool {
        matches!(language, "csv" | "tsv")
    }

    /// Writes a fence of data as a table.
    pub(super) fn data(
        &mut self,
        language: &str,
        mut attributes: Attributes,
        code: &str,
        inner: &Events<'_>,
        line: Span,
    ) {
        let caption = attributes.value("caption", self.problems).map(|caption| caption.value);
        let written = attributes.value("separator", self.problems);
        attributes.finish("a table of data", &["caption", "separator"], self.problems);
        let separator = match written.as_ref().map(|written| (written, &*written.value)) {
            None if language == "tsv" => Some('\t'),
            None => None,
            Some((_, "tab" | "\\t")) => Some('\t'),
            Some((written, value)) => {
                let known = SEPARATORS.into_iter().find(|separator| value.chars().eq([*separator]));
                if known.is_none() {
                    let message = format!("`{value}` cannot stand between cells");
                    self.problems.add(
                        Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message)
                            .at(written.span)
                            .help("write one of `,` `;` `|` or `tab`, or leave it out to have it found"),
                    );
                }
                known
            }
        };
        match DataTable::read(code, separator) {
            Ok(table) => {
                self.push("<div class=\"scroll\" role=\"group\" aria-label=\"");
                match &caption {
                    Some(caption) => self.push(&escaped(caption)),
                    None => self.phrase("table", None),
                }
                self.push("\" tabindex=\"0\">");
                self.push(&table.html(caption.as_deref()));
                self.push("</div>\n");
                self.out.words += Span::new(table.words(), 0).start;
            }
            Err(wrong) => {
                for Wrong { place, message, help } in wrong {
                    let span = place_in(inner, place.start).map_or(line, |start| {
                        let length = place.end.saturating_sub(place.start);
                        Span::new(start, start + length)
                    });
                    self.problems.add(
                        Diagnostic::new(Code::BrokenTable, self.problems.file(), message).at(span).help(help),
                    );
                }
            }
        }
    }
}

/// Where in the file a place of the code stands: the lines of a list's or a quote's code stand apart from each other.
fn place_in(inner: &Events<'_>, place: usize) -> Option<usize> {
    let mut before = 0;
    for (event, span) in inner {
        let Event::Text(text) = event else { continue };
        if place < before + text.len() {
            return Some(span.start as usize + (place - before));
        }
        before += text.len();
    }
    None
}
