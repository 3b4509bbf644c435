//! The preview, over loopback: it always equals a fresh build, and bad clients harm nobody.

use crate::fixture::{FRAMEWORK, Site};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A preview of a site, ended when it is dropped.
struct Preview<'a> {
    site: &'a Site,
    child: Child,
    port: u16,
    base: String,
}

/// An answer, taken apart.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// Reads an answer as a client does: to the length that it gives, or until the connection ends.
fn answer(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        let head = text.split_once("\r\n\r\n").map(|(head, _)| head);
        let length =
            head.and_then(|head| head.split("Content-Length: ").nth(1)?.lines().next()?.parse().ok());
        let whole =
            head.zip(length).is_some_and(|(head, length): (_, usize)| read.len() >= head.len() + 4 + length);
        if whole {
            return text;
        }
        match stream.read(&mut chunk) {
            Ok(n) if n > 0 => read.extend_from_slice(&chunk[..n]),
            _ => return text,
        }
    }
}

impl<'a> Preview<'a> {
    fn start(site: &'a Site, arguments: &[&str]) -> Self {
        Self::of(site, site.command(&[&["serve", "--port", "0"], arguments].concat()))
    }

    fn of(site: &'a Site, mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("serve starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        let line =
            lines.by_ref().map_while(Result::ok).find(|l| l.starts_with("Serving ")).expect("the address");
        // Whoever writes to a pipe that nobody reads would stop in the end.
        std::thread::spawn(move || lines.for_each(drop));
        let url = url::Url::parse(line.split(' ').nth(1).expect("a URL")).expect("a URL");
        Self { site, child, port: url.port().expect("a port"), base: url.path().to_owned() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("timeout set");
        stream
    }

    /// Sends bytes as they are and reads what comes back.
    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        answer(&mut stream)
    }

    fn get_with(&self, path: &str, headers: &str) -> Answer {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\r\n",
            self.port
        )
        .expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status =
            lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok()).expect("a status");
        let headers =
            lines.filter_map(|l| l.split_once(": ")).map(|(k, v)| (k.to_lowercase(), v.to_owned())).collect();
        Answer { status, headers, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    fn body(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.get(path).body).into_owned()
    }

    /// Waits until every served file is that of a fresh build, the live client apart.
    fn equals_a_fresh_build(&self, what: &str) {
        let _ = std::fs::remove_dir_all(self.site.path("fresh"));
        let _ = std::fs::remove_dir_all(self.site.path(".guidepost"));
        self.site.build(&["--output", "fresh", "--quiet"]);
        let fresh = self.site.output("fresh");
        until(what, || {
            for (path, bytes) in &fresh {
                let url: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
                let url = format!("{}{}", self.base, url.replace("%2F", "/").replace('+', "%20"));
                let answer = self.get(&url);
                if answer.status != 200 {
                    return Err(format!("{path}: {}", answer.status));
                }
                let served = if path.ends_with(".html") { without_client(&answer.body) } else { answer.body };
                if served != *bytes {
                    return Err(format!("{path} differs"));
                }
            }
            Ok(())
        });
        // What is gone is gone.
        let names: Vec<String> =
            ["a", "b", "c", "guides/x", "moved/x"].map(|p| format!("{p}/index.html")).into();
        for name in names.iter().filter(|n| !fresh.contains_key(*n)) {
            until(what, || {
                match self.get(&format!("{}{}", self.base, name.trim_end_matches("index.html"))).status {
                    404 => Ok(()),
                    status => Err(format!("{name} is still there: {status}")),
                }
            });
        }
        assert!(!self.site.exists("output"), "a preview writes nothing");
    }
}

/// Waits until something holds; the last thing seen is shown when it never does.
fn until<T: std::fmt::Debug>(what: &str, mut look: impl FnMut() -> Result<(), T>) {
    let started = Instant::now();
    loop {
        match look() {
            Ok(()) => return,
            Err(seen) if started.elapsed() > Duration::from_secs(20) => panic!("{what}: {seen:?}"),
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn without_client(html: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(html);
    let mark = text.find("data-seen=").expect("the live client");
    let start = text[..mark].rfind("<script").expect("its start");
    let end = start + text[start..].find("</script>\n").expect("its end") + "</script>\n".len();
    format!("{}{}", &text[..start], &text[end..]).into_bytes()
}

impl Drop for Preview<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const PAGES: &str = "=== content/index.md\n+++\ndescription = \"H\"\n+++\nHome.\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nFirst. Cache.\n=== content/guides/x.md\n+++\ntitle = \"X\"\ndescription = \"X\"\n+++\nText.\n";

/// A folder of code, in the configuration.
const CODE: &str = "[content]\ncode = [\"examples\"]\n";

/// What pages can show beside texts.
const SHOWN: &str = "=== examples/x.py\nx = 1\n=== content/data/p.csv\na,b\n1,2\n";

pub fn site() -> Site {
    let site = Site::new(&format!("{PAGES}{FRAMEWORK}=== guidepost.toml\n{CODE}{SHOWN}"));
    site.write("content/dot.png", &crate::links::png(3, 4));
    site
}

#[test]
fn every_kind_of_change_shows() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    preview.equals_a_fresh_build("at the start");
    let steps: &[(&str, &dyn Fn())] = &[
        ("a page changed", &|| {
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nSecond.\n");
        }),
        ("a page added", &|| {
            site.add("=== content/b.md\n+++\ntitle = \"B\"\ndescription = \"B\"\n+++\n[A](a.md)\n");
        }),
        ("a page renamed", &|| {
            std::fs::rename(site.path("content/b.md"), site.path("content/c.md")).expect("renamed");
        }),
        ("a page deleted", &|| site.remove("content/c.md")),
        ("a section to print", &|| {
            site.add("=== content/more/index.md\n+++\ntitle = \"More\"\ndescription = \"M\"\nprint = true\n+++\n[D](d.md)\n");
            site.add("=== content/more/d.md\n+++\ntitle = \"D\"\ndescription = \"D\"\n+++\n## One\n");
        }),
        ("a page of a section to print", &|| {
            site.add("=== content/more/d.md\n+++\ntitle = \"D\"\ndescription = \"D\"\n+++\n## Two\n\n[Two](#two)\n");
        }),
        ("a cell changed", &|| {
            let text = site.read("content/frameworks/f/safety.toml").replace("Locked", "Bolted");
            site.write("content/frameworks/f/safety.toml", text.as_bytes());
        }),
        ("a stage added", &|| {
            let text = site.read("content/frameworks/f/framework.toml") + "[[stages]]\ntitle = \"Three\"\n";
            site.write("content/frameworks/f/framework.toml", text.as_bytes());
        }),
        ("a dimension added", &|| {
            let text = site
                .read("content/frameworks/f/framework.toml")
                .replace("[\"safety\"]", "[\"safety\", \"more\"]");
            site.write("content/frameworks/f/more.toml", b"title = \"More\"\nintro = \"More.\"\n");
            site.write("content/frameworks/f/framework.toml", text.as_bytes());
        }),
        ("a glossary added", &|| {
            site.add("=== content/glossary.toml\n[[terms]]\nterm = \"cache\"\ndefinition = \"A copy.\"\n");
        }),
        ("a term changed", &|| {
            site.add("=== content/glossary.toml\n[[terms]]\nterm = \"text\"\ndefinition = \"Words.\"\n");
        }),
        ("the glossary deleted", &|| site.remove("content/glossary.toml")),
        ("the configuration added", &|| site.add("=== guidepost.toml\ntitle = \"Ours\"\n")),
        ("the configuration changed", &|| {
            site.add("=== guidepost.toml\ntitle = \"Yours\"\n[markdown]\nsmart_punctuation = true\n");
        }),
        ("code and a table shown", &|| {
            site.add(&format!("=== guidepost.toml\n{CODE}"));
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n![[data/p.csv]]\n\n```file=\"examples/x.py\"\n```\n");
        }),
        ("the code changed", &|| site.add("=== examples/x.py\nx = 2\n")),
        ("the table changed", &|| site.add("=== content/data/p.csv\na,b\n3,4\n")),
        ("code in a new folder", &|| {
            site.add("=== examples/deep/y.py\ny = 1\n");
            let text = site.read("content/a.md").replace("x.py", "deep/y.py");
            site.write("content/a.md", text.as_bytes());
        }),
        ("code in a folder changed", &|| site.add("=== examples/deep/y.py\ny = 2\n")),
        ("neither shown", &|| {
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nSecond.\n");
        }),
        ("variables and a snippet added", &|| {
            site.add("=== guidepost.toml\n[variables]\nv = \"One\"\n[images]\nwidths = [16]\n");
            site.add("=== content/_snippets/s.md\nSaid [[var:v]] by [[var:who]]. ![Dot](../dot.png)\n");
            site.add("=== content/a.md\n+++\ntitle = \"A [[var:v]]\"\ndescription = \"A\"\n+++\n![[_snippets/s]]{who=Ada}\n");
        }),
        ("a snippet changed", &|| {
            site.add("=== content/_snippets/s.md\nHeard [[var:v]] from [[var:who]].\n");
        }),
        ("a variable changed", &|| site.add("=== guidepost.toml\n[variables]\nv = \"Two\"\n")),
        ("a large picture shown, with a copy", &|| {
            let mut bytes = std::io::Cursor::new(Vec::new());
            let picture =
                image::RgbImage::from_fn(64, 32, |x, y| image::Rgb([(x * 4) as u8, (y * 8) as u8, 0]));
            picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
            site.write("content/large.png", bytes.get_ref());
            site.add("=== guidepost.toml\n[images]\nwidths = [16]\n");
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n![Large](large.png){width=20}\n");
        }),
        ("a picture and a snippet gone", &|| {
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nNone.\n");
            site.remove("content/large.png");
            site.remove("content/_snippets/s.md");
        }),
        ("a brand added", &|| {
            site.add("=== brand/brand.css\na { b: url(dot.svg) }\n=== brand/dot.svg\n<svg/>\n=== own.css\ni { top: 0 }\n");
            site.add("=== guidepost.toml\n[brand]\naccent = \"#8b0000\"\ncss = [\"brand/brand.css\", \"own.css\"]\n");
        }),
        ("a style of the brand changed", &|| site.add("=== own.css\ni { top: 1px }\n")),
        ("a style of the brand in a folder changed", &|| {
            site.add("=== brand/brand.css\nb { b: url(dot.svg) }\n");
        }),
        ("a picture of the brand changed", &|| site.add("=== brand/dot.svg\n<svg></svg>\n")),
        ("the rule for ids changed", &|| {
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n## A & B\n\nSee [it](#a--b).\n");
            site.add("=== guidepost.toml\n[markdown]\nslugs = \"guidepost\"\n");
        }),
        ("files beside pages asked for", &|| {
            site.add("=== guidepost.toml\n[export]\npages = [\"md\", \"json\"]\n");
        }),
        ("a page for missing pages added", &|| site.add("=== content/404.md\n# Gone\n\n[A](a.md)\n")),
        ("a page for missing pages deleted", &|| site.remove("content/404.md")),
        ("the configuration deleted", &|| site.remove("guidepost.toml")),
        ("a template added", &|| {
            site.add("=== themes/default/templates/page.html\n{% extends \"base.html\" %}{% block content %}<h1>{{ frame.title }}!</h1>{% endblock %}\n");
        }),
        ("a style added", &|| site.add("=== themes/default/assets/style.css\nbody { color: teal; }\n")),
        ("a style changed", &|| {
            site.add("=== themes/default/assets/style.css\nbody { color: navy; }\n");
        }),
        ("the themes deleted", &|| site.remove("themes")),
        ("an image changed in size", &|| site.write("content/dot.png", &crate::links::png(5, 6))),
        ("an image deleted", &|| site.remove("content/dot.png")),
        ("a folder renamed", &|| {
            std::fs::rename(site.path("content/guides"), site.path("content/moved")).expect("renamed");
        }),
        ("a folder deleted", &|| site.remove("content/moved")),
        // As vim, JetBrains and VS Code save: aside, then renamed over the old one.
        ("a save by rename", &|| {
            site.write("content/.a.md.swp", b"x");
            site.write("content/a.md~", b"+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nThird.\n");
            std::fs::rename(site.path("content/a.md~"), site.path("content/a.md")).expect("renamed");
        }),
        ("a save by backup", &|| {
            std::fs::rename(site.path("content/a.md"), site.path("content/a.md.bak")).expect("renamed");
            site.write("content/a.md", b"+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nFourth.\n");
            site.remove("content/a.md.bak");
        }),
        ("content deleted and brought back", &|| {
            std::fs::rename(site.path("content"), site.path("away")).expect("renamed");
            std::thread::sleep(Duration::from_millis(150));
            std::fs::rename(site.path("away"), site.path("content")).expect("renamed");
        }),
        ("a page changed after that", &|| {
            site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nFifth.\n");
        }),
    ];
    for (what, step) in steps {
        step();
        preview.equals_a_fresh_build(what);
    }
}

#[test]
#[cfg(unix)]
fn symlinked_content_is_followed() {
    let site = site();
    site.add("=== elsewhere/guide.md\n+++\ntitle = \"L\"\ndescription = \"L\"\n+++\nLinked.\n=== elsewhere/folder/in.md\n+++\ntitle = \"I\"\ndescription = \"I\"\n+++\nInside.\n");
    std::os::unix::fs::symlink(site.path("elsewhere/guide.md"), site.path("content/linked.md"))
        .expect("link");
    std::os::unix::fs::symlink(site.path("elsewhere/folder"), site.path("content/shared")).expect("link");
    let preview = Preview::start(&site, &[]);
    preview.equals_a_fresh_build("at the start");
    site.add("=== elsewhere/guide.md\n+++\ntitle = \"L\"\ndescription = \"L\"\n+++\nLinked anew.\n");
    preview.equals_a_fresh_build("a linked file changed");
    site.add("=== elsewhere/folder/in.md\n+++\ntitle = \"I\"\ndescription = \"I\"\n+++\nInside anew.\n");
    preview.equals_a_fresh_build("a file in a linked folder changed");
}

/// What a stream says of a build without problems.
const GOOD: &str = "event: build\ndata: \n";

#[test]
fn a_broken_edit_keeps_the_last_good_site_and_tells() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let mut events = BufReader::new(preview.connect());
    write!(events.get_mut(), "GET /__guidepost/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    // The next event that says something; there may be builds between two edits that do not.
    let mut next = |wanted: &str| {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            assert!(events.read_line(&mut line).expect("an event") > 0, "the stream ended");
            if line.trim().is_empty() {
                if event.contains(wanted) {
                    return event;
                }
                event.clear();
            } else {
                event.push_str(&line);
            }
        }
    };
    next(GOOD);
    site.add("=== content/a.md\n[nowhere](gone.md)\n");
    let problems = next("error[");
    assert!(problems.contains("error[broken-link]: there is no `content/gone.md`"), "{problems}");
    assert!(problems.contains("--> content/a.md:1:1"), "{problems}");
    assert!(preview.body("/a/").contains("First."), "the last good page stays up");
    // Broken in another way, and a configuration that is broken for a while.
    site.add("=== guidepost.toml\ntitle = \n");
    next("error[invalid-toml]");
    site.remove("guidepost.toml");
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nMended.\n");
    next(GOOD);
    preview.equals_a_fresh_build("fixed");
}

#[test]
fn a_site_that_can_not_be_built_at_first_is_shown_when_it_can() {
    let site = Site::new("=== content/a.md\n[nowhere](gone.md)\n");
    let preview = Preview::start(&site, &[]);
    let answer = preview.get("/");
    assert_eq!(answer.status, 503);
    assert!(String::from_utf8_lossy(&answer.body).contains("__guidepost/client.js"));
    site.add("=== content/a.md\n+++\ndescription = \"A\"\n+++\nGood.\n");
    preview.equals_a_fresh_build("fixed");
}

#[test]
fn a_thousand_files_at_once_are_one_rebuild() {
    let site = site();
    let mut command = site.command(&["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("serve starts");
    let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines().map_while(Result::ok);
    lines.by_ref().find(|l| l.starts_with("Serving ")).expect("the address");
    for i in 0..1000 {
        site.write(
            &format!("content/many/p{i}.md"),
            format!("+++\ntitle = \"P{i}\"\ndescription = \"D\"\n+++\n{i}\n").as_bytes(),
        );
    }
    // "content/many/p0.md and 999 more changed: 1040 pages rendered in 80 ms"
    let pages = |line: &str| -> usize {
        let words: Vec<&str> = line.split(' ').collect();
        let at = words.iter().rposition(|w| *w == "pages").unwrap_or(1);
        words[at - 1].parse().unwrap_or(0)
    };
    let mut builds = 0;
    let done = lines.by_ref().inspect(|_| builds += 1).find(|line| pages(line) > 1000);
    let _ = (child.kill(), child.wait());
    assert!(done.is_some());
    assert!(builds <= 3, "{builds} builds");
}

/// A small generator with a fixed seed (SplitMix64): the same sequence in every run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("fits")
    }
}

/// Every form in which a text can name something in a framework, and show it.
const FORMS: &[&str] = &[
    "```mermaid alt=\"A\"\nflowchart LR\nx --> y\nclick x \"/index.md\"\n```",
    "[[f]]",
    "[[@two]]",
    "[[@two#build]]",
    "[[@one..two]]",
    "[[safety]]",
    "[[safety#aspects]]",
    "[[safety#doors]]",
    "[[safety@two]]",
    "[[safety@two..two]]",
    "[[safety@one..two]]",
    "[[safety/doors]]",
    "[[safety/doors@two]]",
    "[[safety/doors@one..two]]",
    "## Doors & walls\n\n[x](#doors-walls) at https://example.org/a",
    "[x](/frameworks/f/safety.toml)",
    "[x](/frameworks/f/safety.toml#doors)",
    "![[f]]",
    "![[@two]]",
    "![[@one..two]]",
    "![[safety]]",
    "![[safety@two]]",
    "![[safety@two..two]]",
    "![[safety/doors]]",
    "![[safety/doors@two]]",
    ":::cards\n:::card{to=@two}\n:::\n:::card{to=safety/doors@two}\n:::\n:::card{to=safety}\n:::\n:::",
    ":::only{stages=one..two}\nText\n:::",
    ":::figure[Caption]{#fig}\n![[safety]]\n:::\n\n[](#fig)",
    "::::tabs{sync=a}\n:::tab[One]\n![[@two]]\n:::\n::::",
    "![[data/p.csv]]",
    "```file=\"examples/x.py\"\n```",
];

fn configure(site: &Site, step: usize) {
    let more = [
        "",
        "[markdown]\nslugs = \"guidepost\"\n",
        "[export]\npages = [\"md\", \"json\"]\n",
        "[export]\npages = [\"md\"]\n",
    ][step % 4];
    let url = if step % 4 == 3 { "base_url = \"https://example.org/\"\n" } else { "" };
    let text = format!("title = \"T{step}\"\n{url}{CODE}[variables]\nv = \"V{}\"\n{more}", step % 3);
    site.write("guidepost.toml", text.as_bytes());
}

/// Writes a snippet anew, and the variable that it names where there is none.
fn say_once(site: &Site, step: usize) {
    if !site.read("guidepost.toml").contains("[variables]") {
        configure(site, step);
    }
    let text =
        format!("## By [[var:who]]\n\nSaid {step}, [[var:v]], [safety](../frameworks/f/safety.toml).\n");
    site.write("content/_snippets/s.md", text.as_bytes());
}

/// Changes a site at random, and says how.
pub fn edit(site: &Site, random: &mut Random, step: usize) -> String {
    let names = ["a", "b", "c", "guides/x", "guides/y"];
    let name = names[random.below(names.len())];
    let path = format!("content/{name}.md");
    let front = [
        "",
        "listed = false\n",
        "stages = [\"two\"]\n",
        "related = [\"safety@two..two\", \"safety/doors@two\"]\n",
    ][random.below(4)];
    let page = |text: &str| {
        format!(
            "+++\ntitle = \"{name}\"\ndescription = \"D{step}\"\ntags = [\"t{}\"]\n{front}+++\n{text}\n",
            step % 3
        )
    };
    match random.below(17) {
        0 if site.exists(&path) => {
            site.remove(&path);
            format!("remove {name}")
        }
        1 if site.exists(&path) => {
            let other = names[random.below(names.len())];
            let target = site.path(&format!("content/{other}.md"));
            std::fs::create_dir_all(target.parent().expect("folder")).expect("folder");
            std::fs::rename(site.path(&path), target).expect("renamed");
            format!("rename {name} {other}")
        }
        2 => {
            site.write(&path, page("[broken](nowhere.md)").as_bytes());
            // Broken for a moment, seen or not.
            std::thread::sleep(Duration::from_millis(random.below(20) as u64));
            site.write(&path, page("fixed").as_bytes());
            format!("break and fix {name}")
        }
        3 => {
            configure(site, step);
            "configure".to_owned()
        }
        4 => {
            let text = format!(
                "title = \"Safety\"\nintro = \"I{step}\"\n[[aspects]]\ntitle = \"Doors\"\nat.one = \"x{step}\"\nat.two = {:?}\n",
                ["y", "None", "y2"][random.below(3)]
            );
            site.write("content/frameworks/f/safety.toml", text.as_bytes());
            "cell".to_owned()
        }
        5 => {
            let text = format!("[[terms]]\nterm = \"Text\"\ndefinition = \"What is read, {}.\"\n", step % 2);
            site.write("content/glossary.toml", text.as_bytes());
            "term".to_owned()
        }
        6 => {
            site.write("examples/x.py", format!("x = {step}\n").as_bytes());
            "code".to_owned()
        }
        7 => {
            site.write("content/data/p.csv", format!("a,b\n{step},x\n").as_bytes());
            "table".to_owned()
        }
        8 if site.exists("content/404.md") => {
            site.remove("content/404.md");
            "remove 404".to_owned()
        }
        8 => {
            site.write("content/404.md", page("Nothing here. [Home](index.md)").as_bytes());
            "write 404".to_owned()
        }
        9 => {
            say_once(site, step);
            "snippet".to_owned()
        }
        10 => {
            say_once(site, step % 2);
            let text = format!(
                "![[_snippets/s]]{{who=W{step}}}\n\n[[var:v]] and [x](https://example.com/[[var:v]])"
            );
            site.write(&path, page(&text).as_bytes());
            format!("write {name} with a snippet")
        }
        11 => {
            let section = ["guides", "frameworks"][step % 2];
            let print = random.below(3) > 0;
            let text =
                format!("+++\ntitle = \"{section}\"\ndescription = \"D\"\nprint = {print}\n+++\nText.\n");
            site.write(&format!("content/{section}/index.md"), text.as_bytes());
            format!("print {section}: {print}")
        }
        _ => {
            let form = FORMS[random.below(FORMS.len())];
            site.write(&path, page(&format!("Text {step}. See\n\n{form}\n")).as_bytes());
            format!("write {name} with {form}")
        }
    }
}

#[test]
fn after_any_edits_the_preview_equals_a_fresh_build() {
    for seed in [1, 2, 3] {
        let mut random = Random(seed);
        let site = site();
        let preview = Preview::start(&site, &[]);
        let mut log = Vec::new();
        for step in 0..25 {
            log.push(edit(&site, &mut random, step));
            if random.below(3) == 0 {
                preview.equals_a_fresh_build(&format!("seed {seed}: {log:?}"));
            }
        }
        preview.equals_a_fresh_build(&format!("seed {seed}: {log:?}"));
    }
}

#[test]
fn files_are_served_as_a_host_would() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[Ü](Übung.md)\n=== content/Übung.md\n+++\ndescription = \"U\"\n+++\nÜ.\n",
    );
    site.write("content/dot.png", &crate::links::png(3, 4));
    site.write("content/data.bin", &(0..=255).collect::<Vec<u8>>());
    let preview = Preview::start(&site, &[]);
    let home = preview.get("/");
    assert_eq!((home.status, home.headers["content-type"].as_str()), (200, "text/html; charset=utf-8"));
    assert_eq!(home.headers["cache-control"], "no-cache");
    assert!(!home.headers.contains_key("access-control-allow-origin"));
    let unchanged = preview.get_with("/", &format!("If-None-Match: {}\r\n", home.headers["etag"]));
    assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
    assert_eq!(preview.get("/dot.png").headers["content-type"], "image/png");
    assert_eq!(preview.get("/robots.txt").headers["content-type"], "text/plain; charset=utf-8");
    let folder = preview.get("/%C3%9Cbung?q=1");
    assert_eq!((folder.status, folder.headers["location"].as_str()), (302, "/%C3%9Cbung/?q=1"));
    assert_eq!(preview.get("/%C3%9Cbung/").status, 200);
    let missing = preview.get("/nowhere/at/all");
    assert_eq!(missing.status, 404);
    assert!(String::from_utf8_lossy(&missing.body).contains("Page not found"));
    for (range, status, body) in [
        ("bytes=0-3", 206, &[0, 1, 2, 3][..]),
        ("bytes=254-", 206, &[254, 255]),
        ("bytes=-1", 206, &[255]),
        ("bytes=250-900", 206, &[250, 251, 252, 253, 254, 255]),
    ] {
        let part = preview.get_with("/data.bin", &format!("Range: {range}\r\n"));
        assert_eq!((part.status, part.body.as_slice()), (status, body), "{range}");
    }
    for range in ["bytes=256-", "bytes=256-300", "bytes=-0"] {
        let none = preview.get_with("/data.bin", &format!("Range: {range}\r\n"));
        assert_eq!((none.status, none.headers["content-range"].as_str()), (416, "bytes */256"), "{range}");
    }
    for range in ["bytes=5-2", "bytes=+0-3", "bytes=0-1,3-4", "lines=0-3", "bytes=-", "bytes 0-3"] {
        assert_eq!(preview.get_with("/data.bin", &format!("Range: {range}\r\n")).status, 200, "{range}");
    }
    let far = preview.get_with("/data.bin", "Range: Bytes=254-99999999999999999999999\r\n");
    assert_eq!((far.status, far.headers["content-range"].as_str()), (206, "bytes 254-255/256"));
    // A part of what has changed since is of no use (RFC 9110, section 13.1.5).
    let tag = &far.headers["etag"];
    for (validator, status) in [
        (tag.as_str(), 206),
        ("\"another\"", 200),
        (&format!("W/{tag}"), 200),
        ("Fri, 01 Jan 2038 00:00:00 GMT", 200),
    ] {
        let part = preview.get_with("/data.bin", &format!("Range: bytes=0-3\r\nIf-Range: {validator}\r\n"));
        assert_eq!(part.status, status, "{validator}");
    }
    let two = format!("If-None-Match: \"another\"\r\nIf-None-Match: {tag}\r\n");
    assert_eq!(preview.get_with("/data.bin", &two).status, 304);
    // Ranges are defined for GET only (RFC 9110, section 14.2).
    for (path, more) in [("/", ""), ("/data.bin", "Range: bytes=0-3\r\n")] {
        let request = format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n");
        let head = preview.raw(request.as_bytes());
        assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
        let whole = format!("Content-Length: {}\r\n", preview.get(path).body.len());
        assert!(head.contains(&whole), "{head}");
    }
}

/// A line of what the kernel says of a process, in kB; nothing on systems that do not tell.
fn counted(child: &Child, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn a_large_file_comes_from_the_disk_and_only_as_much_as_is_asked_for() {
    const SIZE: u64 = 96 << 20;
    let site = site();
    let mut film = std::fs::File::create(site.path("content/film.mp4")).expect("a file");
    film.set_len(SIZE).expect("a length");
    film.seek(SeekFrom::Start(SIZE - 5)).expect("a place");
    film.write_all(b"enda.").expect("its end");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.get("/").status, 200);
    let most = || counted(&preview.child, "VmHWM:");
    let before = most();
    let part = preview.get_with("/film.mp4", &format!("Range: bytes={}-{}\r\n", SIZE - 5, SIZE - 2));
    assert_eq!((part.status, part.body.as_slice()), (206, &b"enda"[..]));
    assert_eq!(part.headers["content-range"], format!("bytes {}-{}/{SIZE}", SIZE - 5, SIZE - 2));
    let after_part = most();
    let whole = preview.get("/film.mp4");
    assert_eq!((whole.status, whole.body.len() as u64), (200, SIZE));
    assert!(whole.body.ends_with(b"\0enda."));
    for (what, after) in [("a part of", after_part), ("all of", most())] {
        let more = after.zip(before).map_or(0, |(after, before)| after - before);
        assert!(more < 48 << 10, "{more} kB more were held to send {what} it");
    }
}

#[test]
fn the_base_path_is_honoured() {
    let site = site();
    site.add("=== guidepost.toml\nbase_url = \"https://example.com/team/guidance/\"\n");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.base, "/team/guidance/");
    preview.equals_a_fresh_build("under a path");
    let root = preview.get("/");
    assert_eq!((root.status, root.headers["location"].as_str()), (302, "/team/guidance/"));
    assert_eq!(preview.get("/a/").status, 404);
    assert_eq!(preview.get("/team/guidance/__guidepost/client.js").status, 200);
    assert!(preview.body("/team/guidance/nowhere").contains("href=\"/team/guidance/assets/"));
}

#[test]
fn bad_requests_get_an_error_and_harm_nobody() {
    let site = site();
    site.write("secret.txt", b"not part of the site");
    let preview = Preview::start(&site, &[]);
    let host = "Host: localhost\r\n";
    let long = "x".repeat(70_000);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (format!("GET /../secret.txt HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET /%2e%2e/secret.txt HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET /..%2fsecret.txt HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET /%252e%252e/secret.txt HTTP/1.1\r\n{host}Connection: close\r\n\r\n").into(), "404"),
        (format!("GET /..%5csecret.txt HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET /a/%00 HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET /%ff HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET //etc/passwd HTTP/1.1\r\n{host}Connection: close\r\n\r\n").into(), "404"),
        (format!("GET http://localhost/ HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (format!("GET secret.txt HTTP/1.1\r\n{host}\r\n").into(), "400"),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), "400"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_vec(), "403"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n".to_vec(), "403"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n".to_vec(), "400"),
        (format!("POST / HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc").into(), "405"),
        (format!("BREW /pot HTTP/1.1\r\n{host}\r\n").into(), "405"),
        (format!("OPTIONS * HTTP/1.1\r\n{host}\r\n").into(), "405"),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc").into(), "400"),
        (format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").into(), "400"),
        // Heads of any length are read, since whoever asks is on this machine.
        (format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n").into(), "200"),
        (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(500)).into(), "200"),
        (format!("GET /{long} HTTP/1.1\r\n{host}\r\n").into(), "404"),
        (b"\0\0\0\0\r\n\r\n".to_vec(), "400"),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n".to_vec(), "400"),
        (format!("GET / HTTP/1.1\r\n{host}X: \0\r\n\r\n").into(), "400"),
        (format!("GET /a\rb HTTP/1.1\r\n{host}\r\n").into(), "400"),
    ];
    for (bytes, status) in cases {
        let answer = preview.raw(&bytes);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{shown:?}: {answer}");
        assert!(!answer.contains("not part of the site"), "{shown:?}");
    }
    // What is not ASCII, and so no HTTP, gets no answer at all.
    for bytes in
        [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..], b"GET / HTTP/1.1\r\nX: \xff\r\n\r\n"]
    {
        assert_eq!(preview.raw(bytes), "");
    }
    for good in ["localhost", "localhost:1234", "127.0.0.1", "[::1]:80", "guidance.localhost"] {
        let answer =
            preview.raw(format!("GET / HTTP/1.1\r\nHost: {good}\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 200"), "{good}: {answer}");
    }
    // Half a request, then silence: others are served meanwhile.
    let mut half = preview.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHo").expect("sent");
    assert_eq!(preview.get("/a/").status, 200);
    // A body larger than any memory is promised, and never comes.
    let promise = format!("POST / HTTP/1.1\r\n{host}Content-Length: {}\r\n\r\n", 1_u64 << 50);
    let mut stream = preview.connect();
    stream.set_read_timeout(Some(Duration::from_secs(1))).expect("timeout set");
    stream.write_all(promise.as_bytes()).expect("sent");
    assert_eq!(answer(&mut stream), "");
    assert_eq!(preview.get("/a/").status, 200);
}

/// Threads of a process, on systems that tell.
fn threads(child: &Child) -> Option<usize> {
    std::fs::read_dir(format!("/proc/{}/task", child.id())).ok().map(std::iter::Iterator::count)
}

#[test]
fn two_hundred_open_pages_and_vanished_clients_leave_nothing_behind() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.get("/").status, 200);
    let at_rest = threads(&preview.child);
    let open: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = preview.connect();
            write!(stream, "GET /__guidepost/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
            stream
        })
        .collect();
    // Slow clients that send a byte and wait, and some that leave at once.
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = preview.connect();
            stream.write_all(b"G").expect("sent");
            stream
        })
        .collect();
    for _ in 0..200 {
        drop(preview.connect());
    }
    for round in 0..10 {
        site.add(&format!(
            "=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\nRound {round}.\n"
        ));
        until("the builder goes on", || {
            let body = preview.body("/a/");
            if body.contains(&format!("Round {round}.")) { Ok(()) } else { Err(body) }
        });
    }
    // Every open page is told.
    for stream in &open {
        let mut seen = Vec::new();
        let mut chunk = [0; 4096];
        let mut stream = stream;
        while String::from_utf8_lossy(&seen).matches("event: build").count() < 2 {
            let n = stream.read(&mut chunk).expect("an event");
            assert!(n > 0, "a stream ended");
            seen.extend_from_slice(&chunk[..n]);
        }
    }
    drop((open, slow));
    if let Some(at_rest) = at_rest {
        // Streams notice at the next event or heartbeat that their page is gone.
        until("threads end with their connections", || {
            site.add(&format!(
                "=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n{:?}\n",
                Instant::now()
            ));
            std::thread::sleep(Duration::from_millis(100));
            let now = threads(&preview.child).unwrap_or_default();
            if now <= at_rest + 4 { Ok(()) } else { Err(format!("{now} threads, {at_rest} at rest")) }
        });
    }
}

#[test]
fn many_connections_in_one_burst_are_all_answered() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    // Each burst finds fewer idle threads than it needs: those that the one before it left.
    for size in [50, 100, 150, 200] {
        let ask = || {
            let mut stream = preview.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
            let answer = answer(&mut stream);
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
            // As browsers do: a connection stays open unless the answer says that it is to end.
            if answer.contains("Connection: close") { None } else { Some(stream) }
        };
        let open: Vec<_> = std::thread::scope(|clients| {
            let clients: Vec<_> = (0..size).map(|_| clients.spawn(ask)).collect();
            clients.into_iter().map(|client| client.join().expect("an answer")).collect()
        });
        drop(open);
    }
}

#[test]
fn connections_on_which_nothing_is_asked_keep_no_others_waiting() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let mut silent = Vec::new();
    for size in [4, 6, 8] {
        // At once, so that each may find the idle threads that another was promised.
        let burst = || (preview.connect(), preview.connect());
        let open: Vec<_> = std::thread::scope(|clients| {
            let clients: Vec<_> = (0..size).map(|_| clients.spawn(burst)).collect();
            clients.into_iter().map(|client| client.join().expect("connected")).collect()
        });
        for (one, mut other) in open {
            silent.push(one);
            other.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
            let answer = answer(&mut other);
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
        }
    }
}

#[test]
#[cfg(unix)]
fn with_too_many_open_files_it_starts_again() {
    let site = site();
    // A connection takes two of them, and what happens differs with which of the two cannot be had.
    for limit in [40, 41] {
        let mut command = Command::new("sh");
        let script = format!("ulimit -n {limit} && exec \"$0\" serve --port 0");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_guidepost")]).current_dir(site.path("."));
        let preview = Preview::of(&site, command);
        let address = std::net::SocketAddr::from(([127, 0, 0, 1], preview.port));
        let connect = || TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok();
        // Until nobody listens, or nobody accepts.
        let all: Vec<TcpStream> = (0..1000).map_while(|_| connect()).collect();
        assert!(all.len() < 1000);
        drop(all);
        until("it answers again", || {
            let Some(mut stream) = connect() else { return Err("not connected".to_owned()) };
            stream.set_read_timeout(Some(Duration::from_secs(2))).expect("timeout set");
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let answer = answer(&mut stream);
            if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(answer) }
        });
    }
}

#[test]
fn opened_to_others_it_warns() {
    let site = site();
    for (host, warns) in [("127.0.0.1", false), ("0.0.0.0", true)] {
        let mut command = site.command(&["serve", "--port", "0", "--host", host]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("serve starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines().map_while(Result::ok);
        lines.find(|l| l.starts_with("Serving ")).expect("the address");
        let _ = child.kill();
        let output = child.wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.contains("warning: others can reach this preview"), warns, "{said}");
    }
}

#[test]
fn a_port_that_is_taken() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let port = preview.port.to_string();
    let ran = site.run(&["serve", "--port", &port]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .contains(&format!("port {port} on 127.0.0.1 cannot be used: another program listens there")),
        "{}",
        ran.stderr
    );
    assert_eq!(site.run(&["serve", "--port", "99999"]).code, 2);
    assert_eq!(site.run(&["serve", "--host", "not a host"]).code, 2);
    assert_eq!(Site::empty().run(&["serve"]).code, 2, "no site");
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_it_at_once_with_success() {
    let site = site();
    let mut preview = Preview::start(&site, &[]);
    let killed = std::process::Command::new("kill").args(["-INT", &preview.child.id().to_string()]).status();
    assert!(killed.expect("kill runs").success());
    assert_eq!(preview.child.wait().expect("ended").code(), Some(0));
}
