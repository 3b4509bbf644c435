//! Who publishes what: every path of the output belongs to one source, and old URLs lead to new ones.

use super::Site;
use super::pages::{DATA_FILES, PageId, PageKind, Permalink};
use crate::diagnostics::{Code, Diagnostic};
use crate::output_path::OutputPath;
use crate::span::{SourcePath, Spanned};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Files about the whole site that an author may write instead of Guidepost.
pub const REPLACEABLE: [&str; 2] = ["robots.txt", "llms.txt"];

/// The folder of the search index in the output.
pub const SEARCH_FOLDER: &str = "pagefind";

/// Who publishes a file.
struct Claim {
    path: OutputPath,
    /// As a message names it.
    by: String,
    file: Option<SourcePath>,
}

/// Reports paths that two sources would publish, also on a disk that ignores case or how letters are composed, and
/// gives the old URLs that lead to pages.
pub fn settle(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Permalink, PageId)> {
    let mut taken: HashMap<String, Claim> = HashMap::new();
    // Pages that share a place share their data files' places too, which need not be told.
    let mut told: HashSet<(String, String)> = HashSet::new();
    for claim in claims(site) {
        let key = claim.path.folded();
        match taken.get(&key) {
            // Two things of one file share a URL because they share an id, which has been told.
            Some(first) if claim.file.is_some() && first.file == claim.file => {}
            Some(first) if told.insert((claim.by.clone(), first.by.clone())) => {
                diagnostics.push(duplicate(site, &claim, first));
            }
            Some(_) => {}
            None => drop(taken.insert(key, claim)),
        }
    }
    let redirects = redirects(site, &mut taken, diagnostics);
    files_beside_folders(site, &taken, diagnostics);
    redirects
}

/// Everything that is written but old URLs.
fn claims(site: &Site) -> impl Iterator<Item = Claim> + use<'_> {
    let pages = site.pages.iter().flat_map(|node| {
        let by =
            node.file.as_ref().map_or_else(|| format!("the page `{}`", node.title), |f| format!("`{f}`"));
        let claim = |path: OutputPath| Claim { path, by: by.clone(), file: node.file.clone() };
        let data = DATA_FILES.iter().filter(|_| node.kind.has_data());
        let beside: Vec<Claim> = data.map(|name| claim(node.permalink.file().beside(name))).collect();
        std::iter::once(claim(node.permalink.file().clone())).chain(beside)
    });
    let config = &site.config;
    let generated = [
        ("llms-full.txt", true),
        ("sitemap.xml", config.base_url.is_some()),
        ("feed.xml", config.base_url.is_some() && config.feed.enabled),
    ];
    let generated = generated.into_iter().filter(|(_, written)| *written).map(|(name, _)| Claim {
        path: OutputPath::top(name),
        by: format!("Guidepost's own `{name}`"),
        file: None,
    });
    let assets = site.assets.iter().map(|asset| Claim {
        path: asset.permalink.clone(),
        by: format!("`{}`", asset.file.path),
        file: Some(asset.file.path.clone()),
    });
    pages.chain(generated).chain(assets)
}

fn duplicate(site: &Site, claim: &Claim, first: &Claim) -> Diagnostic {
    let url = claim.path.as_str();
    let url = url.strip_suffix("index.html").unwrap_or(url);
    let case = if first.path == claim.path { "" } else { " on a disk that takes their names for one" };
    let file = claim.file.as_ref().or(first.file.as_ref()).unwrap_or(&site.config.file);
    Diagnostic::new(
        Code::DuplicateUrl,
        file,
        format!("{} and {} would both be published at `/{url}`{case}", claim.by, first.by),
    )
    .help("rename one of them, or give it another `slug`, `id` or tag")
}

/// Reports a file where a folder has to be, and files of authors within the search index.
fn files_beside_folders(site: &Site, taken: &HashMap<String, Claim>, diagnostics: &mut Vec<Diagnostic>) {
    // Of all that need a folder, the first by path is named.
    let mut in_the_way: BTreeMap<&str, &Claim> = BTreeMap::new();
    for (key, claim) in taken {
        for folder in key.match_indices('/').filter_map(|(i, _)| key.get(..i)) {
            if taken.contains_key(folder) {
                let needs = in_the_way.entry(folder).or_insert(claim);
                if claim.path < needs.path {
                    *needs = claim;
                }
            }
        }
        let in_index = site.config.search.enabled
            && claim.path.folders().next() == Some(SEARCH_FOLDER)
            && claim.path.name() != "index.html";
        if let Some(file) = claim.file.as_ref().filter(|_| in_index) {
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateUrl,
                    file,
                    format!(
                        "{} would be published into `/{SEARCH_FOLDER}/`, where the search index lies",
                        claim.by
                    ),
                )
                .help("move it to another folder"),
            );
        }
    }
    for (folder, needs) in in_the_way {
        let Some(file) = taken.get(folder) else { continue };
        let at = file.file.as_ref().or(needs.file.as_ref()).unwrap_or(&site.config.file);
        let message =
            format!("{} would be published at `/{}`, where {} needs a folder", file.by, file.path, needs.by);
        diagnostics.push(
            Diagnostic::new(Code::DuplicateUrl, at, message)
                .help("rename one of them, or give it another `slug`"),
        );
    }
}

/// Old URLs, from all files that name them.
fn redirects(
    site: &Site,
    taken: &mut HashMap<String, Claim>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Permalink, PageId)> {
    let mut found = Vec::new();
    for id in (0..site.pages.len()).map(PageId) {
        for (file, alias) in aliases(site, id) {
            let path = alias.value.trim_matches('/');
            let is_file = path.ends_with(".html");
            let permalink = match Permalink::new(if is_file { path.to_owned() } else { format!("{path}/") }) {
                Ok(permalink) if !path.is_empty() => permalink,
                other => {
                    let why = other.err().map_or(String::new(), |why| format!(": {why}"));
                    let shown: String = alias.value.chars().take(120).flat_map(char::escape_debug).collect();
                    diagnostics.push(
                        Diagnostic::new(
                            Code::InvalidValue,
                            file,
                            format!("`{shown}` is not a path on this site{why}"),
                        )
                        .at(alias.span)
                        .help("write the old URL's path, such as `/handbook/secrets/`"),
                    );
                    continue;
                }
            };
            let key = permalink.file().folded();
            if let Some(owner) = taken.get(&key) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::DuplicateUrl,
                        file,
                        format!("the old URL `/{}` is taken by {}", permalink.as_str(), owner.by),
                    )
                    .at(alias.span)
                    .help("take this alias away"),
                );
                continue;
            }
            let by = format!("another alias, of `{}`", site.page(id).title);
            taken.insert(key, Claim { path: permalink.file().clone(), by, file: Some(file.clone()) });
            found.push((permalink, id));
        }
    }
    found
}

/// The old URLs of a page, with the files that name them.
fn aliases(site: &Site, id: PageId) -> Vec<(&SourcePath, &Spanned<String>)> {
    let page = site.document_of(id).map(|page| (&page.file, &*page.front_matter.aliases));
    let text = site.text_of(id).map(|text| (&text.file, &*text.front_matter.aliases));
    let own = match site.page(id).kind {
        PageKind::Framework(f) => {
            let content = &site.frameworks[f].content;
            Some((&content.file, &*content.aliases))
        }
        PageKind::Dimension(f, d) => {
            let content = &site.frameworks[f].dimensions[d].content;
            Some((&content.file, &*content.aliases))
        }
        PageKind::Aspect(f, d, a) => {
            let dimension = &site.frameworks[f].dimensions[d];
            Some((&dimension.content.file, &*dimension.aspects[a].content().aliases))
        }
        _ => None,
    };
    let all = [page, text, own].into_iter().flatten();
    all.flat_map(|(file, list)| list.iter().map(move |alias| (file, alias))).collect()
}
