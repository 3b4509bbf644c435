//! What is said once: variables and snippets, in every text that can name them.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

/// A site with two variables and a page with this Markdown.
fn site(markdown: &str) -> Site {
    Site::new(&format!(
        "=== guidepost.toml\ntitle = \"[[var:org]] guidance\"\n[variables]\nsupport-mail = \"help@example.com\"\n\
         org = \"R&D <Example>\"\nscheme = \"javascript\"\n\
         === content/index.md\n+++\ndescription = \"Of [[var:org]].\"\n+++\n[A](a.md)\n\
         === content/a.md\n+++\ntitle = \"At [[var:org]]\"\ndescription = \"Ask [[var:support-mail]].\"\n+++\n{markdown}\n"
    ))
}

fn article(site: &Site) -> String {
    site.build(&["--strict"]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

fn problems(markdown: &str) -> String {
    site(markdown).problems()
}

#[test]
fn variables_stand_in_texts_and_destinations_and_never_in_code() {
    let site = site(
        "## Who is [[var:org]]?\n\n\
         **[[var:support-mail]]**, a [[[var:org]] mail](mailto:[[var:support-mail]]), \
         [titled](https://example.com/?q=[[var:support-mail]] \"[[var:org]]\"), <https://example.com/[[var:support-mail]]>, [ref].\n\n\
         [ref]: mailto:[[var:support-mail]]\n\n\
         `[[var:support-mail]]` \\[[var:org]], <b title=\"[[var:org]]\">[[var:org]]</b>\n\n\
         ```\n[[var:support-mail]]\n```\n\n\
         | [[var:org]] |\n| --- |\n| [[var:support-mail]] |\n\n\
         A note.[^1]\n\n[^1]: Of [[var:org]].\n\n<div>\n[[var:org]]\n</div>",
    );
    assert_data_eq!(article(&site), str![]);
    let page = site.read("output/a/index.html");
    let head = page.split("</head>").next().expect("a head");
    assert!(head.contains("<title>At R&amp;D &lt;Example&gt; · R&amp;D &lt;Example&gt; guidance</title>"), "{head}");
    assert!(head.contains("content=\"Ask help@example.com.\""), "{head}");
    assert!(!page.contains("[[var:") || page.matches("[[var:").count() == 3, "{page}");
}

#[test]
fn a_value_is_a_word_and_no_markup() {
    let site = Site::new(
        "=== guidepost.toml\n[variables]\nstars = \"*a* `b` [c](d.md) <i>e</i> | f\"\n[markdown]\nsmart_punctuation = true\n\
         === content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n\
         === content/a.md\n+++\ndescription = \"D\"\n+++\n# A\n\nIt is [[var:stars]] -- \"so\".\n\n| x |\n| - |\n| [[var:stars]] |\n",
    );
    assert_data_eq!(article(&site), str![]);
}

#[test]
fn every_text_of_toml_is_filled() {
    let site = Site::new(
        "=== guidepost.toml\nbase_url = \"https://example.com/\"\n[variables]\norg = \"Ex*am*ple\"\nhost = \"example.com\"\n\
         === content/index.md\n+++\ndescription = \"H\"\n+++\n\n\
         === content/glossary.toml\n[[terms]]\nterm = \"[[var:org]] ID\"\ndefinition = \"What [[var:org]] calls you.\"\n\
         === content/frameworks/f/framework.toml\ntitle = \"F of [[var:org]]\"\nsummary = \"S of [[var:org]]\"\ndimensions = [\"d\"]\n\
         takeaways = [\"T of [[var:org]]\"]\nrelated = [{ to = \"https://[[var:host]]/\", title = \"At [[var:org]]\" }]\n\
         [[stages]]\nid = \"one\"\ntitle = \"One [[var:org]]\"\nfacts = { Who = \"[[var:org]]\" }\n\
         [[faq]]\nquestion = \"Why [[var:org]]?\"\nanswer = \"As [[var:org]].\"\n\
         === content/frameworks/f/d.toml\ntitle = \"D [[var:org]]\"\nintro = \"`[[var:org]]` is [[var:org]].\"\n\
         [[aspects]]\ntitle = \"A [[var:org]]\"\nat.one = \"C [[var:org]]\"\n\
         === content/playbooks/p.md\n+++\ntitle = \"P\"\ndescription = \"D\"\npurpose = \"For [[var:org]].\"\nrequired_sections = []\nduration = \"As [[var:org]] likes\"\n+++\n\
         ## Process\n\n1. Ask [[var:org]] ID.\n",
    );
    site.build(&["--strict"]);
    let mut named = Vec::new();
    for (path, bytes) in site.output("output") {
        if path.starts_with("pagefind/") || path.starts_with("assets/") || path.starts_with(".guidepost") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("<em>am</em>"), "{path}: a value is no markup");
        named.extend(text.lines().filter(|line| line.contains("[[var:")).map(|line| format!("{path}: {}", line.trim())));
    }
    // Only what stands in code.
    assert_data_eq!(named.join("\n"), str![]);
    assert_data_eq!(site.read("output/frameworks/f/d/index.md"), str![]);
}

#[test]
fn what_is_wrong_with_variables_is_told() {
    assert_data_eq!(
        problems(
            "[[var:support]] and [x]([[var:scheme]]:alert(1)) and `[[var:not-told]]`\n\n![[var:org]]\n\n[[var:Org]] [[var:org|label]]\n"
        ),
        str![]
    );
    let config = "=== guidepost.toml\n[variables]\nSupport = \"a\"\na = \"[[var:b]]\"\nb = 1\n[markdown]\nremote_images = [\"http://a.b\", \"https://a.b/c\"]\n\
                  === content/index.md\n+++\ndescription = \"H\"\n+++\n";
    assert_data_eq!(Site::new(config).problems(), str![]);
}

/// A site whose page embeds snippets.
fn with_snippets(page: &str, snippets: &str) -> Site {
    Site::new(&format!(
        "=== guidepost.toml\n[variables]\nsupport-mail = \"help@example.com\"\nplan = \"pro\"\n\
         === content/index.md\n+++\ndescription = \"H\"\n+++\n[A](guides/a.md)\n\
         === content/guides/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{page}\n{snippets}"
    ))
}

fn guide(site: &Site) -> String {
    site.build(&["--strict"]);
    let page = site.read("output/guides/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

const GREET: &str = "=== content/_snippets/greet.md\n## Hello [[var:name]]\n\nOn [[var:plan]]: [home](../index.md), [top](#hello-name), \
     ![Wave](wave.png) [[var:support-mail]].\n\n![[_snippets/deep/sign]]{who=\"[[var:name]]\"}\n\
     === content/_snippets/deep/sign.md\nSigned, [[var:who]], [A](../../guides/a.md).\n";

#[test]
fn snippets_are_shown_where_they_are_embedded_and_nowhere_else() {
    let site = with_snippets(
        "Before.\n\n![[_snippets/greet]]{name=\"Ada <b> *x*\"}\n\n- ![[_snippets/greet]]{name=Bo plan=free}\n\nAfter.",
        GREET,
    );
    site.write("content/_snippets/wave.png", &crate::links::png(4, 3));
    site.write("content/_snippets/other.png", &crate::links::png(4, 3));
    assert_data_eq!(guide(&site), str![]);
    let paths: Vec<String> =
        site.output("output").into_keys().filter(|path| path.contains("snippets")).collect();
    assert_eq!(paths, ["_snippets/wave.png"]);
    let llms = site.read("output/llms-full.txt");
    assert_data_eq!(&llms[llms.find("Before").expect("the page")..], str![]);
}

#[test]
fn what_is_wrong_with_a_snippet_is_told_once_and_at_its_place() {
    let site = with_snippets(
        "![[_snippets/greet]]{name=A}\n\n![[_snippets/greet]]{name=B}\n\n![[_snippets/greet]]{nam=C}\n\n![[_snippets/great]]\n\n\
         ![[_snippets/greet]]{name}\n\nSee [[_snippets/greet]] and [it](../_snippets/greet.md).\n\n![[guides/a#x]]{a=b}",
        "=== content/_snippets/greet.md\n[[var:name]] [[var:mane]] [x](nowhere.md) [y](#z) <table>\n\
         === content/_snippets/unused.md\n[broken](nowhere.md)\n=== content/_snippets/front.md\n+++\ntitle = \"x\"\n+++\n",
    );
    assert_data_eq!(site.problems(), str![]);
}

#[test]
fn snippets_end_somewhere() {
    let circle = with_snippets(
        "![[_snippets/a]]{x=1}",
        "=== content/_snippets/a.md\n![[_snippets/b]]{x=\"[[var:x]]1\"}\n=== content/_snippets/b.md\n![[_snippets/a]]{x=\"[[var:x]]2\"}\n",
    );
    assert_data_eq!(circle.problems(), str![]);
    let chain: String = (0..12)
        .map(|n| format!("=== content/_snippets/s{n}.md\n![[_snippets/s{}]]\n", n + 1))
        .chain(["=== content/_snippets/s12.md\nEnd.\n".to_owned()])
        .collect();
    assert_data_eq!(with_snippets("![[_snippets/s0]]", &chain).problems(), str![]);
    let through_a_page = with_snippets(
        "![[_snippets/a]]",
        "=== content/_snippets/a.md\n![[guides/a]]\n",
    );
    assert_data_eq!(through_a_page.problems(), str![]);
}

#[test]
fn a_change_reaches_every_page_that_shows_it_and_no_other() {
    let site = with_snippets("![[_snippets/greet]]", "=== content/_snippets/greet.md\nHello.\n=== content/b.md\n+++\ndescription = \"B\"\n+++\n# B\n");
    let written = |site: &Site| {
        let said = site.build(&[]).stdout;
        let files = said.split(": ").nth(1).and_then(|rest| rest.split(' ').next());
        files.and_then(|n| n.parse::<usize>().ok()).unwrap_or_else(|| panic!("{said}"))
    };
    written(&site);
    assert_eq!(written(&site), 0);
    let pages = |site: &Site| (site.read("output/guides/a/index.html"), site.read("output/b/index.html"));
    let before = pages(&site);
    site.add("=== content/_snippets/greet.md\nGood day, [[var:plan]].\n");
    assert!(written(&site) > 0);
    let after = pages(&site);
    assert!(after.0.contains("<p>Good day, pro.</p>"), "{}", after.0);
    assert_eq!(before.1, after.1);
    site.add("=== guidepost.toml\n[variables]\nsupport-mail = \"help@example.com\"\nplan = \"free\"\n");
    assert!(written(&site) > 0);
    assert!(pages(&site).0.contains("<p>Good day, free.</p>"));
    assert_eq!(before.1, pages(&site).1);
}
