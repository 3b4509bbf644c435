//! The folders that guides may show code from.

use super::{Border, Folder, Known, read_folder};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::CONFIG;
use crate::span::{SourcePath, Spanned};
use std::path::Path;

/// Reads them. A folder within another one is read once.
pub(super) fn read(root: &Path, wanted: &[Spanned<&str>], border: &Border, known: &Known<'_>) -> Folder {
    let mut read = Folder::default();
    for folder in wanted {
        let name = folder.value;
        let on_disk = root.join(name);
        if !on_disk.is_dir() {
            read.problems.push(missing(name, folder));
            continue;
        }
        // Any part of its path may be a link.
        if let Ok(real) = on_disk.canonicalize()
            && !border.holds(&real)
        {
            read.problems.push(border.crossed(&SourcePath::new(name), &real));
            continue;
        }
        let mut found = read_folder(root, name, border, known);
        // A preview watches folder by folder.
        let files = found.files.iter().map(|file| root.join(file.path.as_str()));
        let within = |path: &Path| path.ancestors().skip(1).map(Path::to_owned).collect::<Vec<_>>();
        read.linked.extend(files.flat_map(|path| within(&path)).filter(|path| path.starts_with(&on_disk)));
        read.linked.insert(on_disk);
        read.files.append(&mut found.files);
        read.problems.append(&mut found.problems);
        read.linked.append(&mut found.linked);
    }
    read.files.sort_by(|a, b| a.path.cmp(&b.path));
    read.files.dedup_by(|a, b| a.path == b.path);
    read
}

fn missing(name: &str, folder: &Spanned<&str>) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, &SourcePath::new(CONFIG), format!("there is no folder `{name}`"))
        .at(folder.span)
        .help("name a folder of the site that holds code, or take it out of the list")
}
