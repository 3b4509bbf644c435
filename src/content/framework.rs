//! A framework's files, read: stages, dimensions, aspects and their cells.
//!
//! Each file is read alone. A dimension file is also given the fields that its framework declared, so that
//! they are typed like everything else; whether its stages exist is for the site to say.

pub(crate) mod field;
pub(crate) mod read;
pub(crate) mod words;
pub(crate) mod written;

use super::address::{ActivityId, Address, AspectId, DimensionId, GroupId, ScaleId, StageId};
use super::faq::Faq;
use super::listed::Listed;
use super::prose::{Markdown, Prose};
use crate::colour::Colour;
use crate::span::{SourcePath, Span, Spanned};
use field::{Field, FieldValue};
use jiff::civil::Date;
use words::Words;

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
    /// What it calls things.
    pub words: Words,
    /// Its dimensions in order.
    pub dimensions: Vec<Spanned<DimensionId>>,
    /// Its stages in order.
    pub stages: Vec<StageContent>,
    /// A stage asks for all that earlier ones ask for.
    pub cumulative: bool,
    /// What finds a reader's stage.
    pub ask: Option<String>,
    /// The fact that answers it.
    pub ask_by: Option<String>,
    /// The groups of its dimensions in order.
    pub groups: Vec<GroupContent>,
    /// What questions can be answered with.
    pub scales: Vec<Scale>,
    /// The questions to ask before building.
    pub decisions: Vec<Decision>,
    /// Questions and answers.
    pub faq: Vec<Faq>,
    /// Fields of its own.
    pub fields: Vec<Field>,
    /// The sentences to take away.
    pub takeaways: Vec<Prose>,
    /// Pages on the same matter.
    pub related: Vec<Listed>,
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
    /// The signs that it is over.
    pub exit: Vec<Markdown>,
    /// Who is needed for it.
    pub team: Markdown,
    /// The framework's own fields.
    pub own: Vec<FieldValue>,
}

/// A group of dimensions, read.
#[derive(Clone, Debug)]
pub struct GroupContent {
    /// Its identifier.
    pub id: GroupId,
    /// Where it is named.
    pub span: Span,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// What opens its page.
    pub intro: Markdown,
    /// Its colour.
    pub color: Option<Colour>,
}

/// A scale, read.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its identifier.
    pub id: ScaleId,
    /// Its answers, each with what it counts, from 0 to 1.
    pub answers: Vec<(String, f64)>,
}

/// A question that a team answers to find out where it stands, read.
#[derive(Clone, Debug)]
pub struct Question {
    /// The question.
    pub ask: Markdown,
    /// What has to hold for a yes.
    pub criteria: Vec<Markdown>,
    /// The scale it names.
    pub scale: Option<Spanned<ScaleId>>,
    /// Where it is written.
    pub span: Span,
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
    pub group: Option<Spanned<String>>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// What opens its page.
    pub intro: Markdown,
    /// The sentence to take away.
    pub takeaway: Option<Prose>,
    /// What it is to reach, with the stage that each objective names.
    pub objectives: Vec<(Spanned<String>, Markdown)>,
    /// Its rows.
    pub aspects: Vec<AspectContent>,
    /// Pages on the same matter.
    pub related: Vec<Listed>,
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
    /// Other words that people look for it by.
    pub keywords: Vec<String>,
    /// The cells that are written, with the stage each names.
    pub cells: Vec<(Spanned<String>, Cell)>,
    /// Missing cells are meant.
    pub sparse: bool,
    /// What it needs first.
    pub depends_on: Vec<Spanned<Address>>,
    /// Pages on the same matter.
    pub related: Vec<Listed>,
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
    /// Why there is nothing here, of a cell that asks for nothing.
    pub why: Markdown,
    /// What to build.
    pub activities: Vec<Activity>,
}

impl Cell {
    /// Does the framework ask for anything here?
    pub fn is_nothing(&self) -> bool {
        self.activities.is_empty()
    }

    /// The cell that a text makes where nothing is written in the table.
    pub fn of_text() -> Self {
        let activity = Activity::default();
        Self { activities: vec![activity], ..Self::default() }
    }

    /// Do two cells ask for the same?
    pub fn same_as(&self, other: &Self) -> bool {
        self.activities.len() == other.activities.len()
            && self.activities.iter().zip(&other.activities).all(|(a, b)| a.source() == b.source())
    }
}

/// The most words of a text that a table shows whole.
const MOST_IN_A_TABLE: u32 = 40;

/// One thing to build or do.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// Its identifier within the cell; a cell's only activity may have none, and then goes by its stage.
    pub id: Option<ActivityId>,
    /// What to build, in a few words; empty where only `details` say it.
    pub text: Markdown,
    /// What done looks like.
    pub details: Markdown,
    /// Pages that say more.
    pub links: Vec<Listed>,
    /// Cells it needs first.
    pub depends_on: Vec<Spanned<Address>>,
    /// The stage cannot do without it.
    pub must: bool,
    /// Roles or teams it is for.
    pub tags: Vec<String>,
    /// Questions that tell whether it is done.
    pub questions: Vec<Question>,
    /// 1 to 5.
    pub effort: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
    /// The framework's own fields.
    pub own: Vec<FieldValue>,
    /// Where it is written.
    pub span: Span,
}

impl Activity {
    /// What says it: the text, or the details where there is none.
    pub fn source(&self) -> &str {
        if self.text.source.is_empty() { &self.details.source } else { &self.text.source }
    }

    /// Is it told in prose, which a table has no room for?
    pub fn is_prose(&self) -> bool {
        self.text.source.is_empty() || self.text.words > MOST_IN_A_TABLE
    }

    /// Does it say nothing itself, so that a text of the cell's own has to?
    pub fn is_bare(&self) -> bool {
        self.source().is_empty() && self.questions.is_empty() && self.own.is_empty()
    }
}
