//! `glossary.toml`: terms, their definitions, and where to read more.

use super::address::TermId;
use super::decode::Decode;
use super::markdown::{MarkdownOptions, TextReader};
use super::prose::Prose;
use super::value::toml;
use super::written::Written;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::record;
use crate::span::{SourcePath, Span, Spanned};

record! {
    /// The file as it is written.
    pub struct GlossaryFile ("the glossary") {
        /// The terms, in any order.
        terms: Vec<TermEntry>,
    }

    /// One term.
    pub struct TermEntry ("a term") {
        /// The word or phrase, as it is written in a sentence.
        term: Spanned<String>,
        /// Its identifier; a slug of the term when it is left out.
        id: Option<TermId>,
        /// One or two sentences, in Markdown.
        definition: Written,
        /// Other words for it that are recognised as well.
        aliases: Vec<Spanned<String>>,
        /// Where to read more: an address, or the URL of another site.
        link: Option<Spanned<String>>,
    }
}

/// All terms.
#[derive(Clone, Debug)]
pub struct Glossary {
    /// The file.
    pub file: SourcePath,
    /// In the order they are written.
    pub terms: Vec<Term>,
}

/// A term of the glossary.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its identifier.
    pub id: TermId,
    /// The word or phrase.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// What it means.
    pub definition: Prose,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Where to read more.
    pub link: Option<Spanned<String>>,
}

/// The longest word or phrase, in bytes.
const LONGEST_NAME: usize = 200;
/// How many words and phrases a glossary defines: all of them are looked for in every text at once.
const MOST_NAMES: usize = 4_000;

/// Counts words and phrases.
#[derive(Default)]
struct Names(usize);

impl Names {
    /// Can this be one more? Reports it when not.
    fn admit(&mut self, name: &Spanned<String>, problems: &mut Problems) -> bool {
        if name.value.len() > LONGEST_NAME {
            let message =
                format!("a term has at most {LONGEST_NAME} bytes; this one has {}", name.value.len());
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), message)
                    .at(name.span)
                    .help("name it as a sentence would; the definition has room for the rest"),
            );
            return false;
        }
        self.0 = self.0.saturating_add(1);
        if self.0 == MOST_NAMES.saturating_add(1) {
            let message = format!("a glossary has at most {MOST_NAMES} terms and aliases");
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), message)
                    .at(name.span)
                    .label("the first too many")
                    .help("leave out the words that readers know"),
            );
        }
        self.0 <= MOST_NAMES
    }
}

/// Reads a glossary.
pub fn parse(text: &str, file: &SourcePath, options: &MarkdownOptions) -> (Glossary, Problems) {
    let mut problems = Problems::with_variables(file, &options.variables);
    let root = toml::parse_file(text, &mut problems);
    let terms = GlossaryFile::decode(&root, &mut problems).map(|f| f.terms).unwrap_or_default();
    let mut names = Names::default();
    let mut texts = TextReader::new(text, options, &mut problems);
    let terms = terms
        .into_iter()
        .filter_map(|t| {
            names.admit(&t.term, texts.problems).then_some(())?;
            let aliases =
                t.aliases.into_iter().filter(|a| names.admit(a, texts.problems)).map(|a| a.value).collect();
            Some(Term {
                id: t.id.unwrap_or_else(|| TermId::from_title(&t.term.value)),
                name: t.term.value,
                span: t.term.span,
                definition: texts.line(&t.definition),
                aliases,
                link: t.link,
            })
        })
        .collect();
    (Glossary { file: file.clone(), terms }, problems)
}
