//! Hostile names: whatever content, configuration or the output folder are called or hold, nothing outside the
//! output is written or removed, and no link runs code.

use crate::Form;
use crate::fixture::{Ran, Site};
use crate::tree::{differences, tree};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use url::Url;

/// A site with other people's files beside it.
struct Fenced {
    /// `site/` and `outside/`.
    all: Site,
    outside: BTreeMap<String, Vec<u8>>,
    builds: usize,
}

const PAGE: &str = "+++\ntitle = \"T\"\ndescription = \"D\"\n+++\nText.\n";

impl Fenced {
    fn new() -> Self {
        let all = Site::empty();
        for (path, text) in [
            ("outside/victim", "precious"),
            ("outside/folder/victim.txt", "precious"),
            ("outside/folder/index.html", "precious"),
            ("site/victim", "precious"),
            ("site/guidepost.toml", "title = \"Fenced\"\n"),
            ("site/content/index.md", PAGE),
            ("site/content/guides/x.md", PAGE),
        ] {
            all.write(path, text.as_bytes());
        }
        let mut fenced = Self { all, outside: BTreeMap::new(), builds: 0 };
        fenced.outside = fenced.look();
        fenced
    }

    /// Everything that is neither content nor written by a build.
    fn look(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = tree(&self.all.path("."));
        let ours = ["site/content/", "site/output/", "site/.guidepost/", "site/guidepost.toml"];
        found.retain(|path, _| !ours.iter().any(|own| path.starts_with(own)));
        found
    }

    fn write(&self, path: &str, text: &str) {
        self.all.write(&format!("site/{path}"), text.as_bytes());
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.all.path("site").join(path)
    }

    /// Builds, and expects everything outside to be as it was, whatever the build says.
    fn build(&mut self, what: &str) -> Ran {
        let ran = self.all.run(&["build", "--quiet", "--root", "site"]);
        self.builds += 1;
        let problems = differences(&self.look(), &self.outside);
        assert!(problems.is_empty(), "{what}: exit code {}, outside: {problems:#?}", ran.code);
        assert!(
            matches!(ran.code, 0..=2),
            "{what}: exit code {}, as if the machine had failed: {}",
            ran.code,
            ran.stderr
        );
        ran
    }

    /// Builds with something, and again without it, so that what was written is removed.
    fn with_and_without(&mut self, what: &str, with: &dyn Fn(&Self)) {
        with(self);
        self.build(what);
        self.clear();
        self.build(&format!("{what}, then without it"));
    }

    /// The content without what was added.
    fn clear(&self) {
        fs::remove_dir_all(self.path("content")).expect("removed");
        self.write("content/index.md", PAGE);
        self.write("content/guides/x.md", PAGE);
        self.write("guidepost.toml", "title = \"Fenced\"\n");
    }

    /// The output with a manifest of its own and other changes.
    fn tamper(&self, with: &dyn Fn(&Self)) {
        let _ = fs::remove_dir_all(self.path("output"));
        self.all.build(&["--quiet", "--root", "site"]);
        with(self);
    }

    fn add_to_manifest(&self, lines: &str) {
        let path = self.path("output/.guidepost/manifest");
        let text = fs::read_to_string(&path).expect("a manifest") + lines + "\n";
        fs::write(path, text).expect("written");
    }
}

fn toml(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

fn said(fenced: &Fenced, tried: usize) -> String {
    format!("{tried} tried in {} builds; nothing outside was written or removed.", fenced.builds)
}

/// Ways to look like a line of the manifest.
fn lines(form: Form) -> Vec<String> {
    let breaks = &["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{b}"][..form.of(2, 6)];
    let heads = ["- 0 0 ", "0123456789abcdef0123456789abcdef 8 0 ", ""];
    breaks.iter().flat_map(|b| heads.iter().map(move |h| format!("x{b}{h}"))).collect()
}

/// A file, folder or alias with a line break in its name.
pub fn line_breaks(form: Form) -> String {
    let mut fenced = Fenced::new();
    let victim = fenced.all.path("outside/victim").canonicalize().expect("a victim");
    let mut tried = 0;
    for line in lines(form) {
        let up = format!("{line}../victim");
        let absolute = format!("{line}{}", victim.display());
        for path in [up, absolute] {
            for ending in ["", "/inside.md"] {
                tried += 1;
                fenced.with_and_without(&format!("file {path:?}{ending}"), &|f| {
                    f.write(&format!("content/{path}{ending}"), PAGE);
                });
            }
        }
        for target in ["../../outside/victim", "../victim", &victim.to_string_lossy()] {
            for ending in ["", ".html"] {
                tried += 1;
                let alias = format!("{line}{target}{ending}");
                fenced.with_and_without(&format!("alias {alias:?}"), &|f| f.alias(&alias));
            }
        }
    }
    said(&fenced, tried)
}

impl Fenced {
    fn alias(&self, alias: &str) {
        let alias = toml(alias);
        self.write(
            "content/guides/x.md",
            &format!("+++\ntitle = \"T\"\ndescription = \"D\"\naliases = [{alias}]\n+++\nText.\n"),
        );
    }
}

/// Aliases that name something else than a page of the site.
pub fn aliases(_: Form) -> String {
    let mut fenced = Fenced::new();
    let long = "a".repeat(300);
    let deep = "a/".repeat(3000);
    let refused = [
        "../victim",
        "../../outside/victim",
        "a/../../victim",
        "a/./../../victim",
        "..",
        ".",
        "./..",
        "..\\..\\victim",
        "a\0b",
        "a\nb",
        "a\u{7f}b",
        ".guidepost",
        ".guidepost/manifest",
        ".guidepost/manifest.html",
        ".guidepost/lock",
        ".guidepost/stage/x.html",
        ".GuidePost/manifest.html",
        "a/.guidepost/manifest.html/..",
        &long,
        &deep,
    ];
    for alias in refused {
        fenced.with_and_without(&format!("alias {:.80}", format!("{alias:?}")), &|f| f.alias(alias));
        fenced.alias(alias);
        let ran = fenced.build("again");
        assert_eq!(ran.code, 1, "alias {alias:.80?} is accepted");
        fenced.clear();
    }
    // Odd, but nothing more.
    let odd =
        ["%2e%2e/victim", "/etc/passwd", "//host/x", "~/x", "C:/x", "$(touch x)", "a b", "-rf", "x?y#z"];
    for alias in odd {
        fenced.with_and_without(&format!("alias {alias:?}"), &|f| f.alias(alias));
    }
    said(&fenced, refused.len() + odd.len())
}

/// Values of the configuration and of front matter that could become a path.
pub fn settings(_: Form) -> String {
    let mut fenced = Fenced::new();
    let values = [
        "../../outside",
        "de/../../pwn",
        "de/../../../../pwn",
        "/",
        "..",
        "x\ny",
        "",
        "a\0b",
        "\u{202e}",
        "x/../../../victim",
    ];
    let mut tried = 0;
    for value in values {
        for key in ["language", "theme", "edit_url", "default_framework"] {
            tried += 1;
            let text = toml(value);
            fenced.with_and_without(&format!("{key} = {text}"), &|f| {
                f.write("guidepost.toml", &format!("base_url = \"https://example.com/\"\n{key} = {text}\n"));
            });
        }
        for key in ["slug", "template", "category", "title"] {
            tried += 1;
            let text = toml(value);
            fenced.with_and_without(&format!("{key} = {text}"), &|f| {
                let page = PAGE.replace("title = \"T\"\n", "");
                f.write("content/guides/x.md", &page.replace("+++\nd", &format!("+++\n{key} = {text}\nd")));
            });
        }
        tried += 1;
        fenced.with_and_without(&format!("tags = [{value:?}]"), &|f| {
            f.write(
                "content/guides/x.md",
                &PAGE.replace("+++\nt", &format!("+++\ntags = [{}]\nt", toml(value))),
            );
        });
    }
    said(&fenced, tried)
}

/// A manifest that lists what is not Guidepost's.
pub fn manifests(_: Form) -> String {
    let mut fenced = Fenced::new();
    let victim = fenced.all.path("outside/victim").canonicalize().expect("a victim");
    let paths = [
        "../victim",
        "../../outside/victim",
        "guides/../../victim",
        "./../victim",
        "link/victim.txt",
        "link",
        "link/../victim",
        "..",
        ".",
        "",
        "/",
        "../content/index.md",
        "../guidepost.toml",
        ".guidepost/lock",
        "a\0../victim",
        "..\\victim",
        &victim.to_string_lossy(),
    ];
    let size_and_time = {
        let meta = fs::metadata(&victim).expect("its size");
        let time =
            meta.modified().expect("a time").duration_since(std::time::UNIX_EPOCH).expect("since 1970");
        format!("{} {}", meta.len(), time.as_nanos())
    };
    let heads = [
        "- 0 0".to_owned(),
        format!("{} {size_and_time}", "ab".repeat(16)),
        "- -1 99999999999999999999".to_owned(),
    ];
    for path in paths {
        for head in &heads {
            let what = format!("manifest line {head} {path:?}");
            fenced.tamper(&|f| {
                symlink(f.all.path("outside/folder"), f.path("output/link")).expect("link");
                f.add_to_manifest(&format!("{head} {path}"));
            });
            fenced.build(&what);
            assert!(fenced.path("content/index.md").exists(), "{what}: the content is gone");
            assert!(fenced.path("guidepost.toml").exists(), "{what}: the configuration is gone");
            let ran = fenced.build(&format!("{what}, again"));
            assert_eq!(ran.code, 0, "{what}, again: {}", ran.stderr);
        }
    }
    said(&fenced, paths.len() * heads.len())
}

/// Guidepost's own files in the output, replaced by links to other people's.
pub fn records(_: Form) -> String {
    let mut fenced = Fenced::new();
    let names = ["lock", "manifest", "manifest.new", "stage", "stage/index.html", ""];
    let mut tried = 0;
    for name in names {
        for target in ["outside/victim", "outside/folder", "outside/missing", "outside/missing/folder"] {
            tried += 1;
            let what = format!("output/.guidepost/{name} leads to {target}");
            fenced.tamper(&|f| {
                let own = f.path("output/.guidepost");
                let link = if name.is_empty() { own } else { own.join(name) };
                if link.is_dir() { fs::remove_dir_all(&link) } else { fs::remove_file(&link) }.unwrap_or(());
                fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
                symlink(f.all.path(target), link).expect("link");
                f.write("content/new/y.md", PAGE);
            });
            let ran = fenced.all.run(&["build", "--quiet", "--root", "site"]);
            fenced.builds += 1;
            // A link is in the way of our records: refusing is fine, following is not.
            let problems = differences(&fenced.look(), &fenced.outside);
            assert!(problems.is_empty(), "{what}: exit code {}, outside: {problems:#?}", ran.code);
            assert!(matches!(ran.code, 0 | 1 | 3), "{what}: {ran:?}");
            fenced.clear();
        }
    }
    said(&fenced, tried)
}

/// Links in the output that lead out of it.
pub fn links_in_the_output(_: Form) -> String {
    let mut fenced = Fenced::new();
    let cases: [(&str, &str, &str); 7] = [
        ("guides", "outside/folder", ""),
        ("guides", "outside/folder", "- 0 0 guides"),
        ("guides", "outside/folder", "- 0 0 guides/index.html\n- 0 0 guides/victim.txt"),
        ("guides/x", "outside/folder", "- 0 0 guides/x/index.html\n- 0 0 guides/x/victim.txt"),
        ("index.html", "outside/victim", ""),
        ("new", "outside/folder", "- 0 0 new/victim.txt\n- 0 0 new/y/index.html"),
        ("new", "outside/missing", "- 0 0 new/y/index.html"),
    ];
    for (link, target, lines) in cases {
        let what = format!("output/{link} leads to {target}, manifest {lines:?}");
        fenced.tamper(&|f| {
            let path = f.path("output").join(link);
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.unwrap_or(());
            symlink(f.all.path(target), path).expect("link");
            if !lines.is_empty() {
                f.add_to_manifest(lines);
            }
            f.write("content/new/y.md", PAGE);
        });
        fenced.build(&what);
        fs::remove_dir_all(fenced.path("content/guides")).expect("removed");
        fs::remove_dir_all(fenced.path("content/new")).expect("removed");
        fenced.build(&format!("{what}, then without the pages"));
        fenced.clear();
    }
    said(&fenced, cases.len())
}

/// Names as long as a disk allows, and deeper than it likes.
pub fn lengths(_: Form) -> String {
    let mut fenced = Fenced::new();
    let names = [
        format!("{}.md", "a".repeat(252)),
        format!("{}.md", "ä".repeat(126)),
        format!("{}.md", "a".repeat(245)),
        "a".repeat(255),
        format!("{}x.md", "deep/".repeat(150)),
        format!("{}x.md", format!("{}/", "d".repeat(200)).repeat(12)),
    ];
    for name in &names {
        fenced.with_and_without(&format!("{:.20}… of {} bytes", name, name.len()), &|f| {
            f.write(&format!("content/{name}"), PAGE);
        });
    }
    for word in ["a".repeat(200), "a".repeat(256), "a".repeat(5000), "ä".repeat(200)] {
        fenced.with_and_without(&format!("slug of {} bytes", word.len()), &|f| {
            f.write("content/guides/x.md", &PAGE.replace("+++\nt", &format!("+++\nslug = \"{word}\"\nt")));
        });
        fenced.with_and_without(&format!("tag of {} bytes", word.len()), &|f| {
            f.write("content/guides/x.md", &PAGE.replace("+++\nt", &format!("+++\ntags = [\"{word}\"]\nt")));
        });
    }
    said(&fenced, names.len() + 8)
}

/// Two sources of one place, also on a disk that ignores case or how letters are composed.
pub fn one_place(_: Form) -> String {
    let cases = [
        ["content/X", "content/x/a.txt"],
        ["content/notes", "content/notes.md"],
        ["content/Notes", "content/notes.md"],
        ["content/a/b", "content/a/B/c.txt"],
        ["content/caf\u{e9}.txt", "content/cafe\u{301}.txt"],
        ["content/caf\u{e9}.md", "content/cafe\u{301}.md"],
        ["content/caf\u{e9}/a.txt", "content/cafe\u{301}"],
        ["content/STRASSE.txt", "content/strasse.txt"],
    ];
    let mut missed = Vec::new();
    for paths in cases {
        let mut fenced = Fenced::new();
        for path in paths {
            fenced.write(path, PAGE);
        }
        let ran = fenced.build(&format!("{paths:?}"));
        if ran.code != 1 || !ran.stderr.contains("duplicate-url") {
            missed.push(format!("{paths:?}: exit code {}", ran.code));
        }
    }
    assert!(missed.is_empty(), "not reported as duplicate-url: {missed:#?}");
    format!("{} pairs of names for one place; all were reported.", cases.len())
}

/// Names that a browser would take for a scheme.
pub fn schemes(_: Form) -> String {
    let names = [
        "faq: pricing",
        "javascript:alert(1)<!--",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text,html",
        "vbscript:x",
        "mailto:x",
        "https:",
        "http:example",
        "a:b",
        "c%3Ad",
        "q?x=1#y",
        "a&amp;b",
        "quote\"'",
        "back\\slash",
    ];
    let mut dead = Vec::new();
    for style in ["directory", "file"] {
        let mut fenced = Fenced::new();
        fenced.write("guidepost.toml", &format!("urls = \"{style}\"\n"));
        let mut published = 0;
        for name in names {
            // At the top, where a link has nothing before the name, and below.
            let paths: Vec<String> = ["content", "content/guides"]
                .iter()
                .flat_map(|folder| [".md", ".txt"].map(|ending| format!("{folder}/{name}{ending}")))
                .collect();
            let whole = fenced.publish(&paths);
            let single =
                if whole { 0 } else { paths.iter().filter(|p| fenced.publish(&[(*p).clone()])).count() };
            assert!(whole || !name.starts_with("faq"), "{name} is refused");
            published += if whole { paths.len() } else { single };
        }
        let ran = fenced.build("all of them");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(published > names.len(), "only {published} were published");
        dead.extend(dead_links(&fenced.path("output")).into_iter().map(|link| format!("{style}: {link}")));
    }
    assert!(dead.is_empty(), "links that lead elsewhere or nowhere: {dead:#?}");
    let edits = ["javascript:alert(1)//{path}", "data:text/html,{path}", "{path}"];
    for edit in edits {
        let mut fenced = Fenced::new();
        fenced.write("guidepost.toml", &format!("edit_url = {}\n", toml(edit)));
        let ran = fenced.build(edit);
        let found = scripts(&fenced.path("output"));
        assert!(found.is_empty(), "edit_url = {edit:?}, exit code {}: {found:?}", ran.code);
    }
    format!("{} names as pages and as files; every link led to its file.", names.len())
}

impl Fenced {
    /// Adds files and builds; when they are refused they are taken away again.
    fn publish(&mut self, paths: &[String]) -> bool {
        for path in paths {
            self.write(path, PAGE);
        }
        let done = self.build(&format!("{paths:?}")).code == 0;
        if !done {
            for path in paths {
                fs::remove_file(self.path(path)).expect("removed");
            }
        }
        done
    }
}

/// What every page of an output links to: the page's path, what is written, and what a browser makes of it.
fn links(output: &Path) -> Vec<(String, String, Option<Url>)> {
    let links = Selector::parse("[href], [src], [action], [formaction]").expect("a selector");
    let mut all = Vec::new();
    for (path, bytes) in tree(output).iter().filter(|(path, _)| path.ends_with(".html")) {
        let mut base = Url::parse("http://site.example/").expect("a URL");
        if path != "404.html" {
            base.path_segments_mut().expect("segments").clear().extend(path.split('/'));
        }
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        for element in html.select(&links) {
            for name in ["href", "src", "action", "formaction"] {
                let Some(written) = element.attr(name) else { continue };
                // What is no URL leads nowhere.
                let url = base.join(written).ok();
                all.push((path.clone(), written.to_owned(), url));
            }
        }
    }
    all
}

fn scripts(output: &Path) -> Vec<String> {
    let harmless = |url: &Url| matches!(url.scheme(), "http" | "https" | "mailto");
    let all = links(output).into_iter();
    all.filter(|(_, _, url)| !url.as_ref().is_some_and(harmless))
        .map(|(page, written, _)| format!("{page}: {written}"))
        .collect()
}

fn dead_links(output: &Path) -> Vec<String> {
    let leads_to_a_file = |url: &Url| {
        let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
        let file = output.join(path.trim_start_matches('/'));
        url.host_str() == Some("site.example") && (file.is_file() || file.join("index.html").is_file())
    };
    let all = links(output).into_iter();
    all.filter(|(_, _, url)| !url.as_ref().is_some_and(leads_to_a_file))
        .map(|(page, written, _)| format!("{page}: {written}"))
        .collect()
}

/// Every control character in the names of a page, a file and a folder.
pub fn control_characters(form: Form) -> String {
    let mut fenced = Fenced::new();
    let others = ['\u{80}', '\u{9f}', '\u{202e}', '\u{feff}', '\u{fffe}'];
    let all = (1_u8..0x20).chain([0x7f]).map(char::from).chain(others);
    let mut tried = 0;
    for c in all.step_by(form.of(3, 1)) {
        tried += 1;
        fenced.with_and_without(&format!("{c:?} in names"), &|f| {
            f.write(&format!("content/a{c}b.md"), PAGE);
            f.write(&format!("content/a{c}b.txt"), PAGE);
            f.write(&format!("content/f{c}g/a.md"), PAGE);
        });
    }
    said(&fenced, tried)
}
