//! The glossary.

use crate::content::prose::Reference;
use crate::site::handle::TermRef;
use crate::site::links;
use crate::view::context::PageContext;
use crate::view::kind::Kind;
use crate::view::link::Link;
use crate::view::words::Words;
use serde::Serialize;

/// The glossary.
pub struct Glossary;

/// The glossary.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GlossaryPage {
    /// Terms by first letter, in alphabetical order.
    pub letters: Vec<GlossaryLetter>,
}

/// Terms with one first letter.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GlossaryLetter {
    /// The letter, or `#` for digits and signs.
    pub letter: String,
    /// The terms.
    pub terms: Vec<TermView>,
}

/// A term.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct TermView {
    /// Its anchor.
    pub id: String,
    /// The word.
    pub name: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means, as HTML.
    pub html: String,
    /// Where to read more.
    pub link: Option<Link>,
}

impl<'a> Kind<'a> for Glossary {
    type View = GlossaryPage;
    const NAME: &'static str = "glossary";

    fn view(&self, cx: &mut PageContext<'a>) -> GlossaryPage {
        let mut terms: Vec<TermRef<'a>> = cx.site().terms().collect();
        terms.sort_by_cached_key(|term| term.content().map(|t| t.name.to_lowercase()));
        let mut letters: Vec<GlossaryLetter> = Vec::new();
        for term in terms {
            let Some((letter, view)) = entry(cx, term) else { continue };
            match letters.last_mut().filter(|l| l.letter == letter) {
                Some(last) => last.terms.push(view),
                None => letters.push(GlossaryLetter { letter, terms: vec![view] }),
            }
        }
        GlossaryPage { letters }
    }

    fn records(&self, cx: &mut PageContext<'a>) -> Vec<(String, Words)> {
        let Some(glossary) = cx.site().glossary() else { return Vec::new() };
        let record = |term: &crate::content::glossary::Term| {
            let mut words = Words::new(cx.site(), "Term", &term.name, []);
            words.paragraph(&term.aliases.join(", "));
            words.prose(cx, &glossary.file, &term.definition);
            (format!("#{}", term.id), words)
        };
        glossary.terms.iter().map(record).collect()
    }
}

/// A term under its letter.
fn entry<'a>(cx: &mut PageContext<'a>, term: TermRef<'a>) -> Option<(String, TermView)> {
    let (file, content) = (&cx.site().glossary()?.file, term.content()?);
    let first = content.name.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
    let letter = if first.is_alphabetic() { first.to_uppercase().to_string() } else { "#".to_owned() };
    // No word explains itself.
    cx.only_know(term);
    let view = TermView {
        id: content.id.to_string(),
        name: content.name.clone(),
        aliases: content.aliases.clone(),
        html: cx.html(file, &content.definition),
        link: content.link.as_ref().and_then(|link| onward(cx, &link.value)),
    };
    Some((letter, view))
}

/// Where a term's definition leads on.
fn onward(cx: &PageContext<'_>, written: &str) -> Option<Link> {
    match links::term_link(written).ok()? {
        Reference::External(url) => Some(Link::new(url.trim_start_matches("https://").to_owned(), url)),
        Reference::Address(address) => {
            let referent = cx.site().resolve(&address).ok()?;
            cx.referent(referent.label(), &referent)
        }
        _ => None,
    }
}
