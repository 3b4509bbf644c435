//! YAML to values.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use super::limits::{DEEPEST, MOST_VALUES, report_too_many};
use super::{Key, Kind, Table, Value};
use crate::content::control;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use saphyr::{MarkedYaml, Scalar, YamlData, YamlLoader};
use saphyr_parser::{Event, Parser, ScanError, SpannedEventReceiver};

/// Reads a YAML mapping, as for TOML. Dates and empty values are strings and left out, as YAML 1.2's
/// core schema has no dates.
pub fn parse(text: &str, base: usize, problems: &mut Problems) -> Table {
    let places = CharOffsets::new(text);
    let report = |problems: &mut Problems, span: Span, message: String| {
        problems.add(Diagnostic::new(Code::InvalidYaml, problems.file(), message).at(span).help(
            "front matter in YAML is `key: value` lines; quote a text that holds `: ` or begins with a sign",
        ));
    };
    let root = match load_yaml(text) {
        Ok(Some(root)) => root,
        Ok(None) => return Table::default(),
        Err(Unloaded::TooDeep(at)) => {
            let at = places.byte(at) + base;
            let message = format!("values are nested at most {DEEPEST} deep");
            problems.add(
                Diagnostic::new(Code::TooDeep, problems.file(), message)
                    .at(Span::new(at, at + 1))
                    .help("front matter is for a few keys; a text of its own can hold more"),
            );
            return Table::default();
        }
        Err(Unloaded::TooMany) => {
            report_too_many(base, problems);
            return Table::default();
        }
        Err(Unloaded::Shared(from, to)) => {
            let span = Span::new(places.byte(from), places.byte(to)).shift(base);
            report(problems, span, "tags, anchors and aliases are not read".to_owned());
            return Table::default();
        }
        Err(Unloaded::Invalid(error)) => {
            let at = places.byte(error.marker().index()) + base;
            report(problems, Span::new(at, at + 1), error.info().to_owned());
            return Table::default();
        }
    };
    match yaml_value(&root, &places, base, problems, &report) {
        Some(Value { kind: Kind::Table(table), .. }) => table,
        None => Table::default(),
        Some(other) => {
            report(
                problems,
                other.span,
                format!("front matter is a table of keys, not {}", other.type_name()),
            );
            Table::default()
        }
    }
}

/// Why a YAML text could not be loaded.
enum Unloaded {
    /// At this character something is nested too deep.
    TooDeep(usize),
    TooMany,
    /// Between these characters stands an anchor or an alias.
    Shared(usize, usize),
    Invalid(ScanError),
}

/// Loads the first document. The reader's own way to do so calls itself for every level; its events do not.
fn load_yaml(text: &str) -> Result<Option<MarkedYaml<'_>>, Unloaded> {
    let mut parser = Parser::new_from_str(text);
    let mut loader = YamlLoader::default();
    let mut depth = 0_usize;
    let mut values = 0_usize;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(Unloaded::Invalid)?;
        // What is written once and used often could make a large value of a small text.
        if let Event::Alias(_)
        | Event::SequenceStart(1.., _)
        | Event::MappingStart(1.., _)
        | Event::Scalar(_, _, 1.., _) = event
        {
            return Err(Unloaded::Shared(span.start.index(), span.end.index()));
        }
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth = depth.saturating_add(1),
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        values = values.saturating_add(1);
        if values > MOST_VALUES {
            return Err(Unloaded::TooMany);
        }
        if depth > DEEPEST {
            return Err(Unloaded::TooDeep(span.start.index()));
        }
        loader.on_event(event, span);
    }
    if let Some(error) = loader.error() {
        return Err(Unloaded::Invalid(error.clone()));
    }
    Ok(loader.into_documents().into_iter().next())
}

fn yaml_value(
    node: &MarkedYaml<'_>,
    places: &CharOffsets,
    base: usize,
    problems: &mut Problems,
    report: &dyn Fn(&mut Problems, Span, String),
) -> Option<Value> {
    let span =
        Span::new(places.byte(node.span.start.index()), places.byte(node.span.end.index())).shift(base);
    let kind = match &node.data {
        YamlData::Value(Scalar::Null) => return None,
        YamlData::Value(Scalar::Boolean(b)) => Kind::Bool(*b),
        YamlData::Value(Scalar::Integer(n)) => Kind::Integer(*n),
        YamlData::Value(Scalar::FloatingPoint(n)) => Kind::Float(n.into_inner()),
        YamlData::Value(Scalar::String(s)) => {
            Kind::String(control::refused_value(s.to_string(), span, problems))
        }
        YamlData::Sequence(items) => {
            Kind::Array(items.iter().filter_map(|i| yaml_value(i, places, base, problems, report)).collect())
        }
        YamlData::Mapping(entries) => {
            let mut table = Vec::new();
            for (key, value) in entries {
                let Some(Value { span, kind }) = yaml_value(key, places, base, problems, report) else {
                    continue;
                };
                let name = match kind {
                    Kind::String(name) => name,
                    Kind::Integer(n) => n.to_string(),
                    _ => {
                        report(problems, span, "a key must be a word".to_owned());
                        continue;
                    }
                };
                if let Some(value) = yaml_value(value, places, base, problems, report) {
                    table.push((Key { name, span }, value));
                }
            }
            Kind::Table(Table(table))
        }
        YamlData::Representation(..) | YamlData::Tagged(..) | YamlData::Alias(_) | YamlData::BadValue => {
            report(problems, span, "tags, anchors and aliases are not read".to_owned());
            return None;
        }
    };
    Some(Value { span, kind })
}

/// The YAML reader counts characters; spans count bytes.
struct CharOffsets(Option<Vec<u32>>, usize);

impl CharOffsets {
    fn new(text: &str) -> Self {
        let offsets =
            (!text.is_ascii()).then(|| text.char_indices().map(|(i, _)| Span::new(i, i).start).collect());
        Self(offsets, text.len())
    }

    fn byte(&self, index: usize) -> usize {
        match &self.0 {
            Some(offsets) => offsets.get(index).map_or(self.1, |&o| o as usize),
            None => index.min(self.1),
        }
    }
}
