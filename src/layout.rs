//! The names of a site's files and folders.

/// The configuration.
pub const CONFIG: &str = "guidepost.toml";
/// What the site is made of.
pub const CONTENT: &str = "content";
/// The one hidden folder that is published, at the top of the content (RFC 8615).
pub const WELL_KNOWN: &str = ".well-known";
/// Themes of the site's own.
pub const THEMES: &str = "themes";
/// Interface texts, of a site or of a theme.
pub const TEXTS: &str = "i18n";
/// The memo on disk, and records of what was published.
pub const MEMO: &str = ".guidepost";
