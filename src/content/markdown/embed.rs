//! Embeds: a table, a summary or a text from elsewhere, or a snippet with its parameters.

use super::attributes::Attributes;
use super::events::{Events, plain_text};
use super::writer::Writer;
use crate::content::address::Address;
use crate::content::prose::{Reference, SlotKind, SnippetEmbed};
use crate::content::snippet;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use crate::variables;
use pulldown_cmark::LinkType;

impl Writer<'_> {
    pub(super) fn embed(
        &mut self,
        kind: LinkType,
        destination: &str,
        mut attributes: Attributes,
        inner: &Events<'_>,
        span: Span,
    ) {
        if self.foreign_picture(destination, span) {
            return;
        }
        if is_data_file(destination) {
            let has_label = matches!(kind, LinkType::WikiLink { has_pothole: true });
            let label = has_label.then(|| plain_text(inner)).filter(|label| !label.is_empty());
            attributes.finish("a table", &[], self.problems);
            return self.slot(SlotKind::Data(destination.trim().to_owned(), label), span);
        }
        let Some(Reference::Address(address)) = self.wikilink(destination, span) else { return };
        let Address::Path { parts, at, anchor, .. } = &address else {
            attributes.finish("an embed", &[], self.problems);
            return self.slot(SlotKind::Embed(address), span);
        };
        if parts.first().is_none_or(|first| &**first != snippet::FOLDER) {
            attributes.finish("an embed", &[], self.problems);
            return self.slot(SlotKind::Embed(address), span);
        }
        if at.is_some() || anchor.is_some() {
            let message = "a snippet is embedded whole";
            self.problems.add(
                Diagnostic::new(Code::InvalidEmbed, self.problems.file(), message)
                    .at(span)
                    .help("leave out what stands behind its name, or make a snippet of that part"),
            );
        }
        let mut parameters = Vec::new();
        for attribute in attributes.rest() {
            let problem = |message| Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message);
            let problem = match attribute.value {
                Some(value) if variables::is_name(&attribute.key) => {
                    let filled = self.problems.fill(&value.value, value.span);
                    parameters.push((attribute.key, filled));
                    continue;
                }
                Some(_) => problem(format!("`{}` cannot be the name of a parameter", attribute.key))
                    .help("use small letters, digits and single hyphens, such as `support-mail`"),
                None => problem(format!("the parameter `{}` has no value", attribute.key))
                    .help("write `name=value` or `name=\"some words\"`"),
            };
            self.problems.add(problem.at(attribute.span));
        }
        parameters.sort_unstable();
        let name = parts.join("/");
        self.slot(SlotKind::Snippet(SnippetEmbed { name, parameters }), span);
    }
}

/// Does this name a table of data?
fn is_data_file(destination: &str) -> bool {
    let extension = destination.trim().rsplit_once('.').map_or("", |(_, extension)| extension);
    ["csv", "tsv"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
