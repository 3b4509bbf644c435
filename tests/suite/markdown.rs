//! Markdown as readers get it.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

/// The article's text of a page with this Markdown.
fn article(markdown: &str) -> String {
    let site = Site::new(&format!(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{markdown}"
    ));
    site.build(&[]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

#[test]
fn gfm() {
    assert_data_eq!(
        article(
            "## A *heading* & more\n\n| a | b |\n| :-: | --: |\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~gone~~ text[^n].\n\n[^n]: A note.\n\n> [!WARNING]\n> Take care.\n\n1. one\n2. two\n\nTerm\n: Meaning\n"
        ),
        str![[r##"
<h2 id="a-heading--more"><span id="a-heading-more"></span>A <em>heading</em> &amp; more <a class="anchor" href="#a-heading--more" aria-label="Link to this section: A heading &amp; more">#</a></h2>
<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>
<thead>
<tr><th scope="col" class="center">a</th><th scope="col" class="right">b</th></tr>
</thead>
<tbody>
<tr><td class="center">1</td><td class="right">2</td></tr>
</tbody>
</table></div>
<ul class="tasks">
<li><span class="task task-done" role="img" aria-label="Done:"></span> done</li>
<li><span class="task" role="img" aria-label="To do:"></span> open</li>
</ul>
<p><del>gone</del> text<sup class="footnote-ref"><a id="fnref-n" href="#fn-n" aria-label="Footnote 1">1</a></sup>.</p>
<div class="alert alert-warning" role="note">
<p class="alert-title">Warning</p>
<p>Take care.</p>
</div>
<ol>
<li>one</li>
<li>two</li>
</ol>
<dl>
<dt>Term</dt>
<dd>Meaning</dd>
</dl>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-n"><p>A note.</p>
<a href="#fnref-n" class="footnote-back" aria-label="Back to the text">↩</a></li>
</ol>
</section>


"##]]
    );
}

#[test]
fn code_is_highlighted_with_classes() {
    assert_data_eq!(
        article("```rust\nlet x = \"<b>\"; // ok\n```\n\n    plain & indented\n"),
        str![[r#"
<pre tabindex="0"><code class="language-rust"><i class="h-t">let</i> x <i class="h-o">= </i><i class="h-s">&quot;&lt;b&gt;&quot;</i>; <i class="h-c">// ok
</i></code></pre>
<pre tabindex="0"><code>plain &amp; indented
</code></pre>


"#]]
    );
}

#[test]
fn headings_get_ids_of_their_own() {
    assert_data_eq!(
        article("## Same\n\n## Same\n\n## Größe & Maß {#custom}\n\n## 1M+ users\n"),
        str![[r##"
<h2 id="same">Same <a class="anchor" href="#same" aria-label="Link to this section: Same">#</a></h2>
<h2 id="same-1">Same <a class="anchor" href="#same-1" aria-label="Link to this section: Same">#</a></h2>
<h2 id="custom">Größe &amp; Maß <a class="anchor" href="#custom" aria-label="Link to this section: Größe &amp; Maß">#</a></h2>
<h2 id="1m-users">1M+ users <a class="anchor" href="#1m-users" aria-label="Link to this section: 1M+ users">#</a></h2>


"##]]
    );
}

#[test]
fn html_that_passes() {
    assert_data_eq!(
        article(
            "Press <kbd>Ctrl</kbd> <!-- quietly --> now.\n\n<details class=\"x\">\n<summary>More</summary>\n\nInside.\n\n</details>\n"
        ),
        str![[r#"
<p>Press <kbd>Ctrl</kbd>  now.</p>
<details class="x">
<summary>More</summary>
<p>Inside.</p>
</details>


"#]]
    );
}

#[test]
fn a_link_within_a_link_is_only_its_text() {
    assert_data_eq!(
        article("[x <https://a.b> y](index.md)\n"),
        str![[r#"
<p><a href="../">x https://a.b y</a></p>


"#]]
    );
}

#[test]
fn yaml_front_matter_is_as_good_as_toml() {
    let page = |front: &str| {
        let site = Site::new(&format!(
            "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n=== content/a.md\n{front}\nText.\n"
        ));
        site.build(&[]);
        site.read("output/a/index.html")
    };
    let toml = page(
        "+++\ntitle = \"T: x\"\ndescription = \"D\"\ntags = [\"a\", \"b\"]\nupdated = 2025-01-02\nweight = 3\n[[faq]]\nquestion = \"Q?\"\nanswer = \"A.\"\n+++",
    );
    let yaml = page(
        "---\ntitle: \"T: x\"\ndescription: D\ntags: [a, b]\nupdated: 2025-01-02\nweight: 3\nfaq:\n  - question: Q?\n    answer: A.\n---",
    );
    assert!(toml.contains("T: x") && toml.contains("Q?") && toml.contains("2025-01-02"));
    assert_eq!(toml, yaml);
}

#[test]
fn smart_punctuation_is_an_option() {
    assert!(article("\"Quoted\" -- and...\n").contains("&quot;Quoted&quot; -- and..."));
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n\"Quoted\" -- and...\n=== guidepost.toml\n[markdown]\nsmart_punctuation = true\n",
    );
    site.build(&[]);
    assert!(site.read("output/index.html").contains("“Quoted” – and…"));
}

#[test]
fn terms_are_linked_once_and_never_in_code_headings_or_links() {
    let site = Site::new(
        "=== content/glossary.toml\n[[terms]]\nterm = \"cache\"\naliases = [\"caching layer\"]\ndefinition = \"A copy *near by*.\"\n[[terms]]\nterm = \"IT\"\ndefinition = \"Computers.\"\n=== content/index.md\n+++\ndescription = \"H\"\n+++\n## The cache\n\n`cache` and [cache](a.md), pre-cache: the caching layer, a cache, it.\n=== content/a.md\n+++\ndescription = \"A\"\n+++\nTwo caches, says IT.\n",
    );
    site.build(&[]);
    let home = site.read("output/index.html");
    assert_eq!(home.matches("class=\"term\"").count(), 1, "{home}");
    assert!(
        home.contains(
            "<a class=\"term\" href=\"glossary/#cache\" title=\"A copy near by.\">caching layer</a>"
        ),
        "{home}"
    );
    let other = site.read("output/a/index.html");
    assert!(other.contains(">cache</a>s, says <a class=\"term\" href=\"../glossary/#it\""), "{other}");
}

#[test]
fn embeds_of_every_kind() {
    let site = Site::new(&format!(
        "{}=== content/index.md\n+++\ndescription = \"H\"\n+++\n![[f]]\n\n![[safety@one..two]]\n\n![[safety/doors]]\n\n![[@two]]\n\n![[@one..two]]\n\n![[safety/doors@two]]\n\n![[a]]\n\n![[a#part]]\n\n![[a#part]]\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n## Part\n\nNote[^1]. [Up](#part)\n\n![[safety]]\n\n[^1]: Foot.\n\n## Other\n\nOther text.\n",
        crate::fixture::FRAMEWORK
    ));
    site.build(&[]);
    let home = site.read("output/index.html");
    let document = scraper::Html::parse_document(&home);
    let count =
        |selector: &str| document.select(&scraper::Selector::parse(selector).expect("selector")).count();
    assert_eq!(count("table.stages"), 1);
    assert_eq!(
        count("article .table:not(.comparison) table.grid"),
        5,
        "two tables, and one in each embedded text"
    );
    assert_eq!(count(".comparison table"), 1);
    assert_eq!(count("div.stage-card"), 1);
    assert_eq!(count(".embed-cell"), 1);
    assert_eq!(home.matches("Other text.").count(), 1, "an embedded section ends with the next heading");
    let mut ids: Vec<&str> = document
        .select(&scraper::Selector::parse("[id]").expect("selector"))
        .filter_map(|e| e.value().id())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "embedded texts keep their ids apart");
}
