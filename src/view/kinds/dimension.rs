//! A dimension.

use crate::site::handle::DimensionRef;
use crate::view::block::{Block, StageColumn, TableView};
use crate::view::context::PageContext;
use crate::view::export::{self, Export};
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::prose::full_cell;
use crate::view::table;
use crate::view::text::{FaqView, FieldView, TextView};
use crate::view::words::Words;
use serde::Serialize;

/// A dimension.
pub struct Dimension<'a>(pub DimensionRef<'a>);

/// A dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionPage {
    /// Its group.
    pub group: Option<String>,
    /// What opens it.
    pub intro: Vec<Block>,
    /// The sentence to take away, as HTML.
    pub takeaway: Option<String>,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
    /// Its table.
    pub table: TableView,
    /// Its aspects with what they are about.
    pub aspects: Vec<AspectCard>,
    /// Its text.
    pub text: TextView,
}

/// An aspect in a list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct AspectCard {
    /// Its identifier.
    pub id: String,
    /// The aspect.
    pub link: Link,
    /// What it is about.
    pub description: Vec<Block>,
    /// The first stage that asks for something.
    pub starts: Option<StageColumn>,
    /// Its tags.
    pub tags: Vec<Link>,
}

impl<'a> Kind<'a> for Dimension<'a> {
    type View = DimensionPage;
    const NAME: &'static str = "dimension";

    fn view(&self, cx: &mut PageContext<'a>) -> DimensionPage {
        let dimension = self.0;
        let content = dimension.content();
        let file = &content.file;
        let intro = cx.blocks(file, &content.intro);
        let table = table::dimension(cx, dimension, None, full_cell);
        let aspects = dimension
            .aspects()
            .map(|aspect| AspectCard {
                id: aspect.id().to_string(),
                link: table::aspect_link(cx, aspect),
                description: cx.blocks(file, &aspect.content().description),
                starts: aspect.starts().map(|stage| table::column(cx, stage)),
                tags: cx.tags(&aspect.content().tags),
            })
            .collect();
        DimensionPage {
            group: content.group.clone(),
            intro,
            takeaway: content.takeaway.as_ref().map(|t| cx.html(file, t)),
            own: cx.fields(file, &content.own),
            table,
            aspects,
            text: cx.text(dimension.text()),
        }
    }

    fn questions(view: &DimensionPage) -> Vec<&FaqView> {
        view.text.faq.iter().collect()
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let content = self.0.content();
        let mut words = Words::new(cx.site(), "Dimension", &content.title, []);
        words.prose(cx, &content.file, &content.intro);
        if let Some(takeaway) = &content.takeaway {
            words.prose(cx, &content.file, takeaway);
        }
        words.text(cx, self.0.text());
        vec![(String::new(), words)]
    }

    fn export(&self) -> Option<Export> {
        Some(export::dimension(self.0))
    }
}
