//! What all pages have around their content: head, header, sidebar, contents, links onward, footer.

use super::block::StageColumn;
use super::context::PageContext;
use super::header::{self, HeaderItem};
use super::href::{Links, absolute_url, encode_path};
use super::link::{Link, LinkList};
use super::nav::{self, Sidebar};
use super::{search, structured, table};
use crate::config::{UrlStyle, feedback};
use crate::site::handle::{AspectRef, PageRef};
use crate::site::outline::{Outline, Place};
use crate::site::pages::{PageKind, Taxonomy};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// Where the files of the theme and of the site's brand are published.
#[derive(Clone, Debug, Default, Hash)]
pub struct ThemeAssets {
    /// The theme's: the name a template uses, and the hashed name it is published under.
    pub files: BTreeMap<String, String>,
    /// The file of the font that every page needs first, when the theme brings one.
    pub font: Option<String>,
    /// The site's own.
    pub brand: BrandAssets,
    /// The interface texts that scripts need, one file for each vocabulary.
    pub texts: Vec<String>,
}

/// What the site shows of its own, as published paths or as links to them.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct BrandAssets {
    /// Beside the title or in its place.
    pub logo: Option<Logo>,
    /// In tabs and bookmarks; the theme's own when there is none.
    pub icon: Option<Icon>,
    /// Stylesheets, linked after the theme's own.
    pub styles: Vec<String>,
}

/// The site's logo.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Logo {
    /// The picture on a light page, and on a dark one when that has none of its own.
    pub light: String,
    /// The picture on a dark page.
    pub dark: Option<String>,
    /// Width and height in pixels, where the file says so.
    pub size: Option<(usize, usize)>,
    /// It stands in the place of the site's title.
    pub replaces_title: bool,
}

/// The site's icon.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Icon {
    /// The file.
    pub href: String,
    /// Its media type.
    pub media: &'static str,
}

impl BrandAssets {
    /// The same as links from one page.
    fn linked(&self, links: Links<'_>) -> Self {
        let mut linked = self.clone();
        let logo =
            linked.logo.iter_mut().flat_map(|logo| std::iter::once(&mut logo.light).chain(&mut logo.dark));
        let icon = linked.icon.iter_mut().map(|icon| &mut icon.href);
        logo.chain(icon).chain(&mut linked.styles).for_each(|path| *path = links.path(path));
        linked
    }
}

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
    /// The header's links and menus.
    pub nav: Vec<HeaderItem>,
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
    pub related: LinkList,
    /// When it was last revised.
    pub updated: Option<String>,
    /// Until when that counts as fresh.
    pub review_by: Option<String>,
    /// Where it can be edited.
    pub edit_url: Option<String>,
    /// Where readers say that something on it is wrong or missing.
    pub feedback_url: Option<String>,
    /// It is printed and handed out.
    pub is_handed_out: bool,
    /// Its table has cells that open.
    pub has_details: bool,
    /// All pages of this section as one document.
    pub print: Option<String>,
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
    /// The language is written from right to left.
    pub right_to_left: bool,
    /// The home page.
    pub home: String,
    /// Theme files by name.
    pub assets: BTreeMap<String, String>,
    /// The script that holds the interface texts of the other scripts.
    pub texts: String,
    /// The font to load before the style asks for it.
    pub font: Option<String>,
    /// The site's own logo, icon and styles.
    pub brand: BrandAssets,
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
    /// The index of all that has a name.
    pub names: String,
    /// The folder of the index of all texts, where there is one.
    pub index: Option<String>,
}

/// A framework, as every page knows it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FrameworkFrame {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Names the choice of the reader's own stage, in its words.
    pub choose: String,
    /// Stands there until one is chosen.
    pub prompt: String,
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

/// Builds the frame of a page whose kind has this name, and this JSON-LD beside breadcrumbs.
pub fn frame(cx: &PageContext<'_>, assets: &ThemeAssets, kind: &'static str, json_ld: Vec<Value>) -> Frame {
    let page = cx.page();
    let config = cx.site().config();
    let document = page.document();
    let (previous, next) = nav::neighbours(cx);
    let outline = page.outline();
    let show_toc = document.and_then(|d| d.front_matter.toc).unwrap_or(true);
    let fresh_until = page.updated.and_then(|d| config.fresh_until(d)).filter(|_| document.is_some());
    let is_described = document.is_none_or(|d| d.front_matter.description.is_some());
    Frame {
        site: site_frame(cx, assets),
        kind,
        path: page.permalink.as_str().to_owned(),
        framework: page.framework().map(|framework| FrameworkFrame {
            id: framework.id().to_string(),
            title: framework.title().to_owned(),
            choose: framework.texts().fill("your-stage-in", &[("title", &framework.title())]),
            prompt: framework.texts().get("my-stage"),
            stages: table::columns(cx, framework),
        }),
        title: page.title().to_owned(),
        full_title: full_title(page),
        description: page.description().to_owned(),
        lead: if is_described { page.description().to_owned() } else { String::new() },
        canonical: absolute_url(page).filter(|_| page.kind != PageKind::NotFound),
        og_type: if page.kind.is_written() { "article" } else { "website" },
        json_ld: structured::scripts(page, json_ld),
        alternates: alternates(page),
        nav: header::header(cx),
        breadcrumb: nav::breadcrumb(cx),
        sidebar: nav::sidebar(cx),
        toc: if show_toc { toc(&outline) } else { Vec::new() },
        sections: sections(outline),
        previous,
        next,
        backlinks: page
            .backlinks()
            .filter(|from| from.is_listed())
            .map(|from| Link::new(from.standalone_title(), cx.links().page(from)))
            .collect(),
        related: related(cx),
        updated: page.updated.map(|d| d.to_string()),
        review_by: fresh_until.map(|d| d.to_string()),
        edit_url: page
            .source_file()
            .and_then(|file| Some(config.edit_url.as_ref()?.replace("{path}", &encode_path(file.as_str())))),
        feedback_url: feedback_url(page),
        is_handed_out: page.kind.is_handed_out(),
        has_details: has_details(page),
        print: page.printed().map(|all| cx.links().page(all)),
        noindex: !page.is_public(),
    }
}

/// Do cells of the table on this page open? Those of a dimension do; the matrix leads to them.
fn has_details(page: PageRef<'_>) -> bool {
    let PageKind::Dimension(key) = page.kind else { return false };
    let mut cells = page.site().dimension(key).aspects().flat_map(AspectRef::cells);
    cells.any(|cell| {
        cell.activities().any(|one| !(one.content.details.is_empty() && one.content.own.is_empty()))
    })
}

/// The file tells those who fix a page the most; where none is behind it, its path on the site does.
fn feedback_url(page: PageRef<'_>) -> Option<String> {
    let written = page.site().config().feedback_url.as_ref()?;
    let path = page.source_file().map_or(page.permalink.as_str(), |file| file.as_str());
    Some(feedback::url(written, path, page.title()))
}

fn full_title(page: PageRef<'_>) -> String {
    let site = &page.site().config().title;
    match (page.is_home(), page.context()) {
        (true, _) => site.clone(),
        (false, Some(context)) => format!("{} · {context} · {site}", page.title()),
        (false, None) => format!("{} · {site}", page.title()),
    }
}

fn site_frame(cx: &PageContext<'_>, assets: &ThemeAssets) -> SiteFrame {
    let (site, config, links) = (cx.site(), cx.site().config(), cx.links());
    let useful = [PageKind::Glossary, PageKind::Terms(Taxonomy::Tags), PageKind::Terms(Taxonomy::Categories)];
    SiteFrame {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.to_string(),
        right_to_left: config.language.is_right_to_left(),
        home: links.page(site.home()),
        assets: assets.files.iter().map(|(name, path)| (name.clone(), links.path(path))).collect(),
        texts: links.path(assets.texts.get(cx.page().vocabulary().number()).map_or("", String::as_str)),
        // From a disk, browsers let only the style load a font.
        font: assets
            .font
            .as_ref()
            .filter(|_| config.urls == UrlStyle::Directory)
            .map(|path| links.path(path)),
        brand: assets.brand.linked(links),
        search: site.find(PageKind::Search).map(|page| SearchFrame {
            href: links.page(page),
            names: links.path("search/names.json"),
            index: search::HAS_TEXTS.then(|| links.path("pagefind/")),
        }),
        feed: config.feed.entries().filter(|_| config.base_url.is_some()).map(|_| links.path("feed.xml")),
        footer: useful.into_iter().filter_map(|kind| site.find(kind)).map(|page| cx.link(page)).collect(),
        extra: config.extra.to_json(),
    }
}

/// The data files beside a page.
fn alternates(page: PageRef<'_>) -> Vec<Alternate> {
    let names = page.kind.data_files(page.site().config());
    names
        .map(|href| {
            let (media, name) = match href {
                "index.json" => ("application/json", "JSON"),
                "index.csv" => ("text/csv", "CSV"),
                _ => ("text/markdown", "Markdown"),
            };
            Alternate { media, name, href: href.to_owned() }
        })
        .collect()
}

fn related(cx: &PageContext<'_>) -> LinkList {
    let (page, site) = (cx.page(), cx.site());
    let document = page.document().map(|d| &d.front_matter.related);
    let text = page.text().map(|t| &t.front_matter.related);
    let own = match page.kind {
        PageKind::Framework(key) => Some(&site.framework(key).content().related),
        PageKind::Dimension(key) => Some(&site.dimension(key).content().related),
        PageKind::Aspect(key) => Some(&site.aspect(key).content().related),
        _ => None,
    };
    let mut related = cx.related(document.into_iter().chain(text).chain(own).flatten());
    let mut seen = HashSet::new();
    related.here.retain(|link| seen.insert(link.href.clone()));
    related.elsewhere.retain(|link| seen.insert(link.href.clone()));
    related
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
