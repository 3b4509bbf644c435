//! What a view asked of the site, so that the next build can ask again instead of building the view.
//!
//! A page shows two sorts of things. Where pages lie, what they are called and how they are set is the site's *surroundings*, one
//! hash for all pages. What is written in files, and what follows from it for a single page, is asked for through handles,
//! and every such question is noted.

use super::pages::PageId;
use crate::span::SourcePath;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Something that was asked of a site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Question {
    /// What does this file say?
    Content(SourcePath),
    /// What is said of this page in a sentence or two?
    Description(PageId),
    /// Which pages refer to this one, or are for the stage that it shows?
    Backlinks(PageId),
    /// Which places does this page have?
    Places(PageId),
}

/// What was asked so far.
#[derive(Debug, Default)]
pub struct Asked {
    questions: RefCell<BTreeSet<Question>>,
    /// The file that was asked last: handles ask the same one many times over.
    last: RefCell<Option<SourcePath>>,
}

impl Asked {
    pub(super) fn note(&self, question: Question) {
        self.questions.borrow_mut().insert(question);
    }

    pub(super) fn note_content(&self, file: &SourcePath) {
        let mut last = self.last.borrow_mut();
        if last.as_ref() != Some(file) {
            *last = Some(file.clone());
            self.note(Question::Content(file.clone()));
        }
    }

    /// All that was asked, each question once.
    pub fn questions(self) -> Vec<Question> {
        self.questions.into_inner().into_iter().collect()
    }
}
