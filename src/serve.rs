//! The preview: the same pipeline as a build, its memo kept warm, behind a watcher and a small HTTP server.
//!
//! The site lies in memory and is swapped in whole. When an edit breaks it, the last good site stays up and the
//! problems are laid over its pages. Nothing is written to disk.

#![warn(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub(crate) mod hosts;
pub(crate) mod http;
pub(crate) mod live;
pub(crate) mod route;
pub(crate) mod served;
pub(crate) mod watch;

use crate::config::{Config, Overrides};
use crate::console;
use crate::diagnostics::report::{self, Format};
use crate::diagnostics::{Diagnostic, Severity};
use crate::error::Error;
use crate::hash::Hash;
use crate::pipeline::{self, Input, Memo, Outcome};
use crate::source::Source;
use crate::span::SourcePath;
use hosts::Hosts;
use live::Live;
use served::{Collector, Served};
use std::collections::{BTreeSet, HashSet};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use watch::Watcher;

/// The port to begin looking from.
const DEFAULT_PORT: u16 = 3000;

/// What the command line asks for.
#[derive(Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// The port; the first free one from 3000 on when it is not given.
    pub port: Option<u16>,
    /// The address to listen on, or a name under which requests are answered.
    pub host: Option<String>,
    /// Open the browser.
    pub open: bool,
    /// Show drafts.
    pub drafts: bool,
}

/// Serves until it is interrupted.
pub fn run(options: &Options) -> Result<(), Error> {
    if !is_site(&options.root) {
        return Err(Error::Usage(format!(
            "there is no site in {}; name its folder with `--root`, or start one with `guidepost init`",
            options.root.display()
        )));
    }
    let host = options.host.as_deref().unwrap_or("127.0.0.1");
    let address = resolve_host(host)?;
    let listener = listen(address, options.port)?;
    let local = listener.local_addr().map_err(Error::system("no address to listen on"))?;
    // An interrupt ends the process at once; there is nothing to tidy up.
    let _ = ctrlc::set_handler(|| std::process::exit(0));

    let root = &options.root;
    let mut watcher = Watcher::start(root).map_err(Error::system("files cannot be watched"))?;
    let overrides = Overrides { base_url: None, drafts: options.drafts };
    let live = Arc::new(Live::new(Served::default()));
    let input = Input::read(root, overrides);
    let mut builder = Builder { memo: Memo::default(), input, live: Arc::clone(&live) };
    watcher.follow(&builder.input.source.linked);
    for note in &builder.input.source.notes {
        console::complain(note);
    }
    let started = Instant::now();
    let outcome = builder.build();
    let base = Served::base_path(&builder.input.config);

    let hosts = Hosts::new(options.host.as_deref(), local);
    http::start(listener, hosts, live).map_err(Error::system("no thread can be started"))?;
    let url = format!("http://{}{base}", reachable(local));
    console::previewed(None, &outcome, started.elapsed());
    if !local.ip().is_loopback() {
        console::complain(
            "warning: others can reach this preview; each slow client costs it a thread, without a limit, so open it \
             only to people you trust",
        );
    }
    console::say(&format!("Serving {url} (Ctrl-C ends it)"));
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        console::complain(&format!("warning: no browser could be opened: {error}"));
    }
    loop {
        let touched = watcher.wait();
        let started = Instant::now();
        let input = builder.input.read_again(root, &touched);
        watcher.follow(&input.source.linked);
        if input.source.is_same(&builder.input.source) {
            continue;
        }
        let what = changes(&builder.input.source, &input.source);
        builder.input = input;
        let outcome = builder.build();
        console::previewed(Some(&what), &outcome, started.elapsed());
    }
}

/// Builds again and again, with a memo that gets warmer.
struct Builder {
    memo: Memo,
    input: Input,
    live: Arc<Live>,
}

impl Builder {
    fn build(&mut self) -> Outcome {
        let before = self.live.current();
        let collector = Collector::new(&before);
        let outcome = pipeline::build(&self.input, &mut self.memo, &collector, &|_, _| {});
        let base = Served::base_path(&self.input.config);
        let _ = console::problems(&outcome, &self.input.source, Format::Human, false);
        if outcome.has_errors() {
            let errors: Vec<Diagnostic> =
                outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
            let text = |path: &SourcePath| outcome.text(&self.input.source, path);
            self.live.swap(before.with_problems(report::render(&errors, Format::Human, &text, false)));
        } else {
            self.live.swap(collector.finish(base));
        }
        outcome
    }
}

/// "content/a.md and 2 more changed".
fn changes(before: &Source, after: &Source) -> String {
    let (before, after) = (files(before), files(after));
    let changed: BTreeSet<&SourcePath> = before.symmetric_difference(&after).map(|(path, _)| *path).collect();
    match (changed.first(), changed.len().saturating_sub(1)) {
        (Some(path), 0) => format!("{path} changed"),
        (Some(path), more) => format!("{path} and {more} more changed"),
        (None, _) => "Something changed".to_owned(),
    }
}

fn files(source: &Source) -> HashSet<(&SourcePath, Hash)> {
    let all = source.config.iter().chain(&source.content).chain(&source.themes).chain(&source.texts);
    all.map(|file| (&file.path, file.hash)).collect()
}

/// Where what listens on an address is reached from this machine.
fn reachable(local: SocketAddr) -> SocketAddr {
    match local.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => (Ipv4Addr::LOCALHOST, local.port()).into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => (Ipv6Addr::LOCALHOST, local.port()).into(),
        _ => local,
    }
}

/// The address to bind: an IP address as it is, a name by asking the system.
fn resolve_host(host: &str) -> Result<IpAddr, Error> {
    use std::net::ToSocketAddrs;
    if let Ok(ip) = hosts::without_brackets(host).parse::<IpAddr>() {
        return Ok(ip);
    }
    let found = (host, 0).to_socket_addrs().ok().and_then(|mut all| all.next());
    found.map(|a| a.ip()).ok_or_else(|| {
        Error::Usage(format!(
            "`{host}` is not an address of this machine; write an IP address such as 0.0.0.0"
        ))
    })
}

fn listen(address: IpAddr, port: Option<u16>) -> Result<TcpListener, Error> {
    let bind = |port: u16| TcpListener::bind(SocketAddr::new(address, port));
    let failed = |port: u16, error| Error::Port { address, port, error };
    if let Some(port) = port {
        return bind(port).map_err(|e| failed(port, e));
    }
    let mut last = None;
    for port in DEFAULT_PORT..DEFAULT_PORT + 100 {
        match bind(port) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(failed(port, error)),
        }
    }
    Err(failed(DEFAULT_PORT, last.unwrap_or_else(|| io::Error::from(ErrorKind::AddrInUse))))
}

/// Is this the folder of a site at all?
fn is_site(root: &Path) -> bool {
    root.join(crate::layout::CONTENT).is_dir() || root.join(crate::layout::CONFIG).is_file()
}

/// The path under which a site is served: that of its base URL.
pub fn base_path(config: &Config) -> String {
    config.base_url.as_ref().map_or("/", |u| u.path()).to_owned()
}
