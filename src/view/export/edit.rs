//! Changes of a Markdown text at the places that parsing has noted; all else stays letter for letter.

use std::ops::Range;

/// A change of a text: a place in it, and what stands there instead.
pub type Edit = (Range<usize>, String);

/// A stretch of a text with changes made; of two that overlap, the first.
pub fn edited(text: &str, range: Range<usize>, mut edits: Vec<Edit>) -> String {
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
pub fn title_length(text: &str) -> usize {
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
pub fn heading_length(text: &str) -> usize {
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
pub fn edit_heading(text: &str, start: usize, level: u8, edits: &mut Vec<Edit>) {
    let Some(rest) = text.get(start..) else { return };
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let line = rest.lines().next().unwrap_or_default();
    if hashes > 0 {
        edits.push((start..start + hashes, "#".repeat(usize::from(level))));
    } else if let Some(heading) = rest.get(..heading_length(rest)).map(str::trim_end)
        && let Some((text, underline)) = heading.rsplit_once('\n')
        && level != if underline.contains('=') { 1 } else { 2 }
    {
        // One that is underlined may have several lines; no other can.
        edits.push((start..start, "#".repeat(usize::from(level)) + " "));
        let breaks = text.match_indices('\n').map(|(at, _)| (start + at..start + at + 1, " ".to_owned()));
        edits.extend(breaks);
        edits.push((start + text.trim_end().len()..start + heading.len(), String::new()));
    }
    if line.trim_end().ends_with('}')
        && let Some(attributes) = line.rfind(" {")
    {
        edits.push((start + attributes..start + line.trim_end().len(), String::new()));
    }
}

/// What changes in a link or a picture for it to lead to a URL; `label` is for one that has no text.
pub fn edit_link(written: &str, url: &str, label: impl Fn() -> String) -> Option<Edit> {
    let all = 0..written.len();
    if let Some(inner) = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let label = inner.split_once('|').map_or_else(label, |(_, label)| label.trim().to_owned());
        return Some((all, format!("[{label}]({})", bracketed(url))));
    }
    let open = written.find('[')?;
    let close = open + closing(written.get(open..)?)?;
    let after = written.get(close + 1..)?;
    if open == 0 && close == 1 {
        return Some((all, format!("[{}]({})", label(), bracketed(url))));
    }
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
pub fn continued(before: &str, lines: &str) -> String {
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
    use super::{edit_heading, edit_link, edited, title_length};

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
            let edits = edit_link(written, "U", || "Title".to_owned()).into_iter().collect();
            assert_eq!(edited(written, 0..written.len(), edits), expected);
        }
    }

    #[test]
    fn headings_move_and_lose_their_attributes() {
        for (written, level, expected) in [
            ("## A {#a}\nB", 3, "### A\nB"),
            ("# A", 2, "## A"),
            ("A\n===\nB", 2, "## A\nB"),
            ("A {#a}\n---\nB", 2, "A\n---\nB"),
            ("A\nb *c*\n---\nB", 4, "#### A b *c*\nB"),
            ("## {a}\nB", 2, "##\nB"),
        ] {
            let mut edits = Vec::new();
            edit_heading(written, 0, level, &mut edits);
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
