//! `index.json`, `index.csv` and `index.md`.

use crate::texts::Texts;
use crate::view::export::{Export, Head};
use std::borrow::Cow;

/// Readable JSON, ending in a newline.
pub fn json(export: &Export) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(&export.json).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// CSV with a header (RFC 4180, lines ending in `\n`).
pub fn csv(export: &Export) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and all rows have the header's length.
    let _ = writer.write_record(export.header.iter().map(|head| match head {
        Head::Ours(name, _) => harmless(name),
        Head::Named(title) => harmless(title),
    }));
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

/// A Markdown table under a title, with the words that readers know.
pub fn markdown(export: &Export, texts: &Texts) -> Vec<u8> {
    let cell = |text: &String| text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
    let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
    let mut out = format!("# {}\n\n", export.title);
    let header = export.header.iter().map(|head| match head {
        Head::Ours(_, key) => texts.get(key),
        Head::Named(title) => title.clone(),
    });
    out.push_str(&line(&header.collect::<Vec<_>>()));
    out.push_str(&format!("|{}\n", " --- |".repeat(export.header.len())));
    for row in &export.rows {
        let words = export.header.iter().zip(row).map(|(head, cell)| match head {
            Head::Ours("Change", _) if !cell.is_empty() => texts.get(cell),
            _ => cell.clone(),
        });
        out.push_str(&line(&words.collect::<Vec<_>>()));
    }
    out.into_bytes()
}
