//! Fences that are none, because they stand in HTML or go on with a paragraph: readers would see them as text.

use super::fence::Fence;
use crate::content::markdown::origin::Origin;
use crate::diagnostics::{Code, Diagnostic, Problems};
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

/// Reports the lines of colons that are neither fences nor code nor a comment.
pub(super) fn report(
    text: &str,
    hidden: &[Fence],
    events: &[(Event<'_>, Range<usize>)],
    origin: Origin,
    problems: &mut Problems,
) {
    if hidden.is_empty() {
        return;
    }
    let mut hidden: Vec<usize> = hidden.iter().map(|fence| fence.line.start).collect();
    hidden.sort_unstable();
    let mut hidden = hidden.into_iter().peekable();
    for (event, range) in events {
        let in_html = match event {
            Event::Start(Tag::CodeBlock(_)) => None,
            Event::Start(Tag::HtmlBlock) => {
                let html = text.get(range.clone()).unwrap_or_default();
                let is_shown = !html.trim_start().starts_with("<!--");
                is_shown.then_some(true)
            }
            Event::Start(Tag::Paragraph) => Some(false),
            _ => continue,
        };
        while hidden.next_if(|at| *at < range.start).is_some() {}
        while let Some(at) = hidden.next_if(|at| range.contains(at)) {
            let Some(in_html) = in_html else { continue };
            let line = text.get(at..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
            let (message, help) = if in_html {
                ("this line is a part of the HTML above it, and no fence", "put an empty line before it")
            } else {
                (
                    "this line goes on with the paragraph above it, and is no fence",
                    "indent it by less than four spaces; a backslash before the colons makes them text",
                )
            };
            problems.add(
                Diagnostic::new(Code::InvalidBlock, problems.file(), message)
                    .at(origin.span(&(at..at + line.trim_end().len())))
                    .help(help),
            );
        }
    }
}
