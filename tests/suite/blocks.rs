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
<p><a class="zoom" href="../p.svg"><img src="../p.svg" alt="Layers" loading="lazy" decoding="async"><span class="vh">Full size</span></a></p>
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
        article(
            ":::only{stages=mvp..10k}\nText\n:::\n\n:::only[Backups]{stages=f@poc}\nText\n:::\n"
        ),
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
