//! A text: plain, or in the forms of a language's plural, with `{placeholders}`.

use super::plural::Form;
use super::words::Use;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// Its forms beside the one that all numbers without a form of their own take.
    forms: BTreeMap<Form, Vec<Piece>>,
    other: Vec<Piece>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Piece {
    /// Stands as it is.
    Literal(String),
    /// A framework's word for something.
    Word(Use),
    /// What the page fills in, by its name.
    Value(String),
}

/// A text as the embedded file has it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Written {
    Plain(String),
    Forms(BTreeMap<Form, String>),
}

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        match written {
            Written::Plain(text) => text.as_str().into(),
            Written::Forms(forms) => Self::counting(&forms),
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { forms: BTreeMap::new(), other: pieces(text) }
    }
}

impl Text {
    /// A text that counts. Without `other` it says nothing where no form fits.
    pub fn counting(forms: &BTreeMap<Form, String>) -> Self {
        let mut forms: BTreeMap<Form, Vec<Piece>> =
            forms.iter().map(|(form, text)| (*form, pieces(text))).collect();
        Self { other: forms.remove(&Form::Other).unwrap_or_default(), forms }
    }

    /// What it says in a form.
    pub fn pieces(&self, form: Form) -> &[Piece] {
        self.forms.get(&form).unwrap_or(&self.other)
    }

    /// The forms it has.
    pub fn forms(&self) -> impl Iterator<Item = Form> {
        self.forms.keys().copied().chain([Form::Other])
    }

    /// The names of what pages fill in.
    pub fn placeholders(&self) -> BTreeSet<&str> {
        let pieces = self.forms.values().flatten().chain(&self.other);
        pieces
            .filter_map(|piece| if let Piece::Value(name) = piece { Some(name.as_str()) } else { None })
            .collect()
    }
}

/// A text in pieces. A brace that no other closes stands as it is.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        if !before.is_empty() {
            found.push(Piece::Literal(before.to_owned()));
        }
        found.push(Use::named(name).map_or_else(|| Piece::Value(name.to_owned()), Piece::Word));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Literal(rest.to_owned()));
    }
    found
}
