//! `[nav]`: the links of the header, and menus of links.

use crate::content::decode::{Decode, wrong_type};
use crate::content::listed::Listed;
use crate::content::value::{Kind, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::record;
use crate::span::{Span, Spanned};

record! {
    /// The `[nav]` table.
    pub struct Nav ("[nav]") {
        /// The links and menus in order; without it, the top folders.
        items: Vec<NavItem>,
    }

    /// A link with a text of its own, or a menu of links.
    pub struct NavEntry ("a nav item") {
        /// Where a link leads: an address such as `guides/secrets`, or a URL.
        to: Option<Spanned<String>>,
        /// Its text. A link without one has the title of what it leads to; a menu needs one.
        title: Option<String>,
        /// The links of a menu.
        items: Option<Spanned<Vec<NavItem>>>,
    }
}

/// What stands in the header: a link, or a menu of links.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs)] // named after what they are
pub enum NavItem {
    Link(Listed),
    Menu(NavMenu),
}

/// Links under a title.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct NavMenu {
    /// Its text.
    pub title: String,
    /// Its links.
    pub links: Vec<Listed>,
    /// Where it is written.
    span: Span,
}

impl Decode for NavItem {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let entry = match &value.kind {
            Kind::String(text) => {
                NavEntry { to: Some(Spanned::new(text.clone(), value.span)), title: None, items: None }
            }
            Kind::Table(_) => NavEntry::decode(value, problems)?,
            _ => return wrong_type(value, "an address, a URL, or a table", problems),
        };
        let (code, span, message, help) = match entry {
            NavEntry { to: Some(to), title, items: None } => {
                return Listed::read(to, title, None, problems).map(Self::Link);
            }
            NavEntry { to: None, title: Some(title), items: Some(items) } if !items.value.is_empty() => {
                let links = links(items.value, problems);
                return Some(Self::Menu(NavMenu { title, links, span: value.span }));
            }
            NavEntry { to: Some(to), items: Some(_), .. } => {
                let help = "leave out `to`, or make it the first of `items`";
                (Code::InvalidValue, to.span, "a menu leads nowhere itself", help)
            }
            NavEntry { title: None, items: Some(_), .. } => {
                (Code::MissingKey, value.span.beginning(), "a menu has no `title`", "add `title = ...`")
            }
            NavEntry { items: Some(items), .. } => {
                (Code::InvalidValue, items.span, "this menu has no links", "add some, or leave it out")
            }
            NavEntry { to: None, items: None, .. } => {
                let help = "add `to = ...`, or `items = [...]` for a menu";
                (Code::MissingKey, value.span.beginning(), "a nav item has no `to`", help)
            }
        };
        problems.add(Diagnostic::new(code, problems.file(), message).at(span).help(help));
        None
    }
}

/// The links of a menu; reports menus within it.
fn links(items: Vec<NavItem>, problems: &mut Problems) -> Vec<Listed> {
    let mut links = Vec::new();
    for item in items {
        match item {
            NavItem::Link(link) => links.push(link),
            NavItem::Menu(menu) => problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), "a menu holds no other menu")
                    .at(menu.span)
                    .help(
                        "write its links among those of the outer menu, or make it one of its own beside it",
                    ),
            ),
        }
    }
    links
}

impl schemars::JsonSchema for NavItem {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NavItem".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let entry = generator.subschema_for::<NavEntry>();
        let text = serde_json::json!({
            "type": "string",
            "examples": ["guides", "product-maturity@mvp", "https://example.com/"],
        });
        schemars::json_schema!({ "anyOf": [text, entry] })
    }
}
