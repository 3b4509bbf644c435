//! `feed.xml`: the pages revised last, as an Atom feed (RFC 4287).

use super::is_public;
use crate::site::Site;
use crate::site::pages::{PageId, PageKind};
use crate::view::href::{Links, page_url};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

/// The feed with at most `limit` entries, the newest first. Pages without a date have no place in it.
pub fn feed(site: &Site, limit: usize) -> Vec<u8> {
    let mut dated: Vec<(Date, PageId)> = (0..site.pages.len())
        .map(PageId)
        .filter(|id| is_public(site, *id))
        .filter(|id| {
            matches!(site.page(*id).kind, PageKind::Guide(_) | PageKind::Playbook(_) | PageKind::Framework(_))
        })
        .filter_map(|id| Some((site.page(id).updated?, id)))
        .collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    dated.truncate(limit);
    let base = site.config.base_url.as_ref().map(ToString::to_string).unwrap_or_default();
    let link = |href: String, rel: &str| Link { href, rel: rel.to_owned(), ..Link::default() };
    let entries = dated
        .iter()
        .map(|(date, id)| {
            let node = site.page(*id);
            let url = page_url(&node.permalink, site.config.urls);
            let url = Links::new(site, *id).absolute(url).unwrap_or_default();
            let page = site.document_of(*id);
            let authors = page.map(|p| p.front_matter.authors.clone()).unwrap_or_default();
            Entry {
                title: Text::plain(node.title.clone()),
                id: url.clone(),
                updated: midnight(*date),
                published: page.and_then(|p| p.front_matter.date).map(|d| midnight(d.0)),
                links: vec![link(url, "alternate")],
                summary: (!node.description.is_empty()).then(|| Text::plain(node.description.clone())),
                authors: authors.into_iter().map(|name| Person { name, ..Person::default() }).collect(),
                ..Entry::default()
            }
        })
        .collect();
    let feed = Feed {
        title: Text::plain(site.config.title.clone()),
        subtitle: (!site.config.description.is_empty()).then(|| Text::plain(site.config.description.clone())),
        id: base.clone(),
        // A feed must say when it changed; without dated pages it never did.
        updated: midnight(dated.first().map_or(Date::constant(1970, 1, 1), |(date, _)| *date)),
        authors: vec![Person { name: site.config.title.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Guidepost".to_owned(), ..Generator::default() }),
        links: vec![link(format!("{base}feed.xml"), "self"), link(base, "alternate")],
        lang: Some(site.config.language.to_string()),
        entries,
        ..Feed::default()
    };
    let mut text = super::xml(&feed.to_string());
    text.push('\n');
    text.into_bytes()
}

fn midnight(date: Date) -> FixedDateTime {
    format!("{date}T00:00:00Z").parse().unwrap_or_default()
}
