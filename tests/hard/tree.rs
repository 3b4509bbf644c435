//! Folders as maps, for comparing them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Everything below a folder by path, links not followed: a file's bytes, where a link leads, nothing for a folder.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    walk(root, "", &mut all);
    all
}

fn walk(folder: &Path, prefix: &str, all: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            walk(&entry.path(), &format!("{name}/"), all);
            all.insert(format!("{name}/"), Vec::new());
        } else if kind.is_symlink() {
            let to = fs::read_link(entry.path()).unwrap_or_default();
            all.insert(name, format!("-> {}", to.display()).into_bytes());
        } else if kind.is_file() {
            all.insert(name, fs::read(entry.path()).unwrap_or_default());
        } else {
            all.insert(name, b"special".to_vec());
        }
    }
}

/// The names in a folder.
pub fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

/// What differs between two trees, a line each.
pub fn differences(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| match (found.get(path), expected.get(path)) {
            (None, _) => Some(format!("missing: {path:?}")),
            (_, None) => Some(format!("too much: {path:?}")),
            (Some(a), Some(b)) => (a != b).then(|| format!("different: {path:?}")),
        })
        .collect()
}
