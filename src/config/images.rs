//! `[images]`: smaller copies of large pictures.

use crate::content::decode::{Decode, wrong_type};
use crate::content::value::{Kind, Value};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::record;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// The `[images]` table.
    pub struct Images ("[images]") {
        /// Widths in pixels of the copies that are made of larger PNG and JPEG pictures, such as `[480, 960, 1600]`: a
        /// browser then loads the one that fits. None are made when it is left out.
        widths: Widths,
    }
}

/// Each copy costs a file and the time to make it.
const MOST: usize = 8;
const NARROWEST: i64 = 16;
const WIDEST: i64 = 8192;

/// Widths in pixels, the smallest first.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Widths(pub Vec<u32>);

impl Decode for Widths {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let Kind::Array(items) = &value.kind else {
            return wrong_type(value, "a list of widths", problems);
        };
        let invalid = |span, message: String, problems: &mut Problems| {
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), message)
                    .at(span)
                    .help("write a few widths in pixels, such as `[480, 960, 1600]`"),
            );
        };
        let mut widths = Vec::new();
        for item in items {
            let Some(written) = i64::decode(item, problems) else { continue };
            let width = u32::try_from(written).ok().filter(|_| (NARROWEST..=WIDEST).contains(&written));
            if width.is_none() {
                let message = format!("a picture is {NARROWEST} to {WIDEST} pixels wide, not {written}");
                invalid(item.span, message, problems);
            }
            widths.extend(width);
        }
        widths.sort_unstable();
        widths.dedup();
        if widths.len() > MOST {
            invalid(
                value.span,
                format!("there are {} widths; at most {MOST} are made", widths.len()),
                problems,
            );
            return None;
        }
        Some(Self(widths))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl JsonSchema for Widths {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Widths".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": { "type": "integer", "minimum": NARROWEST, "maximum": WIDEST },
            "maxItems": MOST,
        })
    }
}
