//! `feed.xml`: the pages revised last, as an Atom feed (RFC 4287).

use crate::site::handle::{PageRef, SiteRef};
use crate::site::pages::PageKind;
use crate::view::href::absolute_url;
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

/// The newest pages first, as many as the configuration says. Pages without a date have no place in it.
pub fn feed(site: SiteRef<'_>) -> Vec<u8> {
    let config = site.config();
    let told = |page: &PageRef<'_>| page.kind.is_written() || matches!(page.kind, PageKind::Framework(_));
    let mut dated: Vec<(Date, PageRef<'_>)> = site
        .pages()
        .filter(|page| page.is_public() && told(page))
        .filter_map(|page| Some((page.updated?, page)))
        .collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    dated.truncate(config.feed.entries().unwrap_or_default());
    let base = config.base_url.as_ref().map(ToString::to_string).unwrap_or_default();
    let feed = Feed {
        title: Text::plain(config.title.clone()),
        subtitle: (!config.description.is_empty()).then(|| Text::plain(config.description.clone())),
        id: base.clone(),
        // A feed must say when it changed; without dated pages it never did.
        updated: midnight(dated.first().map_or(Date::constant(1970, 1, 1), |(date, _)| *date)),
        authors: vec![Person { name: config.title.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Guidepost".to_owned(), ..Generator::default() }),
        links: vec![link(format!("{base}feed.xml"), "self"), link(base, "alternate")],
        lang: Some(config.language.to_string()),
        entries: dated.into_iter().map(|(date, page)| entry(date, page)).collect(),
        ..Feed::default()
    };
    let mut text = super::xml(&feed.to_string());
    text.push('\n');
    text.into_bytes()
}

fn entry(date: Date, page: PageRef<'_>) -> Entry {
    let url = absolute_url(page).unwrap_or_default();
    let front_matter = page.document().map(|d| &d.front_matter);
    let authors = front_matter.map(|f| f.authors.clone()).unwrap_or_default();
    let description = page.description();
    Entry {
        title: Text::plain(page.title().to_owned()),
        id: url.clone(),
        updated: midnight(date),
        published: front_matter.and_then(|f| f.date).map(|d| midnight(d.0)),
        links: vec![link(url, "alternate")],
        summary: (!description.is_empty()).then(|| Text::plain(description.to_owned())),
        authors: authors.into_iter().map(|name| Person { name, ..Person::default() }).collect(),
        ..Entry::default()
    }
}

fn link(href: String, rel: &str) -> Link {
    Link { href, rel: rel.to_owned(), ..Link::default() }
}

fn midnight(date: Date) -> FixedDateTime {
    format!("{date}T00:00:00Z").parse().unwrap_or_default()
}
