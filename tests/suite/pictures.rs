//! Diagrams and formulas that are drawn when a site is built.

use crate::fixture::Site;
use guidepost::content::markdown::{self, MarkdownOptions, Origin};
use guidepost::diagnostics::Problems;
use guidepost::span::SourcePath;
use proptest::prelude::*;
use snapbox::{assert_data_eq, str};

fn site(markdown: &str) -> Site {
    Site::new(&format!(
        "=== guidepost.toml\n[markdown]\nmath = true\n=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n\
         === content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{markdown}"
    ))
}

/// The article's text of a page with this Markdown.
fn article(markdown: &str) -> String {
    let site = site(markdown);
    site.build(&[]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

fn problems(markdown: &str) -> String {
    site(markdown).problems()
}

fn mermaid(text: &str) -> String {
    format!("```mermaid alt=\"A\"\n{text}\n```\n")
}

/// All text of the drawing, without white space.
fn drawn(text: &str) -> String {
    let html = article(&mermaid(text));
    html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim()).collect()
}

#[test]
fn a_diagram_becomes_a_picture() {
    assert_data_eq!(
        article(
            "```mermaid alt=\"A leads to B & C\"\nflowchart LR\nA[One] -->|then| B\nclick B \"index.md\" \"Home\"\n```\n"
        ),
        str![[r#"
<div class="diagram"><svg role="group" aria-label="A leads to B &amp; C" viewBox="0 0 235.91666 75" width="236" height="75"><rect x="0" y="0" width="235.91666" height="75" fill="var(--diagram-paper)"/><path d="M 94.726,33.500 L 150.845,33.500" fill="none" stroke="var(--diagram-line)" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/><g transform="translate(150.84 33.50) rotate(0.00)"><polygon points="0,0 -7.50,3.90 -7.50,-3.90" fill="var(--diagram-line)" stroke="var(--diagram-line)" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></g><rect x="100.37" y="35.50" width="44.84" height="28.40" rx="2" ry="2" fill="var(--diagram-paper)" fill-opacity="0.00" stroke="var(--diagram-edge)" stroke-opacity="0.00" stroke-width="0.8"/><g><text x="122.79" y="53.20" text-anchor="middle" font-size="14" fill="var(--diagram-text)"><tspan x="122.79" dy="0.00">then</tspan></text></g><rect x="8.00" y="8.00" width="86.73" height="51.00" rx="3" ry="3" fill="var(--diagram-node)" stroke="var(--diagram-edge)" stroke-width="1" stroke-linejoin="round" stroke-linecap="round"/><text x="51.36" y="37.00" text-anchor="middle" font-size="14" fill="var(--diagram-text)"><tspan x="51.36" dy="0.00">One</tspan></text><a href="../"><rect x="150.84" y="8.00" width="69.07" height="51.00" rx="3" ry="3" fill="var(--diagram-node)" stroke="var(--diagram-edge)" stroke-width="1" stroke-linejoin="round" stroke-linecap="round"/><text x="185.38" y="37.00" text-anchor="middle" font-size="14" fill="var(--diagram-text)"><tspan x="185.38" dy="0.00">B</tspan></text></a></svg></div>


"#]]
    );
}

#[test]
fn every_kind_is_drawn() {
    for (text, words) in [
        (
            "graph TD\nA --> B{Is it?}\nB -. no .-> C[(Data)]\nsubgraph s [Cloud]\nC\nend",
            &["Isit?", "no", "Data", "Cloud"][..],
        ),
        (
            "sequenceDiagram\nparticipant B as Browser\nactor U as User\nU->>+B: Opens\nNote right of B: Waits\nB-->>-U: Page\nloop Daily\nU->>B: Again\nend",
            &["Browser", "User", "Opens", "Waits", "Page", "Daily", "Again"],
        ),
        (
            "stateDiagram-v2\n[*] --> Draft\nDraft --> Live: approve\nstate Live {\nFresh --> Stale\n}\nLive --> [*]",
            &["Draft", "approve", "Fresh"],
        ),
        ("stateDiagram-v2\nDraft --> Live\nnote right of Draft\nNobody sees it\nend note", &["Nobodyseesit"]),
        (
            "classDiagram\nclass Page {\n<<interface>>\n+String title\n}\nPage <|-- Guide : is a",
            &["&lt;&lt;interface&gt;&gt;", "+Stringtitle", "Guide", "isa"],
        ),
        (
            "erDiagram\nTEAM ||--o{ MEMBER : has\nMEMBER {\n int id PK\n string name\n}",
            &["TEAM", "has", "PK", "id:int", "name:string"],
        ),
        ("graph TD\nA[\"Größe prüfen\"] --> B[日本語]", &["Größeprüfen", "日本語"]),
    ] {
        let drawn = drawn(text).replace(' ', "");
        for word in words {
            assert!(drawn.contains(word), "{word} in {drawn}");
        }
    }
}

#[test]
fn nothing_of_a_picture_breaks_the_policy_of_a_page() {
    let text = "flowchart TD\nA[\"<script>alert(1)</script>\"] --> B[\"<img src=x onerror=alert(1)>\"]\nC{{\"a' onload='x\"}} --> A";
    let html = article(&mermaid(text));
    for wrong in ["<script", "<img", "style=", " id=", "url(", "onload=\"", "<defs", "font-family"] {
        assert!(!html.contains(wrong), "{wrong} in {html}");
    }
}

#[test]
fn a_link_in_a_picture_is_checked() {
    assert_data_eq!(
        problems(&mermaid("flowchart TD\nA --> B\nclick A \"javascript:alert(1)\"\nclick B \"nowhere.md\"")),
        str![[r#"
error[unsafe-link]: links with the scheme `javascript:` are not published
 --> content/a.md:8:1
  |
8 | click A "javascript:alert(1)"
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the address of a page, a file, or another site

error[broken-link]: there is no `content/nowhere.md`
 --> content/a.md:9:1
  |
9 | click B "nowhere.md"
  | ^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `index.md`?


"#]]
    );
}

#[test]
fn the_same_picture_for_every_machine() {
    // No fonts, and no home in which the renderer could keep any.
    let text = mermaid("classDiagram\nclass Größe {\n+String titel\n}\nGröße <|-- B");
    assert_eq!(article(&text), article(&text));
    let html = article(&text);
    assert!(html.contains("viewBox=\"0 0 "), "{html}");
}

#[test]
fn a_diagram_that_cannot_be_drawn() {
    let page = format!(
        "{}\n{}\n{}\n> - {}",
        mermaid("pie\n\"A\": 3"),
        mermaid("flowchart TD\nsubgraph s\nA --> B"),
        mermaid("flowchart TD\nA --> B\n  classDef hot fill:#f00\n%%{init: {\"theme\": \"dark\"}}%%"),
        mermaid("sequenceDiagram\nA->>B: one\nA-xB: lost").replace('\n', "\n>   "),
    );
    assert_data_eq!(
        problems(&page),
        str![[r#"
error[invalid-diagram]: diagrams of the kind `pie` are not drawn
 --> content/a.md:6:1
  |
6 | pie
  | ^^^
  |
  = help: these are: `flowchart`, `sequenceDiagram`, `stateDiagram-v2`, `classDiagram`, `erDiagram`; a picture of any other can stand in a file

error[invalid-diagram]: this is never closed
  --> content/a.md:12:1
   |
12 | subgraph s
   | ^^^^^^^^^^
   |
   = help: write `end` on a line of its own below it

error[invalid-diagram]: colours that a diagram sets by itself do not hold on light and dark pages
  --> content/a.md:19:3
   |
19 |   classDef hot fill:#f00
   |   ^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: leave this out, and tell things apart by their shape or in a `subgraph`

error[invalid-diagram]: a diagram does not set its own look
  --> content/a.md:20:1
   |
20 | %%{init: {"theme": "dark"}}%%
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: leave this out: all diagrams look as the theme has it

error[invalid-diagram]: `lost` does not appear in the drawing: this line is not understood
  --> content/a.md:26:5
   |
26 | >   A-xB: lost
   |     ^^^^^^^^^^
   |
   = help: write it in a simpler form of Mermaid's notation; messages are drawn with `->>` and `-->>`


"#]]
    );
    assert_data_eq!(
        problems("```mermaid size=3 alt=\"A\nflowchart TD\nA --> B\n```\n"),
        str![[r#"
error[unknown-attribute]: `size` is no attribute of a diagram
 --> content/a.md:5:12
  |
5 | ```mermaid size=3 alt="A
  |            ^^^^^^
  |
  = help: attributes are: alt

error[invalid-attribute]: the quotation mark is never closed
 --> content/a.md:5:19
  |
5 | ```mermaid size=3 alt="A
  |                   ^^^^^^
  |
  = help: write `key`, `key=value`, `key="some words"` or `#id`


"#]]
    );
    for wrong in [
        "",
        "%% nothing",
        "flowchart TD",
        "---\ntitle: A\n---\ngraph TD\nA --> B",
        "graph TD\n--> B",
        "nonsense",
    ] {
        assert!(problems(&mermaid(wrong)).contains("error[invalid-diagram]"), "{wrong}");
    }
}

#[test]
fn a_diagram_that_is_too_large() {
    let arrows = |count: usize| (0..count).map(|i| format!("a{i} --> b{}\n", i % 7)).collect::<String>();
    let many = ["a"; 50].join(" & ");
    for text in [
        format!("flowchart TD\n{}", arrows(41)),
        format!("flowchart TD\n{many} --> {many}"),
        format!("flowchart TD\n{}", "a --> a\n".repeat(6)),
        format!("stateDiagram-v2\n{}", arrows(41)),
        format!("flowchart TD\n{}", "%%\n".repeat(400)),
        format!("flowchart TD\n{}{}", "subgraph s\n".repeat(200), "end\n".repeat(200)),
        format!(
            "stateDiagram-v2\n{}A --> B\n{}",
            (0..140).map(|i| format!("state s{i} {{\n")).collect::<String>(),
            "}\n".repeat(140)
        ),
        format!("flowchart TD\nA[{}]", "long ".repeat(3000)),
    ] {
        let told = problems(&mermaid(&text));
        assert!(told.contains("show less in one diagram"), "{text}\n{told}");
    }
    let some = mermaid(&format!(
        "flowchart TD\n{}",
        (0..12).map(|i| format!("a{i} --> a{}\n", i + 1)).collect::<String>()
    ));
    let told = problems(&some.repeat(60));
    assert!(told.contains("the diagrams of this page take too long to draw"), "{told}");
}

#[test]
fn a_diagram_without_words_of_its_own() {
    let site = site(
        "```mermaid\ngraph TD\nA --> B\n```\n\n```mermaid\ngraph TD\naccDescr: From C to D\nC --> D\n```\n",
    );
    let told = site.run(&["check"]).stderr;
    assert_data_eq!(
        told,
        str![[r#"
warning[missing-alt]: this diagram has no alternative text
 --> content/a.md:5:1
  |
5 | ```mermaid
  | ^^^^^^^^^^
  |
  = help: say what it shows: ```` ```mermaid alt="A request passes three services" ````


"#]]
    );
}

#[test]
fn formulas_become_mathml() {
    assert_data_eq!(
        article("The odds are $\\frac{p}{1-p}$, at \\$5.\n\n$$\na < b\n$$\n\n## The cost $c_n$\n"),
        str![[r##"
<p>The odds are <math><semantics><mfrac><mi>p</mi><mrow><mn>1</mn><mo lspace="0" rspace="0">−</mo><mi>p</mi></mrow></mfrac><annotation encoding="application/x-tex">/frac{p}{1-p}</annotation></semantics></math>, at $5.</p>
<p><span class="math-display" tabindex="0" role="group" aria-label="Formula"><math display="block"><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow><annotation encoding="application/x-tex">
a &lt; b
</annotation></semantics></math></span></p>
<h2 id="the-cost-c_n">The cost <math><semantics><msub><mi>c</mi><mi>n</mi></msub><annotation encoding="application/x-tex">c_n</annotation></semantics></math> <a class="anchor" href="#the-cost-c_n" aria-label="Link to this section: The cost c_n">#</a></h2>


"##]]
    );
}

#[test]
fn styles_of_formulas_become_classes() {
    for formula in [
        "\\begin{cases} 1 & x \\\\ 0 & y \\end{cases}",
        "\\begin{array}{c|cc} n & 1 & 2 \\\\ \\hline x & a & b \\end{array}",
        "\\begin{align} a &= b \\\\ c &= d \\end{align}",
        "\\begin{gather} a \\\\ b \\end{gather}",
        "\\begin{multline} a \\\\ b \\end{multline}",
        "x \\! y \\, z \\; \\quad \\cancel{x}",
        "\\cfrac{1}{2} \\sqrt{x^2} \\binom n k \\overset{a}{b} \\widehat{abc}",
        "\\text{a \\textsf{b} \\textbf{c} \\textsc{d}} \\mathrm{d}x",
        "\\left( \\sum_{i=0}^\\infty x_i \\right]",
        "a \\mathrel{R} b \\coloneqq c \\not= d",
    ] {
        let html = article(&format!("$$\n{formula}\n$$\n"));
        assert!(html.contains("<math display=\"block\">"), "{html}");
        assert!(!html.contains(" style=") && !html.contains(" id="), "{html}");
    }
}

#[test]
fn a_formula_that_cannot_be_read() {
    assert_data_eq!(
        problems("A $\\frac{1}$ and $\\nocommand x$.\n\n$$\na \\color{red} b\n\\left( x\n$$\n"),
        str![[r#"
error[invalid-formula]: this formula cannot be read: Expected argument but reached end of input
 --> content/a.md:5:12
  |
5 | A $/frac{1}$ and $/nocommand x$.
  |            ^
  |
  = help: https://katex.org/docs/supported has the notation; a dollar sign that begins no formula is written `/$`

error[invalid-formula]: this formula cannot be read: Unknown command "/nocommand"
 --> content/a.md:5:19
  |
5 | A $/frac{1}$ and $/nocommand x$.
  |                   ^^^^^^^^^^
  |
  = help: https://katex.org/docs/supported has the notation; a dollar sign that begins no formula is written `/$`

error[invalid-formula]: this formula cannot be read: Expected closing token "/right", but reached end of input
  --> content/a.md:10:1
   |
10 | $$
   | ^
   |
   = help: https://katex.org/docs/supported has the notation; a dollar sign that begins no formula is written `/$`


"#]]
    );
    for wrong in [
        "{".repeat(60) + &"}".repeat(60),
        "\\sqrt".repeat(150) + " x",
        "x^".repeat(150),
        format!("\\ä{}x{}", "{".repeat(900), "}".repeat(900)),
        "\\left(".repeat(60),
        "\\def\\a{\\a\\a}\\a".to_owned(),
        "\\newcommand{\\a}{\\a\\a} \\a".to_owned(),
        "\\href{javascript:alert(1)}{x}".to_owned(),
        "a + ".repeat(1000) + "b",
    ] {
        let told = problems(&format!("A ${wrong}$\n"));
        assert!(told.contains("error[invalid-formula]"), "{wrong}\n{told}");
    }
}

#[test]
fn a_formula_as_deep_as_it_may_be() {
    for formula in [
        format!("{}x{}", "\\sqrt{".repeat(40), "}".repeat(40)),
        "\\sqrt".repeat(99) + " x",
        "\\hat".repeat(99) + " x",
        format!("{}x{}", "\\left(".repeat(20), "\\right)".repeat(20)),
        format!("x{}", "^{x".repeat(39) + &"}".repeat(39)),
    ] {
        let told = problems(&format!("${formula}$\n"));
        assert!(told.is_empty() || told.contains("error[invalid-formula]"), "{formula}\n{told}");
    }
}

#[test]
fn without_the_option_a_dollar_is_a_dollar_and_a_formula_is_told() {
    let site = Site::new("=== content/index.md\n+++\ndescription = \"H\"\n+++\nFrom $5 to $6, \\$x$.\n");
    site.build(&[]);
    assert!(site.read("output/index.html").contains("From $5 to $6, $x$."));
    site.add("=== content/index.md\n+++\ndescription = \"H\"\n+++\nFrom $x$ to $$y$$.\n");
    let told = site.run(&["check"]).stderr;
    assert_eq!(told.matches("error[foreign-notation]").count(), 2, "{told}");
}

#[test]
fn prices_are_no_formulas() {
    let prices = "Between $5-$10, $5 ($10), from $1M-$2M, **$5**-**$10**, it costs $5, not 10$, $HOME/$USER.";
    let site = site(&format!("{prices}\n\nBut $5 + x$ is one.\n"));
    site.build(&[]);
    let page = site.read("output/a/index.html");
    assert_eq!(page.matches("<math").count(), 1, "{page}");
    for price in ["$5-$10", "$5 ($10)", "$1M-$2M", "it costs $5, not 10$", "$HOME/$USER"] {
        assert!(page.contains(price), "{price}: {page}");
    }
}

#[test]
fn exports_keep_the_source() {
    let site = site("Text $x^2$.\n\n```mermaid alt=\"A\"\ngraph TD\nA --> B\n```\n");
    site.build(&["--base-url", "https://example.com/"]);
    let all = site.read("output/llms-full.txt");
    assert!(all.contains("```mermaid alt=\"A\"\ngraph TD\nA --> B\n```") && all.contains("$x^2$"), "{all}");
}

const SOUND: [&str; 6] = [
    "flowchart LR\nA[One] -->|yes| B{Two}\nB -.-> C([Three]) & D[(Four)]\nsubgraph s [Group]\nD\nend\nclick A \"/a.md\" \"Go\"",
    "sequenceDiagram\nautonumber\nparticipant A as One\nA->>+B: text\nNote over A,B: note\nalt x\nB-->>-A: back\nelse y\nB->>B: self\nend",
    "stateDiagram-v2\n[*] --> A\nstate A {\nB --> C: go\n}\nA --> [*]\nnote right of A\ntext\nend note",
    "classDiagram\nclass A {\n<<interface>>\n+int a\n+b() bool\n}\nA <|-- B\nA \"1\" *-- \"many\" C : has",
    "erDiagram\nA ||--o{ B : has\nA {\nint id PK\nstring name \"text\"\n}",
    "$$\n\\left( \\frac{a}{b} \\right)^2 \\begin{cases} 1 & x \\\\ 0 \\end{cases} \\text{b} \\sqrt[3]{x}\n$$",
];

/// A sound text with a few places of it changed.
fn spoilt() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "|",
        "\"",
        "-->",
        "--",
        "->>",
        ":",
        ";",
        "&",
        "%%",
        "<",
        ">",
        "#",
        "\n",
        " ",
        "end",
        "\\",
        "^",
        "_",
        "$",
        "\u{e000}",
        "ä",
        "😀",
        "0",
        "<b>",
        "</text>",
        "&amp;",
        "~",
        "'",
        "@{shape: x}",
        ":::x",
        "[*]",
    ]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, piece), 1..6);
    (prop::sample::select(SOUND.to_vec()), edits).prop_map(|(sound, edits)| {
        let mut text: Vec<char> = sound.chars().collect();
        for (at, removed, piece) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn no_spoilt_picture_panics_or_breaks_the_policy(text in spoilt()) {
        let options = MarkdownOptions { math: true, ..MarkdownOptions::default() };
        let text = if text.contains("$$") { text } else { format!("```mermaid\n{text}\n```\n") };
        let mut problems = Problems::new(&SourcePath::new("a.md"));
        let html = markdown::prose(&text, Origin::At(0), &options, &mut problems).html;
        let again = markdown::prose(&text, Origin::At(0), &options, &mut problems).html;
        prop_assert_eq!(&html, &again);
        let page = scraper::Html::parse_fragment(&html);
        for element in page.tree.values().filter_map(scraper::Node::as_element) {
            prop_assert!(!["script", "style", "image", "use", "foreignObject", "defs"].contains(&element.name()), "{}", html);
            for (key, value) in element.attrs() {
                prop_assert!(!key.starts_with("on") && !["style", "id", "href", "src"].contains(&key), "{} in {}", key, html);
                prop_assert!(!value.contains("url(") || key == "aria-label", "{} in {}", value, html);
            }
        }
    }
}
