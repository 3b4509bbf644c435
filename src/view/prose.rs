//! Fills the slots of a text: links, images, embeds and glossary terms, as seen from one page.

use super::href::Links;
use super::table::{self, CellView, ComparisonView, StageSummary, StagesView, TableView};
use crate::content::framework::Cell;
use crate::content::html::{escape, escaped, plain};
use crate::content::prose::{Prose, Reference, SlotKind};
use crate::content::slug::Ids;
use crate::site::Site;
use crate::site::links::section_of;
use crate::site::pages::PageId;
use crate::site::resolve::{Destination, Referent};
use crate::span::SourcePath;
use serde::Serialize;
use std::collections::HashSet;

/// A stretch of a page's text.
#[derive(Clone, Debug, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(missing_docs)] // named after what they show
pub enum Block {
    Html { html: String },
    Table { table: TableView },
    Stages { stages: StagesView },
    Stage { stage: StageSummary },
    Comparison { comparison: ComparisonView },
    Cell { cell: EmbeddedCell },
    Text { title: String, href: String, blocks: Vec<Block> },
}

/// A cell shown on another page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct EmbeddedCell {
    /// What it is.
    pub title: String,
    /// Where it is told in full.
    pub href: String,
    /// Its short text.
    pub cell: CellView,
    /// Its details.
    pub blocks: Vec<Block>,
}

/// Fills texts for one page. It remembers which terms it has linked: the first use on a page is enough.
pub struct PageContext<'a> {
    site: &'a Site,
    page: PageId,
    links: Links<'a>,
    seen: HashSet<usize>,
    prefix: String,
    prefixes: Ids,
    quiet: bool,
    tables: usize,
    open: Vec<Referent>,
}

impl<'a> PageContext<'a> {
    /// For the page `page`.
    pub fn new(site: &'a Site, page: PageId) -> Self {
        Self {
            site,
            page,
            links: Links::new(site, page),
            seen: HashSet::new(),
            prefix: String::new(),
            prefixes: Ids::default(),
            quiet: false,
            tables: 0,
            open: Vec::new(),
        }
    }

    /// The site.
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// The framework the page belongs to.
    pub fn framework(&self) -> Option<usize> {
        self.site.framework_of(self.page)
    }

    /// Links as seen from the page.
    pub fn links(&self) -> Links<'a> {
        self.links
    }

    /// Leaves one term alone, for a text that defines it.
    pub fn know(&mut self, term: usize) {
        self.seen.insert(term);
    }

    /// Starts over with terms: each entry of a glossary is read on its own.
    pub fn forget_terms(&mut self) {
        self.seen.clear();
    }

    /// A text as blocks.
    pub fn blocks(&mut self, file: &SourcePath, prose: &Prose) -> Vec<Block> {
        let mut out = Vec::new();
        let mut html = String::with_capacity(prose.html.len() + prose.slots.len() * 40);
        self.fill(file, prose, &mut html, Some(&mut out));
        flush(&mut html, &mut out);
        out
    }

    /// A text as one piece of HTML; embeds become links.
    pub fn html(&mut self, file: &SourcePath, prose: &Prose) -> String {
        if prose.slots.is_empty() && prose.linkable.is_empty() {
            return prose.html.clone();
        }
        let mut html = String::with_capacity(prose.html.len() + 40);
        self.fill(file, prose, &mut html, None);
        html
    }

    /// A text as one piece of HTML in which no term becomes a link.
    pub fn quiet_html(&mut self, file: &SourcePath, prose: &Prose) -> String {
        self.quietly(|cx| cx.html(file, prose))
    }

    /// Fills texts in which no term becomes a link: in wide tables the links would be noise.
    pub fn quietly<T>(&mut self, fill: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.quiet, true);
        let filled = fill(self);
        self.quiet = outer;
        filled
    }

    /// An identifier for the next table of the page.
    pub fn next_table(&mut self) -> String {
        self.tables += 1;
        format!("table--{}", self.tables)
    }

    fn fill(
        &mut self,
        file: &SourcePath,
        prose: &Prose,
        html: &mut String,
        mut blocks: Option<&mut Vec<Block>>,
    ) {
        let terms = if self.quiet { Vec::new() } else { self.site.terms.occurrences(prose) };
        let mut terms = terms.into_iter().peekable();
        let mut at = 0;
        for slot in &prose.slots {
            let upto = slot.at as usize;
            self.copy(prose, at, upto, &mut terms, html);
            at = upto;
            match &slot.kind {
                SlotKind::Link(reference) => self.link(reference, file, html),
                SlotKind::Label(Reference::Address(address)) => {
                    if let Ok(referent) = self.site.resolve(address) {
                        escape(&self.site.label(&referent), html);
                    }
                }
                SlotKind::Label(_) => {}
                SlotKind::Image(reference) => self.image(reference, file, html),
                SlotKind::IdPrefix => html.push_str(&self.prefix),
                SlotKind::Embed(address) => {
                    let Ok(referent) = self.site.resolve(address) else { continue };
                    match blocks.as_deref_mut() {
                        Some(blocks) => {
                            flush(html, blocks);
                            blocks.extend(self.embed(&referent));
                        }
                        None => {
                            if let Some(target) = self.site.place(&referent) {
                                let label = escaped(&self.site.label(&referent));
                                html.push_str(&format!(
                                    "<a href=\"{}\">{label}</a>",
                                    self.links.target(&target)
                                ));
                            }
                        }
                    }
                }
            }
        }
        self.copy(prose, at, prose.html.len(), &mut terms, html);
    }

    /// Copies a stretch of HTML, the first use of each term made a link.
    fn copy(
        &mut self,
        prose: &Prose,
        from: usize,
        to: usize,
        terms: &mut std::iter::Peekable<std::vec::IntoIter<crate::site::terms::Found>>,
        html: &mut String,
    ) {
        let mut at = from;
        while let Some(found) = terms.next_if(|t| t.start < to) {
            if found.start < at || found.end > to || !self.seen.insert(found.term) {
                continue;
            }
            let Some(term) = self.site.glossary.as_ref().and_then(|g| g.terms.get(found.term)) else {
                continue;
            };
            let Some(target) = self.site.place(&Referent::Term(found.term)) else { continue };
            html.push_str(&prose.html[at..found.start]);
            html.push_str("<a class=\"term\" href=\"");
            html.push_str(&self.links.target(&target));
            html.push_str("\" title=\"");
            escape(&plain(&term.definition.html), html);
            html.push_str("\">");
            html.push_str(&prose.html[found.start..found.end]);
            html.push_str("</a>");
            at = found.end;
        }
        html.push_str(&prose.html[at..to]);
    }

    fn link(&self, reference: &Reference, file: &SourcePath, html: &mut String) {
        // Within an embedded text, its own headings go by prefixed ids.
        if let (Reference::Anchor(anchor), false) = (reference, self.prefix.is_empty()) {
            html.push_str(&format!(" href=\"#{}{}\"", self.prefix, escaped(anchor)));
            return;
        }
        let Ok(destination) = self.site.destination(reference, file, self.page) else { return };
        html.push_str(" href=\"");
        match destination {
            Destination::External(url) => escape(&url, html),
            Destination::Page(target) => escape(&self.links.target(&target), html),
            Destination::Asset(i) => escape(&self.links.path(self.site.assets[i].permalink.as_str()), html),
        }
        html.push('"');
    }

    fn image(&self, reference: &Reference, file: &SourcePath, html: &mut String) {
        let Ok(Destination::Asset(i)) = self.site.destination(reference, file, self.page) else { return };
        let asset = &self.site.assets[i];
        html.push_str(&format!(" src=\"{}\"", escaped(&self.links.path(asset.permalink.as_str()))));
        if let Some((width, height)) = asset.size {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
    }

    fn embed(&mut self, referent: &Referent) -> Option<Block> {
        // The site reports circles; this guard only keeps a wrong one from running forever.
        if self.open.contains(referent) {
            return None;
        }
        self.open.push(referent.clone());
        let block = self.embedded(referent);
        self.open.pop();
        block
    }

    fn embedded(&mut self, referent: &Referent) -> Option<Block> {
        let site = self.site;
        Some(match referent {
            Referent::Framework(f, _) => Block::Stages { stages: table::stages(self, *f) },
            Referent::Stage(f, s, _) => Block::Stage { stage: table::stage_summary(self, *f, *s) },
            Referent::Comparison(f, a, b) => {
                Block::Comparison { comparison: table::comparison(self, *f, *a, *b) }
            }
            Referent::Dimension(f, d, range, _) => {
                Block::Table { table: table::dimension(self, *f, *d, None, *range, false) }
            }
            Referent::Aspect(f, d, a, range, _) => {
                Block::Table { table: table::dimension(self, *f, *d, Some(*a), *range, false) }
            }
            Referent::Cell(f, d, a, s, activity) => {
                let dimension = &site.frameworks[*f].dimensions[*d];
                let file = &dimension.content.file;
                let cell = dimension.aspects[*a].cell(*s);
                let cell = match activity {
                    Some(i) => Cell { activities: vec![cell.activities[*i].clone()], ..cell.clone() },
                    None => cell.clone(),
                };
                let mut blocks = Vec::new();
                self.within(&format!("cell-{}-", site.label(referent)), |cx| {
                    for activity in &cell.activities {
                        blocks.extend(cx.blocks(file, &activity.details.prose));
                    }
                    if let Some(text) = dimension.aspects[*a].cell_texts.get(s).filter(|_| activity.is_none())
                    {
                        blocks.extend(cx.blocks(&text.file, &text.body));
                    }
                });
                Block::Cell {
                    cell: EmbeddedCell {
                        title: site.label(referent),
                        href: self.links.target(&site.place(referent)?),
                        cell: table::cell(self, file, &cell),
                        blocks,
                    },
                }
            }
            Referent::Term(t) => {
                let glossary = site.glossary.as_ref()?;
                let html = self.html(&glossary.file, &glossary.terms[*t].definition);
                Block::Html { html: format!("<p>{html}</p>\n") }
            }
            Referent::Page(node, anchor) => {
                let page = site.document_of(*node)?;
                let mut blocks = Vec::new();
                self.within(&format!("{}-", site.page(*node).permalink.as_str()), |cx| {
                    if let Some(anchor) = anchor {
                        if let Some(section) = section_of(site, *node, anchor) {
                            blocks = cx.blocks(&page.file, &section);
                        }
                    } else {
                        if let Some(playbook) = &page.playbook {
                            let purpose = cx.html(&page.file, &playbook.purpose);
                            blocks.push(Block::Html {
                                html: format!(
                                    "<p>{purpose}</p>
                "
                                ),
                            });
                        }
                        blocks.extend(cx.blocks(&page.file, &page.body));
                    }
                });
                Block::Text {
                    title: site.label(referent),
                    href: self.links.target(&site.place(referent)?),
                    blocks,
                }
            }
        })
    }

    /// Fills texts of another page: their ids get a prefix that keeps them apart from this page's.
    pub fn within(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        let prefix = format!("{}{}", self.prefix, crate::content::slug::slug(name));
        // The same text may be embedded twice.
        let prefix = self.prefixes.unique(&prefix) + "-";
        let outer = std::mem::replace(&mut self.prefix, prefix);
        fill(self);
        self.prefix = outer;
    }
}

fn flush(html: &mut String, blocks: &mut Vec<Block>) {
    if !html.trim().is_empty() {
        blocks.push(Block::Html { html: std::mem::take(html) });
    }
    html.clear();
}
