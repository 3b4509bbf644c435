//! Tabs: one of several texts, chosen with radio buttons, which need no script.
//!
//! A style shows the text behind the chosen button. In the order of the page each text follows its label, so that is
//! also how they are printed and read aloud.

use super::directive::Directive;
use crate::content::html::escaped;
use crate::content::markdown::events::Events;
use crate::content::markdown::writer::Writer;
use crate::content::prose::SlotKind;
use crate::content::slug::slug;
use crate::span::Span;

impl Writer<'_> {
    pub(super) fn tabs(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        directive.no_label(self.problems);
        let sync = directive.attributes.value("sync", self.problems);
        directive.finish(&["sync"], self.problems);
        let group = self.ids.unique("tabs");
        self.push("<div class=\"tabs\" role=\"group\" aria-label=\"");
        self.phrase("alternatives", None);
        self.push("\"");
        if let Some(key) = &sync {
            self.push(&format!(" data-sync=\"{}\"", escaped(&key.value)));
        }
        self.push(">\n");
        for (number, (mut tab, inside)) in self.children(directive, "tab", inner).into_iter().enumerate() {
            self.tab(&mut tab, inside, &group, number == 0);
        }
        self.push("</div>\n");
    }

    fn tab(&mut self, tab: &mut Directive<'_>, inner: &Events<'_>, group: &str, is_first: bool) {
        let id = tab.id(self.problems);
        tab.finish(&["#id"], self.problems);
        self.push("<label class=\"tab\"><input type=\"radio\" name=\"");
        self.slot(SlotKind::IdPrefix, Span::default());
        self.push(&format!("{group}\"{}><span>", if is_first { " checked" } else { "" }));
        let label = tab.label.take().filter(|(label, _)| !label.trim().is_empty());
        let name = label.map(|label| self.label_to_press(label)).unwrap_or_default();
        self.push("</span></label>\n");
        if name.is_empty() {
            self.invalid_block(
                tab.span,
                "this tab has no label".to_owned(),
                "write what it is in brackets: `:::tab[Linux]`",
            );
        }
        let at = self.out.html.len();
        self.push("<div class=\"tab-panel\"");
        let (id, span) = match id {
            Some(id) => (self.own_id(&id), id.span),
            None => (self.ids.unique(&format!("tab-{}", slug(&name))), tab.span),
        };
        let place = self.place(&id, at, span);
        self.push(&format!(" data-tab=\"{}\">\n", escaped(&slug(&name))));
        self.name_place(place, name);
        self.inside(inner);
        self.push("</div>\n");
    }
}
