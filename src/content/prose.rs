//! What a Markdown text is read to: HTML with [`Slot`]s at byte offsets for all that depends on other files.

mod opening;
mod places;
mod section;

pub use places::Places;

use super::address::Address;
use super::code::Included;
use super::html::escaped;
use crate::span::Span;
use std::collections::BTreeMap;
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
    Image(Reference, Size),
    /// A video or a sound.
    Media(Media),
    /// The `href` of such an image in full size.
    FullImage(Reference),
    /// A table, summary or text from elsewhere.
    Embed(Address),
    /// A text that is said once, with its parameters.
    Snippet(SnippetEmbed),
    /// A sentence or two about what the link before it leads to.
    Summary(Address),
    /// The stages that what it leads to is for.
    ForStages(Address),
    /// The attributes of an element that belongs to some stages.
    StageNumbers(Address),
    /// The names of these stages.
    StageNames(Address),
    /// Code that lies in a file.
    Code(Box<Included>),
    /// A table of data, by the path of its file, with its caption.
    Data(String, Option<String>),
    /// A prefix that keeps an id unique where this text is embedded in another page.
    IdPrefix,
    /// The element that carries the id a heading had before, so that links to it still land.
    FormerId(String),
    /// An interface text, by its key, with the name and the value of its placeholder.
    Phrase(String, Option<(String, String)>),
}

impl SlotKind {
    /// Is it filled with blocks, as opposed to a part of one?
    fn is_block(&self) -> bool {
        matches!(self, Self::Embed(_) | Self::Snippet(_) | Self::Code(_) | Self::Data(..))
    }
}

/// The size of a picture as its author wants it, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// How wide it is; follows from the height when it is left out.
    pub width: Option<u32>,
    /// How high it is; follows from the width when it is left out.
    pub height: Option<u32>,
}

impl Size {
    /// Width and height of a picture that itself has these, so that its proportions stay where only one is wanted.
    #[must_use]
    pub fn of(self, own: Option<(usize, usize)>) -> Self {
        let own = own.and_then(|(w, h)| Some((u32::try_from(w).ok()?, u32::try_from(h).ok()?)));
        let scaled = |n: u32, by: u32, of: u32| {
            let product = u64::from(n).saturating_mul(u64::from(by));
            let rounded = product.saturating_add(u64::from(of) / 2).checked_div(u64::from(of))?;
            u32::try_from(rounded.max(1)).ok()
        };
        match (self.width, self.height, own) {
            (None, None, Some((width, height))) => Self { width: Some(width), height: Some(height) },
            (Some(width), None, Some((w, h))) => Self { height: scaled(width, h, w), ..self },
            (None, Some(height), Some((w, h))) => Self { width: scaled(height, w, h), ..self },
            _ => self,
        }
    }

    /// Writes it as attributes of an element.
    pub fn write(self, html: &mut String) {
        for (name, pixels) in [("width", self.width), ("height", self.height)] {
            if let Some(pixels) = pixels {
                html.push_str(&format!(" {name}=\"{pixels}\""));
            }
        }
    }
}

/// A video or a sound in a text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Media {
    /// The file.
    pub file: Reference,
    /// What its author says of it, as plain text.
    pub caption: String,
    /// Is it a sound?
    pub is_audio: bool,
    /// Does it stand in a paragraph of its own, rather than within one?
    pub is_block: bool,
    /// The size its author wants.
    pub size: Size,
}

/// The embed of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct SnippetEmbed {
    /// Its address, such as `_snippets/support`.
    pub name: String,
    /// Names and values of its parameters, by name.
    pub parameters: Vec<(String, String)>,
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

impl Reference {
    /// The same page, wherever on it; nothing when it names none.
    pub fn without_anchor(&self) -> Option<Self> {
        match self {
            Self::Path { path, .. } => Some(Self::Path { path: path.clone(), anchor: None }),
            Self::Address(Address::Path { rooted, parts, at, .. }) => Some(Self::Address(Address::Path {
                rooted: *rooted,
                parts: parts.clone(),
                at: at.clone(),
                anchor: None,
            })),
            _ => None,
        }
    }

    /// The place on a page that it names.
    pub fn anchor(&self) -> Option<&Arc<str>> {
        match self {
            Self::Address(address) => address.anchor(),
            Self::Path { anchor, .. } => anchor.as_ref(),
            Self::Anchor(anchor) => Some(anchor),
            Self::External(_) => None,
        }
    }
}

/// A heading, or another place in a text, that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    /// 1 to 6; 0 for a place that is no heading, such as a figure or a tab.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// The id it had under another rule, where no other place of its page has it.
    pub former: Option<String>,
    /// Its text without markup.
    pub text: String,
    /// Its number, when it is a figure.
    pub figure: Option<u32>,
    /// Where it is written.
    pub span: Span,
    /// Byte offset of its element in the HTML.
    pub at: u32,
}

impl Heading {
    /// Is this its id, or was it?
    pub fn is_called(&self, id: &str) -> bool {
        self.id == id || self.former.as_deref() == Some(id)
    }

    /// Its id by our own rule, whatever the site's: playbooks know their sections by it, and steps keep theirs.
    pub fn id_of_ours(&self) -> &str {
        self.former.as_deref().unwrap_or(&self.id)
    }
}

impl Prose {
    /// The same text with its headings moved so that the highest is of a level: for texts that stand under a heading of
    /// the page. None is skipped on the way down, and none goes below 6.
    #[must_use]
    pub fn with_headings_from(&self, level: u8) -> Self {
        let mut moved = self.clone();
        let mut above: Vec<u8> = Vec::new();
        for heading in moved.headings.iter_mut().filter(|heading| heading.level > 0) {
            above.retain(|written| *written < heading.level);
            let depth = u8::try_from(above.len()).unwrap_or(6);
            above.push(heading.level);
            let new = level.saturating_add(depth).min(6);
            let from = heading.at as usize;
            let end = format!("</h{}>", heading.level);
            let to = moved.html.get(from..).and_then(|rest| rest.find(&end)).unwrap_or_default();
            // A level is one digit, so no place in the text moves.
            for digit in
                [from.saturating_add("<h".len()), from.saturating_add(to).saturating_add("</h".len())]
            {
                moved.html.replace_range(digit..digit.saturating_add(1), &new.to_string());
            }
            heading.level = new;
        }
        moved
    }

    /// The same text with other ids for some of its headings.
    #[must_use]
    pub fn with_ids(&self, new: &BTreeMap<String, String>) -> Self {
        let mut text = self.clone();
        for i in 0..text.headings.len() {
            let Some(heading) = text.headings.get(i) else { continue };
            let Some(id) = new.get(&heading.id) else { continue };
            let old = escaped(&heading.id);
            // Its own id, and the one in the link to itself.
            for before in ["id=\"", "href=\"#"] {
                let from = heading_at(&text, i);
                let place = text.html.get(from..).and_then(|rest| rest.find(&format!("{before}{old}\"")));
                if let Some(place) = place {
                    let from = from.saturating_add(place).saturating_add(before.len());
                    text.replace(from, old.len(), &escaped(id));
                }
            }
            if let Some(heading) = text.headings.get_mut(i) {
                heading.id.clone_from(id);
            }
        }
        text
    }

    /// Keeps only those former ids of headings that are free.
    pub fn keep_former_ids(&mut self, is_free: impl Fn(&str) -> bool) {
        if self.headings.iter().all(|heading| heading.former.is_none()) {
            return;
        }
        for heading in &mut self.headings {
            heading.former.take_if(|id| !is_free(id));
        }
        self.slots.retain(|slot| match &slot.kind {
            SlotKind::FormerId(id) => is_free(id),
            _ => true,
        });
    }

    /// Puts other HTML in the place of some, and moves all that comes after it.
    fn replace(&mut self, from: usize, length: usize, html: &str) {
        self.html.replace_range(from..from.saturating_add(length), html);
        let moved = |at: &mut u32| {
            if *at as usize > from {
                let after = (*at as usize).saturating_sub(length).saturating_add(html.len());
                *at = u32::try_from(after).unwrap_or(u32::MAX);
            }
        };
        self.slots.iter_mut().for_each(|slot| moved(&mut slot.at));
        self.headings.iter_mut().for_each(|heading| moved(&mut heading.at));
        for (start, end) in &mut self.linkable {
            moved(start);
            moved(end);
        }
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
            && !self.slots.iter().any(|h| h.kind.is_block());
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

fn heading_at(text: &Prose, number: usize) -> usize {
    text.headings.get(number).map_or(0, |heading| heading.at as usize)
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
