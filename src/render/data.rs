//! `index.json`, `index.csv` and `index.md`.

use crate::view::data::Export;

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
    let _ = writer.write_record(&export.header);
    for row in &export.rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A Markdown table under a title.
pub fn markdown(export: &Export) -> Vec<u8> {
    let cell = |text: &String| text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
    let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
    let mut out = format!("# {}\n\n", export.title);
    out.push_str(&line(&export.header));
    out.push_str(&format!("|{}\n", " --- |".repeat(export.header.len())));
    for row in &export.rows {
        out.push_str(&line(row));
    }
    out.into_bytes()
}
