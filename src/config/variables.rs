//! `[variables]`: names and values, each a few words without markup.

use crate::content::decode::{Decode, Entries};
use crate::content::value::{Kind, Value};
use crate::content::written::Written;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::SourcePath;
use crate::variables::{LONGEST, Variables, is_name, is_named_in};
use std::sync::Arc;

/// The variables that a configuration declares. What is of another type is reported when the whole of it is read.
pub fn declared(root: &Value, problems: &mut Problems) -> Arc<Variables> {
    let table = match &root.kind {
        Kind::Table(table) => table.get("variables"),
        _ => None,
    };
    let mut aside = Problems::new(&SourcePath::new("aside"));
    let entries = table.and_then(|value| Entries::<Written>::decode(value, &mut aside));
    let mut found = Vec::new();
    for (key, value) in entries.unwrap_or_default().0 {
        let problem = |code, message| Diagnostic::new(code, problems.file(), message);
        let problem = if !is_name(&key.name) {
            problem(Code::InvalidId, format!("`{}` cannot be the name of a variable", key.name))
                .at(key.span)
                .help("use small letters, digits and single hyphens, such as `support-mail`")
        } else if value.value.len() > LONGEST {
            let message =
                format!("a variable has at most {LONGEST} bytes; this one has {}", value.value.len());
            problem(Code::InvalidValue, message)
                .at(value.span)
                .help("a longer text is a snippet: a file in content/_snippets")
        } else if is_named_in(value.value.as_bytes()) {
            problem(Code::InvalidValue, "the value of a variable names another variable".to_owned())
                .at(value.span)
                .help("write out what it stands for")
        } else {
            found.push((key.name, value.value));
            continue;
        };
        problems.add(problem);
    }
    Arc::new(Variables::new(found))
}
