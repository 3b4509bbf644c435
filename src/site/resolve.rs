//! What an address names, and where on the site that is shown.

use super::handle::{CellRef, FrameworkRef, PageRef, SiteRef, StageRef};
use super::help::{Candidates, Help};
use super::keys::{AssetKey, TermKey};
use super::pages::{Destination, PageId, PageKind, Target};
use super::referent::Referent;
use crate::content::Role;
use crate::content::address::{Address, At, FrameworkId, GroupId, StageId, TermId};
use crate::content::document::document_path;
use crate::content::prose::Reference;
use crate::content::snippet::FOLDER;
use crate::diagnostics::Code;
use crate::layout::CONTENT;
use crate::span::SourcePath;
use std::sync::Arc;

/// Why an address or a path names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// The kind of problem.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: Help,
}

fn unresolved<T>(code: Code, message: String, help: String) -> Result<T, Unresolved> {
    Err(Unresolved { code, message, help: Help::Said(help) })
}

fn unlike<T>(code: Code, message: String, written: &str, with: Candidates) -> Result<T, Unresolved> {
    Err(Unresolved { code, message, help: Help::Compare { written: written.to_owned(), with } })
}

/// A snippet is shown and not linked to.
fn no_page<T>(path: &str) -> Result<T, Unresolved> {
    let name = path.strip_suffix(".md").unwrap_or(path);
    unresolved(
        Code::BrokenReference,
        "a snippet has no page of its own".to_owned(),
        format!("embed it with `![[{name}]]`"),
    )
}

impl<'a> SiteRef<'a> {
    /// What an address names. Its anchor is the heading's own, also where it is written by another rule.
    pub fn resolve(self, address: &Address) -> Result<Referent<'a>, Unresolved> {
        let referent = self.resolve_as_written(address)?;
        let Some(anchor) = address.anchor().and(referent.place()).and_then(|place| self.right_anchor(&place))
        else {
            return Ok(referent);
        };
        Ok(referent.with_anchor(anchor))
    }

    /// The anchor of the heading that this place names under another rule than the site's.
    fn right_anchor(self, place: &Target) -> Option<Arc<str>> {
        let (anchors, anchor) = (self.anchors(place.page), place.anchor.as_ref()?);
        if anchors.get(anchor).is_some() {
            return None;
        }
        Some(Arc::from(anchors.under_another_rule(anchor)?.id.as_str()))
    }

    fn resolve_as_written(self, address: &Address) -> Result<Referent<'a>, Unresolved> {
        match address {
            Address::Term(id) => self.named_term(id),
            Address::Group(id) => self.named_group(id),
            Address::Path { rooted, parts, at, anchor } => {
                let path = parts.join("/");
                // A section may also be named by the file that describes it.
                let path = path.strip_suffix("index").map_or(&*path, |p| {
                    if p.is_empty() || p.ends_with('/') { p.trim_end_matches('/') } else { &path }
                });
                let page = if at.is_none() { self.by_path(path) } else { None };
                let page = page.filter(|_| *rooted || !parts.is_empty());
                let in_framework =
                    if *rooted { None } else { self.in_framework(parts, at.as_ref(), anchor.as_ref()) };
                match (page, in_framework) {
                    (Some(_), Some(Ok(other))) => unresolved(
                        Code::AmbiguousReference,
                        format!("`{address}` names a page and {}", other.describe()),
                        format!("write `/{address}` for the page, or begin with the framework's name"),
                    ),
                    (Some(page), _) => Ok(Referent::Page(page, anchor.clone())),
                    (None, Some(found)) => found,
                    (None, None) => self.nothing(address, path),
                }
            }
        }
    }

    /// The stages that an address speaks of behind its `@`: the first and the last one.
    pub fn stage_range(self, address: &Address) -> Result<(StageRef<'a>, StageRef<'a>), Unresolved> {
        let Address::Path { parts, at: Some(at), .. } = address else { return self.nothing(address, "") };
        let named = parts.first();
        let framework = match named {
            Some(name) => self.frameworks().find(|framework| framework.id().as_str() == &**name),
            None => self.default_framework(),
        };
        let Some(framework) = framework else {
            return self.nothing(address, named.map_or("", |name| name));
        };
        match at {
            At::Stage(id) => framework.known_stage(id).map(|stage| (stage, stage)),
            At::Range(from, to) => {
                let (from, to) = (framework.known_stage(from)?, framework.known_stage(to)?);
                Ok((from.min(to), from.max(to)))
            }
        }
    }

    fn by_path(self, path: &str) -> Option<PageRef<'a>> {
        self.site.lookup.by_path.get(path).map(|id| self.page(*id))
    }

    fn named_term(self, id: &TermId) -> Result<Referent<'a>, Unresolved> {
        let known = self.glossary().and_then(|_| self.site.terms.find(id));
        if let Some(term) = known {
            return Ok(Referent::Term(self.term(TermKey { term })));
        }
        let message = format!("the glossary has no term `{id}`");
        unlike(Code::BrokenReference, message, id.as_str(), Candidates::Terms)
    }

    /// The group of the default framework, or the only one of that name.
    fn named_group(self, id: &GroupId) -> Result<Referent<'a>, Unresolved> {
        let own = self.default_framework().and_then(|f| f.find_group(id.as_str()));
        let mut all = self.frameworks().filter_map(|f| f.find_group(id.as_str()));
        match own.or_else(|| all.next()) {
            Some(group) if own.is_some() || all.next().is_none() => Ok(Referent::Group(group)),
            Some(_) => unresolved(
                Code::AmbiguousReference,
                format!("several frameworks have a group `{id}`"),
                "set `default_framework` in guidepost.toml, or give one of the groups another `id`"
                    .to_owned(),
            ),
            None => {
                let message = format!("no framework has a group `{id}`");
                unlike(Code::BrokenReference, message, id.as_str(), Candidates::Groups)
            }
        }
    }

    /// `None` when the first part is neither a framework nor a dimension of the default one.
    fn in_framework(
        self,
        parts: &[Arc<str>],
        at: Option<&At>,
        anchor: Option<&Arc<str>>,
    ) -> Option<Result<Referent<'a>, Unresolved>> {
        let named = match parts {
            [folder, name, rest @ ..] if &**folder == "frameworks" => Some((name, rest)),
            [name, rest @ ..] => Some((name, rest)),
            [] => None,
        };
        if let Some((name, rest)) = named
            && let Some(framework) = self.frameworks().find(|f| f.id().as_str() == &**name)
        {
            return Some(framework.resolve(rest, at, anchor));
        }
        let framework = self.default_framework()?;
        let known = parts.first().is_none_or(|first| framework.find_dimension(first).is_some());
        known.then(|| framework.resolve(parts, at, anchor))
    }

    fn nothing<T>(self, address: &Address, path: &str) -> Result<T, Unresolved> {
        if self.find_snippet(path).is_some() {
            return no_page(path);
        }
        let message = format!("`{address}` names nothing");
        match address {
            Address::Path { at: Some(_), parts, .. }
                if self.default_framework().is_none() && parts.is_empty() =>
            {
                unresolved(
                    Code::BrokenReference,
                    message,
                    "set `default_framework` in guidepost.toml, or begin with the framework's name"
                        .to_owned(),
                )
            }
            Address::Path { at: Some(_), parts, .. } => {
                let first = parts.first().map_or("", |p| p);
                unlike(Code::BrokenReference, message, first, Candidates::Starts)
            }
            _ => unlike(Code::BrokenReference, message, path, Candidates::Addresses),
        }
    }

    /// Where a link leads that is written in `file`, on the page `on`.
    pub fn destination(
        self,
        reference: &Reference,
        file: &SourcePath,
        on: PageId,
    ) -> Result<Destination, Unresolved> {
        match reference {
            Reference::External(url) => Ok(Destination::External(url.clone())),
            Reference::Anchor(anchor) => {
                let target = Target { page: on, anchor: Some(anchor.clone()) };
                self.check_anchor(target).map(Destination::Page)
            }
            Reference::Address(address) => self.target(address).map(Destination::Page),
            Reference::Path { path, anchor } => self.path(path, anchor.as_ref(), file),
        }
    }

    /// Where an address leads, its anchor checked.
    pub fn target(self, address: &Address) -> Result<Target, Unresolved> {
        match self.resolve(address)?.place() {
            Some(target) => self.check_anchor(target),
            None => unresolved(
                Code::BrokenReference,
                format!("`{address}` has no page of its own"),
                "a framework with a single stage has no comparisons, and one with more than 20 only those of \
                 neighbours and of the first stage with the last"
                    .to_owned(),
            ),
        }
    }

    /// What messages call a page.
    pub(super) fn page_name(self, page: PageId) -> &'a str {
        let name = self.site.pages.get(page.0).map_or("", |page| page.permalink.name());
        if name.is_empty() { "the home page" } else { name }
    }

    fn check_anchor(self, target: Target) -> Result<Target, Unresolved> {
        let Some(anchor) = &target.anchor else { return Ok(target) };
        if self.anchors(target.page).get(anchor).is_some() {
            return Ok(target);
        }
        if let Some(right) = self.right_anchor(&target) {
            return Ok(Target { anchor: Some(right), ..target });
        }
        let name = self.page_name(target.page);
        let message = format!("no heading `#{anchor}` on {name}");
        unlike(Code::BrokenAnchor, message, anchor, Candidates::Anchors(target.page))
    }

    /// Where a path written in `file` leads: to a document, a file, or a URL of this site.
    fn path(
        self,
        path: &str,
        anchor: Option<&Arc<str>>,
        file: &SourcePath,
    ) -> Result<Destination, Unresolved> {
        let Some(full) = join(file.folder(), path) else {
            return unresolved(
                Code::BrokenLink,
                format!("`{path}` leads out of the content folder"),
                "link to what is published; other files can be copied into `content/`".to_owned(),
            );
        };
        if let Some(referent) = self.source_file(&full, anchor) {
            return match referent?.place() {
                Some(target) => self.check_anchor(target).map(Destination::Page),
                None => unresolved(Code::BrokenLink, format!("`{path}` has no page"), String::new()),
            };
        }
        let lookup = &self.site.lookup;
        if let Some(asset) = lookup.assets.get(&full) {
            return Ok(Destination::Asset(AssetKey { asset: *asset }));
        }
        // The URL of a page, as one would copy it from a browser.
        let url = full.trim_end_matches("index.html").trim_end_matches('/');
        let found = lookup.by_path.get(full.trim_end_matches('/')).or_else(|| lookup.by_url.get(url));
        if let Some(page) = found {
            let target = Target { page: *page, anchor: anchor.cloned() };
            return self.check_anchor(target).map(Destination::Page);
        }
        if Role::of(&full) == Role::Snippet && self.find_snippet(full.trim_end_matches(".md")).is_some() {
            return no_page(&full);
        }
        let wanted = format!("{CONTENT}/{full}");
        if full.starts_with(FOLDER) && self.site.files.contains_key(&SourcePath::new(wanted.as_str())) {
            return unresolved(
                Code::BrokenLink,
                format!("`{wanted}` is not published"),
                "files beside snippets are published when a snippet shows them; move it beside the page"
                    .to_owned(),
            );
        }
        let message = format!("there is no `{wanted}`");
        unlike(Code::BrokenLink, message, &wanted, Candidates::Files(file.folder().to_owned()))
    }

    /// What a source file describes; `path` is relative to `content/`. `None` when there is no such file.
    fn source_file(self, path: &str, anchor: Option<&Arc<str>>) -> Option<Result<Referent<'a>, Unresolved>> {
        let framework = |id: &FrameworkId| self.frameworks().find(|f| f.id() == id);
        match Role::of(path) {
            Role::Document | Role::Playbook => {
                let full = SourcePath::new(format!("{CONTENT}/{path}"));
                let page = self.by_path(&document_path(&full))?;
                // `guides.md` and `guides/index.md` have one address, yet only one of them is there.
                page.file.as_ref().filter(|file| **file == full)?;
                Some(Ok(Referent::Page(page, anchor.cloned())))
            }
            Role::Framework(id) => Some(Ok(Referent::Framework(framework(&id)?, anchor.cloned()))),
            Role::Dimension(id, name) => {
                let dimension = framework(&id)?.find_dimension(&name)?;
                Some(Ok(Referent::Dimension(dimension, None, anchor.cloned())))
            }
            Role::Text(id, name) => {
                let framework = framework(&id)?;
                let name = name.strip_suffix("/index").unwrap_or(&name);
                let notation = match name {
                    "index" | "README" => id.to_string(),
                    name => match name.strip_prefix("stages/") {
                        Some(stage) => format!("{id}@{stage}"),
                        None if name.starts_with('@') => format!("{id}{name}"),
                        None => format!("{id}/{name}"),
                    },
                };
                let notation = anchor.map_or(notation.clone(), |a| format!("{notation}#{a}"));
                let Address::Path { parts, at, anchor, .. } = Address::parse(&notation).ok()? else {
                    return None;
                };
                let found = framework.resolve(parts.get(1..)?, at.as_ref(), anchor.as_ref());
                found.is_ok().then_some(found)
            }
            Role::Glossary => Some(Ok(Referent::Page(self.find(PageKind::Glossary)?, anchor.cloned()))),
            Role::Snippet | Role::Asset => None,
        }
    }
}

impl<'a> FrameworkRef<'a> {
    fn known_stage(self, id: &StageId) -> Result<StageRef<'a>, Unresolved> {
        self.find_stage(id.as_str()).map_or_else(
            || {
                let message = format!("`{id}` is not a stage of {}", self.id());
                unlike(Code::UnknownStage, message, id.as_str(), Candidates::Stages(self.key))
            },
            Ok,
        )
    }

    /// What lies below a framework; `rest` are the parts after its name.
    fn resolve(
        self,
        rest: &[Arc<str>],
        at: Option<&At>,
        anchor: Option<&Arc<str>>,
    ) -> Result<Referent<'a>, Unresolved> {
        let anchor = anchor.cloned();
        let range = match at {
            None => None,
            Some(At::Stage(id)) => {
                let stage = self.known_stage(id)?;
                Some((stage, stage))
            }
            Some(At::Range(a, b)) => {
                let (a, b) = (self.known_stage(a)?, self.known_stage(b)?);
                Some((a.min(b), a.max(b)))
            }
        };
        let is_range = matches!(at, Some(At::Range(..)));
        let (dimension, aspect) = match rest {
            [] => {
                return match range {
                    None => Ok(Referent::Framework(self, anchor)),
                    Some((stage, _)) if !is_range => Ok(Referent::Stage(stage, anchor)),
                    Some((from, to)) => self.compared(from, to),
                };
            }
            [dimension] => (dimension, None),
            [dimension, aspect] => (dimension, Some(aspect)),
            [_, _, more, ..] => {
                return unresolved(
                    Code::BrokenReference,
                    format!("nothing lies below an aspect: `{more}`"),
                    "an address ends with the aspect, and `@stage` for its cell".to_owned(),
                );
            }
        };
        let Some(found) = self.find_dimension(dimension) else {
            let message = format!("`{dimension}` is not a dimension of {}", self.id());
            return unlike(Code::BrokenReference, message, dimension, Candidates::Dimensions(self.key));
        };
        let Some(aspect) = aspect else { return Ok(Referent::Dimension(found, range, anchor)) };
        let Some(found) = found.find_aspect(aspect) else {
            let message = format!("`{aspect}` is not an aspect of {dimension}");
            return unlike(Code::BrokenReference, message, aspect, Candidates::Aspects(found.key));
        };
        match range {
            Some((stage, _)) if !is_range => found.cell(stage).resolve(anchor.as_deref()),
            range => Ok(Referent::Aspect(found, range, anchor)),
        }
    }

    fn compared(self, from: StageRef<'a>, to: StageRef<'a>) -> Result<Referent<'a>, Unresolved> {
        if from == to {
            let mut stages = self.stages();
            let example = match (stages.next(), stages.next()) {
                (Some(first), Some(second)) => format!("{}..{}", first.id(), second.id()),
                _ => "poc..mvp".to_owned(),
            };
            return unresolved(
                Code::BrokenReference,
                "a comparison is between two different stages".to_owned(),
                format!("write two stages, such as `@{example}`"),
            );
        }
        Ok(Referent::Comparison(from.compared_with(to)))
    }
}

impl<'a> CellRef<'a> {
    fn resolve(self, activity: Option<&str>) -> Result<Referent<'a>, Unresolved> {
        let Some(activity) = activity else { return Ok(Referent::Cell(self, None)) };
        match self
            .content()
            .activities
            .iter()
            .position(|x| x.id.as_ref().is_some_and(|id| id.as_str() == activity))
        {
            Some(i) => Ok(Referent::Cell(self, Some(i))),
            None => unlike(
                Code::BrokenReference,
                format!("this cell holds no activity `{activity}`"),
                activity,
                Candidates::Activities(self.key),
            ),
        }
    }
}

impl<'a> PageRef<'a> {
    /// The stages that a guide or playbook says it is for.
    pub fn stages(self) -> impl Iterator<Item = StageRef<'a>> {
        let site = self.site();
        let named = self.document().into_iter().flat_map(|d| &d.front_matter.stages);
        named.filter_map(move |stage| match site.resolve(&stage.value.0) {
            Ok(Referent::Stage(stage, _)) => Some(stage),
            _ => None,
        })
    }
}

/// Joins a path to a folder below `content/`; `None` when it leads out of it.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.strip_prefix(CONTENT)?.split('/').filter(|p| !p.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn paths_stay_in_the_content_folder() {
        for (folder, path, joined) in [
            ("content", "a.md", Some("a.md")),
            ("content/guides", "../b/./c.md", Some("b/c.md")),
            ("content/guides", "/b.md", Some("b.md")),
            ("content", "../secret", None),
            ("content/guides", "../../guides/a.md", None),
        ] {
            assert_eq!(join(folder, path).as_deref(), joined, "{folder} {path}");
        }
    }
}
