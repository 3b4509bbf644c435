//! URLs that were published and are gone.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

const CONTENT: &str =
    "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](guides/a.md) and [B](guides/b.md)
=== content/guides/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n## First\n\n## Second & third\n
=== content/guides/b.md\n+++\ntitle = \"B\"\ndescription = \"D\"\n+++\nText.\n";

fn built() -> Site {
    let site = Site::new(CONTENT);
    site.build(&["--strict"]);
    site
}

fn check(site: &Site) -> String {
    site.run(&["check"]).stderr
}

#[test]
fn a_page_that_moved_without_an_alias_is_told() {
    let site = built();
    site.remove("content/guides/b.md");
    site.add("=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](guides/a.md) and [B](howto/b.md)\n=== content/howto/b.md\n+++\ntitle = \"B\"\ndescription = \"D\"\n+++\nText.\n");
    assert_data_eq!(
        check(&site),
        str![[r#"
warning[lost-url]: the page at `/guides/b/` is gone since the last build, and links to it will break
--> content/howto/b.md
 = help: if this page took its place, add `aliases = ["/guides/b/"]` to its front matter


"#]]
    );
    assert_eq!(site.run(&["build", "--strict"]).code, 1, "the last output stays until this is settled");
    assert!(site.exists("output/guides/b/index.html"));
    site.add("=== content/howto/b.md\n+++\ntitle = \"B\"\ndescription = \"D\"\naliases = [\"/guides/b/\"]\n+++\nText.\n");
    assert_eq!(check(&site), "");
    site.build(&["--strict"]);
    // The alias is a URL of this build, so it is missed when it goes.
    site.add("=== content/howto/b.md\n+++\ntitle = \"B\"\ndescription = \"D\"\n+++\nText.\n");
    assert!(check(&site).contains("the page at `/guides/b/` is gone"));
}

#[test]
fn what_lay_below_a_page_is_told_with_it() {
    let site = built();
    site.remove("content/guides");
    site.add("=== content/index.md\n+++\ndescription = \"H\"\n+++\nNothing.\n");
    assert_data_eq!(
        check(&site),
        str![[r#"
warning[lost-url]: the page at `/guides/` (and 2 pages below it) is gone since the last build, and links to it will break
--> guidepost.toml
 = help: add `aliases = ["/guides/"]` to the front matter of the page that took its place


"#]]
    );
}

#[test]
fn a_heading_that_is_gone_is_told_with_the_one_in_its_place() {
    let site = built();
    site.add("=== content/guides/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n## The first\n\n## Second & third\n");
    assert_data_eq!(
        check(&site),
        str![[r#"
warning[lost-url]: the heading `#first` is gone since the last build, and links to it will break
 --> content/guides/a.md:5:1
  |
5 | ## The first
  | ^^^^^^^^^^^^
  |
  = help: if this is the same under another name, end its line with `{#first}`


"#]]
    );
    site.add("=== content/guides/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n## The first {#first}\n\n## Second & third\n");
    assert_eq!(check(&site), "");
    site.add("=== content/guides/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n## First\n");
    assert_data_eq!(
        check(&site),
        str![[r#"
warning[lost-url]: the heading `#second--third` is gone since the last build, and links to it will break
--> content/guides/a.md
 = help: if it has another name now, end its line with `{#second--third}`


"#]]
    );
    site.add("=== guidepost.toml\n[checks]\nlost-url = \"off\"\n");
    assert_eq!(check(&site), "");
}

#[test]
fn without_an_output_nothing_is_lost_and_after_a_build_all_is_known() {
    let site = Site::new(CONTENT);
    assert_eq!(check(&site), "");
    site.build(&[]);
    let places = site.read("output/.guidepost/places");
    let expected = "guidepost places 1\nguides/a/index.html\tfirst\tsecond--third\n";
    assert_eq!(places, expected);
    site.remove("content/guides/b.md");
    site.add("=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](guides/a.md)\n");
    assert!(site.build(&[]).stderr.contains("warning[lost-url]"));
    assert!(!site.build(&[]).stderr.contains("lost-url"), "it was told, and is published now");
    site.remove("output/.guidepost/places");
    site.build(&[]);
    assert_eq!(site.read("output/.guidepost/places"), expected);
}

#[test]
fn lists_come_and_go_with_what_they_list() {
    let site = built();
    let page = |tags: &str| {
        format!("=== content/guides/b.md\n+++\ntitle = \"B\"\ndescription = \"D\"\n{tags}+++\nText.\n")
    };
    site.add(&page("tags = [\"x\"]\ncategory = \"c\"\n"));
    site.build(&["--strict"]);
    assert!(site.exists("output/tags/x/index.html"));
    site.add(&page(""));
    site.add("=== guidepost.toml\n[search]\nenabled = false\n");
    assert_eq!(check(&site), "");
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let site = built();
    site.add("=== content/guides/b.md\n+++\ntitle = 1\n+++\nText.\n");
    assert!(!check(&site).contains("lost-url"));
}
