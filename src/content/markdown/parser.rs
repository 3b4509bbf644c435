//! The parser, with the parts of GitHub's Markdown and of ours that it knows.

use super::options::MarkdownOptions;
use pulldown_cmark::{DefaultBrokenLinkCallback, OffsetIter, Options, Parser};

/// The events of a text as it stands, blocks not among them.
pub(super) fn parser<'a>(
    text: &'a str,
    options: &MarkdownOptions,
) -> OffsetIter<'a, DefaultBrokenLinkCallback> {
    let mut extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    extensions.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    Parser::new_ext(text, extensions).into_offset_iter()
}
