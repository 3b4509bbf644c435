//! A part of a text on its own: what stands under one heading.

use super::{Heading, Prose, Slot};
use crate::span::Span;

impl Prose {
    /// The part under one heading, the heading itself left out. It ends with the next heading of its level that stands
    /// beside it, or with the block, quote or item that it stands in: no element is torn apart.
    pub fn section(&self, id: &str) -> Option<Self> {
        let index = self.headings.iter().position(|h| h.id == id)?;
        let heading = self.headings.get(index).filter(|heading| heading.level > 0)?;
        let after = self.headings.get(index.saturating_add(1)..).unwrap_or_default();
        let from = heading.at as usize;
        let heading_ends = self.html.get(from..)?.find(&format!("</h{}>", heading.level))?;
        let from = from.saturating_add(heading_ends).saturating_add("</h2>\n".len());
        let ends = after.iter().filter(|h| (1..=heading.level).contains(&h.level)).map(|h| h.at as usize);
        let to = from.saturating_add(beside(self.html.get(from..)?, ends.map(|at| at.saturating_sub(from))));
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
                .take_while(|h| h.at < high)
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
}

/// Elements without an end tag.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Where the first of `ends` lies that stands in no element which this HTML opens; otherwise where an element ends that it
/// does not open, or the HTML itself.
fn beside(html: &str, ends: impl Iterator<Item = usize>) -> usize {
    let mut ends = ends.peekable();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tag) = html.get(at..).and_then(|rest| rest.find('<')).map(|found| at.saturating_add(found))
    {
        while ends.next_if(|end| *end < tag).is_some() {}
        if depth == 0 && ends.peek() == Some(&tag) {
            return tag;
        }
        let rest = html.get(tag.saturating_add(1)..).unwrap_or_default();
        if rest.starts_with('/') {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return tag,
            }
        } else {
            let name = rest.split([' ', '>']).next().unwrap_or_default();
            depth = depth.saturating_add(usize::from(!VOID.contains(&name)));
        }
        at = tag.saturating_add(1);
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn a_part_ends_beside_its_heading() {
        let html = "<p>a<br></p><div><h2>b</h2></div><h2>c</h2></li><h2>";
        let heading = |word: &str| html.find(&format!("<h2>{word}")).unwrap_or_default();
        assert_eq!(beside(html, [heading("b"), heading("c")].into_iter()), heading("c"));
        assert_eq!(beside(html, [heading("b")].into_iter()), html.find("</li>").unwrap_or_default());
        assert_eq!(beside("<p>a</p>", std::iter::empty()), 8);
    }
}
