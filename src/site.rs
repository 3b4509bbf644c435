//! All content as one immutable [`Site`]: every page it will have, every reference resolved, every check made.

mod beside;
pub mod checks;
pub mod claims;
pub mod cycles;
pub mod framework;
pub mod links;
pub mod outline;
pub mod pages;
pub mod resolve;
pub mod terms;

use crate::config::Config;
use crate::content::address::Address;
use crate::content::document::{Document, Text};
use crate::content::faq::Faq;
use crate::content::framework::Activity;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::glossary::Glossary;

use crate::content::playbook::PhasePart;
use crate::content::prose::Prose;
use crate::content::{Content, Parsed};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::Budget;
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::source::{Source, SourceFile};
use crate::span::{SourcePath, Spanned};
use framework::Framework;
use jiff::civil::Date;
use pages::{Page, PageId, PageKind};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};
use terms::Terms;

/// Everything the pages are derived from. Never changed after it is built.
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Config,
    /// Markdown pages, by path.
    pub documents: Vec<Arc<Document>>,
    /// Frameworks, by name.
    pub frameworks: Vec<Framework>,
    /// The framework whose name may be left out of addresses.
    pub default_framework: Option<usize>,
    /// The glossary, if there is one.
    pub glossary: Option<Arc<Glossary>>,
    /// Finds the glossary's terms in texts.
    pub terms: Terms,
    /// Files published as they are, by path.
    pub assets: Vec<Asset>,
    /// Every page of the output; the first is the home page.
    pub pages: Vec<Page>,
    /// Words to find pages by, with the pages that carry them.
    pub tags: Vec<TaxonomyTerm>,
    /// Categories with their pages.
    pub categories: Vec<TaxonomyTerm>,
    /// Old URLs and the pages that replace them.
    pub redirects: Vec<(pages::Permalink, PageId)>,
    /// For each page, the pages whose texts refer to it.
    pub backlinks: Vec<Vec<PageId>>,
    /// Playbooks in the order they follow one another, for each series of more than one.
    pub series: Vec<Vec<PageId>>,
    /// For each stage, by the numbers of its framework and its own, the guides and playbooks that say they are for it.
    for_stages: BTreeMap<(usize, usize), Vec<PageId>>,
    /// What is shown in the header.
    pub navigation: Vec<(String, resolve::Target)>,
    /// The files' texts, for outputs that carry the source.
    files: HashMap<SourcePath, Arc<SourceFile>>,
    /// Changes when any setting does, from the file or the command line.
    pub settings: Hash,
    lookup: Lookup,
    /// The places on each page that can be linked to, found when the first link to one is followed.
    anchors: Vec<OnceLock<outline::Anchors>>,
}

/// A tag or a category.
#[derive(Debug)]
pub struct TaxonomyTerm {
    /// The last part of its URL; taxa are in this order.
    pub slug: String,
    /// As it was first written.
    pub name: String,
    /// The pages and aspects that carry it, in the order of the site.
    pub members: Vec<PageId>,
}

/// A file published as it is.
#[derive(Debug)]
pub struct Asset {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Where it is published.
    pub permalink: OutputPath,
    /// Width and height in pixels, when it is an image whose header says so.
    pub size: Option<(usize, usize)>,
}

/// Finds pages by what names them.
#[derive(Debug, Default)]
struct Lookup {
    /// Page addresses: the path below `content/` without its extension.
    by_path: HashMap<String, PageId>,
    by_kind: HashMap<PageKind, PageId>,
    by_url: HashMap<String, PageId>,
    assets: HashMap<String, usize>,
}

/// Something a page is made of, with the file it is written in.
pub enum Part<'a> {
    /// A text with slots.
    Prose(&'a SourcePath, &'a Prose),
    /// An address in a key such as `related`.
    Address(&'a SourcePath, &'a Spanned<Address>),
}

impl Site {
    /// Builds the site. Problems come with it, all of them.
    pub fn build(config: Config, content: Content, source: &Source) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut suggestions = Budget::default();
        let mut frameworks = framework::assemble(&content, &mut suggestions, &mut diagnostics);
        beside::place_all(&mut frameworks, &content, &mut suggestions, &mut diagnostics);
        let mut documents: Vec<Arc<Document>> = Vec::new();
        let mut glossary = None;
        for parsed in &content.parsed {
            match parsed {
                Parsed::Document(page) if config.drafts || !page.front_matter.draft => {
                    documents.push(Arc::clone(page));
                }
                Parsed::Glossary(g) => glossary = Some(Arc::clone(g)),
                _ => {}
            }
        }
        let drafts: Vec<SourcePath> = content
            .parsed
            .iter()
            .filter_map(|p| match p {
                Parsed::Document(page) if page.front_matter.draft && !config.drafts => {
                    Some(page.file.clone())
                }
                _ => None,
            })
            .collect();
        let default_framework = checks::default_framework(&config, &frameworks, &mut diagnostics);
        let assets = assets(&content, &mut diagnostics);
        let mut site = Self {
            terms: Terms::new(glossary.as_deref(), &mut diagnostics),
            config,
            documents,
            frameworks,
            default_framework,
            glossary,
            assets,
            pages: Vec::new(),
            tags: Vec::new(),
            categories: Vec::new(),
            redirects: Vec::new(),
            backlinks: Vec::new(),
            series: Vec::new(),
            for_stages: BTreeMap::new(),
            navigation: Vec::new(),
            files: source.content.iter().map(|f| (f.path.clone(), Arc::clone(f))).collect(),
            settings: Hash::of(&[]),
            lookup: Lookup::default(),
            anchors: Vec::new(),
        };
        site.settings = source
            .config
            .as_ref()
            .map_or(Hash::of(&[]), |c| c.hash)
            .with(&(site.config.drafts, site.config.base_url.as_ref().map(url::Url::as_str)));
        pages::lay_out(&mut site, source, &mut diagnostics);
        site.redirects = claims::settle(&site, &mut diagnostics);
        site.for_stages = site.pages_by_stage();
        site.anchors.resize_with(site.pages.len(), OnceLock::new);
        site.navigation = links::navigation(&site, &mut suggestions, &mut diagnostics);
        site.backlinks = links::follow(&site, &drafts, &mut suggestions, &mut diagnostics);
        cycles::embeds(&site, &mut diagnostics);
        cycles::dependency_circles(&site, &mut diagnostics);
        site.series = links::series(&site, &mut diagnostics);
        checks::run(&site, source.today, &mut diagnostics);
        (site, diagnostics)
    }

    /// A page of the output.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0]
    }

    /// The page of the output that shows something.
    pub fn find(&self, kind: PageKind) -> Option<PageId> {
        self.lookup.by_kind.get(&kind).copied()
    }

    /// The number of a tag or category, by whatever spelling.
    pub fn taxon(taxa: &[TaxonomyTerm], name: &str) -> Option<usize> {
        let slug = crate::content::slug::slug(name);
        taxa.binary_search_by(|t| t.slug.as_str().cmp(&slug)).ok()
    }

    /// The Markdown page behind a page of the output, if it has one.
    pub fn document_of(&self, id: PageId) -> Option<&Document> {
        self.page(id).document.map(|p| &*self.documents[p])
    }

    /// The framework a page belongs to; for pages outside of all frameworks, the default one.
    pub fn framework_of(&self, id: PageId) -> Option<usize> {
        match self.page(id).kind {
            PageKind::Framework(f)
            | PageKind::Stage(f, _)
            | PageKind::Dimension(f, _)
            | PageKind::Aspect(f, ..)
            | PageKind::Comparisons(f)
            | PageKind::Comparison(f, ..)
            | PageKind::Assessment(f) => Some(f),
            _ => self.default_framework,
        }
    }

    /// The guides and playbooks that say they are for a stage, in the order of the site.
    pub fn pages_for(&self, framework: usize, stage: usize) -> &[PageId] {
        self.for_stages.get(&(framework, stage)).map_or(&[], Vec::as_slice)
    }

    fn pages_by_stage(&self) -> BTreeMap<(usize, usize), Vec<PageId>> {
        let mut pages: BTreeMap<(usize, usize), Vec<PageId>> = BTreeMap::new();
        for id in (0..self.pages.len()).map(PageId) {
            for name in self.document_of(id).iter().flat_map(|page| &page.front_matter.stages) {
                let Ok(resolve::Referent::Stage(f, s, _)) = self.resolve(&name.value.0) else { continue };
                let list = pages.entry((f, s)).or_default();
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        pages
    }

    /// The framework text that stands on a page of the output, if any.
    pub fn text_of(&self, id: PageId) -> Option<&Text> {
        match self.page(id).kind {
            PageKind::Framework(f) => self.frameworks[f].text.as_deref(),
            PageKind::Stage(f, s) => self.frameworks[f].stage_texts[s].as_deref(),
            PageKind::Dimension(f, d) => self.frameworks[f].dimensions[d].text.as_deref(),
            PageKind::Aspect(f, d, a) => self.frameworks[f].dimensions[d].aspects[a].text.as_deref(),
            PageKind::Comparison(f, a, b) => self.frameworks[f].comparison_texts.get(&(a, b)).map(|t| &**t),
            _ => None,
        }
    }

    /// The hash of a file of the content.
    pub fn file_hash(&self, file: Option<&SourcePath>) -> Option<Hash> {
        self.files.get(file?).map(|f| f.hash)
    }

    /// How many bytes a file of the content holds.
    pub fn file_size(&self, file: &SourcePath) -> u64 {
        self.files.get(file).map_or(0, |f| f.size)
    }

    /// A page's text as it was written.
    pub fn source_text(&self, page: &Document) -> &str {
        let text = self.files.get(&page.file).and_then(|f| f.text()).unwrap_or_default();
        text.get(page.body_span.range()).unwrap_or_default()
    }

    /// Changes when any file of the content or the configuration does.
    pub fn hash(&self) -> Hash {
        let mut files: Vec<(&SourcePath, Hash)> = self.files.iter().map(|(path, f)| (path, f.hash)).collect();
        files.sort_unstable();
        let bytes: Vec<u8> =
            files.iter().flat_map(|(path, hash)| [path.as_str().as_bytes(), &hash.0].concat()).collect();
        Hash::of(&bytes).with(&(
            &self.config.title,
            &self.config.description,
            self.config.drafts,
            self.config.markdown.options(),
        ))
    }

    /// The day a page was last revised, as far as anyone said.
    pub fn updated(&self, id: PageId) -> Option<Date> {
        self.page(id).updated
    }

    /// Calls `visit` with everything that is written for a page of the output, in reading order.
    pub fn parts<'a>(&'a self, id: PageId, visit: &mut dyn FnMut(Part<'a>)) {
        if let Some(page) = self.document_of(id) {
            page_parts(page, visit);
        }
        match self.page(id).kind {
            PageKind::Framework(f) => {
                let c = &*self.frameworks[f].content;
                for d in &c.decisions {
                    visit(Part::Prose(&c.file, &d.why));
                }
                faq_parts(&c.file, &c.faq, visit);
                for t in &c.takeaways {
                    visit(Part::Prose(&c.file, t));
                }
                for a in &c.related {
                    visit(Part::Address(&c.file, a));
                }
            }
            PageKind::Stage(f, s) => {
                let c = &*self.frameworks[f].content;
                own_parts(&c.file, &c.stages[s].own, visit);
            }
            PageKind::Dimension(f, d) => {
                let c = &*self.frameworks[f].dimensions[d].content;
                visit(Part::Prose(&c.file, &c.intro.prose));
                if let Some(t) = &c.takeaway {
                    visit(Part::Prose(&c.file, t));
                }
                for a in &c.related {
                    visit(Part::Address(&c.file, a));
                }
                own_parts(&c.file, &c.own, visit);
            }
            PageKind::Aspect(f, d, a) => {
                let dimension = &self.frameworks[f].dimensions[d];
                let file = &dimension.content.file;
                let aspect = &dimension.aspects[a];
                let c = aspect.content();
                visit(Part::Prose(file, &c.description.prose));
                for address in c.depends_on.iter().chain(&c.related) {
                    visit(Part::Address(file, address));
                }
                own_parts(file, &c.own, visit);
                for (_, cell) in &c.cells {
                    for activity in &cell.activities {
                        activity_parts(file, activity, visit);
                    }
                }
                for text in aspect.cell_texts.values() {
                    text_parts(text, visit);
                }
            }
            PageKind::Glossary => {
                if let Some(g) = &self.glossary {
                    for term in &g.terms {
                        visit(Part::Prose(&g.file, &term.definition));
                    }
                }
            }
            _ => {}
        }
        if let Some(text) = self.text_of(id) {
            text_parts(text, visit);
        }
    }
}

/// The files that are published as they are.
fn assets(content: &Content, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let below = |file: &SourceFile| {
        let path = file.path.as_str();
        path.strip_prefix(crate::layout::CONTENT).and_then(|p| p.strip_prefix('/')).unwrap_or(path).to_owned()
    };
    let mut asset = |file: &Arc<SourceFile>| match OutputPath::new(&below(file)) {
        Ok(permalink) => Some(Asset {
            permalink,
            size: imagesize::blob_size(&file.bytes).ok().map(|s| (s.width, s.height)),
            file: Arc::clone(file),
        }),
        Err(why) => {
            diagnostics.push(why.report(&file.path, &below(file)));
            None
        }
    };
    content.assets.iter().filter_map(&mut asset).collect()
}

fn page_parts<'a>(page: &'a Document, visit: &mut dyn FnMut(Part<'a>)) {
    let file = &page.file;
    visit(Part::Prose(file, &page.body));
    if let Some(playbook) = &page.playbook {
        visit(Part::Prose(file, &playbook.purpose));
        if let Some(when) = &playbook.when_to_use {
            visit(Part::Prose(file, when));
        }
        for section in &playbook.sections {
            visit(Part::Prose(file, &section.body));
            for part in section.phases.iter().flat_map(|p| &p.parts) {
                match part {
                    PhasePart::Text(text) => visit(Part::Prose(file, text)),
                    PhasePart::Steps(steps) => steps.iter().for_each(|s| visit(Part::Prose(file, &s.text))),
                }
            }
        }
        for address in playbook.follows.iter().chain(&playbook.see_also) {
            visit(Part::Address(file, address));
        }
    }
    for takeaway in &page.takeaways {
        visit(Part::Prose(file, takeaway));
    }
    faq_parts(file, &page.faq, visit);
    for address in &page.front_matter.related {
        visit(Part::Address(file, address));
    }
}

fn text_parts<'a>(text: &'a Text, visit: &mut dyn FnMut(Part<'a>)) {
    visit(Part::Prose(&text.file, &text.body));
    for takeaway in &text.takeaways {
        visit(Part::Prose(&text.file, takeaway));
    }
    faq_parts(&text.file, &text.faq, visit);
    for address in &text.front_matter.related {
        visit(Part::Address(&text.file, address));
    }
}

fn faq_parts<'a>(file: &'a SourcePath, faq: &'a [Faq], visit: &mut dyn FnMut(Part<'a>)) {
    for entry in faq {
        visit(Part::Prose(file, &entry.answer));
    }
}

fn activity_parts<'a>(file: &'a SourcePath, activity: &'a Activity, visit: &mut dyn FnMut(Part<'a>)) {
    visit(Part::Prose(file, &activity.text.prose));
    visit(Part::Prose(file, &activity.details.prose));
    for address in activity.links.iter().chain(&activity.depends_on) {
        visit(Part::Address(file, address));
    }
    own_parts(file, &activity.own, visit);
}

fn own_parts<'a>(file: &'a SourcePath, own: &'a [FieldValue], visit: &mut dyn FnMut(Part<'a>)) {
    for value in own {
        match &value.content {
            FieldContent::Markdown(prose) => visit(Part::Prose(file, prose)),
            FieldContent::Links(links) => links.iter().for_each(|a| visit(Part::Address(file, a))),
            FieldContent::Text(_) | FieldContent::Number(_) | FieldContent::List(_) => {}
        }
    }
}
