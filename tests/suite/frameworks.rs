//! Frameworks of other shapes than ours fit the model without code.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

/// Levels with several activities a cell that depend on each other, a risk and a measure for each, and standards
/// they are mapped to.
const ACTIVITIES: &str = r#"=== content/index.md
+++
description = "H"
+++
See [[build/images@2#sign-images]].
=== content/frameworks/pipeline/framework.toml
title = "Pipeline security"
dimensions = ["build"]
[[stages]]
id = "1"
title = "Level 1: Basic"
[[stages]]
id = "2"
title = "Level 2: Adopted"
[[fields]]
id = "risk"
on = "cell"
kind = "markdown"
[[fields]]
id = "usefulness"
title = "Usefulness (1 to 4)"
on = "cell"
kind = "number"
[[fields]]
id = "iso27001"
title = "ISO 27001"
on = "cell"
kind = "list"
[[fields]]
id = "owner"
on = "dimension"
kind = "text"
[[fields]]
id = "reading"
on = "aspect"
kind = "links"
[[fields]]
id = "audience"
on = "stage"
kind = "text"
=== content/frameworks/pipeline/build.toml
title = "Build"
owner = "Platform <team>"
[[aspects]]
title = "Images"
reading = ["index"]
[[aspects.at.1]]
text = "Defined build process"
risk = "Steps done by hand *differ*."
usefulness = 4
iso27001 = ["14.2.6", "8.1"]
[[aspects.at.2]]
text = "Sign images"
depends_on = ["build/images@1"]
risk = "Anybody can replace an image."
usefulness = 2.5
[[aspects.at.2]]
text = "Pin versions"
depends_on = ["build/images@2#sign-images"]
"#;

#[test]
fn levels_with_several_activities_and_own_fields() {
    let site = Site::new(ACTIVITIES);
    assert_eq!(site.problems(), "");
    site.build(&["--strict"]);
    let page = site.read("output/frameworks/pipeline/build/images/index.html");
    for part in [
        "<dt>Risk</dt><dd>Steps done by hand <em>differ</em>.</dd>",
        "<dt>Usefulness (1 to 4)</dt><dd>2.5</dd>",
        "<dt>ISO 27001</dt><dd><ul><li>14.2.6</li><li>8.1</li></ul></dd>",
        "id=\"2-sign-images\"",
        "Needs first: <a href=\"#2-sign-images\">",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(site.read("output/frameworks/pipeline/build/index.html").contains("Platform &lt;team&gt;"));
    assert!(site.read("output/index.html").contains("frameworks/pipeline/build/images/#2-sign-images"));
    let json: serde_json::Value =
        serde_json::from_str(&site.read("output/frameworks/pipeline/build/index.json")).expect("json");
    assert_eq!(json["aspects"][0]["at"]["1"][0]["usefulness"], 4.0);
    assert_eq!(json["aspects"][0]["at"]["2"][1]["id"], "pin-versions");
}

#[test]
fn own_fields_are_typed() {
    let site = Site::new(ACTIVITIES);
    site.add("=== content/frameworks/pipeline/build.toml\ntitle = \"Build\"\nowner = 3\n[[aspects]]\ntitle = \"Images\"\nreading = [\"nowhere\"]\nsparse = true\nat.2 = { text = \"Sign images\", risc = \"x\", usefulness = \"high\" }\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[wrong-type]: expected a string, found a whole number
 --> content/frameworks/pipeline/build.toml:2:9
  |
2 | owner = 3
  |         ^ not a string

error[broken-reference]: `nowhere` names nothing
 --> content/frameworks/pipeline/build.toml:5:12
  |
5 | reading = ["nowhere"]
  |            ^^^^^^^^^
  |
  = help: addresses are files below content/ without `.md`, or parts of a framework

error[unknown-key]: `risc` is not a key of a cell
 --> content/frameworks/pipeline/build.toml:7:32
  |
7 | at.2 = { text = "Sign images", risc = "x", usefulness = "high" }
  |                                ^^^^ unknown key
  |
  = help: `[[fields]]` in framework.toml declares keys of your own; did you mean `risk`? keys are: id, text, details, links, depends_on, must, tags, questions, effort, impact, risk, usefulness, iso27001

error[wrong-type]: expected a number, found a string
 --> content/frameworks/pipeline/build.toml:7:57
  |
7 | at.2 = { text = "Sign images", risc = "x", usefulness = "high" }
  |                                                         ^^^^^^ not a number


"#]]
    );
}

/// More stages than there are colours, and more than fit a page, but not too many to compare all of them.
#[test]
fn thirteen_stages_are_all_shown_and_compared() {
    let stages: String =
        (1..=13).map(|n| format!("[[stages]]\nid = \"s{n}\"\ntitle = \"Stage {n}\"\n")).collect();
    let cells: String = (1..=13).map(|n| format!("at.s{n} = \"Rule {n}\"\n")).collect();
    let site = Site::new(&format!(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[[long]] [[long@s13]]\n\
         === content/frameworks/long/framework.toml\ntitle = \"Long\"\nsummary = \"Of many stages.\"\ndimensions = [\"rules\"]\n{stages}\
         === content/frameworks/long/rules.toml\ntitle = \"Rules\"\nsummary = \"What holds.\"\n[[aspects]]\ntitle = \"Rule\"\ndescription = \"One.\"\n{cells}"
    ));
    let ran = site.build(&["--strict"]);
    assert_eq!(ran.stderr, "");
    let folder = |name: &str| format!("output/frameworks/long/{name}index.html");
    let pairs = (1..=13).flat_map(|to| (1..to).map(move |from| (from, to)));
    let missing: Vec<_> =
        pairs.clone().filter(|(from, to)| !site.exists(&folder(&format!("s{from}-vs-s{to}/")))).collect();
    assert_eq!((pairs.count(), missing), (78, Vec::new()));
    // A column for every stage, each with its number, from which the style takes a colour; the last ones share one.
    for page in ["matrix/", "rules/"] {
        let html = site.read(&folder(page));
        let head = scraper::Selector::parse("thead th[data-stage]").expect("a selector");
        let columns: Vec<String> = scraper::Html::parse_document(&html)
            .select(&head)
            .map(|column| column.attr("data-stage").unwrap_or_default().to_owned())
            .collect();
        let numbers: Vec<String> = (1..=13).map(|n| n.to_string()).collect();
        assert_eq!(columns, numbers, "{page}");
    }
    let numbered = |n: usize| format!("[data-stage=\"{n}\"]");
    let style = include_str!("../../themes/default/assets/style/12-stage-colours.css");
    assert!((1..=7).all(|n| style.contains(&numbered(n))) && !style.contains(&numbered(8)));
    assert!(style.contains("--stage: var(--s8)"), "whatever has no colour of its own gets the last");
}

/// Levels named in another language, long prose for each cell in files of its own, questions, no default name.
#[test]
fn long_prose_in_files_named_by_address() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[Reifegrad 2](frameworks/reife/stages/reifegrad-2.md), [Prosa](frameworks/reife/kultur/lernen@reifegrad-2.md), [Kultur](frameworks/reife/kultur.toml), [[reife@reifegrad-1..reifegrad-2]]\n\
         === content/frameworks/reife/framework.toml\ntitle = \"Reifegradmodell\"\ndimensions = [\"kultur\"]\n[[stages]]\ntitle = \"Reifegrad 1\"\n[[stages]]\ntitle = \"Reifegrad 2\"\nfacts = { Frage = \"Lernen wir?\" }\n[[decisions]]\nask = \"Hilft es?\"\nno = \"Weglassen.\"\n[[faq]]\nquestion = \"Warum?\"\nanswer = \"Darum, siehe [[kultur]].\"\n\
         === content/frameworks/reife/kultur.toml\ntitle = \"Kultur\"\n[[aspects]]\ntitle = \"Lernen\"\nsparse = true\nat.reifegrad-2 = \"Regelmäßig\"\n\
         === content/frameworks/reife/kultur.md\nLanger Text zur Kultur.\n\
         === content/frameworks/reife/kultur/lernen.md\n## Herkunft\n\nLanger Text zum Lernen.\n\
         === content/frameworks/reife/kultur/lernen@reifegrad-2.md\nLanger Text zur Zelle.\n\
         === content/frameworks/reife/stages/reifegrad-2.md\n# Reifegrad 2\n\nLanger Text zur Stufe.\n\
         === content/frameworks/reife/@reifegrad-1..reifegrad-2.md\nWas sich ändert.\n\
         === content/frameworks/reife/README.md\n# Reifegradmodell\n\nÜberblick.\n\
         === guidepost.toml\nlanguage = \"de\"\n",
    );
    assert_eq!(site.problems(), "");
    site.build(&["--strict"]);
    for (page, text) in [
        ("kultur/", "Langer Text zur Kultur."),
        ("kultur/lernen/", "Langer Text zum Lernen."),
        ("kultur/lernen/", "Langer Text zur Zelle."),
        ("reifegrad-2/", "Langer Text zur Stufe."),
        ("reifegrad-1-vs-reifegrad-2/", "Was sich ändert."),
        ("", "Überblick."),
        ("", "Hilft es?"),
        ("", "Darum, siehe <a href=\"kultur/\">Kultur</a>."),
    ] {
        let html = site.read(&format!("output/frameworks/reife/{page}index.html"));
        assert!(html.contains(text), "{page}: {text}");
    }
    assert!(site.read("output/frameworks/reife/index.html").contains("<html lang=\"de\""));
    let home = site.read("output/index.html");
    for link in [
        "frameworks/reife/kultur/lernen/#reifegrad-2",
        "frameworks/reife/reifegrad-2/",
        "frameworks/reife/kultur/",
    ] {
        assert!(home.contains(&format!("href=\"{link}\"")), "{link}");
    }
}

#[test]
fn every_kind_of_change_is_counted() {
    let site = Site::new(&format!(
        "{FRAMEWORK}=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\n[[aspects]]\ntitle = \"New\"\nat.one = \"None\"\nat.two = \"a\"\n[[aspects]]\ntitle = \"Changed\"\nat.one = \"a\"\nat.two = \"b\"\n[[aspects]]\ntitle = \"Same\"\nat.one = \"a\"\nat.two = \"a\"\n[[aspects]]\ntitle = \"Dropped\"\nat.one = \"a\"\nat.two = \"No\"\n[[aspects]]\ntitle = \"Never\"\nat.one = \"none\"\nat.two = \"None\"\n"
    ));
    site.build(&[]);
    assert_data_eq!(
        site.read("output/frameworks/f/one-vs-two/index.csv"),
        str![[r#"
Dimension,Aspect,One,Two,Change
Safety,New,None,a,new
Safety,Changed,a,b,changed
Safety,Same,a,a,unchanged
Safety,Dropped,a,No,dropped
Safety,Never,none,None,unchanged

"#]]
    );
    assert_data_eq!(
        site.read("output/frameworks/f/one/index.md"),
        str![[r#"
# Small: One

## Safety

- **Changed**: a
- **Same**: a
- **Dropped**: a

"#]]
    );
}

#[test]
fn two_frameworks_live_side_by_side() {
    let second = FRAMEWORK.replace("frameworks/f/", "frameworks/g/").replace("Small", "Second");
    let site = Site::new(&format!(
        "{FRAMEWORK}{second}=== content/index.md\n+++\ndescription = \"H\"\n+++\n[[f/safety/doors@two]] [[g@one]] [[g/safety]]\n"
    ));
    assert_eq!(site.problems(), "");
    site.add("=== content/index.md\n+++\ndescription = \"H\"\n+++\n[[safety]] [[@one]]\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-reference]: `safety` names nothing
 --> content/index.md:4:1
  |
4 | [[safety]] [[@one]]
  | ^^^^^^^^^^
  |
  = help: addresses are files below content/ without `.md`, or parts of a framework

error[broken-reference]: `@one` names nothing
 --> content/index.md:4:12
  |
4 | [[safety]] [[@one]]
  |            ^^^^^^^^
  |
  = help: set `default_framework` in guidepost.toml, or begin with the framework's name


"#]]
    );
    site.add("=== guidepost.toml\ndefault_framework = \"g\"\n");
    site.build(&[]);
    assert!(site.read("output/index.html").contains("href=\"frameworks/g/safety/\""));
}

#[test]
fn no_text_takes_the_place_of_another() {
    let text = |name: &str| format!("=== content/frameworks/f/{name}.md\nText of {name}.\n");
    let names = [
        "safety",
        "safety/index",
        "safety@two",
        "safety@nosuch",
        "stages/two",
        "@two",
        "@three",
        "index",
        "README",
    ];
    let all: String = names.iter().map(|name| text(name)).collect();
    assert_data_eq!(
        Site::new(&format!("{FRAMEWORK}{all}")).problems(),
        str![[r#"
error[unknown-stage]: `three` is not a stage of f
--> content/frameworks/f/@three.md
 = help: rename this file; stages are: one, two

error[duplicate-id]: this text and `content/frameworks/f/README.md` belong to the same thing
--> content/frameworks/f/index.md
 = help: join the two, or take one of them away

error[duplicate-id]: this text and `content/frameworks/f/safety.md` belong to the same thing
--> content/frameworks/f/safety/index.md
 = help: join the two, or take one of them away

error[unknown-stage]: `nosuch` is not a stage of f
--> content/frameworks/f/safety@nosuch.md
 = help: rename this file; stages are: one, two

error[duplicate-id]: this text and `content/frameworks/f/@two.md` belong to the same thing
--> content/frameworks/f/stages/two.md
 = help: join the two, or take one of them away


"#]]
    );
}
