//! Puts frameworks together from their files.

use super::framework::{Aspect, Dimension, Framework};
use crate::content::address::{DimensionId, FrameworkId};
use crate::content::framework::{AspectContent, DimensionContent, FrameworkContent};
use crate::content::{Content, Parsed};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::{SourcePath, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The files of a framework's dimensions, by their names.
type Files = Vec<(String, Arc<DimensionContent>)>;

/// Puts all frameworks together, in the order of their names.
pub fn assemble(
    content: &Content,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Framework> {
    let mut own: BTreeMap<FrameworkId, Arc<FrameworkContent>> = BTreeMap::new();
    let mut dimensions: BTreeMap<FrameworkId, Files> = BTreeMap::new();
    let mut others: Vec<(&FrameworkId, &SourcePath)> = Vec::new();
    for parsed in &content.parsed {
        match parsed {
            Parsed::Framework(id, framework) => drop(own.insert(id.clone(), Arc::clone(framework))),
            Parsed::Dimension(id, name, dimension) => {
                dimensions.entry(id.clone()).or_default().push((name.clone(), Arc::clone(dimension)));
                others.push((id, &dimension.file));
            }
            Parsed::Text(id, _, text) => others.push((id, &text.file)),
            _ => {}
        }
    }
    for (id, file) in others.into_iter().filter(|(id, _)| !own.contains_key(id)) {
        let missing = format!("content/frameworks/{id}/framework.toml");
        // A framework whose own file cannot be read has said so; its other files are not to blame.
        if !diagnostics.iter().chain(&content.diagnostics).any(|d| d.file.as_str() == missing) {
            let message = format!("there is no framework in `frameworks/{id}`");
            diagnostics.push(
                Diagnostic::new(Code::UnknownFramework, file, message)
                    .help(format!("add `{missing}`, or move this file elsewhere")),
            );
        }
    }
    own.into_iter()
        .map(|(id, content)| {
            let files = dimensions.remove(&id).unwrap_or_default();
            Assembly { framework: &content, suggestions, diagnostics }.framework(id, &files)
        })
        .collect()
}

/// A framework that is being put together.
struct Assembly<'a> {
    framework: &'a Arc<FrameworkContent>,
    suggestions: &'a mut Budget,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Assembly<'_> {
    fn framework(mut self, id: FrameworkId, files: &Files) -> Framework {
        let content = self.framework;
        self.own_file();
        let mut by_name: HashMap<&str, &Arc<DimensionContent>> =
            files.iter().map(|(name, file)| (name.as_str(), file)).collect();
        let mut dimensions: Vec<Dimension> = Vec::new();
        for listed in &content.dimensions {
            let name = listed.value.as_str();
            if dimensions.iter().any(|d| d.id == listed.value) {
                self.duplicate(&content.file, listed.span, "dimension", name);
            } else if let Some(file) = by_name.remove(name) {
                dimensions.push(self.dimension(listed.value.clone(), file));
            } else {
                let names: BTreeSet<&str> = by_name.keys().copied().collect();
                let like = self.suggestions.suggest(name, "files without a place in the list", names);
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownDimension,
                        &content.file,
                        format!("the dimension `{name}` has no file"),
                    )
                    .at(listed.span)
                    .label("listed here")
                    .help(format!("{like}; it would be `{}/{name}.toml`", content.file.folder())),
                );
            }
        }
        for (name, file) in files.iter().filter(|(name, _)| by_name.contains_key(name.as_str())) {
            let message = format!("this dimension is not listed in {}", content.file.file_name());
            self.diagnostics.push(
                Diagnostic::new(Code::UnlistedDimension, &file.file, message)
                    .help(format!("add `\"{name}\"` to `dimensions` where it belongs in the order")),
            );
        }
        Framework {
            stage_texts: vec![None; content.stages.len()],
            id,
            content: Arc::clone(content),
            dimensions,
            text: None,
            comparison_texts: BTreeMap::new(),
        }
    }

    fn duplicate(&mut self, file: &SourcePath, span: Span, what: &str, id: &str) {
        self.diagnostics.push(
            Diagnostic::new(Code::DuplicateId, file, format!("there are two {what}s `{id}`"))
                .at(span)
                .label("the second")
                .help("rename one of them, or give it another `id`"),
        );
    }

    fn own_file(&mut self) {
        let content = self.framework;
        let mut seen = HashSet::new();
        for stage in content.stages.iter().filter(|stage| !seen.insert(&stage.id)) {
            self.duplicate(&content.file, stage.span, "stage", stage.id.as_str());
        }
        let mut seen = HashSet::new();
        for group in content.groups.iter().filter(|group| !seen.insert(&group.id)) {
            self.duplicate(&content.file, group.span, "group", group.id.as_str());
        }
        if content.stages.is_empty() {
            self.diagnostics.push(
                Diagnostic::new(Code::MissingKey, &content.file, "a framework needs stages")
                    .help("add at least one `[[stages]]` table with a title"),
            );
        }
    }

    fn dimension(&mut self, id: DimensionId, content: &Arc<DimensionContent>) -> Dimension {
        let mut seen = HashSet::new();
        let mut aspects = Vec::new();
        for (index, aspect) in content.aspects.iter().enumerate() {
            if !seen.insert(&aspect.id) {
                self.duplicate(&content.file, aspect.span, "aspect", aspect.id.as_str());
            }
            self.known_stages(&content.file, aspect.cells.iter().map(|(stage, _)| stage));
            aspects.push(Aspect {
                cells: self.cells(aspect),
                content: Arc::clone(content),
                index,
                text: None,
                cell_texts: BTreeMap::new(),
                from_texts: BTreeMap::new(),
            });
        }
        self.known_stages(&content.file, content.objectives.iter().map(|(stage, _)| stage));
        Dimension {
            id,
            group: self.group(content),
            content: Arc::clone(content),
            text: None,
            aspects,
            objective_texts: BTreeMap::new(),
        }
    }

    /// Reports stages that there are not.
    fn known_stages<'s>(&mut self, file: &SourcePath, named: impl Iterator<Item = &'s Spanned<String>>) {
        let framework = self.framework;
        let known = || framework.stages.iter().map(|s| s.id.as_str());
        let ids: HashSet<&str> = known().collect();
        for stage in named.filter(|stage| !ids.contains(stage.value.as_str())) {
            let name = framework.file.folder().rsplit('/').next().unwrap_or_default();
            let message = format!("`{}` is not a stage of {name}", stage.value);
            let help = self.suggestions.suggest(&stage.value, "stages", known());
            self.diagnostics.push(
                Diagnostic::new(Code::UnknownStage, file, message)
                    .at(stage.span)
                    .label("no such stage")
                    .help(help),
            );
        }
    }

    /// For each stage, the number of the cell that is written for it.
    fn cells(&self, aspect: &AspectContent) -> Vec<Option<usize>> {
        let written: HashMap<&str, usize> =
            aspect.cells.iter().enumerate().map(|(i, (stage, _))| (stage.value.as_str(), i)).collect();
        self.framework.stages.iter().map(|stage| written.get(stage.id.as_str()).copied()).collect()
    }

    /// The number of a dimension's group; reports one that the framework does not describe.
    fn group(&mut self, content: &DimensionContent) -> Option<usize> {
        let groups = &self.framework.groups;
        let named = content.group.as_ref().filter(|_| !groups.is_empty())?;
        let found = groups.iter().position(|group| group.id.as_str() == named.value);
        if found.is_none() {
            let help = self.suggestions.suggest(
                &named.value,
                "groups",
                groups.iter().map(|group| group.id.as_str()),
            );
            self.diagnostics.push(
                Diagnostic::new(
                    Code::UnknownGroup,
                    &content.file,
                    format!("`{}` is not among the framework's groups", named.value),
                )
                .at(named.span)
                .label("no such group")
                .help(help),
            );
        }
        found
    }
}
