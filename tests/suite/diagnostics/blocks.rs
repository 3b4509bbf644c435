//! Blocks that are not there, not closed, or not what they should be.

use super::{page, with_framework};
use snapbox::{assert_data_eq, str};

fn text(markdown: &str) -> String {
    page(&format!("+++\ndescription = \"A\"\n+++\n\n{markdown}"))
}

#[test]
fn unknown_blocks_and_attributes() {
    assert_data_eq!(
        text(
            ":::wanring\n:::\n\n:::info[A]\n:::\n\n:::note{collapes #a}\n:::\n\n:::note{#a collapse=yes}\n:::\n\n:::tip{#Ä }\n:::\n"
        ),
        str![[r#"
error[unknown-block]: there is no block `wanring`
 --> content/a.md:5:4
  |
5 | :::wanring
  |    ^^^^^^^
  |
  = help: did you mean `warning`? blocks are: note, tip, important, warning, caution, tabs, tab, steps, cards, card, figure, columns, column, details, only

error[unknown-block]: there is no block `info`
 --> content/a.md:8:4
  |
8 | :::info[A]
  |    ^^^^
  |
  = help: the block for that is `note`

error[unknown-attribute]: `collapes` is no attribute of `note`
  --> content/a.md:11:9
   |
11 | :::note{collapes #a}
   |         ^^^^^^^^
   |
   = help: did you mean `collapse`? attributes are: collapse, #id

error[duplicate-id]: the id `a` is taken on this page
  --> content/a.md:14:10
   |
14 | :::note{#a collapse=yes}
   |          ^
   |
   = help: a heading, a figure or another block has it; choose another one

error[invalid-attribute]: `collapse` takes no value
  --> content/a.md:14:12
   |
14 | :::note{#a collapse=yes}
   |            ^^^^^^^^^^^^
   |
   = help: write `collapse` alone, or leave it out

error[invalid-id]: `Ä` cannot be the id of a block
  --> content/a.md:17:9
   |
17 | :::tip{#Ä }
   |         ^
   |
   = help: use lower-case letters, digits and hyphens: `#ä`


"#]]
    );
}

#[test]
fn blocks_without_an_end_or_a_beginning() {
    assert_data_eq!(
        text(":::\n\n::::note\n\n- :::tip\n  text\n\n> text\n> :::\n"),
        str![[r#"
error[unclosed-block]: this closes nothing
 --> content/a.md:5:1
  |
5 | :::
  | ^^^
  |
  = help: take it away, or open a block before it, for instance with `:::note`

error[unclosed-block]: `note` is never closed
 --> content/a.md:7:1
  |
7 | ::::note
  | ^^^^^^^^
  |
  = help: end it with a line `:::`; such a line closes the innermost block

error[unclosed-block]: `tip` is never closed
 --> content/a.md:9:3
  |
9 | - :::tip
  |   ^^^^^^
  |
  = help: end it with `:::` in the same list item that it was opened in

error[unclosed-block]: this closes nothing
  --> content/a.md:13:3
   |
13 | > :::
   |   ^^^
   |
   = help: `note` was opened outside of this quote: close it on a line that does not belong to it


"#]]
    );
}

#[test]
fn fences_that_are_none() {
    assert_data_eq!(
        text(
            "<div>\n:::note\n</div>\n\ntext\n    :::\n\n<!--\n:::note\n-->\n\n```\n:::note\n```\n\n    :::note\n"
        ),
        str![[r#"
error[invalid-block]: this line is a part of the HTML above it, and no fence
 --> content/a.md:6:1
  |
6 | :::note
  | ^^^^^^^
  |
  = help: put an empty line before it

error[invalid-block]: this line goes on with the paragraph above it, and is no fence
  --> content/a.md:10:5
   |
10 |     :::
   |     ^^^
   |
   = help: indent it by less than four spaces; a backslash before the colons makes them text


"#]]
    );
}

#[test]
fn parts_in_the_wrong_place() {
    assert_data_eq!(
        text(
            ":::tab[A]\n:::\n\n::::tabs[A]\ntext\n\n:::tab\n:::\n::::\n\n:::cards\n:::\n\n::::cards\n:::card\n:::\n::::\n\n:::steps\n- a\n:::\n\n:::steps\n1. a\n\nb\n:::\n\n:::figure[A]\n:::\n\n:::only\n:::\n\n:::note[A] b\n:::\n\n:::note{a=\"b}\n:::\n"
        ),
        str![[r#"
error[invalid-block]: `tab` stands outside of `tabs`
 --> content/a.md:5:1
  |
5 | :::tab[A]
  | ^^^^^^^^^
  |
  = help: put `:::tabs` before the first `tab`, and `:::` after the last one

error[invalid-block]: `tabs` has no label
 --> content/a.md:8:10
  |
8 | ::::tabs[A]
  |          ^
  |
  = help: put it into a heading or a paragraph

error[invalid-block]: in `tabs` stands nothing but `tab` blocks
 --> content/a.md:9:1
  |
9 | text
  | ^^^^
  |
  = help: put this into a `:::tab`, or outside of `tabs`

error[invalid-block]: this tab has no label
  --> content/a.md:11:1
   |
11 | :::tab
   | ^^^^^^
   |
   = help: write what it is in brackets: `:::tab[Linux]`

error[invalid-block]: `cards` holds no `card`
  --> content/a.md:15:1
   |
15 | :::cards
   | ^^^^^^^^
   |
   = help: write `:::card` and `:::` around each of its parts

error[invalid-block]: this card has no title
  --> content/a.md:19:1
   |
19 | :::card
   | ^^^^^^^
   |
   = help: write it in brackets, `:::card[Title]`, or name what it leads to, `:::card{to=guides/secrets}`

error[invalid-block]: `steps` holds one ordered list and nothing else
  --> content/a.md:24:1
   |
24 | - a
   | ^^^
   |
   = help: begin each step with `1.`, and indent what belongs to it as far as its text

error[invalid-block]: `steps` holds one ordered list and nothing else
  --> content/a.md:30:1
   |
30 | b
   | ^
   |
   = help: begin each step with `1.`, and indent what belongs to it as far as its text

error[invalid-block]: this figure is empty
  --> content/a.md:33:1
   |
33 | :::figure[A]
   | ^^^^^^^^^^^^
   |
   = help: put a picture, a table or code between the fences

error[invalid-block]: this does not say which stages it belongs to
  --> content/a.md:36:1
   |
36 | :::only
   | ^^^^^^^
   |
   = help: write `:::only{stages=mvp}` or `:::only{stages=mvp..10k}`

error[invalid-block]: `b` cannot be read as a part of `:::note`
  --> content/a.md:39:1
   |
39 | :::note[A] b
   | ^^^^^^^^^^^^
   |
   = help: write `:::note[Label]{key=value}`, without spaces between, and its text on the lines below

error[invalid-block]: `{a="b}` cannot be read as a part of `:::note`
  --> content/a.md:42:1
   |
42 | :::note{a="b}
   | ^^^^^^^^^^^^^
   |
   = help: write `:::note[Label]{key=value}`, without spaces between, and its text on the lines below


"#]]
    );
}

#[test]
fn blocks_in_strings_with_escapes() {
    assert_data_eq!(
        with_framework(
            "=== content/index.md\n+++\ndescription = \"H\"\n[[faq]]\nquestion = \"Q\"\nanswer = \":::not\u{e9}[Ü]{x=\\\"y\\\"}\\nÄÖÜ\\n:::\"\n+++\nText\n"
        ),
        str![[r#"
error[unknown-block]: there is no block `noté`
 --> content/index.md:5:10
  |
5 | answer = ":::noté[Ü]{x=/"y/"}/nÄÖÜ/n:::"
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `note`? blocks are: note, tip, important, warning, caution, tabs, tab, steps, cards, card, figure, columns, column, details, only


"#]]
    );
}

#[test]
fn foreign_blocks() {
    assert_data_eq!(
        text(
            ":::{note}\ntext\n:::\n\n::: warning\ntext\n:::\n\n:::tip Keep it *small*\ntext\n:::\n\n\\:::tip Title\n"
        ),
        str![[r#"
error[foreign-notation]: a block's name stands directly behind the colons
 --> content/a.md:5:1
  |
5 | :::{note}
  | ^^^^^^^^^
  |
  = help: write `:::note`; a backslash before the colons makes them text

error[foreign-notation]: a block's name stands directly behind the colons
 --> content/a.md:9:1
  |
9 | ::: warning
  | ^^^^^^^^^^^
  |
  = help: write `:::warning`; a backslash before the colons makes them text

error[foreign-notation]: behind `:::tip`, a title stands in brackets
  --> content/a.md:13:1
   |
13 | :::tip Keep it *small*
   | ^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write `:::tip[Keep it *small*]`


"#]]
    );
}

#[test]
fn stages_and_addresses_in_blocks() {
    assert_data_eq!(
        with_framework(
            "=== content/index.md\n+++\ndescription = \"H\"\n+++\n\n:::only{stages=mpv}\ntext\n:::\n\n:::only{stages=a@b@c}\ntext\n:::\n\n:::only{stages=nowhere@mvp}\ntext\n:::\n\n::::cards\n:::card{to=guides/none}\n:::\n::::\n\n:::figure[A]\n![a](none.png)\n:::\n"
        ),
        str![[r#"
error[unknown-stage]: `mpv` is not a stage of f
 --> content/index.md:5:16
  |
5 | :::only{stages=mpv}
  |                ^^^
  |
  = help: stages are: one, two

error[invalid-address]: `a@b@c` is not an address: `b@c` cannot be the name of a stage
 --> content/index.md:9:16
  |
9 | :::only{stages=a@b@c}
  |                ^^^^^
  |
  = help: addresses look like `guides/secrets`, `security/secrets@mvp`, `@poc..mvp` or `term:soc-2`

error[broken-reference]: `nowhere@mvp` names nothing
  --> content/index.md:13:16
   |
13 | :::only{stages=nowhere@mvp}
   |                ^^^^^^^^^^^
   |
   = help: frameworks and dimensions are: f, safety

error[broken-reference]: `guides/none` names nothing
  --> content/index.md:18:12
   |
18 | :::card{to=guides/none}
   |            ^^^^^^^^^^^
   |
   = help: addresses are files below content/ without `.md`, or parts of a framework

error[broken-image]: there is no `content/none.png`
  --> content/index.md:23:1
   |
23 | ![a](none.png)
   | ^^^^^^^^^^^^^^


"#]]
    );
}
