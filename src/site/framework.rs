//! A framework with all that belongs to it: every aspect has a cell for every stage, in order.

use crate::content::address::{AspectId, DimensionId, FrameworkId};
use crate::content::document::Text;
use crate::content::framework::{AspectContent, Cell, DimensionContent, FrameworkContent, StageContent};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Beyond this many stages only some pairs have a comparison.
const MOST_STAGES_COMPARED: usize = 20;

/// A framework with all that belongs to it.
#[derive(Debug)]
pub struct Framework {
    /// Its folder's name.
    pub id: FrameworkId,
    /// Its own file.
    pub content: Arc<FrameworkContent>,
    /// Its dimensions, in the order the framework lists them.
    pub dimensions: Vec<Dimension>,
    /// The text of its overview.
    pub text: Option<Arc<Text>>,
    /// The text of each stage.
    pub stage_texts: Vec<Option<Arc<Text>>>,
    /// The texts of comparisons, by the numbers of their stages.
    pub comparison_texts: BTreeMap<(usize, usize), Arc<Text>>,
}

/// A dimension with all that belongs to it.
#[derive(Debug)]
pub struct Dimension {
    /// Its file's name.
    pub id: DimensionId,
    /// Its file.
    pub content: Arc<DimensionContent>,
    /// Its text.
    pub text: Option<Arc<Text>>,
    /// Its rows.
    pub aspects: Vec<Aspect>,
    /// The long forms of its objectives, by stage.
    pub objective_texts: BTreeMap<usize, Arc<Text>>,
    /// The number of its group.
    pub group: Option<usize>,
}

/// A row with a cell for each stage.
#[derive(Debug)]
pub struct Aspect {
    pub(super) content: Arc<DimensionContent>,
    pub(super) index: usize,
    /// For each stage, the number of the written cell.
    pub(super) cells: Vec<Option<usize>>,
    /// Its text.
    pub text: Option<Arc<Text>>,
    /// The texts of its cells, by stage.
    pub cell_texts: BTreeMap<usize, Arc<Text>>,
    /// Cells of which there is nothing but a text, by stage.
    pub(super) from_texts: BTreeMap<usize, Cell>,
}

static NOTHING: std::sync::LazyLock<Cell> = std::sync::LazyLock::new(Cell::default);

impl Aspect {
    /// What its file says of it.
    #[expect(clippy::indexing_slicing, reason = "an aspect is made from the content that it keeps")]
    pub fn content(&self) -> &AspectContent {
        &self.content.aspects[self.index]
    }

    /// Its identifier.
    pub fn id(&self) -> &AspectId {
        &self.content().id
    }

    /// Is there a cell for a stage, be it one that says that there is nothing?
    pub fn has_cell(&self, stage: usize) -> bool {
        self.cells.get(stage).is_some_and(Option::is_some) || self.from_texts.contains_key(&stage)
    }

    /// The cell of a stage; an empty one where none is written.
    pub fn cell(&self, stage: usize) -> &Cell {
        let written = self.cells.get(stage).copied().flatten();
        let written = written.and_then(|i| self.content().cells.get(i)).map(|(_, cell)| cell);
        written.or_else(|| self.from_texts.get(&stage)).unwrap_or(&NOTHING)
    }
}

/// How a cell differs from the same aspect's cell at another stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// There was nothing before.
    New,
    /// There is more of it: only where stages add up.
    Added,
    /// There was something else before.
    Changed,
    /// It is the same.
    Unchanged,
    /// There is nothing any more.
    Dropped,
}

impl Change {
    /// The changes there can be, in the order they are counted: where stages add up, nothing is replaced or dropped.
    pub fn all(cumulative: bool) -> &'static [Self] {
        if cumulative {
            &[Self::New, Self::Added, Self::Unchanged]
        } else {
            &[Self::New, Self::Changed, Self::Unchanged, Self::Dropped]
        }
    }

    /// How `to` differs from `from`, which it replaces.
    pub fn between(from: &Cell, to: &Cell) -> Self {
        match (from.is_nothing(), to.is_nothing()) {
            (true, true) => Self::Unchanged,
            (true, false) => Self::New,
            (false, true) => Self::Dropped,
            (false, false) if from.same_as(to) => Self::Unchanged,
            (false, false) => Self::Changed,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Dropped => "dropped",
        }
    }
}

impl Framework {
    /// Its stages in order.
    pub fn stages(&self) -> &[StageContent] {
        &self.content.stages
    }

    /// The pairs of stages that have a comparison, the earlier first: all of them, or with very many stages
    /// neighbours, and the first with the last.
    pub fn compared(&self) -> Vec<(usize, usize)> {
        let count = self.stages().len();
        if self.compares_all() {
            return (0..count).flat_map(|a| (a..count).skip(1).map(move |b| (a, b))).collect();
        }
        let neighbours = (1..count).map(|b| (b.saturating_sub(1), b));
        neighbours.chain([(0, count.saturating_sub(1))]).collect()
    }

    /// Does every pair of stages have a comparison? Their number grows with the square of the stages'.
    pub fn compares_all(&self) -> bool {
        self.stages().len() <= MOST_STAGES_COMPARED
    }

    /// Does any pair of stages have a comparison?
    pub fn is_compared(&self) -> bool {
        self.stages().len() > 1
    }

    /// The number of a dimension.
    pub fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.iter().position(|d| d.id.as_str() == id)
    }
}
