//! Notation of other tools, which people bring along and which CommonMark would publish as it stands.
//!
//! One table. Each notation begins with letters that are rare in a text, so one search tells which places are worth a look.

use super::signs::Signs;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// How much of a line is looked at to tell a notation by.
const REACH: usize = 200;

/// A notation of another tool.
pub(super) struct Notation {
    /// What it is found by.
    begins: &'static str,
    /// Given the line from there on, how long it is; nothing when this is ordinary text.
    length: fn(&Place<'_>) -> Option<usize>,
    /// Whose it is.
    pub tool: &'static str,
    /// What says the same here.
    pub instead: &'static str,
}

/// A place in a text where a notation may begin.
pub(super) struct Place<'a> {
    /// What stands before it.
    before: &'a str,
    /// The rest of its line, no more of it than [`REACH`].
    line: &'a str,
    /// Does its line begin here?
    begins_line: bool,
}

const LEAVE: &str = "leave it away";
const SNIPPET: &str = "a text said in several places stands in `content/_snippets/name.md`, and `![[_snippets/name]]` embeds it; code of a file stands in a fence with `file=\"examples/x.py\"`";
const ASIDE: &str = "write `:::note[Title]`, the text, and `:::`";
const VARIABLE: &str = "`[[var:name]]` names one of the `[variables]` in guidepost.toml";
const TEMPLATE: &str = "texts hold no code: `![[_snippets/name]]` embeds a text, `[[address]]` links to a page, `[[var:name]]` says one of the `[variables]` in guidepost.toml";
const MATHS: &str =
    "set `math = true` below `[markdown]` in guidepost.toml, so that formulas are set as such";
const FENCE: &str = "write code between lines of three backticks, with its language behind the first";

/// All of them; of those that begin alike, the first that fits.
const NOTATIONS: &[Notation] = &[
    notation("!!!", |p| p.opens(3).then(|| p.aside_after(3)).flatten(), "MkDocs", ASIDE),
    notation(
        "???",
        |p| p.opens(3).then(|| p.aside_after(if p.at(3) == Some(b'+') { 4 } else { 3 })).flatten(),
        "MkDocs",
        "write `:::note[Title]{collapse}`, the text, and `:::`",
    ),
    notation("[!", callout, "Obsidian", "write `> [!NOTE] Title`, or TIP, IMPORTANT, WARNING or CAUTION"),
    notation(
        "===",
        |p| {
            let title = p.line.get(3..)?.trim_start_matches(['!', '+']).trim();
            let is_quoted = title.len() > 1 && title.starts_with('"') && title.ends_with('"');
            (p.begins_line && is_quoted).then(|| p.line.trim_end().len())
        },
        "MkDocs",
        "write `:::tab[Title]` for each within a block `:::tabs`",
    ),
    notation("--8<--", |p| p.begins_line.then_some(6), "MkDocs", SNIPPET),
    notation("[TOC]", is_alone, "MkDocs", "leave it away: a page lists its headings beside the text"),
    notation("[toc]", is_alone, "MkDocs", "leave it away: a page lists its headings beside the text"),
    notation(
        "{:",
        |p| p.braces(2),
        "MkDocs and Jekyll",
        "leave it away: how a text looks belongs to the theme",
    ),
    notation(
        "{.",
        |p| p.braces(2),
        "MkDocs and Pandoc",
        "leave it away: how a text looks belongs to the theme",
    ),
    notation("{ .", |p| p.braces(3), "MkDocs", "leave it away: how a text looks belongs to the theme"),
    notation("++", keys, "MkDocs", "write `<kbd>Ctrl</kbd>+<kbd>C</kbd>`"),
    notation(
        "import ",
        import,
        "Docusaurus",
        "leave it away: a page holds no code, and blocks such as `:::tabs` need none",
    ),
    notation(
        "export ",
        export,
        "Docusaurus",
        "leave it away: keys of a page stand in its front matter, below `extra`",
    ),
    notation("}`", role, "MyST", "write `[[address]]`, which links to a page, a heading or a term"),
    notation(
        "{{#",
        |p| p.closed_by("}}", |inner| inner.starts_with(|c: char| c.is_ascii_lowercase()), 3),
        "mdBook",
        SNIPPET,
    ),
    notation(
        "{{<",
        |p| {
            p.closed_by(
                ">}}",
                |inner| inner.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'),
                3,
            )
        },
        "Hugo",
        "a link is `[text](../guides/page.md)` or `[[guides/page|text]]`, a picture `![what it shows](picture.png)`; `![[_snippets/name]]` embeds a text",
    ),
    notation(
        "{{%",
        |p| p.closed_by("%}}", |_| true, 3),
        "Hugo",
        "a block is `:::note[Title]`, the text, and `:::`; `![[_snippets/name]]` embeds a text",
    ),
    notation("{{", |p| p.closed_by("}}", is_call, 2), "Zola", TEMPLATE),
    notation("{{", |p| p.closed_by("}}", is_name, 2), "Jekyll and other templates", VARIABLE),
    notation("{%", |p| p.closed_by("%}", is_name, 2), "Jekyll and other templates", TEMPLATE),
    notation("==", |p| p.between("=="), "Obsidian", "write `<mark>text</mark>`"),
    notation("%%", comment, "Obsidian", "write a comment as `<!-- text -->`"),
    notation("{code", |p| p.macro_of("code"), "Confluence", FENCE),
    notation("{noformat", |p| p.macro_of("noformat"), "Confluence", FENCE),
    notation("{info", |p| p.macro_of("info"), "Confluence", ASIDE),
    notation("{note", |p| p.macro_of("note"), "Confluence", ASIDE),
    notation("{tip", |p| p.macro_of("tip"), "Confluence", "write `:::tip[Title]`, the text, and `:::`"),
    notation(
        "{warning",
        |p| p.macro_of("warning"),
        "Confluence",
        "write `:::warning[Title]`, the text, and `:::`",
    ),
    notation("{panel", |p| p.macro_of("panel"), "Confluence", ASIDE),
    notation(
        "{expand",
        |p| p.macro_of("expand"),
        "Confluence",
        "write `:::details[Summary]`, the text, and `:::`",
    ),
    notation("{quote", |p| p.macro_of("quote"), "Confluence", "begin each line of the quotation with `> `"),
    notation(
        "{toc",
        |p| p.macro_of("toc"),
        "Confluence",
        "leave it away: a page lists its headings beside the text",
    ),
    notation("{color", |p| p.macro_of("color"), "Confluence", LEAVE),
    notation("h1. ", |p| p.opens(4).then_some(3), "Confluence", "begin the heading with `# `"),
    notation("h2. ", |p| p.opens(4).then_some(3), "Confluence", "begin the heading with `## `"),
    notation("h3. ", |p| p.opens(4).then_some(3), "Confluence", "begin the heading with `### `"),
    notation("h4. ", |p| p.opens(4).then_some(3), "Confluence", "begin the heading with `#### `"),
    notation("h5. ", |p| p.opens(4).then_some(3), "Confluence", "begin the heading with `##### `"),
    notation(
        ".. ",
        directive,
        "reStructuredText",
        "blocks are `:::note[Title]`, the text, and `:::`; pictures `![what it shows](picture.png)`",
    ),
    notation("[!INCLUDE", |p| Some(p.line.find(']')? + 1), "DocFX", SNIPPET),
    notation(
        "<<< ",
        |p| (p.begins_line && p.line.starts_with("<<< @")).then(|| p.line.trim_end().len()),
        "VitePress",
        "code of a file stands in a fence with `file=\"examples/x.py\"`",
    ),
    notation(
        "include::",
        |p| (p.begins_line && p.line.trim_end().ends_with(']')).then(|| p.line.trim_end().len()),
        "AsciiDoc",
        SNIPPET,
    ),
    notation("$$", display_maths, "LaTeX", MATHS),
    notation("$", inline_maths, "LaTeX", MATHS),
];

const fn notation(
    begins: &'static str,
    length: fn(&Place<'_>) -> Option<usize>,
    tool: &'static str,
    instead: &'static str,
) -> Notation {
    Notation { begins, length, tool, instead }
}

/// What no reader of Markdown would tell of: footnotes and references that come to nothing, and lines of tables.
const OTHERS: &[&str] = &["[^", "[[", "|--", "| --", "|:--", "| :--"];

/// Every sign of these tables, with the notations that may begin there.
static SIGNS: LazyLock<Signs<Vec<&'static Notation>>> = LazyLock::new(|| {
    let signs: BTreeSet<&str> =
        NOTATIONS.iter().map(|notation| notation.begins).chain(OTHERS.iter().copied()).collect();
    let begun_by =
        |sign: &str| NOTATIONS.iter().filter(|notation| notation.begins.starts_with(sign)).collect();
    Signs::new(signs.into_iter().map(|sign| (sign, begun_by(sign))).collect())
});

/// Where something may begin, in order, and the notations it can be.
pub(super) fn signs(text: &str) -> impl Iterator<Item = (usize, &'static [&'static Notation])> {
    SIGNS.find(text).map(|(at, notations)| (at, notations.as_slice()))
}

/// Which of some notations begins at a place of a text, and how long it is.
pub(super) fn at(
    notations: &'static [&'static Notation],
    text: &str,
    at: usize,
    begins_line: bool,
) -> Option<(&'static Notation, usize)> {
    let place =
        Place { before: text.get(..at)?, line: beginning(text.get(at..)?).split('\n').next()?, begins_line };
    notations
        .iter()
        .filter(|notation| place.line.starts_with(notation.begins))
        .find_map(|notation| Some((*notation, (notation.length)(&place)?)))
}

/// Is this what an embed of Obsidian's names, a picture?
pub(super) fn is_picture(address: &str) -> bool {
    let extension = address.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let pictures = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"];
    extension.is_some_and(|extension| pictures.contains(&extension.as_str()))
}

/// A callout of a kind that git hosts do not have.
fn callout(place: &Place<'_>) -> Option<usize> {
    let (kind, _) = place.line.strip_prefix("[!")?.split_once(']')?;
    let is_word = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    let known = ["note", "tip", "important", "warning", "caution"];
    let is_ours = known.iter().any(|name| kind.eq_ignore_ascii_case(name));
    (place.begins_line && is_word && !is_ours).then_some(kind.len() + 3)
}

/// No more of a text than a notation is told by.
pub(super) fn beginning(line: &str) -> &str {
    let end = (0..=REACH.min(line.len())).rev().find(|&end| line.is_char_boundary(end)).unwrap_or(0);
    line.get(..end).unwrap_or_default()
}

impl Place<'_> {
    fn at(&self, index: usize) -> Option<u8> {
        self.line.as_bytes().get(index).copied()
    }

    fn follows_word(&self) -> bool {
        self.before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Does a line begin here, with something behind the sign?
    fn opens(&self, sign: usize) -> bool {
        self.begins_line && self.line.get(sign..).is_some_and(|rest| !rest.trim().is_empty())
    }

    /// The length up to the end of the word that stands behind the sign and a space.
    fn word_after(&self, sign: usize) -> Option<usize> {
        let word = self.line.get(sign..)?.strip_prefix(' ')?;
        let length = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(word.len());
        (length > 0 && word.starts_with(|c: char| c.is_ascii_lowercase())).then_some(sign + 1 + length)
    }

    /// The kind of an aside, with nothing behind it but a title or where it floats: in prose a sentence would go on.
    fn aside_after(&self, sign: usize) -> Option<usize> {
        let end = self.word_after(sign)?;
        let rest = self.line.get(end..)?.trim();
        let is_title =
            rest.is_empty() || rest.starts_with('"') || rest == "inline" || rest.starts_with("inline ");
        is_title.then_some(end)
    }

    /// Braces with classes or attributes in them.
    fn braces(&self, sign: usize) -> Option<usize> {
        let inner = self.line.get(sign..)?;
        let end = inner.find('}')?;
        let written = inner.get(..end)?;
        let begins =
            |c: char| c.is_ascii_alphabetic() || (self.at(1) == Some(b':') && matches!(c, ' ' | '.' | '#'));
        let is_written = written.starts_with(begins) && !written.contains(['{', '(', ';', ',']);
        is_written.then_some(sign + end + 1)
    }

    /// From the sign to what closes it, when what stands between is such.
    fn closed_by(&self, close: &str, is_such: impl Fn(&str) -> bool, sign: usize) -> Option<usize> {
        let inner = self.line.get(sign..)?;
        let end = inner.find(close)?;
        let written = inner.get(..end)?;
        is_such(written).then_some(sign + end + close.len())
    }

    /// A text between two such signs, none of which touches a space on its inside.
    fn between(&self, sign: &str) -> Option<usize> {
        let rest = self.line.get(sign.len()..)?;
        let end = rest.find(sign)?;
        let inner = rest.get(..end)?;
        let touches =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '=' | '>' | '<' | '%'));
        let is_alone = !touches(inner.chars().next())
            && !touches(inner.chars().next_back())
            && !self.follows_word()
            && !self.before.ends_with(['=', '!', '<', '>', '%']);
        is_alone.then_some(end + 2 * sign.len())
    }

    /// A macro that opens a line, alone in it, with parameters, or closed in it again. In a sentence it may be a placeholder.
    fn macro_of(&self, name: &str) -> Option<usize> {
        let rest = self.line.get(1 + name.len()..)?;
        let end = rest.find('}')?;
        let parameters = rest.get(..end)?;
        let after = rest.get(end + 1..)?;
        let is_closed = || after.contains(&format!("{{{name}}}"));
        let is_macro = match parameters.strip_prefix(':') {
            Some(parameters) => !parameters.is_empty(),
            _ => parameters.is_empty() && self.begins_line && (after.trim().is_empty() || is_closed()),
        };
        is_macro.then_some(1 + name.len() + end + 1)
    }
}

/// `[TOC]`, when nothing else stands in its line.
fn is_alone(place: &Place<'_>) -> Option<usize> {
    (place.begins_line && place.line.trim_end().len() == 5).then_some(5)
}

/// `{{ fn(a) }}`
fn is_call(inner: &str) -> bool {
    let written = inner.trim_start_matches('-').trim_start();
    let name =
        written.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.'));
    name.len() < written.len() && name.starts_with('(')
}

/// `{{ site.title }}`, `{% include x %}`
fn is_name(inner: &str) -> bool {
    let written = inner.trim_start_matches('-').trim_start();
    written.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '.' | '$'))
}

/// `++ctrl+c++`
fn keys(place: &Place<'_>) -> Option<usize> {
    let inner = place.line.get(2..)?;
    let end = inner.find("++")?;
    let written = inner.get(..end)?;
    let is_key = |key: &str| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_keys = !place.follows_word() && !place.before.ends_with('+') && written.split('+').all(is_key);
    is_keys.then_some(end + 4)
}

/// `import Tabs from '@theme/Tabs';`
fn import(place: &Place<'_>) -> Option<usize> {
    let line = place.line.trim_end().trim_end_matches(';');
    let (names, module) = line.strip_prefix("import ")?.rsplit_once(" from ")?;
    let is_quoted = |quote: char| module.len() > 2 && module.starts_with(quote) && module.ends_with(quote);
    let is_names = names.starts_with(['{', '*']) || !names.contains(' ');
    (place.begins_line && is_names && (is_quoted('\'') || is_quoted('"')))
        .then_some(place.line.trim_end().len())
}

/// `export const toc = [];`
fn export(place: &Place<'_>) -> Option<usize> {
    let rest = place.line.strip_prefix("export ")?;
    let is_code = rest.starts_with("default ") || (rest.starts_with("const ") && rest.contains('='));
    (place.begins_line && is_code && place.line.contains(['=', '(', '{']))
        .then_some(place.line.trim_end().len())
}

/// The end of a role such as ``{ref}`target` ``: the text is its name and the braces around it.
fn role(place: &Place<'_>) -> Option<usize> {
    const ROLES: &[&str] = &[
        "{ref",
        "{doc",
        "{term",
        "{numref",
        "{eq",
        "{cite",
        "{cite:p",
        "{cite:t",
        "{abbr",
        "{download",
        "{any",
        "{math",
        "{func",
        "{class",
        "{kbd",
        "{sub",
        "{sup",
        "{guilabel",
        "{menuselection",
        "{py:func",
        "{py:class",
        "{py:meth",
    ];
    ROLES.iter().any(|role| place.before.ends_with(role)).then_some(1)
}

/// `.. note::`
fn directive(place: &Place<'_>) -> Option<usize> {
    let name = place.line.strip_prefix(".. ")?;
    let end = name.find("::")?;
    let is_name = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | '_');
    (place.begins_line && end > 0 && name.get(..end)?.chars().all(is_name)).then_some(3 + end + 2)
}

/// `%%a comment%%`, or the line that opens or closes one of several lines.
fn comment(place: &Place<'_>) -> Option<usize> {
    if place.begins_line && place.line.trim_end() == "%%" {
        return Some(2);
    }
    let end = place.line.get(2..)?.find("%%")?;
    let is_apart = place.before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '>');
    let is_percentage = place.before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit());
    (end > 0 && is_apart && !is_percentage).then_some(end + 4)
}

/// `$$a^2$$`, or the line that opens or closes a formula of several lines.
fn display_maths(place: &Place<'_>) -> Option<usize> {
    if place.begins_line && place.line.trim_end() == "$$" {
        return Some(2);
    }
    let inner = place.line.get(2..)?;
    let end = inner.find("$$")?;
    let formula = inner.get(..end)?.trim();
    let is_formula = formula.contains(|c: char| c.is_alphanumeric() || c == '\\')
        && (!formula.contains(' ') || formula.contains(SIGNS_OF_FORMULAS))
        && !inner.get(end + 2..)?.starts_with('$')
        && !place.before.ends_with(['$', '\\']);
    is_formula.then_some(end + 4)
}

/// Signs that hardly stand between two sums of money.
const SIGNS_OF_FORMULAS: [char; 7] = ['\\', '^', '=', '_', '+', '<', '>'];

/// `$x_i$`. What opens with a digit or a space is money, and what holds no sign of a formula may be two names of variables.
fn inline_maths(place: &Place<'_>) -> Option<usize> {
    let inner = place.line.get(1..)?;
    let end = inner.find('$')?;
    let formula = inner.get(..end)?;
    let after = inner.get(end + 1..)?.chars().next();
    let touches = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if touches(formula.chars().next())
        || touches(formula.chars().next_back())
        || formula.starts_with(|c: char| c.is_ascii_digit())
        || after.is_some_and(|c| c.is_alphanumeric() || c == '$')
        || place.follows_word()
        || place.before.ends_with(['$', '\\'])
    {
        return None;
    }
    let is_variable = formula.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && formula.len() > 2;
    let is_letter = formula.chars().count() == 1 && formula.chars().all(char::is_alphabetic);
    let is_formula = is_letter || formula.contains(SIGNS_OF_FORMULAS);
    (is_formula && !is_variable).then_some(end + 2)
}
