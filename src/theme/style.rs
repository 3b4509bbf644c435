//! The theme's style: many small files that readers get as one.

use super::{Files, published};
use crate::hash::Hash;
use crate::span::SourcePath;
use crate::stylesheet;
use std::collections::BTreeMap;

/// The one file that is published.
const WHOLE: &str = "assets/style.css";
/// Where its parts lie.
const PARTS: &str = "assets/style/";

/// Joins the parts in the order of their names. A `style.css` of the site's own stands for all of them; a part of its
/// own replaces the part of that name, or comes in where its name says.
pub(super) fn join(files: &mut Files<'_>) {
    let is_part = |path: &str| {
        path.strip_prefix(PARTS).is_some_and(|name| !name.contains('/') && name.ends_with(".css"))
    };
    let names: Vec<String> = files.keys().filter(|path| is_part(path)).cloned().collect();
    let parts: Vec<_> = names.iter().filter_map(|name| files.remove(name)).collect();
    let Some((first, _)) = parts.first().filter(|_| !files.contains_key(WHOLE)) else { return };
    let file = SourcePath::new(first.folder());
    let bytes = parts.iter().map(|(_, bytes)| &**bytes).collect::<Vec<_>>().join(&b"\n"[..]);
    files.insert(WHOLE.to_owned(), (file, bytes.into()));
}

/// Names the files that the style refers to, such as `url("inter/a.woff2")`, as they are published.
pub(super) fn name_as_published(assets: &mut BTreeMap<String, (SourcePath, Vec<u8>)>) {
    let Some((_, bytes)) = assets.get("style.css") else { return };
    let Ok(css) = std::str::from_utf8(bytes) else { return };
    let css = stylesheet::rewritten(css, |name| {
        let (_, bytes) = assets.get(name)?;
        Some(published(name, Hash::of(bytes)).trim_start_matches("assets/").to_owned())
    });
    if let Some((_, bytes)) = assets.get_mut("style.css") {
        *bytes = css.into_bytes();
    }
}
