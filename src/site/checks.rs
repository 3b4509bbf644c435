//! What is checked of the site as a whole, when every part of it is right in itself.

use super::framework::Framework;
use super::handle::{PageRef, SiteRef};
use super::header::HeaderEntry;
use super::pages::{Destination, PageId};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, suggest};
use jiff::civil::Date;
use std::collections::HashSet;

/// The number of the default framework: the configured one, or the only one there is.
pub fn default_framework(
    config: &Config,
    frameworks: &[Framework],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let Some(wanted) = &config.default_framework else {
        return (frameworks.len() == 1).then_some(0);
    };
    let found = frameworks.iter().position(|f| f.id == wanted.value);
    if found.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::UnknownFramework,
                &config.file,
                format!("there is no framework `{}` in content/frameworks", wanted.value),
            )
            .at(wanted.span)
            .help(suggest(
                wanted.value.as_str(),
                "frameworks",
                frameworks.iter().map(|f| f.id.as_str()),
            )),
        );
    }
    found
}

/// Does a text, the header or a series lead to a page?
fn is_linked(page: PageRef<'_>, is_led_to: &HashSet<PageId>) -> bool {
    page.backlinks().next().is_some() || is_led_to.contains(&page.id())
}

/// Does the page lie in a section, whose own page lists it? The home page lists the sections, and they what lies in them.
fn is_listed_by_section(page: PageRef<'_>) -> bool {
    let parent = page.parent();
    !parent.is_home() && parent.is_listed()
}

/// Runs the checks that look at pages and their links.
pub fn run(site: SiteRef<'_>, today: Option<Date>, diagnostics: &mut Vec<Diagnostic>) {
    let in_header = site.navigation().iter().flat_map(HeaderEntry::links).filter_map(|link| match &link.to {
        Destination::Page(target) => Some(target.page),
        _ => None,
    });
    let is_led_to: HashSet<PageId> = in_header.chain(site.site.series.iter().flatten().copied()).collect();
    for page in site.pages() {
        let Some(file) = &page.file else { continue };
        let title = page.title();
        let mut warn = |code: Code, message: String, help: String| {
            diagnostics.push(Diagnostic::new(code, file, message).help(help));
        };
        let is_to_be_found = page.kind.is_written() && page.is_listed();
        if is_to_be_found && !is_linked(page, &is_led_to) {
            let help = "link to it from a page that its readers come by, or name it in `related` there";
            warn(Code::UnlinkedPage, format!("no text refers to `{title}`"), help.to_owned());
            if !is_listed_by_section(page) {
                warn(
                    Code::OrphanPage,
                    format!("nothing leads to `{title}`"),
                    format!("{help}, or move it into a section"),
                );
            }
        }
        if page.document().is_none() {
            continue;
        }
        if page.description().is_empty() {
            warn(
                Code::MissingDescription,
                format!("`{title}` has no description"),
                "add `description` to its front matter: one or two sentences for lists and search results"
                    .to_owned(),
            );
        }
        let (Some(updated), Some(today)) = (page.updated, today) else { continue };
        if let Some(fresh_until) = site.config().fresh_until(updated).filter(|until| *until < today) {
            warn(
                Code::StalePage,
                format!("`{title}` was last updated on {updated}"),
                format!("it was due for a review on {fresh_until}; revise it and set `updated`"),
            );
        }
    }
}
