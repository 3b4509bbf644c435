//! Diagrams in Mermaid's notation to SVG, at build time.
//!
//! The renderer is a library that takes what authors write: its time is bounded by the size of what it is given, its panics
//! are caught, its output is [written anew](super::markup) by a list of what may be in it, and a word that it left out is
//! reported. The result depends on the text alone.

mod source;
mod svg;
mod theme;

use super::guarded::guarded;
use super::markup::{Markup, rewrite};
use mermaid_rs_renderer::{
    DiagramKind, EdgeStyle, Graph, ParseError, compute_layout, parse_mermaid, render_svg, validator,
};
use source::{COLON, Kind, Source};
use svg::Svg;

/// What is wrong with a diagram.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 0; `None` when all of it is meant.
    pub line: Option<usize>,
    /// In one sentence.
    pub message: String,
    /// How to fix it.
    pub help: String,
}

impl Fault {
    fn new(line: Option<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { line, message: message.into(), help: help.into() }
    }
}

/// A diagram that can be drawn.
#[derive(Debug)]
pub struct Diagram {
    source: Source,
    graph: Graph,
}

/// A drawn diagram.
#[derive(Debug)]
pub struct Drawing {
    /// What is in the `<svg>` element.
    pub markup: Markup,
    /// Its `viewBox`.
    pub view_box: String,
    /// Its width in pixels, when nothing makes it smaller.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// The longest diagram, in bytes and in lines.
const LONGEST: usize = 10_000;
const MOST_LINES: usize = 300;
/// How often `&` may join things: each pair of them becomes an arrow.
const MOST_JOINTS: usize = 60;
const MOST_NODES: usize = 60;
/// The renderer's time grows with the square of the arrows, and fastest for flowcharts: 40 take it a second.
const MOST_ARROWS: usize = 40;
const MOST_MESSAGES: usize = 120;
/// Arrows from a thing to itself are dearer still.
const MOST_LOOPS: usize = 5;
const MOST_GROUPS: usize = 12;

impl Diagram {
    /// Reads a diagram.
    pub fn read(written: &str) -> Result<Self, Vec<Fault>> {
        let joints = written.matches('&').count();
        if written.len() > LONGEST || written.lines().count() > MOST_LINES || joints > MOST_JOINTS {
            return Err(vec![too_large(format!(
                "a diagram has at most {MOST_LINES} lines and {LONGEST} bytes, and {MOST_JOINTS} `&`"
            ))]);
        }
        let source = Source::read(written)?;
        guarded(|| validator::validate(&source.checked))
            .unwrap_or(Ok(()))
            .map_err(|error| vec![of_renderer(&error)])?;
        let graph = match guarded(|| parse_mermaid(&source.text)) {
            Some(Ok(parsed)) => parsed.graph,
            Some(Err(error)) => {
                return Err(vec![Fault::new(None, format!("this diagram cannot be read: {error}"), HELP)]);
            }
            None => return Err(vec![Fault::new(None, "this diagram cannot be read", HELP)]),
        };
        if graph.nodes.is_empty() {
            return Err(vec![Fault::new(None, "nothing is drawn in this diagram", HELP)]);
        }
        check_size(&graph, source.kind)?;
        Ok(Self { source, graph })
    }

    /// What drawing it costs, roughly in milliseconds.
    pub fn cost(&self) -> usize {
        let (nodes, arrows) = (self.graph.nodes.len(), self.graph.edges.len());
        nodes.saturating_add(arrows.saturating_mul(arrows)).saturating_add(10)
    }

    /// What it shows, in words, when it says so itself.
    pub fn description(&self) -> Option<&str> {
        self.source.description.as_deref().filter(|text| !text.is_empty())
    }

    /// Draws it.
    pub fn draw(self) -> Result<Drawing, Vec<Fault>> {
        let ids = ids(&self.graph);
        let kind = self.source.kind;
        let unable = |what: String| {
            vec![Fault::new(
                None,
                format!("this diagram cannot be drawn: {what}"),
                "try it in a simpler form",
            )]
        };
        let svg = guarded(|| render(self.graph)).ok_or_else(|| unable("the renderer failed".to_owned()))?;
        let mut markup = rewrite(&svg, &mut Svg::default())
            .map_err(|what| unable(format!("there would be {what} in it")))?;
        if kind == Kind::Entity {
            // Nothing in one can be a link, so no place in it moves.
            markup.inner = markup.inner.replace(COLON, ": ");
        }
        let lost = lost_words(&self.source.checked, &format!("{}{ids}", markup.text));
        if !lost.is_empty() {
            return Err(lost);
        }
        let view_box = svg.split_once("viewBox=\"").and_then(|(_, rest)| rest.split('"').next());
        let numbers: Vec<f32> =
            view_box.unwrap_or_default().split(' ').filter_map(|number| number.parse().ok()).collect();
        let [x, y, width, height] = numbers.as_slice() else {
            return Err(unable("it has no size".to_owned()));
        };
        if numbers.iter().any(|number| !number.is_finite() || number.abs() > 100_000.0) {
            return Err(unable("it has no size".to_owned()));
        }
        Ok(Drawing {
            markup,
            view_box: format!("{x} {y} {width} {height}"),
            width: width.ceil() as u32,
            height: height.ceil() as u32,
        })
    }
}

const HELP: &str = "https://mermaid.js.org/intro/ has the notation";

fn too_large(message: String) -> Fault {
    Fault::new(None, message, "show less in one diagram, or divide it in two")
}

fn check_size(graph: &Graph, kind: Kind) -> Result<(), Vec<Fault>> {
    let is_dear = matches!(kind, Kind::Flowchart | Kind::State);
    let most_arrows = if is_dear { MOST_ARROWS } else { MOST_MESSAGES };
    let loops = graph.edges.iter().filter(|edge| edge.from == edge.to).count();
    let most_loops = if is_dear { MOST_LOOPS } else { MOST_MESSAGES };
    let counts = [
        ("things", graph.nodes.len(), MOST_NODES),
        ("arrows", graph.edges.len(), most_arrows),
        ("arrows from a thing to itself", loops, most_loops),
        ("groups", graph.subgraphs.len(), MOST_GROUPS),
    ];
    let wrong: Vec<Fault> = counts
        .iter()
        .filter(|(_, count, most)| count > most)
        .map(|(what, count, most)| {
            too_large(format!("a diagram has at most {most} {what}; this one has {count}"))
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The renderer's way to SVG, with two of its faults mended: it takes a dotted arrow for none when it orders things, and its
/// layout for states puts labels over each other, where the one for flowcharts has room; only notes need the former.
fn render(mut graph: Graph) -> String {
    let options = theme::options();
    if graph.kind == DiagramKind::State && graph.state_notes.is_empty() {
        graph.kind = DiagramKind::Flowchart;
    }
    let styles: Vec<EdgeStyle> = graph.edges.iter().map(|edge| edge.style).collect();
    for edge in &mut graph.edges {
        if edge.style == EdgeStyle::Dotted {
            edge.style = EdgeStyle::Solid;
        }
    }
    let mut layout = compute_layout(&graph, &options.theme, &options.layout);
    if layout.edges.len() == styles.len() {
        for (edge, style) in layout.edges.iter_mut().zip(styles) {
            edge.style = style;
        }
    }
    render_svg(&layout, &options.theme, &options.layout)
}

/// What the renderer says is wrong.
fn of_renderer(error: &ParseError) -> Fault {
    let at = |line: u32| Some((line as usize).saturating_sub(1));
    match error {
        ParseError::UnknownParticipant { name, line, candidates } => {
            let near = candidates.first().map_or_else(
                || format!("add `participant {name}`"),
                |near| format!("did you mean `{near}`? Otherwise add `participant {name}`"),
            );
            Fault::new(at(*line), format!("`{name}` is no participant of this diagram"), near)
        }
        ParseError::UnclosedSubgraph { opened_at } => {
            Fault::new(at(*opened_at), "this is never closed", "write `end` on a line of its own below it")
        }
        ParseError::UnexpectedToken { line, found, expected, .. } => {
            Fault::new(at(*line), format!("`{found}` stands where there should be: {expected}"), HELP)
        }
        other => Fault::new(None, format!("this diagram cannot be read: {other}"), HELP),
    }
}

/// The names of all things, which need not be shown.
fn ids(graph: &Graph) -> String {
    let nodes = graph.nodes.keys().map(String::as_str);
    let groups = graph.subgraphs.iter().filter_map(|group| group.id.as_deref());
    let participants = graph.sequence_participants.iter().map(String::as_str);
    nodes.chain(groups).chain(participants).flat_map(|id| ["\n", id]).collect()
}

/// Words of Mermaid's that need not be shown.
const WORDS: &str = "flowchart graph sequencediagram classdiagram statediagram erdiagram subgraph end direction participant \
    actor note right left over activate deactivate loop alt else opt par and critical option break rect rgb rgba box \
    autonumber create destroy class namespace for state choice fork join interface abstract enumeration service hide \
    empty description link links to as of one zero more many only optionally";

/// Words of the text that are not in what was drawn: the renderer skips lines that it does not understand.
fn lost_words(written: &str, drawn: &str) -> Vec<Fault> {
    let lost = |line: &str| {
        let line = line.trim();
        if line.starts_with("%%") || line.starts_with("click ") || line.starts_with("acc") {
            return None;
        }
        let words = line.split(|c: char| !c.is_alphanumeric());
        let mut long = words.filter(|word| word.chars().count() > 2);
        long.find(|word| {
            let known = WORDS.split_whitespace().any(|keyword| keyword.eq_ignore_ascii_case(word));
            !known && !drawn.contains(word)
        })
        .map(str::to_owned)
    };
    written
        .lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let word = lost(line)?;
            Some(Fault::new(
                Some(number),
                format!("`{word}` does not appear in the drawing: this line is not understood"),
                "write it in a simpler form of Mermaid's notation; messages are drawn with `->>` and `-->>`",
            ))
        })
        .collect()
}
