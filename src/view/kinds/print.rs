//! All pages of a section as one document, in order: for paper, and for reading away from the network.
//!
//! Ids of places begin with the page they come from, and links between the pages lead to them (`view/href.rs`).

use crate::content::document::Document;
use crate::content::html::escaped;
use crate::content::playbook::PhasePart;
use crate::content::prose::Heading;
use crate::site::handle::{FrameworkRef, PageRef};
use crate::site::pages::PageKind;
use crate::span::SourcePath;
use crate::view::block::Block;
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::table;
use crate::view::text::FaqView;
use serde::Serialize;

/// What ids of the section itself begin with: no page has this name.
const OWN: &str = ":";

/// The document of this section.
pub struct Print<'a>(pub PageRef<'a>);

/// A section as one document.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PrintPage {
    /// The section.
    pub section: Link,
    /// What its author says of it.
    pub lead: String,
    /// Its own text.
    pub own: Part,
    /// Its pages.
    pub parts: Vec<Part>,
}

/// A page within it.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct Part {
    /// Its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many sections it lies in.
    pub depth: usize,
    /// What it achieves or is about, as HTML.
    pub lead: String,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
}

impl<'a> Kind<'a> for Print<'a> {
    type View = PrintPage;
    const NAME: &'static str = "print";

    fn view(&self, cx: &mut PageContext<'a>) -> PrintPage {
        let section = self.0;
        let own = section
            .document()
            .map(|document| cx.as_part(section, OWN.to_owned(), |cx| cx.printed_text(document, OWN, 2)));
        let parts = section.in_print().into_iter().filter_map(|(page, depth)| {
            let (id, prefix) = (page.id_in_print(section)?, page.prefix_in_print(section)?);
            let part = match (page.kind, page.document()) {
                (PageKind::Framework(key), _) => cx.printed_framework(cx.site().framework(key), section),
                (_, Some(document)) => {
                    cx.as_part(page, prefix.clone(), |cx| cx.printed_text(document, &prefix, 3))
                }
                (_, None) => Part::default(),
            };
            Some(Part { id, title: page.title().to_owned(), depth, ..part })
        });
        let parts = parts.collect();
        PrintPage {
            lead: section.document().and_then(|d| d.front_matter.description.clone()).unwrap_or_default(),
            section: cx.link(section),
            own: own.unwrap_or_default(),
            parts,
        }
    }
}

impl<'a> PageContext<'a> {
    /// A text whose ids begin with `prefix` and whose headings begin with `level`.
    fn printed_text(&mut self, document: &Document, prefix: &str, level: u8) -> Part {
        let file = &document.file;
        let mut part = Part {
            lead: document.front_matter.description.as_deref().map(escaped).unwrap_or_default(),
            takeaways: self.sentences(file, &document.takeaways),
            ..Part::default()
        };
        if let Some(playbook) = &document.playbook {
            part.lead = self.html(file, &playbook.purpose);
        }
        part.blocks = self.blocks(file, &document.body.with_headings_from(level));
        for section in document.playbook.iter().flat_map(|playbook| &playbook.sections) {
            part.blocks.push(heading(&section.heading, prefix, level));
            let below = level.saturating_add(1);
            part.blocks.extend(self.blocks(file, &section.body.with_headings_from(below)));
            for phase in &section.phases {
                part.blocks.extend(phase.heading.as_ref().map(|one| heading(one, prefix, below)));
                for one in &phase.parts {
                    self.printed_phase(file, one, below.saturating_add(1), &mut part.blocks);
                }
            }
        }
        part.faq = self.faq(file, &document.faq);
        for question in &mut part.faq {
            question.id = format!("{prefix}{}", question.id);
        }
        part
    }

    /// Steps are a list with boxes to tick by hand.
    fn printed_phase(&mut self, file: &SourcePath, part: &PhasePart, level: u8, blocks: &mut Vec<Block>) {
        match part {
            PhasePart::Text(text) => blocks.extend(self.blocks(file, &text.with_headings_from(level))),
            PhasePart::Steps(steps) => {
                let items: String = steps
                    .iter()
                    .map(|step| {
                        format!("<li><span class=\"task\"></span>{}</li>\n", self.html(file, &step.text))
                    })
                    .collect();
                blocks.push(html(format!("<ul class=\"tasks\">\n{items}</ul>\n")));
            }
        }
    }

    /// A framework's tables: each cell in a line.
    fn printed_framework(&mut self, framework: FrameworkRef<'a>, section: PageRef<'a>) -> Part {
        let content = framework.content();
        let mut blocks = vec![Block::Stages { stages: table::stages(self, framework) }];
        for dimension in framework.dimensions() {
            let id = dimension.page().and_then(|page| page.id_in_print(section)).unwrap_or_default();
            let title = escaped(dimension.title());
            blocks.push(html(format!("<h3 id=\"{}\">{title}</h3>\n", escaped(&id))));
            let intro =
                self.part(&format!("{id}-"), 4, &dimension.content().file, &dimension.content().intro);
            blocks.extend(intro);
            blocks.push(Block::Table { table: table::dimension(self, dimension, None, table::cell) });
        }
        Part { lead: escaped(&content.summary), blocks, ..Part::default() }
    }
}

fn html(html: String) -> Block {
    Block::Html { html }
}

fn heading(heading: &Heading, prefix: &str, level: u8) -> Block {
    let (id, level) = (escaped(&format!("{prefix}{}", heading.id)), level.min(6));
    html(format!("<h{level} id=\"{id}\">{}</h{level}>\n", escaped(&heading.text)))
}
