//! A stage: what to build at it, what changed, what can wait.

use crate::content::html::plain;
use crate::content::prose::Markdown;
use crate::content::slug::slug;
use crate::site::framework::Change;
use crate::site::handle::{CellRef, StageRef};
use crate::site::pages::PageKind;
use crate::site::priority::Size;
use crate::view::advice::{self, AdviceRow};
use crate::view::block::{Block, CellView, Count, Objective, StageColumn, StageSummary};
use crate::view::context::PageContext;
use crate::view::entry::Entry;
use crate::view::export::{self, Export};
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::table;
use crate::view::text::{FaqView, FieldView, TextView};
use crate::view::words::Words;
use serde::Serialize;
use std::collections::BTreeSet;

/// A stage.
pub struct Stage<'a>(pub StageRef<'a>);

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
    /// Stages add up, so what to build is what is new.
    pub cumulative: bool,
    /// What matters most of what to build.
    pub first: Vec<AdviceRow>,
    /// The tags of what to build, to filter by.
    pub tags: Vec<String>,
    /// The signs that the stage is over, each with what names it in stored ticks.
    pub exit: Vec<(String, String)>,
    /// Who is needed for it.
    pub team: Vec<Block>,
    /// What to build, by dimension.
    pub build: Vec<BuildGroup>,
    /// How many things that is.
    pub build_count: usize,
    /// Some of it the stage cannot do without.
    pub has_musts: bool,
    /// What it still asks for from before, by dimension: only where stages add up.
    pub asked: Vec<AskedGroup>,
    /// How many activities that is.
    pub asked_count: usize,
    /// What changed since the stage before: only where stages replace each other.
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
    /// What it is to reach.
    pub objective: Option<Objective>,
    /// Its aspects that ask for something.
    pub rows: Vec<BuildRow>,
}

/// What is still asked for in one dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AskedGroup {
    /// The dimension.
    pub dimension: Link,
    /// Its aspects with what they asked for at earlier stages.
    pub rows: Vec<(Link, CellView)>,
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
    /// Its tags, and those of its activities.
    pub tags: Vec<String>,
    /// The stage cannot do without it.
    pub must: bool,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// How it differs from the stage before; nothing at the first stage.
    pub change: Option<Change>,
    /// The stage that asks for more.
    pub next: Option<StageColumn>,
    /// The stage from which on nothing is asked for any more.
    pub ends: Option<StageColumn>,
}

/// What changed since the stage before.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Changed {
    /// The stage before.
    pub from: StageColumn,
    /// How many aspects are new, changed, unchanged and dropped.
    pub counts: Vec<Count>,
    /// How many steps of each size they are: none where nobody has rated anything.
    pub sizes: Vec<(Size, usize)>,
    /// The comparison.
    pub href: Option<String>,
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

impl<'a> Kind<'a> for Stage<'a> {
    type View = StagePage;
    const NAME: &'static str = "stage";

    fn view(&self, cx: &mut PageContext<'a>) -> StagePage {
        let stage = self.0;
        let framework = stage.framework();
        let content = stage.content();
        let file = &framework.content().file;
        let first: Vec<AdviceRow> =
            stage.matters_most().into_iter().map(|cell| advice::row(cx, cell, None)).collect();
        let build = build(cx, stage);
        let team = if content.team.is_empty() { Vec::new() } else { cx.blocks(file, &content.team) };
        let exit = content.exit.iter().map(|sign| (sign_id(sign), cx.html(file, sign))).collect();
        let text = cx.text(stage.text());
        let mut wait: Vec<WaitGroup> = Vec::new();
        for cell in stage.waiting() {
            put_off(cx, cell, &mut wait);
        }
        wait.sort_by_key(|w| w.until.as_ref().map_or(usize::MAX, |u| u.number));
        let tags: BTreeSet<&String> = build.iter().flat_map(|g| &g.rows).flat_map(|row| &row.tags).collect();
        let (playbooks, guides): (Vec<_>, Vec<_>) =
            stage.pages().partition(|page| page.kind == PageKind::Playbook);
        StagePage {
            changed: changed(cx, stage),
            cumulative: framework.is_cumulative(),
            stage: table::stage_summary(cx, stage),
            own: cx.own("stage", file, &content.own, stage.text()),
            first,
            tags: tags.into_iter().cloned().collect(),
            exit,
            team,
            asked: asked(cx, stage),
            asked_count: stage.still_asked().map(|cell| cell.activities().len()).sum(),
            stages: table::columns(cx, framework),
            text,
            has_musts: build.iter().flat_map(|group| &group.rows).any(|row| row.must),
            build_count: build.iter().map(|group| group.rows.len()).sum(),
            build,
            wait_count: wait.iter().map(|group| group.rows.len()).sum(),
            wait,
            guides: guides.into_iter().map(|page| cx.entry(page)).collect(),
            playbooks: playbooks.into_iter().map(|page| cx.entry(page)).collect(),
        }
    }

    fn questions(view: &StagePage) -> Vec<&FaqView> {
        view.text.faq.iter().collect()
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let content = self.0.content();
        let title = match &content.name {
            Some(name) => format!("{}: {name}", content.title),
            None => content.title.clone(),
        };
        let mut words = Words::new(cx.site(), "Stage", &title, [content.title.clone()]);
        words.paragraph(content.summary.as_deref().unwrap_or_default());
        for (name, value) in &content.facts {
            words.paragraph(&format!("{name}: {value}"));
        }
        words.fields(cx, &self.0.framework().content().file, &content.own);
        words.text(cx, self.0.text());
        vec![(String::new(), words)]
    }

    fn export(&self, cx: &mut PageContext<'a>) -> Option<Export> {
        Some(export::stage(cx, self.0))
    }
}

/// Stays the same while the first words of a sign do. No slug has two dashes in a row, so it is no other id.
fn sign_id(sign: &Markdown) -> String {
    let plain = plain(&sign.html);
    let words: Vec<&str> = plain.split_whitespace().take(8).collect();
    format!("exit--{}", slug(&words.join(" ")))
}

fn build<'a>(cx: &mut PageContext<'a>, stage: StageRef<'a>) -> Vec<BuildGroup> {
    let mut groups = Vec::new();
    for dimension in stage.framework().dimensions().filter(|dimension| dimension.has_cells(stage)) {
        let mut rows = Vec::new();
        for cell in dimension.aspects().map(|aspect| aspect.cell(stage)).filter(|cell| !cell.is_nothing()) {
            rows.push(build_row(cx, cell));
        }
        let objective = table::objective(cx, dimension, stage);
        let link = table::dimension_link(cx, dimension);
        groups.push(BuildGroup { dimension: link, id: dimension.id().to_string(), objective, rows });
    }
    groups
}

fn build_row<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> BuildRow {
    let aspect = cell.aspect();
    let (next, ends) = match cell.until() {
        Some(next) if aspect.asks_at(next) => (Some(next), None),
        other => (None, other),
    };
    BuildRow {
        id: format!("{}/{}", aspect.dimension().id(), aspect.id()),
        aspect: table::aspect_link(cx, aspect),
        cell: table::cell(cx, cell),
        tags: cell.tags().into_iter().cloned().collect(),
        must: cell.is_must(),
        effort: cell.effort(),
        change: cell.change_before(),
        next: next.map(|next| table::column(cx, next)),
        ends: ends.map(|ends| table::column(cx, ends)),
    }
}

/// What is still asked for from before, by dimension.
fn asked<'a>(cx: &mut PageContext<'a>, stage: StageRef<'a>) -> Vec<AskedGroup> {
    let mut groups = Vec::new();
    for dimension in stage.framework().dimensions() {
        let mut rows = Vec::new();
        for aspect in dimension.aspects() {
            let before = aspect.holding(stage).filter(|cell| cell.stage() != stage);
            let view = table::cells(cx, before, true);
            if !view.nothing {
                rows.push((table::aspect_link(cx, aspect), view));
            }
        }
        if !rows.is_empty() {
            groups.push(AskedGroup { dimension: table::dimension_link(cx, dimension), rows });
        }
    }
    groups
}

/// Puts an aspect with those that wait for the same stage.
fn put_off<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>, wait: &mut Vec<WaitGroup>) {
    let aspect = cell.aspect();
    let until = cell.until();
    let row = WaitRow {
        aspect: table::aspect_link(cx, aspect),
        dimension: table::dimension_link(cx, aspect.dimension()),
        // What never starts again waits for no stage, and shows nothing.
        then: match until {
            Some(stage) => table::quiet_cell(cx, aspect.cell(stage)),
            None => table::empty_cell(),
        },
    };
    let number = until.map(StageRef::number);
    match wait.iter_mut().find(|w| w.until.as_ref().map(|u| u.number) == number) {
        Some(group) => group.rows.push(row),
        None => wait.push(WaitGroup { until: until.map(|u| table::column(cx, u)), rows: vec![row] }),
    }
}

fn changed<'a>(cx: &PageContext<'a>, stage: StageRef<'a>) -> Option<Changed> {
    let before = stage.before().filter(|_| !stage.framework().is_cumulative())?;
    let comparison = before.compared_with(stage);
    Some(Changed {
        from: table::column(cx, before),
        counts: table::counts(false, stage.framework().aspects().map(|aspect| comparison.change(aspect))),
        sizes: comparison.sizes(),
        href: cx.href(before.comparison(stage)),
    })
}
