//! Control characters: no text needs them, and XML 1.0 (section 2.2) forbids most, so a feed that held one could
//! not be read. They are reported where they are written and spaces from then on.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::Write;

/// Is this a character that no text may hold? C0 without tab and line ends, DEL, C1, and two that are none.
pub fn is_refused(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// Could a character that begins with this byte be refused?
fn is_suspect(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7f | 0xc2 | 0xef)
}

/// A file's text without control characters, which are reported; everything else stays in its place.
pub fn refused<'a>(text: &'a str, problems: &mut Problems) -> Cow<'a, str> {
    // Whole stretches at once, which the compiler turns into a few instructions.
    let suspect = |stretch: &[u8]| stretch.iter().fold(false, |found, byte| found | is_suspect(*byte));
    if !text.as_bytes().chunks(64).any(suspect) || !text.contains(is_refused) {
        return Cow::Borrowed(text);
    }
    for (at, found) in text.match_indices(is_refused) {
        report(found, Span::new(at, at + found.len()), problems);
    }
    Cow::Owned(
        text.chars().map(|c| if is_refused(c) { blank(c) } else { Cow::Owned(c.to_string()) }).collect(),
    )
}

/// As many bytes without meaning as the character has.
fn blank(c: char) -> Cow<'static, str> {
    Cow::Borrowed(match c.len_utf8() {
        1 => " ",
        2 => "  ",
        _ => "\u{fffd}",
    })
}

/// A value that was written with escapes, without the control characters they stand for.
pub fn refused_value(text: String, span: Span, problems: &mut Problems) -> String {
    match text.chars().find(|c| is_refused(*c)) {
        None => text,
        Some(c) => {
            report(c.encode_utf8(&mut [0; 4]), span, problems);
            text.replace(is_refused, " ")
        }
    }
}

/// Reports one control character.
pub fn report(found: &str, span: Span, problems: &mut Problems) {
    let mut name = String::new();
    for c in found.chars() {
        write!(name, "U+{:04X}", c as u32).unwrap_or_default();
    }
    let message = format!("the control character {name} has no place in a text");
    problems.add(
        Diagnostic::new(Code::ControlCharacter, problems.file(), message)
            .at(span)
            .help("delete it; editors mostly do not show it"),
    );
}
