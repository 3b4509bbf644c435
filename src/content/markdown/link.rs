//! Links: where they lead is left open in a slot.

use super::events::Events;
use super::reference::reference;
use super::writer::Writer;
use crate::content::address::Address;
use crate::content::html::escaped;
use crate::content::prose::{Reference, SlotKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::LinkType;

impl Writer<'_> {
    pub(super) fn link(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        inner: &Events<'_>,
        span: Span,
    ) {
        let reference = match kind {
            LinkType::WikiLink { .. } => self.wikilink(destination, span),
            LinkType::Email => Some(Reference::External(format!("mailto:{destination}"))),
            _ => match reference(destination) {
                Ok(reference) => Some(reference),
                Err((code, message)) => {
                    let help = match code {
                        Code::UnsafeLink => "write the address of a page, a file, or another site",
                        _ => "write where it leads, for instance `../guides/secrets.md`",
                    };
                    self.problems
                        .add(Diagnostic::new(code, self.problems.file(), message).at(span).help(help));
                    None
                }
            },
        };
        let Some(reference) = reference.filter(|_| !self.in_link) else {
            self.write_events(inner);
            self.close_raw("link");
            return;
        };
        self.in_link = true;
        self.push("<a");
        self.slot(SlotKind::Link(reference.clone()), span);
        if let Reference::External(_) = &reference {
            // The text of such a link is its URL already, which print need not repeat.
            let is_bare = matches!(kind, LinkType::Autolink | LinkType::Email);
            self.external(if is_bare { "external bare" } else { "external" });
        }
        if !title.is_empty() {
            self.push(&format!(" title=\"{}\"", escaped(title)));
        }
        self.push(">");
        self.quiet += 1;
        let names_itself = inner.is_empty() && !matches!(reference, Reference::External(_));
        if names_itself || matches!(kind, LinkType::WikiLink { has_pothole: false }) {
            self.slot(SlotKind::Label(reference), span);
            self.out.words += 1;
        } else {
            self.write_events(inner);
        }
        self.close_raw("link");
        self.quiet = self.quiet.saturating_sub(1);
        self.push("</a>");
        self.in_link = false;
    }

    /// What a link to another site says of itself.
    pub(super) fn external(&mut self, class: &str) {
        self.push(&format!(" class=\"{class}\""));
        if self.options.external_new_tab {
            self.push(" target=\"_blank\"");
        }
        if let Some(rel) = self.options.external_rel() {
            self.push(&format!(" rel=\"{rel}\""));
        }
    }

    pub(super) fn wikilink(&mut self, destination: &str, span: Span) -> Option<Reference> {
        // In a table the bar before a label is written `\|`.
        let destination = destination.strip_suffix('\\').unwrap_or(destination);
        Address::read(destination, span, self.problems).map(Reference::Address)
    }
}
