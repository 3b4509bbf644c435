//! Tables of data that lie in files of their own.

use super::handle::{AssetRef, SiteRef};
use super::help::Help;
use super::pages::{Destination, HOME};
use super::resolve::Unresolved;
use crate::content::control;
use crate::content::data_table::{DataTable, Wrong};
use crate::content::prose::Reference;
use crate::diagnostics::Code;
use crate::span::{SourcePath, Span};

/// A table that was found.
pub struct DataFile<'a> {
    /// The file, which is published as well.
    pub asset: AssetRef<'a>,
    /// What it holds.
    pub table: DataTable,
}

/// Why there is no table.
pub enum NoTable {
    /// The text names no file that could hold one.
    File(Unresolved),
    /// The file is wrong at these places.
    Places(SourcePath, Vec<Wrong>),
}

impl<'a> SiteRef<'a> {
    /// The table that a text embeds.
    pub fn data(self, path: &str, file: &SourcePath) -> Result<DataFile<'a>, NoTable> {
        let asset = self.data_file(path, file)?;
        let source = &asset.content().file;
        self.note_content(&source.path);
        let Some(text) = source.text() else {
            let message = format!("`{path}` is no text in UTF-8, or more than 1 MiB of it");
            return Err(NoTable::File(refused(
                message,
                "save it as UTF-8; of a large table show a part, or link to it",
            )));
        };
        let at = |place, message, help: &str| {
            NoTable::Places(source.path.clone(), vec![Wrong { place, message, help: help.to_owned() }])
        };
        if let Some((start, found)) = text.match_indices(control::is_refused).next() {
            let sign = found.chars().next().map(u32::from).unwrap_or_default();
            let place = start..start.saturating_add(found.len());
            return Err(at(place, format!("the control character U+{sign:04X} is no text"), "take it out"));
        }
        let separator = source.path.extension().eq_ignore_ascii_case("tsv").then_some('\t');
        let table = DataTable::read(text, separator);
        table
            .map(|table| DataFile { asset, table })
            .map_err(|wrong| NoTable::Places(source.path.clone(), wrong))
    }

    /// The file of a table. Its path is relative to the text's file or, when that has none, to the content folder.
    fn data_file(self, path: &str, file: &SourcePath) -> Result<AssetRef<'a>, NoTable> {
        let named = |path: String| self.destination(&Reference::Path { path, anchor: None }, file, HOME);
        let found = match named(path.to_owned()) {
            Err(why) if !path.starts_with('/') => named(format!("/{path}")).map_err(|_| why),
            found => found,
        };
        match found.map_err(NoTable::File)? {
            Destination::Asset(key) => Ok(self.asset(key)),
            _ => {
                Err(NoTable::File(refused(format!("`{path}` is a page, not a table"), "link to it instead")))
            }
        }
    }

    /// How many bytes it holds.
    pub(super) fn data_size(self, path: &str, file: &SourcePath) -> u64 {
        self.data_file(path, file).map_or(0, |asset| asset.content().file.size)
    }
}

fn refused(message: String, help: &str) -> Unresolved {
    Unresolved { code: Code::InvalidEmbed, message, help: Help::Said(help.to_owned()) }
}

impl NoTable {
    /// What is wrong, each with its file and its place; `embed` is where the text embeds the table.
    pub(super) fn problems(self, file: &SourcePath, embed: Span) -> Vec<(SourcePath, Span, Unresolved)> {
        match self {
            Self::File(why) => vec![(file.clone(), embed, why)],
            Self::Places(file, wrong) => wrong
                .into_iter()
                .map(|Wrong { place, message, help }| {
                    let why = Unresolved { code: Code::BrokenTable, message, help: Help::Said(help) };
                    (file.clone(), Span::new(place.start, place.end), why)
                })
                .collect(),
        }
    }
}
