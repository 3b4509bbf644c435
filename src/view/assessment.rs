//! The self-assessment: for each aspect what a team would have at each stage, to choose from. What follows from
//! the choices is worked out in the reader's browser, and stays there.

use super::Link;
use super::prose::PageContext;
use super::table::{self, CellView, StageColumn};
use crate::site::framework::Change;
use crate::site::pages::PageKind;
use crate::site::resolve::Referent;
use serde::Serialize;

/// A framework's self-assessment.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AssessmentPage {
    /// The framework.
    pub framework: Link,
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

/// A framework's self-assessment.
pub fn assessment(cx: &mut PageContext<'_>, f: usize) -> AssessmentPage {
    let site = cx.site();
    let framework = &site.frameworks[f];
    let stages: Vec<StageColumn> =
        (0..framework.stages().len()).map(|s| table::column(cx, site, f, s)).collect();
    let mut dimensions = Vec::new();
    for (d, dimension) in framework.dimensions.iter().enumerate() {
        let file = &dimension.content.file;
        let mut aspects = Vec::new();
        for (a, aspect) in dimension.aspects.iter().enumerate() {
            let mut choices = Vec::new();
            for (s, stage) in stages.iter().enumerate() {
                let cell = aspect.cell(s);
                choices.push(Choice {
                    stage: stage.clone(),
                    cell: table::quiet_cell(cx, file, cell),
                    same: match s.checked_sub(1) {
                        Some(before) => aspect.change(before, s) == Change::Unchanged,
                        None => cell.is_nothing(),
                    },
                    effort: cell.activities.iter().filter_map(|x| x.effort).max(),
                    impact: cell.activities.iter().filter_map(|x| x.impact).max(),
                });
            }
            aspects.push(AssessedAspect {
                id: format!("{}/{}", dimension.id, aspect.id()),
                link: table::aspect_link(cx, f, d, a, aspect),
                choices,
            });
        }
        dimensions.push(AssessedDimension {
            id: dimension.id.to_string(),
            link: Link::new(
                &dimension.content.title,
                cx.links().kind(PageKind::Dimension(f, d)).unwrap_or_default(),
            ),
            aspects,
        });
    }
    AssessmentPage {
        framework: Link::new(
            &framework.content.title,
            cx.links().kind(PageKind::Framework(f)).unwrap_or_default(),
        ),
        stages,
        dimensions,
        playbooks: playbooks(cx, f),
    }
}

fn playbooks(cx: &PageContext<'_>, f: usize) -> Vec<PlaybookFor> {
    let site = cx.site();
    site.pages
        .iter()
        .filter(|node| matches!(node.kind, PageKind::Playbook(_)))
        .filter_map(|node| {
            let page = &site.documents[node.document?];
            let stages: Vec<String> = page
                .front_matter
                .stages
                .iter()
                .filter_map(|name| match site.resolve(&name.value.0) {
                    Ok(Referent::Stage(g, s, _)) if g == f => {
                        Some(site.frameworks[f].stages()[s].id.to_string())
                    }
                    _ => None,
                })
                .collect();
            let link = Link::new(&node.title, cx.links().kind(node.kind)?);
            (!stages.is_empty()).then_some(PlaybookFor { link, stages })
        })
        .collect()
}
