//! The rules at fences become elements: blocks that begin and end in the same element of Markdown.

use super::event::{END, START};
use super::fence::Fence;
use crate::content::markdown::origin::Origin;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// A block that is open.
struct Open {
    name: String,
    span: Span,
    /// How many elements of Markdown it stands in.
    depth: usize,
    /// Within it a paragraph was begun for bare words, which tight lists have.
    in_paragraph: bool,
}

/// Makes elements of the rules at fences.
pub(super) struct Nesting<'t, 'f, 'p> {
    text: &'t str,
    fences: std::iter::Peekable<std::slice::Iter<'f, Fence>>,
    origin: Origin,
    problems: &'p mut Problems,
    open: Vec<Open>,
    /// The elements of Markdown that are open.
    around: Vec<TagEnd>,
    out: Vec<(Event<'t>, Span)>,
}

impl<'t, 'f, 'p> Nesting<'t, 'f, 'p> {
    pub fn new(text: &'t str, fences: &'f [Fence], origin: Origin, problems: &'p mut Problems) -> Self {
        Self {
            text,
            fences: fences.iter().peekable(),
            origin,
            problems,
            open: Vec::new(),
            around: Vec::new(),
            out: Vec::new(),
        }
    }

    pub fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.origin.span(&range);
        match &event {
            Event::Rule => {
                self.end_paragraph();
                if let Some(fence) = self.fences.next_if(|fence| range.contains(&fence.line.start)) {
                    self.fence(fence);
                    return;
                }
            }
            Event::Start(tag) => {
                if is_inline(tag) {
                    self.begin_paragraph(span);
                } else {
                    self.end_paragraph();
                }
                self.around.push(tag.to_end());
            }
            Event::End(_) => {
                self.end_paragraph();
                self.end_blocks();
                self.around.pop();
            }
            Event::Html(_) => {}
            _ => self.begin_paragraph(span),
        }
        self.out.push((event.into_static(), span));
    }

    fn fence(&mut self, fence: &Fence) {
        let span = self.origin.span(&fence.line);
        let header = self.text.get(fence.header.clone()).unwrap_or_default();
        if !header.is_empty() {
            let name: String = header.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            self.out.push((Event::Start(START), span));
            self.out.push((Event::Html(CowStr::Borrowed(header)), self.origin.span(&fence.header)));
            self.open.push(Open { name, span, depth: self.around.len(), in_paragraph: false });
            return;
        }
        if self.open.last().is_some_and(|open| open.depth == self.around.len()) {
            self.open.pop();
            self.out.push((Event::End(END), span));
            return;
        }
        let problem =
            Diagnostic::new(Code::UnclosedBlock, self.problems.file(), "this closes nothing").at(span);
        self.problems.add(match (self.open.last(), self.around.last()) {
            (Some(open), Some(around)) => problem.help(format!(
                "`{}` was opened outside of this {}: close it on a line that does not belong to it",
                open.name,
                container(*around)
            )),
            _ => problem.help("take it away, or open a block before it, for instance with `:::note`"),
        });
    }

    /// Blocks end where the element ends that they were opened in.
    fn end_blocks(&mut self) {
        while let Some(open) = self.open.pop_if(|open| open.depth == self.around.len()) {
            let help = match self.around.last() {
                Some(around) => {
                    format!("end it with `:::` in the same {} that it was opened in", container(*around))
                }
                None => "end it with a line `:::`; such a line closes the innermost block".to_owned(),
            };
            let message = format!("`{}` is never closed", open.name);
            self.problems.add(
                Diagnostic::new(Code::UnclosedBlock, self.problems.file(), message).at(open.span).help(help),
            );
            self.out.push((Event::End(END), open.span));
        }
    }

    /// The block that stands directly around what comes next.
    fn directly_around(&mut self) -> Option<&mut Open> {
        let depth = self.around.len();
        self.open.last_mut().filter(|open| open.depth == depth)
    }

    fn begin_paragraph(&mut self, span: Span) {
        if let Some(open) = self.directly_around().filter(|open| !open.in_paragraph) {
            open.in_paragraph = true;
            self.out.push((Event::Start(Tag::Paragraph), span));
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(open) = self.directly_around().filter(|open| open.in_paragraph) {
            open.in_paragraph = false;
            let span = open.span;
            self.out.push((Event::End(TagEnd::Paragraph), span));
        }
    }

    pub fn finish(mut self) -> Vec<(Event<'t>, Span)> {
        self.end_paragraph();
        self.end_blocks();
        self.out
    }
}

/// Is this a part of a line?
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// What an element that holds blocks is called.
fn container(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::BlockQuote(_) => "quote",
        TagEnd::FootnoteDefinition => "footnote",
        TagEnd::DefinitionListDefinition => "definition",
        _ => "list item",
    }
}
