//! Random frameworks of both kinds of stages: every view of one says the same, and what the model says.

use crate::fixture::Site;
use serde_json::Value;
use std::collections::BTreeMap;

/// A framework made up: for each aspect and stage, the texts of its activities.
struct Made {
    cumulative: bool,
    stages: usize,
    /// Dimensions, aspects, stages, activities.
    cells: Vec<Vec<Vec<Vec<String>>>>,
}

/// A sequence of numbers that is the same in every run (the constants are Knuth's).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n).expect("small")
    }
}

impl Made {
    fn new(seed: u64) -> Self {
        let mut numbers = Numbers(seed);
        let stages = 2 + numbers.below(4);
        let mut cells = Vec::new();
        for _ in 0..=numbers.below(3) {
            let mut dimension = Vec::new();
            for _ in 0..=numbers.below(3) {
                // Few different words, so that neighbours are often the same.
                let mut cell =
                    |_| (0..numbers.below(3)).map(|i| format!("Do {i} {}", numbers.below(2))).collect();
                dimension.push((0..stages).map(&mut cell).collect());
            }
            cells.push(dimension);
        }
        Self { cumulative: seed.is_multiple_of(2), stages, cells }
    }

    fn files(&self) -> String {
        let names: Vec<String> = (0..self.cells.len()).map(|d| format!("\"d{d}\"")).collect();
        let mut files = format!(
            "=== content/frameworks/f/framework.toml\ntitle = \"Made\"\nsummary = \"S\"\ncumulative = {}\ndimensions = [{}]\n",
            self.cumulative,
            names.join(", ")
        );
        for s in 0..self.stages {
            files.push_str(&format!("[[stages]]\nid = \"s{s}\"\ntitle = \"S{s}\"\n"));
        }
        for (d, dimension) in self.cells.iter().enumerate() {
            files.push_str(&format!("=== content/frameworks/f/d{d}.toml\ntitle = \"D{d}\"\n"));
            for (a, aspect) in dimension.iter().enumerate() {
                files.push_str(&format!("[[aspects]]\nid = \"a{a}\"\ntitle = \"A{d}{a}\"\n"));
                for (s, cell) in aspect.iter().enumerate() {
                    let texts: Vec<String> = cell.iter().map(|text| format!("\"{text}\"")).collect();
                    let nothing = if self.cumulative { None } else { Some("\"None\"".to_owned()) };
                    let written =
                        if cell.is_empty() { nothing } else { Some(format!("[{}]", texts.join(", "))) };
                    if let Some(written) = written {
                        files.push_str(&format!("at.s{s} = {written}\n"));
                    }
                }
            }
        }
        files
    }

    fn aspects(&self) -> impl Iterator<Item = (String, &Vec<Vec<String>>)> {
        let named = |d: usize| move |(a, aspect)| (format!("d{d}/a{a}"), aspect);
        self.cells.iter().enumerate().flat_map(move |(d, aspects)| aspects.iter().enumerate().map(named(d)))
    }

    /// What an aspect asks for at a stage.
    fn asked(&self, aspect: &[Vec<String>], stage: usize) -> Vec<String> {
        if self.cumulative { aspect[..=stage].concat() } else { aspect[stage].clone() }
    }

    fn change(&self, aspect: &[Vec<String>], from: usize, to: usize) -> &'static str {
        let (before, after) = (self.asked(aspect, from), self.asked(aspect, to));
        match (before.is_empty(), after.is_empty()) {
            (true, false) => "new",
            (false, true) => "dropped",
            // Where stages add up, the same thing asked for twice is still asked for once more.
            _ if self.cumulative && aspect[from + 1..=to].concat().is_empty() => "unchanged",
            _ if self.cumulative => "added",
            _ if before == after => "unchanged",
            _ => "changed",
        }
    }
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.read(&format!("output/frameworks/f/{path}index.json"))).expect("json")
}

fn texts(activities: &Value) -> Vec<String> {
    let all = activities.as_array().expect("activities");
    all.iter().map(|a| a["text"].as_str().expect("text").to_owned()).collect()
}

/// The text of an element's page, tags taken off.
fn page(site: &Site, path: &str) -> scraper::Html {
    scraper::Html::parse_document(&site.read(&format!("output/frameworks/f/{path}index.html")))
}

fn all(page: &scraper::Html, selector: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(selector).expect("a selector");
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    page.select(&selector).map(|e| text(e).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn all_views_of_a_framework_agree() {
    for seed in 1..=14 {
        let made = Made::new(seed);
        let site = Site::new(&made.files());
        site.build(&[]);
        agree(&made, &site, seed);
    }
}

fn agree(made: &Made, site: &Site, seed: u64) {
    let whole = json(site, "");
    let mut asked_cells: Vec<Vec<usize>> = vec![vec![0; made.stages]; made.cells.len()];
    for (d, dimension) in made.cells.iter().enumerate() {
        for (a, aspect) in dimension.iter().enumerate() {
            for s in 0..made.stages {
                let at = &whole["dimensions"][d]["aspects"][a]["at"][format!("s{s}")];
                assert_eq!(texts(at), aspect[s], "seed {seed}: d{d}/a{a}@s{s}");
                asked_cells[d][s] += usize::from(!made.asked(aspect, s).is_empty());
            }
        }
    }
    // The heat map counts what is asked for.
    let heat = all(&page(site, ""), "svg.heat text.value");
    let of = |d: usize| made.cells[d].len();
    let rows = asked_cells.iter().enumerate();
    let counts: Vec<String> =
        rows.flat_map(|(d, row)| row.iter().map(move |n| format!("{n}/{}", of(d)))).collect();
    assert_eq!(heat, counts, "seed {seed}: heat map");
    for s in 0..made.stages {
        stage_agrees(made, site, s, seed);
    }
    for from in 0..made.stages {
        for to in from + 1..made.stages {
            comparison_agrees(made, site, from, to, seed);
        }
    }
    assessment_agrees(made, site, seed);
}

fn stage_agrees(made: &Made, site: &Site, s: usize, seed: u64) {
    let data = json(site, &format!("s{s}/"));
    let html = page(site, &format!("s{s}/"));
    let mut ticks = 0;
    for (i, (name, aspect)) in made.aspects().enumerate() {
        let item = &data["aspects"][i];
        assert_eq!(texts(&item["build"]), aspect[s], "seed {seed}: {name} at s{s}");
        let change = (s > 0).then(|| made.change(aspect, s - 1, s));
        assert_eq!(item["change"].as_str(), change, "seed {seed}: {name} at s{s}");
        let until = (s + 1..made.stages).find(|later| made.change(aspect, later - 1, *later) != "unchanged");
        assert_eq!(
            item["until"].as_str().map(str::to_owned),
            until.map(|u| format!("S{u}")),
            "seed {seed}: {name}"
        );
        if made.cumulative {
            let before: Vec<String> =
                item["asked"].as_object().expect("asked").values().flat_map(texts).collect();
            assert_eq!(before, aspect[..s].concat(), "seed {seed}: {name} still asked at s{s}");
        }
        ticks += usize::from(!aspect[s].is_empty());
    }
    assert_eq!(all(&html, ".checklist > li").len(), ticks, "seed {seed}: checklist of s{s}");
    let later = |aspect: &[Vec<String>]| made.cumulative && !aspect[s + 1..].concat().is_empty();
    let waits = |aspect: &[Vec<String>]| later(aspect) || made.asked(aspect, s).is_empty();
    let waiting = made.aspects().filter(|(_, aspect)| waits(aspect)).count();
    assert_eq!(all(&html, "ul.wait > li").len(), waiting, "seed {seed}: what can wait at s{s}");
    let still =
        made.aspects().filter(|(_, aspect)| made.cumulative && !aspect[..s].concat().is_empty()).count();
    assert_eq!(
        all(&html, ".still-asked tbody tr:not(.group)").len(),
        still,
        "seed {seed}: still asked at s{s}"
    );
    let rows = site.read(&format!("output/frameworks/f/s{s}/index.csv")).lines().count() - 1;
    let asked: usize = made.aspects().map(|(_, aspect)| made.asked(aspect, s).len()).sum();
    let nothing = if made.cumulative { 0 } else { waiting };
    assert_eq!(rows, asked + nothing, "seed {seed}: rows of s{s}");
}

fn comparison_agrees(made: &Made, site: &Site, from: usize, to: usize, seed: u64) {
    let path = format!("s{from}-vs-s{to}/");
    let data = json(site, &path);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (i, (name, aspect)) in made.aspects().enumerate() {
        let change = made.change(aspect, from, to);
        *counts.entry(change).or_default() += 1;
        let item = &data["aspects"][i];
        assert_eq!(item["change"], change, "seed {seed}: {name}, {path}");
        assert_eq!(texts(&item["from"]), made.asked(aspect, from), "seed {seed}: {name}, {path}");
        let after = if made.cumulative { aspect[from + 1..=to].concat() } else { aspect[to].clone() };
        assert_eq!(texts(&item["to"]), after, "seed {seed}: {name}, {path}");
    }
    for (change, count) in data["counts"].as_object().expect("counts") {
        assert_eq!(
            count.as_u64(),
            Some(counts.remove(change.as_str()).unwrap_or_default()),
            "{change}, {path}"
        );
    }
    assert!(counts.is_empty(), "seed {seed}: {counts:?} are not counted on {path}");
    let html = page(site, &path);
    let changed = made.aspects().filter(|(_, aspect)| made.change(aspect, from, to) != "unchanged").count();
    let rows = all(&html, ".comparison tbody tr:not(.group):not(.row-unchanged)").len();
    assert_eq!(rows, changed, "seed {seed}: rows of {path}");
}

fn assessment_agrees(made: &Made, site: &Site, seed: u64) {
    let html = page(site, "assess/");
    for (name, aspect) in made.aspects() {
        for s in 0..made.stages {
            let choice = format!("input[name=\"{name}\"][value=\"s{s}\"]");
            let selector = scraper::Selector::parse(&choice).expect("a selector");
            let input = html.select(&selector).next().unwrap_or_else(|| panic!("{choice}"));
            let same =
                if s == 0 { aspect[0].is_empty() } else { made.change(aspect, s - 1, s) == "unchanged" };
            assert_eq!(input.attr("data-same").is_some(), same, "seed {seed}: {choice}");
            assert_eq!(input.attr("data-nothing").is_some(), aspect[s].is_empty(), "seed {seed}: {choice}");
        }
    }
}
