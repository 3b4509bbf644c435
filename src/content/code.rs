//! A block of code as HTML: highlighted, and line by line where its fence says something of lines.
//!
//! A line is an element of its own only where it has to be, so plain code stays as small as it was. What a fence says is shown
//! by elements and classes; the signs of a diff and the numbers of lines are put there by the stylesheet and are
//! not part of what a reader copies.

pub mod excerpt;
pub mod language;
pub mod lines;
mod session;

use super::highlight::{self, May, Plain};
use super::html::{escape, escaped};
use crate::span::SourcePath;
use excerpt::Part;
use lines::LineSet;
use session::Line;

/// What a fence says of its code.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Fence {
    /// The label that names the language; may be empty.
    pub language: String,
    /// What stands over it.
    pub title: Option<String>,
    /// Lines that are marked, counted from the first that is shown.
    pub marked: LineSet,
    /// The number of the first line, where lines have numbers; 0 where an excerpt has those of its file.
    pub numbers: Option<u32>,
    /// Lines that begin with `+` or `-` are new or gone.
    pub diff: bool,
    /// Long lines are wrapped.
    pub wrap: bool,
}

/// A fence whose code lies in a file.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Included {
    /// What the fence says.
    pub fence: Fence,
    /// The file, from the site's root, as written.
    pub file: String,
    /// How much of it.
    pub part: Part,
}

impl Included {
    /// Where the file lies, from the site's root.
    pub fn path(&self) -> SourcePath {
        SourcePath::new(self.file.strip_prefix("./").unwrap_or(&self.file))
    }

    /// The fence, with the language that the file's name tells where the author gave none.
    pub fn fence(&self) -> Fence {
        let mut fence = self.fence.clone();
        if fence.language.is_empty() {
            let name = self.file.rsplit('/').next().unwrap_or_default();
            let extension = name.rsplit('.').next().unwrap_or_default();
            let known = [name, extension].into_iter().find(|token| highlight::knows(token));
            fence.language = known.unwrap_or_default().to_ascii_lowercase();
        }
        fence
    }
}

impl Fence {
    /// Its code as HTML, and why it stays plain if it does. `may` is asked whether so many bytes may be highlighted.
    pub fn html(&self, code: &str, may: May<'_>) -> (String, Option<Plain>) {
        let mut out = String::with_capacity(code.len().saturating_mul(2));
        if let Some(title) = &self.title {
            out.push_str("<figure class=\"code\"><figcaption>");
            escape(title, &mut out);
            out.push_str("</figcaption>\n");
        }
        out.push_str("<pre");
        let classes = self.classes(code);
        if !classes.is_empty() {
            out.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        out.push_str(" tabindex=\"0\"><code");
        if !self.language.is_empty() {
            out.push_str(&format!(" class=\"language-{}\"", escaped(&self.language)));
        }
        out.push('>');
        let plain = self.inner(code, may, &mut out);
        out.push_str("</code></pre>");
        out.push_str(if self.title.is_some() { "</figure>\n" } else { "\n" });
        (out, plain)
    }

    /// Does a grammar know its language, or that of what is typed in it?
    pub fn is_known(&self) -> bool {
        session::typed_in(&self.language).is_some() || highlight::knows(&self.language)
    }

    fn has_lines(&self) -> bool {
        self.diff || self.numbers.is_some() || !self.marked.is_empty()
    }

    fn classes(&self, code: &str) -> Vec<String> {
        let mut classes = Vec::new();
        if self.has_lines() {
            classes.push("lines".to_owned());
        }
        if self.diff {
            classes.push("diff".to_owned());
        }
        if let Some(first) = self.numbers {
            // Room for the longest number.
            let count = u32::try_from(code.lines().count()).unwrap_or(u32::MAX);
            let last = first.saturating_add(count.saturating_sub(1)).max(1);
            classes.push(format!("numbers digits-{}", last.ilog10().saturating_add(1)));
        }
        if self.wrap {
            classes.push("wrap".to_owned());
        }
        classes
    }

    fn inner(&self, code: &str, may: May<'_>, out: &mut String) -> Option<Plain> {
        let typed_in = session::typed_in(&self.language);
        if typed_in.is_none() && !self.has_lines() {
            let result = self.highlighted(code, may);
            return match result {
                Ok(html) => {
                    out.push_str(&html);
                    None
                }
                Err(plain) => {
                    escape(code, out);
                    plain
                }
            };
        }
        let (lines, plain) = match typed_in {
            Some(language) => session_lines(&self.language, language, code, may),
            None if self.diff => {
                let (lines, plain) = self.diff_lines(code, may);
                self.write_lines(&lines, out);
                return plain;
            }
            None => self.plain_or_lines(code, may),
        };
        if self.has_lines() {
            let lines: Vec<_> = lines.into_iter().map(|html| (Change::None, html)).collect();
            self.write_lines(&lines, out);
        } else {
            for line in lines {
                out.push_str(&line);
                out.push('\n');
            }
        }
        plain
    }

    fn highlighted(&self, code: &str, may: May<'_>) -> Result<String, Option<Plain>> {
        if language::is_plain(&self.language) {
            return Err(None);
        }
        highlight::code(&self.language, code, may).map_err(Some)
    }

    /// The code's lines, highlighted where they can be.
    fn plain_or_lines(&self, code: &str, may: May<'_>) -> (Vec<String>, Option<Plain>) {
        let plain = || code.lines().map(escaped).collect();
        if language::is_plain(&self.language) {
            return (plain(), None);
        }
        match highlight::lines(&self.language, code, may) {
            Ok(lines) => (lines, None),
            Err(why) => (plain(), Some(why)),
        }
    }

    /// The lines of a diff without their signs. What is new and what is gone are highlighted each with what stays, as the
    /// programs that they are.
    fn diff_lines(&self, code: &str, may: May<'_>) -> (Vec<(Change, String)>, Option<Plain>) {
        let read = unsigned(code);
        let program = |gone: Change| -> String {
            let kept = read.iter().filter(|(change, _)| *change != gone);
            kept.flat_map(|(_, line)| [line, "\n"]).collect()
        };
        let (new, mut plain) = self.plain_or_lines(&program(Change::Gone), may);
        let old = if read.iter().any(|(change, _)| *change == Change::Gone) {
            let (old, why) = self.plain_or_lines(&program(Change::New), may);
            plain = plain.or(why);
            old
        } else {
            Vec::new()
        };
        let (mut new, mut old) = (new.into_iter(), old.into_iter());
        let lines = read.iter().map(|(change, _)| {
            let html = match change {
                Change::Gone => old.next(),
                Change::New => new.next(),
                Change::None => {
                    old.next();
                    new.next()
                }
            };
            (*change, html.unwrap_or_default())
        });
        (lines.collect(), plain)
    }

    fn write_lines(&self, lines: &[(Change, String)], out: &mut String) {
        let mut number = self.numbers;
        for ((change, html), place) in lines.iter().zip(1_u32..) {
            let marked = self.marked.contains(place);
            let element = match change {
                Change::New => "ins",
                Change::Gone => "del",
                Change::None if marked => "mark",
                Change::None => "span",
            };
            let class = if marked { "line marked" } else { "line" };
            out.push_str(&format!("<{element} class=\"{class}\""));
            // What is gone has no place in the new file.
            if let Some(n) = number.as_mut().filter(|_| *change != Change::Gone) {
                out.push_str(&format!(" data-line=\"{n}\""));
                *n = n.saturating_add(1);
            }
            out.push_str(&format!(">{html}\n</{element}>"));
        }
    }
}

/// How a line of a diff differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    New,
    Gone,
}

/// The lines of a diff without their signs. Where every other line begins with a space, or is empty, that is the sign of a
/// line that stays, as in unified diffs.
fn unsigned(code: &str) -> Vec<(Change, &str)> {
    let signed = |line: &&str| line.starts_with(['+', '-']);
    let has_column =
        code.lines().filter(|line| !signed(line)).all(|line| line.is_empty() || line.starts_with(' '));
    code.lines()
        .map(|line| match (line.strip_prefix('+'), line.strip_prefix('-')) {
            (Some(new), _) => (Change::New, new),
            (_, Some(gone)) => (Change::Gone, gone),
            _ if has_column => (Change::None, line.strip_prefix(' ').unwrap_or(line)),
            _ => (Change::None, line),
        })
        .collect()
}

/// The lines of a session: what was typed is highlighted.
fn session_lines(label: &str, language: &str, code: &str, may: May<'_>) -> (Vec<String>, Option<Plain>) {
    let read = session::lines(label, code);
    let typed: String = read
        .iter()
        .filter_map(|line| if let Line::Typed(_, typed) = line { Some([typed, "\n"]) } else { None })
        .flatten()
        .collect();
    let (mut highlighted, plain) = match highlight::lines(language, &typed, may) {
        Ok(lines) => (lines.into_iter(), None),
        Err(why) => (typed.lines().map(escaped).collect::<Vec<_>>().into_iter(), Some(why)),
    };
    let html = read.iter().map(|line| match line {
        Line::Typed("", _) => highlighted.next().unwrap_or_default(),
        Line::Typed(prompt, _) => {
            let typed = highlighted.next().unwrap_or_default();
            format!("<span class=\"prompt\">{}</span>{typed}", escaped(prompt))
        }
        Line::Output("") => String::new(),
        Line::Output(output) => format!("<samp>{}</samp>", escaped(output)),
    });
    (html.collect(), plain)
}

#[cfg(test)]
mod tests {
    use super::Fence;

    fn html(fence: &Fence, code: &str) -> String {
        fence.html(code, &mut |_| true).0
    }

    #[test]
    fn signs_of_a_diff_are_no_part_of_the_code() {
        let fence = Fence { diff: true, numbers: Some(9), ..Fence::default() };
        assert_eq!(
            html(&fence, " a\n-b\n+c\n\n d\n"),
            "<pre class=\"lines diff numbers digits-2\" tabindex=\"0\"><code>\
             <span class=\"line\" data-line=\"9\">a\n</span><del class=\"line\">b\n</del>\
             <ins class=\"line\" data-line=\"10\">c\n</ins><span class=\"line\" data-line=\"11\">\n</span>\
             <span class=\"line\" data-line=\"12\">d\n</span></code></pre>\n"
        );
        assert!(
            html(&fence, "a\n+b\n").contains(">a\n</span><ins"),
            "nothing is taken from a line without a sign"
        );
    }

    #[test]
    fn a_comment_over_several_lines_is_closed_in_each() {
        let fence = Fence { language: "rust".to_owned(), numbers: Some(1), ..Fence::default() };
        let lines = html(&fence, "/* a\n   b */ let c;\n");
        assert!(lines.contains("<i class=\"h-c\">/* a</i>\n</span>"), "{lines}");
        assert!(lines.contains("data-line=\"2\"><i class=\"h-c\">   b */"), "{lines}");
    }
}
