//! What a Markdown text is read to: HTML with [`Slot`]s at byte offsets for all that depends on other files.

use super::address::Address;
use crate::span::Span;
use std::ops::Deref;
use std::sync::Arc;

/// HTML with slots.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Stored")]
pub struct Prose {
    /// The HTML, slots left out.
    pub html: String,
    /// What is to be filled in, in order.
    pub slots: Vec<Slot>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The stretches of `html` in which a glossary term may become a link.
    pub linkable: Vec<(u32, u32)>,
    /// Number of words.
    pub words: u32,
    /// The first paragraph as plain text.
    pub lead: String,
}

/// A text with the Markdown it was written in, for places that want no HTML.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// What it reads as.
    pub prose: Prose,
    /// What was written, without white space around it.
    pub source: String,
}

impl Markdown {
    /// The same text, as [`Prose::unwrapped`] has it.
    #[must_use]
    pub fn unwrapped(self) -> Self {
        Self { prose: self.prose.unwrapped(), ..self }
    }
}

impl Deref for Markdown {
    type Target = Prose;

    fn deref(&self) -> &Prose {
        &self.prose
    }
}

/// A place to be filled.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Slot {
    /// Byte offset in the HTML.
    pub at: u32,
    /// What goes there.
    pub kind: SlotKind,
    /// Where it is written.
    pub span: Span,
}

/// What goes into a slot.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum SlotKind {
    /// The attributes of an `<a>` element.
    Link(Reference),
    /// The title of what the link before it leads to.
    Label(Reference),
    /// The attributes of an `<img>` element, except the alternative text.
    Image(Reference),
    /// A table, summary or text from elsewhere.
    Embed(Address),
    /// A prefix that keeps an id unique where this text is embedded in another page.
    IdPrefix,
    /// An interface text, by its key, with the name and the value of its placeholder.
    Phrase(String, Option<(String, String)>),
}

/// A link's destination as written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reference {
    /// The project's own notation.
    Address(Address),
    /// A path, relative to the file or, when it begins with `/`, to the content folder.
    Path {
        /// Percent-decoded.
        path: String,
        /// What follows the `#`.
        anchor: Option<Arc<str>>,
    },
    /// A heading on the same page.
    Anchor(Arc<str>),
    /// Another site.
    External(String),
}

/// A heading that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Where it is written.
    pub span: Span,
    /// Byte offset of its element in the HTML.
    pub at: u32,
}

impl Prose {
    /// The part under one heading, the heading itself left out.
    pub fn section(&self, id: &str) -> Option<Self> {
        let index = self.headings.iter().position(|h| h.id == id)?;
        let heading = self.headings.get(index)?;
        let after = self.headings.get(index.saturating_add(1)..).unwrap_or_default();
        let from = heading.at as usize;
        let heading_ends = self.html.get(from..)?.find(&format!("</h{}>", heading.level))?;
        let from = from.saturating_add(heading_ends).saturating_add("</h2>\n".len());
        let next = after.iter().find(|h| h.level <= heading.level);
        let to = next.map_or(self.html.len(), |h| h.at as usize);
        let (low, high) = (Span::new(from, to).start, Span::new(from, to).end);
        // A heading's own slots lie within its tags, so what stands at the very end belongs to this section.
        let within = |at: u32| (low..=high).contains(&at);
        Some(Self {
            html: self.html.get(from..to)?.to_owned(),
            slots: self
                .slots
                .iter()
                .filter(|h| within(h.at))
                .map(|h| Slot { at: h.at.saturating_sub(low), ..h.clone() })
                .collect(),
            headings: after
                .iter()
                .take_while(|h| h.level > heading.level)
                .map(|h| Heading { at: h.at.saturating_sub(low), ..h.clone() })
                .collect(),
            linkable: self
                .linkable
                .iter()
                .filter(|(a, b)| within(*a) && within(*b))
                .map(|(a, b)| (a.saturating_sub(low), b.saturating_sub(low)))
                .collect(),
            words: self.words,
            lead: String::new(),
        })
    }

    /// Is there nothing to show?
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.slots.is_empty()
    }

    /// The HTML of a single paragraph without the paragraph around it; block texts are given as they are.
    #[must_use]
    pub fn unwrapped(mut self) -> Self {
        let single = self.html.starts_with("<p>")
            && self.html.ends_with("</p>\n")
            && self.html.matches("<p>").count() == 1
            && !self.slots.iter().any(|h| matches!(h.kind, SlotKind::Embed(_)));
        if single {
            self.html.truncate(self.html.len().saturating_sub("</p>\n".len()));
            self.html.drain(..3);
            for slot in &mut self.slots {
                slot.at = slot.at.saturating_sub(3);
            }
            for run in &mut self.linkable {
                *run = (run.0.saturating_sub(3), run.1.saturating_sub(3));
            }
        }
        self
    }
}

/// A text as the memo holds it: read back only when every place in it is one.
#[derive(serde::Deserialize)]
struct Stored {
    html: String,
    slots: Vec<Slot>,
    headings: Vec<Heading>,
    linkable: Vec<(u32, u32)>,
    words: u32,
    lead: String,
}

impl TryFrom<Stored> for Prose {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let Stored { html, slots, headings, linkable, words, lead } = stored;
        let sound = in_order(&html, slots.iter().map(|slot| slot.at))
            && in_order(&html, headings.iter().map(|heading| heading.at))
            && in_order(&html, linkable.iter().flat_map(|(from, to)| [*from, *to]));
        if sound {
            Ok(Self { html, slots, headings, linkable, words, lead })
        } else {
            Err("a place that is none")
        }
    }
}

/// Do these places lie between characters of a text, none before the last one?
fn in_order(html: &str, mut places: impl Iterator<Item = u32>) -> bool {
    let next = |last: u32, at: u32| (last <= at && html.is_char_boundary(at as usize)).then_some(at);
    places.try_fold(0, next).is_some()
}
