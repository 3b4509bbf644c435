//! Texts beside a framework's tables: each belongs to what its file's name addresses.

use super::framework::Framework;
use crate::content::document::Text;
use crate::content::framework::Cell;
use crate::content::{Content, Parsed};
use crate::diagnostics::suggest::Budget;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::SourcePath;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// What a text can belong to, by the numbers of dimensions, aspects and stages.
enum Owner {
    Framework,
    Stage(usize),
    Comparison(usize, usize),
    Dimension(usize),
    Objective(usize, usize),
    Aspect(usize, usize),
    Cell(usize, usize, usize),
}

/// Gives all texts to their owners.
pub fn place_all(
    frameworks: &mut [Framework],
    content: &Content,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for parsed in &content.parsed {
        let Parsed::Text(id, name, text) = parsed else { continue };
        // A text of no framework has been reported.
        if let Some(framework) = frameworks.iter_mut().find(|f| f.id == *id) {
            place(framework, name, Arc::clone(text), suggestions, diagnostics);
        }
    }
}

/// Gives a text to its owner. `name` is the file's path below the framework's folder, without `.md`.
fn place(
    f: &mut Framework,
    name: &str,
    text: Arc<Text>,
    suggestions: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let file = text.file.clone();
    match owner(f, name, &file, suggestions) {
        Err(problem) => diagnostics.push(*problem),
        Ok(owner) => {
            if let Some(first) = put(f, &owner, text) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        &file,
                        format!("this text and `{}` belong to the same thing", first.file),
                    )
                    .help("join the two, or take one of them away"),
                );
            }
        }
    }
}

/// Puts a text where it belongs; gives the one that is there already, which stays.
fn put(f: &mut Framework, owner: &Owner, text: Arc<Text>) -> Option<Arc<Text>> {
    let place = match owner {
        Owner::Framework => &mut f.text,
        Owner::Stage(s) => f.stage_texts.get_mut(*s)?,
        Owner::Dimension(d) => &mut f.dimensions.get_mut(*d)?.text,
        Owner::Aspect(d, a) => &mut f.dimensions.get_mut(*d)?.aspects.get_mut(*a)?.text,
        Owner::Comparison(from, to) => return vacant(f.comparison_texts.entry((*from, *to)), text),
        Owner::Objective(d, s) => {
            return vacant(f.dimensions.get_mut(*d)?.objective_texts.entry(*s), text);
        }
        Owner::Cell(d, a, s) => {
            let aspect = f.dimensions.get_mut(*d)?.aspects.get_mut(*a)?;
            if !aspect.has_cell(*s) {
                aspect.from_texts.insert(*s, Cell::of_text());
            }
            return vacant(aspect.cell_texts.entry(*s), text);
        }
    };
    let taken = place.clone();
    place.get_or_insert(text);
    taken
}

fn vacant<K: Ord>(entry: Entry<'_, K, Arc<Text>>, text: Arc<Text>) -> Option<Arc<Text>> {
    match entry {
        Entry::Occupied(taken) => Some(Arc::clone(taken.get())),
        Entry::Vacant(place) => {
            place.insert(text);
            None
        }
    }
}

fn owner(
    f: &Framework,
    name: &str,
    file: &SourcePath,
    suggestions: &mut Budget,
) -> Result<Owner, Box<Diagnostic>> {
    let problem =
        |code: Code, what: String, help: String| Box::new(Diagnostic::new(code, file, what).help(help));
    let stage = |id: &str, suggestions: &mut Budget| {
        f.stages().iter().position(|s| s.id.as_str() == id).ok_or_else(|| {
            let like = suggestions.suggest(id, "stages", f.stages().iter().map(|s| s.id.as_str()));
            let what = format!("`{id}` is not a stage of {}", f.id);
            problem(Code::UnknownStage, what, format!("rename this file; {like}"))
        })
    };
    if matches!(name, "index" | "README") {
        return Ok(Owner::Framework);
    }
    if let Some(id) = name.strip_prefix("stages/") {
        return stage(id, suggestions).map(Owner::Stage);
    }
    let (path, at) = name.split_once('@').map_or((name, None), |(path, at)| (path, Some(at)));
    if path.is_empty() {
        let Some((from, to)) = at.and_then(|at| at.split_once("..")) else {
            return stage(at.unwrap_or_default(), suggestions).map(Owner::Stage);
        };
        return match (stage(from, suggestions)?, stage(to, suggestions)?) {
            (a, b) if a < b => Ok(Owner::Comparison(a, b)),
            _ => Err(problem(
                Code::UnknownText,
                "a comparison goes from an earlier stage to a later one".to_owned(),
                format!("rename this file to `@{to}..{from}.md`"),
            )),
        };
    }
    let path = path.strip_suffix("/index").or_else(|| path.strip_suffix("/README")).unwrap_or(path);
    let (dimension, aspect) = path.split_once('/').map_or((path, None), |(d, a)| (d, Some(a)));
    let Some(d) = f.dimension(dimension) else {
        let like = suggestions.suggest(dimension, "dimensions", f.dimensions.iter().map(|d| d.id.as_str()));
        return Err(problem(
            Code::UnknownText,
            format!("`{dimension}` is not a dimension of {}", f.id),
            format!("a text's file is named after what it is about; {like}"),
        ));
    };
    let Some(aspect) = aspect else {
        return match at {
            None => Ok(Owner::Dimension(d)),
            Some(at) => stage(at, suggestions).map(|s| Owner::Objective(d, s)),
        };
    };
    let aspects = f.dimensions.get(d).map_or(&[][..], |dimension| &dimension.aspects);
    let Some((a, found)) = aspects.iter().enumerate().find(|(_, a)| a.id().as_str() == aspect) else {
        let like = suggestions.suggest(aspect, "aspects", aspects.iter().map(|a| a.id().as_str()));
        return Err(problem(Code::UnknownText, format!("`{aspect}` is not an aspect of {dimension}"), like));
    };
    let Some(at) = at else { return Ok(Owner::Aspect(d, a)) };
    let s = stage(at, suggestions)?;
    if found.has_cell(s) && found.cell(s).is_nothing() {
        return Err(problem(
            Code::SurplusCell,
            format!("`{aspect}` asks for nothing at `{at}`, yet this text tells about it"),
            "fill the cell, or take this text away".to_owned(),
        ));
    }
    Ok(Owner::Cell(d, a, s))
}
