//! `feedback_url`: a link on each page for what is wrong or missing.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

/// Where the link of a page leads.
fn link(site: &Site, path: &str) -> String {
    let page = scraper::Html::parse_document(&site.read(path));
    let selector = scraper::Selector::parse(".page-footer a.feedback").expect("selector");
    let found = page.select(&selector).next().unwrap_or_else(|| panic!("{path} has no link"));
    assert_eq!(found.text().collect::<String>(), "Something wrong or missing?");
    found.attr("href").unwrap_or_default().to_owned()
}

#[test]
fn each_page_leads_to_where_its_problems_are_told() {
    let site = Site::new(&format!(
        "=== guidepost.toml\nfeedback_url = \"https://git.example.com/new?file={{path}}&title=On+{{title}}\"\n\
         === content/index.md\n+++\ndescription = \"Home.\"\n+++\n# Home\n\n[[guides/r-d]]\n\
         === content/guides/r-d.md\n+++\ntitle = \"R&D: 100 % \\\"new\\\" <b>\"\ndescription = \"A\"\n+++\nText.\n{FRAMEWORK}"
    ));
    site.build(&[]);
    let about = |file: &str, title: &str| format!("https://git.example.com/new?file={file}&title=On+{title}");
    assert_eq!(link(&site, "output/index.html"), about("content/index.md", "Home"));
    assert_eq!(
        link(&site, "output/guides/r-d/index.html"),
        about("content/guides/r-d.md", "R%26D%3A%20100%20%25%20%22new%22%20%3Cb%3E")
    );
    // No file is behind the page of a matrix, so the page itself is named.
    let matrix = link(&site, "output/frameworks/f/matrix/index.html");
    assert!(matrix.starts_with("https://git.example.com/new?file=frameworks/f/matrix/&"), "{matrix}");
    assert!(link(&site, "output/search/index.html").contains("search/"), "generated pages have it too");
}

#[test]
fn without_it_no_page_asks() {
    let site = Site::new("=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n# Home\n");
    site.build(&[]);
    assert!(!site.read("output/index.html").contains("feedback"));
}

#[test]
fn only_web_sites_and_mailboxes_are_taken() {
    let problems = |written: &str| {
        Site::new(&format!(
            "=== guidepost.toml\nfeedback_url = \"{written}\"\n=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n# Home\n"
        ))
        .problems()
    };
    assert_eq!(problems("mailto:help@example.com?subject={title}"), "");
    assert_data_eq!(
        problems("javascript:alert('{path}')"),
        str![[r#"
error[invalid-value]: `feedback_url` is not the URL of a web site or of a mailbox
 --> guidepost.toml:1:16
  |
1 | feedback_url = "javascript:alert('{path}')"
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write it as `https://git.example.com/guidance/issues/new?title={title}` or `mailto:help@example.com?subject={title}`; `{path}` and `{title}` stand for the page's


"#]]
    );
    assert_data_eq!(
        problems("https://example.com/?u={url}"),
        str![[r#"
error[invalid-value]: `feedback_url` cannot hold `{url}`
 --> guidepost.toml:1:16
  |
1 | feedback_url = "https://example.com/?u={url}"
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write it as `https://git.example.com/guidance/issues/new?title={title}` or `mailto:help@example.com?subject={title}`; `{path}` and `{title}` stand for the page's


"#]]
    );
}
