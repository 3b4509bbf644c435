//! [`choice!`](crate::choice) writes an enum and its reader from a list of words.

/// Declares choices: enums that are read from one of a few words.
#[macro_export]
macro_rules! choice {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// The words, in the order they are declared.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": Self::WORDS })
            }
        }

        impl $crate::content::decode::Decode for $name {
            fn decode(
                value: &$crate::content::value::Value,
                problems: &mut $crate::diagnostics::Problems,
            ) -> Option<Self> {
                let word = <String as $crate::content::decode::Decode>::decode(value, problems)?;
                match word.as_str() {
                    $($word => Some(Self::$variant),)+
                    _ => {
                        let help = problems.suggest(&word, "choices", Self::WORDS.iter().copied());
                        let problem = $crate::diagnostics::Diagnostic::new(
                            $crate::diagnostics::Code::InvalidValue,
                            problems.file(),
                            format!("`{word}` is not a choice here"),
                        );
                        problems.add(problem.at(value.span).help(help));
                        None
                    }
                }
            }
        }
    )+};
}
