//! What is checked of frameworks once all their texts have found their places: a text can fill a cell.

use super::framework::{Aspect, Dimension, Framework};
use crate::content::framework::field::FieldValue;
use crate::content::framework::{Activity, FrameworkContent, Question};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::SourcePath;

/// Checks all frameworks. `found` is what was wrong with their files before.
pub fn check(
    frameworks: &[Framework],
    found: &[Diagnostic],
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let unknown: Vec<&Diagnostic> = found.iter().filter(|d| d.code == Code::UnknownKey).collect();
    for framework in frameworks {
        let mut check = Check { framework: &framework.content, unknown: &unknown, suggestions, diagnostics };
        framework.dimensions.iter().for_each(|dimension| check.dimension(dimension));
    }
}

struct Check<'a> {
    framework: &'a FrameworkContent,
    unknown: &'a [&'a Diagnostic],
    suggestions: &'a mut Budget,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn dimension(&mut self, dimension: &Dimension) {
        let file = &dimension.content.file;
        if let Some(text) = &dimension.text {
            self.twice(&dimension.content.own, &text.own, &text.file, file);
        }
        for aspect in &dimension.aspects {
            self.gaps(aspect, file);
            if let Some(text) = &aspect.text {
                self.twice(&aspect.content().own, &text.own, &text.file, file);
            }
            for stage in 0..self.framework.stages.len() {
                for activity in &aspect.cell(stage).activities {
                    self.activity(activity, aspect, stage, file);
                }
            }
        }
    }

    /// Reports stages without a cell, where each cell replaces the one before.
    fn gaps(&mut self, aspect: &Aspect, file: &SourcePath) {
        let content = aspect.content();
        if content.sparse || self.framework.cumulative {
            return;
        }
        let stages = self.framework.stages.iter().enumerate();
        let missing: Vec<&str> =
            stages.filter(|(i, _)| !aspect.has_cell(*i)).map(|(_, stage)| stage.id.as_str()).collect();
        let Some(first) = missing.first() else { return };
        self.diagnostics.push(
            Diagnostic::new(
                Code::MissingCell,
                file,
                format!("`{}` has no cell for {}", content.title, missing.join(", ")),
            )
            .at(content.span)
            .help(format!(
                "write `at.{first} = \"None\"` when nothing is to be done there, or `sparse = true` when all \
                 missing cells mean that"
            )),
        );
    }

    fn activity(&mut self, activity: &Activity, aspect: &Aspect, stage: usize, file: &SourcePath) {
        let text = aspect.cell_texts.get(&stage);
        if activity.is_bare() && text.is_none() && !self.has_unknown_key(activity, file) {
            let name = self.framework.stages.get(stage).map(|s| s.id.as_str()).unwrap_or_default();
            let id = aspect.id();
            self.diagnostics.push(
                Diagnostic::new(Code::MissingKey, file, "this cell says nothing").at(activity.span).help(
                    format!(
                        "give it a `text` or `details`, or tell it in a file of its own, `{id}@{name}.md`"
                    ),
                ),
            );
        }
        if let Some(text) = text {
            self.twice(&activity.own, &text.own, &text.file, file);
        }
        activity.questions.iter().for_each(|question| self.question(question, file));
    }

    /// Was a key told that means nothing here? Its value is then what the cell was to say.
    fn has_unknown_key(&self, activity: &Activity, file: &SourcePath) -> bool {
        let cell = activity.span;
        let is_within = |d: &&Diagnostic| {
            d.file == *file && d.span.is_some_and(|key| cell.start <= key.start && key.end <= cell.end)
        };
        self.unknown.iter().copied().any(|d| is_within(&d))
    }

    /// Reports fields that a text gives although the table gives them too.
    fn twice(
        &mut self,
        in_table: &[FieldValue],
        in_text: &[FieldValue],
        text: &SourcePath,
        table: &SourcePath,
    ) {
        for value in in_text.iter().filter(|value| in_table.iter().any(|own| own.id == value.id)) {
            let message = format!("`{}` is given here and in {}", value.id, table.file_name());
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateId, text, message)
                    .at(value.span)
                    .label("the second")
                    .help("keep one of the two"),
            );
        }
    }

    fn question(&mut self, question: &Question, file: &SourcePath) {
        let ids = || self.framework.scales.iter().map(|scale| scale.id.as_str());
        let (message, span, help) = match &question.scale {
            Some(scale) if ids().any(|id| id == scale.value.as_str()) => return,
            Some(scale) => (
                format!("there is no scale `{}`", scale.value),
                scale.span,
                self.suggestions.suggest(scale.value.as_str(), "scales", ids()),
            ),
            None if self.framework.scales.len() == 1 => return,
            None if self.framework.scales.is_empty() => (
                "this question has no scale to be answered on".to_owned(),
                question.span,
                "declare one in framework.toml: `[[scales]]` with an `id` and `answers`".to_owned(),
            ),
            None => (
                "this question does not say on which scale it is answered".to_owned(),
                question.span,
                format!("add `scale = \"...\"`; the scales are: {}", ids().collect::<Vec<_>>().join(", ")),
            ),
        };
        self.diagnostics.push(Diagnostic::new(Code::UnknownScale, file, message).at(span).help(help));
    }
}
