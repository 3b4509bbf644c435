//! `index.json`, `index.csv` and `index.md`.

use crate::view::context::PageContext;
use crate::view::export::{Export, page};
use crate::view::kinds;
use serde_json::Value;
use std::borrow::Cow;

/// The files that lie beside a page, by their names.
pub fn files(cx: &mut PageContext<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let page = cx.page();
    let names: Vec<&'static str> = page.kind.data_files(cx.site().config()).collect();
    if !page.kind.has_data() {
        let bytes = |name: &'static str| match name {
            "index.json" => json(&page::index_json(cx)),
            _ => page::index_markdown(cx).into_bytes(),
        };
        return names.iter().copied().zip(names.iter().copied().map(bytes)).collect();
    }
    let Some(export) = kinds::of(page).export(cx) else { return Vec::new() };
    let bytes = [json(&export.json), csv(&export), export.markdown.into_bytes()];
    names.into_iter().zip(bytes).collect()
}

/// Readable JSON, ending in a newline.
pub fn json(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// CSV with a header (RFC 4180, lines ending in `\n`).
pub fn csv(export: &Export) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and all rows have the header's length.
    let _ = writer.write_record(export.header.iter().map(|text| harmless(text)));
    for row in &export.rows {
        let _ = writer.write_record(row.iter().map(|text| harmless(text)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula: those that could be one begin with an apostrophe
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn harmless(text: &str) -> Cow<'_, [u8]> {
    let suspicious = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if suspicious { Cow::Owned(format!("'{text}").into_bytes()) } else { Cow::Borrowed(text.as_bytes()) }
}
