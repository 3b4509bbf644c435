//! A part of a text up to its next heading, for those who want its words and no more.

use super::{Heading, Prose, Slot, SlotKind};

impl Prose {
    /// What stands under a heading of it, up to the `next` one, without what is embedded there. All of them together
    /// take no longer than the text.
    #[must_use]
    pub fn under(&self, heading: &Heading, next: Option<&Heading>) -> Self {
        let at = heading.at as usize;
        let to = next.map_or(self.html.len(), |next| next.at as usize);
        let end = self.html.get(at..to).and_then(|rest| rest.find(&format!("</h{}>", heading.level)));
        self.stretch(end.map_or(at, |end| at.saturating_add(end).saturating_add("</h2>".len())), to)
    }

    /// What stands before its first heading.
    #[must_use]
    pub fn beginning(&self) -> Self {
        self.stretch(0, self.headings.first().map_or(self.html.len(), |first| first.at as usize))
    }

    fn stretch(&self, from: usize, to: usize) -> Self {
        let first = self.slots.partition_point(|slot| (slot.at as usize) < from);
        let slots = self.slots.get(first..).unwrap_or_default();
        let is_words = |kind: &SlotKind| matches!(kind, SlotKind::Label(_) | SlotKind::Phrase(..));
        let start = u32::try_from(from).unwrap_or(u32::MAX);
        Self {
            html: self.html.get(from..to).unwrap_or_default().to_owned(),
            slots: slots
                .iter()
                .take_while(|slot| (slot.at as usize) < to)
                .filter(|slot| is_words(&slot.kind))
                .map(|slot| Slot { at: slot.at.saturating_sub(start), ..slot.clone() })
                .collect(),
            words: self.words,
            ..Self::default()
        }
    }
}
