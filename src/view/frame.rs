//! What all pages have around their content: head, header, sidebar, contents, links onward, footer.

use super::href::{Links, page_url};
use super::prose::PageContext;
use super::table::{self, StageColumn};
use super::{Body, Link, structured};
use crate::site::Site;
use crate::site::outline::{Outline, Place};
use crate::site::pages::{HOME, PageId, PageKind};
use crate::site::resolve::Target;
use serde::Serialize;
use std::collections::BTreeMap;

/// The theme's published files: the name a template uses, and the hashed name it is published under.
pub type ThemeAssets = BTreeMap<String, String>;

/// No list in a page's navigation is longer than this, so that output grows with content and not its square.
const WINDOW: usize = 40;

/// What surrounds a page's content.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Frame {
    /// The site as a whole.
    pub site: SiteFrame,
    /// The page's kind, as a class name.
    pub kind: &'static str,
    /// Names the page in what a reader's browser keeps: its path from the site's root.
    pub path: String,
    /// The framework the page belongs to, or the site's default one: whose stage is "my stage".
    pub framework: Option<FrameworkFrame>,
    /// The page's title.
    pub title: String,
    /// The title for browsers: with the site's name.
    pub full_title: String,
    /// One or two sentences; may be empty.
    pub description: String,
    /// The description again, when someone wrote it for readers; a derived one would repeat the text.
    pub lead: String,
    /// The page's own absolute URL.
    pub canonical: Option<String>,
    /// `article` or `website`.
    pub og_type: &'static str,
    /// JSON-LD, each ready to stand in a script element.
    pub json_ld: Vec<String>,
    /// The same content for machines.
    pub alternates: Vec<Alternate>,
    /// The header's links.
    pub nav: Vec<NavLink>,
    /// From the home page to here, this page left out.
    pub breadcrumb: Vec<Link>,
    /// The current section.
    pub sidebar: Option<Sidebar>,
    /// The sections that this kind of page has: their ids and headings.
    pub sections: BTreeMap<&'static str, SectionHeading>,
    /// The page's headings.
    pub toc: Vec<TocEntry>,
    /// The page before, in its section.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// Pages whose texts refer to this one.
    pub backlinks: Vec<Link>,
    /// Pages on the same matter.
    pub related: Vec<Link>,
    /// When it was last revised.
    pub updated: Option<String>,
    /// Until when that counts as fresh.
    pub review_by: Option<String>,
    /// Where it can be edited.
    pub edit_url: Option<String>,
    /// Keep search engines away.
    pub noindex: bool,
}

/// What all pages of a site share, with links as seen from one of them.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SiteFrame {
    /// The site's name.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// The home page.
    pub home: String,
    /// Theme files by name.
    pub assets: BTreeMap<String, String>,
    /// The search page, and where its index lies.
    pub search: Option<SearchFrame>,
    /// The Atom feed.
    pub feed: Option<String>,
    /// Tags, categories, glossary: what is of use from everywhere.
    pub footer: Vec<Link>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// The search, as every page knows it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SearchFrame {
    /// The search page.
    pub href: String,
    /// The folder of the index.
    pub index: String,
}

/// A framework, as every page knows it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FrameworkFrame {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its stages.
    pub stages: Vec<StageColumn>,
}

/// The page in another form.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Alternate {
    /// Media type.
    pub media: &'static str,
    /// Short name.
    pub name: &'static str,
    /// Where it lies.
    pub href: String,
}

/// A link in the header, or to the section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct NavLink {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// In the header: the current page lies below it. For the section: it is the current page.
    pub current: bool,
}

/// The navigation of the current section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Sidebar {
    /// The section.
    pub title: NavLink,
    /// Its lists.
    pub groups: Vec<SidebarGroup>,
}

/// A list in the sidebar.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SidebarGroup {
    /// Its heading, if it has one.
    pub title: Option<String>,
    /// Its links.
    pub items: Vec<SidebarItem>,
    /// The full list, when this one is cut.
    pub more: Option<Link>,
}

/// A link in the sidebar.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SidebarItem {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// It is the current page.
    pub current: bool,
    /// Number of the stage, from 1, for its colour.
    pub stage: Option<usize>,
    /// What lies below it, when the current page does too.
    pub children: Vec<SidebarItem>,
}

/// A section of the page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionHeading {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TocEntry {
    /// The text.
    pub title: String,
    /// Its anchor with `#`.
    pub href: String,
    /// Headings below it.
    pub children: Vec<TocEntry>,
}

/// Builds the frame of a page.
pub fn frame(site: &Site, cx: &PageContext<'_>, assets: &ThemeAssets, id: PageId, body: &Body) -> Frame {
    let node = site.page(id);
    let links = cx.links();
    let page = site.document_of(id);
    let (previous, next) = neighbours(site, links, id);
    let show_toc = page.and_then(|p| p.front_matter.toc).unwrap_or(true);
    let outline = site.outline(id);
    let fresh_until = node.updated.and_then(|d| site.config.fresh_until(d)).filter(|_| page.is_some());
    Frame {
        site: site_frame(site, links, assets),
        kind: kind_name(node.kind),
        path: node.permalink.as_str().to_owned(),
        framework: site.framework_of(id).map(|f| FrameworkFrame {
            id: site.frameworks[f].id.to_string(),
            title: site.frameworks[f].content.title.clone(),
            stages: (0..site.frameworks[f].stages().len()).map(|s| table::column(cx, site, f, s)).collect(),
        }),
        title: node.title.clone(),
        full_title: full_title(site, id),
        description: node.description.clone(),
        lead: if page.is_none_or(|p| p.front_matter.description.is_some()) {
            node.description.clone()
        } else {
            String::new()
        },
        canonical: links
            .absolute(page_url(&node.permalink, site.config.urls))
            .filter(|_| node.kind != PageKind::NotFound),
        og_type: if matches!(node.kind, PageKind::Guide(_) | PageKind::Playbook(_)) {
            "article"
        } else {
            "website"
        },
        json_ld: structured::json_ld(site, links, id, body),
        alternates: alternates(node.kind),
        nav: nav(site, links, id),
        breadcrumb: breadcrumb(site, links, id),
        sidebar: sidebar(site, links, id),
        toc: if show_toc { toc(&outline) } else { Vec::new() },
        sections: sections(outline),
        previous,
        next,
        backlinks: backlinks(site, links, id),
        related: related(site, links, id),
        updated: node.updated.map(|d| d.to_string()),
        review_by: fresh_until.map(|d| d.to_string()),
        edit_url: node.file.as_ref().and_then(|file| {
            let pattern = site.config.edit_url.as_ref()?;
            Some(pattern.replace("{path}", &super::href::encode_path(file.as_str())))
        }),
        noindex: matches!(node.kind, PageKind::NotFound | PageKind::Search)
            || page.is_some_and(|p| p.front_matter.draft || p.front_matter.search == Some(false)),
    }
}

fn full_title(site: &Site, id: PageId) -> String {
    let node = site.page(id);
    let title = match node.kind {
        PageKind::Home => return site.config.title.clone(),
        PageKind::Stage(f, _)
        | PageKind::Comparisons(f)
        | PageKind::Assessment(f)
        | PageKind::Comparison(f, ..)
        | PageKind::Dimension(f, _) => {
            format!("{} · {}", node.title, site.frameworks[f].content.title)
        }
        PageKind::Aspect(f, d, _) => {
            format!("{} · {}", node.title, site.frameworks[f].dimensions[d].content.title)
        }
        _ => node.title.clone(),
    };
    format!("{title} · {}", site.config.title)
}

fn site_frame(site: &Site, links: Links<'_>, assets: &ThemeAssets) -> SiteFrame {
    let footer = [PageKind::Glossary, PageKind::Tags, PageKind::Categories]
        .into_iter()
        .filter_map(|kind| site.find(kind))
        .map(|id| Link::new(&site.page(id).title, links.page(id)))
        .collect();
    SiteFrame {
        title: site.config.title.clone(),
        description: site.config.description.clone(),
        language: site.config.language.to_string(),
        home: links.page(HOME),
        assets: assets.iter().map(|(name, path)| (name.clone(), links.path(path))).collect(),
        search: site
            .find(PageKind::Search)
            .map(|id| SearchFrame { href: links.page(id), index: links.path("pagefind/") }),
        feed: site
            .config
            .feed
            .entries()
            .filter(|_| site.config.base_url.is_some())
            .map(|_| links.path("feed.xml")),
        footer,
        extra: site.config.extra.to_json(),
    }
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Home => "home",
        PageKind::Section(_) => "section",
        PageKind::Guide(_) => "page",
        PageKind::Playbook(_) => "playbook",
        PageKind::Framework(_) => "framework",
        PageKind::Stage(..) => "stage",
        PageKind::Dimension(..) => "dimension",
        PageKind::Aspect(..) => "aspect",
        PageKind::Comparisons(_) => "comparisons",
        PageKind::Comparison(..) => "comparison",
        PageKind::Assessment(_) => "assessment",
        PageKind::Tags | PageKind::Categories => "taxonomy",
        PageKind::Tag(_) | PageKind::Category(_) => "taxon",
        PageKind::Glossary => "glossary",
        PageKind::Search => "search",
        PageKind::NotFound => "not-found",
    }
}

/// The data files beside a page.
fn alternates(kind: PageKind) -> Vec<Alternate> {
    if !super::export::has_data(kind) {
        return Vec::new();
    }
    [
        ("application/json", "JSON", "index.json"),
        ("text/csv", "CSV", "index.csv"),
        ("text/markdown", "Markdown", "index.md"),
    ]
    .into_iter()
    .map(|(media, name, href)| Alternate { media, name, href: href.to_owned() })
    .collect()
}

/// The page and all it lies in, from itself to the home page.
fn ancestors(site: &Site, id: PageId) -> Vec<PageId> {
    let up = |id: &PageId| (*id != HOME).then(|| site.page(*id).parent);
    std::iter::successors(Some(id), up).collect()
}

fn nav(site: &Site, links: Links<'_>, id: PageId) -> Vec<NavLink> {
    let above = ancestors(site, id);
    site.navigation
        .iter()
        .map(|(title, target)| NavLink {
            title: title.clone(),
            href: links.target(target),
            current: target.anchor.is_none() && target.node != HOME && above.contains(&target.node),
        })
        .collect()
}

fn breadcrumb(site: &Site, links: Links<'_>, id: PageId) -> Vec<Link> {
    let above = ancestors(site, id);
    let mut trail: Vec<Link> = above[1..]
        .iter()
        .map(|a| Link::new(if *a == HOME { "Home" } else { &site.page(*a).title }, links.page(*a)))
        .collect();
    trail.reverse();
    if id == HOME { Vec::new() } else { trail }
}

/// A stretch of a list around its current item, and whether something was cut.
fn window<T>(items: &[T], current: Option<usize>) -> (&[T], bool) {
    if items.len() <= WINDOW {
        return (items, false);
    }
    let middle = current.unwrap_or(0);
    let from = middle.saturating_sub(WINDOW / 2).min(items.len() - WINDOW);
    (&items[from..from + WINDOW], true)
}

fn item(site: &Site, links: Links<'_>, to: PageId, on: PageId) -> SidebarItem {
    let stage = match site.page(to).kind {
        PageKind::Stage(_, s) => Some(s + 1),
        _ => None,
    };
    SidebarItem {
        title: site.page(to).title.clone(),
        href: links.page(to),
        current: to == on,
        stage,
        children: Vec::new(),
    }
}

/// A list of links, with what lies below the one that the current page lies in.
fn list(
    site: &Site,
    links: Links<'_>,
    title: Option<String>,
    nodes: &[PageId],
    above: &[PageId],
    owner: PageId,
) -> SidebarGroup {
    let on = above[0];
    let current = nodes.iter().position(|n| above.contains(n));
    let (shown, cut) = window(nodes, current);
    let items = shown
        .iter()
        .map(|n| {
            let mut entry = item(site, links, *n, on);
            if above.contains(n) && !matches!(site.page(*n).kind, PageKind::Comparisons(_)) {
                let below = &site.page(*n).children;
                let at = below.iter().position(|c| above.contains(c));
                entry.children = window(below, at).0.iter().map(|c| item(site, links, *c, on)).collect();
            }
            entry
        })
        .collect();
    let more = cut.then(|| Link::new(format!("All {}", nodes.len()), links.page(owner)));
    SidebarGroup { title, items, more }
}

fn sidebar(site: &Site, links: Links<'_>, id: PageId) -> Option<Sidebar> {
    let above = ancestors(site, id);
    let framework = above.iter().find(|a| matches!(site.page(**a).kind, PageKind::Framework(_)));
    if let Some(root) = framework.copied() {
        let PageKind::Framework(f) = site.page(root).kind else { return None };
        let children = &site.page(root).children;
        let of = |test: &dyn Fn(PageKind) -> bool| -> Vec<PageId> {
            children.iter().copied().filter(|c| test(site.page(*c).kind)).collect()
        };
        let mut groups = vec![list(
            site,
            links,
            Some("Stages".to_owned()),
            &of(&|k| matches!(k, PageKind::Stage(..) | PageKind::Comparisons(_) | PageKind::Assessment(_))),
            &above,
            root,
        )];
        let dimensions = of(&|k| matches!(k, PageKind::Dimension(..)));
        let mut by_group: Vec<(Option<String>, Vec<PageId>)> = Vec::new();
        for node in dimensions {
            let PageKind::Dimension(_, d) = site.page(node).kind else { continue };
            let name = site.frameworks[f].dimensions[d].content.group.clone();
            match by_group.iter_mut().find(|(n, _)| *n == name) {
                Some((_, nodes)) => nodes.push(node),
                None => by_group.push((name, vec![node])),
            }
        }
        for (name, nodes) in by_group {
            groups.push(list(
                site,
                links,
                name.or_else(|| Some("Dimensions".to_owned())),
                &nodes,
                &above,
                root,
            ));
        }
        return Some(Sidebar { title: section_link(site, links, root, id), groups });
    }
    // The top section this page lies in; the home page and single pages have none.
    let top = *above.iter().rev().nth(1)?;
    let node = site.page(top);
    if node.children.is_empty()
        || !matches!(node.kind, PageKind::Section(_) | PageKind::Tags | PageKind::Categories)
    {
        return None;
    }
    let group = list(site, links, None, &node.children, &above, top);
    Some(Sidebar { title: section_link(site, links, top, id), groups: vec![group] })
}

fn section_link(site: &Site, links: Links<'_>, section: PageId, on: PageId) -> NavLink {
    NavLink { title: site.page(section).title.clone(), href: links.page(section), current: section == on }
}

fn neighbours(site: &Site, links: Links<'_>, id: PageId) -> (Option<Link>, Option<Link>) {
    let node = site.page(id);
    if id == HOME || !has_neighbours(node.kind) {
        return (None, None);
    }
    let same: fn(PageKind, PageKind) -> bool =
        |a, b| std::mem::discriminant(&a) == std::mem::discriminant(&b);
    let siblings = &site.page(node.parent).children;
    let Some(at) = siblings.iter().position(|s| *s == id) else { return (None, None) };
    let link = |n: &PageId| {
        let other = site.page(*n);
        same(other.kind, node.kind).then(|| Link::new(&other.title, links.page(*n)))
    };
    let previous = at.checked_sub(1).and_then(|i| siblings.get(i)).and_then(link);
    (previous, siblings.get(at + 1).and_then(link))
}

fn has_neighbours(kind: PageKind) -> bool {
    matches!(
        kind,
        PageKind::Guide(_)
            | PageKind::Playbook(_)
            | PageKind::Stage(..)
            | PageKind::Dimension(..)
            | PageKind::Aspect(..)
            | PageKind::Comparison(..)
    )
}

/// A node's title that can be understood away from its place.
pub fn standalone_title(site: &Site, id: PageId) -> String {
    let node = site.page(id);
    match node.kind {
        PageKind::Aspect(f, d, _) => {
            format!("{}: {}", site.frameworks[f].dimensions[d].content.title, node.title)
        }
        PageKind::Stage(f, _) if site.frameworks.len() > 1 => {
            format!("{}: {}", site.frameworks[f].content.title, node.title)
        }
        PageKind::Home => "Home".to_owned(),
        _ => node.title.clone(),
    }
}

fn backlinks(site: &Site, links: Links<'_>, id: PageId) -> Vec<Link> {
    site.backlinks[id.0]
        .iter()
        .map(|from| Link::new(standalone_title(site, *from), links.page(*from)))
        .collect()
}

fn related(site: &Site, links: Links<'_>, id: PageId) -> Vec<Link> {
    let mut targets: Vec<Target> = Vec::new();
    let mut labels = Vec::new();
    let mut add = |addresses: &[crate::span::Spanned<crate::content::address::Address>]| {
        for address in addresses {
            let Ok(referent) = site.resolve(&address.value) else { continue };
            let Some(target) = site.place(&referent) else { continue };
            if target.node != id && !targets.contains(&target) {
                labels.push(site.label(&referent));
                targets.push(target);
            }
        }
    };
    if let Some(page) = site.document_of(id) {
        add(&page.front_matter.related);
    }
    if let Some(text) = site.text_of(id) {
        add(&text.front_matter.related);
    }
    match site.page(id).kind {
        PageKind::Framework(f) => add(&site.frameworks[f].content.related),
        PageKind::Dimension(f, d) => add(&site.frameworks[f].dimensions[d].content.related),
        PageKind::Aspect(f, d, a) => add(&site.frameworks[f].dimensions[d].aspects[a].content().related),
        _ => {}
    }
    labels.into_iter().zip(targets).map(|(label, target)| Link::new(label, links.target(&target))).collect()
}

/// The sections of the page's kind, by the names that templates use.
fn sections(outline: Outline) -> BTreeMap<&'static str, SectionHeading> {
    let heading = |place: Place| SectionHeading { id: place.id, title: place.title };
    outline.sections.into_iter().map(|(section, place)| (section.id(), heading(place))).collect()
}

/// Headings of the second and third level as a tree.
fn toc(outline: &Outline) -> Vec<TocEntry> {
    let mut entries: Vec<TocEntry> = Vec::new();
    for place in &outline.places {
        let entry =
            TocEntry { title: place.title.clone(), href: format!("#{}", place.id), children: Vec::new() };
        match (place.level, entries.last_mut()) {
            (3, Some(parent)) => parent.children.push(entry),
            (2 | 3, _) => entries.push(entry),
            _ => {}
        }
    }
    // A table of contents with one entry tells nothing.
    if entries.len() < 2 && entries.iter().all(|e| e.children.len() < 2) { Vec::new() } else { entries }
}
