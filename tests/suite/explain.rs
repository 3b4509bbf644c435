//! `guidepost explain`: a page a code, whose examples show what they say.

use crate::fixture::{Site, project};
use guidepost::diagnostics::Code;
use guidepost::diagnostics::explain::{self, Example, Page};
use snapbox::{assert_data_eq, str};

/// The site that all examples belong to.
const SITE: &str = r#"=== content/index.md
+++
description = "How we build."
+++

Begin with the guides.
=== content/guides/secrets.md
+++
title = "Secrets"
description = "Where secrets live."
+++

## Vault

In the vault.
=== content/frameworks/maturity/framework.toml
title = "Maturity"
summary = "From a trial to a product."
dimensions = ["security"]

[[stages]]
title = "PoC"

[[stages]]
title = "MVP"
=== content/frameworks/maturity/security.toml
title = "Security"
summary = "What keeps others out."

[[aspects]]
title = "Secrets"
description = "Passwords and keys."
at.poc = "In a file"
at.mvp = "In a vault"

[[aspects]]
title = "Access"
description = "Who may do what."
at.poc = "Everyone"
at.mvp = "Roles"
"#;

/// What no file of text can show; fixtures show them elsewhere.
const TOLD: [&str; 5] = ["unreadable", "invalid-utf8", "embed-limit", "foreign-file", "lost-url"];

/// What `check` says of the site with an example in it.
fn check(files: &[Example]) -> String {
    let site = Site::new(SITE);
    for file in files {
        site.write(file.path.expect("the path of an example"), file.text.as_bytes());
    }
    site.run(&["check"]).stderr
}

fn shown() -> impl Iterator<Item = Page> {
    Code::ALL.iter().filter(|code| !TOLD.contains(&code.name())).map(|code| Page::of(*code))
}

#[test]
fn every_wrong_example_has_its_problem() {
    let missing = shown().filter_map(|Page { code, wrong, .. }| {
        let said = check(&wrong);
        (!said.contains(&format!("[{code}]"))).then(|| format!("{code}\n{said}"))
    });
    let missing: Vec<String> = missing.collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_right_example_has_no_error_and_not_its_problem() {
    let wrong = shown().filter_map(|Page { code, right, .. }| {
        let said = check(&right);
        (said.contains(&format!("[{code}]")) || said.contains("error[")).then(|| format!("{code}\n{said}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_page_in_one_form() {
    for code in Code::ALL {
        let page = Page::of(*code);
        let is_whole = !page.meaning.is_empty() && !page.fix.is_empty();
        assert!(is_whole && !page.wrong.is_empty() && !page.right.is_empty(), "{code}: {page:#?}");
        let is_told = TOLD.contains(&code.name());
        for example in page.wrong.iter().chain(&page.right) {
            assert_eq!(example.path.is_none(), is_told, "{code}: {example:?}");
        }
    }
    let folder = project().join("src/diagnostics/explain");
    let pages = std::fs::read_dir(folder).expect("pages").map(|entry| entry.expect("entry").file_name());
    for page in pages {
        let name = page.to_string_lossy();
        assert!(Code::named(name.trim_end_matches(".md")).is_some(), "{name} is the page of no code");
    }
}

#[test]
fn a_page_is_read_in_the_terminal() {
    let site = Site::empty();
    let ran = site.run(&["explain", "uneven-table"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
uneven-table (warning)

A row has more or fewer cells than its table has columns. Cells that are too many are not shown at all.

How to fix it

Give every row as many cells as the first. A `|` that stands in a cell is written `/|`, also in code. A table ends with
an empty line.

Wrong: content/guides/rotation.md

    +++
    title = "Rotation"
    description = "How often."
    +++

    | secret | how often |
    | --- | --- |
    | keys | every ninety days | security team |

Right: content/guides/rotation.md

    +++
    title = "Rotation"
    description = "How often."
    +++

    | secret | how often | who |
    | --- | --- | --- |
    | keys | every ninety days | security team |

"#]]
    );
    let listed = site.run(&["explain"]).stdout;
    assert_eq!(listed.lines().count(), Code::ALL.len());
    assert_eq!(listed, explain::list());
    assert!(listed.contains("off by default"), "{listed}");
    let unknown = site.run(&["explain", "brokn-link"]);
    assert_eq!(unknown.code, 2);
    assert_data_eq!(
        unknown.stderr,
        str![[r#"
error: there is no diagnostic `brokn-link`; did you mean `broken-link`? (`guidepost explain` lists all)

"#]]
    );
}
