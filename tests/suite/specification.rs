//! The examples of the CommonMark specification, through our own HTML writer.
//!
//! Compared is what a browser would make of both: elements, their attributes in any order, and text. What differs is
//! listed here with its reason, so that nothing else can.

use crate::fixture::project;
use guidepost::content::markdown::{self, MarkdownOptions, Origin};
use guidepost::content::prose::{Prose, Reference, SlotKind};
use guidepost::diagnostics::{Problems, Severity};
use guidepost::span::SourcePath;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use scraper::{ElementRef, Html, Node};
use snapbox::{assert_data_eq, str};
use std::collections::BTreeMap;

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples of `spec.txt`: thirty-two backticks around each, a dot between what is written and what it becomes.
fn examples() -> Vec<Example> {
    let fence = "`".repeat(32);
    let path = project().join("vendor/commonmark-spec/spec.txt");
    let text = std::fs::read_to_string(path).expect("the specification");
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once(&format!("\n{fence} example\n")) {
        let (example, after) = after.split_once(&format!("\n{fence}\n")).expect("the end of an example");
        let example = format!("\n{example}\n");
        let (markdown, html) = example.split_once("\n.\n").expect("two halves");
        let written = |half: &str| half.replace('→', "\t");
        let markdown = written(markdown.strip_prefix('\n').unwrap_or(markdown)) + "\n";
        found.push(Example { number: found.len() + 1, markdown, html: written(html) });
        rest = after;
    }
    found
}

/// What the writer makes of a text, or why it refuses it.
fn ours(text: &str) -> Result<String, &'static str> {
    let mut problems = Problems::new(&SourcePath::new("a.md"));
    let prose = markdown::prose(text, Origin::At(0), &MarkdownOptions::default(), &mut problems);
    let problem = problems.finish().into_iter().find(|problem| problem.severity == Severity::Error);
    problem.map_or_else(|| Ok(filled(&prose)), |problem| Err(problem.code.name()))
}

/// What a path's percent-encoding leaves as it is.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'[').add(b'\\').add(b']').add(b'`');

/// The HTML with its links as they were written: this text has no site that could say where they lead.
fn filled(prose: &Prose) -> String {
    let mut html = String::new();
    let mut at = 0;
    let encoded = |text: &str| utf8_percent_encode(text, PATH).to_string().replace('&', "&amp;");
    let written = |reference: &Reference| match reference {
        Reference::External(url) => url.replace('&', "&amp;"),
        Reference::Path { path, anchor } => {
            encoded(path) + &anchor.as_ref().map(|a| format!("#{}", encoded(a))).unwrap_or_default()
        }
        Reference::Anchor(anchor) => format!("#{}", encoded(anchor)),
        other @ Reference::Address(_) => format!("{other:?}").replace('"', "'"),
    };
    for slot in &prose.slots {
        html.push_str(&prose.html[at..slot.at as usize]);
        at = slot.at as usize;
        match &slot.kind {
            SlotKind::Link(reference) => html.push_str(&format!(" href=\"{}\"", written(reference))),
            SlotKind::Image(reference, _) => html.push_str(&format!(" src=\"{}\"", written(reference))),
            _ => {}
        }
    }
    html.push_str(&prose.html[at..]);
    html
}

/// Elements, their attributes in order, and text; white space between blocks is left out.
fn normal(html: &str) -> String {
    let mut out = String::new();
    write_children(Html::parse_fragment(html).root_element(), false, &mut out);
    out.trim().to_owned()
}

const BLOCKS: [&str; 20] = [
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
];

fn write_children(parent: ElementRef<'_>, within_pre: bool, out: &mut String) {
    for child in parent.children() {
        match child.value() {
            Node::Text(text) if within_pre => out.push_str(text),
            Node::Text(text) => {
                for (i, word) in text.split([' ', '\n', '\t']).enumerate() {
                    if i > 0 && !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
            }
            _ => {
                if let Some(element) = ElementRef::wrap(child) {
                    write(element, within_pre, out);
                }
            }
        }
    }
}

fn write(element: ElementRef<'_>, within_pre: bool, out: &mut String) {
    let (name, class) = (element.value().name(), element.value().attr("class"));
    // What we add to every heading, and around every piece of highlighted code, is no part of what was written.
    if class == Some("scroll") {
        return write_children(element, within_pre, out);
    }
    if class == Some("anchor") {
        out.truncate(out.trim_end().len());
        return;
    }
    if class.is_some_and(|class| class.starts_with("h-")) {
        return write_children(element, within_pre, out);
    }
    let is_block = BLOCKS.contains(&name);
    let end_line = |out: &mut String| {
        if is_block && !within_pre {
            out.truncate(out.trim_end_matches([' ', '\n']).len());
            out.push('\n');
        }
    };
    end_line(out);
    let ours = ["id", "tabindex", "loading", "decoding"];
    let attributes: BTreeMap<&str, &str> = element
        .value()
        .attrs()
        .filter(|(key, value)| !(ours.contains(key) || *key == "class" && value.starts_with("external")))
        .collect();
    out.push_str(&format!("<{name}"));
    for (key, value) in attributes {
        out.push_str(&format!(" {key}={value:?}"));
    }
    out.push('>');
    if name != "pre" {
        end_line(out);
    }
    write_children(element, within_pre || name == "pre", out);
    if name != "pre" {
        end_line(out);
    }
    out.push_str(&format!("</{name}>"));
    end_line(out);
}

/// Examples that become something else with us, by the reason.
const MEANT: &[(&str, &[usize])] = &[
    ("double brackets are our own notation, an address of this site", &[559, 590]),
    ("addresses of the web that stand in a text are links, as GFM has it", &[602, 606, 608, 611, 612]),
];

#[test]
fn the_examples_of_commonmark_become_what_the_specification_says() {
    let mut refused: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut different = Vec::new();
    let meant: Vec<usize> = MEANT.iter().flat_map(|(_, numbers)| *numbers).copied().collect();
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for example in &examples {
        let html = match ours(&example.markdown) {
            Ok(html) => html,
            Err(code) => {
                refused.entry(code).or_default().push(example.number);
                continue;
            }
        };
        let (ours, theirs) = (normal(&html), normal(&example.html));
        if (ours != theirs) != meant.contains(&example.number) {
            let written = &example.markdown;
            different.push(format!(
                "example {}\n--- written\n{written}\n--- expected\n{theirs}\n--- ours\n{ours}\n",
                example.number
            ));
        }
    }
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
    // What an author is told of instead of it becoming something.
    let numbers = |list: &[usize]| list.iter().map(|n| format!(" {n}")).collect::<String>();
    let told: String = refused.iter().map(|(code, list)| format!("{code}:{}\n", numbers(list))).collect();
    assert_data_eq!(
        told,
        str![[r#"
broken-link: 200 485 486 487 567
invalid-attribute: 143
raw-html: 21 31 148 149 150 151 153 154 155 156 157 158 159 160 162 163 165 169 170 171 172 173 174 175 176 178 184 187 190 191 201 344 475 476 477 491 494 524 536 613 614 615 616 617 630 631 642 643
unclosed-code: 126 127 128 139 237
unknown-attribute: 146
unsafe-link: 596 598 599 601

"#]]
    );
}

#[test]
fn the_specification_is_the_one_that_its_readme_names() {
    let folder = project().join("vendor/commonmark-spec");
    let readme = std::fs::read_to_string(folder.join("README.md")).expect("the readme");
    let text = std::fs::read(folder.join("spec.txt")).expect("the specification");
    assert!(readme.contains(&blake3::hash(&text).to_string()), "{}", blake3::hash(&text));
}

/// What GFM 0.29 adds to CommonMark, in examples of our own: a text, and what it becomes.
const EXTENSIONS: &[(&str, &str)] = &[
    // Tables (4.10)
    (
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
    ),
    (
        "a | b\n:-: | -:\n1 | 2",
        "<table><thead><tr><th class=\"center\">a</th><th class=\"right\">b</th></tr></thead><tbody><tr><td class=\"center\">1</td><td class=\"right\">2</td></tr></tbody></table>",
    ),
    (
        "| a |\n| - |\n| x `\\|` y |\n| **\\|** |",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>x <code>|</code> y</td></tr><tr><td><strong>|</strong></td></tr></tbody></table>",
    ),
    (
        "| a |\n| - |\n| 1 |\n> q",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><blockquote><p>q</p></blockquote>",
    ),
    ("| a | b |\n| - |\n| 1 |", "<p>| a | b |\n| - |\n| 1 |</p>"),
    (
        "| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td></td></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
    ),
    // Task lists (5.3)
    (
        "- [ ] a\n- [x] b",
        "<ul class=\"tasks\"><li><span class=\"task\" role=\"img\" aria-label=\"\"></span> a</li><li><span class=\"task task-done\" role=\"img\" aria-label=\"\"></span> b</li></ul>",
    ),
    // Strikethrough (6.5)
    ("~~a~~ b", "<p><del>a</del> b</p>"),
    ("~a~ b", "<p><del>a</del> b</p>"),
    ("a ~~b\n\nc~~", "<p>a ~~b</p><p>c~~</p>"),
    ("~~~a~~~\n~~~", "<pre><code class=\"language-a~~~\"></code></pre>"),
    // Autolinks (6.9)
    ("www.example.org/a.", "<p><a href=\"http://www.example.org/a\">www.example.org/a</a>.</p>"),
    (
        "(see https://example.org/q?a=(b)) and https://example.org/",
        "<p>(see <a href=\"https://example.org/q?a=(b)\">https://example.org/q?a=(b)</a>) and <a href=\"https://example.org/\">https://example.org/</a></p>",
    ),
    (
        "https://example.org/?a=1&b=2&amp;c=a_b_c",
        "<p><a href=\"https://example.org/?a=1&amp;b=2&amp;c=a_b_c\">https://example.org/?a=1&amp;b=2&amp;c=a_b_c</a></p>",
    ),
    ("https://example.org/&copy;", "<p><a href=\"https://example.org/%C2%A9\">https://example.org/©</a></p>"),
    (
        "**https://example.org**",
        "<p><strong><a href=\"https://example.org\">https://example.org</a></strong></p>",
    ),
    (
        "https://example.org/a\\_b c",
        "<p><a href=\"https://example.org/a_b\">https://example.org/a_b</a> c</p>",
    ),
    ("https://example.org<b>x</b>", "<p><a href=\"https://example.org\">https://example.org</a><b>x</b></p>"),
    ("mail me@example.org.", "<p>mail <a href=\"mailto:me@example.org\">me@example.org</a>.</p>"),
    (
        "`https://example.org` http://localhost:80",
        "<p><code>https://example.org</code> http://localhost:80</p>",
    ),
    ("[at https://example.org](/a)", "<p><a href=\"/a\">at https://example.org</a></p>"),
    ("![at https://example.org](/a)", "<p><img src=\"/a\" alt=\"at https://example.org\"></p>"),
    ("## At https://example.org", "<h2>At <a href=\"https://example.org\">https://example.org</a></h2>"),
];

#[test]
fn the_extensions_of_github_become_what_its_specification_says() {
    let mut different = Vec::new();
    for (markdown, html) in EXTENSIONS {
        let ours = ours(markdown).map_or_else(str::to_owned, |html| normal(&html));
        let theirs = normal(html);
        if ours.replace(" scope=\"col\"", "") != theirs {
            different.push(format!("--- written\n{markdown}\n--- expected\n{theirs}\n--- ours\n{ours}\n"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn typographic_signs_are_no_part_of_an_address() {
    let options = MarkdownOptions { smart_punctuation: true, ..MarkdownOptions::default() };
    let mut problems = Problems::new(&SourcePath::new("a.md"));
    let text = "\"https://example.org/a--b...\" it's";
    let prose = markdown::prose(text, Origin::At(0), &options, &mut problems);
    let link = "<a href=\"https://example.org/a--b\" class=\"external bare\">https://example.org/a--b</a>";
    assert_eq!(filled(&prose), format!("<p>“{link}…” it’s</p>\n"));
}
