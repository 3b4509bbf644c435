//! The marks that git leaves in a file where it could not merge two versions (`git help merge`, "How conflicts are presented").

#![allow(clippy::arithmetic_side_effects)] // adds up offsets of one text in memory

use crate::diagnostics::{Code, Diagnostic};
use crate::span::{SourcePath, Span};

/// Reports every conflict. In Markdown, one that stands in a block of code is an example.
pub fn find(text: &str, file: &SourcePath, is_markdown: bool) -> Vec<Diagnostic> {
    if !text.contains("<<<<<<< ") || !text.contains(">>>>>>> ") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    let mut fence: Option<&str> = None;
    let mut open: Option<(usize, usize)> = None;
    let mut is_divided = false;
    for line in text.split_inclusive('\n') {
        let (start, written) = (at, line.trim_end());
        at += line.len();
        if is_markdown && open.is_none() {
            let mark = fence_of(written);
            match fence {
                Some(opening) if mark.is_some_and(|mark| mark.starts_with(opening)) => fence = None,
                None => fence = mark,
                Some(_) => {}
            }
            if fence.is_some() {
                continue;
            }
        }
        match open {
            None if written.starts_with("<<<<<<< ") => {
                open = Some((start, start + written.len()));
                is_divided = false;
            }
            Some(_) if written == "=======" => is_divided = true,
            Some((from, to)) if is_divided && written.starts_with(">>>>>>> ") => {
                found.push(
                    Diagnostic::new(Code::MergeConflict, file, "a conflict of a merge begins here")
                        .at(Span::new(from, to))
                        .help("decide between the two versions below, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`"),
                );
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The three signs that open or close a block of code.
fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    (line.starts_with("```") || line.starts_with("~~~")).then(|| line.get(..3)).flatten()
}
