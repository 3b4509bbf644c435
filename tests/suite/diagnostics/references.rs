//! Links, references, images and embeds.

use super::{HOME, check_all, page, with_framework};
use snapbox::{assert_data_eq, str};

#[test]
fn invalid_address() {
    assert_data_eq!(
        page("+++\ndescription = \"B\"\nrelated = [\"a//b\"]\n+++\n\nSee [[guides/x#]].\n"),
        str![[r#"
error[invalid-address]: `a//b` is not an address: an address has a name between any two slashes
 --> content/a.md:3:12
  |
3 | related = ["a//b"]
  |            ^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`

error[invalid-address]: `guides/x#` is not an address: `#` is followed by a heading's anchor
 --> content/a.md:6:5
  |
6 | See [[guides/x#]].
  |     ^^^^^^^^^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`


"#]]
    );
}

#[test]
fn broken_link() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n[One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().\n"
        ),
        str![[r#"
error[broken-link]: there is no `content/b.md`
 --> content/a.md:5:1
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  | ^^^^^^^^^^^
  |
  = help: did you mean `a.md`?

error[broken-link]: there is no `content/guides/index.md`
 --> content/a.md:5:14
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  |              ^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `index.md`?

error[broken-link]: `../../etc/passwd` leads out of the content folder
 --> content/a.md:5:38
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: link to what is published; other files can be copied into `content/`

error[broken-link]: this link leads nowhere
 --> content/a.md:5:68
  |
5 | [One](b.md), [two](guides/index.md), [three](../../etc/passwd) and [four]().
  |                                                                    ^^^^^^^^
  |
  = help: write where it leads, for instance `../guides/secrets.md`


"#]]
    );
}

#[test]
fn broken_link_to_a_draft() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\n+++\n\n[One](b.md)\n=== content/b.md\n+++\ndraft = true\n+++\n"),
        str![[r#"
error[broken-link]: there is no `content/b.md`
 --> content/a.md:5:1
  |
5 | [One](b.md)
  | ^^^^^^^^^^^
  |
  = help: `content/b.md` is a draft: publish it, or build with `--drafts`


"#]]
    );
}

#[test]
fn broken_anchor() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\n+++\n\n## Tips\n\n[One](#tip) and [two](index.md#nowhere).\n"),
        str![[r#"
error[broken-anchor]: no heading `#tip` on a
 --> content/a.md:7:1
  |
7 | [One](#tip) and [two](index.md#nowhere).
  | ^^^^^^^^^^^
  |
  = help: did you mean `#tips`? headings there: tips

error[broken-anchor]: no heading `#nowhere` on the home page
 --> content/a.md:7:17
  |
7 | [One](#tip) and [two](index.md#nowhere).
  |                 ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: headings there: sections


"#]]
    );
}

#[test]
fn broken_reference() {
    assert_data_eq!(
        with_framework(
            "=== content/index.md\n+++\ndescription = \"A\"\n+++\n\n[[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]\n"
        ),
        str![[r#"
error[broken-reference]: `guides/doors` names nothing
 --> content/index.md:5:1
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  | ^^^^^^^^^^^^^^^^
  |
  = help: addresses are files below content/ without `.md`, or parts of a framework

error[broken-reference]: `dors` is not an aspect of safety
 --> content/index.md:5:19
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                   ^^^^^^^^^^^^^^^
  |
  = help: did you mean `doors`? aspects are: doors, guards

error[unknown-stage]: `three` is not a stage of f
 --> content/index.md:5:36
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                    ^^^^^^^^^^^^^^^^
  |
  = help: stages are: one, two

error[broken-reference]: the glossary has no term `soc`
 --> content/index.md:5:54
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                                      ^^^^^^^^^^^^
  |
  = help: add it to content/glossary.toml

error[broken-reference]: `saftey` is not a dimension of f
 --> content/index.md:5:68
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                                                    ^^^^^^^^^^^^
  |
  = help: did you mean `safety`? dimensions are: safety

error[unknown-stage]: `three` is not a stage of f
 --> content/index.md:5:82
  |
5 | [[guides/doors]], [[safety/dors]], [[safety@three]], [[term:soc]], [[f/saftey]], [[@one..three]]
  |                                                                                  ^^^^^^^^^^^^^^^
  |
  = help: stages are: one, two


"#]]
    );
}

#[test]
fn broken_image() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)\n"
        ),
        str![[r#"
error[broken-image]: there is no `content/cat.png`
 --> content/a.md:5:1
  |
5 | ![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)
  | ^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `a.md`?

error[broken-image]: this image lies on another site
 --> content/a.md:5:19
  |
5 | ![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything, or name its host in guidepost.toml: `[markdown]` `remote_images = ["https://example.com"]`

error[broken-image]: this is a page, not an image
 --> content/a.md:5:57
  |
5 | ![A cat](cat.png) ![A dog](https://example.com/dog.png) ![A page](index.md)
  |                                                         ^^^^^^^^^^^^^^^^^^^
  |
  = help: name an image file, or drop the `!` to link to the page


"#]]
    );
}

#[test]
fn ambiguous_reference() {
    assert_data_eq!(
        with_framework(
            "=== content/index.md\n+++\ndescription = \"A\"\n+++\n\n[[safety]] and [[/safety]]\n=== content/safety.md\n+++\ndescription = \"B\"\n+++\n"
        ),
        str![[r#"
error[ambiguous-reference]: `safety` names a page and a dimension of f
 --> content/index.md:5:1
  |
5 | [[safety]] and [[/safety]]
  | ^^^^^^^^^^
  |
  = help: write `/safety` for the page, or begin with the framework's name


"#]]
    );
}

#[test]
fn unsafe_link() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\n+++\n\n[Press](javascript:alert(1)) or [look](data:text/html,x).\n"),
        str![[r#"
error[unsafe-link]: links with the scheme `javascript:` are not published
 --> content/a.md:5:1
  |
5 | [Press](javascript:alert(1)) or [look](data:text/html,x).
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the address of a page, a file, or another site

error[unsafe-link]: links with the scheme `data:` are not published
 --> content/a.md:5:33
  |
5 | [Press](javascript:alert(1)) or [look](data:text/html,x).
  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the address of a page, a file, or another site


"#]]
    );
}

#[test]
fn embed_cycle() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\n![[b]]\n=== content/b.md\n+++\ndescription = \"B\"\n+++\n\n![[c]]\n=== content/c.md\n+++\ndescription = \"C\"\n+++\n\n![[a]]\n"
        ),
        str![[r#"
error[embed-cycle]: this embed leads back to itself
 --> content/c.md:5:1
  |
5 | ![[a]]
  | ^^^^^^ closes the circle
  |
  = help: the chain is a -> b -> c -> a; make one of them a link


"#]]
    );
}

#[test]
fn invalid_embed() {
    assert_data_eq!(
        page(
            "+++\ndescription = \"A\"\n+++\n\nLook at ![[index]] here.\n\n![[index#nowhere]]\n\n![[tags]]\n=== content/b.md\n+++\ndescription = \"B\"\ntags = [\"x\"]\n+++\n[A](a.md) [B](b.md)\n"
        ),
        str![[r#"
error[invalid-embed]: an embed stands in a paragraph of its own
 --> content/a.md:5:9
  |
5 | Look at ![[index]] here.
  |         ^^^^^^^^^^
  |
  = help: put an empty line before and after it

error[invalid-embed]: `#nowhere` is not a section that can be embedded
 --> content/a.md:7:1
  |
7 | ![[index#nowhere]]
  | ^^^^^^^^^^^^^^^^^^
  |
  = help: name the anchor of a heading in the text

error[invalid-embed]: the page `Tags` has no text of its own
 --> content/a.md:9:1
  |
9 | ![[tags]]
  | ^^^^^^^^^
  |
  = help: link to it instead


"#]]
    );
}

#[test]
fn orphan_page() {
    assert_data_eq!(
        check_all(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== content/b.md\n+++\ndescription = \"B\"\n+++\n=== guidepost.toml\n[nav]\nitems = [\"a\"]\n"
        )),
        str![[r#"
warning[orphan-page]: nothing leads to `B`
--> content/b.md
 = help: link to it from a page that its readers come by, or name it in `related` there, or move it into a section


"#]]
    );
}
