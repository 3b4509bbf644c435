//! Every kind of problem there is, each with its name, its meaning and how grave it is.

use std::fmt;

/// Does a diagnostic stop the build?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site cannot be built from this.
    Error,
    /// The site is built; a reader or an author would be better off with this fixed.
    Warning,
}

/// What becomes of a problem when the configuration says nothing about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Level {
    /// It stops the build.
    Error,
    /// It is reported.
    Warning,
    /// It is reported where `[checks]` asks for it.
    Off,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// Every kind of problem Guidepost reports. The name is what a user searches for.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// All codes, in the order of the documentation's table.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The name between the brackets of `error[...]`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }

            fn level(self) -> Level {
                match self { $(Code::$name => Level::$severity,)+ }
            }

            /// One sentence for the documentation.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    /// A file or folder could not be read.
    Unreadable = "unreadable", Error;
    /// A file that should hold text is not UTF-8.
    InvalidUtf8 = "invalid-utf8", Error;
    /// A text that is larger than `[limits]` allows, or a picture too large to make copies of.
    TooLarge = "too-large", Error;
    /// A control character, which no text needs and no feed can carry.
    ControlCharacter = "control-character", Error;
    /// Values, lists or quotes that are nested too deep.
    TooDeep = "too-deep", Error;
    /// TOML that cannot be parsed.
    InvalidToml = "invalid-toml", Error;
    /// YAML that cannot be parsed, or that uses tags or anchors.
    InvalidYaml = "invalid-yaml", Error;
    /// Front matter that is opened and never closed.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// A key that means nothing here.
    UnknownKey = "unknown-key", Error;
    /// A key that must be there and is not.
    MissingKey = "missing-key", Error;
    /// A value of another type than the key holds.
    WrongType = "wrong-type", Error;
    /// A value of the right type that is not allowed here.
    InvalidValue = "invalid-value", Error;
    /// An attribute of a block, a code fence, a picture or a snippet that is not written as one.
    InvalidAttribute = "invalid-attribute", Error;
    /// An attribute that a block, a code fence or a picture does not have.
    UnknownAttribute = "unknown-attribute", Error;
    /// An identifier with letters that a URL or an address cannot carry.
    InvalidId = "invalid-id", Error;
    /// A reference that does not follow the notation.
    InvalidAddress = "invalid-address", Error;
    /// A stage that the framework does not have.
    UnknownStage = "unknown-stage", Error;
    /// A dimension that is listed and has no file.
    UnknownDimension = "unknown-dimension", Error;
    /// A dimension file that `framework.toml` does not list.
    UnlistedDimension = "unlisted-dimension", Error;
    /// A key that no interface text, word or plural form has.
    UnknownTextKey = "unknown-text-key", Error;
    /// A placeholder that an interface text does not have.
    UnknownPlaceholder = "unknown-placeholder", Error;
    /// A framework that does not exist.
    UnknownFramework = "unknown-framework", Error;
    /// A text file whose name is no address of its framework.
    UnknownText = "unknown-text", Error;
    /// Two things with one identifier.
    DuplicateId = "duplicate-id", Error;
    /// Two sources that would write one URL, also on a disk that ignores case.
    DuplicateUrl = "duplicate-url", Error;
    /// A file, folder or slug under whose name nothing can be published.
    InvalidPath = "invalid-path", Error;
    /// Embeds within embeds, deeper or more of them than a page can hold.
    EmbedLimit = "embed-limit", Error;
    /// A row of a framework without a cell for a stage.
    MissingCell = "missing-cell", Warning;
    /// A group that a framework does not describe.
    UnknownGroup = "unknown-group", Error;
    /// A scale that a framework does not have, or none where there are several.
    UnknownScale = "unknown-scale", Error;
    /// Details, links or a text for a cell that holds nothing, or nothing beside something.
    SurplusCell = "surplus-cell", Error;
    /// A link to a file or page that does not exist.
    BrokenLink = "broken-link", Error;
    /// A link to a heading that its page does not have.
    BrokenAnchor = "broken-anchor", Error;
    /// A link to a heading by an id that it has elsewhere, or had before.
    RenamedAnchor = "renamed-anchor", Warning;
    /// An address that names nothing.
    BrokenReference = "broken-reference", Error;
    /// An image that does not exist.
    BrokenImage = "broken-image", Error;
    /// Code from a file, a region or lines that are not there.
    BrokenCode = "broken-code", Error;
    /// A table of data whose rows do not fit its header, that is too large, or that cannot be read.
    BrokenTable = "broken-table", Error;
    /// A variable that the configuration does not declare.
    UnknownVariable = "unknown-variable", Error;
    /// A parameter that a snippet does not ask for, or one that it asks for and is not given.
    UnknownParameter = "unknown-parameter", Error;
    /// An address that names two things.
    AmbiguousReference = "ambiguous-reference", Error;
    /// A link with a scheme that can run code.
    UnsafeLink = "unsafe-link", Error;
    /// An embed that leads back to itself.
    EmbedCycle = "embed-cycle", Error;
    /// An embed of something that cannot be embedded, or in the middle of a sentence.
    InvalidEmbed = "invalid-embed", Error;
    /// Cells that depend on each other in a circle.
    DependencyCycle = "dependency-cycle", Error;
    /// A playbook without one of the sections it needs.
    MissingSection = "missing-section", Error;
    /// A series of playbooks that forks, closes in a circle, or follows something else than a playbook.
    BrokenSeries = "broken-series", Error;
    /// A diagram that cannot be drawn.
    InvalidDiagram = "invalid-diagram", Error;
    /// A formula that cannot be read.
    InvalidFormula = "invalid-formula", Error;
    /// HTML in Markdown that Guidepost does not let through.
    RawHtml = "raw-html", Error;
    /// Notation of another tool, which would be published as it stands.
    ForeignNotation = "foreign-notation", Error;
    /// A block, `:::name`, that does not exist.
    UnknownBlock = "unknown-block", Error;
    /// A block that is opened and never closed, or closed and never opened.
    UnclosedBlock = "unclosed-block", Error;
    /// A block in the wrong place, or one that lacks something or holds what it cannot.
    InvalidBlock = "invalid-block", Error;
    /// A block of code that is opened and never closed.
    UnclosedCode = "unclosed-code", Error;
    /// The marks that git leaves where two versions of a text could not be merged.
    MergeConflict = "merge-conflict", Error;
    /// A footnote that a text refers to and no text defines.
    UndefinedFootnote = "undefined-footnote", Error;
    /// A template that does not exist.
    UnknownTemplate = "unknown-template", Error;
    /// A theme or a highlight palette that does not exist.
    UnknownTheme = "unknown-theme", Error;
    /// A template that cannot be parsed or rendered.
    TemplateError = "template-error", Error;
    /// A file in the output folder that Guidepost did not write is in the way.
    ForeignFile = "foreign-file", Error;
    /// A page that nothing leads to, not even the list of its section.
    OrphanPage = "orphan-page", Warning;
    /// A page that no text and no header leads to, although its section lists it.
    UnlinkedPage = "unlinked-page", Off;
    /// A file that nothing refers to, of a kind that sites do not usually publish.
    UnreferencedFile = "unreferenced-file", Warning;
    /// A file of a theme that takes the place of none and that nothing uses.
    UnusedThemeFile = "unused-theme-file", Warning;
    /// A page or a heading of the last build that is gone without an alias.
    LostUrl = "lost-url", Warning;
    /// A page without a description.
    MissingDescription = "missing-description", Warning;
    /// An image or a diagram without alternative text.
    MissingAlt = "missing-alt", Warning;
    /// A heading two or more levels below the one before it.
    SkippedHeading = "skipped-heading", Warning;
    /// A second title on a page.
    SecondTitle = "second-title", Warning;
    /// A footnote that no text refers to, so that it is not shown.
    UnusedFootnote = "unused-footnote", Warning;
    /// A link `[text][name]` whose name is defined nowhere.
    UndefinedLink = "undefined-link", Warning;
    /// A `[[` that begins no reference.
    UnclosedReference = "unclosed-reference", Warning;
    /// A row with more or fewer cells than its table has columns.
    UnevenTable = "uneven-table", Warning;
    /// A code block in a language that cannot be highlighted.
    UnknownLanguage = "unknown-language", Warning;
    /// Code that is too long to be highlighted.
    CodeNotHighlighted = "code-not-highlighted", Warning;
    /// An accent colour that cannot be read on the page's background.
    LowContrast = "low-contrast", Warning;
    /// A snippet that no page shows.
    UnusedSnippet = "unused-snippet", Warning;
    /// A page not updated for longer than `stale_after`.
    StalePage = "stale-page", Warning;
}

impl Code {
    /// How grave it is unless `[checks]` says otherwise.
    pub fn severity(self) -> Severity {
        match self.level() {
            Level::Error => Severity::Error,
            Level::Warning | Level::Off => Severity::Warning,
        }
    }

    /// Is it reported only where `[checks]` asks for it?
    pub fn is_off_by_default(self) -> bool {
        self.level() == Level::Off
    }

    /// What it does unless `[checks]` says otherwise, in a table's words.
    pub fn usual_level(self) -> &'static str {
        match self.level() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Off => "off by default",
        }
    }

    /// The code of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Of an error: which of its kind `[checks]` may make warnings while a site moves here from another tool. The pages can
    /// be published all the same, only not as their authors meant them.
    pub fn lowered(self) -> Option<Lowered> {
        match self {
            Self::ForeignNotation | Self::BrokenAnchor => Some(Lowered::All),
            Self::BrokenImage => Some(Lowered::Only("of images on other sites")),
            Self::UnknownKey => Some(Lowered::Only("in front matter")),
            _ => None,
        }
    }
}

/// Which errors of one code may be made warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lowered {
    /// All of them.
    All,
    /// Those that say so by [`Diagnostic::lowered`](super::Diagnostic::lowered), in words.
    Only(&'static str),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
