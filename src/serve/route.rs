//! What the preview answers: files of the site in memory, and its own under a reserved path. Knows no connection.

use super::served::{File, Open, Served};
use percent_encoding::percent_decode_str;
use std::fs;
use std::io::{self, Seek, SeekFrom};

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
    /// The header `Range` of a GET request.
    pub range: Option<String>,
    /// The header `If-Range`.
    pub if_range: Option<String>,
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
    <body><p>The site cannot be built yet. This page changes as soon as it can.</p></body>\n</html>\n";

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
        let not_modified = Response { status: 304, headers: Vec::new(), body: Body::Bytes(Vec::new()) };
        return not_modified.with("ETag", etag).with("Cache-Control", "no-cache".to_owned());
    }
    let page = is_page.then(|| inject(&String::from_utf8_lossy(&file.bytes()), base, &tag));
    let opened = match &page {
        Some(html) => Ok(Open::Memory(html.as_bytes())),
        None => file.open(),
    };
    // A part of what is no longer served is of no use (RFC 9110, section 13.1.5); a date is never ours.
    let range = request.range.as_ref().filter(|_| request.if_range.as_ref().is_none_or(|tag| *tag == etag));
    let headers = |response: Response| {
        response
            .with("Content-Type", content_type(path))
            .with("ETag", etag.clone())
            .with("Cache-Control", "no-cache".to_owned())
            .with("Accept-Ranges", "bytes".to_owned())
    };
    opened.and_then(|file| ranged(file, range)).map_or_else(
        |_| Response::text(404, "This file cannot be read any more.\n"),
        |response| if response.status == 416 { response } else { headers(response) },
    )
}

/// A file, or the part of it that is asked for.
fn ranged(file: Open, asked: Option<&String>) -> io::Result<Response> {
    let all = file.length();
    let (status, from, length) = match asked.map_or(Wanted::All, |header| range(header, all)) {
        Wanted::All => (200, 0, all),
        Wanted::Part { from, length } => (206, from, length),
        Wanted::Nothing => {
            let response = Response::text(416, "There is no such part of this file.\n");
            return Ok(response.with("Content-Range", format!("bytes */{all}")));
        }
    };
    let response = Response { status, headers: Vec::new(), body: Body::part(file, from, length)? };
    if status == 200 {
        return Ok(response);
    }
    let last = from.saturating_add(length).saturating_sub(1);
    Ok(response.with("Content-Range", format!("bytes {from}-{last}/{all}")))
}

/// Adds the live client before the end of the head. The page's tag tells the client what it shows.
fn inject(html: &str, base: &str, seen: &str) -> String {
    let base = super::super::view::href::encode_path(base);
    let script =
        format!("<script type=\"module\" src=\"{base}{RESERVED}client.js\" data-seen=\"{seen}\"></script>\n");
    match html.split_once("</head>") {
        Some((head, rest)) => format!("{head}{script}</head>{rest}"),
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

#[derive(Debug, PartialEq)]
enum Wanted {
    All,
    Part { from: u64, length: u64 },
    Nothing,
}

/// One range of bytes (RFC 9110, section 14). Several ranges are answered with the whole file, as is allowed, and so is
/// whatever is no range.
fn range(header: &str, all: u64) -> Wanted {
    let Some((unit, spec)) = header.split_once('=') else { return Wanted::All };
    let Some((from, to)) = spec.trim().split_once('-').filter(|_| unit.eq_ignore_ascii_case("bytes")) else {
        return Wanted::All;
    };
    let (from, to) = match (position(from), position(to)) {
        (Some(from), Some(to)) if from <= to => (from, to),
        (Some(from), None) if to.is_empty() => (from, u64::MAX),
        (None, Some(0)) if from.is_empty() => return Wanted::Nothing,
        // The end of nothing is all of it.
        (None, Some(_)) if from.is_empty() && all == 0 => return Wanted::All,
        (None, Some(last)) if from.is_empty() => (all.saturating_sub(last), u64::MAX),
        _ => return Wanted::All,
    };
    match all.min(to.saturating_add(1)).checked_sub(from) {
        None | Some(0) => Wanted::Nothing,
        Some(length) => Wanted::Part { from, length },
    }
}

/// A number of digits only; one beyond all files is as good as the largest.
fn position(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// What follows the head of a response.
#[derive(Debug)]
pub enum Body {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// A file on disk from where it stands, as much as this.
    Disk {
        /// Stands at the first byte to be sent.
        file: fs::File,
        /// The number of bytes to be sent.
        length: u64,
    },
}

impl Body {
    fn part(file: Open, from: u64, length: u64) -> io::Result<Self> {
        match file {
            Open::Memory(bytes) => {
                let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
                Ok(Self::Bytes(bytes.iter().skip(place(from)).take(place(length)).copied().collect()))
            }
            Open::Disk(mut file, _) => {
                file.seek(SeekFrom::Start(from))?;
                Ok(Self::Disk { file, length })
            }
        }
    }

    /// The number of its bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Disk { length, .. } => *length,
        }
    }
}

/// A response with all of its body.
#[derive(Debug)]
pub struct Response {
    /// The status code (RFC 9110, section 15).
    pub status: u16,
    /// Each name once.
    pub headers: Vec<(&'static str, String)>,
    /// Empty where the status has none.
    pub body: Body,
}

impl Response {
    /// A sentence.
    pub fn text(status: u16, text: &str) -> Self {
        let response = Self { status, headers: Vec::new(), body: Body::Bytes(text.as_bytes().to_vec()) };
        response.with("Content-Type", "text/plain; charset=utf-8".to_owned())
    }

    fn html(status: u16, html: &str, base: &str) -> Self {
        let response =
            Self { status, headers: Vec::new(), body: Body::Bytes(inject(html, base, "").into_bytes()) };
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
