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
    site.add("=== guidepost.toml\n[checks]\nunlinked-page = \"warning\"\n");
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

/// A site with this `[nav]`, and pages that it can name.
fn with_nav(nav: &str) -> Site {
    let site = ordered("");
    site.add(FRAMEWORK);
    site.write("guidepost.toml", format!("[nav]\n{nav}\n").as_bytes());
    site
}

/// The header's entries, each with what its menu holds.
fn header(site: &Site) -> Vec<String> {
    texts(site, "output/guides/index.html", ".site-nav > ul > li")
}

#[test]
fn the_header_holds_addresses_urls_and_menus() {
    let site = with_nav(
        "items = [\"guides\", { to = \"f\", title = \"Framework\" }, \"https://example.com/docs/\", \
         { title = \"Ask\", items = [{ to = \"mailto:help@example.com\", title = \"Write\" }, \"handbook/one\"] }]\n\
         [markdown]\nexternal_links_no_follow = true",
    );
    site.build(&[]);
    let page = site.read("output/guides/index.html");
    let (_, nav) = page.split_once("<nav class=\"site-nav\"").expect("a header");
    let (nav, _) = nav.split_once("</nav>").expect("its end");
    assert_data_eq!(
        nav,
        str![[r#"
 aria-label="Sections">
<ul>
<li><a href="./" aria-current="true">Guides</a></li>
<li><a href="../frameworks/f/">Framework</a></li>
<li><a class="external" rel="nofollow" href="https://example.com/docs/">example.com/docs</a></li>
<li><details class="menu" name="menu"><summary>Ask</summary>
<ul>
<li><a class="external" rel="nofollow" href="mailto:help@example.com">Write</a></li>
<li><a href="../handbook/one/">One</a></li>
</ul>
</details></li>
</ul>

"#]]
    );
    let missing = texts(&site, "output/404.html", "main .links a");
    assert_eq!(missing, ["Home", "Guides", "Framework", "example.com/docs", "Write", "One"]);
}

#[test]
fn what_comes_after_six_entries_is_in_a_menu() {
    let six = "\"guides\", \"handbook\", \"f\", \"@one\", \"safety\", \"f@one..two\"";
    let site = with_nav(&format!("items = [{six}]"));
    site.build(&[]);
    assert_eq!(header(&site), ["Guides", "Handbook", "Small", "One", "Safety", "One to Two"]);
    let more = "{ title = \"Pages\", items = [\"guides/alpha\", \"guides/beta\"] }";
    site.write("guidepost.toml", format!("[nav]\nitems = [{six}, {more}, \"@two\"]").as_bytes());
    site.build(&[]);
    let last = "More Pages Alpha Beta Two";
    assert_eq!(header(&site), ["Guides", "Handbook", "Small", "One", "Safety", "One to Two", last]);
}

#[test]
fn a_header_without_settings_names_all_top_folders_up_to_a_bound() {
    let site = Site::new("");
    let folder = |i: usize| site.write(&format!("content/s{i:02}/a.md"), page("A", "").as_bytes());
    let entries = |site: &Site| {
        site.build(&["--quiet"]);
        texts(site, "output/s00/index.html", ".site-nav a")
    };
    (0..9).for_each(folder);
    assert_eq!(entries(&site).len(), 9);
    (9..60).for_each(folder);
    let all = entries(&site);
    assert_eq!((all.len(), all.last().map(String::as_str)), (41, Some("All 60")));
}

#[test]
fn what_the_header_cannot_hold() {
    let site = with_nav(
        "items = [\n\"gides\",\n7,\n{ title = \"Nothing\" },\n{ titel = \"X\", to = \"f\" },\n\
         { title = \"Empty\", items = [] },\n{ items = [\"f\"] },\n\
         { title = \"Both\", to = \"f\", items = [\"guides\"] },\n\
         { title = \"Outer\", items = [\"f\", { title = \"Inner\", items = [\"guides\"] }] },\n]",
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-reference]: `gides` names nothing
 --> guidepost.toml:3:1
  |
3 | "gides",
  | ^^^^^^^
  |
  = help: did you mean `guides`?

error[wrong-type]: expected an address, a URL, or a table, found a whole number
 --> guidepost.toml:4:1
  |
4 | 7,
  | ^ not an address, a URL, or a table

error[missing-key]: a nav item has no `to`
 --> guidepost.toml:5:1
  |
5 | { title = "Nothing" },
  | ^
  |
  = help: add `to = ...`, or `items = [...]` for a menu

error[unknown-key]: `titel` is not a key of a nav item
 --> guidepost.toml:6:3
  |
6 | { titel = "X", to = "f" },
  |   ^^^^^ unknown key
  |
  = help: did you mean `title`? keys are: to, title, items

error[invalid-value]: this menu has no links
 --> guidepost.toml:7:28
  |
7 | { title = "Empty", items = [] },
  |                            ^^
  |
  = help: add some, or leave it out

error[missing-key]: a menu has no `title`
 --> guidepost.toml:8:1
  |
8 | { items = ["f"] },
  | ^
  |
  = help: add `title = ...`

error[invalid-value]: a menu leads nowhere itself
 --> guidepost.toml:9:24
  |
9 | { title = "Both", to = "f", items = ["guides"] },
  |                        ^^^
  |
  = help: leave out `to`, or make it the first of `items`

error[invalid-value]: a menu holds no other menu
  --> guidepost.toml:10:34
   |
10 | { title = "Outer", items = ["f", { title = "Inner", items = ["guides"] }] },
   |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write its links among those of the outer menu, or make it one of its own beside it


"#]]
    );
}
