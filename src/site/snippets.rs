//! Texts that are said once: every embed of a snippet, read with its parameters when all embeds are known.

use super::handle::SiteRef;
use super::help::{Candidates, Help};
use super::pages::PageId;
use super::parts::Part;
use super::resolve::{Unresolved, join};
use super::{Asset, Site};
use crate::content::markdown::MarkdownOptions;
use crate::content::prose::{Prose, SlotKind, SnippetEmbed};
use crate::content::snippet::{FOLDER, Snippet};
use crate::content::{Content, Parsed};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use crate::variables::Variables;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How deep snippets are embedded within each other; circles and chains that are longer are reported as those of
/// pages are.
pub const DEEPEST: usize = 9;
/// How often snippets are read, each with other parameters.
const MOST_READ: usize = 10_000;

/// All snippets, and what their embeds show.
#[derive(Debug, Default)]
pub struct Snippets {
    all: BTreeMap<String, Arc<Snippet>>,
    shown: BTreeMap<SnippetEmbed, Prose>,
    /// What snippets ask for that nobody gives, which is told of the snippet and not of its embeds.
    told: BTreeSet<(String, String)>,
}

/// A snippet as an embed shows it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The snippet.
    pub snippet: &'a Snippet,
    /// Its text, read with the embed's parameters.
    pub prose: &'a Prose,
}

impl Snippets {
    /// Those of a site, none of them read yet.
    pub fn new(content: &Content) -> Self {
        let all = content.parsed.iter().filter_map(|parsed| match parsed {
            Parsed::Snippet(snippet) => Some((snippet.name.clone(), Arc::clone(snippet))),
            _ => None,
        });
        Self { all: all.collect(), ..Self::default() }
    }

    /// Is this file shown by a snippet, beside which it lies in the snippets' folder? Files that lie elsewhere are published
    /// whoever shows them.
    pub fn publish(&self, asset: &Asset) -> bool {
        let path = asset.permalink.as_str();
        if path.split('/').next() != Some(FOLDER) {
            return true;
        }
        let mut shown = self
            .all
            .values()
            .flat_map(|snippet| snippet.paths.iter().filter_map(|path| join(snippet.file.folder(), path)));
        // Posters and captions lie beside their videos under the same name.
        let is_beside = |shown: &str| {
            let stem = shown.rsplit_once('.').map_or(shown, |(stem, _)| stem);
            path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'))
        };
        shown.any(|shown| shown == path || is_beside(&shown))
    }
}

/// Reads the snippets that the pages of a site embed.
pub fn read(site: &mut Site, suggestions: &mut Budget, diagnostics: &mut Vec<Diagnostic>) {
    if site.snippets.all.is_empty() {
        return;
    }
    let options = site.config.markdown_options();
    let mut snippets = std::mem::take(&mut site.snippets);
    let mut wanted: BTreeSet<SnippetEmbed> = on_pages(site);
    let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for depth in 0..=DEEPEST {
        let new: Vec<SnippetEmbed> = std::mem::take(&mut wanted)
            .into_iter()
            .filter(|embed| snippets.all.contains_key(&embed.name) && !snippets.shown.contains_key(embed))
            .collect();
        if new.is_empty() || depth == DEEPEST {
            break;
        }
        if snippets.shown.len().saturating_add(new.len()) > MOST_READ {
            let message = format!("snippets are embedded with more than {MOST_READ} sets of parameters");
            diagnostics.push(
                Diagnostic::new(Code::EmbedLimit, &site.config.file, message)
                    .help("give fewer parameters, or write some of these texts out"),
            );
            break;
        }
        let read = |embed: SnippetEmbed| {
            let snippet = snippets.all.get(&embed.name)?;
            let variables = Arc::new(options.variables.with(&embed.parameters));
            let read = snippet.read(&MarkdownOptions { variables, ..options.clone() });
            Some((embed, read))
        };
        let read: Vec<_> = new.into_par_iter().filter_map(read).collect();
        for (embed, (prose, problems)) in read {
            diagnostics.extend(problems);
            wanted.extend(embeds(&prose).cloned());
            let names = embed.parameters.iter().map(|(name, _)| name.clone());
            given.entry(embed.name.clone()).or_default().extend(names);
            snippets.shown.insert(embed, prose);
        }
    }
    for (name, snippet) in &snippets.all {
        match given.get(name) {
            Some(given) => {
                for (asked, span) in missing(snippet, &options.variables, given) {
                    diagnostics.push(nobody_gives(
                        snippet,
                        asked,
                        span,
                        given,
                        &options.variables,
                        suggestions,
                    ));
                    snippets.told.insert((name.clone(), asked.clone()));
                }
            }
            None => diagnostics.push(
                Diagnostic::new(Code::UnusedSnippet, &snippet.file, "no page shows this snippet")
                    .help(format!("embed it with `![[{name}]]`, or delete it")),
            ),
        }
    }
    site.snippets = snippets;
}

/// What a snippet asks for and is not given.
fn missing<'a>(
    snippet: &'a Snippet,
    variables: &Variables,
    given: &BTreeSet<String>,
) -> impl Iterator<Item = (&'a String, Span)> {
    let asked = snippet.asks.iter().map(|(name, span)| (name, *span));
    asked.filter(|(name, _)| variables.get(name).is_none() && !given.contains(*name))
}

fn nobody_gives(
    snippet: &Snippet,
    name: &str,
    span: Span,
    given: &BTreeSet<String>,
    variables: &Variables,
    suggestions: &mut Budget,
) -> Diagnostic {
    let known = given.iter().map(String::as_str).chain(variables.names());
    let help = suggestions.suggest(name, "variables and parameters", known);
    let message = format!("there is no variable `{name}`, and no embed of this snippet gives it");
    Diagnostic::new(Code::UnknownVariable, &snippet.file, message).at(span).help(format!(
        "{help}; `![[{}]]{{{name}=\"...\"}}` gives a parameter, `[variables]` in guidepost.toml declares a variable",
        snippet.name
    ))
}

/// The snippets that a text embeds.
fn embeds(prose: &Prose) -> impl Iterator<Item = &SnippetEmbed> {
    prose.slots.iter().filter_map(|slot| match &slot.kind {
        SlotKind::Snippet(embed) => Some(embed),
        _ => None,
    })
}

fn on_pages(site: &Site) -> BTreeSet<SnippetEmbed> {
    let pages = (0..site.pages.len()).into_par_iter().map(|i| {
        let mut found = BTreeSet::new();
        SiteRef::unwatched(site).page(PageId(i)).parts(&mut |part| {
            if let Part::Prose(_, prose) = part {
                found.extend(embeds(prose).cloned());
            }
        });
        found
    });
    pages.reduce(BTreeSet::new, |mut all, found| {
        all.extend(found);
        all
    })
}

impl<'a> SiteRef<'a> {
    /// What the embed of a snippet shows.
    pub fn snippet(self, embed: &SnippetEmbed) -> Option<Shown<'a>> {
        let snippet = self.site.snippets.all.get(&embed.name)?;
        self.note_content(&snippet.file);
        Some(Shown { snippet, prose: self.site.snippets.shown.get(embed)? })
    }

    /// A snippet by its address.
    pub fn find_snippet(self, name: &str) -> Option<&'a Snippet> {
        let snippet = self.site.snippets.all.get(name)?;
        self.note_content(&snippet.file);
        Some(snippet)
    }

    /// Every snippet that is shown, once, whatever its parameters.
    pub(super) fn shown_snippets(self) -> impl Iterator<Item = Shown<'a>> {
        let snippets = &self.site.snippets;
        let mut last = None;
        let first =
            move |(embed, _): &(&'a SnippetEmbed, &'a Prose)| last.replace(&embed.name) != Some(&embed.name);
        let shown = snippets.shown.iter().filter(first);
        shown.filter_map(|(embed, prose)| Some(Shown { snippet: snippets.all.get(&embed.name)?, prose }))
    }

    /// The addresses of all snippets.
    pub(super) fn snippet_names(self) -> impl Iterator<Item = &'a str> {
        self.site.snippets.all.keys().map(String::as_str)
    }

    /// What is wrong with the embed of a snippet.
    pub(super) fn check_snippet(self, embed: &SnippetEmbed) -> Vec<Unresolved> {
        let snippets = &self.site.snippets;
        let Some(snippet) = snippets.all.get(&embed.name) else {
            return vec![Unresolved {
                code: Code::BrokenReference,
                message: format!("there is no snippet `{}`", embed.name),
                help: Help::Compare { written: embed.name.clone(), with: Candidates::Snippets },
            }];
        };
        let given: BTreeSet<String> = embed.parameters.iter().map(|(name, _)| name.clone()).collect();
        let unknown = given.iter().filter(|name| !snippet.asks.contains_key(*name)).map(|name| Unresolved {
            code: Code::UnknownParameter,
            message: format!("`{}` has no parameter `{name}`", embed.name),
            help: Help::Compare { written: name.clone(), with: Candidates::Parameters(embed.name.clone()) },
        });
        let missing = missing(snippet, &self.config().variables, &given)
            .filter(|(name, _)| !snippets.told.contains(&(embed.name.clone(), (*name).clone())))
            .map(|(name, _)| Unresolved {
                code: Code::UnknownParameter,
                message: format!("`{}` asks for `{name}`, which this embed does not give", embed.name),
                help: Help::Said(format!("write `![[{}]]{{{name}=\"...\"}}`", embed.name)),
            });
        unknown.chain(missing).collect()
    }
}
