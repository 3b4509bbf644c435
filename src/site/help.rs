//! How to fix a reference that names nothing: what was meant, perhaps, or what there is.

use super::handle::{FrameworkRef, SiteRef};
use super::keys::{CellKey, DimensionKey, FrameworkKey};
use super::pages::PageId;
use crate::diagnostics::suggest::Budget;
use crate::span::SourcePath;

/// Help that lists the headings of a page lists no more than these.
const MOST_LISTED: usize = 24;

/// How to fix a reference. Looking for what was meant costs more than finding that it is not there, so it is
/// done when the problem is reported ([`SiteRef::help`]), as long as a run's budget for it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named after what they hold
pub enum Help {
    /// A sentence.
    Said(String),
    /// What was written resembles one of these, perhaps.
    Compare { written: String, with: Candidates },
}

/// What something written can be compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named after what they are
pub enum Candidates {
    Terms,
    Groups,
    /// Addresses of pages, frameworks and the default framework's dimensions.
    Addresses,
    /// Frameworks and the default framework's dimensions.
    Starts,
    /// Files, shown as seen from a folder.
    Files(String),
    /// The headings of a page.
    Anchors(PageId),
    Stages(FrameworkKey),
    Dimensions(FrameworkKey),
    Aspects(DimensionKey),
    Activities(CellKey),
    /// Files that code is taken from.
    Code,
    /// Regions of such a file.
    Regions(Vec<String>),
    Snippets,
    /// What a snippet asks for.
    Parameters(String),
}

impl<'a> SiteRef<'a> {
    /// How to fix a reference, in a sentence or two.
    pub fn help(self, help: &Help, budget: &mut Budget) -> String {
        let (written, with) = match help {
            Help::Said(sentence) => return sentence.clone(),
            Help::Compare { written, with } => (written.as_str(), with),
        };
        match with {
            Candidates::Terms => {
                let names = self.glossary().into_iter().flat_map(|g| g.terms.iter().map(|t| t.id.as_str()));
                budget.nearest(written, names).map_or("add it to content/glossary.toml".to_owned(), |near| {
                    format!("did you mean `term:{near}`?")
                })
            }
            Candidates::Groups => {
                let groups = self.frameworks().flat_map(FrameworkRef::groups);
                budget.suggest(written, "groups", groups.map(|group| group.content().id.as_str()))
            }
            Candidates::Addresses => {
                let pages = || self.site.lookup.by_path.keys().map(String::as_str).chain(self.starts());
                self.like_path(written, pages, budget).map_or(
                    "addresses are files below content/ without `.md`, or parts of a framework".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                )
            }
            Candidates::Starts => budget.suggest(written, "frameworks and dimensions", self.starts()),
            Candidates::Files(folder) => {
                let documents = || self.site.documents.iter().map(|d| d.file.as_str());
                let files = || documents().chain(self.site.assets.iter().map(|a| a.file.path.as_str()));
                self.like_path(written, files, budget)
                    .map(|near| format!("did you mean `{}`?", relative(folder, near)))
                    .unwrap_or_default()
            }
            Candidates::Code => {
                let files = || self.site.code.keys().map(SourcePath::as_str);
                let near = self.like_path(written, files, budget);
                near.map_or("name a file from the site's folder".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                })
            }
            Candidates::Regions(names) => {
                budget.suggest(written, "regions", names.iter().map(String::as_str))
            }
            Candidates::Anchors(page) => self.like_anchor(written, *page, budget),
            Candidates::Stages(key) => {
                budget.suggest(written, "stages", self.framework(*key).stages().map(|s| s.id().as_str()))
            }
            Candidates::Dimensions(key) => {
                let dimensions = self.framework(*key).dimensions();
                budget.suggest(written, "dimensions", dimensions.map(|d| d.id().as_str()))
            }
            Candidates::Aspects(key) => {
                let aspects = self.dimension(*key).aspects();
                budget.suggest(written, "aspects", aspects.map(|a| a.id().as_str()))
            }
            Candidates::Activities(key) => {
                let activities = self.cell(*key).content().activities.iter();
                budget.suggest(
                    written,
                    "activities",
                    activities.filter_map(|x| Some(x.id.as_ref()?.as_str())),
                )
            }
            Candidates::Snippets => budget.suggest(written, "snippets", self.snippet_names()),
            Candidates::Parameters(name) => {
                let asks = self.find_snippet(name).into_iter().flat_map(|snippet| snippet.asks.keys());
                budget.suggest(written, "its parameters", asks.map(String::as_str))
            }
        }
    }

    /// What an address outside of all pages can begin with.
    fn starts(self) -> impl Iterator<Item = &'a str> {
        let own = self.default_framework().into_iter().flat_map(FrameworkRef::dimensions);
        self.frameworks().map(|f| f.id().as_str()).chain(own.map(|d| d.id().as_str()))
    }

    /// A path like the one written. A right name in a wrong folder is the most frequent slip.
    fn like_path<I: Iterator<Item = &'a str>>(
        self,
        written: &str,
        known: impl Fn() -> I,
        budget: &mut Budget,
    ) -> Option<&'a str> {
        if !budget.spend(self.site.documents.len().saturating_add(self.site.assets.len())) {
            return None;
        }
        let last =
            |path: &str| path.rsplit('/').next().is_some_and(|name| written.rsplit('/').next() == Some(name));
        known().filter(|path| last(path)).min().or_else(|| budget.nearest(written, known()))
    }

    fn like_anchor(self, written: &str, page: PageId, budget: &mut Budget) -> String {
        let anchors = self.anchors(page);
        let known = || anchors.places().iter().map(|place| place.id.as_str());
        let mut help = budget
            .nearest(written, known())
            .map(|near| format!("did you mean `#{near}`? "))
            .unwrap_or_default();
        if anchors.places().is_empty() {
            help.push_str("there are no headings there");
        } else if anchors.places().len() <= MOST_LISTED {
            help.push_str(&format!("headings there: {}", known().collect::<Vec<_>>().join(", ")));
        }
        help
    }
}

/// The path from a folder to a file, both below the site's root.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len().saturating_sub(common));
    up.chain(to.into_iter().skip(common)).collect::<Vec<_>>().join("/")
}
