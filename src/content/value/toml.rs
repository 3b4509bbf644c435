//! TOML to values, and strings to TOML.

use super::limits::{MOST_VALUES, report_too_many};
use super::{Key, Kind, Table, Value};
use crate::content::control;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use ::toml::de::{DeTable, DeValue};
use jiff::civil::Date;
use std::fmt::Write;

/// How many signs that come with values are far too many, some of them in texts.
const MOST_SIGNS: usize = 4 * MOST_VALUES;

/// Reads a TOML file as one value.
pub fn parse_file(text: &str, problems: &mut Problems) -> Value {
    let table = parse(text, 0, problems);
    Value { span: Span::new(0, text.len()), kind: Kind::Table(table) }
}

/// Reads TOML. `base` is where `text` begins in its file. Problems are reported, all of them; what could be
/// read is given back even so, unless nothing could.
pub fn parse(text: &str, base: usize, problems: &mut Problems) -> Table {
    // Far too many values are not even parsed: the parser takes more memory for each than is left of it later.
    if text.len() > MOST_SIGNS && text.bytes().filter(|b| matches!(b, b',' | b'=')).count() > MOST_SIGNS {
        report_too_many(base, problems);
        return Table::default();
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().map_or(Span::new(0, 0), |s| Span::new(s.start, s.end));
        let (message, help) = match curly_quote(text, span) {
            Some(quote) => (
                format!("`{quote}` is a curly quotation mark, and no text begins with it in TOML"),
                "write straight ones, `\"`, at both ends; word processors and chats turn them into curly ones",
            ),
            None => (
                error.message().lines().next().unwrap_or("this is not TOML").to_owned(),
                "the notation is described at https://toml.io; texts of several lines go between \"\"\"",
            ),
        };
        problems.add(
            Diagnostic::new(Code::InvalidToml, problems.file(), message).at(span.shift(base)).help(help),
        );
    }
    let mut left = MOST_VALUES;
    if !has_room(&mut left, table.get_ref()) {
        report_too_many(base, problems);
        return Table::default();
    }
    convert_table(table.get_ref(), base, problems)
}

/// The curly quotation mark that stands where the parser stopped.
fn curly_quote(text: &str, span: Span) -> Option<char> {
    let first = text.get(span.range().start..)?.trim_start().chars().next()?;
    matches!(first, '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»').then_some(first)
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

fn convert_table(table: &DeTable<'_>, base: usize, problems: &mut Problems) -> Table {
    let mut entries: Vec<(Key, Value)> = table
        .iter()
        .map(|(key, value)| {
            let key_span = Span::new(key.span().start, key.span().end).shift(base);
            let span = Span::new(value.span().start, value.span().end).shift(base);
            let name = control::refused_value(key.get_ref().to_string(), key_span, problems);
            let key = Key { name, span: key_span };
            let value = convert_value(value.get_ref(), span, base, problems);
            (key, value)
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Table(entries)
}

fn convert_value(value: &DeValue<'_>, span: Span, base: usize, problems: &mut Problems) -> Value {
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
                    convert_value(item.get_ref(), span, base, problems)
                })
                .collect(),
        ),
        DeValue::Table(table) => Kind::Table(convert_table(table, base, problems)),
    };
    Value { span, kind }
}

/// A string as TOML writes it, quoted.
pub fn string(text: &str) -> String {
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
