//! What is asked of cells and their activities.

use super::{AspectRef, CellRef, StageRef};
use crate::content::document::Text;
use crate::content::framework::field::FieldValue;
use crate::content::framework::{Activity, Cell};
use crate::content::html::plain;
use crate::content::sentence;
use crate::site::framework::Change;
use crate::site::keys::{AspectKey, CellKey, StageKey};
use crate::span::SourcePath;

impl<'a> CellRef<'a> {
    /// What is written in it; an empty one where nothing is.
    pub fn content(self) -> &'a Cell {
        self.aspect().data().cell(self.key.stage)
    }

    /// What it asks for.
    pub fn activities(self) -> impl ExactSizeIterator<Item = ActivityRef<'a>> {
        self.content().activities.iter().map(move |content| ActivityRef { cell: self, content })
    }

    /// Its aspect.
    pub fn aspect(self) -> AspectRef<'a> {
        let CellKey { framework, dimension, aspect, .. } = self.key;
        self.site.aspect(AspectKey { framework, dimension, aspect })
    }

    /// Its stage.
    pub fn stage(self) -> StageRef<'a> {
        self.site.stage(StageKey { framework: self.key.framework, stage: self.key.stage })
    }

    /// The file it is written in.
    pub fn file(self) -> &'a SourcePath {
        self.aspect().file()
    }

    /// Its own text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.aspect().data().cell_texts.get(&self.key.stage))
    }

    /// The framework's own fields that its text gives.
    pub fn own(self) -> &'a [FieldValue] {
        self.text().map_or(&[], |text| &text.own)
    }

    /// Is nothing to be done?
    pub fn is_nothing(self) -> bool {
        self.content().is_nothing()
    }

    /// Does it hold nothing, yet its stage asks for what earlier ones asked for? Only where stages add up.
    pub fn goes_on(self) -> bool {
        self.is_nothing() && self.aspect().asks_at(self.stage())
    }

    /// How its stage differs from the one before; nothing at the first stage.
    pub fn change_before(self) -> Option<Change> {
        Some(self.aspect().change(self.stage().before()?, self.stage()))
    }

    /// Does it ask for something that the stage before did not ask for?
    pub fn is_new(self) -> bool {
        match self.change_before() {
            Some(change) => matches!(change, Change::New | Change::Added | Change::Changed),
            None => !self.is_nothing(),
        }
    }

    /// Does it step: ask for something else than the stage before, be it less?
    pub fn steps(self) -> bool {
        self.change_before().map_or(!self.is_nothing(), |change| change != Change::Unchanged)
    }

    fn later(self) -> impl Iterator<Item = CellRef<'a>> {
        self.aspect().cells().skip(self.stage().number())
    }

    /// The next stage that asks for something else, be it nothing.
    pub fn until(self) -> Option<StageRef<'a>> {
        self.later().find(|later| later.steps()).map(CellRef::stage)
    }

    /// What it asks for in a few words; of several things, the first.
    pub fn brief(self) -> Option<String> {
        self.activities().next().map(ActivityRef::brief)
    }

    /// How many things it asks for beside the first.
    pub fn more(self) -> usize {
        self.activities().len().saturating_sub(1)
    }

    /// The greatest effort of its activities, 1 to 5.
    pub fn effort(self) -> Option<u8> {
        self.content().activities.iter().filter_map(|a| a.effort).max()
    }

    /// The greatest impact of its activities, 1 to 5.
    pub fn impact(self) -> Option<u8> {
        self.content().activities.iter().filter_map(|a| a.impact).max()
    }

    /// Its place on the aspect's page.
    pub fn anchor(self) -> &'a str {
        self.stage().id().as_str()
    }
}

/// One activity of a cell.
#[derive(Clone, Copy)]
pub struct ActivityRef<'a> {
    /// Its cell.
    pub cell: CellRef<'a>,
    /// What is written of it.
    pub content: &'a Activity,
}

impl ActivityRef<'_> {
    /// Its place on the aspect's page: that of its cell where it has no id, being the only one there.
    pub fn anchor(self) -> String {
        match &self.content.id {
            Some(id) => format!("{}-{id}", self.cell.anchor()),
            None => self.cell.anchor().to_owned(),
        }
    }

    /// What it says in a few words, without markup: its text, or how its details or the cell's own text begin.
    pub fn brief(self) -> String {
        let text = plain(&self.content.text.html);
        if !text.is_empty() {
            return text;
        }
        let own = || self.cell.text().and_then(|text| sentence::first(&text.body.lead));
        sentence::first(&self.content.details.lead).or_else(own).unwrap_or_default()
    }
}
