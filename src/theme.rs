//! A theme: templates and assets, embedded in the binary and overridden file by file.
//!
//! Its style is written in parts, `assets/style/*.css`, and published as one file.

mod brand;
mod font;
mod script;
mod style;
mod texts;
pub(crate) mod unused;

use crate::config::Config;
use crate::content::highlight;
use crate::diagnostics::{Code, Diagnostic, suggest};
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::source::SourceFile;
use crate::span::SourcePath;
use crate::view::frame::ThemeAssets;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name of the embedded theme.
pub const DEFAULT_NAME: &str = "default";

/// The library that searches the names of a site in the browser.
const ENGINE: &str = "assets/search/minisearch.js";
/// Where it lies with its licence.
const ENGINE_SOURCE: &str = "vendor/minisearch/index.js";

/// A theme's files by their path in it, with the file to blame for each.
type Files<'a> = BTreeMap<String, (SourcePath, Cow<'a, [u8]>)>;

/// A theme, ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// Templates by name, with the file to blame for each.
    pub templates: BTreeMap<String, (SourcePath, String)>,
    /// Assets by the path they are published under.
    pub assets: BTreeMap<OutputPath, Vec<u8>>,
    /// Files of the site that are published as they are.
    pub files: BTreeMap<OutputPath, Arc<SourceFile>>,
    /// The published path of each asset, by the name templates use, and of the site's brand.
    pub names: ThemeAssets,
    /// Changes when any template or asset does.
    pub hash: Hash,
}

impl Theme {
    /// Is something of it published there?
    pub fn publishes(&self, path: &OutputPath) -> bool {
        self.assets.contains_key(path) || self.files.contains_key(path)
    }

    /// Puts the configured theme together from the embedded one and the site's own `files`, and the site's `brand`.
    pub fn load(
        config: &Config,
        files: &[Arc<SourceFile>],
        brand: &[Arc<SourceFile>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let name = &config.theme.value;
        let folder = format!("themes/{name}/");
        let own: Vec<&Arc<SourceFile>> =
            files.iter().filter(|f| f.path.as_str().starts_with(&folder)).collect();
        if own.is_empty() && name != DEFAULT_NAME {
            let mut known: BTreeSet<&str> =
                files.iter().filter_map(|f| f.path.as_str().split('/').nth(1)).collect();
            known.insert(DEFAULT_NAME);
            diagnostics.push(
                Diagnostic::new(Code::UnknownTheme, &config.file, format!("there is no theme `{name}`"))
                    .at(config.theme.span)
                    .help(suggest(name, "themes", known)),
            );
        }
        let mut all = Files::new();
        embedded(&DEFAULT, &mut |path, bytes| {
            let file = SourcePath::new(format!("themes/{DEFAULT_NAME}/{path}"));
            let code = std::str::from_utf8(bytes).ok().filter(|_| is_code(&path));
            let bytes = code.map_or(Cow::Borrowed(bytes), |text| without_comments(text).into_bytes().into());
            all.insert(path, (file, bytes));
        });
        all.insert(ENGINE.to_owned(), (SourcePath::new(ENGINE_SOURCE), engine().into_bytes().into()));
        font::add(config, &mut all);
        let mut large: BTreeMap<&str, &Arc<SourceFile>> = BTreeMap::new();
        for file in own {
            let path = file.path.as_str()[folder.len()..].to_owned();
            if file.on_disk.is_some()
                && let Some(name) = file.path.as_str()[folder.len()..].strip_prefix("assets/")
            {
                all.remove(&path);
                large.insert(name, file);
                continue;
            }
            all.insert(path, (file.path.clone(), Cow::Borrowed(&file.bytes)));
        }
        style::join(&mut all);
        font::leave_out_unused(&mut all);
        let mut theme = Self::from_files(config, all, diagnostics);
        for (name, file) in large {
            if let Some(path) = theme.publish_file(name, file, diagnostics) {
                theme.names.files.insert(name.to_owned(), path);
            }
        }
        theme.names.font = theme.names.files.get(font::FIRST).cloned();
        theme.names.brand = brand::publish(&mut theme, config, brand, diagnostics);
        theme.hash = theme.hash.with(&theme.names);
        theme
    }

    fn from_files(config: &Config, all: Files<'_>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut theme = Self {
            templates: BTreeMap::new(),
            assets: BTreeMap::new(),
            files: BTreeMap::new(),
            names: ThemeAssets::default(),
            hash: Hash::of(env!("CARGO_PKG_VERSION").as_bytes()),
        };
        let mut assets: BTreeMap<String, (SourcePath, Vec<u8>)> = BTreeMap::new();
        for (path, (file, bytes)) in all {
            theme.hash = theme.hash.with(&(&path, &*bytes));
            if let Some(name) = path.strip_prefix("templates/") {
                match String::from_utf8(bytes.into_owned()) {
                    Ok(text) => drop(theme.templates.insert(name.to_owned(), (file, text))),
                    Err(_) => diagnostics.push(
                        Diagnostic::new(Code::InvalidUtf8, &file, "this template is not UTF-8")
                            .help("save it as UTF-8"),
                    ),
                }
            } else if let Some(name) =
                path.strip_prefix("assets/").filter(|n| config.search.enabled || !is_search(n))
            {
                let mut bytes = bytes.into_owned();
                if name == "style.css" {
                    let palettes = &config.markdown.highlight;
                    let accent = brand::accent(&String::from_utf8_lossy(&bytes), config, diagnostics);
                    bytes.extend(accent.into_bytes());
                    bytes.extend(highlight::stylesheet(&palettes.light.0, &palettes.dark.0).into_bytes());
                }
                assets.insert(name.to_owned(), (file, bytes));
            }
        }
        style::name_as_published(&mut assets);
        for name in assets.keys() {
            theme.publish_asset(name, &assets, &mut Vec::new(), diagnostics);
        }
        theme
    }

    /// Publishes a file of the site as it is, and says where.
    fn publish_file(
        &mut self,
        name: &str,
        file: &Arc<SourceFile>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let path = published(name, file.hash);
        match OutputPath::new(&path) {
            Ok(permalink) => drop(self.files.insert(permalink, Arc::clone(file))),
            Err(why) => {
                diagnostics.push(why.report(&file.path, &path));
                return None;
            }
        }
        Some(path)
    }

    /// Publishes an asset under a name that changes with its bytes. A script names the modules it imports by their
    /// relative paths, as `"./other.js"`; those are published first, so that it can name them as they are published.
    fn publish_asset(
        &mut self,
        name: &str,
        assets: &BTreeMap<String, (SourcePath, Vec<u8>)>,
        open: &mut Vec<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some((file, bytes)) = assets.get(name) else { return };
        if self.names.files.contains_key(name) {
            return;
        }
        let mut bytes = Cow::Borrowed(bytes.as_slice());
        if name.ends_with(".js")
            && let Ok(text) = std::str::from_utf8(&bytes)
        {
            let mut text = text.to_owned();
            open.push(name.to_owned());
            for other in assets.keys().filter(|other| other.ends_with(".js")) {
                let written = script::specifier(name, other);
                if !text.contains(&written) {
                    continue;
                }
                if open.contains(other) {
                    let circle = format!("this script and `{other}` import each other");
                    diagnostics.push(
                        Diagnostic::new(Code::TemplateError, file, circle)
                            .help("move what both need into a third one"),
                    );
                    continue;
                }
                self.publish_asset(other, assets, open, diagnostics);
                let published = self.names.files.get(other).and_then(|path| path.strip_prefix("assets/"));
                text = text.replace(&written, &script::specifier(name, published.unwrap_or(other)));
            }
            open.pop();
            bytes = Cow::Owned(text.into_bytes());
        }
        let published = published(name, Hash::of(&bytes));
        match OutputPath::new(&published) {
            Ok(path) => drop(self.assets.insert(path, bytes.into_owned())),
            Err(why) => diagnostics.push(
                Diagnostic::new(Code::InvalidPath, file, format!("`{name}` cannot be published: {why}"))
                    .help("rename this file"),
            ),
        }
        self.names.files.insert(name.to_owned(), published);
    }
}

fn is_code(path: &str) -> bool {
    path.ends_with(".js") || path.ends_with(".css")
}

/// Is it a script of the search?
fn is_search(name: &str) -> bool {
    name == "search.js" || name.starts_with("search/")
}

/// Where an asset is published: under a name that changes with its bytes.
fn published(name: &str, hash: Hash) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("assets/{stem}.{}.{extension}", hash.short(8))
}

/// The library as it is published: its licence, and its code without comments.
fn engine() -> String {
    let licence = include_str!("../vendor/minisearch/LICENSE");
    let code = include_str!("../vendor/minisearch/index.js");
    format!("/*!\nMiniSearch\n{}\n*/\n{}", licence.trim(), without_comments(code))
}

/// One of our own scripts or styles without comments and indentation: a third of it, and no reader needs them. A site's own
/// are published as they are.
fn without_comments(code: &str) -> String {
    let mut within = false;
    let mut kept = String::with_capacity(code.len());
    for line in code.lines() {
        let text = line.trim();
        let opens = !within && text.starts_with("/*");
        // One that ends before its line does is the type of what follows.
        let comment = within
            || text.starts_with("//")
            || (opens && text.find("*/").is_none_or(|at| at + 2 == text.len()));
        within = (within || opens) && !text.contains("*/");
        if !comment && !text.is_empty() {
            kept.push_str(&without_types(text));
            kept.push('\n');
        }
    }
    kept
}

/// A line without the types that stand in it, `/** @type {X} */`.
fn without_types(line: &str) -> Cow<'_, str> {
    if !line.contains("/** @") {
        return Cow::Borrowed(line);
    }
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, comment)) = rest.split_once("/** @") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after.trim_start());
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn embedded(dir: &'static Dir<'static>, visit: &mut dyn FnMut(String, &'static [u8])) {
    for file in dir.files() {
        visit(file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for dir in dir.dirs() {
        embedded(dir, visit);
    }
}
