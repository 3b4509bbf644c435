//! Views to bytes: pages through templates, data files, feeds and lists through libraries.

pub mod data;
pub mod feed;
pub mod llms;
pub mod search;
pub mod sitemap;
pub mod templates;

use crate::content::control;
use crate::diagnostics::Diagnostic;
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::site::Site;
use crate::site::claims::REPLACEABLE;
use crate::site::pages::{DATA_FILES, PageId, PageKind};
use crate::source::SourceFile;
use crate::theme::Theme;
use crate::view;
use crate::view::href::{Links, page_url, relative};
use crate::view::key::Surroundings;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::Hash as _;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use templates::Templates;
use xxhash_rust::xxh3::Xxh3;

/// Stands near the top of every page, so that a file can be told to be ours when all records are lost.
pub const MARK: &str = "<meta name=\"generator\" content=\"Guidepost\">";

/// Where rendered files go.
pub trait Sink: Sync {
    /// Is this very file there already? Then it stays, and need not be rendered again.
    fn keep(&self, path: &OutputPath, hash: Hash) -> bool;

    /// Takes a file, and says its hash.
    fn put(&self, path: &OutputPath, bytes: Vec<u8>) -> io::Result<Hash>;

    /// Takes a file of the source as it is.
    fn put_file(&self, path: &OutputPath, file: &Arc<SourceFile>) -> io::Result<()>;

    /// Takes a file that is large and seldom read, as the function that makes it. `key` changes when the file
    /// would. Says the hash under which it can be kept.
    fn put_later(&self, path: &OutputPath, _key: Hash, make: Make) -> io::Result<Hash> {
        self.put(path, make())
    }

    /// Takes the search index as the function that makes it, and says which files it is made of, with their
    /// hashes. `key` changes when any text does.
    fn put_search(&self, _key: Hash, make: MakeSearch) -> io::Result<Vec<(OutputPath, Hash)>> {
        let mut files = Vec::new();
        for (path, bytes) in make()? {
            let hash = self.put(&path, bytes)?;
            files.push((path, hash));
        }
        Ok(files)
    }
}

/// Makes the files of the search index.
pub type MakeSearch = Box<dyn Fn() -> io::Result<Vec<(OutputPath, Vec<u8>)>> + Send + Sync>;

/// Makes a file's bytes.
pub type Make = Box<dyn Fn() -> Vec<u8> + Send + Sync>;

/// Takes nothing: for checks.
pub struct Nowhere;

impl Sink for Nowhere {
    fn keep(&self, _: &OutputPath, _: Hash) -> bool {
        false
    }

    fn put(&self, _: &OutputPath, bytes: Vec<u8>) -> io::Result<Hash> {
        Ok(Hash::of(&bytes))
    }

    fn put_file(&self, _: &OutputPath, _: &Arc<SourceFile>) -> io::Result<()> {
        Ok(())
    }

    fn put_search(&self, _: Hash, _: MakeSearch) -> io::Result<Vec<(OutputPath, Hash)>> {
        Ok(Vec::new())
    }
}

/// Memo point 2: for each page, the key of its view and theme, and the hash of what they were rendered to.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Memo {
    pages: HashMap<OutputPath, Entry>,
    /// The key of the search index, and its files.
    search: Option<Indexed>,
    /// The key of the file with all texts, and its hash.
    texts: Option<(Hash, Hash)>,
}

/// What is kept of a page.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
struct Entry {
    /// Its key without its view, where it has one.
    early: Option<Hash>,
    /// The key of its view.
    key: Hash,
    /// The hash of its output.
    output: Hash,
}

/// What became of rendering.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Pages of the site.
    pub pages: usize,
    /// Of them, pages that had to be rendered.
    pub rendered: usize,
}

/// Why rendering ended early.
#[derive(Debug)]
pub enum Failure {
    /// Templates do not work.
    Template(Vec<Diagnostic>),
    /// The machine failed.
    Io(io::Error),
}

/// Renders the whole site into a sink, in parallel. `progress` is told the number of pages done and to do.
pub fn render(
    site: &Arc<Site>,
    theme: &Theme,
    templates: &Templates,
    memo: &mut Memo,
    sink: &dyn Sink,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Rendered, Failure> {
    for (path, bytes) in &theme.assets {
        sink.put(path, bytes.clone()).map_err(Failure::Io)?;
    }
    let total = site.pages.len();
    let done = AtomicUsize::new(0);
    let problems = Mutex::new(Vec::new());
    let pass = Pass {
        site,
        theme,
        templates,
        known: &memo.pages,
        surroundings: Surroundings::of(site, theme.hash),
        sink,
        rendered: AtomicUsize::new(0),
    };
    let render_all = || -> io::Result<HashMap<OutputPath, Entry>> {
        (0..total)
            .into_par_iter()
            .filter_map(|i| {
                let result = match pass.page(PageId(i)) {
                    Ok(entry) => Ok((site.page(PageId(i)).permalink.file().clone(), entry)),
                    Err(Failure::Io(error)) => Err(error),
                    Err(Failure::Template(found)) => {
                        if let Ok(mut problems) = problems.lock() {
                            problems.extend(found);
                        }
                        return None;
                    }
                };
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                Some(result)
            })
            .collect()
    };
    let key = site.hash();
    // Pagefind takes one page after the other, and the file with all texts is one; on threads of their own they
    // are made beside rendering.
    let (entries, indexed, texts) = std::thread::scope(|threads| {
        let indexing = threads.spawn(|| search_index(site, key, memo.search.as_ref(), sink));
        let texts = threads.spawn(|| all_texts(site, key, memo.texts, sink));
        (render_all(), joined(indexing), joined(texts))
    });
    let rendered = pass.rendered.into_inner();
    let problems = problems.into_inner().unwrap_or_default();
    if !problems.is_empty() {
        return Err(Failure::Template(problems));
    }
    memo.pages = entries.map_err(Failure::Io)?;
    memo.search = indexed.map_err(Failure::Io)?;
    memo.texts = Some(texts.map_err(Failure::Io)?);
    whole_site(site, sink).map_err(Failure::Io)?;
    Ok(Rendered { pages: total, rendered })
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, io::Result<T>>) -> io::Result<T> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed")))
}

/// The key of a search index, and its files.
type Indexed = (Hash, Vec<(OutputPath, Hash)>);

/// Puts the search index into the sink, or sees that it is there already; says what it is made of.
fn search_index(
    site: &Arc<Site>,
    texts: Hash,
    known: Option<&Indexed>,
    sink: &dyn Sink,
) -> io::Result<Option<Indexed>> {
    if !site.config.search.enabled {
        return Ok(None);
    }
    let key = texts.with(&site.config.language);
    if let Some(known) = known
        && known.0 == key
        && !known.1.is_empty()
        && known.1.iter().all(|(path, hash)| sink.keep(path, *hash))
    {
        return Ok(Some(known.clone()));
    }
    let whole = Arc::clone(site);
    let make = move || search::index(view::search::records(&whole), &whole.config.language);
    Ok(Some((key, sink.put_search(key, Box::new(make))?)))
}

/// What rendering any page needs.
struct Pass<'a> {
    site: &'a Site,
    theme: &'a Theme,
    templates: &'a Templates,
    known: &'a HashMap<OutputPath, Entry>,
    surroundings: Surroundings,
    sink: &'a dyn Sink,
    rendered: AtomicUsize,
}

impl Pass<'_> {
    /// Puts a page and its data files into the sink, or sees that they are there already.
    fn page(&self, id: PageId) -> Result<Entry, Failure> {
        let path = self.site.page(id).permalink.file();
        let before = self.known.get(path);
        let early = self.surroundings.key(self.site, id);
        if let Some(entry) =
            before.filter(|e| early.is_some() && e.early == early && self.sink.keep(path, e.output))
        {
            return Ok(*entry);
        }
        let view = view::view(self.site, &self.theme.names, id);
        let key = key(&view, self.theme);
        let same = before.filter(|e| e.key == key && self.sink.keep(path, e.output));
        let entry = if let Some(entry) = same {
            Entry { early, ..*entry }
        } else {
            let html = self.templates.render(&view, self.site, id).map_err(|p| Failure::Template(vec![p]))?;
            self.rendered.fetch_add(1, Ordering::Relaxed);
            let output = self.sink.put(path, html.into_bytes()).map_err(Failure::Io)?;
            Entry { early, key, output }
        };
        data_files(self.site, id, self.sink).map_err(Failure::Io)?;
        Ok(entry)
    }
}

/// What a page's output depends on.
fn key(view: &view::View, theme: &Theme) -> Hash {
    let mut hasher = Xxh3::new();
    theme.hash.0.hash(&mut hasher);
    view.hash(&mut hasher);
    Hash(hasher.digest128().to_le_bytes())
}

fn data_files(site: &Site, id: PageId, sink: &dyn Sink) -> io::Result<()> {
    let node = site.page(id);
    let Some(export) = view::export::export(site, node.kind) else { return Ok(()) };
    let page = node.permalink.file();
    let bytes = [data::json(&export), data::csv(&export), data::markdown(&export)];
    DATA_FILES.iter().zip(bytes).try_for_each(|(name, bytes)| sink.put(&page.beside(name), bytes).map(drop))
}

/// Files that are about the site as a whole, old URLs, and files published as they are.
fn whole_site(site: &Arc<Site>, sink: &dyn Sink) -> io::Result<()> {
    site.assets.par_iter().try_for_each(|asset| sink.put_file(&asset.permalink, &asset.file))?;
    site.redirects.par_iter().try_for_each(|(permalink, to)| {
        sink.put(permalink.file(), redirect(site, permalink.as_str(), *to).into_bytes()).map(drop)
    })?;
    // Sitemaps and feeds hold absolute URLs by their rules, so they need to know where the site will lie.
    if site.config.base_url.is_some() {
        sink.put(&OutputPath::top("sitemap.xml"), sitemap::sitemap(site))?;
        if let Some(limit) = site.config.feed.entries() {
            sink.put(&OutputPath::top("feed.xml"), feed::feed(site, limit))?;
        }
    }
    let makers: [fn(&Site) -> String; 2] = [sitemap::robots, llms::index];
    for (name, make) in REPLACEABLE.into_iter().zip(makers) {
        // An author's own file takes the place of ours.
        if !site.assets.iter().any(|asset| asset.permalink.as_str().eq_ignore_ascii_case(name)) {
            sink.put(&OutputPath::top(name), make(site).into_bytes())?;
        }
    }
    Ok(())
}

/// Puts the file with all texts into the sink, or sees that it is there already; says its key and its hash.
fn all_texts(
    site: &Arc<Site>,
    key: Hash,
    known: Option<(Hash, Hash)>,
    sink: &dyn Sink,
) -> io::Result<(Hash, Hash)> {
    let path = &OutputPath::top("llms-full.txt");
    if let Some((_, output)) = known.filter(|(k, output)| *k == key && sink.keep(path, *output)) {
        return Ok((key, output));
    }
    let whole = Arc::clone(site);
    Ok((key, sink.put_later(path, key, Box::new(move || llms::full(&whole).into_bytes()))?))
}

/// A page that leads from an old URL to the new one, without a script.
fn redirect(site: &Site, from: &str, to: PageId) -> String {
    use crate::content::html::escaped;
    let node = site.page(to);
    let url = page_url(&node.permalink, site.config.urls);
    let href = escaped(&relative(from, url));
    let canonical = Links::new(site, to)
        .absolute(url)
        .map(|u| format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(&u)))
        .unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n{MARK}\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         {canonical}</head>\n<body>\n<p>This page has moved: <a href=\"{href}\">{title}</a></p>\n</body>\n</html>\n",
        lang = escaped(&site.config.language),
        title = escaped(&node.title),
    )
}

/// Is this page listed in sitemaps and the like?
fn is_public(site: &Site, id: PageId) -> bool {
    !matches!(site.page(id).kind, PageKind::NotFound | PageKind::Search)
        && site.document_of(id).is_none_or(|p| !p.front_matter.draft && p.front_matter.search != Some(false))
}

/// An XML document without the characters that XML 1.0 (section 2.2) forbids, or advises against. No text of the
/// content holds one; what else finds its way here, such as a file's name, must not make a feed unreadable.
pub fn xml(document: &str) -> String {
    document.replace(control::is_refused, "")
}
