//! What blocks, code fences, pictures and snippets say of themselves: `key`, `key=value`, `key="some words"`, `#id`.
//!
//! One notation for all of them. Around it stand braces, or in a code fence the language before it.

use super::origin::Origin;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::{Span, Spanned};
use std::collections::HashSet;
use std::ops::Range;

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its key; an id has the key `id`.
    pub key: String,
    /// What stands behind the `=`.
    pub value: Option<Spanned<String>>,
    /// Where all of it stands.
    pub span: Span,
}

/// The most attributes that one thing can have.
const MOST: usize = 50;

/// Attributes in the order they are written, of which each is [taken](Self::take) by whoever knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<Attribute>);

impl Attributes {
    /// Reads a stretch of `text`, in which attributes stand apart from each other by white space. What cannot be read is
    /// reported and left out.
    pub fn read(text: &str, stretch: Range<usize>, origin: Origin, problems: &mut Problems) -> Self {
        let mut found: Vec<Attribute> = Vec::new();
        let mut keys: HashSet<&str> = HashSet::new();
        let written = text.get(stretch.clone()).unwrap_or_default();
        let mut at = 0;
        while let Some(start) = written.get(at..).and_then(|rest| rest.find(|c: char| !c.is_whitespace())) {
            let start = at + start;
            let rest = written.get(start..).unwrap_or_default();
            let place = |range: Range<usize>| {
                origin.span(&(stretch.start + start + range.start..stretch.start + start + range.end))
            };
            let token = match Token::of(rest) {
                Ok(token) => token,
                Err(wrong) => {
                    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    problems.add(
                        Diagnostic::new(Code::InvalidAttribute, problems.file(), wrong)
                            .at(place(0..end))
                            .help("write `key`, `key=value`, `key=\"some words\"` or `#id`"),
                    );
                    at = start + end.max(1);
                    continue;
                }
            };
            at = start + token.length;
            let key =
                Some(rest.get(token.key).unwrap_or_default()).filter(|key| !key.is_empty()).unwrap_or("id");
            let span = place(0..token.length);
            if found.len() == MOST {
                problems.add(
                    Diagnostic::new(
                        Code::InvalidAttribute,
                        problems.file(),
                        format!("there are more than {MOST} attributes"),
                    )
                    .at(span)
                    .help("keep those that it knows"),
                );
                break;
            }
            if !keys.insert(key) {
                problems.add(
                    Diagnostic::new(
                        Code::InvalidAttribute,
                        problems.file(),
                        format!("`{key}` is given twice"),
                    )
                    .at(span)
                    .help("keep one of them"),
                );
                continue;
            }
            let value = token.value.map(|range| {
                Spanned::new(rest.get(range.clone()).unwrap_or_default().to_owned(), place(range))
            });
            found.push(Attribute { key: key.to_owned(), value, span });
        }
        Self(found)
    }

    /// Takes an attribute out.
    pub fn take(&mut self, key: &str) -> Option<Attribute> {
        let at = self.0.iter().position(|attribute| attribute.key == key)?;
        Some(self.0.remove(at))
    }

    /// Takes out the value of an attribute; one that has none is reported.
    pub fn value(&mut self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        let attribute = self.take(key)?;
        if attribute.value.is_none() {
            problems.add(
                Diagnostic::new(Code::InvalidAttribute, problems.file(), format!("`{key}` has no value"))
                    .at(attribute.span)
                    .help(format!("write `{key}=value` or `{key}=\"some words\"`")),
            );
        }
        attribute.value
    }

    /// Takes out an attribute that is there or not; one with a value is reported.
    pub fn flag(&mut self, key: &str, problems: &mut Problems) -> bool {
        let Some(attribute) = self.take(key) else { return false };
        if attribute.value.is_some() {
            problems.add(
                Diagnostic::new(Code::InvalidAttribute, problems.file(), format!("`{key}` takes no value"))
                    .at(attribute.span)
                    .help(format!("write `{key}` alone, or leave it out")),
            );
        }
        true
    }

    /// Puts values of variables into those of attributes.
    pub fn fill(&mut self, mut fill: impl FnMut(&str, Span) -> String) {
        for value in self.0.iter_mut().filter_map(|attribute| attribute.value.as_mut()) {
            value.value = fill(&value.value, value.span);
        }
    }

    /// All that are left, for those who take any key.
    pub fn rest(&mut self) -> Vec<Attribute> {
        std::mem::take(&mut self.0)
    }

    /// Reports what nobody took. `whose` says of what these are the attributes, `known` which it can have.
    pub fn finish(self, whose: &str, known: &[&str], problems: &mut Problems) {
        for attribute in self.0 {
            let key = &attribute.key;
            let help = if known.is_empty() {
                format!("leave it out: {whose} has none")
            } else {
                problems.suggest(key, "attributes", known.iter().copied())
            };
            problems.add(
                Diagnostic::new(
                    Code::UnknownAttribute,
                    problems.file(),
                    format!("`{key}` is no attribute of {whose}"),
                )
                .at(attribute.span)
                .help(help),
            );
        }
    }
}

/// Where the parts of an attribute lie in the text that begins with it.
struct Token {
    /// Empty for an id.
    key: Range<usize>,
    value: Option<Range<usize>>,
    length: usize,
}

impl Token {
    fn of(text: &str) -> Result<Self, &'static str> {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '{' | '}' | '#');
        if let Some(id) = text.strip_prefix('#') {
            let end = id.find(ends).unwrap_or(id.len());
            return match id.get(end..).and_then(|rest| rest.chars().next()) {
                None | Some(' ' | '\t' | '\n') if end > 0 => {
                    Ok(Self { key: 0..0, value: Some(1..end + 1), length: end + 1 })
                }
                _ => Err("this is no id"),
            };
        }
        let end = text.find(ends).unwrap_or(text.len());
        if end == 0 {
            return Err("an attribute begins with its key");
        }
        let rest = text.get(end..).unwrap_or_default();
        let Some(value) = rest.strip_prefix('=') else {
            let is_alone = rest.chars().next().is_none_or(char::is_whitespace);
            return if is_alone {
                Ok(Self { key: 0..end, value: None, length: end })
            } else {
                Err("behind a key stands `=` or a space")
            };
        };
        let start = end + 1;
        if let Some(quoted) = value.strip_prefix('"') {
            let Some(length) = quoted.find('"') else { return Err("the quotation mark is never closed") };
            let after = quoted.get(length + 1..).and_then(|rest| rest.chars().next());
            return if after.is_none_or(char::is_whitespace) {
                Ok(Self {
                    key: 0..end,
                    value: Some(start + 1..start + 1 + length),
                    length: start + length + 2,
                })
            } else {
                Err("attributes stand apart from each other by a space")
            };
        }
        let length = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '}')).unwrap_or(value.len());
        let after = value.get(length..).and_then(|rest| rest.chars().next());
        if length == 0 || !after.is_none_or(char::is_whitespace) {
            return Err("a value with spaces, quotation marks or braces in it stands in quotation marks");
        }
        Ok(Self { key: 0..end, value: Some(start..start + length), length: start + length })
    }
}

/// The attributes in braces at the very beginning of a text, as the range between the braces. A `}` within quotation marks
/// does not end them.
pub fn in_braces(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix('{')?;
    let mut quoted = false;
    let end = inner.find(|c| {
        quoted ^= c == '"';
        (c == '}' && !quoted) || c == '\n'
    })?;
    inner.get(end..)?.starts_with('}').then_some(1..1 + end)
}

#[cfg(test)]
mod tests {
    use super::{Attributes, in_braces};
    use crate::content::markdown::Origin;
    use crate::diagnostics::Problems;
    use crate::span::SourcePath;

    fn read(text: &str) -> (Vec<(String, Option<String>)>, Vec<String>) {
        let mut problems = Problems::new(&SourcePath::new("a.md"));
        let read = Attributes::read(text, 0..text.len(), Origin::At(0), &mut problems).rest();
        let keys = read.into_iter().map(|a| (a.key, a.value.map(|v| v.value))).collect();
        (keys, problems.finish().into_iter().map(|d| format!("{:?}: {}", d.span, d.message)).collect())
    }

    fn pair(key: &str, value: Option<&str>) -> (String, Option<String>) {
        (key.to_owned(), value.map(str::to_owned))
    }

    #[test]
    fn every_form_is_read() {
        let (keys, wrong) = read(r#" collapse sync=os title="a = b }"	#one url=https://x.y/?a=b "#);
        let expected = [
            pair("collapse", None),
            pair("sync", Some("os")),
            pair("title", Some("a = b }")),
            pair("id", Some("one")),
            pair("url", Some("https://x.y/?a=b")),
        ];
        assert_eq!(keys, expected);
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_is_read() {
        let (keys, wrong) = read("=x a= b=\"c d e=f e=g #");
        assert_eq!(keys, [pair("d", None), pair("e", Some("f"))]);
        let starts: Vec<&str> = wrong.iter().filter_map(|w| w.split(':').next()).collect();
        assert_eq!(starts, ["Some(0..2)", "Some(3..5)", "Some(6..10)", "Some(17..20)", "Some(21..22)"]);
    }

    #[test]
    fn braces_end_where_no_quotation_is_open() {
        assert_eq!(in_braces(r#"{a="}" b} c"#), Some(1..8));
        for other in ["", "a}", "{a", "{a\n}"] {
            assert_eq!(in_braces(other), None, "{other}");
        }
    }
}
