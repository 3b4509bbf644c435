//! Views to bytes: pages through templates, data files, feeds and lists through libraries.

pub(crate) mod data;
mod feed;
mod llms;
mod pictures;
pub mod recipe;
mod redirect;
#[cfg_attr(not(feature = "search"), path = "render/no_search.rs")]
pub(crate) mod search;
pub mod sink;
mod sitemap;
pub(crate) mod templates;

use crate::content::control;
use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::site::Site;
use crate::site::asked::Asked;
use crate::site::claims::REPLACEABLE;
use crate::site::handle::{PageRef, SiteRef};
use crate::site::pages::{PageId, PageKind};
use crate::site::surroundings::Surroundings;
use crate::span::{SourcePath, Span};
use crate::theme::Theme;
use crate::view;
use crate::view::context::PageContext;
use rayon::prelude::*;
use recipe::{Answered, Made, Memo, Method, Recipe};
use sink::Sink;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use templates::Templates;

/// Stands near the top of every page, so that a file can be told to be ours when all records are lost.
pub const MARK: &str = "<meta name=\"generator\" content=\"Guidepost\">";

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

/// What rendering any file needs.
struct Pass<'a> {
    site: &'a Site,
    theme: &'a Theme,
    templates: &'a Templates,
    memo: &'a Memo,
    surroundings: Surroundings,
    sink: &'a dyn Sink,
    rendered: AtomicUsize,
}

/// What is to be remembered of a page: its files, and what its view asked.
type Page = (Vec<(OutputPath, Made)>, Option<(OutputPath, Answered)>);

/// Renders the whole site into a sink, in parallel. `progress` is told the number of pages done and to do.
pub fn render(
    site: &Arc<Site>,
    theme: &Theme,
    templates: &Templates,
    memo: &mut Memo,
    sink: &dyn Sink,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Rendered, Failure> {
    let surroundings = Surroundings::of(site, theme.hash);
    let rendered = AtomicUsize::new(0);
    let pass = Pass { site, theme, templates, memo, surroundings, sink, rendered };
    let texts = site.hash();
    let total = SiteRef::unwatched(site).pages().len();
    let done = AtomicUsize::new(0);
    let all_pages = || -> Vec<Result<Page, Failure>> {
        let ids: Vec<PageId> = SiteRef::unwatched(site).pages().map(PageRef::id).collect();
        ids.into_par_iter()
            .map(|id| {
                let made = pass.page(id);
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                made
            })
            .collect()
    };
    // Pagefind takes one page after the other, and the file with all texts is one; on threads of their own they
    // are made beside rendering.
    let (pages, search, whole) = std::thread::scope(|threads| {
        let search = threads.spawn(|| search_index(site, texts, memo.search.as_ref(), sink));
        let whole = threads.spawn(|| pass.whole_site(site, texts));
        (all_pages(), joined(search), joined(whole))
    });
    let mut files: HashMap<OutputPath, Made> = whole?.into_iter().collect();
    let mut asked = HashMap::new();
    let mut problems = Vec::new();
    let pages = pages.into_iter().zip(SiteRef::unwatched(site).pages());
    for (page, of) in pages {
        match page {
            Ok((made, answered)) => {
                files.extend(made);
                asked.extend(answered);
            }
            Err(Failure::Template(found)) => {
                problems.extend(found.into_iter().map(|problem| (problem, of.permalink.file().clone())));
            }
            Err(failure) => return Err(failure),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Template(once(problems)));
    }
    let rendered = pass.rendered.into_inner();
    *memo = Memo { files, asked, search: search? };
    Ok(Rendered { pages: total, rendered })
}

/// Each problem once, however many pages have it, with the first of them.
fn once(problems: Vec<(Diagnostic, OutputPath)>) -> Vec<Diagnostic> {
    let mut all: Vec<(Diagnostic, OutputPath, usize)> = Vec::new();
    let mut known: HashMap<(SourcePath, Option<Span>, String), usize> = HashMap::new();
    for (problem, page) in problems {
        let key = (problem.file.clone(), problem.span, problem.message.clone());
        if let Some((.., others)) = known.get(&key).and_then(|at| all.get_mut(*at)) {
            *others += 1;
        } else {
            known.insert(key, all.len());
            all.push((problem, page, 0));
        }
    }
    let tell = |(mut problem, page, others): (Diagnostic, OutputPath, usize)| {
        if problem.code != Code::TemplateError {
            return problem;
        }
        problem.message.push_str(&match others {
            0 => format!(" (while rendering {page})"),
            1 => format!(" (while rendering {page} and another page)"),
            _ => format!(" (while rendering {page} and {others} other pages)"),
        });
        problem
    };
    all.into_iter().map(tell).collect()
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T, Failure>>) -> Result<T, Failure> {
    thread.join().unwrap_or_else(|_| Err(Failure::Io(io::Error::other("a thread failed"))))
}

/// The key of a search index, and its files.
type Indexed = (Hash, Vec<(OutputPath, Hash)>);

/// Puts the search index into the sink, or sees that it is there already; says what it is made of.
fn search_index(
    site: &Arc<Site>,
    texts: Hash,
    known: Option<&Indexed>,
    sink: &dyn Sink,
) -> Result<Option<Indexed>, Failure> {
    if !site.config.search.enabled {
        return Ok(None);
    }
    let key = texts.with(&site.config.language);
    if let Some(known) = known.filter(|(known, files)| *known == key && !files.is_empty())
        && known.1.iter().all(|(path, hash)| sink.keep(path, *hash))
    {
        return Ok(Some(known.clone()));
    }
    let whole = Arc::clone(site);
    let make =
        move || search::index(view::search::records(SiteRef::unwatched(&whole)), &whole.config.language);
    Ok(Some((key, sink.put_search(key, Box::new(make)).map_err(Failure::Io)?)))
}

impl Pass<'_> {
    fn follow(&self, recipe: Recipe<'_>) -> Result<(OutputPath, Made), Failure> {
        let known = self.memo.files.get(&recipe.path);
        recipe.follow(known, self.sink)
    }

    /// Puts a page and its data files into the sink, or sees that they are there already.
    fn page(&self, id: PageId) -> Result<Page, Failure> {
        let page = SiteRef::unwatched(self.site).page(id);
        let path = page.permalink.file();
        if let Some(kept) = self.unchanged(page) {
            return Ok(kept);
        }
        let asked = Asked::default();
        let watched = SiteRef::watched(self.site, &asked).page(id);
        let view = view::view(&self.theme.names, watched);
        let mut cx = PageContext::new(watched);
        let files = data::files(&mut cx);
        let html = Recipe::new(path.clone(), view.key(self.theme.hash.with(page.texts())), || {
            self.rendered.fetch_add(1, Ordering::Relaxed);
            let html =
                self.templates.render(&view, page).map_err(|problem| Failure::Template(vec![problem]))?;
            Ok(html.into_bytes())
        });
        let mut made = vec![self.follow(html)?];
        for (name, bytes) in files {
            made.push(self.follow(Recipe::made(path.beside(name), bytes))?);
        }
        let questions = asked.questions();
        let answers = self.surroundings.key(SiteRef::unwatched(self.site), id, &questions);
        Ok((made, Some((path.clone(), Answered { questions, answers }))))
    }

    /// The files of a page, when all that its view asked last time has the same answers and they are still there.
    fn unchanged(&self, page: PageRef<'_>) -> Option<Page> {
        let path = page.permalink.file();
        let before = self.memo.asked.get(path)?;
        let answers = self.surroundings.key(page.site(), page.id(), &before.questions);
        if answers != before.answers {
            return None;
        }
        let data = page.kind.data_files(page.site().config()).map(|name| path.beside(name));
        let kept = std::iter::once(path.clone()).chain(data).map(|path| {
            let made = self.memo.files.get(&path)?;
            self.sink.keep(&path, made.output).then_some((path, *made))
        });
        Some((kept.collect::<Option<_>>()?, Some((path.clone(), before.clone()))))
    }

    /// Files that are about the site as a whole, old URLs, the theme's files and those published as they are.
    fn whole_site(&self, site: &Arc<Site>, texts: Hash) -> Result<Vec<(OutputPath, Made)>, Failure> {
        let whole = SiteRef::unwatched(site);
        let config = &site.config;
        let assets: Vec<_> = whole.assets().collect();
        assets
            .par_iter()
            .map(|asset| (&asset.permalink, &asset.file))
            .chain(&self.theme.files)
            .try_for_each(|(path, file)| self.sink.put_file(path, file))
            .map_err(Failure::Io)?;
        // Everything that such a file tells of is written in the content, or belongs to the surroundings.
        let key = texts.with(&self.surroundings);
        let one = |name: &'static str, make: fn(SiteRef<'_>) -> Vec<u8>| {
            Recipe::new(OutputPath::top(name), key, move || Ok(make(whole)))
        };
        let later = Arc::clone(site);
        let all_texts = Box::new(move || llms::full(SiteRef::unwatched(&later)));
        let mut recipes =
            vec![Recipe { path: OutputPath::top("llms-full.txt"), key, make: Method::Later(all_texts) }];
        if whole.find(PageKind::Search).is_some() {
            recipes.extend(view::names::files(whole).into_iter().enumerate().map(|(number, path)| {
                let later = Arc::clone(site);
                let make = Box::new(move || view::names::part(SiteRef::unwatched(&later), number));
                Recipe { path, key, make: Method::Later(make) }
            }));
        }
        // Sitemaps and feeds hold absolute URLs by their rules, so they need to know where the site will lie.
        if config.base_url.is_some() {
            recipes.push(one("sitemap.xml", sitemap::sitemap));
            recipes.extend(config.feed.entries().map(|_| one("feed.xml", feed::feed)));
        }
        let makers: [fn(SiteRef<'_>) -> Vec<u8>; 2] = [sitemap::robots, llms::index];
        for (name, make) in REPLACEABLE.into_iter().zip(makers) {
            // An author's own file takes the place of ours.
            if !assets.iter().any(|asset| asset.permalink.as_str().eq_ignore_ascii_case(name)) {
                recipes.push(one(name, make));
            }
        }
        recipes.extend(whole.redirects().iter().map(|(from, to)| {
            Recipe::made(from.file().clone(), redirect::redirect(from, whole.page(*to)).into_bytes())
        }));
        let theme = self.theme.assets.iter();
        recipes.extend(theme.map(|(path, bytes)| Recipe::made(path.clone(), bytes.clone())));
        let mut files = pictures::copies(whole, &|path| self.memo.files.get(path).copied(), self.sink)?;
        for recipe in recipes {
            files.push(self.follow(recipe)?);
        }
        Ok(files)
    }
}

/// An XML document without the characters that XML 1.0 (section 2.2) forbids, or advises against. No text of the
/// content holds one; what else finds its way here, such as a file's name, must not make a feed unreadable.
fn xml(document: &str) -> String {
    document.replace(control::is_refused, "")
}

#[cfg(test)]
mod tests {
    #[test]
    fn feeds_and_sitemaps_hold_no_control_characters() {
        assert_eq!(super::xml("<t>a\u{7}b\u{85}\tc\n\u{fffe}</t>"), "<t>ab\tc\n</t>");
    }
}
