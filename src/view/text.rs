//! What texts bring with them: questions, sentences to take away, a framework's own fields.

use super::block::Block;
use super::context::PageContext;
use super::link::LinkList;
use crate::content::document::Text;
use crate::content::faq::Faq;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::html::escaped;
use crate::content::prose::Prose;
use crate::site::outline::Outline;
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
    /// Its title is set in line, before its text.
    pub label: bool,
    /// A text of more than a line.
    pub blocks: Vec<Block>,
    /// A list of texts, as HTML.
    pub items: Vec<String>,
    /// A list of links.
    pub links: LinkList,
}

impl PageContext<'_> {
    /// The text beside a framework's table.
    pub fn text(&mut self, text: Option<&Text>) -> TextView {
        self.text_with(text, |cx, text, outline| {
            if outline.renamed.is_empty() && outline.taken.is_empty() {
                return cx.blocks(&text.file, &text.body);
            }
            let mut body = text.body.with_ids(&outline.renamed);
            body.keep_former_ids(|id| !outline.taken.contains(id));
            cx.blocks(&text.file, &body)
        })
    }

    /// A text that is a part of something on the page, as [`part`](Self::part) has it.
    pub fn text_within(&mut self, name: &str, level: u8, text: Option<&Text>) -> TextView {
        self.text_with(text, |cx, text, _| cx.part(name, level, &text.file, &text.body))
    }

    fn text_with(
        &mut self,
        text: Option<&Text>,
        body: impl FnOnce(&mut Self, &Text, &Outline) -> Vec<Block>,
    ) -> TextView {
        let Some(text) = text else { return TextView::default() };
        // What the framework named keeps its id; a heading that would share one has another.
        let has_ids = !(text.body.headings.is_empty() && text.faq.is_empty());
        let outline = if has_ids { self.page().outline() } else { Outline::default() };
        // In reading order: the first use of a term on a page becomes a link.
        let takeaways = self.sentences(&text.file, &text.takeaways);
        let blocks = body(self, text, &outline);
        let mut faq = self.faq(&text.file, &text.faq);
        for question in &mut faq {
            if let Some(id) = outline.renamed.get(&question.id) {
                question.id.clone_from(id);
            }
        }
        TextView { blocks, takeaways, faq }
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

    /// The framework's own fields of a thing: those in its table and those that its text gives.
    pub fn own(
        &mut self,
        name: &str,
        file: &SourcePath,
        values: &[FieldValue],
        text: Option<&Text>,
    ) -> Vec<FieldView> {
        let mut own = self.fields(name, file, values);
        if let Some(text) = text {
            own.extend(self.fields(name, &text.file, &text.own));
        }
        own
    }

    /// Values of a framework's own fields. `name` tells their ids from those of other parts of the page.
    pub fn fields(&mut self, name: &str, file: &SourcePath, values: &[FieldValue]) -> Vec<FieldView> {
        values.iter().map(|value| self.field(name, file, value)).collect()
    }

    fn field(&mut self, name: &str, file: &SourcePath, value: &FieldValue) -> FieldView {
        let mut view = FieldView {
            id: value.id.to_string(),
            title: value.title.clone(),
            label: value.label,
            html: String::new(),
            blocks: Vec::new(),
            items: Vec::new(),
            links: LinkList::default(),
        };
        match &value.content {
            // What is one paragraph stands in its line; a longer text is set as prose.
            FieldContent::Markdown(text) if text.html.starts_with('<') && text.html.contains("<p>") => {
                view.blocks = self.part(&format!("{name}-{}", value.id), 4, file, text);
            }
            FieldContent::Markdown(text) => view.html = self.html(file, text),
            FieldContent::Text(text) => view.html = escaped(text),
            FieldContent::Number(n) => view.html = n.to_string(),
            FieldContent::List(items) => {
                view.items = items.iter().map(|item| self.html(file, item)).collect();
            }
            FieldContent::Links(links) => view.links = self.listed(links),
        }
        view
    }
}
