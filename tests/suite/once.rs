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
    assert_data_eq!(
        article(&site),
        str![[r##"
<h2 id="who-is-rd-example"><span id="who-is-r-d-example"></span>Who is R&amp;D &lt;Example&gt;? <a class="anchor" href="#who-is-rd-example" aria-label="Link to this section: Who is R&amp;D &lt;Example&gt;?">#</a></h2>
<p><strong>help@example.com</strong>, a <a href="mailto:help@example.com" class="external">R&amp;D &lt;Example&gt; mail</a>, <a href="https://example.com/?q=help@example.com" class="external" title="R&amp;D &lt;Example&gt;">titled</a>, <a href="https://example.com/help@example.com" class="external bare">https://example.com/help@example.com</a>, <a href="mailto:help@example.com" class="external">ref</a>.</p>
<p><code>[[var:support-mail]]</code> [[var:org]], <b title="R&amp;D &lt;Example&gt;">R&amp;D &lt;Example&gt;</b></p>
<pre tabindex="0"><code>[[var:support-mail]]
</code></pre>
<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>
<thead>
<tr><th scope="col">R&amp;D &lt;Example&gt;</th></tr>
</thead>
<tbody>
<tr><td>help@example.com</td></tr>
</tbody>
</table></div>
<p>A note.<sup class="footnote-ref"><a id="fnref-1" href="#fn-1" aria-label="Footnote 1">1</a></sup></p>
<div>
R&amp;D &lt;Example&gt;
</div>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-1"><p>Of R&amp;D &lt;Example&gt;.</p>
<a href="#fnref-1" class="footnote-back" aria-label="Back to the text">↩</a></li>
</ol>
</section>


"##]]
    );
    let page = site.read("output/a/index.html");
    let head = page.split("</head>").next().expect("a head");
    assert!(
        head.contains("<title>At R&amp;D &lt;Example&gt; · R&amp;D &lt;Example&gt; guidance</title>"),
        "{head}"
    );
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
    assert_data_eq!(
        article(&site),
        str![[r#"
<p>It is *a* `b` [c](d.md) &lt;i&gt;e&lt;/i&gt; | f – “so”.</p>
<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>
<thead>
<tr><th scope="col">x</th></tr>
</thead>
<tbody>
<tr><td>*a* `b` [c](d.md) &lt;i&gt;e&lt;/i&gt; | f</td></tr>
</tbody>
</table></div>


"#]]
    );
}

#[test]
fn every_text_of_toml_is_filled() {
    let site = Site::new(
        "=== guidepost.toml\nbase_url = \"https://example.com/\"\n[variables]\norg = \"Ex*am*ple\"\nhost = \"example.com\"\n\
         === content/index.md\n+++\ndescription = \"H\"\n+++\n[[playbooks/p]]\n\
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
        named.extend(
            text.lines()
                .filter(|line| line.contains("[[var:"))
                .map(|line| format!("{path}: {}", line.trim())),
        );
    }
    // Only what stands in code.
    assert_data_eq!(
        named.join("\n"),
        str![[r#"
frameworks/f/d/index.html: <meta name="description" content="[[var:org]] is Ex*am*ple.">
frameworks/f/d/index.html: <meta property="og:description" content="[[var:org]] is Ex*am*ple.">
frameworks/f/d/index.html: <div class="prose intro"><p><code>[[var:org]]</code> is Ex*am*ple.</p>
frameworks/f/d/index.json: "intro": "[[var:org]] is Ex*am*ple.",
frameworks/f/d/index.json: "intro_html": "<p><code>[[var:org]]</code> is Ex*am*ple.</p>",
frameworks/f/d/index.json: "intro_markdown": "`[[var:org]]` is Ex//*am//*ple.",
frameworks/f/d/index.md: `[[var:org]]` is Ex/*am/*ple.
frameworks/f/index.html: <p>[[var:org]] is Ex*am*ple.</p>
frameworks/f/index.json: "intro": "[[var:org]] is Ex*am*ple.",
frameworks/f/index.json: "intro_html": "<p><code>[[var:org]]</code> is Ex*am*ple.</p>",
frameworks/f/index.json: "intro_markdown": "`[[var:org]]` is Ex//*am//*ple.",
frameworks/f/index.md: `[[var:org]]` is Ex/*am/*ple.
llms-full.txt: `[[var:org]]` is Ex/*am/*ple.
llms.txt: - [D Ex*am*ple](https://example.com/frameworks/f/d/): [[var:org]] is Ex*am*ple.
search/names.json: {"k":"Dimension","p":5,"t":"D Ex*am*ple","x":"[[var:org]] is Ex*am*ple."},
"#]]
    );
    assert_data_eq!(
        site.read("output/frameworks/f/d/index.md"),
        str![[r#"
# D Ex*am*ple

`[[var:org]]` is Ex/*am/*ple.

## A Ex*am*ple

- **One Ex*am*ple**: C Ex/*am/*ple

"#]]
    );
}

#[test]
fn what_is_wrong_with_variables_is_told() {
    assert_data_eq!(
        problems(
            "[[var:support]] and [x]([[var:scheme]]:alert(1)) and `[[var:not-told]]`\n\n![[var:org]]\n\n[[var:Org]] [[var:org|label]]\n"
        ),
        str![[r#"
error[unknown-variable]: there is no variable `support`
 --> content/a.md:5:1
  |
5 | [[var:support]] and [x]([[var:scheme]]:alert(1)) and `[[var:not-told]]`
  | ^^^^^^^^^^^^^^^
  |
  = help: variables are: org, scheme, support-mail; `[variables]` in guidepost.toml declares them

error[unsafe-link]: links with the scheme `javascript:` are not published
 --> content/a.md:5:21
  |
5 | [[var:support]] and [x]([[var:scheme]]:alert(1)) and `[[var:not-told]]`
  |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the address of a page, a file, or another site

error[invalid-address]: `var:org` is not an address: a variable is written `[[var:support-mail]]`, in small letters and without a label, and cannot be embedded
 --> content/a.md:7:1
  |
7 | ![[var:org]]
  | ^^^^^^^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`

error[invalid-address]: `var:Org` is not an address: a variable is written `[[var:support-mail]]`, in small letters and without a label, and cannot be embedded
 --> content/a.md:9:1
  |
9 | [[var:Org]] [[var:org|label]]
  | ^^^^^^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`

error[invalid-address]: `var:org` is not an address: a variable is written `[[var:support-mail]]`, in small letters and without a label, and cannot be embedded
 --> content/a.md:9:13
  |
9 | [[var:Org]] [[var:org|label]]
  |             ^^^^^^^^^^^^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`


"#]]
    );
    let config = "=== guidepost.toml\n[variables]\nSupport = \"a\"\na = \"[[var:b]]\"\nb = 1\n[markdown]\nremote_images = [\"http://a.b\", \"https://a.b/c\"]\n\
                  === content/index.md\n+++\ndescription = \"H\"\n+++\n";
    assert_data_eq!(
        Site::new(config).problems(),
        str![[r#"
error[invalid-id]: `Support` cannot be the name of a variable
 --> guidepost.toml:2:1
  |
2 | Support = "a"
  | ^^^^^^^
  |
  = help: use small letters, digits and single hyphens, such as `support-mail`

error[invalid-value]: the value of a variable names another variable
 --> guidepost.toml:3:5
  |
3 | a = "[[var:b]]"
  |     ^^^^^^^^^^^
  |
  = help: write out what it stands for

error[wrong-type]: expected a string, found a whole number
 --> guidepost.toml:4:5
  |
4 | b = 1
  |     ^ not a string

error[invalid-value]: `http://a.b` is not a host as a browser compares it
 --> guidepost.toml:6:18
  |
6 | remote_images = ["http://a.b", "https://a.b/c"]
  |                  ^^^^^^^^^^^^
  |
  = help: write it as `https://a.b`

error[invalid-value]: `https://a.b/c` is not a host as a browser compares it
 --> guidepost.toml:6:32
  |
6 | remote_images = ["http://a.b", "https://a.b/c"]
  |                                ^^^^^^^^^^^^^^^
  |
  = help: write it as `https://a.b`


"#]]
    );
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

const GREET: &str = "=== content/_snippets/greet.md\n## Hello [[var:name]] {#hello}\n\nOn [[var:plan]]: [home](../index.md), [top](#hello), \
     ![Wave](wave.png) [[var:support-mail]].\n\n![[_snippets/deep/sign]]{who=\"[[var:name]]\"}\n\
     === content/_snippets/deep/sign.md\nSigned, [[var:who]], [A](../../guides/a.md).\n";

#[test]
fn snippets_are_shown_where_they_are_embedded_and_nowhere_else() {
    let site = with_snippets(
        "Before.\n\n![[_snippets/greet]]{name=\"Ada <b> *x*\"}\n\n- One.\n\n  ![[_snippets/greet]]{name=Bo plan=free}\n\nAfter.",
        GREET,
    );
    site.write("content/_snippets/wave.png", &crate::links::png(4, 3));
    site.write("content/_snippets/other.png", &crate::links::png(4, 3));
    assert_data_eq!(
        guide(&site),
        str![[r##"
<p>Before.</p>
<h2 id="greet-hello">Hello Ada &lt;b&gt; *x* <a class="anchor" href="#greet-hello" aria-label="Link to this section: Hello Ada &lt;b&gt; *x*">#</a></h2>
<p>On pro: <a href="../../">home</a>, <a href="#greet-hello">top</a>, <img src="../../_snippets/wave.png" width="4" height="3" alt="Wave" loading="lazy" decoding="async"> help@example.com.</p>
<p>Signed, Ada &lt;b&gt; *x*, <a href="./">A</a>.</p>
<ul>
<li><p>One.</p>
<h2 id="greet-1-hello">Hello Bo <a class="anchor" href="#greet-1-hello" aria-label="Link to this section: Hello Bo">#</a></h2>
<p>On free: <a href="../../">home</a>, <a href="#greet-1-hello">top</a>, <img src="../../_snippets/wave.png" width="4" height="3" alt="Wave" loading="lazy" decoding="async"> help@example.com.</p>
<p>Signed, Bo, <a href="./">A</a>.</p>
</li>
</ul>
<p>After.</p>


"##]]
    );
    let paths: Vec<String> =
        site.output("output").into_keys().filter(|path| path.contains("snippets")).collect();
    assert_eq!(paths, ["_snippets/wave.png"]);
    let llms = site.read("output/llms-full.txt");
    assert_data_eq!(
        &llms[llms.find("Before").expect("the page")..],
        str![[r#"
Before.

## Hello Ada /<b/> /*x/* {#hello}

On pro: [home](../index.md), [top](#hello), ![Wave](wave.png) help@example.com.

Signed, Ada /<b/> /*x/*, [A](../../guides/a.md).

- One.

  ## Hello Bo {#hello}

  On free: [home](../index.md), [top](#hello), ![Wave](wave.png) help@example.com.

  Signed, Bo, [A](../../guides/a.md).

After.

"#]]
    );
}

#[test]
fn what_is_wrong_with_a_snippet_is_told_once_and_at_its_place() {
    let site = with_snippets(
        "![[_snippets/greet]]{name=A}\n\n![[_snippets/greet]]{name=B}\n\n![[_snippets/greet]]{nam=C}\n\n![[_snippets/great]]\n\n\
         ![[_snippets/greet]]{name}\n\nSee [[_snippets/greet]] and [it](../_snippets/greet.md).\n\n![[guides/a#x]]{a=b}\n\n![p](../_snippets/p.png)",
        "=== content/_snippets/greet.md\n[[var:name]] [[var:mane]] [x](nowhere.md) [y](#z) <table>\n\
         === content/_snippets/unused.md\n[broken](nowhere.md)\n=== content/_snippets/front.md\n+++\ntitle = \"x\"\n+++\n",
    );
    site.write("content/_snippets/p.png", &crate::links::png(4, 3));
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[unused-snippet]: no page shows this snippet
--> content/_snippets/front.md
 = help: embed it with `![[_snippets/front]]`, or delete it

error[unknown-key]: a snippet has no front matter
 --> content/_snippets/front.md:2:1
  |
2 | title = "x"
  | ^
  |
  = help: delete it: a snippet is a part of the pages that embed it

error[unknown-variable]: there is no variable `mane`, and no embed of this snippet gives it
 --> content/_snippets/greet.md:1:14
  |
1 | [[var:name]] [[var:mane]] [x](nowhere.md) [y](#z) <table>
  |              ^^^^^^^^^^^^
  |
  = help: variables and parameters are: nam, name, plan, support-mail; `![[_snippets/greet]]{mane="..."}` gives a parameter, `[variables]` in guidepost.toml declares a variable

error[broken-link]: there is no `content/_snippets/nowhere.md`
 --> content/_snippets/greet.md:1:27
  |
1 | [[var:name]] [[var:mane]] [x](nowhere.md) [y](#z) <table>
  |                           ^^^^^^^^^^^^^^^

error[broken-anchor]: this snippet has no heading `#z`
 --> content/_snippets/greet.md:1:43
  |
1 | [[var:name]] [[var:mane]] [x](nowhere.md) [y](#z) <table>
  |                                           ^^^^^^^
  |
  = help: name a page before the `#`, or a heading of the snippet

error[raw-html]: `<table>` is not published from Markdown
 --> content/_snippets/greet.md:1:51
  |
1 | [[var:name]] [[var:mane]] [x](nowhere.md) [y](#z) <table>
  |                                                   ^^^^^^^
  |
  = help: Markdown has a notation for it

warning[unused-snippet]: no page shows this snippet
--> content/_snippets/unused.md
 = help: embed it with `![[_snippets/unused]]`, or delete it

error[unknown-parameter]: `_snippets/greet` asks for `name`, which this embed does not give
 --> content/guides/a.md:9:1
  |
9 | ![[_snippets/greet]]{nam=C}
  | ^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `![[_snippets/greet]]{name="..."}`

error[unknown-parameter]: `_snippets/greet` has no parameter `nam`
 --> content/guides/a.md:9:1
  |
9 | ![[_snippets/greet]]{nam=C}
  | ^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `name`? its parameters are: mane, name

error[broken-reference]: there is no snippet `_snippets/great`
  --> content/guides/a.md:11:1
   |
11 | ![[_snippets/great]]
   | ^^^^^^^^^^^^^^^^^^^^
   |
   = help: did you mean `_snippets/greet`? snippets are: _snippets/front, _snippets/greet, _snippets/unused

error[unknown-parameter]: `_snippets/greet` asks for `name`, which this embed does not give
  --> content/guides/a.md:13:1
   |
13 | ![[_snippets/greet]]{name}
   | ^^^^^^^^^^^^^^^^^^^^
   |
   = help: write `![[_snippets/greet]]{name="..."}`

error[invalid-attribute]: the parameter `name` has no value
  --> content/guides/a.md:13:22
   |
13 | ![[_snippets/greet]]{name}
   |                      ^^^^
   |
   = help: write `name=value` or `name="some words"`

error[broken-reference]: a snippet has no page of its own
  --> content/guides/a.md:15:5
   |
15 | See [[_snippets/greet]] and [it](../_snippets/greet.md).
   |     ^^^^^^^^^^^^^^^^^^^
   |
   = help: embed it with `![[_snippets/greet]]`

error[broken-reference]: a snippet has no page of its own
  --> content/guides/a.md:15:29
   |
15 | See [[_snippets/greet]] and [it](../_snippets/greet.md).
   |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: embed it with `![[_snippets/greet]]`

error[embed-cycle]: this embed leads back to itself
  --> content/guides/a.md:17:1
   |
17 | ![[guides/a#x]]{a=b}
   | ^^^^^^^^^^^^^^^ closes the circle
   |
   = help: the chain is guides/a -> guides/a; make one of them a link

error[invalid-embed]: `#x` is not a section that can be embedded
  --> content/guides/a.md:17:1
   |
17 | ![[guides/a#x]]{a=b}
   | ^^^^^^^^^^^^^^^
   |
   = help: name the anchor of a heading in the text

error[unknown-attribute]: `a` is no attribute of an embed
  --> content/guides/a.md:17:17
   |
17 | ![[guides/a#x]]{a=b}
   |                 ^^^
   |
   = help: leave it out: an embed has none

error[broken-image]: `content/_snippets/p.png` is not published
  --> content/guides/a.md:19:1
   |
19 | ![p](../_snippets/p.png)
   | ^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: files beside snippets are published when a snippet shows them; move it beside the page


"#]]
    );
}

#[test]
fn snippets_end_somewhere() {
    let circle = with_snippets(
        "![[_snippets/a]]{x=1}",
        "=== content/_snippets/a.md\n![[_snippets/b]]{x=\"[[var:x]]1\"}\n=== content/_snippets/b.md\n![[_snippets/a]]{x=\"[[var:x]]2\"}\n",
    );
    assert_data_eq!(
        circle.problems(),
        str![[r#"
error[embed-cycle]: this embed leads back to itself
 --> content/_snippets/b.md:1:1
  |
1 | ![[_snippets/a]]{x="[[var:x]]2"}
  | ^^^^^^^^^^^^^^^^ closes the circle
  |
  = help: the chain is _snippets/a -> _snippets/b -> _snippets/a; make one of them a link


"#]]
    );
    let chain: String = (0..12)
        .map(|n| format!("=== content/_snippets/s{n}.md\n![[_snippets/s{}]]\n", n + 1))
        .chain(["=== content/_snippets/s12.md\nEnd.\n".to_owned()])
        .collect();
    assert_data_eq!(
        with_snippets("![[_snippets/s0]]", &chain).problems(),
        str![[r#"
error[embed-limit]: texts are embedded within each other 9 deep; 8 is the most
 --> content/guides/a.md:5:1
  |
5 | ![[_snippets/s0]]
  | ^^^^^^^^^^^^^^^^^
  |
  = help: the chain is guides/a -> _snippets/s0 -> _snippets/s1 -> _snippets/s2 -> (2 more) -> _snippets/s5 -> _snippets/s6 -> _snippets/s7 -> _snippets/s8; make some of them links


"#]]
    );
    let through_a_page = with_snippets("![[_snippets/a]]", "=== content/_snippets/a.md\n![[guides/a]]\n");
    assert_data_eq!(
        through_a_page.problems(),
        str![[r#"
error[embed-cycle]: this embed leads back to itself
 --> content/_snippets/a.md:1:1
  |
1 | ![[guides/a]]
  | ^^^^^^^^^^^^^ closes the circle
  |
  = help: the chain is guides/a -> _snippets/a -> guides/a; make one of them a link


"#]]
    );
}

#[test]
fn a_change_reaches_every_page_that_shows_it_and_no_other() {
    let site = with_snippets(
        "![[_snippets/greet]]",
        "=== content/_snippets/greet.md\nHello.\n=== content/b.md\n+++\ndescription = \"B\"\n+++\n# B\n",
    );
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

#[test]
fn values_are_words_in_what_blocks_and_fences_say_of_themselves() {
    let site = Site::new(
        "=== guidepost.toml\n[variables]\nv = \"**b** ] {x}\"\n=== content/index.md\n+++\ndescription = \"H\"\n+++\n:::note[About [[var:v]]]\nText.\n:::\n\n```rust title=\"[[var:v]]\"\nlet x = 1;\n```\n",
    );
    site.build(&[]);
    let page = site.read("output/index.html");
    assert!(page.contains("</span> About **b** ] {x}</p>"), "{page}");
    assert!(page.contains("<figcaption>**b** ] {x}</figcaption>"), "{page}");
}
