//! Which form of a text a number takes, by the plural rules of CLDR (<https://cldr.unicode.org/index/cldr-spec/plural-rules>).

use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};
use serde::{Deserialize, Serialize};

/// A form, by the name of its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the names of CLDR
pub enum Form {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Form {
    /// All forms that any language has.
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// Its name, as files and scripts write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

/// The rules of a language.
#[derive(Clone, Debug)]
pub struct Rules {
    language: String,
    locale: Locale,
}

impl Rules {
    /// The rules of a language (BCP 47).
    pub fn of(language: &str) -> Self {
        Self { language: language.to_owned(), locale: language.parse().unwrap_or(locale!("en")) }
    }

    /// The language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The form for a number of things.
    pub fn form(&self, n: u64) -> Form {
        // The data is part of the program: finding a language's rules in it costs less than sharing them would.
        let rules = PluralRules::try_new_cardinal((&self.locale).into());
        match rules.map(|rules| rules.category_for(n)) {
            Ok(PluralCategory::Zero) => Form::Zero,
            Ok(PluralCategory::One) => Form::One,
            Ok(PluralCategory::Two) => Form::Two,
            Ok(PluralCategory::Few) => Form::Few,
            Ok(PluralCategory::Many) => Form::Many,
            _ => Form::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Rules};

    #[test]
    fn languages_count_differently() {
        use Form::{Few, Many, One, Other};
        let forms = |language: &str| [0, 1, 2, 5, 22].map(|n| Rules::of(language).form(n));
        assert_eq!(forms("en"), [Other, One, Other, Other, Other]);
        assert_eq!(forms("fr"), [One, One, Other, Other, Other]);
        assert_eq!(forms("pl-PL"), [Many, One, Few, Many, Few]);
        assert_eq!(forms("no such tag"), forms("en"));
    }
}
