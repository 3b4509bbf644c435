//! The places of a page that can be linked to: what an author named, and the sections that its kind has.
//!
//! The link check, tables of contents and templates all take ids and headings from here, so they cannot disagree. What
//! an author named keeps its id; a section of ours that would share one gets another.

use super::Site;
use super::pages::{PageId, PageKind};
use super::resolve::activity_anchor;
use crate::content::faq::Faq;
use crate::content::prose::Heading;
use crate::content::slug::Ids;
use crate::texts::Texts;
use std::collections::{BTreeMap, HashMap};

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
    Build = "build", "build-now";
    Changed = "changed", "changed-since";
    Wait = "wait", "can-wait";
    Guides = "guides", "for-this-stage";
    Table = "table", "stage-by-stage";
    Aspects = "aspects", "aspects";
    Dependencies = "dependencies", "dependencies";
    Result = "result", "result";
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The level of its heading; 0 for places that no table of contents lists.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its heading; empty for a place without one.
    pub title: String,
}

/// All places of a page, in its order.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Places that are there.
    pub places: Vec<Place>,
    /// The sections of its kind, there or not: a template asks for all of them.
    pub sections: BTreeMap<Section, Place>,
}

/// The places of a page that links lead to, found by their anchors.
#[derive(Debug, Default)]
pub struct Anchors {
    places: Vec<Place>,
    by_id: HashMap<String, usize>,
}

impl From<Outline> for Anchors {
    fn from(outline: Outline) -> Self {
        let mut by_id = HashMap::new();
        for (i, place) in outline.places.iter().enumerate() {
            by_id.entry(place.id.clone()).or_insert(i);
        }
        Self { places: outline.places, by_id }
    }
}

impl Anchors {
    /// The place that an anchor names.
    pub fn get(&self, anchor: &str) -> Option<&Place> {
        self.places.get(*self.by_id.get(anchor)?)
    }

    /// All places, in the order of the page.
    pub fn places(&self) -> &[Place] {
        &self.places
    }
}

enum Item {
    Named(Place),
    /// A section, its level, whether it is there, and its heading where the interface text needs filling in.
    Ours(Section, u8, bool, Option<String>),
}

#[derive(Default)]
struct Draft(Vec<Item>);

impl Draft {
    fn named(&mut self, level: u8, id: impl Into<String>, title: impl Into<String>) {
        self.0.push(Item::Named(Place { level, id: id.into(), title: title.into() }));
    }

    fn headings<'a>(&mut self, headings: impl IntoIterator<Item = &'a Heading>) {
        for h in headings {
            self.named(h.level, &h.id, &h.text);
        }
    }

    fn questions(&mut self, faq: &[Faq]) {
        for entry in faq {
            self.named(0, &entry.id, &entry.question);
        }
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
        for item in self.0 {
            match item {
                Item::Named(place) => outline.places.push(place),
                Item::Ours(section, level, is_there, title) => {
                    let title = title.unwrap_or_else(|| texts.get(section.text()).to_owned());
                    let place = Place { level, id: ids.unique(section.id()), title };
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

impl Site {
    /// The places of a page.
    pub fn outline(&self, id: PageId) -> Outline {
        let texts = Texts::english();
        let kind = self.page(id).kind;
        let page = self.document_of(id);
        let text = self.text_of(id);
        let mut draft = Draft::default();
        draft.section(Section::Main, 0, false);
        let takeaways =
            page.map(|p| &p.takeaways).or(text.map(|t| &t.takeaways)).is_some_and(|t| !t.is_empty());
        draft.section(Section::Takeaways, 0, takeaways || self.has_own_takeaways(kind));
        if kind == PageKind::Home {
            let framework = self.default_framework.is_some();
            draft.section(Section::Yours, 0, framework);
            let question = texts.get("where-are-you").to_owned();
            draft.0.push(Item::Ours(Section::Stages, 0, framework, Some(question)));
            draft.section(Section::Sections, 0, true);
        }
        if let Some(page) = page {
            draft.headings(page.headings());
        }
        let mut questions =
            page.is_some_and(|p| !p.faq.is_empty()) || text.is_some_and(|t| !t.faq.is_empty());
        let headings = text.map_or(&[][..], |t| t.body.headings.as_slice());
        match kind {
            PageKind::Framework(f) => {
                let content = &self.frameworks[f].content;
                draft.headings(headings);
                draft.section(Section::Stages, 2, true);
                draft.section(Section::Dimensions, 2, true);
                draft.section(Section::Decisions, 2, !content.decisions.is_empty());
                draft.section(Section::Matrix, 2, true);
                questions |= !content.faq.is_empty();
                draft.questions(&content.faq);
            }
            PageKind::Stage(f, s) => self.stage_places(f, s, headings, &mut draft),
            PageKind::Dimension(f, d) => {
                draft.section(Section::Table, 2, true);
                draft.headings(headings);
                draft.section(Section::Aspects, 2, true);
                for aspect in &self.frameworks[f].dimensions[d].aspects {
                    draft.named(3, aspect.id().as_str(), &aspect.content().title);
                }
            }
            PageKind::Aspect(f, d, a) => self.aspect_places(f, d, a, headings, &mut draft),
            PageKind::Comparison(f, ..) | PageKind::Assessment(f) => {
                draft.headings(headings);
                for dimension in &self.frameworks[f].dimensions {
                    draft.named(2, dimension.id.as_str(), &dimension.content.title);
                }
                draft.section(Section::Result, 0, matches!(kind, PageKind::Assessment(_)));
            }
            PageKind::Glossary => {
                for term in self.glossary.iter().flat_map(|g| &g.terms) {
                    draft.named(0, term.id.as_str(), &term.name);
                }
            }
            _ => {}
        }
        draft.section(Section::Faq, 2, questions);
        draft.questions(page.map_or(&[], |p| &p.faq));
        draft.questions(text.map_or(&[], |t| &t.faq));
        // Who refers to a page is known only when all links have been followed, so no link can lead there.
        draft.section(Section::Related, 0, false);
        draft.section(Section::Backlinks, 0, false);
        draft.finish(texts)
    }

    fn has_own_takeaways(&self, kind: PageKind) -> bool {
        matches!(kind, PageKind::Framework(f) if !self.frameworks[f].content.takeaways.is_empty())
    }

    fn stage_places(&self, f: usize, s: usize, headings: &[Heading], draft: &mut Draft) {
        let framework = &self.frameworks[f];
        draft.headings(headings);
        draft.section(Section::Build, 2, true);
        for dimension in &framework.dimensions {
            if dimension.aspects.iter().any(|a| !a.cell(s).is_nothing()) {
                draft.named(3, dimension.id.as_str(), &dimension.content.title);
            }
        }
        let before = s.checked_sub(1).and_then(|before| framework.stages().get(before));
        let title = before.map(|b| Texts::english().fill(Section::Changed.text(), &[("stage", &b.title)]));
        draft.0.push(Item::Ours(Section::Changed, 2, before.is_some(), title));
        draft.section(Section::Wait, 2, true);
        draft.section(Section::Guides, 2, !self.pages_for(f, s).is_empty());
    }

    fn aspect_places(&self, f: usize, d: usize, a: usize, headings: &[Heading], draft: &mut Draft) {
        let framework = &self.frameworks[f];
        let aspect = &framework.dimensions[d].aspects[a];
        let mut needs = !aspect.content().depends_on.is_empty();
        for (s, stage) in framework.stages().iter().enumerate() {
            draft.named(2, stage.id.as_str(), &stage.title);
            let activities = &aspect.cell(s).activities;
            needs |= activities.iter().any(|activity| !activity.depends_on.is_empty());
            if activities.len() > 1 {
                for activity in activities {
                    draft.named(0, activity_anchor(&stage.id, activity.id.as_str()), &activity.text.source);
                }
            }
        }
        draft.headings(headings);
        draft.section(Section::Dependencies, 0, needs);
    }
}
