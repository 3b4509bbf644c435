//! The lines that begin and end blocks, found before the text is parsed.
//!
//! Each is overwritten with as many `_` as it has bytes. So it parses as a rule across the page, which interrupts
//! paragraphs, lists, quotes and tables, and is no heading's underline; no place in the text moves. What does not come
//! back as a rule stood in code or in HTML: it is restored, and the text parsed once more.

use crate::content::markdown::signs::holds;
use std::ops::Range;

/// A line of three or more colons, behind the marks of the lists and quotes that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    /// From its first colon to its last sign.
    pub line: Range<usize>,
    /// What stands behind its colons; of a line that ends a block, nothing.
    pub header: Range<usize>,
}

/// All lines of a text that could be fences.
pub(super) fn find(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    // Most texts have no block.
    if !holds(text, ":::") {
        return fences;
    }
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(":::")) {
        let colons = at + found;
        let before = text.get(at..colons).unwrap_or_default();
        // What was looked at already ends with a line.
        let start = before.rfind('\n').map_or(at, |newline| at + newline + 1);
        let rest = text.get(colons..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at = (colons + line.len() + 1).min(text.len());
        if is_prefix(text.get(start..colons).unwrap_or_default()) {
            let line = line.trim_end();
            let header = colons + line.len() - line.trim_start_matches(':').len();
            let end = colons + line.len();
            fences.push(Fence { line: colons..end, header: header..end });
        }
    }
    fences
}

/// Can this stand between the beginning of a line and a block that begins there?
fn is_prefix(mut text: &str) -> bool {
    loop {
        text = text.trim_start_matches([' ', '\t']);
        if text.is_empty() {
            return true;
        }
        let Some(rest) = after_mark(text) else { return false };
        text = rest;
    }
}

/// What follows the mark of a quote, an item, a definition or a footnote.
fn after_mark(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('>') {
        return Some(rest);
    }
    let rest = if let Some(rest) = text.strip_prefix(['-', '+', '*', ':']) {
        rest
    } else if let Some(rest) = text.strip_prefix("[^") {
        rest.split_once("]:")?.1
    } else {
        text.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')'])?
    };
    rest.starts_with([' ', '\t']).then_some(rest)
}

/// The text with all fences overwritten.
pub(super) fn mask(text: &str, fences: &[Fence]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for fence in fences {
        masked.push_str(text.get(at..fence.line.start).unwrap_or_default());
        masked.extend(std::iter::repeat_n('_', fence.line.len()));
        at = fence.line.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

#[cfg(test)]
mod tests {
    use super::{find, mask};

    #[test]
    fn fences_are_found_behind_marks_and_keep_their_length() {
        let text =
            ":::note[Ü]\r\n> - :::tip  \n1) :::\n[^a]: ::::x\n  : :::y\na:::b\n\\:::z\n::: \n12 :::\n-:::\n";
        let fences = find(text);
        let headers: Vec<&str> = fences.iter().map(|f| &text[f.header.clone()]).collect();
        assert_eq!(headers, ["note[Ü]", "tip", "", "x", "y", ""]);
        let masked = mask(text, &fences);
        assert_eq!(masked.len(), text.len());
        assert!(masked.starts_with("___________\r\n> - ______  \n1) ___\n"), "{masked}");
        assert!(find(&masked).is_empty());
    }
}
