//! A text in Markdown under a key, as it was written: read by `TextReader`, which knows what it holds.

use super::decode::{Decode, wrong_type};
use super::value::{Kind, Value};
use crate::diagnostics::Problems;
use crate::span::Span;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;

/// A text in Markdown that is not read yet. A plain text is a `String`, into which variables are put as it is decoded;
/// here they are put in after the markup is read, so that a value is never markup.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Written {
    /// The text.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

impl Decode for Written {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::String(text) => Some(Self { value: text.clone(), span: value.span }),
            _ => wrong_type(value, "a string", problems),
        }
    }
}

impl JsonSchema for Written {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
