//! The pages of the output: what each shows, where it lies, and what it belongs to.

use super::framework::Framework;
use super::keys::{AspectKey, AssetKey, ComparisonKey, DimensionKey, FrameworkKey, GroupKey, StageKey};
use crate::config::{Config, ExportForm};
use crate::output_path::{OutputPath, Unpublishable};
use crate::span::SourcePath;
use jiff::civil::Date;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What tells a page of the output from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PageId(pub(super) usize);

/// The home page.
pub(super) const HOME: PageId = PageId(0);

/// The name of a place on a page.
pub type Anchor = Option<Arc<str>>;

/// A place on the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The page.
    pub page: PageId,
    /// A place on it.
    pub anchor: Anchor,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // named after where they lead
pub enum Destination {
    Page(Target),
    Asset(AssetKey),
    External(String),
}

/// What a page of the output shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// The first page.
    Home,
    /// A folder, with or without an `index.md`.
    Section,
    /// Any text that is not a playbook.
    Guide,
    /// A text in steps.
    Playbook,
    /// All pages of a section as one document.
    Print(PageId),
    /// A framework's overview.
    Framework(FrameworkKey),
    /// A stage.
    Stage(StageKey),
    /// A dimension.
    Dimension(DimensionKey),
    /// A group of dimensions.
    Group(GroupKey),
    /// An aspect.
    Aspect(AspectKey),
    /// Two stages side by side.
    Comparison(ComparisonKey),
    /// What else a framework has a page for.
    Of(FrameworkKey, FrameworkPage),
    /// All tags, or all categories.
    Terms(Taxonomy),
    /// One of them, by its number.
    Term(Taxonomy, usize),
    /// The glossary.
    Glossary,
    /// The search.
    Search,
    /// What is shown where there is no page.
    NotFound,
}

macro_rules! framework_pages {
    ($($(#[$doc:meta])+ $name:ident = $slug:literal if $is_there:path;)+) => {
        /// A page that a framework has beside those of its parts. Its URL ends with its name; its title and its description are
        /// interface texts of that name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum FrameworkPage { $($(#[$doc])+ $name,)+ }

        impl FrameworkPage {
            /// All of them, in the order of the site.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The last part of its URL.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)+ }
            }

            /// The keys of its title and its description among the interface texts.
            pub(super) fn texts(self) -> [&'static str; 2] {
                match self { $(Self::$name => [concat!($slug, "-title"), concat!($slug, "-description")],)+ }
            }

            /// Does a framework have it?
            pub(super) fn is_there(self, framework: &Framework) -> bool {
                match self { $(Self::$name => $is_there(framework),)+ }
            }
        }
    };
}

/// Whatever a framework holds.
fn always(_: &Framework) -> bool {
    true
}

framework_pages! {
    /// Where a team finds out where it stands.
    Assessment = "assess" if Framework::is_compared;
    /// Every aspect at every stage.
    Matrix = "matrix" if always;
    /// All comparisons.
    Comparisons = "compare" if Framework::is_compared;
}

/// Words that pages are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the field's words
pub enum Taxonomy {
    Tags,
    Categories,
}

impl Taxonomy {
    /// Its URL below the site's root, without slashes.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Categories => "categories",
        }
    }
}

impl PageKind {
    /// The framework that it is a part of.
    pub(super) fn framework(self) -> Option<FrameworkKey> {
        match self {
            Self::Framework(key) | Self::Of(key, _) => Some(key),
            Self::Stage(StageKey { framework, .. })
            | Self::Dimension(DimensionKey { framework, .. })
            | Self::Group(GroupKey { framework, .. })
            | Self::Aspect(AspectKey { framework, .. })
            | Self::Comparison(ComparisonKey { framework, .. }) => Some(FrameworkKey { framework }),
            _ => None,
        }
    }

    /// Is it a text that someone wrote to be read as a page of its own?
    pub fn is_written(self) -> bool {
        matches!(self, Self::Guide | Self::Playbook)
    }

    /// Is it often printed, to be ticked off or to hang on a wall?
    pub fn is_handed_out(self) -> bool {
        matches!(
            self,
            Self::Stage(_)
                | Self::Playbook
                | Self::Dimension(_)
                | Self::Framework(_)
                | Self::Comparison(_)
                | Self::Print(_)
                | Self::Of(_, FrameworkPage::Matrix)
        )
    }

    /// The files with its content for machines that lie beside this kind of page.
    pub fn data_files(self, config: &Config) -> impl Iterator<Item = &'static str> {
        let is_text = matches!(self, Self::Guide | Self::Playbook | Self::Section);
        let forms = &config.export.pages;
        let is_there = move |name: &str| match name {
            "index.json" => forms.contains(&ExportForm::Json),
            "index.md" => forms.contains(&ExportForm::Markdown),
            _ => false,
        };
        let has_all = self.has_data();
        DATA_FILES.into_iter().filter(move |name| has_all || (is_text && is_there(name)))
    }

    /// Do `index.json`, `index.csv` and `index.md` lie beside this kind of page?
    pub fn has_data(self) -> bool {
        matches!(self, Self::Framework(_) | Self::Stage(_) | Self::Dimension(_) | Self::Comparison(_))
    }
}

/// The files with a page's content as data.
pub const DATA_FILES: [&str; 3] = ["index.json", "index.csv", "index.md"];

/// Where a page lies, below the site's root: a folder with a trailing slash (empty for the home page), or the
/// name of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permalink {
    url: String,
    file: OutputPath,
}

impl Permalink {
    /// A place for a page that has none, of a site that will not be published.
    pub(super) fn none(id: PageId) -> Self {
        Self { url: format!("{}/", id.0), file: OutputPath::top("index.html") }
    }

    /// Takes a URL path below the site's root.
    ///
    /// # Errors
    /// When the page's file could not be published under it.
    pub fn new(url: impl Into<String>) -> Result<Self, Unpublishable> {
        let url = url.into();
        let file = if url.is_empty() || url.ends_with('/') {
            OutputPath::new(&format!("{url}index.html"))?
        } else {
            OutputPath::new(&url)?
        };
        Ok(Self { url, file })
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The path as people and addresses name it: without a slash at its end.
    pub fn name(&self) -> &str {
        self.url.trim_end_matches('/')
    }

    /// The file it is published in.
    pub fn file(&self) -> &OutputPath {
        &self.file
    }
}

/// A page of the output.
#[derive(Debug)]
pub struct Page {
    /// What it shows.
    pub kind: PageKind,
    /// The number of the Markdown file behind it.
    pub(super) document: Option<usize>,
    /// Where it lies.
    pub permalink: Permalink,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) parent: PageId,
    pub(super) children: Vec<PageId>,
    /// The file it can be edited in.
    pub file: Option<SourcePath>,
    /// When it was last revised.
    pub updated: Option<Date>,
    /// Order among its neighbours.
    pub(super) weight: i64,
    /// Its author wants it in lists.
    pub(super) listed: bool,
}

/// Is a page listed, and all it lies in? What lies on the home page does not depend on that.
pub(super) fn is_listed(pages: &[Page], id: PageId) -> bool {
    let parent = |at: &PageId| Some(pages.get(at.0)?.parent).filter(|parent| *parent != HOME);
    std::iter::successors(Some(id), parent).all(|at| pages.get(at.0).is_none_or(|page| page.listed))
}

impl Hash for Page {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Descriptions follow from texts; who shows one asks for it.
        let Self {
            kind,
            document,
            permalink,
            title,
            description: _,
            parent,
            children,
            file,
            updated,
            weight,
            listed,
        } = self;
        (kind, document, permalink, title, parent, children, file, updated, weight, listed).hash(state);
    }
}
