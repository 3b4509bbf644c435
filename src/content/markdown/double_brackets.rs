//! `[[` that begins no address: `arr[[0]]`, `df[['x']]`, and `[[1]](#resources)`, which is a link with the text `[1]`.
//!
//! The parser knows no such difference. So the inner brackets are masked for it by characters that no text holds, and put
//! back into what it gives: every offset stays what it is in the file.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// The text with such brackets masked; nothing when there are none.
pub(super) fn masked(text: &str) -> Option<String> {
    if !text.contains("[[") {
        return None;
    }
    let bytes = text.as_bytes();
    let mut masked: Option<Vec<u8>> = None;
    let find = |what: &str, from: usize| Some(from + text.get(from..)?.find(what)?);
    let mut next = find("[[", 0);
    let mut close = 0;
    while let Some(open) = next {
        if close < open + 2 {
            let Some(found) = find("]]", open + 2) else { break };
            close = found;
        }
        next = find("[[", open + 2);
        // The brackets that close it are those of another, or it is closed in another paragraph: so it is not at all.
        let is_closed = next.is_none_or(|next| next > close)
            && text.get(open..close).is_some_and(|inner| !inner.contains("\n\n"));
        if !is_closed || is_address(text, open, close) {
            continue;
        }
        let all = masked.get_or_insert_with(|| bytes.to_vec());
        for (at, mask) in [(open + 1, OPEN), (close, CLOSE)] {
            if let Some(byte) = all.get_mut(at) {
                *byte = mask as u8;
            }
        }
    }
    masked.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// May an address stand between the `[[` at `open` and the `]]` at `close`?
fn is_address(text: &str, open: usize, close: usize) -> bool {
    let before = text.get(..open).and_then(|before| before.chars().next_back());
    let follows_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ')' | ']'));
    let leads_on = matches!(text.as_bytes().get(close + 2), Some(b'(' | b'['));
    let inner = text.get(open + 2..close).unwrap_or_default();
    let is_list = inner.split('|').next().is_some_and(|address| address.contains([',', '[', ']']));
    let is_quoted = |quote: char| inner.starts_with(quote) && inner.ends_with(quote);
    let is_number = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
    !(follows_word || leads_on || is_number || is_list || is_quoted('\'') || is_quoted('"'))
}

/// An event of the masked text as one of the text that it was made from.
pub(super) fn restored(event: Event<'_>) -> Event<'static> {
    match event {
        Event::Text(text) => Event::Text(put_back(&text)),
        Event::Code(text) => Event::Code(put_back(&text)),
        Event::InlineMath(text) => Event::InlineMath(put_back(&text)),
        Event::DisplayMath(text) => Event::DisplayMath(put_back(&text)),
        Event::Html(text) => Event::Html(put_back(&text)),
        Event::InlineHtml(text) => Event::InlineHtml(put_back(&text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(put_back(&name)),
        Event::Start(tag) => Event::Start(restored_tag(tag)),
        other => other.into_static(),
    }
}

fn restored_tag(tag: Tag<'_>) -> Tag<'static> {
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(put_back(&info))),
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(put_back(&name)),
        Tag::Link { link_type, dest_url, title, id } => {
            Tag::Link { link_type, dest_url: put_back(&dest_url), title: put_back(&title), id: put_back(&id) }
        }
        Tag::Image { link_type, dest_url, title, id } => Tag::Image {
            link_type,
            dest_url: put_back(&dest_url),
            title: put_back(&title),
            id: put_back(&id),
        },
        other => other.into_static(),
    }
}

fn put_back(text: &str) -> CowStr<'static> {
    if text.contains([OPEN, CLOSE]) {
        text.replace(OPEN, "[").replace(CLOSE, "]").into()
    } else {
        text.to_owned().into()
    }
}
