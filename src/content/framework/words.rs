//! `[words]`: what a framework calls things, and phrases that it says in its own way.

use crate::content::decode::{Decode, wrong_type};
use crate::content::texts;
use crate::content::value::{Kind, Value};
use crate::diagnostics::Problems;
use crate::texts::Layer;
use crate::texts::words::Noun;
use std::borrow::Cow;

/// A framework's words.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Words(pub Layer);

impl Decode for Words {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        match &value.kind {
            Kind::Table(table) => Some(Self(texts::words(table, problems))),
            _ => wrong_type(value, "a table", problems),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl schemars::JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let forms = serde_json::json!({
            "type": "object",
            "additionalProperties": { "type": "string" },
            "required": ["other"],
        });
        let pair = serde_json::json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 });
        let word = |noun: &Noun| {
            let description = format!("What readers see in place of {} and {}.", noun.id(), noun.several());
            let word = serde_json::json!({ "description": description, "anyOf": [pair, forms] });
            (noun.id().to_owned(), word)
        };
        let nouns: serde_json::Map<String, serde_json::Value> = Noun::ALL.iter().map(word).collect();
        schemars::json_schema!({
            "type": "object",
            "properties": nouns,
            "additionalProperties": { "anyOf": [{ "type": "string" }, forms] },
        })
    }
}
