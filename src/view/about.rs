//! What a text says of what it leads to: a sentence about it, and the stages that it is for.

use super::context::PageContext;
use crate::content::address::Address;
use crate::content::html::{escaped, plain};
use crate::site::handle::StageRef;
use crate::site::referent::Referent;

/// Stand for what is filled in as HTML, while the words around it are still text.
const FILLED: [&str; 2] = ["\u{1}", "\u{2}"];

impl<'a> PageContext<'a> {
    /// A sentence or two about what an address names.
    pub(super) fn summary(&self, address: &Address, html: &mut String) {
        let Ok(referent) = self.site().resolve(address) else { return };
        let summary = match &referent {
            Referent::Term(term) => {
                term.content().map(|term| plain(&term.definition.html)).unwrap_or_default()
            }
            Referent::Cell(cell, activity) => {
                let briefs = cell.activities().enumerate();
                let chosen = briefs.filter(|(number, _)| activity.is_none_or(|chosen| chosen == *number));
                chosen.map(|(_, activity)| activity.brief()).collect::<Vec<_>>().join("; ")
            }
            _ => match referent.place() {
                Some(target) => self.site().page(target.page).description().to_owned(),
                None => String::new(),
            },
        };
        if !summary.is_empty() {
            html.push_str(&format!("<p>{}</p>\n", escaped(&summary)));
        }
    }

    /// The stages that what an address names is for.
    pub(super) fn for_stages(&self, address: &Address, html: &mut String) {
        let stages: Vec<StageRef<'a>> = match self.site().resolve(address) {
            Ok(Referent::Page(page, _)) => page.stages().collect(),
            Ok(Referent::Cell(cell, _)) => vec![cell.stage()],
            _ => return,
        };
        if !stages.is_empty() {
            let marks: Vec<String> = stages.into_iter().map(|stage| self.stage_mark(stage)).collect();
            html.push_str(&format!("<p class=\"card-meta\">{}</p>\n", marks.join(" ")));
        }
    }

    /// The numbers of the stages that an element belongs to, for the script that knows the reader's own stage.
    pub(super) fn stage_numbers(&self, address: &Address, html: &mut String) {
        let Ok((from, to)) = self.site().stage_range(address) else { return };
        let numbers: Vec<String> = (from.number()..=to.number()).map(|number| number.to_string()).collect();
        html.push_str(&format!(" data-stages=\"{}\"", numbers.join(" ")));
        if self.is_foreign(from) {
            html.push_str(" data-foreign");
        }
    }

    /// The names of the stages that an element belongs to.
    pub(super) fn stage_names(&self, address: &Address, html: &mut String) {
        let Ok((from, to)) = self.site().stage_range(address) else { return };
        let texts = self.page().texts();
        let [first, last] = FILLED;
        let stages = if from == to {
            first.to_owned()
        } else {
            texts.fill("from-to", &[("from", &first), ("to", &last)])
        };
        let words = escaped(&texts.fill("only-for", &[("titles", &stages)]));
        html.push_str(&words.replace(first, &self.stage_mark(from)).replace(last, &self.stage_mark(to)));
    }

    fn stage_mark(&self, stage: StageRef<'a>) -> String {
        let foreign = if self.is_foreign(stage) { " data-foreign" } else { "" };
        let (number, title) = (stage.number(), escaped(stage.title()));
        format!("<span class=\"stage\" data-stage=\"{number}\"{foreign}>{title}</span>")
    }

    /// Is this a stage of another framework than the page's, so that a reader's own stage is not among its like?
    fn is_foreign(&self, stage: StageRef<'a>) -> bool {
        self.page().framework() != Some(stage.framework())
    }
}
