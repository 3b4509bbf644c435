//! Pictures of a framework and of playbooks: where each of their parts lies, and what it says. A theme's templates
//! make SVG of them that stands in the page: no script, no file, the theme's colours.

use super::block::StageColumn;
use super::link::Link;
use serde::{Serialize, Serializer};

/// Width of one character of the small text, in SVG units; a little more than the average of common fonts.
const LETTER: usize = 7;

/// The longest name beside a row.
const NAME: usize = 27;

/// A place or a size from left to right, as SVG's attributes take it.
#[derive(Clone, Copy, Debug, Hash)]
pub enum Across {
    /// In the units of the picture's `viewBox`.
    Units(usize),
    /// In thousandths of the picture's width: for pictures as wide as their place, whose text keeps its size.
    Share(usize),
}

impl Serialize for Across {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Units(units) => units.serialize(serializer),
            Self::Share(thousandths) => {
                serializer.collect_str(&format_args!("{}.{}%", thousandths / 10, thousandths % 10))
            }
        }
    }
}

/// A text, and where its baseline begins or has its middle.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Text {
    /// From left to right.
    pub x: Across,
    /// From top to bottom.
    pub y: usize,
    /// What it says, cut where it would not fit.
    pub text: String,
}

/// A rectangle.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Rect {
    /// Its left edge.
    pub x: Across,
    /// Its upper edge.
    pub y: usize,
    /// How wide it is.
    pub width: Across,
    /// How high it is.
    pub height: usize,
}

/// A bar a stage: how many things begin there.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Bars {
    /// All of it in words.
    pub label: String,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

/// A stage's bar.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Bar {
    /// The stage's number, which decides its colour.
    pub stage: usize,
    /// The stage's title.
    pub title: Text,
    /// The bar.
    pub rect: Rect,
    /// How many there are.
    pub count: Text,
}

/// Draws [`Bars`].
pub fn bars(label: String, stages: &[StageColumn], counts: &[usize]) -> Bars {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(i, (stage, count)): (usize, (&StageColumn, &usize))| {
        let y = i * 30;
        let width = (count * 230 / most).max(2);
        Bar {
            stage: stage.number,
            title: Text { x: Across::Units(0), y: y + 19, text: cut(&stage.title, 10) },
            rect: Rect { x: Across::Units(80), y: y + 4, width: Across::Units(width), height: 20 },
            count: Text { x: Across::Units(88 + width), y: y + 19, text: count.to_string() },
        }
    };
    Bars {
        label,
        width: 360,
        height: stages.len() * 30,
        bars: stages.iter().zip(counts).enumerate().map(bar).collect(),
    }
}

/// How many aspects of a dimension ask for something at each stage.
pub struct Asked {
    /// The dimension.
    pub link: Link,
    /// At each stage.
    pub asked: Vec<usize>,
    /// How many aspects it has.
    pub of: usize,
}

/// Dimensions by stages: the more a dimension asks for, the stronger the colour.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HeatMap {
    /// What it shows, in words.
    pub label: String,
    /// How high it is.
    pub height: usize,
    /// So many stages that it needs more than a phone's width.
    pub wide: bool,
    /// The titles of the stages.
    pub stages: Vec<Text>,
    /// The dimensions.
    pub rows: Vec<HeatRow>,
}

/// A dimension in a heat map.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HeatRow {
    /// The dimension, its title whole.
    pub link: Link,
    /// Its title, at its place.
    pub title: Text,
    /// A cell a stage.
    pub cells: Vec<HeatCell>,
}

/// A cell of a heat map.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct HeatCell {
    /// The stage's number, which decides its colour.
    pub stage: usize,
    /// How strong the colour is, from 0 to 4.
    pub heat: usize,
    /// The cell.
    pub rect: Rect,
    /// How many aspects of how many.
    pub text: Text,
}

/// Draws a [`HeatMap`].
pub fn heat_map(label: String, stages: &[StageColumn], rows: &[Asked]) -> HeatMap {
    let (top, height) = (26, 26);
    // In thousandths of the width: names on the left, then a cell a stage.
    let left = 480;
    let cell = (1000 - left) / stages.len().max(1);
    let middle = |i: usize| Across::Share(left + i * cell + cell / 2);
    let row = |(r, row): (usize, &Asked)| {
        let y = top + r * height;
        let cells = stages.iter().zip(&row.asked).enumerate().map(|(i, (stage, asked))| HeatCell {
            stage: stage.number,
            // Five steps, so that the colours are few and the words carry the rest.
            heat: (asked * 4).div_ceil(row.of.max(1)),
            rect: Rect {
                x: Across::Share(left + i * cell),
                y,
                width: Across::Share(cell.saturating_sub(6)),
                height: height - 3,
            },
            text: Text { x: middle(i), y: y + 16, text: format!("{asked}/{}", row.of) },
        });
        HeatRow { link: row.link.clone(), title: name(&row.link, y + 17), cells: cells.collect() }
    };
    HeatMap {
        label,
        height: top + rows.len() * height,
        wide: stages.len() > 7,
        stages: (stages.iter().enumerate())
            .map(|(i, stage)| Text { x: middle(i), y: 16, text: cut(&stage.title, 8) })
            .collect(),
        rows: rows.iter().enumerate().map(row).collect(),
    }
}

/// What an aspect needs on the left, the aspect in the middle, what needs it on the right.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Dependencies {
    /// What it shows, in words.
    pub label: String,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// The aspect.
    pub here: Boxed,
    /// What is around it.
    pub around: Vec<Neighbour>,
}

/// A text in a box.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Boxed {
    /// The box.
    pub rect: Rect,
    /// The text, in a line or two.
    pub lines: Vec<Text>,
}

/// What an aspect needs, or what needs it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Neighbour {
    /// Where it leads, its title whole.
    pub link: Link,
    /// The arrow between it and the aspect, as the `d` of an SVG path.
    pub arrow: String,
    /// Its box.
    pub boxed: Boxed,
}

/// Draws [`Dependencies`].
pub fn dependencies(label: String, title: &str, needs: &[Link], needed_by: &[Link]) -> Dependencies {
    let (wide, high, row) = (204, 50, 62);
    let rows = needs.len().max(needed_by.len()).max(1);
    let middle = rows * row / 2;
    let (left, center, right) = (0, 238, 476);
    let boxed = |x: usize, y: usize, text: &str| Boxed {
        rect: Rect { x: Across::Units(x), y: y - high / 2, width: Across::Units(wide), height: high },
        lines: in_two(text, wide / LETTER)
            .into_iter()
            // One line stands in the middle of the box, two around it.
            .zip(if text.chars().count() > wide / LETTER { [y - 4, y + 14] } else { [y + 5, y + 5] })
            .map(|(text, y)| Text { x: Across::Units(x + wide / 2), y, text })
            .collect(),
    };
    let side = |links: &[Link], x: usize| -> Vec<Neighbour> {
        let top = (rows - links.len()) * row / 2;
        let neighbour = |(i, link): (usize, &Link)| {
            let y = top + i * row + row / 2;
            let (from, to) = if x < center { (x + wide, center) } else { (center + wide, x) };
            let (y1, y2) = if x < center { (y, middle) } else { (middle, y) };
            let (bend, to) = (usize::midpoint(from, to), to - 4);
            let arrow = format!("M{from} {y1}C{bend} {y1} {bend} {y2} {to} {y2}");
            Neighbour { link: link.clone(), arrow, boxed: boxed(x, y, &link.title) }
        };
        links.iter().enumerate().map(neighbour).collect()
    };
    Dependencies {
        label,
        width: right + wide,
        height: rows * row,
        here: boxed(center, middle, title),
        around: [side(needs, left), side(needed_by, right)].concat(),
    }
}

/// A playbook's phases in a row, each as long as its share of the steps.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Timeline {
    /// What it shows, in words.
    pub label: String,
    /// How high it is.
    pub height: usize,
    /// In their order.
    pub phases: Vec<Phase>,
}

/// A phase on a timeline.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Phase {
    /// Where it leads, its title whole.
    pub link: Link,
    /// Its shade: neighbours differ.
    pub shade: usize,
    /// Its stretch.
    pub rect: Rect,
    /// Its number, in the middle of it.
    pub number: Text,
    /// Its title, below.
    pub title: Text,
    /// How many steps it has, below that.
    pub steps: Text,
}

/// Draws a [`Timeline`] of phases with their numbers of steps; `count` says how many they are.
pub fn timeline(label: String, phases: &[(Link, usize)], count: impl Fn(usize) -> String) -> Timeline {
    // A phase of few steps still has to be seen; shares are in thousandths of the width.
    let weights: Vec<usize> = phases.iter().map(|(_, steps)| steps + 2).collect();
    let all: usize = weights.iter().sum::<usize>().max(1);
    let mut at = 0;
    let phase = |(i, ((link, steps), weight)): (usize, (&(Link, usize), &usize))| {
        let share = weight * 1000 / all;
        let (x, middle) = (Across::Share(at), Across::Share(at + share / 2));
        at += share;
        Phase {
            link: link.clone(),
            shade: i % 2,
            rect: Rect { x, y: 0, width: Across::Share(share.saturating_sub(6)), height: 26 },
            number: Text { x: middle, y: 18, text: (i + 1).to_string() },
            title: Text { x, y: 44, text: cut(&link.title, share * 700 / 1000 / LETTER) },
            steps: Text { x, y: 60, text: count(*steps) },
        }
    };
    let phases = phases.iter().zip(&weights).enumerate().map(phase).collect();
    Timeline { label, height: 64, phases }
}

/// The name at the left edge of a row.
fn name(link: &Link, y: usize) -> Text {
    Text { x: Across::Units(0), y, text: cut(&link.title, NAME) }
}

/// A text, cut where it would not fit.
/// A text in one line or two of so many letters. What is too long for both loses its middle: how it begins and how it ends
/// tells it from its neighbours.
fn in_two(text: &str, letters: usize) -> Vec<String> {
    if text.chars().count() <= letters {
        return vec![text.to_owned()];
    }
    let end = text.char_indices().nth(letters).map_or(text.len(), |(end, _)| end);
    let (head, _) = text.split_at(end);
    let stop = head.rfind(' ').unwrap_or(end);
    let (first, rest) = text.split_at(stop);
    let rest = rest.trim_start();
    let surplus = (rest.chars().count() + 1).saturating_sub(letters);
    if surplus <= 1 {
        return vec![first.to_owned(), rest.to_owned()];
    }
    let tail: String = rest.chars().skip(surplus).collect();
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, whole)| whole);
    vec![first.to_owned(), format!("… {tail}")]
}

fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let head: String = text.chars().take(letters.saturating_sub(1)).collect();
    head.trim_end().to_owned() + "…"
}
