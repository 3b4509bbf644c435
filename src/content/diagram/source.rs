//! A diagram as its author wrote it, and as it is handed to the renderer: forms of Mermaid's that the renderer draws wrongly
//! are put in the words it draws rightly, and what cannot hold in our pages is told with its line.

use super::Fault;

/// The kinds that are drawn: their colours and their layout hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Boxes and arrows.
    Flowchart,
    /// Who says what to whom.
    Sequence,
    /// Classes and what they have to do with each other.
    Class,
    /// States and what leads from one to the other.
    State,
    /// Entities and relations.
    Entity,
}

/// The words with which a diagram of each kind begins.
const KINDS: [(&str, Kind); 7] = [
    ("flowchart", Kind::Flowchart),
    ("graph", Kind::Flowchart),
    ("sequenceDiagram", Kind::Sequence),
    ("classDiagram", Kind::Class),
    ("stateDiagram-v2", Kind::State),
    ("stateDiagram", Kind::State),
    ("erDiagram", Kind::Entity),
];

/// Stands for the colon in `name: type`, which the renderer would take for something else.
pub const COLON: char = '\u{e000}';

/// A diagram's text.
#[derive(Debug)]
pub struct Source {
    /// What it is.
    pub kind: Kind,
    /// For the renderer.
    pub text: String,
    /// For the renderer's checks, line for line as it was written.
    pub checked: String,
    /// Mermaid's own `accDescr` or `accTitle`.
    pub description: Option<String>,
}

impl Source {
    /// Reads a text.
    pub fn read(written: &str) -> Result<Self, Vec<Fault>> {
        let first = written.lines().position(|line| !is_blank(line));
        let Some(first) = first else {
            return Err(vec![Fault::new(None, "this diagram is empty", "draw something, or take it out")]);
        };
        let header = written.lines().nth(first).unwrap_or_default().trim();
        if header == "---" {
            return Err(vec![Fault::new(
                Some(first),
                "a diagram has no front matter",
                "leave it out, and write a title above the diagram",
            )]);
        }
        let word = header.split([' ', '\t', ';', ':']).next().unwrap_or_default();
        let kind = KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind);
        let Some(kind) = kind else {
            return Err(vec![Fault::new(
                Some(first),
                format!("diagrams of the kind `{word}` are not drawn"),
                "these are: `flowchart`, `sequenceDiagram`, `stateDiagram-v2`, `classDiagram`, `erDiagram`; \
                 a picture of any other can stand in a file",
            )]);
        };
        let mut reader = LineReader { kind, ..LineReader::new() };
        for (number, line) in written.lines().enumerate() {
            reader.line(number, line);
        }
        if !reader.faults.is_empty() {
            return Err(reader.faults);
        }
        let description = reader.description.or(reader.title);
        Ok(Self { kind, text: reader.text, checked: reader.checked, description })
    }
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || (line.starts_with("%%") && !line.starts_with("%%{"))
}

/// What a line stands within.
#[derive(PartialEq, Eq)]
enum Within {
    Nothing,
    /// A description in braces, and its text so far.
    Description(String),
    /// A note of several lines, as it will stand in one.
    Note(String),
    /// The attributes of an entity.
    Entity,
}

struct LineReader {
    kind: Kind,
    text: String,
    checked: String,
    title: Option<String>,
    description: Option<String>,
    within: Within,
    /// Where the last message of a sequence begins in `text`.
    last_message: usize,
    after_note: bool,
    faults: Vec<Fault>,
}

impl LineReader {
    fn new() -> Self {
        Self {
            kind: Kind::Flowchart,
            text: String::new(),
            checked: String::new(),
            title: None,
            description: None,
            within: Within::Nothing,
            last_message: 0,
            after_note: false,
            faults: Vec::new(),
        }
    }

    fn line(&mut self, number: usize, written: &str) {
        let line = written.trim();
        match std::mem::replace(&mut self.within, Within::Nothing) {
            Within::Description(text) => {
                let (part, ends) = line.split_once('}').map_or((line, false), |(part, _)| (part, true));
                let text = format!("{text} {}", part.trim()).trim().to_owned();
                if ends {
                    self.description = Some(text);
                } else {
                    self.within = Within::Description(text);
                }
                self.put("", "");
            }
            Within::Note(text) if line == "end note" => self.put(&text, written),
            Within::Note(text) => {
                let joint = if text.ends_with(": ") || line.is_empty() { "" } else { " " };
                self.within = Within::Note(format!("{text}{joint}{line}"));
                self.put("", written);
            }
            Within::Entity if line == "}" => self.put(written, written),
            Within::Entity => {
                self.within = Within::Entity;
                self.put(&attribute(line), written);
            }
            Within::Nothing => self.plain(number, written, line),
        }
    }

    fn plain(&mut self, number: usize, written: &str, line: &str) {
        let word = line.split([' ', '\t', ':', '{']).next().unwrap_or_default();
        let rest = line.get(word.len()..).unwrap_or_default().trim();
        let mut wrong = |message: &str, help: &str| self.faults.push(Fault::new(Some(number), message, help));
        match (self.kind, word) {
            (_, _) if line.starts_with("%%{") => {
                wrong(
                    "a diagram does not set its own look",
                    "leave this out: all diagrams look as the theme has it",
                );
            }
            (_, "accTitle") => self.title = Some(rest.trim_start_matches(':').trim().to_owned()),
            (_, "accDescr") => match rest.strip_prefix('{') {
                Some(text) => match text.split_once('}') {
                    Some((text, _)) => self.description = Some(text.trim().to_owned()),
                    None => self.within = Within::Description(text.trim().to_owned()),
                },
                None => self.description = Some(rest.trim_start_matches(':').trim().to_owned()),
            },
            (
                Kind::Flowchart | Kind::Class | Kind::State | Kind::Entity,
                "style" | "classDef" | "linkStyle",
            ) if !rest.is_empty() && !rest.starts_with(['-', '=', '[', '(', '{', '<', '.']) => {
                wrong(
                    "colours that a diagram sets by itself do not hold on light and dark pages",
                    "leave this out, and tell things apart by their shape or in a `subgraph`",
                );
            }
            (Kind::Flowchart | Kind::Class, "click") if !rest.contains('"') => {
                wrong(
                    "a click can only lead somewhere",
                    "write `click NAME \"https://...\"`, or leave it out",
                );
            }
            (Kind::State, "note") if !rest.contains(':') => {
                self.within = Within::Note(format!("{line} : "));
                self.put("", written);
                return;
            }
            (Kind::Entity, _) if line.ends_with('{') && !line.contains("--") && !line.contains("..") => {
                self.within = Within::Entity;
                self.put(written, written);
                return;
            }
            (Kind::Sequence, "alt" | "opt" | "loop" | "par" | "critical" | "break" | "rect")
                if self.after_note =>
            {
                wrong(
                    &format!("a note directly before `{word}` would be drawn within it"),
                    &format!("write it before the message above, or behind `{word}`"),
                );
            }
            (Kind::Sequence, _) => {
                self.after_note = word.eq_ignore_ascii_case("note") || (self.after_note && is_blank(line));
                return self.message(written, line);
            }
            (Kind::Class, _) if line.starts_with("<<") => {
                self.put(written, "");
                return;
            }
            _ => {
                self.put(written, written);
                return;
            }
        }
        self.put("", "");
    }

    /// A line of a sequence. `A->>+B: text` becomes `activate B` and a message, for the short form is never ended; and the
    /// renderer begins and ends activity with the next message, not with the one before.
    fn message(&mut self, written: &str, line: &str) {
        if line.starts_with("activate ") || line.starts_with("deactivate ") {
            self.text.insert_str(self.last_message, &format!("{line}\n"));
            self.put("", written);
            return;
        }
        let before = written.split(':').next().unwrap_or_default();
        if before.contains("->") {
            self.last_message = self.text.len();
        }
        let mut last = ' ';
        let sign = before.char_indices().find(|(_, c)| {
            let found = matches!(c, '+' | '-') && matches!(last, '>' | 'x' | ')');
            last = *c;
            found
        });
        let Some((at, sign)) = sign else { return self.put(written, written) };
        let mut plain = written.to_owned();
        plain.replace_range(at..at.saturating_add(1), " ");
        let to = before.get(at.saturating_add(1)..).unwrap_or_default().trim();
        let from = before.split('-').next().unwrap_or_default().trim();
        let also = if sign == '+' { format!("activate {to}") } else { format!("deactivate {from}") };
        self.put(&format!("{also}\n{plain}"), &plain);
    }

    fn put(&mut self, text: &str, checked: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.checked.push_str(checked);
        self.checked.push('\n');
    }
}

/// An attribute of an entity, `int id PK`, as `id: int`: the renderer sets types in a column whose width it can only tell
/// from the fonts of the machine, and leaves them out without.
fn attribute(line: &str) -> String {
    let mut parts = line.split_whitespace();
    match (parts.next(), parts.next()) {
        (Some(kind), Some(name)) if !kind.starts_with("%%") => {
            let rest: Vec<&str> = parts.collect();
            format!("x {name}{COLON}{kind} {}", rest.join(" "))
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn text(written: &str) -> String {
        Source::read(written).map_or_else(|faults| format!("{faults:?}"), |source| source.text)
    }

    #[test]
    fn short_forms_are_written_out() {
        assert_eq!(
            text("sequenceDiagram\nA->>+B: a\nB-->>-A: b - c\nA->>B: ->>-"),
            "sequenceDiagram\nactivate B\nA->> B: a\ndeactivate B\nB-->> A: b - c\nA->>B: ->>-\n"
        );
        assert_eq!(
            text("stateDiagram-v2\nnote right of A\n one\n two\nend note\nA --> B"),
            "stateDiagram-v2\n\n\n\nnote right of A : one two\nA --> B\n"
        );
        assert_eq!(text("erDiagram\nA {\n int  id PK\n}"), "erDiagram\nA {\nx id\u{e000}int PK\n}\n");
    }

    #[test]
    fn mermaids_own_descriptions_are_read() {
        let source = Source::read("graph TD\naccTitle: A\naccDescr {\n B\n C }\nA-->B");
        let read = source.map(|source| (source.description, source.text)).map_err(|faults| faults.len());
        assert_eq!(read, Ok((Some("B C".to_owned()), "graph TD\n\n\n\n\nA-->B\n".to_owned())));
    }
}
