//! A small HTTP/1.1 server (RFC 9110, 9112) for the preview: GET and HEAD of files in memory.
//!
//! Each connection has a thread; there are at most [`CONNECTIONS`] of them, and every read and write has a time
//! limit, so slow or vanished clients block nobody and leave nothing behind. The builder has a thread of its own.

use super::live::Live;
use super::route::{self, Answer, Response};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Connections, and so threads, at one time. A browser takes one for its events and a few more for each page it loads.
pub const CONNECTIONS: usize = 512;
/// A request's head may be this long.
const HEAD: usize = 16 * 1024;
/// A request's head has to arrive within this time, the first as every further one on a connection.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// A client that takes no data for this long is gone.
const WRITE_TIME: Duration = Duration::from_secs(20);

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
            write(&Response::text(503, "There are too many open connections.\n"), &mut stream, false, false);
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

/// A request, and what its connection is to do.
struct Request {
    head_only: bool,
    keep_alive: bool,
    asked: route::Request,
}

/// Serves the requests of one connection, one after the other.
fn serve(stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let length = match read_head(stream, &mut buffer)? {
            Head::Complete(length) => length,
            Head::Closed => return Ok(()),
            Head::TooLong => {
                write(&Response::text(431, "The request's head is too long.\n"), stream, false, false)?;
                return linger(stream);
            }
            Head::TooSlow => {
                // A connection that never asked anything is simply closed.
                if !buffer.is_empty() {
                    write(&Response::text(408, "The request took too long.\n"), stream, false, false)?;
                }
                return Ok(());
            }
        };
        let request = match parse(&buffer[..length], &shared.hosts) {
            Ok(request) => request,
            Err(response) => {
                write(&response, stream, false, false)?;
                return linger(stream);
            }
        };
        buffer.drain(..length);
        let served = shared.live.current();
        match route::route(&served, &request.asked) {
            Answer::Whole(response) => {
                // Whoever asks for what is no path at all gets no second question.
                let go_on = request.keep_alive && response.status != 400;
                write(&response, stream, request.head_only, go_on)?;
                if !go_on {
                    return Ok(());
                }
            }
            Answer::Events => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\
                      X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
                )?;
                drop(served);
                return if request.head_only { Ok(()) } else { shared.live.follow(stream) };
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
        keep_alive: parsed.version == Some(1),
        asked: route::Request { target: parsed.path.unwrap_or_default().to_owned(), ..Default::default() },
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
            "range" => request.asked.range = Some(value.to_owned()),
            "if-none-match" => request.asked.if_none_match = Some(value.to_owned()),
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

fn write(response: &Response, stream: &mut TcpStream, head_only: bool, keep_alive: bool) -> io::Result<()> {
    let reason = match response.status {
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
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", response.status);
    for (name, value) in &response.headers {
        // A line break would begin another header.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if response.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", response.body.len()));
    }
    let connection = if keep_alive { "keep-alive" } else { "close" };
    head.push_str(&format!("X-Content-Type-Options: nosniff\r\nConnection: {connection}\r\n\r\n"));
    let mut bytes = head.into_bytes();
    if !head_only {
        bytes.extend_from_slice(&response.body);
    }
    stream.write_all(&bytes)?;
    stream.flush()
}
