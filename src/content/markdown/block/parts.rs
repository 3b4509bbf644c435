//! What blocks are made of: labels, ids, blocks within them; and the blocks that are nothing more.

use super::directive::Directive;
use super::event::at;
use crate::content::html::{escaped, plain};
use crate::content::markdown::Origin;
use crate::content::markdown::events::{Events, between, end_of, top_level};
use crate::content::markdown::parser::{Parsed, parsed};
use crate::content::markdown::writer::Writer;
use crate::content::markdown::{overlooked, variables};
use crate::content::prose::{Heading, SlotKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::{Span, Spanned};
use pulldown_cmark::{Event, Tag};

impl Writer<'_> {
    /// Writes a label, a line of Markdown; gives its text.
    pub(super) fn label(&mut self, (label, origin): (&str, Origin)) -> String {
        let Parsed { events, undefined } = parsed(label, origin, self.options, usize::MAX, self.problems);
        overlooked::report(label, &events, undefined, origin, self.problems);
        let events = events.into_iter().map(|(event, range)| (event, origin.span(&range)));
        let mut events: Vec<_> = events.collect();
        if variables::are_hidden_in(label) {
            events = variables::fill(events, self.problems);
        }
        let from = self.out.html.len();
        self.open_raw.enter();
        self.quiet += 1;
        let end = end_of(&events, 0);
        match events.first() {
            Some((Event::Start(Tag::Paragraph), _)) if end == events.len() => {
                self.write_events(between(&events, 1, end.saturating_sub(1)));
            }
            // What would begin a list or a heading elsewhere is only text here.
            _ => {
                let written = variables::value(label, origin.span(&(0..label.len())), self.problems);
                self.text(&written);
            }
        }
        self.quiet = self.quiet.saturating_sub(1);
        self.close_raw("label");
        plain(self.out.html.get(from..).unwrap_or_default())
    }

    /// Writes a label in which nothing else can be pressed.
    pub(super) fn label_to_press(&mut self, label: (&str, Origin)) -> String {
        let outer = std::mem::replace(&mut self.in_link, true);
        let text = self.label(label);
        self.in_link = outer;
        text
    }

    /// An id that an author gave, as long as nothing else on the page has it.
    pub(super) fn own_id(&mut self, id: &Spanned<String>) -> String {
        let unique = self.ids.unique(&id.value);
        if unique != id.value {
            let message = format!("the id `{}` is taken on this page", id.value);
            self.problems.add(
                Diagnostic::new(Code::DuplicateId, self.problems.file(), message)
                    .at(id.span)
                    .help("a heading, a figure or another block has it; choose another one"),
            );
        }
        unique
    }

    /// Writes the attribute `id`, and notes a place that can be linked to; its element begins at `at`.
    pub(super) fn place(&mut self, id: &str, at: usize, span: Span) -> usize {
        self.push(" id=\"");
        self.slot(SlotKind::IdPrefix, span);
        self.push(&escaped(id));
        self.push("\"");
        let at = Span::new(at, at).start;
        let (id, text) = (id.to_owned(), String::new());
        self.out.headings.push(Heading { level: 0, id, former: None, text, figure: None, span, at });
        self.out.headings.len() - 1
    }

    /// Says what a place is called.
    pub(super) fn name_place(&mut self, place: usize, name: String) {
        if let Some(place) = self.out.headings.get_mut(place) {
            place.text = name;
        }
    }

    /// The blocks of one name that a block consists of, each with what it says and its inside. Anything else is reported.
    pub(super) fn children<'e, 'a>(
        &mut self,
        directive: &Directive<'_>,
        name: &str,
        inner: &'e Events<'a>,
    ) -> Vec<(Directive<'e>, &'e Events<'a>)> {
        let whole = directive.name;
        let mut children = Vec::new();
        let mut is_told = false;
        for start in top_level(inner) {
            let end = end_of(inner, start);
            if let Some(block) = at(inner, start, end)
                && block
                    .header
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '{', ' ']))
            {
                children.push((Directive::read(&block, self.problems), block.inside));
            } else if let Some((_, span)) = inner.get(start).filter(|_| !is_told) {
                is_told = true;
                self.invalid_block(
                    *span,
                    format!("in `{whole}` stands nothing but `{name}` blocks"),
                    format!("put this into a `:::{name}`, or outside of `{whole}`"),
                );
            }
        }
        if children.is_empty() && !is_told {
            self.invalid_block(
                directive.span,
                format!("`{whole}` holds no `{name}`"),
                format!("write `:::{name}` and `:::` around each of its parts"),
            );
        }
        children
    }

    pub(super) fn steps(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        directive.no_label(self.problems);
        directive.finish(&[], self.problems);
        let is_list =
            |start: &usize| matches!(inner.get(*start), Some((Event::Start(Tag::List(Some(_))), _)));
        let mut parts = top_level(inner);
        let first = parts.next();
        if let Some(wrong) =
            [first, parts.next()].into_iter().enumerate().find_map(|(i, part)| match (i, part) {
                (0, Some(part)) if is_list(&part) => None,
                (0, None) => Some(directive.span),
                (_, None) => None,
                (_, Some(part)) => inner.get(part).map(|(_, span)| *span),
            })
        {
            self.invalid_block(
                wrong,
                "`steps` holds one ordered list and nothing else".to_owned(),
                "begin each step with `1.`, and indent what belongs to it as far as its text",
            );
        }
        self.push("<div class=\"steps\">\n");
        self.write_events(inner);
        self.push("</div>\n");
    }

    pub(super) fn columns(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        directive.no_label(self.problems);
        directive.finish(&[], self.problems);
        self.push("<div class=\"columns\">\n");
        for (mut column, inside) in self.children(directive, "column", inner) {
            column.no_label(self.problems);
            column.finish(&[], self.problems);
            self.push("<div class=\"column\">\n");
            self.inside(inside);
            self.push("</div>\n");
        }
        self.push("</div>\n");
    }

    pub(super) fn details(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        let is_open = directive.attributes.flag("open", self.problems);
        let id = directive.id(self.problems);
        directive.finish(&["open", "#id"], self.problems);
        let at = self.out.html.len();
        self.push("<details class=\"more-box\"");
        let place = id.map(|id| {
            let unique = self.own_id(&id);
            self.place(&unique, at, id.span)
        });
        self.push(if is_open { " open><summary>" } else { "><summary>" });
        self.title(directive, "details", place);
        self.push("</summary>\n");
        self.inside(inner);
        self.push("</details>\n");
    }

    /// The label as the title of something, or an interface text in its place.
    pub(super) fn title(&mut self, directive: &mut Directive<'_>, key: &str, place: Option<usize>) {
        match directive.label.take() {
            Some(label) => {
                let name = self.label_to_press(label);
                if let Some(place) = place {
                    self.name_place(place, name);
                }
            }
            None => self.phrase(key, None),
        }
    }

    /// Reports a block that is not what it should be.
    pub(super) fn invalid_block(&mut self, span: Span, message: String, help: impl Into<String>) {
        self.problems
            .add(Diagnostic::new(Code::InvalidBlock, self.problems.file(), message).at(span).help(help));
    }

    /// The inside of a block that stands in another one.
    pub(super) fn inside(&mut self, inner: &Events<'_>) {
        self.open_raw.enter();
        self.write_events(inner);
        self.close_raw("block");
    }
}
