//! From a [`Value`] tree to typed records, with every problem reported and not only the first.
//!

mod choice;
pub(crate) mod record;

use super::value::{Key, Kind, Table, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Spanned;
use crate::variables::is_named_in;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A type that can be read from a value.
pub trait Decode: Sized {
    /// Reads it; reports what is wrong and gives `None` when it cannot be read.
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self>;

    /// What stands in when the key is not written; `None` makes the key required.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reports a value of the wrong type.
pub fn wrong_type<T>(value: &Value, expected: &str, problems: &mut Problems) -> Option<T> {
    let message = format!("expected {expected}, found {}", value.type_name());
    problems.add(
        Diagnostic::new(Code::WrongType, problems.file(), message)
            .at(value.span)
            .label(format!("not {expected}")),
    );
    None
}

/// Reads a string by `parse`, whose error says what is wrong with it; `help` says how it is written.
pub fn parsed<T>(
    value: &Value,
    problems: &mut Problems,
    help: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let text = String::decode(value, problems)?;
    let read = parse(&text);
    read.map_err(|why| {
        let problem = Diagnostic::new(Code::InvalidValue, problems.file(), why);
        problems.add(problem.at(value.span).help(help));
    })
    .ok()
}

impl Decode for String {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::String(s) if is_named_in(s.as_bytes()) => Some(problems.fill(s, value.span)),
            Kind::String(s) => Some(s.clone()),
            _ => wrong_type(value, "a string", problems),
        }
    }
}

impl Decode for bool {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match value.kind {
            Kind::Bool(b) => Some(b),
            _ => wrong_type(value, "true or false", problems),
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Decode for i64 {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match value.kind {
            Kind::Integer(n) => Some(n),
            _ => wrong_type(value, "a whole number", problems),
        }
    }
}

impl Decode for f64 {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match value.kind {
            #[expect(clippy::cast_precision_loss, reason = "a score or a measure has no 53 bits")]
            Kind::Integer(n) => Some(n as Self),
            Kind::Float(n) => Some(n),
            _ => wrong_type(value, "a number", problems),
        }
    }
}

/// A day, written as `2025-01-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Day(pub Date);

impl Decode for Day {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        Date::decode(value, problems).map(Self)
    }
}

impl Decode for Date {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::Date(d) => Some(*d),
            Kind::String(s) => s.get(..10).unwrap_or(s).parse().ok().or_else(|| {
                problems.add(
                    Diagnostic::new(Code::InvalidValue, problems.file(), format!("`{s}` is not a date"))
                        .at(value.span)
                        .help("write it as 2025-01-10"),
                );
                None
            }),
            _ => wrong_type(value, "a date such as 2025-01-10", problems),
        }
    }
}

impl Decode for Table {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::Table(t) => Some(t.clone()),
            _ => wrong_type(value, "a table", problems),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl Decode for Value {
    fn decode(value: &Value, _: &mut Problems) -> Option<Self> {
        Some(value.clone())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        T::decode(value, problems).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        T::decode(value, problems).map(|v| Spanned::new(v, value.span))
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::Array(items) => Some(items.iter().filter_map(|item| T::decode(item, problems)).collect()),
            Kind::Table(_) => {
                problems.add(
                    Diagnostic::new(Code::WrongType, problems.file(), "expected a list, found a table")
                        .at(value.span)
                        .label("not a list")
                        .help(
                            "in TOML each table of a list begins with its name in double brackets, as `[[stages]]` does; \
                             a list of other values stands in brackets: `[\"a\", \"b\"]`",
                        ),
                );
                None
            }
            _ => wrong_type(value, "a list", problems),
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

/// A list of at most so many: each of its items is a page of the output, and costs as much.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Few<T, const MOST: usize>(pub Vec<T>);

impl<T, const MOST: usize> std::ops::Deref for Few<T, MOST> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Decode, const MOST: usize> Decode for Few<T, MOST> {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        if let Kind::Array(items) = &value.kind
            && items.len() > MOST
        {
            let message = format!("this list has {} items; it may have {MOST}", items.len());
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), message)
                    .at(value.span)
                    .help("leave some out"),
            );
            return None;
        }
        Vec::decode(value, problems).map(Self)
    }

    fn absent() -> Option<Self> {
        Some(Self(Vec::new()))
    }
}

/// Words to find something by; there is a page for each.
pub type Tags = Few<String, 100>;

/// Old URLs; each is a file of the output.
pub type Aliases = Few<Spanned<String>, 1000>;

impl<T: JsonSchema, const MOST: usize> JsonSchema for Few<T, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Few_{MOST}_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<T>();
        json_schema!({ "type": "array", "items": items, "maxItems": MOST })
    }
}

/// A table with keys of the author's choosing, in the order they were written.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entries<T>(pub Vec<(Key, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Entries<T> {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::Table(table) => Some(Self(
                table
                    .0
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), T::decode(value, problems)?)))
                    .collect(),
            )),
            _ => wrong_type(value, "a table", problems),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

macro_rules! schemas {
    ($($type:ty, $name:literal, $schema:tt;)+) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

schemas! {
    Table, "Table", { "type": "object" };
    Day, "Date", { "type": "string", "format": "date" };
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}
