//! All comparisons of a framework.

use crate::site::framework::Change;
use crate::site::handle::{FrameworkRef, StageRef};
use crate::view::block::StageColumn;
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::table;
use serde::Serialize;

/// All comparisons of a framework.
pub struct Comparisons<'a>(pub FrameworkRef<'a>);

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

impl<'a> Kind<'a> for Comparisons<'a> {
    type View = ComparisonsPage;
    const NAME: &'static str = "comparisons";

    fn view(&self, cx: &mut PageContext<'a>) -> ComparisonsPage {
        let stages = || self.0.stages();
        ComparisonsPage {
            rows: stages().map(|from| stages().map(|to| grid(cx, from, to)).collect()).collect(),
            stages: table::columns(cx, self.0),
            some_only: !self.0.compares_all(),
        }
    }
}

fn grid(cx: &PageContext<'_>, from: StageRef<'_>, to: StageRef<'_>) -> Option<GridCell> {
    let page = from.comparison(to).filter(|_| from < to)?;
    let changes = || from.framework().aspects().map(|aspect| aspect.change(from, to));
    Some(GridCell {
        link: cx.link(page),
        changes: changes().filter(|c| *c != Change::Unchanged).count(),
        new: changes().filter(|c| *c == Change::New).count(),
    })
}
