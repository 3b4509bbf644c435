//! Which folders a site may be built into.

use crate::error::Error;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Refuses folders that hold other things: those of the system, a home, the site's root, and any folder that holds or
/// lies within what the site is made from.
///
/// # Errors
/// A sentence that says what the folder is, and what to do instead.
pub fn check(root: &Path, output: &Path, linked: &BTreeSet<PathBuf>) -> Result<(), Error> {
    refused(root, output, linked).map_or(Ok(()), |why| Err(Error::Usage(why)))
}

/// Why a site may not be built into a folder.
fn refused(root: &Path, output: &Path, linked: &BTreeSet<PathBuf>) -> Option<String> {
    let (root, output) = (real(root), real(output));
    let shown = output.display();
    if output.is_file() {
        return Some(format!("{shown} is a file; --output names a folder"));
    }
    if let Some(what) = common_folder(&output) {
        return Some(format!("{shown} is {what}; choose a folder of its own with --output"));
    }
    let sources = [root.join("content"), root.join("themes")].map(|folder| real(&folder));
    let holds = |source: &PathBuf| source.starts_with(&output);
    if root.starts_with(&output) || sources.iter().chain(linked).any(holds) {
        return Some(format!("{shown} holds the site's source; choose a folder of its own with --output"));
    }
    for (folder, source) in ["content", "themes"].iter().zip(&sources) {
        if output.starts_with(source) {
            return Some(format!(
                "{shown} lies in the site's `{folder}` folder; choose another with --output"
            ));
        }
    }
    if linked.iter().any(|folder| output.starts_with(folder)) {
        return Some(format!(
            "{shown} lies in a folder that the site links to; choose another with --output"
        ));
    }
    let own = |name: &str| output.starts_with(root.join(name));
    // Git's folder may belong to a repository further up.
    let in_git = output.components().any(|part| part.as_os_str() == ".git");
    if in_git || own(crate::layout::MEMO) {
        return Some(format!("{shown} belongs to another program; choose a folder of its own with --output"));
    }
    None
}

/// What a folder is that many things share.
fn common_folder(folder: &Path) -> Option<&'static str> {
    if folder.parent().is_none() {
        return Some("the root of the disk");
    }
    if folder == real(&std::env::temp_dir()) {
        return Some("the system's folder for temporary files");
    }
    if std::env::home_dir().is_some_and(|home| folder == real(&home)) {
        return Some("a home folder");
    }
    let is = |folders: &[&str]| folders.iter().any(|s| folder == Path::new(s));
    let is_home = folder.parent().is_some_and(|p| p == Path::new("/home") || p == Path::new("/Users"));
    if is_home {
        return Some("a home folder");
    }
    let below = SYSTEM.iter().any(|s| folder.starts_with(s));
    (below || is(SHARED)).then_some("a folder of the system")
}

/// Folders in which everything is the system's (<https://refspecs.linuxfoundation.org/FHS_3.0/>).
const SYSTEM: &[&str] = &[
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib64",
    "/proc",
    "/sbin",
    "/sys",
    "/usr/bin",
    "/usr/lib",
    "/usr/sbin",
    "/System",
    "/Library",
    "C:\\Windows",
];
/// Folders that hold folders of many programs and people.
const SHARED: &[&str] = &[
    "/home",
    "/Users",
    "/root",
    "/usr",
    "/usr/local",
    "/usr/share",
    "/var",
    "/var/lib",
    "/var/log",
    "/var/tmp",
    "/opt",
    "/run",
    "/tmp",
    "/media",
    "/mnt",
    "/srv",
    "/Applications",
    "/Volumes",
    "/private",
    "/private/tmp",
];

/// A path with its links followed. The last parts may not exist yet; what does exist decides.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let followed = absolute.ancestors().find_map(|a| {
        let rest = absolute.strip_prefix(a).ok()?;
        let real = a.canonicalize().ok()?;
        Some(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
    });
    followed.unwrap_or(absolute)
}
