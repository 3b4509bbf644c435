//! The nouns that a framework may rename, and where texts use them: `{stage}`, `{stages}`, `{Stage}`, `{Stages}`.

use super::plural::Form;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! nouns {
    ($($name:ident = $one:literal, $several:literal;)+) => {
        /// What a framework may have another word for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[allow(missing_docs)] // the terms of the format
        pub enum Noun { $($name,)+ }

        impl Noun {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its name in files, and as a placeholder for one of them.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $one,)+ }
            }

            /// The placeholder for several.
            pub fn several(self) -> &'static str {
                match self { $(Self::$name => $several,)+ }
            }
        }
    };
}

nouns! {
    Stage = "stage", "stages";
    Dimension = "dimension", "dimensions";
    Aspect = "aspect", "aspects";
    Activity = "activity", "activities";
    Group = "group", "groups";
}

/// A word for something, in the forms of a language's plural.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Forms(BTreeMap<Form, String>);

impl Forms {
    /// For one and for several.
    pub fn pair(one: &str, several: &str) -> Self {
        Self([(Form::One, one.to_owned()), (Form::Other, several.to_owned())].into())
    }

    /// By the names of their forms.
    pub fn of(forms: &[(&str, &str)]) -> Self {
        Self(forms.iter().filter_map(|(name, word)| Some((Form::named(name)?, (*word).to_owned()))).collect())
    }

    /// For one.
    pub fn one(&self) -> &str {
        self.0.get(&Form::One).map_or_else(|| self.other(), String::as_str)
    }

    /// For as many as a form is for.
    pub fn several(&self, form: Form) -> &str {
        self.0.get(&form).filter(|_| form != Form::One).map_or_else(|| self.other(), String::as_str)
    }

    fn other(&self) -> &str {
        self.0.get(&Form::Other).map_or("", String::as_str)
    }
}

/// A noun in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Use {
    /// Which one.
    pub noun: Noun,
    /// Several are meant.
    pub plural: bool,
    /// It begins with a capital.
    pub capital: bool,
}

impl Use {
    /// What a placeholder means, if it is one of a noun.
    pub fn named(placeholder: &str) -> Option<Self> {
        let lower = placeholder.to_ascii_lowercase();
        let rest_is_lower = placeholder.get(1..) == lower.get(1..);
        let noun = Noun::ALL.iter().find(|noun| noun.id() == lower || noun.several() == lower)?;
        rest_is_lower.then_some(Self {
            noun: *noun,
            plural: noun.several() == lower,
            capital: placeholder.starts_with(|c: char| c.is_ascii_uppercase()),
        })
    }
}
