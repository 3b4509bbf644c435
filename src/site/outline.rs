//! The places of a page that can be linked to: what an author named, and the sections that its kind has.
//!
//! The link check, tables of contents and templates all take ids and headings from here, so they cannot disagree. What
//! an author named keeps its id; a section of ours that would share one gets another.

use super::asked::Question;
use super::handle::{AspectRef, CellRef, FrameworkRef, PageRef, SiteRef, StageRef};
use super::pages::{FrameworkPage, PageId, PageKind};
use crate::content::faq::Faq;
use crate::content::heading_id::under_any_rule;
use crate::content::prose::Heading;
use crate::content::slug::Ids;
use crate::texts::Texts;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{LazyLock, OnceLock};

macro_rules! sections {
    ($($name:ident = $id:literal, $text:literal;)+) => {
        /// A section that a kind of page has, whatever its author writes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // named after what they hold
        pub enum Section { $($name,)+ }

        impl Section {
            /// Its id, unless an author has taken it; templates name it so too.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// The key of its heading among the interface texts.
            fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

sections! {
    Main = "main", "skip-to-content";
    Takeaways = "takeaways", "takeaways";
    Faq = "faq", "faq";
    Related = "related", "related";
    Backlinks = "backlinks", "backlinks";
    Yours = "yours", "what-matters-now";
    Sections = "sections", "what-is-here";
    Stages = "stages", "stages";
    Dimensions = "dimensions", "dimensions";
    Matrix = "matrix", "every-aspect";
    Decisions = "decisions", "decisions";
    First = "first", "matters-most";
    Build = "build", "build-now";
    Exit = "exit", "leave-when";
    Biggest = "biggest", "biggest-steps";
    Three = "three", "only-three";
    Work = "work", "where-the-work-is";
    Team = "team", "who-is-needed";
    Changed = "changed", "changed-since";
    Asked = "asked", "still-asked";
    Objectives = "objectives", "objectives";
    Wait = "wait", "can-wait";
    Guides = "guides", "for-this-stage";
    Table = "table", "stage-by-stage";
    Aspects = "aspects", "aspects";
    Dependencies = "dependencies", "dependencies";
    Result = "result", "result";
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The level of its heading; 0 for places that no table of contents lists.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its heading; empty for a place without one.
    pub title: String,
    /// The id it had before, where nothing else on the page has it.
    pub former: Option<String>,
}

/// All places of a page, in its order.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Places that are there.
    pub places: Vec<Place>,
    /// The headings and questions of the text beside a framework's table that share an id with something of the
    /// framework's, each with the id it has instead.
    pub renamed: BTreeMap<String, String>,
    /// The former ids of headings of that text that something of the framework's has.
    pub taken: BTreeSet<String>,
    /// The sections of its kind, there or not: a template asks for all of them.
    pub sections: BTreeMap<Section, Place>,
}

/// The places of a page that links lead to, found by their anchors.
#[derive(Debug, Default)]
pub struct Anchors {
    places: Vec<Place>,
    by_id: HashMap<String, usize>,
    /// Headings by the ids that other rules give them; made when a link is found to follow another rule.
    by_other_id: OnceLock<HashMap<String, Option<usize>>>,
}

impl From<Outline> for Anchors {
    fn from(outline: Outline) -> Self {
        let mut by_id = HashMap::new();
        for (i, place) in outline.places.iter().enumerate() {
            by_id.entry(place.id.clone()).or_insert(i);
        }
        Self { places: outline.places, by_id, by_other_id: OnceLock::new() }
    }
}

impl Anchors {
    /// The place that an anchor names.
    pub fn get(&self, anchor: &str) -> Option<&Place> {
        self.places.get(*self.by_id.get(anchor)?)
    }

    /// The heading that an anchor names under another rule than the site's, when it is exactly one.
    pub fn under_another_rule(&self, anchor: &str) -> Option<&Place> {
        let by_other_id = self.by_other_id.get_or_init(|| {
            let places = || self.places.iter().enumerate();
            let titles =
                places().filter(|(_, place)| place.level > 0).map(|(i, place)| (i, place.title.as_str()));
            let mut found = under_any_rule(titles);
            // What a heading was certainly called before goes first.
            found.extend(places().filter_map(|(i, place)| Some((place.former.clone()?, Some(i)))));
            found
        });
        self.places.get(by_other_id.get(anchor).copied()??)
    }

    /// All places, in the order of the page.
    pub fn places(&self) -> &[Place] {
        &self.places
    }
}

enum Item {
    Named(Place),
    /// In a text, which gives way to what is named. A figure is called by its number.
    Beside(Place, Option<u32>),
    /// A section, its level, whether it is there, and its heading where the interface text needs filling in.
    Ours(Section, u8, bool, Option<String>),
}

#[derive(Default)]
struct Draft(Vec<Item>);

impl Draft {
    fn named(&mut self, level: u8, id: impl Into<String>, title: impl Into<String>) {
        let (id, title) = (id.into(), title.into());
        self.0.push(Item::Named(Place { level, id, title, former: None }));
    }

    /// Headings of a text. Within it their ids differ, but it knows nothing of what else the page names.
    fn headings<'a>(&mut self, headings: impl IntoIterator<Item = &'a Heading>) {
        let place = |h: &Heading| Place {
            level: h.level,
            id: h.id.clone(),
            title: h.text.clone(),
            former: h.former.clone(),
        };
        self.0.extend(headings.into_iter().map(|h| Item::Beside(place(h), h.figure)));
    }

    /// Questions of a text.
    fn questions(&mut self, faq: &[Faq]) {
        let place = |q: &Faq| Place { level: 0, id: q.id.clone(), title: q.question.clone(), former: None };
        self.0.extend(faq.iter().map(|q| Item::Beside(place(q), None)));
    }

    fn section(&mut self, section: Section, level: u8, is_there: bool) {
        self.0.push(Item::Ours(section, level, is_there, None));
    }

    fn finish(self, texts: &Texts) -> Outline {
        let mut ids = Ids::default();
        let mut outline = Outline::default();
        for item in &self.0 {
            if let Item::Named(place) = item {
                ids.unique(&place.id);
            }
        }
        let mut items = self.0;
        for item in &mut items {
            if let Item::Beside(place, figure) = item {
                if let Some(number) = figure {
                    place.title = texts.fill("figure", &[("number", number)]);
                }
                let id = ids.unique(&place.id);
                if id != place.id {
                    let old = std::mem::replace(&mut place.id, id.clone());
                    outline.renamed.insert(old, id);
                }
            }
        }
        for item in &mut items {
            if let Item::Beside(place, _) = item
                && let Some(former) = place.former.take()
            {
                if ids.contains(&former) {
                    outline.taken.insert(former);
                } else {
                    ids.unique(&former);
                    place.former = Some(former);
                }
            }
        }
        for item in items {
            match item {
                Item::Named(place) | Item::Beside(place, _) => outline.places.push(place),
                Item::Ours(section, level, is_there, title) => {
                    let title = title.unwrap_or_else(|| texts.get(section.text()));
                    let place = Place { level, id: ids.unique(section.id()), title, former: None };
                    if is_there {
                        outline.places.push(place.clone());
                    }
                    outline.sections.insert(section, place);
                }
            }
        }
        outline
    }
}

impl<'a> SiteRef<'a> {
    /// The places on a page that can be linked to.
    pub(super) fn anchors(self, id: PageId) -> &'a Anchors {
        static NONE: LazyLock<Anchors> = LazyLock::new(Anchors::default);
        self.note(Question::Places(id));
        let page = self.unnoted().page(id);
        self.site.anchors.get(id.0).map_or(&NONE, |anchors| anchors.get_or_init(|| page.outline().into()))
    }
}

impl PageRef<'_> {
    /// Its places.
    pub fn outline(self) -> Outline {
        let texts = self.texts();
        let document = self.document();
        let text = self.text();
        let mut draft = Draft::default();
        draft.section(Section::Main, 0, false);
        let written = document.map(|d| &d.takeaways).or(text.map(|t| &t.takeaways));
        let own = match self.kind {
            PageKind::Framework(key) => Some(&self.site().framework(key).content().takeaways),
            _ => None,
        };
        draft.section(Section::Takeaways, 0, written.into_iter().chain(own).any(|t| !t.is_empty()));
        if self.is_home() {
            let framework = self.site().default_framework();
            let asked = framework.and_then(|framework| framework.content().ask.clone());
            let question = asked.unwrap_or_else(|| texts.get("where-are-you"));
            draft.0.push(Item::Ours(Section::Stages, 0, framework.is_some(), Some(question)));
            draft.section(Section::Yours, 0, framework.is_some());
            draft.section(Section::Sections, 0, true);
        }
        draft.headings(document.iter().flat_map(|d| d.headings()));
        let questions = self.own_places(text.map_or(&[], |t| &t.body.headings), &mut draft);
        let (own, beside) = (document.map_or(&[][..], |d| &d.faq), text.map_or(&[][..], |t| &t.faq));
        draft.section(Section::Faq, 2, questions || !own.is_empty() || !beside.is_empty());
        draft.questions(own);
        draft.questions(beside);
        // Who refers to a page is known only when all links have been followed, so no link can lead there.
        draft.section(Section::Related, 0, false);
        draft.section(Section::Backlinks, 0, false);
        draft.finish(texts)
    }

    /// The places that its kind of page has, with the `headings` of the text beside it. Are there questions among them?
    fn own_places(self, headings: &[Heading], draft: &mut Draft) -> bool {
        let site = self.site();
        match self.kind {
            PageKind::Framework(key) => {
                let content = site.framework(key).content();
                draft.headings(headings);
                draft.section(Section::Stages, 2, true);
                draft.section(Section::Dimensions, 2, true);
                draft.section(Section::Decisions, 2, !content.decisions.is_empty());
                draft.section(Section::Matrix, 2, true);
                for entry in &content.faq {
                    draft.named(0, &entry.id, &entry.question);
                }
                return !content.faq.is_empty();
            }
            PageKind::Stage(key) => stage_places(site.stage(key), headings, draft),
            PageKind::Dimension(key) => {
                let dimension = site.dimension(key);
                let stages = dimension.framework().stages();
                let aims: Vec<StageRef<'_>> = stages.filter(|s| dimension.has_objective(*s)).collect();
                draft.section(Section::Objectives, 2, !aims.is_empty());
                for stage in aims {
                    draft.named(0, dimension.objective_anchor(stage), stage.title());
                }
                let mut stages = dimension.framework().stages();
                let three = stages.any(|stage| !dimension.only_three(stage).is_empty());
                draft.section(Section::Three, 0, three);
                draft.section(Section::Table, 2, true);
                draft.headings(headings);
                draft.section(Section::Aspects, 2, true);
                for aspect in site.dimension(key).aspects() {
                    draft.named(3, aspect.id().as_str(), aspect.title());
                }
            }
            PageKind::Group(_) => draft.section(Section::Dimensions, 2, true),
            PageKind::Aspect(key) => aspect_places(site.aspect(key), headings, draft),
            PageKind::Comparison(_) | PageKind::Of(_, FrameworkPage::Assessment) => {
                if let PageKind::Comparison(key) = self.kind {
                    draft.section(Section::Biggest, 0, !site.comparison(key).biggest().is_empty());
                    draft.section(Section::Work, 0, true);
                }
                draft.headings(headings);
                for dimension in self.own_framework().into_iter().flat_map(FrameworkRef::dimensions) {
                    draft.named(2, dimension.id().as_str(), dimension.title());
                }
                draft.section(Section::Result, 0, matches!(self.kind, PageKind::Of(..)));
            }
            PageKind::Glossary => {
                for term in site.glossary().into_iter().flat_map(|g| &g.terms) {
                    draft.named(0, term.id.as_str(), &term.name);
                }
            }
            _ => {}
        }
        false
    }
}

fn stage_places(stage: StageRef<'_>, headings: &[Heading], draft: &mut Draft) {
    let texts = stage.framework().texts();
    let musts = stage.asks().any(CellRef::is_must);
    let first = texts.get(if musts { "cannot-do-without" } else { Section::First.text() });
    draft.0.push(Item::Ours(Section::First, 2, !stage.matters_most().is_empty(), Some(first)));
    draft.section(Section::Build, 2, true);
    for dimension in stage.framework().dimensions().filter(|d| d.has_cells(stage)) {
        draft.named(3, dimension.id().as_str(), dimension.title());
    }
    let content = stage.content();
    draft.section(Section::Exit, 2, !content.exit.is_empty());
    draft.section(Section::Team, 2, !content.team.is_empty());
    draft.headings(headings);
    let before = stage.before();
    let title = before.map(|b| texts.fill(Section::Changed.text(), &[("title", &b.title())]));
    let replaced = before.is_some() && !stage.framework().is_cumulative();
    draft.0.push(Item::Ours(Section::Changed, 2, replaced, title));
    draft.section(Section::Asked, 2, stage.still_asked().next().is_some());
    draft.section(Section::Wait, 2, true);
    draft.section(Section::Guides, 2, stage.pages().next().is_some());
}

fn aspect_places(aspect: AspectRef<'_>, headings: &[Heading], draft: &mut Draft) {
    let mut needs = !aspect.content().depends_on.is_empty();
    for cell in aspect.cells() {
        draft.named(2, cell.stage().id().as_str(), cell.stage().title());
        for activity in cell.activities() {
            needs |= !activity.content.depends_on.is_empty();
            if activity.content.id.is_some() {
                draft.named(0, activity.anchor(), activity.brief());
            }
        }
    }
    draft.headings(headings);
    draft.section(Section::Dependencies, 0, needs);
}
