//! One file's bytes to typed content, with a place for everything.
//!
//! Nothing here knows another file: what a reference leads to is left open for the site to decide. That is
//! what lets an unchanged file be kept (memo point 1, [`Memo`]).

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod address;
pub(crate) mod byte_size;
pub mod code;
pub(crate) mod conflict;
pub(crate) mod control;
pub mod data_table;
pub(crate) mod decode;
pub(crate) mod diagram;
pub mod document;
pub(crate) mod faq;
pub(crate) mod formula;
pub(crate) mod framework;
pub(crate) mod front_matter;

pub(crate) mod glossary;
pub(crate) mod guarded;
pub(crate) mod heading_id;
pub(crate) mod highlight;
pub(crate) mod html;
pub(crate) mod listed;
pub mod markdown;
pub(crate) mod markup;
pub(crate) mod playbook;
pub mod prose;
pub(crate) mod sentence;
pub mod slug;
pub(crate) mod snippet;
pub(crate) mod texts;
pub(crate) mod value;
pub(crate) mod words;
pub(crate) mod written;

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::hash::Hash;
use crate::layout::{CONTENT, WELL_KNOWN};
use crate::source::SourceFile;
use crate::span::SourcePath;
use crate::variables::is_named_in;
use address::FrameworkId;
use byte_size::ByteSize;
use document::{Document, Text};
use framework::field::Field;
use framework::{DimensionContent, FrameworkContent};
use glossary::Glossary;
use markdown::MarkdownOptions;
use rayon::prelude::*;
use snippet::Snippet;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What a file under `content/` is, by its place and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A page or a section's description.
    Document,
    /// A page under `playbooks/`.
    Playbook,
    /// `frameworks/NAME/framework.toml`
    Framework(FrameworkId),
    /// Another TOML file beside it; the name is the dimension's.
    Dimension(FrameworkId, String),
    /// A Markdown file below a framework; the text is its path there, without `.md`.
    Text(FrameworkId, String),
    /// `glossary.toml`
    Glossary,
    /// A Markdown file in `_snippets/`, shown where it is embedded.
    Snippet,
    /// Anything else is published as it is.
    Asset,
}

impl Role {
    /// The role of a file; `path` is relative to `content/`.
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        let markdown = |name: &str| name.strip_suffix(".md").map(str::to_owned);
        match parts.as_slice() {
            // What other programs look for there is published byte for byte.
            [WELL_KNOWN, ..] => Self::Asset,
            ["glossary.toml"] => Self::Glossary,
            ["frameworks", name, "framework.toml"] => Self::Framework(FrameworkId::new(*name)),
            ["frameworks", name, file] if file.ends_with(".toml") => {
                Self::Dimension(FrameworkId::new(*name), file.trim_end_matches(".toml").to_owned())
            }
            ["frameworks", name, rest @ ..] if !rest.is_empty() && path.ends_with(".md") => {
                let rest = rest.join("/");
                Self::Text(FrameworkId::new(*name), rest.trim_end_matches(".md").to_owned())
            }
            [snippet::FOLDER, .., name] if markdown(name).is_some() => Self::Snippet,
            ["playbooks", .., name]
                if markdown(name).is_some_and(|stem| stem != "index" && stem != "README") =>
            {
                Self::Playbook
            }
            ["playbooks", _, .., "index.md" | "README.md"] => Self::Playbook,
            [.., name] if markdown(name).is_some() => Self::Document,
            _ => Self::Asset,
        }
    }
}

/// A parsed file.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // named after what they hold
pub enum Parsed {
    Document(Arc<Document>),
    Framework(FrameworkId, Arc<FrameworkContent>),
    Dimension(FrameworkId, Spelled, Arc<DimensionContent>),
    Text(FrameworkId, Spelled, Arc<Text>),
    Glossary(Arc<Glossary>),
    Snippet(Arc<Snippet>),
    Nothing,
}

/// A name as the file system spells it.
pub type Spelled = String;

/// All content of a site, parsed, in the order of its paths.
#[derive(Debug, Default)]
pub struct Content {
    /// The parsed files.
    pub parsed: Vec<Parsed>,
    /// Files that are published as they are.
    pub assets: Vec<Arc<SourceFile>>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Content {
    /// The templates that pages ask for.
    pub fn templates(&self) -> BTreeSet<String> {
        let template = |parsed: &Parsed| match parsed {
            Parsed::Document(page) => page.front_matter.template.as_ref().map(|name| name.value.clone()),
            _ => None,
        };
        self.parsed.iter().filter_map(template).collect()
    }
}

/// Memo point 1: what each file was parsed to, kept under its bytes and what else parsing depends on.
#[derive(Debug, Default)]
pub struct Memo(HashMap<SourcePath, Kept>);

impl Memo {
    /// Pages without problems, which is what parsing spends its time on: file, key, page.
    pub fn pages(&self) -> impl Iterator<Item = (&SourcePath, Hash, &Arc<Document>)> {
        self.0.iter().filter_map(|(path, kept)| match &kept.parsed {
            Parsed::Document(page) if kept.diagnostics.is_empty() => Some((path, kept.key, page)),
            _ => None,
        })
    }

    /// Takes a page that an earlier run parsed without problems.
    pub fn insert(&mut self, path: SourcePath, key: Hash, page: Document) {
        self.0.insert(path, Kept { key, parsed: Parsed::Document(Arc::new(page)), diagnostics: Vec::new() });
    }
}

#[derive(Debug, Clone)]
struct Kept {
    key: Hash,
    parsed: Parsed,
    diagnostics: Vec<Diagnostic>,
}

/// Leaves out text files that are larger than `limit`, and reports them.
pub fn within_limit(
    files: &[Arc<SourceFile>],
    limit: ByteSize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<SourceFile>> {
    let is_text = |file: &SourceFile| {
        let path = file.path.as_str().strip_prefix(CONTENT).and_then(|p| p.strip_prefix('/'));
        path.is_some_and(|path| Role::of(path) != Role::Asset)
    };
    let mut within = Vec::new();
    for file in files {
        // What is larger than any text was not even read.
        if !is_text(file) || (file.size <= limit.0 && file.on_disk.is_none()) {
            within.push(Arc::clone(file));
        } else {
            diagnostics.push(limit.exceeded(&file.path, file.size));
        }
    }
    within
}

/// Parses all files, in parallel; those that the memo knows are taken from it.
pub fn parse_all(files: &[Arc<SourceFile>], options: &MarkdownOptions, memo: &mut Memo) -> Content {
    let roles: Vec<(Role, &Arc<SourceFile>)> = files
        .iter()
        .filter_map(|file| {
            let path = file.path.as_str().strip_prefix(CONTENT)?.strip_prefix('/')?;
            Some((Role::of(path), file))
        })
        .collect();
    // Frameworks first: the fields they declare are needed to read their dimensions.
    let (first, rest): (Vec<_>, Vec<_>) =
        roles.into_iter().partition(|(role, _)| matches!(role, Role::Framework(_)));
    let mut declared: BTreeMap<FrameworkId, Vec<Field>> = BTreeMap::new();
    let mut kept: Vec<(SourcePath, Kept)> = Vec::new();
    for (role, file) in first {
        let entry = parse_or_keep(&role, file, &[], options, memo);
        if let Parsed::Framework(id, content) = &entry.parsed {
            declared.insert(id.clone(), content.fields.clone());
        }
        kept.push((file.path.clone(), entry));
    }
    let memo_ref = &*memo;
    kept.par_extend(rest.par_iter().filter(|(role, _)| *role != Role::Asset).map(|(role, file)| {
        let fields = match role {
            Role::Dimension(framework, _) | Role::Text(framework, _) => {
                declared.get(framework).map_or(&[][..], Vec::as_slice)
            }
            _ => &[],
        };
        (file.path.clone(), parse_or_keep(role, file, fields, options, memo_ref))
    }));
    kept.sort_by(|a, b| a.0.cmp(&b.0));

    let mut content = Content {
        assets: rest.iter().filter(|(role, _)| *role == Role::Asset).map(|(_, f)| Arc::clone(f)).collect(),
        ..Content::default()
    };
    for (_, entry) in &kept {
        content.parsed.push(entry.parsed.clone());
        content.diagnostics.extend(entry.diagnostics.iter().cloned());
    }
    memo.0 = kept.into_iter().collect();
    content
}

fn parse_or_keep(
    role: &Role,
    file: &SourceFile,
    fields: &[Field],
    options: &MarkdownOptions,
    memo: &Memo,
) -> Kept {
    // A snippet is read with variables only where it is embedded.
    let is_filled = *role != Role::Snippet && is_named_in(&file.bytes);
    let plain = (!is_filled).then(|| options.without_variables());
    let options = plain.as_ref().unwrap_or(options);
    let key = file.hash.with(&(options, fields));
    if let Some(kept) = memo.0.get(&file.path).filter(|kept| kept.key == key) {
        return kept.clone();
    }
    let (parsed, diagnostics) = parse(role, file, fields, options);
    Kept { key, parsed, diagnostics }
}

fn parse(
    role: &Role,
    file: &SourceFile,
    fields: &[Field],
    options: &MarkdownOptions,
) -> (Parsed, Vec<Diagnostic>) {
    let path = &file.path;
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = file
                .bytes
                .iter()
                .take(error.valid_up_to())
                .filter(|b| **b == b'\n')
                .count()
                .saturating_add(1);
            let problem = Diagnostic::new(
                Code::InvalidUtf8,
                path,
                format!(
                    "this file is not UTF-8: byte {} (line {line}) is the first that is not",
                    error.valid_up_to()
                ),
            )
            .help("save it as UTF-8");
            return (Parsed::Nothing, vec![problem]);
        }
    };
    let mut refused = Problems::new(path);
    let text = control::refused(text, &mut refused);
    let (parsed, mut problems) = parse_text(role, &text, path, fields, options);
    // Between the marks of a conflict stands what nobody wrote: what else is wrong follows from it.
    let conflicts = conflict::find(&text, path, is_markdown(role));
    if !conflicts.is_empty() {
        problems = conflicts;
    }
    (parsed, refused.finish().into_iter().chain(problems).collect())
}

/// May a file of this role hold code?
fn is_markdown(role: &Role) -> bool {
    matches!(role, Role::Document | Role::Playbook | Role::Text(..))
}

fn parse_text(
    role: &Role,
    text: &str,
    path: &SourcePath,
    fields: &[Field],
    options: &MarkdownOptions,
) -> (Parsed, Vec<Diagnostic>) {
    let or_nothing = |(parsed, problems): (Option<Parsed>, Problems)| {
        (parsed.unwrap_or(Parsed::Nothing), problems.finish())
    };
    match role {
        Role::Document | Role::Playbook => {
            let (page, problems) = document::parse(text, path, *role == Role::Playbook, options);
            or_nothing((page.map(|p| Parsed::Document(Arc::new(p))), problems))
        }
        Role::Framework(id) => {
            let (content, problems) = framework::read::framework(text, path, options);
            or_nothing((content.map(|c| Parsed::Framework(id.clone(), Arc::new(c))), problems))
        }
        Role::Dimension(id, name) => {
            let (content, problems) = framework::read::dimension(text, path, fields, options);
            or_nothing((content.map(|c| Parsed::Dimension(id.clone(), name.clone(), Arc::new(c))), problems))
        }
        Role::Text(id, name) => {
            let (content, problems) = document::parse_text(text, path, name, fields, options);
            or_nothing((content.map(|c| Parsed::Text(id.clone(), name.clone(), Arc::new(c))), problems))
        }
        Role::Glossary => {
            let (glossary, problems) = glossary::parse(text, path, options);
            (Parsed::Glossary(Arc::new(glossary)), problems.finish())
        }
        Role::Snippet => {
            let (snippet, problems) = snippet::parse(text, path, options);
            (Parsed::Snippet(Arc::new(snippet)), problems.finish())
        }
        Role::Asset => (Parsed::Nothing, Vec::new()),
    }
}
