//! What is checked of the site as a whole, when every part of it is right in itself.

use super::Site;
use super::framework::Framework;
use super::pages::{PageId, PageKind};
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

/// Runs the checks that look at pages and their links.
pub fn run(site: &Site, today: Option<Date>, diagnostics: &mut Vec<Diagnostic>) {
    let in_header: HashSet<PageId> = site.navigation.iter().map(|(_, target)| target.node).collect();
    let in_series: HashSet<PageId> = site.series.iter().flatten().copied().collect();
    for (i, node) in site.pages.iter().enumerate() {
        let id = PageId(i);
        let Some(file) = &node.file else { continue };
        let written = matches!(node.kind, PageKind::Guide(_) | PageKind::Playbook(_));
        let is_led_to = in_header.contains(&id) || in_series.contains(&id);
        if written && site.backlinks[i].is_empty() && !is_led_to {
            diagnostics.push(
                Diagnostic::new(Code::OrphanPage, file, format!("no text refers to `{}`", node.title))
                    .help("link to it from a page that its readers come by, or name it in `related` there"),
            );
        }
        if node.description.is_empty() && node.document.is_some() {
            diagnostics.push(
                Diagnostic::new(Code::MissingDescription, file, format!("`{}` has no description", node.title))
                    .help("add `description` to its front matter: one or two sentences for lists and search results"),
            );
        }
        let (Some(updated), Some(today)) = (node.updated, today) else { continue };
        if node.document.is_some()
            && let Some(fresh_until) = site.config.fresh_until(updated)
            && fresh_until < today
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::StalePage,
                    file,
                    format!("`{}` was last updated on {updated}", node.title),
                )
                .help(format!("it was due for a review on {fresh_until}; revise it and set `updated`")),
            );
        }
    }
}
