//! `framework.toml` and the dimension files beside it, as they are written.

use super::field::{FieldKind, FieldOwner};
use super::words::Words;
use crate::content::address::{
    ActivityId, Address, AspectId, DimensionId, FieldId, GroupId, ScaleId, StageId,
};
use crate::content::decode::{Aliases, Day, Decode, Entries, Tags, wrong_type};
use crate::content::faq::FaqEntry;
use crate::content::listed::Listed;
use crate::content::value::{Kind, Value};
use crate::content::written::Written;
use crate::diagnostics::Problems;
use crate::record;
use crate::span::{Span, Spanned};

record! {
    /// `framework.toml` as it is written.
    pub struct FrameworkFile ("a framework") {
        /// Its title.
        title: String,
        /// One or two sentences about it.
        summary: Option<String>,
        /// When its content was last revised.
        updated: Option<Day>,
        /// Its dimensions in order; each has a file of that name.
        dimensions: Vec<Spanned<DimensionId>>,
        /// What readers see in place of `stage`, `dimension`, `aspect`, `activity` and `group`, each for one and for several:
        /// `stage = ["level", "levels"]`; and interface texts in other words, by their keys.
        words: Words,
        /// Its stages in order.
        stages: Vec<StageEntry>,
        /// A stage asks for all that earlier ones ask for, and a cell is what its stage adds.
        cumulative: bool,
        /// What the home page asks to find a reader's stage, such as `How many people use your product?`.
        ask: Option<String>,
        /// The fact that answers it, such as `Users`; the titles of the stages when it is left out.
        ask_by: Option<Spanned<String>>,
        /// The groups of its dimensions, in order.
        groups: Vec<GroupEntry>,
        /// What questions can be answered with.
        scales: Vec<ScaleEntry>,
        /// The questions to ask, in order, before building a thing.
        decisions: Vec<DecisionEntry>,
        /// Questions and answers.
        faq: Vec<FaqEntry>,
        /// Fields of its own.
        fields: Vec<FieldEntry>,
        /// The few sentences to take away, in Markdown.
        takeaways: Vec<Written>,
        /// Addresses and URLs of pages on the same matter.
        related: Vec<Listed>,
        /// Old URLs of its page.
        aliases: Aliases,
    }

    /// A stage as it is written.
    pub struct StageEntry ("a stage") {
        /// Its identifier; a slug of the title when it is left out.
        id: Option<Spanned<StageId>>,
        /// The short title that heads its column.
        title: Spanned<String>,
        /// What the title stands for, such as `Proof of concept`.
        name: Option<String>,
        /// One or two sentences about it.
        summary: Option<String>,
        /// Facts about it, in order: `{ Users = "0-10", Goal = "Validate hypothesis" }`.
        facts: Entries<String>,
        /// The signs that it is over, in Markdown; readers tick them off on its page.
        exit: Vec<Written>,
        /// Who is needed for it, in Markdown.
        team: Option<Written>,
        ..own
    }

    /// A group of dimensions.
    pub struct GroupEntry ("a group") {
        /// Its identifier; a slug of the title when it is left out.
        id: Option<Spanned<GroupId>>,
        /// Its title.
        title: Spanned<String>,
        /// One or two sentences about it.
        summary: Option<String>,
        /// What opens its page, in Markdown.
        intro: Option<Written>,
        /// Its colour, as `#rrggbb`.
        color: Option<Spanned<String>>,
    }

    /// What a question can be answered with.
    pub struct ScaleEntry ("a scale") {
        /// Its identifier.
        id: Spanned<ScaleId>,
        /// The answers, from the least to the most.
        answers: Vec<AnswerEntry>,
    }

    /// An answer.
    pub struct AnswerEntry ("an answer") {
        /// What readers choose.
        title: String,
        /// What it counts, from 0 to 1.
        score: Spanned<f64>,
    }

    /// A question that a team answers to find out where it stands.
    pub struct QuestionEntry ("a question") {
        /// The question, in Markdown.
        ask: Written,
        /// What has to hold for a yes, in Markdown.
        criteria: Vec<Written>,
        /// The scale it is answered on; may be left out where there is one.
        scale: Option<Spanned<ScaleId>>,
    }

    /// A question to ask before building a thing.
    pub struct DecisionEntry ("a decision") {
        /// The question.
        ask: Spanned<String>,
        /// What to do when the answer is yes, if that ends the questions.
        yes: Option<String>,
        /// What to do when the answer is no, if that ends the questions.
        no: Option<String>,
        /// Why it is asked, in Markdown.
        why: Option<Written>,
    }

    /// A field of a framework's own.
    pub struct FieldEntry ("a field") {
        /// The key it is written under.
        id: Spanned<FieldId>,
        /// What readers see.
        title: Option<String>,
        /// What it belongs to.
        on: FieldOwner,
        /// What it holds.
        kind: FieldKind,
        /// Its title is set in line, before its text: **Done when** a week has passed.
        label: bool,
    }

    /// A dimension file as it is written.
    pub struct DimensionFile ("a dimension") {
        /// Its title.
        title: String,
        /// The group it is shown in: an id where the framework has `[[groups]]`, any name where it has none.
        group: Option<Spanned<String>>,
        /// One sentence about it, for lists and search results.
        summary: Option<String>,
        /// What opens its page, in Markdown.
        intro: Option<Written>,
        /// The one sentence to take away, in Markdown.
        takeaway: Option<Written>,
        /// What it is to reach at a stage, in Markdown: `objectives.mvp = "..."`.
        objectives: Entries<Written>,
        /// Its rows.
        aspects: Vec<Spanned<AspectEntry>>,
        /// Addresses and URLs of pages on the same matter.
        related: Vec<Listed>,
        /// Old URLs of its page.
        aliases: Aliases,
        ..own
    }

    /// A row of the table.
    pub struct AspectEntry ("an aspect") {
        /// Its identifier; a slug of the title when it is left out.
        id: Option<Spanned<AspectId>>,
        /// Its title.
        title: Spanned<String>,
        /// What it is and why it matters, in Markdown.
        description: Option<Written>,
        /// Roles or teams to filter by.
        tags: Tags,
        /// Other words that people look for it by. Only the search reads them.
        keywords: Vec<String>,
        /// A cell for each stage.
        at: Entries<CellEntry>,
        /// Cells that are left out mean nothing at that stage, and are not reported.
        sparse: bool,
        /// Cells or aspects this one needs first.
        depends_on: Vec<Spanned<Address>>,
        /// Addresses and URLs of pages on the same matter.
        related: Vec<Listed>,
        /// Old URLs of its page.
        aliases: Aliases,
        ..own
    }

    /// What is done at a stage.
    pub struct ActivityEntry ("a cell") {
        /// Its identifier within the cell; a slug of the text when it is left out.
        id: Option<Spanned<ActivityId>>,
        /// What to build, in a few words; may be left out where there are `details` or a text of the cell's own.
        text: Option<Written>,
        /// What done looks like, in Markdown.
        details: Option<Written>,
        /// Addresses and URLs of pages that say more.
        links: Vec<Listed>,
        /// Cells this one needs first.
        depends_on: Vec<Spanned<Address>>,
        /// The stage cannot do without it.
        must: bool,
        /// Roles or teams it is for.
        tags: Tags,
        /// Questions that tell whether it is done.
        questions: Vec<QuestionEntry>,
        /// How much work it is, from 1 (hours) to 5 (months).
        effort: Option<Spanned<i64>>,
        /// How much it changes for users or the team, from 1 to 5.
        impact: Option<Spanned<i64>>,
        ..own
    }
}

impl ActivityEntry {
    /// Is anything written of it beside its text, its id and its details?
    pub fn says_more(&self) -> bool {
        let lists = self.links.is_empty() && self.depends_on.is_empty() && self.tags.is_empty();
        !(lists && self.questions.is_empty() && self.own.0.is_empty())
            || self.effort.is_some()
            || self.impact.is_some()
            || self.must
    }
}

/// A cell as it is written: a string, a table, or a list of those.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct CellEntry {
    /// Where it is written.
    pub span: Span,
    /// What it holds.
    pub activities: Vec<Spanned<ActivityEntry>>,
}

impl schemars::JsonSchema for CellEntry {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellEntry".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let activity = generator.subschema_for::<ActivityEntry>();
        schemars::json_schema!({
            "description": "A text, a table, or a list of those. `None` means nothing at this stage.",
            "anyOf": [
                { "type": "string" },
                activity,
                { "type": "array", "items": { "anyOf": [{ "type": "string" }, activity] } },
            ],
        })
    }
}

impl Decode for CellEntry {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let activities = match &value.kind {
            Kind::String(text) => vec![plain_activity(text, value.span)?],
            Kind::Table(_) => vec![Spanned::decode(value, problems)?],
            Kind::Array(items) => items
                .iter()
                .filter_map(|item| match &item.kind {
                    Kind::String(text) => plain_activity(text, item.span),
                    Kind::Table(_) => Spanned::decode(item, problems),
                    _ => wrong_type(item, "a string or a table", problems),
                })
                .collect(),
            _ => return wrong_type(value, "a string, a table, or a list of those", problems),
        };
        Some(Self { span: value.span, activities })
    }
}

/// An activity of which nothing is written but its text.
fn plain_activity(text: &str, span: Span) -> Option<Spanned<ActivityEntry>> {
    let bare = ActivityEntry::absent()?;
    let text = Some(Written { value: text.to_owned(), span });
    Some(Spanned::new(ActivityEntry { text, ..bare }, span))
}
