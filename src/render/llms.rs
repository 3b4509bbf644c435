//! `llms.txt` and `llms-full.txt`: the site for language models (llmstxt.org).

use crate::site::handle::{PageRef, SiteRef};
use crate::site::pages::{FrameworkPage, PageKind};
use crate::view::context::PageContext;
use crate::view::export;
use crate::view::href::{absolute_url, page_url};

/// What the site is about, and its pages with a sentence each.
pub fn index(site: SiteRef<'_>) -> Vec<u8> {
    let mut out = heading(site);
    for section in site.home().children().filter(|page| page.is_public() && page.children().len() > 0) {
        out.push_str(&format!("\n## {}\n\n", section.title()));
        for page in section.children() {
            list(page, 0, &mut out);
        }
    }
    out.into_bytes()
}

fn heading(site: SiteRef<'_>) -> String {
    let config = site.config();
    let mut out = format!("# {}\n", config.title);
    if !config.description.is_empty() {
        out.push_str(&format!("\n> {}\n", config.description));
    }
    out
}

fn list(page: PageRef<'_>, depth: usize, out: &mut String) {
    if !page.is_public() {
        return;
    }
    let url = absolute_url(page)
        .unwrap_or_else(|| format!("/{}", page_url(&page.permalink, page.site().config().urls)));
    let description = match page.description() {
        "" => String::new(),
        description => format!(": {}", description.replace('\n', " ")),
    };
    out.push_str(&format!("{}- [{}]({url}){description}\n", "  ".repeat(depth), page.title()));
    // Aspects are many; their dimensions' tables hold them all.
    if !matches!(page.kind, PageKind::Dimension(_) | PageKind::Of(_, FrameworkPage::Comparisons)) {
        page.children().for_each(|child| list(child, depth + 1, out));
    }
}

/// All texts and tables in one file, as Markdown.
pub fn full(site: SiteRef<'_>) -> Vec<u8> {
    // The largest file of a site: growing it step by step would touch twice the memory.
    let mut out = String::with_capacity(export::page::size(site) + 4096);
    out.push_str(&heading(site));
    // The file lies beside the home page, so links are as seen from there.
    let mut cx = PageContext::new(site.home());
    for page in site.pages().filter(|page| page.is_public()) {
        if page.document().is_some() {
            out.push('\n');
            out.push_str(&export::page::markdown(&mut cx, page));
        }
        if let PageKind::Dimension(key) = page.kind {
            let dimension = site.dimension(key);
            out.push('\n');
            out.push_str(&export::dimension_markdown(&cx, dimension));
        }
    }
    out.into_bytes()
}
