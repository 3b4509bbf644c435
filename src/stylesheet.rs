//! What a stylesheet refers to: `url(...)` and `@import`, found as CSS Syntax Level 3 (section 4) reads it.

use crate::span::Span;

/// A place in a stylesheet that names another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// All of it, `url(` and `)` included.
    pub span: Span,
    /// What it names.
    pub target: Target,
    /// It is what `@import` names.
    pub import: bool,
}

/// What is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file beside the stylesheet: its relative path, and the query or fragment behind it.
    File(String, String),
    /// Part of the page, or data in the stylesheet itself: nothing to look for.
    Within,
    /// Another site, or a path from the server's root.
    Elsewhere(String),
}

impl Target {
    fn of(text: &str) -> Self {
        let text = text.trim();
        let scheme = text.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if text.is_empty() || text.starts_with('#') || scheme.is_some_and(|s| s.eq_ignore_ascii_case("data"))
        {
            return Self::Within;
        }
        if text.starts_with('/') || scheme.is_some() {
            return Self::Elsewhere(text.to_owned());
        }
        let (path, rest) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        Self::File(path, rest.to_owned())
    }
}

/// The stylesheet with other URLs for the files it refers to: `place` gives that of a path, as it is to stand between
/// quotes, or nothing where it stays as it is. What stands behind a path, such as `?v=2` or `#icon`, stays too.
pub fn rewritten(css: &str, mut place: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut from = 0;
    for reference in references(css) {
        let Target::File(path, rest) = &reference.target else { continue };
        let Some(url) = place(path) else { continue };
        let span = reference.span.range();
        out.push_str(css.get(from..span.start).unwrap_or_default());
        out.push_str(&format!("url(\"{url}{}\")", rest.replace(['"', '\\', '\n'], "")));
        from = span.end;
    }
    out.push_str(css.get(from..).unwrap_or_default());
    out
}

/// All references of a stylesheet, in their order.
pub fn references(css: &str) -> Vec<Reference> {
    let mut scanner = Scanner { css, at: 0 };
    let mut found = Vec::new();
    let mut import = false;
    while let Some(c) = scanner.peek() {
        let start = scanner.at;
        let named = match c {
            '"' | '\'' => {
                let text = scanner.string(c);
                import.then_some(text)
            }
            '/' if scanner.rest().starts_with("/*") => {
                scanner.comment();
                continue;
            }
            '@' => {
                scanner.at += 1;
                import = scanner.name().eq_ignore_ascii_case("import");
                continue;
            }
            c if is_name(c) => {
                let name = scanner.name();
                if name.eq_ignore_ascii_case("url") && scanner.peek() == Some('(') {
                    scanner.at += 1;
                    Some(scanner.url())
                } else {
                    None
                }
            }
            c => {
                scanner.at += c.len_utf8();
                if c.is_whitespace() {
                    continue;
                }
                None
            }
        };
        if let Some(text) = named {
            let span = Span::new(start, scanner.at);
            found.push(Reference { span, target: Target::of(&text), import });
        }
        import = false;
    }
    found
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '\\') || !c.is_ascii()
}

struct Scanner<'a> {
    css: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.css.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// To the end of a comment, which is the end of the file where it is never closed.
    fn comment(&mut self) {
        let rest = self.rest();
        self.at += rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |end| end + 4);
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| is_name(*c)) {
            self.at += c.len_utf8();
            if c == '\\' { name.extend(self.escape()) } else { name.push(c) }
        }
        name
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let rest = self.rest();
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            // A line that ends in a backslash goes on.
            return self.next().filter(|c| *c != '\n');
        }
        let code = rest.get(..digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        self.at += digits;
        if self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
        Some(code.and_then(char::from_u32).unwrap_or('\u{fffd}'))
    }

    /// A string, from its quote on. One that is not closed ends with its line.
    fn string(&mut self, quote: char) -> String {
        let mut text = String::new();
        self.next();
        while let Some(c) = self.peek().filter(|c| *c != '\n') {
            self.next();
            match c {
                c if c == quote => break,
                '\\' => text.extend(self.escape()),
                c => text.push(c),
            }
        }
        text
    }

    /// What stands behind `url(`, and its parenthesis.
    fn url(&mut self) -> String {
        self.blanks();
        let mut text = match self.peek() {
            Some(quote @ ('"' | '\'')) => self.string(quote),
            _ => String::new(),
        };
        while let Some(c) = self.next().filter(|c| *c != ')') {
            if c == '\\' { text.extend(self.escape()) } else { text.push(c) }
        }
        text.truncate(text.trim_end().len());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, references};
    use proptest::prelude::*;

    fn found(css: &str) -> Vec<(&str, Target, bool)> {
        let of = |r: super::Reference| (css.get(r.span.range()).unwrap_or_default(), r.target, r.import);
        references(css).into_iter().map(of).collect()
    }

    fn file(path: &str) -> Target {
        Target::File(path.to_owned(), String::new())
    }

    #[test]
    fn references_are_found_as_browsers_find_them() {
        for (css, wanted) in [
            ("a { background: url(x.png) }", vec![("url(x.png)", file("x.png"), false)]),
            ("a{b:URL( 'x y.png' )}", vec![("URL( 'x y.png' )", file("x y.png"), false)]),
            (r"a{b:url(x\ y\).png)}", vec![(r"url(x\ y\).png)", file("x y).png"), false)]),
            (r"a{b:u\72l(x.png)}", vec![(r"u\72l(x.png)", file("x.png"), false)]),
            ("a{b:url(x%20y.png)}", vec![("url(x%20y.png)", file("x y.png"), false)]),
            (
                "@font-face{src:url(f.woff2?v=1#iefix)}",
                vec![("url(f.woff2?v=1#iefix)", Target::File("f.woff2".into(), "?v=1#iefix".into()), false)],
            ),
            ("/* url(x) */ a{content:\"url(y)\"}", vec![]),
            ("a{b:my-url(x)} .url{}", vec![]),
            (
                "a{b:url(#arrow) url(data:image/png;base64,AA==)}",
                vec![
                    ("url(#arrow)", Target::Within, false),
                    ("url(data:image/png;base64,AA==)", Target::Within, false),
                ],
            ),
            (
                "a{b:url(//cdn/x) url(https://cdn/x)}",
                vec![
                    ("url(//cdn/x)", Target::Elsewhere("//cdn/x".into()), false),
                    ("url(https://cdn/x)", Target::Elsewhere("https://cdn/x".into()), false),
                ],
            ),
            (
                "@import 'a.css';@import/**/url(b.css) print;",
                vec![("'a.css'", file("a.css"), true), ("url(b.css)", file("b.css"), true)],
            ),
            ("@media screen { a::before { content: 'b' } }", vec![]),
            ("a{b:url(x", vec![("url(x", file("x"), false)]),
            ("a{b:'x\n} c{d:url(y)}", vec![("url(y)", file("y"), false)]),
            ("/* never closed url(x)", vec![]),
        ] {
            assert_eq!(found(css), wanted, "{css}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_scanned(css in r#"([url()'"\\/*@import#\n é-]|\PC){0,60}"#) {
            for reference in references(&css) {
                prop_assert!(css.get(reference.span.range()).is_some());
            }
        }
    }
}
