//! What the search knows of each page: its own words, without what surrounds them or is shown elsewhere too.
//!
//! A record is made from the site and not from the rendered page, so a change of the theme needs no new index,
//! and a cell of a framework is found where it is explained and not in every table that shows it.

use super::frame::standalone_title;
use super::prose::{Block, PageContext};
use crate::content::document::{Document, Text};
use crate::content::faq::Faq;
use crate::content::html::{escape, escaped};
use crate::content::playbook::PhasePart;
use crate::content::prose::Prose;
use crate::site::Site;
use crate::site::framework::Change;
use crate::site::pages::{PageId, PageKind};
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

fn kind_of(kind: PageKind) -> Option<&'static str> {
    Some(match kind {
        PageKind::Stage(..) => "Stage",
        PageKind::Dimension(..) => "Dimension",
        PageKind::Aspect(..) => "Aspect",
        PageKind::Guide(_) => "Guide",
        PageKind::Playbook(_) => "Playbook",
        PageKind::Framework(_) => "Framework",
        _ => return None,
    })
}

/// All records, in the order of the site.
pub fn records(site: &Site) -> Vec<Record> {
    let mut records: Vec<Record> = (0..site.pages.len()).filter_map(|i| page(site, PageId(i))).collect();
    if let (Some(glossary), Some(id)) = (&site.glossary, site.find(PageKind::Glossary)) {
        let mut cx = PageContext::new(site, id);
        for term in &glossary.terms {
            let mut text = Words::new(site, "Term", &term.name, &[]);
            if !term.aliases.is_empty() {
                text.paragraph(&escaped(&term.aliases.join(", ")));
            }
            text.paragraph(&cx.quiet_html(&glossary.file, &term.definition));
            records.push(Record {
                url: format!("{}#{}", site.page(id).permalink.as_str(), term.id),
                html: text.finish(),
            });
        }
    }
    records
}

fn page(site: &Site, id: PageId) -> Option<Record> {
    let node = site.page(id);
    let kind = kind_of(node.kind)?;
    if site.document_of(id).is_some_and(|p| p.front_matter.search == Some(false)) {
        return None;
    }
    let mut cx = PageContext::new(site, id);
    let html = cx.quietly(|cx| match node.kind {
        PageKind::Framework(f) => framework(cx, kind, id, f),
        PageKind::Stage(f, s) => {
            let stage = &site.frameworks[f].stages()[s];
            let title = match &stage.name {
                Some(name) => format!("{}: {name}", stage.title),
                None => stage.title.clone(),
            };
            let mut doc = Words::new(site, kind, &title, std::slice::from_ref(&stage.title));
            doc.paragraph(&escaped(stage.summary.as_deref().unwrap_or_default()));
            for (name, value) in &stage.facts {
                doc.paragraph(&escaped(&format!("{name}: {value}")));
            }
            doc.text(cx, site.text_of(id));
            doc.finish()
        }
        PageKind::Dimension(f, d) => {
            let c = &site.frameworks[f].dimensions[d].content;
            let mut doc = Words::new(site, kind, &c.title, &[]);
            doc.prose(cx, &c.file, &c.intro.prose);
            if let Some(takeaway) = &c.takeaway {
                doc.prose(cx, &c.file, takeaway);
            }
            doc.text(cx, site.text_of(id));
            doc.finish()
        }
        PageKind::Aspect(..) => aspect(cx, kind, id),
        _ => site.document_of(id).map(|page| written(cx, kind, id, page)).unwrap_or_default(),
    });
    Some(Record { url: node.permalink.as_str().to_owned(), html })
}

fn framework(cx: &mut PageContext<'_>, kind: &str, id: PageId, f: usize) -> String {
    let site = cx.site();
    let c = &*site.frameworks[f].content;
    let mut doc = Words::new(site, kind, &c.title, &[]);
    doc.paragraph(&escaped(&c.summary));
    doc.text(cx, site.text_of(id));
    if !c.decisions.is_empty() {
        doc.heading(2, "decisions", "Before you build");
    }
    for decision in &c.decisions {
        doc.paragraph(&escaped(&decision.ask));
        doc.prose(cx, &c.file, &decision.why);
    }
    doc.faq(cx, &c.file, &c.faq);
    doc.finish()
}

fn aspect(cx: &mut PageContext<'_>, kind: &str, id: PageId) -> String {
    let site = cx.site();
    let PageKind::Aspect(f, d, a) = site.page(id).kind else { return String::new() };
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
    let mut doc = Words::new(site, kind, &standalone_title(site, id), &stages);
    doc.prose(cx, file, &aspect.content().description.prose);
    for (s, stage) in framework.stages().iter().enumerate() {
        let cell = aspect.cell(s);
        if cell.is_nothing() {
            continue;
        }
        doc.heading(2, stage.id.as_str(), &stage.title);
        for activity in &cell.activities {
            doc.prose(cx, file, &activity.text.prose);
            doc.prose(cx, file, &activity.details.prose);
        }
        doc.text(cx, aspect.cell_texts.get(&s).map(|t| &**t));
    }
    doc.text(cx, site.text_of(id));
    doc.finish()
}

/// A guide or a playbook.
fn written(cx: &mut PageContext<'_>, kind: &str, id: PageId, page: &Document) -> String {
    let site = cx.site();
    let file = &page.file;
    let stages: Vec<String> = page
        .front_matter
        .stages
        .iter()
        .filter_map(|name| match site.resolve(&name.value.0) {
            Ok(Referent::Stage(f, s, _)) => Some(site.frameworks[f].stages()[s].title.clone()),
            _ => None,
        })
        .collect();
    let mut doc = Words::new(site, kind, &site.page(id).title, &stages);
    if let Some(playbook) = &page.playbook {
        doc.prose(cx, file, &playbook.purpose);
        if let Some(when) = &playbook.when_to_use {
            doc.prose(cx, file, when);
        }
    } else {
        doc.paragraph(&escaped(page.front_matter.description.as_deref().unwrap_or_default()));
    }
    for takeaway in &page.takeaways {
        doc.prose(cx, file, takeaway);
    }
    doc.prose(cx, file, &page.body);
    for section in page.playbook.iter().flat_map(|p| &p.sections) {
        doc.heading(2, &section.heading.id, &section.heading.text);
        doc.prose(cx, file, &section.body);
        for phase in &section.phases {
            if let Some(heading) = &phase.heading {
                doc.heading(3, &heading.id, &heading.text);
            }
            for part in &phase.parts {
                match part {
                    PhasePart::Text(text) => doc.prose(cx, file, text),
                    PhasePart::Steps(steps) => {
                        for step in steps {
                            doc.prose(cx, file, &step.text);
                        }
                    }
                }
            }
        }
    }
    doc.faq(cx, file, &page.faq);
    doc.finish()
}

/// A small HTML document, as Pagefind reads it.
struct Words(String);

impl Words {
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
    fn prose(&mut self, cx: &mut PageContext<'_>, file: &SourcePath, prose: &Prose) {
        if prose.words == 0 {
            return;
        }
        for block in cx.blocks(file, prose) {
            if let Block::Html { html } = block {
                self.0.push_str(&format!("<div>{html}</div>"));
            }
        }
    }

    fn text(&mut self, cx: &mut PageContext<'_>, text: Option<&Text>) {
        let Some(text) = text else { return };
        for takeaway in &text.takeaways {
            self.prose(cx, &text.file, takeaway);
        }
        self.prose(cx, &text.file, &text.body);
        self.faq(cx, &text.file, &text.faq);
    }

    fn faq(&mut self, cx: &mut PageContext<'_>, file: &SourcePath, faq: &[Faq]) {
        for entry in faq {
            self.heading(3, &entry.id, &entry.question);
            self.prose(cx, file, &entry.answer);
        }
    }

    fn finish(mut self) -> String {
        self.0.push_str("</body></html>");
        self.0
    }
}
