//! What a page's text is made of: HTML, and parts of frameworks that texts can embed. Data only.

use super::link::Link;
use crate::site::framework::Change;
use crate::site::priority::Size;
use serde::Serialize;

/// A stretch of a page's text.
#[derive(Clone, Debug, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(missing_docs)] // named after what they show
pub enum Block {
    Html { html: String },
    Table { table: TableView },
    Stages { stages: StagesView },
    Stage { stage: StageSummary },
    Comparison { comparison: ComparisonView },
    Cell { cell: EmbeddedCell },
    Text { title: String, href: String, blocks: Vec<Block> },
}

/// A cell shown on another page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct EmbeddedCell {
    /// What it is.
    pub title: String,
    /// Where it is told in full.
    pub href: String,
    /// Its short text.
    pub cell: CellView,
    /// Its details.
    pub blocks: Vec<Block>,
}

/// Aspects as rows, stages as columns.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TableView {
    /// Tells it from other tables on the page.
    pub id: String,
    /// What the table is about.
    pub caption: String,
    /// Its stages.
    pub columns: Vec<StageColumn>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A stage as the head of a column.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StageColumn {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the title stands for.
    pub name: Option<String>,
    /// Its page.
    pub href: String,
    /// Its number, from 1.
    pub number: usize,
    /// It belongs to another framework than the page does, so a reader's own stage is not among its like.
    pub foreign: bool,
}

/// One aspect.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Row {
    /// Its identifier.
    pub id: String,
    /// Its page.
    pub aspect: Link,
    /// Its tags, where the matrix may take its row from here.
    pub tags: Vec<String>,
    /// A cell a column.
    pub cells: Vec<CellView>,
}

/// A cell in a table.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CellView {
    /// It holds no activity.
    pub nothing: bool,
    /// It holds none, yet earlier stages ask for something that goes on: only where stages add up.
    pub as_before: bool,
    /// What to build.
    pub activities: Vec<CellActivity>,
    /// The words in which the author wrote that there is nothing; empty when nothing is written.
    pub written: String,
    /// It holds something that its stage cannot do without.
    pub must: bool,
    /// Its greatest effort, 1 to 5.
    pub effort: Option<u8>,
    /// Its greatest impact, 1 to 5.
    pub impact: Option<u8>,
}

/// An activity in a table.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CellActivity {
    /// What to build, as HTML; of prose only how it begins.
    pub html: String,
    /// What tells its details from those of its neighbours, where a cell holds several.
    pub name: Option<String>,
    /// The stage cannot do without it.
    pub must: bool,
    /// Where all of it is told, when this is only how it begins.
    pub href: Option<String>,
    /// The stage it is for, where a cell shows those of several.
    pub stage: Option<StageColumn>,
    /// What more there is to say, where the table shows it.
    pub details: Vec<Block>,
}

/// The stages of a framework with their facts.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StagesView {
    /// What the table is about.
    pub caption: String,
    /// The stages.
    pub stages: Vec<StageColumn>,
    /// The names of all facts, in the order they first appear.
    pub facts: Vec<String>,
    /// What each stage is, in a sentence or two, where they have no facts.
    pub summaries: Vec<String>,
    /// For each stage, the facts in that order; empty where a stage lacks one.
    pub rows: Vec<Vec<String>>,
}

/// A stage in brief.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct StageSummary {
    /// The stage.
    pub stage: StageColumn,
    /// A sentence or two about it.
    pub summary: String,
    /// Facts in order.
    pub facts: Vec<(String, String)>,
    /// How many aspects ask for something.
    pub asked: usize,
    /// All aspects of the framework.
    pub aspects: usize,
}

/// Two stages side by side.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonView {
    /// Tells it from other tables on the page.
    pub id: String,
    /// What is compared.
    pub caption: String,
    /// Its page.
    pub href: String,
    /// The earlier stage.
    pub from: StageColumn,
    /// The later stage.
    pub to: StageColumn,
    /// How many aspects are new, changed, unchanged and dropped.
    pub counts: Vec<Count>,
    /// How many steps of each size they are: none where nobody has rated anything.
    pub sizes: Vec<(Size, usize)>,
    /// The change that most aspects share, which their rows need not say.
    pub common: Option<Change>,
    /// Some rows say how large a step they are, or change in another way than most.
    pub marked: bool,
    /// Some rows stay as they are.
    pub unchanged: bool,
    /// Stages add up, so the later column shows what is added.
    pub cumulative: bool,
    /// Rows by dimension.
    pub groups: Vec<ComparisonGroup>,
}

/// How many aspects changed in one way.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Count {
    /// In which way.
    pub change: Change,
    /// How many.
    pub count: usize,
}

/// A dimension in a comparison.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonGroup {
    /// The dimension.
    pub dimension: Link,
    /// Its identifier.
    pub id: String,
    /// Counts within it.
    pub counts: Vec<Count>,
    /// How many steps of each size are within it.
    pub sizes: Vec<(Size, usize)>,
    /// Does any of its rows change?
    pub changes: bool,
    /// What it is to reach at the two stages.
    pub objectives: Vec<Objective>,
    /// Its rows, the largest steps first.
    pub rows: Vec<ComparisonRow>,
}

/// What a dimension is to reach at a stage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Objective {
    /// Its anchor on the dimension's page.
    pub id: String,
    /// The stage.
    pub stage: StageColumn,
    /// The dimension's page, at this objective.
    pub href: String,
    /// What it is.
    pub blocks: Vec<Block>,
    /// The same at length, on the dimension's page only.
    pub text: Vec<Block>,
}

/// An aspect in a comparison.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ComparisonRow {
    /// The aspect.
    pub aspect: Link,
    /// At the earlier stage.
    pub from: CellView,
    /// At the later stage.
    pub to: CellView,
    /// How it differs.
    pub change: Change,
    /// How large a step that is; nothing where nobody has rated it.
    pub size: Option<Size>,
}
