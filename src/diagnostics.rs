//! What is wrong, where it stands, and how to fix it.
//!
//! A [`Diagnostic`] is data: a code, a file, a byte span, sentences. Turning it into the text a person reads
//! (or JSON, or a GitHub annotation) happens once, at the end, in [`report`].

use crate::span::{SourcePath, Span};
use crate::variables::Variables;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

pub mod explain;
pub mod report;
pub mod suggest;

pub use suggest::suggest;

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
    /// Those that say so by [`Diagnostic::lowered`], in words.
    Only(&'static str),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One problem: what, where, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// The file it stands in.
    pub file: SourcePath,
    /// The place in the file; `None` when the whole file is meant.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A few words under the marked place.
    pub label: String,
    /// How to fix it.
    pub help: String,
    /// May `[checks]` make a warning of it, although it is an error?
    pub may_be_lowered: bool,
}

impl Diagnostic {
    /// A problem with a whole file; [`at`](Self::at) gives it a place.
    pub fn new(code: Code, file: &SourcePath, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: file.clone(),
            span: None,
            message: shortened(message.into()),
            label: String::new(),
            help: String::new(),
            may_be_lowered: code.lowered() == Some(Lowered::All),
        }
    }

    /// Says that it is one of those that may be made a warning, of a code of which not all may.
    #[must_use]
    pub fn lowered(mut self) -> Self {
        self.may_be_lowered = true;
        self
    }

    /// Says where in the file.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Puts a few words under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = shortened(label.into());
        self
    }

    /// Says how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = shortened(help.into());
        self
    }
}

/// The longest sentence a diagnostic holds: a name of a megabyte is not worth repeating in full.
const LONGEST_SENTENCE: usize = 2000;

fn shortened(mut sentence: String) -> String {
    if sentence.len() > LONGEST_SENTENCE {
        let end = (0..=LONGEST_SENTENCE).rev().find(|&i| sentence.is_char_boundary(i)).unwrap_or(0);
        sentence.truncate(end);
        sentence.push('…');
    }
    sentence
}

/// How many problems of one kind are listed for one file; nobody works through more before the next run.
pub const MOST_OF_A_KIND: usize = 1000;
/// How many problems of one file are looked for at all.
pub const MOST_OF_A_FILE: usize = 20 * MOST_OF_A_KIND;

/// Of a file with very many problems of one kind, keeps the first and says that there are more.
/// `diagnostics` are [sorted](sort).
pub fn condense(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() <= MOST_OF_A_KIND {
        return;
    }
    let mut counts: BTreeMap<(SourcePath, Code, Severity), usize> = BTreeMap::new();
    diagnostics.retain(|d| {
        let count = counts.entry((d.file.clone(), d.code, d.severity)).or_default();
        *count += 1;
        *count <= MOST_OF_A_KIND
    });
    for ((file, code, severity), _) in counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_KIND) {
        let message = format!("this file has more than {MOST_OF_A_KIND} problems of this kind");
        let more =
            Diagnostic::new(code, &file, message).help("fix those that are listed, then run this again");
        diagnostics.push(Diagnostic { severity, ..more });
    }
    // What concerns a file as a whole comes first elsewhere; this is read last.
    diagnostics.sort_by(|a, b| a.file.cmp(&b.file));
}

/// Puts diagnostics in the order people read them (file, place) and drops exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.file, a.span, a.severity, a.code, &a.message)
            .cmp(&(&b.file, b.span, b.severity, b.code, &b.message))
    });
    diagnostics.dedup();
}

/// How many bytes of a file's code are highlighted: highlighting costs twenty times what other text does.
pub const MOST_HIGHLIGHTED: usize = 200_000;

/// What the diagrams of a file may cost together, roughly in milliseconds.
pub const MOST_DRAWN: usize = 6_000;
/// How many bytes variables may put into the texts of a file.
pub const MOST_FILLED: usize = 4 << 20;

/// The problems of one file while it is read, and what may still be spent on it.
#[derive(Debug)]
pub struct Problems {
    file: SourcePath,
    found: Vec<Diagnostic>,
    suggestions: suggest::Budget,
    /// Bytes of code that may still be highlighted.
    highlighting: usize,
    /// What diagrams may still cost.
    drawing: usize,
    /// What texts of the file may name.
    variables: Arc<Variables>,
    /// Bytes that variables may still put into its texts.
    filling: usize,
    /// Who names a variable that there is not is told elsewhere.
    lenient: bool,
    /// The variables that it names, the first time each.
    named: BTreeMap<String, Span>,
}

impl Problems {
    /// None yet.
    pub fn new(file: &SourcePath) -> Self {
        Self {
            file: file.clone(),
            found: Vec::new(),
            suggestions: suggest::Budget::of_a_file(),
            highlighting: MOST_HIGHLIGHTED,
            drawing: MOST_DRAWN,
            variables: Arc::default(),
            filling: MOST_FILLED,
            lenient: false,
            named: BTreeMap::new(),
        }
    }

    /// Of a file whose texts may name these variables.
    pub fn with_variables(file: &SourcePath, variables: &Arc<Variables>) -> Self {
        Self { variables: Arc::clone(variables), ..Self::new(file) }
    }

    /// From now on the file may name these variables.
    pub fn may_name(&mut self, variables: &Arc<Variables>) {
        self.variables = Arc::clone(variables);
    }

    /// Of a file that may name variables that there are not.
    pub fn lenient(file: &SourcePath, variables: &Arc<Variables>) -> Self {
        Self { lenient: true, ..Self::with_variables(file, variables) }
    }

    /// A text with the values of the variables it names; one that there is not is reported.
    pub fn fill(&mut self, text: &str, span: Span) -> String {
        self.fill_with(text, span, &str::to_owned)
    }

    /// The same, each value written by `write`.
    pub fn fill_with(&mut self, text: &str, span: Span, write: &dyn Fn(&str) -> String) -> String {
        let variables = Arc::clone(&self.variables);
        // Written letter for letter, or so between quotation marks.
        let before = match span.range().len().checked_sub(text.len()) {
            Some(0) => Some(0),
            Some(2) => Some(1),
            _ => None,
        };
        let whole = span;
        let filled = Variables::fill(text, |name, at| {
            let place = |before: usize| Span::new(at.start, at.end).shift(whole.start as usize + before);
            let span = before.map_or(whole, place);
            self.named.entry(name.to_owned()).or_insert(span);
            let Some(value) = variables.get(name) else {
                if self.lenient {
                    return None;
                }
                let help = self.suggest(name, "variables", variables.names());
                let message = format!("there is no variable `{name}`");
                self.add(
                    Diagnostic::new(Code::UnknownVariable, &self.file, message)
                        .at(span)
                        .help(format!("{help}; `[variables]` in guidepost.toml declares them")),
                );
                return None;
            };
            let value = write(value);
            let left = self.filling.checked_sub(value.len());
            if left.is_none() && self.filling > 0 {
                let message = format!("variables put more than {} MiB into this file", MOST_FILLED >> 20);
                let help = "name them less often, or make several files of this one";
                self.add(Diagnostic::new(Code::TooLarge, &self.file, message).at(span).help(help));
            }
            self.filling = left.unwrap_or(0);
            left.map(|_| value)
        });
        filled.into_owned()
    }

    /// The variables that were named, with the place where each was named first.
    pub fn named(&mut self) -> BTreeMap<String, Span> {
        std::mem::take(&mut self.named)
    }

    /// The file being read.
    pub fn file(&self) -> &SourcePath {
        &self.file
    }

    /// Adds one. What concerns the file as a whole is told even when there are very many.
    pub fn add(&mut self, found: Diagnostic) {
        if self.found.len() < MOST_OF_A_FILE || found.span.is_none() {
            self.found.push(found);
        }
    }

    /// A help sentence about what may have been meant; one file gets only so many.
    pub fn suggest<'c>(
        &mut self,
        written: &str,
        what: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> String {
        self.suggestions.suggest(written, what, candidates)
    }

    /// What may have been meant, if anything comes near; one file gets only so many.
    pub fn nearest<'c>(
        &mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.suggestions.nearest(written, candidates)
    }

    /// Does the file's allowance for highlighted code bear another piece of it?
    pub fn may_highlight(&mut self, size: usize) -> bool {
        let left = self.highlighting.checked_sub(size);
        self.highlighting = left.unwrap_or(self.highlighting);
        left.is_some()
    }

    /// Does the file's allowance for diagrams bear another one of this cost?
    pub fn may_draw(&mut self, cost: usize) -> bool {
        let left = self.drawing.checked_sub(cost);
        self.drawing = left.unwrap_or(self.drawing);
        left.is_some()
    }

    /// All that were found.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}
