//! What guidepost.toml can say wrong, and what it says of the checks.

use super::{HOME, check, check_all};
use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

#[test]
fn limits_are_amounts_of_data() {
    let of = |text: &str| check(&format!("=== guidepost.toml\n[limits]\ntext = {text}\n"));
    assert_data_eq!(
        of("\"4 MB\""),
        str![[r#"
error[invalid-value]: `4 MB` is not an amount of data
 --> guidepost.toml:2:8
  |
2 | text = "4 MB"
  |        ^^^^^^
  |
  = help: write it as `4 MiB`; the units are B, KiB, MiB and GiB


"#]]
    );
    for wrong in ["4", "\"\"", "\"MiB\"", "\"0 B\"", "\"-1 KiB\"", "\"99999999999999 GiB\""] {
        assert!(of(wrong).starts_with("error["), "{wrong}");
    }
    for right in ["\"1 B\"", "\"12KiB\"", "\"4 GiB\""] {
        assert_eq!(of(right), "", "{right}");
    }
}

#[test]
fn stale_page() {
    let site = Site::new(&format!(
        "{HOME}=== content/a.md\n+++\ndescription = \"A\"\nupdated = 2024-12-31\n+++\n=== guidepost.toml\nstale_after = \"12 months\"\n"
    ));
    assert_data_eq!(
        site.run(&["check"]).stderr,
        str![[r#"
warning[stale-page]: `A` was last updated on 2024-12-31
--> content/a.md
 = help: it was due for a review on 2025-12-31; revise it and set `updated`


"#]]
    );
}

#[test]
fn checks_can_be_set() {
    let files = "=== content/a.md\n## Only a heading\n=== guidepost.toml\n[checks]\norphan-page = \"off\"\nmissing-description = \"error\"\n";
    let ran = Site::new(files).run(&["check"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.contains("orphan-page"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[missing-description]"), "{}", ran.stderr);
    assert_data_eq!(
        check("=== guidepost.toml\n[checks]\nbroken-link = \"off\"\norphan-pages = \"off\"\n"),
        str![[r#"
error[invalid-value]: `broken-link` stays an error: with it, what a reader gets is not what its author wrote
 --> guidepost.toml:2:15
  |
2 | broken-link = "off"
  |               ^^^^^
  |
  = help: `guidepost explain broken-link` says how to fix it; errors that can be warnings for a while: unknown-key, broken-anchor, broken-image, foreign-notation

error[unknown-key]: `orphan-pages` is not a check that can be set
 --> guidepost.toml:3:1
  |
3 | orphan-pages = "off"
  | ^^^^^^^^^^^^
  |
  = help: did you mean `orphan-page`? checks are: unknown-key, missing-cell, broken-anchor, renamed-anchor, broken-image, foreign-notation, orphan-page, unlinked-page, unreferenced-file, unused-theme-file, lost-url, missing-description, missing-alt, skipped-heading, second-title, unused-footnote, undefined-link, unclosed-reference, uneven-table, unknown-language, code-not-highlighted, low-contrast, unused-snippet, stale-page


"#]]
    );
}

#[test]
fn low_contrast() {
    assert_data_eq!(
        check_all(
            "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n=== guidepost.toml\n[brand]\naccent = \"#ffcc00\"\n"
        ),
        str![[r##"
warning[low-contrast]: `#ffcc00` has a contrast of 1.5:1 with the light page's background, `#ffffff`
 --> guidepost.toml:2:10
  |
2 | accent = "#ffcc00"
  |          ^^^^^^^^^
  |
  = help: text needs 4.5:1 (WCAG 2.2, 1.4.3), so the light page gets `#806500`; write `accent = { light = "#806500", dark = "#ffcc00" }` to say so


"##]]
    );
}
