//! The pages of a section as one document: which it holds, and what they are called there.

use super::handle::PageRef;
use super::pages::PageKind;
use crate::content::document::Document;
use crate::diagnostics::{Code, Diagnostic};

/// The last part of its URL.
pub(super) const FILE: &str = "print.html";

/// Stands between the page and the place on it in an id; no URL of a page holds one.
const SEPARATOR: char = ':';

/// Can all that lies in it be one document?
pub(super) fn is_section(kind: PageKind) -> bool {
    matches!(kind, PageKind::Home | PageKind::Section)
}

/// Reports `print` on a page that nothing lies in.
pub(super) fn not_a_section(document: &Document) -> Option<Diagnostic> {
    let written = document.front_matter.print.as_ref()?;
    let message = "`print` makes one document of the pages of a section, and this is none";
    let problem = Diagnostic::new(Code::InvalidValue, &document.file, message).at(written.span);
    Some(problem.help("write it in the `index.md` of a folder that holds pages"))
}

impl<'a> PageRef<'a> {
    /// The page that holds all of this section's, if its author asked for one.
    pub fn printed(self) -> Option<PageRef<'a>> {
        self.site().find(PageKind::Print(self.id()))
    }

    /// What the document of this section holds, in order: texts, sections with what lies in them, and frameworks. Each with how
    /// many sections it lies in.
    pub fn in_print(self) -> Vec<(PageRef<'a>, usize)> {
        let mut found = Vec::new();
        self.add_in_print(0, &mut found);
        found
    }

    fn add_in_print(self, depth: usize, found: &mut Vec<(PageRef<'a>, usize)>) {
        for page in self.children() {
            match page.kind {
                PageKind::Guide | PageKind::Playbook | PageKind::Framework(_) => found.push((page, depth)),
                PageKind::Section => {
                    found.push((page, depth));
                    page.add_in_print(depth.saturating_add(1), found);
                }
                _ => {}
            }
        }
    }

    /// Its id in the document of a section; none when that does not hold it.
    pub fn id_in_print(self, section: PageRef<'_>) -> Option<String> {
        if self == section || !self.listed {
            return None;
        }
        let is_held = match self.kind {
            PageKind::Guide | PageKind::Playbook | PageKind::Framework(_) | PageKind::Section => true,
            PageKind::Dimension(_) => self.parent().listed,
            _ => false,
        };
        let above = self.ancestors().skip(1).skip_while(|page| matches!(page.kind, PageKind::Framework(_)));
        let mut between = above.take_while(|page| *page != section);
        let is_within = between.all(|page| page.kind == PageKind::Section && page.listed);
        let is_below = section.is_home() || self.permalink.as_str().starts_with(section.permalink.as_str());
        (is_held && is_within && is_below).then(|| {
            let name = self.permalink.name();
            name.strip_prefix(section.permalink.as_str()).unwrap_or(name).to_owned()
        })
    }

    /// The id of a place on it in that document; none when it is shown on the page alone.
    pub fn place_in_print(self, section: PageRef<'_>, anchor: &str) -> Option<String> {
        let document = self.document()?;
        let is_shown = document.headings().any(|heading| heading.id == anchor)
            || document.faq.iter().any(|question| question.id == anchor);
        is_shown.then(|| Some(format!("{}{SEPARATOR}{anchor}", self.id_in_print(section)?)))?
    }

    /// What the ids of places on it begin with in that document.
    pub fn prefix_in_print(self, section: PageRef<'_>) -> Option<String> {
        Some(format!("{}{SEPARATOR}", self.id_in_print(section)?))
    }
}
