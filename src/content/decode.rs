//! From a [`Value`] tree to typed records, with every problem reported and not only the first.
//!
//! [`record!`](crate::record) writes a struct and its reader from one list of fields: unknown keys get a
//! "did you mean", missing and mistyped ones their place, and the doc comments serve readers and schemas alike.

use super::value::{Key, Kind, Table, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{Span, Spanned};
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
    problems.add(
        Diagnostic::new(
            Code::WrongType,
            problems.file(),
            format!("expected {expected}, found {}", value.type_name()),
        )
        .at(value.span)
        .label(format!("not {expected}")),
    );
    None
}

impl Decode for String {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
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
            problems.add(
                Diagnostic::new(
                    Code::InvalidValue,
                    problems.file(),
                    format!("this list has {} items; it may have {MOST}", items.len()),
                )
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

/// Keys that a record does not know itself; a framework may have declared them as its own fields.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Undeclared(pub Vec<(Key, Value)>);

/// Reports keys that are not among `known`.
pub fn unknown_keys<'a>(
    table: impl IntoIterator<Item = &'a Key>,
    what: &str,
    known: &[&str],
    problems: &mut Problems,
) {
    for key in table {
        if !known.contains(&key.name.as_str()) {
            let help = problems.suggest(&key.name, "keys", known.iter().copied());
            problems.add(
                Diagnostic::new(
                    Code::UnknownKey,
                    problems.file(),
                    format!("`{}` is not a key of {what}", key.name),
                )
                .at(key.span)
                .label("unknown key")
                .help(help),
            );
        }
    }
}

/// Reads one field of a record.
#[doc(hidden)]
pub fn field<T: Decode>(
    table: &Table,
    name: &str,
    owner: Span,
    what: &str,
    problems: &mut Problems,
) -> Option<T> {
    match table.get(name) {
        Some(value) => T::decode(value, problems).or_else(T::absent),
        None => T::absent().or_else(|| {
            problems.add(
                Diagnostic::new(Code::MissingKey, problems.file(), format!("{what} has no `{name}`"))
                    .at(Span::new(owner.start as usize, owner.start as usize))
                    .help(format!("add `{name} = ...`")),
            );
            None
        }),
    }
}

/// Declares records: structs that are read from TOML or YAML tables, field by field, by their own names, and
/// that know their JSON Schema.
///
/// `record! { /// doc \n pub struct Name ("what a message calls it") { /// doc \n field: Type, } }`.
/// A last entry `..name` keeps undeclared keys for a later check instead of reporting them.
#[macro_export]
macro_rules! record {
    ($($(#[doc = $doc:literal])* pub struct $name:ident ($what:literal) {
        $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)*
        $(..$rest:ident)?
    })+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
            $(#[doc = "Keys that are not its own."] pub $rest: $crate::content::decode::Undeclared,)?
        }

        impl $name {
            /// The keys it has, in the order they are declared.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($field),)*];
        }

        impl $crate::content::decode::Decode for $name {
            fn decode(
                value: &$crate::content::value::Value,
                problems: &mut $crate::diagnostics::Problems,
            ) -> Option<Self> {
                let table = <$crate::content::value::Table as $crate::content::decode::Decode>::decode(value, problems)?;
                $(let $field = $crate::content::decode::field::<$type>(
                    &table, stringify!($field), value.span, $what, problems,
                );)*
                $crate::record!(@rest table problems $name $what $($rest)?);
                Some(Self {
                    $($field: $field?,)*
                    $($rest,)?
                })
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                #[allow(unused_mut, unused_assignments)]
                let mut open = false;
                $(open = true; let _ = stringify!($rest);)?
                $crate::content::decode::record_schema(concat!($($doc),*), open, vec![$((
                    stringify!($field),
                    concat!($($field_doc),*),
                    generator.subschema_for::<$type>(),
                    <$type as $crate::content::decode::Decode>::absent().is_none(),
                ),)*])
            }
        }
    )+};
    (@rest $table:ident $problems:ident $name:ident $what:literal) => {
        $crate::content::decode::unknown_keys($table.0.iter().map(|(key, _)| key), $what, $name::KEYS, $problems);
    };
    (@rest $table:ident $problems:ident $name:ident $what:literal $rest:ident) => {
        let $rest = $crate::content::decode::Undeclared(
            $table.0.into_iter().filter(|(key, _)| !$name::KEYS.contains(&key.name.as_str())).collect(),
        );
    };
}

/// The JSON Schema of a record; each field is its name, description, schema, and whether it must be there.
#[doc(hidden)]
pub fn record_schema(doc: &str, open: bool, fields: Vec<(&str, &str, Schema, bool)>) -> Schema {
    let required: Vec<&str> = fields.iter().filter(|f| f.3).map(|f| f.0).collect();
    let properties: serde_json::Map<String, serde_json::Value> = fields
        .iter()
        .map(|(name, doc, schema, _)| {
            let mut schema = schema.clone();
            schema.insert("description".to_owned(), doc.trim().into());
            ((*name).to_owned(), schema.to_value())
        })
        .collect();
    let mut schema = json_schema!({ "type": "object", "description": doc.trim(), "properties": properties });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    // Frameworks declare keys of their own, which only a build can check.
    schema.insert("additionalProperties".to_owned(), open.into());
    schema
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

/// Declares choices: enums that are read from one of a few words.
#[macro_export]
macro_rules! choice {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// The words, in the order they are declared.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": Self::WORDS })
            }
        }

        impl $crate::content::decode::Decode for $name {
            fn decode(
                value: &$crate::content::value::Value,
                problems: &mut $crate::diagnostics::Problems,
            ) -> Option<Self> {
                let word = <String as $crate::content::decode::Decode>::decode(value, problems)?;
                match word.as_str() {
                    $($word => Some(Self::$variant),)+
                    _ => {
                        let help = problems.suggest(&word, "choices", Self::WORDS.iter().copied());
                        problems.add($crate::diagnostics::Diagnostic::new($crate::diagnostics::Code::InvalidValue, problems.file(), format!("`{word}` is not a choice here")).at(value.span).help(help));
                        None
                    }
                }
            }
        }
    )+};
}
