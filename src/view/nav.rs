//! Ways from a page: the sidebar, the way back up, the pages before and after.

use super::context::PageContext;
use super::link::Link;
use crate::site::handle::{FrameworkRef, GroupRef, PageRef, StageRef};
use crate::site::pages::{FrameworkPage, PageKind};
use serde::Serialize;

/// No list in a page's navigation is longer than this, so that output grows with content and not its square.
const WINDOW: usize = 40;

/// A link to the section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct NavLink {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// It is the current page.
    pub current: bool,
}

/// The navigation of the current section.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Sidebar {
    /// The section.
    pub title: NavLink,
    /// Its lists.
    pub groups: Vec<SidebarGroup>,
}

/// A list in the sidebar.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SidebarGroup {
    /// Its heading, if it has one.
    pub title: Option<String>,
    /// The page that its heading leads to, if there is one.
    pub page: Option<SidebarItem>,
    /// Its links.
    pub items: Vec<SidebarItem>,
    /// The full list, when this one is cut.
    pub more: Option<Link>,
}

/// A link in the sidebar.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SidebarItem {
    /// The text.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// It is the current page.
    pub current: bool,
    /// Number of the stage, from 1, for its colour.
    pub stage: Option<usize>,
    /// What lies below it, when the current page does too.
    pub children: Vec<SidebarItem>,
}

/// From the home page to this one, itself left out.
pub fn breadcrumb(cx: &PageContext<'_>) -> Vec<Link> {
    let above = cx.page().ancestors().skip(1);
    let mut trail: Vec<Link> = above
        .map(|page| {
            let title = if page.is_home() { cx.phrase("home", &[]) } else { page.title().to_owned() };
            Link::new(title, cx.links().page(page))
        })
        .collect();
    trail.reverse();
    trail
}

/// A stretch of a list around its current item, and whether something was cut.
fn window<T>(items: &[T], current: Option<usize>) -> (&[T], bool) {
    let from = current.unwrap_or(0).saturating_sub(WINDOW / 2).min(items.len().saturating_sub(WINDOW));
    match items.get(from..from + WINDOW) {
        Some(stretch) if items.len() > WINDOW => (stretch, true),
        _ => (items, false),
    }
}

/// The sidebar of a page.
struct Side<'a, 'c> {
    cx: &'c PageContext<'a>,
    /// The page and all it lies in.
    above: Vec<PageRef<'a>>,
}

impl<'a> Side<'a, '_> {
    fn is_above(&self, page: &PageRef<'a>) -> bool {
        self.above.contains(page)
    }

    fn item(&self, to: PageRef<'a>) -> SidebarItem {
        let stage = match to.kind {
            PageKind::Stage(key) => Some(self.cx.site().stage(key).number()),
            _ => None,
        };
        SidebarItem {
            title: to.title().to_owned(),
            href: self.cx.links().page(to),
            current: to == self.cx.page(),
            stage,
            children: Vec::new(),
        }
    }

    /// A list of links, with what lies below the one that the current page lies in.
    fn group(&self, title: Option<&str>, pages: &[PageRef<'a>], owner: PageRef<'a>) -> SidebarGroup {
        let (shown, cut) = window(pages, pages.iter().position(|page| self.is_above(page)));
        let items = shown
            .iter()
            .map(|page| {
                let mut item = self.item(*page);
                if self.is_above(page) && !matches!(page.kind, PageKind::Of(_, FrameworkPage::Comparisons)) {
                    let below: Vec<PageRef<'a>> = page.children().collect();
                    let at = below.iter().position(|child| self.is_above(child));
                    item.children = window(&below, at).0.iter().map(|child| self.item(*child)).collect();
                }
                item
            })
            .collect();
        let all = || self.cx.phrase("all-of", &[("n", &pages.len())]);
        let more = cut.then(|| Link::new(all(), self.cx.links().page(owner)));
        SidebarGroup { title: title.map(str::to_owned), page: None, items, more }
    }

    fn finish(&self, section: PageRef<'a>, groups: Vec<SidebarGroup>) -> Sidebar {
        let title = NavLink {
            title: section.title().to_owned(),
            href: self.cx.links().page(section),
            current: section == self.cx.page(),
        };
        Sidebar { title, groups }
    }

    fn of_framework(&self, framework: FrameworkRef<'a>, overview: PageRef<'a>) -> Sidebar {
        let stages = |page: &PageRef<'a>| matches!(page.kind, PageKind::Stage(_) | PageKind::Of(..));
        let stages: Vec<PageRef<'a>> = overview.children().filter(stages).collect();
        let [stages_list, dimensions_list] =
            ["stages-list", "dimensions-list"].map(|key| self.cx.phrase(key, &[]));
        let mut groups = vec![self.group(Some(&stages_list), &stages, overview)];
        // In the order in which the framework describes its groups, or else in which they come up.
        let mut by_group: Vec<(Option<&str>, Vec<PageRef<'a>>)> =
            framework.groups().map(|group| (Some(group.title()), Vec::new())).collect();
        for dimension in framework.dimensions() {
            let Some(page) = dimension.page() else { continue };
            let name = dimension.group_title();
            match by_group.iter_mut().find(|(other, _)| *other == name) {
                Some((_, pages)) => pages.push(page),
                None => by_group.push((name, vec![page])),
            }
        }
        for (name, pages) in by_group {
            if pages.is_empty() {
                continue;
            }
            let described = framework.groups().find(|group| Some(group.title()) == name);
            let page = described.and_then(GroupRef::page).map(|page| self.item(page));
            let group = self.group(name.or(Some(&dimensions_list)), &pages, overview);
            groups.push(SidebarGroup { page, ..group });
        }
        self.finish(overview, groups)
    }
}

/// The navigation of the section that the page lies in.
pub fn sidebar(cx: &PageContext<'_>) -> Option<Sidebar> {
    let side = Side { cx, above: cx.page().ancestors().collect() };
    if let Some(framework) = cx.page().own_framework() {
        return Some(side.of_framework(framework, framework.page()?));
    }
    if matches!(cx.page().kind, PageKind::Print(_)) {
        return None;
    }
    // The top section this page lies in; the home page and single pages have none.
    let top = *side.above.iter().rev().nth(1)?;
    let children: Vec<PageRef<'_>> = top.children().collect();
    if children.is_empty() || !matches!(top.kind, PageKind::Section | PageKind::Terms(_)) {
        return None;
    }
    let group = side.group(None, &children, top);
    Some(side.finish(top, vec![group]))
}

/// The pages of the same kind before and after this one, in its section.
pub fn neighbours(cx: &PageContext<'_>) -> (Option<Link>, Option<Link>) {
    let page = cx.page();
    if let PageKind::Comparison(key) = page.kind {
        // One stage on, on both sides: what a reader of `10k to 100k` asks next is `100k to 1M+`.
        let comparison = cx.site().comparison(key);
        let link =
            |from: Option<StageRef<'_>>, to: Option<StageRef<'_>>| Some(cx.link(from?.comparison(to?)?));
        let (from, to) = (comparison.from(), comparison.to());
        return (link(from.before(), to.before()), link(from.after(), to.after()));
    }
    let has_neighbours = match page.kind {
        PageKind::Stage(_) | PageKind::Dimension(_) | PageKind::Aspect(_) => true,
        kind => kind.is_written(),
    };
    if !has_neighbours {
        return (None, None);
    }
    let siblings: Vec<PageRef<'_>> = page.parent().children().collect();
    let Some(at) = siblings.iter().position(|sibling| *sibling == page) else { return (None, None) };
    let alike =
        |other: &&PageRef<'_>| std::mem::discriminant(&other.kind) == std::mem::discriminant(&page.kind);
    let link = |at: usize| siblings.get(at).filter(alike).map(|other| cx.link(*other));
    (at.checked_sub(1).and_then(link), link(at + 1))
}
