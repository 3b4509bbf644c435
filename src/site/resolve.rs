//! What an address names, and where on the site that is shown.

use super::Site;
use super::outline::Anchors;
use super::pages::{PageId, PageKind, page_path};
use crate::content::Role;
use crate::content::address::{Address, At, StageId, TermId};
use crate::content::prose::Reference;
use crate::diagnostics::Code;
use crate::diagnostics::suggest::Budget;
use crate::layout::CONTENT;
use crate::span::SourcePath;
use std::sync::{Arc, LazyLock};

/// Help that lists the headings of a page lists no more than these.
const MOST_LISTED: usize = 24;

/// What an address names. Numbers are those of frameworks, dimensions, aspects and stages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named after what they are
pub enum Referent {
    Page(PageId, Option<Arc<str>>),
    Framework(usize, Option<Arc<str>>),
    Stage(usize, usize, Option<Arc<str>>),
    Comparison(usize, usize, usize),
    /// A dimension and, of its table, the stages from one to another.
    Dimension(usize, usize, Option<(usize, usize)>, Option<Arc<str>>),
    /// A row and, of its cells, those from one stage to another.
    Aspect(usize, usize, usize, Option<(usize, usize)>, Option<Arc<str>>),
    /// A cell and, when it holds several activities, one of them.
    Cell(usize, usize, usize, usize, Option<usize>),
    Term(usize),
}

/// A place on the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The page.
    pub node: PageId,
    /// A place on it.
    pub anchor: Option<Arc<str>>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page of this site.
    Page(Target),
    /// A file of this site; the number is the asset's.
    Asset(usize),
    /// Another site.
    External(String),
}

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

/// How to fix a reference. Looking for what was meant costs more than finding that it is not there, so it is
/// done when the problem is reported ([`Site::help`]), as long as a run's budget for it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named after what they hold
pub enum Help {
    /// A sentence.
    Said(String),
    /// What was written resembles one of these, perhaps.
    Compare { written: String, with: Candidates },
}

/// What something written can be compared with. Numbers are those of frameworks, dimensions, aspects, stages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named after what they are
pub enum Candidates {
    Terms,
    /// Addresses of pages, frameworks and the default framework's dimensions.
    Addresses,
    /// Frameworks and the default framework's dimensions.
    Starts,
    /// Files, shown as seen from a folder.
    Files(String),
    /// The headings of a page.
    Anchors(PageId),
    Stages(usize),
    Dimensions(usize),
    Aspects(usize, usize),
    Activities(usize, usize, usize, usize),
}

fn unresolved<T>(code: Code, message: String, help: String) -> Result<T, Unresolved> {
    Err(Unresolved { code, message, help: Help::Said(help) })
}

fn unlike<T>(code: Code, message: String, written: &str, with: Candidates) -> Result<T, Unresolved> {
    Err(Unresolved { code, message, help: Help::Compare { written: written.to_owned(), with } })
}

impl Site {
    /// What an address names.
    pub fn resolve(&self, address: &Address) -> Result<Referent, Unresolved> {
        match address {
            Address::Term(id) => self.term(id),
            Address::Path { rooted, parts, at, anchor } => {
                let path = parts.join("/");
                // A section may also be named by the file that describes it.
                let path = path.strip_suffix("index").map_or(&*path, |p| {
                    if p.is_empty() || p.ends_with('/') { p.trim_end_matches('/') } else { &path }
                });
                let page = if at.is_none() { self.lookup.by_path.get(path).copied() } else { None };
                let page = page.filter(|_| *rooted || !parts.is_empty());
                let in_framework =
                    if *rooted { None } else { self.in_framework(parts, at.as_ref(), anchor.as_ref()) };
                match (page, in_framework) {
                    (Some(_), Some(Ok(other))) => unresolved(
                        Code::AmbiguousReference,
                        format!("`{address}` names a page and {}", self.describe(&other)),
                        format!("write `/{address}` for the page, or begin with the framework's name"),
                    ),
                    (Some(node), _) => Ok(Referent::Page(node, anchor.clone())),
                    (None, Some(found)) => found,
                    (None, None) => self.nothing(address, path),
                }
            }
        }
    }

    fn term(&self, id: &TermId) -> Result<Referent, Unresolved> {
        if let Some(i) = self.terms.find(id) {
            Ok(Referent::Term(i))
        } else {
            let message = format!("the glossary has no term `{id}`");
            unlike(Code::BrokenReference, message, id.as_str(), Candidates::Terms)
        }
    }

    /// `None` when the first part is neither a framework nor a dimension of the default one.
    fn in_framework(
        &self,
        parts: &[Arc<str>],
        at: Option<&At>,
        anchor: Option<&Arc<str>>,
    ) -> Option<Result<Referent, Unresolved>> {
        let named = parts.first().and_then(|first| {
            let (first, skip) = if &**first == "frameworks" { (parts.get(1)?, 2) } else { (first, 1) };
            let f = self.frameworks.iter().position(|f| f.id.as_str() == &**first)?;
            Some((f, &parts[skip..]))
        });
        let (f, rest) = if let Some(named) = named {
            named
        } else {
            let f = self.default_framework?;
            let known = parts.first().is_none_or(|p| self.frameworks[f].dimension(p).is_some());
            if !known {
                return None;
            }
            (f, parts)
        };
        Some(self.below(f, rest, at, anchor))
    }

    fn below(
        &self,
        f: usize,
        rest: &[Arc<str>],
        at: Option<&At>,
        anchor: Option<&Arc<str>>,
    ) -> Result<Referent, Unresolved> {
        let framework = &self.frameworks[f];
        let anchor = anchor.cloned();
        let stage = |id: &StageId| match framework.stage(id) {
            Some(s) => Ok(s),
            None => unlike(
                Code::UnknownStage,
                format!("`{id}` is not a stage of {}", framework.id),
                id.as_str(),
                Candidates::Stages(f),
            ),
        };
        let range = match at {
            None => None,
            Some(At::Stage(s)) => {
                let s = stage(s)?;
                Some((s, s))
            }
            Some(At::Range(a, b)) => {
                let (a, b) = (stage(a)?, stage(b)?);
                Some((a.min(b), a.max(b)))
            }
        };
        let is_range = matches!(at, Some(At::Range(..)));
        let Some(dimension) = rest.first() else {
            return match range {
                None => Ok(Referent::Framework(f, anchor)),
                Some((s, _)) if !is_range => Ok(Referent::Stage(f, s, anchor)),
                Some((a, b)) if a == b => unresolved(
                    Code::BrokenReference,
                    "a comparison is between two different stages".to_owned(),
                    format!("write two stages, such as `@{}`", self.example_range(f)),
                ),
                Some((a, b)) => Ok(Referent::Comparison(f, a, b)),
            };
        };
        let Some(d) = framework.dimension(dimension) else {
            return unlike(
                Code::BrokenReference,
                format!("`{dimension}` is not a dimension of {}", framework.id),
                dimension,
                Candidates::Dimensions(f),
            );
        };
        let Some(aspect) = rest.get(1) else {
            return Ok(Referent::Dimension(f, d, range, anchor));
        };
        let Some(a) = framework.dimensions[d].aspect(aspect) else {
            return unlike(
                Code::BrokenReference,
                format!("`{aspect}` is not an aspect of {dimension}"),
                aspect,
                Candidates::Aspects(f, d),
            );
        };
        if let Some(more) = rest.get(2) {
            return unresolved(
                Code::BrokenReference,
                format!("nothing lies below an aspect: `{more}`"),
                "an address ends with the aspect, and `@stage` for its cell".to_owned(),
            );
        }
        match range {
            Some((s, _)) if !is_range => {
                let cell = framework.dimensions[d].aspects[a].cell(s);
                let Some(activity) = anchor else { return Ok(Referent::Cell(f, d, a, s, None)) };
                match cell.activities.iter().position(|x| x.id.as_str() == &*activity) {
                    Some(i) => Ok(Referent::Cell(f, d, a, s, Some(i))),
                    None => unlike(
                        Code::BrokenReference,
                        format!("this cell holds no activity `{activity}`"),
                        &activity,
                        Candidates::Activities(f, d, a, s),
                    ),
                }
            }
            range => Ok(Referent::Aspect(f, d, a, range, anchor)),
        }
    }

    fn example_range(&self, f: usize) -> String {
        match self.frameworks[f].stages() {
            [first, second, ..] => format!("{}..{}", first.id, second.id),
            _ => "poc..mvp".to_owned(),
        }
    }

    fn nothing(&self, address: &Address, path: &str) -> Result<Referent, Unresolved> {
        let message = format!("`{address}` names nothing");
        match address {
            Address::Path { at: Some(_), parts, .. }
                if self.default_framework.is_none() && parts.is_empty() =>
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

    /// How to fix a reference, in a sentence or two.
    pub fn help(&self, help: &Help, budget: &mut Budget) -> String {
        let (written, with) = match help {
            Help::Said(sentence) => return sentence.clone(),
            Help::Compare { written, with } => (written.as_str(), with),
        };
        match with {
            Candidates::Terms => {
                let names = self.glossary.iter().flat_map(|g| g.terms.iter().map(|t| t.id.as_str()));
                budget.nearest(written, names).map_or("add it to content/glossary.toml".to_owned(), |near| {
                    format!("did you mean `term:{near}`?")
                })
            }
            Candidates::Addresses => {
                let pages = || self.lookup.by_path.keys().map(String::as_str).chain(self.starts());
                self.like_path(written, pages, budget).map_or(
                    "addresses are files below content/ without `.md`, or parts of a framework".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                )
            }
            Candidates::Starts => budget.suggest(written, "frameworks and dimensions", self.starts()),
            Candidates::Files(folder) => {
                let pages = || self.documents.iter().map(|p| p.file.as_str());
                let files = || pages().chain(self.assets.iter().map(|a| a.file.path.as_str()));
                self.like_path(written, files, budget)
                    .map(|near| format!("did you mean `{}`?", relative(folder, near)))
                    .unwrap_or_default()
            }
            Candidates::Anchors(node) => self.like_anchor(written, *node, budget),
            Candidates::Stages(f) => {
                let stages = self.frameworks[*f].stages().iter();
                budget.suggest(written, "stages", stages.map(|s| s.id.as_str()))
            }
            Candidates::Dimensions(f) => {
                let dimensions = self.frameworks[*f].dimensions.iter();
                budget.suggest(written, "dimensions", dimensions.map(|d| d.id.as_str()))
            }
            Candidates::Aspects(f, d) => {
                let aspects = self.frameworks[*f].dimensions[*d].aspects.iter();
                budget.suggest(written, "aspects", aspects.map(|a| a.id().as_str()))
            }
            Candidates::Activities(f, d, a, s) => {
                let cell = self.frameworks[*f].dimensions[*d].aspects[*a].cell(*s);
                budget.suggest(written, "activities", cell.activities.iter().map(|x| x.id.as_str()))
            }
        }
    }

    /// What an address outside of all pages can begin with.
    fn starts(&self) -> impl Iterator<Item = &str> {
        let own = self.default_framework.iter().flat_map(|f| self.frameworks[*f].dimensions.iter());
        self.frameworks.iter().map(|f| f.id.as_str()).chain(own.map(|d| d.id.as_str()))
    }

    /// A path like the one written. A right name in a wrong folder is the most frequent slip.
    fn like_path<'s, I: Iterator<Item = &'s str>>(
        &'s self,
        written: &str,
        known: impl Fn() -> I,
        budget: &mut Budget,
    ) -> Option<&'s str> {
        if !budget.spend(self.documents.len().saturating_add(self.assets.len())) {
            return None;
        }
        let last =
            |path: &str| path.rsplit('/').next().is_some_and(|name| written.rsplit('/').next() == Some(name));
        known().filter(|path| last(path)).min().or_else(|| budget.nearest(written, known()))
    }

    fn like_anchor(&self, written: &str, node: PageId, budget: &mut Budget) -> String {
        let anchors = self.anchors(node);
        let known = || anchors.places().iter().map(|place| place.id.as_str());
        let mut help = budget
            .nearest(written, known())
            .map(|near| format!("did you mean `#{near}`? "))
            .unwrap_or_default();
        if anchors.places().is_empty() {
            help.push_str("there are no headings there");
        } else if anchors.places().len() <= MOST_LISTED {
            help.push_str(&format!("headings there: {}", known().collect::<Vec<_>>().join(", ")));
        }
        help
    }

    fn describe(&self, referent: &Referent) -> String {
        match referent {
            Referent::Page(..) => "a page".to_owned(),
            Referent::Framework(..) => "a framework".to_owned(),
            Referent::Stage(..) => "a stage".to_owned(),
            Referent::Comparison(..) => "a comparison".to_owned(),
            Referent::Dimension(f, ..) => format!("a dimension of {}", self.frameworks[*f].id),
            Referent::Aspect(f, ..) | Referent::Cell(f, ..) => {
                format!("an aspect of {}", self.frameworks[*f].id)
            }
            Referent::Term(_) => "a term".to_owned(),
        }
    }

    /// Where a thing is shown.
    pub fn place(&self, referent: &Referent) -> Option<Target> {
        let on =
            |kind: PageKind, anchor: Option<Arc<str>>| self.find(kind).map(|node| Target { node, anchor });
        match referent {
            Referent::Page(node, anchor) => Some(Target { node: *node, anchor: anchor.clone() }),
            Referent::Framework(f, anchor) => on(PageKind::Framework(*f), anchor.clone()),
            Referent::Stage(f, s, anchor) => on(PageKind::Stage(*f, *s), anchor.clone()),
            Referent::Comparison(f, a, b) => on(PageKind::Comparison(*f, *a, *b), None),
            // One stage of a dimension stands on the stage's page, if anything is to be done there.
            Referent::Dimension(f, d, Some((s, t)), None) if s == t => {
                let dimension = &self.frameworks[*f].dimensions[*d];
                let something = dimension.aspects.iter().any(|a| !a.cell(*s).is_nothing());
                on(PageKind::Stage(*f, *s), something.then(|| Arc::from(dimension.id.as_str())))
            }
            Referent::Dimension(f, d, _, anchor) => on(PageKind::Dimension(*f, *d), anchor.clone()),
            Referent::Aspect(f, d, a, _, anchor) => on(PageKind::Aspect(*f, *d, *a), anchor.clone()),
            Referent::Cell(f, d, a, s, activity) => {
                let stage = &self.frameworks[*f].stages()[*s].id;
                let cell = self.frameworks[*f].dimensions[*d].aspects[*a].cell(*s);
                let anchor = match activity {
                    Some(i) => activity_anchor(stage, cell.activities[*i].id.as_str()),
                    None => stage.to_string(),
                };
                on(PageKind::Aspect(*f, *d, *a), Some(Arc::from(anchor)))
            }
            Referent::Term(t) => {
                let id = self.glossary.as_ref()?.terms.get(*t)?.id.as_str();
                on(PageKind::Glossary, Some(Arc::from(id)))
            }
        }
    }

    /// What a link's text is when the author gives none.
    pub fn label(&self, referent: &Referent) -> String {
        let stages = |f: &usize| self.frameworks[*f].stages();
        match referent {
            Referent::Page(node, anchor) => {
                let node_title = &self.page(*node).title;
                anchor.as_ref().and_then(|a| self.heading(*node, a)).unwrap_or_else(|| node_title.clone())
            }
            Referent::Framework(f, _) => self.frameworks[*f].content.title.clone(),
            Referent::Stage(f, s, _) => stages(f)[*s].title.clone(),
            Referent::Comparison(f, a, b) => format!("{} to {}", stages(f)[*a].title, stages(f)[*b].title),
            Referent::Dimension(f, d, range, _) => {
                let title = &self.frameworks[*f].dimensions[*d].content.title;
                match range {
                    Some((s, t)) if s == t => format!("{title} at {}", stages(f)[*s].title),
                    _ => title.clone(),
                }
            }
            Referent::Aspect(f, d, a, ..) => {
                self.frameworks[*f].dimensions[*d].aspects[*a].content().title.clone()
            }
            Referent::Cell(f, d, a, s, activity) => {
                let aspect = &self.frameworks[*f].dimensions[*d].aspects[*a];
                match activity {
                    Some(i) => aspect.cell(*s).activities[*i].text.source.clone(),
                    None => format!("{} at {}", aspect.content().title, stages(f)[*s].title),
                }
            }
            Referent::Term(t) => self
                .glossary
                .as_ref()
                .and_then(|g| g.terms.get(*t))
                .map(|t| t.name.clone())
                .unwrap_or_default(),
        }
    }

    fn heading(&self, node: PageId, anchor: &str) -> Option<String> {
        self.anchors(node).get(anchor).map(|place| place.title.clone())
    }

    /// The places on a page that can be linked to.
    fn anchors(&self, id: PageId) -> &Anchors {
        static NONE: LazyLock<Anchors> = LazyLock::new(Anchors::default);
        self.anchors.get(id.0).map_or(&NONE, |anchors| anchors.get_or_init(|| self.outline(id).into()))
    }

    /// Where a link leads that is written in `file`, on the page `on`.
    pub fn destination(
        &self,
        reference: &Reference,
        file: &SourcePath,
        on: PageId,
    ) -> Result<Destination, Unresolved> {
        match reference {
            Reference::External(url) => Ok(Destination::External(url.clone())),
            Reference::Anchor(anchor) => {
                let target = Target { node: on, anchor: Some(anchor.clone()) };
                self.check_anchor(target).map(Destination::Page)
            }
            Reference::Address(address) => self.target(address).map(Destination::Page),
            Reference::Path { path, anchor } => self.path(path, anchor.as_ref(), file),
        }
    }

    /// Where an address leads, its anchor checked.
    pub fn target(&self, address: &Address) -> Result<Target, Unresolved> {
        let referent = self.resolve(address)?;
        match self.place(&referent) {
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

    fn check_anchor(&self, target: Target) -> Result<Target, Unresolved> {
        let Some(anchor) = &target.anchor else { return Ok(target) };
        if self.anchors(target.node).get(anchor).is_some() {
            return Ok(target);
        }
        let name = self.page(target.node).permalink.name();
        let name = if name.is_empty() { "the home page" } else { name };
        let message = format!("no heading `#{anchor}` on {name}");
        unlike(Code::BrokenAnchor, message, anchor, Candidates::Anchors(target.node))
    }

    /// Where a path written in `file` leads: to a page's source, a file, or a URL of this site.
    fn path(
        &self,
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
            let target = self.place(&referent?);
            return match target {
                Some(target) => self.check_anchor(target).map(Destination::Page),
                None => unresolved(Code::BrokenLink, format!("`{path}` has no page"), String::new()),
            };
        }
        if let Some(asset) = self.lookup.assets.get(&full) {
            return Ok(Destination::Asset(*asset));
        }
        // The URL of a page, as one would copy it from a browser.
        let url = full.trim_end_matches("index.html").trim_end_matches('/');
        let found =
            self.lookup.by_path.get(full.trim_end_matches('/')).or_else(|| self.lookup.by_url.get(url));
        if let Some(node) = found {
            return self.check_anchor(Target { node: *node, anchor: anchor.cloned() }).map(Destination::Page);
        }
        let wanted = format!("{CONTENT}/{full}");
        let message = format!("there is no `{wanted}`");
        unlike(Code::BrokenLink, message, &wanted, Candidates::Files(file.folder().to_owned()))
    }

    /// What a source file describes; `path` is relative to `content/`. `None` when there is no such file.
    fn source_file(&self, path: &str, anchor: Option<&Arc<str>>) -> Option<Result<Referent, Unresolved>> {
        let full = SourcePath::new(format!("{CONTENT}/{path}"));
        let framework =
            |id: &crate::content::address::FrameworkId| self.frameworks.iter().position(|f| f.id == *id);
        match Role::of(path) {
            Role::Document | Role::Playbook => {
                let node = self.lookup.by_path.get(&page_path(&full)).copied()?;
                // `guides.md` and `guides/index.md` have one address, yet only one of them is there.
                self.document_of(node).filter(|page| page.file == full)?;
                Some(Ok(Referent::Page(node, anchor.cloned())))
            }
            Role::Framework(id) => Some(Ok(Referent::Framework(framework(&id)?, anchor.cloned()))),
            Role::Dimension(id, name) => {
                let f = framework(&id)?;
                let d = self.frameworks[f].dimension(&name)?;
                Some(Ok(Referent::Dimension(f, d, None, anchor.cloned())))
            }
            Role::Text(id, name) => {
                let f = framework(&id)?;
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
                let address = Address::parse(&notation).ok()?;
                let Address::Path { parts, at, anchor, .. } = &address else { return None };
                let found = self.below(f, &parts[1..], at.as_ref(), anchor.as_ref());
                found.is_ok().then_some(found)
            }
            Role::Glossary => Some(Ok(Referent::Page(self.find(PageKind::Glossary)?, anchor.cloned()))),
            Role::Asset => None,
        }
    }
}

/// The anchor of one activity on its aspect's page.
pub fn activity_anchor(stage: &StageId, activity: &str) -> String {
    format!("{stage}-{activity}")
}

/// Joins a path to a folder below `content/`; `None` when it leads out of it.
fn join(folder: &str, path: &str) -> Option<String> {
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

/// The path from a folder to a file, both below the site's root.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - common];
    parts.extend(&to[common..]);
    parts.join("/")
}
