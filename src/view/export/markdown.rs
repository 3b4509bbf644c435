//! Parts of a framework as Markdown that reads well anywhere: our own notation becomes ordinary links.

use super::row::{in_one, written};
use crate::content::address::Address;
use crate::content::framework::field::FieldValue;
use crate::site::framework::Change;
use crate::site::handle::{AspectRef, CellRef, DimensionRef, StageRef};
use crate::view::context::PageContext;

/// A Markdown text that is being written.
pub struct Markdown(String);

impl Markdown {
    /// Under a title.
    pub fn titled(title: &str) -> Self {
        Self(format!("# {title}\n"))
    }

    /// A heading.
    pub fn heading(&mut self, level: usize, title: &str) {
        self.0.push_str(&format!("\n{} {title}\n", "#".repeat(level)));
    }

    /// A text of its own; nothing of an empty one.
    pub fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.0.push_str(&format!("\n{}\n", text.trim()));
        }
    }

    /// A dimension, its heading left out; its aspects get headings of a level.
    pub fn dimension<'a>(&mut self, cx: &PageContext<'a>, dimension: DimensionRef<'a>, level: usize) {
        let content = dimension.content();
        self.paragraph(&portable(cx, &content.intro.source));
        for stage in dimension.framework().stages() {
            if let Some(objective) = dimension.objective(stage) {
                self.paragraph(&format!("**{}**: {}", stage.title(), portable(cx, &objective.source)));
            }
        }
        for aspect in dimension.aspects() {
            self.heading(level, aspect.title());
            self.paragraph(&portable(cx, &aspect.content().description.source));
            self.fields(cx, &aspect.content().own);
            self.0.push('\n');
            for cell in aspect.cells() {
                self.cell(cx, cell.stage().title(), cell);
            }
        }
    }

    /// What a dimension asks for at a stage.
    pub fn dimension_at<'a>(
        &mut self,
        cx: &PageContext<'a>,
        dimension: DimensionRef<'a>,
        stage: StageRef<'a>,
    ) {
        if dimension.asked(stage) == 0 {
            return;
        }
        self.heading(2, dimension.title());
        if let Some(objective) = dimension.objective(stage) {
            self.paragraph(&portable(cx, &objective.source));
        }
        self.0.push('\n');
        for cell in dimension.aspects().flat_map(|aspect| aspect.holding(stage)) {
            let title = cell.aspect().title();
            if cell.stage() == stage {
                self.cell(cx, title, cell);
            } else {
                self.cell(cx, &format!("{title} ({})", cell.stage().title()), cell);
            }
        }
    }

    /// How an aspect changes.
    pub fn change<'a>(
        &mut self,
        cx: &PageContext<'a>,
        aspect: AspectRef<'a>,
        change: Change,
        before: &[CellRef<'a>],
        after: &[CellRef<'a>],
    ) {
        self.heading(
            2,
            &format!(
                "{}: {} ({})",
                aspect.dimension().title(),
                aspect.title(),
                cx.phrase(change.word(), &[])
            ),
        );
        let from = in_one(before);
        if !from.is_empty() {
            self.paragraph(&from);
        }
        self.0.push('\n');
        for cell in after {
            self.cell(cx, cell.stage().title(), *cell);
        }
    }

    /// A cell as an item of a list.
    fn cell<'a>(&mut self, cx: &PageContext<'a>, title: &str, cell: CellRef<'a>) {
        if cell.is_nothing() {
            if !cell.content().written.is_empty() {
                self.0.push_str(&format!("- **{title}**: {}\n", cell.content().written));
            }
            return;
        }
        for activity in cell.activities() {
            let a = activity.content;
            let text = if a.text.source.is_empty() { activity.brief() } else { portable(cx, &a.text.source) };
            self.0.push_str(&format!("- **{title}**: {}\n", indented(&text)));
            let details = portable(cx, &a.details.source);
            if !details.is_empty() {
                self.0.push_str(&format!("\n  {}\n\n", indented(&details)));
            }
            for value in a.own.iter().chain(cell.own()) {
                self.0.push_str(&format!("  - {}: {}\n", value.title, indented(&written(cx, value))));
            }
        }
    }

    fn fields(&mut self, cx: &PageContext<'_>, values: &[FieldValue]) {
        for value in values {
            self.paragraph(&format!("**{}**: {}", value.title, written(cx, value)));
        }
    }

    /// The text, ending with one line break.
    pub fn finish(self) -> String {
        format!("{}\n", self.0.trim_end())
    }
}

/// A text that goes on as part of a list's item.
fn indented(text: &str) -> String {
    text.trim().replace('\n', "\n  ")
}

/// A text with references in ordinary Markdown, as seen from the page. What is no reference stays as it is.
pub fn portable(cx: &PageContext<'_>, source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("[[") {
        let found = after.split_once("]]").and_then(|(inner, after)| Some((link(cx, inner)?, after)));
        let Some((link, after)) = found else {
            out.push_str(before);
            out.push_str("[[");
            rest = after;
            continue;
        };
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        out.push_str(&link);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands between double brackets, as a link.
fn link(cx: &PageContext<'_>, inner: &str) -> Option<String> {
    let (address, label) = inner.split_once('|').map_or((inner, None), |(a, label)| (a, Some(label)));
    let referent = cx.site().resolve(&Address::parse(address).ok()?).ok()?;
    let href = cx.links().target(&referent.place()?);
    Some(format!("[{}]({href})", label.map_or_else(|| referent.label(), str::to_owned)))
}
