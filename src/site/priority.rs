//! What matters most: in which order a stage's cells are worth doing, and how large a step between stages is.
//!
//! Both follow from what authors say: `must`, effort and impact. Where they say nothing, the order is the framework's own,
//! and nothing is claimed.

use super::framework::Change;
use super::handle::{AspectRef, CellRef, ComparisonRef, DimensionRef, StageRef};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The smallest number that 1 to 5 all divide.
const COMMON: u32 = 60;

/// Where nobody says what a stage cannot do without, so many things stand in for it.
const STAND_INS: usize = 10;

/// If you do only three things.
const ONLY: usize = 3;

/// So many of the largest steps are named before all others.
const BIGGEST: usize = 12;

/// How large a change is: by the greater of its effort and its impact at the later stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// 4 or 5.
    Big,
    /// 3.
    Medium,
    /// 1 or 2.
    Small,
}

impl Size {
    /// All sizes, the largest first.
    pub const ALL: [Self; 3] = [Self::Big, Self::Medium, Self::Small];

    fn of(rating: u8) -> Self {
        match rating {
            4.. => Self::Big,
            3 => Self::Medium,
            _ => Self::Small,
        }
    }

    /// How many there are of each; none at all where there is no size.
    pub fn counts(sizes: impl Iterator<Item = Self>) -> Vec<(Self, usize)> {
        let sizes: Vec<Self> = sizes.collect();
        let count = |size| (size, sizes.iter().filter(|s| **s == size).count());
        if sizes.is_empty() { Vec::new() } else { Self::ALL.map(count).into() }
    }
}

impl<'a> StageRef<'a> {
    /// What it asks for in cells of its own, in the framework's order.
    pub fn asks(self) -> impl Iterator<Item = CellRef<'a>> {
        let cells = self.framework().aspects().map(move |aspect| aspect.cell(self));
        cells.filter(|cell| !cell.is_nothing())
    }

    /// The same, what matters most first: what the stage cannot do without, then by impact for the effort.
    pub fn asks_by_priority(self) -> Vec<CellRef<'a>> {
        let mut cells: Vec<CellRef<'a>> = self.asks().collect();
        cells.sort_by_key(|cell| cell.priority());
        cells
    }

    /// What matters most of what it asks for: all that it cannot do without, or where nobody says so the few with most
    /// impact for their effort. Empty where nothing says what matters, or where it would be nearly everything.
    pub fn matters_most(self) -> Vec<CellRef<'a>> {
        let mut cells = self.asks_by_priority();
        let musts = cells.iter().filter(|cell| cell.is_must()).count();
        let shown = if musts > 0 { musts } else { STAND_INS };
        if !self.has_priorities() || cells.len() < shown.saturating_mul(2) {
            return Vec::new();
        }
        cells.truncate(shown);
        cells
    }

    /// Does anything say which of its cells matter most?
    pub fn has_priorities(self) -> bool {
        self.asks().any(CellRef::has_priority)
    }

    /// The cells in which it asks for nothing yet, or for less than later: those that later stages begin, in the
    /// framework's order. Where stages add up, what later ones add can wait, whatever is asked for now.
    pub fn waiting(self) -> impl Iterator<Item = CellRef<'a>> {
        let cells = self.framework().aspects().map(move |aspect| aspect.cell(self));
        cells.filter(move |cell| {
            let more = self.framework().is_cumulative() && cell.until().is_some();
            more || !cell.aspect().asks_at(self)
        })
    }

    /// The same without what never begins, the most tempting first: what comes next, and of it what has most impact.
    pub fn tempting(self) -> Vec<CellRef<'a>> {
        let mut waiting: Vec<(StageRef<'a>, CellRef<'a>)> =
            self.waiting().filter_map(|cell| Some((cell.until()?, cell))).collect();
        waiting.sort_by_key(|(until, cell)| {
            (until.number(), Reverse(cell.aspect().cell(*until).impact().unwrap_or(0)))
        });
        waiting.into_iter().map(|(_, cell)| cell).collect()
    }
}

impl<'a> DimensionRef<'a> {
    /// The three things to do at a stage for those who do no more, what matters most first. Empty where nothing says what
    /// matters, and where there are hardly more.
    pub fn only_three(self, stage: StageRef<'a>) -> Vec<CellRef<'a>> {
        let mut cells: Vec<CellRef<'a>> =
            self.aspects().map(|aspect| aspect.cell(stage)).filter(|cell| !cell.is_nothing()).collect();
        if cells.len() <= ONLY || !cells.iter().any(|cell| cell.has_priority()) {
            return Vec::new();
        }
        cells.sort_by_key(|cell| cell.priority());
        cells.truncate(ONLY);
        cells
    }
}

impl<'a> CellRef<'a> {
    /// Holds it something that its stage cannot do without?
    pub fn is_must(self) -> bool {
        self.content().activities.iter().any(|activity| activity.must)
    }

    /// Does anything say how much it matters?
    fn has_priority(self) -> bool {
        self.is_must() || self.impact().is_some()
    }

    /// The tags of its aspect and its activities, each once.
    pub fn tags(self) -> BTreeSet<&'a String> {
        let own = self.content().activities.iter().flat_map(|activity| &activity.tags);
        self.aspect().content().tags.iter().chain(own).collect()
    }

    /// Sorts cells of a stage: a must first, then by impact for the effort, then by impact; what is not rated comes last.
    fn priority(self) -> (bool, Reverse<u32>, Reverse<u8>) {
        let impact = self.impact().unwrap_or(0);
        // Of unknown effort, it takes the middle.
        let effort = u32::from(self.effort().unwrap_or(3).max(1));
        let worth = u32::from(impact).saturating_mul(COMMON).checked_div(effort).unwrap_or(0);
        (!self.is_must(), Reverse(worth), Reverse(impact))
    }
}

impl<'a> ComparisonRef<'a> {
    /// How large a step an aspect makes between the two stages; nothing where it stays as it is, or where nobody has
    /// rated it.
    pub fn size(self, aspect: AspectRef<'a>) -> Option<Size> {
        self.weight(aspect).map(|(greater, _)| Size::of(greater))
    }

    /// The greater and the lesser of a step's effort and impact.
    fn weight(self, aspect: AspectRef<'a>) -> Option<(u8, u8)> {
        if self.change(aspect) == Change::Unchanged {
            return None;
        }
        let cells = || aspect.beyond(self.from(), self.to());
        let (effort, impact) =
            (cells().filter_map(CellRef::effort).max(), cells().filter_map(CellRef::impact).max());
        let greater = effort.max(impact)?;
        Some((greater, effort.min(impact).unwrap_or(0)))
    }

    /// The largest steps, the largest first: a dozen at most. Empty where nobody has rated anything, and where they would
    /// be nearly everything.
    pub fn biggest(self) -> Vec<AspectRef<'a>> {
        let weighed = self.framework().aspects().filter_map(|aspect| Some((self.weight(aspect)?, aspect)));
        let mut big: Vec<((u8, u8), AspectRef<'a>)> =
            weighed.filter(|((greater, _), _)| Size::of(*greater) == Size::Big).collect();
        big.sort_by_key(|(weight, _)| Reverse(*weight));
        big.truncate(BIGGEST);
        if self.framework().aspects().count() < big.len().saturating_mul(2) {
            big.clear();
        }
        big.into_iter().map(|(_, aspect)| aspect).collect()
    }

    /// How many aspects make a step of each size; none where nothing is rated.
    pub fn sizes(self) -> Vec<(Size, usize)> {
        Size::counts(self.framework().aspects().filter_map(|aspect| self.size(aspect)))
    }
}
