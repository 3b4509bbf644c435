//! The site as its pages show it: small structs, in order, with links made. Templates decide nothing.

pub mod assessment;
pub mod export;
pub mod frame;
pub mod frameworks;
pub mod href;
pub mod key;
pub mod pages;
pub mod picture;
pub mod prose;
pub mod search;
pub mod structured;
pub mod table;

use crate::site::Site;
use crate::site::pages::{PageId, PageKind};
use serde::Serialize;

/// A link with its text.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Link {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into() }
    }
}

/// A page as a template gets it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct View {
    /// The template's name.
    #[serde(skip)]
    pub template: String,
    /// What all pages have.
    pub frame: frame::Frame,
    /// What this kind of page shows.
    pub page: Body,
}

/// What a page shows, by its kind.
#[derive(Clone, Debug, Hash, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, clippy::large_enum_variant)] // named after what they show; one exists at a time
pub enum Body {
    Home(pages::Home),
    Section(pages::Section),
    Page(pages::Page),
    Playbook(pages::PlaybookPage),
    Framework(frameworks::FrameworkPage),
    Stage(frameworks::StagePage),
    Dimension(frameworks::DimensionPage),
    Aspect(frameworks::AspectPage),
    Comparisons(frameworks::ComparisonsPage),
    Comparison(frameworks::ComparisonPage),
    Assessment(assessment::AssessmentPage),
    Taxonomy(pages::Taxonomy),
    TaxonomyTerm(pages::TaxonPage),
    Glossary(pages::GlossaryPage),
    /// The search works in the reader's browser; its page has nothing but its frame.
    Search,
    NotFound(pages::NotFound),
}

/// The view of one page of the output.
pub fn view(site: &Site, assets: &frame::ThemeAssets, id: PageId) -> View {
    let mut cx = prose::PageContext::new(site, id);
    let (template, page) = match site.page(id).kind {
        PageKind::Home => ("home.html", Body::Home(pages::home(&mut cx, id))),
        PageKind::Section(_) => ("section.html", Body::Section(pages::section(&mut cx, id))),
        PageKind::Guide(_) => ("page.html", Body::Page(pages::page(&mut cx, id))),
        PageKind::Playbook(_) => ("playbook.html", Body::Playbook(pages::playbook(&mut cx, id))),
        PageKind::Framework(f) => ("framework.html", Body::Framework(frameworks::framework(&mut cx, id, f))),
        PageKind::Stage(f, s) => ("stage.html", Body::Stage(frameworks::stage(&mut cx, id, (f, s)))),
        PageKind::Dimension(f, d) => {
            ("dimension.html", Body::Dimension(frameworks::dimension(&mut cx, id, (f, d))))
        }
        PageKind::Aspect(f, d, a) => {
            ("aspect.html", Body::Aspect(frameworks::aspect(&mut cx, id, (f, d, a))))
        }
        PageKind::Comparisons(f) => {
            ("comparisons.html", Body::Comparisons(frameworks::comparisons(&mut cx, f)))
        }
        PageKind::Comparison(f, a, b) => {
            ("comparison.html", Body::Comparison(frameworks::comparison(&mut cx, id, (f, a, b))))
        }
        PageKind::Assessment(f) => ("assessment.html", Body::Assessment(assessment::assessment(&mut cx, f))),
        PageKind::Tags | PageKind::Categories => ("taxonomy.html", Body::Taxonomy(pages::taxonomy(&cx, id))),
        PageKind::Tag(t) => ("taxon.html", Body::TaxonomyTerm(pages::taxon(&cx, &site.tags[t]))),
        PageKind::Category(c) => ("taxon.html", Body::TaxonomyTerm(pages::taxon(&cx, &site.categories[c]))),
        PageKind::Glossary => ("glossary.html", Body::Glossary(pages::glossary(&mut cx))),
        PageKind::Search => ("search.html", Body::Search),
        PageKind::NotFound => ("404.html", Body::NotFound(pages::not_found(&cx))),
    };
    let chosen = site.document_of(id).and_then(|p| p.front_matter.template.as_ref()).map(|t| t.value.clone());
    let frame = frame::frame(site, &cx, assets, id, &page);
    View { template: chosen.unwrap_or_else(|| template.to_owned()), frame, page }
}
