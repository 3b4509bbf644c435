//! The text of a page as Markdown that reads the same anywhere: references are URLs, what is embedded stands where it
//! is embedded, headings follow one another.
//!
//! What an author wrote is kept letter for letter but for the places that parsing has noted. So nothing else of the
//! notation has to be known here.

use super::edit::{Edit, continued, edit_heading, edit_link, edited, heading_length, title_length};
use super::embed;
use super::portable::portable;
use super::url::url;
use crate::content::document::Document;
use crate::content::markdown::{self, Origin, braces_after, definitions, source};
use crate::content::prose::{Heading, Reference, Slot, SlotKind};
use crate::diagnostics::Problems;
use crate::site::handle::{PageRef, SiteRef};
use crate::site::pages::Destination;
use crate::site::parts::Part;
use crate::site::referent::Referent;
use crate::span::SourcePath;
use crate::view::context::PageContext;
use std::ops::Range;

/// The deepest heading.
const DEEPEST: u8 = 6;

/// A stretch of a page's text.
pub struct Stretch<'a> {
    page: PageRef<'a>,
    document: &'a Document,
    /// In the file.
    range: Range<usize>,
}

impl<'a> Stretch<'a> {
    /// The whole text of a page, its title left out.
    pub fn whole(page: PageRef<'a>, document: &'a Document) -> Self {
        let range = document.body_span.range();
        let text = page.site().source_text(document);
        Self { page, document, range: range.start + title_length(text)..range.end }
    }

    /// What an embed of the page brings: of a playbook the text before its sections.
    pub fn embedded(page: PageRef<'a>, document: &'a Document) -> Self {
        let mut stretch = Self::whole(page, document);
        if let Some(section) = document.playbook.iter().flat_map(|p| &p.sections).next() {
            stretch.range.end = section.heading.span.range().start.max(stretch.range.start);
        }
        stretch
    }

    /// The text under a heading.
    pub fn section(page: PageRef<'a>, document: &'a Document, id: &str) -> Option<Self> {
        let mut after = ordered(document).into_iter().skip_while(|heading| heading.id != id);
        let heading = after.next()?;
        let text = page.site().source_text(document);
        let base = document.body_span.range().start;
        let start = heading.span.range().start;
        let length = heading_length(text.get(start.checked_sub(base)?..)?);
        let end = after.find(|next| next.level <= heading.level).map(|next| next.span.range().start);
        let end = end.unwrap_or(document.body_span.range().end);
        Some(Self { page, document, range: start + length..end.max(start + length) })
    }

    /// As Markdown, the highest heading of this level or, when `is_own`, none above it.
    pub fn markdown(self, cx: &mut PageContext<'a>, level: u8, is_own: bool) -> String {
        let base = self.document.body_span.range().start;
        let text = self.page.site().source_text(self.document);
        let headings: Vec<&Heading> = ordered(self.document)
            .into_iter()
            .filter(|heading| self.range.contains(&heading.span.range().start))
            .collect();
        let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(level);
        let moved = |heading: &Heading| {
            let by = if is_own { 0 } else { i16::from(level) - i16::from(highest) };
            let new = i16::from(heading.level) + by;
            u8::try_from(new.clamp(i16::from(level), i16::from(DEEPEST))).unwrap_or(DEEPEST)
        };
        let mut edits = Vec::new();
        for heading in &headings {
            edit_heading(text, heading.span.range().start - base, moved(heading), &mut edits);
        }
        let written = Written { page: self.page, file: &self.document.file, text, base };
        for slot in slots(self.page, self.document, &self.range) {
            let before = headings.partition_point(|heading| heading.span.start < slot.span.start);
            let above = before.checked_sub(1).and_then(|last| headings.get(last));
            let above = above.map_or(level.saturating_sub(1), |heading| moved(heading));
            edits.extend(written.edit(cx, slot, above.saturating_add(1).min(DEEPEST)));
        }
        let from = self.range.start - base;
        let stretch = text.get(from..self.range.end - base).unwrap_or_default();
        edits.extend(definitions(stretch).into_iter().map(|d| (from + d.start..from + d.end, String::new())));
        filled(cx, edited(text, from..from + stretch.len(), edits).trim())
    }
}

/// A text with the values of the site's variables.
fn filled(cx: &PageContext<'_>, text: &str) -> String {
    source(text, &cx.site().config().markdown_options()).into_owned()
}

/// A text as it was written, from a byte of its file on.
struct Written<'a, 't> {
    page: PageRef<'a>,
    file: &'t SourcePath,
    text: &'t str,
    base: usize,
}

impl<'a> Written<'a, '_> {
    /// What stands in the place of a slot; headings of what it embeds begin with a level.
    fn edit(&self, cx: &mut PageContext<'a>, slot: &Slot, level: u8) -> Option<Edit> {
        let place = slot.span.range();
        let (start, end) = (place.start.checked_sub(self.base)?, place.end.checked_sub(self.base)?);
        let written = self.text.get(start..end)?;
        match &slot.kind {
            SlotKind::Embed(address) => {
                let referent = cx.site().resolve(address).ok()?;
                let embedded = cx.once(referent, |cx, referent| embedded(cx, referent, level));
                let lines = continued(self.text.get(..start)?, embedded.unwrap_or_default().trim());
                Some((start..end, lines))
            }
            SlotKind::Snippet(_) => {
                let after = self.text.get(end..)?;
                let braces = braces_after(after).map_or(0, |inner| inner.end + 1);
                let snippet = portable(cx, self.text.get(start..end + braces)?);
                Some((start..end + braces, continued(self.text.get(..start)?, snippet.trim())))
            }
            SlotKind::Link(reference) | SlotKind::Image(reference, _) => {
                if let Reference::External(_) = reference {
                    return None;
                }
                let to = cx.site().destination(reference, self.file, self.page.id()).ok()?;
                let label = || label(cx.site(), reference, &to);
                let (place, new) = edit_link(written, &url(cx, &to), label)?;
                Some((start + place.start..start + place.end, new))
            }
            _ => None,
        }
    }
}

/// What an embed shows; headings in it begin with a level.
fn embedded<'a>(cx: &mut PageContext<'a>, referent: &Referent<'a>, level: u8) -> Option<String> {
    let Referent::Page(page, anchor) = referent else { return embed::markdown(cx, referent) };
    let document = page.document()?;
    let stretch = match anchor {
        Some(anchor) => Stretch::section(*page, document, anchor)?,
        None => Stretch::embedded(*page, document),
    };
    Some(format!("{}\n\n{}", embed::title(cx, referent)?, stretch.markdown(cx, level, false)))
}

/// A short text of a page, such as an answer.
pub fn short<'a>(cx: &mut PageContext<'a>, page: PageRef<'a>, file: &SourcePath, text: &str) -> String {
    let text = text.trim();
    if !text.contains('[') {
        return text.to_owned();
    }
    // Read again, since in its file it may stand with escapes.
    let options = cx.site().config().markdown_options();
    let prose = markdown::prose(text, Origin::At(0), &options, &mut Problems::new(file));
    let written = Written { page, file, text, base: 0 };
    let edits = prose.slots.iter().filter_map(|slot| written.edit(cx, slot, 4)).collect();
    filled(cx, &edited(text, 0..text.len(), edits))
}

/// What a reference is called when its author does not say.
fn label(site: SiteRef<'_>, reference: &Reference, to: &Destination) -> String {
    match (reference, to) {
        (Reference::Address(address), _) => site.resolve(address).map(|r| r.label()).unwrap_or_default(),
        (_, Destination::Page(target)) => {
            Referent::Page(site.page(target.page), target.anchor.clone()).label()
        }
        _ => String::new(),
    }
}

/// All headings in the order they are written; not figures and other places.
fn ordered(document: &Document) -> Vec<&Heading> {
    let mut headings: Vec<&Heading> = document.headings().filter(|heading| heading.level > 0).collect();
    headings.sort_by_key(|heading| heading.span.start);
    headings
}

/// All places to be filled within a stretch, in order.
fn slots<'a>(page: PageRef<'a>, document: &Document, range: &Range<usize>) -> Vec<&'a Slot> {
    let mut found = Vec::new();
    page.parts(&mut |part| {
        if let Part::Prose(file, prose) = part
            && *file == document.file
        {
            let is_within =
                |slot: &&Slot| range.start <= slot.span.range().start && slot.span.range().end <= range.end;
            found.extend(prose.slots.iter().filter(|slot| !slot.span.range().is_empty()).filter(is_within));
        }
    });
    found.sort_by_key(|slot| slot.span.start);
    found
}
