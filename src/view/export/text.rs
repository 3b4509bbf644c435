//! The text of a page as Markdown that reads the same anywhere: references are URLs, what is embedded stands where it
//! is embedded, headings follow one another.
//!
//! What an author wrote is kept letter for letter but for the places that parsing has noted. So nothing else of the
//! notation has to be known here.

use super::embed;
use crate::content::document::Document;
use crate::content::markdown::{self, Origin, definitions};
use crate::content::prose::{Heading, Reference, Slot, SlotKind};
use crate::diagnostics::Problems;
use crate::site::handle::{PageRef, SiteRef};
use crate::site::pages::{Destination, Target};
use crate::site::parts::Part;
use crate::span::SourcePath;
use crate::view::context::PageContext;
use crate::view::href::{absolute, absolute_url, encode_path};
use std::ops::Range;

/// The deepest heading.
const DEEPEST: u8 = 6;

/// A stretch of a page's text.
pub struct Stretch<'a> {
    page: PageRef<'a>,
    document: &'a Document,
    /// In the file.
    range: Range<usize>,
}

impl<'a> Stretch<'a> {
    /// The whole text of a page, its title left out.
    pub fn whole(page: PageRef<'a>, document: &'a Document) -> Self {
        let range = document.body_span.range();
        let text = page.site().source_text(document);
        Self { page, document, range: range.start + title_length(text)..range.end }
    }

    /// What an embed of the page brings: of a playbook the text before its sections.
    pub fn embedded(page: PageRef<'a>, document: &'a Document) -> Self {
        let mut stretch = Self::whole(page, document);
        if let Some(section) = document.playbook.iter().flat_map(|p| &p.sections).next() {
            stretch.range.end = section.heading.span.range().start.max(stretch.range.start);
        }
        stretch
    }

    /// The text under a heading.
    pub fn section(page: PageRef<'a>, document: &'a Document, id: &str) -> Option<Self> {
        let mut after = ordered(document).into_iter().skip_while(|heading| heading.id != id);
        let heading = after.next()?;
        let text = page.site().source_text(document);
        let base = document.body_span.range().start;
        let start = heading.span.range().start;
        let length = heading_length(text.get(start.checked_sub(base)?..)?);
        let end = after.find(|next| next.level <= heading.level).map(|next| next.span.range().start);
        let end = end.unwrap_or(document.body_span.range().end);
        Some(Self { page, document, range: start + length..end.max(start + length) })
    }

    /// As Markdown, the highest heading of this level or, when `is_own`, none above it.
    pub fn markdown(self, cx: &mut PageContext<'a>, level: u8, is_own: bool) -> String {
        let base = self.document.body_span.range().start;
        let text = self.page.site().source_text(self.document);
        let headings: Vec<&Heading> = ordered(self.document)
            .into_iter()
            .filter(|heading| self.range.contains(&heading.span.range().start))
            .collect();
        let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(level);
        let moved = |heading: &Heading| {
            let by = if is_own { 0 } else { i16::from(level) - i16::from(highest) };
            let new = i16::from(heading.level) + by;
            u8::try_from(new.clamp(i16::from(level), i16::from(DEEPEST))).unwrap_or(DEEPEST)
        };
        let mut edits = Vec::new();
        for heading in &headings {
            edit_heading(text, heading.span.range().start - base, moved(heading), &mut edits);
        }
        let written = Written { page: self.page, file: &self.document.file, text, base };
        for slot in slots(self.page, self.document, &self.range) {
            let above = headings.iter().rev().find(|heading| heading.span.start < slot.span.start);
            let above = above.map_or(level.saturating_sub(1), |heading| moved(heading));
            edits.extend(written.edit(cx, slot, above.saturating_add(1).min(DEEPEST)));
        }
        let from = self.range.start - base;
        let stretch = text.get(from..self.range.end - base).unwrap_or_default();
        edits.extend(definitions(stretch).into_iter().map(|d| (from + d.start..from + d.end, String::new())));
        edited(text, from..from + stretch.len(), edits).trim().to_owned()
    }
}

/// A text as it was written, from a byte of its file on.
struct Written<'a, 't> {
    page: PageRef<'a>,
    file: &'t SourcePath,
    text: &'t str,
    base: usize,
}

impl<'a> Written<'a, '_> {
    /// What stands in the place of a slot; headings of what it embeds begin with a level.
    fn edit(&self, cx: &mut PageContext<'a>, slot: &Slot, level: u8) -> Option<Edit> {
        let place = slot.span.range();
        let (start, end) = (place.start.checked_sub(self.base)?, place.end.checked_sub(self.base)?);
        let written = self.text.get(start..end)?;
        match &slot.kind {
            SlotKind::Embed(address) => {
                let referent = cx.site().resolve(address).ok()?;
                let embedded = cx.once(referent, |cx, referent| embed::markdown(cx, referent, level));
                let lines = continued(self.text.get(..start)?, embedded.unwrap_or_default().trim());
                Some((start..end, lines))
            }
            SlotKind::Link(reference) | SlotKind::Image(reference) => {
                if let Reference::External(_) = reference {
                    return None;
                }
                let to = cx.site().destination(reference, self.file, self.page.id()).ok()?;
                let (place, new) = edit_link(written, &url(cx, &to), &label(cx.site(), reference))?;
                Some((start + place.start..start + place.end, new))
            }
            _ => None,
        }
    }
}

/// A short text of a page, such as an answer.
pub fn short<'a>(cx: &mut PageContext<'a>, page: PageRef<'a>, file: &SourcePath, text: &str) -> String {
    let text = text.trim();
    if !text.contains('[') {
        return text.to_owned();
    }
    // Read again, since in its file it may stand with escapes.
    let options = cx.site().config().markdown.options();
    let prose = markdown::prose(text, Origin::At(0), &options, &mut Problems::new(file));
    let written = Written { page, file, text, base: 0 };
    let edits = prose.slots.iter().filter_map(|slot| written.edit(cx, slot, 4)).collect();
    edited(text, 0..text.len(), edits)
}

/// The URL of a destination: absolute when the site knows where it will lie, and else as seen from the page.
pub fn url(cx: &PageContext<'_>, to: &Destination) -> String {
    let config = cx.site().config();
    let absolute = match to {
        Destination::External(_) => None,
        Destination::Page(Target { page, anchor }) => absolute_url(cx.site().page(*page)).map(|url| {
            let anchor = anchor.as_ref().map(|anchor| format!("#{}", encode_path(anchor)));
            url + &anchor.unwrap_or_default()
        }),
        Destination::Asset(key) => absolute(config, cx.site().asset(*key).content().permalink.as_str()),
    };
    absolute.unwrap_or_else(|| cx.href_to(to))
}

/// What a reference is called when its author does not say.
fn label(site: SiteRef<'_>, reference: &Reference) -> String {
    match reference {
        Reference::Address(address) => site.resolve(address).map(|r| r.label()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// All headings in the order they are written.
fn ordered(document: &Document) -> Vec<&Heading> {
    let mut headings: Vec<&Heading> = document.headings().collect();
    headings.sort_by_key(|heading| heading.span.start);
    headings
}

/// All places to be filled within a stretch, in order.
fn slots<'a>(page: PageRef<'a>, document: &Document, range: &Range<usize>) -> Vec<&'a Slot> {
    let mut found = Vec::new();
    page.parts(&mut |part| {
        if let Part::Prose(file, prose) = part
            && *file == document.file
        {
            let is_within =
                |slot: &&Slot| range.start <= slot.span.range().start && slot.span.range().end <= range.end;
            found.extend(prose.slots.iter().filter(|slot| !slot.span.range().is_empty()).filter(is_within));
        }
    });
    found.sort_by_key(|slot| slot.span.start);
    found
}

/// A change of a text: a place in it, and what stands there instead.
type Edit = (Range<usize>, String);

/// A stretch of a text with changes made; of two that overlap, the first.
fn edited(text: &str, range: Range<usize>, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(place, _)| (place.start, place.end));
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for (place, new) in edits {
        if place.start < at || place.end > range.end {
            continue;
        }
        out.push_str(text.get(at..place.start).unwrap_or_default());
        out.push_str(&new);
        at = place.end;
    }
    out.push_str(text.get(at..range.end).unwrap_or_default());
    out
}

/// How much of a text its title takes, when it begins with one.
fn title_length(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let rest = text.get(start..).unwrap_or_default();
    let is_title = match rest.strip_prefix('#') {
        Some(after) => after.starts_with([' ', '\t', '\n', '\r']) || after.is_empty(),
        None => rest.lines().nth(1).is_some_and(|line| is_underline(line, '=')),
    };
    if is_title { start + heading_length(rest) } else { 0 }
}

/// Is this the line below a heading that is underlined?
fn is_underline(line: &str, sign: char) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().all(|c| c == sign)
}

/// How much of a text the heading takes that it begins with: a line with `#`, or lines up to the one below them.
fn heading_length(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        if text.starts_with('#') || is_underline(line, '=') || is_underline(line, '-') {
            break;
        }
    }
    length
}

/// Moves a heading to a level, and leaves its attributes away.
fn edit_heading(text: &str, start: usize, level: u8, edits: &mut Vec<Edit>) {
    let Some(rest) = text.get(start..) else { return };
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let line = rest.lines().next().unwrap_or_default();
    if hashes > 0 {
        edits.push((start..start + hashes, "#".repeat(usize::from(level))));
    } else if level > 2 {
        // One that is underlined has level 1 or 2.
        edits.push((start..start, "#".repeat(usize::from(level)) + " "));
        let underline = start + line.len()..start + heading_length(rest).saturating_sub(1);
        edits.push((underline, String::new()));
    }
    if line.trim_end().ends_with('}')
        && let Some(attributes) = line.rfind(" {")
    {
        edits.push((start + attributes..start + line.trim_end().len(), String::new()));
    }
}

/// What changes in a link or a picture for it to lead to a URL.
fn edit_link(written: &str, url: &str, label: &str) -> Option<Edit> {
    let all = 0..written.len();
    if let Some(inner) = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let label = inner.split_once('|').map_or(label, |(_, label)| label.trim());
        return Some((all, format!("[{label}]({})", bracketed(url))));
    }
    let open = written.find('[')?;
    let close = open + closing(written.get(open..)?)?;
    let after = written.get(close + 1..)?;
    let Some(inner) = after.strip_prefix('(') else {
        // `[text][name]` or `[name]`: the URL takes the place of the name.
        return Some((close + 1..written.len(), format!("({})", bracketed(url))));
    };
    let start = close + 2 + (inner.len() - inner.trim_start().len());
    let destination = written.get(start..)?;
    let length = match destination.strip_prefix('<') {
        Some(inner) => inner.find('>')? + 2,
        None => bare_destination(destination),
    };
    Some((start..start + length, bracketed(url)))
}

/// A URL as Markdown takes it for one.
fn bracketed(url: &str) -> String {
    if url.contains(['(', ')']) { format!("<{url}>") } else { url.to_owned() }
}

/// The place of the bracket that closes the first one.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'`' => {
                let ticks = bytes.get(at..)?.iter().take_while(|b| **b == b'`').count();
                let fence = text.get(at..at + ticks)?;
                let inside = text.get(at + ticks..)?;
                at += inside.find(fence).map_or(ticks, |end| end + 2 * ticks) - 1;
            }
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at),
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of a destination that stands without angle brackets.
fn bare_destination(text: &str) -> usize {
    let mut depth = 0_usize;
    let end = text.bytes().position(|byte| match byte {
        b'(' => {
            depth += 1;
            false
        }
        b')' if depth == 0 => true,
        b')' => {
            depth -= 1;
            false
        }
        byte => byte.is_ascii_whitespace(),
    });
    end.unwrap_or(text.len())
}

/// Lines that stand after a text: in a quote or a list, those after the first begin as it does.
fn continued(before: &str, lines: &str) -> String {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let begins: String = line.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    let mut out = String::with_capacity(lines.len());
    for (i, line) in lines.lines().enumerate() {
        if i > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { begins.trim_end() } else { &begins });
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{edit_link, edited, title_length};

    #[test]
    fn only_what_has_to_be_is_changed_in_a_link() {
        for (written, expected) in [
            ("[[a/b]]", "[Title](U)"),
            ("[[a/b|own *words*]]", "[own *words*](U)"),
            ("[a](b.md \"t\")", "[a](U \"t\")"),
            ("[a]( <b c.md> )", "[a]( U )"),
            ("[a [b] `]` \\] c](x_(y).md)", "[a [b] `]` \\] c](U)"),
            ("[a][b]", "[a](U)"),
            ("[a][]", "[a](U)"),
            ("[a]", "[a](U)"),
            ("![a](b.png)", "![a](U)"),
            ("[![a](b.png)](c.md)", "[![a](b.png)](U)"),
        ] {
            let edits = edit_link(written, "U", "Title").into_iter().collect();
            assert_eq!(edited(written, 0..written.len(), edits), expected);
        }
    }

    #[test]
    fn a_title_is_taken_off_the_top() {
        for (text, rest) in [
            ("# A\n\nB", "\nB"),
            ("\n\nA\n===\nB", "B"),
            ("## A\nB", "## A\nB"),
            ("#A\nB", "#A\nB"),
            ("A\nB", "A\nB"),
            ("# A", ""),
        ] {
            assert_eq!(&text[title_length(text)..], rest, "{text:?}");
        }
    }
}
