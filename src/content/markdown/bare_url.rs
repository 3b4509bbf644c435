//! Addresses of the web that stand in the text as they are, made links (GFM 0.29, section 6.9).
//!
//! The parser gives text in pieces, cut at every sign that could have been markup. So the pieces of one run are read
//! as one, and taken apart again where a link begins and ends.

use super::signs::holds;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// An event with its place in the text.
type Placed<'a> = (Event<'a>, Range<usize>);

/// Makes links of all addresses that stand outside of links, code and pictures.
pub(super) fn link<'a>(text: &str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    if !may_hold_one(text) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut run: Vec<Placed<'a>> = Vec::new();
    let mut closed = 0_usize;
    for (event, range) in events {
        match &event {
            Event::Text(_) if closed == 0 => {
                if run.last().is_some_and(|(_, last)| !is_next(text, last.end, range.start)) {
                    finish(text, &mut run, &mut out);
                }
                run.push((event, range));
                continue;
            }
            Event::Start(tag) if is_closed(tag.to_end()) => closed += 1,
            Event::End(tag) if is_closed(*tag) => closed = closed.saturating_sub(1),
            _ => {}
        }
        finish(text, &mut run, &mut out);
        out.push((event, range));
    }
    finish(text, &mut run, &mut out);
    out
}

/// Is there a sign without which there is no address?
fn may_hold_one(text: &str) -> bool {
    holds(text, "://") || holds(text, "www.") || holds(text, "@")
}

/// Does text go on here? A backslash before a sign belongs to no event.
fn is_next(text: &str, end: usize, start: usize) -> bool {
    end == start || text.get(end..start) == Some("\\")
}

/// Does text within this stay as it is?
fn is_closed(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)
    )
}

/// Writes out a run of text with its addresses made links.
fn finish<'a>(text: &str, run: &mut Vec<Placed<'a>>, out: &mut Vec<Placed<'a>>) {
    let Some(whole) = run.first().zip(run.last()).map(|((_, first), (_, last))| first.start..last.end) else {
        return;
    };
    if !text.get(whole).is_some_and(may_hold_one) {
        out.append(run);
        return;
    }
    let mut read = String::new();
    let mut ends = Vec::with_capacity(run.len());
    for (event, range) in run.iter() {
        read.push_str(as_written(text, event, range));
        ends.push(read.len());
    }
    let mut found = addresses(&read).into_iter().peekable();
    let mut at = 0;
    for ((event, range), end) in run.drain(..).zip(ends) {
        let is_whole = |from: usize, to: usize| (from, to) == (at, end);
        // Nothing of this piece is left once an address that began in an earlier one has taken it.
        let mut from = at;
        while let Some(address) = found.peek() {
            if address.range.start >= end {
                break;
            }
            if address.range.start >= from {
                push_text(&event, &range, &read, at, from..address.range.start, is_whole, out);
                let span = range.start + (address.range.start - at)..range.end;
                out.push((Event::Start(address.tag()), span.clone()));
                out.push((Event::Text(address.shown.clone().into()), span.clone()));
                out.push((Event::End(TagEnd::Link), span));
            }
            from = address.range.end.min(end);
            if address.range.end > end {
                break;
            }
            found.next();
        }
        push_text(&event, &range, &read, at, from..end, is_whole, out);
        at = end;
    }
}

/// Writes out a part of a piece of text; all of it just as it was.
fn push_text<'a>(
    event: &Event<'a>,
    place: &Range<usize>,
    read: &str,
    begins: usize,
    part: Range<usize>,
    is_whole: impl Fn(usize, usize) -> bool,
    out: &mut Vec<Placed<'a>>,
) {
    if part.is_empty() {
        return;
    }
    if is_whole(part.start, part.end) {
        out.push((event.clone(), place.clone()));
        return;
    }
    let text = read.get(part.clone()).unwrap_or_default().to_owned();
    let start = (place.start + part.start - begins).min(place.end);
    let end = (place.start + part.end - begins).clamp(start, place.end);
    out.push((Event::Text(CowStr::from(text)), start..end));
}

/// A piece as it was typed: an address holds no typographic quotes and dashes. Character references are read.
fn as_written<'t>(text: &'t str, event: &'t Event<'_>, range: &Range<usize>) -> &'t str {
    let Event::Text(read) = event else { return "" };
    match text.get(range.clone()) {
        Some(written) if !written.starts_with('&') && !written.contains('\n') => written,
        _ => read,
    }
}

/// An address in a text.
#[derive(Debug, PartialEq)]
struct Address {
    range: Range<usize>,
    shown: String,
    /// Where it leads, or the mail box.
    to: String,
    is_mail: bool,
}

impl Address {
    fn tag(&self) -> Tag<'static> {
        Tag::Link {
            link_type: if self.is_mail { LinkType::Email } else { LinkType::Autolink },
            dest_url: self.to.clone().into(),
            title: CowStr::from(""),
            id: CowStr::from(""),
        }
    }
}

/// All addresses, in order.
fn addresses(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = next_sign(text, at) {
        let read = match text.as_bytes().get(sign) {
            Some(b'@') => mail(text, at, sign),
            Some(b':') => web(text, at, sign),
            _ => www(text, sign),
        };
        match read {
            Ok(address) => {
                at = address.range.end.max(sign + 1);
                found.push(address);
            }
            // What was looked at is not looked at again, so the time stays linear.
            Err(end) => at = end.max(sign + 1),
        }
    }
    found
}

/// The next place where an address may be: the `:` of `://`, the `@`, or the beginning of `www.`.
fn next_sign(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&i| match bytes.get(i) {
        Some(b'@') => true,
        Some(b':') => bytes.get(i..).is_some_and(|rest| rest.starts_with(b"://")),
        Some(b'w' | b'W') => bytes.get(i..i + 4).is_some_and(|word| word.eq_ignore_ascii_case(b"www.")),
        _ => false,
    })
}

/// May an address begin after this?
fn may_follow(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '-' | '+' | '@'))
}

/// `https://...`; `colon` is where its `://` begins. An error says up to where there is none.
fn web(text: &str, from: usize, colon: usize) -> Result<Address, usize> {
    let before = text.get(from..colon).unwrap_or_default();
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = colon - letters;
    let scheme = text.get(start..colon).unwrap_or_default();
    let after = colon + "://".len();
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        || !may_follow(text.get(..start).unwrap_or_default())
    {
        return Err(after);
    }
    let end = end(text, start, domain(text, after)?);
    let shown = text.get(start..end).unwrap_or_default().to_owned();
    Ok(Address { range: start..end, to: shown.clone(), shown, is_mail: false })
}

/// `www.example.org`
fn www(text: &str, start: usize) -> Result<Address, usize> {
    if !may_follow(text.get(..start).unwrap_or_default()) {
        return Err(start + "www.".len());
    }
    let end = end(text, start, domain(text, start)?);
    let shown = text.get(start..end).unwrap_or_default().to_owned();
    Ok(Address { range: start..end, to: format!("http://{shown}"), shown, is_mail: false })
}

/// The end of a domain: parts of letters, digits, `-` and `_` with dots between, no `_` in the last two.
fn domain(text: &str, start: usize) -> Result<usize, usize> {
    let rest = text.get(start..).unwrap_or_default();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let written = rest.get(..length).unwrap_or_default();
    let name = written.trim_end_matches('.');
    let mut last = name.rsplit('.');
    let parts = [last.next(), last.next()];
    let is_one = parts.iter().all(|part| part.is_some_and(|p| !p.is_empty() && !p.contains('_')));
    if is_one { Ok(start + name.len()) } else { Err(start + length) }
}

/// The end of an address whose domain ends at `domain`: at a space or `<`, and before signs that close a sentence.
fn end(text: &str, start: usize, domain: usize) -> usize {
    let rest = text.get(domain..).unwrap_or_default();
    let length = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let mut end = domain + length;
    let count = |sign: char| text.get(start..end).unwrap_or_default().matches(sign).count();
    let surplus = |open, close| count(close).saturating_sub(count(open));
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    while end > domain {
        let address = text.get(domain..end).unwrap_or_default();
        let Some(last) = address.chars().next_back() else { break };
        let cut = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => 1,
            '”' | '’' | '»' | '。' | '，' | '、' | '！' | '？' | '）' | '」' | '』' | '】' => {
                last.len_utf8()
            }
            ')' if round > 0 => {
                round -= 1;
                1
            }
            ']' if square > 0 => {
                square -= 1;
                1
            }
            ';' => reference_before(address).unwrap_or(1),
            _ => break,
        };
        end -= cut;
    }
    end
}

/// The length of what looks like a character reference at the end: `&copy;`.
fn reference_before(address: &str) -> Option<usize> {
    let name = address.strip_suffix(';')?;
    let letters = name.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let is_one = letters > 0 && name.get(..name.len() - letters)?.ends_with('&');
    is_one.then_some(letters + 2)
}

/// `someone@example.org`, perhaps after `mailto:`.
fn mail(text: &str, from: usize, at: usize) -> Result<Address, usize> {
    let is_local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let before = text.get(from..at).unwrap_or_default();
    let length = before.bytes().rev().take_while(is_local).count();
    let mut start = at - length;
    let rest = text.get(at + 1..).unwrap_or_default();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let domain = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let written = rest.get(..domain).unwrap_or_default();
    let name = written.trim_end_matches('.');
    let end = at + 1 + name.len();
    // `git@github.com:team/repo` is no mail box.
    let goes_on = rest.get(domain..).is_some_and(|after| {
        after.strip_prefix([':', '/']).is_some_and(|more| more.starts_with(|c: char| c.is_alphanumeric()))
    });
    let is_one = length > 0
        && name.contains('.')
        && !name.starts_with('.')
        // `security@mvp..10k` is an address of ours.
        && !name.contains("..")
        && !name.ends_with(['-', '_'])
        && !goes_on
        && text.get(..start).is_some_and(|before| !before.ends_with(['/', '@']));
    if !is_one {
        return Err(at + 1 + domain);
    }
    let mailbox = text.get(start..end).unwrap_or_default().to_owned();
    let earlier = text.get(from..start).unwrap_or_default();
    if earlier.len() >= 7
        && earlier.get(earlier.len() - 7..).is_some_and(|s| s.eq_ignore_ascii_case("mailto:"))
    {
        start -= 7;
    }
    let shown = text.get(start..end).unwrap_or_default().to_owned();
    Ok(Address { range: start..end, shown, to: mailbox, is_mail: true })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see www.example.org.", "www.example.org"),
            ("https://example.org/a_(b)", "https://example.org/a_(b)"),
            ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
            ("https://example.org?q=a&hl=en;", "https://example.org?q=a&hl=en"),
            ("www.example.org/a&hl;", "www.example.org/a"),
            ("„https://example.org“", "https://example.org“"),
            ("'https://example.org/'", "https://example.org/"),
            ("a.b-c_d@example.org.", "a.b-c_d@example.org"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("http://ex_ample.sub.org:80/x", "http://ex_ample.sub.org:80/x"),
            ("見る：https://例え.テスト/道。", "https://例え.テスト/道"),
        ] {
            let found: Vec<String> = addresses(text).into_iter().map(|address| address.shown).collect();
            assert_eq!(found, [expected], "{text}");
        }
        for none in [
            "http://localhost:3000",
            "https://",
            "www.",
            "awww.example.org",
            "git@github.com:team/repo",
            "a@b",
            "a@b.c_",
            "@mvp",
            "security@mvp..10k ",
            "http://a_b.c_d",
            "ssh://example.org",
        ] {
            assert!(addresses(none).is_empty(), "{none}");
        }
    }
}
