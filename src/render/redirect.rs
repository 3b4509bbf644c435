//! Pages that lead from old URLs to new ones, without a script.

use super::MARK;
use crate::content::html::{escape, escaped};
use crate::site::handle::PageRef;
use crate::site::pages::Permalink;
use crate::texts::Part;
use crate::view::href::{absolute_url, page_url, relative};

/// The page at the old URL `from`.
pub fn redirect(from: &Permalink, to: PageRef<'_>) -> String {
    let config = to.site().config();
    let href = escaped(&relative(from.as_str(), page_url(&to.permalink, config.urls)));
    let link = format!("<a href=\"{href}\">{}</a>", escaped(to.title()));
    let moved = to.texts().write("moved", None, &mut |part, html| {
        match part {
            Part::Words(words) => escape(words, html),
            Part::Value(_) => html.push_str(&link),
        }
        true
    });
    let canonical = absolute_url(to)
        .map(|url| format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(&url)))
        .unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n{MARK}\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         {canonical}</head>\n<body>\n<p>{moved}</p>\n</body>\n</html>\n",
        lang = escaped(&config.language),
        title = escaped(to.title()),
        moved = moved.unwrap_or(link),
    )
}
