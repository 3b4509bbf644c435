//! What the preview answers: files of the site in memory, and its own under a reserved path. Knows no connection.

use super::served::{File, Served};
use percent_encoding::percent_decode_str;

/// Paths below it belong to the preview itself.
const RESERVED: &str = "__guidepost/";
/// Scripts that keep open pages up to date.
const SCRIPTS: [(&str, &str); 2] =
    [("client.js", include_str!("client.js")), ("worker.js", include_str!("worker.js"))];

/// A GET or HEAD request, as far as its answer depends on it.
#[derive(Debug, Default)]
pub struct Request {
    /// The path, still percent-encoded, and the query.
    pub target: String,
    /// The header `Range`.
    pub range: Option<String>,
    /// The header `If-None-Match`.
    pub if_none_match: Option<String>,
}

/// What a request is answered with.
#[derive(Debug)]
pub enum Answer {
    /// A response with all of its body.
    Whole(Response),
    /// The stream of changes, which does not end by itself.
    Events,
}

/// Answers a request from a site.
pub fn route(served: &Served, request: &Request) -> Answer {
    let whole = Answer::Whole;
    let (raw, query) =
        request.target.split_once('?').map_or((request.target.as_str(), None), |(p, q)| (p, Some(q)));
    let bad = |what: &str| whole(Response::text(400, &format!("{what}\n")));
    if !raw.starts_with('/') {
        return bad("The target is not a path.");
    }
    let Ok(path) = percent_decode_str(raw).decode_utf8() else { return bad("The path is not UTF-8.") };
    if path.contains(['\0', '\\']) || path.split('/').any(|part| part == ".." || part == ".") {
        return bad("The path is not one of a page.");
    }
    let base = if served.base.is_empty() { "/" } else { &served.base };
    let Some(path) = path.strip_prefix(base) else {
        let home = super::super::view::href::encode_path(base);
        // The root, and the base without its slash, lead to the site; anything else is not part of it.
        return whole(if path == "/" || format!("{path}/") == *base {
            Response::redirect(&home)
        } else {
            Response::text(404, &format!("The site is served under {home}\n"))
        });
    };
    if let Some(name) = path.strip_prefix(RESERVED) {
        return match name {
            "events" => Answer::Events,
            _ => whole(match SCRIPTS.iter().find(|(known, _)| *known == name) {
                Some((_, script)) => Response::text(200, script)
                    .with("Content-Type", "text/javascript; charset=utf-8".to_owned())
                    .with("Cache-Control", "no-cache".to_owned()),
                None => Response::text(404, "There is nothing here.\n"),
            }),
        };
    }
    let file = file_of(path);
    if let Some(found) = served.file(&file) {
        return whole(respond(&file, &found, request, base));
    }
    if !path.is_empty()
        && !path.ends_with('/')
        && served.files.contains_key(format!("{path}/index.html").as_str())
    {
        let query = query.map(|q| format!("?{q}")).unwrap_or_default();
        return whole(Response::redirect(&format!("{raw}/{query}")));
    }
    if served.files.is_empty() {
        return whole(Response::html(503, NO_SITE, base));
    }
    whole(match served.files.get("404.html") {
        Some(page) => Response::html(404, &String::from_utf8_lossy(&page.bytes()), base),
        None => Response::text(404, "There is no page at this address.\n"),
    })
}

const NO_SITE: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Not built yet</title></head>\n\
    <body><p>The site can not be built yet. This page changes as soon as it can.</p></body>\n</html>\n";

/// The file of a URL path.
fn file_of(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn respond(path: &str, file: &File, request: &Request, base: &str) -> Response {
    let is_page = path.ends_with(".html");
    let tag = format!("{}{}", file.hash.short(32), if is_page { "-live" } else { "" });
    let etag = format!("\"{tag}\"");
    let matches = |tags: &String| {
        tags.split(',').any(|t| {
            let tag = t.trim();
            tag == "*" || tag.trim_start_matches("W/") == etag
        })
    };
    if request.if_none_match.as_ref().is_some_and(matches) {
        let not_modified = Response { status: 304, headers: Vec::new(), body: Vec::new() };
        return not_modified.with("ETag", etag).with("Cache-Control", "no-cache".to_owned());
    }
    let bytes = if is_page {
        inject(&String::from_utf8_lossy(&file.bytes()), base, &tag).into_bytes()
    } else {
        file.bytes().into_owned()
    };
    let response = Response { status: 200, headers: Vec::new(), body: Vec::new() }
        .with("Content-Type", content_type(path))
        .with("ETag", etag)
        .with("Cache-Control", "no-cache".to_owned())
        .with("Accept-Ranges", "bytes".to_owned());
    match request.range.as_deref().map(|r| range(r, bytes.len())) {
        None | Some(Wanted::All) => Response { body: bytes, ..response },
        Some(Wanted::Part(from, to)) => {
            let all = bytes.len();
            let part = Response { status: 206, body: bytes[from..=to].to_vec(), ..response };
            part.with("Content-Range", format!("bytes {from}-{to}/{all}"))
        }
        Some(Wanted::Nothing) => Response::text(416, "There is no such part of this file.\n")
            .with("Content-Range", format!("bytes */{}", bytes.len())),
    }
}

/// Adds the live client before the end of the head. The page's tag tells the client what it shows.
fn inject(html: &str, base: &str, seen: &str) -> String {
    let base = super::super::view::href::encode_path(base);
    let script =
        format!("<script type=\"module\" src=\"{base}{RESERVED}client.js\" data-seen=\"{seen}\"></script>\n");
    match html.find("</head>") {
        Some(at) => format!("{}{script}{}", &html[..at], &html[at..]),
        None => format!("{html}{script}"),
    }
}

fn content_type(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = guess.type_() == "text"
        || guess.suffix().is_some_and(|s| s == "xml")
        || matches!(guess.subtype().as_str(), "json" | "javascript" | "xml" | "manifest+json");
    if text { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.essence_str().to_owned() }
}

enum Wanted {
    All,
    Part(usize, usize),
    Nothing,
}

/// One range of bytes (RFC 9110, section 14). Several ranges are answered with the whole file, as is allowed.
fn range(header: &str, length: usize) -> Wanted {
    let Some(spec) = header.strip_prefix("bytes=").filter(|s| !s.contains(',')) else { return Wanted::All };
    let Some((from, to)) = spec.trim().split_once('-') else { return Wanted::All };
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.min(length.saturating_sub(1))),
        (Ok(from), Err(_)) if to.is_empty() => (from, length.saturating_sub(1)),
        (Err(_), Ok(0)) if from.is_empty() => return Wanted::Nothing,
        (Err(_), Ok(last)) if from.is_empty() => (length.saturating_sub(last), length.saturating_sub(1)),
        _ => return Wanted::All,
    };
    if from < length { Wanted::Part(from, to) } else { Wanted::Nothing }
}

/// A response with all of its body.
#[derive(Debug)]
pub struct Response {
    /// The status code (RFC 9110, section 15).
    pub status: u16,
    /// Each name once.
    pub headers: Vec<(&'static str, String)>,
    /// Empty where the status has none.
    pub body: Vec<u8>,
}

impl Response {
    /// A sentence.
    pub fn text(status: u16, text: &str) -> Self {
        let response = Self { status, headers: Vec::new(), body: text.as_bytes().to_vec() };
        response.with("Content-Type", "text/plain; charset=utf-8".to_owned())
    }

    fn html(status: u16, html: &str, base: &str) -> Self {
        let response = Self { status, headers: Vec::new(), body: inject(html, base, "").into_bytes() };
        response
            .with("Content-Type", "text/html; charset=utf-8".to_owned())
            .with("Cache-Control", "no-cache".to_owned())
    }

    fn redirect(to: &str) -> Self {
        // A target that begins with two slashes would lead to another host.
        let to = format!("/{}", to.trim_start_matches('/'));
        Self::text(302, "").with("Location", to).with("Cache-Control", "no-cache".to_owned())
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self.headers.push((name, value));
        self
    }
}
