//! Text as the memo holds it: read back only when every place in it is one.

use super::markdown::{Heading, Prose, Slot};

/// A text that was read and not yet looked at.
#[derive(serde::Deserialize)]
pub struct Stored {
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
