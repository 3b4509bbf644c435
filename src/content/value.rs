//! TOML and YAML as one tree in which every key and value knows its place.
//!
//! Both notations end in the same [`Value`], so the typed records above never ask which one was written.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use super::control;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use jiff::civil::Date;
use saphyr::{MarkedYaml, Scalar, YamlData, YamlLoader};
use saphyr_parser::{Event, Parser, ScanError, SpannedEventReceiver};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use toml::de::{DeTable, DeValue};

/// A value as it was written, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The bytes it was written in.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // each is named after the type it holds
pub enum Kind {
    String(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    Date(Date),
    Array(Vec<Value>),
    Table(Table),
}

/// Keys and values in the order they were written.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Table(pub Vec<(Key, Value)>);

/// A key and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The name, unquoted.
    pub name: String,
    /// Where it is written.
    pub span: Span,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| key.name == name).map(|(_, value)| value)
    }
}

impl Value {
    /// The type's name as a message says it.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::String(_) => "a string",
            Kind::Integer(_) => "a whole number",
            Kind::Float(_) => "a number",
            Kind::Bool(_) => "true or false",
            Kind::Date(_) => "a date",
            Kind::Array(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }

    /// The value as JSON, for templates (`extra`) and exports.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            Kind::String(s) => s.as_str().into(),
            Kind::Integer(n) => (*n).into(),
            Kind::Float(n) => (*n).into(),
            Kind::Bool(b) => (*b).into(),
            Kind::Date(d) => d.to_string().into(),
            Kind::Array(items) => items.iter().map(Value::to_json).collect(),
            Kind::Table(table) => table.to_json(),
        }
    }
}

impl Table {
    /// The table as a JSON object.
    pub fn to_json(&self) -> serde_json::Value {
        self.0
            .iter()
            .map(|(key, value)| (key.name.clone(), value.to_json()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

/// Reads TOML. `base` is where `text` begins in its file. Problems are reported, all of them; what could be
/// read is given back even so, unless nothing could.
pub fn parse_toml(text: &str, base: usize, problems: &mut Problems) -> Table {
    // Far too many values are not even parsed: the parser takes more memory for each than is left of it later.
    if text.len() > MOST_SIGNS && text.bytes().filter(|b| matches!(b, b',' | b'=')).count() > MOST_SIGNS {
        report_too_many(base, problems);
        return Table::default();
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().map_or(Span::new(0, 0), |s| Span::new(s.start, s.end));
        problems.add(
            Diagnostic::new(
                Code::InvalidToml,
                problems.file(),
                error.message().lines().next().unwrap_or("this is not TOML").to_owned(),
            )
            .at(span.shift(base))
            .help("the notation is described at https://toml.io; texts of several lines go between \"\"\""),
        );
    }
    let mut left = MOST_VALUES;
    if !has_room(&mut left, table.get_ref()) {
        report_too_many(base, problems);
        return Table::default();
    }
    convert_toml_table(table.get_ref(), base, problems)
}

/// How many values a file or a front matter may hold; each takes some hundred bytes of memory.
const MOST_VALUES: usize = 200_000;
/// How many signs that come with values are far too many, some of them in texts.
const MOST_SIGNS: usize = 4 * MOST_VALUES;

fn report_too_many(at: usize, problems: &mut Problems) {
    problems.add(
        Diagnostic::new(
            Code::TooLarge,
            problems.file(),
            format!("there are more than {MOST_VALUES} values here"),
        )
        .at(Span::new(at, at))
        .help("divide them into several files"),
    );
}

/// Are there no more values in a table than are `left`? The parser has seen to it that they are not deep.
fn has_room(left: &mut usize, table: &DeTable<'_>) -> bool {
    table.iter().all(|(_, value)| has_room_for(left, value.get_ref()))
}

fn has_room_for(left: &mut usize, value: &DeValue<'_>) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    match value {
        DeValue::Array(items) => items.iter().all(|item| has_room_for(left, item.get_ref())),
        DeValue::Table(table) => has_room(left, table),
        _ => true,
    }
}

fn convert_toml_table(table: &DeTable<'_>, base: usize, problems: &mut Problems) -> Table {
    let mut entries: Vec<(Key, Value)> = table
        .iter()
        .map(|(key, value)| {
            let key_span = Span::new(key.span().start, key.span().end).shift(base);
            let span = Span::new(value.span().start, value.span().end).shift(base);
            let name = control::refused_value(key.get_ref().to_string(), key_span, problems);
            let key = Key { name, span: key_span };
            let value = convert_toml_value(value.get_ref(), span, base, problems);
            (key, value)
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Table(entries)
}

fn convert_toml_value(value: &DeValue<'_>, span: Span, base: usize, problems: &mut Problems) -> Value {
    if let DeValue::String(s) = value {
        return Value { span, kind: Kind::String(control::refused_value(s.to_string(), span, problems)) };
    }
    let mut invalid = |what: &str, help: &str| {
        problems.add(Diagnostic::new(Code::InvalidValue, problems.file(), what).at(span).help(help));
        Kind::String(String::new())
    };
    let kind = match value {
        DeValue::String(s) => Kind::String(s.to_string()),
        DeValue::Boolean(b) => Kind::Bool(*b),
        DeValue::Integer(n) => match i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()) {
            Ok(n) => Kind::Integer(n),
            Err(_) => invalid("this number is too large", "whole numbers have 64 bits"),
        },
        DeValue::Float(n) => match n.as_str().replace('_', "").parse() {
            Ok(n) => Kind::Float(n),
            Err(_) => invalid("this is not a number", "write it as 1.5"),
        },
        DeValue::Datetime(d) => match d.date.map(|d| {
            Date::new(i16::try_from(d.year).unwrap_or(0), d.month.cast_signed(), d.day.cast_signed())
        }) {
            Some(Ok(date)) => Kind::Date(date),
            _ => invalid("a time of day is not a date", "write it as 2025-01-10"),
        },
        DeValue::Array(items) => Kind::Array(
            items
                .iter()
                .map(|item| {
                    let span = Span::new(item.span().start, item.span().end).shift(base);
                    convert_toml_value(item.get_ref(), span, base, problems)
                })
                .collect(),
        ),
        DeValue::Table(table) => Kind::Table(convert_toml_table(table, base, problems)),
    };
    Value { span, kind }
}

/// Reads a YAML mapping, as `parse_toml` does. Dates and empty values are strings and left out, as YAML 1.2's
/// core schema has no dates.
pub fn parse_yaml(text: &str, base: usize, problems: &mut Problems) -> Table {
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
            problems.add(
                Diagnostic::new(
                    Code::TooDeep,
                    problems.file(),
                    format!("values are nested at most {DEEPEST} deep"),
                )
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

/// How deep values may be nested: the TOML reader's own limit, and what the functions that walk values can bear.
const DEEPEST: usize = 80;

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

/// A string as TOML writes it, quoted.
pub fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => write!(out, "\\u{:04X}", c as u32).unwrap_or_default(),
            c => out.push(c),
        }
    }
    out + "\""
}
