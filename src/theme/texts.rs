//! The interface texts that a theme's scripts need, as a script of its own for each vocabulary: a policy without
//! `unsafe-inline` allows it, every page shares it, and it works from a disk too, where modules do not.

use super::{Theme, published};
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::texts::Texts;
use crate::texts::plural::Form;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How a script asks for a text.
const CALL: &str = "phrase(\"";

impl Theme {
    /// Publishes the texts of a site's vocabularies for its scripts.
    pub fn speak(&mut self, vocabularies: &[Texts]) {
        let keys = self.phrases();
        for texts in vocabularies {
            let script = script(texts, &keys);
            let path = published("texts.js", Hash::of(script.as_bytes()));
            if let Ok(output) = OutputPath::new(&path) {
                self.assets.insert(output, script.into_bytes());
            }
            self.names.texts.push(path);
        }
    }

    /// The keys of all texts that its scripts ask for.
    fn phrases(&self) -> BTreeSet<String> {
        let scripts = self.assets.iter().filter(|(path, _)| path.as_str().ends_with(".js"));
        let calls = scripts.flat_map(|(_, script)| {
            let script = String::from_utf8_lossy(script).into_owned();
            let keys = script.split(CALL).skip(1).filter_map(|rest| rest.split_once('"'));
            keys.map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        });
        calls.collect()
    }
}

/// Texts as scripts find them, in a global of the page.
fn script(texts: &Texts, keys: &BTreeSet<String>) -> String {
    let table: serde_json::Map<String, Value> = keys
        .iter()
        .map(|key| {
            let forms = texts.forms(key);
            let value = match forms.get(&Form::Other) {
                Some(only) if forms.len() == 1 => only.as_str().into(),
                _ => forms
                    .iter()
                    .map(|(form, text)| (form.name().to_owned(), Value::from(text.as_str())))
                    .collect(),
            };
            (key.clone(), value)
        })
        .collect();
    format!("globalThis.guidepost = {};\n", json!({ "language": texts.language(), "texts": table }))
}
