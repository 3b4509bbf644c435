//! Pages that lead from old URLs to new ones, without a script.

use super::MARK;
use crate::content::html::escaped;
use crate::site::handle::PageRef;
use crate::site::pages::Permalink;
use crate::view::href::{absolute_url, page_url, relative};

/// The page at the old URL `from`.
pub fn redirect(from: &Permalink, to: PageRef<'_>) -> String {
    let config = to.site().config();
    let href = escaped(&relative(from.as_str(), page_url(&to.permalink, config.urls)));
    let canonical = absolute_url(to)
        .map(|url| format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(&url)))
        .unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n{MARK}\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         {canonical}</head>\n<body>\n<p>This page has moved: <a href=\"{href}\">{title}</a></p>\n</body>\n</html>\n",
        lang = escaped(&config.language),
        title = escaped(to.title()),
    )
}
