//! The typed keys above a Markdown text, in TOML between `+++` lines or YAML between `---` lines.

#![allow(clippy::arithmetic_side_effects)] // adds up offsets and counts of one text in memory; differences saturate

use super::address::{Address, At};
use super::decode::record::Undeclared;
use super::decode::{Aliases, Day, Decode, Tags};
use super::faq::FaqEntry;
use super::listed::Listed;
use super::slug::{is_id, slug};
use super::value::{Kind, Table, Value, toml, yaml};
use super::written::Written;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::record;
use crate::span::{Span, Spanned};

record! {
    /// What a page says of itself.
    pub struct FrontMatter ("front matter") {
        /// The page's title; the first heading of level 1 when it is left out.
        title: Option<Spanned<String>>,
        /// One or two sentences: shown in lists, search results and social cards.
        description: Option<String>,
        /// The last part of the URL; the file's name when it is left out.
        slug: Option<Spanned<PageSlug>>,
        /// Order among its neighbours: lighter first, then by title.
        weight: Option<i64>,
        /// In a section's `index.md`, its pages in order, by the names of their files and folders; others follow.
        pages: Vec<Spanned<String>>,
        /// In a section's `index.md`, whether its pages are also written as one document to print, `print.html`.
        print: Option<Spanned<bool>>,
        /// Whether lists, the search, the feed and the sitemap show it. Of a section this holds for its pages too.
        listed: bool = true,
        /// When it was first published.
        date: Option<Day>,
        /// When it was last revised; git's date of the file's last commit when it is left out.
        updated: Option<Day>,
        /// Who wrote it.
        authors: Vec<String>,
        /// Words to find it by.
        tags: Tags,
        /// Other words that people look for it by. Only the search reads them.
        keywords: Vec<String>,
        /// The one category it belongs to.
        category: Option<String>,
        /// The stages it is for.
        stages: Vec<Spanned<StageName>>,
        /// Addresses and URLs of pages on the same matter.
        related: Vec<Listed>,
        /// Old URLs of this page; each becomes a redirect.
        aliases: Aliases,
        /// Built only with `--drafts`.
        draft: bool,
        /// Whether it has a table of contents.
        toc: Option<bool>,
        /// Whether the search finds it.
        search: Option<bool>,
        /// The template to render it with, instead of `page.html`.
        template: Option<Spanned<String>>,
        /// The few sentences to take away, in Markdown.
        takeaways: Vec<Written>,
        /// Questions and answers.
        faq: Vec<FaqEntry>,
        /// Anything; handed to templates as `page.extra`.
        extra: Table,
        ..other
    }

    /// What a playbook says of itself beside what every page can say.
    pub struct PlaybookFrontMatter ("a playbook's front matter") {
        /// What it achieves, in a sentence or two.
        purpose: Written,
        /// How long it takes, in words.
        duration: Option<String>,
        /// The situation it is for.
        when_to_use: Option<Written>,
        /// The playbook whose outputs it takes in.
        follows: Option<Spanned<Address>>,
        /// Addresses worth reading next.
        see_also: Vec<Spanned<Address>>,
        /// The sections it must have: all five when it is left out.
        required_sections: Option<Vec<Spanned<String>>>,
    }

    /// What a text beside a framework's tables says of itself.
    pub struct TextFrontMatter ("front matter of a framework's text") {
        /// One or two sentences, instead of those the framework gives.
        description: Option<String>,
        /// When it was last revised.
        updated: Option<Day>,
        /// The few sentences to take away, in Markdown.
        takeaways: Vec<Written>,
        /// Questions and answers.
        faq: Vec<FaqEntry>,
        /// Addresses and URLs of pages on the same matter.
        related: Vec<Listed>,
        /// Old URLs of the page it stands on.
        aliases: Aliases,
        ..own
    }
}

/// A URL's last part.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PageSlug(pub String);

impl schemars::JsonSchema for PageSlug {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PageSlug".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <super::address::AspectId as schemars::JsonSchema>::json_schema(generator)
    }
}

impl schemars::JsonSchema for StageName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "StageName".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "examples": ["mvp", "product-maturity@mvp"] })
    }
}

impl Decode for PageSlug {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let text = String::decode(value, problems)?;
        if is_id(&text) {
            return Some(Self(text));
        }
        problems.add(
            Diagnostic::new(Code::InvalidId, problems.file(), format!("`{text}` cannot be a part of a URL"))
                .at(value.span)
                .help(format!("use lower-case letters, digits and hyphens: `{}`", slug(&text))),
        );
        None
    }
}

/// A stage named in front matter: `mvp` for the default framework, or a full address.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StageName(pub Address);

impl Decode for StageName {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let Value { kind: Kind::String(text), .. } = value else {
            return super::decode::wrong_type(value, "the name of a stage", problems);
        };
        let full = if text.contains('@') { text.clone() } else { format!("@{text}") };
        if let Ok(address @ Address::Path { at: Some(At::Stage(_)), .. }) = Address::parse(&full) {
            Some(Self(address))
        } else {
            let message = format!("`{text}` is not the name of a stage");
            problems.add(
                Diagnostic::new(Code::InvalidAddress, problems.file(), message)
                    .at(value.span)
                    .help("write it as `mvp`, or as `product-maturity@mvp` for another framework"),
            );
            None
        }
    }
}

/// A Markdown file, taken apart.
#[derive(Debug)]
pub struct Parts {
    /// The keys; an empty table when there is no front matter.
    pub keys: Value,
    /// Where the text below them begins.
    pub body_start: usize,
}

/// Takes a Markdown file apart. A byte order mark is skipped.
pub fn split(text: &str, problems: &mut Problems) -> Parts {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let content = &text[bom..];
    let empty = Value { span: Span::new(bom, bom), kind: Kind::Table(Table::default()) };
    for (fence, yaml) in [("+++", false), ("---", true)] {
        let Some(first_end) = content.find('\n').filter(|&i| content[..i].trim_end() == fence) else {
            continue;
        };
        let matter_start = first_end + 1;
        let mut line_start = matter_start;
        let mut close = None;
        for line in content[matter_start..].split_inclusive('\n') {
            if line.trim_end() == fence {
                close = Some((line_start, line_start + line.len()));
                break;
            }
            line_start += line.len();
        }
        let Some((matter_end, body_start)) = close else {
            // `---` may also be a rule at the top of a text; `+++` is nothing else.
            if yaml && !content[matter_start..].lines().next().unwrap_or_default().contains(':') {
                break;
            }
            let message = format!("this front matter is never closed by a `{fence}` line");
            problems.add(
                Diagnostic::new(Code::UnclosedFrontMatter, problems.file(), message)
                    .at(Span::new(bom, bom + fence.len()))
                    .label("opened here")
                    .help(format!("add a line `{fence}` below the last key")),
            );
            return Parts { keys: empty, body_start: text.len() };
        };
        let written = &content[matter_start..matter_end];
        let base = bom + matter_start;
        let table =
            if yaml { yaml::parse(written, base, problems) } else { toml::parse(written, base, problems) };
        return Parts {
            keys: Value { span: Span::new(base, bom + matter_end), kind: Kind::Table(table) },
            body_start: bom + body_start,
        };
    }
    Parts { keys: empty, body_start: bom }
}

/// The keys a record left over, as a value that another record can be read from.
pub fn leftover(other: &Undeclared, span: Span) -> Value {
    Value { span, kind: Kind::Table(Table(other.0.clone())) }
}
