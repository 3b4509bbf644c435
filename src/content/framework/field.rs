//! Fields that a framework declares as its own, and what they hold.

use crate::choice;
use crate::content::address::{Address, FieldId};
use crate::content::decode::record::Undeclared;
use crate::content::decode::{Decode, wrong_type};
use crate::content::markdown::TextReader;
use crate::content::prose::Prose;
use crate::content::value::{Kind, Value};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Spanned;

choice! {
    /// What a declared field belongs to.
    pub enum FieldOwner {
        /// Each cell, or each activity of a cell that holds several.
        Cell = "cell",
        /// Each aspect.
        Aspect = "aspect",
        /// Each dimension.
        Dimension = "dimension",
        /// Each stage.
        Stage = "stage",
    }

    /// What a declared field holds.
    pub enum FieldKind {
        /// Markdown.
        Markdown = "markdown",
        /// One line of text.
        Text = "text",
        /// A number.
        Number = "number",
        /// A list of texts.
        List = "list",
        /// A list of addresses.
        Links = "links",
    }
}

/// A field that a framework declared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The key it is written under.
    pub id: FieldId,
    /// What readers see.
    pub title: String,
    /// What it belongs to.
    pub on: FieldOwner,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a declared field holds in one place.
#[derive(Clone, Debug)]
pub struct FieldValue {
    /// The field.
    pub id: FieldId,
    /// Its title.
    pub title: String,
    /// Its value.
    pub content: FieldContent,
}

/// The value of a declared field.
#[derive(Clone, Debug)]
pub enum FieldContent {
    /// Markdown.
    Markdown(Prose),
    /// One line of text.
    Text(String),
    /// A number.
    Number(f64),
    /// A list of texts.
    List(Vec<String>),
    /// A list of addresses.
    Links(Vec<Spanned<Address>>),
}

/// Types the keys that a record did not know: the framework may have declared them for `on`. Others are reported
/// as no keys of `what`, which has the keys `known`.
pub fn read(
    undeclared: Undeclared,
    (on, what, known): (FieldOwner, &str, &[&str]),
    fields: &[Field],
    texts: &mut TextReader<'_>,
) -> Vec<FieldValue> {
    let mut values = Vec::new();
    for (key, value) in undeclared.0 {
        let declared = || fields.iter().enumerate().filter(|(_, f)| f.on == on);
        let Some((order, field)) = declared().find(|(_, f)| f.id.as_str() == key.name) else {
            let all = known.iter().copied().chain(declared().map(|(_, f)| f.id.as_str()));
            let near = texts.problems.suggest(&key.name, "keys", all);
            let message = format!("`{}` is not a key of {what}", key.name);
            texts.problems.add(
                Diagnostic::new(Code::UnknownKey, texts.problems.file(), message)
                    .at(key.span)
                    .label("unknown key")
                    .help(format!("`[[fields]]` in framework.toml declares keys of your own; {near}")),
            );
            continue;
        };
        if let Some(content) = content(field.kind, &value, texts) {
            let value = FieldValue { id: field.id.clone(), title: field.title.clone(), content };
            values.push((order, value));
        }
    }
    values.sort_by_key(|(order, _)| *order);
    values.into_iter().map(|(_, value)| value).collect()
}

fn content(kind: FieldKind, value: &Value, texts: &mut TextReader<'_>) -> Option<FieldContent> {
    Some(match kind {
        FieldKind::Markdown => {
            let text = Spanned::decode(value, texts.problems)?;
            FieldContent::Markdown(texts.line(&text))
        }
        FieldKind::Text => FieldContent::Text(String::decode(value, texts.problems)?),
        FieldKind::Number => match value.kind {
            #[allow(clippy::cast_precision_loss)] // a maturity score has no 53 bits
            Kind::Integer(n) => FieldContent::Number(n as f64),
            Kind::Float(n) => FieldContent::Number(n),
            _ => return wrong_type(value, "a number", texts.problems),
        },
        FieldKind::List => FieldContent::List(Vec::decode(value, texts.problems)?),
        FieldKind::Links => FieldContent::Links(Vec::decode(value, texts.problems)?),
    })
}
