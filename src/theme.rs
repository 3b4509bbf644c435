//! A theme: templates and assets, embedded in the binary and overridden file by file.

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

/// A theme, ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// Templates by name, with the file to blame for each.
    pub templates: BTreeMap<String, (SourcePath, String)>,
    /// Assets by the path they are published under.
    pub assets: BTreeMap<OutputPath, Vec<u8>>,
    /// The published path of each asset, by the name templates use.
    pub names: ThemeAssets,
    /// Changes when any template or asset does.
    pub hash: Hash,
}

impl Theme {
    /// Puts the configured theme together from the embedded one and the site's own files.
    pub fn load(config: &Config, files: &[Arc<SourceFile>], diagnostics: &mut Vec<Diagnostic>) -> Self {
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
        let mut all: BTreeMap<String, (SourcePath, Cow<'_, [u8]>)> = BTreeMap::new();
        embedded(&DEFAULT, &mut |path, bytes| {
            let file = SourcePath::new(format!("themes/{DEFAULT_NAME}/{path}"));
            let script = std::str::from_utf8(bytes).ok().filter(|_| path.ends_with(".js"));
            let bytes =
                script.map_or(Cow::Borrowed(bytes), |text| without_comments(text).into_bytes().into());
            all.insert(path, (file, bytes));
        });
        for file in own {
            let path = file.path.as_str()[folder.len()..].to_owned();
            all.insert(path, (file.path.clone(), Cow::Borrowed(&file.bytes)));
        }
        Self::from_files(config, all, diagnostics)
    }

    fn from_files(
        config: &Config,
        all: BTreeMap<String, (SourcePath, Cow<'_, [u8]>)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut theme = Self {
            templates: BTreeMap::new(),
            assets: BTreeMap::new(),
            names: BTreeMap::new(),
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
                path.strip_prefix("assets/").filter(|n| config.search.enabled || *n != "search.js")
            {
                let mut bytes = bytes.into_owned();
                if name == "style.css" {
                    let palettes = &config.markdown.highlight;
                    bytes.extend(highlight::stylesheet(&palettes.light.0, &palettes.dark.0).into_bytes());
                }
                assets.insert(name.to_owned(), (file, bytes));
            }
        }
        for name in assets.keys() {
            theme.publish_asset(name, &assets, &mut Vec::new(), diagnostics);
        }
        theme.hash = theme.hash.with(&theme.names);
        theme
    }

    /// Publishes an asset under a name that changes with its bytes. A script names the modules it imports as
    /// `"./other.js"`; those are published first, so that it can name them as they are published.
    fn publish_asset(
        &mut self,
        name: &str,
        assets: &BTreeMap<String, (SourcePath, Vec<u8>)>,
        open: &mut Vec<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some((file, bytes)) = assets.get(name) else { return };
        if self.names.contains_key(name) {
            return;
        }
        let mut bytes = Cow::Borrowed(bytes.as_slice());
        if name.ends_with(".js")
            && let Ok(text) = std::str::from_utf8(&bytes)
        {
            let mut text = text.to_owned();
            open.push(name.to_owned());
            for other in assets.keys().filter(|other| other.ends_with(".js")) {
                let written = format!("\"./{other}\"");
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
                let published = self.names.get(other).and_then(|path| path.strip_prefix("assets/"));
                text = text.replace(&written, &format!("\"./{}\"", published.unwrap_or(other)));
            }
            open.pop();
            bytes = Cow::Owned(text.into_bytes());
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let published = format!("assets/{stem}.{}.{extension}", Hash::of(&bytes).short(8));
        match OutputPath::new(&published) {
            Ok(path) => drop(self.assets.insert(path, bytes.into_owned())),
            Err(why) => diagnostics.push(
                Diagnostic::new(Code::InvalidPath, file, format!("`{name}` cannot be published: {why}"))
                    .help("rename this file"),
            ),
        }
        self.names.insert(name.to_owned(), published);
    }
}

/// One of our own scripts without the lines that are comments: a quarter of it, and no reader needs them. A site's
/// own scripts are published as they are.
fn without_comments(script: &str) -> String {
    let mut within = false;
    let mut code = String::with_capacity(script.len());
    for line in script.lines() {
        let text = line.trim();
        let opens = !within && text.starts_with("/*");
        // A comment that ends before its line does, such as the type of what follows, stays.
        let comment = within
            || text.starts_with("//")
            || (opens && text.find("*/").is_none_or(|at| at + 2 == text.len()));
        within = (within || opens) && !text.contains("*/");
        if !comment {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

fn embedded(dir: &'static Dir<'static>, visit: &mut dyn FnMut(String, &'static [u8])) {
    for file in dir.files() {
        visit(file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for dir in dir.dirs() {
        embedded(dir, visit);
    }
}
