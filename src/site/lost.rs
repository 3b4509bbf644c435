//! URLs of the last build that are gone: pages without an alias, and headings that others may link to.

use super::handle::{PageRef, SiteRef};
use super::pages::{Page, Taxonomy};
use crate::content::document::Document;
use crate::content::prose::Heading;
use crate::diagnostics::{Code, Diagnostic};
use crate::last_build::{LastBuild, Places};
use crate::output_path::OutputPath;
use std::collections::{HashMap, HashSet};

impl<'a> PageRef<'a> {
    /// The headings that its author wrote.
    fn headings(self) -> impl Iterator<Item = &'a Heading> {
        let own = self.document().into_iter().flat_map(Document::headings);
        own.chain(self.text().into_iter().flat_map(|text| &text.body.headings))
    }
}

/// The ids of all headings that authors wrote.
pub fn places(site: SiteRef<'_>) -> Places {
    let ids =
        |page: PageRef<'_>| -> Vec<String> { page.headings().map(|heading| heading.id.clone()).collect() };
    let pages = site.pages().map(|page| (page.permalink.file().clone(), ids(page)));
    Places(pages.filter(|(_, ids)| !ids.is_empty()).collect())
}

/// Reports what the last build had and this one has not.
pub fn check(site: SiteRef<'_>, before: &LastBuild, diagnostics: &mut Vec<Diagnostic>) {
    lost_pages(site, before, diagnostics);
    for page in site.pages() {
        if let Some(ids) = before.places.0.get(page.permalink.file()) {
            lost_headings(page, ids, diagnostics);
        }
    }
}

fn lost_pages(site: SiteRef<'_>, before: &LastBuild, diagnostics: &mut Vec<Diagnostic>) {
    let pages = site.site.pages.iter().map(|page| page.permalink.file());
    let old = site.redirects().iter().map(|(from, _)| from.file());
    let assets = site.assets().map(|asset| &asset.permalink);
    let there: HashSet<&OutputPath> = pages.chain(old).chain(assets).collect();
    let is_missed = |path: &&OutputPath| !there.contains(*path) && !is_list(path);
    let mut urls: Vec<&str> = before.pages.iter().filter(is_missed).map(url).collect();
    urls.sort_unstable();
    let mut gone: Vec<(&str, usize)> = Vec::new();
    for url in urls {
        // What lay below a page that is gone is told with it.
        match gone.last_mut() {
            Some((above, below)) if above.ends_with('/') && url.starts_with(*above) => {
                *below = below.saturating_add(1);
            }
            _ => gone.push((url, 0)),
        }
    }
    if gone.is_empty() {
        return;
    }
    let is_new = |page: &&Page| page.document.is_some() && !before.pages.contains(page.permalink.file());
    let new: Vec<&Page> = site.site.pages.iter().filter(is_new).collect();
    let mut by_name: HashMap<&str, Vec<&Page>> = HashMap::new();
    for page in &new {
        by_name.entry(last_part(page.permalink.as_str())).or_default().push(page);
    }
    let is_only_one = gone.len() == 1;
    for (url, below) in gone {
        let below = match below {
            0 => String::new(),
            1 => " (and one page below it)".to_owned(),
            n => format!(" (and {n} pages below it)"),
        };
        let message =
            format!("the page at `/{url}`{below} is gone since the last build, and links to it will break");
        let alias = format!("`aliases = [\"/{url}\"]`");
        let successor = match (by_name.get(last_part(url)).map(Vec::as_slice), new.as_slice()) {
            (Some([page]), _) => page.file.as_ref(),
            (_, [page]) if is_only_one => page.file.as_ref(),
            _ => None,
        };
        let help = match successor {
            Some(_) => format!("if this page took its place, add {alias} to its front matter"),
            None => format!("add {alias} to the front matter of the page that took its place"),
        };
        let file = successor.unwrap_or(&site.config().file);
        diagnostics.push(Diagnostic::new(Code::LostUrl, file, message).help(help));
    }
}

/// Is this a list that comes and goes with what it lists: the pages of a tag or category, or the search?
fn is_list(path: &OutputPath) -> bool {
    let lists = [Taxonomy::Tags.slug(), Taxonomy::Categories.slug(), "search"];
    path.folders().next().is_some_and(|folder| lists.contains(&folder))
}

/// A page's URL below the site's root, by its file.
fn url(file: &OutputPath) -> &str {
    let path = file.as_str();
    path.strip_suffix("index.html").filter(|url| url.is_empty() || url.ends_with('/')).unwrap_or(path)
}

fn last_part(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn lost_headings(page: PageRef<'_>, before: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let Some(file) = page.document().map(|d| &d.file).or_else(|| page.text().map(|t| &t.file)) else {
        return;
    };
    let places = page.site().anchors(page.id());
    let former: HashSet<&str> = places.places().iter().filter_map(|place| place.former.as_deref()).collect();
    let is_lost = |id: &&String| places.get(id).is_none() && !former.contains(id.as_str());
    let lost: Vec<&String> = before.iter().filter(is_lost).collect();
    if lost.is_empty() {
        return;
    }
    let known: HashSet<&str> = before.iter().map(String::as_str).collect();
    let mut new = page.headings().filter(|heading| !known.contains(heading.id.as_str()));
    let renamed = match (lost.as_slice(), new.next(), new.next()) {
        ([_], Some(heading), None) => Some(heading),
        _ => None,
    };
    for id in lost {
        let message = format!("the heading `#{id}` is gone since the last build, and links to it will break");
        let problem = Diagnostic::new(Code::LostUrl, file, message);
        diagnostics.push(match renamed {
            Some(heading) => {
                let help = format!("if this is the same under another name, end its line with `{{#{id}}}`");
                problem.at(heading.span).help(help)
            }
            None => problem.help(format!("if it has another name now, end its line with `{{#{id}}}`")),
        });
    }
}
