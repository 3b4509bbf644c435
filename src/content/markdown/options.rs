//! What a site decides about Markdown.

use crate::content::heading_id::SlugRule;
use crate::variables::Variables;
use std::sync::Arc;

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
    /// Hosts whose pictures pages may show, such as `https://images.example.com`.
    pub remote_images: Vec<String>,
    /// What texts can name as `[[var:name]]`.
    pub variables: Arc<Variables>,
}

impl MarkdownOptions {
    /// The same for a text that names no variable, so that it stays as it is when one changes.
    #[must_use]
    pub fn without_variables(&self) -> Self {
        Self { variables: Arc::default(), ..self.clone() }
    }

    /// May pages show the picture at this URL, which lies on another site?
    pub fn may_show(&self, url: &str) -> bool {
        let origin = || url::Url::parse(url).ok().map(|url| url.origin().ascii_serialization());
        !self.remote_images.is_empty() && origin().is_some_and(|origin| self.remote_images.contains(&origin))
    }

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
