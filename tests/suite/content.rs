//! The real site: its data is the documents' own, and all of its pages are there.

use crate::fixture::{Site, project};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The cells as they were read off the document: dimension, aspect and five cells a line.
const TABLE: &str = include_str!("cells.csv");

fn published_rows(site: &Site) -> Vec<Vec<String>> {
    let mut reader =
        csv::Reader::from_path(site.path("output/frameworks/product-maturity/index.csv")).expect("csv");
    reader
        .records()
        .map(|r| {
            let r = r.expect("row");
            // The third column is tags, which are ours.
            r.iter().enumerate().filter(|(i, _)| *i != 2).map(|(_, cell)| cell.to_owned()).collect()
        })
        .collect()
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
    // 5 stages, 18 dimensions, 10 comparisons and their index, the self-assessment.
    assert_eq!(count(&|p| p.starts_with(framework) && p.matches('/').count() == 3), 35);
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
    assert_eq!(titles, ["POC v1 Playbook", "POC v2 Playbook", "POC v3 Playbook", "Sprint Planning Playbook"]);
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
