//! `print = true`: all pages of a section as one document.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

const PLAYBOOK: &str = "+++\ntitle = \"Pilot\"\ndescription = \"A pilot.\"\npurpose = \"Learn *fast*.\"\nrequired_sections = []\n+++\n\
                        ## Process\n\n### Week 1: Start\n\n- Find a [guide](../guides/alpha.md#one)\n\n## Tips\n\nTake care.\n";

fn sites() -> Site {
    let site = Site::new(&format!(
        "=== guidepost.toml\nbase_url = \"https://example.com/\"\n\
         === content/index.md\n+++\ndescription = \"Home.\"\n+++\n# Home\n\n[[guides/alpha]] [[playbooks/pilot]]\n\
         === content/guides/index.md\n+++\ntitle = \"Guides\"\ndescription = \"All guides.\"\nprint = true\npages = [\"beta\", \"alpha\"]\n+++\n\
         Begin with [[guides/alpha]], or [below](#more).\n\n## More\n\nText.\n\
         === content/guides/alpha.md\n+++\ntitle = \"Alpha\"\ndescription = \"About alpha.\"\ntakeaways = [\"Read [[guides/beta]].\"]\n\
         [[faq]]\nquestion = \"Why?\"\nanswer = \"Because.\"\n+++\n\
         ## One\n\nSee [[guides/beta#two]], [[guides/beta]], [here](#one), [[playbooks/pilot]] and [[guides/deep/leaf]].\n\n### Below\n\nMore.[^1]\n\n[^1]: A note.\n\
         === content/guides/beta.md\n+++\ntitle = \"Beta\"\ndescription = \"About beta.\"\n+++\n## One\n\n## Two\n\n![[guides/alpha#one]]\n\n[Why](alpha.md#why)\n\
         === content/guides/hidden.md\n+++\ntitle = \"Hidden\"\ndescription = \"Not listed.\"\nlisted = false\n+++\nSecret. [[guides/alpha]]\n\
         === content/guides/deep/index.md\n+++\ntitle = \"Deep\"\ndescription = \"Deeper.\"\n+++\nBelow.\n\
         === content/guides/deep/leaf.md\n+++\ntitle = \"Leaf\"\ndescription = \"A leaf.\"\n+++\n## One\n\nText.\n\
         === content/playbooks/index.md\n+++\ndescription = \"Playbooks.\"\nprint = true\n+++\n# Playbooks\n\
         === content/playbooks/pilot.md\n{PLAYBOOK}{FRAMEWORK}"
    ));
    site.build(&[]);
    site
}

/// What all elements that a selector finds are called, and an attribute of each.
fn found(page: &str, selector: &str, attribute: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse(selector).expect("selector");
    let words = |one: scraper::ElementRef<'_>| {
        one.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    page.select(&selector)
        .map(|one| format!("{} {}", words(one), one.attr(attribute).unwrap_or_default()))
        .collect()
}

#[test]
fn all_pages_of_a_section_are_one_document_in_their_order() {
    let page = sites().read("output/guides/print.html");
    assert_eq!(
        found(&page, ".printed-contents a", "href"),
        ["Beta #beta", "Alpha #alpha", "Deep #deep", "Leaf #deep/leaf"]
    );
    assert_data_eq!(
        found(&page, "article :is(h1, h2, h3, h4)", "id").join("\n"),
        str![[r#"
Guides 
More # :more
Contents contents
Beta beta
One # beta:one
Two # beta:two
Below # beta:guides-alpha-below
Alpha alpha
One # alpha:one
Below # alpha:below
Questions and answers 
Deep deep
Leaf deep/leaf
One # deep/leaf:one
"#]]
    );
    assert!(!page.contains("Secret"), "what no list shows is not printed either");
}

#[test]
fn links_between_its_pages_stay_inside_and_all_of_them_lead_somewhere() {
    let site = sites();
    for path in ["output/guides/print.html", "output/playbooks/print.html"] {
        let page = site.read(path);
        let ids: Vec<String> = found(&page, "[id]", "id")
            .iter()
            .filter_map(|id| Some(id.rsplit_once(' ')?.1.to_owned()))
            .collect();
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "every id is there once");
        for link in found(&page, "a[href^='#']", "href") {
            let anchor = link.rsplit_once('#').map(|(_, anchor)| anchor.to_owned()).unwrap_or_default();
            assert!(ids.contains(&anchor), "{path}: {link}");
        }
    }
    let page = site.read("output/guides/print.html");
    assert_data_eq!(
        found(&page, "article .prose a, .takeaways a", "href").join("\n"),
        str![[r#"
Alpha #alpha
below #:more
# #:more
# #beta:one
# #beta:two
One #alpha:one
Two #beta:two
Beta #beta
here #alpha:one
Pilot ../playbooks/pilot/
Leaf #deep/leaf
# #beta:guides-alpha-below
1 #beta:guides-alpha-fn-1
↩ #beta:guides-alpha-fnref-1
Why #alpha:why
Beta #beta
# #alpha:one
Two #beta:two
Beta #beta
here #alpha:one
Pilot ../playbooks/pilot/
Leaf #deep/leaf
# #alpha:below
1 #alpha:fn-1
↩ #alpha:fnref-1
# #deep/leaf:one
"#]]
    );
}

#[test]
fn machines_do_not_see_it_and_its_section_leads_there() {
    let site = sites();
    let page = site.read("output/guides/print.html");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    for path in ["output/sitemap.xml", "output/llms.txt", "output/llms-full.txt"] {
        assert!(!site.read(path).contains("print.html"), "{path}");
    }
    assert!(found(&page, ".sidebar", "class").is_empty());
    let section = site.read("output/guides/index.html");
    assert_eq!(found(&section, ".actions a", "href"), ["All of it to print print.html"]);
    assert!(found(&section, ".card a, .sidebar a", "href").iter().all(|link| !link.contains("print.html")));
    assert!(!site.exists("output/guides/deep/print.html"), "only where it was asked for");
}

#[test]
fn steps_of_a_playbook_are_boxes_and_headings_are_a_level_down() {
    let page = sites().read("output/playbooks/print.html");
    assert_data_eq!(
        found(&page, "article :is(h2, h3, h4, li)", "id").join("\n"),
        str![[r#"
Contents contents
Pilot 
Pilot pilot
Process pilot:process
Week 1: Start pilot:week-1-start
Find a guide 
Tips pilot:tips
"#]]
    );
    assert_eq!(found(&page, ".tasks .task", "class"), [" task"]);
}

#[test]
fn a_framework_is_printed_as_its_tables() {
    let site = sites();
    site.add("=== content/frameworks/index.md\n+++\ntitle = \"Frameworks\"\ndescription = \"F\"\nprint = true\n+++\n[[f/safety]]\n");
    site.build(&[]);
    let page = site.read("output/frameworks/print.html");
    assert!(found(&page, ".printed table", "class").len() > 1, "the stages, and the dimensions");
    assert_eq!(found(&page, "article > .prose a", "href"), ["Safety #f/safety"]);
}

#[test]
fn only_a_section_can_be_printed() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n[[a]]\n\
         === content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\nprint = true\n+++\nText.\n",
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-value]: `print` makes one document of the pages of a section, and this is none
 --> content/a.md:4:9
  |
4 | print = true
  |         ^^^^
  |
  = help: write it in the `index.md` of a folder that holds pages


"#]]
    );
}

#[test]
fn a_change_of_any_page_shows_in_the_document() {
    let site = sites();
    site.add("=== content/guides/deep/leaf.md\n+++\ntitle = \"Leaf\"\ndescription = \"A leaf.\"\n+++\n## One\n\nChanged words.\n");
    site.build(&[]);
    assert!(site.read("output/guides/print.html").contains("Changed words."));
    site.add(
        "=== content/guides/beta.md\n+++\ntitle = \"Beta\"\ndescription = \"B\"\n+++\n## Two\n\n## Three\n",
    );
    site.build(&[]);
    assert!(site.read("output/guides/print.html").contains("id=\"beta:three\""));
}
