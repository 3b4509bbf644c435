//! Views of frameworks: overview, stage, dimension, aspect, comparison.

use super::pages::{Entry, FaqView, entry, faq};
use super::prose::{Block, PageContext};
use super::table::{self, CellView, ComparisonView, Count, StageColumn, StageSummary, StagesView, TableView};
use super::{Link, picture};
use crate::content::document::Text;
use crate::content::framework::Activity;
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::site::Site;
use crate::site::framework::Change;
use crate::site::pages::{PageId, PageKind};
use crate::site::resolve::{Referent, activity_anchor};
use crate::span::SourcePath;
use serde::Serialize;

/// A framework's overview.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FrameworkPage {
    /// One or two sentences about it.
    pub summary: String,
    /// Its text.
    pub text: TextView,
    /// Its stages with their facts.
    pub stages: StagesView,
    /// Its dimensions, by group.
    pub groups: Vec<DimensionGroup>,
    /// How many aspects start at each stage, as a picture.
    pub starts: String,
    /// Dimensions by stages, as a picture.
    pub heat: String,
    /// Every cell.
    pub matrix: TableView,
    /// The questions to ask before building.
    pub decisions: Vec<DecisionView>,
    /// Questions and answers of the framework's own file.
    pub faq: Vec<FaqView>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Comparisons of neighbouring stages.
    pub comparisons: Vec<Link>,
    /// All comparisons.
    pub compare: Option<String>,
    /// Its self-assessment.
    pub assess: Option<String>,
    /// How many aspects it has.
    pub aspects: usize,
    /// How many dimensions it has.
    pub dimensions: usize,
}

/// The text beside a framework's table.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct TextView {
    /// The text.
    pub blocks: Vec<Block>,
    /// Sentences to take away.
    pub takeaways: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<FaqView>,
}

/// Dimensions of one group.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionGroup {
    /// The group's name.
    pub title: Option<String>,
    /// Its dimensions.
    pub dimensions: Vec<DimensionCard>,
}

/// A dimension in a list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionCard {
    /// The dimension.
    pub link: Link,
    /// What it is about.
    pub description: String,
    /// How many aspects it has.
    pub aspects: usize,
}

/// A question to ask before building.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DecisionView {
    /// Its number, from 1.
    pub number: usize,
    /// The question.
    pub ask: String,
    /// What a yes leads to.
    pub yes: Option<String>,
    /// What a no leads to.
    pub no: Option<String>,
    /// Why it is asked.
    pub why: Vec<Block>,
}

/// A stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StagePage {
    /// The stage in brief.
    pub stage: StageSummary,
    /// All stages, to step between.
    pub stages: Vec<StageColumn>,
    /// Its text.
    pub text: TextView,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
    /// What to build, by dimension.
    pub build: Vec<BuildGroup>,
    /// How many things that is.
    pub build_count: usize,
    /// What changed since the stage before.
    pub changed: Option<Changed>,
    /// What can wait, by the stage it waits for.
    pub wait: Vec<WaitGroup>,
    /// How many things that is.
    pub wait_count: usize,
    /// Guides for this stage.
    pub guides: Vec<Entry>,
    /// Playbooks for this stage.
    pub playbooks: Vec<Entry>,
}

/// What to build in one dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct BuildGroup {
    /// The dimension.
    pub dimension: Link,
    /// Its identifier.
    pub id: String,
    /// Its aspects that ask for something.
    pub rows: Vec<BuildRow>,
}

/// What to build in one aspect.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct BuildRow {
    /// Names it on this page and in stored ticks.
    pub id: String,
    /// The aspect.
    pub aspect: Link,
    /// What to build.
    pub cell: CellView,
    /// How it differs from the stage before; nothing at the first stage.
    pub change: Option<Change>,
    /// The stage that asks for more.
    pub next: Option<StageColumn>,
}

/// What changed since the stage before.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Changed {
    /// The stage before.
    pub from: StageColumn,
    /// How many aspects are new, changed, unchanged and dropped.
    pub counts: Vec<Count>,
    /// The comparison.
    pub href: Option<String>,
    /// Rows that are not the same, by dimension.
    pub groups: Vec<table::ComparisonGroup>,
}

/// What waits for a later stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct WaitGroup {
    /// The stage; nothing when no later stage asks for it either.
    pub until: Option<StageColumn>,
    /// The aspects, with what will be built then.
    pub rows: Vec<WaitRow>,
}

/// An aspect that can wait.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct WaitRow {
    /// The aspect.
    pub aspect: Link,
    /// Its dimension.
    pub dimension: Link,
    /// What it will ask for.
    pub then: CellView,
}

/// A dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionPage {
    /// Its group.
    pub group: Option<String>,
    /// What opens it.
    pub intro: Vec<Block>,
    /// The sentence to take away, as HTML.
    pub takeaway: Option<String>,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
    /// Its table.
    pub table: TableView,
    /// Its aspects with what they are about.
    pub aspects: Vec<AspectCard>,
    /// Its text.
    pub text: TextView,
}

/// An aspect in a list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AspectCard {
    /// Its identifier.
    pub id: String,
    /// The aspect.
    pub link: Link,
    /// What it is about.
    pub description: Vec<Block>,
    /// The first stage that asks for something.
    pub starts: Option<StageColumn>,
    /// Its tags.
    pub tags: Vec<Link>,
}

/// An aspect.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AspectPage {
    /// Its dimension.
    pub dimension: Link,
    /// What it is and why it matters.
    pub description: Vec<Block>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
    /// How it grows.
    pub stages: Vec<AspectStage>,
    /// The same as a picture.
    pub growth: String,
    /// What it needs and what needs it, as a picture; nothing when there is neither.
    pub graph: Option<String>,
    /// What all of it needs first.
    pub needs: Vec<Link>,
    /// What needs it, or a cell of it, first.
    pub needed_by: Vec<Link>,
    /// Its text.
    pub text: TextView,
}

/// An aspect at one stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AspectStage {
    /// The stage.
    pub stage: StageColumn,
    /// Nothing is to be done.
    pub nothing: bool,
    /// How it differs from the stage before.
    pub change: Option<Change>,
    /// What is to be done.
    pub activities: Vec<ActivityView>,
    /// A text of the cell's own.
    pub text: TextView,
}

/// One activity.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ActivityView {
    /// Its anchor, when its cell holds several.
    pub id: Option<String>,
    /// What to build, as HTML.
    pub html: String,
    /// What done looks like.
    pub details: Vec<Block>,
    /// Pages that say more.
    pub links: Vec<Link>,
    /// What it needs first.
    pub needs: Vec<Link>,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
}

/// A value of a field that a framework declared.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FieldView {
    /// The field's identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A text as HTML; empty for lists.
    pub html: String,
    /// A list of texts.
    pub items: Vec<String>,
    /// A list of links.
    pub links: Vec<Link>,
}

/// All comparisons.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonsPage {
    /// The stages.
    pub stages: Vec<StageColumn>,
    /// For each stage a row, for each later stage a cell.
    pub rows: Vec<Vec<Option<GridCell>>>,
    /// With very many stages: only neighbours, and the first with the last, have a comparison.
    pub some_only: bool,
}

/// A comparison in the grid.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GridCell {
    /// The comparison.
    pub link: Link,
    /// How many aspects are new, changed or dropped.
    pub changes: usize,
    /// Of them, how many are new.
    pub new: usize,
}

/// A comparison.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonPage {
    /// The stages side by side.
    pub comparison: ComparisonView,
    /// Its text.
    pub text: TextView,
    /// All comparisons.
    pub compare: Option<String>,
    /// What changes in each dimension, as a picture.
    pub chart: String,
    /// The stages to compare from: the later stage stays.
    pub from: Vec<Pick>,
    /// The stages to compare with: the earlier stage stays.
    pub to: Vec<Pick>,
}

/// A stage to choose for a comparison.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Pick {
    /// The stage.
    pub stage: StageColumn,
    /// The comparison it leads to; nothing for the stage on the other side.
    pub href: Option<String>,
    /// It is what this page shows.
    pub current: bool,
}

fn text(cx: &mut PageContext<'_>, text: Option<&Text>) -> TextView {
    let Some(text) = text else { return TextView::default() };
    TextView {
        takeaways: text.takeaways.iter().map(|t| cx.html(&text.file, t)).collect(),
        blocks: cx.blocks(&text.file, &text.body),
        faq: faq(cx, &text.file, &text.faq),
    }
}

/// A framework's overview.
pub fn framework(cx: &mut PageContext<'_>, id: PageId, f: usize) -> FrameworkPage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let c = &*framework.content;
    let mut groups: Vec<DimensionGroup> = Vec::new();
    for (d, dimension) in framework.dimensions.iter().enumerate() {
        let Some(node) = site.find(PageKind::Dimension(f, d)) else { continue };
        let card = DimensionCard {
            link: Link::new(&dimension.content.title, cx.links().page(node)),
            description: site.page(node).description.clone(),
            aspects: dimension.aspects.len(),
        };
        match groups.iter_mut().find(|g| g.title == dimension.content.group) {
            Some(group) => group.dimensions.push(card),
            None => {
                groups
                    .push(DimensionGroup { title: dimension.content.group.clone(), dimensions: vec![card] });
            }
        }
    }
    let text = text(cx, site.text_of(id));
    let own_takeaways: Vec<String> = c.takeaways.iter().map(|t| cx.html(&c.file, t)).collect();
    let own_takeaways = own_takeaways.into_iter();
    let neighbours = (1..c.stages.len()).filter_map(|s| {
        let node = site.find(PageKind::Comparison(f, s - 1, s))?;
        Some(Link::new(&site.page(node).title, cx.links().page(node)))
    });
    FrameworkPage {
        summary: c.summary.clone(),
        comparisons: neighbours.collect(),
        stages: table::stages(cx, f),
        groups,
        matrix: table::matrix(cx, f),
        decisions: c
            .decisions
            .iter()
            .enumerate()
            .map(|(i, d)| DecisionView {
                number: i + 1,
                ask: d.ask.clone(),
                yes: d.yes.clone(),
                no: d.no.clone(),
                why: cx.blocks(&c.file, &d.why),
            })
            .collect(),
        faq: faq(cx, &c.file, &c.faq),
        takeaways: own_takeaways.chain(text.takeaways.iter().cloned()).collect(),
        compare: cx.links().kind(PageKind::Comparisons(f)),
        assess: cx.links().kind(PageKind::Assessment(f)),
        starts: starts(cx, f),
        heat: heat(cx, f),
        aspects: framework.aspects().count(),
        dimensions: framework.dimensions.len(),
        text,
    }
}

/// How many aspects start at each stage.
fn starts(cx: &PageContext<'_>, f: usize) -> String {
    let site = cx.site();
    let stages: Vec<StageColumn> =
        (0..site.frameworks[f].stages().len()).map(|s| table::column(cx, site, f, s)).collect();
    let mut counts = vec![0; stages.len()];
    for (_, _, aspect) in site.frameworks[f].aspects() {
        if let Some(s) = aspect.next_something(0) {
            counts[s] += 1;
        }
    }
    picture::bars("Aspects that start at each stage", &stages, &counts)
}

/// How much each dimension asks for at each stage.
fn heat(cx: &PageContext<'_>, f: usize) -> String {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let stages: Vec<StageColumn> =
        (0..framework.stages().len()).map(|s| table::column(cx, site, f, s)).collect();
    let rows: Vec<picture::HeatRow> = framework
        .dimensions
        .iter()
        .enumerate()
        .filter_map(|(d, dimension)| {
            let href = cx.links().kind(PageKind::Dimension(f, d))?;
            let asked = (0..stages.len())
                .map(|s| dimension.aspects.iter().filter(|a| !a.cell(s).is_nothing()).count())
                .collect();
            let link = Link::new(&dimension.content.title, href);
            Some(picture::HeatRow { link, asked, of: dimension.aspects.len() })
        })
        .collect();
    picture::heat_map("How many aspects of each dimension ask for something at each stage", &stages, &rows)
}

/// A stage.
pub fn stage(cx: &mut PageContext<'_>, id: PageId, (f, s): (usize, usize)) -> StagePage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let stages: Vec<StageColumn> =
        (0..framework.stages().len()).map(|s| table::column(cx, site, f, s)).collect();
    let text = text(cx, site.text_of(id));
    let mut build = Vec::new();
    let mut build_count = 0;
    let mut wait: Vec<WaitGroup> = Vec::new();
    let mut wait_count = 0;
    for (d, dimension) in framework.dimensions.iter().enumerate() {
        let file = &dimension.content.file;
        let link = Link::new(
            &dimension.content.title,
            cx.links().kind(PageKind::Dimension(f, d)).unwrap_or_default(),
        );
        let mut rows = Vec::new();
        for (a, aspect) in dimension.aspects.iter().enumerate() {
            let aspect_link = table::aspect_link(cx, f, d, a, aspect);
            if aspect.cell(s).is_nothing() {
                let until = aspect.next_something(s);
                // What never starts again waits for no stage; it stands last.
                let then = until.map(|u| aspect.cell(u).clone()).unwrap_or_default();
                let row = WaitRow {
                    aspect: aspect_link,
                    dimension: link.clone(),
                    then: table::quiet_cell(cx, file, &then),
                };
                wait_count += 1;
                let until = until.map(|u| stages[u].clone());
                let number = until.as_ref().map(|u| u.number);
                match wait.iter_mut().find(|w| w.until.as_ref().map(|u| u.number) == number) {
                    Some(group) => group.rows.push(row),
                    None => wait.push(WaitGroup { until, rows: vec![row] }),
                }
                continue;
            }
            build_count += 1;
            rows.push(BuildRow {
                id: format!("{}/{}", dimension.id, aspect.id()),
                aspect: aspect_link,
                cell: table::cell(cx, file, aspect.cell(s)),
                change: s.checked_sub(1).map(|before| aspect.change(before, s)),
                next: aspect.next_change(s).map(|n| stages[n].clone()),
            });
        }
        if !rows.is_empty() {
            build.push(BuildGroup { dimension: link, id: dimension.id.to_string(), rows });
        }
    }
    wait.sort_by_key(|w| w.until.as_ref().map_or(usize::MAX, |u| u.number));
    let changed = s.checked_sub(1).map(|before| {
        let mut comparison = table::comparison(cx, f, before, s);
        for group in &mut comparison.groups {
            group.rows.retain(|row| row.change != Change::Unchanged);
        }
        comparison.groups.retain(|group| !group.rows.is_empty());
        Changed {
            from: stages[before].clone(),
            counts: comparison.counts,
            href: cx.links().kind(PageKind::Comparison(f, before, s)),
            groups: comparison.groups,
        }
    });
    let (guides, playbooks) = pages_for_stage(cx, f, s);
    let file = &framework.content.file;
    StagePage {
        stage: table::stage_summary(cx, f, s),
        own: fields(cx, file, &framework.stages()[s].own),
        stages,
        text,
        build,
        build_count,
        changed,
        wait,
        wait_count,
        guides,
        playbooks,
    }
}

/// Guides and playbooks that say they are for a stage.
fn pages_for_stage(cx: &PageContext<'_>, f: usize, s: usize) -> (Vec<Entry>, Vec<Entry>) {
    let site = cx.site();
    let entries = |playbooks: bool| {
        let pages = site.pages_for(f, s).iter();
        let chosen = pages.filter(|id| matches!(site.page(**id).kind, PageKind::Playbook(_)) == playbooks);
        chosen.map(|id| entry(cx, *id)).collect()
    };
    (entries(false), entries(true))
}

fn tags(cx: &PageContext<'_>, names: &[String]) -> Vec<Link> {
    let site = cx.site();
    names
        .iter()
        .filter_map(|name| {
            let i = Site::taxon(&site.tags, name)?;
            Some(Link::new(name, cx.links().kind(PageKind::Tag(i))?))
        })
        .collect()
}

/// A dimension.
pub fn dimension(cx: &mut PageContext<'_>, id: PageId, (f, d): (usize, usize)) -> DimensionPage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let dimension = &framework.dimensions[d];
    let c = &*dimension.content;
    let intro = cx.blocks(&c.file, &c.intro.prose);
    let table = table::dimension(cx, f, d, None, None, true);
    let mut aspects = Vec::new();
    for (a, aspect) in dimension.aspects.iter().enumerate() {
        aspects.push(AspectCard {
            id: aspect.id().to_string(),
            link: table::aspect_link(cx, f, d, a, aspect),
            description: cx.blocks(&c.file, &aspect.content().description.prose),
            starts: aspect.next_something(0).map(|s| table::column(cx, site, f, s)),
            tags: tags(cx, &aspect.content().tags),
        });
    }
    DimensionPage {
        group: c.group.clone(),
        intro,
        takeaway: c.takeaway.as_ref().map(|t| cx.html(&c.file, t)),
        own: fields(cx, &c.file, &c.own),
        table,
        aspects,
        text: text(cx, site.text_of(id)),
    }
}

/// An aspect.
pub fn aspect(cx: &mut PageContext<'_>, id: PageId, (f, d, a): (usize, usize, usize)) -> AspectPage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let dimension = &framework.dimensions[d];
    let aspect = &dimension.aspects[a];
    let file = &dimension.content.file;
    let description = cx.blocks(file, &aspect.content().description.prose);
    let mut stages = Vec::new();
    for (s, stage) in framework.stages().iter().enumerate() {
        let cell = aspect.cell(s);
        let several = cell.activities.len() > 1;
        stages.push(AspectStage {
            stage: table::column(cx, site, f, s),
            nothing: cell.is_nothing(),
            change: s.checked_sub(1).map(|before| aspect.change(before, s)),
            activities: cell
                .activities
                .iter()
                .map(|activity| {
                    let anchor = several.then(|| activity_anchor(&stage.id, activity.id.as_str()));
                    activity_view(cx, file, activity, anchor)
                })
                .collect(),
            text: text(cx, aspect.cell_texts.get(&s).map(|t| &**t)),
        });
    }
    let needed_by: Vec<Link> = needed_by(site, id)
        .into_iter()
        .filter_map(|r| Some(Link::new(qualified(site, &r), cx.links().target(&site.place(&r)?))))
        .collect();
    let mut all_needs = address_links(cx, &aspect.content().depends_on);
    for need in stages.iter().flat_map(|s| &s.activities).flat_map(|x| &x.needs) {
        if all_needs.iter().all(|n| n.href != need.href) {
            all_needs.push(need.clone());
        }
    }
    let title = &aspect.content().title;
    let graph = (!all_needs.is_empty() || !needed_by.is_empty())
        .then(|| picture::dependencies(title, &all_needs, &needed_by));
    AspectPage {
        dimension: Link::new(
            &dimension.content.title,
            cx.links().kind(PageKind::Dimension(f, d)).unwrap_or_default(),
        ),
        description,
        tags: tags(cx, &aspect.content().tags),
        own: fields(cx, file, &aspect.content().own),
        growth: growth(title, &stages),
        graph,
        stages,
        needs: address_links(cx, &aspect.content().depends_on),
        needed_by,
        text: text(cx, site.text_of(id)),
    }
}

fn growth(title: &str, stages: &[AspectStage]) -> String {
    let columns: Vec<StageColumn> = stages.iter().map(|s| s.stage.clone()).collect();
    let mut level = 0;
    let levels: Vec<(usize, bool)> = stages
        .iter()
        .map(|s| {
            let steps = match s.change {
                Some(change) => change != Change::Unchanged,
                None => !s.nothing,
            };
            level += usize::from(steps);
            (level, !s.nothing)
        })
        .collect();
    let steps: Vec<&str> = stages
        .iter()
        .filter(|s| s.change.map_or(!s.nothing, |c| c != Change::Unchanged))
        .map(|s| s.stage.title.as_str())
        .collect();
    let label = match steps.as_slice() {
        [] => format!("{title} asks for nothing at any stage"),
        _ => format!("{title} asks for something new at {}", steps.join(", ")),
    };
    picture::growth(&label, &columns, &levels)
}

/// What depends on an aspect or on a cell of it. The pages that refer to it are the only ones to look at.
fn needed_by(site: &Site, id: PageId) -> Vec<Referent> {
    let mut found = Vec::new();
    for from in &site.backlinks[id.0] {
        let PageKind::Aspect(f, d, a) = site.page(*from).kind else { continue };
        let framework = &site.frameworks[f];
        let aspect = &framework.dimensions[d].aspects[a];
        let leads_here = |addresses: &[crate::span::Spanned<crate::content::address::Address>]| {
            addresses.iter().any(|x| site.target(&x.value).is_ok_and(|t| t.node == id))
        };
        if leads_here(&aspect.content().depends_on) {
            found.push(Referent::Aspect(f, d, a, None, None));
        }
        for s in 0..framework.stages().len() {
            if aspect.cell(s).activities.iter().any(|x| leads_here(&x.depends_on)) {
                found.push(Referent::Cell(f, d, a, s, None));
            }
        }
    }
    found
}

/// A label that can be understood away from its dimension.
fn qualified(site: &Site, referent: &Referent) -> String {
    match referent {
        Referent::Cell(f, d, ..) | Referent::Aspect(f, d, ..) => {
            format!("{}: {}", site.frameworks[*f].dimensions[*d].content.title, site.label(referent))
        }
        _ => site.label(referent),
    }
}

fn address_links(
    cx: &PageContext<'_>,
    addresses: &[crate::span::Spanned<crate::content::address::Address>],
) -> Vec<Link> {
    let site = cx.site();
    addresses
        .iter()
        .filter_map(|address| {
            let referent = site.resolve(&address.value).ok()?;
            Some(Link::new(qualified(site, &referent), cx.links().target(&site.place(&referent)?)))
        })
        .collect()
}

fn activity_view(
    cx: &mut PageContext<'_>,
    file: &SourcePath,
    activity: &Activity,
    id: Option<String>,
) -> ActivityView {
    ActivityView {
        id,
        html: cx.html(file, &activity.text.prose),
        details: cx.blocks(file, &activity.details.prose),
        links: address_links(cx, &activity.links),
        needs: address_links(cx, &activity.depends_on),
        effort: activity.effort,
        impact: activity.impact,
        own: fields(cx, file, &activity.own),
    }
}

fn fields(cx: &mut PageContext<'_>, file: &SourcePath, values: &[FieldValue]) -> Vec<FieldView> {
    values
        .iter()
        .map(|value| {
            let mut view = FieldView {
                id: value.id.to_string(),
                title: value.title.clone(),
                html: String::new(),
                items: Vec::new(),
                links: Vec::new(),
            };
            match &value.content {
                FieldContent::Markdown(prose) => view.html = cx.html(file, prose),
                FieldContent::Text(text) => view.html = crate::content::html::escaped(text),
                FieldContent::Number(n) => view.html = n.to_string(),
                FieldContent::List(items) => view.items.clone_from(items),
                FieldContent::Links(links) => view.links = address_links(cx, links),
            }
            view
        })
        .collect()
}

/// All comparisons.
pub fn comparisons(cx: &mut PageContext<'_>, f: usize) -> ComparisonsPage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let count = framework.stages().len();
    let grid = |from: usize, to: usize| {
        let node = site.find(PageKind::Comparison(f, from.min(to), from.max(to)))?;
        if from >= to {
            return None;
        }
        let changes: Vec<Change> = framework.aspects().map(|(_, _, a)| a.change(from, to)).collect();
        Some(GridCell {
            link: Link::new(&site.page(node).title, cx.links().page(node)),
            changes: changes.iter().filter(|c| **c != Change::Unchanged).count(),
            new: changes.iter().filter(|c| **c == Change::New).count(),
        })
    };
    ComparisonsPage {
        rows: (0..count).map(|a| (0..count).map(|b| grid(a, b)).collect()).collect(),
        stages: (0..count).map(|s| table::column(cx, site, f, s)).collect(),
        some_only: !framework.compares_all(),
    }
}

/// A comparison.
pub fn comparison(cx: &mut PageContext<'_>, id: PageId, (f, a, b): (usize, usize, usize)) -> ComparisonPage {
    let site = cx.site();
    let text = text(cx, site.text_of(id));
    let comparison = table::comparison(cx, f, a, b);
    let count = site.frameworks[f].stages().len();
    let pick = |shown: usize, other: usize| -> Vec<Pick> {
        (0..count)
            .map(|s| Pick {
                stage: table::column(cx, site, f, s),
                href: cx.links().kind(PageKind::Comparison(f, s.min(other), s.max(other))),
                current: s == shown,
            })
            .collect()
    };
    let (from, to) = (pick(a, b), pick(b, a));
    let rows: Vec<(Link, Vec<Count>)> = comparison
        .groups
        .iter()
        .map(|g| (Link::new(&g.dimension.title, format!("#{}", g.id)), g.counts.clone()))
        .collect();
    let chart = picture::changes("What changes in each dimension", &rows);
    ComparisonPage { comparison, text, compare: cx.links().kind(PageKind::Comparisons(f)), chart, from, to }
}
