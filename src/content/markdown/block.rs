//! Blocks: the one notation beyond Markdown, `:::name[Label]{key=value}` to `:::`.

pub(super) mod aside;
mod cards;
mod directive;
mod event;
mod fence;
mod figure;
mod hidden;
mod nest;
mod only;
mod parts;
mod read;
mod tabs;

pub(super) use event::at;
pub(super) use read::read;

use super::events::Events;
use super::writer::Writer;
use crate::diagnostics::{Code, Diagnostic};
use directive::Directive;
use event::Written;

/// All blocks by their names.
const NAMES: [&str; 15] = [
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "tabs",
    "tab",
    "steps",
    "cards",
    "card",
    "figure",
    "columns",
    "column",
    "details",
    "only",
];

impl Writer<'_> {
    /// Writes a block.
    pub(super) fn directive(&mut self, block: Written<'_, '_>) {
        let mut directive = Directive::read(&block, self.problems);
        let inner = block.inside;
        self.block(block.span);
        self.open_raw.enter();
        match directive.name {
            "note" | "tip" | "important" | "warning" | "caution" => self.aside(&mut directive, inner),
            "tabs" => self.tabs(&mut directive, inner),
            "steps" => self.steps(&mut directive, inner),
            "cards" => self.cards(&mut directive, inner),
            "figure" => self.figure(&mut directive, inner),
            "columns" => self.columns(&mut directive, inner),
            "details" => self.details(&mut directive, inner),
            "only" => self.only(&mut directive, inner),
            "tab" => self.misplaced(&mut directive, "tabs", inner),
            "card" => self.misplaced(&mut directive, "cards", inner),
            "column" => self.misplaced(&mut directive, "columns", inner),
            _ => self.unknown(&mut directive, inner),
        }
        self.close_raw("block");
    }

    fn unknown(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        directive.attributes.rest();
        let name = directive.name;
        let help = match directive::elsewhere(name) {
            Some(known) => format!("the block for that is `{known}`"),
            None => self.problems.suggest(name, "blocks", NAMES.iter().copied()),
        };
        // A name that could not be read has been reported.
        if !name.is_empty() {
            self.problems.add(
                Diagnostic::new(
                    Code::UnknownBlock,
                    self.problems.file(),
                    format!("there is no block `{name}`"),
                )
                .at(directive.name_span)
                .help(help),
            );
        }
        self.write_events(inner);
    }

    /// A part that stands outside of what it is a part of.
    fn misplaced(&mut self, directive: &mut Directive<'_>, whole: &str, inner: &Events<'_>) {
        directive.attributes.rest();
        let name = directive.name;
        self.invalid_block(
            directive.span,
            format!("`{name}` stands outside of `{whole}`"),
            format!("put `:::{whole}` before the first `{name}`, and `:::` after the last one"),
        );
        self.write_events(inner);
    }
}
