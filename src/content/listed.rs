//! Links that an author lists under a key: to a part of this site, or to another one.

use super::address::Address;
use super::decode::{Decode, wrong_type};
use super::prose::Reference;
use super::value::{Kind, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::record;
use crate::span::{Span, Spanned};

/// How a link begins that leads out of the site.
const OUTSIDE: [&str; 3] = ["https://", "http://", "mailto:"];

/// Does this lead out of the site?
pub fn is_outside(text: &str) -> bool {
    OUTSIDE.iter().any(|scheme| text.starts_with(scheme))
}

/// A URL as readers see it where nobody gave it a title.
pub fn shown(url: &str) -> String {
    let bare = OUTSIDE.iter().find_map(|scheme| url.strip_prefix(scheme));
    bare.unwrap_or(url).trim_end_matches('/').to_owned()
}

/// A link that is listed: an address or a URL, perhaps with words of the author's own.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Listed {
    /// Where it leads: [`Reference::Address`] or [`Reference::External`].
    pub to: Reference,
    /// Where that is written.
    pub span: Span,
    /// What to call it instead of the title of what it leads to.
    pub title: Option<String>,
    /// Why one would follow it.
    pub note: Option<String>,
}

impl Listed {
    /// Reads where a link leads, with what its author says of it.
    pub fn read(
        to: Spanned<String>,
        title: Option<String>,
        note: Option<String>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let reference = if is_outside(&to.value) {
            Reference::External(to.value)
        } else if to.value.contains("://") {
            let message = format!("`{}` is neither an address nor a URL that can be linked to", to.value);
            problems.add(
                Diagnostic::new(Code::InvalidAddress, problems.file(), message)
                    .at(to.span)
                    .help("links to other sites begin with `https://`, `http://` or `mailto:`"),
            );
            return None;
        } else {
            Reference::Address(Address::read(&to.value, to.span, problems)?)
        };
        Some(Self { to: reference, span: to.span, title, note })
    }

    /// The address, when it leads to a part of this site.
    pub fn address(&self) -> Option<Spanned<&Address>> {
        match &self.to {
            Reference::Address(address) => Some(Spanned::new(address, self.span)),
            _ => None,
        }
    }
}

record! {
    /// A link with words of its own.
    pub struct ListedEntry ("a link") {
        /// An address such as `guides/secrets`, or a URL.
        to: Spanned<String>,
        /// What to call it.
        title: Option<String>,
        /// Why one would follow it.
        note: Option<String>,
    }
}

impl Decode for Listed {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let entry = match &value.kind {
            Kind::String(text) => {
                ListedEntry { to: Spanned::new(text.clone(), value.span), title: None, note: None }
            }
            Kind::Table(_) => ListedEntry::decode(value, problems)?,
            _ => return wrong_type(value, "an address, a URL, or `{ to = ..., title = ... }`", problems),
        };
        Self::read(entry.to, entry.title, entry.note, problems)
    }
}

impl schemars::JsonSchema for Listed {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Listed".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let entry = generator.subschema_for::<ListedEntry>();
        let text = serde_json::json!({
            "type": "string",
            "examples": ["guides/secrets", "security/secrets@mvp", "https://owasp.org/"],
        });
        schemars::json_schema!({ "anyOf": [text, entry] })
    }
}
