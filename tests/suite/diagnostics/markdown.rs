//! What Markdown may hold: HTML, code, images and headings.

use super::{HOME, check_all, page, page_all};
use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

#[test]
fn raw_html() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n<script>alert(1)</script>\n\nA <a href=\"b.md\">link</a>, a <b onclick=\"x()\">word</b>, <kbd>Ctrl</kbd>.\n\n<details>\n<summary>More</summary>\n\nText\n"
        ),
        str![[r#"
error[raw-html]: `<script>` is not published from Markdown
 --> content/a.md:5:1
  |
5 | <script>alert(1)</script>
  | ^^^^^^^^
  |
  = help: code and styles belong to the theme, where the site's security policy can hold

error[raw-html]: `<a>` is not published from Markdown
 --> content/a.md:7:3
  |
7 | A <a href="b.md">link</a>, a <b onclick="x()">word</b>, <kbd>Ctrl</kbd>.
  |   ^^^^^^^^^^^^^^^
  |
  = help: write a link as Markdown, so that it is checked: `[text](../guides/secrets.md)`

error[raw-html]: the attribute `onclick` is not published
 --> content/a.md:7:30
  |
7 | A <a href="b.md">link</a>, a <b onclick="x()">word</b>, <kbd>Ctrl</kbd>.
  |                              ^^^^^^^^^^^^^^^^^
  |
  = help: leave it away; these pass: class, title, lang, dir, open, datetime, cite

error[raw-html]: `<details>` is never closed
 --> content/a.md:9:1
  |
9 | <details>
  | ^^^^^^^^^
  |
  = help: add `</details>` on a line of its own, with an empty line before it


"#]]
    );
}

#[test]
fn raw_html_is_closed_where_it_was_opened() {
    let text = |text: &str| page(&format!("+++\ndescription = \"A\"\n+++\n{text}\n"));
    assert_data_eq!(
        text("- one\n\n  <div>\n\n- two\n\n</div>"),
        str![[r#"
error[raw-html]: `<div>` is not closed in the list item that it is opened in
 --> content/a.md:6:3
  |
6 |   <div>
  |   ^^^^^
  |
  = help: write `</div>` before the list item ends

error[raw-html]: `</div>` closes nothing: nothing is open here
  --> content/a.md:10:1
   |
10 | </div>
   | ^^^^^^
   |
   = help: close elements in the reverse order of opening them, in the same paragraph, list item or quote


"#]]
    );
    assert_data_eq!(
        text("<span>\n\nA paragraph.\n\n</span>"),
        str![[r#"
error[raw-html]: `<span>` holds words, not blocks such as paragraphs, lists or `<div>`
 --> content/a.md:4:1
  |
4 | <span>
  | ^^^^^^
  |
  = help: close it before the block with `</span>`; `<div>` holds blocks

error[raw-html]: this block stands within `<span>`
 --> content/a.md:6:1
  |
6 | A paragraph.
  | ^
  |
  = help: write `</span>` before it


"#]]
    );
    for wrong in [
        "<p>\n\nA paragraph in a paragraph.\n\n</p>",
        "<p><p>x</p></p>",
        "<p><ins>a\n\nb\n\n</ins>\n</p>",
        "<span><div>x</div></span>",
        "*<b>a* b</b>",
        "[<b>a](a.md)</b>",
        "## <b>a\n\n</b>",
        "| a |\n| - |\n| <b>a |\n| b</b> |",
        "> <details>\n\n</details>",
        "x[^1]\n\n</div>\n\n[^1]: <b>a",
        "<details>\n<summary>More</summary>\n\nswallowed",
        "- <b>a\n  - b</b>",
        "<div\n\ntext",
        "<!-- a comment\n\ntext",
        "<rt>a</rt>",
    ] {
        assert!(text(wrong).contains("error[raw-html]"), "{wrong}\n{}", text(wrong));
    }
    for right in [
        "<div>\n\n- a <b>b</b>\n\n<p>c <i>d</i></p>\n\n</div>",
        "<details>\n<summary>More</summary>\n\n> <div>\n>\n> a\n>\n> </div>\n\n</details>",
        "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby> <ins>c</ins>",
        "<!-- a comment\n\nof several lines -->",
    ] {
        assert_eq!(text(right), "", "{right}");
    }
}

#[test]
fn code_not_highlighted() {
    let long = "let ".repeat(80);
    let page =
        |text: &str| check_all(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n{text}"));
    assert_data_eq!(
        page(&format!("```js\nok\n{long}\n```\n")),
        str![[r#"
warning[code-not-highlighted]: this code is not highlighted: its line 2 is longer than 300 bytes
 --> content/a.md:4:1
  |
4 | ```js
  | ^^^^^
  |
  = help: `text` instead of the language says that it stays plain


"#]]
    );
    let block = "let x = 1;\n".repeat(4000);
    let fences = format!("```js\n{block}```\n\n").repeat(5);
    assert_data_eq!(
        page(&fences),
        str![[r#"
warning[code-not-highlighted]: this code is not highlighted: its file has more than 200000 bytes of code
     --> content/a.md:16016:1
      |
16016 | ```js
      | ^^^^^
      |
      = help: `text` instead of the language says that it stays plain


"#]]
    );
    assert!(page(&format!("```js\n{block}{block}```\n")).contains("warning[code-not-highlighted]"));
}

#[test]
fn missing_alt() {
    let site = Site::new(&format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n\n![](dot.gif)\n"));
    site.write("content/dot.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;");
    assert_data_eq!(site.problems(), str![]);
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[missing-alt]: this image has no alternative text
 --> content/a.md:5:1
  |
5 | ![](dot.gif)
  | ^^^^^^^^^^^^
  |
  = help: say between the brackets what it shows: `![The three layers of a cache](cache.png)`


"#]]
    );
}

#[test]
fn skipped_heading_and_second_title() {
    assert_data_eq!(
        page_all(
            "+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n\n# Another\n\n## Two\n\n#### Four\n\n# Third\n"
        ),
        str![[r#"
warning[second-title]: the heading says `Another`, the front matter `A`
 --> content/a.md:6:1
  |
6 | # Another
  | ^^^^^^^^^
  |
  = help: keep one of the two

warning[skipped-heading]: a heading of level 4 follows one of level 2
  --> content/a.md:10:1
   |
10 | #### Four
   | ^^^^^^^^^
   |
   = help: begin it with `###`

warning[second-title]: `Third` is a second title
  --> content/a.md:12:1
   |
12 | # Third
   | ^^^^^^^
   |
   = help: a page has one title; begin this heading with `##`


"#]]
    );
}

#[test]
fn unknown_language() {
    assert_data_eq!(
        page_all("+++\ndescription = \"A\"\n+++\n\n```pyhton\nprint(1)\n```\n\n```text\nfine\n```\n"),
        str![[r#"
warning[unknown-language]: code in `pyhton` cannot be highlighted
 --> content/a.md:5:1
  |
5 | ```pyhton
  | ^^^^^^^^^
  |
  = help: did you mean `python`? `text` marks code that stays plain


"#]]
    );
}
