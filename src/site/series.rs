//! Playbooks that follow one another.

use super::handle::SiteRef;
use super::pages::{PageId, PageKind};
use crate::diagnostics::{Code, Diagnostic};
use std::collections::BTreeMap;

/// The series of playbooks; reports those that fork, close in a circle or follow something else.
pub fn series(site: SiteRef<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<PageId>> {
    let mut next: BTreeMap<PageId, PageId> = BTreeMap::new();
    let mut previous: BTreeMap<PageId, PageId> = BTreeMap::new();
    for page in site.pages() {
        let id = page.id();
        let Some(document) = page.document() else { continue };
        let Some(follows) = document.playbook.as_ref().and_then(|p| p.follows.as_ref()) else { continue };
        let Ok(target) = site.target(&follows.value) else { continue };
        let mut broken = |message: String, help: &str| {
            diagnostics.push(
                Diagnostic::new(Code::BrokenSeries, &document.file, message).at(follows.span).help(help),
            );
        };
        let before = site.page(target.page);
        if before.kind != PageKind::Playbook {
            broken(
                format!("`{}` is not a playbook", follows.value),
                "a playbook follows another; use `related` or `see_also` for other pages",
            );
        } else if let Some(other) = next.get(&target.page) {
            broken(
                format!("`{}` already follows {}", site.page(*other).title(), before.title()),
                "a series is a chain: let this one follow the last of it",
            );
        } else if std::iter::successors(Some(target.page), |at| previous.get(at).copied()).any(|at| at == id)
        {
            broken(
                "this series closes in a circle".to_owned(),
                "the first playbook of a series follows none",
            );
        } else {
            next.insert(target.page, id);
            previous.insert(id, target.page);
        }
    }
    let firsts = next.keys().filter(|id| !previous.contains_key(id));
    let chain = |first: &PageId| std::iter::successors(Some(*first), |id| next.get(id).copied());
    let listed = |first| chain(first).filter(|id| site.page(*id).is_listed()).collect();
    firsts.map(listed).filter(|series: &Vec<PageId>| series.len() > 1).collect()
}
