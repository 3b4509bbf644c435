//! What the search knows of each page: its own words, without what surrounds them or is shown elsewhere too.
//!
//! A record is made from the site and not from the rendered page, so a change of the theme needs no new index,
//! and a cell of a framework is found where it is explained and not in every table that shows it.

use super::frame::standalone_title;
use super::prose::{Block, Filler};
use crate::content::markdown::{Prose, escape, escaped};
use crate::content::page::{Faq, Page, Text};
use crate::content::playbook::PhasePart;
use crate::site::Site;
use crate::site::framework::Change;
use crate::site::nodes::{Kind, NodeId};
use crate::site::resolve::Referent;
use crate::span::SourcePath;

/// One thing that can be found.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it lies, from the site's root.
    pub url: String,
    /// Its words as a small HTML document, headings with their anchors.
    pub html: String,
}

fn kind_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Stage(..) => "Stage",
        Kind::Dimension(..) => "Dimension",
        Kind::Aspect(..) => "Aspect",
        Kind::Page(_) => "Guide",
        Kind::Playbook(_) => "Playbook",
        Kind::Framework(_) => "Framework",
        _ => return None,
    })
}

/// All records, in the order of the site.
pub fn records(site: &Site) -> Vec<Record> {
    let mut records: Vec<Record> = (0..site.nodes.len()).filter_map(|i| page(site, NodeId(i))).collect();
    if let (Some(glossary), Some(id)) = (&site.glossary, site.find(Kind::Glossary)) {
        let mut filler = Filler::new(site, id);
        for term in &glossary.terms {
            let mut text = Document::new(site, "Term", &term.name, &[]);
            if !term.aliases.is_empty() {
                text.paragraph(&escaped(&term.aliases.join(", ")));
            }
            text.paragraph(&filler.quiet_html(&glossary.file, &term.definition));
            records.push(Record {
                url: format!("{}#{}", site.node(id).permalink.as_str(), term.id),
                html: text.finish(),
            });
        }
    }
    records
}

fn page(site: &Site, id: NodeId) -> Option<Record> {
    let node = site.node(id);
    let kind = kind_of(node.kind)?;
    if site.page_of(id).is_some_and(|p| p.matter.search == Some(false)) {
        return None;
    }
    let mut filler = Filler::new(site, id);
    let html = filler.quietly(|filler| match node.kind {
        Kind::Framework(f) => framework(filler, kind, id, f),
        Kind::Stage(f, s) => {
            let stage = &site.frameworks[f].stages()[s];
            let title = match &stage.name {
                Some(name) => format!("{}: {name}", stage.title),
                None => stage.title.clone(),
            };
            let mut doc = Document::new(site, kind, &title, std::slice::from_ref(&stage.title));
            doc.paragraph(&escaped(stage.summary.as_deref().unwrap_or_default()));
            for (name, value) in &stage.facts {
                doc.paragraph(&escaped(&format!("{name}: {value}")));
            }
            doc.text(filler, site.text_of(id));
            doc.finish()
        }
        Kind::Dimension(f, d) => {
            let c = &site.frameworks[f].dimensions[d].content;
            let mut doc = Document::new(site, kind, &c.title, &[]);
            doc.prose(filler, &c.file, &c.intro);
            if let Some(takeaway) = &c.takeaway {
                doc.prose(filler, &c.file, takeaway);
            }
            doc.text(filler, site.text_of(id));
            doc.finish()
        }
        Kind::Aspect(..) => aspect(filler, kind, id),
        _ => site.page_of(id).map(|page| written(filler, kind, id, page)).unwrap_or_default(),
    });
    Some(Record { url: node.permalink.as_str().to_owned(), html })
}

fn framework(filler: &mut Filler<'_>, kind: &str, id: NodeId, f: usize) -> String {
    let site = filler.site();
    let c = &*site.frameworks[f].content;
    let mut doc = Document::new(site, kind, &c.title, &[]);
    doc.paragraph(&escaped(&c.summary));
    doc.text(filler, site.text_of(id));
    if !c.decisions.is_empty() {
        doc.heading(2, "decisions", "Before you build");
    }
    for decision in &c.decisions {
        doc.paragraph(&escaped(&decision.ask));
        doc.prose(filler, &c.file, &decision.why);
    }
    doc.faq(filler, &c.file, &c.faq);
    doc.finish()
}

fn aspect(filler: &mut Filler<'_>, kind: &str, id: NodeId) -> String {
    let site = filler.site();
    let Kind::Aspect(f, d, a) = site.node(id).kind else { return String::new() };
    let framework = &site.frameworks[f];
    let file = &framework.dimensions[d].content.file;
    let aspect = &framework.dimensions[d].aspects[a];
    // An aspect is found under the stages that ask for something they did not ask for before.
    let asks = |s: usize| match s.checked_sub(1) {
        Some(before) => matches!(aspect.change(before, s), Change::New | Change::Changed),
        None => !aspect.cell(s).is_nothing(),
    };
    let stages: Vec<String> = framework
        .stages()
        .iter()
        .enumerate()
        .filter(|(s, _)| asks(*s))
        .map(|(_, stage)| stage.title.clone())
        .collect();
    let mut doc = Document::new(site, kind, &standalone_title(site, id), &stages);
    doc.prose(filler, file, &aspect.content().description);
    for (s, stage) in framework.stages().iter().enumerate() {
        let cell = aspect.cell(s);
        if cell.is_nothing() {
            continue;
        }
        doc.heading(2, stage.id.as_str(), &stage.title);
        for activity in &cell.activities {
            doc.prose(filler, file, &activity.text);
            doc.prose(filler, file, &activity.details);
        }
        doc.text(filler, aspect.cell_texts.get(&s).map(|t| &**t));
    }
    doc.text(filler, site.text_of(id));
    doc.finish()
}

/// A guide or a playbook.
fn written(filler: &mut Filler<'_>, kind: &str, id: NodeId, page: &Page) -> String {
    let site = filler.site();
    let file = &page.file;
    let stages: Vec<String> = page
        .matter
        .stages
        .iter()
        .filter_map(|name| match site.resolve(&name.value.0) {
            Ok(Referent::Stage(f, s, _)) => Some(site.frameworks[f].stages()[s].title.clone()),
            _ => None,
        })
        .collect();
    let mut doc = Document::new(site, kind, &site.node(id).title, &stages);
    if let Some(playbook) = &page.playbook {
        doc.prose(filler, file, &playbook.purpose);
        if let Some(when) = &playbook.when_to_use {
            doc.prose(filler, file, when);
        }
    } else {
        doc.paragraph(&escaped(page.matter.description.as_deref().unwrap_or_default()));
    }
    for takeaway in &page.takeaways {
        doc.prose(filler, file, takeaway);
    }
    doc.prose(filler, file, &page.body);
    for section in page.playbook.iter().flat_map(|p| &p.sections) {
        doc.heading(2, &section.heading.id, &section.heading.text);
        doc.prose(filler, file, &section.body);
        for phase in &section.phases {
            if let Some(heading) = &phase.heading {
                doc.heading(3, &heading.id, &heading.text);
            }
            for part in &phase.parts {
                match part {
                    PhasePart::Text(text) => doc.prose(filler, file, text),
                    PhasePart::Steps(steps) => {
                        for step in steps {
                            doc.prose(filler, file, &step.text);
                        }
                    }
                }
            }
        }
    }
    doc.faq(filler, file, &page.faq);
    doc.finish()
}

/// A small HTML document, as Pagefind reads it.
struct Document(String);

impl Document {
    fn new(site: &Site, kind: &str, title: &str, stages: &[String]) -> Self {
        let mut html =
            format!("<html lang=\"{}\"><body data-pagefind-body><h1>", escaped(&site.config.language));
        escape(title, &mut html);
        html.push_str(&format!("</h1><i data-pagefind-filter=\"kind:{kind}\"></i>"));
        html.push_str(&format!("<i data-pagefind-meta=\"kind:{kind}\"></i>"));
        for stage in stages {
            html.push_str("<i data-pagefind-ignore data-pagefind-filter=\"stage\">");
            escape(stage, &mut html);
            html.push_str("</i>");
        }
        Self(html)
    }

    fn heading(&mut self, level: u8, id: &str, text: &str) {
        self.0.push_str(&format!("<h{level} id=\"{}\">{}</h{level}>", escaped(id), escaped(text)));
    }

    fn paragraph(&mut self, html: &str) {
        if !html.is_empty() {
            self.0.push_str(&format!("<p>{html}</p>"));
        }
    }

    /// What is embedded is found where it comes from.
    fn prose(&mut self, filler: &mut Filler<'_>, file: &SourcePath, prose: &Prose) {
        if prose.words == 0 {
            return;
        }
        for block in filler.blocks(file, prose) {
            if let Block::Html { html } = block {
                self.0.push_str(&format!("<div>{html}</div>"));
            }
        }
    }

    fn text(&mut self, filler: &mut Filler<'_>, text: Option<&Text>) {
        let Some(text) = text else { return };
        for takeaway in &text.takeaways {
            self.prose(filler, &text.file, takeaway);
        }
        self.prose(filler, &text.file, &text.body);
        self.faq(filler, &text.file, &text.faq);
    }

    fn faq(&mut self, filler: &mut Filler<'_>, file: &SourcePath, faq: &[Faq]) {
        for entry in faq {
            self.heading(3, &entry.id, &entry.question);
            self.prose(filler, file, &entry.answer);
        }
    }

    fn finish(mut self) -> String {
        self.0.push_str("</body></html>");
        self.0
    }
}
