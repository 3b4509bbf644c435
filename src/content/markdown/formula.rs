//! Formulas: `$..$` in a line, `$$..$$` in a line of its own.

use super::writer::Writer;
use crate::content::formula::mathml;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;

impl Writer<'_> {
    pub(super) fn formula(&mut self, tex: &str, is_display: bool, span: Span) {
        match mathml(tex, is_display) {
            Ok(math) if is_display => {
                // It scrolls by itself when it is too wide, so a keyboard has to reach it.
                self.push("<span class=\"math-display\" tabindex=\"0\" role=\"group\" aria-label=\"");
                self.phrase("formula", None);
                self.push(&format!("\">{math}</span>"));
            }
            Ok(math) => self.push(&math),
            Err(wrong) => {
                self.problems.add(
                    Diagnostic::new(Code::InvalidFormula, self.problems.file(), wrong.message)
                        .at(within(span, tex, if is_display { 2 } else { 1 }, &wrong.range))
                        .help(wrong.help),
                );
            }
        }
        // What is read aloud and searched for is what was written.
        self.count(tex);
    }
}

/// A stretch of a formula in the file, when the formula stands there letter for letter.
fn within(span: Span, tex: &str, dollars: usize, range: &std::ops::Range<usize>) -> Span {
    if span.range().len() != tex.len() + 2 * dollars {
        return span;
    }
    let start = span.start as usize + dollars + range.start;
    let end = (span.start as usize + dollars + range.end).max(start + 1);
    Span::new(start, end.min(span.end as usize))
}
