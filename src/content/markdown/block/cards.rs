//! Cards: what there is to read, each with a title, a sentence about it and the stages it is for.

use super::directive::Directive;
use crate::content::address::Address;
use crate::content::markdown::events::Events;
use crate::content::markdown::reference::reference;
use crate::content::markdown::writer::Writer;
use crate::content::prose::{Reference, SlotKind};
use crate::span::Span;

impl Writer<'_> {
    pub(super) fn cards(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        directive.no_label(self.problems);
        directive.finish(&[], self.problems);
        self.push("<ul class=\"cards card-list\">\n");
        for (mut card, inside) in self.children(directive, "card", inner) {
            self.card(&mut card, inside);
        }
        self.push("</ul>\n");
    }

    fn card(&mut self, card: &mut Directive<'_>, inner: &Events<'_>) {
        let named = card.attributes.value("to", self.problems);
        card.finish(&["to"], self.problems);
        let to = named.and_then(|to| match reference(&to.value) {
            Ok(Reference::External(url)) => Some((Reference::External(url), to.span)),
            _ => Address::read(&to.value, to.span, self.problems)
                .map(|address| (Reference::Address(address), to.span)),
        });
        let needs_label = matches!(to, None | Some((Reference::External(_), _)));
        if needs_label && card.label.is_none() {
            self.invalid_block(
                card.span,
                "this card has no title".to_owned(),
                "write it in brackets, `:::card[Title]`, or name what it leads to, `:::card{to=guides/secrets}`",
            );
        }
        self.push("<li class=\"card\">\n<p class=\"card-title\">");
        self.card_title(card, to.as_ref());
        self.push("</p>\n");
        if let Some((Reference::Address(address), span)) = &to {
            self.slot(SlotKind::Summary(address.clone()), *span);
        }
        self.inside(inner);
        if let Some((Reference::Address(address), span)) = &to {
            self.slot(SlotKind::ForStages(address.clone()), *span);
        }
        self.push("</li>\n");
    }

    fn card_title(&mut self, card: &mut Directive<'_>, to: Option<&(Reference, Span)>) {
        if let Some((reference, span)) = to {
            self.push("<a");
            self.slot(SlotKind::Link(reference.clone()), *span);
            if matches!(reference, Reference::External(_)) {
                self.external("external");
            }
            self.push(">");
        }
        match (card.label.take(), to) {
            (Some(label), Some(_)) => drop(self.label_to_press(label)),
            (Some(label), None) => drop(self.label(label)),
            (None, Some((reference, span))) => self.slot(SlotKind::Label(reference.clone()), *span),
            (None, None) => {}
        }
        if to.is_some() {
            self.push("</a>");
        }
    }
}
