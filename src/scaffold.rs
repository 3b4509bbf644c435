//! `init` and `new`: files to begin with, valid as they are.

use crate::content::slug::{slug, title_from_name};
use crate::content::value::toml;
use crate::error::Error;
use crate::layout::{self, CONTENT};
use crate::schema::Kind as Schema;
use include_dir::{Dir, include_dir};
use std::fs;
use std::io;
use std::path::Path;
use toml_edit::{Array, DocumentMut, Item, Value};

static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold");

/// What `new` can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// A guide in content/guides
    Guide,
    /// A playbook in content/playbooks
    Playbook,
    /// A framework with one dimension in content/frameworks
    Framework,
    /// A dimension of a framework, with a cell for each of its stages
    Dimension,
}

/// Files to write: a path below the site's root and a text each.
type Files = Vec<(String, String)>;

/// Starts a site in a folder. Gives the files that were written.
pub fn init(folder: &Path) -> Result<Vec<String>, Error> {
    for sign in [layout::CONFIG, CONTENT] {
        if folder.join(sign).exists() {
            return Err(Error::Usage(format!(
                "{} holds a site already (there is `{sign}`); choose another folder",
                folder.display()
            )));
        }
    }
    let mut files = Files::new();
    collect(&SITE, &mut files);
    files.extend(schemas());
    write(folder, &files)
}

fn collect(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            // Cargo and git read files of these names themselves, so they carry another one in the source.
            let path = file.path().to_string_lossy().replace('\\', "/");
            let path = path.replace("dot-", ".");
            files.push((path, text.to_owned()));
        }
    }
    for dir in dir.dirs() {
        collect(dir, files);
    }
}

fn schemas() -> Files {
    Schema::ALL.iter().map(|kind| (format!("schemas/{}", kind.file()), kind.text())).collect()
}

/// Writes files, all or none: nothing that exists is overwritten.
fn write(root: &Path, files: &Files) -> Result<Vec<String>, Error> {
    if let Some((path, _)) = files.iter().find(|(path, _)| root.join(path).symlink_metadata().is_ok()) {
        return Err(Error::Usage(format!(
            "{} exists already, and nothing is overwritten; move it away or choose another name",
            root.join(path).display()
        )));
    }
    for (path, text) in files {
        let full = root.join(path);
        let folder = full.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(Error::file("write", folder))?;
        // `create_new` also refuses a file that appeared in the meantime.
        let mut options = fs::File::options();
        let written = options.write(true).create_new(true).open(&full);
        written
            .and_then(|mut f| io::Write::write_all(&mut f, text.as_bytes()))
            .map_err(Error::file("write", full))?;
    }
    Ok(files.iter().map(|(path, _)| path.clone()).collect())
}

/// Adds a file of a kind to a site. `framework` says which one gets a new dimension.
pub fn new(root: &Path, kind: Kind, name: &str, framework: Option<&str>) -> Result<Vec<String>, Error> {
    if !root.join(CONTENT).is_dir() {
        return Err(Error::Usage(format!(
            "there is no site in {} (no folder `{CONTENT}`); start one with `guidepost init`, or name it with `--root`",
            root.display()
        )));
    }
    let id = slug(name);
    if id.is_empty() || name.chars().any(char::is_control) {
        return Err(Error::Usage(format!("`{name}` has no letters to make a name of")));
    }
    // A name given as a slug becomes a title; a title stays as it is.
    let title = if id == name { title_from_name(name) } else { name.to_owned() };
    let title = toml::string(&title);
    let mut files = match kind {
        Kind::Guide => vec![(format!("{CONTENT}/guides/{id}.md"), guide(&title))],
        Kind::Playbook => vec![(format!("{CONTENT}/playbooks/{id}.md"), playbook(&title))],
        Kind::Framework => vec![
            (format!("{CONTENT}/frameworks/{id}/framework.toml"), new_framework(&title)),
            (
                format!("{CONTENT}/frameworks/{id}/basics.toml"),
                dimension("\"Basics\"", &["first".to_owned(), "next".to_owned()]),
            ),
        ],
        Kind::Dimension => return new_dimension(root, &id, &title, framework),
    };
    add_schemas(root, kind, &mut files);
    let mut written = write(root, &files)?;
    if kind == Kind::Framework && keep_default(root, &id)? {
        written.push(format!(
            "{} (default_framework set, so that addresses keep their meaning)",
            layout::CONFIG
        ));
    }
    Ok(written)
}

/// The schemas that the new files name, where the site does not have them yet.
fn add_schemas(root: &Path, kind: Kind, files: &mut Files) {
    let needed: &[Schema] = match kind {
        Kind::Guide => &[Schema::FrontMatter],
        Kind::Playbook => &[Schema::Playbook],
        Kind::Framework => &[Schema::Framework, Schema::Dimension],
        Kind::Dimension => &[Schema::Dimension],
    };
    for schema in needed {
        let path = format!("schemas/{}", schema.file());
        if !root.join(&path).exists() {
            files.push((path, schema.text()));
        }
    }
}

fn guide(title: &str) -> String {
    format!(
        r#"+++
#:schema ../../schemas/front-matter.json
title = {title}
description = "One or two sentences that help a reader decide whether to read on."
draft = true    # take this line away to publish the guide, and link to it from another page
tags = []
+++

Begin with the situation that the reader is in.

## What to do

Say it plainly, with an example.
"#
    )
}

fn playbook(title: &str) -> String {
    format!(
        r#"+++
#:schema ../../schemas/playbook.json
title = {title}
purpose = "What this achieves, in one sentence."
duration = "1 week"
when_to_use = "The situation it is for."
draft = true    # take this line away to publish the playbook, and link to it from another page
# follows = "playbooks/..."   # the playbook whose outputs this one takes in
+++

## Inputs

- What must be there before it starts

## Principles

**One thing at a time.** What to hold on to when it gets busy.

## Process

### Days 1-2: Prepare

- The first step

### Days 3-5: Do it

- The next step

## Outputs

- What it hands on

## Tips

- What others learnt
"#
    )
}

fn new_framework(title: &str) -> String {
    format!(
        r#"#:schema ../../../schemas/framework.json
title = {title}
summary = "What this framework helps to decide."
dimensions = ["basics"]    # the order in which they are shown; each has a file of that name

[[stages]]
id = "first"
title = "First"
summary = "Where everybody begins."

[[stages]]
id = "next"
title = "Next"
summary = "Where the first step leads."
"#
    )
}

fn dimension(title: &str, stages: &[String]) -> String {
    let cells: String = stages
        .iter()
        .enumerate()
        .map(|(i, stage)| {
            // A stage's id may hold a dot, which would be read as two keys.
            let bare = stage.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            let key = if bare { stage.clone() } else { toml::string(stage) };
            let text = if i == 0 { "\"None\"" } else { "\"What to build\"" };
            format!("at.{key} = {text}\n")
        })
        .collect();
    format!(
        r#"#:schema ../../../schemas/dimension.json
title = {title}
summary = "What this dimension is about, in one sentence."
intro = "What goes wrong when a team does too much or too little here."

[[aspects]]
title = "First aspect"
description = "What it is, why it matters and what it costs."
{cells}"#
    )
}

/// Writes a dimension file and lists it in its framework.
fn new_dimension(root: &Path, id: &str, title: &str, wanted: Option<&str>) -> Result<Vec<String>, Error> {
    let framework = choose_framework(root, wanted)?;
    let own = format!("{CONTENT}/frameworks/{framework}/framework.toml");
    let own_path = root.join(&own);
    let mut document = read_toml(&own_path)?;
    let stages: Vec<String> = document
        .get("stages")
        .and_then(Item::as_array_of_tables)
        .map(|stages| {
            stages
                .iter()
                .filter_map(|s| {
                    let text = |key: &str| s.get(key).and_then(Item::as_str).map(str::to_owned);
                    text("id").or_else(|| text("title").map(|t| slug(&t)))
                })
                .collect()
        })
        .unwrap_or_default();
    let list = document.entry("dimensions").or_insert(Item::Value(Value::Array(Array::new())));
    let Some(list) = list.as_array_mut() else {
        return Err(Error::Usage(format!("`dimensions` in {own} is not a list; fix it first")));
    };
    // The new entry is laid out like the last one: on a line of its own when the list is written that way.
    let prefix = list.iter().last().and_then(|v| v.decor().prefix()?.as_str().map(str::to_owned));
    let mut entry = Value::from(id);
    let default = if list.is_empty() { "" } else { " " };
    entry.decor_mut().set_prefix(prefix.filter(|p| !p.is_empty()).unwrap_or_else(|| default.to_owned()));
    list.push_formatted(entry);

    let mut files = vec![(format!("{CONTENT}/frameworks/{framework}/{id}.toml"), dimension(title, &stages))];
    add_schemas(root, Kind::Dimension, &mut files);
    let mut written = write(root, &files)?;
    fs::write(&own_path, document.to_string()).map_err(Error::file("write", own_path))?;
    written.push(format!("{own} (the dimension is listed)"));
    Ok(written)
}

fn read_toml(path: &Path) -> Result<DocumentMut, Error> {
    let text = fs::read_to_string(path).map_err(Error::file("read", path))?;
    text.parse().map_err(|e: toml_edit::TomlError| {
        Error::Usage(format!("{} cannot be read: {}; fix it first", path.display(), e.message()))
    })
}

/// The names of all frameworks, in order.
fn frameworks(root: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join(CONTENT).join("frameworks")) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|e| e.path().join("framework.toml").is_file())
        .filter_map(|e| e.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

fn configured_default(root: &Path) -> Option<String> {
    let document = read_toml(&root.join(layout::CONFIG)).ok()?;
    document.get("default_framework")?.as_str().map(str::to_owned)
}

fn choose_framework(root: &Path, wanted: Option<&str>) -> Result<String, Error> {
    let all = frameworks(root);
    let known = all.join(", ");
    match wanted.map(str::to_owned).or_else(|| configured_default(root)) {
        Some(name) if all.contains(&name) => Ok(name),
        Some(name) => Err(Error::Usage(format!("there is no framework `{name}`; frameworks are: {known}"))),
        None => match all.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(Error::Usage(
                "there is no framework yet; make one with `guidepost new framework NAME`".to_owned(),
            )),
            _ => Err(Error::Usage(format!("which framework? name it with `--framework`: {known}"))),
        },
    }
}

/// With a second framework, addresses without a framework's name would lose their meaning: the first one is
/// made the default. Says whether that was needed.
fn keep_default(root: &Path, added: &str) -> Result<bool, Error> {
    let others: Vec<String> = frameworks(root).into_iter().filter(|f| f != added).collect();
    let ([first], None) = (others.as_slice(), configured_default(root)) else { return Ok(false) };
    let path = root.join(layout::CONFIG);
    let mut document = if path.exists() { read_toml(&path)? } else { DocumentMut::new() };
    document.insert("default_framework", toml_edit::value(first.as_str()));
    fs::write(&path, document.to_string()).map_err(Error::file("write", path))?;
    Ok(true)
}
