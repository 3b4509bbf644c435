//! What is printed: what was asked for on standard output, what is wrong and how far things are on standard error.
//!
//! Colour and `NO_COLOR` are anstream's business. A pipe that its reader closed is nobody's fault, so lines that
//! cannot be printed are let go.

use crate::diagnostics::report::{self, Format};
use crate::diagnostics::{Diagnostic, Severity};
use crate::error::Error;
use crate::pipeline::Outcome;
use crate::publish::Published;
use crate::source::Source;
use crate::span::SourcePath;
use crate::span::Spanned;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

/// Prints a line about what was done.
pub fn say(line: &str) {
    let mut out = anstream::stdout();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Prints a line about what is wrong, or worth knowing.
pub fn complain(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Prints why a command ended.
pub fn fail(error: &Error) {
    complain(&format!("error: {error}"));
}

/// Prints a text that was asked for as it is.
pub fn hand_over(text: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    printed(out.write_all(text).and_then(|()| out.flush()))
}

/// Prints what was found: for people on standard error, for programs on standard output.
pub fn problems(outcome: &Outcome, source: &Source, format: Format, errors_only: bool) -> Result<(), Error> {
    let shown: Vec<Diagnostic> = outcome
        .diagnostics
        .iter()
        .filter(|d| !errors_only || d.severity == Severity::Error)
        .cloned()
        .collect();
    let texts = |path: &SourcePath| outcome.text(source, path);
    let text = report::render(&shown, format, &texts, format == Format::Human);
    match format {
        Format::Human => printed(write!(anstream::stderr(), "{text}")),
        Format::Json | Format::Github => hand_over(text.as_bytes()),
    }
}

fn printed(result: io::Result<()>) -> Result<(), Error> {
    match result {
        // A reader that has seen enough, such as `head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Error::system("the result cannot be printed")),
    }
}

/// "Built 12 pages in 0.10 s into output: ...".
pub fn built(outcome: &Outcome, published: &Published, output: &Path, time: Duration) {
    let pages = outcome.rendered.as_ref().map_or(0, |r| r.pages);
    say(&format!(
        "Built {pages} pages in {} into {}: {} files written, {} unchanged, {} removed{}",
        seconds(time),
        output.display(),
        published.written,
        published.unchanged,
        published.removed,
        tally(outcome).map(|t| format!("; {t}")).unwrap_or_default(),
    ));
}

/// What a security policy has to allow for pictures on other hosts.
pub fn policy(remote_images: &[Spanned<String>]) {
    if !remote_images.is_empty() {
        let hosts: Vec<&str> = remote_images.iter().map(|host| host.value.as_str()).collect();
        say(&format!("Pictures on other hosts: the policy needs `img-src 'self' {}`", hosts.join(" ")));
    }
}

/// "2 errors: nothing was published", or with warnings alone, under `--strict`, why they are enough.
pub fn stopped(outcome: &Outcome) {
    let strict = if outcome.has_errors() { "" } else { " (--strict)" };
    complain(&format!("{}: nothing was published{strict}", tally(outcome).unwrap_or_default()));
}

/// "Checked 12 files in 0.10 s: nothing to fix".
pub fn checked(outcome: &Outcome, files: usize, time: Duration) {
    let found = tally(outcome).unwrap_or_else(|| "nothing to fix".to_owned());
    say(&format!("Checked {files} files in {}: {found}", seconds(time)));
}

/// "content/a.md changed: 1 of 12 pages rendered in 5 ms", for the preview; nothing has changed before the first build.
pub fn previewed(changed: Option<&str>, outcome: &Outcome, time: Duration) {
    let pages = match &outcome.rendered {
        Some(r) if r.rendered == r.pages => format!("{} pages rendered", r.pages),
        Some(r) => format!("{} of {} pages rendered", r.rendered, r.pages),
        None => match outcome.count(Severity::Error) {
            1 => "1 error, the last good site stays up".to_owned(),
            n => format!("{n} errors, the last good site stays up"),
        },
    };
    let changed = changed.map(|what| format!("{what}: ")).unwrap_or_default();
    say(&format!("{changed}{pages} in {}", milliseconds(time)));
}

/// "2 errors, 1 warning", or nothing.
fn tally(outcome: &Outcome) -> Option<String> {
    let part = |severity: Severity, word: &str| match outcome.count(severity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> =
        [part(Severity::Error, "error"), part(Severity::Warning, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn seconds(time: Duration) -> String {
    if time.as_secs() >= 10 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}

fn milliseconds(time: Duration) -> String {
    if time.as_millis() < 1000 {
        format!("{} ms", time.as_millis().max(1))
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}

/// How many pages are done: a bar on a terminal, nothing in a pipe.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar that is shown unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        let visible = !quiet && io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} pages") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// So many pages of so many are done.
    pub fn tell(&self, done: usize, total: usize) {
        self.0.set_length(total as u64);
        self.0.set_position(done as u64);
    }

    /// Takes the bar away.
    pub fn end(self) {
        self.0.finish_and_clear();
    }
}
