//! Markdown as a list of what begins and ends, each with its place in the file.

use crate::span::Span;
use pulldown_cmark::Event;

/// A stretch of parsed Markdown.
pub type Events<'a> = [(Event<'a>, Span)];

/// The events from one position up to another; none when there are no such positions.
pub fn between<'e, 'a>(events: &'e Events<'a>, from: usize, to: usize) -> &'e Events<'a> {
    events.get(from..to).unwrap_or_default()
}

/// The position just after the end of the element that starts at `start`.
pub fn end_of(events: &Events<'_>, start: usize) -> usize {
    let mut depth = 0_usize;
    for (i, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    events.len()
}

/// Positions of the elements that stand at the top, not within another.
pub fn top_level(events: &Events<'_>) -> impl Iterator<Item = usize> {
    let next = |at: usize| Some(at).filter(|at| *at < events.len());
    std::iter::successors(next(0), move |at| next(end_of(events, *at)))
}

/// The plain text of events: what a reader would hear.
pub fn plain_text(events: &Events<'_>) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(t) | Event::Code(t) | Event::InlineMath(t) | Event::DisplayMath(t) => out.push_str(t),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// The place of a block's opening line, for a mark of one line.
pub fn first_line(span: Span, inner: &Events<'_>) -> Span {
    match inner.first() {
        Some((_, first)) if first.start > span.start => {
            Span { end: span.end.min(first.end.max(span.start + 1)), ..span }
        }
        _ => span,
    }
}
