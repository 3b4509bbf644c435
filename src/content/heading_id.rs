//! The ids of Markdown's headings, by the rules that are common.
//!
//! One of them is the site's. The others are known too: whoever comes from another tool brings links that follow
//! another rule, and a site that changes its own has readers with bookmarks.

use super::slug::{Ids, slug};
use crate::choice;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use std::collections::HashMap;

choice! {
    /// How the ids of headings are made.
    pub enum SlugRule {
        /// As git hosts and editors do.
        GitHub = "github",
        /// As ids of everything else are made: every run of spaces and punctuation becomes one hyphen.
        Guidepost = "guidepost",
    }
}

#[expect(clippy::derivable_impls, reason = "`choice!` writes the enum")]
impl Default for SlugRule {
    fn default() -> Self {
        Self::GitHub
    }
}

/// The ids of one page, those it has and those it had under our own rule, and the numbers of its figures.
#[derive(Debug, Default)]
pub struct PageIds {
    now: Ids,
    earlier: Ids,
    figures: u32,
}

impl PageIds {
    /// The wanted id, or the next free one with a number.
    pub fn unique(&mut self, wanted: &str) -> String {
        self.earlier.unique(wanted);
        self.now.unique(wanted)
    }

    /// The id of a heading, and the one it would have under our own rule where that is another.
    pub fn heading(&mut self, rule: SlugRule, text: &str) -> (String, Option<String>) {
        let earlier = self.earlier.unique(&slug(text));
        match rule {
            SlugRule::Guidepost => (self.now.unique(&slug(text)), None),
            SlugRule::GitHub => {
                let now = self.now.unique(&github(text));
                let former = (now != earlier).then_some(earlier);
                (now, former)
            }
        }
    }

    /// The number of the next figure, from 1.
    pub fn next_figure(&mut self) -> u32 {
        self.figures = self.figures.saturating_add(1);
        self.figures
    }

    /// Has nothing on the page this id?
    pub fn is_free(&self, id: &str) -> bool {
        !self.now.contains(id)
    }
}

/// As GitHub makes it: lower case, spaces become hyphens, letters, marks, digits, `_` and `-` are kept. The npm package
/// `github-slugger` 2.0.0 has the same rule for a text, and [`Ids`] the same for repeats.
pub fn github(text: &str) -> String {
    let is_kept = |c: &char| {
        let known = CodePointMapData::<GeneralCategory>::new();
        c.is_alphabetic()
            || matches!(
                known.get(*c),
                GeneralCategory::DecimalNumber
                    | GeneralCategory::ConnectorPunctuation
                    | GeneralCategory::NonspacingMark
                    | GeneralCategory::SpacingMark
                    | GeneralCategory::EnclosingMark
            )
    };
    let lower = text.to_lowercase();
    let signs = lower.chars().filter_map(|c| match c {
        ' ' | '-' => Some('-'),
        c if c.is_ascii() => (c.is_ascii_alphanumeric() || c == '_').then_some(c),
        c => is_kept(&c).then_some(c),
    });
    signs.collect()
}

/// As GitLab makes it: as GitHub, with one hyphen where several would follow each other.
fn gitlab(text: &str) -> String {
    single(&github(text), '-')
}

/// As Python-Markdown makes it, and with it MkDocs: letters beyond ASCII lose their marks or are left out.
fn python_markdown(text: &str) -> String {
    let plain: String = DecomposingNormalizerBorrowed::new_nfkd().normalize(text).into_owned();
    python_slug(&plain.chars().filter(char::is_ascii).collect::<String>())
}

/// As Python-Markdown makes it when told to keep all letters.
fn python_slug(text: &str) -> String {
    let kept: String = text
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace())
        .collect();
    single(&kept.trim().replace(char::is_whitespace, "-"), '-')
}

/// The text with one sign where it stands several times in a row.
fn single(text: &str, sign: char) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != sign || !out.ends_with(sign) {
            out.push(c);
        }
    }
    out
}

/// Makes an id of a heading's text.
type Rule = fn(&str) -> String;

/// Finds the heading that an anchor names under any rule, when it is exactly one.
pub fn under_any_rule<'t>(
    titles: impl Iterator<Item = (usize, &'t str)> + Clone,
) -> HashMap<String, Option<usize>> {
    let rules: [(Rule, char); 5] =
        [(slug, '-'), (github, '-'), (gitlab, '-'), (python_markdown, '_'), (python_slug, '_')];
    let mut found: HashMap<String, Option<usize>> = HashMap::new();
    for (rule, before_number) in rules {
        let mut ids = Ids::numbered_after(before_number);
        for (number, title) in titles.clone() {
            let id = ids.unique(&rule(title));
            let named = found.entry(id).or_insert(Some(number));
            if *named != Some(number) {
                *named = None;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{PageIds, SlugRule, github, gitlab, python_markdown, python_slug, under_any_rule};

    #[test]
    fn ids_are_those_of_github() {
        for (title, expected) in [
            ("Getting Started", "getting-started"),
            ("What's new? (2.0)", "whats-new-20"),
            ("Read & write", "read--write"),
            ("UI/UX - what to do", "uiux---what-to-do"),
            ("snake_case and kebab-case", "snake_case-and-kebab-case"),
            ("a  b", "a--b"),
            ("\u{1f680} Launch", "-launch"),
            ("Über uns", "über-uns"),
            ("日本語 ガイド", "日本語-ガイド"),
            ("हिन्दी गाइड", "हिन्दी-गाइड"),
            ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
            ("x² ½ ٣ Ⅷ", "x--٣-ⅷ"),
            ("“Quoted” … — text", "quoted---text"),
            ("I ♥ `code`", "i--code"),
            ("a\u{a0}b", "ab"),
            ("ΣΟΦΟΣ", "σοφος"),
        ] {
            assert_eq!(github(title), expected, "{title}");
        }
    }

    #[test]
    fn repeats_are_numbered_as_github_does() {
        let mut ids = PageIds::default();
        let titles = ["Same", "Same", "Same 1", "Same", "!", "A & B", "A B"];
        let ids: Vec<_> = titles.iter().map(|title| ids.heading(SlugRule::GitHub, title)).collect();
        let ids: Vec<_> = ids.iter().map(|(now, former)| (now.as_str(), former.as_deref())).collect();
        assert_eq!(
            ids,
            [
                ("same", None),
                ("same-1", None),
                ("same-1-1", None),
                ("same-2", None),
                ("section", None),
                ("a--b", Some("a-b")),
                ("a-b", Some("a-b-1")),
            ]
        );
    }

    #[test]
    fn other_tools_make_other_ids() {
        assert_eq!(gitlab("Read & write"), "read-write");
        assert_eq!(python_markdown("Über die Größe: 1.5"), "uber-die-groe-15");
        assert_eq!(python_slug("Über die Größe: 1.5"), "über-die-größe-15");
        let titles = ["Read & write", "Read write", "Only/one", "Same", "Same"];
        let found = under_any_rule(titles.iter().copied().enumerate());
        let of = |anchor: &str| found.get(anchor).copied();
        assert_eq!(of("read--write"), Some(Some(0)));
        assert_eq!(of("read-write"), Some(None), "two rules name two headings");
        assert_eq!(of("onlyone"), Some(Some(2)));
        assert_eq!(of("only-one"), Some(Some(2)));
        assert_eq!(of("same_1"), Some(Some(4)));
        assert_eq!(of("nothing"), None);
    }
}
