//! The pages of the output: what each shows, where it lies, and what it belongs to.

use super::{Site, TaxonomyTerm};
use crate::content::document::Document;
use crate::content::slug::{slug, title_from_name};
use crate::diagnostics::Diagnostic;
use crate::layout::CONTENT;
use crate::output_path::{OutputPath, Unpublishable};
use crate::source::Source;
use crate::span::SourcePath;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// The number of a page of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub usize);

/// The home page's number.
pub const HOME: PageId = PageId(0);

/// What a page of the output shows. Numbers are those of frameworks, dimensions, aspects and stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // named after what they show
pub enum PageKind {
    Home,
    /// A folder, with or without an `index.md`; the number tells sections apart.
    Section(usize),
    /// Any text that is not a playbook; the number is its document's.
    Guide(usize),
    /// The number is its document's.
    Playbook(usize),
    Framework(usize),
    Stage(usize, usize),
    Dimension(usize, usize),
    Aspect(usize, usize, usize),
    /// All comparisons of a framework.
    Comparisons(usize),
    Comparison(usize, usize, usize),
    /// Where a team finds out where it stands.
    Assessment(usize),
    Tags,
    Tag(usize),
    Categories,
    Category(usize),
    Glossary,
    Search,
    NotFound,
}

impl PageKind {
    /// Do `index.json`, `index.csv` and `index.md` lie beside this kind of page?
    pub fn has_data(self) -> bool {
        matches!(self, Self::Framework(_) | Self::Stage(..) | Self::Dimension(..) | Self::Comparison(..))
    }
}

/// The files with a page's content as data.
pub const DATA_FILES: [&str; 3] = ["index.json", "index.csv", "index.md"];

/// Where a page lies, below the site's root: a folder with a trailing slash (empty for the home page), or the
/// name of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permalink {
    url: String,
    file: OutputPath,
}

impl Permalink {
    /// Takes a URL path below the site's root.
    ///
    /// # Errors
    /// When the page's file could not be published under it.
    pub fn new(url: impl Into<String>) -> Result<Self, Unpublishable> {
        let url = url.into();
        let file = if url.is_empty() || url.ends_with('/') {
            OutputPath::new(&format!("{url}index.html"))?
        } else {
            OutputPath::new(&url)?
        };
        Ok(Self { url, file })
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The path as people and addresses name it: without a slash at its end.
    pub fn name(&self) -> &str {
        self.url.trim_end_matches('/')
    }

    /// The file it is published in.
    pub fn file(&self) -> &OutputPath {
        &self.file
    }
}

/// A page of the output.
#[derive(Debug)]
pub struct Page {
    /// What it shows.
    pub kind: PageKind,
    /// The Markdown page behind it.
    pub document: Option<usize>,
    /// Where it lies.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// One or two sentences about it; may be empty.
    pub description: String,
    /// What it belongs to; the home page belongs to itself.
    pub parent: PageId,
    /// What belongs to it, in order.
    pub children: Vec<PageId>,
    /// The file it can be edited in.
    pub file: Option<SourcePath>,
    /// When it was last revised.
    pub updated: Option<Date>,
    /// Order among its neighbours.
    pub weight: i64,
}

/// Lays out all pages, their order, and what finds them; reports URLs that collide.
pub fn lay_out(site: &mut Site, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let mut plan = Plan {
        site,
        source,
        pages: Vec::new(),
        sections: BTreeMap::new(),
        taxa: (Vec::new(), Vec::new()),
        unpublishable: Vec::new(),
    };
    plan.pages();
    plan.frameworks();
    plan.taxonomies();
    plan.special();
    plan.sort();
    plan.report(diagnostics);
    let (nodes, taxa) = (plan.pages, plan.taxa);
    for (i, asset) in site.assets.iter().enumerate() {
        site.lookup.assets.insert(asset.permalink.to_string(), i);
    }
    (site.tags, site.categories) = taxa;
    site.pages = nodes;
    for (i, node) in site.pages.iter().enumerate() {
        let id = PageId(i);
        site.lookup.by_kind.insert(node.kind, id);
        site.lookup.by_url.entry(node.permalink.name().to_owned()).or_insert(id);
        let by_path = &mut site.lookup.by_path;
        match node.document.map(|p| &site.documents[p]) {
            Some(page) => drop(by_path.insert(page_path(&page.file), id)),
            None if matches!(
                node.kind,
                PageKind::Section(_) | PageKind::Glossary | PageKind::Tags | PageKind::Categories
            ) =>
            {
                by_path.insert(node.permalink.name().to_owned(), id);
            }
            None => {}
        }
    }
}

/// The address of a page: its file's path below `content/`, without `.md` and without a final `index`.
pub fn page_path(file: &SourcePath) -> String {
    let path = file.as_str();
    let path = path.strip_prefix(CONTENT).and_then(|below| below.strip_prefix('/')).unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let path = path
        .strip_suffix("index")
        .or_else(|| path.strip_suffix("README"))
        .map_or(path, |p| if p.is_empty() || p.ends_with('/') { p } else { path });
    path.trim_end_matches('/').to_owned()
}

struct Plan<'a> {
    site: &'a Site,
    source: &'a Source,
    pages: Vec<Page>,
    sections: BTreeMap<String, PageId>,
    /// Tags and categories.
    taxa: (Vec<TaxonomyTerm>, Vec<TaxonomyTerm>),
    /// Pages whose place cannot be published, with what it would have been.
    unpublishable: Vec<(PageId, String, Unpublishable)>,
}

const UNWEIGHTED: i64 = i64::MAX / 2;

impl Plan<'_> {
    fn add(&mut self, kind: PageKind, permalink: impl Into<String>, title: &str, parent: PageId) -> PageId {
        let id = PageId(self.pages.len());
        let url = permalink.into();
        let permalink = Permalink::new(url.as_str()).unwrap_or_else(|why| {
            // The site has an error now and is not published; until then the page needs some place.
            self.unpublishable.push((id, url, why));
            Permalink { url: format!("{}/", id.0), file: OutputPath::top("index.html") }
        });
        self.pages.push(Page {
            kind,
            document: None,
            permalink,
            title: title.to_owned(),
            description: String::new(),
            parent,
            children: Vec::new(),
            file: None,
            updated: None,
            weight: UNWEIGHTED,
        });
        if id != parent {
            self.pages[parent.0].children.push(id);
        }
        id
    }

    fn report(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (id, url, why) in &self.unpublishable {
            let file = self.pages[id.0].file.as_ref().unwrap_or(&self.site.config.file);
            diagnostics.push(why.report(file, url));
        }
    }

    fn set_file(&mut self, id: PageId, file: &SourcePath) {
        let node = &mut self.pages[id.0];
        node.updated = node.updated.or_else(|| self.source.committed.get(file).copied());
        node.file = Some(file.clone());
    }

    fn set_page(&mut self, id: PageId, index: usize) {
        let page = &*self.site.documents[index];
        let node = &mut self.pages[id.0];
        node.document = Some(index);
        if page.is_titled || node.kind != PageKind::Home {
            node.title.clone_from(&page.title);
        }
        node.description = description(page);
        node.updated = page.front_matter.updated.or(page.front_matter.date).map(|d| d.0);
        node.weight = page.front_matter.weight.unwrap_or(UNWEIGHTED);
        self.set_file(id, &page.file);
        if let Some(updated) = page.front_matter.updated {
            self.pages[id.0].updated = Some(updated.0);
        }
    }

    /// Markdown pages and the sections they lie in.
    fn pages(&mut self) {
        let home = self.add(PageKind::Home, "", &self.site.config.title.clone(), HOME);
        self.pages[home.0].description.clone_from(&self.site.config.description);
        self.sections.insert(String::new(), home);
        let by_path: Vec<(String, usize)> =
            self.site.documents.iter().enumerate().map(|(i, p)| (page_path(&p.file), i)).collect();
        // A folder with an index.md is a section when something else lies in it, and else a page with its
        // pictures beside it.
        let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
        for (path, _) in &by_path {
            let mut folder = path.as_str();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                *folders.entry(parent).or_default() += 1;
                folder = parent;
            }
        }
        let folders: Vec<String> = folders.into_keys().map(str::to_owned).collect();
        let index_of: HashMap<String, usize> = by_path.iter().cloned().collect();
        for (i, folder) in folders.iter().enumerate() {
            self.section(folder, PageKind::Section(i), index_of.get(folder).copied());
        }
        if !self.site.frameworks.is_empty() && !self.sections.contains_key("frameworks") {
            self.section("frameworks", PageKind::Section(folders.len()), index_of.get("frameworks").copied());
        }
        for (path, i) in &by_path {
            if path.is_empty() {
                self.set_page(home, *i);
                let written = self.site.documents[*i].front_matter.description.is_some();
                if !written && !self.site.config.description.is_empty() {
                    self.pages[home.0].description.clone_from(&self.site.config.description);
                }
                continue;
            }
            if self.sections.contains_key(path.as_str()) {
                continue;
            }
            let page = &*self.site.documents[*i];
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let parent = self.sections.get(folder).copied().unwrap_or(HOME);
            let name = page.front_matter.slug.as_ref().map_or(name, |s| s.value.0.as_str());
            let permalink = format!("{}{name}/", self.pages[parent.0].permalink.as_str());
            let kind = if page.playbook.is_some() { PageKind::Playbook(*i) } else { PageKind::Guide(*i) };
            let id = self.add(kind, permalink, &page.title, parent);
            self.set_page(id, *i);
        }
    }

    fn section(&mut self, folder: &str, kind: PageKind, index: Option<usize>) {
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        let parent = self.sections.get(parent).copied().unwrap_or(HOME);
        let slug = index.and_then(|i| self.site.documents[i].front_matter.slug.clone());
        let last = slug.as_ref().map_or(name, |s| s.value.0.as_str());
        let permalink = format!("{}{last}/", self.pages[parent.0].permalink.as_str());
        let id = self.add(kind, permalink, &title_from_name(name), parent);
        if let Some(i) = index {
            self.set_page(id, i);
        }
        self.sections.insert(folder.to_owned(), id);
    }

    fn frameworks(&mut self) {
        let Some(parent) = self.sections.get("frameworks").copied() else { return };
        for (f, framework) in self.site.frameworks.iter().enumerate() {
            let c = &*framework.content;
            let base = format!("{}{}/", self.pages[parent.0].permalink.as_str(), framework.id);
            let text_updated = framework.text.as_ref().and_then(|t| t.front_matter.updated.map(|d| d.0));
            let root = self.add(PageKind::Framework(f), base.clone(), &c.title, parent);
            let described = framework.text.as_ref().and_then(|t| t.front_matter.description.clone());
            self.pages[root.0].description = described.unwrap_or_else(|| c.summary.clone());
            self.pages[root.0].updated = text_updated.or(c.updated);
            self.set_file(root, &c.file);
            for (s, stage) in c.stages.iter().enumerate() {
                let id = self.add(PageKind::Stage(f, s), format!("{base}{}/", stage.id), &stage.title, root);
                let text = framework.stage_texts[s].as_deref();
                let node = &mut self.pages[id.0];
                node.description = text
                    .and_then(|t| t.front_matter.description.clone())
                    .or_else(|| stage.summary.clone())
                    .unwrap_or_else(|| format!("What to build at {} in {}.", stage.title, c.title));
                node.updated = text.and_then(|t| t.front_matter.updated.map(|d| d.0)).or(c.updated);
                self.set_file(id, text.map_or(&c.file, |t| &t.file));
            }
            for (d, dimension) in framework.dimensions.iter().enumerate() {
                let dc = &*dimension.content;
                let base = format!("{base}{}/", dimension.id);
                let id = self.add(PageKind::Dimension(f, d), base.clone(), &dc.title, root);
                let described = dimension.text.as_ref().and_then(|t| t.front_matter.description.clone());
                self.pages[id.0].description = described
                    .or_else(|| dc.summary.clone())
                    .or_else(|| first_sentences(&dc.intro.prose.lead))
                    .unwrap_or_else(|| format!("{} in {}, stage by stage.", dc.title, c.title));
                self.pages[id.0].updated = c.updated;
                self.set_file(id, &dc.file);
                for (a, aspect) in dimension.aspects.iter().enumerate() {
                    let ac = aspect.content();
                    let permalink = format!("{base}{}/", ac.id);
                    let aspect_id = self.add(PageKind::Aspect(f, d, a), permalink, &ac.title, id);
                    self.pages[aspect_id.0].description = first_sentences(&ac.description.prose.lead)
                        .unwrap_or_else(|| format!("{}: what to do at each stage of {}.", ac.title, c.title));
                    self.pages[aspect_id.0].updated = c.updated;
                    self.set_file(aspect_id, &dc.file);
                }
            }
            if c.stages.len() > 1 {
                let id =
                    self.add(PageKind::Assessment(f), format!("{base}assess/"), "Where do you stand?", root);
                self.pages[id.0].description = format!(
                    "Find the stage you are at in each dimension of {}, and what is missing for the next.",
                    c.title
                );
                self.pages[id.0].updated = c.updated;
                let index =
                    self.add(PageKind::Comparisons(f), format!("{base}compare/"), "Compare stages", root);
                self.pages[index.0].description = format!("Any two stages of {}, side by side.", c.title);
                self.pages[index.0].updated = c.updated;
                for (a, b) in framework.compared() {
                    let (from, to) = (&c.stages[a], &c.stages[b]);
                    let id = self.add(
                        PageKind::Comparison(f, a, b),
                        format!("{base}{}-vs-{}/", from.id, to.id),
                        &format!("{} to {}", from.title, to.title),
                        index,
                    );
                    let text = framework.comparison_texts.get(&(a, b));
                    self.pages[id.0].description =
                        text.and_then(|t| t.front_matter.description.clone()).unwrap_or_else(|| {
                            format!("What changes from {} to {} in {}.", from.title, to.title, c.title)
                        });
                    self.pages[id.0].updated =
                        text.and_then(|t| t.front_matter.updated.map(|d| d.0)).or(c.updated);
                    self.set_file(id, text.map_or(&c.file, |t| &t.file));
                }
            }
        }
    }

    fn taxonomies(&mut self) {
        let (tags, categories) = taxa(self.site, &self.pages);
        for (all, one, title, slug_base, taxa, about) in [
            (
                PageKind::Tags,
                PageKind::Tag as fn(usize) -> PageKind,
                "Tags",
                "tags",
                &tags,
                "Everything about",
            ),
            (
                PageKind::Categories,
                PageKind::Category as fn(usize) -> PageKind,
                "Categories",
                "categories",
                &categories,
                "All in",
            ),
        ] {
            if taxa.is_empty() {
                continue;
            }
            let index = self.add(all, format!("{slug_base}/"), title, HOME);
            self.pages[index.0].description = format!("All {slug_base} of {}.", self.site.config.title);
            for (i, taxon) in taxa.iter().enumerate() {
                let id = self.add(one(i), format!("{slug_base}/{}/", taxon.slug), &taxon.name, index);
                self.pages[id.0].description =
                    format!("{about} {} in {}.", taxon.name, self.site.config.title);
            }
        }
        self.taxa = (tags, categories);
    }

    fn special(&mut self) {
        if let Some(glossary) = self.site.glossary.as_deref().filter(|g| !g.terms.is_empty()) {
            let id = self.add(PageKind::Glossary, "glossary/", "Glossary", HOME);
            self.pages[id.0].description = format!(
                "{} terms used in {}, in a sentence or two each.",
                glossary.terms.len(),
                self.site.config.title
            );
            self.set_file(id, &glossary.file);
        }
        if self.site.config.search.enabled {
            let id = self.add(PageKind::Search, "search/", "Search", HOME);
            self.pages[id.0].description = format!("Search {}.", self.site.config.title);
        }
        let id = self.add(PageKind::NotFound, "404.html", "Page not found", HOME);
        self.pages[id.0].description = "There is no page at this address.".to_owned();
    }

    /// Orders sections' children: lighter first, then by title. What a framework holds has its own order.
    fn sort(&mut self) {
        for i in 0..self.pages.len() {
            if !matches!(self.pages[i].kind, PageKind::Home | PageKind::Section(_)) {
                continue;
            }
            let mut children = std::mem::take(&mut self.pages[i].children);
            children.sort_by_key(|c| {
                let n = &self.pages[c.0];
                (n.weight, n.title.to_lowercase(), n.permalink.as_str().to_owned())
            });
            self.pages[i].children = children;
        }
    }
}

/// A page's own description, or how its text begins.
fn description(page: &Document) -> String {
    page.front_matter
        .description
        .clone()
        .or_else(|| page.playbook.as_ref().map(|p| p.purpose.lead.clone()))
        .or_else(|| first_sentences(&page.body.lead))
        .unwrap_or_default()
}

/// The first sentences of a text, about as much as a search engine shows.
fn first_sentences(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let limit = 180;
    if text.chars().count() <= limit {
        return Some(text.to_owned());
    }
    let cut: String = text.chars().take(limit).collect();
    let end = cut.rfind(". ").map(|i| i + 1).filter(|i| *i > 60);
    Some(match end {
        Some(end) => cut[..end].to_owned(),
        None => {
            cut.rsplit_once(' ')
                .map_or(cut.as_str(), |(head, _)| head)
                .trim_end_matches([',', ';', ':'])
                .to_owned()
                + "…"
        }
    })
}

/// All tags and categories. Words that make the same slug are one; the first spelling names it.
pub fn taxa(site: &Site, nodes: &[Page]) -> (Vec<TaxonomyTerm>, Vec<TaxonomyTerm>) {
    let mut tags: BTreeMap<String, TaxonomyTerm> = BTreeMap::new();
    let mut categories: BTreeMap<String, TaxonomyTerm> = BTreeMap::new();
    let add = |map: &mut BTreeMap<String, TaxonomyTerm>, name: &str, id: PageId| {
        let key = slug(name);
        if key.is_empty() {
            return;
        }
        let taxon = map.entry(key.clone()).or_insert_with(|| TaxonomyTerm {
            slug: key,
            name: name.to_owned(),
            members: Vec::new(),
        });
        if taxon.members.last() != Some(&id) {
            taxon.members.push(id);
        }
    };
    for (i, node) in nodes.iter().enumerate() {
        let id = PageId(i);
        if let Some(page) = node.document.map(|p| &site.documents[p]) {
            page.front_matter.tags.iter().for_each(|t| add(&mut tags, t, id));
            page.front_matter.category.iter().for_each(|c| add(&mut categories, c, id));
        }
        if let PageKind::Aspect(f, d, a) = node.kind {
            let aspect = site.frameworks[f].dimensions[d].aspects[a].content();
            aspect.tags.iter().for_each(|t| add(&mut tags, t, id));
        }
    }
    (tags.into_values().collect(), categories.into_values().collect())
}
