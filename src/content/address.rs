//! Addresses: the one notation for naming a thing, and the identifiers it is made of.
//!
//! An [`Address`] is what an author wrote, parsed but not looked up. What it names is decided by the site,
//! which alone knows all pages and frameworks.

use super::decode::Decode;
use super::slug::{is_id, slug};
use super::value::Value;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident, $what:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps a text that is known to be an identifier.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The identifier of a thing with this title.
            pub fn from_title(title: &str) -> Self {
                Self(slug(title).into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": "^[^A-Z\\s/@#]+$" })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Decode for $name {
            fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
                let text = String::decode(value, problems)?;
                if is_id(&text) {
                    return Some(Self::new(text));
                }
                let near = slug(&text);
                let help = if near.is_empty() {
                    "use lower-case letters, digits and hyphens".to_owned()
                } else {
                    format!("use lower-case letters, digits and hyphens: `{near}`")
                };
                let message = format!("`{text}` cannot be the identifier of {}", $what);
                let problem = Diagnostic::new(Code::InvalidId, problems.file(), message);
                problems.add(problem.at(value.span).help(help));
                None
            }
        }
    )+};
}

ids! {
    /// Names a framework: its folder's name.
    FrameworkId, "a framework";
    /// Names a stage within its framework.
    StageId, "a stage";
    /// Names a dimension within its framework: its file's name.
    DimensionId, "a dimension";
    /// Names an aspect within its dimension.
    AspectId, "an aspect";
    /// Names one activity within a cell.
    ActivityId, "an activity";
    /// Names a field that a framework declared.
    FieldId, "a field";
    /// Names a group of dimensions.
    GroupId, "a group";
    /// Names a scale that questions are answered on.
    ScaleId, "a scale";
    /// Names a term of the glossary.
    TermId, "a term";
}

/// What an author wrote to name a thing.
///
/// Printing an address and reading it back gives the same address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub enum Address {
    /// `term:soc-2`
    Term(TermId),
    /// `group:engineering`
    Group(GroupId),
    /// Everything else: a page, or a framework and what is in it.
    Path {
        /// The path began with `/`, which only pages do.
        rooted: bool,
        /// The parts between slashes; empty in `@mvp`.
        parts: Vec<Arc<str>>,
        /// What follows the `@`.
        at: Option<At>,
        /// What follows the `#`.
        anchor: Option<Arc<str>>,
    },
}

/// The stages an address speaks of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub enum At {
    /// `@mvp`
    Stage(StageId),
    /// `@poc..mvp`, both ends included.
    Range(StageId, StageId),
}

impl Address {
    /// The place on a page that it names.
    pub fn anchor(&self) -> Option<&Arc<str>> {
        match self {
            Self::Path { anchor, .. } => anchor.as_ref(),
            _ => None,
        }
    }

    /// Reads what is written at a place, and reports it when it is no address.
    pub fn read(text: &str, span: Span, problems: &mut Problems) -> Option<Self> {
        let help =
            "addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`";
        let read = Self::parse(text);
        read.map_err(|why| {
            let message = format!("`{text}` is not an address: {why}");
            let problem = Diagnostic::new(Code::InvalidAddress, problems.file(), message);
            problems.add(problem.at(span).help(help));
        })
        .ok()
    }

    /// Reads the notation of `[[...]]`. The error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(term) = text.strip_prefix("term:") {
            let id = slug(term);
            return if id.is_empty() {
                Err("`term:` is followed by the term".to_owned())
            } else {
                Ok(Self::Term(TermId::new(id)))
            };
        }
        if text.starts_with("var:") {
            return Err(
                "a variable is written `[[var:support-mail]]`, in small letters and without a label, and \
                        cannot be embedded"
                    .to_owned(),
            );
        }
        if let Some(group) = text.strip_prefix("group:") {
            return if is_id(group) {
                Ok(Self::Group(GroupId::new(group)))
            } else {
                Err("`group:` is followed by the group's id".to_owned())
            };
        }
        let (rest, anchor) = match text.split_once('#') {
            Some((_, "")) => return Err("`#` is followed by a heading's anchor".to_owned()),
            Some((rest, anchor)) => (rest, Some(Arc::from(anchor))),
            None => (text, None),
        };
        let (path, at) = match rest.split_once('@') {
            Some((path, stages)) => (path, Some(At::parse(stages)?)),
            None => (rest, None),
        };
        let rooted = path.starts_with('/');
        let path = path.trim_start_matches('/').trim_end_matches('/');
        let parts: Vec<Arc<str>> =
            if path.is_empty() { Vec::new() } else { path.split('/').map(Arc::from).collect() };
        if parts.iter().any(|p| p.is_empty() || p.trim() != &**p || &**p == "." || &**p == "..") {
            return Err("an address has a name between any two slashes".to_owned());
        }
        if let Some(bad) = path.chars().find(|c| matches!(c, '[' | ']' | '|' | '\n' | '<' | '>')) {
            return Err(format!("`{bad}` cannot stand in an address"));
        }
        if parts.is_empty() && at.is_none() && !rooted {
            return Err("this address is empty".to_owned());
        }
        Ok(Self::Path { rooted, parts, at, anchor })
    }
}

impl At {
    fn parse(text: &str) -> Result<Self, String> {
        let stage = |s: &str| {
            if is_id(s) { Ok(StageId::new(s)) } else { Err(format!("`{s}` cannot be the name of a stage")) }
        };
        match text.split_once("..") {
            Some((from, to)) => Ok(Self::Range(stage(from)?, stage(to)?)),
            None => Ok(Self::Stage(stage(text)?)),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => write!(f, "term:{term}"),
            Self::Group(group) => write!(f, "group:{group}"),
            Self::Path { rooted, parts, at, anchor } => {
                if *rooted {
                    f.write_str("/")?;
                }
                f.write_str(&parts.join("/"))?;
                match at {
                    Some(At::Stage(stage)) => write!(f, "@{stage}")?,
                    Some(At::Range(from, to)) => write!(f, "@{from}..{to}")?,
                    None => {}
                }
                match anchor {
                    Some(anchor) => write!(f, "#{anchor}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl schemars::JsonSchema for Address {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Address".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "examples": ["guides/secrets", "security/secrets@mvp", "@poc..mvp", "term:soc-2"],
        })
    }
}

impl Decode for Address {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        Self::read(&String::decode(value, problems)?, value.span, problems)
    }
}
