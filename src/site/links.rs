//! Follows every reference: broken ones are reported, the others become backlinks.

use super::cycles::LARGEST_EMBEDS;
use super::handle::{PageRef, SiteRef};
use super::help::{Candidates, Help};
use super::included;
use super::keys::AssetKey;
use super::pages::{Destination, PageId, PageKind};
use super::parts::Part;
use super::referent::Referent;
use super::resolve::Unresolved;
use super::snippets;
use crate::content::address::Address;
use crate::content::code::Included;
use crate::content::listed::is_outside;
use crate::content::prose::{Prose, Reference, SlotKind};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic, MOST_HIGHLIGHTED, MOST_OF_A_FILE};
use crate::span::{SourcePath, Span};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

impl SiteRef<'_> {
    /// The diagnostic of a reference that names nothing.
    pub(super) fn report(
        self,
        file: &SourcePath,
        span: Span,
        why: Unresolved,
        suggestions: &mut Budget,
    ) -> Diagnostic {
        let help = self.help(&why.help, suggestions);
        Diagnostic::new(why.code, file, why.message).at(span).help(help)
    }
}

/// What refers to what.
pub struct Followed {
    /// For each page, the pages that refer to it.
    pub backlinks: Vec<Vec<PageId>>,
    /// The files that texts refer to.
    pub assets: BTreeSet<AssetKey>,
    /// Of these, the ones that are shown as pictures.
    pub shown: BTreeSet<AssetKey>,
}

/// Checks all references and gives, for each page, the pages that refer to it.
pub fn follow(
    site: SiteRef<'_>,
    drafts: &[SourcePath],
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Followed {
    let drafts: BTreeSet<&str> = drafts.iter().map(SourcePath::as_str).collect();
    // The site itself can be shared between threads; who notes what is asked of it cannot.
    let whole = site.site;
    let followed: Vec<Found> = (0..whole.pages.len())
        .into_par_iter()
        .map(|i| {
            let from = SiteRef::unwatched(whole).page(PageId(i));
            let found = Found::default();
            let mut walk = Walk { from, found, bytes: 0, highlighting: MOST_HIGHLIGHTED };
            walk.run();
            walk.found
        })
        .collect();
    // A snippet's own problems are found on each page that shows it.
    let mut told: HashSet<(SourcePath, Span, String)> = HashSet::new();
    let mut backlinks: Vec<Vec<PageId>> = vec![Vec::new(); followed.len()];
    let mut assets = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for (i, found) in followed.into_iter().enumerate() {
        let from = PageId(i);
        assets.extend(found.assets);
        shown.extend(found.shown);
        // Nobody comes to a page by way of the one for missing pages.
        let is_way = site.page(from).kind != PageKind::NotFound;
        for target in found.to.into_iter().filter(|target| *target != from && is_way) {
            if let Some(list) = backlinks.get_mut(target.0) {
                list.push(from);
            }
        }
        // What was meant is looked for here, in the order of the site, as there is a limit to it.
        for broken in found.problems {
            if told.insert((broken.file.clone(), broken.span, broken.why.message.clone())) {
                diagnostics.push(broken.report(site, &drafts, suggestions));
            }
        }
    }
    Followed { backlinks, assets, shown }
}

/// A reference that leads nowhere.
struct Broken {
    file: SourcePath,
    span: Span,
    why: Unresolved,
}

impl Broken {
    fn report(mut self, site: SiteRef<'_>, drafts: &BTreeSet<&str>, suggestions: &mut Budget) -> Diagnostic {
        if let Help::Compare { written: draft, with: Candidates::Files(_) } = &self.why.help
            && drafts.contains(draft.as_str())
        {
            self.why.help = Help::Said(format!("`{draft}` is a draft: publish it, or build with `--drafts`"));
        }
        site.report(&self.file, self.span, self.why, suggestions)
    }
}

/// What one page refers to.
#[derive(Default)]
struct Found {
    to: BTreeSet<PageId>,
    assets: BTreeSet<AssetKey>,
    shown: BTreeSet<AssetKey>,
    problems: Vec<Broken>,
}

struct Walk<'a> {
    from: PageRef<'a>,
    found: Found,
    /// Bytes of other files than texts that the page shows.
    bytes: u64,
    /// Bytes of code from files that may still be highlighted.
    highlighting: usize,
}

impl Walk<'_> {
    fn run(&mut self) {
        let from = self.from;
        from.parts(&mut |part| match part {
            Part::Prose(file, prose) => self.prose(file, prose, 0),
            Part::Address(file, address, span) => self.address(file, span, address),
        });
        // The stages a page is for lead to them, and they list it in turn.
        if let Some(document) = from.document() {
            for stage in &document.front_matter.stages {
                self.address(&document.file, stage.span, &stage.value.0);
            }
        }
        if let (PageKind::Glossary, Some(glossary)) = (from.kind, from.site().glossary()) {
            for link in glossary.terms.iter().filter_map(|t| t.link.as_ref()) {
                match term_link(&link.value) {
                    Ok(reference) => {
                        let result = self.destination(&reference, &glossary.file);
                        self.note(&glossary.file, link.span, result);
                    }
                    Err(why) => self.broken(&glossary.file, link.span, why),
                }
            }
        }
    }

    fn destination(&self, reference: &Reference, file: &SourcePath) -> Result<Destination, Unresolved> {
        self.from.site().destination(reference, file, self.from.id())
    }

    fn address(&mut self, file: &SourcePath, span: Span, address: &Address) {
        let result = self.from.site().target(address).map(Destination::Page);
        self.renamed(address.anchor(), file, span, &result);
        self.note(file, span, result);
    }

    /// Follows a text that is shown within so many snippets.
    fn prose(&mut self, file: &SourcePath, prose: &Prose, depth: usize) {
        let places = prose.places();
        for slot in &prose.slots {
            match &slot.kind {
                SlotKind::Link(Reference::Anchor(anchor)) if depth > 0 => {
                    // The page that shows it may have a heading of that name today; the next one does not.
                    if !prose.headings.iter().any(|heading| heading.id == **anchor) {
                        let why = Unresolved {
                            code: Code::BrokenAnchor,
                            message: format!("this snippet has no heading `#{anchor}`"),
                            help: Help::Said(
                                "name a page before the `#`, or a heading of the snippet".to_owned(),
                            ),
                        };
                        self.broken(file, slot.span, why);
                    }
                }
                SlotKind::Link(reference) => {
                    let result = self.destination(reference, file);
                    // A part of a page, such as a cell's text, may refer to places of its own.
                    match reference {
                        Reference::Anchor(anchor) if result.is_err() && places.get(anchor).is_some() => {}
                        _ => {
                            self.renamed(reference.anchor(), file, slot.span, &result);
                            self.note(file, slot.span, result);
                        }
                    }
                }
                SlotKind::Image(reference, _) => self.image(file, slot.span, reference),
                SlotKind::Media(media) => self.image(file, slot.span, &media.file),
                SlotKind::Snippet(embed) => {
                    let site = self.from.site();
                    for why in site.check_snippet(embed) {
                        self.broken(file, slot.span, why);
                    }
                    if let Some(shown) = site.snippet(embed).filter(|_| depth < snippets::DEEPEST) {
                        self.prose(&shown.snippet.file, shown.prose, depth.saturating_add(1));
                    }
                }
                SlotKind::Embed(address) => {
                    let site = self.from.site();
                    let result = site.resolve(address).and_then(|referent| {
                        embeddable(&referent)?;
                        site.target(address).map(Destination::Page)
                    });
                    self.renamed(address.anchor(), file, slot.span, &result);
                    self.note(file, slot.span, result);
                }
                SlotKind::StageNumbers(address) => {
                    if let Err(why) = self.from.site().stage_range(address) {
                        self.broken(file, slot.span, why);
                    }
                }
                SlotKind::Code(included) => self.code(file, slot.span, included),
                SlotKind::Data(path, _) => self.data(file, slot.span, path),
                // Each stands beside a slot that is checked, or names nothing.
                SlotKind::Label(_)
                | SlotKind::FullImage(_)
                | SlotKind::Summary(_)
                | SlotKind::ForStages(_)
                | SlotKind::StageNames(_)
                | SlotKind::IdPrefix
                | SlotKind::FormerId(_)
                | SlotKind::Phrase(..) => {}
            }
        }
    }

    /// What is taken from other files is looked at as long as a page can hold it; one with more is reported elsewhere.
    fn bears(&mut self, bytes: u64) -> bool {
        self.bytes = self.bytes.saturating_add(bytes);
        self.bytes <= LARGEST_EMBEDS
    }

    fn code(&mut self, file: &SourcePath, span: Span, included: &Included) {
        let site = self.from.site();
        if !self.bears(site.code_size(included)) {
            return;
        }
        match site.excerpt(included).map(|excerpt| included::dull(included, &excerpt, &mut self.highlighting))
        {
            Err(why) | Ok(Some(why)) => self.broken(file, span, why),
            Ok(None) => {}
        }
    }

    fn data(&mut self, file: &SourcePath, span: Span, path: &str) {
        let site = self.from.site();
        if !self.bears(site.data_size(path, file)) {
            return;
        }
        let path_of = Reference::Path { path: path.to_owned(), anchor: None };
        if let Ok(Destination::Asset(key)) = self.destination(&path_of, file) {
            self.found.assets.insert(key);
        }
        let problems = site.data(path, file).err().map(|why| why.problems(file, span));
        for (file, span, why) in problems.into_iter().flatten() {
            self.broken(&file, span, why);
        }
    }

    fn image(&mut self, file: &SourcePath, span: Span, reference: &Reference) {
        match self.destination(reference, file) {
            Ok(Destination::Asset(key)) => {
                self.found.assets.insert(key);
                self.found.shown.insert(key);
            }
            Ok(_) => self.broken(
                file,
                span,
                Unresolved {
                    code: Code::BrokenImage,
                    message: "this is a page, not an image".to_owned(),
                    help: Help::Said("name an image file, or drop the `!` to link to the page".to_owned()),
                },
            ),
            Err(why) => self.broken(file, span, Unresolved { code: Code::BrokenImage, ..why }),
        }
    }

    fn note(&mut self, file: &SourcePath, span: Span, result: Result<Destination, Unresolved>) {
        match result {
            Ok(Destination::Page(target)) => drop(self.found.to.insert(target.page)),
            Ok(Destination::Asset(key)) => drop(self.found.assets.insert(key)),
            Ok(_) => {}
            Err(why) => self.broken(file, span, why),
        }
    }

    /// Tells of an anchor that names a heading under another rule than the site's.
    fn renamed(
        &mut self,
        written: Option<&Arc<str>>,
        file: &SourcePath,
        span: Span,
        result: &Result<Destination, Unresolved>,
    ) {
        let (Some(written), Ok(Destination::Page(target))) = (written, result) else { return };
        let Some(right) = target.anchor.as_ref().filter(|right| *right != written) else { return };
        let site = self.from.site();
        let place = site.anchors(target.page).under_another_rule(written);
        if place.is_none_or(|place| place.id != **right) {
            return;
        }
        let name = site.page_name(target.page);
        let message = format!("the heading `#{written}` on {name} has the id `{right}`");
        let help =
            format!("write `#{right}`, or keep the old id: `{{#{written}}}` at the end of the heading");
        let why = Unresolved { code: Code::RenamedAnchor, message, help: Help::Said(help) };
        self.broken(file, span, why);
    }

    fn broken(&mut self, file: &SourcePath, span: Span, why: Unresolved) {
        if self.found.problems.len() < MOST_OF_A_FILE {
            self.found.problems.push(Broken { file: file.clone(), span, why });
        }
    }
}

/// Where a term's `link` leads: another site, or an address.
pub fn term_link(text: &str) -> Result<Reference, Unresolved> {
    if text.contains("://") || is_outside(text) {
        return Ok(Reference::External(text.to_owned()));
    }
    Address::parse(text).map(Reference::Address).map_err(|why| Unresolved {
        code: Code::InvalidAddress,
        message: format!("`{text}` is not an address: {why}"),
        help: Help::Said("write an address such as `security/secrets`, or a URL with `https://`".to_owned()),
    })
}

/// Can this be embedded?
fn embeddable(referent: &Referent<'_>) -> Result<(), Unresolved> {
    let refuse = |message: String, help: &str| {
        Err(Unresolved { code: Code::InvalidEmbed, message, help: Help::Said(help.to_owned()) })
    };
    match referent {
        Referent::Page(page, _) if page.document().is_none() => {
            refuse(format!("the page `{}` has no text of its own", page.title()), "link to it instead")
        }
        Referent::Group(group) => {
            refuse(format!("the group `{}` cannot be embedded", group.title()), "link to it instead")
        }
        Referent::Page(page, Some(anchor)) if section_of(*page, anchor).is_none() => refuse(
            format!("`#{anchor}` is not a section that can be embedded"),
            "name the anchor of a heading in the text",
        ),
        _ => Ok(()),
    }
}

/// The texts of one section of a page.
pub fn section_of(page: PageRef<'_>, anchor: &str) -> Option<Prose> {
    let document = page.document()?;
    let sections = document.playbook.iter().flat_map(|p| &p.sections);
    match sections.into_iter().find(|s| s.heading.id == anchor) {
        Some(section) => Some(section.body.clone()),
        None => document.body.section(anchor),
    }
}
