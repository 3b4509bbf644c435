//! Inputs that once took a machine minutes, each beside ordinary text of its size.
//!
//! What an input may cost follows from what ordinary text costs, measured in the same run, so that a slow machine
//! fails nothing. "Of its size" means as large as the source or, where a few letters become a long element (a
//! footnote, a heading with its link), as what is published. Code is compared with ordinary code.

use nix::sys::resource::{UsageWho, getrusage};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// One input: what it is, what it is compared with, and the site's files.
pub struct Input {
    /// What it is, for people.
    pub name: &'static str,
    /// What ordinary text it is compared with.
    pub like: Like,
    /// Paths and texts.
    pub files: Vec<(String, String)>,
    /// Is it part of the short form?
    pub short: bool,
}

/// What an input is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Like {
    /// Paragraphs, lists and headings.
    Text,
    /// Blocks of JavaScript.
    Code,
}

/// What one input cost.
pub struct Row {
    /// The input's name.
    pub name: &'static str,
    /// Bytes of its files.
    pub size: usize,
    /// Bytes of what was published.
    pub published: u64,
    /// Seconds of all processors.
    pub cpu: f64,
    /// Peak memory in megabytes.
    pub memory: f64,
    /// What ordinary text of the size costs, in seconds.
    pub ordinary: f64,
    /// How the build ended.
    pub code: i32,
}

/// How many times the cost of ordinary text an input may cost.
const MOST_TIMES: f64 = 3.0;
/// Seconds that no input is blamed for: starting, and what a busy machine adds.
const GRACE: f64 = 0.5;
/// Megabytes that no input may exceed.
const MOST_MEMORY: f64 = 500.0;

impl Row {
    /// The header of the Markdown table that rows make.
    pub const HEADER: &'static str = "| input | source | published | exit | processor time | ordinary text of the size | ratio | peak memory |\n\
                                      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";

    /// The row of the Markdown table.
    pub fn markdown(&self) -> String {
        format!(
            "| {} | {} kB | {} kB | {} | {:.2} s | {:.2} s | {:.1} | {:.0} MB |\n",
            self.name,
            self.size / 1000,
            self.published / 1000,
            self.code,
            self.cpu,
            self.ordinary,
            self.cpu / self.ordinary,
            self.memory
        )
    }

    /// Why this input costs too much, if it does.
    pub fn failure(&self) -> Option<String> {
        if !matches!(self.code, 0 | 1) {
            return Some(format!("{}: ended with {}", self.name, self.code));
        }
        if self.cpu > MOST_TIMES * self.ordinary + GRACE {
            return Some(format!("{}: {:.2} s, ordinary text {:.2} s", self.name, self.cpu, self.ordinary));
        }
        (self.memory > MOST_MEMORY).then(|| format!("{}: {:.0} MB", self.name, self.memory))
    }
}

/// Builds every input and ordinary text, and says what each cost. The short form leaves out what is covered by a
/// similar input. The program that calls this hands its arguments to [`measure`] before anything else.
pub fn run(short: bool) -> Vec<Row> {
    let ordinary = [Like::Text, Like::Code].map(Ordinary::measure);
    inputs()
        .into_iter()
        .filter(|input| input.short || !short)
        .map(|input| {
            let cost = cost(&input.files);
            let like = if input.like == Like::Text { &ordinary[0] } else { &ordinary[1] };
            let size = input.files.iter().map(|(_, text)| text.len()).sum();
            Row {
                name: input.name,
                size,
                published: cost.published,
                cpu: cost.cpu,
                memory: cost.memory,
                ordinary: like.cost(size.max(usize::try_from(cost.published).unwrap_or(usize::MAX))),
                code: cost.code,
            }
        })
        .collect()
}

/// What ordinary text costs: so much for nothing, and so much for a megabyte.
struct Ordinary {
    nothing: f64,
    megabyte: f64,
}

impl Ordinary {
    fn measure(like: Like) -> Self {
        let text = |size: usize| match like {
            Like::Text => prose(size),
            Like::Code => code(size),
        };
        let size = if like == Like::Text { 1_000_000 } else { 150_000 };
        let nothing = cost(&page(&text(0))).cpu;
        #[allow(clippy::cast_precision_loss)] // a size for people to read
        let megabyte = (cost(&page(&text(size))).cpu - nothing) * 1e6 / size as f64;
        Self { nothing, megabyte }
    }

    #[allow(clippy::cast_precision_loss)]
    fn cost(&self, size: usize) -> f64 {
        self.nothing + self.megabyte.max(0.0) * size as f64 / 1e6
    }
}

struct Cost {
    cpu: f64,
    memory: f64,
    published: u64,
    code: i32,
}

/// Builds a site in a folder of its own, within a process of its own, so that the system counts it alone.
fn cost(files: &[(String, String)]) -> Cost {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        std::fs::write(path, text).expect("file");
    }
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--measure", env!("CARGO_BIN_EXE_guidepost"), "build", "--quiet"])
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let figure = |i: usize| figures.get(i).copied().unwrap_or(f64::NAN);
    #[allow(clippy::cast_possible_truncation)]
    let code = figure(2) as i32;
    Cost { cpu: figure(0), memory: figure(1), published: weigh(&folder.path().join("output")), code }
}

/// Answers to `--measure PROGRAM ARGUMENTS...`: runs the program, prints seconds of all processors, megabytes and
/// the exit code. Says whether that was what was asked.
pub fn measure(arguments: &[String]) -> bool {
    let [flag, program, rest @ ..] = arguments else { return false };
    if flag != "--measure" {
        return false;
    }
    let output = Command::new(program).args(rest).output().expect("the program starts");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures");
    #[allow(clippy::cast_precision_loss)] // seconds and megabytes for people to read
    let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    #[allow(clippy::cast_precision_loss)]
    let memory = usage.max_rss() as f64 / 1024.0;
    println!("{cpu} {memory} {}", output.status.code().unwrap_or(-1));
    true
}

/// Bytes of all pages below a folder.
fn weigh(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => weigh(&entry.path()),
            Ok(_) if entry.path().extension().is_some_and(|e| e == "html") => {
                entry.metadata().map_or(0, |m| m.len())
            }
            _ => 0,
        })
        .sum()
}

const MATTER: &str = "+++\ntitle = \"T\"\ndescription = \"D\"\n+++\n";

fn file(path: &str, text: impl Into<String>) -> (String, String) {
    (path.to_owned(), text.into())
}

/// A site with one page of this text beside its home page.
fn page(text: &str) -> Vec<(String, String)> {
    matter("", text)
}

/// The same, with more front matter.
fn matter(keys: &str, text: &str) -> Vec<(String, String)> {
    vec![
        file("content/index.md", format!("{MATTER}[a](a.md)\n")),
        file("content/a.md", format!("+++\ntitle = \"A\"\ndescription = \"D\"\n{keys}+++\n{text}")),
    ]
}

fn yaml(keys: &str) -> Vec<(String, String)> {
    let text = format!("---\ntitle: A\ndescription: D\n{keys}---\n");
    vec![file("content/index.md", format!("{MATTER}[a](a.md)\n")), file("content/a.md", text)]
}

fn beside(path: &str, text: String) -> Vec<(String, String)> {
    let mut files = page("text\n");
    files.push(file(path, text));
    files
}

fn playbook(process: &str) -> Vec<(String, String)> {
    let sections = format!(
        "## Inputs\n\n- A\n\n## Principles\n\nB\n\n## Process\n\n{process}\n\n## Outputs\n\n- D\n\n## Tips\n\n- E\n"
    );
    beside(
        "content/playbooks/p.md",
        format!("+++\ntitle = \"A\"\ndescription = \"D\"\npurpose = \"x\"\n+++\n{sections}"),
    )
}

fn framework(framework: &str, aspect: &str) -> Vec<(String, String)> {
    let mut files = page("text\n");
    files.push(file(
        "content/frameworks/f/framework.toml",
        format!(
            "title = \"F\"\nsummary = \"S\"\ndimensions = [\"d\"]\n[[stages]]\ntitle = \"A\"\n{framework}"
        ),
    ));
    files.push(file(
        "content/frameworks/f/d.toml",
        format!("title = \"D\"\n[[aspects]]\ntitle = \"a\"\ndescription = \"d\"\n{aspect}"),
    ));
    files
}

/// A text with a number in each of its parts.
fn each(count: usize, part: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    (0..count).for_each(|i| part(&mut text, i));
    text
}

macro_rules! numbered {
    ($count:expr, $($format:tt)+) => {
        each($count, |text, i| { let _ = write!(text, $($format)+, i = i); })
    };
}

/// Ordinary text: paragraphs, lists and headings.
fn prose(size: usize) -> String {
    let sentence =
        "The quick brown fox jumps over the lazy dog and then it rests for a while near the river. "
            .repeat(6);
    let part = sentence.len() + 40;
    numbered!(size / part, "## Part {i}\n\n{sentence}\n\n- one *item*\n- `two`\n\n")
}

/// Ordinary code: blocks of JavaScript.
fn code(size: usize) -> String {
    let block = format!("```js\n{}```\n\n", "let x = foo(1, 'a') + bar; // why\n".repeat(100));
    block.repeat(size / block.len())
}

/// All inputs.
pub fn inputs() -> Vec<Input> {
    let text = |short: bool, name: &'static str, files| Input { name, like: Like::Text, files, short };
    let code = |short: bool, name: &'static str, files| Input { name, like: Like::Code, files, short };
    let words = "the quick brown fox jumps over the lazy dog ";
    let fence = |line: &str, lines: usize| format!("```js\n{}```\n", format!("{line}\n").repeat(lines));
    vec![
        // Code.
        code(true, "an identifier of 50 kB in a `js` fence", page(&fence(&"a".repeat(50_000), 1))),
        code(true, "100 kB of `func(` in a `js` fence", page(&fence(&"func(".repeat(20_000), 1))),
        code(false, "identifiers of 300 bytes in a `js` fence", page(&fence(&"a".repeat(300), 160))),
        code(false, "lines of `func(` in a `js` fence", page(&fence(&"func(".repeat(60), 160))),
        code(false, "4 MB of code in one fence", page(&fence("let x = foo(1, 'a');", 190_000))),
        code(false, "20,000 fences", page(&"```js\na\n```\n\n".repeat(20_000))),
        code(true, "5,000 fences in unknown languages", page(&"```nolang\na\n```\n\n".repeat(5000))),
        text(false, "a language of 1 MB", page(&format!("```{}\na\n```\n", "x".repeat(1_000_000)))),
        // Headings, footnotes, raw HTML.
        text(true, "a heading of 10 MB", page(&format!("## {}\n", words.repeat(230_000)))),
        text(true, "a heading of 4 MB", page(&format!("## {}\n", words.repeat(90_000)))),
        text(true, "20,000 equal headings", page(&"## Same\n\n".repeat(20_000))),
        text(false, "20,000 headings of one id", page(&"## A {#x}\n\n".repeat(20_000))),
        text(
            false,
            "20,000 headings whose ids are taken by others",
            page(&(numbered!(10_000, "## same-{i}\n\n") + &"## Same\n\n".repeat(10_000))),
        ),
        text(true, "20,000 footnotes", page(&numbered!(20_000, "a[^{i}]\n\n[^{i}]: b\n\n"))),
        text(false, "20,000 references to one footnote", page(&("a[^1] ".repeat(20_000) + "\n\n[^1]: b\n"))),
        // Signs that other tools give a meaning, and references that never end.
        text(true, "10 MB of `{{`", page(&"{{".repeat(5_000_000))),
        text(true, "10 MB of `$`", page(&"$".repeat(10_000_000))),
        text(false, "4 MB of `==a`", page(&"==a".repeat(1_300_000))),
        text(false, "900 kB of `[^`", page(&"[^".repeat(450_000))),
        text(false, "900 kB of `arr[[`", page(&"arr[[".repeat(180_000))),
        text(false, "900 kB of `|--`", page(&"|--".repeat(300_000))),
        // Bare addresses.
        text(true, "1 MB of `www._`", page(&"www._".repeat(200_000))),
        text(false, "1 MB of `www.a_`", page(&"www.a_".repeat(170_000))),
        text(true, "1 MB of `a@`", page(&"a@".repeat(500_000))),
        text(false, "1 MB of `http://`", page(&"http://".repeat(140_000))),
        text(false, "an address of 1 MB of brackets", page(&format!("https://a.b/{}", "()".repeat(500_000)))),
        text(
            true,
            "an address of 1 MB that ends with brackets",
            page(&format!("https://a.b/{}", ")".repeat(1_000_000))),
        ),
        text(false, "an address of 1 MB of `&a;`", page(&format!("https://a.b/{}", "&a;".repeat(330_000)))),
        text(true, "100,000 unclosed `<b>`", page(&"<b>".repeat(100_000))),
        text(false, "100,000 unclosed `<b>` in paragraphs", page(&"<b>\n\n".repeat(100_000))),
        text(false, "100,000 `</b>` that close nothing", page(&"</b>".repeat(100_000))),
        text(
            false,
            "an element with 100,000 attributes",
            page(&format!("<b {}>a</b>", numbered!(100_000, "y{i}=1 "))),
        ),
        // Blocks.
        text(true, "4 MB of colons", page(&":::\n".repeat(1_000_000))),
        text(false, "one line of 4 MB of colons", page(&":".repeat(4_000_000))),
        text(true, "blocks 100,000 deep", page(&(":::note\n".repeat(100_000) + &":::\n".repeat(100_000)))),
        text(true, "30,000 blocks in code", page(&"```\n:::note[a > b]\n```\n\n".repeat(30_000))),
        text(
            false,
            "20,000 figures that refer to each other",
            page(&numbered!(20_000, ":::figure{{#f{i}}}\n[](#f{i})\n:::\n\n")),
        ),
        text(
            false,
            "a label of 1 MB of brackets",
            page(&format!(":::note[{}\n:::\n", "[".repeat(1_000_000))),
        ),
        text(
            false,
            "a block with 50,000 attributes",
            page(&format!(":::note{{{}}}\n:::\n", numbered!(50_000, "a{i} "))),
        ),
        text(
            false,
            "20,000 tabs of one label",
            page(&format!("::::tabs\n{}::::\n", ":::tab[A]\n:::\n".repeat(20_000))),
        ),
        // Nesting.
        text(true, "quotes 100,000 deep", page(&(">".repeat(100_000) + " a\n"))),
        text(true, "lists 100,000 deep", page(&("- ".repeat(100_000) + "a\n"))),
        text(
            false,
            "lists 499 deep above 3,000,000 empty lines",
            page(&("- ".repeat(499) + "a\n" + &"\n".repeat(3_000_000) + "b\n")),
        ),
        text(
            false,
            "lists 1,500 deep by indentation",
            page(&each(1500, |text, i| {
                let _ = writeln!(text, "{}- a", " ".repeat(2 * i));
            })),
        ),
        text(true, "emphasis 40,000 deep", page(&("*a **b ".repeat(20_000) + &"c** d*".repeat(20_000)))),
        text(false, "100,000 open brackets", page(&"[".repeat(100_000))),
        text(false, "images 20,000 deep", page(&("![".repeat(20_000) + "a" + &"](b.png)".repeat(20_000)))),
        text(
            true,
            "lists 100,000 deep in YAML",
            yaml(&format!("extra:\n  a:\n  {}x\n", "- ".repeat(100_000))),
        ),
        text(
            false,
            "lists 20,000 deep in YAML, in brackets",
            yaml(&format!("extra:\n  a: {}{}\n", "[".repeat(20_000), "]".repeat(20_000))),
        ),
        text(
            true,
            "lists 100,000 deep in TOML",
            matter(&format!("extra.a = {}{}\n", "[".repeat(100_000), "]".repeat(100_000)), ""),
        ),
        text(
            false,
            "a TOML key of 100,000 parts",
            matter(&format!("extra{} = 1\n", ".a".repeat(100_000)), ""),
        ),
        // Links and what was meant.
        text(true, "20,000 broken links", page(&numbered!(20_000, "[a](nothing-{i}.md)\n\n"))),
        text(true, "20,000 broken links on one line", page(&numbered!(20_000, "[a](nothing-{i}.md) "))),
        text(true, "10,000 broken links on a site of 3,000 pages", {
            let mut files = page(&numbered!(5000, "[a](nothing-{i}.md) [[nothing-{i}]]\n\n"));
            files.extend((0..3000).map(|i| file(&format!("content/s/a-page-of-some-name-{i}.md"), MATTER)));
            files
        }),
        text(
            true,
            "10,000 broken anchors on a page of 10,000 headings",
            page(&numbered!(10_000, "## Heading {i}\n\n[a](#nothing-{i})\n\n")),
        ),
        text(
            false,
            "10,000 anchors on a page of 10,000 headings",
            page(&numbered!(10_000, "## Heading {i}\n\n[a](#heading-{i})\n\n")),
        ),
        text(false, "a link of 1 MB", page(&format!("[a]({}.md)\n", "x".repeat(1_000_000)))),
        text(
            false,
            "an anchor of 100 kB",
            page(&format!("## {}\n\n[a](#{})\n", "x".repeat(100_000), "y".repeat(100_000))),
        ),
        text(false, "20,000 broken images", page(&"![a](n.png)\n\n".repeat(20_000))),
        text(false, "100,000 links", page(&"[a](index.md)\n\n".repeat(100_000))),
        text(
            false,
            "20,000 broken links in the header",
            beside(
                "guidepost.toml",
                format!("[nav]\nitems = [{}]\n", numbered!(20_000, "{{ to = \"no-{i}\" }}, ")),
            ),
        ),
        // Keys and values.
        text(true, "20,000 unknown keys", matter(&numbered!(20_000, "k{i} = 1\n"), "")),
        text(false, "20,000 unknown keys in YAML", yaml(&numbered!(20_000, "k{i}: 1\n"))),
        text(false, "20,000 equal keys", matter(&"a = 1\n".repeat(20_000), "")),
        text(false, "20,000 lines that are not TOML", matter(&"a = = \n".repeat(20_000), "")),
        text(false, "a key of 1 MB", matter(&format!("{} = 1\n", "k".repeat(1_000_000)), "")),
        text(
            true,
            "50,000 aliases",
            matter(&format!("aliases = [{}]\n", numbered!(50_000, "\"old/{i}\", ")), ""),
        ),
        text(true, "20,000 tags", matter(&format!("tags = [{}]\n", numbered!(20_000, "\"t{i}\", ")), "")),
        text(
            true,
            "a list of 1,500,000 numbers in TOML",
            matter(&format!("extra.a = [{}]\n", "1,".repeat(1_500_000)), ""),
        ),
        text(
            false,
            "a list of 1,000,000 words in YAML",
            yaml(&format!("tags:\n{}", "- a\n".repeat(1_000_000))),
        ),
        text(
            false,
            "20,000 questions",
            matter(&"[[faq]]\nquestion = \"Q\"\nanswer = \"A\"\n".repeat(20_000), ""),
        ),
        // The glossary.
        text(
            true,
            "a glossary of 200,000 aliases",
            beside(
                "content/glossary.toml",
                format!(
                    "[[terms]]\nterm = \"x\"\ndefinition = \"d\"\naliases = [{}]\n",
                    numbered!(200_000, "\"alias {i}\", ")
                ),
            ),
        ),
        text(
            true,
            "a term of 1 MB",
            beside(
                "content/glossary.toml",
                format!("[[terms]]\nterm = \"{}\"\ndefinition = \"d\"\n", "x".repeat(1_000_000)),
            ),
        ),
        text(
            false,
            "20,000 equal terms",
            beside("content/glossary.toml", "[[terms]]\nterm = \"t\"\ndefinition = \"d\"\n".repeat(20_000)),
        ),
        text(
            true,
            "a glossary of 4,000 names",
            beside(
                "content/glossary.toml",
                format!(
                    "[[terms]]\nterm = \"x\"\ndefinition = \"d\"\naliases = [{}]\n",
                    numbered!(3999, "\"some other word for it, the {i}th\", ")
                ),
            ),
        ),
        // Playbooks and frameworks.
        text(false, "20,000 steps", playbook(&"- step\n".repeat(20_000))),
        text(false, "20,000 phases", playbook(&"### phase\n\n- step\n\n".repeat(20_000))),
        text(false, "steps 20,000 deep", playbook(&("- ".repeat(20_000) + "a"))),
        text(true, "20,000 cells for unknown stages", framework("", &numbered!(20_000, "at.s{i} = \"y\"\n"))),
        text(
            false,
            "20,000 facts of a stage",
            framework(&format!("[stages.facts]\n{}", numbered!(20_000, "k{i} = \"v\"\n")), "at.a = \"x\"\n"),
        ),
        text(
            false,
            "a cell of 20,000 activities",
            framework("", &format!("at.a = [{}]\n", numbered!(20_000, "\"x {i}\", "))),
        ),
        // As much markup as 4 MB hold.
        text(true, "4 MB of empty paragraphs' worth of letters", page(&"a\n\n".repeat(1_300_000))),
        text(false, "4 MB of short lines", page(&"a\n".repeat(2_000_000))),
        text(false, "4 MB of short items", page(&"- a\n".repeat(1_000_000))),
        text(false, "4 MB of emphasis", page(&"a*b* ".repeat(800_000))),
        text(
            false,
            "4 MB of empty cells",
            page(&{
                let row = "|".repeat(20) + "\n";
                format!("{row}|{}\n{}", "-|".repeat(19), row.repeat(180_000))
            }),
        ),
        text(
            false,
            "4 MB of references to one footnote",
            page(&("[^1]".repeat(1_000_000) + "\n\n[^1]: a\n")),
        ),
        text(false, "4 MB of one word", page(&"x".repeat(3_900_000))),
    ]
}
