//! HTML as text and text as HTML.

use std::borrow::Cow;

/// Escapes text for HTML, also within attributes.
pub fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    // Most texts hold none of the signs.
    if memchr::memchr3(b'&', b'<', b'>', bytes).is_none() && memchr::memchr(b'"', bytes).is_none() {
        out.push_str(text);
        return;
    }
    let mut from = 0;
    for (at, sign) in bytes.iter().enumerate() {
        let escaped = match sign {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(escaped);
        from = at.saturating_add(1);
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// The text escaped for HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// HTML without the marks beside headings that link to them.
pub fn without_marks(html: &str) -> Cow<'_, str> {
    if !html.contains(MARK) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, mark)) = rest.split_once(MARK) {
        out.push_str(before.trim_end());
        rest = mark.split_once("</a>").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How the mark beside a heading begins.
const MARK: &str = "<a class=\"anchor\"";

/// Elements that can stand within a word; others end it.
const WITHIN_WORDS: [&str; 16] = [
    "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "span", "strong", "sub", "sup",
    "u",
];

/// The text of our own HTML: tags and the marks beside headings dropped, character references read.
pub fn plain(html: &str) -> String {
    let html = without_marks(html);
    let mut out = String::with_capacity(html.len());
    let mut rest = &*html;
    while let Some(i) = rest.find(['<', '&']) {
        let (before, found) = rest.split_at(i);
        out.push_str(before);
        rest = found;
        if rest.starts_with('<') {
            let (tag, after) = rest.split_once('>').unwrap_or((rest, ""));
            let name = tag.trim_start_matches(['<', '/']).split([' ', '/']).next().unwrap_or_default();
            if !WITHIN_WORDS.contains(&name) {
                out.push(' ');
            }
            rest = after;
            continue;
        }
        let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")];
        let read = known.iter().find_map(|(entity, sign)| Some((rest.strip_prefix(entity)?, *sign)));
        let (after, sign) = read.unwrap_or((rest.get(1..).unwrap_or_default(), "&"));
        out.push_str(sign);
        rest = after;
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// HTML without its links: what they said stays. For what stands within a link already.
pub fn unlinked(html: &str) -> Cow<'_, str> {
    if !html.contains("<a") && !html.contains("<A") {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, found)) = rest.find('<').map(|at| rest.split_at(at)) {
        out.push_str(before);
        let (tag, after) = found.split_at(tag_length(found));
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
        if !name.eq_ignore_ascii_case("a") {
            out.push_str(tag);
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How long a tag is; in its attributes `>` may stand between quotes.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at.saturating_add(1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::{escaped, plain, unlinked};

    #[test]
    fn links_go_and_their_words_stay() {
        for (html, expected) in [
            (
                "a <a href=\"x\">b <code>c</code></a> <abbr>d</abbr><a id=\"y\"></a>",
                "a b <code>c</code> <abbr>d</abbr>",
            ),
            ("<A\nTITLE='a > b'>c</A>d", "cd"),
            ("<b title=\"<a>\">e</b><a>f", "<b title=\"<a>\">e</b>f"),
            ("<a ", ""),
            ("a < b", "a < b"),
        ] {
            assert_eq!(unlinked(html), expected);
        }
    }

    #[test]
    fn what_is_escaped_reads_back() {
        let text = "a < b & \"c\" > &amp; d";
        assert_eq!(escaped("<a \"b\">&"), "&lt;a &quot;b&quot;&gt;&amp;");
        assert_eq!(plain(&escaped(text)), text);
    }

    #[test]
    fn plain_text_has_no_tags_and_single_spaces() {
        assert_eq!(plain("<p>a <b>b</b>\n c &nbsp; <i"), "a b c &nbsp;");
    }
}
