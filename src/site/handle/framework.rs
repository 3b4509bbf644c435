//! What is asked of frameworks and their parts.

use super::{AspectRef, CellRef, ComparisonRef, DimensionRef, FrameworkRef, GroupRef, PageRef, StageRef};
use crate::content::address::{AspectId, DimensionId, FrameworkId, StageId};
use crate::content::document::Text;
use crate::content::framework::{
    AspectContent, DimensionContent, FrameworkContent, GroupContent, Question, Scale, StageContent,
};
use crate::content::prose::Markdown;
use crate::site::asked;
use crate::site::framework::{Aspect, Change, Dimension, Framework};
use crate::site::keys::{AspectKey, CellKey, ComparisonKey, DimensionKey, FrameworkKey, GroupKey, StageKey};
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

    /// Does a stage ask for all that earlier ones ask for?
    pub fn is_cumulative(self) -> bool {
        self.content().cumulative
    }

    /// The groups of its dimensions, in order.
    pub fn groups(self) -> impl ExactSizeIterator<Item = GroupRef<'a>> {
        let framework = self.key.framework;
        (0..self.content().groups.len())
            .map(move |group| GroupRef { site: self.site, key: GroupKey { framework, group } })
    }

    /// The group of an id.
    pub fn find_group(self, id: &str) -> Option<GroupRef<'a>> {
        self.groups().find(|g| g.content().id.as_str() == id)
    }

    /// The scale that a question is answered on.
    pub fn scale(self, question: &Question) -> Option<&'a Scale> {
        let scales = &self.content().scales;
        match &question.scale {
            Some(id) => scales.iter().find(|scale| scale.id == id.value),
            None => scales.first().filter(|_| scales.len() == 1),
        }
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
    /// What its framework's file says of it.
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    pub fn content(self) -> &'a StageContent {
        &self.framework().content().stages[self.key.stage]
    }

    /// The fact by which readers tell whether they are at it, with its name: what its framework asks by.
    pub fn telling_fact(self) -> Option<&'a (String, String)> {
        let by = self.framework().content().ask_by.as_ref()?;
        self.content().facts.iter().find(|(name, _)| name == by)
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

    /// The cells of earlier stages that it still asks for, where stages add up.
    pub fn still_asked(self) -> impl Iterator<Item = CellRef<'a>> {
        let holding = self.framework().aspects().flat_map(move |aspect| aspect.holding(self));
        holding.filter(move |cell| cell.stage() != self)
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
            self.site.note(asked::Question::Backlinks(page.id()));
        }
        self.site.site.for_stages.get(&self.key).into_iter().flatten().map(move |id| self.site.page(*id))
    }
}

impl<'a> GroupRef<'a> {
    /// What its framework's file says of it.
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    pub fn content(self) -> &'a GroupContent {
        &self.framework().content().groups[self.key.group]
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        &self.content().title
    }

    /// Its framework.
    pub fn framework(self) -> FrameworkRef<'a> {
        self.site.framework(FrameworkKey { framework: self.key.framework })
    }

    /// Its page.
    pub fn page(self) -> Option<PageRef<'a>> {
        self.site.find(PageKind::Group(self.key))
    }

    /// Its dimensions in order.
    pub fn dimensions(self) -> impl Iterator<Item = DimensionRef<'a>> {
        self.framework().dimensions().filter(move |dimension| dimension.group() == Some(self))
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

    /// The group it is in, where its framework describes groups.
    pub fn group(self) -> Option<GroupRef<'a>> {
        let DimensionKey { framework, .. } = self.key;
        self.data().group.map(|group| self.site.group(GroupKey { framework, group }))
    }

    /// What its group is called, described or not.
    pub fn group_title(self) -> Option<&'a str> {
        self.group().map(GroupRef::title).or(self.content().group.as_ref().map(|group| group.value.as_str()))
    }

    /// What it is to reach at a stage.
    pub fn objective(self, stage: StageRef<'a>) -> Option<&'a Markdown> {
        let mut objectives = self.content().objectives.iter();
        objectives.find(|(id, _)| id.value == stage.id().as_str()).map(|(_, text)| text)
    }

    /// Is it written what it is to reach at a stage, in short or at length?
    pub fn has_objective(self, stage: StageRef<'a>) -> bool {
        self.objective(stage).is_some() || self.objective_text(stage).is_some()
    }

    /// Where on its page that is told.
    pub fn objective_anchor(self, stage: StageRef<'a>) -> String {
        format!("objective-{}", stage.id())
    }

    /// The same at length.
    pub fn objective_text(self, stage: StageRef<'a>) -> Option<&'a Text> {
        self.site.noted(self.data().objective_texts.get(&stage.key.stage))
    }

    /// What it is to reach at each stage, at length, where that is written.
    pub fn objective_texts(self) -> impl Iterator<Item = &'a Text> {
        self.data().objective_texts.values().filter_map(move |text| self.site.noted(Some(text)))
    }

    /// How many of its aspects ask for something at a stage.
    pub fn asked(self, stage: StageRef<'a>) -> usize {
        self.aspects().filter(|aspect| aspect.asks_at(stage)).count()
    }

    /// Has any of its aspects a cell at a stage? Where stages add up, it may ask for something without one.
    pub fn has_cells(self, stage: StageRef<'a>) -> bool {
        self.aspects().any(|aspect| !aspect.cell(stage).is_nothing())
    }
}

impl<'a> AspectRef<'a> {
    #[expect(clippy::indexing_slicing, reason = "keys are made for what is there, and a site never changes")]
    pub(super) fn data(self) -> &'a Aspect {
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

    /// The cells that hold at a stage: its own, and where stages add up also those of earlier ones; in order, without
    /// those that hold nothing.
    pub fn holding(self, stage: StageRef<'a>) -> impl Iterator<Item = CellRef<'a>> {
        let first = if self.framework().is_cumulative() { 0 } else { stage.key.stage };
        let cells = self.cells().take(stage.number()).skip(first);
        cells.filter(|cell| !cell.is_nothing())
    }

    /// Does a stage ask for something?
    pub fn asks_at(self, stage: StageRef<'a>) -> bool {
        self.holding(stage).next().is_some()
    }

    /// The cells that a stage has beyond an earlier one: its own, or where stages add up all between the two.
    pub fn beyond(self, from: StageRef<'a>, to: StageRef<'a>) -> impl Iterator<Item = CellRef<'a>> {
        self.holding(to).filter(move |cell| cell.stage() > from)
    }

    /// How a stage differs from an earlier one.
    pub fn change(self, from: StageRef<'a>, to: StageRef<'a>) -> Change {
        if !self.framework().is_cumulative() {
            return Change::between(self.cell(from).content(), self.cell(to).content());
        }
        match (self.beyond(from, to).next().is_some(), self.asks_at(from)) {
            (false, _) => Change::Unchanged,
            (true, false) => Change::New,
            (true, true) => Change::Added,
        }
    }

    /// The first stage that asks for something.
    pub fn starts(self) -> Option<StageRef<'a>> {
        self.cells().find(|cell| !cell.is_nothing()).map(CellRef::stage)
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
