//! HTML that an author writes into Markdown, let through element by element.
//!
//! Only elements that mean something and can do nothing pass, so a page holds under a strict
//! Content-Security-Policy whoever wrote it. What does not pass is told, not dropped in silence.

use crate::content::control;
use crate::content::html::{escape, escaped};
use crate::span::Span;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, Token, Tokenizer};
use std::ops::Range;

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
    /// A message, a way to fix it and the place of each.
    pub problems: Vec<(String, String, Span)>,
    /// A control character that it writes as a character reference.
    pub control: Option<String>,
}

const PHRASING: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Of these, the ones that hold what the element around them may hold; the others hold no blocks.
const TRANSPARENT: &[&str] = &["del", "ins"];
const FLOW: &[&str] = &["details", "summary", "div", "figure", "figcaption", "hr", "p"];
const VOID: &[&str] = &["br", "hr", "wbr"];
const ATTRIBUTES: &[&str] = &["class", "title", "lang", "dir", "open", "datetime", "cite"];

/// The elements that pieces of HTML opened and did not close yet, each with the place it was opened.
///
/// Markdown's own elements stand between them: what is opened within a list item, a quote, a paragraph has to be
/// closed there, or a browser would close it somewhere else than the author wrote.
#[derive(Debug, Default)]
pub struct Open {
    elements: Vec<(String, Span)>,
    /// How many were open where each of Markdown's elements around this place began.
    outer: Vec<usize>,
}

impl Open {
    /// One of Markdown's elements begins.
    pub fn enter(&mut self) {
        self.outer.push(self.elements.len());
    }

    /// It ends; gives the elements that were opened within it and not closed.
    pub fn leave(&mut self) -> Vec<(String, Span)> {
        let outside = self.outer.pop().unwrap_or(0);
        self.elements.split_off(outside.min(self.elements.len()))
    }

    /// The elements that were opened beside what comes next, and hold it.
    fn around(&self) -> &[(String, Span)] {
        let outside = self.outer.last().copied().unwrap_or(0);
        self.elements.get(outside..).unwrap_or_default()
    }

    /// The innermost of them.
    fn innermost(&self) -> Option<&(String, Span)> {
        self.around().last()
    }

    /// The element that a block would stand in, although it holds none.
    pub fn holds_no_block(&self) -> Option<&(String, Span)> {
        let holder = self.around().iter().rev().find(|(name, _)| !TRANSPARENT.contains(&name.as_str()));
        holder.filter(|(name, _)| name == "p" || PHRASING.contains(&name.as_str()))
    }

    fn close(&mut self, name: &str) -> bool {
        let closes = self.innermost().is_some_and(|(top, _)| top == name);
        if closes {
            self.elements.pop();
        }
        closes
    }
}

/// How deep elements may be nested.
const DEEPEST: usize = 50;

/// Where the lines of a piece of HTML stand in their file: what begins a line of a quote or a list is not in the HTML.
#[derive(Debug, Default)]
pub struct Places(Vec<(Range<usize>, Span)>);

impl Places {
    /// Of HTML that stands in one place.
    pub fn one(html: &str, span: Span) -> Self {
        let mut places = Self::default();
        places.add(html, span);
        places
    }

    /// Takes the next stretch.
    pub fn add(&mut self, html: &str, span: Span) {
        let start = self.0.last().map_or(0, |(range, _)| range.end);
        self.0.push((start..start.saturating_add(html.len()), span));
    }

    /// The place of a stretch, as far as its line goes. Where the text is written with escapes, that is all of it.
    fn of(&self, stretch: Range<usize>) -> Span {
        let Some((range, span)) = self.0.iter().rfind(|(range, _)| range.start <= stretch.start) else {
            return Span::default();
        };
        if span.range().len() != range.len() {
            return *span;
        }
        let within = |at: usize| at.clamp(range.start, range.end).saturating_sub(range.start);
        let base = span.range().start;
        Span::new(base.saturating_add(within(stretch.start)), base.saturating_add(within(stretch.end)))
    }
}

/// Checks one piece of HTML. `open` holds the elements that earlier pieces opened.
pub fn check(html: &str, placement: Placement, open: &mut Open, places: &Places) -> Checked {
    let mut out = Checked::default();
    for token in Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let span = places.of(tag.span.start..tag.span.end);
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if !allowed(&name, placement, span, &mut out) {
                    continue;
                }
                fits(&name, open, span, &mut out);
                out.html.push_str(&format!("<{name}"));
                for (key, value) in &tag.attributes {
                    attribute(&String::from_utf8_lossy(key), &String::from_utf8_lossy(value), span, &mut out);
                }
                out.html.push('>');
                if !VOID.contains(&name.as_str()) {
                    if open.elements.len() >= DEEPEST {
                        out.problems.push((
                            format!("elements are nested at most {DEEPEST} deep"),
                            "close some of them first".to_owned(),
                            span,
                        ));
                    }
                    open.elements.push((name, span));
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if VOID.contains(&name.as_str()) {
                    continue;
                }
                if open.close(&name) {
                    out.html.push_str(&format!("</{name}>"));
                } else if PHRASING.contains(&name.as_str()) || FLOW.contains(&name.as_str()) {
                    let open = open
                        .innermost()
                        .map_or("nothing is open here".to_owned(), |(top, _)| format!("`<{top}>` is open"));
                    out.problems.push((
                        format!("`</{name}>` closes nothing: {open}"),
                        "close elements in the reverse order of opening them, in the same paragraph, list item or quote"
                            .to_owned(),
                        places.of(tag.span.start..tag.span.end),
                    ));
                }
            }
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                refuse_control(&text, &mut out);
                escape(&text, &mut out.html);
            }
            Token::Error(error) if error.value == Error::EofInComment => out.problems.push((
                "this comment is never closed: everything after it would be missing".to_owned(),
                "end it with `-->`".to_owned(),
                places.of(0..html.len()),
            )),
            Token::Error(error) if error.value == Error::EofInTag => out.problems.push((
                "this tag is never finished".to_owned(),
                "end it with `>`, without an empty line in it".to_owned(),
                places.of(html.rfind('<').unwrap_or(0)..html.len()),
            )),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    out
}

/// Writes an attribute that passes, and reports one that does not.
fn attribute(key: &str, value: &str, span: Span, out: &mut Checked) {
    if ATTRIBUTES.contains(&key) {
        refuse_control(value, out);
        out.html.push_str(&format!(" {key}=\"{}\"", escaped(value)));
    } else {
        out.problems.push((
            format!("the attribute `{key}` is not published"),
            format!("leave it away; these pass: {}", ATTRIBUTES.join(", ")),
            span,
        ));
    }
}

/// A character reference can stand for a character that no text may hold.
fn refuse_control(text: &str, out: &mut Checked) {
    if let Some(found) = text.matches(control::is_refused).next() {
        out.control.get_or_insert_with(|| found.to_owned());
    }
}

/// Reports an element that a browser would not leave where it is written.
fn fits(name: &str, open: &Open, span: Span, out: &mut Checked) {
    let around = open.innermost().map(|(top, _)| top.as_str());
    if FLOW.contains(&name)
        && let Some((holder, _)) = open.holds_no_block()
    {
        let (message, help) = no_block(holder);
        out.problems.push((message, help, span));
    }
    let parts_of_ruby = ["rt", "rp"];
    if parts_of_ruby.contains(&name) && around != Some("ruby") {
        out.problems.push((
            format!("`<{name}>` stands outside of `<ruby>`"),
            "write it directly within `<ruby>`".to_owned(),
            span,
        ));
    }
}

/// What is wrong with a block in an element that holds none.
pub fn no_block(holder: &str) -> (String, String) {
    (
        format!("`<{holder}>` holds words, not blocks such as paragraphs, lists or `<div>`"),
        format!("close it before the block with `</{holder}>`; `<div>` holds blocks"),
    )
}

fn allowed(name: &str, placement: Placement, span: Span, out: &mut Checked) -> bool {
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
        out.problems.push((format!("`<{name}>` is not published from Markdown"), help, span));
    }
    known
}
