//! How a block travels among the events.
//!
//! It is an element of its own: [`Tag::MetadataBlock`], which our options never make the
//! parser give, and in it first the [`Event::Html`] that holds what its fence says. So whatever looks for the end of an
//! element, or for what stands at the top, never tears a block open.

use crate::content::markdown::events::{Events, between};
use crate::span::Span;
use pulldown_cmark::{Event, MetadataBlockKind, Tag, TagEnd};

/// A block begins.
pub const START: Tag<'static> = Tag::MetadataBlock(MetadataBlockKind::PlusesStyle);
/// A block ends.
pub const END: TagEnd = TagEnd::MetadataBlock(MetadataBlockKind::PlusesStyle);

/// What a block at a position says of itself, and its inside.
pub fn at<'e, 'a>(
    events: &'e Events<'a>,
    start: usize,
    end: usize,
) -> Option<(&'e str, &'e Events<'a>, Span)> {
    let (Event::Start(START), span) = events.get(start)? else { return None };
    let (Event::Html(header), _) = events.get(start + 1)? else { return None };
    Some((header, between(events, start + 2, end.saturating_sub(1)), *span))
}
