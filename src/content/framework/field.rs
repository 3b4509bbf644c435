//! Fields that a framework declares as its own, and what they hold.

use crate::choice;
use crate::content::address::FieldId;
use crate::content::decode::record::Undeclared;
use crate::content::decode::{Decode, wrong_type};
use crate::content::listed::Listed;
use crate::content::markdown::TextReader;
use crate::content::prose::Markdown;
use crate::content::value::{Kind, Value};
use crate::content::written::Written;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use std::fmt;

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
        /// A list of addresses and URLs.
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
    /// Its title is set in line, before its text.
    pub label: bool,
}

/// What a declared field holds in one place.
#[derive(Clone, Debug)]
pub struct FieldValue {
    /// The field.
    pub id: FieldId,
    /// Its title.
    pub title: String,
    /// Its title is set in line, before its text.
    pub label: bool,
    /// Where it is written.
    pub span: Span,
    /// Its value.
    pub content: FieldContent,
}

/// A number as its author wrote it: `3` stays `3`, and `3.0` stays `3.0`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // as TOML and YAML tell them apart
pub enum Number {
    Whole(i64),
    Decimal(f64),
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(n) => n.fmt(f),
            Self::Decimal(n) => write!(f, "{n:?}"),
        }
    }
}

/// The value of a declared field.
#[derive(Clone, Debug)]
pub enum FieldContent {
    /// Markdown.
    Markdown(Markdown),
    /// One line of text.
    Text(String),
    /// A number.
    Number(Number),
    /// A list of short texts.
    List(Vec<Markdown>),
    /// A list of addresses and URLs.
    Links(Vec<Listed>),
}

/// Types the keys that a record did not know: the framework may have declared them for `on`. Others are reported, and
/// compared with the keys that are `known`; those of what is `around` it stand in the wrong place. A cell that `is_bare` has
/// no text yet.
pub fn read(
    undeclared: Undeclared,
    on: Option<FieldOwner>,
    is_bare: bool,
    (known, around): (&[&str], &[&str]),
    fields: &[Field],
    texts: &mut TextReader<'_>,
) -> Vec<FieldValue> {
    let what = on.map_or("a text", |on| match on {
        FieldOwner::Cell => "a cell",
        FieldOwner::Aspect => "an aspect",
        FieldOwner::Dimension => "a dimension",
        FieldOwner::Stage => "a stage",
    });
    let mut values = Vec::new();
    for (key, value) in undeclared.0 {
        let declared = || fields.iter().enumerate().filter(|(_, f)| Some(f.on) == on);
        let Some((order, field)) = declared().find(|(_, f)| f.id.as_str() == key.name) else {
            let all = known.iter().copied().chain(declared().map(|(_, f)| f.id.as_str()));
            let near = texts.problems.suggest(&key.name, "keys", all);
            let message = format!("`{}` is not a key of {what}", key.name);
            let is_lone_text =
                on == Some(FieldOwner::Cell) && is_bare && matches!(value.kind, Kind::String(_));
            let help = if is_lone_text {
                "did you mean `text`? a cell without it says nothing".to_owned()
            } else if around.contains(&key.name.as_str()) {
                "this is a key of the whole dimension: put it above the first `[[aspects]]`".to_owned()
            } else {
                format!("`[[fields]]` in framework.toml declares keys of your own; {near}")
            };
            texts.problems.add(
                Diagnostic::new(Code::UnknownKey, texts.problems.file(), message)
                    .at(key.span)
                    .label("unknown key")
                    .help(help),
            );
            continue;
        };
        if let Some(content) = content(field.kind, &value, texts) {
            let (id, title, label) = (field.id.clone(), field.title.clone(), field.label);
            let value = FieldValue { id, title, label, span: key.span, content };
            values.push((order, value));
        }
    }
    values.sort_by_key(|(order, _)| *order);
    values.into_iter().map(|(_, value)| value).collect()
}

fn content(kind: FieldKind, value: &Value, texts: &mut TextReader<'_>) -> Option<FieldContent> {
    Some(match kind {
        FieldKind::Markdown => {
            let text = Written::decode(value, texts.problems)?;
            FieldContent::Markdown(texts.markdown(Some(text)).unwrapped())
        }
        FieldKind::Text => FieldContent::Text(String::decode(value, texts.problems)?),
        FieldKind::Number => match value.kind {
            Kind::Integer(n) => FieldContent::Number(Number::Whole(n)),
            Kind::Float(n) => FieldContent::Number(Number::Decimal(n)),
            _ => return wrong_type(value, "a number", texts.problems),
        },
        FieldKind::List => {
            let items: Vec<Written> = Vec::decode(value, texts.problems)?;
            FieldContent::List(items.into_iter().map(|item| texts.markdown(Some(item)).unwrapped()).collect())
        }
        FieldKind::Links => FieldContent::Links(Vec::decode(value, texts.problems)?),
    })
}
