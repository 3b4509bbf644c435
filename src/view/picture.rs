//! Pictures of a framework and of playbooks, as SVG that stands in the page: no script, no file, the theme's
//! colours. Each says in words what it shows.

use super::Link;
use super::table::{Count, StageColumn};
use crate::content::html::escaped;
use crate::site::framework::Change;

/// Width of one character of the small text, in SVG units; a little more than the average of common fonts.
const LETTER: usize = 7;

/// The longest name beside a row.
const NAME: usize = 27;

/// A bar a stage: how many things begin there.
pub fn bars(label: &str, stages: &[StageColumn], counts: &[usize]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let mut body = String::new();
    let mut words = Vec::new();
    for (i, (stage, count)) in stages.iter().zip(counts).enumerate() {
        let y = i * 30;
        let width = count * 230 / most;
        body.push_str(&format!(
            "<text x=\"0\" y=\"{}\">{}</text><rect data-stage=\"{}\" x=\"80\" y=\"{}\" width=\"{}\" height=\"20\" rx=\"4\"/>\
             <text class=\"value\" x=\"{}\" y=\"{}\">{count}</text>",
            y + 19,
            cut(&stage.title, 10),
            stage.number,
            y + 4,
            width.max(2),
            88 + width.max(2),
            y + 19,
        ));
        words.push(format!("{} {count}", stage.title));
    }
    svg("bars", &format!("{label}: {}", words.join(", ")), (360, stages.len() * 30), &body, true)
}

/// A row of the heat map.
pub struct HeatRow {
    /// What the row is about.
    pub link: Link,
    /// How many of its aspects ask for something at each stage.
    pub asked: Vec<usize>,
    /// How many aspects it has.
    pub of: usize,
}

/// Dimensions by stages: the more a dimension asks for, the stronger the colour.
pub fn heat_map(label: &str, stages: &[StageColumn], rows: &[HeatRow]) -> String {
    let height = 26;
    // In thousandths of the width: names on the left, then a cell a stage.
    let left = 480;
    let cell = (1000 - left) / stages.len().max(1);
    let mut body = String::new();
    for (i, stage) in stages.iter().enumerate() {
        body.push_str(&format!(
            "<text class=\"head\" text-anchor=\"middle\" x=\"{}\" y=\"16\">{}</text>",
            percent(left + i * cell + cell / 2),
            cut(&stage.title, 8)
        ));
    }
    for (r, row) in rows.iter().enumerate() {
        let y = 26 + r * height;
        let (href, title) = (escaped(&row.link.href), cut(&row.link.title, NAME));
        body.push_str(&format!(
            "<a href=\"{href}\"><title>{}</title><text x=\"0\" y=\"{}\">{title}</text></a>",
            escaped(&row.link.title),
            y + 17
        ));
        for (i, (stage, asked)) in stages.iter().zip(&row.asked).enumerate() {
            // Five steps, so that the colours are few and the words carry the rest.
            let heat = (asked * 4).div_ceil(row.of.max(1));
            body.push_str(&format!(
                "<rect data-stage=\"{}\" class=\"heat-{heat}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"3\"/>\
                 <text class=\"value\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{asked}/{}</text>",
                stage.number,
                percent(left + i * cell),
                percent(cell.saturating_sub(6)),
                height - 3,
                percent(left + i * cell + cell / 2),
                y + 16,
                row.of,
            ));
        }
    }
    let class = if stages.len() > 7 { "heat is-wide" } else { "heat" };
    fluid(class, label, 26 + rows.len() * height, &body)
}

/// An aspect's line of growth: it steps up wherever the stage asks for something else.
/// `levels` holds for each stage how many steps were taken so far, and whether something is asked for.
pub fn growth(label: &str, stages: &[StageColumn], levels: &[(usize, bool)]) -> String {
    let most = levels.iter().map(|l| l.0).max().unwrap_or(0).max(1);
    let width = (stages.len() * 68).max(340);
    let step = width / stages.len().max(1);
    let place = |i: usize| (step * i + step / 2, 68 - levels[i].0 * 54 / most);
    let mut body = String::new();
    let mut path = String::new();
    for i in 0..stages.len() {
        let (x, y) = place(i);
        path.push_str(&if i == 0 { format!("M{x} {y}") } else { format!("H{}V{y}H{x}", x - step / 2) });
    }
    body.push_str(&format!("<path class=\"line\" d=\"{path}\"/>"));
    for (i, stage) in stages.iter().enumerate() {
        let (x, y) = place(i);
        let class = if levels[i].1 { "dot" } else { "dot is-nothing" };
        body.push_str(&format!(
            "<circle data-stage=\"{}\" class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"7\"/>\
             <text text-anchor=\"middle\" x=\"{x}\" y=\"98\">{}</text>",
            stage.number,
            cut(&stage.title, step / LETTER)
        ));
    }
    svg("growth", label, (width, 104), &body, true)
}

/// What an aspect needs on the left, the aspect in the middle, what needs it on the right.
pub fn dependencies(title: &str, needs: &[Link], needed_by: &[Link]) -> String {
    let (wide, high, row) = (204, 34, 46);
    let rows = needs.len().max(needed_by.len()).max(1);
    let middle = rows * row / 2;
    let mut body = String::new();
    let (left, center, right) = (0, 238, 476);
    let mut side = |links: &[Link], x: usize| {
        let top = (rows - links.len()) * row / 2;
        for (i, link) in links.iter().enumerate() {
            let y = top + i * row + row / 2;
            let (from, to) = if x < center { (x + wide, center) } else { (center + wide, x) };
            let (y1, y2) = if x < center { (y, middle) } else { (middle, y) };
            let bend = usize::midpoint(from, to);
            body.push_str(&format!(
                "<path class=\"line\" d=\"M{from} {y1}C{bend} {y1} {bend} {y2} {} {y2}\" marker-end=\"url(#arrow)\"/>",
                to - 4
            ));
            body.push_str(&format!(
                "<a href=\"{}\"><title>{}</title><rect class=\"box\" x=\"{x}\" y=\"{}\" width=\"{wide}\" height=\"{high}\" rx=\"6\"/>\
                 <text text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text></a>",
                escaped(&link.href),
                escaped(&link.title),
                y - high / 2,
                x + wide / 2,
                y + 5,
                cut(&link.title, wide / LETTER)
            ));
        }
    };
    side(needs, left);
    side(needed_by, right);
    body.push_str(&format!(
        "<rect class=\"box is-here\" x=\"{center}\" y=\"{}\" width=\"{wide}\" height=\"{high}\" rx=\"6\"/>\
         <text class=\"head\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>",
        middle - high / 2,
        center + wide / 2,
        middle + 5,
        cut(title, wide / LETTER)
    ));
    let arrow = "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" \
                 markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>";
    let label = format!("What {title} needs first, and what needs it");
    svg("graph", &label, (right + wide, rows * row), &format!("{arrow}{body}"), false)
}

/// A playbook's phases in a row, each as long as its share of the steps.
pub fn timeline(phases: &[(Link, usize)]) -> String {
    // A phase of few steps still has to be seen; shares are in thousandths of the width.
    let weights: Vec<usize> = phases.iter().map(|(_, steps)| steps + 2).collect();
    let all: usize = weights.iter().sum::<usize>().max(1);
    let mut body = String::new();
    let mut at = 0;
    for (i, ((link, steps), weight)) in phases.iter().zip(&weights).enumerate() {
        let share = weight * 1000 / all;
        let few = if *steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
        body.push_str(&format!(
            "<a href=\"{}\"><title>{}, {few}</title><rect class=\"phase-{}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"26\" rx=\"5\"/>\
             <text class=\"head\" text-anchor=\"middle\" x=\"{}\" y=\"18\">{}</text>\
             <text class=\"wide\" x=\"{}\" y=\"44\">{}</text><text class=\"wide soft\" x=\"{}\" y=\"60\">{few}</text></a>",
            escaped(&link.href),
            escaped(&link.title),
            i % 2,
            percent(at),
            percent(share.saturating_sub(6)),
            percent(at + share / 2),
            i + 1,
            percent(at),
            cut(&link.title, share * 700 / 1000 / LETTER),
            percent(at),
        ));
        at += share;
    }
    fluid("timeline", "The phases in order", 64, &body)
}

/// How much changes, a bar a dimension.
pub fn changes(label: &str, rows: &[(Link, Vec<Count>)]) -> String {
    let (left, length, height) = (490, 290, 24);
    let most = rows.iter().map(|(_, c)| c.iter().map(|c| c.count).sum()).max().unwrap_or(0usize).max(1);
    let mut body = String::new();
    for (r, (link, counts)) in rows.iter().enumerate() {
        let y = r * height;
        let (href, title) = (escaped(&link.href), cut(&link.title, NAME));
        body.push_str(&format!(
            "<a href=\"{href}\"><title>{}</title><text x=\"0\" y=\"{}\">{title}</text></a>",
            escaped(&link.title),
            y + 16
        ));
        let mut x = left;
        for count in counts {
            let width = count.count * length / most;
            if width > 0 {
                body.push_str(&format!(
                    "<rect class=\"fill-{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"2\"/>",
                    count.change.word(),
                    percent(x),
                    y + 3,
                    percent(width.saturating_sub(4)),
                ));
            }
            x += width;
        }
        let words: Vec<String> = counts
            .iter()
            .filter(|c| c.count > 0 && c.change != Change::Unchanged)
            .map(|c| format!("{} {}", c.count, c.change.word()))
            .collect();
        body.push_str(&format!(
            "<text class=\"value wide\" x=\"{}\" y=\"{}\">{}</text>",
            percent(x + 10),
            y + 16,
            if words.is_empty() { "the same".to_owned() } else { words.join(", ") }
        ));
    }
    fluid("changes", label, rows.len() * height, &body)
}

/// Thousandths of the width, as SVG has them.
fn percent(thousandths: usize) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// A picture as wide as its place, with text that keeps its size.
fn fluid(class: &str, label: &str, height: usize, body: &str) -> String {
    format!(
        "<svg class=\"picture {class}\" width=\"100%\" height=\"{height}\" role=\"group\" aria-label=\"{}\">{body}</svg>",
        escaped(label)
    )
}

/// `image`: nothing in it can be followed, so it is one thing to a screen reader.
fn svg(class: &str, label: &str, (width, height): (usize, usize), body: &str, image: bool) -> String {
    let role = if image { "img" } else { "group" };
    format!(
        "<svg class=\"picture {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"{role}\" aria-label=\"{}\">{body}</svg>",
        escaped(label)
    )
}

/// A text, escaped, and cut where it would not fit.
fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return escaped(text);
    }
    let head: String = text.chars().take(letters.saturating_sub(1)).collect();
    escaped(head.trim_end()) + "…"
}
