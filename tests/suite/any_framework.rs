//! What frameworks of others brought to light, a fixture each.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

/// A framework with one dimension and one aspect, whose cells are given.
fn with_cells(head: &str, cells: &str) -> Site {
    let site = Site::new("=== content/index.md\n+++\ndescription = \"H\"\n+++\nHello.\n");
    site.write(
        "content/frameworks/f/framework.toml",
        format!(
            "title = \"F\"\nsummary = \"S\"\ndimensions = [\"d\"]\n{head}\n[[stages]]\nid = \"l1\"\ntitle = \"L1\"\n[[stages]]\nid = \"l2\"\ntitle = \"L2\"\n[[stages]]\nid = \"l3\"\ntitle = \"L3\"\n"
        )
        .as_bytes(),
    );
    site.write(
        "content/frameworks/f/d.toml",
        format!(
            "title = \"D\"\nintro = \"I\"\n[[aspects]]\nid = \"a\"\ntitle = \"A\"\nsparse = true\n{cells}\n"
        )
        .as_bytes(),
    );
    site
}

fn aspect(site: &Site) -> String {
    site.build(&[]);
    site.read("output/frameworks/f/d/a/index.html")
}

fn ids(html: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(html);
    let any = scraper::Selector::parse("[id]").expect("a selector");
    page.select(&any).filter_map(|e| e.attr("id").map(str::to_owned)).collect()
}

fn assert_ids_differ(html: &str) {
    let mut ids = ids(html);
    ids.sort();
    let twice: Vec<&String> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "{twice:?} more than once");
}

/// The levels of all headings, in order.
fn headings(html: &str) -> Vec<u32> {
    let page = scraper::Html::parse_document(html);
    let any = scraper::Selector::parse("h1, h2, h3, h4, h5, h6").expect("a selector");
    page.select(&any).filter_map(|e| e.value().name().get(1..)?.parse().ok()).collect()
}

fn assert_outline(html: &str) {
    let levels = headings(html);
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{levels:?}");
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?} jumps");
    }
}

#[test]
fn an_activity_alone_in_its_cell_has_an_anchor() {
    let site = with_cells("", "at.l1 = { id = \"one\", text = \"Do it\" }");
    site.add("=== content/g.md\n+++\ndescription = \"G\"\n+++\nSee [[d/a@l1#one]].\n");
    assert!(aspect(&site).contains("id=\"l1-one\""));
    assert!(site.read("output/g/index.html").contains("frameworks/f/d/a/#l1-one\">Do it</a>"));
}

#[test]
fn what_ends_is_not_growth() {
    let site = with_cells("", "at.l1 = \"Do it\"\nat.l2 = \"None\"\nat.l3 = \"Do more\"");
    let page = aspect(&site);
    let (_, stairs) = page.split_once("<figure class=\"stairs").expect("stairs");
    let stairs: Vec<&str> =
        stairs.split("<li ").skip(1).filter_map(|stair| stair.split('>').next()).take(3).collect();
    assert_eq!(stairs, ["data-stage=\"1\"", "data-stage=\"2\" class=\"is-nothing\"", "data-stage=\"3\""]);
    let stage = site.read("output/frameworks/f/l1/index.html");
    assert!(!stage.contains(">more at"), "{stage}");
    assert!(stage.contains("nothing any more at"), "{stage}");
}

#[test]
fn nothing_beside_something_and_ratings_of_nothing_are_told() {
    let site = with_cells(
        "",
        "at.l1 = [\"Do it\", \"No\"]\nat.l2 = { text = \"None\", effort = 2 }\nat.l3 = { text = \"None\", must = true }",
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[surplus-cell]: this cell holds other activities, so it cannot hold nothing
 --> content/frameworks/f/d.toml:7:19
  |
7 | at.l1 = ["Do it", "No"]
  |                   ^^^^ nothing at this stage
  |
  = help: say what is built at this stage, or leave away all but `details`, which may say why not yet

error[surplus-cell]: this cell holds nothing, yet more is said of it than why
 --> content/frameworks/f/d.toml:8:18
  |
8 | at.l2 = { text = "None", effort = 2 }
  |                  ^^^^^^ nothing at this stage
  |
  = help: say what is built at this stage, or leave away all but `details`, which may say why not yet

error[surplus-cell]: this cell holds nothing, yet more is said of it than why
 --> content/frameworks/f/d.toml:9:18
  |
9 | at.l3 = { text = "None", must = true }
  |                  ^^^^^^ nothing at this stage
  |
  = help: say what is built at this stage, or leave away all but `details`, which may say why not yet


"#]]
    );
}

#[test]
fn headings_in_details_keep_the_outline_and_their_ids() {
    let cells = "at.l1 = [{ text = \"One\", details = \"# Steps\\n\\nA\\n\\n### More\\n\\nB\" }, { text = \"Two\", details = \"## Steps\\n\\nC\" }]\nat.l2 = { text = \"Three\", details = \"#### Steps\\n\\nD\" }";
    let site = with_cells("", cells);
    let page = aspect(&site);
    assert_outline(&page);
    assert_ids_differ(&page);
    for path in ["d/", "matrix/", "l1/", "l1-vs-l2/"] {
        let page = site.read(&format!("output/frameworks/f/{path}index.html"));
        assert_ids_differ(&page);
        assert_outline(&page);
    }
    let json = site.read("output/frameworks/f/d/index.json");
    assert!(json.contains("\"details\": \"Steps A More B\""), "{json}");
}

#[test]
fn a_heading_named_like_a_part_of_the_page_gives_way() {
    let site = Site::new(FRAMEWORK);
    site.add("=== content/frameworks/f/stages/two.md\n## Build\n\nB\n\n## Safety\n\nSee [above](#safety).\n");
    site.build(&[]);
    let page = site.read("output/frameworks/f/two/index.html");
    assert_ids_differ(&page);
    // The dimension keeps what others link to.
    assert!(page.contains("<h3 id=\"safety\">"), "{page}");
    assert!(page.contains("<h2 id=\"safety-1\">") || page.contains("<h2 id=\"safety-2\">"), "{page}");
}

#[test]
fn an_embedded_section_leads_back_to_what_it_leaves_behind() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n![[a#part]]\n=== content/a.md\n+++\ndescription = \"A\"\n+++\n## Part\n\nWrite to us [here](#contact), or go [down](#more).\n\n### More\n\nText.\n\n## Contact\n\nMail.\n",
    );
    site.build(&[]);
    let page = site.read("output/index.html");
    assert!(page.contains("href=\"a/#contact\">here</a>"), "{page}");
    let down = page
        .split("\">down</a>")
        .next()
        .and_then(|before| before.rsplit("href=\"#").next())
        .unwrap_or_default();
    assert!(ids(&page).iter().any(|id| id == down), "{down}");
}

#[test]
fn a_cell_may_be_a_text_alone() {
    let site = with_cells(
        "",
        "at.l1 = { details = \"Ask v1.2 of it first. Then the rest of a long story.\" }\nat.l3 = \"None\"",
    );
    site.add("=== content/frameworks/f/d/a@l2.md\nTold at length. With more.\n");
    let page = aspect(&site);
    assert!(page.contains("<p>Told at length. With more.</p>"), "{page}");
    let table = site.read("output/frameworks/f/d/index.html");
    assert!(table.contains("Ask v1.2 of it first."), "{table}");
    assert!(table.contains("href=\"a/#l2\""), "{table}");
    let csv = site.read("output/frameworks/f/d/index.csv");
    assert!(csv.contains("L2,,Told at length."), "{csv}");
}

#[test]
fn what_is_wrong_with_groups_scales_objectives_links_and_cells_is_told() {
    let site = with_cells(
        "cumulative = true\n[[groups]]\nid = \"g\"\ntitle = \"G\"\ncolor = \"red\"\n[[groups]]\nid = \"g\"\ntitle = \"H\"\n[[scales]]\nid = \"s\"\nanswers = [{ title = \"No\", score = 0 }, { title = \"Yes\", score = 2 }]\n[[scales]]\nid = \"t\"\nanswers = [{ title = \"No\", score = 0 }]",
        "at.l1 = { id = \"bare\" }\nat.l2 = { text = \"Ask\", links = [\"htps://x\", { to = \"nowhere\" }, { title = \"x\" }], questions = [{ ask = \"Is it?\", scale = \"u\" }, { ask = \"Was it?\" }] }\nat.l3 = [{ details = \"One\" }, { details = \"Two\" }]",
    );
    site.write(
        "content/frameworks/f/d.toml",
        site.read("content/frameworks/f/d.toml")
            .replace("intro = \"I\"", "intro = \"I\"\ngroup = \"h\"\nobjectives.l9 = \"Reach it\"")
            .as_bytes(),
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[unknown-group]: `h` is not among the framework's groups
 --> content/frameworks/f/d.toml:3:9
  |
3 | group = "h"
  |         ^^^ no such group
  |
  = help: did you mean `g`? groups are: g, g

error[unknown-stage]: `l9` is not a stage of f
 --> content/frameworks/f/d.toml:4:12
  |
4 | objectives.l9 = "Reach it"
  |            ^^ no such stage
  |
  = help: did you mean `l1`? stages are: l1, l2, l3

error[missing-key]: this cell says nothing
 --> content/frameworks/f/d.toml:9:16
  |
9 | at.l1 = { id = "bare" }
  |                ^^^^^^
  |
  = help: give it a `text` or `details`, or tell it in a file of its own, `a@l1.md`

error[invalid-address]: `htps://x` is neither an address nor a URL that can be linked to
  --> content/frameworks/f/d.toml:10:34
   |
10 | at.l2 = { text = "Ask", links = ["htps://x", { to = "nowhere" }, { title = "x" }], questions = [{ ask = "Is it?", scale = "u" }, { a...
   |                                  ^^^^^^^^^^
   |
   = help: links to other sites begin with `https://`, `http://` or `mailto:`

error[broken-reference]: `nowhere` names nothing
  --> content/frameworks/f/d.toml:10:53
   |
10 | at.l2 = { text = "Ask", links = ["htps://x", { to = "nowhere" }, { title = "x" }], questions = [{ ask = "Is it?", scale = "u" }, { a...
   |                                                     ^^^^^^^^^
   |
   = help: addresses are files below content/ without `.md`, or parts of a framework

error[missing-key]: a link has no `to`
  --> content/frameworks/f/d.toml:10:66
   |
10 | at.l2 = { text = "Ask", links = ["htps://x", { to = "nowhere" }, { title = "x" }], questions = [{ ask = "Is it?", scale = "u" }, { a...
   |                                                                  ^
   |
   = help: add `to = ...`

error[unknown-scale]: there is no scale `u`
  --> content/frameworks/f/d.toml:10:123
   |
10 | at.l2 = { text = "Ask", links = ["htps://x", { to = "nowhere" }, { title = "x" }], questions = [{ ask = "Is it?", scale = "u" }, { a...
   |                                                                                                                           ^^^
   |
   = help: did you mean `s`? scales are: s, t

error[unknown-scale]: this question does not say on which scale it is answered
  --> content/frameworks/f/d.toml:10:138
   |
10 | ..." }], questions = [{ ask = "Is it?", scale = "u" }, { ask = "Was it?" }] }
   |                                                                ^^^^^^^^^
   |
   = help: add `scale = "..."`; the scales are: s, t

error[missing-key]: of several activities in a cell, each needs a `text` or an `id`
  --> content/frameworks/f/d.toml:11:10
   |
11 | at.l3 = [{ details = "One" }, { details = "Two" }]
   |          ^
   |
   = help: add `text = ...`, or `id = ...` where its details say it all

error[missing-key]: of several activities in a cell, each needs a `text` or an `id`
  --> content/frameworks/f/d.toml:11:31
   |
11 | at.l3 = [{ details = "One" }, { details = "Two" }]
   |                               ^
   |
   = help: add `text = ...`, or `id = ...` where its details say it all

error[invalid-value]: `red` is not a colour
 --> content/frameworks/f/framework.toml:8:9
  |
8 | color = "red"
  |         ^^^^^
  |
  = help: write it as `#rrggbb`, such as `#1f6feb`

error[duplicate-id]: there are two groups `g`
  --> content/frameworks/f/framework.toml:10:6
   |
10 | id = "g"
   |      ^^^ the second
   |
   = help: rename one of them, or give it another `id`

error[invalid-value]: `Yes` counts 2, which is no score
  --> content/frameworks/f/framework.toml:14:66
   |
14 | answers = [{ title = "No", score = 0 }, { title = "Yes", score = 2 }]
   |                                                                  ^
   |
   = help: a score is a number from 0 (nothing of it) to 1 (all of it)

error[invalid-value]: the scale `t` leaves nothing to choose
  --> content/frameworks/f/framework.toml:16:6
   |
16 | id = "t"
   |      ^^^
   |
   = help: a scale has at least two answers: `{ title = "Yes", score = 1 }`


"#]]
    );
}

#[test]
fn a_field_is_given_once() {
    let site = with_cells(
        "[[fields]]\nid = \"risk\"\non = \"cell\"\nkind = \"text\"",
        "at.l1 = { text = \"Do it\", risk = \"High\" }",
    );
    site.add("=== content/frameworks/f/d/a@l1.md\n+++\nrisk = \"Low\"\nrisc = \"x\"\n+++\nText.\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[duplicate-id]: `risk` is given here and in d.toml
 --> content/frameworks/f/d/a@l1.md:2:1
  |
2 | risk = "Low"
  | ^^^^ the second
  |
  = help: keep one of the two

error[unknown-key]: `risc` is not a key of a cell
 --> content/frameworks/f/d/a@l1.md:3:1
  |
3 | risc = "x"
  | ^^^^ unknown key
  |
  = help: `[[fields]]` in framework.toml declares keys of your own; did you mean `risk`? keys are: description, updated, takeaways, faq, related, aliases, risk


"#]]
    );
}

#[test]
fn links_to_the_outside_stand_apart_and_are_exported_whole() {
    let site = with_cells(
        "related = [{ to = \"https://example.org/a\", title = \"A paper\", note = \"the long story\" }]\n[[fields]]\nid = \"reading\"\non = \"cell\"\nkind = \"links\"\n[[fields]]\nid = \"hints\"\non = \"cell\"\nkind = \"list\"\n[[fields]]\nid = \"score\"\non = \"cell\"\nkind = \"number\"",
        "at.l1 = { text = \"Do *it*\", links = [\"https://example.org/b\", \"d/a@l2\"], reading = [\"mailto:a@example.org\"], hints = [\"`x` first\"], score = 3 }\nat.l2 = { text = \"See [[d/a@l1|before]]\", score = 3.0 }",
    );
    let page = aspect(&site);
    for part in [
        "href=\"https://example.org/b\"",
        ">example.org/b</a>",
        "href=\"mailto:a@example.org\"",
        "<code>x</code> first",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&site.read("output/frameworks/f/d/index.json")).expect("json");
    let cell = &json["aspects"][0]["at"]["l1"][0];
    assert_eq!(cell["links"], serde_json::json!(["https://example.org/b", "d/a@l2"]));
    assert_eq!(
        (&cell["text"], &cell["text_markdown"], &cell["text_html"]),
        (&"Do it".into(), &"Do *it*".into(), &"Do <em>it</em>".into())
    );
    assert_eq!(cell["score"].to_string(), "3");
    assert_eq!(json["aspects"][0]["at"]["l2"][0]["score"].to_string(), "3.0");
    let markdown = site.read("output/frameworks/f/d/index.md");
    assert!(markdown.contains("- **L2**: See [before](a/#l1)"), "{markdown}");
    let overview = site.read("output/frameworks/f/index.html");
    assert!(
        overview.contains("href=\"https://example.org/a\"") && overview.contains("the long story"),
        "{overview}"
    );
}

#[test]
fn a_drop_to_nothing_keeps_the_words_of_one() {
    let site = with_cells("cumulative = true", "at.l1 = \"Do it\"\nat.l3 = \"Do more\"");
    let page = aspect(&site);
    assert!(!page.contains("Nothing at this stage"), "{page}");
    let stage = site.read("output/frameworks/f/l2/index.html");
    assert!(stage.contains("Do it") && !stage.contains("id=\"changed\""), "{stage}");
}

#[test]
fn neighbours_in_a_picture_of_dependencies_keep_what_tells_them_apart() {
    let site = with_cells(
        "",
        "depends_on = [\"d/long@l1\", \"d/long@l2\"]\nat.l1 = \"Do it\"\n[[aspects]]\nid = \"long\"\ntitle = \"An aspect with a name that fills more than two whole lines of a box, and then some\"\nsparse = true\nat.l1 = \"One\"\nat.l2 = \"Two\"",
    );
    let page = scraper::Html::parse_document(&aspect(&site));
    let boxes = scraper::Selector::parse("svg.graph a").expect("a selector");
    let texts = scraper::Selector::parse("text").expect("a selector");
    let shown: Vec<String> =
        page.select(&boxes).map(|a| a.select(&texts).flat_map(|t| t.text()).collect()).collect();
    assert!(shown[0].starts_with("D: An aspect") && shown[0].ends_with("at L1"), "{shown:?}");
    assert!(shown[1].starts_with("D: An aspect") && shown[1].ends_with("at L2"), "{shown:?}");
}

#[test]
fn a_card_without_a_summary_says_nothing_rather_than_the_obvious() {
    let site = with_cells("", "at.l1 = \"Do it\"");
    site.write(
        "content/frameworks/f/d.toml",
        site.read("content/frameworks/f/d.toml").replace("intro = \"I\"\n", "").as_bytes(),
    );
    site.build(&[]);
    let overview = site.read("output/frameworks/f/index.html");
    let card = overview.split("<li class=\"card\">").nth(1).expect("a card");
    let card = card.split("</li>").next().unwrap_or_default();
    assert!(!card.contains("stage by stage") && card.contains("1 aspect<"), "{card}");
}

#[test]
fn one_page_is_not_several() {
    let site = Site::new(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\nHi.\n=== content/a/b/index.md\n+++\ndescription = \"B\"\n+++\nB.\n=== content/a/b/c.md\n+++\ndescription = \"C\"\n+++\nC.\n",
    );
    site.build(&[]);
    let section = site.read("output/a/index.html");
    assert!(section.contains("<span>1 page</span>"), "{section}");
}

#[test]
fn a_term_in_a_text_of_a_cell_is_linked_where_it_is_first_read() {
    let site = with_cells("", "at.l1 = \"Do it\"");
    site.add("=== content/glossary.toml\n[[terms]]\nterm = \"Widget\"\ndefinition = \"A thing.\"\n=== content/frameworks/f/d/a@l1.md\n+++\nfaq = [{ question = \"Why?\", answer = \"For a widget.\" }]\n+++\nUse a widget.\n");
    let page = aspect(&site);
    let linked = scraper::Html::parse_document(&page);
    let term = scraper::Selector::parse("a.term").expect("a selector");
    let around: Vec<String> = linked
        .select(&term)
        .filter_map(|a| Some(scraper::ElementRef::wrap(a.parent()?)?.text().collect()))
        .collect();
    assert_eq!(around, ["Use a widget."]);
}
