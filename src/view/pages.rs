//! Views of what Markdown files hold: home, sections, guides, playbooks; and of tags and the glossary.

use super::frame::standalone_title;
use super::prose::{Block, PageContext};
use super::table::{self, StageColumn, StagesView};
use super::{Link, picture};
use crate::content::document::Document;
use crate::content::faq::Faq;
use crate::content::playbook::{PhasePart, SectionKind};
use crate::site::pages::{HOME, PageId, PageKind};
use crate::site::resolve::Referent;
use crate::site::{Site, TaxonomyTerm};
use crate::span::SourcePath;
use serde::Serialize;

/// The home page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Home {
    /// Its text.
    pub blocks: Vec<Block>,
    /// The default framework.
    pub framework: Option<HomeFramework>,
    /// The top sections with what lies in them.
    pub sections: Vec<SectionCard>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// The default framework on the home page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HomeFramework {
    /// Its page.
    pub link: Link,
    /// One or two sentences about it.
    pub summary: String,
    /// Its stages.
    pub stages: Vec<table::StageSummary>,
    /// For a reader who has said where the team is, what matters there.
    pub yours: Vec<table::YourStage>,
    /// Its stages with their facts.
    pub table: StagesView,
    /// Its comparisons.
    pub compare: Option<String>,
    /// Its self-assessment.
    pub assess: Option<String>,
}

/// A section as a card.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionCard {
    /// The section.
    pub link: Link,
    /// What it is about.
    pub description: String,
    /// Its first pages.
    pub entries: Vec<Link>,
    /// How many pages it has.
    pub count: usize,
}

/// A section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Section {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Series of playbooks within it.
    pub series: Vec<Vec<Link>>,
    /// What lies in it.
    pub entries: Vec<Entry>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// A page in a list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Entry {
    /// The page.
    pub link: Link,
    /// What it is about.
    pub description: String,
    /// The stages it is for.
    pub stages: Vec<StageColumn>,
    /// How long it takes, for playbooks.
    pub duration: Option<String>,
    /// Minutes to read it.
    pub reading_minutes: Option<u32>,
    /// When it was last revised.
    pub updated: Option<String>,
    /// How many pages lie below it.
    pub count: usize,
}

/// A guide or any other page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Page {
    /// Its text.
    pub blocks: Vec<Block>,
    /// What goes with its text.
    pub meta: Meta,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// What a page says of itself.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Meta {
    /// Minutes to read it, at 220 words a minute.
    pub reading_minutes: u32,
    /// Its number of words.
    pub words: u32,
    /// When it was first published.
    pub date: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The stages it is for.
    pub stages: Vec<StageColumn>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// Its category.
    pub category: Option<Link>,
    /// It is a draft.
    pub draft: bool,
}

/// A question and its answer.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FaqView {
    /// Its anchor.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub blocks: Vec<Block>,
}

/// A playbook.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PlaybookPage {
    /// What it achieves, as HTML.
    pub purpose: String,
    /// How long it takes.
    pub duration: Option<String>,
    /// The situation it is for, as HTML.
    pub when_to_use: Option<String>,
    /// The text before its sections.
    pub blocks: Vec<Block>,
    /// Its sections.
    pub sections: Vec<SectionView>,
    /// The series it belongs to.
    pub series: Vec<SeriesItem>,
    /// The playbook before it.
    pub follows: Option<Link>,
    /// The playbook after it.
    pub leads_to: Option<Link>,
    /// What to read next.
    pub see_also: Vec<Link>,
    /// What goes with its text.
    pub meta: Meta,
    /// Number of steps.
    pub steps: usize,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
    /// The user's own values.
    pub extra: serde_json::Value,
}

/// A playbook in a series.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SeriesItem {
    /// The playbook.
    pub link: Link,
    /// It is this page.
    pub current: bool,
}

/// A playbook's section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionView {
    /// The recognised kind, or empty.
    pub kind: &'static str,
    /// Its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Phases of a process.
    pub phases: Vec<PhaseView>,
    /// The phases in a row, as a picture; nothing when there are fewer than two.
    pub timeline: Option<String>,
}

/// A phase.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PhaseView {
    /// Its anchor, when it has a heading.
    pub id: Option<String>,
    /// Its title, when it has one.
    pub title: Option<String>,
    /// Its number, from 1.
    pub number: usize,
    /// Texts and steps in order.
    pub parts: Vec<PartView>,
}

/// A part of a phase.
#[derive(Clone, Debug, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PartView {
    Text { blocks: Vec<Block> },
    Steps { steps: Vec<StepView> },
}

/// A step.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StepView {
    /// Stays the same while its first words do.
    pub id: String,
    /// Its text as HTML.
    pub html: String,
    /// Its text without markup.
    pub plain: String,
}

/// All tags or all categories.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Taxonomy {
    /// Each with its number of pages.
    pub entries: Vec<TaxonEntry>,
}

/// A tag in the list of tags.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TaxonEntry {
    /// The tag's page.
    pub link: Link,
    /// How many pages and aspects carry it.
    pub count: usize,
}

/// A tag or a category.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TaxonPage {
    /// Pages that carry it.
    pub pages: Vec<Entry>,
    /// Aspects that carry it, by dimension.
    pub dimensions: Vec<TaxonDimension>,
}

/// A dimension whose aspects carry a tag.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TaxonDimension {
    /// The dimension.
    pub link: Link,
    /// The aspects.
    pub aspects: Vec<Link>,
}

/// The glossary.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GlossaryPage {
    /// Terms by first letter, in alphabetical order.
    pub letters: Vec<GlossaryLetter>,
}

/// Terms with one first letter.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GlossaryLetter {
    /// The letter, or `#` for digits and signs.
    pub letter: String,
    /// The terms.
    pub terms: Vec<TermView>,
}

/// A term.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TermView {
    /// Its anchor.
    pub id: String,
    /// The word.
    pub name: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means, as HTML.
    pub html: String,
    /// Where to read more.
    pub link: Option<Link>,
}

/// The page for addresses that lead nowhere.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct NotFound {
    /// Where one may have wanted to go.
    pub suggestions: Vec<Link>,
}

/// The home page.
pub fn home(cx: &mut PageContext<'_>, id: PageId) -> Home {
    let site = cx.site();
    let text = PageText::of(cx, id);
    let framework = site.default_framework.and_then(|f| {
        let framework = &site.frameworks[f];
        Some(HomeFramework {
            link: Link::new(&framework.content.title, cx.links().kind(PageKind::Framework(f))?),
            summary: framework.content.summary.clone(),
            stages: (0..framework.stages().len()).map(|s| table::stage_summary(cx, f, s)).collect(),
            yours: (0..framework.stages().len()).map(|s| table::your_stage(cx, f, s)).collect(),
            table: table::stages(cx, f),
            compare: cx.links().kind(PageKind::Comparisons(f)),
            assess: cx.links().kind(PageKind::Assessment(f)),
        })
    });
    let sections = site
        .page(HOME)
        .children
        .iter()
        .filter(|c| matches!(site.page(**c).kind, PageKind::Section(_)))
        .map(|c| {
            let node = site.page(*c);
            SectionCard {
                link: Link::new(&node.title, cx.links().page(*c)),
                description: node.description.clone(),
                entries: node
                    .children
                    .iter()
                    .take(5)
                    .map(|e| Link::new(&site.page(*e).title, cx.links().page(*e)))
                    .collect(),
                count: node.children.len(),
            }
        })
        .collect();
    Home {
        blocks: text.blocks,
        framework,
        sections,
        takeaways: text.takeaways,
        faq: text.faq,
        extra: text.extra,
    }
}

/// A section.
pub fn section(cx: &mut PageContext<'_>, id: PageId) -> Section {
    let site = cx.site();
    let text = PageText::of(cx, id);
    let children = &site.page(id).children;
    let series = site
        .series
        .iter()
        .filter(|series| series.iter().all(|s| site.page(*s).parent == id))
        .map(|series| series.iter().map(|s| Link::new(&site.page(*s).title, cx.links().page(*s))).collect())
        .collect();
    Section {
        blocks: text.blocks,
        series,
        entries: children.iter().map(|c| entry(cx, *c)).collect(),
        takeaways: text.takeaways,
        faq: text.faq,
        extra: text.extra,
    }
}

/// A page in a list.
pub fn entry(cx: &PageContext<'_>, id: PageId) -> Entry {
    let site = cx.site();
    let node = site.page(id);
    let page = site.document_of(id);
    let is_page = matches!(node.kind, PageKind::Guide(_) | PageKind::Playbook(_));
    Entry {
        link: Link::new(standalone_title(site, id), cx.links().page(id)),
        description: node.description.clone(),
        stages: page.map(|p| stages_of(cx, p)).unwrap_or_default(),
        duration: page.and_then(|p| p.playbook.as_ref()).and_then(|p| p.duration.clone()),
        reading_minutes: page.filter(|_| is_page).map(|p| minutes(words(p))),
        updated: node.updated.map(|d| d.to_string()),
        count: node.children.len(),
    }
}

fn stages_of(cx: &PageContext<'_>, page: &Document) -> Vec<StageColumn> {
    let site = cx.site();
    page.front_matter
        .stages
        .iter()
        .filter_map(|stage| match site.resolve(&stage.value.0) {
            Ok(Referent::Stage(f, s, _)) => Some(table::column(cx, site, f, s)),
            _ => None,
        })
        .collect()
}

/// The words of all texts of a page.
fn words(page: &Document) -> u32 {
    let mut count = page.body.words;
    for section in page.playbook.iter().flat_map(|p| &p.sections) {
        count += section.body.words;
        for part in section.phases.iter().flat_map(|p| &p.parts) {
            count += match part {
                PhasePart::Text(text) => text.words,
                PhasePart::Steps(steps) => steps.iter().map(|s| s.text.words).sum(),
            };
        }
    }
    count + page.faq.iter().map(|f| f.answer.words).sum::<u32>()
}

fn minutes(words: u32) -> u32 {
    words.div_ceil(220).max(1)
}

fn meta(cx: &PageContext<'_>, page: &Document) -> Meta {
    let site = cx.site();
    let taxon_link = |taxa: &[TaxonomyTerm], kind: fn(usize) -> PageKind, name: &String| {
        let i = Site::taxon(taxa, name)?;
        Some(Link::new(name, cx.links().kind(kind(i))?))
    };
    let words = words(page);
    Meta {
        reading_minutes: minutes(words),
        words,
        date: page.front_matter.date.map(|d| d.0.to_string()),
        authors: page.front_matter.authors.clone(),
        stages: stages_of(cx, page),
        tags: page
            .front_matter
            .tags
            .iter()
            .filter_map(|t| taxon_link(&site.tags, PageKind::Tag, t))
            .collect(),
        category: page
            .front_matter
            .category
            .as_ref()
            .and_then(|c| taxon_link(&site.categories, PageKind::Category, c)),
        draft: page.front_matter.draft,
    }
}

/// What every Markdown page has.
struct PageText {
    blocks: Vec<Block>,
    takeaways: Vec<String>,
    faq: Vec<FaqView>,
    extra: serde_json::Value,
}

impl PageText {
    fn of(cx: &mut PageContext<'_>, id: PageId) -> Self {
        match cx.site().document_of(id) {
            Some(page) => Self {
                takeaways: page.takeaways.iter().map(|t| cx.html(&page.file, t)).collect(),
                blocks: cx.blocks(&page.file, &page.body),
                faq: faq(cx, &page.file, &page.faq),
                extra: page.front_matter.extra.to_json(),
            },
            None => Self {
                blocks: Vec::new(),
                takeaways: Vec::new(),
                faq: Vec::new(),
                extra: serde_json::Value::Object(serde_json::Map::new()),
            },
        }
    }
}

/// Questions and answers.
pub fn faq(cx: &mut PageContext<'_>, file: &SourcePath, entries: &[Faq]) -> Vec<FaqView> {
    entries
        .iter()
        .map(|f| FaqView {
            id: f.id.clone(),
            question: f.question.clone(),
            blocks: cx.blocks(file, &f.answer),
        })
        .collect()
}

/// A guide or any other page.
pub fn page(cx: &mut PageContext<'_>, id: PageId) -> Page {
    let text = PageText::of(cx, id);
    let meta = cx.site().document_of(id).map(|p| meta(cx, p));
    Page {
        blocks: text.blocks,
        meta: meta.unwrap_or_else(empty_meta),
        takeaways: text.takeaways,
        faq: text.faq,
        extra: text.extra,
    }
}

fn empty_meta() -> Meta {
    Meta {
        reading_minutes: 1,
        words: 0,
        date: None,
        authors: Vec::new(),
        stages: Vec::new(),
        tags: Vec::new(),
        category: None,
        draft: false,
    }
}

/// A playbook.
pub fn playbook(cx: &mut PageContext<'_>, id: PageId) -> PlaybookPage {
    let site = cx.site();
    let page = page(cx, id);
    let mut view = PlaybookPage {
        purpose: String::new(),
        duration: None,
        when_to_use: None,
        blocks: page.blocks,
        sections: Vec::new(),
        series: Vec::new(),
        follows: None,
        leads_to: None,
        see_also: Vec::new(),
        meta: page.meta,
        steps: 0,
        takeaways: page.takeaways,
        faq: page.faq,
        extra: page.extra,
    };
    let Some(source) = site.document_of(id) else { return view };
    let Some(playbook) = &source.playbook else { return view };
    let file = &source.file;
    view.purpose = cx.html(file, &playbook.purpose);
    view.duration.clone_from(&playbook.duration);
    view.when_to_use = playbook.when_to_use.as_ref().map(|w| cx.html(file, w));
    for section in &playbook.sections {
        let mut phases = Vec::new();
        for (i, phase) in section.phases.iter().enumerate() {
            let mut parts = Vec::new();
            for part in &phase.parts {
                parts.push(match part {
                    PhasePart::Text(text) => PartView::Text { blocks: cx.blocks(file, text) },
                    PhasePart::Steps(steps) => {
                        view.steps += steps.len();
                        PartView::Steps {
                            steps: steps
                                .iter()
                                .map(|s| StepView {
                                    id: s.id.clone(),
                                    html: cx.html(file, &s.text),
                                    plain: s.plain.clone(),
                                })
                                .collect(),
                        }
                    }
                });
            }
            phases.push(PhaseView {
                id: phase.heading.as_ref().map(|h| h.id.clone()),
                title: phase.heading.as_ref().map(|h| h.text.clone()),
                number: i + 1,
                parts,
            });
        }
        let steps = |phase: &PhaseView| -> usize {
            phase.parts.iter().map(|p| if let PartView::Steps { steps } = p { steps.len() } else { 0 }).sum()
        };
        let timed: Option<Vec<(Link, usize)>> = phases
            .iter()
            .map(|p| Some((Link::new(p.title.clone()?, format!("#{}", p.id.as_ref()?)), steps(p))))
            .collect();
        view.sections.push(SectionView {
            timeline: timed.filter(|t| t.len() > 1).map(|t| picture::timeline(&t)),
            kind: section.kind.map_or("", SectionKind::word),
            id: section.heading.id.clone(),
            title: section.heading.text.clone(),
            blocks: cx.blocks(file, &section.body),
            phases,
        });
    }
    if let Some(series) = site.series.iter().find(|s| s.contains(&id)) {
        let link = |n: &PageId| Link::new(&site.page(*n).title, cx.links().page(*n));
        let at = series.iter().position(|n| *n == id).unwrap_or(0);
        view.series = series.iter().map(|n| SeriesItem { link: link(n), current: *n == id }).collect();
        view.follows = at.checked_sub(1).map(|i| link(&series[i]));
        view.leads_to = series.get(at + 1).map(link);
    }
    view.see_also = playbook
        .see_also
        .iter()
        .filter_map(|address| {
            let referent = site.resolve(&address.value).ok()?;
            Some(Link::new(site.label(&referent), cx.links().target(&site.place(&referent)?)))
        })
        .collect();
    view
}

/// All tags or all categories.
pub fn taxonomy(cx: &PageContext<'_>, id: PageId) -> Taxonomy {
    let site = cx.site();
    let taxa = if site.page(id).kind == PageKind::Tags { &site.tags } else { &site.categories };
    let entries = site
        .page(id)
        .children
        .iter()
        .zip(taxa)
        .map(|(node, taxon)| TaxonEntry {
            link: Link::new(&taxon.name, cx.links().page(*node)),
            count: taxon.members.len(),
        })
        .collect();
    Taxonomy { entries }
}

/// A tag or a category.
pub fn taxon(cx: &PageContext<'_>, taxon: &TaxonomyTerm) -> TaxonPage {
    let site = cx.site();
    let mut pages = Vec::new();
    let mut dimensions: Vec<(PageId, TaxonDimension)> = Vec::new();
    for id in &taxon.members {
        let node = site.page(*id);
        if !matches!(node.kind, PageKind::Aspect(..)) {
            pages.push(entry(cx, *id));
            continue;
        }
        let aspect = Link::new(&node.title, cx.links().page(*id));
        match dimensions.last_mut() {
            Some((parent, dimension)) if *parent == node.parent => dimension.aspects.push(aspect),
            _ => {
                let link = Link::new(&site.page(node.parent).title, cx.links().page(node.parent));
                dimensions.push((node.parent, TaxonDimension { link, aspects: vec![aspect] }));
            }
        }
    }
    TaxonPage { pages, dimensions: dimensions.into_iter().map(|(_, d)| d).collect() }
}

/// The glossary.
pub fn glossary(cx: &mut PageContext<'_>) -> GlossaryPage {
    let site = cx.site();
    let Some(glossary) = &site.glossary else { return GlossaryPage { letters: Vec::new() } };
    let mut order: Vec<usize> = (0..glossary.terms.len()).collect();
    order.sort_by_key(|i| (glossary.terms[*i].name.to_lowercase(), *i));
    let mut letters: Vec<GlossaryLetter> = Vec::new();
    for i in order {
        let term = &glossary.terms[i];
        let first = term.name.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
        let letter = if first.is_alphabetic() { first.to_uppercase().to_string() } else { "#".to_owned() };
        // Each entry is read on its own, and no word explains itself.
        cx.forget_terms();
        cx.know(i);
        let view = TermView {
            id: term.id.to_string(),
            name: term.name.clone(),
            aliases: term.aliases.clone(),
            html: cx.html(&glossary.file, &term.definition),
            link: term.link.as_ref().and_then(|l| term_link(cx, &l.value)),
        };
        match letters.last_mut().filter(|l| l.letter == letter) {
            Some(last) => last.terms.push(view),
            None => letters.push(GlossaryLetter { letter, terms: vec![view] }),
        }
    }
    GlossaryPage { letters }
}

fn term_link(cx: &PageContext<'_>, written: &str) -> Option<Link> {
    use crate::content::prose::Reference;
    let site = cx.site();
    match crate::site::links::term_link(written).ok()? {
        Reference::External(url) => Some(Link::new(url.trim_start_matches("https://").to_owned(), url)),
        Reference::Address(address) => {
            let referent = site.resolve(&address).ok()?;
            Some(Link::new(site.label(&referent), cx.links().target(&site.place(&referent)?)))
        }
        _ => None,
    }
}

/// The page for addresses that lead nowhere.
pub fn not_found(cx: &PageContext<'_>) -> NotFound {
    let site = cx.site();
    let suggestions = std::iter::once(Link::new("Home", cx.links().page(HOME)))
        .chain(site.navigation.iter().map(|(title, target)| Link::new(title, cx.links().target(target))))
        .collect();
    NotFound { suggestions }
}
