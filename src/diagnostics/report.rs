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
pub type SourceText<'a> = &'a dyn Fn(&super::SourcePath) -> Option<&'a str>;

/// A place as people count it: line and column from 1, the column in characters.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let offset = (0..=offset.min(text.len())).rev().find(|&o| text.is_char_boundary(o)).unwrap_or(0);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// All diagnostics as one text, ending in a newline when there are any.
///
/// `coloured` concerns the human form alone.
pub fn render(diagnostics: &[Diagnostic], format: Format, sources: SourceText<'_>, coloured: bool) -> String {
    diagnostics
        .iter()
        .map(|d| match format {
            Format::Human => human(d, sources, coloured) + "\n\n",
            Format::Json => json(d, sources) + "\n",
            Format::Github => github(d, sources) + "\n",
        })
        .collect()
}

fn human(d: &Diagnostic, sources: SourceText<'_>, coloured: bool) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(d.message.as_str()).id(d.code.name());
    let mut group: Group<'_> = match (d.span, sources(&d.file)) {
        (Some(span), Some(text)) => {
            let range = clamp(span.range(), text);
            let line_end = text[range.start..].find('\n').map_or(text.len(), |i| range.start + i);
            // One line is enough to find the place; a long value would fill the screen.
            let range = range.start..range.end.min(line_end).max(range.start);
            let mark = AnnotationKind::Primary.span(range);
            let mark = if d.label.is_empty() { mark } else { mark.label(d.label.as_str()) };
            title.element(Snippet::source(text).path(d.file.as_str()).annotation(mark))
        }
        _ => title.element(Origin::path(d.file.as_str())),
    };
    if !d.help.is_empty() {
        group = group.element(Level::HELP.message(d.help.as_str()));
    }
    renderer.render(&[group])
}

fn clamp(range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let down = |i: usize| (0..=i.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    down(range.start)..down(range.end)
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

fn place(d: &Diagnostic, sources: SourceText<'_>) -> Option<((usize, usize), (usize, usize))> {
    let (span, text) = (d.span?, sources(&d.file)?);
    Some((line_and_column(text, span.start as usize), line_and_column(text, span.end as usize)))
}

fn json(d: &Diagnostic, sources: SourceText<'_>) -> String {
    let place = place(d, sources);
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

fn github(d: &Diagnostic, sources: SourceText<'_>) -> String {
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
    if let Some((start, _)) = place(d, sources) {
        out.push_str(&format!(",line={},col={}", start.0, start.1));
    }
    let help = if d.help.is_empty() { String::new() } else { format!(". {}", d.help) };
    out.push_str(&format!(",title={}::{}{}", property(d.code.name()), data(&d.message), data(&help)));
    out
}
