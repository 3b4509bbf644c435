//! What a text takes from other files than Markdown: code.

use super::context::PageContext;
use crate::content::code::Included;

impl PageContext<'_> {
    /// Code from a file. Where there is none, that has been reported.
    pub(super) fn code(&mut self, included: &Included, html: &mut String) {
        let Ok(excerpt) = self.site().excerpt(included) else { return };
        let mut fence = included.fence();
        // An excerpt of lines keeps the file's own numbers, unless others are asked for.
        fence.numbers = fence.numbers.map(|first| excerpt.first.filter(|_| first == 1).unwrap_or(first));
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
}
