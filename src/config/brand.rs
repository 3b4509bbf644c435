//! `[brand]`: what makes the default theme look like the house it is used in.

use crate::colour::Colour;
use crate::content::decode::record::{field, unknown_keys};
use crate::content::decode::{Decode, wrong_type};
use crate::content::value::{Kind, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::output_path::OutputPath;
use crate::span::{SourcePath, Spanned};
use crate::{choice, record};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

choice! {
    /// What texts are set in.
    pub enum Font {
        /// Inter, which is published with the site.
        Inter = "inter",
        /// The font of the reader's system.
        System = "system",
    }
}

record! {
    /// The `[brand]` table: paths are seen from the site's folder.
    pub struct Brand ("[brand]") {
        /// A picture beside the site's title; `{ light = "...", dark = "..." }` where each needs one of its own.
        logo: Option<LightDark<Picture>>,
        /// The logo stands in the place of the title, which becomes its alternative text.
        logo_replaces_title: bool,
        /// The site's icon in tabs and bookmarks.
        icon: Option<Picture>,
        /// The colour of links and buttons, as `#0b6e69`; the dark page's is derived unless both are given.
        accent: Option<LightDark<Spanned<Colour>>>,
        /// What texts are set in: `inter`, which is published with the site, or the reader's `system`'s own.
        font: Font = "inter",
        /// Stylesheets, linked after the theme's own in this order.
        css: Vec<Stylesheet>,
    }
}

impl Brand {
    /// All pictures it names.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let logos = self.logo.iter().flat_map(|logo| std::iter::once(&logo.light).chain(&logo.dark));
        logos.chain(&self.icon)
    }
}

/// One for both, or one for light pages and one for dark ones.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct LightDark<T> {
    /// On a light page.
    pub light: T,
    /// On a dark page, when it is another.
    pub dark: Option<T>,
}

impl<T: Decode> Decode for LightDark<T> {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let Kind::Table(table) = &value.kind else {
            return Some(Self { light: T::decode(value, problems)?, dark: None });
        };
        unknown_keys(table.0.iter().map(|(key, _)| key), "this pair", &["light", "dark"], problems);
        let light = field(table, ("light", None), (value.span, "this pair"), problems);
        let dark = field(table, ("dark", None), (value.span, "this pair"), problems);
        Some(Self { light: light?, dark: Some(dark?) })
    }
}

impl<T: JsonSchema> JsonSchema for LightDark<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("LightDark_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, {
            "type": "object",
            "properties": { "light": one, "dark": one },
            "required": ["light", "dark"],
            "additionalProperties": false,
        }] })
    }
}

impl Decode for Colour {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let Kind::String(text) = &value.kind else { return wrong_type(value, "a colour", problems) };
        let colour = Self::parse(text);
        if colour.is_none() {
            let message = format!("`{text}` is not a colour");
            let found = Diagnostic::new(Code::InvalidValue, problems.file(), message);
            problems.add(found.at(value.span).help("write it as `#0b6e69`"));
        }
        colour
    }
}

impl JsonSchema for Colour {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" })
    }
}

macro_rules! files {
    ($($(#[$doc:meta])* $name:ident: $what:literal, [$($ending:literal),+];)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub Spanned<SourcePath>);

        impl Decode for $name {
            fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
                file(value, $what, &[$($ending),+], problems).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string" })
            }
        }
    )+};
}

files! {
    /// A picture of the site's own.
    Picture: "a picture that browsers show", ["svg", "png", "ico", "webp", "avif", "jpg", "jpeg", "gif"];
    /// A stylesheet of the site's own.
    Stylesheet: "a stylesheet", ["css"];
}

/// Reads the path of a file in the site's folder.
fn file(value: &Value, what: &str, endings: &[&str], problems: &mut Problems) -> Option<Spanned<SourcePath>> {
    let text = String::decode(value, problems)?;
    let path = SourcePath::new(text.as_str());
    let hidden = text.split('/').any(|part| part.starts_with('.'));
    let (message, help) = if hidden || OutputPath::new(&text).is_err() {
        let help = "name a file by its path from there, such as `brand/logo.svg`";
        (format!("`{text}` is no path within the site's folder"), help.to_owned())
    } else if !endings.iter().any(|ending| path.extension().eq_ignore_ascii_case(ending)) {
        (format!("`{text}` is not {what}"), format!("its name ends in one of these: {}", endings.join(", ")))
    } else {
        return Some(Spanned::new(path, value.span));
    };
    problems.add(Diagnostic::new(Code::InvalidValue, problems.file(), message).at(value.span).help(help));
    None
}
