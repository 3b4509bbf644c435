//! The links of the header.

use super::handle::SiteRef;
use super::pages::{PageKind, Target};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::Budget;

/// How many top folders and pages the header shows when `[nav]` does not say which.
const HEADER_LINKS: usize = 8;

/// The links of the header: those of `[nav]`, or the top folders and pages.
pub fn navigation(
    site: SiteRef<'_>,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Target)> {
    let config = site.config();
    let Some(nav) = &config.nav else {
        let shown = |kind| matches!(kind, PageKind::Section | PageKind::Guide | PageKind::Glossary);
        return site
            .home()
            .children()
            .filter(|page| shown(page.kind))
            // The header stands on every page; the home page lists the sections beyond these.
            .take(HEADER_LINKS)
            .map(|page| (page.title().to_owned(), Target { page: page.id(), anchor: None }))
            .collect();
    };
    let mut links = Vec::new();
    for item in &nav.items {
        let found = site.resolve(&item.to.value).and_then(|r| Ok((r.label(), site.target(&item.to.value)?)));
        match found {
            Ok((label, target)) => links.push((item.title.clone().unwrap_or(label), target)),
            Err(why) => diagnostics.push(site.report(&config.file, item.to.span, why, suggestions)),
        }
    }
    links
}
