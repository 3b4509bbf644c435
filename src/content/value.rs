//! TOML and YAML as one tree in which every key and value knows its place.
//!
//! Both notations end in the same [`Value`], so the typed records above never ask which one was written.

mod limits;
pub(crate) mod toml;
pub(crate) mod yaml;

use crate::span::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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

macro_rules! values {
    ($($type:ty => $kind:ident;)+) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self { span: Span::default(), kind: Kind::$kind(value.into()) }
            }
        }
    )+};
}

values! {
    &str => String;
    i64 => Integer;
    bool => Bool;
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
