//! [`record!`](crate::record) writes a struct and its reader from one list of fields: unknown keys get a "did you
//! mean", missing and mistyped ones their place, and doc comments and defaults serve readers and schemas alike.

use super::Decode;
use crate::content::value::{Key, Table, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{SourcePath, Span};
use schemars::{Schema, json_schema};

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
            let unknown = unknown_key(key, what, known, problems);
            problems.add(unknown);
        }
    }
}

/// The diagnostic of a key that is not among `known`.
pub fn unknown_key(key: &Key, what: &str, known: &[&str], problems: &mut Problems) -> Diagnostic {
    let help = problems.suggest(&key.name, "keys", known.iter().copied());
    let message = format!("`{}` is not a key of {what}", key.name);
    Diagnostic::new(Code::UnknownKey, problems.file(), message).at(key.span).label("unknown key").help(help)
}

/// Reads one field of a record. `default` is what an author would have written.
#[doc(hidden)]
pub fn field<T: Decode>(
    table: &Table,
    (name, default): (&str, Option<Value>),
    (owner, what): (Span, &str),
    problems: &mut Problems,
) -> Option<T> {
    let written = table.get(name);
    let read = written.and_then(|value| T::decode(value, problems)).or_else(|| absent(default));
    if read.is_none() && written.is_none() {
        problems.add(
            Diagnostic::new(Code::MissingKey, problems.file(), format!("{what} has no `{name}`"))
                .at(owner.beginning())
                .help(format!("add `{name} = ...`")),
        );
    }
    read
}

/// What stands in for a key that is not written.
#[doc(hidden)]
pub fn absent<T: Decode>(default: Option<Value>) -> Option<T> {
    match default {
        Some(value) => T::decode(&value, &mut Problems::new(&SourcePath::new("defaults"))),
        None => T::absent(),
    }
}

/// Declares records: structs that are read from TOML or YAML tables, field by field, by their own names, and
/// that know their JSON Schema.
///
/// `record! { /// doc \n pub struct Name ("what a message calls it") { /// doc \n field: Type, } }`.
/// `field: Type = default,` gives the value that stands in when the key is not written, in an author's notation;
/// a record of which every key can be left out can be left out itself.
/// A last entry `..name` keeps undeclared keys for a later check instead of reporting them.
#[macro_export]
macro_rules! record {
    ($($(#[doc = $doc:literal])* pub struct $name:ident ($what:literal) {
        $($(#[doc = $field_doc:literal])* $field:ident: $type:ty $(= $default:expr)?,)*
        $(..$rest:ident)?
    })+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
            $(#[doc = "Keys that are not its own."] pub $rest: $crate::content::decode::record::Undeclared,)?
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
                $(let $field = $crate::content::decode::record::field::<$type>(
                    &table,
                    (stringify!($field), $crate::record!(@default $($default)?)),
                    (value.span, $what),
                    problems,
                );)*
                $crate::record!(@rest table problems $name $what $($rest)?);
                Some(Self {
                    $($field: $field?,)*
                    $($rest,)?
                })
            }

            fn absent() -> Option<Self> {
                Some(Self {
                    $($field: $crate::content::decode::record::absent($crate::record!(@default $($default)?))?,)*
                    $($rest: $crate::content::decode::record::Undeclared::default(),)?
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
                $crate::content::decode::record::schema(concat!($($doc),*), open, vec![$((
                    stringify!($field),
                    concat!($($field_doc),*),
                    generator.subschema_for::<$type>(),
                    $crate::record!(@default $($default)?),
                    $crate::content::decode::record::absent::<$type>($crate::record!(@default $($default)?)).is_none(),
                ),)*])
            }
        }
    )+};
    (@default) => { None };
    (@default $default:expr) => { Some($crate::content::value::Value::from($default)) };
    (@rest $table:ident $problems:ident $name:ident $what:literal) => {
        $crate::content::decode::record::unknown_keys($table.0.iter().map(|(key, _)| key), $what, $name::KEYS, $problems);
    };
    (@rest $table:ident $problems:ident $name:ident $what:literal $rest:ident) => {
        let $rest = $crate::content::decode::record::Undeclared(
            $table.0.into_iter().filter(|(key, _)| !$name::KEYS.contains(&key.name.as_str())).collect(),
        );
    };
}

/// The JSON Schema of a record; each field is its name, description, schema, default, and whether it must be there.
#[doc(hidden)]
pub fn schema(doc: &str, open: bool, fields: Vec<(&str, &str, Schema, Option<Value>, bool)>) -> Schema {
    let required: Vec<&str> = fields.iter().filter(|f| f.4).map(|f| f.0).collect();
    let properties: serde_json::Map<String, serde_json::Value> = fields
        .into_iter()
        .map(|(name, doc, mut schema, default, _)| {
            schema.insert("description".to_owned(), doc.trim().into());
            if let Some(default) = default {
                schema.insert("default".to_owned(), default.to_json());
            }
            (name.to_owned(), schema.to_value())
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
