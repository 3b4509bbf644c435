//! HTML that an author writes into Markdown, let through element by element.
//!
//! Only elements that mean something and can do nothing pass, so a page holds under a strict
//! Content-Security-Policy whoever wrote it. What does not pass is told, not dropped in silence.

use super::markdown::{escape, escaped};
use crate::diagnostics::Span;
use html5gum::{Token, Tokenizer};

/// Where in the Markdown the HTML stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Between blocks.
    Block,
    /// Within a line of text.
    Inline,
}

/// What is left of a piece of HTML, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Checked {
    /// Safe to write out.
    pub html: String,
    /// A message and a way to mend it, each.
    pub problems: Vec<(String, String)>,
}

const PHRASING: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
const FLOW: &[&str] = &["details", "summary", "div", "figure", "figcaption", "hr", "p"];
const VOID: &[&str] = &["br", "hr", "wbr"];
const ATTRIBUTES: &[&str] = &["class", "title", "lang", "dir", "open", "datetime", "cite"];

/// Checks one piece of HTML. `open` holds the elements that earlier pieces opened.
pub fn check(html: &str, placement: Placement, open: &mut Vec<(String, Span)>, span: Span) -> Checked {
    let mut out = Checked::default();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if !allowed(&name, placement, &mut out) {
                    continue;
                }
                out.html.push_str(&format!("<{name}"));
                for (key, value) in &tag.attributes {
                    let key = String::from_utf8_lossy(key);
                    if ATTRIBUTES.contains(&&*key) {
                        out.html
                            .push_str(&format!(" {key}=\"{}\"", escaped(&String::from_utf8_lossy(value))));
                    } else {
                        out.problems.push((
                            format!("the attribute `{key}` is not published"),
                            format!("leave it away; these pass: {}", ATTRIBUTES.join(", ")),
                        ));
                    }
                }
                out.html.push('>');
                if !VOID.contains(&name.as_str()) {
                    open.push((name, span));
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if VOID.contains(&name.as_str()) {
                    continue;
                }
                if open.last().is_some_and(|(top, _)| *top == name) {
                    open.pop();
                    out.html.push_str(&format!("</{name}>"));
                } else if PHRASING.contains(&name.as_str()) || FLOW.contains(&name.as_str()) {
                    let open = open
                        .last()
                        .map_or("nothing is open".to_owned(), |(top, _)| format!("`<{top}>` is open"));
                    out.problems.push((
                        format!("`</{name}>` closes nothing: {open}"),
                        "close elements in the reverse order of opening them".to_owned(),
                    ));
                }
            }
            Token::String(text) => escape(&String::from_utf8_lossy(&text), &mut out.html),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    out
}

fn allowed(name: &str, placement: Placement, out: &mut Checked) -> bool {
    let known = PHRASING.contains(&name) || (placement == Placement::Block && FLOW.contains(&name));
    if !known {
        let help = match name {
            "a" => {
                "write a link as Markdown, so that it is checked: `[text](../guides/secrets.md)`".to_owned()
            }
            "img" => "write an image as Markdown, so that it is checked: `![what it shows](picture.png)`"
                .to_owned(),
            "table" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" | "li" | "pre" | "blockquote" => {
                "Markdown has a notation for it".to_owned()
            }
            "script" | "style" | "iframe" | "object" | "embed" | "form" => {
                "code and styles belong to the theme, where the site's security policy can hold".to_owned()
            }
            _ if FLOW.contains(&name) => {
                "put it on a line of its own, with an empty line before it".to_owned()
            }
            _ => format!("these elements pass: {}, {}", PHRASING.join(", "), FLOW.join(", ")),
        };
        out.problems.push((format!("`<{name}>` is not published from Markdown"), help));
    }
    known
}
