//! Code to HTML with classes, at build time.
//!
//! The grammars give every token a stack of scopes; [`CLASSES`] folds them into a dozen short class names, so
//! the HTML stays small and one stylesheet can carry a light and a dark palette.

use super::code::language;
use super::html::escape;
use crate::diagnostics::MOST_HIGHLIGHTED;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use syntect::highlighting::{Color, Highlighter, Theme};
use syntect::parsing::{
    BasicScopeStackOp, ParseState, Scope, ScopeError, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet,
};
use syntect::util::LinesWithEndings;
use two_face::theme::{EmbeddedLazyThemeSet, EmbeddedThemeName};

/// Scope prefixes and the class each becomes; the first that fits the innermost scope wins.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("string", "s"),
    ("punctuation.definition.string", "s"),
    ("constant.character.escape", "e"),
    ("constant.numeric", "n"),
    ("constant.language", "l"),
    ("constant", "l"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("storage.type", "t"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("entity.name.tag", "g"),
    ("entity.other.attribute-name", "a"),
    ("entity.name", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("variable.parameter", "p"),
    ("variable.function", "f"),
    ("meta.mapping.key", "a"),
    ("markup.heading", "k"),
    ("markup.bold", "b"),
    ("markup.italic", "i"),
    ("markup.inserted", "s"),
    ("markup.deleted", "g"),
    ("variable", "v"),
];

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);
static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});
static THEMES: LazyLock<EmbeddedLazyThemeSet> = LazyLock::new(two_face::theme::extra);

/// Why a piece of code stays plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// It is longer than can be highlighted in reasonable time; says what is too long.
    TooLong(String),
    /// No grammar knows the language.
    UnknownLanguage,
}

/// The longest line that is highlighted, in bytes. Grammars are regular expressions with backtracking: what a
/// line costs can grow with the cube of its length.
const LONGEST_LINE: usize = 300;
/// The longest code that is highlighted, in bytes.
const LONGEST_CODE: usize = 50_000;
/// The deepest nesting of what a grammar found. Every line may have to look through all of it.
const DEEPEST: usize = 200;

/// Does a grammar know this language?
pub fn knows(language: &str) -> bool {
    grammar(language).is_some()
}

fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    // The longest name has 36 letters; looking for one costs its length for each of the grammars.
    let token = Some(language::canonical(language)).filter(|name| name.len() < 100)?;
    GRAMMARS.find_syntax_by_token(&token)
}

/// What is too long about this code to be highlighted, if anything is.
pub fn too_long(text: &str) -> Option<String> {
    if text.len() > LONGEST_CODE {
        return Some(format!("it is longer than {LONGEST_CODE} bytes"));
    }
    let number = text.lines().position(|line| line.len() > LONGEST_LINE)?;
    Some(format!("its line {} is longer than {LONGEST_LINE} bytes", number.saturating_add(1)))
}

/// The code as HTML. `may` is asked whether this many bytes may be highlighted.
///
/// # Errors
/// When it stays plain.
pub fn code(language: &str, text: &str, may: May<'_>) -> Result<String, Plain> {
    tokens(language, text, may, false).map(|mut pieces| pieces.pop().unwrap_or_default())
}

/// The code as HTML, line by line: a comment or a string that goes on over several lines is an element in each of
/// them. Without the ends of lines.
///
/// # Errors
/// When it stays plain.
pub fn lines(language: &str, text: &str, may: May<'_>) -> Result<Vec<String>, Plain> {
    tokens(language, text, may, true)
}

/// Asked whether this many bytes may be highlighted.
pub type May<'m> = &'m mut dyn FnMut(usize) -> bool;

/// The code in one piece, or in lines.
fn tokens(language: &str, text: &str, may: May<'_>, by_line: bool) -> Result<Vec<String>, Plain> {
    let grammar = grammar(language).ok_or(Plain::UnknownLanguage)?;
    if let Some(why) = too_long(text) {
        return Err(Plain::TooLong(why));
    }
    if !may(text.len()) {
        let why = format!("its file has more than {MOST_HIGHLIGHTED} bytes of code");
        return Err(Plain::TooLong(why));
    }
    let mut pieces = Vec::new();
    let mut state = ParseState::new(grammar);
    let mut stack = Classes::default();
    let mut out = Tokens { html: String::with_capacity(text.len().saturating_mul(2)), class: "", by_line };
    for line in LinesWithEndings::from(text) {
        match state.parse_line(line, &GRAMMARS) {
            Ok(operations) => {
                let mut from = 0;
                for (at, operation) in &operations {
                    out.push(stack.class(), line.get(from..*at).unwrap_or_default());
                    from = *at;
                    if stack.apply(operation).is_err() {
                        break;
                    }
                }
                out.push(stack.class(), line.get(from..).unwrap_or_default());
            }
            Err(_) => out.push("", line),
        }
        if by_line {
            pieces.push(out.take());
        }
        if stack.classes.len() > DEEPEST {
            return Err(Plain::TooLong(format!("it is nested more than {DEEPEST} deep")));
        }
    }
    if !by_line {
        pieces.push(out.take());
    }
    Ok(pieces)
}

static LANGUAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = GRAMMARS.syntaxes().iter().map(|grammar| grammar.name.to_lowercase());
    let aliases = language::ALIASES.iter().map(|(alias, _)| (*alias).to_owned());
    // A name of two or three letters is as near to any other of its length.
    let mut names: Vec<String> = names.chain(aliases).filter(|n| n.len() > 3 && !n.contains(' ')).collect();
    names.sort();
    names.dedup();
    names
});

/// What may have been meant by a language that no grammar knows, for a "did you mean": names that begin alike and are about as
/// long.
pub fn languages_like(written: &str) -> impl Iterator<Item = &'static str> {
    let first = written.chars().next().map(|c| c.to_ascii_lowercase()).filter(|_| written.len() > 3);
    let length = written.len();
    LANGUAGES.iter().map(String::as_str).filter(move |name| {
        first.is_some() && name.chars().next() == first && name.len().abs_diff(length) < 3
    })
}

/// The scopes that are open, each with the class of what stands directly in it. A class is looked for when its
/// scope opens, not for every token: that was a sixth of a whole build.
#[derive(Default)]
struct Classes {
    scopes: ScopeStack,
    classes: Vec<&'static str>,
}

impl Classes {
    fn class(&self) -> &'static str {
        self.classes.last().copied().unwrap_or_default()
    }

    fn apply(&mut self, operation: &ScopeStackOp) -> Result<(), ScopeError> {
        let Self { scopes, classes } = self;
        scopes.apply_with_hook(operation, |operation, _| match operation {
            BasicScopeStackOp::Push(scope) => {
                let own = SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
                classes.push(own.map_or(classes.last().copied().unwrap_or_default(), |(_, class)| *class));
            }
            BasicScopeStackOp::Pop => {
                classes.pop();
            }
        })
    }
}

/// Writes tokens, neighbours of one class in one element.
struct Tokens {
    html: String,
    class: &'static str,
    /// The ends of lines are left out.
    by_line: bool,
}

impl Tokens {
    fn push(&mut self, class: &'static str, text: &str) {
        let text = if self.by_line { text.strip_suffix('\n').unwrap_or(text) } else { text };
        if text.is_empty() {
            return;
        }
        // White space has no colour of its own, so it does not end a token.
        let class = if text.trim().is_empty() { self.class } else { class };
        if class != self.class {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<i class=\"h-");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape(text, &mut self.html);
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</i>");
            self.class = "";
        }
    }

    /// What was written since the last time.
    fn take(&mut self) -> String {
        self.close();
        std::mem::take(&mut self.html)
    }
}

/// The names of all palettes.
pub fn palettes() -> Vec<&'static str> {
    EmbeddedLazyThemeSet::theme_names().iter().map(|n| n.as_name()).collect()
}

fn palette(name: &str) -> Option<&'static Theme> {
    let known: &[EmbeddedThemeName] = EmbeddedLazyThemeSet::theme_names();
    known.iter().find(|n| n.as_name().eq_ignore_ascii_case(name)).map(|n| THEMES.get(*n))
}

/// Is there a palette of this name?
pub fn is_palette(name: &str) -> bool {
    EmbeddedLazyThemeSet::theme_names().iter().any(|n| n.as_name().eq_ignore_ascii_case(name))
}

/// The stylesheet for a light and a dark palette. Colours that are too faint on the theme's code background
/// are moved until they reach the contrast of WCAG 2.2 AA (1.4.3: 4.5 to 1).
pub fn stylesheet(light: &str, dark: &str) -> String {
    let light = colours(light, Color { r: 0xf6, g: 0xf7, b: 0xf9, a: 255 });
    let dark = colours(dark, Color { r: 0x1b, g: 0x20, b: 0x28, a: 255 });
    let shown = |colour: Option<&Color>| {
        colour.map_or("currentcolor".to_owned(), |c| format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b))
    };
    let classes: BTreeSet<&str> = light.keys().chain(dark.keys()).copied().collect();
    classes
        .into_iter()
        .map(|class| {
            let pair = (shown(light.get(class)), shown(dark.get(class)));
            format!(".h-{class} {{ color: light-dark({}, {}); }}\n", pair.0, pair.1)
        })
        .collect()
}

/// A palette's colour for each class, as it can be read on a background.
fn colours(name: &str, background: Color) -> BTreeMap<&'static str, Color> {
    let mut colours = BTreeMap::new();
    let Some(theme) = palette(name) else { return colours };
    let highlighter = Highlighter::new(theme);
    for (scope, class) in SCOPES.iter() {
        let style = highlighter.style_mod_for_stack(&[*scope]);
        if let Some(colour) = style.foreground.or(theme.settings.foreground) {
            colours.entry(*class).or_insert_with(|| readable(colour, background));
        }
    }
    colours
}

/// Moves a colour away from the background until it can be read.
fn readable(mut colour: Color, background: Color) -> Color {
    let towards = if luminance(background) > 0.5 { 0.0 } else { 255.0 };
    for _ in 0..40 {
        if contrast(colour, background) >= 4.6 {
            break;
        }
        let step = |c: u8| (f64::from(c) + (towards - f64::from(c)) * 0.08).round().clamp(0.0, 255.0) as u8;
        let next = Color { r: step(colour.r), g: step(colour.g), b: step(colour.b), a: 255 };
        if next == colour {
            break;
        }
        colour = next;
    }
    colour
}

/// Contrast ratio of WCAG 2.2.
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of WCAG 2.2.
fn luminance(c: Color) -> f64 {
    let channel = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b)
}
