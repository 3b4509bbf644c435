//! Blocks, `:::name[Label]{key=value}` to `:::`, as readers get them, and what is wrong with others.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

/// A site with a framework and a page, `a`, that blocks can speak of.
fn site(markdown: &str) -> Site {
    let page = format!("+++\ntitle = \"A\"\ndescription = \"About A\"\n+++\n{markdown}");
    Site::new(&format!(
        "=== guidepost.toml\ndefault_framework = \"f\"\n\
         === content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md) [B](b.md)\n\
         === content/b.md\n+++\ntitle = \"B\"\ndescription = \"About B\"\nstages = [\"mvp\"]\n+++\nText\n\n## One {{#one}}\n\nMore\n\
         === content/p.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>\n\
         === content/frameworks/f/framework.toml\ntitle = \"F\"\nsummary = \"S\"\ndimensions = [\"d\"]\n\
         stages = [{{ id = \"poc\", title = \"POC\" }}, {{ id = \"mvp\", title = \"MVP\" }}, {{ id = \"10k\", title = \"10K\" }}]\n\
         === content/frameworks/f/d.toml\ntitle = \"D\"\nintro = \"I\"\n[[aspects]]\nid = \"x\"\ntitle = \"X\"\ndescription = \"What X is.\"\nat.poc = \"one\"\nat.mvp = \"two\"\nat.10k = \"three\"\n\
         === content/a.md\n{page}"
    ))
}

/// The text of the page `a`.
fn article(markdown: &str) -> String {
    let site = site(markdown);
    site.build(&[]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

/// What is wrong with the page `a`.
fn problems(markdown: &str) -> String {
    site(markdown).problems()
}

#[test]
fn asides() {
    assert_data_eq!(
        article(
            ":::note\nPlain.\n:::\n\n:::warning[Before you *switch*]{collapse #switch}\nText with `code`.\n\n- a list\n:::\n\n> [!TIP] Own title\n> First line\n> second line\n>\n> - item\n"
        ),
        str![[r#"
<div class="alert alert-note" role="note">
<p class="alert-title">Note</p>
<p>Plain.</p>
</div>
<details class="alert alert-warning" id="switch">
<summary class="alert-title"><span class="vh">Warning</span> Before you <em>switch</em></summary>
<p>Text with <code>code</code>.</p>
<ul>
<li>a list</li>
</ul>
</details>
<div class="alert alert-tip" role="note">
<p class="alert-title"><span class="vh">Tip</span> Own title</p>
<p>First line
second line</p>
<ul>
<li>item</li>
</ul>
</div>


"#]]
    );
}

#[test]
fn tabs() {
    assert_data_eq!(
        article(
            "::::tabs{sync=os}\n:::tab[Linux]\nOne\n:::\n\n:::tab[Mac `OS`]{#mac}\nTwo\n:::\n::::\n\nSee [](#mac) and [[a#tab-linux]].\n"
        ),
        str![[r##"
<div class="tabs" role="group" aria-label="Choose one" data-sync="os">
<label class="tab"><input type="radio" name="tabs" checked><span>Linux</span></label>
<div class="tab-panel" id="tab-linux" data-tab="linux">
<p>One</p>
</div>
<label class="tab"><input type="radio" name="tabs"><span>Mac <code>OS</code></span></label>
<div class="tab-panel" id="mac" data-tab="mac-os">
<p>Two</p>
</div>
</div>
<p>See <a href="#mac">Mac OS</a> and <a href="#tab-linux">Linux</a>.</p>


"##]]
    );
}

#[test]
fn a_link_without_words_to_an_aside_without_a_title_has_the_pages() {
    let page = article(":::note{#n}\nText\n:::\n\n[](#n) [[a#n]] [](b.md) [](p.svg)\n");
    let links = "<p><a href=\"#n\">A</a> <a href=\"#n\">A</a> <a href=\"../b/\">B</a> <a href=\"../p.svg\">p.svg</a></p>";
    assert!(page.contains(links), "{page}");
}

#[test]
fn steps_and_columns_and_details() {
    assert_data_eq!(
        article(
            ":::steps\n1. One\n\n   ```\n   :::note\n   ```\n2. Two\n   :::tip\n   Inner\n   :::\n:::\n\n:::columns\n:::column\nLeft\n:::\n:::column\nRight\n:::\n:::\n\n:::details[More *of* it]{open}\nText\n:::\n\n:::details\nText\n:::\n"
        ),
        str![[r#"
<div class="steps">
<ol>
<li><p>One</p>
<pre tabindex="0"><code>:::note
</code></pre>
</li>
<li><p>Two</p>
<div class="alert alert-tip" role="note">
<p class="alert-title">Tip</p>
<p>Inner</p>
</div>
</li>
</ol>
</div>
<div class="columns">
<div class="column">
<p>Left</p>
</div>
<div class="column">
<p>Right</p>
</div>
</div>
<details class="more-box" open><summary>More <em>of</em> it</summary>
<p>Text</p>
</details>
<details class="more-box"><summary>Details</summary>
<p>Text</p>
</details>


"#]]
    );
}

#[test]
fn cards() {
    assert_data_eq!(
        article(
            ":::cards\n:::card{to=b}\n:::\n:::card[Own]{to=d/x@mvp}\nOwn *text*.\n:::\n:::card[There]{to=https://example.com/}\n:::\n:::card[Nowhere]\nText\n:::\n:::card{to=d/x}\n:::\n:::\n"
        ),
        str![[r#"
<ul class="cards card-list">
<li class="card">
<p class="card-title"><a href="../b/">B</a></p>
<p>About B</p>
<p class="card-meta"><span class="stage" data-stage="2">MVP</span></p>
</li>
<li class="card">
<p class="card-title"><a href="../frameworks/f/d/x/#mvp">Own</a></p>
<p>two</p>
<p>Own <em>text</em>.</p>
<p class="card-meta"><span class="stage" data-stage="2">MVP</span></p>
</li>
<li class="card">
<p class="card-title"><a href="https://example.com/" class="external">There</a></p>
</li>
<li class="card">
<p class="card-title">Nowhere</p>
<p>Text</p>
</li>
<li class="card">
<p class="card-title"><a href="../frameworks/f/d/x/">X</a></p>
<p>What X is.</p>
</li>
</ul>


"#]]
    );
}

#[test]
fn figures_have_numbers_to_refer_to() {
    assert_data_eq!(
        article(
            ":::figure[The *layers*]{#layers}\n![Layers](p.svg)\n:::\n\n:::figure\n| a |\n| - |\n| b |\n:::\n\n[](#layers), [[a#figure-2]], [text](#layers)\n"
        ),
        str![[r##"
<figure class="figure" id="layers">
<p><a class="zoom" href="../p.svg" aria-label="Full size: Layers"><img src="../p.svg" alt="Layers" loading="lazy" decoding="async"></a></p>
<figcaption><span class="figure-number">Figure 1</span> The <em>layers</em></figcaption>
</figure>
<figure class="figure" id="figure-2">
<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>
<thead>
<tr><th scope="col">a</th></tr>
</thead>
<tbody>
<tr><td>b</td></tr>
</tbody>
</table></div>
<figcaption><span class="figure-number">Figure 2</span></figcaption>
</figure>
<p><a href="#layers">Figure 1</a>, <a href="#figure-2">Figure 2</a>, <a href="#layers">text</a></p>


"##]]
    );
}

#[test]
fn what_belongs_to_stages() {
    assert_data_eq!(
        article(":::only{stages=mvp..10k}\nText\n:::\n\n:::only[Backups]{stages=f@poc}\nText\n:::\n"),
        str![[r#"
<details class="only" data-stages="2 3" open><summary>For <span class="stage" data-stage="2">MVP</span> to <span class="stage" data-stage="3">10K</span></summary>
<p>Text</p>
</details>
<details class="only" data-stages="1" open><summary>For <span class="stage" data-stage="1">POC</span> <span class="only-title">Backups</span></summary>
<p>Text</p>
</details>


"#]]
    );
}

#[test]
fn what_is_wrong_with_blocks() {
    assert_data_eq!(
        problems(
            ":::note\nopen\n\n- :::tip\n  in an item\n\n:::wanring\ntext\n:::\n\n:::info\ntext\n:::\n\n:::note[A]{collapes}\ntext\n:::\n"
        ),
        str![[r#"
error[unclosed-block]: `note` is never closed
 --> content/a.md:5:1
  |
5 | :::note
  | ^^^^^^^
  |
  = help: end it with a line `:::`; such a line closes the innermost block

error[unclosed-block]: `tip` is never closed
 --> content/a.md:8:3
  |
8 | - :::tip
  |   ^^^^^^
  |
  = help: end it with `:::` in the same list item that it was opened in

error[unknown-block]: there is no block `wanring`
  --> content/a.md:11:4
   |
11 | :::wanring
   |    ^^^^^^^
   |
   = help: did you mean `warning`? blocks are: note, tip, important, warning, caution, tabs, tab, steps, cards, card, figure, columns, column, details, only

error[unknown-block]: there is no block `info`
  --> content/a.md:15:4
   |
15 | :::info
   |    ^^^^
   |
   = help: the block for that is `note`

error[unknown-attribute]: `collapes` is no attribute of `note`
  --> content/a.md:19:12
   |
19 | :::note[A]{collapes}
   |            ^^^^^^^^
   |
   = help: did you mean `collapse`? attributes are: collapse, #id


"#]]
    );
}

#[test]
fn blocks_stand_in_items_quotes_and_footnotes() {
    assert_data_eq!(
        article(
            "- one\n  :::note\n  in *an* item\n\n  ![[b#one]]\n  :::\n- two\n\n> :::tip\n> quoted\n> :::\n\nx[^1]\n\n[^1]: :::caution\n    a [b] b\n    :::\n\n[b]: b.md\n"
        ),
        str![[r##"
<ul>
<li><p>one</p>
<div class="alert alert-note" role="note">
<p class="alert-title">Note</p>
<p>in <em>an</em> item</p>
<div class="embed">
<p class="embed-title">From <a href="../b/#one">One</a></p>
<p>More</p>
</div>
</div>
</li>
<li><p>two</p>
</li>
</ul>
<blockquote>
<div class="alert alert-tip" role="note">
<p class="alert-title">Tip</p>
<p>quoted</p>
</div>
</blockquote>
<p>x<sup class="footnote-ref"><a id="fnref-1" href="#fn-1" aria-label="Footnote 1">1</a></sup></p>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-1"><div class="alert alert-caution" role="note">
<p class="alert-title">Caution</p>
<p>a <a href="../b/">b</a> b</p>
</div>
<a href="#fnref-1" class="footnote-back" aria-label="Back to the text">↩</a></li>
</ol>
</section>


"##]]
    );
}

#[test]
fn a_section_takes_whole_blocks_and_a_block_is_no_sections_end() {
    let site = site("![[c#one]]\n\n![[c#inner]]\n");
    site.add(
        "=== content/c.md\n+++\ntitle = \"C\"\ndescription = \"C\"\n+++\n## One {#one}\n\n:::note\n## Inner {#inner}\n\ninner\n:::\n\nstill one\n\n:::figure[F]{#fig}\n`x`\n:::\n\n[](#fig)\n\n## Two\n\ntwo\n",
    );
    site.build(&[]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"embed\">").expect("an embed");
    let end = page.find("\n</article>").expect("end of the article");
    assert_data_eq!(
        page[start..end].to_owned(),
        str![[r##"
<div class="embed">
<p class="embed-title">From <a href="../c/#one">One</a></p>
<div class="alert alert-note" role="note">
<p class="alert-title">Note</p>
<h2 id="c-inner">Inner <a class="anchor" href="#c-inner" aria-label="Link to this section: Inner">#</a></h2>
<p>inner</p>
</div>
<p>still one</p>
<figure class="figure" id="c-fig">
<p><code>x</code></p>
<figcaption><span class="figure-number">Figure 1</span> F</figcaption>
</figure>
<p><a href="#c-fig">Figure 1</a></p>
</div>
<div class="embed">
<p class="embed-title">From <a href="../c/#inner">Inner</a></p>
<p>inner</p>
</div>
</div>



"##]]
    );
}

#[test]
fn blocks_stand_in_playbooks() {
    let site = site("[P](playbooks/p.md) and [](playbooks/p.md#sketch)");
    site.add(
        "=== content/playbooks/p.md\n+++\ndescription = \"P\"\npurpose = \"P\"\n+++\n:::note\nIntro\n:::\n\n## Inputs\n\n:::tip\nTip\n:::\n\n## Principles\n\nB\n\n## Process\n\n### Week 1\n\n:::warning\nCare\n:::\n\n- [ ] First\n  :::figure[S]{#sketch}\n  `x`\n  :::\n- Second\n\n## Outputs\n\nD\n\n## Tips\n\nE\n",
    );
    site.build(&["--strict"]);
    let page = site.read("output/playbooks/p/index.html");
    for (part, count) in
        [("class=\"alert ", 3), ("<figure ", 1), ("id=\"sketch\"", 1), ("type=\"checkbox\"", 2)]
    {
        assert_eq!(page.matches(part).count(), count, "{part}\n{page}");
    }
    assert!(site.read("output/a/index.html").contains("playbooks/p/#sketch\">Figure 1</a>"));
}

#[test]
fn ids_and_radio_buttons_of_several_texts_on_a_page_differ() {
    let site = site("![[b]]\n");
    site.add("=== content/frameworks/f/d/x@mvp.md\n:::tabs\n:::tab[One]\n:::\n:::\n");
    site.add("=== content/frameworks/f/d/x@10k.md\n:::tabs\n:::tab[One]\n:::\n:::\n\n[](#tab-one)\n");
    site.build(&[]);
    let page = site.read("output/frameworks/f/d/x/index.html");
    let names: Vec<&str> =
        page.split("type=\"radio\" name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names.len(), 2, "{page}");
    assert_ne!(names[0], names[1]);
}

#[test]
fn the_search_and_the_description_know_the_words() {
    let site = site(":::note[Own words]\nThe first words.\n:::\n");
    let text = site.read("content/a.md").replace("description = \"About A\"\n", "");
    site.write("content/a.md", text.as_bytes());
    site.build(&[]);
    assert!(
        site.read("output/a/index.html").contains("<meta name=\"description\" content=\"The first words.\">")
    );
}

#[test]
fn a_warm_build_follows_what_blocks_show_of_other_files() {
    let site = site(":::cards\n:::card{to=b}\n:::\n:::\n\n[](b.md#fig)\n\n:::only{stages=mvp}\nText\n:::\n");
    let b = |description: &str, body: &str| {
        let page = format!(
            "+++\ntitle = \"B\"\ndescription = \"{description}\"\nstages = [\"poc\"]\n+++\n{body}\n:::figure{{#fig}}\n`x`\n:::\n"
        );
        site.write("content/b.md", page.as_bytes());
    };
    b("Before", "");
    site.build(&[]);
    let page = site.read("output/a/index.html");
    assert!(page.contains("<p>Before</p>") && page.contains(">Figure 1</a>"), "{page}");
    b("After", ":::figure\n`y`\n:::\n");
    let framework =
        site.read("content/frameworks/f/framework.toml").replace("title = \"MVP\"", "title = \"First\"");
    site.write("content/frameworks/f/framework.toml", framework.as_bytes());
    site.build(&[]);
    let page = site.read("output/a/index.html");
    for part in ["<p>After</p>", ">Figure 2</a>", "For <span class=\"stage\" data-stage=\"2\">First</span>"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn a_footnote_gives_way_to_what_has_its_id() {
    let page = article(":::note[A]{#fn-1}\nText.\n:::\n\nWords[^1].\n\n[^1]: Told.\n");
    assert!(page.contains("href=\"#fn-1-1\"") && page.contains("<li id=\"fn-1-1\">"), "{page}");
}

#[test]
fn places_of_blocks_are_no_headings_in_exports() {
    let site = Site::new(
        "=== guidepost.toml\n[export]\npages = [\"md\"]\n=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n:::details[d]{#dd}\nx\n:::\n\n:::figure[c]\n`x`\n:::\n\nSee [](#dd).\n\nlast = 1\n",
    );
    site.build(&[]);
    let text = site.read("output/a/index.md");
    assert!(text.contains(":::details[d]{#dd}\nx\n:::\n\n:::figure[c]\n`x`\n:::\n"), "{text}");
    assert!(text.contains("last = 1"), "{text}");
}
