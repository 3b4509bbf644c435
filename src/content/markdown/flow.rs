//! One event after the other, each handed to what writes it.

use super::attributed;
use super::block::{self, aside};
use super::events::{Events, between, end_of, plain_text};
use super::footnote::definitions;
use super::footnote_numbers::Numbers;
use super::media::is_media;
use super::raw_html::{Placement, Places};
use super::writer::Writer;
use crate::content::html::escape;
use crate::content::prose::Prose;
use crate::diagnostics::{Code, Diagnostic};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

impl Writer<'_> {
    /// Writes one stretch of events.
    pub fn write(&mut self, events: &Events<'_>) -> Prose {
        self.out = Prose::default();
        self.footnotes = Numbers::default();
        let definitions = definitions(events);
        self.write_events(events);
        for (tag, span) in self.open_raw.leave() {
            self.problems.add(
                Diagnostic::new(Code::RawHtml, self.problems.file(), format!("`<{tag}>` is never closed"))
                    .at(span)
                    .help(format!("add `</{tag}>` on a line of its own, with an empty line before it")),
            );
        }
        self.write_footnotes(events, &definitions);
        // Kept as long as the file stays the same, so without the spare room of growing.
        self.out.html.shrink_to_fit();
        self.out.slots.shrink_to_fit();
        self.out.linkable.shrink_to_fit();
        std::mem::take(&mut self.out)
    }

    pub(super) fn write_events(&mut self, events: &Events<'_>) {
        let mut i = 0;
        while let Some((event, span)) = events.get(i) {
            if let Some(end) = self.whole(events, i) {
                i = end;
                continue;
            }
            match event {
                Event::Start(tag) => {
                    if is_block(tag) {
                        self.block(*span);
                    }
                    self.open_raw.enter();
                    self.start(tag, events, i);
                }
                Event::End(tag) => {
                    self.close_raw(container(*tag));
                    self.end(*tag);
                }
                Event::Text(text) => self.text(text),
                Event::InlineMath(tex) => self.formula(tex, false, *span),
                Event::DisplayMath(tex) => self.formula(tex, true, *span),
                Event::Code(code) => {
                    self.push("<code>");
                    escape(code, &mut self.out.html);
                    self.push("</code>");
                    self.count(code);
                }
                Event::InlineHtml(html) | Event::Html(html) => {
                    self.raw(html, Placement::Inline, &Places::one(html, *span), *span);
                }
                Event::SoftBreak => {
                    self.push("\n");
                    self.lead(" ");
                }
                Event::HardBreak => self.push("<br>\n"),
                Event::Rule => {
                    self.block(*span);
                    self.push("<hr>\n");
                }
                Event::FootnoteReference(name) => self.footnote_reference(name, *span),
                Event::TaskListMarker(done) => {
                    let (class, key) = if *done { ("task task-done", "done") } else { ("task", "to-do") };
                    self.push(&format!("<span class=\"{class}\" role=\"img\" aria-label=\""));
                    self.phrase(key, None);
                    self.push("\"></span> ");
                }
            }
            i += 1;
        }
    }

    /// Writes an element that is not a tag at either end. Gives the position after it, or nothing for other events.
    fn whole(&mut self, events: &Events<'_>, at: usize) -> Option<usize> {
        let (Event::Start(tag), span) = events.get(at)? else { return None };
        let is_whole = match tag {
            Tag::Paragraph => is_lone(events, at),
            Tag::BlockQuote(None) => aside::titled(between(events, at + 1, at + 6)).is_some(),
            Tag::FootnoteDefinition(_)
            | Tag::Image { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::Heading { .. }
            | Tag::Link { .. } => true,
            _ => false,
        };
        if !is_whole {
            return None;
        }
        let end = end_of(events, at);
        let inner = between(events, at + 1, end.saturating_sub(1));
        match tag {
            Tag::Paragraph => {
                self.block(*span);
                if let Some((Event::Start(Tag::Image { link_type, dest_url, id, .. }), span)) = inner.first()
                {
                    let attributes = attributed::read(id, self.problems);
                    if let LinkType::WikiLink { .. } = link_type {
                        self.embed(*link_type, dest_url, attributes, inner, *span);
                    } else {
                        let caption = plain_text(inner);
                        self.media(dest_url, &caption, attributes, *span, true);
                    }
                }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let attributes = attributed::read(id, self.problems);
                self.image(*link_type, (dest_url, title), attributes, inner, *span);
            }
            Tag::CodeBlock(kind) => {
                self.block(*span);
                self.code_block(kind, inner, *span);
            }
            Tag::HtmlBlock => {
                let mut html = String::new();
                let mut places = Places::default();
                for (event, span) in inner {
                    if let Event::Html(line) | Event::Text(line) = event {
                        html.push_str(line);
                        places.add(line, *span);
                    }
                }
                self.raw(&html, Placement::Block, &places, *span);
            }
            Tag::Heading { level, id, .. } => {
                self.block(*span);
                self.open_raw.enter();
                self.heading(*level, id.as_ref(), inner, *span);
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_raw.enter();
                self.link(*link_type, dest_url, title, inner, *span);
            }
            Tag::BlockQuote(_) => {
                self.block(*span);
                if let Some((kind, title)) = aside::titled(inner) {
                    self.titled_alert(kind, inner, title);
                }
            }
            Tag::MetadataBlock(_) => {
                if let Some(block) = block::at(events, at, end) {
                    self.directive(block);
                }
            }
            // A footnote's text is written below the whole text.
            _ => {}
        }
        Some(end)
    }
}

/// Is this a block, as opposed to a part of one or of a line?
fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
    )
}

/// What an element of Markdown's is called.
fn container(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "paragraph",
        TagEnd::Heading(_) => "heading",
        TagEnd::BlockQuote(_) => "quote",
        TagEnd::List(_) => "list",
        TagEnd::Item => "list item",
        TagEnd::FootnoteDefinition => "footnote",
        TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
            "definition"
        }
        TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => "table cell",
        TagEnd::Link => "link",
        TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript => "emphasis",
        TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => "block",
    }
}

/// Is the paragraph at `start` nothing but one embed, video or sound?
fn is_lone(events: &Events<'_>, start: usize) -> bool {
    let is_block = match events.get(start + 1) {
        Some((Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, .. }), _)) => true,
        Some((Event::Start(Tag::Image { dest_url, .. }), _)) => is_media(dest_url),
        _ => false,
    };
    is_block && matches!(events.get(end_of(events, start + 1)), Some((Event::End(TagEnd::Paragraph), _)))
}
