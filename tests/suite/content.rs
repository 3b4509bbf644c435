//! The real site: its data is the documents' own, and all of its pages are there.

use crate::fixture::{Site, project};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The cells as they were read off the document: dimension, aspect and five cells a line.
const TABLE: &str = include_str!("cells.csv");

fn published_rows(site: &Site) -> Vec<Vec<String>> {
    let mut reader =
        csv::Reader::from_path(site.path("output/frameworks/product-maturity/index.csv")).expect("csv");
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        // Dimension, aspect, its tags (which are ours), stage, activity, text.
        let record = record.expect("row");
        let named = [record[0].to_owned(), record[1].to_owned()];
        match rows.last_mut().filter(|row| row[..2] == named) {
            Some(row) => row.push(record[5].to_owned()),
            None => rows.push([named.as_slice(), &[record[5].to_owned()]].concat()),
        }
    }
    rows
}

#[test]
fn every_cell_is_the_documents_own() {
    let site = Site::real();
    site.build(&[]);
    let rows = published_rows(&site);
    assert_eq!(rows.len(), 98);
    assert_eq!(rows.iter().map(|r| r.len() - 2).sum::<usize>(), 490);
    let expected: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(TABLE.as_bytes())
        .records()
        .map(|r| r.expect("row").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows, expected);

    // Where the document itself is at hand, its lines are the rows without anything between the cells.
    let document = project().parent().map(|p| p.join("shared/seeds/product-maturity-framework.txt"));
    let document =
        document.filter(|p: &PathBuf| p.exists()).map(|p| std::fs::read_to_string(p).expect("document"));
    if let Some(document) = document {
        let lines: BTreeSet<&str> = document.lines().collect();
        for row in &rows {
            let line = row[1..].concat();
            assert!(lines.contains(line.as_str()), "not a row of the document: {line}");
        }
    }
}

#[test]
fn all_pages_are_there() {
    let site = Site::real();
    site.build(&[]);
    let output = site.output("output");
    let count =
        |test: &dyn Fn(&str) -> bool| output.keys().filter(|p| p.ends_with("index.html") && test(p)).count();
    let framework = "frameworks/product-maturity/";
    assert_eq!(count(&|p| p.starts_with(framework) && p.contains("-vs-")), 10);
    assert_eq!(count(&|p| p.starts_with(framework) && p.matches('/').count() == 4), 98);
    // 5 stages, 18 dimensions, 10 comparisons and their index, the self-assessment, the matrix.
    assert_eq!(count(&|p| p.starts_with(framework) && p.matches('/').count() == 3), 36);
    for page in [
        "index.html",
        "404.html",
        "llms.txt",
        "llms-full.txt",
        "robots.txt",
        "glossary/index.html",
        "tags/index.html",
        "tags/engineering/index.html",
        "categories/index.html",
        "guides/concept-to-code/index.html",
        "playbooks/poc-v1/index.html",
        "playbooks/poc-v2/index.html",
        "playbooks/poc-v3/index.html",
        "playbooks/sprint-planning/index.html",
        "frameworks/product-maturity/compare/index.html",
        "frameworks/product-maturity/index.json",
        "frameworks/product-maturity/mvp/index.csv",
        "frameworks/product-maturity/security/index.md",
        "frameworks/product-maturity/poc-vs-mvp/index.json",
    ] {
        assert!(output.contains_key(page), "{page} is missing");
    }
    let guide = &site.read("output/guides/concept-to-code/index.html");
    for cell in ["Comprehensive error management", "Jest, pytest, Selenium", "1 day – 1 month"] {
        assert!(guide.contains(cell), "{cell}");
    }
}

#[test]
fn it_is_clean_under_strict() {
    let ran = Site::real().run(&["check", "--strict"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn the_series_runs_from_the_first_poc_to_sprint_planning() {
    let site = Site::real();
    site.build(&[]);
    let page = scraper::Html::parse_document(&site.read("output/playbooks/poc-v3/index.html"));
    let links = scraper::Selector::parse("nav.series a").expect("selector");
    let titles: Vec<String> = page.select(&links).map(|a| a.text().collect()).collect();
    assert_eq!(
        titles,
        [
            "POC v1 Playbook",
            "POC v2 Playbook",
            "POC v3 Playbook",
            "From POC to MVP Playbook",
            "Sprint Planning Playbook"
        ]
    );
}

#[test]
fn dependencies_run_both_ways() {
    let site = Site::real();
    site.build(&[]);
    let from = site.read("output/frameworks/product-maturity/reliability/disaster-recovery/index.html");
    assert!(from.contains("Needs first: <a href=\"../../data/data-backup/#mvp\">"), "{from}");
    let to = site.read("output/frameworks/product-maturity/data/data-backup/index.html");
    assert!(to.contains("Reliability &amp; Performance: Disaster Recovery at MVP"), "{to}");
}

/// The dimension files of the real framework, read as plain TOML.
fn dimensions() -> Vec<(String, toml::Table)> {
    let folder = project().join("content/frameworks/product-maturity");
    let mut files: Vec<(String, toml::Table)> = std::fs::read_dir(&folder)
        .expect("folder")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml") && !path.ends_with("framework.toml"))
        .map(|path| {
            let name = path.file_stem().expect("name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("text").parse().expect("TOML"))
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn every_aspect_is_described_and_no_two_alike() {
    let mut seen = BTreeSet::new();
    for (dimension, table) in dimensions() {
        assert!(words(table["intro"].as_str().expect("intro")) >= 40, "{dimension}");
        assert!(words(table["takeaway"].as_str().expect("takeaway")) >= 8, "{dimension}");
        assert!(!table["related"].as_array().expect("related").is_empty(), "{dimension}");
        for aspect in table["aspects"].as_array().expect("aspects") {
            let title = aspect["title"].as_str().expect("title");
            let description = aspect["description"].as_str().expect("description");
            assert!(words(description) >= 20, "{dimension}: {title}: {} words", words(description));
            assert!(seen.insert(description.split_whitespace().collect::<Vec<_>>().join(" ")), "{title}");
        }
    }
    assert_eq!(seen.len(), 98);
}

/// A cell of the real framework that asks for something its stage's predecessor did not.
struct Said {
    what: String,
    stage: &'static str,
    parts: Vec<String>,
    must: bool,
    ratings: [Option<i64>; 2],
}

/// All of them, and those that say that there is nothing.
fn cells() -> (Vec<Said>, Vec<(String, Option<String>)>) {
    let (mut said, mut nothing) = (Vec::new(), Vec::new());
    for (dimension, table) in dimensions() {
        for aspect in table["aspects"].as_array().expect("aspects") {
            let mut before = String::from("None");
            for stage in ["poc", "mvp", "10k", "100k", "1m"] {
                let cell = &aspect["at"][stage];
                let text = cell.as_str().or_else(|| cell.get("text")?.as_str()).expect("text").to_owned();
                let what = format!("{dimension}: {} at {stage}", aspect["title"].as_str().expect("title"));
                let part = |key: &str| cell.get(key).and_then(|part| part.as_str()).map(str::to_owned);
                if text == "None" {
                    nothing.push((what, part("details")));
                } else if text != before {
                    let keys = ["done-when", "how", "move-on-when", "if-you-skip-it", "details"];
                    let rating = |key: &str| cell.get(key).and_then(toml::Value::as_integer);
                    said.push(Said {
                        what,
                        stage,
                        parts: keys.into_iter().filter_map(part).collect(),
                        must: cell.get("must").and_then(toml::Value::as_bool) == Some(true),
                        ratings: [rating("effort"), rating("impact")],
                    });
                }
                before = text;
            }
        }
    }
    (said, nothing)
}

#[test]
fn every_cell_that_changes_says_how_and_is_rated() {
    let (said, nothing) = cells();
    assert!(said.len() > 430, "{}", said.len());
    let mut seen = BTreeSet::new();
    for Said { what, parts, ratings, .. } in &said {
        assert!(!parts.is_empty(), "{what} says nothing");
        let all = parts.join(" ");
        assert!((4..=160).contains(&words(&all)), "{what}: {} words", words(&all));
        assert!(seen.insert(all), "{what} repeats another");
        for rated in ratings {
            assert!(rated.is_some_and(|r| (1..=5).contains(&r)), "{what}: {ratings:?}");
        }
    }
    for (what, why) in nothing {
        assert!(why.is_some_and(|why| words(&why) > 3), "{what} does not say why not yet");
    }
}

/// What the editorial guide asks for, as far as it can be counted.
#[test]
fn cells_are_concrete_and_begin_in_many_ways() {
    let (said, _) = cells();
    let later: Vec<&Said> = said.iter().filter(|cell| cell.stage != "poc").collect();
    let concrete = later.iter().filter(|cell| {
        let all = cell.parts.join(" ");
        all.contains("](http") || all.contains(|c: char| c.is_ascii_digit())
    });
    assert!(concrete.count() * 10 >= later.len() * 6, "six in ten hold a number or a link");
    let mut openings: BTreeMap<String, usize> = BTreeMap::new();
    for part in said.iter().flat_map(|cell| &cell.parts) {
        let opening = part.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        *openings.entry(opening).or_default() += 1;
    }
    let often: Vec<_> = openings.iter().filter(|(_, count)| **count * 20 > said.len()).collect();
    assert!(often.is_empty(), "{often:?}");
    let lengths: BTreeSet<usize> =
        said.iter().map(|cell| cell.parts.join(" ").matches(". ").count()).collect();
    assert!(lengths.len() >= 4, "{lengths:?}");
    for stage in ["poc", "mvp", "10k", "100k", "1m"] {
        let musts = said.iter().filter(|cell| cell.stage == stage && cell.must).count();
        let most = if stage == "poc" { 4 } else { 13 };
        assert!((2..=most).contains(&musts), "{stage}: {musts} musts");
        for rating in [0, 1] {
            let mut counts: BTreeMap<Option<i64>, usize> = BTreeMap::new();
            let of_stage: Vec<&Said> = said.iter().filter(|cell| cell.stage == stage).collect();
            for cell in &of_stage {
                *counts.entry(cell.ratings[rating]).or_default() += 1;
            }
            let most = counts.values().max().copied().unwrap_or(0);
            assert!(stage == "poc" || most * 10 <= of_stage.len() * 7, "{stage}: {counts:?}");
        }
    }
}

/// The editorial guide's words that stand for their kind.
#[test]
fn no_text_sounds_translated() {
    let banned = [
        "stand in the code",
        "surroundings",
        "can not",
        " somebody",
        "the called one",
        "before it holds",
        "plan of the year",
        "Own sign-in",
        "belongs into",
        "looks well",
        "earn their cost",
    ];
    let mut found = Vec::new();
    for (path, bytes) in files(&project().join("content")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        found.extend(
            banned.iter().filter(|words| text.contains(*words)).map(|words| format!("{path}: {words}")),
        );
    }
    assert_eq!(found, Vec::<String>::new());
}

/// All files below a folder, with their paths.
fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).expect("file")));
        }
    }
    all
}

#[test]
fn every_term_of_the_glossary_is_used() {
    let site = Site::real();
    site.build(&[]);
    let output = site.output("output");
    let glossary = String::from_utf8_lossy(&output["glossary/index.html"]).into_owned();
    let document = scraper::Html::parse_document(&glossary);
    let selector = scraper::Selector::parse("dl.glossary > div").expect("selector");
    let terms: Vec<&str> = document.select(&selector).filter_map(|e| e.attr("id")).collect();
    assert!(terms.len() >= 80, "{}", terms.len());
    let pages: String = output
        .iter()
        .filter(|(path, _)| path.ends_with(".html") && !path.starts_with("glossary/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let unused: Vec<&&str> =
        terms.iter().filter(|id| !pages.contains(&format!("glossary/#{id}\""))).collect();
    assert_eq!(unused, Vec::<&&str>::new());
}

#[test]
fn every_page_has_a_way_in_and_a_way_out() {
    let site = Site::real();
    site.build(&[]);
    let output = site.output("output");
    let selector = scraper::Selector::parse("main a[href]").expect("selector");
    let mut reached = BTreeSet::new();
    let pages: Vec<&String> = output
        .keys()
        .filter(|p| p.ends_with(".html") && *p != "404.html" && *p != "search/index.html")
        .collect();
    for path in &pages {
        let base =
            url::Url::parse(&format!("http://x/{}", path.trim_end_matches("index.html"))).expect("url");
        let document = scraper::Html::parse_document(&String::from_utf8_lossy(&output[*path]));
        let mut out = 0;
        for link in document.select(&selector).filter_map(|a| a.attr("href")) {
            let mut to = base.join(link).expect("link");
            to.set_fragment(None);
            if to != base && to.host_str() == Some("x") {
                out += 1;
                let path = to.path().trim_start_matches('/');
                let name = if path.ends_with(".html") { "" } else { "index.html" };
                reached.insert(format!("{path}{name}"));
            }
        }
        assert!(out > 0, "{path} leads nowhere");
    }
    let alone: Vec<&String> = pages.into_iter().filter(|p| !reached.contains(p.as_str())).collect();
    assert!(alone.is_empty(), "no page leads to {alone:?}");
}
