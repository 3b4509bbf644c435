//! Formulas in TeX's notation to MathML, at build time.
//!
//! The library knows no macros of an author's own, so none can expand without end; length and nesting are bounded, since it
//! calls itself for every level. What it makes is [written anew](super::markup): styles, which the policy of a page blocks,
//! become classes of the theme.

use super::guarded::guarded;
use super::markup::{Attribute, Rules, rewrite};
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use std::ops::Range;
use std::sync::LazyLock;

/// What is wrong with a formula.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where in it.
    pub range: Range<usize>,
    /// In one sentence.
    pub message: String,
    /// How to fix it.
    pub help: &'static str,
}

/// The longest formula, in bytes.
const LONGEST: usize = 2_000;
/// How deep groups may stand within each other.
const DEEPEST: usize = 40;
/// How many commands may follow one another without a group: each may be the argument of the one before.
const MOST_COMMANDS: usize = 100;

static CONVERTER: LazyLock<Option<LatexToMathML>> = LazyLock::new(|| {
    LatexToMathML::new(MathCoreConfig { annotation: true, ..MathCoreConfig::default() }).ok()
});

/// A formula as a `<math>` element, which keeps the source as an annotation.
pub fn mathml(tex: &str, is_display: bool) -> Result<String, Wrong> {
    let all = |message: String, help: &'static str| Wrong { range: 0..tex.len(), message, help };
    if tex.len() > LONGEST {
        return Err(all(
            format!("a formula has at most {LONGEST} bytes; this one has {}", tex.len()),
            SHORTER,
        ));
    }
    if is_too_deep(tex) {
        return Err(all(format!("groups in a formula are nested at most {DEEPEST} deep"), SHORTER));
    }
    let Some(converter) = CONVERTER.as_ref() else {
        return Err(all("formulas cannot be read".to_owned(), ""));
    };
    let display = if is_display { MathDisplay::Block } else { MathDisplay::Inline };
    let converted = guarded(|| converter.convert_with_local_state(tex, display));
    let made = match converted {
        Some(Ok(made)) => made.mathml,
        Some(Err(error)) => {
            let message = error.error_message();
            let message = message.trim_end_matches('.');
            return Err(Wrong {
                range: error.0.start.min(tex.len())..error.0.end.min(tex.len()),
                message: format!("this formula cannot be read: {message}"),
                help: "https://katex.org/docs/supported has the notation; a dollar sign that begins no formula is written `\\$`",
            });
        }
        None => return Err(all("this formula cannot be read".to_owned(), "write it in a simpler way")),
    };
    let markup = rewrite(&made, &mut MathMl).map_err(|what| {
        all(
            format!("this formula asks for {what}"),
            "leave it out: a page under a strict policy cannot have it",
        )
    })?;
    let display = if is_display { " display=\"block\"" } else { "" };
    Ok(format!("<math{display}>{}</math>", markup.inner))
}

const SHORTER: &str = "divide it into several formulas";

/// A line without its comment.
fn uncommented(line: &str) -> &str {
    let mut escaped = false;
    let end = line.find(|c| {
        let begins = c == '%' && !escaped;
        escaped = c == '\\' && !escaped;
        begins
    });
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

/// Are groups nested too deep, or do too many commands take each other as arguments?
fn is_too_deep(tex: &str) -> bool {
    let (mut depth, mut commands) = (0_usize, 0_usize);
    // What stands behind a `%` is a comment, and closes nothing.
    let without_comments: String = tex.split_inclusive('\n').map(uncommented).collect();
    let mut rest = without_comments.as_str();
    while let Some(at) = rest.find(['{', '}', '[', ']', '\\', '^', '_', '(', ')']) {
        let (_, found) = rest.split_at(at);
        let command = found.strip_prefix('\\').map(|name| {
            let length = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
            name.get(..length).unwrap_or_default()
        });
        match command {
            Some("begin" | "left") => depth = depth.saturating_add(1),
            Some("end" | "right") => depth = depth.saturating_sub(1),
            None if found.starts_with(['{', '[', '(']) => depth = depth.saturating_add(1),
            None if found.starts_with(['}', ']', ')']) => depth = depth.saturating_sub(1),
            _ => commands = commands.saturating_add(1),
        }
        // A letter or a digit is what a command was waiting for.
        if command.is_none() && found.starts_with(['}', ')', ']']) {
            commands = 0;
        }
        if depth > DEEPEST || commands > MOST_COMMANDS {
            return true;
        }
        let skipped = match command {
            // A sign that is a command, such as `\{`.
            Some("") => found.chars().take(2).map(char::len_utf8).sum(),
            Some(name) => name.len().saturating_add(1),
            None => 1,
        };
        rest = found.get(skipped..).unwrap_or_default();
        if rest
            .trim_start()
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '=' | '&' | ','))
        {
            commands = 0;
        }
    }
    false
}

/// What may be in a formula.
struct MathMl;

const ELEMENTS: [&str; 35] = [
    "annotation",
    "b",
    "code",
    "em",
    "i",
    "maction",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "s",
    "semantics",
    "span",
];

const PLAIN: [&str; 28] = [
    "accent",
    "accentunder",
    "columnalign",
    "columnspan",
    "depth",
    "displaystyle",
    "encoding",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
    "intent",
    "arg",
];

/// The declarations that the library writes, and the classes that stand for them (`17-mathematics.css`).
const STYLES: [(&str, &str); 29] = [
    ("text-align:left", "math-left"),
    ("justify-items:start", "math-left"),
    ("text-align:right", "math-right"),
    ("justify-items:end", "math-right"),
    ("padding-left:0", "math-pl-0"),
    ("padding-right:0", "math-pr-0"),
    ("padding-top:0", "math-py-0"),
    ("padding-bottom:0", "math-py-0"),
    ("padding-left:1em", "math-pl-4"),
    ("padding-left:0.1667em", "math-pl-1"),
    ("padding-left:0.2222em", "math-pl-2"),
    ("padding-left:0.2778em", "math-pl-3"),
    ("padding-right:0.1667em", "math-pr-1"),
    ("padding-right:0.2222em", "math-pr-2"),
    ("padding-right:0.2778em", "math-pr-3"),
    ("padding-top:0.1667em", "math-pt-1"),
    ("margin-left:-0.16666667em", "math-closer"),
    ("margin-left:-0.22222222em", "math-closer-2"),
    ("margin-left:-0.2777778em", "math-closer-3"),
    ("border-left:0.05em solid currentcolor", "math-line-left"),
    ("border-left:0.05em dashed currentcolor", "math-dashes-left"),
    ("border-right:0.05em solid currentcolor", "math-line-right"),
    ("border-right:0.05em dashed currentcolor", "math-dashes-right"),
    ("border-top:0.05em solid currentcolor", "math-line-top"),
    ("border-top:0.05em dashed currentcolor", "math-dashes-top"),
    ("width:100%", "math-wide"),
    ("width:50%", "math-half"),
    ("width:7.5%", "math-number"),
    ("math-shift:compact", "math-compact"),
];

impl Rules for MathMl {
    fn element(&self, name: &str) -> bool {
        ELEMENTS.contains(&name)
    }

    fn attribute(&mut self, element: &str, key: &str, value: &str) -> Attribute {
        match key {
            "style" => classes(element, value),
            "class" if is_word(value) => Attribute::Class(value.to_owned()),
            "id" => Attribute::Refuse("a label".to_owned()),
            _ if PLAIN.contains(&key) => Attribute::Keep(value.to_owned()),
            _ => Attribute::Drop,
        }
    }
}

fn is_word(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The classes for a style, each declaration one.
fn classes(element: &str, style: &str) -> Attribute {
    let mut classes: Vec<&str> = Vec::new();
    for declaration in style.split(';').map(str::trim).filter(|declaration| !declaration.is_empty()) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim(), value.trim());
        // The attribute of this name says the same.
        if element == "mspace" && name == "width" {
            continue;
        }
        let written = format!("{name}:{value}");
        match STYLES.iter().find(|(known, _)| *known == written) {
            Some((_, class)) => classes.push(class),
            None if name == "font-variant-caps" => classes.push("math-small-caps"),
            None if name == "color" => {
                return Attribute::Refuse("a colour, which does not hold in light and dark".to_owned());
            }
            None => return Attribute::Refuse(format!("the style `{written}`")),
        }
    }
    Attribute::Class(classes.join(" "))
}
