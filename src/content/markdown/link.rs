//! Links, images and embeds: where they lead is left open in a slot.

use super::events::{Events, plain_text};
use super::foreign;
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

    fn wikilink(&mut self, destination: &str, span: Span) -> Option<Reference> {
        Address::read(destination, span, self.problems).map(Reference::Address)
    }

    pub(super) fn image(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        inner: &Events<'_>,
        span: Span,
    ) {
        if matches!(kind, LinkType::WikiLink { .. }) {
            if self.foreign_picture(destination, span) {
                return;
            }
            let message = "an embed stands in a paragraph of its own";
            self.problems.add(
                Diagnostic::new(Code::InvalidEmbed, self.problems.file(), message)
                    .at(span)
                    .help("put an empty line before and after it"),
            );
            return;
        }
        let alt = plain_text(inner);
        if alt.is_empty() {
            self.problems.add(
                Diagnostic::new(Code::MissingAlt, self.problems.file(), "this image has no alternative text")
                    .at(span)
                    .help(
                        "say between the brackets what it shows: `![The three layers of a cache](cache.png)`",
                    ),
            );
        }
        match reference(destination) {
            Ok(Reference::External(url)) => {
                self.problems.add(
                    Diagnostic::new(
                        Code::BrokenImage,
                        self.problems.file(),
                        "this image lies on another site",
                    )
                    .at(span)
                    .help("put a copy beside the page: a published page asks no third party for anything")
                    .lowered(),
                );
                // Where this is only a warning, readers can still follow it.
                let text = if alt.is_empty() { &url } else { &alt };
                if self.in_link {
                    self.push(&escaped(text));
                } else {
                    self.push(&format!(
                        "<a class=\"external\" href=\"{}\">{}</a>",
                        escaped(&url),
                        escaped(text)
                    ));
                }
            }
            Ok(reference) => {
                let zooms = self.in_figure && !self.in_link;
                if zooms {
                    self.push("<a class=\"zoom\"");
                    self.slot(SlotKind::FullImage(reference.clone()), span);
                    self.push(" aria-label=\"");
                    self.phrase("full-size", Some(("picture", &alt)));
                    self.push("\">");
                }
                self.push("<img");
                self.slot(SlotKind::Image(reference), span);
                self.push(&format!(" alt=\"{}\"", escaped(&alt)));
                if !title.is_empty() {
                    self.push(&format!(" title=\"{}\"", escaped(title)));
                }
                self.push(" loading=\"lazy\" decoding=\"async\">");
                if zooms {
                    self.push("</a>");
                }
            }
            Err((code, message)) => {
                self.problems.add(
                    Diagnostic::new(code, self.problems.file(), message)
                        .at(span)
                        .help("name an image beside the page"),
                );
            }
        }
    }

    /// Reports `![[picture.png]]`, by which Obsidian shows a picture.
    fn foreign_picture(&mut self, destination: &str, span: Span) -> bool {
        let is_picture = foreign::is_picture(destination);
        if is_picture {
            let message = format!("`![[{destination}]]` is notation of Obsidian");
            self.problems.add(
                Diagnostic::new(Code::ForeignNotation, self.problems.file(), message)
                    .at(span)
                    .help(format!("write `![what it shows]({destination})`")),
            );
            self.push(&escaped(destination));
        }
        is_picture
    }

    pub(super) fn embed(&mut self, kind: LinkType, destination: &str, inner: &Events<'_>, span: Span) {
        if self.foreign_picture(destination, span) {
            return;
        }
        if is_data_file(destination) {
            let has_label = matches!(kind, LinkType::WikiLink { has_pothole: true });
            let label = has_label.then(|| plain_text(inner)).filter(|label| !label.is_empty());
            self.slot(SlotKind::Data(destination.trim().to_owned(), label), span);
            return;
        }
        if let Some(Reference::Address(address)) = self.wikilink(destination, span) {
            self.slot(SlotKind::Embed(address), span);
        }
    }
}

/// Does this name a table of data?
fn is_data_file(destination: &str) -> bool {
    let extension = destination.trim().rsplit_once('.').map_or("", |(_, extension)| extension);
    ["csv", "tsv"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
