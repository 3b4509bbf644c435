//! Files of a site's own theme that change nothing: misspelt, in the wrong folder, or left over.

use super::{DEFAULT, embedded, font};
use crate::diagnostics::{Code, Diagnostic, suggest};
use crate::layout::THEMES;
use crate::source::SourceFile;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Reports them. `files` are those of all themes, `named` the templates that pages ask for.
pub fn check(
    theme: &str,
    files: &[Arc<SourceFile>],
    named: &BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let folder = format!("{THEMES}/{theme}/");
    let own: Vec<&Arc<SourceFile>> =
        files.iter().filter(|file| file.path.as_str().starts_with(&folder)).collect();
    if own.is_empty() {
        return;
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut add = |path, _: &'static [u8]| {
        known.insert(path);
    };
    embedded(&DEFAULT, &mut add);
    font::embedded(&mut add);
    known.insert("assets/style.css".to_owned());
    for file in &own {
        let Some(path) = file.path.as_str().strip_prefix(&folder) else { continue };
        if known.contains(path) || is_documentation(path) || is_used(path, file, &own, named) {
            continue;
        }
        let message = format!("`{path}` takes the place of no file of the theme, and nothing uses it");
        let help = match path.split_once('/') {
            Some(("templates" | "assets" | "i18n", _)) => {
                suggest(path, "files", known.iter().map(String::as_str))
            }
            _ => match known.iter().find(|known| known.rsplit('/').next() == path.rsplit('/').next()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    "a theme is read from its folders `templates` and `assets`, and `i18n/en.toml`".to_owned()
                }
            },
        };
        diagnostics.push(Diagnostic::new(Code::UnusedThemeFile, &file.path, message).help(help));
    }
}

/// What people write about a theme.
fn is_documentation(path: &str) -> bool {
    !path.contains('/') && (path.ends_with(".md") || !path.contains('.') || path.ends_with(".txt"))
}

/// Is it asked for by a page, or named by another file of the theme? A part of the style is joined in whatever its name, and
/// components are found by theirs.
fn is_used(path: &str, file: &SourceFile, own: &[&Arc<SourceFile>], named: &BTreeSet<String>) -> bool {
    let text = |file: &SourceFile| file.text().map(str::to_owned).unwrap_or_default();
    if let Some(template) = path.strip_prefix("templates/") {
        let is_named = |other: &&&Arc<SourceFile>| other.path != file.path && text(other).contains(template);
        return named.contains(template)
            || text(file).contains("{% component")
            || own.iter().any(|other| is_named(&other));
    }
    let Some(name) = path.strip_prefix("assets/") else { return false };
    if name.starts_with("style/") && name.ends_with(".css") {
        return true;
    }
    let last = name.rsplit('/').next().unwrap_or(name);
    own.iter().any(|other| other.path != file.path && text(other).contains(last))
}
