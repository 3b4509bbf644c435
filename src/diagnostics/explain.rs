//! What each diagnostic means, how to fix it, and an example of both: a page a code, `explain/CODE.md`.
//!
//! A page has the sections `Meaning`, `Fix`, `Wrong` and `Right`. An example is a block of code with the path of its file as
//! `title`; it belongs to a small site that the tests have, and they build each of them. What no text can show, such as a file
//! that cannot be read, is told in a block without a title.

use super::Code;
use include_dir::{Dir, include_dir};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/diagnostics/explain");

/// The page of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: Code,
    /// What it means, in Markdown.
    pub meaning: &'static str,
    /// How to fix it, in Markdown.
    pub fix: &'static str,
    /// Files that have it.
    pub wrong: Vec<Example>,
    /// The same without it.
    pub right: Vec<Example>,
}

/// A file of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where it lies in the site; nothing when it is no file.
    pub path: Option<&'static str>,
    /// What it holds.
    pub text: &'static str,
}

impl Page {
    /// The page of a code; empty when there is none, which the tests see.
    pub fn of(code: Code) -> Self {
        let file = PAGES.get_file(format!("{code}.md"));
        let text = file.and_then(|file| file.contents_utf8()).unwrap_or_default();
        // Examples hold headings of their own, so a section ends where the next of these begins.
        let [_, meaning, fix, wrong, right] = ["Meaning", "Fix", "Wrong", "Right"].iter().enumerate().fold(
            [text, "", "", "", ""],
            |mut parts, (i, name)| {
                let heading = format!("\n## {name}\n");
                if let Some((before, after)) = parts[i].split_once(&heading) {
                    (parts[i], parts[i + 1]) = (before.trim(), after.trim());
                }
                parts
            },
        );
        Self { code, meaning, fix, wrong: examples(wrong), right: examples(right) }
    }

    /// As it is read in a terminal.
    pub fn for_terminal(&self) -> String {
        let Self { code, meaning, fix, .. } = self;
        let level = code.usual_level();
        let mut out = format!("{code} ({level})\n\n{meaning}\n\nHow to fix it\n\n{fix}\n");
        for (title, examples) in [("Wrong", &self.wrong), ("Right", &self.right)] {
            for Example { path, text } in examples {
                out.push_str(&match path {
                    Some(path) => format!("\n{title}: {path}\n\n"),
                    None => format!("\n{title}\n\n"),
                });
                for line in text.lines() {
                    out.push_str(format!("    {line}").trim_end());
                    out.push('\n');
                }
            }
        }
        out
    }
}

/// All codes with what they mean, a line each.
pub fn list() -> String {
    let widest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let line = |code: &Code| {
        let level = code.usual_level();
        format!("{:widest$}  {level:14}  {}\n", code.name(), code.meaning())
    };
    Code::ALL.iter().map(line).collect()
}

/// The blocks of code of a section; their fences are of four signs, so that they can hold others.
fn examples(section: &'static str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut rest = section;
    while let Some((_, opened)) = rest.split_once("````") {
        let Some((info, body)) = opened.split_once('\n') else { break };
        let Some((text, after)) = body.split_once("````") else { break };
        let path = info.split_once("title=\"").and_then(|(_, path)| path.split('"').next());
        examples.push(Example { path, text });
        rest = after;
    }
    examples
}
