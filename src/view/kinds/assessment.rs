//! The self-assessment: for each aspect what a team would have at each stage, to choose from. What follows from
//! the choices is worked out in the reader's browser, and stays there.

use crate::site::handle::{CellRef, FrameworkRef};
use crate::site::pages::PageKind;
use crate::view::block::{CellView, StageColumn};
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::table;
use serde::Serialize;

/// A framework's self-assessment.
pub struct Assessment<'a>(pub FrameworkRef<'a>);

/// A framework's self-assessment.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AssessmentPage {
    /// The framework.
    pub framework: Link,
    /// Stages add up.
    pub cumulative: bool,
    /// Its stages.
    pub stages: Vec<StageColumn>,
    /// Its dimensions.
    pub dimensions: Vec<AssessedDimension>,
    /// Playbooks, each with the stages it is for.
    pub playbooks: Vec<PlaybookFor>,
}

/// A dimension to assess.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AssessedDimension {
    /// Its identifier.
    pub id: String,
    /// The dimension.
    pub link: Link,
    /// Its aspects.
    pub aspects: Vec<AssessedAspect>,
}

/// An aspect to assess.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AssessedAspect {
    /// Its dimension's identifier and its own.
    pub id: String,
    /// The aspect.
    pub link: Link,
    /// What a team would have, a choice a stage.
    pub choices: Vec<Choice>,
}

/// What a team would have at a stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Choice {
    /// The stage.
    pub stage: StageColumn,
    /// What is asked for.
    pub cell: CellView,
    /// The stage before asks for the same, so there is nothing to do to get here.
    pub same: bool,
    /// The greatest effort of its activities, 1 to 5.
    pub effort: Option<u8>,
    /// The greatest impact of its activities, 1 to 5.
    pub impact: Option<u8>,
}

/// A playbook and the stages it is for.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PlaybookFor {
    /// The playbook.
    pub link: Link,
    /// Identifiers of the stages.
    pub stages: Vec<String>,
}

impl<'a> Kind<'a> for Assessment<'a> {
    type View = AssessmentPage;
    const NAME: &'static str = "assessment";

    fn view(&self, cx: &mut PageContext<'a>) -> AssessmentPage {
        let framework = self.0;
        let mut dimensions = Vec::new();
        for dimension in framework.dimensions() {
            let aspects = dimension.aspects().map(|aspect| AssessedAspect {
                id: format!("{}/{}", dimension.id(), aspect.id()),
                link: table::aspect_link(cx, aspect),
                choices: aspect.cells().map(|cell| choice(cx, cell)).collect(),
            });
            dimensions.push(AssessedDimension {
                aspects: aspects.collect(),
                id: dimension.id().to_string(),
                link: table::dimension_link(cx, dimension),
            });
        }
        AssessmentPage {
            framework: cx.titled(framework.title(), framework.page()),
            cumulative: framework.is_cumulative(),
            stages: table::columns(cx, framework),
            dimensions,
            playbooks: playbooks(cx, framework),
        }
    }
}

fn choice<'a>(cx: &mut PageContext<'a>, cell: CellRef<'a>) -> Choice {
    Choice {
        stage: table::column(cx, cell.stage()),
        cell: table::quiet_cell(cx, cell),
        same: !cell.steps(),
        effort: cell.effort(),
        impact: cell.impact(),
    }
}

fn playbooks<'a>(cx: &PageContext<'a>, framework: FrameworkRef<'a>) -> Vec<PlaybookFor> {
    let mut found = Vec::new();
    for page in cx.site().pages().filter(|page| page.kind == PageKind::Playbook) {
        let own = page.stages().filter(|stage| stage.framework() == framework);
        let stages: Vec<String> = own.map(|stage| stage.id().to_string()).collect();
        if !stages.is_empty() {
            found.push(PlaybookFor { link: cx.link(page), stages });
        }
    }
    found
}
