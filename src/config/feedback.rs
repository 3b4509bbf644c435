//! `feedback_url`: where readers say that something on a page is wrong or missing.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// What stays as it is in any part of a URL (RFC 3986, section 2.3), and the slashes of a path.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What it may name.
const PLACEHOLDERS: [&str; 2] = ["path", "title"];

/// How to write one.
pub(super) const HELP: &str = "write it as `https://git.example.com/guidance/issues/new?title={title}` or \
                               `mailto:help@example.com?subject={title}`; `{path}` and `{title}` stand for the page's";

/// Reads it, or says what is wrong with it.
pub(super) fn checked(text: &str) -> Result<String, String> {
    let is_safe = |url: Url| match url.scheme() {
        // A placeholder in the host would send readers anywhere.
        "http" | "https" => url.host_str().is_some_and(|host| !host.contains(['{', '}', '%'])),
        scheme => scheme == "mailto",
    };
    if !Url::parse(text).is_ok_and(is_safe) {
        return Err("`feedback_url` is not the URL of a web site or of a mailbox".to_owned());
    }
    let names = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name));
    match names.into_iter().find(|name| !PLACEHOLDERS.contains(name)) {
        Some(name) => Err(format!("`feedback_url` cannot hold `{{{name}}}`")),
        None => Ok(text.to_owned()),
    }
}

/// The URL for one page: a title may hold what has a meaning in URLs.
pub fn url(written: &str, path: &str, title: &str) -> String {
    let encoded = |value: &str| utf8_percent_encode(value, VALUE).to_string();
    written.replace("{path}", &encoded(path)).replace("{title}", &encoded(title))
}

#[cfg(test)]
mod tests {
    use super::{checked, url};

    #[test]
    fn a_title_stays_within_its_place() {
        let written = "https://example.com/new?page={path}&title={title}";
        assert_eq!(
            url(written, "guides/a b/", "R&D {path}: 100 %?#"),
            "https://example.com/new?page=guides/a%20b/&title=R%26D%20%7Bpath%7D%3A%20100%20%25%3F%23"
        );
    }

    #[test]
    fn only_web_sites_and_mailboxes_get_feedback() {
        for good in
            ["https://a.example/?p={path}", "mailto:a@example.com?subject={title}", "https://a.example/form"]
        {
            assert!(checked(good).is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert('{path}')",
            "/feedback",
            "https://{path}/",
            "https://a.example/{url}",
            "https://a.example/{",
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
