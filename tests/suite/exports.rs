//! Guides, playbooks and sections as Markdown and JSON.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};

const CONTENT: &str = "=== guidepost.toml\n[export]\npages = [\"md\", \"json\"]
=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](guides/a.md)
=== content/guides/index.md\n+++\ndescription = \"All guides.\"\n+++\n# Guides\n\nSee [[guides/a#more|more]].
=== content/guides/p.png\nx
=== content/guides/a.md\n+++\ndescription = \"About A.\"\ntags = [\"x\"]\nstages = [\"one\"]\ntakeaways = [\"See [[guides/b]].\"]
[[faq]]\nquestion = \"Why?\"\nanswer = \"Because of [[f]], `[[f]]` and [b](b.md#deep).\"\n+++\n# The guide A

Links: [[guides/b]], [[guides/b|*own* words]], [b](b.md#deep \"t\"), [to b][b], [b], [out](https://example.org/) and [here](#more).
A picture ![P](p.png), and `[[guides/b]]` in code.

```md
[[guides/b]] ![[guides/b]] [x](b.md)
```

[b]: b.md
[out]: https://example.org/a

## More {#more}

![[guides/b]]

### Deeper

> ![[guides/b#deep]]

Tables:

![[safety]]

![[safety/doors@one]]

![[@one..two]]

![[f]]

![[@two]]
=== content/guides/b.md\n+++\ndescription = \"About B.\"\n+++\n# B\n\nText of B, from [a](a.md).\n\n## Deep\n\nDeep text.\n\nMore\n----\n\nEnd.
=== content/playbooks/p.md\n+++\npurpose = \"To do **it**.\"\nduration = \"A week\"\n+++\n# P\n
## Inputs\n\n- [[guides/a]]\n\n## Principles\n\nX\n\n## Process\n\n### First\n\n- [b](../guides/b.md)\n\n## Outputs\n\nY\n\n## Tips\n\nZ\n";

fn site() -> Site {
    let site = Site::new(FRAMEWORK);
    site.add(CONTENT);
    site
}

#[test]
fn a_guide_as_markdown_reads_the_same_anywhere() {
    let site = site();
    site.build(&[]);
    assert_data_eq!(
        site.read("output/guides/a/index.md"),
        str![[r##"
# The guide A

About A.

## Key takeaways

- See [B](../b/).

Links: [B](../b/), [*own* words](../b/), [b](../b/#deep "t"), [to b](../b/), [b](../b/), [out](https://example.org/) and [here](#more).
A picture ![P](../p.png), and `[[guides/b]]` in code.

```md
[[guides/b]] ![[guides/b]] [x](b.md)
```

[out]: https://example.org/a

## More

**[B](../b/)**

Text of B, from [a](./).

### Deep

Deep text.

### More

End.

### Deeper

> **[Deep](../b/#deep)**
>
> Deep text.

Tables:

**[Safety](../../frameworks/f/safety/)**

| Aspect | One | Two |
| --- | --- | --- |
| [Doors](../../frameworks/f/safety/doors/) | Open | Locked |
| [Guards](../../frameworks/f/safety/guards/) | None | At night |

- **Doors at One**: Open

**[One to Two](../../frameworks/f/one-vs-two/)**

- **Safety: Doors (changed)**: Open → Locked
- **Safety: Guards (new)**: None → At night

- **[One](../../frameworks/f/one/)**
- **[Two](../../frameworks/f/two/)**

**[Two](../../frameworks/f/two/)**

## Questions and answers

### Why?

Because of [Small](../../frameworks/f/), `[[f]]` and [b](../b/#deep).

"##]]
    );
    assert_data_eq!(
        site.read("output/guides/index.md"),
        str![[r#"
# Guides

All guides.

See [more](a/#more).

## In this section

- [B](b/): About B.
- [The guide A](a/): About A.

"#]]
    );
    assert_data_eq!(
        site.read("output/playbooks/p/index.md"),
        str![[r#"
# P

To do it.

- **Duration**: A week

## Inputs

- [The guide A](../../guides/a/)

## Principles

X

## Process

### First

- [b](../../guides/b/)

## Outputs

Y

## Tips

Z

"#]]
    );
    let html = site.read("output/guides/a/index.html");
    assert!(html.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"index.md\">"), "{html}");
}

#[test]
fn a_playbook_as_json_has_its_phases() {
    let site = site();
    site.build(&[]);
    assert_data_eq!(
        site.read("output/playbooks/p/index.json"),
        str![[r##"
{
  "authors": [],
  "category": null,
  "date": null,
  "description": "To do it.",
  "duration": "A week",
  "headings": [
    {
      "id": "inputs",
      "level": 2,
      "title": "Inputs"
    },
    {
      "id": "principles",
      "level": 2,
      "title": "Principles"
    },
    {
      "id": "process",
      "level": 2,
      "title": "Process"
    },
    {
      "id": "first",
      "level": 3,
      "title": "First"
    },
    {
      "id": "outputs",
      "level": 2,
      "title": "Outputs"
    },
    {
      "id": "tips",
      "level": 2,
      "title": "Tips"
    }
  ],
  "kind": "playbook",
  "markdown": "# P/n/nTo do it./n/n- **Duration**: A week/n/n## Inputs/n/n- [The guide A](../../guides/a/)/n/n## Principles/n/nX/n/n## Process/n/n### First/n/n- [b](../../guides/b/)/n/n## Outputs/n/nY/n/n## Tips/n/nZ/n",
  "phases": [
    {
      "id": "first",
      "steps": [
        {
          "id": "first-b",
          "text": "b"
        }
      ],
      "title": "First"
    }
  ],
  "purpose": "To do it.",
  "stages": [],
  "tags": [],
  "title": "P",
  "updated": null,
  "url": "./",
  "when_to_use": null
}

"##]]
    );
}

#[test]
fn urls_are_absolute_where_the_site_knows_its_own() {
    let site = site();
    site.build(&["--base-url", "https://example.org/docs/"]);
    let text = site.read("output/guides/a/index.md");
    assert!(text.contains("[b](https://example.org/docs/guides/b/#deep \"t\")"), "{text}");
    assert!(text.contains("![P](https://example.org/docs/guides/p.png)"), "{text}");
    assert!(text.contains("[here](https://example.org/docs/guides/a/#more)"), "{text}");
}

#[test]
fn by_default_nothing_is_written_beside_guides() {
    let site = site();
    site.write("guidepost.toml", b"");
    site.build(&[]);
    assert!(!site.exists("output/guides/a/index.md") && !site.exists("output/guides/a/index.json"));
    assert!(site.exists("output/frameworks/f/index.md"));
}

#[test]
fn the_file_of_all_texts_has_one_title_for_each() {
    let site = site();
    site.build(&[]);
    let text = site.read("output/llms-full.txt");
    let mut in_code = false;
    let titles: Vec<&str> = text
        .lines()
        .filter(|line| {
            in_code ^= line.starts_with("```");
            !in_code && line.starts_with("# ")
        })
        .collect();
    assert_eq!(titles, ["# Guidance", "# Guidance", "# Guides", "# The guide A", "# B", "# P", "# Safety"]);
    assert!(text.contains("[B](guides/b/), [*own* words](guides/b/)"), "{text}");
    assert!(text.contains("**[B](guides/b/)**\n\nText of B, from [a](guides/a/)."), "{text}");
}

#[test]
fn an_edit_of_what_is_embedded_shows() {
    let site = site();
    site.build(&[]);
    let before = site.read("output/guides/a/index.md");
    site.add("=== content/guides/b.md\n+++\ndescription = \"About B.\"\n+++\n# B\n\nNew text.\n\n## Deep\n\nDeep text.\n");
    site.build(&[]);
    let after = site.read("output/guides/a/index.md");
    assert!(before.contains("Text of B") && after.contains("New text.") && !after.contains("Text of B"));
}
