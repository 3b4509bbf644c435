//! Every internal link and anchor of the whole output lands, however the site is built and wherever it is put.

use crate::fixture::Site;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// The ids and the links of one page.
struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn read(html: &str) -> Page {
    let document = Html::parse_document(html);
    let all = Selector::parse("*").expect("selector");
    let mut page = Page { ids: BTreeSet::new(), links: Vec::new() };
    for element in document.select(&all) {
        let e = element.value();
        if let Some(id) = e.id() {
            assert!(page.ids.insert(id.to_owned()), "id `{id}` twice");
        }
        for attribute in ["href", "src"] {
            page.links.extend(e.attr(attribute).map(str::to_owned));
        }
        if e.attr("http-equiv") == Some("refresh") {
            let content = e.attr("content").unwrap_or_default();
            page.links.extend(content.split_once("url=").map(|(_, url)| url.to_owned()));
        }
    }
    page
}

/// Joins a link to the path of the page it stands on, as RFC 3986 says; `prefix` is where the site lies.
fn resolve(prefix: &str, page: &str, link: &str) -> String {
    let base =
        url::Url::parse("https://site.test/").expect("url").join(&format!("{prefix}{page}")).expect("page");
    let url = base.join(link).expect("link");
    percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned()
}

fn walk(output: &BTreeMap<String, Vec<u8>>, prefix: &str, base: Option<&str>, style: &str) {
    let pages: BTreeMap<&String, Page> = output
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name, read(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut checked = 0;
    for (name, page) in &pages {
        for link in &page.links {
            // Our own absolute URLs (canonical and the like) have to land as well.
            let own = base.and_then(|b| link.strip_prefix(b)).map(|rest| format!("{prefix}{rest}"));
            if own.is_none() && (link.contains("://") || link.starts_with("mailto:")) {
                continue;
            }
            let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(p, a)| (p, Some(a)));
            let full = match (&own, path) {
                (Some(own), _) => resolve("/", "", own.split('#').next().unwrap_or_default()),
                (None, "") => format!("{prefix}{name}"),
                (None, path) => resolve(prefix, name, path),
            };
            let mut file = full
                .strip_prefix(prefix)
                .unwrap_or_else(|| panic!("{name}: {link} leaves the site"))
                .to_owned();
            if file.is_empty() || file.ends_with('/') {
                // Canonical URLs follow the style too, so only a server's style has bare folders.
                assert_eq!(style, "directory", "{name}: {link} would not open from a disk");
                file.push_str("index.html");
            }
            assert!(output.contains_key(&file), "{name}: {link} leads to {file}, which is not there");
            if let Some(anchor) = anchor {
                let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
                let target =
                    pages.get(&file).unwrap_or_else(|| panic!("{name}: {link} has an anchor on no page"));
                assert!(target.ids.contains(&*anchor), "{name}: {link}: no such anchor on {file}");
            }
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} links");
}

#[test]
fn all_links_land_in_both_styles_with_and_without_a_base_url() {
    for style in ["directory", "file"] {
        for base in [None, Some("https://example.com/"), Some("https://example.com/team/guidance/")] {
            let site = Site::real();
            let config = site.read("guidepost.toml");
            site.write("guidepost.toml", format!("urls = \"{style}\"\n{config}").as_bytes());
            let arguments: Vec<&str> = base.iter().flat_map(|b| ["--base-url", b]).collect();
            site.build(&arguments);
            let prefix = base.map_or("/".to_owned(), |b| url::Url::parse(b).expect("url").path().to_owned());
            walk(&site.output("output"), &prefix, base, style);
        }
    }
}

#[test]
fn a_site_without_a_base_url_works_under_a_sub_path() {
    let site = Site::real();
    site.build(&[]);
    let mut output = site.output("output");
    // The page for missing pages is shown at any depth, so its links begin at the root; only a base URL can
    // tell it of a sub-path.
    output.remove("404.html");
    walk(&output, "/some/where/", None, "directory");
}

#[test]
fn names_beyond_ascii_and_with_spaces_are_encoded() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[Über](Über uns.md), [the file](<a file (1).txt>), ![Bild](ein%20bild.png)\n\
         === content/Über uns.md\n+++\ndescription = \"U\"\n+++\n## Größe?\n\n[up](#größe)\n=== content/a file (1).txt\nx\n",
    );
    site.write("content/ein bild.png", &png(30, 20));
    site.build(&["--base-url", "https://example.com/ä/"]);
    let home = site.read("output/index.html");
    assert!(home.contains("href=\"%C3%9Cber%20uns/\""), "{home}");
    assert!(home.contains("src=\"ein%20bild.png\" width=\"30\" height=\"20\""), "{home}");
    let output = site.output("output");
    assert!(output.contains_key("Über uns/index.html"));
    for (name, bytes) in output.iter().filter(|(n, _)| n.ends_with(".html")) {
        let page = read(&String::from_utf8_lossy(bytes));
        for link in page.links.iter().filter(|l| !l.contains("://") && !l.starts_with('#')) {
            let full = resolve("/%C3%A4/", name, link);
            let file = full.strip_prefix("/ä/").unwrap_or_else(|| panic!("{name}: {link}: {full}"));
            let file = file.split('#').next().unwrap_or_default();
            let file = if file.is_empty() || file.ends_with('/') {
                format!("{file}index.html")
            } else {
                file.to_owned()
            };
            assert!(output.contains_key(&file), "{name}: {link} leads to {file}");
        }
    }
}

/// The header of a PNG of a certain size: enough for whoever reads its size.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

#[test]
fn old_urls_lead_to_new_ones() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\naliases = [\"/start.html\"]\n+++\n[A](guides/a.md)\n=== content/guides/a.md\n+++\ndescription = \"A\"\naliases = [\"/old/place/\"]\n+++\n",
    );
    site.build(&[]);
    let old = site.read("output/old/place/index.html");
    assert!(old.contains("content=\"0; url=../../guides/a/\""), "{old}");
    assert!(site.read("output/start.html").contains("url=./\""));
    let output = site.output("output");
    assert_eq!(read(&old).links.iter().filter(|l| *l == "../../guides/a/").count(), 2);
    assert!(output.contains_key("guides/a/index.html"));
}

#[test]
fn backlinks_name_who_refers_to_a_page() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\ndescription = \"B\"\nrelated = [\"a\"]\n+++\n![[a]]\n\n[[b]]\n",
    );
    site.build(&[]);
    let page = Html::parse_document(&site.read("output/a/index.html"));
    let links = Selector::parse("section[aria-labelledby=backlinks] a").expect("selector");
    let titles: Vec<String> = page.select(&links).map(|a| a.text().collect()).collect();
    assert_eq!(titles, ["Home", "B"]);
}

#[test]
fn navigation_stays_bounded_as_a_section_grows() {
    let site = |n: usize| {
        let site = Site::new("=== content/index.md\n+++\ndescription = \"H\"\n+++\n");
        for i in 0..n {
            site.write(
                &format!("content/g/p{i:04}.md"),
                format!("+++\ntitle = \"Page {i}\"\ndescription = \"D\"\n+++\nText.\n").as_bytes(),
            );
        }
        site.build(&["--quiet"]);
        site.read(&format!("output/g/p{:04}/index.html", n / 2)).len()
    };
    let (small, large) = (site(60), site(600));
    assert!(large < small + 200, "{small} bytes with 60 pages, {large} with 600");
}

#[test]
fn a_page_named_like_its_section_is_not_marked_as_the_section() {
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\ndescription = \"D\"\n+++\n");
    let site = Site::new(&format!(
        "=== content/index.md\n{}=== content/guides/index.md\n{}=== content/guides/guides.md\n{}",
        page("Home"),
        page("Guides"),
        page("Guides")
    ));
    site.build(&[]);
    let sidebar = |page: &str| {
        let page = scraper::Html::parse_document(&site.read(page));
        let marked = scraper::Selector::parse(".sidebar [aria-current=page]").expect("selector");
        page.select(&marked)
            .filter_map(|link| link.value().attr("href").map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(sidebar("output/guides/index.html"), ["./"]);
    assert_eq!(sidebar("output/guides/guides/index.html"), ["./"]);
}

#[test]
fn sections_that_pages_have_can_be_linked_to() {
    let links = "[[f#faq]] [[f#takeaways]] [[f#why]] [[safety#aspects]] [[safety#table]] [[safety#doors]] [[@two#guides]] \
                 [[@two#build]] [[@two#changed]] [[@two#safety]] [[f@one..two]] [x](frameworks/f/safety.toml#aspects) [[#own]]";
    let framework =
        "=== content/frameworks/f/index.md\n+++\n[[faq]]\nquestion = \"Why\"\nanswer = \"So.\"\n+++\nText.\n";
    let site = Site::new(&format!(
        "{}{framework}=== content/index.md\n+++\ntitle = \"Home\"\ndescription = \"H\"\nstages = [\"two\"]\ntakeaways = [\"One\"]\n+++\n{}\n\n## Own\n",
        crate::fixture::FRAMEWORK
            .replace("dimensions = [\"safety\"]", "dimensions = [\"safety\"]\ntakeaways = [\"Lock doors.\"]"),
        links.replace("[[#own]]", "[own](#own) [take](#takeaways)")
    ));
    site.build(&[]);
    for (page, wrong) in
        [("[[@one#changed]]", "#changed"), ("[[@one#guides]]", "#guides"), ("[[safety#faq]]", "#faq")]
    {
        site.add(&format!("=== content/wrong.md\n+++\ntitle = \"W\"\ndescription = \"W\"\n+++\n{page}\n"));
        let said = site.problems();
        assert!(said.contains(&format!("error[broken-anchor]: no heading `{wrong}`")), "{said}");
    }
}

#[test]
fn ids_are_unique_whatever_things_are_called() {
    let names = [
        "Table",
        "Main",
        "Aspects",
        "Faq",
        "Takeaways",
        "Related",
        "Backlinks",
        "Build",
        "Wait",
        "Matrix",
        "Dependencies",
        "Result",
        "Table 1",
        "Stages",
        "Changed",
        "Guides",
    ];
    let stages = ["Main", "Dependencies", "Related", "Backlinks", "Stages"];
    let stages: String = stages.iter().map(|n| format!("[[stages]]\ntitle = \"{n}\"\n")).collect();
    let aspects: String = names
        .iter()
        .map(|n| {
            format!("[[aspects]]\ntitle = \"{n}\"\ndescription = \"D\"\nsparse = true\nat.main = \"Do\"\nat.dependencies = {{ text = \"Then\", depends_on = [\"table/main@main\"] }}\n")
        })
        .collect();
    let titles = ["Table", "Build", "Wait", "Changed", "Guides", "Result", "Faq", "Takeaways", "Table 1"];
    let dimensions: Vec<String> = titles.iter().map(|n| guidepost::content::slug::slug(n)).collect();
    let faq: String =
        names.iter().map(|n| format!("[[faq]]\nquestion = \"{n}\"\nanswer = \"A\"\n")).collect();
    let mut files = format!(
        "=== content/index.md\n+++\ntitle = \"Home\"\ndescription = \"H\"\nstages = [\"main\"]\ntakeaways = [\"T\"]\n{faq}+++\n{}\n=== content/frameworks/f/framework.toml\ntitle = \"F\"\nsummary = \"S\"\ntakeaways = [\"T\"]\ndimensions = {dimensions:?}\n{stages}{faq}",
        names.iter().map(|n| format!("## {n}\n\nText.\n\n")).collect::<String>(),
    );
    for (name, id) in titles.iter().zip(&dimensions) {
        let own = if id == "table" { aspects.as_str() } else { "" };
        files.push_str(&format!(
            "=== content/frameworks/f/{id}.toml\ntitle = \"{name}\"\nintro = \"I\"\n{own}"
        ));
    }
    let site = Site::new(&files);
    site.build(&[]);
    let all = scraper::Selector::parse("[id]").expect("selector");
    for (path, bytes) in site.output("output").iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = scraper::Html::parse_document(&String::from_utf8_lossy(bytes));
        let mut seen = std::collections::BTreeSet::new();
        for id in page.select(&all).filter_map(|e| e.value().id()) {
            assert!(seen.insert(id.to_owned()), "{path}: two elements with the id `{id}`");
        }
    }
}

#[test]
fn a_label_in_a_table_stands_behind_an_escaped_bar() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n| a |\n| - |\n| [[guide\\|the guide]] |\n\n[[1, 2], [3, 4]]\n=== content/guide.md\n+++\ntitle = \"Guide\"\ndescription = \"D\"\n+++\nText.\n",
    );
    site.build(&[]);
    let page = site.read("output/index.html");
    assert!(page.contains("<a href=\"guide/\">the guide</a>"), "{page}");
    assert!(page.contains("[[1, 2], [3, 4]]"), "{page}");
}

#[test]
fn an_embedded_process_brings_its_phases() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n![[playbooks/p#process]]\n=== content/playbooks/p.md\n+++\npurpose = \"To do it.\"\nrequired_sections = []\n+++\n# P\n\n## Process\n\n### Week 1\n\nFirst.\n\n- Look at **it**\n- Ask\n",
    );
    site.build(&[]);
    let page = site.read("output/index.html");
    let start = page.find("<p><strong>Week 1</strong></p>").expect("the phase");
    let text: String = page[start..].chars().take(140).collect();
    assert!(text.contains("<p>First.</p>") && text.contains("<strong>it</strong>"), "{text}");
    assert!(text.contains("<ul>"), "{text}");
}
