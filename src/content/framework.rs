//! A framework's files, read: stages, dimensions, aspects and their cells.
//!
//! Each file is read alone. A dimension file is also given the fields that its framework declared, so that
//! they are typed like everything else; whether its stages exist is for the site to say.

pub(crate) mod field;
pub(crate) mod read;
pub(crate) mod written;

use super::address::{ActivityId, Address, AspectId, DimensionId, StageId};
use super::faq::Faq;
use super::prose::{Markdown, Prose};
use crate::span::{SourcePath, Span, Spanned};
use field::{Field, FieldValue};
use jiff::civil::Date;

/// A framework's own file, read.
#[derive(Clone, Debug)]
pub struct FrameworkContent {
    /// The file.
    pub file: SourcePath,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: String,
    /// When it was last revised.
    pub updated: Option<Date>,
    /// Its dimensions in order.
    pub dimensions: Vec<Spanned<DimensionId>>,
    /// Its stages in order.
    pub stages: Vec<StageContent>,
    /// The questions to ask before building.
    pub decisions: Vec<Decision>,
    /// Questions and answers.
    pub faq: Vec<Faq>,
    /// Fields of its own.
    pub fields: Vec<Field>,
    /// The sentences to take away.
    pub takeaways: Vec<Prose>,
    /// Pages on the same matter.
    pub related: Vec<Spanned<Address>>,
    /// Old URLs.
    pub aliases: Vec<Spanned<String>>,
}

/// A stage, read.
#[derive(Clone, Debug)]
pub struct StageContent {
    /// Its identifier.
    pub id: StageId,
    /// Where it is named.
    pub span: Span,
    /// What heads its column.
    pub title: String,
    /// What the title stands for.
    pub name: Option<String>,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// Facts in order.
    pub facts: Vec<(String, String)>,
    /// The framework's own fields.
    pub own: Vec<FieldValue>,
}

/// A question to ask, read.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The question.
    pub ask: String,
    /// What a yes leads to, when it ends the questions.
    pub yes: Option<String>,
    /// What a no leads to, when it ends the questions.
    pub no: Option<String>,
    /// Why it is asked.
    pub why: Prose,
}

/// A dimension file, read.
#[derive(Clone, Debug)]
pub struct DimensionContent {
    /// The file.
    pub file: SourcePath,
    /// Its title.
    pub title: String,
    /// The group it is shown in.
    pub group: Option<String>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// What opens its page.
    pub intro: Markdown,
    /// The sentence to take away.
    pub takeaway: Option<Prose>,
    /// Its rows.
    pub aspects: Vec<AspectContent>,
    /// Pages on the same matter.
    pub related: Vec<Spanned<Address>>,
    /// Old URLs.
    pub aliases: Vec<Spanned<String>>,
    /// The framework's own fields.
    pub own: Vec<FieldValue>,
}

/// A row, read.
#[derive(Clone, Debug)]
pub struct AspectContent {
    /// Its identifier.
    pub id: AspectId,
    /// Where it is named.
    pub span: Span,
    /// Its title.
    pub title: String,
    /// What it is and why it matters.
    pub description: Markdown,
    /// Roles or teams.
    pub tags: Vec<String>,
    /// The cells that are written, with the stage each names.
    pub cells: Vec<(Spanned<String>, Cell)>,
    /// Missing cells are meant.
    pub sparse: bool,
    /// What it needs first.
    pub depends_on: Vec<Spanned<Address>>,
    /// Pages on the same matter.
    pub related: Vec<Spanned<Address>>,
    /// Old URLs.
    pub aliases: Vec<Spanned<String>>,
    /// The framework's own fields.
    pub own: Vec<FieldValue>,
}

/// What a framework asks for in one aspect at one stage. No activities: nothing at this stage.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The words it is written in, `None` and `No` included; empty for a cell that was left out.
    pub written: String,
    /// What to build.
    pub activities: Vec<Activity>,
    /// Where it is written.
    pub span: Span,
}

impl Cell {
    /// Does the framework ask for anything here?
    pub fn is_nothing(&self) -> bool {
        self.activities.is_empty()
    }

    /// Do two cells ask for the same?
    pub fn same_as(&self, other: &Self) -> bool {
        self.activities.len() == other.activities.len()
            && self.activities.iter().zip(&other.activities).all(|(a, b)| a.text.source == b.text.source)
    }
}

/// One thing to build or do.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its identifier within the cell.
    pub id: ActivityId,
    /// What to build, in a few words.
    pub text: Markdown,
    /// What done looks like.
    pub details: Markdown,
    /// Pages that say more.
    pub links: Vec<Spanned<Address>>,
    /// Cells it needs first.
    pub depends_on: Vec<Spanned<Address>>,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
    /// The framework's own fields.
    pub own: Vec<FieldValue>,
}
