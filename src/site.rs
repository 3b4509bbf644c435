//! All content as one immutable [`Site`]: every page it will have, every reference resolved, every check made.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub(crate) mod asked;
mod assemble;
mod beside;
mod cells;
mod checks;
pub(crate) mod claims;
mod cycles;
mod data;
pub(crate) mod framework;
pub mod handle;
pub(crate) mod header;
mod help;
mod included;
mod keys;
pub(crate) mod links;
pub(crate) mod lost;
pub(crate) mod names;
pub(crate) mod navigation;
mod order;
pub(crate) mod outline;
pub(crate) mod pages;
pub(crate) mod parts;
pub(crate) mod picture;
mod plan;
mod printed;
pub(crate) mod priority;
pub(crate) mod referent;
pub(crate) mod resolve;
mod series;
pub(crate) mod snippets;
pub(crate) mod surroundings;
pub(crate) mod terms;
mod unreferenced;
pub(crate) mod vocabulary;

use crate::config::Config;
use crate::content::document::Document;
use crate::content::glossary::Glossary;
use crate::content::{Content, Parsed};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::Budget;
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::source::{Source, SourceFile};
use crate::span::SourcePath;
use crate::texts::Texts;
use framework::Framework;
use handle::SiteRef;
use keys::{AssetKey, StageKey};
use pages::{Page, PageId, PageKind, Permalink, Taxonomy};
use snippets::Snippets;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};
use terms::Terms;
use vocabulary::Vocabularies;

/// Everything the pages are derived from. Never changed after it is built; read through [`SiteRef`].
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Config,
    /// Changes when any setting does, from the file or the command line.
    settings: Hash,
    /// Markdown files, by path.
    documents: Vec<Arc<Document>>,
    /// Frameworks, by name.
    frameworks: Vec<Framework>,
    /// The framework whose name may be left out of addresses.
    default_framework: Option<usize>,
    /// The interface texts, in the words of each framework.
    vocabularies: Vocabularies,
    glossary: Option<Arc<Glossary>>,
    /// Finds the glossary's terms in texts.
    terms: Terms,
    /// Texts that are said once.
    snippets: Snippets,
    /// Files published as they are, by path.
    assets: Vec<Asset>,
    /// Every page of the output; the first is the home page.
    pages: Vec<Page>,
    /// Words to find pages by, with the pages that carry them.
    tags: Vec<TaxonomyTerm>,
    categories: Vec<TaxonomyTerm>,
    /// Old URLs and the pages that replace them.
    redirects: Vec<(Permalink, PageId)>,
    /// The files that texts show as pictures.
    shown: BTreeSet<AssetKey>,
    /// For each page, the pages whose texts refer to it.
    backlinks: Vec<Vec<PageId>>,
    /// Playbooks in the order they follow one another, for each series of more than one.
    series: Vec<Vec<PageId>>,
    /// For each stage, the guides and playbooks that say they are for it.
    for_stages: BTreeMap<StageKey, Vec<PageId>>,
    /// What is shown in the header.
    navigation: Vec<header::HeaderEntry>,
    /// The files of the content.
    files: HashMap<SourcePath, Arc<SourceFile>>,
    /// The files that code can be taken from.
    code: HashMap<SourcePath, Arc<SourceFile>>,
    lookup: Lookup,
    /// The places on each page that can be linked to, found when the first link to one is followed.
    anchors: Vec<OnceLock<outline::Anchors>>,
}

/// A tag or a category.
#[derive(Debug, Hash)]
pub struct TaxonomyTerm {
    /// The last part of its URL; terms are in this order.
    pub slug: String,
    /// As it was first written.
    pub name: String,
    /// The pages and aspects that carry it, in the order of the site.
    pub(in crate::site) members: Vec<PageId>,
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
    /// Its format and its smaller copies, when it has any.
    pub smaller: Option<(picture::Format, Vec<picture::Smaller>)>,
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

impl Site {
    /// Builds the site. Problems come with it, all of them.
    pub fn build(config: Config, texts: Texts, content: Content, source: &Source) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut suggestions = Budget::default();
        let mut frameworks = assemble::assemble(&content, &mut suggestions, &mut diagnostics);
        beside::place_all(&mut frameworks, &content, &mut suggestions, &mut diagnostics);
        cells::check(&frameworks, &content.diagnostics, &mut suggestions, &mut diagnostics);
        let mut documents: Vec<Arc<Document>> = Vec::new();
        let mut drafts = Vec::new();
        let mut glossary = None;
        for parsed in &content.parsed {
            match parsed {
                Parsed::Document(document) if document.front_matter.draft && !config.drafts => {
                    drafts.push(document.file.clone());
                }
                Parsed::Document(document) => documents.push(Arc::clone(document)),
                Parsed::Glossary(g) => glossary = Some(Arc::clone(g)),
                _ => {}
            }
        }
        let snippets = Snippets::new(&content);
        let settings = source.config.as_ref().map_or(Hash::of(&[]), |c| c.hash);
        let mut site = Self {
            settings: settings.with(&(config.drafts, config.base_url.as_ref().map(url::Url::as_str))),
            default_framework: checks::default_framework(&config, &frameworks, &mut diagnostics),
            assets: assets(&content, &snippets, &config, &mut diagnostics),
            snippets,
            terms: Terms::new(glossary.as_deref(), &mut diagnostics),
            vocabularies: Vocabularies::new(texts, &frameworks),
            config,
            documents,
            frameworks,
            glossary,
            pages: Vec::new(),
            tags: Vec::new(),
            categories: Vec::new(),
            redirects: Vec::new(),
            shown: BTreeSet::new(),
            backlinks: Vec::new(),
            series: Vec::new(),
            for_stages: BTreeMap::new(),
            navigation: Vec::new(),
            code: source.code.iter().map(|f| (f.path.clone(), Arc::clone(f))).collect(),
            files: source.content.iter().map(|f| (f.path.clone(), Arc::clone(f))).collect(),
            lookup: Lookup::default(),
            anchors: Vec::new(),
        };
        plan::lay_out(&mut site, source, &drafts, &mut diagnostics);
        site.redirects = claims::settle(SiteRef::unwatched(&site), &mut diagnostics);
        site.for_stages = pages_by_stage(SiteRef::unwatched(&site));
        site.anchors.resize_with(site.pages.len(), OnceLock::new);
        snippets::read(&mut site, &mut suggestions, &mut diagnostics);
        site.navigation =
            navigation::navigation(SiteRef::unwatched(&site), &mut suggestions, &mut diagnostics);
        let followed = links::follow(SiteRef::unwatched(&site), &drafts, &mut suggestions, &mut diagnostics);
        site.backlinks = followed.backlinks;
        picture::refuse(&mut site, &followed.shown, &mut diagnostics);
        site.shown = followed.shown;
        site.series = series::series(SiteRef::unwatched(&site), &mut diagnostics);
        let whole = SiteRef::unwatched(&site);
        cycles::embeds(whole, &mut diagnostics);
        cycles::dependency_circles(whole, &mut diagnostics);
        checks::run(whole, source.today, &mut diagnostics);
        unreferenced::check(whole, source, &drafts, &followed.assets, &mut diagnostics);
        (site, diagnostics)
    }

    /// All tags, or all categories.
    fn taxonomy(&self, taxonomy: Taxonomy) -> &[TaxonomyTerm] {
        match taxonomy {
            Taxonomy::Tags => &self.tags,
            Taxonomy::Categories => &self.categories,
        }
    }

    /// Changes when any file of the content or of code, the configuration or the interface texts do.
    pub fn hash(&self) -> Hash {
        let mut files: Vec<(&SourcePath, Hash)> =
            self.files.iter().chain(&self.code).map(|(path, f)| (path, f.hash)).collect();
        files.sort_unstable();
        let bytes: Vec<u8> =
            files.iter().flat_map(|(path, hash)| [path.as_str().as_bytes(), &hash.0].concat()).collect();
        Hash::of(&bytes).with(&(
            &self.config.title,
            &self.config.description,
            self.config.drafts,
            self.config.markdown_options(),
            &self.vocabularies,
        ))
    }
}

fn pages_by_stage(site: SiteRef<'_>) -> BTreeMap<StageKey, Vec<PageId>> {
    let mut pages: BTreeMap<StageKey, Vec<PageId>> = BTreeMap::new();
    for page in site.pages().filter(|page| page.is_listed()) {
        for stage in page.stages() {
            let list = pages.entry(stage.key).or_default();
            if list.last() != Some(&page.id()) {
                list.push(page.id());
            }
        }
    }
    pages
}

/// The files that are published as they are.
fn assets(
    content: &Content,
    snippets: &Snippets,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let widths = &config.images.widths.0;
    let below = |file: &SourceFile| {
        let path = file.path.as_str();
        path.strip_prefix(crate::layout::CONTENT).and_then(|p| p.strip_prefix('/')).unwrap_or(path).to_owned()
    };
    let mut asset = |file: &Arc<SourceFile>| match OutputPath::new(&below(file)) {
        Ok(permalink) => {
            let size = picture::size(&file.bytes);
            let smaller = picture::smaller(file, &permalink, size, widths);
            Some(Asset { permalink, size, smaller, file: Arc::clone(file) })
        }
        Err(why) => {
            diagnostics.push(why.report(&file.path, &below(file)));
            None
        }
    };
    content.assets.iter().filter_map(&mut asset).filter(|asset| snippets.publish(asset)).collect()
}
