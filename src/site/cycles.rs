//! Walks along embeds and dependencies: reports what leads back to itself, and embeds that add up to too much.
//!
//! Authors decide how long such a chain is, so no walk here uses recursion.

#![allow(clippy::mutable_key_type)] // handles are ordered by their numbers, which never change

use super::handle::{FrameworkRef, SiteRef};
use super::pages::PageId;
use super::parts::Part;
use super::referent::Referent;
use super::snippets::Shown;
use crate::content::address::Address;
use crate::content::prose::{Prose, SlotKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::{SourcePath, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// Texts within texts that a page can hold: templates nest for each of them.
const DEEPEST_EMBED: usize = 8;
/// Embeds on one page, those within embeds included.
const MOST_EMBEDS: u64 = 1_000;
/// Bytes of the texts that a page embeds, counted as often as they are embedded.
pub(super) const LARGEST_EMBEDS: u64 = 4 << 20;

/// What leads to what, with something about each step.
pub type Edges<K, E> = BTreeMap<K, Vec<(K, E)>>;

/// A walk along all edges.
#[derive(Debug)]
pub struct Walk<'a, K, E> {
    /// The edges that close a circle, with what lies on the circle, in order.
    pub closing: Vec<(Vec<&'a K>, &'a E)>,
    /// Everything that edges begin at or lead to, each after all that it leads to.
    pub order: Vec<&'a K>,
}

/// Walks along all edges, depth first.
pub fn walk<K: Ord, E>(edges: &Edges<K, E>) -> Walk<'_, K, E> {
    let mut walk = Walk { closing: Vec::new(), order: Vec::new() };
    let mut done: BTreeSet<&K> = BTreeSet::new();
    for start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        let mut path: Vec<(&K, std::slice::Iter<'_, (K, E)>)> = vec![(start, steps(edges, start))];
        let mut places: BTreeMap<&K, usize> = BTreeMap::from([(start, 0)]);
        while let Some((node, rest)) = path.last_mut() {
            let node = *node;
            let Some((next, edge)) = rest.next() else {
                path.pop();
                places.remove(node);
                done.insert(node);
                walk.order.push(node);
                continue;
            };
            if let Some(place) = places.get(next) {
                let circle = path.iter().skip(*place).map(|(node, _)| *node);
                walk.closing.push((circle.chain([next]).collect(), edge));
            } else if !done.contains(next) {
                places.insert(next, path.len());
                path.push((next, steps(edges, next)));
            }
        }
    }
    walk
}

fn steps<'a, K: Ord, E>(edges: &'a Edges<K, E>, node: &K) -> std::slice::Iter<'a, (K, E)> {
    edges.get(node).map_or(&[][..], Vec::as_slice).iter()
}

/// `a -> b -> c`, the middle of a long chain left out.
fn chain(names: &[String]) -> String {
    const SHOWN: usize = 4;
    match (names.get(..SHOWN), names.len().checked_sub(SHOWN).and_then(|from| names.get(from..))) {
        (Some(first), Some(last)) if names.len() > 2 * SHOWN + 1 => {
            let between = names.len().saturating_sub(2 * SHOWN);
            format!("{} -> ({between} more) -> {}", first.join(" -> "), last.join(" -> "))
        }
        _ => names.join(" -> "),
    }
}

/// A text that can hold embeds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node<'a> {
    Page(PageId),
    /// By its address.
    Snippet(&'a str),
}

impl Node<'_> {
    fn name(self, site: SiteRef<'_>) -> String {
        match self {
            Self::Page(id) => site.page(id).permalink.name().to_owned(),
            Self::Snippet(name) => name.to_owned(),
        }
    }
}

/// Where an embed is written, and what it brings beside the page's own embeds.
struct Embed {
    file: SourcePath,
    span: Span,
}

/// What the embeds of a page come to.
#[derive(Clone, Copy, Default)]
struct Weight {
    depth: usize,
    count: u64,
    bytes: u64,
}

impl Weight {
    fn is_too_much(self) -> bool {
        self.depth > DEEPEST_EMBED || self.count > MOST_EMBEDS || self.bytes > LARGEST_EMBEDS
    }
}

/// Reports texts that embed themselves, by whatever detour, and pages whose embeds add up to too much. Pages and
/// cells can hold embeds.
pub fn embeds<'a>(site: SiteRef<'a>, diagnostics: &mut Vec<Diagnostic>) {
    let mut edges: Edges<Node<'a>, Embed> = BTreeMap::new();
    let mut own: BTreeMap<Node<'a>, Weight> = BTreeMap::new();
    let mut add = |from: Node<'a>, file: &SourcePath, prose: &Prose| {
        for slot in &prose.slots {
            // Code and tables of other files make a page as heavy as texts do.
            let bytes = match &slot.kind {
                SlotKind::Code(included) => site.code_size(included),
                SlotKind::Data(path, _) => site.data_size(path, file),
                _ => 0,
            };
            if bytes > 0 {
                let weight = own.entry(from).or_default();
                weight.bytes = weight.bytes.saturating_add(bytes);
                edges.entry(from).or_default();
            }
            let Some((bytes, to)) = brings(site, &slot.kind) else { continue };
            let weight = own.entry(from).or_default();
            weight.depth = weight.depth.max(1);
            weight.count = weight.count.saturating_add(1);
            weight.bytes = weight.bytes.saturating_add(bytes);
            // A page that embeds only tables leads to no text, and is weighed all the same.
            let texts = edges.entry(from).or_default();
            texts.extend(to.map(|to| (to, Embed { file: file.clone(), span: slot.span })));
        }
    };
    for from in site.pages() {
        from.parts(&mut |part| {
            if let Part::Prose(file, prose) = part {
                add(Node::Page(from.id()), file, prose);
            }
        });
    }
    for Shown { snippet, prose } in site.shown_snippets() {
        add(Node::Snippet(&snippet.name), &snippet.file, prose);
    }
    let walk = walk(&edges);
    for (circle, embed) in &walk.closing {
        let names: Vec<String> = circle.iter().map(|node| node.name(site)).collect();
        diagnostics.push(
            Diagnostic::new(Code::EmbedCycle, &embed.file, "this embed leads back to itself")
                .at(embed.span)
                .label("closes the circle")
                .help(format!("the chain is {}; make one of them a link", chain(&names))),
        );
    }
    if walk.closing.is_empty() {
        limits(site, &edges, &own, &walk.order, diagnostics);
    }
}

/// What an embed brings: about how many bytes, and a text with embeds of its own.
fn brings<'a>(site: SiteRef<'a>, kind: &SlotKind) -> Option<(u64, Option<Node<'a>>)> {
    match kind {
        SlotKind::Embed(address) => {
            let referent = site.resolve(address).ok()?;
            let is_text = matches!(referent, Referent::Page(..) | Referent::Cell(..));
            let place = referent.place().filter(|_| is_text);
            Some((size(site, &referent), place.map(|target| Node::Page(target.page))))
        }
        SlotKind::Snippet(embed) => {
            let Shown { snippet, prose } = site.snippet(embed)?;
            Some((prose.html.len() as u64, Some(Node::Snippet(&snippet.name))))
        }
        _ => None,
    }
}

/// About how many bytes an embed brings, those of the embeds within left out.
fn size(site: SiteRef<'_>, referent: &Referent<'_>) -> u64 {
    let all = |framework: FrameworkRef<'_>| {
        framework.dimensions().map(|d| site.file_size(d.file())).fold(0, u64::saturating_add)
    };
    match referent {
        Referent::Page(page, _) => {
            let mut bytes: u64 = 0;
            page.parts(&mut |part| {
                if let Part::Prose(_, prose) = part {
                    bytes = bytes.saturating_add(prose.html.len() as u64);
                }
            });
            bytes
        }
        Referent::Dimension(dimension, ..) => site.file_size(dimension.file()),
        Referent::Aspect(aspect, ..) => site.file_size(aspect.file()),
        Referent::Cell(cell, _) => site.file_size(cell.file()),
        Referent::Comparison(comparison) => all(comparison.framework()),
        Referent::Framework(..) | Referent::Stage(..) | Referent::Group(_) | Referent::Term(_) => 0,
    }
}

fn limits<'a>(
    site: SiteRef<'a>,
    edges: &Edges<Node<'a>, Embed>,
    own: &BTreeMap<Node<'a>, Weight>,
    order: &[&Node<'a>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut weights: BTreeMap<Node<'a>, Weight> = own.clone();
    for node in order {
        let weigh = |weights: &BTreeMap<Node<'a>, Weight>, to: &Node<'a>| {
            weights.get(to).copied().unwrap_or_default()
        };
        let mut weight = weigh(own, node);
        let mut is_first = true;
        for (to, _) in edges.get(node).into_iter().flatten() {
            let inner = weigh(&weights, to);
            weight.depth = weight.depth.max(inner.depth.saturating_add(1));
            weight.count = weight.count.saturating_add(inner.count);
            weight.bytes = weight.bytes.saturating_add(inner.bytes);
            is_first &= !inner.is_too_much();
        }
        weights.insert(**node, weight);
        // Whatever embeds this page is too much as well, and need not be told.
        if !weight.is_too_much() || !is_first {
            continue;
        }
        let heaviest = |node: &Node<'a>| {
            let all = edges.get(node).into_iter().flatten();
            all.max_by_key(|(to, _)| {
                let w = weigh(&weights, to);
                (w.depth, w.count, w.bytes, std::cmp::Reverse(*to))
            })
        };
        let mut names = vec![node.name(site)];
        let mut at = heaviest(node);
        let place = at.map(|(_, embed)| embed);
        while let Some((to, _)) = at {
            names.push(to.name(site));
            at = heaviest(to);
        }
        let what = if weight.depth > DEEPEST_EMBED {
            format!("texts are embedded within each other {} deep; {DEEPEST_EMBED} is the most", weight.depth)
        } else if weight.count > MOST_EMBEDS {
            format!(
                "this page comes to {} embeds, those within them included; {MOST_EMBEDS} is the most",
                weight.count
            )
        } else {
            format!(
                "this page embeds {} MiB of text; {} is the most",
                weight.bytes >> 20,
                LARGEST_EMBEDS >> 20
            )
        };
        let of_page = match node {
            Node::Page(id) => site.page(*id).source_file(),
            Node::Snippet(_) => None,
        };
        let file = place.map(|embed| &embed.file).or(of_page).unwrap_or(&site.config().file);
        let problem = Diagnostic::new(Code::EmbedLimit, file, what)
            .help(format!("the chain is {}; make some of them links", chain(&names)));
        diagnostics.push(match place {
            Some(embed) => problem.at(embed.span),
            None => problem,
        });
    }
}

/// What needs what: cells and whole aspects, with the place where it is said.
type Dependencies<'a> = Edges<Referent<'a>, (SourcePath, Span)>;

/// All `depends_on` of the site.
fn dependencies(site: SiteRef<'_>) -> Dependencies<'_> {
    let mut edges: Dependencies<'_> = BTreeMap::new();
    let mut add = |from, file: &SourcePath, needs: &[Spanned<Address>]| {
        let targets = needs.iter().filter_map(|to| Some((site.resolve(&to.value).ok()?, to.span)));
        let mut targets = targets.map(|(target, span)| (target, (file.clone(), span))).peekable();
        if targets.peek().is_some() {
            edges.entry(from).or_default().extend(targets);
        }
    };
    for aspect in site.frameworks().flat_map(FrameworkRef::aspects) {
        let file = aspect.file();
        add(Referent::Aspect(aspect, None, None), file, &aspect.content().depends_on);
        for cell in aspect.cells() {
            let activities = &cell.content().activities;
            for (i, activity) in activities.iter().enumerate() {
                let which = (activities.len() > 1).then_some(i);
                add(Referent::Cell(cell, which), file, &activity.depends_on);
            }
        }
    }
    edges
}

/// Reports cells that need each other.
pub fn dependency_circles(site: SiteRef<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let edges = dependencies(site);
    for (circle, (file, span)) in walk(&edges).closing {
        let names: Vec<String> = circle.into_iter().map(Referent::label).collect();
        diagnostics.push(
            Diagnostic::new(Code::DependencyCycle, file, "this dependency leads back to itself")
                .at(*span)
                .label("closes the circle")
                .help(format!("the chain is {}; one of them can come first", chain(&names))),
        );
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::{Edges, chain, walk};

    fn edges(list: &[(u32, u32)]) -> Edges<u32, ()> {
        let mut edges = Edges::new();
        for (from, to) in list {
            edges.entry(*from).or_insert_with(Vec::new).push((*to, ()));
        }
        edges
    }

    #[test]
    fn circles_are_found_once_and_everything_comes_after_what_it_leads_to() {
        let list = edges(&[(1, 2), (2, 3), (3, 1), (4, 4), (5, 3), (5, 6)]);
        let found = walk(&list);
        let circles: Vec<Vec<u32>> =
            found.closing.iter().map(|(circle, ())| circle.iter().map(|n| **n).collect()).collect();
        assert_eq!(circles, [vec![1, 2, 3, 1], vec![4, 4]]);
        assert_eq!(found.order, [&3, &2, &1, &4, &6, &5]);
    }

    #[test]
    fn a_chain_of_any_length_is_walked() {
        let long: Vec<(u32, u32)> = (0..200_000).map(|n| (n, n + 1)).collect();
        let list = edges(&long);
        assert_eq!(walk(&list).order.len(), 200_001);
    }

    #[test]
    fn the_middle_of_a_long_chain_is_left_out() {
        let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        assert_eq!(chain(&names), "0 -> 1 -> 2 -> 3 -> (12 more) -> 16 -> 17 -> 18 -> 19");
        assert_eq!(chain(&names[..3]), "0 -> 1 -> 2");
    }
}
