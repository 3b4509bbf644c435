//! What is asked of frameworks and their parts.

use super::{AspectRef, CellRef, ComparisonRef, DimensionRef, FrameworkRef, PageRef, StageRef};
use crate::content::address::{AspectId, DimensionId, FrameworkId, StageId};
use crate::content::document::Text;
use crate::content::framework::{AspectContent, Cell, DimensionContent, FrameworkContent, StageContent};
use crate::site::asked::Question;
use crate::site::framework::{Aspect, Change, Dimension, Framework};
use crate::site::keys::{AspectKey, CellKey, ComparisonKey, DimensionKey, FrameworkKey, StageKey};
use crate::site::pages::{FrameworkPage, PageKind};
use crate::span::SourcePath;

impl<'a> FrameworkRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    pub(in crate::site) fn data(self) -> &'a Framework {
        let framework = &self.site.site.frameworks[self.key.framework];
        self.site.note_content(&framework.content.file);
        framework
    }

    /// What its own file says.
    pub fn content(self) -> &'a FrameworkContent {
        &self.data().content
    }

    /// Its identifier.
    pub fn id(self) -> &'a FrameworkId {
        &self.data().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its overview.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Framework(self.key))
    }

    /// A page that it has beside those of its parts.
    pub fn page_of(self, page: FrameworkPage) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Of(self.key, page))
    }

    /// The text of its overview.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.data().text.as_ref())
    }

    /// Its stages in order.
    pub fn stages(self) -> impl ExactSizeIterator<Item = StageRef<'a>> + DoubleEndedIterator {
        let framework = self.key.framework;
        (0..self.content().stages.len())
            .map(move |stage| StageRef { site: self.site, key: StageKey { framework, stage } })
    }

    /// Its dimensions in order.
    pub fn dimensions(self) -> impl ExactSizeIterator<Item = DimensionRef<'a>> {
        let framework = self.key.framework;
        (0..self.data().dimensions.len()).map(move |dimension| DimensionRef {
            site: self.site,
            key: DimensionKey { framework, dimension },
        })
    }

    /// All aspects of all dimensions.
    pub fn aspects(self) -> impl Iterator<Item = AspectRef<'a>> {
        self.dimensions().flat_map(DimensionRef::aspects)
    }

    /// The pairs of stages that have a comparison.
    pub fn comparisons(self) -> impl Iterator<Item = ComparisonRef<'a>> {
        let framework = self.key.framework;
        self.data().compared().into_iter().map(move |(from, to)| ComparisonRef {
            site: self.site,
            key: ComparisonKey { framework, from, to },
        })
    }

    /// Does every pair of stages have a comparison?
    pub fn compares_all(self) -> bool {
        self.data().compares_all()
    }

    /// The stage of an id.
    pub fn find_stage(self, id: &str) -> Option<StageRef<'a>> {
        self.stages().find(|s| s.id().as_str() == id)
    }

    /// The dimension of an id.
    pub fn find_dimension(self, id: &str) -> Option<DimensionRef<'a>> {
        self.dimensions().find(|d| d.named(id))
    }
}

impl<'a> StageRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    /// What its framework's file says of it.
    pub fn content(self) -> &'a StageContent {
        &self.framework().content().stages[self.key.stage]
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.site.framework(FrameworkKey { framework: self.key.framework })
    }

    /// Its identifier.
    pub fn id(self) -> &'a StageId {
        &self.content().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.key.stage.saturating_add(1)
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Stage(self.key))
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.framework().data().stage_texts.get(self.key.stage)?.as_ref())
    }

    /// The stage before it.
    pub fn before(self) -> Option<Self> {
        Some(self.at(self.key.stage.checked_sub(1)?))
    }

    /// The stage after it.
    pub fn after(self) -> Option<Self> {
        Some(self.at(self.number())).filter(|next| next.key.stage < self.framework().content().stages.len())
    }

    fn at(self, stage: usize) -> Self {
        Self { key: StageKey { stage, ..self.key }, ..self }
    }

    /// This stage and another of its framework, the earlier first.
    pub fn compared_with(self, other: Self) -> ComparisonRef<'a> {
        let (from, to) = (self.key.stage.min(other.key.stage), self.key.stage.max(other.key.stage));
        self.site.comparison(ComparisonKey { framework: self.key.framework, from, to })
    }

    /// The page of the comparison with another stage of its framework, if the two have one.
    pub fn comparison(self, other: Self) -> Option<PageRef<'a>> {
        self.compared_with(other).page()
    }

    /// The guides and playbooks that say they are for it, in the order of the site.
    pub fn pages(self) -> impl Iterator<Item = PageRef<'a>> {
        if let Some(page) = self.page() {
            self.site.note(Question::Backlinks(page.id()));
        }
        self.site.site.for_stages.get(&self.key).into_iter().flatten().map(move |id| self.site.page(*id))
    }
}

impl<'a> DimensionRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    fn data(self) -> &'a Dimension {
        let dimension = &self.site.site.frameworks[self.key.framework].dimensions[self.key.dimension];
        self.site.note_content(&dimension.content.file);
        dimension
    }

    /// Is this its id? A dimension's id is written in the framework's file.
    fn named(self, id: &str) -> bool {
        let framework = self.framework().data();
        framework.dimensions.get(self.key.dimension).is_some_and(|d| d.id.as_str() == id)
    }

    /// What its own file says.
    pub fn content(self) -> &'a DimensionContent {
        &self.data().content
    }

    /// Its file.
    pub fn file(self) -> &'a SourcePath {
        &self.content().file
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.site.framework(FrameworkKey { framework: self.key.framework })
    }

    /// Its identifier.
    pub fn id(self) -> &'a DimensionId {
        &self.data().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Dimension(self.key))
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.data().text.as_ref())
    }

    /// Its aspects in order.
    pub fn aspects(self) -> impl ExactSizeIterator<Item = AspectRef<'a>> {
        let DimensionKey { framework, dimension } = self.key;
        (0..self.data().aspects.len())
            .map(move |aspect| AspectRef { site: self.site, key: AspectKey { framework, dimension, aspect } })
    }

    /// The aspect of an id.
    pub fn find_aspect(self, id: &str) -> Option<AspectRef<'a>> {
        self.aspects().find(|a| a.id().as_str() == id)
    }

    /// How many of its aspects ask for something at a stage.
    pub fn asked(self, stage: StageRef<'a>) -> usize {
        self.aspects().filter(|a| !a.cell(stage).is_nothing()).count()
    }
}

impl<'a> AspectRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    fn data(self) -> &'a Aspect {
        &self.dimension().data().aspects[self.key.aspect]
    }

    /// What its dimension's file says of it.
    pub fn content(self) -> &'a AspectContent {
        self.data().content()
    }

    /// Its dimension's file.
    pub fn file(self) -> &'a SourcePath {
        self.dimension().file()
    }

    /// Its dimension.
    pub fn dimension(self) -> DimensionRef<'a> {
        let AspectKey { framework, dimension, .. } = self.key;
        self.site.dimension(DimensionKey { framework, dimension })
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.dimension().framework()
    }

    /// Its identifier.
    pub fn id(self) -> &'a AspectId {
        &self.content().id
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Aspect(self.key))
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.data().text.as_ref())
    }

    /// What it asks for at a stage.
    pub fn cell(self, stage: StageRef<'a>) -> CellRef<'a> {
        let AspectKey { framework, dimension, aspect } = self.key;
        CellRef { site: self.site, key: CellKey { framework, dimension, aspect, stage: stage.key.stage } }
    }

    /// What it asks for at each stage, in order.
    pub fn cells(self) -> impl ExactSizeIterator<Item = CellRef<'a>> {
        self.framework().stages().map(move |stage| self.cell(stage))
    }

    /// How a stage differs from an earlier one.
    pub fn change(self, from: StageRef<'a>, to: StageRef<'a>) -> Change {
        Change::between(self.cell(from).content(), self.cell(to).content())
    }

    /// The first stage that asks for something.
    pub fn starts(self) -> Option<StageRef<'a>> {
        self.cells().find(|cell| !cell.is_nothing()).map(CellRef::stage)
    }
}

impl<'a> CellRef<'a> {
    /// What is written in it; an empty one where nothing is.
    pub fn content(self) -> &'a Cell {
        self.aspect().data().cell(self.key.stage)
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

    /// Is nothing to be done?
    pub fn is_nothing(self) -> bool {
        self.content().is_nothing()
    }

    /// How it differs from the stage before; nothing at the first stage.
    pub fn change_before(self) -> Option<Change> {
        let before = self.aspect().cell(self.stage().before()?);
        Some(Change::between(before.content(), self.content()))
    }

    /// Does it ask for something that the stage before did not ask for?
    pub fn is_new(self) -> bool {
        match self.change_before() {
            Some(change) => matches!(change, Change::New | Change::Changed),
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

    /// The next stage that asks for something else.
    pub fn until(self) -> Option<StageRef<'a>> {
        self.later()
            .find(|later| Change::between(self.content(), later.content()) != Change::Unchanged)
            .map(CellRef::stage)
    }

    /// The greatest effort of its activities, 1 to 5.
    pub fn effort(self) -> Option<u8> {
        self.content().activities.iter().filter_map(|a| a.effort).max()
    }

    /// The greatest impact of its activities, 1 to 5.
    pub fn impact(self) -> Option<u8> {
        self.content().activities.iter().filter_map(|a| a.impact).max()
    }

    /// The anchor of one of its activities on the aspect's page, when it holds several.
    pub fn anchor(self, activity: &str) -> String {
        format!("{}-{activity}", self.stage().id())
    }
}

impl<'a> ComparisonRef<'a> {
    /// The earlier stage.
    pub fn from(self) -> StageRef<'a> {
        self.site.stage(StageKey { framework: self.key.framework, stage: self.key.from })
    }

    /// The later stage.
    pub fn to(self) -> StageRef<'a> {
        self.site.stage(StageKey { framework: self.key.framework, stage: self.key.to })
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.from().framework()
    }

    /// Its page, if the two stages have one.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Comparison(self.key))
    }

    /// How an aspect changes between its stages.
    pub fn change(self, aspect: AspectRef<'a>) -> Change {
        aspect.change(self.from(), self.to())
    }

    /// Its text.
    pub fn text(self) -> Option<&'a Text> {
        self.site.noted(self.framework().data().comparison_texts.get(&(self.key.from, self.key.to)))
    }

    /// What it is called.
    pub fn title(self) -> String {
        self.framework()
            .texts()
            .fill("from-to", &[("from", &self.from().title()), ("to", &self.to().title())])
    }
}
