//! Where the index of names lies: beside the search page, in files of so many pages each.

use crate::output_path::OutputPath;

/// How many pages a file of the index tells of: about 300 kB of it gzipped, when they are as full as most.
pub const PAGES_A_PART: usize = 1_000;

/// The files of the index of a site with so many pages.
pub fn files(pages: usize) -> impl Iterator<Item = OutputPath> {
    (1..=pages.div_ceil(PAGES_A_PART).max(1)).filter_map(|number| {
        let name =
            if number == 1 { "search/names.json".to_owned() } else { format!("search/names-{number}.json") };
        OutputPath::new(&name).ok()
    })
}
