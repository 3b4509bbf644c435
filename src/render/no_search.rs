//! In the place of `search.rs` in a build without the feature `search`.

use crate::output_path::OutputPath;
use crate::view::search::Record;
use std::io;

/// What is worth knowing of this build when a site is to have a search.
pub const MISSING: Option<&str> = Some(
    "note: this build of Guidepost was made without the feature `search`: the site's search finds what has a name, and no \
     words within texts",
);

/// No index.
///
/// # Errors
/// Never.
pub fn index(_: Vec<Record>, _: &str) -> io::Result<Vec<(OutputPath, Vec<u8>)>> {
    Ok(Vec::new())
}
