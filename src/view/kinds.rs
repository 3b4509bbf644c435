//! The kinds of pages, each in a file of its own: what it shows, what the search finds of it, what it says to machines.
//!
//! A new kind is such a file, its template, a line in [`PageKind`] and a line in [`of`].

mod aspect;
mod assessment;
mod comparison;
mod comparisons;
mod dimension;
mod framework;
mod glossary;
mod group;
mod guide;
mod home;
mod matrix;
mod playbook;
mod print;
mod section;
mod special;
mod stage;
mod taxonomy;

use super::kind::Room;
use crate::site::handle::{FrameworkRef, PageRef};
use crate::site::pages::{FrameworkPage, PageKind};

/// The kind of a page, as the page of it that it is.
pub fn of<'a>(page: PageRef<'a>) -> Box<dyn Room<'a> + 'a> {
    let site = page.site();
    match page.kind {
        PageKind::Home => Box::new(home::Home),
        PageKind::Section => Box::new(section::Section),
        PageKind::Guide => Box::new(guide::Guide),
        PageKind::Playbook => Box::new(playbook::Playbook),
        PageKind::Print(section) => Box::new(print::Print(site.page(section))),
        PageKind::Framework(key) => Box::new(framework::Framework(site.framework(key))),
        PageKind::Stage(key) => Box::new(stage::Stage(site.stage(key))),
        PageKind::Dimension(key) => Box::new(dimension::Dimension(site.dimension(key))),
        PageKind::Group(key) => Box::new(group::Group(site.group(key))),
        PageKind::Aspect(key) => Box::new(aspect::Aspect(site.aspect(key))),
        PageKind::Comparison(key) => Box::new(comparison::Comparison(site.comparison(key))),
        PageKind::Of(key, kind) => of_framework(site.framework(key), kind),
        PageKind::Terms(taxonomy) => Box::new(taxonomy::Terms(taxonomy)),
        PageKind::Term(taxonomy, number) => Box::new(taxonomy::Term(taxonomy, number)),
        PageKind::Glossary => Box::new(glossary::Glossary),
        PageKind::Search => Box::new(special::Search),
        PageKind::NotFound => Box::new(special::NotFound),
    }
}

fn of_framework<'a>(framework: FrameworkRef<'a>, kind: FrameworkPage) -> Box<dyn Room<'a> + 'a> {
    match kind {
        FrameworkPage::Assessment => Box::new(assessment::Assessment(framework)),
        FrameworkPage::Matrix => Box::new(matrix::Matrix(framework)),
        FrameworkPage::Comparisons => Box::new(comparisons::Comparisons(framework)),
    }
}
