//! An aspect: how it grows from stage to stage.

use crate::content::address::Address;
use crate::content::framework::Question;
use crate::site::framework::Change;
use crate::site::handle::{ActivityRef, AspectRef, CellRef, PageRef};
use crate::site::pages::PageKind;
use crate::site::referent::Referent;
use crate::span::Spanned;
use crate::view::block::{Block, StageColumn};
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::link::{Link, LinkList};
use crate::view::text::{FaqView, FieldView, TextView};
use crate::view::words::Words;
use crate::view::{picture, table};
use serde::Serialize;

/// An aspect.
pub struct Aspect<'a>(pub AspectRef<'a>);

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
    /// Somebody has rated what it has for an impact.
    pub has_impact: bool,
    /// Somebody has rated how much work it is.
    pub has_effort: bool,
    /// What it needs and what needs it, as a picture; nothing when there is neither.
    pub graph: Option<picture::Dependencies>,
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
    /// Why not.
    pub why: Vec<Block>,
    /// How it differs from the stage before.
    pub change: Option<Change>,
    /// What is to be done, in a few words; of several things, the first.
    pub brief: String,
    /// How many things beside the first.
    pub more: usize,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
    /// What is to be done.
    pub activities: Vec<ActivityView>,
    /// Earlier stages ask for something that goes on: only where stages add up.
    pub as_before: bool,
    /// The framework's own fields that the cell's text gives.
    pub own: Vec<FieldView>,
    /// A text of the cell's own.
    pub text: TextView,
}

/// One activity.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ActivityView {
    /// Its anchor; nothing when that of its stage is its own.
    pub id: Option<String>,
    /// What to build, as HTML; empty when only prose says it.
    pub html: String,
    /// It is too long to be set in bold.
    pub is_prose: bool,
    /// The stage cannot do without it.
    pub must: bool,
    /// Who it is for.
    pub tags: Vec<Link>,
    /// What done looks like.
    pub details: Vec<Block>,
    /// Questions that tell whether it is done.
    pub questions: Vec<QuestionView>,
    /// Pages that say more.
    pub links: LinkList,
    /// What it needs first.
    pub needs: Vec<Link>,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
}

/// A question that tells whether something is done.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct QuestionView {
    /// The question, as HTML.
    pub ask: String,
    /// What has to hold for a yes, as HTML.
    pub criteria: Vec<String>,
    /// What it can be answered with.
    pub answers: Vec<String>,
}

impl<'a> Kind<'a> for Aspect<'a> {
    type View = AspectPage;
    const NAME: &'static str = "aspect";

    fn view(&self, cx: &mut PageContext<'a>) -> AspectPage {
        let aspect = self.0;
        let content = aspect.content();
        let file = aspect.file();
        let description = cx.part("about", 2, file, &content.description);
        let stages: Vec<AspectStage> = aspect.cells().map(|cell| at_stage(cx, cell)).collect();
        let needed_by = needed_by(cx);
        let needs = cx.addresses(&content.depends_on);
        let mut all_needs = needs.clone();
        for need in stages.iter().flat_map(|s| &s.activities).flat_map(|x| &x.needs) {
            if all_needs.iter().all(|n| n.href != need.href) {
                all_needs.push(need.clone());
            }
        }
        let graph = (!all_needs.is_empty() || !needed_by.is_empty()).then(|| {
            let label = cx.phrase("picture-dependencies-label", &[("title", &aspect.title())]);
            picture::dependencies(label, aspect.title(), &all_needs, &needed_by)
        });
        AspectPage {
            dimension: table::dimension_link(cx, aspect.dimension()),
            description,
            tags: cx.tags(&content.tags),
            own: cx.own("aspect", file, &content.own, aspect.text()),
            has_impact: stages.iter().any(|stage| stage.impact.is_some()),
            has_effort: stages.iter().any(|stage| stage.effort.is_some()),
            graph,
            stages,
            needs,
            needed_by,
            text: cx.text(aspect.text()),
        }
    }

    fn questions(view: &AspectPage) -> Vec<&FaqView> {
        view.text.faq.iter().collect()
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let aspect = self.0;
        let file = aspect.file();
        // An aspect is found under the stages that ask for something they did not ask for before.
        let asking = aspect.cells().filter(|cell| cell.is_new()).map(|cell| cell.stage().title().to_owned());
        let mut words = Words::new(cx.site(), "Aspect", &cx.page().standalone_title(), asking);
        words.prose(cx, file, &aspect.content().description);
        for cell in aspect.cells().filter(|cell| !cell.is_nothing() || !cell.content().why.is_empty()) {
            words.heading(2, cell.stage().id().as_str(), cell.stage().title());
            words.prose(cx, file, &cell.content().why);
            for activity in cell.activities() {
                words.activity(cx, activity);
            }
            words.fields(cx, file, cell.own());
            words.text(cx, cell.text());
        }
        words.fields(cx, file, &aspect.content().own);
        words.text(cx, aspect.text());
        vec![(String::new(), words)]
    }
}

fn at_stage<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> AspectStage {
    let text = cx.text_within(cell.anchor(), 3, cell.text());
    AspectStage {
        activities: cell.activities().map(|activity| activity_view(cx, activity)).collect(),
        stage: table::column(cx, cell.stage()),
        nothing: cell.is_nothing(),
        why: cx.part(cell.anchor(), 3, cell.file(), &cell.content().why),
        as_before: cell.goes_on(),
        change: cell.change_before(),
        brief: cell.brief().unwrap_or_default(),
        more: cell.more(),
        effort: cell.effort(),
        impact: cell.impact(),
        own: cell.text().map(|text| cx.fields(cell.anchor(), &text.file, &text.own)).unwrap_or_default(),
        text,
    }
}

fn activity_view<'a>(cx: &mut PageContext<'a>, activity: ActivityRef<'a>) -> ActivityView {
    let (file, content, anchor) = (activity.cell.file(), activity.content, activity.anchor());
    let framework = activity.cell.aspect().framework();
    let question = |question: &Question, cx: &mut PageContext<'a>| QuestionView {
        ask: cx.html(file, &question.ask),
        criteria: question.criteria.iter().map(|criterion| cx.html(file, criterion)).collect(),
        answers: framework
            .scale(question)
            .map(|scale| scale.answers.iter().map(|(title, _)| title.clone()).collect())
            .unwrap_or_default(),
    };
    ActivityView {
        html: cx.html(file, &content.text),
        is_prose: content.is_prose(),
        must: content.must,
        tags: cx.tags(&content.tags),
        details: cx.part(&anchor, 3, file, &content.details),
        questions: content.questions.iter().map(|q| question(q, cx)).collect(),
        links: cx.listed(&content.links),
        needs: cx.addresses(&content.depends_on),
        effort: content.effort,
        impact: content.impact,
        own: cx.fields(&anchor, file, &content.own),
        id: content.id.is_some().then_some(anchor),
    }
}

/// What depends on the aspect or on a cell of it. The pages that refer to it are the only ones to look at.
fn needed_by(cx: &PageContext<'_>) -> Vec<Link> {
    let (site, here) = (cx.site(), cx.page());
    let mut found = Vec::new();
    for from in here.backlinks() {
        let PageKind::Aspect(key) = from.kind else { continue };
        let other = site.aspect(key);
        if other.content().depends_on.iter().any(|to| leads(here, to)) {
            found.push(Referent::Aspect(other, None, None));
        }
        let needing = other.cells().filter(|cell| {
            cell.content().activities.iter().flat_map(|x| &x.depends_on).any(|to| leads(here, to))
        });
        found.extend(needing.map(|cell| Referent::Cell(cell, None)));
    }
    found.iter().filter_map(|referent| cx.referent(referent.standalone_label(), referent)).collect()
}

fn leads(here: PageRef<'_>, to: &Spanned<Address>) -> bool {
    here.site().target(&to.value).is_ok_and(|target| target.page == here.id())
}
