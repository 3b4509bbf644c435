//! Fills the slots of texts for one page: links, images and glossary terms, as seen from there.

use super::href::Links;
use crate::content::html::{escape, escaped, plain};
use crate::content::prose::{Places, Prose, Reference, Size, SlotKind, SnippetEmbed};
use crate::content::slug::Ids;
use crate::diagnostics::Code;
use crate::diagnostics::MOST_HIGHLIGHTED;
use crate::site::handle::{PageRef, SiteRef, TermRef};
use crate::site::pages::{Destination, PageId};
use crate::site::referent::Referent;
use crate::site::snippets;
use crate::span::SourcePath;
use crate::texts::Values;
use std::collections::HashSet;
use std::fmt::Display;
use std::iter::Peekable;

/// A page while its view is built. It remembers which terms it has linked: the first use on a page is enough.
pub struct PageContext<'a> {
    page: PageRef<'a>,
    links: Links<'a>,
    seen: HashSet<TermRef<'a>>,
    prefix: String,
    /// The page that the text being filled comes from.
    source: PageId,
    prefixes: Ids,
    quiet: bool,
    tables: usize,
    /// Bytes of code from files that may still be highlighted.
    pub(super) highlighting: usize,
    open: Vec<Referent<'a>>,
    /// How many snippets the text being filled stands in.
    snippets: usize,
    /// It stands in a line of text, where a snippet is only its words.
    in_line: bool,
}

/// Fills an embed, or leaves it out.
type Embed<'e, 'a> = &'e mut dyn FnMut(&mut PageContext<'a>, Referent<'a>, &mut String);

impl<'a> PageContext<'a> {
    /// Nothing filled yet.
    pub fn new(page: PageRef<'a>) -> Self {
        Self {
            page,
            links: Links::new(page),
            seen: HashSet::new(),
            prefix: String::new(),
            source: page.id(),
            prefixes: Ids::default(),
            quiet: false,
            tables: 0,
            highlighting: MOST_HIGHLIGHTED,
            open: Vec::new(),
            snippets: 0,
            in_line: false,
        }
    }

    /// The page.
    pub fn page(&self) -> PageRef<'a> {
        self.page
    }

    /// Its site.
    pub fn site(&self) -> SiteRef<'a> {
        self.page.site()
    }

    /// An interface text in the page's words, with its placeholders filled in; `n` decides the form of one that counts.
    pub fn phrase(&self, key: &str, values: &Values<'_>) -> String {
        self.page.texts().fill(key, values)
    }

    /// Links as seen from the page.
    pub fn links(&self) -> Links<'a> {
        self.links
    }

    /// Leaves only one term alone, for the text that defines it: each entry of a glossary is read on its own.
    pub fn only_know(&mut self, term: TermRef<'a>) {
        self.seen.clear();
        self.seen.insert(term);
    }

    /// A text as one piece of HTML; embeds become links.
    pub fn html(&mut self, file: &SourcePath, prose: &Prose) -> String {
        if prose.slots.is_empty() && prose.linkable.is_empty() {
            return prose.html.clone();
        }
        let mut html = String::with_capacity(prose.html.len() + 40);
        let outer = std::mem::replace(&mut self.in_line, true);
        self.fill(file, prose, &mut html, &mut |cx, referent, html| {
            if let Some(target) = referent.place() {
                let label = escaped(&referent.label());
                html.push_str(&format!("<a href=\"{}\">{label}</a>", cx.links.target(&target)));
            }
        });
        self.in_line = outer;
        html
    }

    /// Fills texts in which no term becomes a link: in wide tables the links would be noise.
    pub fn quietly<T>(&mut self, fill: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.quiet, true);
        let filled = fill(self);
        self.quiet = outer;
        filled
    }

    /// An identifier for the next table of the page.
    pub fn next_table(&mut self) -> String {
        self.tables += 1;
        format!("table--{}", self.tables)
    }

    /// Fills texts whose ids get a prefix that keeps them apart from the page's own. They come from another page, or
    /// from this one.
    pub fn within<T>(&mut self, name: &str, from: Option<PageId>, fill: impl FnOnce(&mut Self) -> T) -> T {
        let prefix = format!("{}{}", self.prefix, crate::content::slug::slug(name));
        // The same text may be embedded twice.
        let prefix = self.prefixes.unique(&prefix) + "-";
        let outer = std::mem::replace(&mut self.prefix, prefix);
        let source = self.source;
        self.source = from.unwrap_or(source);
        let filled = fill(self);
        self.source = source;
        self.prefix = outer;
        filled
    }

    /// Fills the text of another page as a part of this one: its ids begin with `prefix`.
    pub fn as_part<T>(&mut self, page: PageRef<'a>, prefix: String, fill: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.prefix, prefix);
        let source = std::mem::replace(&mut self.source, page.id());
        let filled = fill(self);
        self.source = source;
        self.prefix = outer;
        filled
    }

    /// Fills an embed, unless it is being filled already. The site reports circles; this guard only keeps a wrong one
    /// from running forever.
    pub fn once<T>(
        &mut self,
        referent: Referent<'a>,
        fill: impl FnOnce(&mut Self, &Referent<'a>) -> Option<T>,
    ) -> Option<T> {
        if self.open.contains(&referent) {
            return None;
        }
        self.open.push(referent.clone());
        let filled = fill(self, &referent);
        self.open.pop();
        filled
    }

    /// Writes a text with its slots filled; `embed` decides what becomes of embeds.
    pub fn fill(&mut self, file: &SourcePath, prose: &Prose, html: &mut String, embed: Embed<'_, 'a>) {
        let terms = if self.quiet { Vec::new() } else { self.site().occurrences(prose) };
        let mut terms = terms.into_iter().peekable();
        let places = prose.places();
        let mut at = 0;
        for slot in &prose.slots {
            let upto = slot.at as usize;
            self.copy(prose, at, upto, &mut terms, html);
            at = upto;
            match &slot.kind {
                SlotKind::Link(reference) => self.anchor(reference, file, &places, html),
                SlotKind::Label(Reference::Address(address)) => {
                    if let Ok(referent) = self.site().resolve(address) {
                        escape(&referent.label(), html);
                    }
                }
                SlotKind::Label(reference) => self.label_of(reference, file, &places, html),
                SlotKind::Image(reference, size) => self.image(reference, *size, file, html),
                SlotKind::FullImage(reference) => self.full_image(reference, file, html),
                SlotKind::Summary(address) => self.summary(address, html),
                SlotKind::ForStages(address) => self.for_stages(address, html),
                SlotKind::StageNumbers(address) => self.stage_numbers(address, html),
                SlotKind::StageNames(address) => self.stage_names(address, html),
                SlotKind::Code(included) => self.code(included, html),
                SlotKind::Data(path, caption) => self.data(path, caption.as_deref(), file, html),
                SlotKind::Media(media) => self.media(media, file, html),
                SlotKind::Snippet(snippet) => self.snippet(snippet, html, embed),
                SlotKind::IdPrefix => html.push_str(&self.prefix),
                SlotKind::FormerId(id) => {
                    html.push_str(&format!("<span id=\"{}{}\"></span>", self.prefix, escaped(id)));
                }
                SlotKind::Phrase(key, value) => {
                    let value = value.as_ref().map(|(name, value)| (name.as_str(), value as &dyn Display));
                    escape(&self.phrase(key, value.as_slice()), html);
                }
                SlotKind::Embed(address) => {
                    if let Ok(referent) = self.site().resolve(address) {
                        embed(self, referent, html);
                    }
                }
            }
        }
        self.copy(prose, at, prose.html.len(), &mut terms, html);
    }

    /// Writes a snippet where it is embedded.
    fn snippet(&mut self, snippet: &SnippetEmbed, html: &mut String, embed: Embed<'_, 'a>) {
        // Circles are reported by the site.
        let Some(shown) = self.site().snippet(snippet).filter(|_| self.snippets < snippets::DEEPEST) else {
            return;
        };
        let file = &shown.snippet.file;
        self.snippets += 1;
        let is_in_line = self.in_line;
        self.within(&format!("{}-", file.stem()), None, |cx| {
            if is_in_line {
                cx.fill(file, &shown.prose.clone().unwrapped(), html, embed);
            } else {
                cx.fill(file, shown.prose, html, embed);
            }
        });
        self.snippets -= 1;
    }

    /// Copies a stretch of HTML, the first use of each term made a link.
    fn copy(
        &mut self,
        prose: &Prose,
        from: usize,
        to: usize,
        terms: &mut Peekable<std::vec::IntoIter<crate::site::terms::Found>>,
        html: &mut String,
    ) {
        let mut at = from;
        while let Some(found) = terms.next_if(|t| t.start < to) {
            let term = self.site().term(found.term);
            if found.start < at || found.end > to || !self.seen.insert(term) {
                continue;
            }
            let (Some(content), Some(target)) = (term.content(), Referent::Term(term).place()) else {
                continue;
            };
            html.push_str(&prose.html[at..found.start]);
            html.push_str("<a class=\"term\" href=\"");
            html.push_str(&self.links.target(&target));
            html.push_str("\" title=\"");
            escape(&plain(&content.definition.html), html);
            html.push_str("\">");
            html.push_str(&prose.html[found.start..found.end]);
            html.push_str("</a>");
            at = found.end;
        }
        html.push_str(&prose.html[at..to]);
    }

    fn anchor(&self, reference: &Reference, file: &SourcePath, places: &Places<'_>, html: &mut String) {
        // A text that is embedded brings its own headings, under prefixed ids; others stay where it comes from.
        if let Reference::Anchor(anchor) = reference
            && !self.prefix.is_empty()
            && let Some(heading) = places.get(anchor)
        {
            html.push_str(&format!(" href=\"#{}{}\"", self.prefix, escaped(&heading.id)));
            return;
        }
        let found = self.site().destination(reference, file, self.source);
        // Where `[checks]` makes a warning of a broken anchor, its page is still there.
        let found = found.or_else(|why| match reference.without_anchor() {
            Some(page) if why.code == Code::BrokenAnchor => self.site().destination(&page, file, self.source),
            _ => Err(why),
        });
        let Ok(destination) = found else {
            if let Reference::Anchor(anchor) = reference {
                html.push_str(&format!(" href=\"#{}{}\"", self.prefix, escaped(anchor)));
            }
            return;
        };
        html.push_str(" href=\"");
        escape(&self.href_to(&destination), html);
        html.push('"');
    }

    /// The URL of a destination.
    pub fn href_to(&self, to: &Destination) -> String {
        match to {
            Destination::External(url) => url.clone(),
            Destination::Page(target) => self.links.target(target),
            Destination::Asset(key) => self.links.path(self.site().asset(*key).content().permalink.as_str()),
        }
    }

    /// What a link is called that leads to a place by its path or its anchor, and has no words of its own.
    fn label_of(&self, reference: &Reference, file: &SourcePath, places: &Places<'_>, html: &mut String) {
        if let Reference::Anchor(anchor) = reference
            && let Some(place) =
                places.get(anchor).filter(|place| place.figure.is_some() || !place.text.is_empty())
        {
            let number = place.figure.map(|number| self.phrase("figure", &[("number", &number)]));
            escape(&number.unwrap_or_else(|| place.text.clone()), html);
            return;
        }
        match self.site().destination(reference, file, self.source) {
            Ok(Destination::Page(target)) => {
                escape(&Referent::Page(self.site().page(target.page), target.anchor).label(), html);
            }
            Ok(Destination::Asset(key)) => {
                let path = self.site().asset(key).content().permalink.as_str();
                escape(path.rsplit('/').next().unwrap_or_default(), html);
            }
            Ok(Destination::External(_)) | Err(_) => {}
        }
    }

    fn full_image(&self, reference: &Reference, file: &SourcePath, html: &mut String) {
        if let Ok(to @ Destination::Asset(_)) = self.site().destination(reference, file, self.page.id()) {
            html.push_str(&format!(" href=\"{}\"", escaped(&self.href_to(&to))));
        }
    }

    fn image(&self, reference: &Reference, wanted: Size, file: &SourcePath, html: &mut String) {
        let found = self.site().destination(reference, file, self.page.id());
        let Ok(Destination::Asset(key)) = found else { return };
        let asset = self.site().asset(key).content();
        html.push_str(&format!(" src=\"{}\"", escaped(&self.links.path(asset.permalink.as_str()))));
        let size = wanted.of(asset.size);
        self.smaller(asset, size.width, html);
        size.write(html);
    }
}
