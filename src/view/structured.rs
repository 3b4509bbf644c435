//! JSON-LD, where it is true of the page: breadcrumbs, articles, questions, instructions (schema.org).

use super::Body;
use super::href::{Links, page_url};
use super::pages::{FaqView, PartView};
use super::prose::Block;
use crate::content::html::plain;
use crate::site::Site;
use crate::site::pages::{HOME, PageId, PageKind};
use serde_json::{Value, json};

/// All JSON-LD of a page, each ready to stand in a `script` element.
pub fn json_ld(site: &Site, links: Links<'_>, id: PageId, body: &Body) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(breadcrumbs(site, links, id));
    match body {
        Body::Page(page) => found.push(article(site, links, id, &page.meta.authors)),
        Body::Playbook(playbook) => {
            let steps: Vec<Value> = playbook
                .sections
                .iter()
                .flat_map(|s| &s.phases)
                .map(|phase| {
                    let steps: Vec<Value> = phase
                        .parts
                        .iter()
                        .flat_map(|part| match part {
                            PartView::Steps { steps } => steps.as_slice(),
                            PartView::Text { .. } => &[],
                        })
                        .map(|s| json!({"@type": "HowToStep", "text": s.plain}))
                        .collect();
                    json!({
                        "@type": "HowToSection",
                        "name": phase.title.clone().unwrap_or_else(|| "Process".to_owned()),
                        "itemListElement": steps,
                    })
                })
                .collect();
            found.push(json!({
                "@context": "https://schema.org",
                "@type": "HowTo",
                "name": site.page(id).title,
                "description": plain(&playbook.purpose),
                "step": steps,
            }));
        }
        _ => {}
    }
    let questions: Vec<&FaqView> = match body {
        Body::Home(p) => p.faq.iter().collect(),
        Body::Section(p) => p.faq.iter().collect(),
        Body::Page(p) => p.faq.iter().collect(),
        Body::Playbook(p) => p.faq.iter().collect(),
        Body::Framework(p) => p.text.faq.iter().chain(&p.faq).collect(),
        Body::Stage(p) => p.text.faq.iter().collect(),
        Body::Dimension(p) => p.text.faq.iter().collect(),
        Body::Aspect(p) => p.text.faq.iter().collect(),
        Body::Comparison(p) => p.text.faq.iter().collect(),
        _ => Vec::new(),
    };
    if !questions.is_empty() {
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
        found.push(json!({"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries}));
    }
    // `<` may not stand in a script element: `</script>` would end it.
    found.iter().map(|v| v.to_string().replace('<', "\\u003c")).collect()
}

fn text_of(blocks: &[Block]) -> String {
    let html: String =
        blocks.iter().map(|b| if let Block::Html { html } = b { html.as_str() } else { "" }).collect();
    plain(&html)
}

fn article(site: &Site, links: Links<'_>, id: PageId, authors: &[String]) -> Value {
    let node = site.page(id);
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": node.title,
        "description": node.description,
        "inLanguage": site.config.language,
    });
    let page = site.document_of(id);
    if let Some(date) = page.and_then(|p| p.front_matter.date) {
        value["datePublished"] = date.0.to_string().into();
    }
    if let Some(date) = node.updated {
        value["dateModified"] = date.to_string().into();
    }
    if !authors.is_empty() {
        value["author"] = authors.iter().map(|name| json!({"@type": "Person", "name": name})).collect();
    }
    if let Some(url) = links.absolute(page_url(&node.permalink, site.config.urls)) {
        value["url"] = url.into();
    }
    value
}

/// Needs absolute URLs, so a site that does not know where it will lie has none.
fn breadcrumbs(site: &Site, links: Links<'_>, id: PageId) -> Option<Value> {
    if id == HOME || matches!(site.page(id).kind, PageKind::NotFound | PageKind::Search) {
        return None;
    }
    let mut trail = vec![id];
    while let Some(last) = trail.last().copied().filter(|last| *last != HOME) {
        trail.push(site.page(last).parent);
    }
    let items: Option<Vec<Value>> = trail
        .iter()
        .rev()
        .enumerate()
        .map(|(i, node)| {
            let node = site.page(*node);
            let url = links.absolute(page_url(&node.permalink, site.config.urls))?;
            Some(json!({"@type": "ListItem", "position": i + 1, "name": node.title, "item": url}))
        })
        .collect();
    Some(json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items?}))
}
