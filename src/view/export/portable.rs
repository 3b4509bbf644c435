//! Markdown that reads well anywhere: our own notation becomes ordinary links, and snippets are written out.

use crate::content::address::Address;
use crate::content::markdown::attributes::Attributes;
use crate::content::markdown::{MarkdownOptions, Origin, braces_after, source};
use crate::content::snippet::FOLDER;
use crate::diagnostics::Problems;
use crate::site::snippets::DEEPEST;
use crate::view::context::PageContext;
use std::sync::Arc;

/// A text with references in ordinary Markdown, as seen from the page. What is no reference stays as it is.
pub fn portable(cx: &PageContext<'_>, source: &str) -> String {
    if !source.contains("[[") {
        return source.to_owned();
    }
    Portable { cx, options: cx.site().config().markdown_options(), depth: 0 }.text(source)
}

struct Portable<'c, 'a> {
    cx: &'c PageContext<'a>,
    options: MarkdownOptions,
    /// How many snippets the text stands in.
    depth: usize,
}

impl Portable<'_, '_> {
    fn text(&self, source: &str) -> String {
        let mut out = String::with_capacity(source.len());
        let mut rest = source;
        while let Some((before, after)) = rest.split_once("[[") {
            let embeds = before.strip_suffix('!');
            let found = after.split_once("]]").and_then(|(inner, after)| match embeds {
                Some(_) if inner.starts_with(FOLDER) => self.snippet(inner, after),
                _ => Some((self.link(inner)?, after)),
            });
            let Some((written, after)) = found else {
                out.push_str(before);
                out.push_str("[[");
                rest = after;
                continue;
            };
            out.push_str(embeds.unwrap_or(before));
            out.push_str(&written);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// What stands between double brackets, as a link.
    fn link(&self, inner: &str) -> Option<String> {
        let (address, label) = inner.split_once('|').map_or((inner, None), |(a, label)| (a, Some(label)));
        let referent = self.cx.site().resolve(&Address::parse(address).ok()?).ok()?;
        let href = self.cx.links().target(&referent.place()?);
        Some(format!("[{}]({href})", label.map_or_else(|| referent.label(), str::to_owned)))
    }

    /// A snippet's text with its parameters, and what stands after the embed.
    fn snippet<'t>(&self, name: &str, after: &'t str) -> Option<(String, &'t str)> {
        let snippet = self.cx.site().find_snippet(name).filter(|_| self.depth < DEEPEST)?;
        let mut aside = Problems::lenient(&snippet.file, &self.options.variables);
        let braces = braces_after(after).unwrap_or(0..0);
        let given = Attributes::read(after, braces.clone(), Origin::At(0), &mut aside).rest();
        let value = |(key, value): (String, crate::span::Spanned<String>)| {
            let filled = aside.fill(&value.value, value.span);
            (key, filled)
        };
        let given: Vec<(String, String)> =
            given.into_iter().filter_map(|a| Some((a.key, a.value?))).map(value).collect();
        let variables = Arc::new(self.options.variables.with(&given));
        let options = MarkdownOptions { variables, ..self.options.clone() };
        let text = source(snippet.source(), &options).into_owned();
        let inner = Self { cx: self.cx, options, depth: self.depth.saturating_add(1) };
        let after = if braces.is_empty() { after } else { after.get(braces.end.saturating_add(1)..)? };
        Some((inner.text(&text), after))
    }
}
