//! Code that lies in a file of its own, below one of the folders that the configuration names.

use super::handle::SiteRef;
use super::help::{Candidates, Help};
use super::resolve::Unresolved;
use crate::content::code::Included;
use crate::content::code::excerpt::{Excerpt, Missing, Part, without_mark};
use crate::content::{control, highlight};
use crate::diagnostics::{Code, MOST_HIGHLIGHTED};
use crate::span::SourcePath;

fn broken(message: String, help: Help) -> Unresolved {
    Unresolved { code: Code::BrokenCode, message, help }
}

fn said(message: String, help: impl Into<String>) -> Unresolved {
    broken(message, Help::Said(help.into()))
}

impl<'a> SiteRef<'a> {
    /// The code that a fence takes from a file.
    pub fn excerpt(self, included: &Included) -> Result<Excerpt, Unresolved> {
        let path = included.path();
        self.note_content(&path);
        let text = self.code_text(&path)?;
        if let Some(found) = text.matches(control::is_refused).next() {
            let sign = found.chars().next().map(u32::from).unwrap_or_default();
            let message = format!("`{path}` holds the control character U+{sign:04X}");
            return Err(said(message, "take it out of the file: no page can show it"));
        }
        let excerpt = included.part.of(&without_mark(text)).map_err(|missing| no_part(missing, included))?;
        let count = excerpt.text.lines().count();
        if let Some(last) = included.fence.marked.beyond(count) {
            let message = format!("the code from `{path}` has no line {last} to mark");
            return Err(said(message, format!("it has {count}, counted from 1 whatever `numbers` says")));
        }
        Ok(excerpt)
    }

    /// How many bytes a file of code holds.
    pub(super) fn code_size(self, included: &Included) -> u64 {
        self.site.code.get(&included.path()).map_or(0, |file| file.size)
    }

    fn code_text(self, path: &SourcePath) -> Result<&'a str, Unresolved> {
        let folders = &self.config().content.code;
        if !folders.iter().any(|folder| folder.value.holds(path)) {
            let message = format!("`{path}` lies in no folder that code is taken from");
            return Err(if folders.is_empty() {
                said(
                    message,
                    "name its folder in guidepost.toml, from the site's own: `[content]` `code = [\"examples\"]`",
                )
            } else {
                let names: Vec<&str> = folders.iter().map(|folder| folder.value.as_str()).collect();
                said(message, format!("`[content]` `code` in guidepost.toml names: {}", names.join(", ")))
            });
        }
        let Some(file) = self.site.code.get(path) else {
            let help = Help::Compare { written: path.as_str().to_owned(), with: Candidates::Code };
            return Err(broken(format!("there is no `{path}`"), help));
        };
        file.text().ok_or_else(|| {
            let message = format!("`{path}` is no text, or too much of it");
            said(message, "name a file in UTF-8 of at most 1 MiB")
        })
    }
}

/// What a reader misses of code that is there: its colours. `left` is how much of the page's may still have them.
pub(super) fn dull(included: &Included, excerpt: &Excerpt, left: &mut usize) -> Option<Unresolved> {
    if !included.fence().is_known() {
        return None;
    }
    let why = highlight::too_long(&excerpt.text).or_else(|| match left.checked_sub(excerpt.text.len()) {
        Some(rest) => {
            *left = rest;
            None
        }
        None => Some(format!("its page has more than {MOST_HIGHLIGHTED} bytes of code from files")),
    })?;
    let message = format!("this code is not highlighted: {why}");
    let help = "`text` as the language says that it stays plain".to_owned();
    Some(Unresolved { code: Code::CodeNotHighlighted, message, help: Help::Said(help) })
}

fn no_part(missing: Missing, included: &Included) -> Unresolved {
    let file = &included.file;
    let name = match &included.part {
        Part::Region(name) => name.as_str(),
        _ => "",
    };
    match missing {
        Missing::Lines(count) => {
            said(format!("`{file}` has only {count} lines"), "name lines that it has, or better a region")
        }
        Missing::Region(names) => {
            let message = format!("`{file}` has no region `{name}`");
            if names.is_empty() {
                let help = format!("mark it there with comments that say `region {name}` and `endregion`");
                return said(message, help);
            }
            broken(message, Help::Compare { written: name.to_owned(), with: Candidates::Regions(names) })
        }
        Missing::Open => said(
            format!("the region `{name}` of `{file}` is never closed"),
            "add a comment that says `endregion`",
        ),
        Missing::Twice => said(format!("`{file}` has two regions `{name}`"), "give one of them another name"),
    }
}
