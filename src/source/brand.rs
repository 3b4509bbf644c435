//! The files that `[brand]` names, and those that its stylesheets refer to.

use super::{Border, Folder, Known, SourceFile, Wanted, read_or_keep, unreadable};
use crate::diagnostics::{Code, Diagnostic, suggest};
use crate::layout::CONFIG;
use crate::span::{SourcePath, Span};
use crate::stylesheet::{self, Target};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

/// Reads them. Only what is named is read, and nothing outside the site's folder.
pub(super) fn read(root: &Path, wanted: &Wanted<'_>, border: &Border, known: &Known<'_>) -> Folder {
    let config = SourcePath::new(CONFIG);
    let mut reading = Reading { root, border, known, files: BTreeMap::new(), read: Folder::default() };
    for picture in &wanted.pictures {
        reading.file(&picture.value, Code::BrokenImage, &config, picture.span);
    }
    for sheet in &wanted.stylesheets {
        if let Some(file) = reading.file(&sheet.value, Code::BrokenLink, &config, sheet.span) {
            reading.referred(&file);
        }
    }
    let mut read = reading.read;
    read.files = reading.files.into_values().collect();
    read
}

/// The file that a stylesheet means by a relative path; `None` when that leads out of the site.
pub fn beside(sheet: &SourcePath, path: &str) -> Option<SourcePath> {
    let mut parts: Vec<&str> = sheet.folder().split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part if part.starts_with('.') || part.contains('\\') => return None,
            part => parts.push(part),
        }
    }
    Some(SourcePath::new(parts.join("/")))
}

struct Reading<'a> {
    root: &'a Path,
    border: &'a Border,
    known: &'a Known<'a>,
    files: BTreeMap<SourcePath, Arc<SourceFile>>,
    /// What is wrong, and which folders they lie in.
    read: Folder,
}

impl Reading<'_> {
    /// Reads a file that is named at a place.
    fn file(
        &mut self,
        path: &SourcePath,
        code: Code,
        named_in: &SourcePath,
        at: Span,
    ) -> Option<Arc<SourceFile>> {
        if let Some(file) = self.files.get(path) {
            return Some(Arc::clone(file));
        }
        let on_disk = self.root.join(path.as_str());
        if !path.folder().is_empty() {
            // A preview watches these; the site's folder itself is watched anyway.
            self.read.linked.extend(on_disk.parent().filter(|folder| folder.is_dir()).map(Path::to_owned));
        }
        match on_disk.canonicalize() {
            Ok(real) if !self.border.holds(&real) => {
                self.read.problems.push(self.border.crossed(path, &real));
                return None;
            }
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                let beside = names(on_disk.parent().unwrap_or(self.root), path.folder());
                let message = format!("there is no file `{path}`");
                let help = suggest(path.as_str(), "files there", beside.iter().map(String::as_str));
                self.read.problems.push(Diagnostic::new(code, named_in, message).at(at).help(help));
                return None;
            }
            Err(error) => {
                self.read.problems.push(unreadable(path.as_str(), &error));
                return None;
            }
        }
        match read_or_keep(self.root, &on_disk, self.known) {
            Ok(file) => {
                self.files.insert(path.clone(), Arc::clone(&file));
                Some(file)
            }
            Err(error) => {
                self.read.problems.push(unreadable(path.as_str(), &error));
                None
            }
        }
    }

    /// Reads what a stylesheet refers to.
    fn referred(&mut self, sheet: &SourceFile) {
        let Some(css) = sheet.text() else {
            let problem =
                Diagnostic::new(Code::InvalidUtf8, &sheet.path, "this stylesheet is not UTF-8, or too large")
                    .help("save it as UTF-8; a stylesheet has at most 1 MiB");
            self.read.problems.push(problem);
            return;
        };
        for reference in stylesheet::references(css) {
            let problem =
                |code, message: String| Diagnostic::new(code, &sheet.path, message).at(reference.span);
            let problem = match &reference.target {
                _ if reference.import => {
                    problem(Code::InvalidValue, "stylesheets of a site do not import others".to_owned())
                        .help("name each in `css` of `[brand]`, in the order they are to hold")
                }
                Target::Within => continue,
                Target::Elsewhere(url) => problem(
                    Code::BrokenLink,
                    format!("`{url}` is no file of the site, and pages ask for nothing else"),
                )
                .help("put the file into the site's folder, and name it by its path from this stylesheet"),
                Target::File(path, _) => match beside(&sheet.path, path) {
                    Some(file) => {
                        self.file(&file, Code::BrokenLink, &sheet.path, reference.span);
                        continue;
                    }
                    None => problem(Code::BrokenLink, format!("`{path}` leads out of the site's folder"))
                        .help("put the file into the site's folder"),
                },
            };
            self.read.problems.push(problem);
        }
    }
}

/// The files of a folder, as paths from the site's folder.
fn names(on_disk: &Path, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(on_disk).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
        .collect();
    names.sort();
    names
}
