//! `framework.toml` and the dimension files beside it: stages, aspects and their cells.
//!
//! Each file is read alone. A dimension file is also given the fields that its framework declared, so that
//! they are typed like everything else; whether its stages exist is for the site to say.

use super::address::{ActivityId, Address, AspectId, DimensionId, FieldId, StageId, slug};
use super::decode::{Aliases, Day, Decode, Entries, Tags, Undeclared, wrong_type};
use super::document::{self, Faq};
use super::front_matter::FaqEntry;
use super::markdown::{self, Ids, MarkdownOptions, Origin, Prose};
use super::value::{self, Kind, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{SourcePath, Span, Spanned};
use crate::{choice, record};
use jiff::civil::Date;
use std::collections::HashSet;

choice! {
    /// What a declared field belongs to.
    pub enum FieldOwner {
        /// Each cell, or each activity of a cell that holds several.
        Cell = "cell",
        /// Each aspect.
        Aspect = "aspect",
        /// Each dimension.
        Dimension = "dimension",
        /// Each stage.
        Stage = "stage",
    }

    /// What a declared field holds.
    pub enum FieldKind {
        /// Markdown.
        Markdown = "markdown",
        /// One line of text.
        Text = "text",
        /// A number.
        Number = "number",
        /// A list of texts.
        List = "list",
        /// A list of addresses.
        Links = "links",
    }
}

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
        /// Its stages in order.
        stages: Vec<StageEntry>,
        /// The questions to ask, in order, before building a thing.
        decisions: Vec<DecisionEntry>,
        /// Questions and answers.
        faq: Vec<FaqEntry>,
        /// Fields of its own.
        fields: Vec<FieldEntry>,
        /// The few sentences to take away, in Markdown.
        takeaways: Vec<Spanned<String>>,
        /// Addresses of pages on the same matter.
        related: Vec<Spanned<Address>>,
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
        ..own
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
        why: Option<Spanned<String>>,
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
    }

    /// A dimension file as it is written.
    pub struct DimensionFile ("a dimension") {
        /// Its title.
        title: String,
        /// The group it is shown in.
        group: Option<String>,
        /// One sentence about it, for lists and search results.
        summary: Option<String>,
        /// What opens its page, in Markdown.
        intro: Option<Spanned<String>>,
        /// The one sentence to take away, in Markdown.
        takeaway: Option<Spanned<String>>,
        /// Its rows.
        aspects: Vec<Spanned<AspectEntry>>,
        /// Addresses of pages on the same matter.
        related: Vec<Spanned<Address>>,
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
        description: Option<Spanned<String>>,
        /// Roles or teams to filter by.
        tags: Tags,
        /// A cell for each stage.
        at: Entries<CellEntry>,
        /// Cells that are left out mean nothing at that stage, and are not reported.
        sparse: bool,
        /// Cells or aspects this one needs first.
        depends_on: Vec<Spanned<Address>>,
        /// Addresses of pages on the same matter.
        related: Vec<Spanned<Address>>,
        /// Old URLs of its page.
        aliases: Aliases,
        ..own
    }

    /// What is done at a stage.
    pub struct ActivityEntry ("a cell") {
        /// Its identifier within the cell; a slug of the text when it is left out.
        id: Option<Spanned<ActivityId>>,
        /// What to build, in a few words.
        text: Spanned<String>,
        /// What done looks like, in Markdown.
        details: Option<Spanned<String>>,
        /// Addresses of pages that say more.
        links: Vec<Spanned<Address>>,
        /// Cells this one needs first.
        depends_on: Vec<Spanned<Address>>,
        /// How much work it is, from 1 (hours) to 5 (months).
        effort: Option<Spanned<i64>>,
        /// How much it changes for users or the team, from 1 to 5.
        impact: Option<Spanned<i64>>,
        ..own
    }
}

/// A cell as it is written: a string, a table, or a list of those.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct CellEntry {
    /// Where it is written.
    pub span: Span,
    /// What it holds.
    pub activities: Vec<ActivityEntry>,
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
            Kind::String(text) => vec![plain_activity(text, value.span)],
            Kind::Table(_) => vec![ActivityEntry::decode(value, problems)?],
            Kind::Array(items) => items
                .iter()
                .filter_map(|item| match &item.kind {
                    Kind::String(text) => Some(plain_activity(text, item.span)),
                    Kind::Table(_) => ActivityEntry::decode(item, problems),
                    _ => wrong_type(item, "a string or a table", problems),
                })
                .collect(),
            _ => return wrong_type(value, "a string, a table, or a list of those", problems),
        };
        Some(Self { span: value.span, activities })
    }
}

fn plain_activity(text: &str, span: Span) -> ActivityEntry {
    ActivityEntry {
        id: None,
        text: Spanned::new(text.to_owned(), span),
        details: None,
        links: Vec::new(),
        depends_on: Vec::new(),
        effort: None,
        impact: None,
        own: Undeclared::default(),
    }
}

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

/// A field that a framework declared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The key it is written under.
    pub id: FieldId,
    /// What readers see.
    pub title: String,
    /// What it belongs to.
    pub on: FieldOwner,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a declared field holds in one place.
#[derive(Clone, Debug)]
pub struct FieldValue {
    /// The field.
    pub id: FieldId,
    /// Its title.
    pub title: String,
    /// Its value.
    pub content: FieldContent,
}

/// The value of a declared field.
#[derive(Clone, Debug)]
pub enum FieldContent {
    /// Markdown and the text it was written in.
    Markdown(Prose, String),
    /// One line of text.
    Text(String),
    /// A number.
    Number(f64),
    /// A list of texts.
    List(Vec<String>),
    /// A list of addresses.
    Links(Vec<Spanned<Address>>),
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
    pub intro: Prose,
    /// The opening as written.
    pub intro_source: String,
    /// The sentence to take away.
    pub takeaway: Option<Prose>,
    /// The takeaway as written.
    pub takeaway_source: Option<String>,
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
    pub description: Prose,
    /// The description as written.
    pub description_source: String,
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
            && self.activities.iter().zip(&other.activities).all(|(a, b)| a.source == b.source)
    }
}

/// One thing to build or do.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its identifier within the cell.
    pub id: ActivityId,
    /// The text as written.
    pub source: String,
    /// The text.
    pub text: Prose,
    /// What done looks like.
    pub details: Prose,
    /// The details as written.
    pub details_source: String,
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

/// Reads `framework.toml`.
pub fn parse(
    text: &str,
    file: &SourcePath,
    options: MarkdownOptions,
) -> (Option<FrameworkContent>, Problems) {
    let mut problems = Problems::new(file);
    let table = value::parse_toml(text, 0, &mut problems);
    let root = Value { span: Span::new(0, text.len()), kind: Kind::Table(table) };
    let Some(read) = FrameworkFile::decode(&root, &mut problems) else { return (None, problems) };
    let mut reader = Reader { text, options, fields: &[], problems: &mut problems };

    let mut fields: Vec<Field> = Vec::new();
    for entry in read.fields {
        let field = Field {
            title: entry.title.unwrap_or_else(|| document::title_from_name(entry.id.value.as_str())),
            id: entry.id.value,
            on: entry.on,
            kind: entry.kind,
        };
        let taken: &[&str] = match field.on {
            FieldOwner::Cell => ActivityEntry::KEYS,
            FieldOwner::Aspect => AspectEntry::KEYS,
            FieldOwner::Dimension => DimensionFile::KEYS,
            FieldOwner::Stage => StageEntry::KEYS,
        };
        if taken.contains(&field.id.as_str()) || fields.iter().any(|f| f.id == field.id && f.on == field.on) {
            reader.problems.add(
                Diagnostic::new(
                    Code::DuplicateId,
                    reader.problems.file(),
                    format!("a {} already has a key `{}`", field.on.word(), field.id),
                )
                .at(entry.id.span)
                .help("choose another id for this field"),
            );
            continue;
        }
        fields.push(field);
    }
    reader.fields = &fields;

    let stages = read
        .stages
        .into_iter()
        .map(|s| {
            let id = s.id.unwrap_or_else(|| s.title.clone().map(|t| StageId::from_title(&t)));
            StageContent {
                own: reader.own(s.own, FieldOwner::Stage, "a stage", StageEntry::KEYS),
                id: id.value,
                span: id.span,
                title: s.title.value,
                name: s.name,
                summary: s.summary,
                facts: s.facts.0.into_iter().map(|(key, value)| (key.name, value)).collect(),
            }
        })
        .collect();
    let decisions = read
        .decisions
        .into_iter()
        .map(|d| Decision { why: reader.block(d.why.as_ref()), ask: d.ask.value, yes: d.yes, no: d.no })
        .collect();
    let mut ids = Ids::default();
    let faq = document::faq(&read.faq, text, options, &mut ids, &mut problems);
    let takeaways = document::texts(&read.takeaways, text, options, &mut problems);
    let content = FrameworkContent {
        file: file.clone(),
        title: read.title,
        summary: read.summary.unwrap_or_default(),
        updated: read.updated.map(|d| d.0),
        dimensions: read.dimensions,
        stages,
        decisions,
        faq,
        fields,
        takeaways,
        related: read.related,
        aliases: read.aliases.0,
    };
    (Some(content), problems)
}

/// Reads a dimension file. `fields` are those its framework declared.
pub fn parse_dimension(
    text: &str,
    file: &SourcePath,
    fields: &[Field],
    options: MarkdownOptions,
) -> (Option<DimensionContent>, Problems) {
    let mut problems = Problems::new(file);
    let table = value::parse_toml(text, 0, &mut problems);
    let root = Value { span: Span::new(0, text.len()), kind: Kind::Table(table) };
    let Some(read) = DimensionFile::decode(&root, &mut problems) else { return (None, problems) };
    let mut reader = Reader { text, options, fields, problems: &mut problems };
    let content = DimensionContent {
        file: file.clone(),
        title: read.title,
        group: read.group,
        summary: read.summary,
        intro: reader.block(read.intro.as_ref()),
        intro_source: source(read.intro),
        takeaway: read.takeaway.as_ref().map(|t| reader.block(Some(t)).unwrapped()),
        takeaway_source: read.takeaway.map(|t| t.value),
        aspects: read.aspects.into_iter().map(|a| reader.aspect(a.value)).collect(),
        related: read.related,
        aliases: read.aliases.0,
        own: reader.own(read.own, FieldOwner::Dimension, "a dimension", DimensionFile::KEYS),
    };
    (Some(content), problems)
}

fn source(text: Option<Spanned<String>>) -> String {
    text.map(|t| t.value.trim().to_owned()).unwrap_or_default()
}

/// "None" and "No" mean nothing at this stage.
fn says_nothing(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "none" | "no" | "")
}

/// What reading a file needs at every step.
struct Reader<'a> {
    text: &'a str,
    options: MarkdownOptions,
    fields: &'a [Field],
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn block(&mut self, written: Option<&Spanned<String>>) -> Prose {
        let Some(written) = written else { return Prose::default() };
        let origin = Origin::of_string(&written.value, written.span, self.text);
        markdown::prose(&written.value, origin, self.options, self.problems)
    }

    fn aspect(&mut self, read: AspectEntry) -> AspectContent {
        let id = read.id.unwrap_or_else(|| read.title.clone().map(|t| AspectId::from_title(&t)));
        let cells = read
            .at
            .0
            .into_iter()
            .map(|(key, cell)| (Spanned::new(key.name, key.span), self.cell(cell)))
            .collect();
        AspectContent {
            id: id.value,
            span: id.span,
            title: read.title.value,
            description: self.block(read.description.as_ref()),
            description_source: source(read.description),
            tags: read.tags.0,
            cells,
            sparse: read.sparse,
            depends_on: read.depends_on,
            related: read.related,
            aliases: read.aliases.0,
            own: self.own(read.own, FieldOwner::Aspect, "an aspect", AspectEntry::KEYS),
        }
    }

    fn cell(&mut self, read: CellEntry) -> Cell {
        let written = read.activities.iter().map(|a| a.text.value.trim()).collect::<Vec<_>>().join("; ");
        let mut cell = Cell { written, activities: Vec::new(), span: read.span };
        let mut taken = HashSet::new();
        for entry in read.activities {
            if says_nothing(&entry.text.value) {
                if entry.details.is_some() || !entry.links.is_empty() || !entry.depends_on.is_empty() {
                    self.problems.add(
                        Diagnostic::new(
                            Code::SurplusCell,
                            self.problems.file(),
                            "this cell holds nothing, yet more is said about it",
                        )
                        .at(entry.text.span)
                        .label("nothing at this stage")
                        .help("say what is built at this stage, or leave the rest away"),
                    );
                }
                continue;
            }
            let activity = self.activity(entry, &mut taken);
            cell.activities.push(activity);
        }
        cell
    }

    fn activity(&mut self, entry: ActivityEntry, taken: &mut HashSet<ActivityId>) -> Activity {
        let id = entry.id.unwrap_or_else(|| {
            let words: Vec<&str> = entry.text.value.split_whitespace().take(8).collect();
            Spanned::new(ActivityId::new(slug(&words.join(" "))), entry.text.span)
        });
        if !taken.insert(id.value.clone()) {
            self.problems.add(
                Diagnostic::new(
                    Code::DuplicateId,
                    self.problems.file(),
                    format!("this cell already holds an activity `{}`", id.value),
                )
                .at(id.span)
                .help("give one of them an `id`"),
            );
        }
        let origin = Origin::of_string(&entry.text.value, entry.text.span, self.text);
        let effort = self.rating(entry.effort, "effort");
        let impact = self.rating(entry.impact, "impact");
        Activity {
            id: id.value,
            text: markdown::prose(&entry.text.value, origin, self.options, self.problems).unwrapped(),
            source: entry.text.value.trim().to_owned(),
            details: self.block(entry.details.as_ref()),
            details_source: source(entry.details),
            links: entry.links,
            depends_on: entry.depends_on,
            effort,
            impact,
            own: self.own(entry.own, FieldOwner::Cell, "a cell", ActivityEntry::KEYS),
        }
    }

    fn rating(&mut self, written: Option<Spanned<i64>>, what: &str) -> Option<u8> {
        let written = written?;
        if let Ok(n @ 1..=5) = u8::try_from(written.value) {
            Some(n)
        } else {
            self.problems.add(
                Diagnostic::new(
                    Code::InvalidValue,
                    self.problems.file(),
                    format!("{what} is a number from 1 to 5"),
                )
                .at(written.span)
                .help("1 is the least, 5 the most"),
            );
            None
        }
    }

    /// Types the keys that a record did not know: the framework may have declared them.
    fn own(&mut self, undeclared: Undeclared, on: FieldOwner, what: &str, known: &[&str]) -> Vec<FieldValue> {
        let mut values = Vec::new();
        for (key, value) in undeclared.0 {
            let Some(field) = self.fields.iter().find(|f| f.on == on && f.id.as_str() == key.name) else {
                let declared = self.fields.iter().filter(|f| f.on == on).map(|f| f.id.as_str());
                let all: Vec<&str> = known.iter().copied().chain(declared).collect();
                let near = self.problems.suggest(&key.name, "keys", all.iter().copied());
                self.problems.add(
                    Diagnostic::new(
                        Code::UnknownKey,
                        self.problems.file(),
                        format!("`{}` is not a key of {what}", key.name),
                    )
                    .at(key.span)
                    .label("unknown key")
                    .help(format!("`[[fields]]` in framework.toml declares keys of your own; {near}")),
                );
                continue;
            };
            if let Some(content) = self.field(field.kind, &value) {
                values.push(FieldValue { id: field.id.clone(), title: field.title.clone(), content });
            }
        }
        let order = |v: &FieldValue| self.fields.iter().position(|f| f.id == v.id);
        values.sort_by_key(order);
        values
    }

    fn field(&mut self, kind: FieldKind, value: &Value) -> Option<FieldContent> {
        Some(match kind {
            FieldKind::Markdown => {
                let text = Spanned::<String>::decode(value, self.problems)?;
                FieldContent::Markdown(self.block(Some(&text)).unwrapped(), text.value)
            }
            FieldKind::Text => FieldContent::Text(String::decode(value, self.problems)?),
            FieldKind::Number => match value.kind {
                #[allow(clippy::cast_precision_loss)] // a maturity score has no 53 bits
                Kind::Integer(n) => FieldContent::Number(n as f64),
                Kind::Float(n) => FieldContent::Number(n),
                _ => return wrong_type(value, "a number", self.problems),
            },
            FieldKind::List => FieldContent::List(Vec::decode(value, self.problems)?),
            FieldKind::Links => FieldContent::Links(Vec::decode(value, self.problems)?),
        })
    }
}
