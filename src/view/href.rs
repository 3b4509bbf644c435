//! Links between pages of the output: relative, so that the site works wherever it is put.

use crate::config::{Config, UrlStyle};
use crate::site::handle::PageRef;
use crate::site::pages::{PageKind, Permalink, Target};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What is escaped in a path's segment: all that RFC 3986 does not allow there.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Makes links as seen from one page.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    from: PageRef<'a>,
}

impl<'a> Links<'a> {
    /// Links on the page `from`.
    pub fn new(from: PageRef<'a>) -> Self {
        Self { from }
    }

    /// A link to a page.
    pub fn page(&self, to: PageRef<'_>) -> String {
        self.path(page_url(&to.permalink, self.from.site().config().urls))
    }

    /// A link to a place.
    pub fn target(&self, target: &Target) -> String {
        if let Some(id) = self.in_print(target) {
            return format!("#{}", encode_path(&id));
        }
        let anchor = target.anchor.as_ref().map(|a| format!("#{}", encode_path(a))).unwrap_or_default();
        if target.page == self.from.id() && !anchor.is_empty() {
            return anchor;
        }
        self.page(self.from.site().page(target.page)) + &anchor
    }

    /// The id of a place within the document of a section that holds it.
    fn in_print(&self, target: &Target) -> Option<String> {
        let PageKind::Print(section) = self.from.kind else { return None };
        let site = self.from.site();
        let (section, page) = (site.page(section), site.page(target.page));
        match &target.anchor {
            None => page.id_in_print(section),
            Some(anchor) => page.place_in_print(section, anchor),
        }
    }

    /// A link to a file, named from the site's root.
    pub fn path(&self, to: &str) -> String {
        if self.from.kind == PageKind::NotFound {
            // The page for missing pages is shown at any depth, so only a path from the root is right.
            let base = self.from.site().config().base_url.as_ref().map_or("/", |u| u.path());
            return format!("{base}{}", encode_path(to));
        }
        relative(self.from.permalink.as_str(), to)
    }
}

/// The absolute URL of a file, when the site knows where it will be published.
pub fn absolute(config: &Config, path: &str) -> Option<String> {
    config.base_url.as_ref().map(|base| format!("{base}{}", encode_path(path)))
}

/// The absolute URL of a page.
pub fn absolute_url(page: PageRef<'_>) -> Option<String> {
    let config = page.site().config();
    absolute(config, page_url(&page.permalink, config.urls))
}

/// The path of a page as links name it, from the site's root.
pub fn page_url(permalink: &Permalink, style: UrlStyle) -> &str {
    match style {
        UrlStyle::Directory => permalink.as_str(),
        UrlStyle::File => permalink.file().as_str(),
    }
}

/// Percent-encodes a path.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, SEGMENT).to_string()
}

/// The relative path from a page to a file or folder, both named from the root.
pub fn relative(from: &str, to: &str) -> String {
    let folder = from.rfind('/').map_or("", |i| &from[..=i]);
    let same = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let common = folder.as_bytes()[..same].iter().rposition(|b| *b == b'/').map_or(0, |i| i + 1);
    let up = folder[folder.floor_char_boundary(common)..].matches('/').count();
    let mut out = String::with_capacity(up * 3 + to.len() - common + 16);
    for _ in 0..up {
        out.push_str("../");
    }
    // Slashes are not among what is escaped, so a whole path can be encoded at once.
    out.extend(utf8_percent_encode(&to[common..], SEGMENT));
    // An empty path names the file itself, and a colon in the first part would end a scheme (RFC 3986, 4.2).
    let has_scheme = || out.bytes().take_while(|b| *b != b'/').any(|b| b == b':');
    if out.is_empty() || has_scheme() { format!("./{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn relative_paths() {
        for (from, to, expected) in [
            ("", "", "./"),
            ("", "a/", "a/"),
            ("a/", "", "../"),
            ("a/", "a/", "./"),
            ("a/b/", "a/c/", "../c/"),
            ("a/b/", "ab/", "../../ab/"),
            ("ab/", "a/", "../a/"),
            ("a/b/", "a/b/c d.png", "c%20d.png"),
            ("old.html", "a/", "a/"),
            ("ä/b/", "ä/ö/", "../%C3%B6/"),
            ("ä/", "å/", "../%C3%A5/"),
            ("", "faq: pricing/", "./faq:%20pricing/"),
            ("a/", "a/javascript:alert(1)/", "./javascript:alert(1)/"),
            ("a/", "b:c/", "../b:c/"),
        ] {
            assert_eq!(relative(from, to), expected, "from {from:?} to {to:?}");
        }
    }
}
