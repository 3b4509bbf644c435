//! From saving a file to the served page being changed, against Hugo's server:
//! `cargo bench --bench serve [-- PAGES... [--edits N]]`.
//!
//! A page is saved and asked for until it shows the change; the median of 15 counts. Hugo's server runs on the
//! same corpus in the same run. Memory is the resident set of the process, before and after N further edits.

mod corpus;

use corpus::{install_hugo, write_corpus};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 15;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let edits =
        arguments.iter().position(|a| a == "--edits").and_then(|i| arguments.get(i + 1)?.parse().ok());
    let mut sizes: Vec<usize> = arguments
        .iter()
        .enumerate()
        .filter(|(i, _)| *i == 0 || arguments[i - 1] != "--edits")
        .filter_map(|(_, a)| a.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![1000, 10_000];
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers");
    let hugo = install_hugo(&folder);
    println!("| pages | change | Guidepost | Hugo server | memory |");
    println!("| ---: | --- | ---: | ---: | ---: |");
    for pages in sizes {
        let root = folder.join(format!("corpus-{pages}"));
        let _ = fs::remove_dir_all(&root);
        write_corpus(&root, pages);
        let ours = root.join("guidepost");
        write_framework(&ours);
        let server = Server::guidepost(&ours);
        let theirs = Server::hugo(&hugo, &root.join("hugo"));
        let page = |root: &Path| root.join("content/section-000/page-00007.md");
        let text = |at: &Path, marker: &str| {
            edit(&page(at), "## Part 0 of it", &format!("## Part 0 of it\n\n{marker}\n"));
        };
        row(pages, "a page's text", server.median(|m| text(&ours, m), "/section-000/page-00007/"), {
            let hugo_root = root.join("hugo");
            Some(theirs.median(|m| text(&hugo_root, m), "/section-000/page-00007/"))
        });
        let cell = ours.join("content/frameworks/f/d0.toml");
        row(
            pages,
            "a cell of a table",
            server.median(|m| edit(&cell, "at.s0 = ", &format!("at.s0 = \"{m}\" # ")), "/frameworks/f/d0/"),
            None,
        );
        let template = ours.join("themes/default/templates/page.html");
        let original = fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/page.html"),
        );
        let original = original.expect("the default template");
        fs::create_dir_all(template.parent().expect("folder")).expect("folder");
        let change = |m: &str| {
            fs::write(&template, original.replace("<h1>", &format!("<h1 title=\"{m}\">"))).expect("saved");
        };
        let layout = root.join("hugo/layouts/_default/single.html");
        let theirs_time = theirs
            .median(|m| edit(&layout, "<h1", &format!("<h1 title=\"{m}\"")), "/section-000/page-00007/");
        row(
            pages,
            "the template of every page",
            server.median(change, "/section-000/page-00007/"),
            Some(theirs_time),
        );
        let before = server.memory();
        if let Some(edits) = edits {
            for i in 0..edits {
                server.wait(&mut |m| text(&ours, m), "/section-000/page-00007/", &format!("edit{i}"));
            }
            println!("| {pages} | {edits} further edits | | | {before} MB, then {} MB |", server.memory());
        } else {
            println!("| {pages} | | | | {before} MB |");
        }
    }
}

fn row(pages: usize, what: &str, ours: Duration, theirs: Option<Duration>) {
    let theirs = theirs.map(|t| format!("{} ms", t.as_millis())).unwrap_or_default();
    println!("| {pages} | {what} | {} ms | {theirs} | |", ours.as_millis());
}

/// Replaces the first line that begins with `start`; what a former edit added goes.
fn edit(path: &Path, start: &str, with: &str) {
    let text = fs::read_to_string(path).expect("readable");
    let pristine = path.with_extension("pristine~");
    let text = fs::read_to_string(&pristine).unwrap_or_else(|_| {
        fs::write(&pristine, &text).expect("kept");
        text
    });
    fs::write(path, text.replacen(start, with, 1)).expect("saved");
}

fn write_framework(root: &Path) {
    let folder = root.join("content/frameworks/f");
    fs::create_dir_all(&folder).expect("folder");
    let stages: String = (0..5).map(|s| format!("[[stages]]\nid = \"s{s}\"\ntitle = \"S{s}\"\n")).collect();
    let names: Vec<String> = (0..18).map(|d| format!("\"d{d}\"")).collect();
    fs::write(
        folder.join("framework.toml"),
        format!("title = \"F\"\ndimensions = [{}]\n{stages}", names.join(", ")),
    )
    .expect("file");
    for d in 0..18 {
        let aspects: String = (0..6)
            .map(|a| {
                let cells: String = (0..5).map(|s| format!("at.s{s} = \"Cell {d} {a} {s}\"\n")).collect();
                format!("[[aspects]]\ntitle = \"Aspect {a}\"\ndescription = \"About {a}.\"\n{cells}")
            })
            .collect();
        fs::write(
            folder.join(format!("d{d}.toml")),
            format!("title = \"D{d}\"\nintro = \"About.\"\n{aspects}"),
        )
        .expect("file");
    }
}

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn guidepost(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
        let mut child = command
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("serve starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines().map_while(Result::ok);
        let line = lines.find(|l| l.starts_with("Serving ")).expect("the address");
        std::thread::spawn(move || lines.for_each(drop));
        let port = line.split(':').nth(2).and_then(|p| p.split('/').next()?.parse().ok()).expect("a port");
        Self { child, port }
    }

    fn hugo(hugo: &Path, root: &Path) -> Self {
        let port = 14_313;
        let child = Command::new(hugo)
            .args([
                "server",
                "--port",
                "14313",
                "--renderToMemory",
                "--disableBrowserError",
                "--noHTTPCache",
                "--quiet",
            ])
            .args(["--baseURL", "http://127.0.0.1:14313/"])
            .current_dir(root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("hugo starts");
        let server = Self { child, port };
        while server.get("/section-000/page-00007/").is_none() {
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").ok()?;
        let mut body = Vec::new();
        stream.read_to_end(&mut body).ok()?;
        let body = String::from_utf8_lossy(&body).into_owned();
        body.starts_with("HTTP/1.").then_some(body)
    }

    /// Saves and waits for it to show.
    fn wait(&self, save: &mut dyn FnMut(&str), path: &str, marker: &str) -> Duration {
        save(marker);
        let started = Instant::now();
        while !self.get(path).is_some_and(|body| body.contains(marker)) {
            assert!(started.elapsed() < Duration::from_mins(1), "{path} never showed {marker}");
            std::thread::sleep(Duration::from_millis(1));
        }
        started.elapsed()
    }

    fn median(&self, mut save: impl FnMut(&str), path: &str) -> Duration {
        let mut times: Vec<Duration> = (0..RUNS)
            .map(|i| {
                std::thread::sleep(Duration::from_millis(200));
                self.wait(&mut save, path, &format!("marker{i}x"))
            })
            .collect();
        times.sort();
        times[RUNS / 2]
    }

    /// Resident memory in megabytes, where the system tells.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kilobytes =
            status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
        kilobytes.unwrap_or(0_u64) / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
