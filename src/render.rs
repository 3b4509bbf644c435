//! Views to bytes: pages through templates, data files, feeds and lists through libraries.

pub mod data;
pub mod feed;
pub mod llms;
pub mod sitemap;
pub mod templates;

use crate::diagnostics::Diagnostic;
use crate::site::Site;
use crate::site::nodes::{Kind, NodeId};
use crate::source::Hash;
use crate::theme::Theme;
use crate::view;
use crate::view::href::{Links, page_url};
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::Hash as _;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use templates::Templates;
use xxhash_rust::xxh3::Xxh3;

/// Where rendered files go.
pub trait Sink: Sync {
    /// Is this very file there already? Then it stays, and need not be rendered again.
    fn keep(&self, path: &str, hash: Hash) -> bool;

    /// Takes a file.
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()>;

    /// Takes a file that is large and seldom read, as the function that makes it. `key` changes when the file
    /// would.
    fn put_later(&self, path: &str, _key: Hash, make: Make) -> io::Result<()> {
        self.put(path, make())
    }
}

/// Makes a file's bytes.
pub type Make = Box<dyn Fn() -> Vec<u8> + Send + Sync>;

/// Takes nothing: for checks.
pub struct Nowhere;

impl Sink for Nowhere {
    fn keep(&self, _: &str, _: Hash) -> bool {
        false
    }

    fn put(&self, _: &str, _: Vec<u8>) -> io::Result<()> {
        Ok(())
    }
}

/// Memo point 2: for each page, the key of its view and theme, and the hash of what they were rendered to.
#[derive(Debug, Default)]
pub struct Memo(HashMap<String, Entry>);

/// A page's key, and the hash of its output.
type Entry = (Hash, Hash);

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
    let total = site.nodes.len();
    let done = AtomicUsize::new(0);
    let rendered = AtomicUsize::new(0);
    let problems = Mutex::new(Vec::new());
    let known = &*memo;
    let entries: io::Result<HashMap<String, Entry>> = (0..total)
        .into_par_iter()
        .filter_map(|i| {
            let id = NodeId(i);
            let view = view::view(site, &theme.names, id);
            let path = site.node(id).permalink.file();
            let key = key(&view, theme);
            let before = known.0.get(&path).filter(|(k, _)| *k == key).map(|(_, output)| *output);
            let result = match before.filter(|output| sink.keep(&path, *output)) {
                Some(output) => Ok((path, (key, output))),
                None => match templates.render(&view, site, id) {
                    Ok(html) => {
                        rendered.fetch_add(1, Ordering::Relaxed);
                        let output = Hash::of(html.as_bytes());
                        sink.put(&path, html.into_bytes()).map(|()| (path, (key, output)))
                    }
                    Err(problem) => {
                        if let Ok(mut problems) = problems.lock() {
                            problems.push(problem);
                        }
                        return None;
                    }
                },
            };
            let result = result.and_then(|entry| data_files(site, id, sink).map(|()| entry));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Some(result)
        })
        .collect();
    let problems = problems.into_inner().unwrap_or_default();
    if !problems.is_empty() {
        return Err(Failure::Template(problems));
    }
    memo.0 = entries.map_err(Failure::Io)?;
    whole_site(site, sink).map_err(Failure::Io)?;
    Ok(Rendered { pages: total, rendered: rendered.into_inner() })
}

/// What a page's output depends on.
fn key(view: &view::View, theme: &Theme) -> Hash {
    let mut hasher = Xxh3::new();
    theme.hash.0.hash(&mut hasher);
    view.hash(&mut hasher);
    Hash(hasher.digest128().to_le_bytes())
}

fn data_files(site: &Site, id: NodeId, sink: &dyn Sink) -> io::Result<()> {
    let node = site.node(id);
    let Some(export) = view::data::export(site, node.kind) else { return Ok(()) };
    sink.put(&node.permalink.beside("index.json"), data::json(&export))?;
    sink.put(&node.permalink.beside("index.csv"), data::csv(&export))?;
    sink.put(&node.permalink.beside("index.md"), data::markdown(&export))
}

/// Files that are about the site as a whole, old URLs, and files published as they are.
fn whole_site(site: &Arc<Site>, sink: &dyn Sink) -> io::Result<()> {
    for asset in &site.assets {
        sink.put(&asset.permalink, asset.file.bytes.clone())?;
    }
    for (permalink, to) in &site.redirects {
        sink.put(&permalink.file(), redirect(site, &permalink.0, *to).into_bytes())?;
    }
    // Sitemaps and feeds hold absolute URLs by their rules, so they need to know where the site will lie.
    if site.config.base_url.is_some() {
        sink.put("sitemap.xml", sitemap::sitemap(site))?;
        if let Some(limit) = site.config.feed {
            sink.put("feed.xml", feed::feed(site, limit))?;
        }
    }
    sink.put("robots.txt", sitemap::robots(site).into_bytes())?;
    sink.put("llms.txt", llms::index(site).into_bytes())?;
    let whole = Arc::clone(site);
    sink.put_later("llms-full.txt", site.hash(), Box::new(move || llms::full(&whole).into_bytes()))
}

/// A page that leads from an old URL to the new one, without a script.
fn redirect(site: &Site, from: &str, to: NodeId) -> String {
    use crate::content::markdown::escaped;
    let node = site.node(to);
    let url = page_url(&node.permalink, site.config.urls);
    let depth = from.matches('/').count();
    let href = escaped(&format!("{}{}", "../".repeat(depth), crate::view::href::encode_path(&url)));
    let href = if href.is_empty() { "./".to_owned() } else { href };
    let canonical = Links::new(site, to)
        .absolute(&url)
        .map(|u| format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(&u)))
        .unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         {canonical}</head>\n<body>\n<p>This page has moved: <a href=\"{href}\">{title}</a></p>\n</body>\n</html>\n",
        lang = escaped(&site.config.language),
        title = escaped(&node.title),
    )
}

/// Is this page listed in sitemaps and the like?
fn is_public(site: &Site, id: NodeId) -> bool {
    site.node(id).kind != Kind::NotFound
        && site.page_of(id).is_none_or(|p| !p.matter.draft && p.matter.search != Some(false))
}
