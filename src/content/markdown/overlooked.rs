//! What the parser takes for something else than its author meant, and would pass over in silence.
//!
//! Most of what it asks for is found in the text between markup: the places where a
//! sign stands are compared with the stretches that are text, so nothing in code, in HTML or behind a backslash counts.

use super::foreign::{self, Notation};
use super::origin::Origin;
use crate::diagnostics::{Code, Diagnostic, MOST_OF_A_FILE, Problems};
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Something that is wrong at a place of the text.
pub(super) type Found = (Code, Range<usize>, String, String);

/// Reports what was passed over in a text of these events, and the links that are `undefined` in it.
pub(super) fn report(
    text: &str,
    events: &[(Event<'_>, Range<usize>)],
    undefined: Vec<Found>,
    origin: Origin,
    problems: &mut Problems,
) {
    let mut overlooked = Overlooked::new(text);
    for (event, range) in events {
        overlooked.see(event, range);
    }
    overlooked.finish(undefined, origin, problems);
}

/// Looks at a text's events.
pub(super) struct Overlooked<'a> {
    text: &'a str,
    /// Where a sign stands that may begin something, whether that is text or not.
    signs: Vec<(usize, &'static [&'static Notation])>,
    /// The stretches that are text, in order.
    runs: Vec<Range<usize>>,
    /// How many elements are open in which nothing is text.
    in_code: bool,
    /// The columns of the table that is open.
    columns: usize,
    /// Footnotes by their names: where they are defined, and those that are referred to.
    defined: HashMap<String, Range<usize>>,
    used: HashSet<String>,
    found: Vec<Found>,
}

impl<'a> Overlooked<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            signs: foreign::signs(text).collect(),
            runs: Vec::new(),
            in_code: false,
            columns: 0,
            defined: HashMap::new(),
            used: HashSet::new(),
            found: Vec::new(),
        }
    }

    fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(_) if !self.signs.is_empty() && !self.in_code => match self.runs.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => self.runs.push(range.clone()),
            },
            Event::FootnoteReference(name) if !self.used.contains(&**name) => {
                self.used.insert(name.to_string());
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(tag) => self.begin(tag, range),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.fence(info, range);
                }
            }
            Tag::Table(alignments) => self.columns = alignments.len(),
            Tag::TableRow => self.row(range),
            Tag::Heading { classes, attrs, .. } if !(classes.is_empty() && attrs.is_empty()) => {
                self.heading(range);
            }
            Tag::FootnoteDefinition(name) => {
                self.defined.entry(name.to_string()).or_insert_with(|| range.clone());
            }
            _ => {}
        }
    }

    /// A link whose name is defined nowhere. `[x]` alone is ordinary text, and so are `a[i][j]`.
    pub(super) fn undefined_link(link: &BrokenLink<'_>, text: &str) -> Option<Found> {
        let is_meant = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        let before = text.get(..link.span.start)?.chars().next_back();
        let is_index = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ')' | ']' | '['));
        (is_meant && !is_index).then(|| {
            let name = &link.reference;
            let message = format!("no link `{name}` is defined in this text");
            let help = format!(
                "add a line `[{name}]: ../guides/page.md`, or write where it leads: `[text](../guides/page.md)`; a backslash \
                 before the bracket keeps it as it is"
            );
            (Code::UndefinedLink, link.span.clone(), message, help)
        })
    }

    fn add(&mut self, code: Code, range: Range<usize>, message: String, help: impl Into<String>) {
        if self.found.len() < MOST_OF_A_FILE {
            self.found.push((code, range, message, help.into()));
        }
    }

    /// The first line of a stretch.
    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let length = written.split('\n').next().unwrap_or_default().trim_end().len();
        range.start..range.start + length
    }

    fn fence(&mut self, info: &str, range: &Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or_default().trim_end();
        let opening = self.first_line(range);
        let sign = if written.starts_with('~') { '~' } else { '`' };
        let fence = written.len() - written.trim_start_matches(sign).len();
        let last = written.rsplit_once('\n').map_or("", |(_, last)| last);
        let last = last.trim_start_matches([' ', '\t', '>']);
        let is_closed = last.len() >= fence && last.chars().all(|c| c == sign);
        if !is_closed {
            let signs = if sign == '~' { "tildes" } else { "backticks" };
            self.add(
                Code::UnclosedCode,
                opening.clone(),
                "this block of code is never closed".to_owned(),
                format!("add a line of {fence} {signs} below the code, indented as this one is"),
            );
        }
        // ```{note} of MyST, ```{.python} of Pandoc, ```{r} of R Markdown
        if info.starts_with('{') {
            let help = "a block is `:::note[Title]`, the text, and `:::`; code has its language behind the backticks, and \
                        attributes behind that: ```` ```python title=\"a.py\" ````";
            let message = format!("`{}` is notation of MyST, Pandoc or R Markdown", shortened(info));
            self.add(Code::ForeignNotation, opening, message, help);
        }
    }

    /// Compares the cells of a row with the columns of its table. The parser drops those that are too many.
    fn row(&mut self, range: &Range<usize>) {
        let row = self.text.get(range.clone()).unwrap_or_default().trim();
        let cells = cells(row);
        if cells != self.columns {
            let start = range.start;
            let message = format!(
                "this row has {}; its table has {}",
                count(cells, "cell"),
                count(self.columns, "column")
            );
            let help = if cells > self.columns {
                "what is too much is not shown: a `|` within a cell is written `\\|`, also in code"
            } else {
                "add the cells that are missing, empty if need be; text below a table follows an empty line"
            };
            self.add(Code::UnevenTable, start..start + row.len(), message, help);
        }
    }

    /// A heading takes an id and nothing else.
    fn heading(&mut self, range: &Range<usize>) {
        // The attributes are no part of what the parser calls the heading.
        let rest = self.text.get(range.start..).unwrap_or_default();
        let written = rest.split('\n').next().unwrap_or_default().trim_end();
        let line = range.start..range.start + written.len();
        let Some(open) = written.rfind('{') else { return };
        let attributes = written.get(open..).unwrap_or_default();
        let place = line.start + open..line.end;
        if attributes.starts_with("{:") || attributes.starts_with("{ :") {
            let message = format!("`{}` is notation of MkDocs and Jekyll", shortened(attributes));
            self.add(
                Code::ForeignNotation,
                place,
                message,
                "an id is written `{#id}`; how a heading looks belongs to the theme",
            );
            return;
        }
        let message = format!("`{}` says more than a heading takes", shortened(attributes));
        self.add(
            Code::UnknownAttribute,
            place,
            message,
            "keep the id alone, `{#id}`: how a heading looks belongs to the theme; `\\}` at its end publishes the braces",
        );
    }

    /// Reports all that was found.
    fn finish(mut self, undefined: Vec<Found>, origin: Origin, problems: &mut Problems) {
        self.signs();
        for (name, range) in std::mem::take(&mut self.defined) {
            if !self.used.contains(&name) {
                let line = self.first_line(&range);
                let message = format!("no text refers to the footnote `{name}`");
                let help = format!("write `[^{name}]` where it belongs, or take it out: it is shown nowhere");
                self.add(Code::UnusedFootnote, line, message, help);
            }
        }
        self.found.extend(undefined);
        self.found.sort_by_key(|(_, range, ..)| range.start);
        for (code, range, message, help) in self.found {
            problems.add(Diagnostic::new(code, problems.file(), message).at(origin.span(&range)).help(help));
        }
    }

    /// Looks at every sign that stands in a stretch of text.
    fn signs(&mut self) {
        let text = self.text;
        let runs = std::mem::take(&mut self.runs);
        let mut runs = runs.iter().peekable();
        let mut done = 0;
        for (at, notations) in std::mem::take(&mut self.signs) {
            while runs.next_if(|run| run.end <= at).is_some() {}
            let Some(run) = runs.peek().filter(|run| run.start <= at && at >= done) else { continue };
            let is_escaped = at == run.start && text.get(..at).is_some_and(|before| before.ends_with('\\'));
            if is_escaped {
                continue;
            }
            let begins_line = begins_line(text, run.start, at);
            if let Some(end) = self.sign(at, notations, run, begins_line) {
                done = end;
            }
        }
    }

    /// Looks at one; gives the end of what was found there.
    fn sign(
        &mut self,
        at: usize,
        notations: &'static [&'static Notation],
        run: &Range<usize>,
        begins_line: bool,
    ) -> Option<usize> {
        let text = self.text;
        let rest = text.get(at..run.end)?;
        if rest.starts_with("[[") {
            self.add(
                Code::UnclosedReference,
                at..at + 2,
                "this `[[` begins no reference".to_owned(),
                "write `[[address]]` in one paragraph; `\\[[` publishes the brackets as they are",
            );
            return Some(at + 2);
        }
        if let Some(name) = rest.strip_prefix("[^") {
            let name = foreign::beginning(name);
            let name = name.get(..name.find(']')?)?;
            let is_name = !name.is_empty() && !name.contains([' ', '\n', '[', '^']);
            return is_name.then(|| {
                let end = at + name.len() + 3;
                let message = format!("no footnote `{}` is defined in this text", shortened(name));
                let help = format!(
                    "add a line `[^{name}]: ...` with its text; `\\[^{name}]` publishes the brackets as they are"
                );
                self.add(Code::UndefinedFootnote, at..end, message, help);
                end
            });
        }
        if rest.starts_with('|') {
            return self.no_table(at, begins_line);
        }
        let (notation, length) = foreign::at(notations, text, at, begins_line)?;
        let written = text.get(at..at + length).unwrap_or_default();
        let message = format!("`{}` is notation of {}", shortened(written.trim_end()), notation.tool);
        let help = format!("{}; a backslash before it publishes it as it stands", notation.instead);
        self.add(Code::ForeignNotation, at..at + length, message, help);
        Some(at + length)
    }

    /// The line below the head of a table, in what became no table.
    fn no_table(&mut self, at: usize, begins_line: bool) -> Option<usize> {
        if !begins_line {
            return None;
        }
        let line = self.text.get(at..)?.split('\n').next()?.trim_end();
        let is_delimiter = line.len() > 4 && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '));
        let above = self.text.get(..at)?.trim_end_matches([' ', '>']).strip_suffix('\n')?;
        let above = above.rsplit('\n').next()?.trim_start_matches([' ', '>']);
        if !is_delimiter || !above.contains('|') {
            return None;
        }
        let message = format!(
            "this is no table: its first row has {}, and the line below it {}",
            count(cells(above), "cell"),
            cells(line)
        );
        self.add(Code::UnevenTable, at..at + line.len(), message, "give both the same number of cells");
        Some(at + line.len())
    }
}

/// Does nothing of a line's text stand before this place? What begins a quote or an item of a list is no text.
fn begins_line(text: &str, run: usize, at: usize) -> bool {
    if !text.get(run..at).is_some_and(|before| before.trim().is_empty()) {
        return false;
    }
    let before = text.get(..run).unwrap_or_default().bytes().rev();
    let mut marks = before.take_while(|b| *b != b'\n').take(200);
    marks.all(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b':' | b'.' | b')' | b'0'..=b'9'))
}

/// How many cells a row has, whatever stands in them.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut escaped = false;
    let mut cells = 1;
    let mut ends_with_bar = false;
    for b in row.bytes() {
        ends_with_bar = b == b'|' && !escaped;
        cells += usize::from(ends_with_bar);
        escaped = b == b'\\' && !escaped;
    }
    cells - usize::from(ends_with_bar)
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Enough of what is written to know it again.
fn shortened(written: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = written.chars().take(LONGEST).collect();
    if short.len() < written.len() {
        short.push('…');
    }
    short
}
