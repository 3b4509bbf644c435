//! JSON-LD, where it is true of a page (schema.org): what kinds of pages say of themselves, and breadcrumbs.

use super::block::Block;
use super::href::absolute_url;
use super::text::FaqView;
use crate::content::html::plain;
use crate::site::handle::PageRef;
use crate::site::pages::PageKind;
use serde_json::{Value, json};

/// All JSON-LD of a page, each ready to stand in a `script` element.
pub fn scripts(page: PageRef<'_>, own: Vec<Value>) -> Vec<String> {
    // `<` may not stand in a script element: `</script>` would end it.
    let ready = |value: Value| value.to_string().replace('<', "\\u003c");
    breadcrumbs(page).into_iter().chain(own).map(ready).collect()
}

/// Questions with their answers; nothing when there are none.
pub fn questions<'q>(questions: impl IntoIterator<Item = &'q FaqView>) -> Option<Value> {
    let entries: Vec<Value> = questions
        .into_iter()
        .map(|q| {
            json!({
                "@type": "Question",
                "name": q.question,
                "acceptedAnswer": {"@type": "Answer", "text": text_of(&q.blocks)},
            })
        })
        .collect();
    let page = json!({"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries});
    (!entries.is_empty()).then_some(page)
}

fn text_of(blocks: &[Block]) -> String {
    let html: String =
        blocks.iter().map(|b| if let Block::Html { html } = b { html.as_str() } else { "" }).collect();
    plain(&html)
}

/// A guide as an article.
pub fn article(page: PageRef<'_>, authors: &[String]) -> Value {
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title(),
        "description": page.description(),
        "inLanguage": page.site().config().language,
    });
    if let Some(date) = page.document().and_then(|d| d.front_matter.date) {
        value["datePublished"] = date.0.to_string().into();
    }
    if let Some(date) = page.updated {
        value["dateModified"] = date.to_string().into();
    }
    if !authors.is_empty() {
        value["author"] = authors.iter().map(|name| json!({"@type": "Person", "name": name})).collect();
    }
    if let Some(url) = absolute_url(page) {
        value["url"] = url.into();
    }
    value
}

/// Needs absolute URLs, so a site that does not know where it will lie has none.
fn breadcrumbs(page: PageRef<'_>) -> Option<Value> {
    if page.is_home() || matches!(page.kind, PageKind::NotFound | PageKind::Search) {
        return None;
    }
    let mut trail: Vec<PageRef<'_>> = page.ancestors().collect();
    trail.reverse();
    let items: Option<Vec<Value>> = (1..)
        .zip(trail)
        .map(|(position, page)| {
            let url = absolute_url(page)?;
            Some(json!({"@type": "ListItem", "position": position, "name": page.title(), "item": url}))
        })
        .collect();
    Some(json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items?}))
}
