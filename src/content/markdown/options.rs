//! What a site decides about Markdown.

use crate::content::heading_id::SlugRule;

/// What the configuration says about Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Straight quotes become curly ones, `--` a dash, `...` an ellipsis.
    pub smart_punctuation: bool,
    /// How the ids of headings are made.
    pub slugs: SlugRule,
    /// Links to other sites open in a new tab.
    pub external_new_tab: bool,
    /// Links to other sites ask search engines not to follow.
    pub external_no_follow: bool,
    /// `$..$` and `$$..$$` are formulas.
    pub math: bool,
}

impl MarkdownOptions {
    /// What a link to another site says of itself, as HTML's `rel`.
    pub fn external_rel(&self) -> Option<&'static str> {
        match (self.external_new_tab, self.external_no_follow) {
            (true, true) => Some("noopener nofollow"),
            (true, false) => Some("noopener"),
            (false, true) => Some("nofollow"),
            (false, false) => None,
        }
    }
}
