//! `llms.txt` and `llms-full.txt`: the site for language models (llmstxt.org).

use super::{data, is_public};
use crate::content::html::plain;
use crate::site::Site;
use crate::site::pages::{HOME, PageId, PageKind};
use crate::view;
use crate::view::href::page_url;

/// What the site is about, and its pages with a sentence each.
pub fn index(site: &Site) -> String {
    let mut out = heading(site);
    for section in site.page(HOME).children.iter().filter(|id| is_public(site, **id)) {
        let node = site.page(*section);
        if node.children.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {}\n\n", node.title));
        for id in &node.children {
            list(site, *id, 0, &mut out);
        }
    }
    out
}

fn heading(site: &Site) -> String {
    let mut out = format!("# {}\n", site.config.title);
    if !site.config.description.is_empty() {
        out.push_str(&format!("\n> {}\n", site.config.description));
    }
    out
}

fn list(site: &Site, id: PageId, depth: usize, out: &mut String) {
    if !is_public(site, id) {
        return;
    }
    let node = site.page(id);
    let url = page_url(&node.permalink, site.config.urls);
    let url = site.config.base_url.as_ref().map_or_else(|| format!("/{url}"), |base| format!("{base}{url}"));
    let description =
        if node.description.is_empty() { String::new() } else { format!(": {}", node.description) };
    out.push_str(&format!(
        "{}- [{}]({url}){}\n",
        "  ".repeat(depth),
        node.title,
        description.replace('\n', " ")
    ));
    // Aspects are many; their dimensions' tables hold them all.
    if !matches!(node.kind, PageKind::Dimension(..) | PageKind::Comparisons(_)) {
        for child in &node.children {
            list(site, *child, depth + 1, out);
        }
    }
}

/// All texts and tables in one file, as Markdown.
pub fn full(site: &Site) -> String {
    let texts: usize = site.documents.iter().map(|p| site.source_text(p).len() + 256).sum();
    // The largest file of a site: growing it step by step would touch twice the memory.
    let mut out = String::with_capacity(texts + 4096);
    out.push_str(&heading(site));
    for id in (0..site.pages.len()).map(PageId).filter(|id| is_public(site, *id)) {
        let node = site.page(id);
        if let Some(page) = site.document_of(id) {
            out.push_str(&format!("\n# {}\n", node.title));
            if !node.description.is_empty() {
                out.push_str(&format!("\n{}\n", node.description));
            }
            out.push('\n');
            out.push_str(site.source_text(page).trim());
            out.push('\n');
            for entry in &page.faq {
                out.push_str(&format!("\n## {}\n\n{}\n", entry.question, plain(&entry.answer.html)));
            }
        }
        if let PageKind::Dimension(f, d) = node.kind {
            let dimension = &site.frameworks[f].dimensions[d];
            out.push('\n');
            if let Some(export) = view::export::export(site, node.kind) {
                out.push_str(&String::from_utf8_lossy(&data::markdown(&export)));
            }
            out.push_str(&format!("\n{}\n", dimension.content.intro.source.trim()));
            for aspect in &dimension.aspects {
                aspect_text(site, f, aspect, &mut out);
            }
        }
    }
    out
}

fn aspect_text(site: &Site, f: usize, aspect: &crate::site::framework::Aspect, out: &mut String) {
    let content = aspect.content();
    out.push_str(&format!("\n## {}\n\n{}\n", content.title, content.description.source));
    for (s, stage) in site.frameworks[f].stages().iter().enumerate() {
        for activity in aspect.cell(s).activities.iter().filter(|a| !a.details.source.is_empty()) {
            out.push_str(&format!(
                "\n- {}: {}. {}",
                stage.title,
                activity.text.source,
                activity.details.source.replace('\n', " ")
            ));
        }
    }
    out.push('\n');
}
