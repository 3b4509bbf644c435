//! What is wrong with a file before its meaning is asked for: reading, size, notation, where it is published.

use super::{HOME, check, page};
use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

#[test]
fn unreadable() {
    let site = Site::new("");
    site.remove("content");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[unreadable]: there is no folder `content` here
--> content
 = help: run this in a site's folder, name it with `--root`, or start one with `guidepost init`


"#]]
    );
}

#[test]
fn invalid_utf8() {
    let site = Site::new(HOME);
    site.write("content/a.md", b"# Fine\n\nBut \xff not this.\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-utf8]: this file is not UTF-8: byte 12 (line 3) is the first that is not
--> content/a.md
 = help: save it as UTF-8

error[broken-link]: there is no `content/a.md`
 --> content/index.md:5:1
  |
5 | [A page](a.md)
  | ^^^^^^^^^^^^^^


"#]]
    );
}

#[test]
fn too_large() {
    let text = "word ".repeat(300);
    let files = format!("{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n{text}\n");
    let files = format!("{files}=== content/glossary.toml\n# {text}\n=== content/picture.svg\n{text}\n");
    let limit = "=== guidepost.toml\n[limits]\ntext = \"1 KiB\"\n";
    assert_data_eq!(
        check(&format!("{files}{limit}")),
        str![[r#"
error[too-large]: this file has 1527 bytes; a text has at most 1 KiB
--> content/a.md
 = help: divide it into several, or set `[limits] text` in guidepost.toml

error[too-large]: this file has 1503 bytes; a text has at most 1 KiB
--> content/glossary.toml
 = help: divide it into several, or set `[limits] text` in guidepost.toml

error[broken-link]: there is no `content/a.md`
 --> content/index.md:5:1
  |
5 | [A page](a.md)
  | ^^^^^^^^^^^^^^


"#]]
    );
    let site = Site::new(&files);
    site.build(&[]);
    // Markdown of many pieces takes more memory than its size tells, and so do lists.
    let pieces = "a\n".repeat(600_000);
    assert_data_eq!(
        page(&format!("+++\ndescription = \"A\"\n+++\n{pieces}")),
        str![[r#"
error[too-large]: this text has more than 500000 pieces, such as lines, emphasis or cells of tables
 --> content/a.md:4:1
  |
4 | a
  | ^
  |
  = help: divide it into several files


"#]]
    );
    let values = "1,".repeat(200_000);
    assert_data_eq!(
        page(&format!("+++\ndescription = \"A\"\nextra.a = [{values}]\n+++\n")),
        str![[r#"
error[too-large]: there are more than 200000 values here
 --> content/a.md:2:1
  |
2 | description = "A"
  | ^
  |
  = help: divide them into several files


"#]]
    );
    let values = "- a\n".repeat(200_000);
    assert_data_eq!(
        page(&format!("---\ndescription: A\ntags:\n{values}---\n")),
        str![[r#"
error[too-large]: there are more than 200000 values here
 --> content/a.md:2:1
  |
2 | description: A
  | ^
  |
  = help: divide them into several files


"#]]
    );
}

#[test]
fn too_deep() {
    let quotes = ">".repeat(51);
    let emphasis = "*a **b ".repeat(30) + &"c** d*".repeat(30);
    let list = "- ".repeat(100_000);
    let text = |text: &str| page(&format!("+++\ndescription = \"A\"\n+++\n{text}\n"));
    assert_data_eq!(
        text(&format!("Text.\n\n{quotes} a")),
        str![[r#"
error[too-deep]: lists, quotes, blocks and emphasis are nested at most 50 deep
 --> content/a.md:6:51
  |
6 | >>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> a
  |                                                   ^^^
  |
  = help: nobody could follow this; give parts of it a heading of their own


"#]]
    );
    assert!(text(&emphasis).starts_with("error[too-deep]"));
    assert!(text(&format!("{list}a")).starts_with("error[too-deep]"));
    assert_eq!(text(&format!("{} a\n\n{}", ">".repeat(50), "- ".repeat(600))), "", "a rule is no list");
    assert_data_eq!(
        page(&format!("---\ndescription: A\nextra:\n  a:\n  {}x\n---\n", "- ".repeat(100_000))),
        str![[r#"
error[too-deep]: values are nested at most 80 deep
--> content/a.md:5:159
 = note: the line is long; around this place it says `- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - `
 = help: front matter is for a few keys; a text of its own can hold more


"#]]
    );
    let brackets = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert!(page(&format!("---\nextra: {brackets}\n---\n")).starts_with("error[too-deep]"));
    // The reader of TOML has a limit of its own.
    assert!(page(&format!("+++\nextra.a = {brackets}\n+++\n")).starts_with("error[invalid-toml]"));
}

#[test]
fn control_character() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A \\u0007 bell\"\n+++\nIn the \u{1}text, a DEL \u{7f}, C1 \u{85}, \u{fffe}; as &#8; references: <b title=\"&#8;\">x</b> [x](a.md \"&#8;\")\n=== guidepost.toml\ntitle = \"\\u001b[31m\"\n=== content/glossary.toml\n[[terms]]\nterm = \"a\"\ndefinition = \"\\u0000\"\n=== content/b.md\n---\ndescription: \"\\a\"\n---\n"
        )),
        str![[r#"
error[control-character]: the control character U+0007 has no place in a text
 --> content/a.md:2:15
  |
2 | description = "A /u0007 bell"
  |               ^^^^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0001 has no place in a text
 --> content/a.md:4:8
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |        ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+007F has no place in a text
 --> content/a.md:4:21
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                     ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0085 has no place in a text
 --> content/a.md:4:27
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                           ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+FFFE has no place in a text
 --> content/a.md:4:30
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                              ^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0008 has no place in a text
 --> content/a.md:4:36
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                                    ^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0008 has no place in a text
 --> content/a.md:4:53
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                                                     ^^^^^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0008 has no place in a text
 --> content/a.md:4:75
  |
4 | In the ␁text, a DEL ␡, C1 , ￾; as &#8; references: <b title="&#8;">x</b> [x](a.md "&#8;")
  |                                                                           ^^^^^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0007 has no place in a text
 --> content/b.md:2:14
  |
2 | description: "/a"
  |              ^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+0000 has no place in a text
 --> content/glossary.toml:3:14
  |
3 | definition = "/u0000"
  |              ^^^^^^^^
  |
  = help: delete it; editors mostly do not show it

error[control-character]: the control character U+001B has no place in a text
 --> guidepost.toml:1:9
  |
1 | title = "/u001b[31m"
  |         ^^^^^^^^^^^^
  |
  = help: delete it; editors mostly do not show it


"#]]
    );
}

#[test]
fn invalid_toml() {
    assert_data_eq!(
        page("+++\ntitle = \"A\ndescription = 5 = 6\n+++\n"),
        str![[r#"
error[invalid-toml]: invalid basic string, expected `"`
 --> content/a.md:2:11
  |
2 | title = "A
  |           ^
  |
  = help: the notation is described at https://toml.io; texts of several lines go between """

error[wrong-type]: expected a string, found a whole number
 --> content/a.md:3:15
  |
3 | description = 5 = 6
  |               ^ not a string

error[invalid-toml]: unexpected key or value, expected newline, `#`
 --> content/a.md:3:17
  |
3 | description = 5 = 6
  |                 ^
  |
  = help: the notation is described at https://toml.io; texts of several lines go between """


"#]]
    );
}

#[test]
fn invalid_yaml() {
    assert_data_eq!(
        page("---\ntitle: \"A\n---\n"),
        str![[r#"
error[invalid-yaml]: while scanning a quoted scalar, found unexpected end of stream
 --> content/a.md:2:8
  |
2 | title: "A
  |        ^
  |
  = help: front matter in YAML is `key: value` lines; quote a text that holds `: ` or begins with a sign


"#]]
    );
}

#[test]
fn duplicate_url() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\naliases = [\"/b/\"]\n+++\n[B](b.md) [C](C.md)\n=== content/b.md\n+++\ndescription = \"B\"\nslug = \"c\"\n+++\n=== content/C.md\n+++\ndescription = \"C\"\n+++\n[A](a.md)\n=== content/b/index.html\nx\n"
        )),
        str![[r#"
error[duplicate-url]: the old URL `/b/` is taken by `content/b/index.html`
 --> content/a.md:3:12
  |
3 | aliases = ["/b/"]
  |            ^^^^^
  |
  = help: take this alias away

error[duplicate-url]: `content/b.md` and `content/C.md` would both be published at `/c/` on a disk that takes their names for one
--> content/b.md
 = help: rename one of them, or give it another `slug`, `id` or tag


"#]]
    );
}
