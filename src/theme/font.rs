//! Inter, the font that the default theme ships: its files lie in `vendor/inter`, the rules that load them are a part of the
//! style.

use super::Files;
use crate::config::Config;
use crate::config::brand::Font;
use crate::span::SourcePath;

/// The part of the style that asks for it.
const PART: &str = "assets/style/11-font.css";

/// What nearly every page needs, so that pages ask for it before the style does.
pub(super) const FIRST: &str = "inter/inter-latin-opsz-normal.woff2";

/// The files, by their names among the theme's assets.
const FILES: [(&str, &[u8]); 2] = [
    (FIRST, include_bytes!("../../vendor/inter/inter-latin-opsz-normal.woff2")),
    (
        "inter/inter-latin-ext-opsz-normal.woff2",
        include_bytes!("../../vendor/inter/inter-latin-ext-opsz-normal.woff2"),
    ),
];

/// Adds the font to the embedded theme, unless the site wants that of the reader's system.
pub(super) fn add(config: &Config, files: &mut Files<'_>) {
    match config.brand.as_ref().map_or(Font::Inter, |brand| brand.font) {
        Font::System => drop(files.remove(PART)),
        Font::Inter => embedded(&mut |path, bytes| {
            let file = SourcePath::new(format!("themes/{}/{path}", super::DEFAULT_NAME));
            files.insert(path, (file, bytes.into()));
        }),
    }
}

/// Its files by their paths in the theme.
pub(super) fn embedded(visit: &mut dyn FnMut(String, &'static [u8])) {
    for (name, bytes) in FILES {
        visit(format!("assets/{name}"), bytes);
    }
}

/// Leaves out the files that no rule asks for: a site's own style may have fonts of its own.
pub(super) fn leave_out_unused(files: &mut Files<'_>) {
    let style = files.get("assets/style.css").map(|(_, bytes)| bytes.clone()).unwrap_or_default();
    let style = String::from_utf8_lossy(&style);
    for (name, _) in FILES {
        if !style.contains(name) {
            files.remove(&format!("assets/{name}"));
        }
    }
}
