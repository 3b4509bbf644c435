//! How a block travels among the events.
//!
//! It is an element of its own: [`Tag::MetadataBlock`], which our options never make the parser give, and in it first the
//! [`Event::Html`] that holds what its fence says. So whatever looks for the end of an element, or for what stands at the
//! top, never tears a block open.

use crate::content::markdown::events::{Events, between};
use crate::span::Span;
use pulldown_cmark::{Event, MetadataBlockKind, Tag, TagEnd};

/// A block begins.
pub const START: Tag<'static> = Tag::MetadataBlock(MetadataBlockKind::PlusesStyle);
/// A block ends.
pub const END: TagEnd = TagEnd::MetadataBlock(MetadataBlockKind::PlusesStyle);

/// A block among the events.
#[derive(Clone, Copy)]
pub struct Written<'e, 'a> {
    /// What its fence says behind the colons.
    pub header: &'e str,
    /// Where that stands; of a text whose places are not known, all of it.
    pub header_span: Span,
    /// The whole line.
    pub span: Span,
    /// What stands between its fences.
    pub inside: &'e Events<'a>,
}

/// The block from a position up to another.
pub fn at<'e, 'a>(events: &'e Events<'a>, start: usize, end: usize) -> Option<Written<'e, 'a>> {
    let (Event::Start(START), span) = events.get(start)? else { return None };
    let (Event::Html(header), header_span) = events.get(start + 1)? else { return None };
    let inside = between(events, start + 2, end.saturating_sub(1));
    Some(Written { header, header_span: *header_span, span: *span, inside })
}
