//! Follows every reference: broken ones are reported, the others become backlinks.

use super::pages::{HOME, PageId, PageKind};
use super::resolve::{Candidates, Destination, Help, Referent, Target, Unresolved};
use super::{Part, Site};
use crate::content::prose::{Prose, Reference, SlotKind};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic, MOST_OF_A_FILE};
use crate::span::{SourcePath, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many top folders and pages the header shows when `[nav]` does not say which.
const HEADER_LINKS: usize = 8;

/// The links of the header: those of `[nav]`, or the top folders and pages.
pub fn navigation(
    site: &Site,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Target)> {
    let Some(nav) = &site.config.nav else {
        return site
            .page(HOME)
            .children
            .iter()
            .filter(|id| {
                matches!(site.page(**id).kind, PageKind::Section(_) | PageKind::Guide(_) | PageKind::Glossary)
            })
            // The header stands on every page; the home page lists the sections beyond these.
            .take(HEADER_LINKS)
            .map(|id| (site.page(*id).title.clone(), Target { node: *id, anchor: None }))
            .collect();
    };
    let mut links = Vec::new();
    for item in &nav.items {
        match site.resolve(&item.to.value).and_then(|r| Ok((site.label(&r), site.target(&item.to.value)?))) {
            Ok((label, target)) => links.push((item.title.clone().unwrap_or(label), target)),
            Err(why) => diagnostics.push(report(site, &site.config.file, item.to.span, why, suggestions)),
        }
    }
    links
}

fn report(
    site: &Site,
    file: &SourcePath,
    span: Span,
    why: Unresolved,
    suggestions: &mut Budget,
) -> Diagnostic {
    let help = site.help(&why.help, suggestions);
    Diagnostic::new(why.code, file, why.message).at(span).help(help)
}

/// Checks all references and gives, for each page, the pages that refer to it.
pub fn follow(
    site: &Site,
    drafts: &[SourcePath],
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<PageId>> {
    let drafts: BTreeSet<&str> = drafts.iter().map(SourcePath::as_str).collect();
    let followed: Vec<(Vec<PageId>, Vec<Broken>)> = (0..site.pages.len())
        .into_par_iter()
        .map(|i| {
            let mut walk = Walk { site, from: PageId(i), to: BTreeSet::new(), problems: Vec::new() };
            walk.run();
            (walk.to.into_iter().collect(), walk.problems)
        })
        .collect();
    let mut backlinks: Vec<Vec<PageId>> = vec![Vec::new(); site.pages.len()];
    for (i, (targets, problems)) in followed.into_iter().enumerate() {
        for target in targets {
            if target.0 != i {
                backlinks[target.0].push(PageId(i));
            }
        }
        // What was meant is looked for here, in the order of the site, as there is a limit to it.
        diagnostics.extend(problems.into_iter().map(|broken| broken.report(site, &drafts, suggestions)));
    }
    backlinks
}

/// A reference that leads nowhere.
struct Broken {
    file: SourcePath,
    span: Span,
    why: Unresolved,
}

impl Broken {
    fn report(mut self, site: &Site, drafts: &BTreeSet<&str>, suggestions: &mut Budget) -> Diagnostic {
        if let Help::Compare { written: draft, with: Candidates::Files(_) } = &self.why.help
            && drafts.contains(draft.as_str())
        {
            self.why.help = Help::Said(format!("`{draft}` is a draft: publish it, or build with `--drafts`"));
        }
        report(site, &self.file, self.span, self.why, suggestions)
    }
}

struct Walk<'a> {
    site: &'a Site,
    from: PageId,
    to: BTreeSet<PageId>,
    problems: Vec<Broken>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let site = self.site;
        site.parts(self.from, &mut |part| match part {
            Part::Prose(file, prose) => self.prose(file, prose),
            Part::Address(file, address) => {
                let result = site.target(&address.value).map(Destination::Page);
                self.note(file, address.span, result);
            }
        });
        // The stages a page is for lead to them, and they list it in turn.
        if let Some(page) = site.document_of(self.from) {
            for stage in &page.front_matter.stages {
                let result = site.target(&stage.value.0).map(Destination::Page);
                self.note(&page.file, stage.span, result);
            }
        }
        if let (PageKind::Glossary, Some(glossary)) = (site.page(self.from).kind, &site.glossary) {
            for link in glossary.terms.iter().filter_map(|t| t.link.as_ref()) {
                match term_link(&link.value) {
                    Ok(reference) => {
                        let result = site.destination(&reference, &glossary.file, self.from);
                        self.note(&glossary.file, link.span, result);
                    }
                    Err(why) => self.broken(&glossary.file, link.span, why),
                }
            }
        }
    }

    fn prose(&mut self, file: &SourcePath, prose: &Prose) {
        for slot in &prose.slots {
            match &slot.kind {
                SlotKind::Link(reference) => {
                    let result = self.site.destination(reference, file, self.from);
                    self.note(file, slot.span, result);
                }
                SlotKind::Image(reference) => self.image(file, slot.span, reference),
                SlotKind::Embed(address) => {
                    let result = self.site.resolve(address).and_then(|r| {
                        embeddable(self.site, &r)?;
                        self.site.target(address).map(Destination::Page)
                    });
                    self.note(file, slot.span, result);
                }
                SlotKind::Label(_) | SlotKind::IdPrefix => {}
            }
        }
    }

    fn image(&mut self, file: &SourcePath, span: Span, reference: &Reference) {
        match self.site.destination(reference, file, self.from) {
            Ok(Destination::Asset(_)) => {}
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
            Ok(Destination::Page(target)) => drop(self.to.insert(target.node)),
            Ok(_) => {}
            Err(why) => self.broken(file, span, why),
        }
    }

    fn broken(&mut self, file: &SourcePath, span: Span, why: Unresolved) {
        if self.problems.len() < MOST_OF_A_FILE {
            self.problems.push(Broken { file: file.clone(), span, why });
        }
    }
}

/// Where a term's `link` leads: another site, or an address.
pub fn term_link(text: &str) -> Result<Reference, Unresolved> {
    if text.contains("://") || text.starts_with("mailto:") {
        return Ok(Reference::External(text.to_owned()));
    }
    crate::content::address::Address::parse(text).map(Reference::Address).map_err(|why| Unresolved {
        code: Code::InvalidAddress,
        message: format!("`{text}` is not an address: {why}"),
        help: Help::Said("write an address such as `security/secrets`, or a URL with `https://`".to_owned()),
    })
}

/// Can this be embedded?
pub fn embeddable(site: &Site, referent: &Referent) -> Result<(), Unresolved> {
    let refuse = |message: String, help: &str| {
        Err(Unresolved { code: Code::InvalidEmbed, message, help: Help::Said(help.to_owned()) })
    };
    match referent {
        Referent::Page(node, _) if site.document_of(*node).is_none() => refuse(
            format!("the page `{}` has no text of its own", site.page(*node).title),
            "link to it instead",
        ),
        Referent::Page(node, Some(anchor)) if section_of(site, *node, anchor).is_none() => refuse(
            format!("`#{anchor}` is not a section that can be embedded"),
            "name the anchor of a heading in the text",
        ),
        _ => Ok(()),
    }
}

/// The texts of one section of a page.
pub fn section_of(site: &Site, node: PageId, anchor: &str) -> Option<Prose> {
    let page = site.document_of(node)?;
    if let Some(section) =
        page.playbook.as_ref().and_then(|p| p.sections.iter().find(|s| s.heading.id == anchor))
    {
        return Some(section.body.clone());
    }
    page.body.section(anchor)
}

/// The series of playbooks; reports those that fork, close in a circle or follow something else.
pub fn series(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<PageId>> {
    let mut next: BTreeMap<PageId, PageId> = BTreeMap::new();
    let mut previous: BTreeMap<PageId, PageId> = BTreeMap::new();
    for (i, node) in site.pages.iter().enumerate() {
        let id = PageId(i);
        let page = site.document_of(id);
        let Some(follows) = page.and_then(|page| page.playbook.as_ref()).and_then(|p| p.follows.as_ref())
        else {
            continue;
        };
        let file = node.file.clone().unwrap_or_else(|| site.config.file.clone());
        let Ok(target) = site.target(&follows.value) else { continue };
        let broken = |message: String, help: &str| {
            Diagnostic::new(Code::BrokenSeries, &file, message).at(follows.span).help(help)
        };
        if !matches!(site.page(target.node).kind, PageKind::Playbook(_)) {
            diagnostics.push(broken(
                format!("`{}` is not a playbook", follows.value),
                "a playbook follows another; use `related` or `see_also` for other pages",
            ));
        } else if let Some(other) = next.get(&target.node) {
            diagnostics.push(broken(
                format!("`{}` already follows {}", site.page(*other).title, site.page(target.node).title),
                "a series is a chain: let this one follow the last of it",
            ));
        } else {
            let mut at = target.node;
            let mut circle = at == id;
            while let Some(before) = previous.get(&at).filter(|_| !circle) {
                at = *before;
                circle = at == id;
            }
            if circle {
                diagnostics.push(broken(
                    "this series closes in a circle".to_owned(),
                    "the first playbook of a series follows none",
                ));
            } else {
                next.insert(target.node, id);
                previous.insert(id, target.node);
            }
        }
    }
    let firsts: Vec<PageId> = next.keys().filter(|id| !previous.contains_key(id)).copied().collect();
    firsts
        .into_iter()
        .map(|first| std::iter::successors(Some(first), |id| next.get(id).copied()).collect())
        .collect()
}
