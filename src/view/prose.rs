//! Texts as blocks: stretches of HTML, and between them what they embed.

use super::block::{Block, CellView, EmbeddedCell};
use super::context::PageContext;
use super::table;
use crate::content::html::escaped;
use crate::content::playbook::{Phase, PhasePart};
use crate::content::prose::Prose;
use crate::site::handle::{CellRef, PageRef};
use crate::site::links::section_of;
use crate::site::referent::Referent;
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

    /// A text that is a part of something on the page: its ids begin with `name`, and its headings with `level`.
    pub fn part(&mut self, name: &str, level: u8, file: &SourcePath, prose: &Prose) -> Vec<Block> {
        if prose.headings.is_empty() {
            return self.blocks(file, prose);
        }
        let below = prose.with_headings_from(level);
        self.within(name, None, |cx| cx.blocks(file, &below))
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
            Referent::Group(_) => return None,
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
        let place = referent.place()?;
        let title = referent.label();
        let chosen = |number: usize| activity.is_none_or(|chosen| chosen == number);
        let mut view = table::cell(self, cell);
        let mut number = 0;
        view.activities.retain(|_| {
            number += 1;
            chosen(number - 1)
        });
        let blocks = self.within(&format!("cell-{title}-"), Some(place.page), |cx| {
            let mut blocks = Vec::new();
            for (_, activity) in cell.activities().enumerate().filter(|(i, _)| chosen(*i)) {
                blocks.extend(cx.blocks(cell.file(), &activity.content.details));
            }
            if let Some(text) = cell.text().filter(|_| activity.is_none()) {
                blocks.extend(cx.blocks(&text.file, &text.body));
            }
            blocks
        });
        Some(EmbeddedCell { title, href: self.links().target(&place), cell: view, blocks })
    }

    fn embedded_text(&mut self, page: PageRef<'a>, anchor: Option<&str>) -> Option<Vec<Block>> {
        let document = page.document()?;
        Some(self.within(&format!("{}-", page.permalink.as_str()), Some(page.id()), |cx| {
            if let Some(anchor) = anchor {
                let section = section_of(page, anchor);
                let mut blocks =
                    section.map(|section| cx.blocks(&document.file, &section)).unwrap_or_default();
                let mut sections = document.playbook.iter().flat_map(|playbook| &playbook.sections);
                let process = sections.find(|section| section.heading.is_called(anchor));
                for phase in process.into_iter().flat_map(|section| &section.phases) {
                    cx.phase(&document.file, phase, &mut blocks);
                }
                return blocks;
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

impl PageContext<'_> {
    /// A phase of a playbook in a text: its steps are a list, since they are ticked off on the playbook's own page.
    fn phase(&mut self, file: &SourcePath, phase: &Phase, blocks: &mut Vec<Block>) {
        let html = |html: String| Block::Html { html };
        if let Some(heading) = &phase.heading {
            blocks.push(html(format!("<p><strong>{}</strong></p>\n", escaped(&heading.text))));
        }
        for part in &phase.parts {
            match part {
                PhasePart::Text(text) => blocks.extend(self.blocks(file, text)),
                PhasePart::Steps(steps) => {
                    blocks.push(html("<ul>\n".to_owned()));
                    for step in steps {
                        blocks.push(html("<li>".to_owned()));
                        blocks.extend(self.blocks(file, &step.text));
                        blocks.push(html("</li>\n".to_owned()));
                    }
                    blocks.push(html("</ul>\n".to_owned()));
                }
            }
        }
    }
}

fn flush(html: &mut String, blocks: &mut Vec<Block>) {
    if !html.trim().is_empty() {
        blocks.push(Block::Html { html: std::mem::take(html) });
    }
    html.clear();
}

/// A cell of which each activity has its details, and the last one the text of the cell's own. Their headings begin with
/// a level.
pub fn full_cell<'a, const LEVEL: u8>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> CellView {
    let count = cell.activities().len();
    let mut number = 0;
    table::cell_with(cx, cell, |cx, activity| {
        number += 1;
        // Prose is told on its own page, and the table leads there.
        if activity.content.is_prose() {
            return Vec::new();
        }
        let prefix = format!("{}-{}", cell.aspect().id(), activity.anchor());
        let mut details = cx.part(&prefix, LEVEL, cell.file(), &activity.content.details);
        if let Some(text) = cell.text().filter(|_| number == count) {
            details.extend(cx.part(&prefix, LEVEL, &text.file, &text.body));
        }
        details
    })
}
