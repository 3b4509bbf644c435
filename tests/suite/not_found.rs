//! The page for missing pages, when its author writes it.

use crate::fixture::Site;

const CONTENT: &str = "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[G](guides/g.md)
=== content/guides/g.md\n+++\ntitle = \"G\"\ndescription = \"D\"\n+++\nText.
=== content/p.png\nx
=== content/404.md\n+++\ntags = [\"lost\"]\n+++\n# Nothing here\n\nWe moved. See [[guides/g]] or [the start](index.md).\n\n## Where it may be\n\n![A map](p.png)\n";

#[test]
fn an_authors_text_is_the_page_for_missing_pages() {
    let site = Site::new(CONTENT);
    site.add("=== guidepost.toml\nbase_url = \"https://example.org/docs/\"\n");
    let ran = site.build(&["--strict"]);
    assert!(!ran.stderr.contains("404"), "{}", ran.stderr);
    let page = site.read("output/404.html");
    assert!(page.contains("<h1>Nothing here</h1>"), "{page}");
    assert!(
        page.contains("We moved. See <a href=\"/docs/guides/g/\">G</a> or <a href=\"/docs/\">the start</a>.")
    );
    assert!(page.contains("<img src=\"/docs/p.png\""), "{page}");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
    assert!(!site.exists("output/404/index.html"));
    for (file, text) in site.output("output") {
        let is_other = file != "404.html" && !file.starts_with("pagefind/");
        assert!(!is_other || !String::from_utf8_lossy(&text).contains("Nothing here"), "{file}");
    }
    assert!(!site.exists("output/tags/lost/index.html"), "it is in no list");
}

#[test]
fn what_leads_only_from_there_is_led_to_by_nothing() {
    let site = Site::new(CONTENT);
    site.add("=== content/index.md\n+++\ndescription = \"H\"\n+++\nNo link.\n=== guidepost.toml\n[checks]\nunlinked-page = \"warning\"\n");
    assert!(site.run(&["check"]).stderr.contains("no text refers to `G`"));
}

#[test]
fn without_it_our_own_words_stand_there() {
    let site = Site::new(CONTENT);
    site.build(&[]);
    site.remove("content/404.md");
    site.build(&[]);
    let page = site.read("output/404.html");
    assert!(page.contains("<ul class=\"links\">") && !page.contains("Nothing here"), "{page}");
}
