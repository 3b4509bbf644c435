//! JSON Schemas of the files users write, made from the types that read them.

use crate::config::Settings;
use crate::content::framework::written::{DimensionFile, FrameworkFile};
use crate::content::front_matter::{FrontMatter, PlaybookFrontMatter, TextFrontMatter};
use crate::content::glossary::GlossaryFile;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// guidepost.toml
    Config,
    /// content/frameworks/NAME/framework.toml
    Framework,
    /// The other TOML files beside it
    Dimension,
    /// The keys above a guide or any other page
    FrontMatter,
    /// The keys above a playbook
    Playbook,
    /// The keys above a text that belongs to a framework
    Text,
    /// content/glossary.toml
    Glossary,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Config,
        Self::Framework,
        Self::Dimension,
        Self::FrontMatter,
        Self::Playbook,
        Self::Text,
        Self::Glossary,
    ];

    /// The name of the schema's file in `schemas/`.
    pub fn file(self) -> &'static str {
        match self {
            Self::Config => "config.json",
            Self::Framework => "framework.json",
            Self::Dimension => "dimension.json",
            Self::FrontMatter => "front-matter.json",
            Self::Playbook => "playbook.json",
            Self::Text => "text.json",
            Self::Glossary => "glossary.json",
        }
    }

    /// The schema, by the 2020-12 draft.
    pub fn schema(self) -> Value {
        let mut schema = self.with_nulls();
        drop_nulls(&mut schema);
        schema
    }

    fn with_nulls(self) -> Value {
        let generator = || SchemaGenerator::new(SchemaSettings::draft2020_12());
        let closed = |mut schema: Schema| {
            schema.insert("additionalProperties".to_owned(), false.into());
            schema.to_value()
        };
        // Editors' directive for the schema itself is a comment in TOML, so no key is needed for it.
        match self {
            Self::Config => generator().into_root_schema_for::<Settings>().to_value(),
            Self::Framework => generator().into_root_schema_for::<FrameworkFile>().to_value(),
            Self::Dimension => generator().into_root_schema_for::<DimensionFile>().to_value(),
            Self::FrontMatter => closed(generator().into_root_schema_for::<FrontMatter>()),
            Self::Text => generator().into_root_schema_for::<TextFrontMatter>().to_value(),
            Self::Glossary => generator().into_root_schema_for::<GlossaryFile>().to_value(),
            Self::Playbook => {
                let mut schema = generator().into_root_schema_for::<PlaybookFrontMatter>().to_value();
                let page = generator().into_root_schema_for::<FrontMatter>().to_value();
                for part in ["properties", "$defs"] {
                    let mut merged =
                        page.get(part).and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
                    if let Some(own) = schema.get(part).and_then(Value::as_object) {
                        merged.extend(own.clone());
                    }
                    if !merged.is_empty() {
                        schema[part] = merged.into();
                    }
                }
                schema
            }
        }
    }

    /// The schema as a file holds it.
    pub fn text(self) -> String {
        pretty(&self.schema())
    }
}

/// An optional key may be left out; neither TOML nor our reading of YAML has a null to write instead.
fn drop_nulls(value: &mut Value) {
    let is_null = |v: &Value| v == "null" || v.get("type").is_some_and(|t| t == "null");
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|t| !is_null(t));
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(options)) = map.get_mut("anyOf") {
                options.retain(|o| !is_null(o));
                if let [Value::Object(only)] = options.as_slice() {
                    let only = only.clone();
                    map.remove("anyOf");
                    map.extend(only);
                }
            }
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// All schemas in one object, by the names of their kinds.
pub fn all() -> String {
    let all: Map<String, Value> =
        Kind::ALL.iter().map(|k| (k.file().trim_end_matches(".json").to_owned(), k.schema())).collect();
    pretty(&all.into())
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
