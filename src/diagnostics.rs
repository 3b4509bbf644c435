//! What is wrong, where it stands, and how to fix it.
//!
//! A [`Diagnostic`] is data: a code, a file, a byte span, sentences. Turning it into the text a person reads
//! (or JSON, or a GitHub annotation) happens once, at the end, in [`report`].

use crate::span::{SourcePath, Span};
use crate::variables::Variables;
use std::collections::BTreeMap;
use std::sync::Arc;

mod code;
pub mod explain;
pub mod report;
pub mod suggest;

pub use code::{Code, Lowered, Severity};
pub use suggest::suggest;

/// One problem: what, where, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// The file it stands in.
    pub file: SourcePath,
    /// The place in the file; `None` when the whole file is meant.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A few words under the marked place.
    pub label: String,
    /// How to fix it.
    pub help: String,
    /// May `[checks]` make a warning of it, although it is an error?
    pub may_be_lowered: bool,
}

impl Diagnostic {
    /// A problem with a whole file; [`at`](Self::at) gives it a place.
    pub fn new(code: Code, file: &SourcePath, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: file.clone(),
            span: None,
            message: shortened(message.into()),
            label: String::new(),
            help: String::new(),
            may_be_lowered: code.lowered() == Some(Lowered::All),
        }
    }

    /// Says that it is one of those that may be made a warning, of a code of which not all may.
    #[must_use]
    pub fn lowered(mut self) -> Self {
        self.may_be_lowered = true;
        self
    }

    /// Says where in the file.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Puts a few words under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = shortened(label.into());
        self
    }

    /// Says how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = shortened(help.into());
        self
    }
}

/// The longest sentence a diagnostic holds: a name of a megabyte is not worth repeating in full.
const LONGEST_SENTENCE: usize = 2000;

fn shortened(mut sentence: String) -> String {
    if sentence.len() > LONGEST_SENTENCE {
        let end = (0..=LONGEST_SENTENCE).rev().find(|&i| sentence.is_char_boundary(i)).unwrap_or(0);
        sentence.truncate(end);
        sentence.push('…');
    }
    sentence
}

/// How many problems of one kind are listed for one file; nobody works through more before the next run.
pub const MOST_OF_A_KIND: usize = 1000;
/// How many problems of one file are looked for at all.
pub const MOST_OF_A_FILE: usize = 20 * MOST_OF_A_KIND;

/// Of a file with very many problems of one kind, keeps the first and says that there are more.
/// `diagnostics` are [sorted](sort).
pub fn condense(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() <= MOST_OF_A_KIND {
        return;
    }
    let mut counts: BTreeMap<(SourcePath, Code, Severity), usize> = BTreeMap::new();
    diagnostics.retain(|d| {
        let count = counts.entry((d.file.clone(), d.code, d.severity)).or_default();
        *count += 1;
        *count <= MOST_OF_A_KIND
    });
    for ((file, code, severity), _) in counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_KIND) {
        let message = format!("this file has more than {MOST_OF_A_KIND} problems of this kind");
        let more =
            Diagnostic::new(code, &file, message).help("fix those that are listed, then run this again");
        diagnostics.push(Diagnostic { severity, ..more });
    }
    // What concerns a file as a whole comes first elsewhere; this is read last.
    diagnostics.sort_by(|a, b| a.file.cmp(&b.file));
}

/// Puts diagnostics in the order people read them (file, place) and drops exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.file, a.span, a.severity, a.code, &a.message)
            .cmp(&(&b.file, b.span, b.severity, b.code, &b.message))
    });
    diagnostics.dedup();
}

/// How many bytes of a file's code are highlighted: highlighting costs twenty times what other text does.
pub const MOST_HIGHLIGHTED: usize = 200_000;

/// What the diagrams of a file may cost together, roughly in milliseconds.
pub const MOST_DRAWN: usize = 6_000;
/// How many bytes variables may put into the texts of a file.
pub const MOST_FILLED: usize = 4 << 20;

/// The problems of one file while it is read, and what may still be spent on it.
#[derive(Debug)]
pub struct Problems {
    file: SourcePath,
    found: Vec<Diagnostic>,
    suggestions: suggest::Budget,
    /// Bytes of code that may still be highlighted.
    highlighting: usize,
    /// What diagrams may still cost.
    drawing: usize,
    /// What texts of the file may name.
    variables: Arc<Variables>,
    /// Bytes that variables may still put into its texts.
    filling: usize,
    /// Who names a variable that there is not is told elsewhere.
    lenient: bool,
    /// The variables that it names, the first time each.
    named: BTreeMap<String, Span>,
}

impl Problems {
    /// None yet.
    pub fn new(file: &SourcePath) -> Self {
        Self {
            file: file.clone(),
            found: Vec::new(),
            suggestions: suggest::Budget::of_a_file(),
            highlighting: MOST_HIGHLIGHTED,
            drawing: MOST_DRAWN,
            variables: Arc::default(),
            filling: MOST_FILLED,
            lenient: false,
            named: BTreeMap::new(),
        }
    }

    /// Of a file whose texts may name these variables.
    pub fn with_variables(file: &SourcePath, variables: &Arc<Variables>) -> Self {
        Self { variables: Arc::clone(variables), ..Self::new(file) }
    }

    /// From now on the file may name these variables.
    pub fn may_name(&mut self, variables: &Arc<Variables>) {
        self.variables = Arc::clone(variables);
    }

    /// Of a file that may name variables that there are not.
    pub fn lenient(file: &SourcePath, variables: &Arc<Variables>) -> Self {
        Self { lenient: true, ..Self::with_variables(file, variables) }
    }

    /// A text with the values of the variables it names; one that there is not is reported.
    pub fn fill(&mut self, text: &str, span: Span) -> String {
        self.fill_with(text, span, &str::to_owned)
    }

    /// The same, each value written by `write`.
    pub fn fill_with(&mut self, text: &str, span: Span, write: &dyn Fn(&str) -> String) -> String {
        let variables = Arc::clone(&self.variables);
        // Written letter for letter, or so between quotation marks.
        let before = match span.range().len().checked_sub(text.len()) {
            Some(0) => Some(0),
            Some(2) => Some(1),
            _ => None,
        };
        let whole = span;
        let filled = Variables::fill(text, |name, at| {
            let place = |before: usize| Span::new(at.start, at.end).shift(whole.start as usize + before);
            let span = before.map_or(whole, place);
            self.named.entry(name.to_owned()).or_insert(span);
            let Some(value) = variables.get(name) else {
                if self.lenient {
                    return None;
                }
                let help = self.suggest(name, "variables", variables.names());
                let message = format!("there is no variable `{name}`");
                self.add(
                    Diagnostic::new(Code::UnknownVariable, &self.file, message)
                        .at(span)
                        .help(format!("{help}; `[variables]` in guidepost.toml declares them")),
                );
                return None;
            };
            let value = write(value);
            let left = self.filling.checked_sub(value.len());
            if left.is_none() && self.filling > 0 {
                let message = format!("variables put more than {} MiB into this file", MOST_FILLED >> 20);
                let help = "name them less often, or make several files of this one";
                self.add(Diagnostic::new(Code::TooLarge, &self.file, message).at(span).help(help));
            }
            self.filling = left.unwrap_or(0);
            left.map(|_| value)
        });
        filled.into_owned()
    }

    /// The variables that were named, with the place where each was named first.
    pub fn named(&mut self) -> BTreeMap<String, Span> {
        std::mem::take(&mut self.named)
    }

    /// The file being read.
    pub fn file(&self) -> &SourcePath {
        &self.file
    }

    /// Adds one. What concerns the file as a whole is told even when there are very many.
    pub fn add(&mut self, found: Diagnostic) {
        if self.found.len() < MOST_OF_A_FILE || found.span.is_none() {
            self.found.push(found);
        }
    }

    /// A help sentence about what may have been meant; one file gets only so many.
    pub fn suggest<'c>(
        &mut self,
        written: &str,
        what: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> String {
        self.suggestions.suggest(written, what, candidates)
    }

    /// What may have been meant, if anything comes near; one file gets only so many.
    pub fn nearest<'c>(
        &mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.suggestions.nearest(written, candidates)
    }

    /// Does the file's allowance for highlighted code bear another piece of it?
    pub fn may_highlight(&mut self, size: usize) -> bool {
        let left = self.highlighting.checked_sub(size);
        self.highlighting = left.unwrap_or(self.highlighting);
        left.is_some()
    }

    /// Does the file's allowance for diagrams bear another one of this cost?
    pub fn may_draw(&mut self, cost: usize) -> bool {
        let left = self.drawing.checked_sub(cost);
        self.drawing = left.unwrap_or(self.drawing);
        left.is_some()
    }

    /// All that were found.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}
