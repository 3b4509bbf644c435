//! What an address names: what it is called, and where it is shown.

use super::handle::{
    ActivityRef, AspectRef, CellRef, ComparisonRef, DimensionRef, FrameworkRef, GroupRef, PageRef, SiteRef,
    StageRef, TermRef,
};
use super::pages::{Anchor, PageKind, Target};
use std::sync::Arc;

/// What an address names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named after what they are
pub enum Referent<'a> {
    Page(PageRef<'a>, Anchor),
    Framework(FrameworkRef<'a>, Anchor),
    Stage(StageRef<'a>, Anchor),
    Comparison(ComparisonRef<'a>),
    /// A dimension and, of its table, the stages from one to another.
    Dimension(DimensionRef<'a>, Option<(StageRef<'a>, StageRef<'a>)>, Anchor),
    /// A row and, of its cells, those from one stage to another.
    Aspect(AspectRef<'a>, Option<(StageRef<'a>, StageRef<'a>)>, Anchor),
    Group(GroupRef<'a>),
    /// A cell and the number of one of its activities.
    Cell(CellRef<'a>, Option<usize>),
    Term(TermRef<'a>),
}

impl Referent<'_> {
    /// The same with another place on its page.
    #[must_use]
    pub(super) fn with_anchor(mut self, right: Arc<str>) -> Self {
        match &mut self {
            Self::Page(_, anchor)
            | Self::Framework(_, anchor)
            | Self::Stage(_, anchor)
            | Self::Dimension(.., anchor)
            | Self::Aspect(.., anchor) => *anchor = Some(right),
            Self::Comparison(_) | Self::Group(_) | Self::Cell(..) | Self::Term(_) => {}
        }
        self
    }

    pub(super) fn describe(&self) -> String {
        match self {
            Self::Page(..) => "a page".to_owned(),
            Self::Framework(..) => "a framework".to_owned(),
            Self::Stage(..) => "a stage".to_owned(),
            Self::Comparison(..) => "a comparison".to_owned(),
            Self::Dimension(dimension, ..) => format!("a dimension of {}", dimension.framework().id()),
            Self::Aspect(aspect, ..) => format!("an aspect of {}", aspect.framework().id()),
            Self::Cell(cell, _) => format!("an aspect of {}", cell.aspect().framework().id()),
            Self::Group(_) => "a group".to_owned(),
            Self::Term(_) => "a term".to_owned(),
        }
    }

    /// Where it is shown.
    pub fn place(&self) -> Option<Target> {
        let on = |site: SiteRef<'_>, kind: PageKind, anchor: Anchor| {
            site.find(kind).map(|page| Target { page: page.id(), anchor })
        };
        match self {
            Self::Page(page, anchor) => Some(Target { page: page.id(), anchor: anchor.clone() }),
            Self::Framework(framework, anchor) => {
                on(framework.site, PageKind::Framework(framework.key), anchor.clone())
            }
            Self::Stage(stage, anchor) => on(stage.site, PageKind::Stage(stage.key), anchor.clone()),
            Self::Comparison(comparison) => on(comparison.site, PageKind::Comparison(comparison.key), None),
            // One stage of a dimension stands on the stage's page, if anything is to be done there.
            Self::Dimension(dimension, Some((stage, last)), None) if stage == last => {
                let something = dimension.has_cells(*stage);
                let anchor = something.then(|| Arc::from(dimension.id().as_str()));
                on(stage.site, PageKind::Stage(stage.key), anchor)
            }
            Self::Dimension(dimension, _, anchor) => {
                on(dimension.site, PageKind::Dimension(dimension.key), anchor.clone())
            }
            Self::Aspect(aspect, _, anchor) => on(aspect.site, PageKind::Aspect(aspect.key), anchor.clone()),
            Self::Cell(cell, activity) => {
                let activity = activity.and_then(|i| cell.activities().nth(i));
                let anchor = activity.map_or_else(|| cell.anchor().to_owned(), ActivityRef::anchor);
                on(cell.site, PageKind::Aspect(cell.aspect().key), Some(Arc::from(anchor)))
            }
            Self::Group(group) => on(group.site, PageKind::Group(group.key), None),
            Self::Term(term) => {
                on(term.site, PageKind::Glossary, Some(Arc::from(term.content()?.id.as_str())))
            }
        }
    }

    /// What a link's text is when the author gives none.
    pub fn label(&self) -> String {
        match self {
            Self::Page(page, None) => page.title().to_owned(),
            Self::Page(page, Some(anchor)) => {
                let place = page.site().anchors(page.id()).get(anchor);
                // An aside may have an id and no title.
                let place = place.filter(|place| !place.title.is_empty());
                place.map_or_else(|| page.title().to_owned(), |place| place.title.clone())
            }
            Self::Framework(framework, _) => framework.title().to_owned(),
            Self::Stage(stage, _) => stage.title().to_owned(),
            Self::Comparison(comparison) => comparison.title(),
            Self::Dimension(dimension, Some((stage, last)), _) if stage == last => {
                at_stage(dimension.title(), *stage)
            }
            Self::Dimension(dimension, ..) => dimension.title().to_owned(),
            Self::Aspect(aspect, ..) => aspect.title().to_owned(),
            Self::Group(group) => group.title().to_owned(),
            Self::Cell(cell, activity) => match activity.and_then(|i| cell.activities().nth(i)) {
                Some(activity) => activity.brief(),
                None => at_stage(cell.aspect().title(), cell.stage()),
            },
            Self::Term(term) => term.content().map(|t| t.name.clone()).unwrap_or_default(),
        }
    }

    /// A label that can be understood away from its dimension.
    pub fn standalone_label(&self) -> String {
        let dimension = match self {
            Self::Cell(cell, _) => cell.aspect().dimension(),
            Self::Aspect(aspect, ..) => aspect.dimension(),
            _ => return self.label(),
        };
        format!("{}: {}", dimension.title(), self.label())
    }
}

/// What a thing of a framework is called at one stage.
fn at_stage(thing: &str, stage: StageRef<'_>) -> String {
    stage.framework().texts().fill("at-stage", &[("thing", &thing), ("title", &stage.title())])
}
