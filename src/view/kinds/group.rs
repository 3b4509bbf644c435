//! A group of dimensions.

use super::framework::{DimensionCard, dimension_card};
use crate::site::handle::GroupRef;
use crate::view::block::Block;
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::matrix::{self, MatrixView};
use crate::view::picture;
use crate::view::table::{self, Grouped};
use crate::view::words::Words;
use serde::Serialize;

/// A group of dimensions.
pub struct Group<'a>(pub GroupRef<'a>);

/// A group of dimensions.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GroupPage {
    /// One or two sentences about it.
    pub summary: String,
    /// What opens it.
    pub intro: Vec<Block>,
    /// Its colour, as CSS has it.
    pub color: Option<String>,
    /// Its dimensions.
    pub dimensions: Vec<DimensionCard>,
    /// How much each of them asks for at each stage.
    pub heat: picture::HeatMap,
    /// Their cells.
    pub matrix: MatrixView,
}

impl<'a> Kind<'a> for Group<'a> {
    type View = GroupPage;
    const NAME: &'static str = "group";

    fn view(&self, cx: &mut PageContext<'a>) -> GroupPage {
        let (group, framework) = (self.0, self.0.framework());
        let content = group.content();
        GroupPage {
            summary: content.summary.clone().unwrap_or_default(),
            intro: cx.part("intro", 2, &framework.content().file, &content.intro),
            color: content.color.map(|color| color.to_string()),
            dimensions: group.dimensions().map(|dimension| dimension_card(cx, dimension)).collect(),
            heat: table::heat(cx, framework, group.dimensions()),
            matrix: matrix::of(cx, framework, &[Grouped::untitled(group)], group.title()),
        }
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let content = self.0.content();
        let mut words = Words::new(cx.site(), "Group", &content.title, []);
        words.paragraph(content.summary.as_deref().unwrap_or_default());
        words.prose(cx, &self.0.framework().content().file, &content.intro);
        vec![(String::new(), words)]
    }
}
