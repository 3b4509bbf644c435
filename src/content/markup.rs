//! SVG and MathML that a library made, written anew by a list of what may be in it.
//!
//! Elements and attributes that are not listed, styles that no class stands for, and addresses are not published. So whatever
//! a library writes, a page keeps its strict policy, and nothing in a picture runs, loads or clashes with an id of the page.

use super::html::escape;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What may be in the markup.
pub trait Rules {
    /// May this element be there?
    fn element(&self, name: &str) -> bool;

    /// Is it left out, with all that is in it?
    fn is_left_out(&self, _element: &str) -> bool {
        false
    }

    /// What becomes of an attribute.
    fn attribute(&mut self, element: &str, key: &str, value: &str) -> Attribute;

    /// Markup that follows the element whose attributes were read last.
    fn after(&mut self) -> String {
        String::new()
    }
}

/// What becomes of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub enum Attribute {
    /// It stays, with this value.
    Keep(String),
    /// It becomes a class, or several.
    Class(String),
    /// It says nothing that is needed.
    Drop,
    /// It may not be there: what it asks for.
    Refuse(String),
    /// It is a link, which the caller writes.
    Link(String),
}

/// Markup that may be published.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// The markup; its outermost element is left out.
    pub inner: String,
    /// Where attributes of links belong in it, and where they lead.
    pub links: Vec<(usize, String)>,
    /// All its text, without any white space.
    pub text: String,
}

/// Why markup cannot be published: what is in it.
pub type Refused = String;

/// Writes markup anew.
pub fn rewrite(markup: &str, rules: &mut impl Rules) -> Result<Markup, Refused> {
    let mut reader = Reader::from_str(markup);
    let mut out = Markup::default();
    let mut open: Vec<String> = Vec::new();
    // How deep in something that is left out.
    let mut left_out = 0_usize;
    loop {
        match reader.read_event().map_err(|error| format!("markup that is not well formed ({error})"))? {
            Event::Start(tag) if left_out > 0 || rules.is_left_out(tag.name().as_ref()) => {
                left_out = left_out.saturating_add(1);
            }
            Event::End(_) if left_out > 0 => left_out = left_out.saturating_sub(1),
            Event::Eof => break,
            _ if left_out > 0 => {}
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if !open.is_empty() {
                    start(&tag, &name, rules, &mut out)?;
                    out.inner.push('>');
                }
                open.push(name);
            }
            Event::Empty(tag) if rules.is_left_out(tag.name().as_ref()) => {}
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                start(&tag, &name, rules, &mut out)?;
                out.inner.push_str("/>");
                out.inner.push_str(&rules.after());
            }
            Event::End(_) => {
                let Some(name) = open.pop() else { return Err("markup that is not well formed".to_owned()) };
                if !open.is_empty() {
                    out.inner.push_str(&format!("</{name}>"));
                }
            }
            Event::Text(text) => write_text(&text.into_inner(), &mut out),
            Event::GeneralRef(reference) => {
                let written = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&written).map_err(|_| format!("`{written}`"))?;
                write_text(&text, &mut out);
            }
            _ => return Err("a comment, a declaration or an instruction".to_owned()),
        }
    }
    if open.is_empty() { Ok(out) } else { Err("markup that is not well formed".to_owned()) }
}

fn write_text(text: &str, out: &mut Markup) {
    escape(text, &mut out.inner);
    out.text.extend(text.chars().filter(|c| !c.is_whitespace()));
}

fn start(tag: &BytesStart<'_>, name: &str, rules: &mut impl Rules, out: &mut Markup) -> Result<(), Refused> {
    if !rules.element(name) {
        return Err(format!("the element `{name}`"));
    }
    out.inner.push_str(&format!("<{name}"));
    let mut classes: Vec<String> = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| format!("markup that is not well formed ({error})"))?;
        let key = attribute.key.as_ref().to_owned();
        let value =
            quick_xml::escape::unescape(&attribute.value).map_err(|_| format!("`{}`", attribute.value))?;
        match rules.attribute(name, &key, &value) {
            Attribute::Keep(value) => {
                out.inner.push_str(&format!(" {key}=\""));
                escape(&value, &mut out.inner);
                out.inner.push('"');
            }
            Attribute::Class(class) => classes.extend(class.split_whitespace().map(str::to_owned)),
            Attribute::Drop => {}
            Attribute::Refuse(what) => return Err(what),
            Attribute::Link(to) => out.links.push((out.inner.len(), to)),
        }
    }
    if !classes.is_empty() {
        classes.sort();
        classes.dedup();
        out.inner.push_str(&format!(" class=\"{}\"", classes.join(" ")));
    }
    Ok(())
}
