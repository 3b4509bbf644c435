//! The site as its pages show it: small structs, in order, with links made. Templates decide nothing.

pub mod assessment;
pub mod data;
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
use crate::site::nodes::{Kind, NodeId};
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
    Taxon(pages::TaxonPage),
    Glossary(pages::GlossaryPage),
    /// The search works in the reader's browser; its page has nothing but its frame.
    Search,
    NotFound(pages::NotFound),
}

/// The view of one page of the output.
pub fn view(site: &Site, assets: &frame::ThemeAssets, id: NodeId) -> View {
    let mut filler = prose::Filler::new(site, id);
    let (template, page) = match site.node(id).kind {
        Kind::Home => ("home.html", Body::Home(pages::home(&mut filler, id))),
        Kind::Section(_) => ("section.html", Body::Section(pages::section(&mut filler, id))),
        Kind::Page(_) => ("page.html", Body::Page(pages::page(&mut filler, id))),
        Kind::Playbook(_) => ("playbook.html", Body::Playbook(pages::playbook(&mut filler, id))),
        Kind::Framework(f) => ("framework.html", Body::Framework(frameworks::framework(&mut filler, id, f))),
        Kind::Stage(f, s) => ("stage.html", Body::Stage(frameworks::stage(&mut filler, id, (f, s)))),
        Kind::Dimension(f, d) => {
            ("dimension.html", Body::Dimension(frameworks::dimension(&mut filler, id, (f, d))))
        }
        Kind::Aspect(f, d, a) => {
            ("aspect.html", Body::Aspect(frameworks::aspect(&mut filler, id, (f, d, a))))
        }
        Kind::Comparisons(f) => {
            ("comparisons.html", Body::Comparisons(frameworks::comparisons(&mut filler, f)))
        }
        Kind::Comparison(f, a, b) => {
            ("comparison.html", Body::Comparison(frameworks::comparison(&mut filler, id, (f, a, b))))
        }
        Kind::Assessment(f) => ("assessment.html", Body::Assessment(assessment::assessment(&mut filler, f))),
        Kind::Tags | Kind::Categories => ("taxonomy.html", Body::Taxonomy(pages::taxonomy(&filler, id))),
        Kind::Tag(t) => ("taxon.html", Body::Taxon(pages::taxon(&filler, &site.tags[t]))),
        Kind::Category(c) => ("taxon.html", Body::Taxon(pages::taxon(&filler, &site.categories[c]))),
        Kind::Glossary => ("glossary.html", Body::Glossary(pages::glossary(&mut filler))),
        Kind::Search => ("search.html", Body::Search),
        Kind::NotFound => ("404.html", Body::NotFound(pages::not_found(&filler))),
    };
    let chosen = site.page_of(id).and_then(|p| p.matter.template.as_ref()).map(|t| t.value.clone());
    let frame = frame::frame(site, &filler, assets, id, &page);
    View { template: chosen.unwrap_or_else(|| template.to_owned()), frame, page }
}
