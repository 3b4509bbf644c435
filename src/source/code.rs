//! The folders that guides may show code from.

use super::{Border, Folder, Known, read_folder, unreadable};
use crate::config::code_folder::CodeFolder;
use crate::diagnostics::Diagnostic;
use crate::layout::CONFIG;
use crate::span::{SourcePath, Spanned};
use std::path::Path;

/// Reads them. A folder within another one is read once.
pub(super) fn read(root: &Path, wanted: &[Spanned<CodeFolder>], border: &Border, known: &Known<'_>) -> Folder {
    let mut read = Folder::default();
    for folder in wanted {
        let name = folder.value.as_str();
        let on_disk = root.join(name);
        // A preview watches them; a folder that is not there yet may come.
        if on_disk.is_dir() {
            read.linked.insert(on_disk);
        } else {
            read.problems.push(missing(name, folder));
            continue;
        }
        let mut found = read_folder(root, name, border, known);
        read.files.append(&mut found.files);
        read.problems.append(&mut found.problems);
        read.linked.append(&mut found.linked);
    }
    read.files.sort_by(|a, b| a.path.cmp(&b.path));
    read.files.dedup_by(|a, b| a.path == b.path);
    read
}

fn missing(name: &str, folder: &Spanned<CodeFolder>) -> Diagnostic {
    let problem = unreadable(CONFIG, &"");
    Diagnostic { file: SourcePath::new(CONFIG), message: format!("there is no folder `{name}`"), ..problem }
        .at(folder.span)
        .help("name folders of code, from the site's own")
}
