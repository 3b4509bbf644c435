//! Diagnostics as people and machines read them: rustc's shape, JSON lines, GitHub annotations.

use super::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

/// How to print diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands that GitHub shows beside the lines of a change.
    Github,
}

/// Gives back the text of a source file, so that its lines can be shown.
pub type SourceText<'a> = &'a dyn Fn(&crate::span::SourcePath) -> Option<&'a str>;

/// All diagnostics as one text, ending in a newline when there are any.
///
/// `coloured` concerns the human form alone.
pub fn render(diagnostics: &[Diagnostic], format: Format, sources: SourceText<'_>, coloured: bool) -> String {
    let mut out = String::new();
    let mut lines: Option<(&crate::span::SourcePath, Option<Lines<'_>>)> = None;
    for d in diagnostics {
        // Neighbours mostly name the same file, whose lines are counted once.
        // Most warnings about whole pages have no place, and then the file's lines need not be found.
        let lines = d.span.and_then(|_| {
            if lines.as_ref().is_none_or(|(file, _)| **file != d.file) {
                lines = Some((&d.file, sources(&d.file).map(Lines::new)));
            }
            lines.as_mut().and_then(|(_, lines)| lines.as_mut())
        });
        out.push_str(&match format {
            Format::Human => human(d, lines, coloured) + "\n\n",
            Format::Json => json(d, lines) + "\n",
            Format::Github => github(d, lines) + "\n",
        });
    }
    out
}

/// A text whose lines can be found quickly.
struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// The place that was asked for last and its column: places are asked for in order, often on one long line.
    last: (usize, usize),
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { text, starts, last: (0, 1) }
    }

    /// The nearest place at or before `offset` that lies between two characters.
    fn boundary(&self, offset: usize) -> usize {
        (0..=offset.min(self.text.len())).rev().find(|&o| self.text.is_char_boundary(o)).unwrap_or(0)
    }

    /// The number of the line a place lies on, from 1, and where that line begins.
    fn line(&self, offset: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|&start| start <= offset).max(1);
        (number, self.starts.get(number - 1).copied().unwrap_or(0))
    }

    /// Where a line ends, what ends it left out.
    fn end(&self, number: usize) -> usize {
        let end = self.starts.get(number).map_or(self.text.len(), |next| next - 1);
        end - usize::from(self.text.get(..end).is_some_and(|text| text.ends_with('\r')))
    }

    /// A place as people count it: line and column from 1, the column in characters.
    fn place(&mut self, offset: usize) -> (usize, usize) {
        let offset = self.boundary(offset);
        let (number, start) = self.line(offset);
        let (known, column) = if (start..=offset).contains(&self.last.0) { self.last } else { (start, 1) };
        let column = column + self.text.get(known..offset).unwrap_or_default().chars().count();
        self.last = (offset, column);
        (number, column)
    }
}

/// Of a line longer than this, only what surrounds the place is shown.
const LONGEST_LINE: usize = 2000;
/// How many bytes around the place that is.
const SURROUNDINGS: usize = 60;

fn human(d: &Diagnostic, lines: Option<&mut Lines<'_>>, coloured: bool) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(d.message.as_str()).id(d.code.name());
    let mut group: Group<'_> = match (d.span, lines) {
        (Some(span), Some(lines)) => {
            let range = lines.boundary(span.range().start)..lines.boundary(span.range().end);
            let (number, start) = lines.line(range.start);
            let end = lines.end(number);
            // One line is enough to find the place; a long value would fill the screen.
            let range = range.start.min(end)..range.end.min(end).max(range.start.min(end));
            let path = d.file.as_str();
            if end - start > LONGEST_LINE {
                let (_, column) = lines.place(range.start);
                let from = lines.boundary(range.start.saturating_sub(SURROUNDINGS)).max(start);
                let to = lines.boundary(range.start + SURROUNDINGS).min(end);
                let around = lines.text.get(from..to).unwrap_or_default();
                let note = format!("the line is long; around this place it says `{around}`");
                title
                    .element(Origin::path(path).line(number).char_column(column))
                    .element(Level::NOTE.message(note))
            } else {
                let shown = lines.text.get(start..end).unwrap_or_default();
                let mark = AnnotationKind::Primary.span(range.start - start..range.end - start);
                let mark = if d.label.is_empty() { mark } else { mark.label(d.label.as_str()) };
                title.element(Snippet::source(shown).line_start(number).path(path).annotation(mark))
            }
        }
        _ => title.element(Origin::path(d.file.as_str())),
    };
    if !d.help.is_empty() {
        group = group.element(Level::HELP.message(d.help.as_str()));
    }
    renderer.render(&[group])
}

/// A diagnostic in its JSON form. Lines and columns count from 1; `end` is one past the last character.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: Severity,
    code: &'static str,
    message: &'a str,
    help: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

fn place(d: &Diagnostic, lines: Option<&mut Lines<'_>>) -> Option<((usize, usize), (usize, usize))> {
    let (span, lines) = (d.span?, lines?);
    Some((lines.place(span.start as usize), lines.place(span.end as usize)))
}

fn json(d: &Diagnostic, lines: Option<&mut Lines<'_>>) -> String {
    let place = place(d, lines);
    let form = JsonDiagnostic {
        severity: d.severity,
        code: d.code.name(),
        message: &d.message,
        help: &d.help,
        file: d.file.as_str(),
        line: place.map(|p| p.0.0),
        column: place.map(|p| p.0.1),
        end_line: place.map(|p| p.1.0),
        end_column: place.map(|p| p.1.1),
    };
    serde_json::to_string(&form).unwrap_or_default()
}

fn github(d: &Diagnostic, lines: Option<&mut Lines<'_>>) -> String {
    // https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    let property = |s: &str| {
        s.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
            .replace(':', "%3A")
            .replace(',', "%2C")
    };
    let data = |s: &str| s.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let kind = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = format!("::{kind} file={}", property(d.file.as_str()));
    if let Some((start, _)) = place(d, lines) {
        out.push_str(&format!(",line={},col={}", start.0, start.1));
    }
    let help = if d.help.is_empty() { String::new() } else { format!(". {}", d.help) };
    out.push_str(&format!(",title={}::{}{}", property(d.code.name()), data(&d.message), data(&help)));
    out
}
