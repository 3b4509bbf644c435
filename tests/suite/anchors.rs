//! Ids of headings: the rule, what a heading was called before, and links that follow another rule.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

/// A site of one guide with this text, and a home page with this one.
fn site(guide: &str, home: &str) -> Site {
    Site::new(&format!(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n{home}\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{guide}\n"
    ))
}

/// The ids of a page's headings and of what stands within them.
fn ids(site: &Site, page: &str) -> Vec<String> {
    let html = site.read(page);
    let article = html.split("<article").nth(1).unwrap_or_default();
    let article = article.split("</article>").next().unwrap_or_default();
    let ids = article.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(str::to_owned).collect()
}

#[test]
fn a_heading_keeps_its_former_id_where_it_is_free() {
    let site =
        site("## Read & write\n\n## Read write\n\n## Same\n\n## Same\n\n## Über {#own}\n", "[A](a.md)");
    site.build(&[]);
    assert_eq!(
        ids(&site, "output/a/index.html"),
        ["read--write", "read-write", "read-write-1", "same", "same-1", "own"]
    );
}

#[test]
fn the_first_rule_stays_available() {
    let site = site("## Read & write\n", "[A](a.md)");
    site.add("=== guidepost.toml\n[markdown]\nslugs = \"guidepost\"\n");
    site.build(&[]);
    assert_eq!(ids(&site, "output/a/index.html"), ["read-write"]);
}

#[test]
fn links_by_another_rule_land_and_are_told() {
    let site = site(
        "## Read & write\n\n## UI/UX: 1.5\n\n## Tips\n\n## Tips\n\nX\n\n[here](#ui-ux-15), [there](#gone)\n",
        "[a](a.md#read-write), [b](a.md#ui-ux-1-5), [c](a.md#tips_1), [[a#read-write|d]], [e](a.md#read--write)\n\n![[a#read-write]]\n",
    );
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
error[broken-anchor]: no heading `#ui-ux-15` on a
  --> content/a.md:15:1
   |
15 | [here](#ui-ux-15), [there](#gone)
   | ^^^^^^^^^^^^^^^^^
   |
   = help: did you mean `#uiux-15`? headings there: read--write, uiux-15, tips, tips-1

error[broken-anchor]: no heading `#gone` on a
  --> content/a.md:15:20
   |
15 | [here](#ui-ux-15), [there](#gone)
   |                    ^^^^^^^^^^^^^^
   |
   = help: headings there: read--write, uiux-15, tips, tips-1

warning[renamed-anchor]: the heading `#read-write` on a has the id `read--write`
 --> content/index.md:4:1
  |
4 | [a](a.md#read-write), [b](a.md#ui-ux-1-5), [c](a.md#tips_1), [[a#read-write|d]], [e](a.md#read--write)
  | ^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `#read--write`, or keep the old id: `{#read-write}` at the end of the heading

warning[renamed-anchor]: the heading `#ui-ux-1-5` on a has the id `uiux-15`
 --> content/index.md:4:23
  |
4 | [a](a.md#read-write), [b](a.md#ui-ux-1-5), [c](a.md#tips_1), [[a#read-write|d]], [e](a.md#read--write)
  |                       ^^^^^^^^^^^^^^^^^^^
  |
  = help: write `#uiux-15`, or keep the old id: `{#ui-ux-1-5}` at the end of the heading

warning[renamed-anchor]: the heading `#tips_1` on a has the id `tips-1`
 --> content/index.md:4:44
  |
4 | [a](a.md#read-write), [b](a.md#ui-ux-1-5), [c](a.md#tips_1), [[a#read-write|d]], [e](a.md#read--write)
  |                                            ^^^^^^^^^^^^^^^^
  |
  = help: write `#tips-1`, or keep the old id: `{#tips_1}` at the end of the heading

warning[renamed-anchor]: the heading `#read-write` on a has the id `read--write`
 --> content/index.md:4:62
  |
4 | [a](a.md#read-write), [b](a.md#ui-ux-1-5), [c](a.md#tips_1), [[a#read-write|d]], [e](a.md#read--write)
  |                                                              ^^^^^^^^^^^^^^^^^^
  |
  = help: write `#read--write`, or keep the old id: `{#read-write}` at the end of the heading

warning[renamed-anchor]: the heading `#read-write` on a has the id `read--write`
 --> content/index.md:6:1
  |
6 | ![[a#read-write]]
  | ^^^^^^^^^^^^^^^^^
  |
  = help: write `#read--write`, or keep the old id: `{#read-write}` at the end of the heading


"#]]
    );
    let home = "[a](a.md#tips_1), [[a#tips_1|d]], [[a#tips_1]]\n\n![[a#tips_1]]\n";
    let site = self::site("## Tips\n\nA.\n\n## Tips\n\nB.\n", home);
    site.build(&[]);
    let home = site.read("output/index.html");
    assert_eq!(home.matches("href=\"a/#tips-1\"").count(), 4, "{home}");
    assert!(home.contains("<p>B.</p>") && !home.contains("<p>A.</p>"), "{home}");
}

#[test]
fn ids_beside_a_framework_give_way_to_the_framework() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[[f]]
=== content/frameworks/f/framework.toml\ntitle = \"F\"\ndimensions = [\"d\"]\n[[stages]]\nid = \"one\"\ntitle = \"One\"
=== content/frameworks/f/d.toml\ntitle = \"D\"\n[[aspects]]\nid = \"a-b\"\ntitle = \"AB\"\nat.one = \"x\"
=== content/frameworks/f/d.md\n## A & B\n\n## C & D\n",
    );
    site.build(&[]);
    let html = site.read("output/frameworks/f/d/index.html");
    assert_eq!(html.matches(" id=\"a-b\"").count(), 1, "the aspect's");
    assert!(html.contains("<h2 id=\"a--b\">A &amp; B"), "{html}");
    assert!(html.contains("<h2 id=\"c--d\"><span id=\"c-d\"></span>C &amp; D"), "{html}");
}

#[test]
fn playbooks_know_their_sections_and_steps_keep_their_ids() {
    let playbook = "+++\ntitle = \"P\"\ndescription = \"D\"\npurpose = \"Why.\"\n+++\n
## Inputs & more\n\nA.\n\n## Principles\n\nB.\n\n## Process\n\n### Week 1: go!\n\n1. Do it\n\n### Week 2 / 3\n\n1. Do that\n
## Outputs/results\n\nC.\n\n## Tips\n\nD.\n";
    let site = Site::new(&format!(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[P](playbooks/p.md)\n=== content/playbooks/p.md\n{playbook}"
    ));
    site.build(&[]);
    let html = site.read("output/playbooks/p/index.html");
    assert!(html.contains("<section class=\"section-inputs\" aria-labelledby=\"inputs--more\">"), "{html}");
    assert!(
        html.contains("<h2 id=\"outputsresults\"><span id=\"outputs-results\"></span>Outputs/results"),
        "{html}"
    );
    assert!(html.contains("<section class=\"section-outputs\""), "{html}");
    assert!(html.contains("<h3 id=\"week-2--3\"><span id=\"week-2-3\"></span>Week 2 / 3"), "{html}");
    assert!(
        html.contains("id=\"week-2-3-do-that\""),
        "a step keeps the id that ticks are kept under: {html}"
    );
}
