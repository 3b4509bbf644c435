//! Attributes behind pictures and embeds, `![alt](p.png){width=320}`: taken out of the text after them.
//!
//! The parser knows nothing of them. They travel in the `id` of the element, which otherwise names a link definition and is
//! of no use to us.

use super::attributes::{Attributes, in_braces};
use super::origin::Origin;
use super::signs::holds;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// No text holds this character, so no link definition begins with it.
const MARK: char = '\u{91}';

/// The most bytes between braces. Without a limit, a line of nothing but braces would be read over and over.
const LONGEST: usize = 4096;

/// The attributes in braces at the beginning of a text, as the range between the braces.
pub fn braces_after(text: &str) -> Option<Range<usize>> {
    in_braces(text.get(..text.floor_char_boundary(LONGEST))?)
}

type Placed<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Takes the attributes of pictures and embeds out of the text that follows them.
pub fn gather<'a>(events: Placed<'a>, text: &str, origin: Origin, problems: &mut Problems) -> Placed<'a> {
    if !holds(text, "]{") && !holds(text, "){") {
        return events;
    }
    let mut out: Placed<'a> = Vec::with_capacity(events.len());
    // Where pictures began that have not ended.
    let mut open: Vec<usize> = Vec::new();
    let mut events = events.into_iter().peekable();
    while let Some((event, range)) = events.next() {
        let ends = match event {
            Event::Start(Tag::Image { .. }) => {
                open.push(out.len());
                None
            }
            Event::End(TagEnd::Image) => open.pop(),
            _ => None,
        };
        let end = range.end;
        out.push((event, range));
        let Some(start) = ends else { continue };
        let Some(inner) = text.get(end..).and_then(braces_after) else { continue };
        let braces = end..end + inner.end + 1;
        let mut depth = 0_usize;
        // The end of an element bears the range of all of it.
        let is_within = |event: &Event<'_>, range: &Range<usize>, depth: usize| match event {
            Event::End(_) => depth > 0,
            _ => range.start < braces.end,
        };
        let mut within: Placed<'a> = Vec::new();
        while let Some((event, range)) = events.next_if(|(event, range)| is_within(event, range, depth)) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            within.push((event, range));
        }
        let last = within.pop_if(|(event, range)| matches!(event, Event::Text(_)) && range.end > braces.end);
        if within.iter().any(|(_, range)| range.end > braces.end) {
            let message = "markup begins between these braces and ends behind them";
            problems.add(
                Diagnostic::new(Code::InvalidAttribute, problems.file(), message)
                    .at(origin.span(&braces))
                    .help("write plain words between the braces"),
            );
            out.extend(within.into_iter().chain(last));
            continue;
        }
        if let Some((Event::Text(t), range)) = last {
            let rest = t.get(braces.end - range.start..).unwrap_or_default().to_owned();
            out.push((Event::Text(rest.into()), braces.end..range.end));
        }
        let span = origin.span(&braces);
        let written = text.get(braces).unwrap_or_default();
        if let Some((Event::Start(Tag::Image { id, .. }), _)) = out.get_mut(start) {
            *id = CowStr::from(format!("{MARK}{}:{}:{written}", span.start, span.end));
        }
    }
    out
}

/// The attributes that an element's `id` carries.
pub fn read(id: &str, problems: &mut Problems) -> Attributes {
    let carried = || {
        let mut parts = id.strip_prefix(MARK)?.splitn(3, ':');
        let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((Span::new(start, end), parts.next()?))
    };
    let Some((span, written)) = carried() else { return Attributes::default() };
    let exact = span.range().len() == written.len();
    let origin = if exact { Origin::At(span.start as usize) } else { Origin::Within(span) };
    Attributes::read(written, 1..written.len().saturating_sub(1), origin, problems)
}
