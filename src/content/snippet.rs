//! A text that is said once: `content/_snippets/NAME.md`, published only where it is embedded.
//!
//! It may name variables that the site does not have: an embed gives them as parameters. So it is read once for each set of
//! parameters, when all embeds are known.

use super::document::document_path;
use super::front_matter;
use super::markdown::{MarkdownOptions, Origin, TextReader, prose};
use super::prose::{Prose, Reference, SlotKind};
use super::value::Kind;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{SourcePath, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder of snippets below `content/`, and how their addresses begin.
pub const FOLDER: &str = "_snippets";

/// A snippet as it is written.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The file.
    pub file: SourcePath,
    /// Its address, such as `_snippets/support`.
    pub name: String,
    /// The variables and parameters that it names, with the place where each is named first.
    pub asks: BTreeMap<String, Span>,
    /// The files that it shows or links to, as written.
    pub paths: Vec<String>,
    text: Arc<str>,
    body_start: usize,
}

impl Snippet {
    /// Its text as it is written.
    pub fn source(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or_default().trim()
    }

    /// Reads it as an embed shows it: `options` has the values of its parameters among the variables.
    pub fn read(&self, options: &MarkdownOptions) -> (Prose, Vec<Diagnostic>) {
        let mut problems = Problems::lenient(&self.file, &options.variables);
        let body = self.text.get(self.body_start..).unwrap_or_default();
        let prose = prose(body, Origin::At(self.body_start), options, &mut problems);
        (prose, problems.finish())
    }
}

/// Reads a snippet's file. What is wrong with its text is told when it is embedded.
pub fn parse(text: &str, file: &SourcePath, options: &MarkdownOptions) -> (Snippet, Problems) {
    let mut problems = Problems::new(file);
    let parts = front_matter::split(text, &mut problems);
    if matches!(&parts.keys.kind, Kind::Table(table) if !table.0.is_empty()) {
        problems.add(
            Diagnostic::new(Code::UnknownKey, file, "a snippet has no front matter")
                .at(parts.keys.span.beginning())
                .help("delete it: a snippet is a part of the pages that embed it"),
        );
    }
    let mut aside = Problems::lenient(file, &Arc::default());
    let mut reader = TextReader::new(text, options, &mut aside);
    let events = reader.body(parts.body_start);
    let prose = reader.write(&events);
    let path = |kind: &SlotKind| match kind {
        SlotKind::Link(Reference::Path { path, .. }) | SlotKind::Image(Reference::Path { path, .. }, _) => {
            Some(path.clone())
        }
        SlotKind::Media(media) => match &media.file {
            Reference::Path { path, .. } => Some(path.clone()),
            _ => None,
        },
        _ => None,
    };
    let snippet = Snippet {
        file: file.clone(),
        name: document_path(file),
        asks: aside.named(),
        paths: prose.slots.iter().filter_map(|slot| path(&slot.kind)).collect(),
        text: text.into(),
        body_start: parts.body_start,
    };
    (snippet, problems)
}
