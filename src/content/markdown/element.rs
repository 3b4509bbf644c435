//! Elements that are a tag where they begin and a tag where they end: paragraphs, lists, tables, emphasis.

use super::events::Events;
use super::writer::Writer;
use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Tag, TagEnd};

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: &Tag<'_>, events: &Events<'_>, at: usize) {
        match tag {
            Tag::Paragraph => {
                self.push("<p>");
                self.lead_open = self.out.lead.is_empty();
            }
            Tag::BlockQuote(None) => self.push("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let name = alert(*kind);
                self.push(&format!(
                    "<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">"
                ));
                self.phrase(name, None);
                self.push("</p>\n");
            }
            Tag::List(None) => {
                let tasks = matches!(events.get(at + 2), Some((Event::TaskListMarker(_), _)))
                    || matches!(events.get(at + 3), Some((Event::TaskListMarker(_), _)));
                self.push(if tasks { "<ul class=\"tasks\">\n" } else { "<ul>\n" });
            }
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(n)) => self.push(&format!("<ol start=\"{n}\">\n")),
            Tag::Item => self.push("<li>"),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.push("<div class=\"scroll\" role=\"group\" aria-label=\"");
                self.phrase("table", None);
                self.push("\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                let empty = matches!(events.get(at + 1), Some((Event::End(TagEnd::TableCell), _)));
                self.push(&match (self.in_table_head, empty) {
                    (true, false) => format!("<th scope=\"col\"{class}>"),
                    _ => format!("<td{class}>"),
                });
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.push("</p>\n");
                self.lead_open = false;
            }
            TagEnd::BlockQuote(None) => self.push("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.push("</div>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                let empty_head = self.out.html.ends_with('>') && self.last_opened_is_td();
                self.push(if self.in_table_head && !empty_head { "</th>" } else { "</td>" });
                self.column += 1;
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Link
            | TagEnd::Image => {}
        }
    }

    /// An empty cell of a table's head is a `td`: a header without a name would confuse a screen reader.
    pub(super) fn last_opened_is_td(&self) -> bool {
        let tail = &self.out.html[self.out.html.rfind('<').unwrap_or(0)..];
        tail.starts_with("<td")
    }
}

/// The name of an alert: its class, and the key of its title among the interface texts.
fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
