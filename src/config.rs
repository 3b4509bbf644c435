//! `guidepost.toml`: everything has a default, an empty file is a valid site.

pub(crate) mod brand;
pub(crate) mod code_folder;
pub(crate) mod feedback;
mod images;
pub(crate) mod nav;
mod remote_images;
mod variables;

use crate::content::address::FrameworkId;
use crate::content::byte_size::ByteSize;
use crate::content::conflict;
use crate::content::control;
use crate::content::decode::{self, Decode, Entries};
use crate::content::heading_id::SlugRule;
use crate::content::highlight;
use crate::content::markdown::MarkdownOptions;
use crate::content::value::{Table, Value, toml};
use crate::content::written::Written;
use crate::diagnostics::{Code, Diagnostic, Lowered, Problems, Severity};
use crate::layout::CONFIG;
use crate::span::{SourcePath, Spanned};
use crate::variables::Variables;
use crate::{choice, record};
use brand::Brand;
use code_folder::CodeFolder;
use images::Images;
use jiff::civil::Date;
use nav::Nav;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::Arc;
use url::Url;

choice! {
    /// How links to pages end.
    pub enum UrlStyle {
        /// `guides/secrets/`: for web servers.
        Directory = "directory",
        /// `guides/secrets/index.html`: opens from a disk or a file share.
        File = "file",
    }

    /// A form of a page for machines.
    pub enum ExportForm {
        /// `index.md`
        Markdown = "md",
        /// `index.json`
        Json = "json",
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

record! {
    /// The keys of `guidepost.toml`.
    pub struct Settings ("the configuration") {
        /// The site's name, shown in the header and in every page's title.
        title: String = "Guidance",
        /// One or two sentences about the site, for the home page, search engines and the feed.
        description: String = "",
        /// The language the content is written in, as in HTML's `lang` (BCP 47).
        language: Language = "en",
        /// Where the site will be published; canonical links, the feed, the sitemap and social cards need it.
        base_url: Option<Spanned<String>>,
        /// The theme's name: `default`, or a folder in `themes/`.
        theme: Spanned<String> = "default",
        /// The folder to build into.
        output: String = "output",
        /// How links to pages end.
        urls: UrlStyle = "directory",
        /// Where a page can be edited; `{path}` stands for the file's path.
        edit_url: Option<EditUrl>,
        /// Where readers say that something is wrong or missing; `{path}` and `{title}` stand for the page's.
        feedback_url: Option<FeedbackUrl>,
        /// Pages not updated for longer are reported, such as `12 months`.
        stale_after: Option<Age>,
        /// The framework whose name may be left out of addresses.
        default_framework: Option<Spanned<FrameworkId>>,
        /// The links in the header.
        nav: Option<Nav>,
        /// What makes the theme look like the house it is used in.
        brand: Option<Brand>,
        /// The search.
        search: Search,
        /// What belongs to the content beside the files in its folder.
        content: Content,
        /// How Markdown is read and written.
        markdown: Markdown,
        /// Smaller copies of large pictures.
        images: Images,
        /// The Atom feed.
        feed: Feed,
        /// What is written beside pages for machines.
        export: Export,
        /// How large texts may be.
        limits: Limits,
        /// What is said once and named in texts: `support-mail = "help@example.com"` is `[[var:support-mail]]` there.
        variables: Entries<Written>,
        /// Which checks are reported, and how gravely: a code and `off`, `warning` or `error`. Of the errors,
        /// `foreign-notation`, `broken-anchor`, `broken-image` of other sites and `unknown-key` in front matter can be
        /// made warnings.
        checks: Entries<Spanned<CheckLevel>>,
        /// Anything; handed to templates as `site.extra`.
        extra: Table,
    }

    /// The `[search]` table.
    pub struct Search ("[search]") {
        /// Whether the site has a search.
        enabled: bool = true,
    }

    /// The `[content]` table.
    pub struct Content ("[content]") {
        /// Folders outside the site into which links within `content/` and `themes/` may lead, from the site's
        /// folder.
        follow_links: Vec<String>,
        /// Folders of which guides may show code, with `file=` on a fence, from the site's folder.
        code: Vec<Spanned<CodeFolder>>,
    }

    /// The `[markdown]` table.
    pub struct Markdown ("[markdown]") {
        /// Curly quotes, dashes and ellipses for straight ones.
        smart_punctuation: bool = false,
        /// How the ids of headings are made.
        slugs: SlugRule = "github",
        /// The palettes for code.
        highlight: Highlight,
        /// Links to other sites open in a new tab.
        external_links_new_tab: bool = false,
        /// Links to other sites carry `rel="nofollow"`.
        external_links_no_follow: bool = false,
        /// `$..$` and `$$..$$` are formulas in TeX's notation.
        math: bool = false,
        /// Hosts whose pictures pages may show, such as `https://images.example.com`.
        remote_images: Vec<Spanned<String>>,
    }

    /// The `[markdown.highlight]` table.
    pub struct Highlight ("[markdown.highlight]") {
        /// Palette on a light page.
        light: Palette = "InspiredGithub",
        /// Palette on a dark page.
        dark: Palette = "OneHalfDark",
    }

    /// The `[export]` table.
    pub struct Export ("[export]") {
        /// The forms in which guides, playbooks and sections are written beside their pages: `index.md` with all that
        /// is embedded, and `index.json`.
        pages: Vec<ExportForm>,
    }

    /// The `[limits]` table.
    pub struct Limits ("[limits]") {
        /// The largest text file, such as `4 MiB`: Markdown, frameworks and the glossary.
        text: ByteSize = "4 MiB",
    }

    /// The `[feed]` table.
    pub struct Feed ("[feed]") {
        /// Whether `feed.xml` is written.
        enabled: bool = true,
        /// At most this many entries, the newest first.
        limit: FeedLimit = 20,
    }
}

impl Feed {
    /// The number of entries; none when there is no feed.
    pub fn entries(&self) -> Option<usize> {
        self.enabled.then_some(self.limit.0)
    }
}

macro_rules! checked {
    ($($(#[$meta:meta])* $name:ident, $help:expr, $parse:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[schemars(inline)]
        pub struct $name(String);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Decode for $name {
            fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
                decode::parsed(value, problems, $help, $parse).map(Self)
            }
        }
    )+};
}

checked! {
    /// A language tag (BCP 47), in its canonical spelling.
    Language, "write it as `en`, `de` or `pt-BR`", |text| {
        let tag = icu_locale_core::Locale::try_from_str(text);
        tag.map(|tag| tag.to_string()).map_err(|_| format!("`{text}` is not a language tag (BCP 47)"))
    };
    /// The URL of a web site with `{path}` in it.
    EditUrl, "`{path}` stands for the file, as in `https://git.example.com/guidance/edit/main/{path}`", |text| {
        // A browser would run a `javascript:` URL, and a relative one leads nowhere from most pages.
        if !Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
            return Err("`edit_url` is not the URL of a web site".to_owned());
        }
        let has_path = text.contains("{path}");
        has_path.then(|| text.to_owned()).ok_or_else(|| "`edit_url` has no `{path}`".to_owned())
    };
    /// The URL of a web site or a mailbox, with `{path}` and `{title}` in it.
    FeedbackUrl, feedback::HELP, feedback::checked;
    /// A length of time.
    Age, "write it as `12 months` or `90 days`", |text| match text.parse::<jiff::Span>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(format!("`{text}` is not a length of time")),
    };
}

impl Language {
    /// Is it written from right to left? The script decides where the tag names one, else the one it is usually written in.
    pub fn is_right_to_left(&self) -> bool {
        const SCRIPTS: [&str; 8] = ["Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"];
        const LANGUAGES: [&str; 14] =
            ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
        let mut parts = self.split('-');
        let language = parts.next().unwrap_or_default();
        match parts.find(|part| part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase())) {
            Some(script) => SCRIPTS.contains(&script),
            None => LANGUAGES.contains(&language),
        }
    }
}

/// The name of a palette for code.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct Palette(pub String);

impl Decode for Palette {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let name = String::decode(value, problems)?;
        if highlight::is_palette(&name) {
            return Some(Self(name));
        }
        let help = problems.suggest(&name, "palettes", highlight::palettes());
        let message = format!("there is no highlight palette `{name}`");
        problems.add(Diagnostic::new(Code::UnknownTheme, problems.file(), message).at(value.span).help(help));
        None
    }
}

/// How many entries a feed has.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct FeedLimit(#[schemars(with = "i64", range(min = 1, max = 1000))] usize);

impl Decode for FeedLimit {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let written = i64::decode(value, problems)?;
        let limit = usize::try_from(written).ok().filter(|n| (1..=1000).contains(n));
        if limit.is_none() {
            problems.add(
                Diagnostic::new(Code::InvalidValue, problems.file(), "a feed has 1 to 1000 entries")
                    .at(value.span)
                    .help("20 is usual"),
            );
        }
        limit.map(Self)
    }
}

/// The configuration: the keys of the file, and what follows from them and from the command line.
#[derive(Clone, Debug)]
pub struct Config {
    settings: Settings,
    /// Where the site will be published, with a trailing slash.
    pub base_url: Option<Url>,
    /// Changed severities.
    levels: Vec<(Code, CheckLevel)>,
    /// The file it came from, for diagnostics.
    pub file: SourcePath,
    /// Pages marked as drafts are built too.
    pub drafts: bool,
    /// What texts can name.
    pub variables: Arc<Variables>,
}

impl Deref for Config {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.settings
    }
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
        let size = text.len() as u64;
        let text = if size > ByteSize::TEXT.0 {
            problems.add(ByteSize::TEXT.exceeded(&file, size));
            ""
        } else {
            text
        };
        let text = control::refused(text, &mut problems);
        let root = toml::parse_file(&text, &mut problems);
        let variables = variables::declared(&root, &mut problems);
        problems.may_name(&variables);
        let Some(settings) = Settings::decode(&root, &mut problems).or_else(Settings::absent) else {
            unreachable!("every key of the configuration can be left out");
        };
        let written = base_url(&settings, &mut problems);
        remote_images::check(&settings.markdown.remote_images, &mut problems);
        // The command line checked its own already.
        let said = overrides.base_url.as_deref().and_then(|url| parse_base_url(url).ok());
        let config = Self {
            base_url: said.or(written),
            levels: levels(&settings, &mut problems),
            settings,
            file,
            drafts: overrides.drafts,
            variables,
        };
        let conflicts = conflict::find(&text, &config.file, false);
        (config, if conflicts.is_empty() { problems.finish() } else { conflicts })
    }

    /// What reading Markdown depends on.
    pub fn markdown_options(&self) -> MarkdownOptions {
        let markdown = &self.settings.markdown;
        MarkdownOptions {
            smart_punctuation: markdown.smart_punctuation,
            slugs: markdown.slugs,
            math: markdown.math,
            external_new_tab: markdown.external_links_new_tab,
            external_no_follow: markdown.external_links_no_follow,
            remote_images: markdown.remote_images.iter().map(|origin| origin.value.clone()).collect(),
            variables: Arc::clone(&self.variables),
        }
    }

    /// Gives diagnostics the severities that `[checks]` asks for and drops those turned off.
    pub fn apply_checks(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|d| {
            match self.levels.iter().rev().find(|(code, _)| *code == d.code).map(|(_, level)| level) {
                // Of a code that is an error, only what may be lowered is.
                Some(_) if d.code.severity() == Severity::Error && !d.may_be_lowered => {}
                Some(CheckLevel::Off) => return false,
                Some(CheckLevel::Error) => d.severity = Severity::Error,
                Some(CheckLevel::Warning) => d.severity = Severity::Warning,
                None => return !d.code.is_off_by_default(),
            }
            true
        });
    }

    /// The day until which a page updated on `updated` counts as fresh.
    pub fn fresh_until(&self, updated: Date) -> Option<Date> {
        let span: jiff::Span = self.stale_after.as_ref()?.parse().ok()?;
        updated.checked_add(span).ok()
    }
}

fn base_url(settings: &Settings, problems: &mut Problems) -> Option<Url> {
    let written = settings.base_url.as_ref().filter(|url| !url.value.is_empty())?;
    let read = parse_base_url(&written.value);
    read.map_err(|why| {
        problems.add(
            Diagnostic::new(Code::InvalidValue, problems.file(), why)
                .at(written.span)
                .help("write it as `https://guidance.example.com/`"),
        );
    })
    .ok()
}

/// What `[checks]` says, by the codes it names.
fn levels(settings: &Settings, problems: &mut Problems) -> Vec<(Code, CheckLevel)> {
    let mut levels = Vec::new();
    for (key, level) in &settings.checks.0 {
        let Some(code) = Code::named(&key.name) else {
            let all = Code::ALL.iter().filter(|code| is_set(**code)).map(|code| code.name());
            let help = problems.suggest(&key.name, "checks", all);
            let message = format!("`{}` is not a check that can be set", key.name);
            problems.add(Diagnostic::new(Code::UnknownKey, problems.file(), message).at(key.span).help(help));
            continue;
        };
        match refusal(code, level.value) {
            None => levels.push((code, level.value)),
            Some((message, help)) => problems
                .add(Diagnostic::new(Code::InvalidValue, problems.file(), message).at(level.span).help(help)),
        }
    }
    levels
}

/// Can `[checks]` say anything about this code?
fn is_set(code: Code) -> bool {
    code.severity() == Severity::Warning || code.lowered().is_some()
}

/// Why a check cannot be set so, and what can be done.
fn refusal(code: Code, level: CheckLevel) -> Option<(String, String)> {
    if code.severity() == Severity::Warning || level == CheckLevel::Error {
        return None;
    }
    match (code.lowered(), level) {
        (Some(_), CheckLevel::Warning) => None,
        (Some(which), _) => {
            let which = match which {
                Lowered::All => String::new(),
                Lowered::Only(which) => format!(" {which}"),
            };
            Some((
                format!("`{code}`{which} can be made a warning, and not turned off"),
                "write `\"warning\"` while the site moves here from another tool".to_owned(),
            ))
        }
        (None, _) => {
            let lowered: Vec<&str> =
                Code::ALL.iter().filter(|code| code.lowered().is_some()).map(|code| code.name()).collect();
            Some((
                format!("`{code}` stays an error: with it, what a reader gets is not what its author wrote"),
                format!(
                    "`guidepost explain {code}` says how to fix it; errors that can be warnings for a while: {}",
                    lowered.join(", ")
                ),
            ))
        }
    }
}
