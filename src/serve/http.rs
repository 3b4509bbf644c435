//! The preview's HTTP (RFC 9110), over tiny_http: GET and HEAD of what `route` knows.
//!
//! Every request has a thread, and every answer says `Connection: close`. tiny_http may hand several connections that
//! open in one burst to one idle thread; one that stayed open there would keep the others waiting. It
//! bounds neither the length of a head nor the time that a client takes: the README says what that means.

use super::hosts::Hosts;
use super::live::Live;
use super::route::{self, Answer, Body, Response};
use crate::console;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tiny_http::{HTTPVersion, Method, Request, Server, StatusCode};

/// When nothing is asked for this long, the server is tried.
const WATCH: Duration = Duration::from_secs(1);
/// How long a server that no longer listens waits for what connections it has already taken ask.
const LAST_REQUESTS: Duration = Duration::from_mins(1);
/// A request that promises a longer body is never answered: tiny_http would make room for all of it at once.
const BODY: usize = 1 << 30;

/// Starts to accept connections, in threads of its own.
pub fn start(listener: TcpListener, hosts: Hosts, live: Arc<Live>) -> io::Result<()> {
    let address = listener.local_addr()?;
    let server = serve(listener)?;
    let shared = Arc::new(Shared { hosts, live });
    aside("requests", move || receive(server, address, &shared))
}

struct Shared {
    hosts: Hosts,
    live: Arc<Live>,
}

fn serve(listener: TcpListener) -> io::Result<Server> {
    Server::from_listener(listener, None).map_err(io::Error::other)
}

/// Runs in a thread of its own; it does little, and a small stack keeps hundreds of them cheap.
fn aside(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).stack_size(256 * 1024).spawn(run).map(drop)
}

/// Answers whatever comes in, forever.
fn receive(mut server: Server, address: SocketAddr, shared: &Arc<Shared>) {
    loop {
        match server.recv_timeout(WATCH) {
            Ok(Some(request)) => answer_aside(request, shared),
            // The listener goes a moment after the failure is told; the next try finds it gone.
            Err(_) => {}
            Ok(None) => {
                if let Some(next) = try_it(address) {
                    let last = std::mem::replace(&mut server, next);
                    let shared = Arc::clone(shared);
                    let _ = aside("last requests", move || {
                        while let Ok(Some(request)) = last.recv_timeout(LAST_REQUESTS) {
                            answer_aside(request, &shared);
                        }
                    });
                }
            }
        }
    }
}

/// Connects to the server, for two reasons, and starts another when nobody listens.
///
/// Requests that tiny_http has queued behind connections on which nothing is asked are answered as soon as any other
/// connection ends, such as this one. And with too many open files it stops to listen: it says so when it cannot take a
/// connection, and says nothing when it has taken one and then fails.
fn try_it(address: SocketAddr) -> Option<Server> {
    let refused = TcpStream::connect_timeout(&super::reachable(address), WATCH)
        .is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused);
    let server = refused.then(|| TcpListener::bind(address).and_then(serve)).and_then(Result::ok)?;
    console::complain(
        "warning: the preview could take no more connections (too many open files?) and was started again",
    );
    Some(server)
}

fn answer_aside(request: Request, shared: &Arc<Shared>) {
    if request.body_length().is_some_and(|length| length > BODY) {
        // Dropping it is what makes the room, and ends the process when there is none.
        std::mem::forget(request);
        return;
    }
    let shared = Arc::clone(shared);
    // When no thread can be had, the request is dropped, and tiny_http answers it with 500.
    let _ = aside("answer", move || {
        let _ = answer(request, &shared);
    });
}

fn answer(request: Request, shared: &Shared) -> io::Result<()> {
    let head_only = *request.method() == Method::Head;
    let asked = read(&request, &shared.hosts);
    let mut out = request.into_writer();
    let answer = asked.map(|asked| route::route(&shared.live.current(), &asked));
    match answer.unwrap_or_else(Answer::Whole) {
        Answer::Whole(response) => write(response, &mut out, head_only),
        Answer::Events => {
            out.write_all(&head(
                200,
                &[("Content-Type", "text/event-stream".to_owned()), ("Cache-Control", "no-cache".to_owned())],
            ))?;
            out.flush()?;
            if head_only { Ok(()) } else { shared.live.follow(&mut out) }
        }
    }
}

/// What is asked for, or why it is refused.
fn read(request: &Request, hosts: &Hosts) -> Result<route::Request, Response> {
    let bad = |what: &str| Err(Response::text(400, &format!("{what}\n")));
    let all = |name: &'static str| {
        let named = request.headers().iter().filter(move |header| header.field.equiv(name));
        named.map(|header| header.value.as_str())
    };
    // Within a line they are dangerous and never meant (RFC 9110, section 5.5).
    let controls = |text: &str| text.chars().any(|c| c.is_control() && c != '\t');
    if controls(request.url()) || request.headers().iter().any(|header| controls(header.value.as_str())) {
        return bad("There is a control character in the request's head.");
    }
    let mut named = all("Host");
    match (named.next(), named.next()) {
        (_, Some(_)) => return bad("There are two Host headers."),
        (Some(host), None) if hosts.allow(host) => {}
        (Some(_), None) => {
            return Err(Response::text(
                403,
                "This preview answers under its own address only; `guidepost serve --host NAME` allows another name.\n",
            ));
        }
        (None, None) if *request.http_version() == HTTPVersion(1, 1) => {
            return bad("There is no Host header.");
        }
        (None, None) => {}
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(
            Response::text(405, "Only GET and HEAD are answered.\n").with("Allow", "GET, HEAD".to_owned())
        );
    }
    if all("Transfer-Encoding").next().is_some() || request.body_length().is_some_and(|length| length > 0) {
        return bad("A request for a file has no body.");
    }
    // A list may be spread over several lines (RFC 9110, section 5.3).
    let tags: Vec<&str> = all("If-None-Match").collect();
    Ok(route::Request {
        target: request.url().to_owned(),
        // Ranges are defined for GET only (RFC 9110, section 14.2).
        range: all("Range").next().filter(|_| *request.method() == Method::Get).map(str::to_owned),
        if_range: all("If-Range").next().map(str::to_owned),
        if_none_match: Some(tags.join(",")).filter(|tags| !tags.is_empty()),
    })
}

fn write(response: Response, out: &mut dyn Write, head_only: bool) -> io::Result<()> {
    let mut headers = response.headers;
    if response.status != 304 {
        headers.push(("Content-Length", response.body.length().to_string()));
    }
    let mut bytes = head(response.status, &headers);
    match response.body {
        _ if head_only => out.write_all(&bytes)?,
        // In one piece, or the second would wait until the first has arrived.
        Body::Bytes(body) => {
            bytes.extend_from_slice(&body);
            out.write_all(&bytes)?;
        }
        Body::Disk { file, length } => {
            out.write_all(&bytes)?;
            // A file that has become shorter meanwhile is filled up; with less than was promised the client would wait.
            io::copy(&mut file.chain(io::repeat(0)).take(length), out)?;
        }
    }
    out.flush()
}

fn head(status: u16, headers: &[(&'static str, String)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", StatusCode(status).default_reason_phrase());
    for (name, value) in headers {
        // A line break would begin another header.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");
    head.into_bytes()
}
