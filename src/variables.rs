//! What a site says once and names in many texts: `[[var:support-mail]]` stands for a value of `[variables]`, and in a
//! snippet for one of its parameters.
//!
//! A value is put in when a text is read, never into its source: it is a word and no markup, wherever it stands.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// How the name of a variable begins in a text.
pub const OPEN: &str = "[[var:";
/// How it ends.
pub const CLOSE: &str = "]]";

/// The longest value, in bytes: a longer text is a snippet.
pub const LONGEST: usize = 1000;

/// The values of variables, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// With these names and values; the last value of a name holds.
    pub fn new(values: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(values.into_iter().collect())
    }

    /// The same, with values of a snippet's parameters over them.
    #[must_use]
    pub fn with(&self, parameters: &[(String, String)]) -> Self {
        let mut all = self.clone();
        all.0.extend(parameters.iter().cloned());
        all
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A text with values in the place of names. `value` gives each; what it does not know is left as it is written.
    /// Names come with the bytes they stand at, brackets included.
    pub fn fill(text: &str, mut value: impl FnMut(&str, Range<usize>) -> Option<String>) -> Cow<'_, str> {
        if !is_named_in(text.as_bytes()) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, name, after)) = next(rest) {
            out.push_str(before);
            let start = text.len().saturating_sub(rest.len()).saturating_add(before.len());
            let end = text.len().saturating_sub(after.len());
            match value(name, start..end) {
                Some(value) => out.push_str(&value),
                None => out.extend([OPEN, name, CLOSE]),
            }
            rest = after;
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// Could a text name a variable?
pub fn is_named_in(text: &[u8]) -> bool {
    memchr::memmem::find(text, OPEN.as_bytes()).is_some()
}

/// Can this be the name of a variable, or of a snippet's parameter?
pub fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(part) && !text.starts_with('-') && !text.contains("--")
}

/// The next name in a text, with what stands before and after it.
pub fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0_usize;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(OPEN)) {
        let start = from.saturating_add(found);
        let inner = start.saturating_add(OPEN.len());
        let rest = text.get(inner..)?;
        let length = rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        if let Some((name, after)) = length.and_then(|length| rest.split_at_checked(length))
            && let Some(after) = after.strip_prefix(CLOSE)
            && is_name(name)
        {
            return Some((text.get(..start)?, name, after));
        }
        from = inner;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Variables, is_name, next};

    #[test]
    fn names_are_found_and_nothing_else_is_one() {
        assert_eq!(next("a [[var:b-1]] c"), Some(("a ", "b-1", " c")));
        assert_eq!(
            next("[[var:B]][[var:b|c]][[var:]][[var:d]]"),
            Some(("[[var:B]][[var:b|c]][[var:]]", "d", ""))
        );
        for text in ["", "[[var:a", "[[var:a]", "[[var: a]]", "[var:a]", "[[var:--]]"] {
            assert_eq!(next(text), None, "{text}");
        }
        assert!(is_name("support-mail") && !is_name("Support") && !is_name("-a") && !is_name("a_b"));
    }

    #[test]
    fn what_is_not_known_stays() {
        let variables = Variables::new([("a".to_owned(), "[[var:b]]".to_owned())]);
        let mut places = Vec::new();
        let filled = Variables::fill("[[var:a]] [[var:c]]", |name, place| {
            places.push(place);
            variables.get(name).map(str::to_owned)
        });
        assert_eq!(filled, "[[var:b]] [[var:c]]");
        assert_eq!(places, [0..9, 10..19]);
    }
}
