//! Parts of a framework as Markdown that reads well anywhere: our own notation becomes ordinary links.

use super::portable::portable;
use super::row::{in_one, written};
use crate::content::framework::field::{FieldContent, FieldValue};
use crate::content::listed::Listed;
use crate::site::framework::Change;
use crate::site::handle::{ActivityRef, AspectRef, CellRef, DimensionRef, StageRef};
use crate::view::context::PageContext;
use crate::view::link::Noted;

/// A Markdown text that is being written.
#[derive(Default)]
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
        self.fields(cx, &content.own);
        for stage in dimension.framework().stages() {
            if let Some(objective) = dimension.objective(stage) {
                self.paragraph(&format!("**{}**: {}", stage.title(), portable(cx, &objective.source)));
            }
            if let Some(long) = dimension.objective_text(stage) {
                self.paragraph(&portable(cx, &cx.site().text_source(long)));
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
    pub fn cell<'a>(&mut self, cx: &PageContext<'a>, title: &str, cell: CellRef<'a>) {
        if cell.is_nothing() {
            if !cell.content().written.is_empty() {
                self.0.push_str(&format!("- **{title}**: {}\n", cell.content().written));
            }
            return;
        }
        for activity in cell.activities() {
            self.activity(cx, title, activity);
        }
        if let Some(own) = cell.text() {
            // Of its only activity it has been told already that it is there.
            let told = portable(cx, &cx.site().text_source(own));
            if cell.activities().any(|a| a.content.source().is_empty()) {
                self.0.push_str(&format!("- **{title}**: {}\n", indented(&told, 1)));
            } else if !told.is_empty() {
                self.0.push_str(&format!("\n  {}\n\n", indented(&told, 1)));
            }
            self.values(cx, &own.own);
        }
    }

    /// An activity as an item of a list, with all that is said of it below.
    pub fn activity<'a>(&mut self, cx: &PageContext<'a>, title: &str, activity: ActivityRef<'a>) {
        let a = activity.content;
        if a.source().is_empty() {
            return;
        }
        self.0.push_str(&format!("- **{title}**: {}", indented(&portable(cx, a.source()), 1)));
        let rating = |key: &str, n: u8| cx.phrase(key, &[("rating", &n)]);
        let rated = [
            a.must.then(|| cx.phrase("must", &[])),
            a.effort.map(|n| rating("effort", n)),
            a.impact.map(|n| rating("impact", n)),
        ];
        let rated: Vec<String> = rated.into_iter().flatten().collect();
        if !rated.is_empty() {
            self.0.push_str(&format!(" ({})", rated.join(", ")));
        }
        self.0.push('\n');
        if !a.text.source.is_empty() && !a.details.source.is_empty() {
            self.0.push_str(&format!("\n  {}\n\n", indented(&portable(cx, &a.details.source), 1)));
        }
        for question in &a.questions {
            self.0.push_str(&format!("  - {}\n", indented(&portable(cx, &question.ask.source), 2)));
            for criterion in &question.criteria {
                self.0.push_str(&format!("    - {}\n", indented(&portable(cx, &criterion.source), 3)));
            }
        }
        let links = a.links.iter().map(|link| linked(cx, link)).collect::<Vec<_>>().join(", ");
        if !links.is_empty() {
            self.0.push_str(&format!("  - {}\n", cx.phrase("more", &[("links", &links)])));
        }
        let needs: Vec<String> = cx
            .addresses(&a.depends_on)
            .iter()
            .map(|link| format!("[{}]({})", link.title, link.href))
            .collect();
        if !needs.is_empty() {
            self.0.push_str(&format!("  - {}\n", cx.phrase("needs-first", &[("links", &needs.join(", "))])));
        }
        self.values(cx, &a.own);
    }

    /// Values of fields as items below an item.
    fn values(&mut self, cx: &PageContext<'_>, values: &[FieldValue]) {
        for value in values {
            match &value.content {
                FieldContent::List(items) => {
                    self.0.push_str(&format!("  - {}:\n", value.title));
                    for item in items {
                        self.0.push_str(&format!("    - {}\n", indented(&portable(cx, &item.source), 3)));
                    }
                }
                _ => self.0.push_str(&format!("  - {}: {}\n", value.title, indented(&shown(cx, value), 2))),
            }
        }
    }

    fn fields(&mut self, cx: &PageContext<'_>, values: &[FieldValue]) {
        for value in values {
            let text = shown(cx, value);
            let apart = if text.contains('\n') { "\n\n" } else { " " };
            self.paragraph(&format!("**{}**:{apart}{text}", value.title));
        }
    }

    /// The text, ending with one line break.
    pub fn finish(self) -> String {
        format!("{}\n", self.0.trim_end())
    }
}

/// A text that goes on as part of an item of a list so many deep.
fn indented(text: &str, depth: usize) -> String {
    let lines: Vec<&str> = text.trim().lines().collect();
    let below = "  ".repeat(depth);
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&below);
            }
        }
        out.push_str(line);
    }
    out
}

/// The value of a field, its links made ordinary ones.
fn shown(cx: &PageContext<'_>, value: &FieldValue) -> String {
    match &value.content {
        FieldContent::Links(links) => {
            links.iter().map(|link| linked(cx, link)).collect::<Vec<_>>().join(", ")
        }
        FieldContent::List(items) => {
            let items = items.iter().map(|item| format!("- {}", indented(&portable(cx, &item.source), 1)));
            items.collect::<Vec<_>>().join("\n")
        }
        _ => written(cx, value),
    }
}

/// A listed link as an ordinary one.
fn linked(cx: &PageContext<'_>, link: &Listed) -> String {
    let list = cx.listed([link]);
    let links = list.here.iter().chain(&list.elsewhere);
    let one = |link: &Noted| match &link.note {
        Some(note) => format!("[{}]({}) ({note})", link.title, link.href),
        None => format!("[{}]({})", link.title, link.href),
    };
    links.map(one).collect()
}
