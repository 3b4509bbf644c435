//! Interface texts: every word a reader sees that no author wrote, by its key, in one file a language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| {
    Texts(toml::from_str(include_str!("../themes/default/i18n/en.toml")).unwrap_or_default())
});

/// The texts of one language.
#[derive(Clone, Debug, Default)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The embedded texts.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The text of a key; the key itself when there is none, which shows on the page and breaks nothing.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with its placeholders filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values
            .iter()
            .fold(self.get(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn placeholders_are_filled_in() {
        assert_eq!(Texts::english().fill("changed-since", &[("stage", "POC")]), "Changed since POC");
        assert_eq!(Texts::english().get("no-such-key"), "no-such-key");
    }
}
