//! From the files as they are written to what a site needs of them.

use super::field::{self, Field, FieldOwner, FieldValue};
use super::written::{
    ActivityEntry, AspectEntry, CellEntry, DecisionEntry, DimensionFile, FieldEntry, FrameworkFile,
    StageEntry,
};
use super::{Activity, AspectContent, Cell, Decision, DimensionContent, FrameworkContent, StageContent};
use crate::content::address::{ActivityId, AspectId, StageId};
use crate::content::decode::Decode;
use crate::content::decode::record::Undeclared;
use crate::content::faq;
use crate::content::markdown::{MarkdownOptions, TextReader};
use crate::content::slug::{slug, title_from_name};
use crate::content::value::toml;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{SourcePath, Spanned};
use std::collections::HashSet;

/// Reads `framework.toml`.
pub fn framework(
    text: &str,
    file: &SourcePath,
    options: MarkdownOptions,
) -> (Option<FrameworkContent>, Problems) {
    let mut problems = Problems::new(file);
    let root = toml::parse_file(text, &mut problems);
    let Some(read) = FrameworkFile::decode(&root, &mut problems) else { return (None, problems) };
    let fields = declared(read.fields, &mut problems);
    let mut reader = Reader { texts: TextReader::new(text, options, &mut problems), fields: &fields };
    let content = FrameworkContent {
        file: file.clone(),
        title: read.title,
        summary: read.summary.unwrap_or_default(),
        updated: read.updated.map(|d| d.0),
        words: read.words,
        dimensions: read.dimensions,
        stages: read.stages.into_iter().map(|stage| reader.stage(stage)).collect(),
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
    options: MarkdownOptions,
) -> (Option<DimensionContent>, Problems) {
    let mut problems = Problems::new(file);
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
        let what = match on {
            FieldOwner::Cell => "a cell",
            FieldOwner::Aspect => "an aspect",
            FieldOwner::Dimension => "a dimension",
            FieldOwner::Stage => "a stage",
        };
        field::read(undeclared, (on, what, keys(on)), self.fields, &mut self.texts)
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
        }
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
            cells,
            sparse: read.sparse,
            depends_on: read.depends_on,
            related: read.related,
            aliases: read.aliases.0,
            own: self.own(read.own, FieldOwner::Aspect),
        }
    }

    fn cell(&mut self, read: CellEntry) -> Cell {
        let written = read.activities.iter().map(|a| a.text.value.trim()).collect::<Vec<_>>().join("; ");
        let mut cell = Cell { written, activities: Vec::new(), span: read.span };
        let mut taken = HashSet::new();
        for entry in read.activities {
            if says_nothing(&entry.text.value) {
                if entry.details.is_some() || !entry.links.is_empty() || !entry.depends_on.is_empty() {
                    let message = "this cell holds nothing, yet more is said about it";
                    self.texts.problems.add(
                        Diagnostic::new(Code::SurplusCell, self.texts.problems.file(), message)
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
            let message = format!("this cell already holds an activity `{}`", id.value);
            self.texts.problems.add(
                Diagnostic::new(Code::DuplicateId, self.texts.problems.file(), message)
                    .at(id.span)
                    .help("give one of them an `id`"),
            );
        }
        let effort = self.rating(entry.effort, "effort");
        let impact = self.rating(entry.impact, "impact");
        Activity {
            id: id.value,
            text: self.texts.markdown(Some(entry.text)).unwrapped(),
            details: self.texts.markdown(entry.details),
            links: entry.links,
            depends_on: entry.depends_on,
            effort,
            impact,
            own: self.own(entry.own, FieldOwner::Cell),
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
