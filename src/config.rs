//! `guidepost.toml`: everything has a default, an empty file is a valid site.

use crate::content;
use crate::content::address::{Address, FrameworkId};
use crate::content::decode::{Decode, Entries};
use crate::content::highlight;
use crate::content::markdown::MarkdownOptions;
use crate::content::value::{self, Table};
use crate::diagnostics::{Code, Diagnostic, Problems, Severity};
use crate::layout::CONFIG;
use crate::span::{SourcePath, Spanned};
use crate::{choice, record};
use jiff::civil::Date;
use url::Url;

choice! {
    /// How links to pages end.
    pub enum UrlStyle {
        /// `guides/secrets/`: for web servers.
        Directory = "directory",
        /// `guides/secrets/index.html`: opens from a disk or a file share.
        File = "file",
    }

    /// What a check does.
    pub enum CheckLevel {
        /// It is not reported.
        Off = "off",
        /// It is reported, and stops the build under `--strict`.
        Warning = "warning",
        /// It stops the build.
        Error = "error",
    }
}

/// An amount of data, written as `4 MiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct ByteSize(pub u64);

impl ByteSize {
    /// The largest text file unless `[limits]` says otherwise.
    pub const TEXT: Self = Self(4 * 1024 * 1024);

    /// The units it can be written in.
    const UNITS: [(&'static str, u64); 4] =
        [("B", 1), ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024)];

    fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at_checked(digits)?;
        let factor = Self::UNITS.iter().find(|(name, _)| *name == unit.trim())?.1;
        number.parse::<u64>().ok()?.checked_mul(factor).filter(|n| *n > 0).map(Self)
    }
}

impl std::fmt::Display for ByteSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let even = |(_, factor): &&(&str, u64)| self.0.is_multiple_of(*factor);
        let (name, factor) = Self::UNITS.iter().rev().find(even).copied().unwrap_or(("B", 1));
        write!(f, "{} {name}", self.0 / factor)
    }
}

impl schemars::JsonSchema for ByteSize {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ByteSize".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]+ ?(B|KiB|MiB|GiB)$",
            "examples": ["4 MiB"],
        })
    }
}

impl Decode for ByteSize {
    fn decode(value: &value::Value, problems: &mut Problems) -> Option<Self> {
        let text = String::decode(value, problems)?;
        let size = Self::parse(&text);
        if size.is_none() {
            problems.add(
                Diagnostic::new(
                    Code::InvalidValue,
                    problems.file(),
                    format!("`{text}` is not an amount of data"),
                )
                .at(value.span)
                .help("write it as `4 MiB`; the units are B, KiB, MiB and GiB"),
            );
        }
        size
    }
}

record! {
    /// The file as it is written.
    pub struct ConfigFile ("the configuration") {
        /// The site's name, shown in the header and in every page's title.
        title: Option<String>,
        /// One or two sentences about the site, for the home page, search engines and the feed.
        description: Option<String>,
        /// The language the content is written in, as in HTML's `lang` (BCP 47).
        language: Option<Spanned<String>>,
        /// Where the site will be published; canonical links, the feed, the sitemap and social cards need it.
        base_url: Option<Spanned<String>>,
        /// The theme's name: `default`, or a folder in `themes/`.
        theme: Option<Spanned<String>>,
        /// The folder to build into.
        output: Option<String>,
        /// How links to pages end.
        urls: Option<UrlStyle>,
        /// Where a page can be edited; `{path}` stands for the file's path.
        edit_url: Option<Spanned<String>>,
        /// Pages not updated for longer are reported, such as `12 months`.
        stale_after: Option<Spanned<String>>,
        /// The framework whose name may be left out of addresses.
        default_framework: Option<Spanned<FrameworkId>>,
        /// The links in the header.
        nav: Option<NavFile>,
        /// The search.
        search: Option<SearchFile>,
        /// What belongs to the content beside the files in its folder.
        content: Option<ContentFile>,
        /// How Markdown is read and written.
        markdown: Option<MarkdownFile>,
        /// The Atom feed.
        feed: Option<FeedFile>,
        /// How large texts may be.
        limits: Option<LimitsFile>,
        /// Which checks are reported, and how gravely: a code and `off`, `warning` or `error`.
        checks: Entries<Spanned<CheckLevel>>,
        /// Anything; handed to templates as `site.extra`.
        extra: Table,
    }

    /// The `[nav]` table.
    pub struct NavFile ("[nav]") {
        /// The links in order; without it, the top folders.
        items: Vec<NavItem>,
    }

    /// One link in the header.
    pub struct NavItem ("a nav item") {
        /// The address it leads to.
        to: Spanned<Address>,
        /// Its text; the page's title when it is left out.
        title: Option<String>,
    }

    /// The `[search]` table.
    pub struct SearchFile ("[search]") {
        /// Whether the site has a search.
        enabled: Option<bool>,
    }

    /// The `[content]` table.
    pub struct ContentFile ("[content]") {
        /// Folders outside the site into which links within `content/` and `themes/` may lead, from the site's folder.
        follow_links: Vec<String>,
    }

    /// The `[markdown]` table.
    pub struct MarkdownFile ("[markdown]") {
        /// Curly quotes, dashes and ellipses for straight ones.
        smart_punctuation: Option<bool>,
        /// The palettes for code.
        highlight: Option<HighlightFile>,
        /// Links to other sites open in a new tab.
        external_links_new_tab: Option<bool>,
        /// Links to other sites carry `rel="nofollow"`.
        external_links_no_follow: Option<bool>,
    }

    /// The `[markdown.highlight]` table.
    pub struct HighlightFile ("[markdown.highlight]") {
        /// Palette on a light page.
        light: Option<Spanned<String>>,
        /// Palette on a dark page.
        dark: Option<Spanned<String>>,
    }

    /// The `[limits]` table.
    pub struct LimitsFile ("[limits]") {
        /// The largest text file, such as `4 MiB`: Markdown, frameworks and the glossary.
        text: Option<ByteSize>,
    }

    /// The `[feed]` table.
    pub struct FeedFile ("[feed]") {
        /// Whether `feed.xml` is written.
        enabled: Option<bool>,
        /// At most this many entries, the newest first.
        limit: Option<Spanned<i64>>,
    }
}

/// The configuration with its defaults filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// BCP 47 language tag.
    pub language: String,
    /// Where it will be published, with a trailing slash.
    pub base_url: Option<Url>,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// Folders outside the site into which links may lead, as written.
    pub follow_links: Vec<String>,
    /// The output folder, as written.
    pub output: String,
    /// How links end.
    pub urls: UrlStyle,
    /// Edit link with `{path}` in it.
    pub edit_url: Option<String>,
    /// A page is stale when it was last updated longer ago.
    pub stale_after: Option<jiff::Span>,
    /// The framework whose name may be left out.
    pub default_framework: Option<Spanned<FrameworkId>>,
    /// The header's links, when given.
    pub nav: Option<Vec<NavItem>>,
    /// Whether there is a search.
    pub search: bool,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// Light and dark palette for code.
    pub palettes: (String, String),
    /// Number of feed entries; none when there is no feed.
    pub feed: Option<usize>,
    /// The largest text file.
    pub text_limit: ByteSize,
    /// Changed severities.
    pub checks: Vec<(Code, CheckLevel)>,
    /// The user's own values.
    pub extra: Table,
    /// The file it came from, for diagnostics.
    pub file: SourcePath,
    /// Pages marked as drafts are built too.
    pub drafts: bool,
}

/// What a command's flags say over the configuration.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--drafts`
    pub drafts: bool,
}

/// Checks a `base_url`: absolute, http or https, made to end in a slash.
pub fn parse_base_url(text: &str) -> Result<Url, String> {
    let mut text = text.to_owned();
    if !text.ends_with('/') {
        text.push('/');
    }
    let url = Url::parse(&text).map_err(|e| format!("`{text}` is not a URL: {e}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(format!("`{text}` is not the URL of a web site"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("`{text}` has a query or a fragment"));
    }
    Ok(url)
}

impl Config {
    /// Reads the configuration. Problems come with it; what could be read is used.
    pub fn read(text: &str, overrides: &Overrides) -> (Self, Vec<Diagnostic>) {
        let file = SourcePath::new(CONFIG);
        let mut problems = Problems::new(&file);
        let text = if text.len() as u64 > ByteSize::TEXT.0 {
            content::too_large(text.len() as u64, ByteSize::TEXT, &mut problems);
            ""
        } else {
            text
        };
        let text = content::control::refused(text, &mut problems);
        let table = value::toml::parse(&text, 0, &mut problems);
        let root =
            value::Value { span: crate::span::Span::new(0, text.len()), kind: value::Kind::Table(table) };
        let empty = value::Value { span: root.span, kind: value::Kind::Table(Table::default()) };
        let read = ConfigFile::decode(&root, &mut problems)
            .or_else(|| ConfigFile::decode(&empty, &mut Problems::new(&file)));
        let config = read.map(|f| Self::complete(f, file.clone(), overrides, &mut problems));
        (config.unwrap_or_else(|| Self::fallback(file)), problems.finish())
    }

    fn complete(f: ConfigFile, file: SourcePath, overrides: &Overrides, problems: &mut Problems) -> Self {
        let mut c = Self::fallback(file);
        c.title = f.title.unwrap_or(c.title);
        c.description = f.description.unwrap_or_default();
        if let Some(language) = f.language {
            match icu_locale_core::Locale::try_from_str(&language.value) {
                Ok(tag) => c.language = tag.to_string(),
                Err(_) => problems.add(
                    Diagnostic::new(
                        Code::InvalidValue,
                        problems.file(),
                        format!("`{}` is not a language tag (BCP 47)", language.value),
                    )
                    .at(language.span)
                    .help("write it as `en`, `de` or `pt-BR`"),
                ),
            }
        }
        c.follow_links = f.content.map(|c| c.follow_links).unwrap_or_default();
        if let Some(written) = f.base_url.filter(|u| !u.value.is_empty()) {
            match parse_base_url(&written.value) {
                Ok(url) => c.base_url = Some(url),
                Err(why) => {
                    problems.add(
                        Diagnostic::new(Code::InvalidValue, problems.file(), why)
                            .at(written.span)
                            .help("write it as `https://guidance.example.com/`"),
                    );
                }
            }
        }
        // The command line checked it already.
        if let Some(url) = overrides.base_url.as_deref() {
            c.base_url = parse_base_url(url).ok();
        }
        c.theme = f.theme.unwrap_or(c.theme);
        c.output = f.output.unwrap_or(c.output);
        c.urls = f.urls.unwrap_or(c.urls);
        if let Some(edit) = f.edit_url {
            // A browser would run a `javascript:` URL, and a relative one leads nowhere from most pages.
            let is_web = Url::parse(&edit.value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            let why = match (is_web, edit.value.contains("{path}")) {
                (true, true) => None,
                (false, _) => Some("`edit_url` is not the URL of a web site"),
                (true, false) => Some("`edit_url` has no `{path}`"),
            };
            match why {
                None => c.edit_url = Some(edit.value),
                Some(why) => problems.add(Diagnostic::new(Code::InvalidValue, problems.file(), why).at(edit.span).help("`{path}` stands for the file, as in `https://git.example.com/guidance/edit/main/{path}`")),
            }
        }
        if let Some(stale) = f.stale_after {
            match stale.value.parse::<jiff::Span>() {
                Ok(span) => c.stale_after = Some(span),
                Err(_) => problems.add(
                    Diagnostic::new(
                        Code::InvalidValue,
                        problems.file(),
                        format!("`{}` is not a length of time", stale.value),
                    )
                    .at(stale.span)
                    .help("write it as `12 months` or `90 days`"),
                ),
            }
        }
        c.default_framework = f.default_framework;
        c.nav = f.nav.map(|n| n.items);
        c.search = f.search.and_then(|s| s.enabled).unwrap_or(true);
        if let Some(m) = f.markdown {
            c.markdown = MarkdownOptions {
                smart_punctuation: m.smart_punctuation.unwrap_or(false),
                external_new_tab: m.external_links_new_tab.unwrap_or(false),
                external_no_follow: m.external_links_no_follow.unwrap_or(false),
            };
            let mut set = |written: Option<Spanned<String>>, palette: &mut String| {
                let Some(written) = written else { return };
                if highlight::is_palette(&written.value) {
                    *palette = written.value;
                } else {
                    let help = problems.suggest(&written.value, "palettes", highlight::palettes());
                    problems.add(
                        Diagnostic::new(
                            Code::UnknownTheme,
                            problems.file(),
                            format!("there is no highlight palette `{}`", written.value),
                        )
                        .at(written.span)
                        .help(help),
                    );
                }
            };
            if let Some(h) = m.highlight {
                set(h.light, &mut c.palettes.0);
                set(h.dark, &mut c.palettes.1);
            }
        }
        if let Some(feed) = f.feed {
            if let Some(limit) = &feed.limit
                && !(1..=1000).contains(&limit.value)
            {
                problems.add(
                    Diagnostic::new(Code::InvalidValue, problems.file(), "a feed has 1 to 1000 entries")
                        .at(limit.span)
                        .help("20 is usual"),
                );
            }
            let limit = feed.limit.map_or(20, |l| usize::try_from(l.value).unwrap_or(20));
            c.feed = feed.enabled.unwrap_or(true).then_some(limit);
        }
        c.text_limit = f.limits.and_then(|l| l.text).unwrap_or(c.text_limit);
        for (key, level) in f.checks.0 {
            let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
            if let Some(code) = warnings.clone().find(|code| code.name() == key.name) {
                c.checks.push((*code, level.value));
                continue;
            }
            let help = problems.suggest(&key.name, "checks", warnings.map(|code| code.name()));
            problems.add(
                Diagnostic::new(
                    Code::UnknownKey,
                    problems.file(),
                    format!("`{}` is not a check that can be set", key.name),
                )
                .at(key.span)
                .help(help),
            );
        }
        c.extra = f.extra;
        c.drafts = overrides.drafts;
        c
    }

    fn fallback(file: SourcePath) -> Self {
        Self {
            title: "Guidance".to_owned(),
            description: String::new(),
            language: "en".to_owned(),
            base_url: None,
            theme: Spanned::new("default".to_owned(), crate::span::Span::default()),
            follow_links: Vec::new(),
            output: "output".to_owned(),
            urls: UrlStyle::Directory,
            edit_url: None,
            stale_after: None,
            default_framework: None,
            nav: None,
            search: true,
            markdown: MarkdownOptions::default(),
            palettes: ("InspiredGithub".to_owned(), "OneHalfDark".to_owned()),
            feed: Some(20),
            text_limit: ByteSize::TEXT,
            checks: Vec::new(),
            extra: Table::default(),
            file,
            drafts: false,
        }
    }

    /// Gives diagnostics the severities that `[checks]` asks for and drops those turned off.
    pub fn apply_checks(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|d| {
            match self.checks.iter().rev().find(|(code, _)| *code == d.code).map(|(_, level)| level) {
                Some(CheckLevel::Off) => return false,
                Some(CheckLevel::Error) => d.severity = Severity::Error,
                Some(CheckLevel::Warning) => d.severity = Severity::Warning,
                None => {}
            }
            true
        });
    }

    /// The day until which a page updated on `updated` counts as fresh.
    pub fn fresh_until(&self, updated: Date) -> Option<Date> {
        updated.checked_add(self.stale_after?).ok()
    }
}
