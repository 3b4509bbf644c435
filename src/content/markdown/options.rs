//! What a site decides about Markdown.

/// What the configuration says about Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Straight quotes become curly ones, `--` a dash, `...` an ellipsis.
    pub smart_punctuation: bool,
    /// Links to other sites open in a new tab.
    pub external_new_tab: bool,
    /// Links to other sites ask search engines not to follow.
    pub external_no_follow: bool,
}
