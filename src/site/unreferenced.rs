//! Files that would be published as they are although nobody means that: near misses of names that Guidepost reads, drafts of a
//! word processor, leftovers of a system.
//!
//! What nothing refers to may still be wanted, as a picture that a stylesheet names. So only kinds of files that sites do
//! not usually publish are told.

use super::Asset;
use super::handle::SiteRef;
use super::header::HeaderEntry;
use super::keys::AssetKey;
use super::pages::Destination;
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::{CONTENT, TEXTS};
use crate::source::Source;
use crate::span::SourcePath;
use std::collections::BTreeSet;

/// What sites publish: pages, styles, scripts, data, pictures, sounds, films, fonts, papers, archives.
const USUAL: &[&str] = &[
    "html",
    "htm",
    "css",
    "js",
    "mjs",
    "map",
    "wasm",
    "json",
    "jsonld",
    "xml",
    "xsl",
    "rss",
    "atom",
    "txt",
    "csv",
    "tsv",
    "ics",
    "vcf",
    "webmanifest",
    "svg",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "webp",
    "avif",
    "jxl",
    "bmp",
    "ico",
    "mp3",
    "m4a",
    "ogg",
    "oga",
    "opus",
    "wav",
    "flac",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "mov",
    "vtt",
    "srt",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "pdf",
    "epub",
    "zip",
    "gz",
    "tgz",
    "xz",
    "zst",
    "7z",
    "asc",
    "sig",
    "pem",
    "crt",
];
/// Markdown under other names.
const MARKDOWN: &[&str] = &["mdx", "markdown", "mdown", "mkd", "mkdn", "qmd", "rmd", "rst", "adoc"];
/// Data that Guidepost reads as TOML.
const DATA: &[&str] = &["toml", "yaml", "yml", "json", "json5"];

/// Reports them. `referenced` are the files that texts refer to.
pub fn check(
    site: SiteRef<'_>,
    source: &Source,
    drafts: &[SourcePath],
    referenced: &BTreeSet<AssetKey>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let in_header: BTreeSet<AssetKey> = site
        .navigation()
        .iter()
        .flat_map(HeaderEntry::links)
        .filter_map(|link| if let Destination::Asset(key) = &link.to { Some(*key) } else { None })
        .collect();
    for (asset, file) in site.assets().enumerate() {
        let key = AssetKey { asset };
        if referenced.contains(&key) || in_header.contains(&key) {
            continue;
        }
        let Some(help) = suspicion(file) else { continue };
        // A page that is not built yet may refer to it.
        let name = file.file.path.file_name();
        let draft = |path: &SourcePath| source.text(path).is_some_and(|text| text.contains(name));
        if !drafts.iter().any(draft) {
            let message = format!("nothing refers to `{name}`, and it would be published as it is");
            diagnostics.push(Diagnostic::new(Code::UnreferencedFile, &file.file.path, message).help(help));
        }
    }
    for file in &source.texts {
        if file.path.as_str() != format!("{TEXTS}/en.toml") {
            let message = format!("`{}` is read by nothing", file.path);
            diagnostics.push(
                Diagnostic::new(Code::UnreferencedFile, &file.path, message)
                    .help(format!("interface texts, in whatever language, stand in `{TEXTS}/en.toml`")),
            );
        }
    }
}

/// What to do about a file, when it is of a kind that nobody publishes without a link to it.
fn suspicion(asset: &Asset) -> Option<String> {
    let path = asset.file.path.as_str().strip_prefix(CONTENT)?.strip_prefix('/')?;
    if path.starts_with(".well-known/") {
        return None;
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let extension = extension.to_lowercase();
    let is_data = DATA.contains(&extension.as_str());
    let renamed = |new: &str| {
        Some(format!("if Guidepost is to read it, rename it `{new}`; otherwise take it out of `{CONTENT}`"))
    };
    let of_framework = folder.strip_prefix("frameworks/").filter(|name| !name.is_empty());
    if is_data
        && folder.is_empty()
        && stem.to_lowercase().trim_end_matches('s') == "glossary".trim_end_matches('s')
    {
        return renamed("glossary.toml");
    }
    if extension == "md" || MARKDOWN.contains(&extension.as_str()) {
        return match extension.as_str() {
            "rst" | "adoc" => {
                Some("Guidepost reads Markdown: convert it, or take it out of the folder".to_owned())
            }
            _ => renamed(&format!("{stem}.md")),
        };
    }
    if is_data && of_framework.is_some() {
        return Some(format!(
            "Guidepost reads `frameworks/NAME/{}.toml`: write it in TOML there, link to it, or take it out of the folder",
            stem.to_lowercase()
        ));
    }
    if is_data && (stem.eq_ignore_ascii_case("framework") || folder == "frameworks") {
        let name = if stem.eq_ignore_ascii_case("framework") { "NAME" } else { stem };
        return renamed(&format!("frameworks/{name}/framework.toml"));
    }
    if extension.is_empty() || USUAL.contains(&extension.as_str()) {
        return None;
    }
    Some(format!("link to it, or take it out of `{CONTENT}`"))
}
