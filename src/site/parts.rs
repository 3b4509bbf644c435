//! Everything that is written for a page, piece by piece: for the checks that look at all of it.

use super::handle::{AspectRef, PageRef};
use super::pages::PageKind;
use crate::content::address::Address;
use crate::content::document::{Document, Text};
use crate::content::faq::Faq;
use crate::content::framework::Activity;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::listed::Listed;
use crate::content::playbook::PhasePart;
use crate::content::prose::Prose;
use crate::span::{SourcePath, Span, Spanned};

/// Something a page is made of, with the file it is written in.
pub enum Part<'a> {
    /// A text with slots.
    Prose(&'a SourcePath, &'a Prose),
    /// An address in a key such as `related`, and where it is written.
    Address(&'a SourcePath, &'a Address, Span),
}

impl<'a> PageRef<'a> {
    /// Calls `visit` with everything that is written for the page, in reading order.
    pub fn parts(self, visit: &mut dyn FnMut(Part<'a>)) {
        let site = self.site();
        if let Some(document) = self.document() {
            document_parts(document, visit);
        }
        match self.kind {
            PageKind::Framework(key) => {
                let c = site.framework(key).content();
                c.decisions.iter().for_each(|d| visit(Part::Prose(&c.file, &d.why)));
                faq_parts(&c.file, &c.faq, visit);
                c.takeaways.iter().for_each(|t| visit(Part::Prose(&c.file, t)));
                listed_parts(&c.file, &c.related, visit);
            }
            PageKind::Stage(key) => {
                let stage = site.stage(key);
                let file = &stage.framework().content().file;
                own_parts(file, &stage.content().own, visit);
                stage.content().exit.iter().for_each(|sign| visit(Part::Prose(file, sign)));
                visit(Part::Prose(file, &stage.content().team));
            }
            PageKind::Dimension(key) => {
                let c = site.dimension(key).content();
                visit(Part::Prose(&c.file, &c.intro));
                c.takeaway.iter().for_each(|t| visit(Part::Prose(&c.file, t)));
                listed_parts(&c.file, &c.related, visit);
                c.objectives.iter().for_each(|(_, text)| visit(Part::Prose(&c.file, text)));
                own_parts(&c.file, &c.own, visit);
                site.dimension(key).objective_texts().for_each(|text| text_parts(text, visit));
            }
            PageKind::Group(key) => {
                let group = site.group(key);
                visit(Part::Prose(&group.framework().content().file, &group.content().intro));
            }
            PageKind::Aspect(key) => aspect_parts(site.aspect(key), visit),
            PageKind::Glossary => {
                for (file, term) in site.glossary().iter().flat_map(|g| g.terms.iter().map(|t| (&g.file, t)))
                {
                    visit(Part::Prose(file, &term.definition));
                }
            }
            _ => {}
        }
        if let Some(text) = self.text() {
            text_parts(text, visit);
        }
    }
}

fn aspect_parts<'a>(aspect: AspectRef<'a>, visit: &mut dyn FnMut(Part<'a>)) {
    let (file, c) = (aspect.file(), aspect.content());
    visit(Part::Prose(file, &c.description));
    address_parts(file, &c.depends_on, visit);
    listed_parts(file, &c.related, visit);
    own_parts(file, &c.own, visit);
    for (_, cell) in &c.cells {
        visit(Part::Prose(file, &cell.why));
        cell.activities.iter().for_each(|activity| activity_parts(file, activity, visit));
    }
    aspect.cells().filter_map(super::handle::CellRef::text).for_each(|text| text_parts(text, visit));
}

fn document_parts<'a>(document: &'a Document, visit: &mut dyn FnMut(Part<'a>)) {
    let file = &document.file;
    visit(Part::Prose(file, &document.body));
    if let Some(playbook) = &document.playbook {
        visit(Part::Prose(file, &playbook.purpose));
        if let Some(when) = &playbook.when_to_use {
            visit(Part::Prose(file, when));
        }
        for section in &playbook.sections {
            visit(Part::Prose(file, &section.body));
            for part in section.phases.iter().flat_map(|p| &p.parts) {
                match part {
                    PhasePart::Text(text) => visit(Part::Prose(file, text)),
                    PhasePart::Steps(steps) => steps.iter().for_each(|s| visit(Part::Prose(file, &s.text))),
                }
            }
        }
        address_parts(file, playbook.follows.iter().chain(&playbook.see_also), visit);
    }
    for takeaway in &document.takeaways {
        visit(Part::Prose(file, takeaway));
    }
    faq_parts(file, &document.faq, visit);
    listed_parts(file, &document.front_matter.related, visit);
}

fn text_parts<'a>(text: &'a Text, visit: &mut dyn FnMut(Part<'a>)) {
    visit(Part::Prose(&text.file, &text.body));
    for takeaway in &text.takeaways {
        visit(Part::Prose(&text.file, takeaway));
    }
    faq_parts(&text.file, &text.faq, visit);
    listed_parts(&text.file, &text.front_matter.related, visit);
    own_parts(&text.file, &text.own, visit);
}

fn address_parts<'a>(
    file: &'a SourcePath,
    addresses: impl IntoIterator<Item = &'a Spanned<Address>>,
    visit: &mut dyn FnMut(Part<'a>),
) {
    for address in addresses {
        visit(Part::Address(file, &address.value, address.span));
    }
}

/// Listed links that lead to parts of the site.
fn listed_parts<'a>(file: &'a SourcePath, links: &'a [Listed], visit: &mut dyn FnMut(Part<'a>)) {
    for address in links.iter().filter_map(Listed::address) {
        visit(Part::Address(file, address.value, address.span));
    }
}

fn faq_parts<'a>(file: &'a SourcePath, faq: &'a [Faq], visit: &mut dyn FnMut(Part<'a>)) {
    for entry in faq {
        visit(Part::Prose(file, &entry.answer));
    }
}

fn activity_parts<'a>(file: &'a SourcePath, activity: &'a Activity, visit: &mut dyn FnMut(Part<'a>)) {
    visit(Part::Prose(file, &activity.text));
    visit(Part::Prose(file, &activity.details));
    listed_parts(file, &activity.links, visit);
    address_parts(file, &activity.depends_on, visit);
    for question in &activity.questions {
        visit(Part::Prose(file, &question.ask));
        question.criteria.iter().for_each(|c| visit(Part::Prose(file, c)));
    }
    own_parts(file, &activity.own, visit);
}

fn own_parts<'a>(file: &'a SourcePath, own: &'a [FieldValue], visit: &mut dyn FnMut(Part<'a>)) {
    for value in own {
        match &value.content {
            FieldContent::Markdown(prose) => visit(Part::Prose(file, prose)),
            FieldContent::List(items) => items.iter().for_each(|item| visit(Part::Prose(file, item))),
            FieldContent::Links(links) => listed_parts(file, links, visit),
            FieldContent::Text(_) | FieldContent::Number(_) => {}
        }
    }
}
