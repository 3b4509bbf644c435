//! What texts bring with them: questions, sentences to take away, a framework's own fields.

use super::block::Block;
use super::context::PageContext;
use super::link::Link;
use crate::content::document::Text;
use crate::content::faq::Faq;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::html::escaped;
use crate::content::prose::Prose;
use crate::span::SourcePath;
use serde::Serialize;

/// The text beside a framework's table.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct TextView {
    /// The text.
    pub blocks: Vec<Block>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
}

/// A question and its answer.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FaqView {
    /// Its anchor.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub blocks: Vec<Block>,
}

/// What every page of a Markdown file has.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DocumentView {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// A value of a field that a framework declared.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FieldView {
    /// The field's identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A text as HTML; empty for lists.
    pub html: String,
    /// A list of texts.
    pub items: Vec<String>,
    /// A list of links.
    pub links: Vec<Link>,
}

impl PageContext<'_> {
    /// The text beside a framework's table.
    pub fn text(&mut self, text: Option<&Text>) -> TextView {
        let Some(text) = text else { return TextView::default() };
        TextView {
            takeaways: self.sentences(&text.file, &text.takeaways),
            blocks: self.blocks(&text.file, &text.body),
            faq: self.faq(&text.file, &text.faq),
        }
    }

    /// The text of the page's own Markdown file.
    pub fn document(&mut self) -> DocumentView {
        match self.page().document() {
            Some(document) => DocumentView {
                takeaways: self.sentences(&document.file, &document.takeaways),
                blocks: self.blocks(&document.file, &document.body),
                faq: self.faq(&document.file, &document.faq),
                extra: document.front_matter.extra.to_json(),
            },
            None => DocumentView {
                blocks: Vec::new(),
                takeaways: Vec::new(),
                faq: Vec::new(),
                extra: serde_json::Value::Object(serde_json::Map::new()),
            },
        }
    }

    /// Short texts, each as HTML.
    pub fn sentences(&mut self, file: &SourcePath, texts: &[Prose]) -> Vec<String> {
        texts.iter().map(|text| self.html(file, text)).collect()
    }

    /// Questions and answers.
    pub fn faq(&mut self, file: &SourcePath, entries: &[Faq]) -> Vec<FaqView> {
        let view = |entry: &Faq| FaqView {
            id: entry.id.clone(),
            question: entry.question.clone(),
            blocks: self.blocks(file, &entry.answer),
        };
        entries.iter().map(view).collect()
    }

    /// Values of a framework's own fields.
    pub fn fields(&mut self, file: &SourcePath, values: &[FieldValue]) -> Vec<FieldView> {
        let view = |value: &FieldValue| {
            let mut view = FieldView {
                id: value.id.to_string(),
                title: value.title.clone(),
                html: String::new(),
                items: Vec::new(),
                links: Vec::new(),
            };
            match &value.content {
                FieldContent::Markdown(prose) => view.html = self.html(file, prose),
                FieldContent::Text(text) => view.html = escaped(text),
                FieldContent::Number(n) => view.html = n.to_string(),
                FieldContent::List(items) => view.items.clone_from(items),
                FieldContent::Links(links) => view.links = self.addresses(links),
            }
            view
        };
        values.iter().map(view).collect()
    }
}
