//! Interface texts: every word a reader sees that no author wrote, by its key.
//!
//! They stand in `themes/default/i18n/en.toml` and nowhere else. A theme, a site and a framework's `[words]` each lay a
//! [`Layer`] over them that names only what it changes; the result is a vocabulary that views, templates and scripts share.

pub mod plural;
pub mod text;
pub mod words;

use plural::{Form, Rules};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write};
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, OnceLock};
use text::{Piece, Text};
use words::{Forms, Noun, Use};
use xxhash_rust::xxh3::Xxh3;

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("../themes/default/i18n/en.toml")).unwrap_or_default();
    let texts = written.texts.into_iter().map(|(key, text)| (key, text.into())).collect();
    Texts { rules: Rules::of("en"), words: written.words, by_key: texts, digest: OnceLock::new() }
});

/// The embedded file as it is written.
#[derive(Default, Deserialize)]
struct Written {
    words: BTreeMap<Noun, Forms>,
    #[serde(flatten)]
    texts: BTreeMap<String, text::Written>,
}

/// What a theme, a site or a framework says in other words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Layer {
    /// Its nouns.
    pub words: BTreeMap<Noun, Forms>,
    /// Its texts, by their keys.
    pub texts: BTreeMap<String, Text>,
}

impl Layer {
    /// Does it change nothing?
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.texts.is_empty()
    }
}

/// All interface texts in one vocabulary.
#[derive(Clone, Debug)]
pub struct Texts {
    rules: Rules,
    words: BTreeMap<Noun, Forms>,
    by_key: BTreeMap<String, Text>,
    /// Of all of them: every page's key asks for it.
    digest: OnceLock<u128>,
}

impl Hash for Texts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let digest = self.digest.get_or_init(|| {
            let mut hasher = Xxh3::new();
            (self.rules.language(), &self.words, &self.by_key).hash(&mut hasher);
            hasher.digest128()
        });
        digest.hash(state);
    }
}

/// Why a text cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// There is no such text.
    #[error("there is no interface text `{0}`")]
    Key(String),
    /// Nobody said what stands in the place of a placeholder.
    #[error("the interface text `{0}` needs a value for `{{{1}}}`")]
    Value(String, String),
}

/// A part of a text as it is written.
#[derive(Clone, Copy, Debug)]
pub enum Part<'t> {
    /// The text's own words.
    Words(&'t str),
    /// The value of a placeholder, by its name.
    Value(&'t str),
}

/// What stands in the places of placeholders.
pub type Values<'v> = [(&'v str, &'v dyn Display)];

impl Texts {
    /// The embedded texts.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The embedded texts, with the plural rules of a language (BCP 47).
    pub fn in_language(language: &str) -> Self {
        Self { rules: Rules::of(language), digest: OnceLock::new(), ..ENGLISH.clone() }
    }

    /// The language whose plural rules these are.
    pub fn language(&self) -> &str {
        self.rules.language()
    }

    /// The same with some of it said in other words.
    #[must_use]
    pub fn with(&self, layer: &Layer) -> Self {
        let mut all = Self { digest: OnceLock::new(), ..self.clone() };
        all.words.extend(layer.words.iter().map(|(noun, forms)| (*noun, forms.clone())));
        all.by_key.extend(layer.texts.iter().map(|(key, text)| (key.clone(), text.clone())));
        all
    }

    /// All keys, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }

    /// What a text's placeholders are, words left out; nothing where there is no such text.
    pub fn placeholders(&self, key: &str) -> Option<BTreeSet<&str>> {
        Some(self.by_key.get(key)?.placeholders())
    }

    /// A text without placeholders.
    pub fn get(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A text with its placeholders filled in; where it counts, `n` decides its form. What is missing shows as it is
    /// written, which breaks no page.
    pub fn fill(&self, key: &str, values: &Values<'_>) -> String {
        let written = self.write(key, count(values), &mut |part, out| match part {
            Part::Words(words) => write!(out, "{words}").is_ok(),
            Part::Value(name) => match find(values, name) {
                Some(value) => write!(out, "{value}").is_ok(),
                None => write!(out, "{{{name}}}").is_ok(),
            },
        });
        written.unwrap_or_else(|_| key.to_owned())
    }

    /// Writes a text of which `n` decides the form. `put` writes its parts, and says of a value whether there is one.
    ///
    /// # Errors
    /// When there is no such text, or no value for one of its placeholders.
    pub fn write(
        &self,
        key: &str,
        n: Option<u64>,
        put: &mut dyn FnMut(Part<'_>, &mut String) -> bool,
    ) -> Result<String, Missing> {
        let text = self.by_key.get(key).ok_or_else(|| Missing::Key(key.to_owned()))?;
        let form = n.map_or(Form::Other, |n| self.rules.form(n));
        let mut out = String::new();
        for piece in text.pieces(form) {
            match piece {
                Piece::Literal(literal) => drop(put(Part::Words(literal), &mut out)),
                Piece::Word(word) => drop(put(Part::Words(&self.word(*word, form)), &mut out)),
                Piece::Value(name) if put(Part::Value(name), &mut out) => {}
                Piece::Value(name) => return Err(Missing::Value(key.to_owned(), name.clone())),
            }
        }
        Ok(out)
    }

    /// The forms of a text with its words filled in and its other placeholders as they are written: one for each
    /// form of the language that it has, or a single one.
    pub fn forms(&self, key: &str) -> BTreeMap<Form, String> {
        let Some(text) = self.by_key.get(key) else { return BTreeMap::new() };
        let write = |form: Form| {
            let pieces = text.pieces(form).iter().map(|piece| match piece {
                Piece::Literal(literal) => literal.clone(),
                Piece::Word(word) => self.word(*word, form),
                Piece::Value(name) => format!("{{{name}}}"),
            });
            (form, pieces.collect())
        };
        text.forms().map(write).collect()
    }

    /// A word as it stands in a text of one form.
    fn word(&self, word: Use, form: Form) -> String {
        let forms = self.words.get(&word.noun);
        let found = forms.map_or(word.noun.id(), |forms| {
            // One of them is never several, whatever else the text counts.
            if word.plural { forms.several(form) } else { forms.one() }
        });
        if word.capital { capitalised(found) } else { found.to_owned() }
    }
}

fn find<'v>(values: &Values<'v>, name: &str) -> Option<&'v dyn Display> {
    values.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
}

/// The number that decides a text's form.
fn count(values: &Values<'_>) -> Option<u64> {
    find(values, "n")?.to_string().parse().ok()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::words::{Forms, Noun};
    use super::{Layer, Missing, Texts};

    fn levels() -> Texts {
        let mut layer = Layer::default();
        layer.words.insert(Noun::Stage, Forms::pair("level", "levels"));
        layer.texts.insert("build-now".to_owned(), "Do this {stage}".into());
        Texts::english().with(&layer)
    }

    #[test]
    fn placeholders_are_filled_in() {
        assert_eq!(Texts::english().fill("changed-since", &[("title", &"POC")]), "Changed since POC");
        assert_eq!(Texts::english().get("no-such-key"), "no-such-key");
        assert_eq!(Texts::english().get("changed-since"), "Changed since {title}");
        let missing = Texts::english().write("changed-since", None, &mut |_, _| false);
        assert_eq!(missing, Err(Missing::Value("changed-since".to_owned(), "title".to_owned())));
    }

    #[test]
    fn what_counts_agrees_with_the_number() {
        let english = Texts::english();
        for (n, text) in [(0, "0 pages"), (1, "1 page"), (2, "2 pages")] {
            assert_eq!(english.fill("page-count", &[("n", &n)]), text);
        }
    }

    #[test]
    fn words_take_the_place_of_ours() {
        assert_eq!(Texts::english().get("stages"), "The stages");
        assert_eq!(levels().get("stages"), "The levels");
        assert_eq!(levels().get("build-now"), "Do this level");
        assert_eq!(levels().get("stage-column"), "Level");
    }

    #[test]
    fn a_language_has_forms_of_its_own() {
        let mut layer = Layer::default();
        let stage = [("one", "etap"), ("few", "etapy"), ("other", "etapów")];
        layer.words.insert(Noun::Stage, Forms::of(&stage));
        layer.texts.insert("stage-count".to_owned(), "{n} {stages}".into());
        let polish = Texts::in_language("pl").with(&layer);
        for (n, text) in [(1, "1 etapów"), (3, "3 etapy"), (5, "5 etapów")] {
            assert_eq!(polish.fill("stage-count", &[("n", &n)]), text);
        }
        assert_eq!(polish.get("stage-column"), "Etap");
    }
}
