//! Which pages a section lists, and in which order: as its `pages` says, then lighter first, then by title. Whatever
//! lists the pages of a section reads them from here, so no two lists differ.

use super::handle::{PageRef, SiteRef};
use super::pages::{self, Page, PageId, PageKind};
use crate::content::document::{Document, document_path};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::SourcePath;
use std::collections::{BTreeSet, HashMap};

/// Orders what lies in each section, and takes out what is not listed; reports what `pages` says wrong. What a framework
/// holds has its own order.
pub(super) fn settle(
    site: SiteRef<'_>,
    pages: &mut [Page],
    drafts: &[SourcePath],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let drafts: BTreeSet<String> = drafts.iter().map(document_path).collect();
    for i in 0..pages.len() {
        let Some(page) = pages.get_mut(i) else { continue };
        let is_section = matches!(page.kind, PageKind::Home | PageKind::Section);
        let document = page.document.and_then(|d| site.site.documents.get(d));
        let written = document.filter(|document| !document.front_matter.pages.is_empty());
        if !is_section {
            diagnostics.extend(written.and_then(|document| not_a_section(document)));
            continue;
        }
        let mut children = std::mem::take(&mut page.children);
        let places = written.map_or_else(HashMap::new, |document| {
            let named = children.iter().filter_map(|id| Some((name(site, pages.get(id.0)?)?, *id)));
            let (places, problems) = places(document, &named.collect(), &drafts);
            diagnostics.extend(problems);
            places
        });
        children.retain(|child| pages.get(child.0).is_some_and(|page| page.listed));
        children.sort_by_cached_key(|child| {
            let place = places.get(child).copied().unwrap_or(usize::MAX);
            let page = pages.get(child.0);
            page.map(|p| (place, p.weight, p.title.to_lowercase(), p.permalink.as_str().to_owned()))
        });
        if let Some(page) = pages.get_mut(i) {
            page.children = children;
        }
    }
}

/// What `pages` calls a page: the last part of its address.
fn name(site: SiteRef<'_>, page: &Page) -> Option<String> {
    let address = match page.document.and_then(|d| site.site.documents.get(d)) {
        Some(document) => document_path(&document.file),
        None if matches!(page.kind, PageKind::Search | PageKind::NotFound) => return None,
        None => page.permalink.name().to_owned(),
    };
    address.rsplit('/').next().map(str::to_owned)
}

/// The places that a section's `pages` gives to the pages it names.
fn places(
    section: &Document,
    known: &HashMap<String, PageId>,
    drafts: &BTreeSet<String>,
) -> (HashMap<PageId, usize>, Vec<Diagnostic>) {
    let mut problems = Problems::new(&section.file);
    let mut places = HashMap::new();
    let folder = document_path(&section.file);
    let is_draft = |name: &str| drafts.contains(format!("{folder}/{name}").trim_start_matches('/'));
    let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
    names.sort_unstable();
    for (place, written) in section.front_matter.pages.iter().enumerate() {
        let word = written.value.as_str();
        match known.get(word) {
            Some(page) if places.contains_key(page) => problems.add(
                Diagnostic::new(Code::DuplicateId, &section.file, format!("`{word}` is named twice"))
                    .at(written.span)
                    .label("the second")
                    .help("keep one of the two"),
            ),
            Some(page) => drop(places.insert(*page, place)),
            // It has its place already, for the day it is published.
            None if is_draft(word) => {}
            None => {
                // Often a name is right and written as a path or as a file.
                let bare = word.trim_end_matches('/').rsplit('/').next().unwrap_or(word);
                let bare = bare.strip_suffix(".md").unwrap_or(bare);
                let help = problems.suggest(bare, "pages", names.iter().copied());
                problems.add(
                    Diagnostic::new(
                        Code::BrokenReference,
                        &section.file,
                        format!("`{word}` is not a page of this section"),
                    )
                    .at(written.span)
                    .label("no such page")
                    .help(help),
                );
            }
        }
    }
    (places, problems.finish())
}

/// Reports `pages` on a page that has none.
fn not_a_section(document: &Document) -> Option<Diagnostic> {
    let first = document.front_matter.pages.first()?;
    let message = "`pages` orders the pages of a section, and this is none";
    let problem = Diagnostic::new(Code::InvalidValue, &document.file, message).at(first.span);
    Some(problem.help("write it in the `index.md` of a folder that holds pages"))
}

impl PageRef<'_> {
    /// Do lists, the search, the feed and the sitemap show it? Then it is listed, and so is all it lies in.
    pub fn is_listed(self) -> bool {
        pages::is_listed(&self.site().site.pages, self.id())
    }
}
