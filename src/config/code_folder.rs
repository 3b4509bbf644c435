//! A folder that guides may show code from.

use crate::content::decode::{self, Decode};
use crate::content::value::Value;
use crate::diagnostics::Problems;
use crate::span::SourcePath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A folder's path from the site's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct CodeFolder(String);

impl CodeFolder {
    /// The path, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does a file lie in it?
    pub fn holds(&self, file: &SourcePath) -> bool {
        let below = file.as_str().strip_prefix(&*self.0).and_then(|rest| rest.strip_prefix('/'));
        below.is_some_and(|rest| !rest.split('/').any(|part| part.is_empty() || part.starts_with('.')))
    }
}

impl Decode for CodeFolder {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        let help = "write a folder's path from the site's own, such as `examples`";
        decode::parsed(value, problems, help, |text| {
            let path = text.strip_suffix('/').unwrap_or(text);
            let is_part =
                |part: &str| !(part.is_empty() || part.starts_with('.') || part.contains(['\\', ':']));
            if path.split('/').all(is_part) {
                Ok(Self(path.to_owned()))
            } else {
                Err(format!("`{text}` is no folder of the site, or a hidden one"))
            }
        })
    }
}
