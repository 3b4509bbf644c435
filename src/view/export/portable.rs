//! Markdown that reads well anywhere: our own notation becomes ordinary links.

use crate::content::address::Address;
use crate::view::context::PageContext;

/// A text with references in ordinary Markdown, as seen from the page. What is no reference stays as it is.
pub fn portable(cx: &PageContext<'_>, source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("[[") {
        // Without an end there is no other either: looking for one at every beginning would take the square of the time.
        let Some((inner, behind)) = after.split_once("]]") else { break };
        let Some(link) = link(cx, inner) else {
            out.push_str(before);
            out.push_str("[[");
            rest = after;
            continue;
        };
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        out.push_str(&link);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// What stands between double brackets, as a link.
fn link(cx: &PageContext<'_>, inner: &str) -> Option<String> {
    let (address, label) = inner.split_once('|').map_or((inner, None), |(a, label)| (a, Some(label)));
    let referent = cx.site().resolve(&Address::parse(address).ok()?).ok()?;
    let href = cx.links().target(&referent.place()?);
    Some(format!("[{}]({href})", label.map_or_else(|| referent.label(), str::to_owned)))
}
