//! What texts embed, as Markdown.

use super::markdown::Markdown;
use super::row::in_one;
use super::url::url;
use crate::content::html::plain;
use crate::site::framework::Change;
use crate::site::handle::{AspectRef, CellRef, FrameworkRef, StageRef};
use crate::site::pages::Destination;
use crate::site::referent::Referent;
use crate::view::context::PageContext;

/// What stands over an embed: a link to what it shows.
pub fn title(cx: &PageContext<'_>, referent: &Referent<'_>) -> Option<String> {
    let to = Destination::Page(referent.place()?);
    Some(format!("**[{}]({})**", referent.label(), url(cx, &to)))
}

/// What an embed of a part of a framework or of a term shows. Nothing of what cannot be embedded, and of pages, whose texts
/// hold embeds of their own.
pub fn markdown<'a>(cx: &mut PageContext<'a>, referent: &Referent<'a>) -> Option<String> {
    let title = |cx: &PageContext<'a>| title(cx, referent);
    Some(match referent {
        Referent::Framework(framework, _) => stages(cx, *framework),
        Referent::Stage(stage, _) => format!("{}{}", title(cx)?, told(*stage)),
        Referent::Comparison(comparison) => {
            let mut out = format!("{}\n", title(cx)?);
            let (from, to) = (comparison.from(), comparison.to());
            for aspect in comparison.framework().aspects() {
                let change = comparison.change(aspect);
                if change == Change::Unchanged {
                    continue;
                }
                let (before, after) = compared(aspect, from, to);
                let change = cx.phrase(change.word(), &[]);
                let what = format!("{}: {} ({change})", aspect.dimension().title(), aspect.title());
                let cells = [before, after].map(|cells| in_one(&cells)).map(|text| text.replace('\n', " "));
                let [before, after] = cells;
                let arrow = if before.is_empty() || after.is_empty() { "" } else { " → " };
                out.push_str(&format!("\n- **{what}**: {before}{arrow}{after}"));
            }
            out
        }
        Referent::Dimension(dimension, range, _) => {
            let table = table(cx, dimension.framework(), *range, &mut dimension.aspects());
            format!("{}\n\n{table}", title(cx)?)
        }
        Referent::Aspect(aspect, range, _) => {
            let table = table(cx, aspect.framework(), *range, &mut std::iter::once(*aspect));
            format!("{}\n\n{table}", title(cx)?)
        }
        Referent::Cell(cell, activity) => {
            let mut out = Markdown::default();
            match activity.and_then(|number| cell.activities().nth(number)) {
                Some(activity) => out.activity(cx, &referent.label(), activity),
                None => out.cell(cx, &referent.label(), *cell),
            }
            out.finish()
        }
        Referent::Term(term) => plain(&term.content()?.definition.html),
        Referent::Group(_) | Referent::Page(..) => return None,
    })
}

/// What stands on either side of a comparison.
fn compared<'a>(
    aspect: AspectRef<'a>,
    from: StageRef<'a>,
    to: StageRef<'a>,
) -> (Vec<CellRef<'a>>, Vec<CellRef<'a>>) {
    if aspect.framework().is_cumulative() {
        (Vec::new(), aspect.beyond(from, to).collect())
    } else {
        (vec![aspect.cell(from)], vec![aspect.cell(to)])
    }
}

/// What is said of a stage in a line.
fn told(stage: StageRef<'_>) -> String {
    let content = stage.content();
    let facts = content.facts.iter().map(|(name, value)| format!("{name}: {value}"));
    let told: Vec<String> = content.name.iter().chain(&content.summary).cloned().chain(facts).collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join("; ")) }
}

/// A framework's stages, an item each.
fn stages(cx: &PageContext<'_>, framework: FrameworkRef<'_>) -> String {
    let item = |stage: StageRef<'_>| {
        let to = Referent::Stage(stage, None).place().map(|place| url(cx, &Destination::Page(place)));
        format!("- **[{}]({})**{}", stage.title(), to.unwrap_or_default(), told(stage))
    };
    framework.stages().map(item).collect::<Vec<_>>().join("\n")
}

/// Aspects at the stages from one to another, or at all of them.
fn table<'a>(
    cx: &PageContext<'a>,
    framework: FrameworkRef<'a>,
    range: Option<(StageRef<'a>, StageRef<'a>)>,
    aspects: &mut dyn Iterator<Item = AspectRef<'a>>,
) -> String {
    let is_shown = |stage: &StageRef<'a>| range.is_none_or(|(from, to)| from <= *stage && *stage <= to);
    let stages: Vec<StageRef<'a>> = framework.stages().filter(is_shown).collect();
    let titles: Vec<String> = stages.iter().map(|stage| in_cell(stage.title())).collect();
    let head = in_cell(&framework.texts().get("aspect-column"));
    let mut out = format!("| {head} | {} |\n|{}\n", titles.join(" | "), " --- |".repeat(titles.len() + 1));
    for aspect in aspects {
        let to = Referent::Aspect(aspect, None, None).place().map(|place| url(cx, &Destination::Page(place)));
        let cells: Vec<String> =
            stages.iter().map(|stage| in_cell(&in_one(&[aspect.cell(*stage)]))).collect();
        let (title, to) = (in_cell(aspect.title()), to.unwrap_or_default());
        out.push_str(&format!("| [{title}]({to}) | {} |\n", cells.join(" | ")));
    }
    out
}

/// A text as a table's cell holds it.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
