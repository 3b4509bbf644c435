//! Ways through the site: the order of pages, pages kept out of lists, and the links of the header.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

/// A page with a title and a description.
fn page(title: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"About {title}.\"\n{more}\n+++\nText.\n")
}

/// A site with a section of three pages and a sub-section, whose `index.md` has these keys.
fn ordered(keys: &str) -> Site {
    let pages = [
        ("index", page("Home", "pages = [\"handbook\", \"guides\"]")),
        ("guides/index", page("Guides", keys)),
        ("guides/alpha", page("Alpha", "")),
        ("guides/beta", page("Beta", "slug = \"second\"\nweight = 1")),
        ("guides/gamma/index", page("Gamma", "")),
        ("guides/deep/leaf", page("Leaf", "")),
        ("handbook/one", page("One", "")),
    ];
    let site = Site::new("");
    for (path, text) in pages {
        site.write(&format!("content/{path}.md"), text.as_bytes());
    }
    site
}

/// The texts of all elements that a selector finds on a page of the output.
fn texts(site: &Site, path: &str, selector: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(&site.read(path));
    let selector = scraper::Selector::parse(selector).expect("selector");
    let text = |found: scraper::ElementRef<'_>| found.text().collect::<String>();
    page.select(&selector).map(|found| text(found).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn pages_stand_in_the_order_their_section_gives_them_wherever_they_are_listed() {
    let site = ordered("pages = [\"gamma\", \"deep\", \"alpha\"]");
    site.build(&[]);
    let expected = ["Gamma", "Deep", "Alpha", "Beta"];
    assert_eq!(texts(&site, "output/guides/index.html", ".sidebar li a"), expected);
    assert_eq!(texts(&site, "output/guides/index.html", ".card h3 a"), expected);
    assert_eq!(texts(&site, "output/guides/alpha/index.html", ".onward .next"), ["Next Beta"]);
    assert_eq!(texts(&site, "output/guides/second/index.html", ".onward .previous"), ["Previous Alpha"]);
    assert_eq!(texts(&site, "output/index.html", ".site-nav a"), ["Handbook", "Guides"]);
    assert_data_eq!(
        site.read("output/llms.txt"),
        str![[r#"
# Guidance

## Handbook

- [One](/handbook/one/): About One.

## Guides

- [Gamma](/guides/gamma/): About Gamma.
- [Deep](/guides/deep/)
  - [Leaf](/guides/deep/leaf/): About Leaf.
- [Alpha](/guides/alpha/): About Alpha.
- [Beta](/guides/second/): About Beta.

"#]]
    );
}

#[test]
fn pages_that_no_one_ordered_follow_by_weight_and_title() {
    let site = ordered("pages = [\"gamma\"]");
    site.build(&[]);
    let expected = ["Gamma", "Beta", "Alpha", "Deep"];
    assert_eq!(texts(&site, "output/guides/index.html", ".sidebar li a"), expected);
}

#[test]
fn a_draft_may_have_its_place_already() {
    let site = ordered("pages = [\"gamma\", \"later\", \"alpha\"]");
    site.write("content/guides/later.md", page("Later", "draft = true").as_bytes());
    site.build(&[]);
    site.build(&["--drafts"]);
    let expected = ["Gamma", "Later", "Alpha", "Beta", "Deep"];
    assert_eq!(texts(&site, "output/guides/index.html", ".sidebar li a"), expected);
}

#[test]
fn an_order_names_pages_of_its_section_once() {
    let site = ordered("pages = [\"gama\", \"guides/alpha.md\", \"beta\", \"handbook\", \"beta\"]");
    site.write("content/guides/alpha.md", page("Alpha", "pages = [\"beta\"]").as_bytes());
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-value]: `pages` orders the pages of a section, and this is none
 --> content/guides/alpha.md:4:10
  |
4 | pages = ["beta"]
  |          ^^^^^^
  |
  = help: write it in the `index.md` of a folder that holds pages

error[broken-reference]: `gama` is not a page of this section
 --> content/guides/index.md:4:10
  |
4 | pages = ["gama", "guides/alpha.md", "beta", "handbook", "beta"]
  |          ^^^^^^ no such page
  |
  = help: did you mean `gamma`? pages are: alpha, beta, deep, gamma

error[broken-reference]: `guides/alpha.md` is not a page of this section
 --> content/guides/index.md:4:18
  |
4 | pages = ["gama", "guides/alpha.md", "beta", "handbook", "beta"]
  |                  ^^^^^^^^^^^^^^^^^ no such page
  |
  = help: did you mean `alpha`? pages are: alpha, beta, deep, gamma

error[broken-reference]: `handbook` is not a page of this section
 --> content/guides/index.md:4:45
  |
4 | pages = ["gama", "guides/alpha.md", "beta", "handbook", "beta"]
  |                                             ^^^^^^^^^^ no such page
  |
  = help: pages are: alpha, beta, deep, gamma

error[duplicate-id]: `beta` is named twice
 --> content/guides/index.md:4:57
  |
4 | pages = ["gama", "guides/alpha.md", "beta", "handbook", "beta"]
  |                                                         ^^^^^^ the second
  |
  = help: keep one of the two


"#]]
    );
}

#[test]
fn a_page_that_is_not_listed_can_only_be_linked_to() {
    let site = ordered("");
    site.add(FRAMEWORK);
    let hidden = "listed = false\ntags = [\"secret\"]\ndate = 2025-01-01\nstages = [\"one\"]";
    site.write("content/guides/alpha.md", (page("Alpha", hidden) + "\n[Beta](beta.md)\n").as_bytes());
    site.write("content/handbook/one.md", (page("One", "") + "\n[Alpha](../guides/alpha.md)\n").as_bytes());
    site.build(&["--base-url", "https://example.com/"]);
    assert!(site.read("output/handbook/one/index.html").contains("../../guides/alpha/"));
    assert_eq!(texts(&site, "output/guides/alpha/index.html", ".breadcrumb a"), ["Home", "Guides"]);
    let shown: Vec<String> = site
        .output("output")
        .into_iter()
        .filter(|(path, _)| !path.starts_with("guides/alpha/"))
        // These have the link that leads to it.
        .filter(|(path, _)| !["handbook/one/index.html", "llms-full.txt"].contains(&path.as_str()))
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Alpha"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(shown, [""; 0]);
    assert!(!site.read("output/sitemap.xml").contains("alpha"));
    assert!(!site.read("output/llms-full.txt").contains("# Alpha"));
    assert!(!site.exists("output/tags/index.html"));
    let found = |site: &Site| site.output("output/pagefind/fragment").len();
    let without = found(&site);
    site.write("content/guides/alpha.md", page("Alpha", "").as_bytes());
    site.build(&[]);
    assert_eq!(found(&site), without + 1);
}

#[test]
fn a_page_that_is_not_listed_is_no_orphan() {
    let orphans = |site: &Site| site.run(&["check"]).stderr.matches("no text refers to `Alpha`").count();
    let site = ordered("");
    assert_eq!(orphans(&site), 1);
    site.write("content/guides/alpha.md", page("Alpha", "listed = false").as_bytes());
    assert_eq!(orphans(&site), 0);
}

#[test]
fn a_section_that_is_not_listed_takes_its_pages_with_it() {
    let site = ordered("listed = false");
    site.build(&["--base-url", "https://example.com/"]);
    assert_eq!(texts(&site, "output/index.html", ".site-nav a"), ["Handbook"]);
    assert!(!site.read("output/sitemap.xml").contains("guides/"));
    assert!(!site.read("output/llms-full.txt").contains("Beta"));
    // Whoever was given the link finds the way within.
    let expected = ["Beta", "Alpha", "Deep", "Gamma"];
    assert_eq!(texts(&site, "output/guides/index.html", ".sidebar li a"), expected);
}
