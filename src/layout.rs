//! The names of a site's files and folders.

/// The configuration.
pub const CONFIG: &str = "guidepost.toml";
/// What the site is made of.
pub const CONTENT: &str = "content";
/// The one hidden folder that is published, at the top of the content (RFC 8615).
pub const WELL_KNOWN: &str = ".well-known";
/// The text of the page that is shown where there is none, when its author has written one.
pub const NOT_FOUND: &str = "content/404.md";
/// Themes of the site's own.
pub const THEMES: &str = "themes";
/// Interface texts, of a site or of a theme.
pub const TEXTS: &str = "i18n";
/// The memo on disk, and records of what was published.
pub const MEMO: &str = ".guidepost";
