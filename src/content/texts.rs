//! Interface texts in other words: `i18n/en.toml` of a theme and of a site, and the `[words]` of a framework.
//!
//! All three name only what they change, by the keys and with the placeholders of the embedded texts.

use super::byte_size::ByteSize;
use super::decode::wrong_type;
use super::value::{Key, Kind, Table, Value, toml};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::SourceFile;
use crate::texts::plural::Form;
use crate::texts::text::Text;
use crate::texts::words::{Forms, Noun};
use crate::texts::{Layer, Texts};
use std::collections::{BTreeMap, BTreeSet};

/// The key of the nouns in a file of texts.
const WORDS: &str = "words";

/// The texts of a site in a language (BCP 47): the embedded ones, and over them those of the files, in order.
pub fn read<'a>(
    language: &str,
    files: impl IntoIterator<Item = &'a SourceFile>,
    limit: ByteSize,
) -> (Texts, Vec<Diagnostic>) {
    let mut texts = Texts::in_language(language);
    let mut diagnostics = Vec::new();
    for file in files {
        if file.size > limit.0 {
            diagnostics.push(limit.exceeded(&file.path, file.size));
        } else if let Some(text) = file.text() {
            let mut problems = Problems::new(&file.path);
            let Value { kind: Kind::Table(table), .. } = toml::parse_file(text, &mut problems) else {
                continue;
            };
            texts = texts.with(&layer(&table, &mut problems));
            diagnostics.extend(problems.finish());
        } else {
            let message = "the interface texts are not UTF-8";
            diagnostics
                .push(Diagnostic::new(Code::InvalidUtf8, &file.path, message).help("save it as UTF-8"));
        }
    }
    (texts, diagnostics)
}

fn layer(table: &Table, problems: &mut Problems) -> Layer {
    let mut layer = Layer::default();
    for (key, value) in &table.0 {
        if key.name != WORDS {
            layer.texts.extend(text(key, value, &[WORDS], problems));
            continue;
        }
        let Kind::Table(words) = &value.kind else {
            wrong_type::<()>(value, "a table", problems);
            continue;
        };
        for (key, value) in &words.0 {
            match noun(&key.name) {
                Some(noun) => layer.words.extend(forms(value, problems).map(|forms| (noun, forms))),
                None => unknown_key(
                    key,
                    "not a word that interface texts use",
                    Noun::ALL.iter().map(|n| n.id()),
                    problems,
                ),
            }
        }
    }
    layer
}

/// Reads the `[words]` of a framework: nouns and texts beside each other.
pub fn words(table: &Table, problems: &mut Problems) -> Layer {
    let mut layer = Layer::default();
    let nouns: Vec<&str> = Noun::ALL.iter().map(|noun| noun.id()).collect();
    for (key, value) in &table.0 {
        match noun(&key.name) {
            Some(noun) => layer.words.extend(forms(value, problems).map(|forms| (noun, forms))),
            None => layer.texts.extend(text(key, value, &nouns, problems)),
        }
    }
    layer
}

fn noun(name: &str) -> Option<Noun> {
    Noun::ALL.iter().copied().find(|noun| noun.id() == name)
}

/// A noun's forms: `["level", "levels"]`, or a table of plural forms.
fn forms(value: &Value, problems: &mut Problems) -> Option<Forms> {
    if let Kind::Array(items) = &value.kind {
        let words: Vec<&str> = items
            .iter()
            .filter_map(|item| if let Kind::String(word) = &item.kind { Some(word.trim()) } else { None })
            .collect();
        return match words.as_slice() {
            [one, several] if items.len() == 2 && !one.is_empty() && !several.is_empty() => {
                Some(Forms::pair(one, several))
            }
            _ => invalid(value, "a word is written for one and for several", problems),
        };
    }
    let forms = plural(value, "a list of two strings, or a table of plural forms", problems)?;
    if forms.values().any(|word| word.trim().is_empty()) {
        return invalid(value, "a word is empty", problems);
    }
    let forms: Vec<(&str, &str)> = forms.iter().map(|(form, word)| (form.name(), word.trim())).collect();
    Some(Forms::of(&forms))
}

fn invalid<T>(value: &Value, message: &str, problems: &mut Problems) -> Option<T> {
    let problem = Diagnostic::new(Code::InvalidValue, problems.file(), message);
    problems.add(problem.at(value.span).help("write it as `stage = [\"level\", \"levels\"]`"));
    None
}

/// A table of plural forms; the one that all other numbers take has to be there.
fn plural(value: &Value, expected: &str, problems: &mut Problems) -> Option<BTreeMap<Form, String>> {
    let Kind::Table(table) = &value.kind else { return wrong_type(value, expected, problems) };
    let mut forms = BTreeMap::new();
    for (key, value) in &table.0 {
        match (Form::named(&key.name), &value.kind) {
            (Some(form), Kind::String(text)) => drop(forms.insert(form, text.clone())),
            (Some(_), _) => wrong_type::<()>(value, "a string", problems).unwrap_or_default(),
            (None, _) => {
                unknown_key(key, "not a plural form of CLDR", Form::ALL.map(Form::name), problems);
            }
        }
    }
    if !forms.contains_key(&Form::Other) {
        let message = "there is no form `other`, which all numbers take that have no form of their own";
        let problem = Diagnostic::new(Code::MissingKey, problems.file(), message);
        problems.add(problem.at(value.span.beginning()).help("add `other = \"...\"`"));
        return None;
    }
    Some(forms)
}

/// A text that takes the place of one of ours. `beside` are keys that may stand there too.
fn text(key: &Key, value: &Value, beside: &[&str], problems: &mut Problems) -> Option<(String, Text)> {
    let ours = Texts::english();
    let Some(known) = ours.placeholders(&key.name) else {
        let keys = ours.keys().chain(beside.iter().copied());
        unknown_key(key, "not an interface text", keys, problems);
        return None;
    };
    let text = match &value.kind {
        Kind::String(text) => text.as_str().into(),
        Kind::Table(_) if known.contains("n") => Text::counting(&plural(value, "a table", problems)?),
        _ => {
            return wrong_type(
                value,
                if known.contains("n") { "a string or a table" } else { "a string" },
                problems,
            );
        }
    };
    let unknown: BTreeSet<&str> = Text::placeholders(&text).difference(&known).copied().collect();
    for name in &unknown {
        let nouns = || Noun::ALL.iter().flat_map(|noun| [noun.id(), noun.several()]);
        let near = Budget::default().nearest(name, known.iter().copied().chain(nouns()));
        let mut help = near.map(|near| format!("did you mean `{{{near}}}`? ")).unwrap_or_default();
        let own: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
        let all =
            if own.is_empty() { String::new() } else { format!("it may have {}, and ", own.join(", ")) };
        help.push_str(&format!("{all}words such as `{{stage}}` and `{{Stages}}` stand in any text"));
        let message = format!("the text `{}` has no placeholder `{{{name}}}`", key.name);
        problems.add(
            Diagnostic::new(Code::UnknownPlaceholder, problems.file(), message).at(value.span).help(help),
        );
    }
    unknown.is_empty().then(|| (key.name.clone(), text))
}

fn unknown_key<'k>(key: &Key, what: &str, known: impl IntoIterator<Item = &'k str>, problems: &mut Problems) {
    let help = problems.suggest(&key.name, "keys", known);
    let message = format!("`{}` is {what}", key.name);
    let problem = Diagnostic::new(Code::UnknownTextKey, problems.file(), message);
    problems.add(problem.at(key.span).label("unknown key").help(help));
}
