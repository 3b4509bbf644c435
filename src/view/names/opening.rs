//! How texts begin: what the index shows of them, and the rest that it is found by.

use super::Entry;
use crate::content::html::plain;
use crate::content::prose::Prose;
use crate::span::SourcePath;
use crate::view::context::PageContext;

/// The most characters of a text that stands for a page.
pub(super) const ROOM: usize = 120;

/// A text without what is embedded in it, up to its first heading.
pub(super) fn whole(cx: &mut PageContext<'_>, file: &SourcePath, prose: &Prose) -> String {
    if prose.words == 0 {
        return String::new();
    }
    let beginning = prose.beginning();
    plain(&cx.quietly(|cx| cx.html(file, &beginning)))
}

/// An entry with as much of a text as there is room for, and the rest of it.
pub(super) fn with_text(entry: Entry, text: &str, room: usize) -> Entry {
    let shown = cut(text, room);
    Entry { x: shown.to_owned(), r: text.get(shown.len()..).unwrap_or_default().to_owned(), ..entry }
}

/// The beginning of a text, up to a word's end.
fn cut(text: &str, room: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(room) else { return text };
    let cut = text.get(..end).unwrap_or(text);
    cut.rsplit_once(' ').map_or(cut, |(head, _)| head)
}
