//! Every aspect at every stage, on a page of its own.

use crate::site::handle::FrameworkRef;
use crate::view::block::TableView;
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::prose::full_cell;
use crate::view::table;
use serde::Serialize;

/// A framework's matrix.
pub struct Matrix<'a>(pub FrameworkRef<'a>);

/// Every aspect at every stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixPage {
    /// The table.
    pub matrix: TableView,
}

impl<'a> Kind<'a> for Matrix<'a> {
    type View = MatrixPage;
    const NAME: &'static str = "matrix";

    fn view(&self, cx: &mut PageContext<'a>) -> MatrixPage {
        MatrixPage { matrix: table::matrix(cx, self.0, self.0.dimensions(), self.0.title(), full_cell::<2>) }
    }
}
