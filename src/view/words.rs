//! The words of one thing that can be found.

use super::block::Block;
use super::context::PageContext;
use crate::content::document::Text;
use crate::content::faq::Faq;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::html::{escape, escaped, without_marks};
use crate::content::prose::Prose;
use crate::site::handle::{ActivityRef, SiteRef};
use crate::span::SourcePath;

/// A small HTML document, as Pagefind reads it.
pub struct Words(String);

impl Words {
    /// Of a thing of some kind, which is found under these stages.
    pub fn new(site: SiteRef<'_>, kind: &str, title: &str, stages: impl IntoIterator<Item = String>) -> Self {
        let mut html =
            format!("<html lang=\"{}\"><body data-pagefind-body><h1>", escaped(&site.config().language));
        escape(title, &mut html);
        html.push_str(&format!("</h1><i data-pagefind-filter=\"kind:{kind}\"></i>"));
        html.push_str(&format!("<i data-pagefind-meta=\"kind:{kind}\"></i>"));
        for stage in stages {
            html.push_str("<i data-pagefind-ignore data-pagefind-filter=\"stage\">");
            escape(&stage, &mut html);
            html.push_str("</i>");
        }
        Self(html)
    }

    /// A heading with its anchor.
    pub fn heading(&mut self, level: u8, id: &str, text: &str) {
        self.0.push_str(&format!("<h{level} id=\"{}\">{}</h{level}>", escaped(id), escaped(text)));
    }

    /// A text without markup.
    pub fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.0.push_str(&format!("<p>{}</p>", escaped(text)));
        }
    }

    /// A text. What it embeds is found where that comes from.
    pub fn prose(&mut self, cx: &mut PageContext<'_>, file: &SourcePath, prose: &Prose) {
        if prose.words == 0 {
            return;
        }
        for block in cx.blocks(file, prose) {
            if let Block::Html { html } = block {
                self.0.push_str(&format!("<div>{}</div>", without_marks(&html)));
            }
        }
    }

    /// The text beside a framework's table.
    pub fn text(&mut self, cx: &mut PageContext<'_>, text: Option<&Text>) {
        let Some(text) = text else { return };
        for takeaway in &text.takeaways {
            self.prose(cx, &text.file, takeaway);
        }
        self.prose(cx, &text.file, &text.body);
        self.faq(cx, &text.file, &text.faq);
    }

    /// An activity: what it says, and the fields and questions it has.
    pub fn activity<'a>(&mut self, cx: &mut PageContext<'a>, activity: ActivityRef<'a>) {
        let (file, content) = (activity.cell.file(), activity.content);
        self.prose(cx, file, &content.text);
        self.prose(cx, file, &content.details);
        for question in &content.questions {
            self.prose(cx, file, &question.ask);
            question.criteria.iter().for_each(|criterion| self.prose(cx, file, criterion));
        }
        self.fields(cx, file, &content.own);
    }

    /// Values of a framework's own fields.
    pub fn fields(&mut self, cx: &mut PageContext<'_>, file: &SourcePath, values: &[FieldValue]) {
        for value in values {
            match &value.content {
                FieldContent::Markdown(text) => self.prose(cx, file, text),
                FieldContent::Text(text) => self.paragraph(text),
                FieldContent::List(items) => items.iter().for_each(|item| self.prose(cx, file, item)),
                FieldContent::Links(links) => {
                    links.iter().filter_map(|link| link.title.as_deref()).for_each(|t| self.paragraph(t));
                }
                FieldContent::Number(_) => {}
            }
        }
    }

    /// Questions and answers.
    pub fn faq(&mut self, cx: &mut PageContext<'_>, file: &SourcePath, faq: &[Faq]) {
        for entry in faq {
            self.heading(3, &entry.id, &entry.question);
            self.prose(cx, file, &entry.answer);
        }
    }

    /// The document.
    pub fn finish(mut self) -> String {
        self.0.push_str("</body></html>");
        self.0
    }
}
