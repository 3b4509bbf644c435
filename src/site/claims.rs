//! Who publishes what: every path of the output belongs to one source, and old URLs lead to new ones.

use super::handle::{PageRef, SiteRef};
use super::names;
use super::pages::{PageId, PageKind, Permalink};
use crate::diagnostics::{Code, Diagnostic};
use crate::output_path::OutputPath;
use crate::span::{SourcePath, Spanned};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// Files about the whole site that an author may write instead of Guidepost.
pub const REPLACEABLE: [&str; 2] = ["robots.txt", "llms.txt"];

/// The folder of the search index in the output.
pub const SEARCH_FOLDER: &str = "pagefind";

/// Who publishes a file.
struct Claim<'a> {
    path: OutputPath,
    by: By<'a>,
    file: Option<&'a SourcePath>,
}

/// How a message names who publishes a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum By<'a> {
    File(&'a SourcePath),
    Page(&'a str),
    Ours(&'static str),
    Alias(&'a str),
}

impl fmt::Display for By<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(f, "`{file}`"),
            Self::Page(title) => write!(f, "the page `{title}`"),
            Self::Ours(name) => write!(f, "Guidepost's own `{name}`"),
            Self::Alias(title) => write!(f, "another alias, of `{title}`"),
        }
    }
}

/// Reports paths that two sources would publish, also on a disk that ignores case or how letters are composed, and
/// gives the old URLs that lead to pages.
pub fn settle(site: SiteRef<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Permalink, PageId)> {
    let mut taken: HashMap<String, Claim<'_>> = HashMap::new();
    // Pages that share a place share their data files' places too, which need not be told.
    let mut told: HashSet<(By<'_>, By<'_>)> = HashSet::new();
    for claim in claims(site) {
        let key = claim.path.folded();
        match taken.get(&key) {
            // Two things of one file share a URL because they share an id, which has been told.
            Some(first) if claim.file.is_some() && first.file == claim.file => {}
            Some(first) if told.insert((claim.by, first.by)) => {
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
fn claims(site: SiteRef<'_>) -> impl Iterator<Item = Claim<'_>> {
    let pages = site.pages().flat_map(|page| {
        let file = page.source_file();
        let by = file.map_or(By::Page(page.title()), By::File);
        let claim = move |path: OutputPath| Claim { path, by, file };
        let own = page.permalink.file().clone();
        let data = page.kind.data_files(page.site().config()).map(|name| own.beside(name));
        let beside: Vec<Claim<'_>> = data.map(claim).collect();
        std::iter::once(claim(own)).chain(beside)
    });
    let config = site.config();
    let generated = [
        ("llms-full.txt", true),
        ("sitemap.xml", config.base_url.is_some()),
        ("feed.xml", config.base_url.is_some() && config.feed.entries().is_some()),
    ];
    let generated = generated.into_iter().filter(|(_, written)| *written).map(|(name, _)| Claim {
        path: OutputPath::top(name),
        by: By::Ours(name),
        file: None,
    });
    let assets = site.assets().flat_map(|asset| {
        let claim = |path: &OutputPath| Claim {
            path: path.clone(),
            by: By::File(&asset.file.path),
            file: Some(&asset.file.path),
        };
        let copies = asset.smaller.iter().flat_map(|(_, copies)| copies);
        std::iter::once(claim(&asset.permalink)).chain(copies.map(move |copy| claim(&copy.permalink)))
    });
    let names = site.find(PageKind::Search).map(|_| names::files(site.pages().len()));
    let names =
        names.into_iter().flatten().map(|path| Claim { path, by: By::Ours("search/names.json"), file: None });
    pages.chain(generated).chain(names).chain(assets)
}

fn duplicate(site: SiteRef<'_>, claim: &Claim<'_>, first: &Claim<'_>) -> Diagnostic {
    let url = claim.path.as_str();
    let url = url.strip_suffix("index.html").unwrap_or(url);
    let case = if first.path == claim.path { "" } else { " on a disk that takes their names for one" };
    let file = claim.file.or(first.file).unwrap_or(&site.config().file);
    Diagnostic::new(
        Code::DuplicateUrl,
        file,
        format!("{} and {} would both be published at `/{url}`{case}", claim.by, first.by),
    )
    .help("rename one of them, or give it another `slug`, `id` or tag")
}

/// Reports a file where a folder has to be, and files of authors within the search index.
fn files_beside_folders(
    site: SiteRef<'_>,
    taken: &HashMap<String, Claim<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // Of all that need a folder, the first by path is named.
    let mut in_the_way: BTreeMap<&str, &Claim<'_>> = BTreeMap::new();
    for (key, claim) in taken {
        for folder in key.match_indices('/').filter_map(|(i, _)| key.get(..i)) {
            if taken.contains_key(folder) {
                let needs = in_the_way.entry(folder).or_insert(claim);
                if claim.path < needs.path {
                    *needs = claim;
                }
            }
        }
        let in_index = site.config().search.enabled
            && claim.path.folders().next() == Some(SEARCH_FOLDER)
            && claim.path.name() != "index.html";
        if let Some(file) = claim.file.filter(|_| in_index) {
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
        let at = file.file.or(needs.file).unwrap_or(&site.config().file);
        let message =
            format!("{} would be published at `/{}`, where {} needs a folder", file.by, file.path, needs.by);
        diagnostics.push(
            Diagnostic::new(Code::DuplicateUrl, at, message)
                .help("rename one of them, or give it another `slug`"),
        );
    }
}

/// Old URLs, from all files that name them.
fn redirects<'a>(
    site: SiteRef<'a>,
    taken: &mut HashMap<String, Claim<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Permalink, PageId)> {
    let mut found = Vec::new();
    for page in site.pages() {
        for (file, alias) in aliases(page) {
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
            let by = By::Alias(page.title());
            taken.insert(key, Claim { path: permalink.file().clone(), by, file: Some(file) });
            found.push((permalink, page.id()));
        }
    }
    found
}

/// The old URLs of a page, with the files that name them.
fn aliases(page: PageRef<'_>) -> impl Iterator<Item = (&SourcePath, &Spanned<String>)> {
    let site = page.site();
    let document = page.document().map(|d| (&d.file, &*d.front_matter.aliases));
    let text = page.text().map(|t| (&t.file, &*t.front_matter.aliases));
    let own = match page.kind {
        PageKind::Framework(key) => Some(site.framework(key).content()).map(|c| (&c.file, &*c.aliases)),
        PageKind::Dimension(key) => Some(site.dimension(key).content()).map(|c| (&c.file, &*c.aliases)),
        PageKind::Aspect(key) => Some(site.aspect(key)).map(|a| (a.file(), &*a.content().aliases)),
        _ => None,
    };
    let all = [document, text, own].into_iter().flatten();
    all.flat_map(|(file, aliases)| aliases.iter().map(move |alias| (file, alias)))
}
