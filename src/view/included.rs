//! What a text takes from other files than Markdown: code, and tables of data.

use super::context::PageContext;
use crate::content::code::Included;
use crate::content::html::escaped;
use crate::site::pages::Destination;
use crate::span::SourcePath;

impl PageContext<'_> {
    /// Code from a file. Where there is none, that has been reported.
    pub(super) fn code(&mut self, included: &Included, html: &mut String) {
        let Ok(excerpt) = self.site().excerpt(included) else { return };
        let mut fence = included.fence();
        if fence.numbers == Some(0) {
            fence.numbers = Some(excerpt.first.unwrap_or(1));
        }
        let left = &mut self.highlighting;
        let (code, _) = fence.html(&excerpt.text, &mut |size| match left.checked_sub(size) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        });
        html.push_str(&code);
    }

    /// A table of data from a file, which can be had as well.
    pub(super) fn data(&mut self, path: &str, caption: Option<&str>, file: &SourcePath, html: &mut String) {
        let Ok(data) = self.site().data(path, file) else { return };
        let label = caption.map_or_else(|| self.phrase("table", &[]), str::to_owned);
        html.push_str("<div class=\"data-table\">\n");
        let label = escaped(&label);
        html.push_str(&format!(
            "<div class=\"scroll\" role=\"group\" aria-label=\"{label}\" tabindex=\"0\">"
        ));
        html.push_str(&data.table.html(caption));
        let name = path.rsplit('/').next().unwrap_or(path);
        let download = escaped(&self.phrase("download-file", &[("name", &name)]));
        let href = escaped(&self.href_to(&Destination::Asset(data.asset.key())));
        html.push_str(&format!(
            "</div>\n<p class=\"data-source\"><a href=\"{href}\" download>{download}</a></p>\n</div>\n"
        ));
    }
}
