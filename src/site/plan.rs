//! Lays out the pages of the output, their order, and what finds them.

mod print;

use super::handle::{ComparisonRef, FrameworkRef, SiteRef};
use super::pages::{FrameworkPage, HOME, Page, PageId, PageKind, Permalink, Taxonomy, is_listed};
use super::{Site, TaxonomyTerm, order};
use crate::content::document::{Document, Text, document_path};
use crate::content::slug::{self, title_from_name};
use crate::diagnostics::Diagnostic;
use crate::layout::NOT_FOUND;
use crate::output_path::Unpublishable;
use crate::source::Source;
use crate::span::SourcePath;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Lays out all pages of a site; reports those that have no place.
pub fn lay_out(site: &mut Site, source: &Source, drafts: &[SourcePath], diagnostics: &mut Vec<Diagnostic>) {
    let mut plan = Plan {
        site: SiteRef::unwatched(site),
        source,
        pages: Vec::new(),
        sections: BTreeMap::new(),
        unpublishable: Vec::new(),
    };
    plan.documents();
    plan.frameworks();
    let [tags, categories] = [Taxonomy::Tags, Taxonomy::Categories].map(|taxonomy| plan.taxonomy(taxonomy));
    plan.special();
    plan.print(diagnostics);
    order::settle(plan.site, &mut plan.pages, drafts, diagnostics);
    plan.report(diagnostics);
    let pages = plan.pages;
    for (i, asset) in site.assets.iter().enumerate() {
        site.lookup.assets.insert(asset.permalink.to_string(), i);
    }
    (site.tags, site.categories, site.pages) = (tags, categories, pages);
    for (i, page) in site.pages.iter().enumerate() {
        let id = PageId(i);
        site.lookup.by_kind.entry(page.kind).or_insert(id);
        site.lookup.by_url.entry(page.permalink.name().to_owned()).or_insert(id);
        let path = match page.document.and_then(|d| site.documents.get(d)) {
            Some(document) => document_path(&document.file),
            None if matches!(page.kind, PageKind::Section | PageKind::Glossary | PageKind::Terms(_)) => {
                page.permalink.name().to_owned()
            }
            None => continue,
        };
        site.lookup.by_path.insert(path, id);
    }
}

struct Plan<'a> {
    site: SiteRef<'a>,
    source: &'a Source,
    pages: Vec<Page>,
    /// Sections by their folders.
    sections: BTreeMap<String, PageId>,
    /// Pages whose place cannot be published, with what it would have been.
    unpublishable: Vec<(PageId, String, Unpublishable)>,
}

const UNWEIGHTED: i64 = i64::MAX / 2;

/// What the plan knows of a page beside its kind and its place.
#[derive(Default)]
struct About<'a> {
    title: &'a str,
    description: String,
    file: Option<&'a SourcePath>,
    updated: Option<Date>,
}

impl<'a> Plan<'a> {
    fn add(&mut self, kind: PageKind, url: &str, parent: PageId, about: About<'_>) -> PageId {
        let id = PageId(self.pages.len());
        let permalink = Permalink::new(url).unwrap_or_else(|why| {
            // The site has an error now and is not published; until then the page needs some place.
            self.unpublishable.push((id, url.to_owned(), why));
            Permalink::none(id)
        });
        let committed = about.file.and_then(|file| self.source.committed.get(file).copied());
        self.pages.push(Page {
            kind,
            document: None,
            permalink,
            title: about.title.to_owned(),
            description: about.description,
            parent,
            children: Vec::new(),
            file: about.file.cloned(),
            updated: about.updated.or(committed),
            weight: UNWEIGHTED,
            listed: true,
        });
        if let Some(parent) = self.pages.get_mut(parent.0).filter(|_| id != parent) {
            parent.children.push(id);
        }
        id
    }

    /// The URL of a page that others lie below.
    fn base(&self, id: PageId) -> String {
        self.pages.get(id.0).map(|page| page.permalink.as_str().to_owned()).unwrap_or_default()
    }

    fn report(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (id, url, why) in &self.unpublishable {
            let file = self.pages.get(id.0).and_then(|page| page.file.as_ref());
            diagnostics.push(why.report(file.unwrap_or(&self.site.config().file), url));
        }
    }

    /// Says which document stands behind a page.
    fn set_document(&mut self, id: PageId, index: usize) {
        let Some(document) = self.site.site.documents.get(index) else { return };
        let Some(page) = self.pages.get_mut(id.0) else { return };
        page.document = Some(index);
        if document.is_titled || page.kind != PageKind::Home {
            page.title.clone_from(&document.title);
        }
        let config = self.site.config();
        let derived = page.kind == PageKind::Home && document.front_matter.description.is_none();
        if !derived || config.description.is_empty() {
            page.description = description(document);
        }
        let written = document.front_matter.updated.or(document.front_matter.date).map(|d| d.0);
        page.weight = document.front_matter.weight.unwrap_or(UNWEIGHTED);
        page.listed = document.front_matter.listed;
        page.updated = written.or_else(|| self.source.committed.get(&document.file).copied());
        page.file = Some(document.file.clone());
    }

    /// Documents and the sections they lie in.
    fn documents(&mut self) {
        let site = self.site;
        let config = site.config();
        let about =
            About { title: &config.title, description: config.description.clone(), ..About::default() };
        let home = self.add(PageKind::Home, "", HOME, about);
        self.sections.insert(String::new(), home);
        let documents = &site.site.documents;
        let by_path: Vec<(String, usize, &Document)> = documents
            .iter()
            .enumerate()
            .filter(|(_, d)| d.file.as_str() != NOT_FOUND)
            .map(|(i, d)| (document_path(&d.file), i, &**d))
            .collect();
        // A folder with an index.md is a section when something else lies in it, and else a page with its
        // pictures beside it.
        let mut folders: BTreeMap<&str, Option<(usize, &Document)>> = BTreeMap::new();
        for (path, ..) in &by_path {
            let mut folder = path.as_str();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                folders.insert(parent, None);
                folder = parent;
            }
        }
        if !site.site.frameworks.is_empty() {
            folders.entry("frameworks").or_default();
        }
        for (path, i, document) in &by_path {
            if let Some(index) = folders.get_mut(path.as_str()) {
                *index = Some((*i, document));
            }
        }
        let written: Vec<&str> = folders.keys().copied().filter(|f| *f != "frameworks").collect();
        let last = folders.contains_key("frameworks").then_some("frameworks");
        for folder in written.into_iter().chain(last) {
            self.section(folder, folders.get(folder).copied().flatten());
        }
        for (path, i, document) in &by_path {
            if path.is_empty() {
                self.set_document(home, *i);
            }
            if path.is_empty() || self.sections.contains_key(path.as_str()) {
                continue;
            }
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let parent = self.sections.get(folder).copied().unwrap_or(HOME);
            let name = document.front_matter.slug.as_ref().map_or(name, |s| s.value.0.as_str());
            let kind = if document.playbook.is_some() { PageKind::Playbook } else { PageKind::Guide };
            let url = format!("{}{name}/", self.base(parent));
            let id = self.add(kind, &url, parent, About::default());
            self.set_document(id, *i);
        }
    }

    fn section(&mut self, folder: &str, index: Option<(usize, &Document)>) {
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        let parent = self.sections.get(parent).copied().unwrap_or(HOME);
        let slug = index.and_then(|(_, document)| document.front_matter.slug.as_ref());
        let last = slug.map_or(name, |s| s.value.0.as_str());
        let url = format!("{}{last}/", self.base(parent));
        let title = title_from_name(name);
        let id = self.add(PageKind::Section, &url, parent, About { title: &title, ..About::default() });
        if let Some((i, _)) = index {
            self.set_document(id, i);
        }
        self.sections.insert(folder.to_owned(), id);
    }

    fn frameworks(&mut self) {
        let Some(parent) = self.sections.get("frameworks").copied() else { return };
        for framework in self.site.frameworks() {
            let content = framework.content();
            let base = format!("{}{}/", self.base(parent), framework.id());
            let text = framework.text();
            let about = About {
                title: framework.title(),
                description: described(text).unwrap_or_else(|| content.summary.clone()),
                file: Some(&content.file),
                updated: updated(text).or(content.updated),
            };
            let root = self.add(PageKind::Framework(framework.key), &base, parent, about);
            self.stages(framework, &base, root);
            self.groups(framework, &base, root);
            self.dimensions(framework, &base, root);
            for page in FrameworkPage::ALL.iter().filter(|page| page.is_there(framework.data())) {
                let texts = framework.texts();
                let [title, description] =
                    page.texts().map(|key| texts.fill(key, &[("framework", &framework.title())]));
                let about = About { title: &title, description, file: None, updated: content.updated };
                let kind = PageKind::Of(framework.key, *page);
                let id = self.add(kind, &format!("{base}{}/", page.slug()), root, about);
                if *page == FrameworkPage::Comparisons {
                    framework.comparisons().for_each(|comparison| self.comparison(comparison, &base, id));
                }
            }
        }
    }

    fn stages(&mut self, framework: FrameworkRef<'a>, base: &str, root: PageId) {
        for stage in framework.stages() {
            let text = stage.text();
            let about = About {
                title: stage.title(),
                description: described(text)
                    .or_else(|| stage.content().summary.clone())
                    .unwrap_or_else(|| framework.describe("stage-description", stage.title())),
                file: Some(text.map_or(&framework.content().file, |t| &t.file)),
                updated: updated(text).or(framework.content().updated),
            };
            self.add(PageKind::Stage(stage.key), &format!("{base}{}/", stage.id()), root, about);
        }
    }

    fn groups(&mut self, framework: FrameworkRef<'a>, base: &str, root: PageId) {
        for group in framework.groups() {
            let content = group.content();
            let about = About {
                title: group.title(),
                description: content
                    .summary
                    .clone()
                    .or_else(|| first_sentences(&content.intro.lead))
                    .unwrap_or_else(|| {
                        let [title, of] = &[group.title(), framework.title()];
                        framework.texts().fill("group-description", &[("title", title), ("framework", of)])
                    }),
                file: Some(&framework.content().file),
                updated: framework.content().updated,
            };
            self.add(PageKind::Group(group.key), &format!("{base}groups/{}/", content.id), root, about);
        }
    }

    fn dimensions(&mut self, framework: FrameworkRef<'a>, base: &str, root: PageId) {
        for dimension in framework.dimensions() {
            let content = dimension.content();
            let base = format!("{base}{}/", dimension.id());
            let about = About {
                title: dimension.title(),
                description: described(dimension.text())
                    .or_else(|| content.summary.clone())
                    .or_else(|| first_sentences(&content.intro.lead))
                    .unwrap_or_else(|| framework.describe("dimension-description", dimension.title())),
                file: Some(&content.file),
                updated: framework.content().updated,
            };
            let id = self.add(PageKind::Dimension(dimension.key), &base, root, about);
            for aspect in dimension.aspects() {
                let described = first_sentences(&aspect.content().description.lead);
                let about = About {
                    title: aspect.title(),
                    description: described
                        .unwrap_or_else(|| framework.describe("aspect-description", aspect.title())),
                    file: Some(&content.file),
                    updated: framework.content().updated,
                };
                self.add(PageKind::Aspect(aspect.key), &format!("{base}{}/", aspect.id()), id, about);
            }
        }
    }

    fn comparison(&mut self, comparison: ComparisonRef<'a>, base: &str, index: PageId) {
        let (from, to, framework) = (comparison.from(), comparison.to(), comparison.framework());
        let text = comparison.text();
        let about = About {
            title: &comparison.title(),
            description: described(text).unwrap_or_else(|| {
                let titles = [from.title(), to.title(), framework.title()];
                let adds = framework.is_cumulative();
                let key = if adds { "comparison-adds-description" } else { "comparison-description" };
                let [from, to, of] = &titles;
                framework.texts().fill(key, &[("from", from), ("to", to), ("framework", of)])
            }),
            file: Some(text.map_or(&framework.content().file, |t| &t.file)),
            updated: updated(text).or(framework.content().updated),
        };
        let url = format!("{base}{}-vs-{}/", from.id(), to.id());
        self.add(PageKind::Comparison(comparison.key), &url, index, about);
    }

    /// The pages of all tags or all categories. Words that make the same slug are one; the first spelling names it.
    fn taxonomy(&mut self, taxonomy: Taxonomy) -> Vec<TaxonomyTerm> {
        let mut terms: BTreeMap<String, TaxonomyTerm> = BTreeMap::new();
        for (i, page) in self.pages.iter().enumerate().filter(|(i, _)| is_listed(&self.pages, PageId(*i))) {
            for name in words(self.site, page, taxonomy) {
                let slug = slug::slug(name);
                if slug.is_empty() {
                    continue;
                }
                let term = terms.entry(slug.clone()).or_insert_with(|| TaxonomyTerm {
                    slug,
                    name: name.clone(),
                    members: Vec::new(),
                });
                if term.members.last() != Some(&PageId(i)) {
                    term.members.push(PageId(i));
                }
            }
        }
        let terms: Vec<TaxonomyTerm> = terms.into_values().collect();
        if !terms.is_empty() {
            let (texts, site) = (self.site.texts(), &self.site.config().title);
            let (all, one) = match taxonomy {
                Taxonomy::Tags => ("all-tags", "everything-about"),
                Taxonomy::Categories => ("all-categories", "all-in"),
            };
            let slug = taxonomy.slug();
            let (title, description) = (texts.get(slug), texts.fill(all, &[("site", site)]));
            let index = self.add(
                PageKind::Terms(taxonomy),
                &format!("{slug}/"),
                HOME,
                About { title: &title, description, ..About::default() },
            );
            for (i, term) in terms.iter().enumerate() {
                let description = texts.fill(one, &[("name", &term.name), ("site", site)]);
                let about = About { title: &term.name, description, ..About::default() };
                self.add(PageKind::Term(taxonomy, i), &format!("{slug}/{}/", term.slug), index, about);
            }
        }
        terms
    }

    fn special(&mut self) {
        let (texts, site) = (self.site.texts(), &self.site.config().title);
        if let Some(glossary) = self.site.glossary().filter(|g| !g.terms.is_empty()) {
            let title = texts.get("glossary");
            let count = glossary.terms.len();
            let description = texts.fill("glossary-description", &[("n", &count), ("site", site)]);
            let about = About { title: &title, description, file: Some(&glossary.file), ..About::default() };
            self.add(PageKind::Glossary, "glossary/", HOME, about);
        }
        if self.site.config().search.enabled {
            let title = texts.get("search");
            let description = texts.fill("search-description", &[("site", site)]);
            let about = About { title: &title, description, ..About::default() };
            self.add(PageKind::Search, "search/", HOME, about);
        }
        let (title, description) = (texts.get("not-found"), texts.get("not-found-description"));
        let about = About { title: &title, description: description.clone(), ..About::default() };
        let id = self.add(PageKind::NotFound, "404.html", HOME, about);
        let documents = &self.site.site.documents;
        if let Some(written) = documents.iter().position(|d| d.file.as_str() == NOT_FOUND) {
            self.set_document(id, written);
            if let Some(page) = self.pages.get_mut(id.0) {
                page.listed = false;
                if page.description.is_empty() {
                    page.description = description;
                }
            }
        }
    }
}

impl FrameworkRef<'_> {
    /// What is said of a part of it of which its author says nothing.
    fn describe(self, key: &str, title: &str) -> String {
        self.texts().fill(key, &[("title", &title), ("framework", &self.title())])
    }
}

/// A text's own description.
fn described(text: Option<&Text>) -> Option<String> {
    text?.front_matter.description.clone()
}

/// When a text says it was revised.
fn updated(text: Option<&Text>) -> Option<Date> {
    Some(text?.front_matter.updated?.0)
}

/// The words that a page carries.
fn words<'a>(site: SiteRef<'a>, page: &Page, taxonomy: Taxonomy) -> impl Iterator<Item = &'a String> {
    let document = page.document.and_then(|d| site.site.documents.get(d)).map(|d| &d.front_matter);
    let of_document = document.map(|front_matter| match taxonomy {
        Taxonomy::Tags => &front_matter.tags[..],
        Taxonomy::Categories => front_matter.category.as_slice(),
    });
    let of_aspect = match (page.kind, taxonomy) {
        (PageKind::Aspect(key), Taxonomy::Tags) => Some(&site.aspect(key).content().tags[..]),
        _ => None,
    };
    of_document.into_iter().chain(of_aspect).flatten()
}

/// A document's own description, or how its text begins.
fn description(document: &Document) -> String {
    document
        .front_matter
        .description
        .clone()
        .or_else(|| document.playbook.as_ref().map(|p| p.purpose.lead.clone()))
        .or_else(|| first_sentences(&document.body.lead))
        .unwrap_or_default()
}

/// The first sentences of a text, about as much as a search engine shows.
fn first_sentences(text: &str) -> Option<String> {
    const LIMIT: usize = 180;
    const SHORTEST: usize = 60;
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(LIMIT) else {
        return (!text.is_empty()).then(|| text.to_owned());
    };
    let cut = text.get(..end).unwrap_or(text);
    Some(if let Some(stop) = cut.rfind(". ").filter(|stop| *stop >= SHORTEST) {
        cut.get(..=stop).unwrap_or(cut).to_owned()
    } else {
        let whole = cut.rsplit_once(' ').map_or(cut, |(head, _)| head);
        whole.trim_end_matches([',', ';', ':']).to_owned() + "…"
    })
}

#[cfg(test)]
mod tests {
    use super::first_sentences;

    #[test]
    fn a_description_ends_with_a_sentence_or_a_word() {
        assert_eq!(first_sentences(" "), None);
        assert_eq!(first_sentences("Short."), Some("Short.".to_owned()));
        let sentence = "A sentence that is long enough to stand for a whole page, or so. ";
        let cut = first_sentences(&sentence.repeat(4)).unwrap_or_default();
        assert_eq!(cut, sentence.repeat(2).trim_end());
        let word = first_sentences(&"word, ".repeat(60)).unwrap_or_default();
        assert!(word.ends_with("word…") && word.chars().count() <= 181, "{word}");
    }
}
