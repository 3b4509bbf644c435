//! Laws that hold for any input.

mod spoilt;

use guidepost::content::address::{Address, At, StageId, TermId};
use guidepost::content::markdown::{self, MarkdownOptions, Origin};
use guidepost::content::slug::{is_id, slug};
use guidepost::content::{Memo, parse_all};
use guidepost::diagnostics::{Problems, Severity};
use guidepost::source::SourceFile;
use guidepost::span::SourcePath;
use proptest::prelude::*;
use std::sync::Arc;

fn id() -> impl Strategy<Value = String> {
    "[a-z0-9ä][a-z0-9_-]{0,8}(\\.[a-z0-9]{1,3})?"
}

fn address() -> impl Strategy<Value = Address> {
    let at = prop_oneof![
        Just(None),
        id().prop_map(|s| Some(At::Stage(StageId::new(s)))),
        (id(), id()).prop_map(|(a, b)| Some(At::Range(StageId::new(a), StageId::new(b)))),
    ];
    let path = (
        any::<bool>(),
        prop::collection::vec("[A-Za-z0-9äé ._-]{0,4}[A-Za-z0-9é_-]", 0..4),
        at,
        prop::option::of("[^#]{1,9}"),
    )
        .prop_filter_map("something is named", |(rooted, parts, at, anchor)| {
            let usable = parts.iter().all(|p| p.trim() == p && !p.starts_with('.'));
            let anchor = anchor.filter(|a| a.trim() == a);
            let first = parts.first().is_none_or(|p| !p.starts_with("term:"));
            (usable && first && (!parts.is_empty() || at.is_some())).then(|| Address::Path {
                rooted,
                parts: parts.iter().map(|p| Arc::from(p.as_str())).collect(),
                at,
                anchor: anchor.map(Arc::from),
            })
        });
    prop_oneof![id().prop_map(|s| Address::Term(TermId::new(slug(&s)))).boxed(), path.boxed()]
}

fn parse_any(path: &str, bytes: &[u8]) {
    let file = SourceFile::new(SourcePath::new(path), bytes.to_vec());
    parse_all(
        &[Arc::new(file)],
        &MarkdownOptions { smart_punctuation: true, math: true, ..MarkdownOptions::default() },
        &mut Memo::default(),
    );
}

/// Pieces of Markdown and HTML that may or may not fit together.
fn html() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "b", "i", "span", "ins", "ruby", "rt", "rp", "div", "p", "details", "summary", "figure", "kbd", "s",
    ]);
    let breaks = prop::sample::select(vec!["", " ", "\n", "\n\n"]);
    let marks = prop::sample::select(vec![
        "a",
        "*",
        "**",
        "`c`",
        "- ",
        "> ",
        "1. ",
        "## ",
        "[x](y.md)",
        "[x",
        "](y.md)",
        "[^1]",
        "\n\n[^1]: n\n",
        "| a | b |\n| - | - |\n| c | d |\n",
        "---\n",
        "<hr>",
        "<br>",
        "```\ncode\n```\n",
        "    ",
        "  ",
        "Term\n: D\n",
        "\n:::note\n",
        "\n:::\n",
        "> [!TIP] a\n",
    ]);
    let piece = prop_oneof![
        4 => (marks, breaks.clone()).prop_map(|(mark, end)| format!("{mark}{end}")),
        1 => (names.clone(), breaks.clone()).prop_map(|(name, end)| format!("<{name}>{end}")),
        1 => (names.clone(), breaks.clone()).prop_map(|(name, end)| format!("</{name}>{end}")),
    ];
    let blocks = prop::sample::select(vec![
        "note[a <b>b</b>]",
        "tip{collapse}",
        "tabs\n:::tab[a]",
        "tabs\n:::tab[`a`]\nb\n:::\n:::tab[<i>]",
        "steps\n1. ",
        "cards\n:::card[*a*]",
        "figure[[a](b.md)]{#c}",
        "columns\n:::column",
        "details[a [b](c.md)]",
        "only{stages=a..b}",
    ]);
    piece.prop_recursive(4, 16, 3, move |inner| {
        let all = prop::collection::vec(inner, 0..3);
        prop_oneof![
            3 => (names.clone(), breaks.clone(), breaks.clone(), all.clone()).prop_map(
                |(name, after, before, inner)| {
                    format!("<{name}>{after}{}{before}</{name}>{before}", inner.concat())
                },
            ),
            2 => (blocks.clone(), all).prop_map(|(block, inner)| {
                let ends = ":::\n".repeat(block.matches("\n:::").count().min(1) + 1);
                format!("\n\n:::{block}\n\n{}\n\n{ends}", inner.concat())
            }),
        ]
    })
}

/// The elements of a text as a parser of HTML sees them.
fn read_tree(html: &str) -> String {
    fn walk(node: scraper::ElementRef<'_>, out: &mut String) {
        for child in node.child_elements() {
            out.push_str(&format!("<{}>", child.value().name()));
            walk(child, out);
            out.push_str("</>");
        }
    }
    let mut out = String::new();
    walk(scraper::Html::parse_fragment(html).root_element(), &mut out);
    out
}

/// The elements of a text as they are written: a tag opens, a tag closes.
fn written_tree(html: &str) -> String {
    html.split('<')
        .skip(1)
        .map(|tag| match tag.split(['>', ' ']).next().unwrap_or_default() {
            name if name.starts_with('/') => "</>".to_owned(),
            name @ ("br" | "hr" | "img" | "input") => format!("<{name}></>"),
            name => format!("<{name}>"),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn printing_an_address_and_reading_it_gives_the_same(address in address()) {
        prop_assert_eq!(Address::parse(&address.to_string()), Ok(address));
    }

    #[test]
    fn a_slug_is_an_identifier_or_empty(text in ".{0,30}") {
        let slug = slug(&text);
        prop_assert!(slug.is_empty() || is_id(&slug) || slug.chars().any(char::is_uppercase), "{}", slug);
    }

    #[test]
    fn any_bytes_as_any_file_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for path in ["content/a.md", "content/playbooks/p.md", "content/glossary.toml", "content/frameworks/f/framework.toml", "content/frameworks/f/d.toml", "content/frameworks/f/d/a@x.md"] {
            parse_any(path, &bytes);
        }
    }

    #[test]
    fn any_text_as_front_matter_never_panics(front in "[a-z:=\\[\\]{}\"'#\n >|&*!-]{0,80}", body in "\\PC{0,120}") {
        parse_any("content/a.md", format!("---\n{front}\n---\n{body}").as_bytes());
        parse_any("content/a.md", format!("+++\n{front}\n+++\n{body}").as_bytes());
        parse_any("content/frameworks/f/d.toml", front.as_bytes());
    }

    #[test]
    fn any_markdown_never_panics(text in "[-a-z#*_`~\\[\\]()!<>|:^&;\\\\\n 0-9.@ä\"']{0,200}") {
        let mut problems = Problems::new(&SourcePath::new("a.md"));
        let prose = markdown::prose(&text, Origin::At(0), &MarkdownOptions { smart_punctuation: true, math: true, ..MarkdownOptions::default() }, &mut problems);
        for slot in &prose.slots {
            prop_assert!(prose.html.is_char_boundary(slot.at as usize));
        }
        for heading in prose.headings.iter().filter(|heading| heading.level > 0) {
            prop_assert!(prose.section(&heading.id).is_some());
        }
        let _ = prose.unwrapped();
    }
}

proptest! {
    // Most of what is made up at random is refused, so it takes many tries to see much that passes.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5000) })]

    #[test]
    fn what_is_written_is_the_tree_that_a_browser_reads(parts in prop::collection::vec(html(), 0..4)) {
        let text = parts.concat();
        let mut problems = Problems::new(&SourcePath::new("a.md"));
        let prose = markdown::prose(&text, Origin::At(0), &MarkdownOptions::default(), &mut problems);
        if !problems.finish().iter().any(|d| d.severity == Severity::Error) {
            prop_assert_eq!(read_tree(&prose.html), written_tree(&prose.html), "{}\n---\n{}", text, prose.html);
        }
    }
}
