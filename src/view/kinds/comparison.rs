//! Two stages side by side.

use crate::site::framework::Change;
use crate::site::handle::{ComparisonRef, StageRef};
use crate::site::pages::FrameworkPage;
use crate::view::block::{ComparisonView, Count, StageColumn};
use crate::view::context::PageContext;
use crate::view::export::{self, Export};
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::text::{FaqView, TextView};
use crate::view::{picture, table};
use serde::Serialize;

/// Two stages side by side.
pub struct Comparison<'a>(pub ComparisonRef<'a>);

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
    pub chart: picture::Changes,
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

impl<'a> Kind<'a> for Comparison<'a> {
    type View = ComparisonPage;
    const NAME: &'static str = "comparison";

    fn view(&self, cx: &mut PageContext<'a>) -> ComparisonPage {
        let (from, to, framework) = (self.0.from(), self.0.to(), self.0.framework());
        let text = cx.text(self.0.text());
        let comparison = table::comparison(cx, self.0);
        let groups = comparison.groups.iter();
        let rows: Vec<(Link, Vec<Count>)> =
            groups.map(|g| (Link::new(&g.dimension.title, format!("#{}", g.id)), g.counts.clone())).collect();
        ComparisonPage {
            chart: picture::changes(cx.phrase("picture-changes-label", &[]), &rows, |change| {
                cx.phrase(change.map_or("the-same", Change::word), &[])
            }),
            comparison,
            text,
            compare: cx.href(framework.page_of(FrameworkPage::Comparisons)),
            from: framework.stages().map(|stage| pick(cx, stage, from, to)).collect(),
            to: framework.stages().map(|stage| pick(cx, stage, to, from)).collect(),
        }
    }

    fn questions(view: &ComparisonPage) -> Vec<&FaqView> {
        view.text.faq.iter().collect()
    }

    fn export(&self, cx: &mut PageContext<'a>) -> Option<Export> {
        Some(export::comparison(cx, self.0))
    }
}

/// A stage to choose in place of the one `shown`; the `other` one stays.
fn pick<'a>(cx: &PageContext<'a>, stage: StageRef<'a>, shown: StageRef<'a>, other: StageRef<'a>) -> Pick {
    Pick { stage: table::column(cx, stage), href: cx.href(stage.comparison(other)), current: stage == shown }
}
