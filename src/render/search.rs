//! The search index, through Pagefind. It reads one page after the other, so it runs beside rendering.

use crate::output_path::OutputPath;
use crate::site::claims::SEARCH_FOLDER;
use crate::view::search::Record;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use std::io;

/// What is worth knowing of this build when a site is to have a search.
pub const MISSING: Option<&str> = None;

/// Makes the index: files with their paths from the site's root, in order of those.
///
/// # Errors
/// When Pagefind cannot make it.
pub fn index(records: Vec<Record>, language: &str) -> io::Result<Vec<(OutputPath, Vec<u8>)>> {
    let failed = |error: &dyn std::fmt::Display| io::Error::other(format!("the search index: {error}"));
    let options = PagefindServiceConfig::builder().force_language(language.to_owned()).build();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let files = runtime.block_on(async {
        let mut index = PagefindIndex::new(Some(options)).map_err(|e| failed(&e))?;
        for record in records {
            index.add_html_file(None, Some(record.url), record.html).await.map_err(|e| failed(&e))?;
        }
        index.get_files().await.map_err(|e| failed(&e))
    })?;
    let mut files: Vec<(OutputPath, Vec<u8>)> = files
        .into_iter()
        .map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents))
        .filter(|(name, _)| is_needed(name))
        .map(|(name, contents)| {
            let path = OutputPath::new(&format!("{SEARCH_FOLDER}/{name}")).map_err(|e| failed(&e))?;
            Ok((path, contents))
        })
        .collect::<io::Result<_>>()?;
    files.sort();
    Ok(files)
}

/// Pagefind brings user interfaces of its own too; ours is part of the theme.
fn is_needed(name: &str) -> bool {
    !["-ui.", "-highlight.", "-component", "-modular"].iter().any(|other| name.contains(other))
}
