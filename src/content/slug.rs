//! Slugs: the one spelling of names in URLs, anchors and addresses.

use std::collections::HashMap;

/// Makes a slug of a title: lower case, letters and digits of any script kept, apostrophes dropped, every
/// other run of characters one hyphen. `1M+` becomes `1m`, `UI/UX Design` becomes `ui-ux-design`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            // The dot that `İ` leaves above its small letter is a mark, not a letter.
            out.extend(c.to_lowercase().filter(|small| small.is_alphanumeric() || *small == '_'));
        } else if !matches!(c, '\'' | '’' | '\u{ad}') {
            gap = true;
        }
    }
    out
}

/// Is this text usable as an identifier, in URLs and in addresses alike?
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(['-', '.'])
        && !text.ends_with('.')
        && !text.contains("..")
        && text.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_' | '.'))
}

/// `concept-to-code` becomes `Concept to code`.
pub fn title_from_name(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => "Home".to_owned(),
    }
}

/// Keeps ids on one page apart.
#[derive(Debug)]
pub struct Ids {
    taken: HashMap<String, u32>,
    before_number: char,
}

impl Default for Ids {
    fn default() -> Self {
        Self::numbered_after('-')
    }
}

impl Ids {
    /// Ids of which a repeated one gets this sign and a number.
    pub fn numbered_after(before_number: char) -> Self {
        Self { taken: HashMap::new(), before_number }
    }

    /// Is this id taken?
    pub fn contains(&self, id: &str) -> bool {
        self.taken.contains_key(id)
    }

    /// The wanted id, or the next free one with a number.
    pub fn unique(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        let mut id = wanted.to_owned();
        while self.taken.contains_key(&id) {
            let n = self.taken.entry(wanted.to_owned()).or_insert(0);
            *n = n.saturating_add(1);
            id = format!("{wanted}{}{n}", self.before_number);
        }
        self.taken.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, is_id, slug, title_from_name};

    #[test]
    fn slugs_are_lower_case_words_with_hyphens() {
        let pairs =
            [("1M+", "1m"), ("UI/UX Design", "ui-ux-design"), ("Don’t", "dont"), ("Über uns", "über-uns")];
        for (title, expected) in pairs {
            assert_eq!(slug(title), expected);
            assert!(is_id(expected));
        }
        assert_eq!(slug("+++"), "");
    }

    #[test]
    fn identifiers_are_safe_in_urls() {
        for bad in ["", "A", "-a", ".a", "a.", "a..b", "a b", "a/b", "a@b", "a#b"] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_title_is_made_of_a_name() {
        assert_eq!(title_from_name("concept-to_code"), "Concept to code");
        assert_eq!(title_from_name(""), "Home");
    }

    #[test]
    fn ids_on_one_page_differ() {
        let mut ids = Ids::default();
        let wanted = ["a", "a-1", "a", "a", "", ""];
        let got: Vec<String> = wanted.iter().map(|id| ids.unique(id)).collect();
        assert_eq!(got, ["a", "a-1", "a-2", "a-3", "section", "section-1"]);
    }
}
