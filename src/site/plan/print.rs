//! The documents of sections whose authors ask for one to print.

use super::{About, Plan};
use crate::content::document::Document;
use crate::diagnostics::Diagnostic;
use crate::site::pages::{PageId, PageKind};
use crate::site::printed;
use std::sync::Arc;

impl Plan<'_> {
    /// No list shows them: sections lead there by a link of their own.
    pub(super) fn print(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for i in 0..self.pages.len() {
            let Some(page) = self.pages.get(i) else { continue };
            let document = page.document.and_then(|d| self.site.site.documents.get(d));
            let is_wanted =
                |d: &&Arc<Document>| d.front_matter.print.as_ref().is_some_and(|print| print.value);
            let Some(document) = document.filter(is_wanted) else { continue };
            if !printed::is_section(page.kind) {
                diagnostics.extend(printed::not_a_section(document));
                continue;
            }
            let texts = self.site.texts();
            let [title, description] =
                ["print-title", "print-description"].map(|key| texts.fill(key, &[("title", &page.title)]));
            let (url, children) =
                (format!("{}{}", page.permalink.as_str(), printed::FILE), page.children.len());
            let about =
                About { title: &title, description, file: Some(&document.file), updated: page.updated };
            let section = PageId(i);
            self.add(PageKind::Print(section), &url, section, about);
            if let Some(page) = self.pages.get_mut(i) {
                page.children.truncate(children);
            }
        }
    }
}
