//! Tables of data: CSV, its relatives with `;` or tabs, and what a page shows of them.
//!
//! Cells are plain text. Which columns hold numbers is found when the table is read, so that they are set to the right
//! and a script can sort them as numbers.

mod number;

use super::html::{escape, escaped};
use super::words;
use number::Decimal;
use std::ops::Range;

/// The most bytes that a table may have; of a larger file only the beginning is in memory.
const LARGEST: usize = 1 << 20;
/// The most rows and columns that a table may have.
const MOST_ROWS: usize = 5_000;
const MOST_COLUMNS: usize = 100;
/// The longest cell that is kept on one line, in bytes.
const SHORT: usize = 16;
/// How many rows are reported that do not fit.
const MOST_WRONG: usize = 50;

/// What may stand between the cells of a row, in the order in which it is tried.
pub const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A table of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataTable {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    title: String,
    /// How its numbers are written, when it holds nothing else.
    numbers: Option<Decimal>,
    /// Its cells are so short that a line's end within them would only hurt: dates, names of two words.
    short: bool,
}

/// Something wrong with a table, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The place.
    pub place: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: String,
}

impl DataTable {
    /// Reads a table. Without a separator the one is taken that gives the first row the most cells.
    ///
    /// # Errors
    /// All rows that do not fit.
    pub fn read(text: &str, separator: Option<char>) -> Result<Self, Vec<Wrong>> {
        let skipped = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let table = text.get(skipped..).unwrap_or_default();
        if table.len() > LARGEST {
            return Err(too_large(format!("this table has {} bytes; {LARGEST} is the most", table.len())));
        }
        let separator = separator.unwrap_or_else(|| likely(table));
        let mut rows = records(table, separator)?;
        let wrong = misfits(table, &rows, skipped);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let header = rows.remove(0).cells;
        let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
        // Where cells are set apart by `;`, a comma is free to begin decimals.
        let styles = if separator == ';' {
            [Decimal::Comma, Decimal::Point]
        } else {
            [Decimal::Point, Decimal::Comma]
        };
        let columns = header.into_iter().enumerate().map(|(at, title)| {
            let cells = || rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
            let numbers = styles.into_iter().find(|style| style.is_of(cells()));
            let short = numbers.is_none()
                && cells().all(|cell| cell.len() <= SHORT)
                && cells().any(|cell| cell.contains(['-', ' ']));
            Column { title, numbers, short }
        });
        Ok(Self { columns: columns.collect(), rows })
    }

    /// It as HTML, with a caption if there is one.
    pub fn html(&self, caption: Option<&str>) -> String {
        let mut out = String::from("<table class=\"data\">\n");
        if let Some(caption) = caption {
            out.push_str(&format!("<caption>{}</caption>\n", escaped(caption)));
        }
        out.push_str("<thead>\n<tr>");
        for column in &self.columns {
            let kind = if column.numbers.is_some() { " class=\"right\" data-kind=\"number\"" } else { "" };
            // A header without a name would confuse a screen reader.
            out.push_str(&if column.title.is_empty() {
                "<td></td>".to_owned()
            } else {
                format!("<th scope=\"col\"{kind}>{}</th>", escaped(&column.title))
            });
        }
        out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for (column, cell) in self.columns.iter().zip(row) {
                out.push_str("<td");
                if let Some(style) = column.numbers {
                    out.push_str(" class=\"right\"");
                    // What a script could not read for itself.
                    if let Some(value) = style.read(cell).filter(|value| value != cell) {
                        out.push_str(&format!(" data-value=\"{value}\""));
                    }
                }
                if column.short {
                    out.push_str(" class=\"short\"");
                }
                out.push('>');
                let mut lines = cell.lines();
                escape(lines.next().unwrap_or_default(), &mut out);
                for line in lines {
                    out.push_str("<br>");
                    escape(line, &mut out);
                }
                out.push_str("</td>");
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>");
        out
    }

    /// The words in it.
    pub fn words(&self) -> usize {
        let titles = self.columns.iter().map(|column| &column.title);
        titles.chain(self.rows.iter().flatten()).map(|cell| words::count(cell)).sum()
    }
}

/// A row as it is written.
struct Record {
    cells: Vec<String>,
    /// Where it begins.
    start: usize,
}

/// All rows; empty lines are none.
fn records(text: &str, separator: char) -> Result<Vec<Record>, Vec<Wrong>> {
    let mut reader = reader(text, separator);
    let mut record = csv::StringRecord::new();
    let mut rows: Vec<Record> = Vec::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(error) => {
                let message = format!("this table cannot be read: {error}");
                return Err(vec![Wrong {
                    place: start..start,
                    message,
                    help: "save it as CSV in UTF-8".to_owned(),
                }]);
            }
        }
        if record.len() > MOST_COLUMNS {
            return Err(too_large(format!(
                "this table has {} columns; {MOST_COLUMNS} is the most",
                record.len()
            )));
        }
        if rows.len() > MOST_ROWS {
            return Err(too_large(format!("this table has more than {MOST_ROWS} rows")));
        }
        // The reader passes over empty lines only when it reads on.
        let rest = text.get(start..).unwrap_or_default();
        let empty = rest.len().saturating_sub(rest.trim_start_matches(['\r', '\n']).len());
        rows.push(Record {
            cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
            start: start.saturating_add(empty),
        });
    }
}

fn reader(text: &str, separator: char) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The separator that gives the first row the most cells.
fn likely(text: &str) -> char {
    let cells = |separator: char| {
        let mut record = csv::StringRecord::new();
        let read = reader(text, separator).read_record(&mut record);
        read.map_or(0, |_| record.len())
    };
    // The first of those that do equally well.
    SEPARATORS.into_iter().rev().max_by_key(|separator| cells(*separator)).unwrap_or(',')
}

fn too_large(message: String) -> Vec<Wrong> {
    let help = "show a part of it, or link to the file".to_owned();
    vec![Wrong { place: 0..0, message, help }]
}

/// Rows with too few or too many cells, a quotation mark that is never closed, or nothing at all.
fn misfits(text: &str, rows: &[Record], skipped: usize) -> Vec<Wrong> {
    let line_at = |start: usize| {
        let length = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        let start = start.saturating_add(skipped);
        start..start.saturating_add(length)
    };
    let Some(header) = rows.first() else {
        let help = "its first row names the columns".to_owned();
        return vec![Wrong { place: 0..0, message: "this table is empty".to_owned(), help }];
    };
    let wanted = header.cells.len();
    let mut wrong: Vec<Wrong> = rows
        .iter()
        .filter(|row| row.cells.len() != wanted)
        .take(MOST_WRONG)
        .map(|row| {
            let cells = if row.cells.len() == 1 { "cell" } else { "cells" };
            let message = format!("this row has {} {cells}, and the header has {wanted}", row.cells.len());
            let help = if row.cells.len() < wanted {
                "add what is missing, if only a separator"
            } else {
                "put a cell that holds the separator in quotation marks"
            };
            Wrong { place: line_at(row.start), message, help: help.to_owned() }
        })
        .collect();
    // A mark within a quoted cell is doubled, so there is an even number of them.
    if !text.bytes().filter(|b| *b == b'"').count().is_multiple_of(2) {
        let open = rows.iter().rev().find(|row| row.cells.iter().any(|cell| cell.contains('\n')));
        let start = open.or(rows.last()).map_or(0, |row| row.start);
        let message = "a quotation mark is never closed in this row, or in one before it".to_owned();
        let help = "close it; within a cell write it twice, and put the cell in quotation marks".to_owned();
        wrong.push(Wrong { place: line_at(start), message, help });
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::DataTable;

    fn wrong(text: &str) -> Vec<String> {
        let problems = DataTable::read(text, None).err().unwrap_or_default();
        problems.into_iter().map(|w| format!("{}: {}", text.get(w.place).unwrap_or("?"), w.message)).collect()
    }

    #[test]
    fn cells_are_told_apart_by_what_stands_between_them() {
        for text in ["a,b\n1,\"x, y\"\n", "a;b\r\n1;x, y\r\n", "a\tb\n1\tx, y", "\u{feff}a|b\n\n1|x, y\n"] {
            let table = DataTable::read(text, None).map(|table| table.html(None));
            assert_eq!(
                table.as_deref(),
                Ok(
                    "<table class=\"data\">\n<thead>\n<tr><th scope=\"col\" class=\"right\" data-kind=\"number\">a</th>\
                    <th scope=\"col\">b</th></tr>\n</thead>\n<tbody>\n\
                    <tr><td class=\"right\">1</td><td class=\"short\">x, y</td></tr>\n</tbody>\n</table>"
                ),
                "{text:?}"
            );
        }
    }

    #[test]
    fn rows_that_do_not_fit_are_told() {
        assert_eq!(
            wrong("a,b\n\n1\n1,2\n1,2,3\n"),
            [
                "1: this row has 1 cell, and the header has 2",
                "1,2,3: this row has 3 cells, and the header has 2"
            ]
        );
        assert_eq!(wrong("\n"), [": this table is empty"]);
        assert_eq!(
            wrong("a,b\n1,\"x\n2,y\n"),
            ["1,\"x: a quotation mark is never closed in this row, or in one before it"]
        );
        assert_eq!(wrong(&format!("a{}\n", ",a".repeat(100))).len(), 1);
        assert_eq!(wrong(&"a\n".repeat(5002)).len(), 1);
    }
}
