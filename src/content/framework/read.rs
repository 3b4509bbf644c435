//! From the files as they are written to what a site needs of them.

use super::field::{self, Field, FieldOwner, FieldValue};
use super::written::{
    ActivityEntry, AspectEntry, CellEntry, DecisionEntry, DimensionFile, FieldEntry, FrameworkFile,
    GroupEntry, QuestionEntry, ScaleEntry, StageEntry,
};
use super::{
    Activity, AspectContent, Cell, Decision, DimensionContent, FrameworkContent, GroupContent, Question,
    Scale, StageContent,
};
use crate::colour::Colour;
use crate::content::address::{ActivityId, AspectId, GroupId, StageId};
use crate::content::decode::Decode;
use crate::content::decode::record::Undeclared;
use crate::content::faq;
use crate::content::markdown::{MarkdownOptions, TextReader};
use crate::content::prose::Markdown;
use crate::content::slug::{slug, title_from_name};
use crate::content::value::{Key, toml};
use crate::content::written::Written;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{SourcePath, Span, Spanned};
use std::collections::{BTreeSet, HashSet};

/// Reads `framework.toml`.
pub fn framework(
    text: &str,
    file: &SourcePath,
    options: &MarkdownOptions,
) -> (Option<FrameworkContent>, Problems) {
    let mut problems = Problems::with_variables(file, &options.variables);
    let root = toml::parse_file(text, &mut problems);
    let Some(read) = FrameworkFile::decode(&root, &mut problems) else { return (None, problems) };
    let fields = declared(read.fields, &mut problems);
    let scales = scales(read.scales, &mut problems);
    let ask_by = fact(read.ask_by, &read.stages, &mut problems);
    let mut reader = Reader { texts: TextReader::new(text, options, &mut problems), fields: &fields };
    let content = FrameworkContent {
        file: file.clone(),
        title: read.title,
        summary: read.summary.unwrap_or_default(),
        updated: read.updated.map(|d| d.0),
        words: read.words,
        dimensions: read.dimensions,
        stages: read.stages.into_iter().map(|stage| reader.stage(stage)).collect(),
        cumulative: read.cumulative,
        ask: read.ask,
        ask_by,
        groups: read.groups.into_iter().map(|group| reader.group(group)).collect(),
        scales,
        decisions: read.decisions.into_iter().map(|decision| reader.decision(decision)).collect(),
        faq: faq::read(&read.faq, &mut reader.texts),
        takeaways: read.takeaways.iter().map(|t| reader.texts.line(t)).collect(),
        related: read.related,
        aliases: read.aliases.0,
        fields,
    };
    (Some(content), problems)
}

/// Reads a dimension file. `fields` are those its framework declared.
pub fn dimension(
    text: &str,
    file: &SourcePath,
    fields: &[Field],
    options: &MarkdownOptions,
) -> (Option<DimensionContent>, Problems) {
    let mut problems = Problems::with_variables(file, &options.variables);
    let root = toml::parse_file(text, &mut problems);
    let Some(read) = DimensionFile::decode(&root, &mut problems) else { return (None, problems) };
    let mut reader = Reader { texts: TextReader::new(text, options, &mut problems), fields };
    let content = DimensionContent {
        file: file.clone(),
        title: read.title,
        group: read.group,
        summary: read.summary,
        intro: reader.texts.markdown(read.intro),
        takeaway: read.takeaway.map(|t| reader.texts.line(&t)),
        objectives: read
            .objectives
            .0
            .into_iter()
            .map(|(stage, text)| reader.objective(stage, text))
            .collect(),
        aspects: read.aspects.into_iter().map(|a| reader.aspect(a.value)).collect(),
        related: read.related,
        aliases: read.aliases.0,
        own: reader.own(read.own, FieldOwner::Dimension),
    };
    (Some(content), problems)
}

/// The fields that a framework declares, each once and beside the keys there are anyway.
fn declared(entries: Vec<FieldEntry>, problems: &mut Problems) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for entry in entries {
        let field = Field {
            title: entry.title.unwrap_or_else(|| title_from_name(entry.id.value.as_str())),
            id: entry.id.value,
            on: entry.on,
            kind: entry.kind,
            label: entry.label,
        };
        let is_key = keys(field.on).contains(&field.id.as_str());
        if is_key || fields.iter().any(|f| f.id == field.id && f.on == field.on) {
            let message = format!("a {} already has a key `{}`", field.on.word(), field.id);
            problems.add(
                Diagnostic::new(Code::DuplicateId, problems.file(), message)
                    .at(entry.id.span)
                    .help("choose another id for this field"),
            );
        } else {
            fields.push(field);
        }
    }
    fields
}

/// The fact that answers which stage a reader is at, if any stage has it.
fn fact(written: Option<Spanned<String>>, stages: &[StageEntry], problems: &mut Problems) -> Option<String> {
    let written = written?;
    let facts = || stages.iter().flat_map(|stage| &stage.facts.0).map(|(key, _)| key.name.as_str());
    if facts().any(|name| name == written.value) {
        return Some(written.value);
    }
    let known: BTreeSet<&str> = facts().collect();
    let help = problems.suggest(&written.value, "facts", known);
    problems.add(
        Diagnostic::new(
            Code::InvalidValue,
            problems.file(),
            format!("no stage has a fact `{}`", written.value),
        )
        .at(written.span)
        .help(help),
    );
    None
}

/// What questions can be answered with, each scale once.
fn scales(entries: Vec<ScaleEntry>, problems: &mut Problems) -> Vec<Scale> {
    let mut scales: Vec<Scale> = Vec::new();
    for entry in entries {
        if scales.iter().any(|scale| scale.id == entry.id.value) {
            let message = format!("there are two scales `{}`", entry.id.value);
            problems.add(
                Diagnostic::new(Code::DuplicateId, problems.file(), message)
                    .at(entry.id.span)
                    .label("the second")
                    .help("give one of them another `id`"),
            );
            continue;
        }
        if entry.answers.len() < 2 {
            let message = format!("the scale `{}` leaves nothing to choose", entry.id.value);
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), message)
                    .at(entry.id.span)
                    .help("a scale has at least two answers: `{ title = \"Yes\", score = 1 }`"),
            );
        }
        for answer in entry.answers.iter().filter(|a| !(0.0..=1.0).contains(&a.score.value)) {
            let message = format!("`{}` counts {}, which is no score", answer.title, answer.score.value);
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), message)
                    .at(answer.score.span)
                    .help("a score is a number from 0 (nothing of it) to 1 (all of it)"),
            );
        }
        let answers = entry.answers.into_iter().map(|a| (a.title, a.score.value)).collect();
        scales.push(Scale { id: entry.id.value, answers });
    }
    scales
}

/// The keys that it has in every framework.
fn keys(owner: FieldOwner) -> &'static [&'static str] {
    match owner {
        FieldOwner::Cell => ActivityEntry::KEYS,
        FieldOwner::Aspect => AspectEntry::KEYS,
        FieldOwner::Dimension => DimensionFile::KEYS,
        FieldOwner::Stage => StageEntry::KEYS,
    }
}

/// "None" and "No" mean nothing at this stage.
fn says_nothing(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "none" | "no" | "")
}

/// What reading a file needs at every step.
struct Reader<'a> {
    texts: TextReader<'a>,
    fields: &'a [Field],
}

impl Reader<'_> {
    fn own(&mut self, undeclared: Undeclared, on: FieldOwner) -> Vec<FieldValue> {
        // What stands below an aspect's heading belongs to the aspect, wherever it is indented.
        let around = if on == FieldOwner::Aspect { DimensionFile::KEYS } else { &[] };
        field::read(undeclared, Some(on), false, (keys(on), around), self.fields, &mut self.texts)
    }

    fn stage(&mut self, read: StageEntry) -> StageContent {
        let id = read.id.unwrap_or_else(|| read.title.clone().map(|t| StageId::from_title(&t)));
        StageContent {
            own: self.own(read.own, FieldOwner::Stage),
            id: id.value,
            span: id.span,
            title: read.title.value,
            name: read.name,
            summary: read.summary,
            facts: read.facts.0.into_iter().map(|(key, value)| (key.name, value)).collect(),
            exit: read.exit.into_iter().map(|sign| self.texts.markdown(Some(sign)).unwrapped()).collect(),
            team: self.texts.markdown(read.team),
        }
    }

    fn group(&mut self, read: GroupEntry) -> GroupContent {
        let id = read.id.unwrap_or_else(|| read.title.clone().map(|t| GroupId::from_title(&t)));
        GroupContent {
            id: id.value,
            span: id.span,
            title: read.title.value,
            summary: read.summary,
            intro: self.texts.markdown(read.intro),
            color: read.color.and_then(|color| self.colour(&color)),
        }
    }

    fn colour(&mut self, written: &Spanned<String>) -> Option<Colour> {
        let colour = Colour::parse(&written.value);
        if colour.is_none() {
            let message = format!("`{}` is not a colour", written.value);
            self.texts.problems.add(
                Diagnostic::new(Code::InvalidValue, self.texts.problems.file(), message)
                    .at(written.span)
                    .help("write it as `#rrggbb`, such as `#1f6feb`"),
            );
        }
        colour
    }

    fn objective(&mut self, stage: Key, text: Written) -> (Spanned<String>, Markdown) {
        (Spanned::new(stage.name, stage.span), self.texts.markdown(Some(text)))
    }

    fn decision(&mut self, read: DecisionEntry) -> Decision {
        let why = self.texts.markdown(read.why).prose;
        Decision { why, ask: read.ask.value, yes: read.yes, no: read.no }
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
            description: self.texts.markdown(read.description),
            tags: read.tags.0,
            keywords: read.keywords,
            cells,
            sparse: read.sparse,
            depends_on: read.depends_on,
            related: read.related,
            aliases: read.aliases.0,
            own: self.own(read.own, FieldOwner::Aspect),
        }
    }

    fn cell(&mut self, read: CellEntry) -> Cell {
        let several = read.activities.len() > 1;
        let mut cell = Cell::default();
        let mut taken = HashSet::new();
        for Spanned { value: entry, span } in read.activities {
            if let Some(text) = entry.text.as_ref().filter(|text| says_nothing(&text.value)) {
                text.value.trim().clone_into(&mut cell.written);
                self.nothing(&entry, text.span, several);
                cell.why = self.texts.markdown(entry.details);
            } else {
                let activity = self.activity(entry, several, span, &mut taken);
                cell.activities.push(activity);
            }
        }
        cell
    }

    /// Reports what is said of an activity whose text says that there is none.
    fn nothing(&mut self, entry: &ActivityEntry, at: Span, several: bool) {
        let message = if several {
            "this cell holds other activities, so it cannot hold nothing"
        } else if entry.says_more() {
            "this cell holds nothing, yet more is said of it than why"
        } else {
            return;
        };
        self.texts.problems.add(
            Diagnostic::new(Code::SurplusCell, self.texts.problems.file(), message)
                .at(at)
                .label("nothing at this stage")
                .help("say what is built at this stage, or leave away all but `details`, which may say why not yet"),
        );
    }

    fn activity(
        &mut self,
        entry: ActivityEntry,
        several: bool,
        cell: Span,
        taken: &mut HashSet<ActivityId>,
    ) -> Activity {
        let span =
            entry.id.as_ref().map(|id| id.span).or(entry.text.as_ref().map(|t| t.span)).unwrap_or(cell);
        let from_text = |text: &Written| {
            let words: Vec<&str> = text.value.split_whitespace().take(8).collect();
            ActivityId::new(slug(&words.join(" ")))
        };
        let is_named = entry.id.is_some();
        let id = entry.id.map(|id| id.value).or_else(|| entry.text.as_ref().map(from_text));
        match &id {
            Some(id) if !taken.insert(id.clone()) => {
                let message = format!("this cell already holds an activity `{id}`");
                self.texts.problems.add(
                    Diagnostic::new(Code::DuplicateId, self.texts.problems.file(), message).at(span).help(
                        if is_named { "give one of them another `id`" } else { "give one of them an `id`" },
                    ),
                );
            }
            None if several => {
                let message = "of several activities in a cell, each needs a `text` or an `id`";
                self.texts.problems.add(
                    Diagnostic::new(Code::MissingKey, self.texts.problems.file(), message)
                        .at(span.beginning())
                        .help("add `text = ...`, or `id = ...` where its details say it all"),
                );
            }
            _ => {}
        }
        let is_bare = entry.text.is_none() && entry.details.is_none();
        let cell_keys = (keys(FieldOwner::Cell), &[][..]);
        let own =
            field::read(entry.own, Some(FieldOwner::Cell), is_bare, cell_keys, self.fields, &mut self.texts);
        let effort = self.rating(entry.effort, "effort");
        let impact = self.rating(entry.impact, "impact");
        Activity {
            id,
            text: self.texts.markdown(entry.text).unwrapped(),
            details: self.texts.markdown(entry.details),
            links: entry.links,
            depends_on: entry.depends_on,
            must: entry.must,
            tags: entry.tags.0,
            questions: entry.questions.into_iter().map(|q| self.question(q)).collect(),
            effort,
            impact,
            own,
            span,
        }
    }

    fn question(&mut self, read: QuestionEntry) -> Question {
        Question {
            span: read.ask.span,
            ask: self.texts.markdown(Some(read.ask)).unwrapped(),
            criteria: read.criteria.into_iter().map(|c| self.texts.markdown(Some(c)).unwrapped()).collect(),
            scale: read.scale,
        }
    }

    fn rating(&mut self, written: Option<Spanned<i64>>, what: &str) -> Option<u8> {
        let written = written?;
        if let Ok(n @ 1..=5) = u8::try_from(written.value) {
            Some(n)
        } else {
            let message = format!("{what} is a number from 1 to 5");
            self.texts.problems.add(
                Diagnostic::new(Code::InvalidValue, self.texts.problems.file(), message)
                    .at(written.span)
                    .help("1 is the least, 5 the most"),
            );
            None
        }
    }
}
