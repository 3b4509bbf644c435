//! Asides: `:::note[Own title]{collapse}`, and `> [!NOTE] Own title`, which git hosts show without the title.

use super::directive::Directive;
use crate::content::markdown::events::{Events, between, end_of};
use crate::content::markdown::writer::Writer;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The kinds of asides: the class of each, and the key of its title among the interface texts.
const KINDS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

impl Writer<'_> {
    pub(super) fn aside(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        let collapse = directive.attributes.flag("collapse", self.problems);
        let id = directive.id(self.problems);
        directive.finish(&["collapse", "#id"], self.problems);
        let kind = directive.name;
        let at = self.out.html.len();
        let (element, title) = if collapse { ("details", "summary") } else { ("div", "p") };
        self.push(&format!("<{element} class=\"alert alert-{kind}\""));
        let place = id.map(|id| {
            let unique = self.own_id(&id);
            self.place(&unique, at, id.span)
        });
        let role = if collapse { "" } else { " role=\"note\"" };
        self.push(&format!("{role}>\n<{title} class=\"alert-title\">"));
        if directive.label.is_some() {
            self.kind_of_aside(kind);
        }
        self.title(directive, kind, place);
        self.push(&format!("</{title}>\n"));
        self.inside(inner);
        self.push(&format!("</{element}>\n"));
    }

    /// Says the kind to those who see neither its colour nor its sign.
    fn kind_of_aside(&mut self, kind: &str) {
        self.push("<span class=\"vh\">");
        self.phrase(kind, None);
        self.push("</span> ");
    }

    /// Writes a quote that is an aside with a title of its own: `> [!NOTE] Own title`.
    pub(in crate::content::markdown) fn titled_alert(
        &mut self,
        kind: &str,
        inner: &Events<'_>,
        first: usize,
    ) {
        self.push(&format!("<div class=\"alert alert-{kind}\" role=\"note\">\n<p class=\"alert-title\">"));
        self.kind_of_aside(kind);
        // The paragraph's first line is the title; a line below it begins the text.
        let end = end_of(inner, 0);
        let is_break = |i: &usize| matches!(inner.get(*i), Some((Event::SoftBreak | Event::HardBreak, _)));
        let line_ends = (first..end).find(is_break).unwrap_or(end.saturating_sub(1));
        let mut title = between(inner, first, line_ends);
        self.quiet += 1;
        if let Some((Event::Text(text), _)) = title.first() {
            self.text(text.trim_start());
            title = between(title, 1, title.len());
        }
        self.write_events(title);
        self.quiet = self.quiet.saturating_sub(1);
        self.push("</p>\n");
        self.open_raw.enter();
        let rest = between(inner, line_ends + 1, end.saturating_sub(1));
        if !rest.is_empty() {
            self.push("<p>");
            self.lead_open = self.out.lead.is_empty();
            self.write_events(rest);
            self.lead_open = false;
            self.push("</p>\n");
        }
        self.write_events(between(inner, end, inner.len()));
        self.close_raw("quote");
        self.push("</div>\n");
    }
}

/// Is the quote whose inside this is an aside with a title of its own? Gives its kind, and where the title begins.
pub(in crate::content::markdown) fn titled(inner: &Events<'_>) -> Option<(&'static str, usize)> {
    let (Event::Start(Tag::Paragraph), _) = inner.first()? else { return None };
    let text = |at: usize| match inner.get(at) {
        Some((Event::Text(text), _)) => Some(&**text),
        _ => None,
    };
    let written = text(2)?.strip_prefix('!')?;
    let kind = KINDS.into_iter().find(|kind| written.eq_ignore_ascii_case(kind))?;
    let is_titled = text(1)? == "[" && text(3)?.starts_with(']');
    let is_title = matches!(inner.get(4), Some((event, _)) if !matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph)));
    (is_titled && text(3)? == "]" && is_title).then_some((kind, 4))
}
