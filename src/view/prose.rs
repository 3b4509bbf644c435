//! Texts as blocks: stretches of HTML, and between them what they embed.

use super::block::{Block, CellView, EmbeddedCell};
use super::context::PageContext;
use super::table;
use crate::content::framework::Cell;
use crate::content::prose::Prose;
use crate::site::handle::{CellRef, PageRef};
use crate::site::links::section_of;
use crate::site::resolve::Referent;
use crate::span::SourcePath;

impl<'a> PageContext<'a> {
    /// A text as blocks.
    pub fn blocks(&mut self, file: &SourcePath, prose: &Prose) -> Vec<Block> {
        let mut out = Vec::new();
        let mut html = String::with_capacity(prose.html.len() + prose.slots.len() * 40);
        self.fill(file, prose, &mut html, &mut |cx, referent, html| {
            flush(html, &mut out);
            out.extend(cx.once(referent, Self::embedded));
        });
        flush(&mut html, &mut out);
        out
    }

    fn embedded(&mut self, referent: &Referent<'a>) -> Option<Block> {
        Some(match referent {
            Referent::Framework(framework, _) => Block::Stages { stages: table::stages(self, *framework) },
            Referent::Stage(stage, _) => Block::Stage { stage: table::stage_summary(self, *stage) },
            Referent::Comparison(comparison) => {
                Block::Comparison { comparison: table::comparison(self, *comparison) }
            }
            Referent::Dimension(dimension, range, _) => {
                Block::Table { table: table::dimension(self, *dimension, *range, table::cell) }
            }
            Referent::Aspect(aspect, range, _) => {
                Block::Table { table: table::aspect(self, *aspect, *range, table::cell) }
            }
            Referent::Cell(cell, activity) => {
                Block::Cell { cell: self.embedded_cell(*cell, *activity, referent)? }
            }
            Referent::Term(term) => {
                let glossary = self.site().glossary()?;
                let html = self.html(&glossary.file, &term.content()?.definition);
                Block::Html { html: format!("<p>{html}</p>\n") }
            }
            Referent::Page(page, anchor) => Block::Text {
                blocks: self.embedded_text(*page, anchor.as_deref())?,
                title: referent.label(),
                href: self.links().target(&referent.place()?),
            },
        })
    }

    fn embedded_cell(
        &mut self,
        cell: CellRef<'a>,
        activity: Option<usize>,
        referent: &Referent<'a>,
    ) -> Option<EmbeddedCell> {
        let file = cell.file();
        let content = cell.content();
        let chosen = activity.and_then(|i| content.activities.get(i));
        let content = match chosen {
            Some(activity) => Cell { activities: vec![activity.clone()], ..content.clone() },
            None => content.clone(),
        };
        let title = referent.label();
        let blocks = self.within(&format!("cell-{title}-"), |cx| {
            let mut blocks = Vec::new();
            for activity in &content.activities {
                blocks.extend(cx.blocks(file, &activity.details));
            }
            if let Some(text) = cell.text().filter(|_| chosen.is_none()) {
                blocks.extend(cx.blocks(&text.file, &text.body));
            }
            blocks
        });
        let href = self.links().target(&referent.place()?);
        Some(EmbeddedCell { title, href, cell: table::cell_of(self, file, &content), blocks })
    }

    fn embedded_text(&mut self, page: PageRef<'a>, anchor: Option<&str>) -> Option<Vec<Block>> {
        let document = page.document()?;
        Some(self.within(&format!("{}-", page.permalink.as_str()), |cx| {
            if let Some(anchor) = anchor {
                let section = section_of(page, anchor);
                return section.map(|section| cx.blocks(&document.file, &section)).unwrap_or_default();
            }
            let mut blocks = Vec::new();
            if let Some(playbook) = &document.playbook {
                let purpose = cx.html(&document.file, &playbook.purpose);
                blocks.push(Block::Html { html: format!("<p>{purpose}</p>\n") });
            }
            blocks.extend(cx.blocks(&document.file, &document.body));
            blocks
        }))
    }
}

fn flush(html: &mut String, blocks: &mut Vec<Block>) {
    if !html.trim().is_empty() {
        blocks.push(Block::Html { html: std::mem::take(html) });
    }
    html.clear();
}

/// A cell with its details, and the text of a file of its own.
pub fn full_cell<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> CellView {
    let mut view = table::cell(cx, cell);
    let number = cell.stage().number() - 1;
    view.details = cx.within(&format!("{}-{number}", cell.aspect().id()), |cx| {
        let mut details = Vec::new();
        for activity in &cell.content().activities {
            details.extend(cx.blocks(cell.file(), &activity.details));
        }
        if let Some(text) = cell.text() {
            details.extend(cx.blocks(&text.file, &text.body));
        }
        details
    });
    view
}
