//! The index of names, which the search answers from at the first letter.

use crate::fixture::Site;
use serde_json::Value;
use snapbox::{assert_data_eq, str};

const SITE: &str = r#"
=== content/index.md
+++
description = "H"
+++
[A](guides/a.md) [P](playbooks/p.md)
=== content/guides/index.md
+++
title = "Guides"
description = "All guides."
+++
=== content/guides/a.md
+++
title = "Alpha & co"
description = "About alpha."
stages = ["f@two"]
keywords = ["first letter"]
[[faq]]
question = "Is it <b>new</b>?"
answer = "Only [[f/d/one]]. The word *zeppelin* is rare."
+++
Before.

## Under *it*

What [[f@one]] says.

### Deeper

More.
=== content/guides/hidden.md
+++
title = "Hidden"
description = "D"
search = false
+++
=== content/guides/unlisted.md
+++
title = "Unlisted"
description = "D"
listed = false
+++
=== content/playbooks/p.md
+++
title = "Pilot"
purpose = "Try it."
duration = "2 weeks"
+++
## Inputs

An idea.

## Principles

Small.

## Process

### Week 1: Begin

- Ask someone
- Build it

## Outputs

A yes.

## Tips

None.
=== content/glossary.toml
[[terms]]
term = "MFA"
definition = "Two proofs."
aliases = ["2FA", "second factor"]
link = "f/d/one"
=== content/frameworks/f/framework.toml
title = "F"
summary = "What to do."
dimensions = ["d"]
[[stages]]
id = "one"
title = "One"
name = "The first"
facts = { Users = "0-10" }
[[stages]]
id = "two"
title = "Two+"
[[faq]]
question = "Why?"
answer = "Because."
=== content/frameworks/f/d.toml
title = "Doing"
intro = "About doing."
[[aspects]]
id = "one"
title = "Rate limiting"
keywords = ["quota", "brute force"]
description = "A ceiling."
at.one = "None"
at.two = [{ text = "Basic limits", details = "Count with *nginx* first." }, "Alarms"]
"#;

fn site() -> Site {
    Site::new(&SITE[1..])
}

fn names(site: &Site) -> Value {
    site.build(&[]);
    serde_json::from_str(&site.read("output/search/names.json")).expect("JSON")
}

fn lines(part: &Value) -> String {
    let pages = part["pages"].as_array().expect("pages");
    let entries = part["entries"].as_array().expect("entries").iter();
    let line = |entry: &Value| {
        let page = &pages[usize::try_from(entry["p"].as_u64().expect("a page")).expect("a number")];
        let anchor = entry["a"].as_str().map(|a| format!("#{a}")).unwrap_or_default();
        let mut rest = entry.clone();
        for key in ["k", "p", "a"] {
            rest.as_object_mut().expect("an object").remove(key);
        }
        format!(
            "{} /{}{anchor} {rest}\n",
            entry["k"].as_str().expect("a kind"),
            page[0].as_str().expect("a path")
        )
    };
    entries.map(line).collect()
}

#[test]
fn all_that_has_a_name_is_in_the_index() {
    let part = names(&site());
    assert_data_eq!(
        lines(&part),
        str![[r#"
Section /guides/ {"t":"Guides","x":"All guides."}
Section /playbooks/ {"t":"Playbooks"}
Section /frameworks/ {"t":"Frameworks"}
Guide /guides/a/ {"f":0,"r":"before","s":[2],"t":"Alpha & co","w":"first letter","x":"About alpha."}
Guide /guides/a/#under-it {"f":0,"s":[2],"t":"Under it","x":"What One says."}
Guide /guides/a/#deeper {"f":0,"s":[2],"t":"Deeper","x":"More."}
Question /guides/a/#is-it-b-new-b {"t":"Is it <b>new</b>?","x":"Only Rate limiting. The word zeppelin is rare."}
Playbook /playbooks/p/ {"t":"Pilot","x":"Try it. 2 weeks"}
Playbook /playbooks/p/#inputs {"t":"Inputs","x":"An idea."}
Playbook /playbooks/p/#principles {"t":"Principles","x":"Small."}
Playbook /playbooks/p/#process {"t":"Process"}
Playbook /playbooks/p/#week-1-begin {"t":"Week 1: Begin","x":"Ask someone · Build it"}
Playbook /playbooks/p/#outputs {"t":"Outputs","x":"A yes."}
Playbook /playbooks/p/#tips {"t":"Tips","x":"None."}
Framework /frameworks/f/ {"t":"F","x":"What to do."}
Framework /frameworks/f/#stages {"t":"The stages"}
Framework /frameworks/f/#dimensions {"t":"The dimensions"}
Framework /frameworks/f/#matrix {"t":"Every aspect at every stage"}
Question /frameworks/f/#why {"t":"Why?","x":"Because."}
Stage /frameworks/f/one/ {"f":0,"s":[1],"t":"One","w":"The first, one","x":"Users: 0-10"}
Stage /frameworks/f/one/#build {"f":0,"s":[1],"t":"Build now"}
Stage /frameworks/f/one/#wait {"f":0,"s":[1],"t":"Can wait"}
Stage /frameworks/f/two/ {"f":0,"s":[2],"t":"Two+","w":"two"}
Stage /frameworks/f/two/#build {"f":0,"s":[2],"t":"Build now"}
Stage /frameworks/f/two/#d {"f":0,"s":[2],"t":"Doing"}
Stage /frameworks/f/two/#changed {"f":0,"s":[2],"t":"Changed since One"}
Stage /frameworks/f/two/#wait {"f":0,"s":[2],"t":"Can wait"}
Stage /frameworks/f/two/#guides {"f":0,"s":[2],"t":"Guides and playbooks"}
Dimension /frameworks/f/d/ {"t":"Doing","x":"About doing."}
Aspect /frameworks/f/d/one/ {"c":["","Basic limits; Alarms"],"d":["","count nginx with"],"f":0,"s":[2],"t":"Rate limiting","w":"quota, brute force, MFA, 2FA, second factor","x":"A ceiling."}
Tool /frameworks/f/assess/ {"t":"Where do you stand?","w":"self-assessment, self assessment, assess, maturity check, quiz, score, questionnaire, survey, which stage are we at, where are we, where do we stand, how mature, gap analysis","x":"Find the stage you are at in each dimension of F, and what is missing for the next."}
Tool /frameworks/f/matrix/ {"t":"Every aspect at every stage","w":"matrix, overview table, everything at a glance, full table, whole table, everything in one table, cheat sheet, spreadsheet, print the table","x":"All of F in one table: aspects as rows, stages as columns."}
Tool /frameworks/f/compare/ {"t":"Compare stages","w":"compare, comparison, difference, changes, what changes, versus, vs, from, to, between, upgrade","x":"Any two stages of F, side by side."}
Comparison /frameworks/f/one-vs-two/ {"f":0,"s":[1,2],"t":"One to Two+","w":"compare, comparison, difference, changes, what changes, versus, vs, from, to, between, upgrade","x":"What changes from One to Two+ in F."}
Section /glossary/ {"t":"Glossary","x":"1 term used in Guidance, in a sentence or two each."}
Term /glossary/#mfa {"t":"MFA","w":"2FA, second factor","x":"Two proofs."}

"#]]
    );
    assert_data_eq!(
        format!("{} {} {}\n", part["parts"], part["synonyms"], part["frameworks"]),
        str![[r#"
1 [["MFA","2FA","second factor"]] [{"id":"f","stages":[["one","One","The first"],["two","Two+",""]]}]

"#]]
    );
}

#[test]
fn what_is_not_to_be_found_is_not_in_the_index() {
    let site = site();
    let whole = names(&site).to_string();
    assert!(whole.contains("Alpha") && !whole.contains("Hidden") && !whole.contains("Unlisted"), "{whole}");
    site.add("=== guidepost.toml\n[search]\nenabled = false\n");
    site.build(&[]);
    assert!(!site.path("output/search").exists());
}

#[test]
fn a_large_site_has_an_index_in_parts() {
    let site = site();
    for i in 0..1_000 {
        site.write(&format!("content/guides/g{i}.md"), format!("+++\ntitle = \"G{i}\"\n+++\n").as_bytes());
    }
    let first = names(&site);
    let second: Value =
        serde_json::from_str(&site.read("output/search/names-2.json")).expect("the second part");
    assert_eq!((&first["parts"], &second["parts"]), (&2.into(), &2.into()));
    assert!(second["frameworks"].is_null() && !site.path("output/search/names-3.json").exists());
    let all = first["pages"].as_array().map_or(0, Vec::len) + second["pages"].as_array().map_or(0, Vec::len);
    assert!(all > 1_000, "{all}");
}

#[test]
fn no_file_of_an_author_takes_the_place_of_the_index() {
    let site = site();
    site.write("content/search/names.json", b"{}");
    let ran = site.run(&["check"]);
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[duplicate-url]: `content/search/names.json` and Guidepost's own `search/names.json` would both be published at `/search/names.json`
--> content/search/names.json
 = help: rename one of them, or give it another `slug`, `id` or tag


"#]]
    );
}

#[test]
fn the_library_in_the_browser_is_the_one_that_its_readme_names() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vendor/minisearch");
    let readme = std::fs::read_to_string(folder.join("README.md")).expect("the readme");
    let code = std::fs::read(folder.join("index.js")).expect("the library");
    assert!(readme.contains(&blake3::hash(&code).to_string()), "{}", blake3::hash(&code));
}
