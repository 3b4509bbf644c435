//! A framework put together from its files: every aspect has a cell for every stage, in order.

use crate::content::address::{AspectId, DimensionId, FrameworkId, StageId};
use crate::content::document::Text;
use crate::content::framework::{AspectContent, Cell, DimensionContent, FrameworkContent, StageContent};
use crate::content::{Content, Parsed};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::SourcePath;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Beyond this many stages only some pairs have a comparison.
const MOST_STAGES_COMPARED: usize = 20;

/// A framework with all that belongs to it.
#[derive(Debug)]
pub struct Framework {
    /// Its folder's name.
    pub id: FrameworkId,
    /// Its own file.
    pub content: Arc<FrameworkContent>,
    /// Its dimensions, in the order the framework lists them.
    pub dimensions: Vec<Dimension>,
    /// The text of its overview.
    pub text: Option<Arc<Text>>,
    /// The text of each stage.
    pub stage_texts: Vec<Option<Arc<Text>>>,
    /// The texts of comparisons, by the numbers of their stages.
    pub comparison_texts: BTreeMap<(usize, usize), Arc<Text>>,
}

/// A dimension with all that belongs to it.
#[derive(Debug)]
pub struct Dimension {
    /// Its file's name.
    pub id: DimensionId,
    /// Its file.
    pub content: Arc<DimensionContent>,
    /// Its text.
    pub text: Option<Arc<Text>>,
    /// Its rows.
    pub aspects: Vec<Aspect>,
}

/// A row with a cell for each stage.
#[derive(Debug)]
pub struct Aspect {
    content: Arc<DimensionContent>,
    index: usize,
    /// For each stage, the number of the written cell.
    cells: Vec<Option<usize>>,
    /// Its text.
    pub text: Option<Arc<Text>>,
    /// The texts of its cells, by stage.
    pub cell_texts: BTreeMap<usize, Arc<Text>>,
}

static NOTHING: std::sync::LazyLock<Cell> = std::sync::LazyLock::new(Cell::default);

impl Aspect {
    /// What its file says of it.
    pub fn content(&self) -> &AspectContent {
        &self.content.aspects[self.index]
    }

    /// Its identifier.
    pub fn id(&self) -> &AspectId {
        &self.content().id
    }

    /// The cell of a stage; an empty one where none is written.
    pub fn cell(&self, stage: usize) -> &Cell {
        match self.cells.get(stage).copied().flatten() {
            Some(i) => &self.content().cells[i].1,
            None => &NOTHING,
        }
    }

    /// The first stage from `from` on that asks for something.
    pub fn next_something(&self, from: usize) -> Option<usize> {
        (from..self.cells.len()).find(|s| !self.cell(*s).is_nothing())
    }

    /// How a stage differs from an earlier one.
    pub fn change(&self, from: usize, to: usize) -> Change {
        Change::between(self.cell(from), self.cell(to))
    }

    /// The next stage after `stage` that asks for something else.
    pub fn next_change(&self, stage: usize) -> Option<usize> {
        (stage + 1..self.cells.len()).find(|s| self.change(stage, *s) != Change::Unchanged)
    }
}

/// How a cell differs from the same aspect's cell at another stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// There was nothing before.
    New,
    /// There was something else before.
    Changed,
    /// It is the same.
    Unchanged,
    /// There is nothing any more.
    Dropped,
}

impl Change {
    /// All changes, in the order they are counted.
    pub const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Unchanged, Self::Dropped];

    /// How `to` differs from `from`.
    pub fn between(from: &Cell, to: &Cell) -> Self {
        match (from.is_nothing(), to.is_nothing()) {
            (true, true) => Self::Unchanged,
            (true, false) => Self::New,
            (false, true) => Self::Dropped,
            (false, false) if from.same_as(to) => Self::Unchanged,
            (false, false) => Self::Changed,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Dropped => "dropped",
        }
    }
}

impl Framework {
    /// Its stages in order.
    pub fn stages(&self) -> &[StageContent] {
        &self.content.stages
    }

    /// The pairs of stages that have a comparison, the earlier first: all of them, or with very many stages
    /// neighbours, and the first with the last.
    pub fn compared(&self) -> Vec<(usize, usize)> {
        let count = self.stages().len();
        if self.compares_all() {
            return (0..count).flat_map(|a| (a..count).skip(1).map(move |b| (a, b))).collect();
        }
        let neighbours = (1..count).map(|b| (b.saturating_sub(1), b));
        neighbours.chain([(0, count.saturating_sub(1))]).collect()
    }

    /// Does every pair of stages have a comparison? Their number grows with the square of the stages'.
    pub fn compares_all(&self) -> bool {
        self.stages().len() <= MOST_STAGES_COMPARED
    }

    /// Does any pair of stages have a comparison?
    pub fn is_compared(&self) -> bool {
        self.stages().len() > 1
    }

    /// The number of a stage.
    pub fn stage(&self, id: &StageId) -> Option<usize> {
        self.stages().iter().position(|s| s.id == *id)
    }

    /// The number of a dimension.
    pub fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.iter().position(|d| d.id.as_str() == id)
    }

    /// All aspects, with the number of their dimension and their own.
    pub fn aspects(&self) -> impl Iterator<Item = (usize, usize, &Aspect)> {
        self.dimensions.iter().enumerate().flat_map(|(d, dimension)| {
            dimension.aspects.iter().enumerate().map(move |(a, aspect)| (d, a, aspect))
        })
    }
}

impl Dimension {
    /// The number of an aspect.
    pub fn aspect(&self, id: &str) -> Option<usize> {
        self.aspects.iter().position(|a| a.id().as_str() == id)
    }
}

/// Puts all frameworks together, in the order of their names.
pub fn assemble(
    content: &Content,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Framework> {
    let mut files: BTreeMap<FrameworkId, Arc<FrameworkContent>> = BTreeMap::new();
    let mut dimensions: BTreeMap<FrameworkId, Vec<(String, Arc<DimensionContent>)>> = BTreeMap::new();
    let mut texts: Vec<(&FrameworkId, &SourcePath)> = Vec::new();
    for parsed in &content.parsed {
        match parsed {
            Parsed::Framework(id, f) => {
                files.insert(id.clone(), Arc::clone(f));
            }
            Parsed::Dimension(id, name, d) => {
                dimensions.entry(id.clone()).or_default().push((name.clone(), Arc::clone(d)));
            }
            Parsed::Text(id, _, text) => texts.push((id, &text.file)),
            _ => {}
        }
    }
    let strays =
        dimensions.iter().flat_map(|(id, list)| list.iter().map(move |(_, d)| (id, &d.file))).chain(texts);
    // A framework whose own file cannot be read has said so; its other files are not to blame.
    for (id, file) in strays.filter(|(id, _)| !files.contains_key(id)) {
        let own = format!("content/frameworks/{id}/framework.toml");
        if !diagnostics.iter().any(|d| d.file.as_str() == own)
            && !content.diagnostics.iter().any(|d| d.file.as_str() == own)
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::UnknownFramework,
                    file,
                    format!("there is no framework in `frameworks/{id}`"),
                )
                .help(format!("add `{own}`, or move this file elsewhere")),
            );
        }
    }
    files
        .into_iter()
        .map(|(id, file)| {
            let dimensions = dimensions.remove(&id).unwrap_or_default();
            one(id, file, dimensions, suggestions, diagnostics)
        })
        .collect()
}

fn one(
    id: FrameworkId,
    content: Arc<FrameworkContent>,
    files: Vec<(String, Arc<DimensionContent>)>,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Framework {
    let mut seen = HashSet::new();
    for stage in &content.stages {
        if !seen.insert(&stage.id) {
            diagnostics.push(duplicate(&content.file, stage.span, "stage", stage.id.as_str()));
        }
    }
    if content.stages.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, &content.file, "a framework needs stages")
                .help("add at least one `[[stages]]` table with a title"),
        );
    }
    let mut by_name: HashMap<&str, &Arc<DimensionContent>> =
        files.iter().map(|(n, d)| (n.as_str(), d)).collect();
    let mut stages: HashMap<&str, usize> = HashMap::new();
    for (i, stage) in content.stages.iter().enumerate() {
        stages.entry(stage.id.as_str()).or_insert(i);
    }
    let mut dimensions: Vec<Dimension> = Vec::new();
    let mut listed_before: HashSet<&DimensionId> = HashSet::new();
    for listed in &content.dimensions {
        if listed_before.contains(&listed.value) {
            diagnostics.push(duplicate(&content.file, listed.span, "dimension", listed.value.as_str()));
            continue;
        }
        match by_name.remove(listed.value.as_str()) {
            Some(file) => {
                listed_before.insert(&listed.value);
                let id = listed.value.clone();
                dimensions.push(dimension(id, file, &content, &stages, suggestions, diagnostics));
            }
            None => diagnostics.push(
                Diagnostic::new(
                    Code::UnknownDimension,
                    &content.file,
                    format!("the dimension `{}` has no file", listed.value),
                )
                .at(listed.span)
                .label("listed here")
                .help(
                    suggestions.suggest(
                        listed.value.as_str(),
                        "files without a place in the list",
                        by_name.keys().copied().collect::<std::collections::BTreeSet<_>>(),
                    ) + &format!("; it would be `{}/{}.toml`", content.file.folder(), listed.value),
                ),
            ),
        }
    }
    for (name, file) in files.iter().filter(|(name, _)| by_name.contains_key(name.as_str())) {
        diagnostics.push(
            Diagnostic::new(
                Code::UnlistedDimension,
                &file.file,
                format!("this dimension is not listed in {}", content.file.file_name()),
            )
            .help(format!("add `\"{name}\"` to `dimensions` where it belongs in the order")),
        );
    }
    Framework {
        stage_texts: vec![None; content.stages.len()],
        id,
        content,
        dimensions,
        text: None,
        comparison_texts: BTreeMap::new(),
    }
}

fn duplicate(file: &SourcePath, span: crate::span::Span, what: &str, id: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, file, format!("there are two {what}s `{id}`"))
        .at(span)
        .label("the second")
        .help("rename one of them, or give it another `id`")
}

fn dimension(
    id: DimensionId,
    content: &Arc<DimensionContent>,
    framework: &FrameworkContent,
    stages: &HashMap<&str, usize>,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Dimension {
    let mut seen = HashSet::new();
    let mut aspects = Vec::new();
    for (index, aspect) in content.aspects.iter().enumerate() {
        if !seen.insert(&aspect.id) {
            diagnostics.push(duplicate(&content.file, aspect.span, "aspect", aspect.id.as_str()));
        }
        let mut cells = vec![None; framework.stages.len()];
        for (i, (stage, _)) in aspect.cells.iter().enumerate() {
            match stages.get(stage.value.as_str()) {
                Some(s) => cells[*s] = Some(i),
                None => diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownStage,
                        &content.file,
                        format!("`{}` is not a stage of {}", stage.value, framework_name(&framework.file)),
                    )
                    .at(stage.span)
                    .label("no such stage")
                    .help(suggestions.suggest(
                        &stage.value,
                        "stages",
                        framework.stages.iter().map(|s| s.id.as_str()),
                    )),
                ),
            }
        }
        let missing: Vec<&str> = framework
            .stages
            .iter()
            .zip(&cells)
            .filter(|(_, cell)| cell.is_none())
            .map(|(stage, _)| stage.id.as_str())
            .collect();
        if !missing.is_empty() && !aspect.sparse {
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingCell,
                    &content.file,
                    format!("`{}` has no cell for {}", aspect.title, missing.join(", ")),
                )
                .at(aspect.span)
                .help(format!(
                    "write `at.{} = \"None\"` when nothing is to be done there, or `sparse = true` when all missing cells mean that",
                    missing[0]
                )),
            );
        }
        aspects.push(Aspect {
            content: Arc::clone(content),
            index,
            cells,
            text: None,
            cell_texts: BTreeMap::new(),
        });
    }
    Dimension { id, content: Arc::clone(content), text: None, aspects }
}

fn framework_name(file: &SourcePath) -> &str {
    file.folder().rsplit('/').next().unwrap_or_default()
}
