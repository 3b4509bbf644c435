//! The matrix: what its page holds, and when its rows stand on the pages of their dimensions instead.

use crate::fixture::{FRAMEWORK, Site};
use std::fmt::Write;

/// The matrix page of a framework whose one dimension has one aspect with the given cells.
fn matrix(cells: &str) -> String {
    let site = Site::new("=== content/index.md\nHello. [[f]]\n");
    site.write(
        "content/frameworks/f/framework.toml",
        b"title = \"F\"\nsummary = \"S\"\ndimensions = [\"d\"]\n[[stages]]\nid = \"l1\"\ntitle = \"L1\"\n[[stages]]\nid = \"l2\"\ntitle = \"L2\"\n",
    );
    let dimension = format!(
        "title = \"D\"\nintro = \"I\"\n[[aspects]]\nid = \"a\"\ntitle = \"A\"\nsparse = true\n{cells}\n"
    );
    site.write("content/frameworks/f/d.toml", dimension.as_bytes());
    site.build(&[]);
    site.read("output/frameworks/f/matrix/index.html")
}

fn row(page: &str) -> &str {
    page.lines().find(|line| line.starts_with("<tr data-id=\"a\"")).expect("a row")
}

#[test]
fn a_cell_is_one_link_to_its_place() {
    let page = matrix("at.l1 = \"See [there](https://example.com) and `code`\"\nat.l2 = \"None\"");
    assert_eq!(
        row(&page),
        "<tr data-id=\"a\"><th scope=\"row\"><a href=\"../d/a/\">A</a></th><td><a href=\"../d/a/#l1\">See there and <code>code</code></a></td><td><a class=\"nothing\" href=\"../d/a/#l2\">None</a></td></tr>"
    );
    // Without ratings no shade is offered.
    assert!(page.contains("data-tint=\"none\"") && !page.contains("class=\"tint\""), "{page}");
    assert!(!page.contains("filter-weight"), "{page}");
}

#[test]
fn ratings_musts_and_tags_of_activities_are_there_to_filter_by() {
    let page = matrix(
        "tags = [\"b\"]\nat.l1 = [{ text = \"One\", effort = 2, impact = 3, must = true }, { text = \"Two\", effort = 4, tags = [\"a\"] }]\nat.l2 = { text = \"Three\", must = true }",
    );
    assert_eq!(
        row(&page),
        "<tr data-id=\"a\" data-tags=\"a|b\"><th scope=\"row\"><a href=\"../d/a/\">A</a></th><td class=\"e4 i3 m\"><a href=\"../d/a/#l1\"><ul class=\"activities\"><li>One <b class=\"must\">Must</b></li><li>Two</li></ul></a></td><td class=\"m\"><a href=\"../d/a/#l2\">Three <b class=\"must\">Must</b></a></td></tr>"
    );
    assert!(page.contains("data-tint=\"impact\""), "{page}");
}

#[test]
fn dimensions_stand_under_the_heads_of_their_groups_in_the_order_of_the_groups() {
    let site = Site::new(
        "=== content/index.md
Hello. [[f]]
=== content/frameworks/f/framework.toml
title = \"F\"
summary = \"S\"
dimensions = [\"a\", \"b\", \"c\"]
[[groups]]
id = \"second\"
title = \"Second\"
color = \"#112233\"
[[groups]]
id = \"first\"
title = \"First\"
[[stages]]
id = \"l1\"
title = \"L1\"
=== content/frameworks/f/a.toml
title = \"A\"
intro = \"I\"
group = \"first\"
[[aspects]]
title = \"X\"
at.l1 = \"One\"
=== content/frameworks/f/b.toml
title = \"B\"
intro = \"I\"
group = \"second\"
[[aspects]]
title = \"Y\"
at.l1 = \"Two\"
=== content/frameworks/f/c.toml
title = \"C\"
intro = \"I\"
group = \"first\"
[[aspects]]
title = \"Z\"
at.l1 = \"Three\"
",
    );
    site.build(&[]);
    let page = site.read("output/frameworks/f/matrix/index.html");
    let table = page.split("<tbody").skip(1).collect::<String>();
    let parts = [">Second<", "data-group=\"b\"", ">First<", "data-group=\"a\"", "data-group=\"c\""];
    let places: Vec<Option<usize>> = parts.iter().map(|part| table.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert!(page.contains("fill=\"#112233\""), "{page}");
}

/// A framework of ten stages and so many aspects.
fn large(aspects: usize) -> Site {
    let site = Site::new("=== content/index.md\nHello. [[f]]\n");
    let mut head = "title = \"F\"\nsummary = \"S\"\ndimensions = [\"d\"]\n".to_owned();
    let mut dimension = "title = \"D\"\nintro = \"I\"\n".to_owned();
    for stage in 1..=10 {
        write!(head, "[[stages]]\nid = \"s{stage}\"\ntitle = \"S{stage}\"\n").expect("a string");
    }
    for aspect in 0..aspects {
        write!(dimension, "[[aspects]]\nid = \"a{aspect}\"\ntitle = \"Aspect {aspect}\"\n")
            .expect("a string");
        for stage in 1..=10 {
            writeln!(dimension, "at.s{stage} = \"Something to do {aspect} at {stage}\"").expect("a string");
        }
    }
    site.write("content/frameworks/f/framework.toml", head.as_bytes());
    site.write("content/frameworks/f/d.toml", dimension.as_bytes());
    site.build(&[]);
    site
}

#[test]
fn rows_of_a_heavy_matrix_stand_on_the_pages_of_their_dimensions() {
    let light = large(50).read("output/frameworks/f/matrix/index.html");
    assert_eq!(light.matches("<tr data-id=").count(), 50);
    assert!(!light.contains("data-away"));
    let site = large(400);
    let heavy = site.read("output/frameworks/f/matrix/index.html");
    assert_eq!(heavy.matches("<tr data-id=").count(), 0);
    assert!(heavy.contains("<tbody data-group=\"d\" data-away>"), "{heavy}");
    assert!(heavy.contains("<a href=\"../d/\">D</a> <span class=\"count\">400</span>"), "{heavy}");
    // There they say what the matrix asks for.
    let there = site.read("output/frameworks/f/d/index.html");
    assert_eq!(there.matches("<tr data-id=").count(), 400);
}

#[test]
fn the_page_of_a_framework_leads_to_its_matrix() {
    let site = Site::new(FRAMEWORK);
    site.build(&[]);
    let page = site.read("output/frameworks/f/index.html");
    let section = page.split("<h2 id=\"matrix\">").nth(1).expect("the section");
    assert!(section.contains("class=\"glance") && section.contains("href=\"matrix/\""), "{section}");
}
