//! The words a site speaks: its interface texts, and those of each framework that has words of its own.

use super::framework::Framework;
use super::handle::{FrameworkRef, PageRef, SiteRef};
use super::keys::FrameworkKey;
use crate::texts::Texts;

/// All vocabularies of a site.
#[derive(Debug, Hash)]
pub(super) struct Vocabularies {
    /// First that of pages of no framework.
    all: Vec<Texts>,
    /// The number of each framework's.
    of: Vec<usize>,
}

/// One of a site's vocabularies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VocabularyId(usize);

impl VocabularyId {
    const COMMON: Self = Self(0);

    /// Its number among the site's, from 0.
    pub fn number(self) -> usize {
        self.0
    }
}

impl Vocabularies {
    /// Of a site with these texts. Where there is only one framework, everything belongs to it.
    pub(super) fn new(common: Texts, frameworks: &[Framework]) -> Self {
        if let [only] = frameworks {
            return Self { all: vec![common.with(&only.content.words.0)], of: vec![0] };
        }
        let mut of = Vec::new();
        let mut own = Vec::new();
        for framework in frameworks {
            let words = &framework.content.words.0;
            own.extend((!words.is_empty()).then(|| common.with(words)));
            of.push(if words.is_empty() { 0 } else { own.len() });
        }
        Self { all: std::iter::once(common).chain(own).collect(), of }
    }

    fn of(&self, framework: FrameworkKey) -> VocabularyId {
        self.of.get(framework.framework).copied().map_or(VocabularyId::COMMON, VocabularyId)
    }

    fn texts(&self, id: VocabularyId) -> &Texts {
        self.all.get(id.0).unwrap_or_else(|| Texts::english())
    }
}

impl<'a> SiteRef<'a> {
    /// All vocabularies, in the order of their numbers.
    pub fn vocabularies(self) -> &'a [Texts] {
        &self.site.vocabularies.all
    }

    /// The interface texts of what belongs to no framework, or to several.
    pub fn texts(self) -> &'a Texts {
        self.site.vocabularies.texts(VocabularyId::COMMON)
    }
}

impl<'a> FrameworkRef<'a> {
    /// Its interface texts.
    pub fn texts(self) -> &'a Texts {
        let vocabularies = &self.site.site.vocabularies;
        vocabularies.texts(vocabularies.of(self.key))
    }
}

impl<'a> PageRef<'a> {
    /// The vocabulary it is written in: its framework's. The home page shows the default framework.
    pub fn vocabulary(self) -> VocabularyId {
        let site = self.site();
        let default = || site.default_framework().filter(|_| self.is_home());
        let framework = self.own_framework().or_else(default);
        framework.map_or(VocabularyId::COMMON, |framework| site.site.vocabularies.of(framework.key))
    }

    /// The interface texts it shows.
    pub fn texts(self) -> &'a Texts {
        self.site().site.vocabularies.texts(self.vocabulary())
    }
}
