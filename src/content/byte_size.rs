//! Amounts of data, and the most that a text may be.

use super::decode::{self, Decode};
use super::value::Value;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::SourcePath;

/// An amount of data, written as `4 MiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct ByteSize(pub u64);

impl ByteSize {
    /// The largest text file unless `[limits]` says otherwise.
    pub const TEXT: Self = Self(4 * 1024 * 1024);

    /// The units it can be written in.
    const UNITS: [(&'static str, u64); 4] =
        [("B", 1), ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024)];

    /// What to say of a text that is larger.
    pub fn exceeded(self, file: &SourcePath, size: u64) -> Diagnostic {
        let message = format!("this file has {size} bytes; a text has at most {self}");
        Diagnostic::new(Code::TooLarge, file, message)
            .help("divide it into several, or set `[limits] text` in guidepost.toml")
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at_checked(digits)?;
        let factor = Self::UNITS.iter().find(|(name, _)| *name == unit.trim())?.1;
        number.parse::<u64>().ok()?.checked_mul(factor).filter(|n| *n > 0).map(Self)
    }
}

impl std::fmt::Display for ByteSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let even = |(_, factor): &&(&str, u64)| self.0.is_multiple_of(*factor);
        let (name, factor) = Self::UNITS.iter().rev().find(even).copied().unwrap_or(("B", 1));
        write!(f, "{} {name}", self.0.checked_div(factor).unwrap_or_default())
    }
}

impl schemars::JsonSchema for ByteSize {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ByteSize".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]+ ?(B|KiB|MiB|GiB)$",
            "examples": ["4 MiB"],
        })
    }
}

impl Decode for ByteSize {
    fn decode(value: &Value, problems: &mut Problems) -> Option<Self> {
        decode::parsed(value, problems, "write it as `4 MiB`; the units are B, KiB, MiB and GiB", |text| {
            Self::parse(text).ok_or_else(|| format!("`{text}` is not an amount of data"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSize;

    #[test]
    fn sizes_read_back_as_they_are_printed() {
        for text in ["1 B", "4 MiB", "1023 KiB", "2 GiB"] {
            assert_eq!(ByteSize::parse(text).map(|size| size.to_string()).as_deref(), Some(text));
        }
        assert_eq!(ByteSize::parse("2048KiB"), Some(ByteSize(2 << 20)));
        for bad in ["", "4", "0 B", "4 MB", "-1 B", "99999999999999999999 B", "18446744073709551615 KiB"] {
            assert_eq!(ByteSize::parse(bad), None, "{bad}");
        }
    }
}
