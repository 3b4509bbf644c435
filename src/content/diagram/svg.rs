//! What may be in a diagram's SVG. It has no ids: arrow heads, which the renderer keeps as markers with an id, are drawn
//! where they are, so nothing in one picture can clash with another or with the page.

use super::theme::colour;
use crate::content::markup::{Attribute, Rules};

/// The rules for one picture.
#[derive(Debug, Default)]
pub struct Svg {
    /// The way of the line whose attributes were read last, and its heads: at its start or not, and their marker.
    way: String,
    heads: Vec<(bool, String)>,
    stroke: String,
}

const ELEMENTS: [&str; 11] =
    ["a", "circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text", "tspan"];

/// Attributes with numbers and words that say where and how large something is.
const PLAIN: [&str; 33] = [
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "fill-opacity",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "opacity",
    "points",
    "r",
    "rx",
    "ry",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "transform",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
    "alignment-baseline",
    "fill-rule",
];

impl Rules for Svg {
    fn element(&self, name: &str) -> bool {
        ELEMENTS.contains(&name)
    }

    fn is_left_out(&self, element: &str) -> bool {
        // The title of a link would be its name instead of the words that are seen.
        matches!(element, "defs" | "title")
    }

    fn attribute(&mut self, element: &str, key: &str, value: &str) -> Attribute {
        match key {
            "fill" | "stroke" => {
                let colour = colour(key, value);
                if key == "stroke" {
                    self.stroke.clone_from(&colour);
                }
                Attribute::Keep(colour)
            }
            "marker-start" | "marker-end" => {
                let marker = value.trim_start_matches("url(#").trim_end_matches(')');
                self.heads.push((key == "marker-start", marker.to_owned()));
                Attribute::Drop
            }
            "style" => Attribute::Refuse("a style of its own".to_owned()),
            "href" if element == "a" => Attribute::Link(value.to_owned()),
            _ if PLAIN.contains(&key) && is_plain(value) => {
                if key == "d" {
                    value.clone_into(&mut self.way);
                }
                Attribute::Keep(value.to_owned())
            }
            _ => Attribute::Drop,
        }
    }

    fn after(&mut self) -> String {
        let stroke = std::mem::take(&mut self.stroke);
        let way = std::mem::take(&mut self.way);
        let heads = std::mem::take(&mut self.heads);
        heads.iter().filter_map(|(start, marker)| head(marker, &way, *start, &stroke)).collect()
    }
}

/// Numbers and names, which no URL can be made of.
fn is_plain(value: &str) -> bool {
    value.bytes().all(|b| {
        b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b',' | b'-' | b'+' | b'(' | b')' | b'%')
    }) && !value.contains("url")
}

/// The head of an arrow at one end of a line.
fn head(marker: &str, way: &str, at_start: bool, colour: &str) -> Option<String> {
    let name = marker.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let (shape, middle, scale, filled) = match name {
        "arrow" => ("M0 0L10 5L0 10z", (5, 5), "0.8", true),
        "arrow-start" => ("M0 5L10 10L10 0z", (4, 5), "0.8", true),
        "arrow-seq" => ("M-1 0L10 5L0 10z", (8, 5), "1", true),
        "arrow-start-seq" => ("M11 0L0 5L11 10z", (2, 5), "1", true),
        "arrow-state" => ("M19 7L9 13L14 7L9 1z", (19, 7), "1", true),
        "arrow-class-open" => ("M1 7L18 13V1z", (1, 7), "1", false),
        "arrow-class-open-start" => ("M1 7L18 13V1z", (18, 7), "1", false),
        "arrow-class-dep" => ("M18 7L9 13L14 7L9 1z", (13, 7), "1", true),
        "arrow-class-dep-start" => ("M5 7L9 13L1 7L9 1z", (6, 7), "1", true),
        _ => return None,
    };
    let points = points(way);
    let mut ends: Vec<(f32, f32)> = if at_start { points } else { points.into_iter().rev().collect() };
    ends.dedup();
    let (&(x, y), &(from_x, from_y)) = (ends.first()?, ends.get(1)?);
    let turn = if at_start { (from_y - y).atan2(from_x - x) } else { (y - from_y).atan2(x - from_x) };
    let fill = if filled { colour } else { "var(--diagram-paper)" };
    Some(format!(
        "<path d=\"{shape}\" transform=\"translate({x:.2} {y:.2}) rotate({:.1}) scale({scale}) translate(-{} -{})\" \
         fill=\"{fill}\" stroke=\"{colour}\"/>",
        turn.to_degrees(),
        middle.0,
        middle.1
    ))
}

/// The points of a way of straight lines and curves; those that guide a curve give its direction at its ends.
fn points(way: &str) -> Vec<(f32, f32)> {
    let numbers: Vec<f32> = way
        .split(|c: char| c.is_ascii_alphabetic() || c == ',' || c.is_whitespace())
        .filter_map(|number| number.parse().ok())
        .collect();
    numbers.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::Svg;
    use crate::content::markup::{Markup, rewrite};

    fn svg(inner: &str) -> Result<String, String> {
        rewrite(&format!("<svg>{inner}</svg>"), &mut Svg::default()).map(|markup| markup.inner)
    }

    #[test]
    fn what_could_run_or_load_is_not_published() {
        for wrong in [
            "<script>a()</script>",
            "<foreignObject><p/></foreignObject>",
            "<image href=\"https://a.example/a.png\"/>",
            "<use href=\"#a\"/>",
            "<style>a{}</style>",
            "<rect style=\"fill:red\"/>",
            "<!-- a -->",
            "<rect>",
            "<animate/>",
        ] {
            assert!(svg(wrong).is_err(), "{wrong}");
        }
        let dropped = "<rect onclick=\"a()\" id=\"x\" class=\"y\" data-a=\"b\" fill=\"url(https://a.example)\" d=\"url(#a)\"/>";
        assert_eq!(svg(dropped).as_deref(), Ok("<rect fill=\"var(--diagram-group)\"/>"));
    }

    #[test]
    fn a_link_is_left_to_the_caller() {
        let source = "<svg><a href=\"javascript:a()\"><text>A &amp; B</text></a></svg>";
        let expected = Markup {
            inner: "<a><text>A &amp; B</text></a>".to_owned(),
            links: vec![(2, "javascript:a()".to_owned())],
            text: "A&B".to_owned(),
        };
        assert_eq!(rewrite(source, &mut Svg::default()), Ok(expected));
    }

    #[test]
    fn a_marker_is_drawn_where_it_is() {
        let line = "<defs><marker id=\"arrow-0\"><path d=\"M0 0\"/></marker></defs>\
                    <path d=\"M 0,0 L 10,0\" stroke=\"var(--diagram-line)\" marker-end=\"url(#arrow-0)\"/>";
        assert_eq!(
            svg(line).as_deref(),
            Ok("<path d=\"M 0,0 L 10,0\" stroke=\"var(--diagram-line)\"/><path d=\"M0 0L10 5L0 10z\" \
                transform=\"translate(10.00 0.00) rotate(0.0) scale(0.8) translate(-5 -5)\" \
                fill=\"var(--diagram-line)\" stroke=\"var(--diagram-line)\"/>")
        );
    }
}
