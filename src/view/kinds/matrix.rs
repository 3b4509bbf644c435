//! Every aspect at every stage, on a page of its own.

use crate::site::handle::FrameworkRef;
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::matrix::{self, MatrixView};
use crate::view::table;
use serde::Serialize;

/// A framework's matrix.
pub struct Matrix<'a>(pub FrameworkRef<'a>);

/// Every aspect at every stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MatrixPage {
    /// All of it.
    pub matrix: MatrixView,
}

impl<'a> Kind<'a> for Matrix<'a> {
    type View = MatrixPage;
    const NAME: &'static str = "matrix";

    fn view(&self, cx: &mut PageContext<'a>) -> MatrixPage {
        let framework = self.0;
        let grouped = table::grouped(cx, framework);
        MatrixPage { matrix: matrix::of(cx, framework, &grouped, framework.title()) }
    }
}
