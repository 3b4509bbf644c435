//! What belongs to some stages only: labelled with them, and folded when the reader's own stage is another.

use super::directive::Directive;
use crate::content::address::Address;
use crate::content::markdown::events::Events;
use crate::content::markdown::writer::Writer;
use crate::content::prose::SlotKind;
use crate::span::{Span, Spanned};

impl Writer<'_> {
    pub(super) fn only(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        let written = directive.attributes.value("stages", self.problems);
        directive.finish(&["stages"], self.problems);
        if written.is_none() {
            self.invalid_block(
                directive.span,
                "this does not say which stages it belongs to".to_owned(),
                "write `:::only{stages=mvp}` or `:::only{stages=mvp..10k}`",
            );
        }
        let stages = written.and_then(|written| self.stages(&written));
        // Open until a script knows better: it is printed, searched and read without one.
        self.push("<details class=\"only\"");
        if let Some((address, span)) = &stages {
            self.slot(SlotKind::StageNumbers(address.clone()), *span);
        }
        self.push(" open><summary>");
        if let Some((address, span)) = &stages {
            self.slot(SlotKind::StageNames(address.clone()), *span);
        }
        if let Some(label) = directive.label.take() {
            self.push(" <span class=\"only-title\">");
            self.label_to_press(label);
            self.push("</span>");
        }
        self.push("</summary>\n");
        self.inside(inner);
        self.push("</details>\n");
    }

    /// What may follow the `@` of an address, or all of it: `mvp`, `mvp..10k`, `framework@mvp`.
    fn stages(&mut self, written: &Spanned<String>) -> Option<(Address, Span)> {
        let text = written.value.trim();
        let text = if text.contains('@') { text.to_owned() } else { format!("@{text}") };
        let address = Address::read(&text, written.span, self.problems)?;
        if matches!(&address, Address::Path { at: Some(_), anchor: None, parts, .. } if parts.len() <= 1) {
            return Some((address, written.span));
        }
        self.invalid_block(
            written.span,
            format!("`{}` names no stages", written.value),
            "write `stages=mvp`, `stages=mvp..10k`, or `stages=framework@mvp..10k`",
        );
        None
    }
}
