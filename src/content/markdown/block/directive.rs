//! What a fence says: the name of its block, a label in brackets, attributes in braces.

use super::event::Written;
use crate::content::markdown::attributes::{Attributes, in_braces};
use crate::content::markdown::origin::Origin;
use crate::content::markdown::variables;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{Span, Spanned};
use std::ops::Range;

/// What the fence that opens a block says.
pub(super) struct Directive<'h> {
    /// The block's name; empty when there is none.
    pub name: &'h str,
    pub name_span: Span,
    /// What stands in the brackets, and where.
    pub label: Option<(&'h str, Origin)>,
    pub attributes: Attributes,
    /// The whole line, from its colons on.
    pub span: Span,
}

impl<'h> Directive<'h> {
    /// Reads what a block's fence says.
    pub fn read(block: &Written<'h, '_>, problems: &mut Problems) -> Self {
        let Written { header, header_span, span, .. } = *block;
        // A text with escapes is longer than any of its fences.
        let is_exact = (header_span.end - header_span.start) as usize == header.len();
        let origin =
            if is_exact { Origin::At(header_span.start as usize) } else { Origin::Within(header_span) };
        let length =
            header.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(header.len());
        let name = header.get(..length).unwrap_or_default();
        let name_span = if name.is_empty() { span } else { origin.span(&(0..length)) };
        let mut directive = Self { name, name_span, label: None, attributes: Attributes::default(), span };
        let mut rest = header.get(length..).unwrap_or_default();
        if name.is_empty() {
            foreign_name(header, span, problems);
            return directive;
        }
        let mut at = length;
        if let Some(range) = in_brackets(rest) {
            let label = rest.get(range.clone()).unwrap_or_default();
            directive.label = Some((label, origin.shifted(at + range.start)));
            at += range.end + 1;
            rest = rest.get(range.end + 1..).unwrap_or_default();
        }
        if let Some(range) = in_braces(rest) {
            let inner = at + range.start..at + range.end;
            directive.attributes = Attributes::read(header, inner, origin, problems);
            directive.attributes.fill(|value, span| variables::value(value, span, problems));
            rest = rest.get(range.end + 1..).unwrap_or_default();
        }
        if !rest.is_empty() {
            directive.surplus(rest, problems);
        }
        directive
    }

    /// Something stands behind what a fence can say.
    fn surplus(&self, rest: &'h str, problems: &mut Problems) {
        let name = self.name;
        let text = rest.trim().trim_end_matches(':').trim_end();
        let (code, message, help) = if self.label.is_some() || rest.contains(['[', '{']) {
            (
                Code::InvalidBlock,
                format!("`{}` cannot be read as a part of `:::{name}`", rest.trim()),
                format!(
                    "write `:::{name}[Label]{{key=value}}`, without spaces between, and its text on the lines below"
                ),
            )
        } else {
            (
                Code::ForeignNotation,
                format!("behind `:::{name}`, a title stands in brackets"),
                format!("write `:::{name}[{text}]`"),
            )
        };
        problems.add(Diagnostic::new(code, problems.file(), message).at(self.span).help(help));
    }

    /// Takes an id that the author gave; one that is none is reported.
    pub fn id(&mut self, problems: &mut Problems) -> Option<Spanned<String>> {
        let id = self.attributes.value("id", problems)?;
        if crate::content::slug::is_id(&id.value) {
            return Some(id);
        }
        let near = crate::content::slug::slug(&id.value);
        let help = if near.is_empty() { String::new() } else { format!(": `#{near}`") };
        problems.add(
            Diagnostic::new(
                Code::InvalidId,
                problems.file(),
                format!("`{}` cannot be the id of a block", id.value),
            )
            .at(id.span)
            .help(format!("use lower-case letters, digits and hyphens{help}")),
        );
        None
    }

    /// Reports the attributes that nobody took.
    pub fn finish(&mut self, known: &[&str], problems: &mut Problems) {
        let left = std::mem::take(&mut self.attributes);
        left.finish(&format!("`{}`", self.name), known, problems);
    }

    /// Reports a label where none is shown.
    pub fn no_label(&mut self, problems: &mut Problems) {
        if let Some((label, origin)) = self.label.take() {
            let message = format!("`{}` has no label", self.name);
            problems.add(
                Diagnostic::new(Code::InvalidBlock, problems.file(), message)
                    .at(origin.span(&(0..label.len())))
                    .help("put it into a heading or a paragraph"),
            );
        }
    }
}

/// What other tools write behind the colons.
fn foreign_name(header: &str, span: Span, problems: &mut Problems) {
    let inner = header.trim().trim_matches(['{', '}', '!', '.']);
    let name: String = inner.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    let name = if name.is_empty() { "note" } else { &name };
    problems.add(
        Diagnostic::new(
            Code::ForeignNotation,
            problems.file(),
            "a block's name stands directly behind the colons",
        )
        .at(span)
        .help(format!("write `:::{name}`; a backslash before the colons makes them text")),
    );
}

/// What a block of other tools is called here.
pub(super) fn elsewhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "info" | "abstract" | "seealso" | "example" | "quote" | "todo" | "admonition" => "note",
        "hint" | "success" | "check" => "tip",
        "attention" => "warning",
        "danger" | "error" | "failure" | "bug" => "caution",
        "tab-set" | "tabset" | "code-group" | "codegroup" => "tabs",
        "tab-item" | "tabitem" => "tab",
        "grid" => "cards",
        "grid-item-card" | "linkcard" | "link-card" => "card",
        "dropdown" | "spoiler" | "collapse" | "toggle" => "details",
        "image" => "figure",
        "col" => "column",
        "cols" | "row" => "columns",
        _ => return None,
    })
}

/// The label in brackets at the beginning of a text, as the range between the brackets; others within it are closed first,
/// and a backslash takes a bracket's meaning away.
fn in_brackets(text: &str) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(1..at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Directive, Written, in_brackets};
    use crate::diagnostics::Problems;
    use crate::span::{SourcePath, Span};

    #[test]
    fn labels_end_at_their_own_bracket() {
        for (text, label) in
            [("[a]b", Some(1..2)), ("[a[b]c]", Some(1..6)), ("[a\\]]", Some(1..4)), ("[]", Some(1..1))]
        {
            assert_eq!(in_brackets(text), label, "{text}");
        }
        for text in ["", "a", "[a", "]", "\\[a]"] {
            assert_eq!(in_brackets(text), None, "{text}");
        }
    }

    #[test]
    fn a_fence_is_read_with_its_places() {
        let mut problems = Problems::new(&SourcePath::new("a.md"));
        let header = "note[A *b*]{collapse #x}";
        let end = 14 + header.len();
        let (header_span, span) = (Span::new(14, end), Span::new(10, end));
        let block = Written { header, header_span, span, inside: &[] };
        let mut read = Directive::read(&block, &mut problems);
        assert_eq!((read.name, read.name_span), ("note", Span::new(14, 18)));
        let label = read.label.map(|(label, origin)| (label, origin.span(&(0..1))));
        assert_eq!(label, Some(("A *b*", Span::new(19, 20))));
        assert!(read.attributes.flag("collapse", &mut problems));
        assert_eq!(
            read.id(&mut problems).map(|id| (id.value, id.span)),
            Some(("x".to_owned(), Span::new(36, 37)))
        );
        assert!(problems.finish().is_empty());
    }
}
