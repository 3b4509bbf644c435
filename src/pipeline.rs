//! The road: `source -> content -> site -> view -> render -> publish`, in one function.
//!
//! A full build, a check and a live preview are this function with another sink and a colder or warmer memo.

use crate::config::brand::Brand;
use crate::config::{Config, Overrides};
use crate::content;
use crate::diagnostics::{self, Code, Diagnostic, Severity};
use crate::last_build::LastBuild;
use crate::render::sink::Sink;
use crate::render::templates::Templates;
use crate::render::{self, Failure, Rendered, search};
use crate::site::Site;
use crate::site::handle::SiteRef;
use crate::site::lost;
use crate::source::{ConfigSource, Source, Wanted};
use crate::span::{SourcePath, Spanned};
use crate::theme::{Theme, unused};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is kept between builds: the two memo points.
#[derive(Debug, Default)]
pub struct Memo {
    /// What each file was parsed to.
    pub content: content::Memo,
    /// What each page was rendered from.
    pub render: render::recipe::Memo,
}

/// What a build is made from: all files, and the configuration with what the command line says over it.
#[derive(Debug)]
pub struct Input {
    /// The files.
    pub source: Source,
    /// The configuration.
    pub config: Config,
    /// What the last build published, when its output is there to compare with.
    pub last_build: Option<LastBuild>,
    overrides: Overrides,
    /// What is wrong with the configuration.
    problems: Vec<Diagnostic>,
}

impl Input {
    /// Reads a site's folder.
    pub fn read(root: &Path, overrides: Overrides) -> Self {
        Self::read_with(ConfigSource::read(root), overrides, |file, config| {
            Source::read(root, file, &wanted(config))
        })
    }

    /// Reads it again after a change of the paths `touched`.
    #[must_use]
    pub fn read_again(&self, root: &Path, touched: &BTreeSet<PathBuf>) -> Self {
        Self::read_with(ConfigSource::read(root), self.overrides.clone(), |file, config| {
            self.source.read_again(root, file, &wanted(config), touched)
        })
    }

    /// A site that lies in memory: nothing but what `source` holds.
    pub fn in_memory(source: Source, overrides: Overrides) -> Self {
        let file = ConfigSource { file: source.config.clone(), problem: None };
        Self::read_with(file, overrides, |_, _| source)
    }

    fn read_with(
        file: ConfigSource,
        overrides: Overrides,
        read: impl FnOnce(ConfigSource, &Config) -> Source,
    ) -> Self {
        let text = file.file.as_ref().and_then(|c| c.text()).unwrap_or_default();
        let (config, problems) = Config::read(text, &overrides);
        let mut source = read(file, &config);
        if let Some(note) = search::MISSING.filter(|_| config.search.enabled) {
            source.notes.push(note.to_owned());
        }
        Self { source, config, last_build: None, overrides, problems }
    }
}

/// What a configuration says of the site's files.
fn wanted(config: &Config) -> Wanted<'_> {
    let brand = || config.brand.iter();
    Wanted {
        follow_links: &config.content.follow_links,
        pictures: brand().flat_map(Brand::pictures).map(|picture| &picture.0).collect(),
        code: config
            .content
            .code
            .iter()
            .map(|folder| Spanned::new(folder.value.as_str(), folder.span))
            .collect(),
        stylesheets: brand().flat_map(|brand| &brand.css).map(|sheet| &sheet.0).collect(),
    }
}

/// What a build came to.
#[derive(Debug)]
pub struct Outcome {
    /// All problems, in the order people read them.
    pub diagnostics: Vec<Diagnostic>,
    /// What was rendered; nothing when there are errors.
    pub rendered: Option<Rendered>,
    /// The machine failed.
    pub failure: Option<io::Error>,
    /// The theme that was used, for showing lines of its templates.
    pub theme: Theme,
}

impl Outcome {
    /// Does anything stop the site from being published?
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many problems there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// The text of a file that a diagnostic names.
    pub fn text<'a>(&'a self, source: &'a Source, path: &SourcePath) -> Option<&'a str> {
        source.text(path).or_else(|| {
            self.theme.templates.values().find(|(file, _)| file == path).map(|(_, text)| text.as_str())
        })
    }
}

/// Builds a site from what was read. `progress` is told the number of pages done and to do.
pub fn build(
    input: &Input,
    memo: &mut Memo,
    sink: &dyn Sink,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Outcome {
    let Input { source, config, problems, .. } = input;
    let mut diagnostics = source.diagnostics.clone();
    diagnostics.extend(problems.iter().cloned());

    let files = content::within_limit(&source.content, config.limits.text, &mut diagnostics);
    let content = content::parse_all(&files, &config.markdown_options(), &mut memo.content);
    diagnostics.extend(content.diagnostics.iter().cloned());
    let of_theme_and_site = source.interface_texts(&config.theme.value);
    let (texts, problems) = content::texts::read(&config.language, of_theme_and_site, config.limits.text);
    diagnostics.extend(problems);

    let named = content.templates();
    // Putting a site together is mostly work for one thread, and templates do not depend on it.
    let ((site, problems), (mut theme, templates, theme_problems)) = rayon::join(
        || Site::build(config.clone(), texts, content, source),
        || {
            let mut problems = Vec::new();
            let theme = Theme::load(config, &source.themes, &source.brand, &mut problems);
            unused::check(&config.theme.value, &source.themes, &named, &mut problems);
            let templates = Templates::parse(&theme);
            (theme, templates, problems)
        },
    );
    diagnostics.extend(problems);
    diagnostics.extend(theme_problems);
    let vocabularies = SiteRef::unwatched(&site).vocabularies();
    theme.speak(vocabularies);
    diagnostics.extend(claimed_by_theme(&site, &theme));
    // What cannot be read is not gone.
    let is_whole = || diagnostics.iter().all(|d| d.severity == Severity::Warning);
    if let Some(before) = input.last_build.as_ref().filter(|_| is_whole()) {
        lost::check(SiteRef::unwatched(&site), before, &mut diagnostics);
    }

    let mut rendered = None;
    let mut failure = None;
    config.apply_checks(&mut diagnostics);
    match templates {
        Err(problems) => diagnostics.extend(problems),
        Ok(_) if diagnostics.iter().any(|d| d.severity == Severity::Error) => {}
        Ok(mut templates) => {
            templates.speak(vocabularies);
            sink.put_places(&|| lost::places(SiteRef::unwatched(&site)));
            match render::render(&Arc::new(site), &theme, &templates, &mut memo.render, sink, progress) {
                Ok(done) => rendered = Some(done),
                Err(Failure::Template(problems)) => diagnostics.extend(problems),
                Err(Failure::Io(error)) => failure = Some(error),
            }
        }
    }
    diagnostics::sort(&mut diagnostics);
    diagnostics::condense(&mut diagnostics);
    Outcome { diagnostics, rendered, failure, theme }
}

/// Files of authors that would be published where the theme's are.
fn claimed_by_theme(site: &Site, theme: &Theme) -> Vec<Diagnostic> {
    let taken = SiteRef::unwatched(site).assets().filter(|asset| theme.publishes(&asset.permalink));
    taken
        .map(|asset| {
            let path = &asset.file.path;
            let message = format!("`{path}` and the theme would both be published at `/{}`", asset.permalink);
            Diagnostic::new(Code::DuplicateUrl, path, message).help("rename this file")
        })
        .collect()
}
