//! When each file was last committed, asked of git.
//!
//! The repository may be someone else's: nothing in its configuration may run a program or fetch anything, so git is
//! called with everything of that kind turned off.

use crate::layout::CONTENT;
use crate::span::SourcePath;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What git told.
#[derive(Debug, Default)]
pub struct History {
    /// The day of each file's last commit.
    pub committed: HashMap<SourcePath, Date>,
    /// Why there are no dates, when the reader can do something about it.
    pub note: Option<String>,
}

/// Settings that a repository could use to run a program, turned off. What `log` and `rev-parse` never use (merge
/// drivers, aliases, editors) is not among them.
const HARMLESS: &[&str] = &[
    "core.quotePath=off",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.alternateRefsCommand=",
    "credential.helper=",
    "diff.external=",
    "gpg.program=false",
    "log.showSignature=false",
    "protocol.allow=never",
];

/// The history of the content below a folder. A shallow clone has none: every file would seem to come from its one
/// commit.
pub fn history(root: &Path) -> History {
    let shallow = match git(root, &["rev-parse", "--is-shallow-repository"]) {
        Ok(out) => out,
        Err(said) => return History { note: distrust(root, &said), ..History::default() },
    };
    if shallow.trim_ascii() != b"false" {
        return History::default();
    }
    let log = git(
        root,
        &[
            "log",
            "--no-ext-diff",
            "--no-textconv",
            "--format=format:%x01%cs",
            "--name-only",
            "--no-renames",
            "-z",
            "--relative",
            "--",
            CONTENT,
        ],
    );
    History { committed: dates(&log.unwrap_or_default()), note: None }
}

/// Runs git in the site's folder. The error is what it said.
fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.arg("--no-pager").arg("-C").arg(root);
    for setting in HARMLESS {
        command.args(["-c", setting]);
    }
    let output = command
        .args(arguments)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        // Older versions of git do not know of lazy fetching; no transport at all is as good.
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env_remove("GIT_EXTERNAL_DIFF")
        .env_remove("GIT_TRACE")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| e.to_string())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// A repository of another user: git refuses it until it is told otherwise.
fn distrust(root: &Path, said: &str) -> Option<String> {
    said.contains("dubious ownership").then(|| {
        format!(
            "note: git does not trust this repository, so pages have no dates from it; \
             `git config --global --add safe.directory {}` allows it",
            std::path::absolute(root).unwrap_or_else(|_| root.to_owned()).display()
        )
    })
}

/// Commits are "\x01DATE\nfile\0file\0..."; a \0 also stands between two commits. The newest comes first.
fn dates(log: &[u8]) -> HashMap<SourcePath, Date> {
    let mut dates = HashMap::new();
    let mut day = None;
    for piece in log.split(|b| *b == 0) {
        let piece = String::from_utf8_lossy(piece);
        let mut rest = &*piece;
        while let Some(commit) = rest.strip_prefix('\u{1}') {
            let (date, file) = commit.split_once('\n').unwrap_or((commit, ""));
            day = date.trim().parse::<Date>().ok();
            rest = file;
        }
        if let (Some(day), false) = (day, rest.is_empty()) {
            dates.entry(SourcePath::new(rest)).or_insert(day);
        }
    }
    dates
}
