//! How diagrams look: the renderer's colours become variables of the theme, so one picture is right in light, dark and print.

use mermaid_rs_renderer::RenderOptions;

/// No font has this name, so the widths of letters come from the renderer's own table and not from the fonts of the machine
/// (`fast_text_metrics` alone asks them for letters beyond ASCII and for the columns of tables). Also what is refused when
/// a text asks for it.
const NO_FONT: &str = "guidepost-diagram";

/// The options of every diagram.
pub fn options() -> RenderOptions {
    let mut options = RenderOptions::modern();
    options.layout.fast_text_metrics = true;
    let theme = &mut options.theme;
    theme.font_family = NO_FONT.to_owned();
    let set = |colour: &mut String, name: &str| *colour = format!("var(--diagram-{name})");
    set(&mut theme.background, "paper");
    set(&mut theme.edge_label_background, "paper");
    set(&mut theme.primary_color, "node");
    set(&mut theme.secondary_color, "group");
    set(&mut theme.tertiary_color, "paper");
    set(&mut theme.primary_text_color, "text");
    set(&mut theme.text_color, "text");
    set(&mut theme.primary_border_color, "edge");
    set(&mut theme.line_color, "line");
    set(&mut theme.cluster_background, "group");
    set(&mut theme.cluster_border, "group-edge");
    set(&mut theme.sequence_actor_fill, "node");
    set(&mut theme.sequence_actor_border, "edge");
    set(&mut theme.sequence_actor_line, "group-edge");
    set(&mut theme.sequence_note_fill, "note");
    set(&mut theme.sequence_note_border, "note-edge");
    set(&mut theme.sequence_activation_fill, "group");
    set(&mut theme.sequence_activation_border, "edge");
    options
}

/// A colour as it is published. The few that the renderer chooses by itself have a variable too; whatever else there may be
/// becomes the quietest colour, for it would not hold on a dark page.
pub fn colour(key: &str, written: &str) -> String {
    let is_ours = written
        .strip_prefix("var(--diagram-")
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    if is_ours || matches!(written, "none" | "transparent") {
        return written.to_owned();
    }
    let name = match (key, written.to_ascii_lowercase().as_str()) {
        // The badges of keys.
        (_, "#1d4ed8" | "#0f766e" | "#7c3aed" | "#475569") => "badge",
        (_, "#ffffff") => "badge-text",
        ("stroke", _) => "group-edge",
        _ => "group",
    };
    format!("var(--diagram-{name})")
}
