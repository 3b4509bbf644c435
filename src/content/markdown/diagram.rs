//! Code fences in `mermaid`: they become pictures.

use super::attributes::Attributes;
use super::events::Events;
use super::reference::reference;
use super::writer::Writer;
use crate::content::diagram::{Diagram, Drawing, Fault};
use crate::content::html::escaped;
use crate::content::prose::SlotKind;
use crate::content::words;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::Event;

/// Diagrams below this width are never larger than a phone's screen.
const NARROW: u32 = 340;

impl Writer<'_> {
    /// Draws a diagram; `fence` is where its opening line stands.
    pub(super) fn diagram(
        &mut self,
        code: &str,
        mut attributes: Attributes,
        inner: &Events<'_>,
        fence: Span,
    ) {
        let alt = attributes.value("alt", self.problems).map(|alt| alt.value);
        attributes.finish("a diagram", &["alt"], self.problems);
        let drawn = Diagram::read(code).and_then(|diagram| {
            let alt = alt.filter(|alt| !alt.trim().is_empty()).or(diagram.description().map(str::to_owned));
            if !self.problems.may_draw(diagram.cost()) {
                let help = "put some of the diagrams on another page";
                let message = "the diagrams of this page take too long to draw".to_owned();
                return Err(vec![Fault { line: None, message, help: help.to_owned() }]);
            }
            diagram.draw().map(|drawing| (drawing, alt))
        });
        match drawn {
            Ok((drawing, alt)) => {
                if alt.is_none() {
                    let message = "this diagram has no alternative text";
                    self.problems.add(
                        Diagnostic::new(Code::MissingAlt, self.problems.file(), message).at(fence).help(
                            "say what it shows: ```` ```mermaid alt=\"A request passes three services\" ````",
                        ),
                    );
                }
                self.drawing(&drawing, alt.as_deref().unwrap_or_default(), inner, fence);
            }
            Err(faults) => {
                for fault in faults {
                    let place = fault.line.and_then(|line| line_of(inner, line)).unwrap_or(fence);
                    self.problems.add(
                        Diagnostic::new(Code::InvalidDiagram, self.problems.file(), fault.message)
                            .at(place)
                            .help(fault.help),
                    );
                }
            }
        }
    }

    fn drawing(&mut self, drawing: &Drawing, alt: &str, inner: &Events<'_>, fence: Span) {
        let Drawing { markup, view_box, width, height } = drawing;
        let is_wide = *width > NARROW;
        self.push("<div class=\"diagram\"");
        if is_wide {
            self.push(" tabindex=\"0\" role=\"group\" aria-label=\"");
            self.phrase("diagram", None);
            self.push("\"");
        }
        // What it leads to would be lost in a picture that is one thing.
        let role = if markup.links.is_empty() { "img" } else { "group" };
        self.push(&format!("><svg role=\"{role}\" aria-label=\""));
        if alt.is_empty() {
            self.phrase("diagram", None);
        } else {
            self.push(&escaped(alt));
        }
        self.push("\"");
        if is_wide {
            // The least width at which words are 9 pixels high, in steps of 50, for a style of its own is not allowed.
            let steps = width.saturating_mul(2).div_ceil(3 * 50).clamp(4, 24);
            self.push(&format!(" class=\"wide-{steps}\""));
        }
        self.push(&format!(" viewBox=\"{view_box}\" width=\"{width}\" height=\"{height}\">"));
        let mut at = 0;
        for (place, to) in &markup.links {
            self.push(markup.inner.get(at..*place).unwrap_or_default());
            at = *place;
            match reference(to) {
                Ok(reference) => self.slot(SlotKind::Link(reference), click(inner, to).unwrap_or(fence)),
                Err((code, message)) => self.problems.add(
                    Diagnostic::new(code, self.problems.file(), message)
                        .at(click(inner, to).unwrap_or(fence))
                        .help("write the address of a page, a file, or another site"),
                ),
            }
        }
        self.push(markup.inner.get(at..).unwrap_or_default());
        self.push("</svg></div>\n");
        self.out.words += Span::new(words::count(alt), 0).start;
    }
}

/// The place of a line of the diagram.
fn line_of(inner: &Events<'_>, line: usize) -> Option<Span> {
    let mut number = 0_usize;
    for (event, span) in inner {
        let Event::Text(text) = event else { continue };
        let mut start = span.start as usize;
        for part in text.split_inclusive('\n') {
            if number == line {
                let indent = part.len() - part.trim_start().len();
                let end = (start + part.trim_end().len()).max(start + indent + 1);
                // Text with escapes has one place for all of it.
                let is_exact = span.range().len() == text.len();
                return Some(if is_exact { Span::new(start + indent, end) } else { *span });
            }
            number += usize::from(part.ends_with('\n'));
            start += part.len();
        }
    }
    None
}

/// The place of the line that makes a link.
fn click(inner: &Events<'_>, to: &str) -> Option<Span> {
    let code: String =
        inner.iter().filter_map(|(e, _)| if let Event::Text(t) = e { Some(&**t) } else { None }).collect();
    line_of(inner, code.lines().position(|line| line.trim().starts_with("click") && line.contains(to))?)
}
