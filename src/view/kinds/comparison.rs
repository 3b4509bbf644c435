//! Two stages side by side.

use crate::site::handle::{AspectRef, CellRef, ComparisonRef, StageRef};
use crate::site::pages::FrameworkPage;
use crate::view::block::{ComparisonView, StageColumn};
use crate::view::context::PageContext;
use crate::view::export::{self, Export};
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::table;
use crate::view::text::{FaqView, TextView};
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
    /// The largest steps, the largest first.
    pub biggest: Vec<Step>,
    /// The stages to compare from: the later stage stays.
    pub from: Vec<Pick>,
    /// The stages to compare with: the earlier stage stays.
    pub to: Vec<Pick>,
}

/// What an aspect asks for before and after, in a few words.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Step {
    /// The aspect, at the later stage.
    pub aspect: Link,
    /// The dimension's title.
    pub dimension: String,
    /// What it asks for at the earlier stage; nothing where that is nothing, or where it goes on being asked for.
    pub before: Option<String>,
    /// What it asks for at the later stage; nothing where it asks for nothing any more.
    pub after: Option<String>,
    /// 1 to 5.
    pub effort: Option<u8>,
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
        ComparisonPage {
            biggest: self.0.biggest().into_iter().map(|aspect| step(cx, self.0, aspect)).collect(),
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

fn step<'a>(cx: &PageContext<'a>, comparison: ComparisonRef<'a>, aspect: AspectRef<'a>) -> Step {
    let adds_up = comparison.framework().is_cumulative();
    let cells = || aspect.beyond(comparison.from(), comparison.to());
    Step {
        aspect: table::cell_link(cx, aspect.cell(comparison.to())),
        dimension: aspect.dimension().title().to_owned(),
        before: aspect.cell(comparison.from()).brief().filter(|_| !adds_up),
        after: cells().last().and_then(CellRef::brief),
        effort: cells().filter_map(CellRef::effort).max(),
    }
}

/// A stage to choose in place of the one `shown`; the `other` one stays.
fn pick<'a>(cx: &PageContext<'a>, stage: StageRef<'a>, shown: StageRef<'a>, other: StageRef<'a>) -> Pick {
    Pick { stage: table::column(cx, stage), href: cx.href(stage.comparison(other)), current: stage == shown }
}
