//! Nothing passes silently: what was once published as it stood, or dropped, is told.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

const HOME: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n\n[A](a.md)\n";

/// What `check` says of a page with this text.
fn told(text: &str) -> String {
    site(text, "").run(&["check"]).stderr
}

fn site(text: &str, more: &str) -> Site {
    let site = Site::new(&format!("{HOME}{more}"));
    site.write("content/a.md", format!("+++\ndescription = \"A\"\n+++\n\n{text}\n").as_bytes());
    site
}

/// The codes that `check` reports of a page, one a problem.
fn codes(text: &str) -> Vec<String> {
    codes_of(&told(text))
}

fn codes_of(said: &str) -> Vec<String> {
    let code = |line: &str| {
        let (_, rest) = line.split_once('[')?;
        let is_title = line.starts_with("error[") || line.starts_with("warning[");
        is_title.then(|| rest.split(']').next().map(str::to_owned)).flatten()
    };
    said.lines().filter_map(code).collect()
}

/// The HTML of a page's text.
fn html(text: &str) -> String {
    let site = site(text, "");
    site.build(&["--quiet"]);
    let page = site.read("output/a/index.html");
    let (_, rest) = page.split_once("<p>").expect("a paragraph");
    rest.split_once("</p>").expect("its end").0.to_owned()
}

/// A notation of each kind, as people write it, with whose it is.
const FOREIGN: &[(&str, &str)] = &[
    ("!!! note\n    Text.", "MkDocs"),
    ("!!! warning \"Take care\"", "MkDocs"),
    ("??? note \"More\"", "MkDocs"),
    ("> [!info] Own title\n> Text.", "Obsidian"),
    ("> [!abstract]\n> Text.", "Obsidian"),
    ("???+ tip", "MkDocs"),
    ("=== \"Linux\"\n\n    apt install x", "MkDocs"),
    ("- a list\n\n  === \"Linux\"", "MkDocs"),
    ("--8<-- \"parts/a.md\"", "MkDocs"),
    ("[TOC]", "MkDocs"),
    ("Text with a class.\n{: .lead }", "MkDocs and Jekyll"),
    ("## Heading {: .wide }", "MkDocs and Jekyll"),
    ("[Go](index.md){ .md-button }", "MkDocs"),
    ("[Go](index.md){.button}", "MkDocs and Pandoc"),
    ("Press ++ctrl+alt+del++.", "MkDocs"),
    ("import Tabs from '@theme/Tabs';", "Docusaurus"),
    ("import { a, b } from \"./x\"", "Docusaurus"),
    ("export const toc = [];", "Docusaurus"),
    ("See {ref}`a-label`.", "MyST"),
    ("```{note}\nText.\n```", "MyST, Pandoc or R Markdown"),
    ("{{#include ../a.rs}}", "mdBook"),
    ("{{#playground a.rs}}", "mdBook"),
    ("[Text]({{< ref \"a.md\" >}})", "Hugo"),
    ("{{< figure src=\"a.png\" >}}", "Hugo"),
    ("{{% notice %}}", "Hugo"),
    ("A video: {{ youtube(id=\"x\") }}", "Zola"),
    ("{{ site.title }}", "Jekyll and other templates"),
    ("{% include a.html %}", "Jekyll and other templates"),
    ("{%- raw -%}", "Jekyll and other templates"),
    ("![[image.png|300]]", "Obsidian"),
    ("Text ![[image.png]] text", "Obsidian"),
    ("This is ==important==.", "Obsidian"),
    ("Text %%a comment%% text", "Obsidian"),
    ("%%\nA comment.\n%%", "Obsidian"),
    ("{code:java}\nint a;\n{code}", "Confluence"),
    ("{info}\nText.", "Confluence"),
    ("{warning:title=Take care}", "Confluence"),
    ("{color:red}red{color}", "Confluence"),
    ("h2. Heading", "Confluence"),
    (".. note::", "reStructuredText"),
    ("[!INCLUDE [a](a.md)]", "DocFX"),
    ("<<< @/snippets/a.js", "VitePress"),
    ("include::a.adoc[]", "AsciiDoc"),
    ("$$a^2 + b^2$$", "LaTeX"),
    ("$$\na^2\n$$", "LaTeX"),
    ("Where $x_i$ is small.", "LaTeX"),
    ("Where $n$ is small.", "LaTeX"),
];

#[test]
fn notation_of_other_tools() {
    for (text, tool) in FOREIGN {
        let said = told(text);
        let is_told =
            said.contains("error[foreign-notation]") && said.contains(&format!("is notation of {tool}\n"));
        assert!(is_told, "{text}\n{said}");
    }
    assert_data_eq!(
        told("Text.\n\n!!! note\n    Text.\n\nThe price is {{ price }}."),
        str![[r#"
error[foreign-notation]: `!!! note` is notation of MkDocs
 --> content/a.md:7:1
  |
7 | !!! note
  | ^^^^^^^^
  |
  = help: write `:::note[Title]`, the text, and `:::`; a backslash before it publishes it as it stands

error[foreign-notation]: `{{ price }}` is notation of Jekyll and other templates
  --> content/a.md:10:14
   |
10 | The price is {{ price }}.
   |              ^^^^^^^^^^^
   |
   = help: `[[var:name]]` names one of the `[variables]` in guidepost.toml; a backslash before it publishes it as it stands


"#]]
    );
}

#[test]
fn a_backslash_or_code_keeps_foreign_notation() {
    for (text, _) in FOREIGN.iter().filter(|(text, _)| !text.contains('\n') && !text.contains("![[")) {
        let code = told(&format!("Write ``{text} ``."));
        assert!(!code.contains("foreign-notation"), "{text}\n{code}");
        let block = told(&format!("````text\n{text}\n````"));
        assert!(!block.contains("foreign-notation"), "{text}\n{block}");
    }
    for text in [
        "\\!!! note",
        "\\??? note",
        "\\=== \"Linux\"",
        "\\--8<-- \"a.md\"",
        "\\[TOC]",
        "\\{: .lead }",
        "\\{{#include a}}",
        "\\{{< ref >}}",
        "\\{{ site.x }}",
        "\\{% include a %}",
        "\\==a==",
        "\\%%a%%",
        "\\{info}",
        "\\{code:java}",
        "\\$x_i$",
        "\\$$x^2$$",
        "h2\\. Heading",
        "\\++ctrl+c++",
    ] {
        assert_eq!(codes(text), Vec::<String>::new(), "{text}\n{}", told(text));
    }
}

#[test]
fn ordinary_text_is_no_foreign_notation() {
    for text in [
        "It costs $5 and $10.",
        "US$ 5 or A$ 7, $HOME and $PATH, $HOME/$USER, $A_B$, $$, $$$ and more.",
        "a == b and c == d, a==b, x >= 1 == y",
        "C++ and D++, 100 %% and 5 %% of it",
        "Really!!! What??? Yes!!!",
        "The import of goods from 'China' and the export of ideas",
        "import goods from abroad",
        "Write {code} or {name} here, a {note} in braces, {x: 1}, { a }, {}",
        "{} and {{}} and {{ }}",
        "## A heading of { braces \\}",
        "Text\n---\n\nText",
        "See [TOC] in the text, [toc] too.",
        "A table of h2. and so on",
        "1. h",
        "> Text\n> more text",
        "- [ ] to do\n- [x] done",
        "a | b | c",
        "Etc. .. and so on",
        "5 > 3, 3 < 5, <<< and >>>",
        "`$x$` is code, and [a](index.md \"{{ x }}\") a title",
    ] {
        assert_eq!(codes(text), Vec::<String>::new(), "{text}\n{}", told(text));
    }
}

#[test]
fn double_brackets_that_are_no_address() {
    for (text, expected) in [
        ("arr[[0]] and df[['x']]", "arr[[0]] and df[['x']]"),
        ("f(x)[[i]] and a[0][[1]] and x_[[y]]", "f(x)[[i]] and a[0][[1]] and x_[[y]]"),
        ("[['x']], [[\"x\"]], [[12]]", "[['x']], [[&quot;x&quot;]], [[12]]"),
        ("[[1]](#b)\n\n## B", "<a href=\"#b\">[1]</a>"),
        ("[[2]][b]\n\n## B\n\n[b]: #b", "<a href=\"#b\">[2]</a>"),
        ("`arr[[0]]` and [[index|home]]", "<code>arr[[0]]</code> and <a href=\"../\">home</a>"),
        (
            "Before [[index|home]], arr[[0]], *[[0]]*",
            "Before <a href=\"../\">home</a>, arr[[0]], <em>[[0]]</em>",
        ),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
    assert_eq!(codes("a[[ b\n\nSee [[index]]."), ["unclosed-reference"]);
    assert!(told("[[Page Name]]").contains("error[broken-reference]"));
}

#[test]
fn what_never_ends_or_leads_nowhere() {
    assert_data_eq!(
        told(
            "Text [[index and so on.\n\nA note[^x] and [a link][nowhere], [collapsed][].\n\n[^y]: Nobody reads this.\n\n```sh\ncode"
        ),
        str![[r#"
warning[unclosed-reference]: this `[[` begins no reference
 --> content/a.md:5:6
  |
5 | Text [[index and so on.
  |      ^^
  |
  = help: write `[[address]]` in one paragraph; `/[[` publishes the brackets as they are

error[undefined-footnote]: no footnote `x` is defined in this text
 --> content/a.md:7:7
  |
7 | A note[^x] and [a link][nowhere], [collapsed][].
  |       ^^^^
  |
  = help: add a line `[^x]: ...` with its text; `/[^x]` publishes the brackets as they are

warning[undefined-link]: no link `nowhere` is defined in this text
 --> content/a.md:7:16
  |
7 | A note[^x] and [a link][nowhere], [collapsed][].
  |                ^^^^^^^^^^^^^^^^^
  |
  = help: add a line `[nowhere]: ../guides/page.md`, or write where it leads: `[text](../guides/page.md)`; a backslash before the bracket keeps it as it is

warning[undefined-link]: no link `collapsed` is defined in this text
 --> content/a.md:7:35
  |
7 | A note[^x] and [a link][nowhere], [collapsed][].
  |                                   ^^^^^^^^^^^
  |
  = help: add a line `[collapsed]: ../guides/page.md`, or write where it leads: `[text](../guides/page.md)`; a backslash before the bracket keeps it as it is

warning[unused-footnote]: no text refers to the footnote `y`
 --> content/a.md:9:1
  |
9 | [^y]: Nobody reads this.
  | ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `[^y]` where it belongs, or take it out: it is shown nowhere

error[unclosed-code]: this block of code is never closed
  --> content/a.md:11:1
   |
11 | ```sh
   | ^^^^^
   |
   = help: add a line of 3 backticks below the code, indented as this one is


"#]]
    );
    for text in [
        "[x], a[i][j], [1], m[0][1], [ ]",
        "\\[[index, \\[^x], \\[a][b]",
        "A note[^x]\n\n[^x]: Text.",
        "[a][b]\n\n[b]: index.md",
        "~~~\ncode\n~~~",
        "````\n```\n````",
        "> ```\n> code\n> ```",
        "- ```\n  code\n  ```",
        "    indented code",
        "`[^x] [[y`",
    ] {
        assert_eq!(codes(text), Vec::<String>::new(), "{text}\n{}", told(text));
    }
    for text in ["```\ncode", "~~~\n```\n", "- ```\n  code\n\ntext", "````\n```"] {
        assert_eq!(codes(text), ["unclosed-code"], "{text}\n{}", told(text));
    }
}

#[test]
fn a_footnote_of_another_section() {
    let page = "=== content/playbooks/p.md\n+++\ndescription = \"P\"\npurpose = \"Do it.\"\nrequired_sections = [\"process\"]\n+++\n\n## Process\n\n- Do it[^1]\n\n## Notes\n\nText.\n\n[^1]: Lost.\n";
    assert_eq!(codes_of(&site("", page).run(&["check"]).stderr), ["undefined-footnote"]);
}

#[test]
fn marks_of_a_merge() {
    assert_data_eq!(
        told("<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other"),
        str![[r#"
error[merge-conflict]: a conflict of a merge begins here
 --> content/a.md:5:1
  |
5 | <<<<<<< HEAD
  | ^^^^^^^^^^^^
  |
  = help: decide between the two versions below, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`


"#]]
    );
    let conflict = "<<<<<<< HEAD\ntitle = \"A\"\n=======\ntitle = \"B\"\n>>>>>>> other\n";
    let front = site("", &format!("=== content/b.md\n+++\n{conflict}+++\n"));
    assert_eq!(codes_of(&front.problems()), ["merge-conflict"]);
    let glossary = site("", &format!("=== content/glossary.toml\n{conflict}"));
    assert_eq!(codes_of(&glossary.problems()), ["merge-conflict"]);
    let config = site("", &format!("=== guidepost.toml\n{conflict}"));
    assert_eq!(codes_of(&config.problems()), ["merge-conflict"]);
    assert_eq!(codes("```text\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n```"), Vec::<String>::new());
}

#[test]
fn tables_of_uneven_rows() {
    assert_data_eq!(
        told("| a | b |\n| - | - |\n| 1 | 2 | 3 |\n| 1 |\n| 1 | 2 |\nText below."),
        str![[r#"
warning[uneven-table]: this row has 3 cells; its table has 2 columns
 --> content/a.md:7:1
  |
7 | | 1 | 2 | 3 |
  | ^^^^^^^^^^^^^
  |
  = help: what is too much is not shown: a `|` within a cell is written `/|`, also in code

warning[uneven-table]: this row has 1 cell; its table has 2 columns
 --> content/a.md:8:1
  |
8 | | 1 |
  | ^^^^^
  |
  = help: add the cells that are missing, empty if need be; text below a table follows an empty line

warning[uneven-table]: this row has 1 cell; its table has 2 columns
  --> content/a.md:10:1
   |
10 | Text below.
   | ^^^^^^^^^^^
   |
   = help: add the cells that are missing, empty if need be; text below a table follows an empty line


"#]]
    );
    assert_data_eq!(
        told("| a | b | c |\n| --- | --- |\n| 1 | 2 | 3 |"),
        str![[r#"
warning[uneven-table]: this is no table: its first row has 3 cells, and the line below it 2
 --> content/a.md:6:1
  |
6 | | --- | --- |
  | ^^^^^^^^^^^^^
  |
  = help: give both the same number of cells


"#]]
    );
    for text in [
        "| a | b |\n| - | - |\n| 1 \\| 2 | 3 |\n| 1 | |\n 1 | 2",
        "a | b\n- | -\n1 | 2\n\nText",
        "> | a |\n> | - |\n> | 1 |",
    ] {
        assert_eq!(codes(text), Vec::<String>::new(), "{text}\n{}", told(text));
    }
}

#[test]
fn attributes_of_headings() {
    assert_data_eq!(
        told("## One {#one .wide}\n\n## Two {#two}\n\n## Three {key=value}"),
        str![[r#"
error[unknown-attribute]: `{#one .wide}` says more than a heading takes
 --> content/a.md:5:8
  |
5 | ## One {#one .wide}
  |        ^^^^^^^^^^^^
  |
  = help: keep the id alone, `{#id}`: how a heading looks belongs to the theme; `/}` at its end publishes the braces

error[unknown-attribute]: `{key=value}` says more than a heading takes
 --> content/a.md:9:10
  |
9 | ## Three {key=value}
  |          ^^^^^^^^^^^
  |
  = help: keep the id alone, `{#id}`: how a heading looks belongs to the theme; `/}` at its end publishes the braces


"#]]
    );
}

#[test]
fn phases_at_the_wrong_level() {
    let page = |process: &str| {
        let page = format!(
            "=== content/playbooks/p.md\n+++\ndescription = \"P\"\npurpose = \"Do it.\"\nrequired_sections = [\"process\"]\n+++\n\n{process}\n"
        );
        site("", &page).run(&["check"]).stderr
    };
    assert_data_eq!(
        page("## Process\n\n#### Week 1\n\n- Do it\n\n#### Week 2\n\n- Again"),
        str![[r#"
warning[skipped-heading]: `Week 1` is no phase: phases are headings of level 3, and this is one of level 4
 --> content/playbooks/p.md:9:1
  |
9 | #### Week 1
  | ^^^^^^^^^^^
  |
  = help: begin it with `###`

warning[skipped-heading]: `Week 2` is no phase: phases are headings of level 3, and this is one of level 4
  --> content/playbooks/p.md:13:1
   |
13 | #### Week 2
   | ^^^^^^^^^^^
   |
   = help: begin it with `###`


"#]]
    );
    assert_data_eq!(
        page("## Process\n\n## Week 1\n\n- Do it"),
        str![[r#"
error[missing-section]: this process has no steps
 --> content/playbooks/p.md:7:1
  |
7 | ## Process
  | ^^^^^^^^^^
  |
  = help: write the steps as a list, under `###` headings when there are phases; one of `##` begins another section


"#]]
    );
    assert_eq!(codes_of(&page("## Process\n\n### Week 1\n\n#### Monday\n\n- Do it")), Vec::<String>::new());
}

#[test]
fn files_that_nothing_uses() {
    let site = site("[The plan](plan.docx) and [the code](x.py)", FRAMEWORK);
    for path in [
        "content/plan.docx",
        "content/x.py",
        "content/data.csv",
        "content/b.pdf",
        "content/c.png",
        "content/CNAME",
        "content/frameworks/f/logo.svg",
        "content/.well-known/security.txt",
        "content/.well-known/acme/token.md",
        "content/.hidden/x.txt",
        "content/.well-known/.secret",
        "content/.DS_Store",
    ] {
        site.write(path, b"x");
    }
    let ran = site.build(&["--strict"]);
    assert_eq!(ran.stderr.lines().count(), 0, "{}", ran.stderr);
    assert_eq!(site.read("output/.well-known/security.txt"), "x");
    assert_eq!(site.read("output/.well-known/acme/token.md"), "x");
    for hidden in [".hidden/x.txt", ".well-known/.secret", ".DS_Store"] {
        assert!(!site.exists(&format!("output/{hidden}")), "{hidden}");
    }
    for path in [
        "content/Thumbs.db",
        "content/notes.docx",
        "content/page.mdx",
        "content/README.MD",
        "content/Glossary.toml",
        "content/glossary.yml",
        "content/frameworks/f/cost.yaml",
        "content/frameworks/g.toml",
        "i18n/de.toml",
    ] {
        site.write(path, b"x");
    }
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[unreferenced-file]: nothing refers to `Glossary.toml`, and it would be published as it is
--> content/Glossary.toml
 = help: if Guidepost is to read it, rename it `glossary.toml`; otherwise take it out of `content`

warning[unreferenced-file]: nothing refers to `README.MD`, and it would be published as it is
--> content/README.MD
 = help: if Guidepost is to read it, rename it `README.md`; otherwise take it out of `content`

warning[unreferenced-file]: nothing refers to `Thumbs.db`, and it would be published as it is
--> content/Thumbs.db
 = help: link to it, or take it out of `content`

warning[unreferenced-file]: nothing refers to `cost.yaml`, and it would be published as it is
--> content/frameworks/f/cost.yaml
 = help: Guidepost reads `frameworks/NAME/cost.toml`: write it in TOML there, link to it, or take it out of the folder

warning[unreferenced-file]: nothing refers to `g.toml`, and it would be published as it is
--> content/frameworks/g.toml
 = help: if Guidepost is to read it, rename it `frameworks/g/framework.toml`; otherwise take it out of `content`

warning[unreferenced-file]: nothing refers to `glossary.yml`, and it would be published as it is
--> content/glossary.yml
 = help: if Guidepost is to read it, rename it `glossary.toml`; otherwise take it out of `content`

warning[unreferenced-file]: nothing refers to `notes.docx`, and it would be published as it is
--> content/notes.docx
 = help: link to it, or take it out of `content`

warning[unreferenced-file]: nothing refers to `page.mdx`, and it would be published as it is
--> content/page.mdx
 = help: if Guidepost is to read it, rename it `page.md`; otherwise take it out of `content`

warning[unreferenced-file]: `i18n/de.toml` is read by nothing
--> i18n/de.toml
 = help: interface texts, in whatever language, stand in `i18n/en.toml`


"#]]
    );
}

#[test]
fn a_draft_refers_to_its_files() {
    let site =
        site("", "=== content/b.md\n+++\ndraft = true\n+++\n[Plan](plan.docx)\n=== content/plan.docx\nx\n");
    assert_eq!(codes_of(&site.run(&["check"]).stderr), Vec::<String>::new());
}

#[test]
fn a_configuration_under_another_name() {
    assert_data_eq!(
        site("", "=== guidepost.yaml\ntitle: A\n").run(&["check"]).stderr,
        str![[r#"
warning[unreferenced-file]: `guidepost.yaml` is not read
--> guidepost.yaml
 = help: the configuration is written in TOML, in a file `guidepost.toml`


"#]]
    );
}

#[test]
fn files_of_a_theme_that_change_nothing() {
    let files = "=== themes/default/templates/pgae.html\n<p>x</p>\n=== themes/default/page.html\n<p>x</p>\n=== themes/default/assets/logo.svg\n<svg/>\n=== themes/default/assets/used.svg\n<svg/>\n=== themes/default/README.md\nOurs.\n=== themes/default/templates/own.html\n<p title=\"used.svg\">x</p>\n=== themes/default/assets/style/90-own.css\np { color: inherit }\n=== content/b.md\n+++\ndescription = \"B\"\ntemplate = \"own.html\"\n+++\n[A](a.md)\n";
    let site = site("[B](b.md)", files);
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[unused-theme-file]: `assets/logo.svg` takes the place of no file of the theme, and nothing uses it
--> themes/default/assets/logo.svg
 = help: did you mean `assets/icon.svg`?

warning[unused-theme-file]: `page.html` takes the place of no file of the theme, and nothing uses it
--> themes/default/page.html
 = help: did you mean `templates/page.html`?

warning[unused-theme-file]: `templates/pgae.html` takes the place of no file of the theme, and nothing uses it
--> themes/default/templates/pgae.html
 = help: did you mean `templates/page.html`?


"#]]
    );
}

#[test]
fn a_template_error_is_told_once() {
    let pages: String =
        (0..20).map(|i| format!("=== content/guides/p{i}.md\n+++\ndescription = \"P\"\n+++\n")).collect();
    let site =
        site("", &format!("{pages}=== themes/default/templates/page.html\n{{{{ page.nothing.more }}}}\n"));
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[template-error]: Field `nothing` is not defined. Available fields: blocks, extra, faq, meta, takeaways (while rendering a/index.html and 20 other pages)
 --> themes/default/templates/page.html:1:9
  |
1 | {{ page.nothing.more }}
  |         ^^^^^^^
  |
  = help: templates are Tera 2: https://keats.github.io/tera/; what each page gets is told in src/view/


"#]]
    );
}

#[test]
fn frameworks_with_slips() {
    let cell = FRAMEWORK.replace("at.one = \"Open\"", "at.one = { tekst = \"Open\" }");
    assert_data_eq!(
        site("", &cell).problems(),
        str![[r#"
error[unknown-key]: `tekst` is not a key of a cell
 --> content/frameworks/f/safety.toml:6:12
  |
6 | at.one = { tekst = "Open" }
  |            ^^^^^ unknown key
  |
  = help: did you mean `text`? a cell without it says nothing


"#]]
    );
    let stages = FRAMEWORK.replacen("[[stages]]\ntitle = \"One\"\n[[stages]]", "[stages]", 1);
    assert!(
        site("", &stages).problems().contains("help: in TOML each table of a list begins"),
        "{}",
        site("", &stages).problems()
    );
    let curly = FRAMEWORK.replace("\"Small\"", "“Small”");
    assert_data_eq!(
        site("", &curly).problems(),
        str![[r#"
error[invalid-toml]: `“` is a curly quotation mark, and no text begins with it in TOML
 --> content/frameworks/f/framework.toml:1:9
  |
1 | title = “Small”
  |         ^^^^^^^
  |
  = help: write straight ones, `"`, at both ends; word processors and chats turn them into curly ones


"#]]
    );
}

#[test]
fn html_is_told_where_it_stands() {
    assert_data_eq!(
        told("> <div>\n> text\n> <script>x</script>\n> </div>\n\nA word\nand <blink>more</blink>."),
        str![[r#"
error[raw-html]: `<script>` is not published from Markdown
 --> content/a.md:7:3
  |
7 | > <script>x</script>
  |   ^^^^^^^^
  |
  = help: code and styles belong to the theme, where the site's security policy can hold

error[raw-html]: `<blink>` is not published from Markdown
  --> content/a.md:11:5
   |
11 | and <blink>more</blink>.
   |     ^^^^^^^
   |
   = help: these elements pass: abbr, b, bdi, bdo, br, cite, code, del, dfn, em, i, ins, kbd, mark, q, rp, rt, ruby, s, samp, small, span, strong, sub, sup, time, u, var, wbr, details, summary, div, figure, figcaption, hr, p


"#]]
    );
}

#[test]
fn errors_that_may_be_warnings_for_a_while() {
    let text = "{{ x }} [a](index.md#nowhere) [[index#nowhere|b]] ![c](https://example.com/c.png)";
    let more = "=== content/b.md\n+++\ndescription = \"B\"\nlayout = \"wide\"\n+++\n[A](a.md)\n";
    let checks = "=== guidepost.toml\n[checks]\nforeign-notation = \"warning\"\nbroken-anchor = \"warning\"\nbroken-image = \"warning\"\nunknown-key = \"warning\"\n";
    let strict = site(text, more);
    assert_eq!(
        codes_of(&strict.problems()),
        ["foreign-notation", "broken-anchor", "broken-anchor", "broken-image", "unknown-key"]
    );
    let lowered = site(text, &format!("{more}{checks}"));
    let ran = lowered.build(&[]);
    assert_eq!(ran.stderr.matches("warning[").count(), 5, "{}", ran.stderr);
    let page = lowered.read("output/a/index.html");
    let (_, page) = page.split_once("<p>").expect("a paragraph");
    assert_data_eq!(
        page.split_once("</p>").expect("its end").0,
        str![[
            r#"{{ x }} <a href="../">a</a> <a href="../">b</a> <a class="external" href="https://example.com/c.png">c</a>"#
        ]]
    );
    // What is not lowered stays an error.
    let others = site(
        "![c](nowhere.png)",
        &format!("{checks}tilte = \"x\"\n=== content/frameworks/f/framework.toml\ntilte = \"x\"\n"),
    );
    let said = others.problems();
    assert!(said.contains("error[broken-image]") && said.contains("error[unknown-key]"), "{said}");
    let refused = site(
        "",
        "=== guidepost.toml\n[checks]\nbroken-link = \"warning\"\nbroken-anchor = \"off\"\nbroken-image = \"off\"\n",
    );
    assert_data_eq!(
        refused.problems(),
        str![[r#"
error[invalid-value]: `broken-link` stays an error: with it, what a reader gets is not what its author wrote
 --> guidepost.toml:2:15
  |
2 | broken-link = "warning"
  |               ^^^^^^^^^
  |
  = help: `guidepost explain broken-link` says how to fix it; errors that can be warnings for a while: unknown-key, broken-anchor, broken-image, foreign-notation

error[invalid-value]: `broken-anchor` can be made a warning, and not turned off
 --> guidepost.toml:3:17
  |
3 | broken-anchor = "off"
  |                 ^^^^^
  |
  = help: write `"warning"` while the site moves here from another tool

error[invalid-value]: `broken-image` of images on other sites can be made a warning, and not turned off
 --> guidepost.toml:4:16
  |
4 | broken-image = "off"
  |                ^^^^^
  |
  = help: write `"warning"` while the site moves here from another tool


"#]]
    );
}

#[test]
fn a_listed_section_is_a_way_in() {
    let nav = "[nav]\nitems = [\"a\"]\n";
    let files = "=== content/guides/b.md\n+++\ndescription = \"B\"\n+++\n=== content/c.md\n+++\ndescription = \"C\"\n+++\n";
    let orphan = site("", &format!("{files}=== guidepost.toml\n{nav}"));
    assert_eq!(codes_of(&orphan.run(&["check"]).stderr), ["orphan-page"]);
    let site = site(
        "",
        &format!(
            "{files}=== guidepost.toml\n{nav}[checks]\norphan-page = \"off\"\nunlinked-page = \"warning\"\n"
        ),
    );
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[unlinked-page]: no text refers to `C`
--> content/c.md
 = help: link to it from a page that its readers come by, or name it in `related` there

warning[unlinked-page]: no text refers to `B`
--> content/guides/b.md
 = help: link to it from a page that its readers come by, or name it in `related` there


"#]]
    );
}

#[test]
fn a_new_guide_is_clean_under_strict() {
    let site = Site::empty();
    assert_eq!(site.run(&["init"]).code, 0);
    assert_eq!(site.run(&["new", "guide", "Key rotation"]).code, 0);
    let ran = site.run(&["build", "--strict", "--drafts"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_heading_that_comes_back_is_linked_again() {
    let checks = "=== guidepost.toml\n[checks]\nbroken-anchor = \"warning\"\n";
    let page = |heading: &str| {
        format!("=== content/b.md\n+++\ndescription = \"B\"\n+++\n\n## {heading}\n\n[A](a.md)\n")
    };
    let warm = site("[B](b.md#there)", &format!("{checks}{}", page("Gone")));
    warm.build(&[]);
    assert!(warm.read("output/a/index.html").contains("<a href=\"../b/\">B</a>"));
    warm.add(&page("There"));
    warm.build(&[]);
    let fresh = site("[B](b.md#there)", &format!("{checks}{}", page("There")));
    fresh.build(&[]);
    assert_eq!(warm.read("output/a/index.html"), fresh.read("output/a/index.html"));
    assert!(warm.read("output/a/index.html").contains("<a href=\"../b/#there\">B</a>"));
}
