//! Questions and answers.

use super::markdown::TextReader;
use super::prose::Prose;
use super::slug::slug;
use super::written::Written;
use crate::record;
use crate::span::Spanned;

record! {
    /// A question and its answer.
    pub struct FaqEntry ("a FAQ entry") {
        /// The question, without markup.
        question: Spanned<String>,
        /// The answer, in Markdown.
        answer: Written,
    }
}

/// A question with its answer, read.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Faq {
    /// Its anchor.
    pub id: String,
    /// The question as plain text.
    pub question: String,
    /// The answer.
    pub answer: Prose,
}

/// Reads questions and answers, with anchors that differ from all others of their page.
pub fn read(entries: &[FaqEntry], texts: &mut TextReader<'_>) -> Vec<Faq> {
    entries
        .iter()
        .map(|entry| Faq {
            id: texts.ids.unique(&slug(&entry.question.value)),
            answer: texts.part(&entry.answer),
            question: entry.question.value.clone(),
        })
        .collect()
}
