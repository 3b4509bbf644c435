//! Code and tables of data: what fences say of them, and what they take from files.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

const HOME: &str = "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n";

/// A site with one page of this Markdown, and other files.
fn site(markdown: &str, files: &str) -> Site {
    Site::new(&format!(
        "{HOME}=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{markdown}\n{files}"
    ))
}

/// The article's text of that page.
fn text(site: &Site) -> String {
    site.build(&["--strict"]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

const CODE: &str = "=== guidepost.toml\n[content]\ncode = [\"examples\"]\n=== examples/x.py\nimport os\n\n# region load\n    def load(): # a comment\n        pass\n# endregion\n=== examples/deep/y.rs\nfn y() {}\n";

#[test]
fn fences_say_what_is_shown_of_their_code() {
    let markdown = "```rust title=\"a & b.rs\" lines=\"2\" numbers=9\n/* one\n two */ let a;\nlet b;\n```\n\n> ```js diff wrap\n> a();\n> -b(\"x\");\n> +c();\n> ```\n\n```console\n$ ls | wc\n2\n```\n\n```shell lines=1\nls\n```\n";
    assert_data_eq!(
        text(&site(markdown, "")),
        str![[r#"
<figure class="code"><figcaption>a &amp; b.rs</figcaption>
<pre class="lines numbers digits-2" tabindex="0"><code class="language-rust"><span class="line" data-line="9"><i class="h-c">/* one</i>
</span><mark class="line marked" data-line="10"><i class="h-c"> two */ </i><i class="h-t">let</i> a;
</mark><span class="line" data-line="11"><i class="h-t">let</i> b;
</span></code></pre></figure>
<blockquote>
<pre class="lines diff wrap" tabindex="0"><code class="language-js"><span class="line"><i class="h-f">a</i>();
</span><del class="line"><i class="h-f">b</i>(<i class="h-s">&quot;x&quot;</i>);
</del><ins class="line"><i class="h-f">c</i>();
</ins></code></pre>
</blockquote>
<pre tabindex="0"><code class="language-console"><span class="prompt">$ </span><i class="h-f">ls </i><i class="h-o">| </i><i class="h-f">wc</i>
<samp>2</samp>
</code></pre>
<pre class="lines" tabindex="0"><code class="language-shell"><mark class="line marked"><i class="h-f">ls</i>
</mark></code></pre>


"#]]
    );
}

#[test]
fn code_comes_from_files() {
    let markdown = "```file=\"examples/x.py#load\"\n```\n\n```python file=\"examples/x.py#L3-L4\" numbers\n```\n\n- In a list:\n\n  ```file=\"examples/deep/y.rs\" title=\"y.rs\"\n  ```\n";
    assert_data_eq!(
        text(&site(markdown, CODE)),
        str![[r#"
<pre tabindex="0"><code class="language-py"><i class="h-k">def </i><i class="h-f">load</i>(): <i class="h-c"># a comment
    </i><i class="h-k">pass
</i></code></pre>
<pre class="lines numbers digits-1" tabindex="0"><code class="language-python"><span class="line" data-line="3"><i class="h-c"># region load</i>
</span><span class="line" data-line="4">    <i class="h-k">def </i><i class="h-f">load</i>(): <i class="h-c"># a comment</i>
</span></code></pre>
<ul>
<li><p>In a list:</p>
<figure class="code"><figcaption>y.rs</figcaption>
<pre tabindex="0"><code class="language-rs"><i class="h-t">fn </i><i class="h-f">y</i>() {}
</code></pre></figure>
</li>
</ul>


"#]]
    );
}

#[test]
fn code_that_is_not_there_is_told_at_its_place() {
    let markdown = "```file=\"examples/z.py\"\n```\n\n```file=\"content/a.md\"\n```\n\n```file=\"examples/../guidepost.toml\"\n```\n\n```file=\"examples/x.py#lood\"\n```\n\n```file=\"examples/x.py#L3-L9\"\n```\n\n```py file=\"examples/x.py\" lines=40\n```\n\n```py file=\"examples/x.py\"\nbody\n```\n\n```file=\"examples/.hidden\"\n```\n";
    let site = site(markdown, CODE);
    site.add("=== examples/.hidden\nsecret\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-code]: there is no `examples/z.py`
 --> content/a.md:5:10
  |
5 | ```file="examples/z.py"
  |          ^^^^^^^^^^^^^
  |
  = help: did you mean `examples/x.py`?

error[broken-code]: `content/a.md` lies in no folder that code is taken from
 --> content/a.md:8:10
  |
8 | ```file="content/a.md"
  |          ^^^^^^^^^^^^
  |
  = help: `[content]` `code` in guidepost.toml names: examples

error[broken-code]: `examples/../guidepost.toml` lies in no folder that code is taken from
  --> content/a.md:11:10
   |
11 | ```file="examples/../guidepost.toml"
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: `[content]` `code` in guidepost.toml names: examples

error[broken-code]: `examples/x.py` has no region `lood`
  --> content/a.md:14:10
   |
14 | ```file="examples/x.py#lood"
   |          ^^^^^^^^^^^^^^^^^^
   |
   = help: did you mean `load`? regions are: load

error[broken-code]: `examples/x.py` has only 6 lines
  --> content/a.md:17:10
   |
17 | ```file="examples/x.py#L3-L9"
   |          ^^^^^^^^^^^^^^^^^^^
   |
   = help: name lines that it has, or better a region

error[broken-code]: the code from `examples/x.py` has no line 40 to mark
  --> content/a.md:20:13
   |
20 | ```py file="examples/x.py" lines=40
   |             ^^^^^^^^^^^^^
   |
   = help: it has 4, counted from 1 whatever `numbers` says

error[invalid-attribute]: this code is to come from a file, and stands here as well
  --> content/a.md:23:13
   |
23 | ```py file="examples/x.py"
   |             ^^^^^^^^^^^^^
   |
   = help: take away `file`, or the lines between the fences

error[broken-code]: `examples/.hidden` lies in no folder that code is taken from
  --> content/a.md:27:10
   |
27 | ```file="examples/.hidden"
   |          ^^^^^^^^^^^^^^^^
   |
   = help: `[content]` `code` in guidepost.toml names: examples


"#]]
    );
}

#[test]
fn what_a_fence_says_wrongly_is_told_at_its_place() {
    let markdown = "```js {1,3}\nx\n```\n\n```{.python}\nx\n```\n\n```js titel=\"x\" numbers=0 lines=\"2-1\"\nx\n```\n\n- ```js lines=\"1,7\"\n  x\n  ```\n\n```gherkin\nx\n```\n\n```pytohn\nx\n```\n\n```csv separator=\"x\" captoin=y\na\n```\n";
    assert_data_eq!(
        site(markdown, "").problems(),
        str![[r#"
error[invalid-attribute]: what a code fence says of its code stands without braces
 --> content/a.md:5:7
  |
5 | ```js {1,3}
  |       ^^^^^
  |
  = help: mark lines with `lines="1,3"`

error[foreign-notation]: `{.python}` is notation of MyST, Pandoc or R Markdown
 --> content/a.md:9:1
  |
9 | ```{.python}
  | ^^^^^^^^^^^^
  |
  = help: a block is `:::note[Title]`, the text, and `:::`; code has its language behind the backticks, and attributes behind that: ```` ```python title="a.py" ````

error[unknown-attribute]: `titel` is no attribute of a code fence
  --> content/a.md:13:7
   |
13 | ```js titel="x" numbers=0 lines="2-1"
   |       ^^^^^^^^^
   |
   = help: did you mean `title`? attributes are: title, lines, numbers, diff, wrap, file

error[invalid-attribute]: `0` is no number of a line
  --> content/a.md:13:25
   |
13 | ```js titel="x" numbers=0 lines="2-1"
   |                         ^
   |
   = help: write `numbers`, or `numbers=10` to begin with another number than 1

error[invalid-attribute]: `2-1` is no list of lines
  --> content/a.md:13:34
   |
13 | ```js titel="x" numbers=0 lines="2-1"
   |                                  ^^^
   |
   = help: write numbers and ranges, as in `lines="3,5-8"`

error[invalid-attribute]: this code has no line 7
  --> content/a.md:17:16
   |
17 | - ```js lines="1,7"
   |                ^^^
   |
   = help: it has 1, counted from 1 whatever `numbers` says

error[invalid-attribute]: `x` cannot stand between cells
  --> content/a.md:29:19
   |
29 | ```csv separator="x" captoin=y
   |                   ^
   |
   = help: write one of `,` `;` `|` or `tab`, or leave it out to have it found

error[unknown-attribute]: `captoin` is no attribute of a table of data
  --> content/a.md:29:22
   |
29 | ```csv separator="x" captoin=y
   |                      ^^^^^^^^^
   |
   = help: did you mean `caption`? attributes are: caption, separator


"#]]
    );
}

#[test]
fn a_suggested_language_is_like_the_one_written() {
    let names = ["pytohn", "shel", "javscript", "gherkin", "kusto", "pug", "cob", "mermiad", "zz"];
    let fences: String = names.iter().map(|name| format!("```{name}\nx\n```\n\n")).collect();
    let told = site(&fences, "").run(&["check"]).stderr;
    let help: Vec<&str> =
        told.lines().filter_map(|line| line.split_once("= help: ").map(|(_, help)| help)).collect();
    assert_data_eq!(
        help.join("\n"),
        str![[r#"
did you mean `python`? `text` marks code that stays plain
did you mean `shell`? `text` marks code that stays plain
did you mean `javascript`? `text` marks code that stays plain
`text` marks code that stays plain
`text` marks code that stays plain
`text` marks code that stays plain
`text` marks code that stays plain
`text` marks code that stays plain
`text` marks code that stays plain
"#]]
    );
    let known = [
        "shell", "csharp", "console", "golang", "jsonc", "json5", "python3", "docker", "pwsh", "vb",
        "fsharp", "batch", "node", "hbs", "C++", "text",
    ];
    let fences: String = known.iter().map(|name| format!("```{name}\nx\n```\n\n")).collect();
    site(&fences, "").build(&["--strict"]);
}

#[test]
fn folders_of_code_are_folders_of_the_site() {
    let site = site(
        "Text.",
        "=== guidepost.toml\n[content]\ncode = [\"nowhere\", \"../other\", \".git\", \"/etc\"]\n",
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[unreadable]: there is no folder `nowhere`
 --> guidepost.toml:2:9
  |
2 | code = ["nowhere", "../other", ".git", "/etc"]
  |         ^^^^^^^^^
  |
  = help: name a folder of the site that holds code, or take it out of the list

error[invalid-value]: `../other` is no folder of the site, or a hidden one
 --> guidepost.toml:2:20
  |
2 | code = ["nowhere", "../other", ".git", "/etc"]
  |                    ^^^^^^^^^^
  |
  = help: write a folder's path from the site's own, such as `examples`

error[invalid-value]: `.git` is no folder of the site, or a hidden one
 --> guidepost.toml:2:32
  |
2 | code = ["nowhere", "../other", ".git", "/etc"]
  |                                ^^^^^^
  |
  = help: write a folder's path from the site's own, such as `examples`

error[invalid-value]: `/etc` is no folder of the site, or a hidden one
 --> guidepost.toml:2:40
  |
2 | code = ["nowhere", "../other", ".git", "/etc"]
  |                                        ^^^^^^
  |
  = help: write a folder's path from the site's own, such as `examples`


"#]]
    );
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_out_of_a_folder_of_code() {
    let site = site("```file=\"examples/out.txt\"\n```\n", CODE);
    let outside = Site::new("=== secret.txt\nsecret\n");
    std::os::unix::fs::symlink(outside.path("secret.txt"), site.path("examples/out.txt")).expect("link");
    let problems = site.problems();
    assert!(
        problems.contains("examples/out.txt") && problems.contains("leads out of the site"),
        "{problems}"
    );
    assert!(!problems.contains("secret\n"), "{problems}");
    // Nor does a folder whose path leads through a link.
    outside.add("=== deep/secret.txt\nsecret\n");
    std::os::unix::fs::symlink(outside.path("."), site.path("link")).expect("link");
    site.add("=== guidepost.toml\n[content]\ncode = [\"link/deep\"]\n=== content/a.md\n```file=\"link/deep/secret.txt\"\n```\n");
    let problems = site.problems();
    assert!(problems.contains("error[unreadable]: this link leads out of the site"), "{problems}");
    assert!(problems.contains("error[broken-code]: there is no `link/deep/secret.txt`"), "{problems}");
}

#[test]
fn data_becomes_tables() {
    let markdown =
        "![[data/p.csv|Prices & more]]\n\n```csv caption=\"Who\"\nName,\n\"A <b>\",\"x\ny\"\n```\n";
    let site = site(markdown, "=== content/data/p.csv\nPlan;Price\nA;1.200,50 €\nB;3\n");
    assert_data_eq!(
        text(&site),
        str![[r#"
<div class="data-table">
<div class="scroll" role="group" aria-label="Prices &amp; more" tabindex="0"><table class="data">
<caption>Prices &amp; more</caption>
<thead>
<tr><th scope="col">Plan</th><th scope="col" class="right" data-kind="number">Price</th></tr>
</thead>
<tbody>
<tr><td>A</td><td class="right" data-value="1200.50">1.200,50 €</td></tr>
<tr><td>B</td><td class="right">3</td></tr>
</tbody>
</table></div>
<p class="data-source"><a href="../data/p.csv" download>Download p.csv</a></p>
</div>
<div class="scroll" role="group" aria-label="Who" tabindex="0"><table class="data">
<caption>Who</caption>
<thead>
<tr><th scope="col">Name</th><td></td></tr>
</thead>
<tbody>
<tr><td class="short">A &lt;b&gt;</td><td>x<br>y</td></tr>
</tbody>
</table></div>


"#]]
    );
    assert!(site.exists("output/data/p.csv"), "the file itself is published");
}

#[test]
fn tables_are_found_beside_the_text_or_from_the_content_folder() {
    let site = site(
        "Text.",
        "=== content/g/b.md\n+++\ntitle = \"B\"\ndescription = \"B\"\n+++\n![[x.csv]]\n\n![[data/y.tsv]]\n\n![[/data/y.tsv]]\n\n![[../data/y.tsv]]\n=== content/g/x.csv\nbeside\n=== content/data/y.tsv\nfrom above\n=== content/x.csv\nnot this\n",
    );
    site.build(&[]);
    let page = site.read("output/g/b/index.html");
    assert!(page.contains(">beside<") && !page.contains("not this"), "{page}");
    assert_eq!(page.matches(">from above<").count(), 3);
    assert!(
        page.contains("href=\"../x.csv\" download") && page.contains("href=\"../../data/y.tsv\" download")
    );
}

#[test]
fn broken_rows_are_told_in_the_file_they_stand_in() {
    let markdown = "![[p.csv]]\n\n![[q.csv]]\n\nText ![[p.csv]] text.\n\n- ```csv\n  a,b\n  1\n  ```\n";
    let site = site(markdown, "=== content/p.csv\nPlan,Price\n\nA,1\nB\nC,1,2\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-link]: there is no `content/q.csv`
 --> content/a.md:7:1
  |
7 | ![[q.csv]]
  | ^^^^^^^^^^
  |
  = help: did you mean `p.csv`?

error[invalid-embed]: an embed stands in a paragraph of its own
 --> content/a.md:9:6
  |
9 | Text ![[p.csv]] text.
  |      ^^^^^^^^^^
  |
  = help: put an empty line before and after it

error[broken-table]: this row has 1 cell, and the header has 2
  --> content/a.md:13:3
   |
13 |   1
   |   ^
   |
   = help: add what is missing, if only a separator

error[broken-table]: this row has 1 cell, and the header has 2
 --> content/p.csv:4:1
  |
4 | B
  | ^
  |
  = help: add what is missing, if only a separator

error[broken-table]: this row has 3 cells, and the header has 2
 --> content/p.csv:5:1
  |
5 | C,1,2
  | ^^^^^
  |
  = help: put a cell that holds the separator in quotation marks


"#]]
    );
}

#[test]
fn a_page_is_not_heavier_than_it_may_be() {
    let embeds = "![[p.csv]]\n\n".repeat(9);
    let site = site(&embeds, "=== content/p.csv\na\n");
    site.write("content/p.csv", format!("a\n{}", format!("{}\n", "x".repeat(999)).repeat(900)).as_bytes());
    let problems = site.problems();
    assert!(problems.contains("error[embed-limit]: this page embeds 7 MiB of text"), "{problems}");
}

/// A build without a memo gives the same as one that begins where the last one ended.
fn same(site: &Site, what: &str) {
    site.build(&["--quiet"]);
    let _ = std::fs::remove_dir_all(site.path("fresh"));
    let _ = std::fs::rename(site.path(".guidepost"), site.path(".kept"));
    site.build(&["--output", "fresh", "--quiet"]);
    let _ = std::fs::remove_dir_all(site.path(".guidepost"));
    let _ = std::fs::rename(site.path(".kept"), site.path(".guidepost"));
    assert!(site.output("output") == site.output("fresh"), "{what}");
}

#[test]
fn a_page_follows_the_files_that_it_shows() {
    let site = site("```file=\"examples/x.py\"\n```\n\n![[p.csv]]\n", CODE);
    site.add("=== content/p.csv\na\nfirst\n");
    same(&site, "at first");
    site.add("=== examples/x.py\nsecond = 2\n");
    same(&site, "other code");
    assert!(site.read("output/a/index.html").contains("second"));
    site.add("=== content/p.csv\na\nthird\n");
    same(&site, "other data");
    assert!(site.read("output/a/index.html").contains("third"));
    // A file that no page shows is nobody's concern.
    site.add("=== examples/deep/y.rs\nfn z() {}\n");
    let ran = site.build(&[]);
    assert!(ran.stdout.contains(": 0 files written"), "{}", ran.stdout);
    site.remove("examples/x.py");
    assert!(site.problems().contains("error[broken-code]: there is no `examples/x.py`"));
}
