//! A small HTTP/1.1 server (RFC 9110, 9112) for the preview: GET and HEAD of files in memory.
//!
//! Each connection has a thread; there are at most [`CONNECTIONS`] of them, and every read and write has a time
//! limit, so slow or vanished clients block nobody and leave nothing behind. The builder has a thread of its own.

use super::live::Live;
use super::served::{File, Served};
use crate::source::Hash;
use percent_encoding::percent_decode_str;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Connections, and so threads, at one time. An open page takes one for its events and a few more while it loads.
pub const CONNECTIONS: usize = 512;
/// A request's head may be this long.
const HEAD: usize = 16 * 1024;
/// A request's head has to arrive within this time, the first as every further one on a connection.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// A client that takes no data for this long is gone.
const WRITE_TIME: Duration = Duration::from_secs(20);
/// Paths below it belong to the preview itself.
const RESERVED: &str = "__guidepost/";
const CLIENT: &str = include_str!("client.js");

/// The names under which requests are answered: a page of another site must not read the preview by pointing
/// its own name at this machine (DNS rebinding).
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
    any_address: bool,
}

impl Hosts {
    /// Loopback names, the bound address, and the name given by `--host`.
    pub fn new(given: Option<&str>, local: SocketAddr) -> Self {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        names.push(match local.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        });
        names.extend(given.map(str::to_lowercase));
        // Bound to all addresses, it is reached by each of them; an address can not be rebound as a name can.
        Self { names, any_address: local.ip().is_unspecified() }
    }

    fn allow(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) && !name.is_empty() => name,
            _ => host,
        };
        let name = name.to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let loopback = bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || self.any_address);
        loopback || name.ends_with(".localhost") || self.names.contains(&name)
    }
}

/// Starts to accept connections, in a thread of its own.
pub fn start(listener: TcpListener, hosts: Hosts, live: Arc<Live>) -> io::Result<()> {
    let shared = Arc::new(Shared { hosts, live, open: AtomicUsize::new(0) });
    thread::Builder::new().name("accept".to_owned()).spawn(move || {
        for stream in listener.incoming() {
            match stream {
                Ok(stream) => accept(stream, &shared),
                // Too many open files, or a client that left again: later ones may succeed.
                Err(_) => thread::sleep(Duration::from_millis(20)),
            }
        }
    })?;
    Ok(())
}

struct Shared {
    hosts: Hosts,
    live: Arc<Live>,
    open: AtomicUsize,
}

/// Counts a connection for as long as it lives.
struct Place(Arc<Shared>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::AcqRel);
    }
}

fn accept(mut stream: TcpStream, shared: &Arc<Shared>) {
    let _ = stream.set_write_timeout(Some(WRITE_TIME));
    let _ = stream.set_nodelay(true);
    if shared.open.fetch_add(1, Ordering::AcqRel) >= CONNECTIONS {
        shared.open.fetch_sub(1, Ordering::AcqRel);
        let _ = stream.set_write_timeout(Some(Duration::from_millis(50)));
        let _ =
            Response::text(503, "There are too many open connections.\n").write(&mut stream, false, false);
        return;
    }
    let place = Place(Arc::clone(shared));
    // The threads do little; a small stack keeps hundreds of them cheap.
    let started =
        thread::Builder::new().name("connection".to_owned()).stack_size(256 * 1024).spawn(move || {
            let _ = serve(&mut stream, &place.0);
        });
    drop(started);
}

/// A request, as far as it matters here.
struct Request {
    head_only: bool,
    target: String,
    keep_alive: bool,
    range: Option<String>,
    if_none_match: Option<String>,
}

/// Serves the requests of one connection, one after the other.
fn serve(stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let length = match read_head(stream, &mut buffer)? {
            Head::Complete(length) => length,
            Head::Closed => return Ok(()),
            Head::TooLong => {
                Response::text(431, "The request's head is too long.\n").write(stream, false, false)?;
                return linger(stream);
            }
            Head::TooSlow => {
                // A connection that never asked anything is simply closed.
                if !buffer.is_empty() {
                    Response::text(408, "The request took too long.\n").write(stream, false, false)?;
                }
                return Ok(());
            }
        };
        let request = match parse(&buffer[..length], &shared.hosts) {
            Ok(request) => request,
            Err(response) => {
                response.write(stream, false, false)?;
                return linger(stream);
            }
        };
        buffer.drain(..length);
        let served = shared.live.current();
        let answer = route(&served, &request);
        match answer {
            Answer::Whole(response) => {
                // Whoever asks for what is no path at all gets no second question.
                let go_on = request.keep_alive && response.status != 400;
                response.write(stream, request.head_only, go_on)?;
                if !go_on {
                    return Ok(());
                }
            }
            Answer::Events { path, seen } => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\
                      X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
                )?;
                drop(served);
                return if request.head_only { Ok(()) } else { shared.live.follow(&path, seen, stream) };
            }
        }
    }
}

/// Reads what a refused client still sends, for a moment: closing at once would take the answer away from it.
fn linger(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(std::net::Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let until = Instant::now() + Duration::from_millis(500);
    let mut rest = [0; 4096];
    while Instant::now() < until && stream.read(&mut rest).is_ok_and(|n| n > 0) {}
    Ok(())
}

enum Head {
    /// The head is this long.
    Complete(usize),
    Closed,
    TooLong,
    TooSlow,
}

fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Head> {
    let until = Instant::now() + HEAD_TIME;
    let mut chunk = [0; 2048];
    loop {
        if let Some(end) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
            return Ok(Head::Complete(end + 4));
        }
        if buffer.len() > HEAD {
            return Ok(Head::TooLong);
        }
        let Some(left) = until.checked_duration_since(Instant::now()).filter(|d| !d.is_zero()) else {
            return Ok(Head::TooSlow);
        };
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut chunk) {
            Ok(0) => return Ok(Head::Closed),
            Ok(n) => buffer.extend_from_slice(&chunk[..n]),
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Ok(Head::TooSlow);
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

fn parse(head: &[u8], hosts: &Hosts) -> Result<Request, Response> {
    let bad = |what: &str| Response::text(400, &format!("{what}\n"));
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => {
            return Err(Response::text(431, "There are too many headers.\n"));
        }
        _ => return Err(bad("This is not an HTTP request.")),
    }
    let mut request = Request {
        head_only: parsed.method == Some("HEAD"),
        target: parsed.path.unwrap_or_default().to_owned(),
        keep_alive: parsed.version == Some(1),
        range: None,
        if_none_match: None,
    };
    let mut host = None;
    let mut has_body = false;
    for header in parsed.headers.iter() {
        let Ok(value) = std::str::from_utf8(header.value) else { return Err(bad("A header is not UTF-8.")) };
        let value = value.trim();
        match header.name.to_ascii_lowercase().as_str() {
            "host" if host.is_some() => return Err(bad("There are two Host headers.")),
            "host" => host = Some(value.to_owned()),
            "connection" if value.eq_ignore_ascii_case("close") => request.keep_alive = false,
            "range" => request.range = Some(value.to_owned()),
            "if-none-match" => request.if_none_match = Some(value.to_owned()),
            "transfer-encoding" => has_body = true,
            "content-length" => has_body |= value != "0",
            _ => {}
        }
    }
    match host {
        Some(host) if hosts.allow(&host) => {}
        Some(_) => {
            return Err(Response::text(
                403,
                "This preview answers under its own address only; `guidepost serve --host NAME` allows another name.\n",
            ));
        }
        None if parsed.version == Some(1) => return Err(bad("There is no Host header.")),
        None => {}
    }
    if !matches!(parsed.method, Some("GET" | "HEAD")) {
        return Err(
            Response::text(405, "Only GET and HEAD are answered.\n").with("Allow", "GET, HEAD".to_owned())
        );
    }
    if has_body {
        return Err(bad("A request for a file has no body."));
    }
    Ok(request)
}

enum Answer {
    Whole(Response),
    Events { path: String, seen: Option<Hash> },
}

fn route(served: &Served, request: &Request) -> Answer {
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
            "client.js" => whole(
                Response::text(200, CLIENT)
                    .with("Content-Type", "text/javascript; charset=utf-8".to_owned())
                    .with("Cache-Control", "no-cache".to_owned()),
            ),
            "events" => events(base, query.unwrap_or_default()),
            _ => whole(Response::text(404, "There is nothing here.\n")),
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

/// `events?path=/guides/x/&seen=HASH`: which page is open, and what it shows.
fn events(base: &str, query: &str) -> Answer {
    let mut path = String::new();
    let mut seen = None;
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*key {
            "path" => {
                let decoded = percent_decode_str(&value).decode_utf8_lossy().into_owned();
                path = file_of(decoded.strip_prefix(base).unwrap_or(&decoded).trim_start_matches('/'));
            }
            "seen" => seen = Hash::parse(&value),
            _ => {}
        }
    }
    Answer::Events { path, seen }
}

fn respond(path: &str, file: &File, request: &Request, base: &str) -> Response {
    let is_page = path.ends_with(".html");
    let etag = format!("\"{}{}\"", file.hash.short(32), if is_page { "-live" } else { "" });
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
        inject(&String::from_utf8_lossy(&file.bytes()), base, Some(file.hash)).into_bytes()
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

/// Adds the live client before the end of the head. The page's hash tells the client what it shows.
fn inject(html: &str, base: &str, hash: Option<Hash>) -> String {
    let seen = hash.map(|h| h.short(32)).unwrap_or_default();
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
struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    fn text(status: u16, text: &str) -> Self {
        let response = Self { status, headers: Vec::new(), body: text.as_bytes().to_vec() };
        response.with("Content-Type", "text/plain; charset=utf-8".to_owned())
    }

    fn html(status: u16, html: &str, base: &str) -> Self {
        let response = Self { status, headers: Vec::new(), body: inject(html, base, None).into_bytes() };
        response
            .with("Content-Type", "text/html; charset=utf-8".to_owned())
            .with("Cache-Control", "no-cache".to_owned())
    }

    fn redirect(to: &str) -> Self {
        // A target that begins with two slashes would lead to another host.
        let to = format!("/{}", to.trim_start_matches('/'));
        Self::text(302, "").with("Location", to).with("Cache-Control", "no-cache".to_owned())
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self.headers.push((name, value));
        self
    }

    fn write(&self, stream: &mut TcpStream, head_only: bool, keep_alive: bool) -> io::Result<()> {
        let reason = match self.status {
            200 => "OK",
            206 => "Partial Content",
            302 => "Found",
            304 => "Not Modified",
            400 => "Bad Request",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            416 => "Range Not Satisfiable",
            431 => "Request Header Fields Too Large",
            _ => "Service Unavailable",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            // A line break would begin another header.
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 304 {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        let connection = if keep_alive { "keep-alive" } else { "close" };
        head.push_str(&format!("X-Content-Type-Options: nosniff\r\nConnection: {connection}\r\n\r\n"));
        let mut bytes = head.into_bytes();
        if !head_only {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)?;
        stream.flush()
    }
}
