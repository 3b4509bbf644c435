//! What stands in the header.

use super::handle::SiteRef;
use super::header::{HeaderEntry, HeaderLink};
use super::pages::{Destination, HOME, PageKind, Target};
use super::resolve::Unresolved;
use crate::config::nav::NavItem;
use crate::content::listed::{Listed, shown};
use crate::content::prose::Reference;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::Budget;

/// How many top folders and pages the header names when `[nav]` does not say which. It stands on every page.
const MOST_DERIVED: usize = 40;

/// What stands in the header: what `[nav]` says, or the top folders and pages.
pub fn navigation(
    site: SiteRef<'_>,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<HeaderEntry> {
    let config = site.config();
    let Some(nav) = &config.nav else { return derived(site) };
    let mut link = |written: &Listed| {
        let found = site.header_link(written);
        found.map_err(|why| diagnostics.push(site.report(&config.file, written.span, why, suggestions))).ok()
    };
    let entry = |item: &NavItem| match item {
        NavItem::Link(written) => link(written).map(HeaderEntry::Link),
        NavItem::Menu(menu) => {
            let links = menu.links.iter().filter_map(&mut link).collect();
            Some(HeaderEntry::Menu { title: menu.title.clone(), links })
        }
    };
    nav.items.iter().filter_map(entry).collect()
}

/// Links to the top folders and pages; to the home page instead of those that are too many.
fn derived(site: SiteRef<'_>) -> Vec<HeaderEntry> {
    let is_shown = |kind| matches!(kind, PageKind::Section | PageKind::Guide | PageKind::Glossary);
    let pages: Vec<_> = site.home().children().filter(|page| is_shown(page.kind)).collect();
    let all = || (site.texts().fill("all-of", &[("n", &pages.len())]), site.home());
    let named = pages.iter().take(MOST_DERIVED).map(|page| (page.title().to_owned(), *page));
    named
        .chain((pages.len() > MOST_DERIVED).then(all))
        .map(|(title, page)| {
            let to = Destination::Page(Target { page: page.id(), anchor: None });
            HeaderEntry::Link(HeaderLink { title, to })
        })
        .collect()
}

impl SiteRef<'_> {
    /// What `[nav]` says of one link, looked up.
    fn header_link(self, written: &Listed) -> Result<HeaderLink, Unresolved> {
        let to = self.destination(&written.to, &self.config().file, HOME)?;
        let title = match (&written.title, &written.to) {
            (Some(title), _) => title.clone(),
            (None, Reference::Address(address)) => self.resolve(address)?.label(),
            (None, Reference::External(to) | Reference::Path { path: to, .. }) => shown(to),
            (None, Reference::Anchor(anchor)) => anchor.to_string(),
        };
        Ok(HeaderLink { title, to })
    }
}
