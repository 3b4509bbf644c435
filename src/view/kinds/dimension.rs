//! A dimension.

use crate::site::handle::{DimensionRef, GroupRef, StageRef};
use crate::view::advice::AdviceRow;
use crate::view::block::{Block, Objective, StageColumn, TableView};
use crate::view::context::PageContext;
use crate::view::export::{self, Export};
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::prose::full_cell;
use crate::view::text::{FaqView, FieldView, TextView};
use crate::view::words::Words;
use crate::view::{advice, table};
use serde::Serialize;

/// A dimension.
pub struct Dimension<'a>(pub DimensionRef<'a>);

/// A dimension.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DimensionPage {
    /// Its group; without a page when the framework does not describe its groups.
    pub group: Option<Link>,
    /// What opens it.
    pub intro: Vec<Block>,
    /// The sentence to take away, as HTML.
    pub takeaway: Option<String>,
    /// The framework's own fields.
    pub own: Vec<FieldView>,
    /// What it is to reach, by stage.
    pub objectives: Vec<Objective>,
    /// What to do at each stage for those who do only three things.
    pub three: Vec<Three>,
    /// Its table.
    pub table: TableView,
    /// Its aspects with what they are about.
    pub aspects: Vec<AspectCard>,
    /// Its text.
    pub text: TextView,
}

/// Three things at a stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Three {
    /// The stage.
    pub stage: StageColumn,
    /// What to do, what matters most first.
    pub rows: Vec<AdviceRow>,
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
        let intro = cx.part("intro", 2, file, &content.intro);
        let stages: Vec<StageRef<'a>> = dimension.framework().stages().collect();
        let objectives = stages.iter().filter_map(|stage| objective(cx, dimension, *stage)).collect();
        let three = |stage: &StageRef<'a>| {
            let rows: Vec<AdviceRow> =
                dimension.only_three(*stage).into_iter().map(|cell| advice::row(cx, cell, None)).collect();
            (!rows.is_empty()).then(|| Three { stage: table::column(cx, *stage), rows })
        };
        let three = stages.iter().filter_map(three).collect();
        let mut table = table::dimension(cx, dimension, None, full_cell::<3>);
        // The matrix takes rows from here where it is too heavy to hold them.
        for (row, aspect) in table.rows.iter_mut().zip(dimension.aspects()) {
            row.tags = table::tags(aspect);
        }
        let aspects = dimension
            .aspects()
            .map(|aspect| AspectCard {
                id: aspect.id().to_string(),
                link: table::aspect_link(cx, aspect),
                description: cx.part(aspect.id().as_str(), 4, file, &aspect.content().description),
                starts: aspect.starts().map(|stage| table::column(cx, stage)),
                tags: cx.tags(&aspect.content().tags),
            })
            .collect();
        DimensionPage {
            group: dimension
                .group_title()
                .map(|title| cx.titled(title, dimension.group().and_then(GroupRef::page))),
            intro,
            takeaway: content.takeaway.as_ref().map(|t| cx.html(file, t)),
            own: cx.own("dimension", file, &content.own, dimension.text()),
            objectives,
            three,
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
        for (_, objective) in &content.objectives {
            words.prose(cx, &content.file, objective);
        }
        self.0.objective_texts().for_each(|text| words.text(cx, Some(text)));
        words.fields(cx, &content.file, &content.own);
        words.text(cx, self.0.text());
        vec![(String::new(), words)]
    }

    fn export(&self, cx: &mut PageContext<'a>) -> Option<Export> {
        Some(export::dimension(cx, self.0))
    }
}

/// What the dimension is to reach at a stage, told in full.
fn objective<'a>(
    cx: &mut PageContext<'a>,
    dimension: DimensionRef<'a>,
    stage: StageRef<'a>,
) -> Option<Objective> {
    let short = table::objective(cx, dimension, stage)?;
    let text = dimension.objective_text(stage);
    let text = text.map(|text| cx.part(&short.id, 4, &text.file, &text.body)).unwrap_or_default();
    Some(Objective { text, ..short })
}
