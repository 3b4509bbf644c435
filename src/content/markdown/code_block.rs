//! Code blocks.

use super::events::{Events, first_line};
use super::writer::Writer;
use crate::content::highlight::{self, Highlighted};
use crate::content::html::{escape, escaped};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, Event};

impl Writer<'_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, inner: &Events<'_>, span: Span) {
        let code: String = inner
            .iter()
            .filter_map(|(e, _)| if let Event::Text(t) = e { Some(&**t) } else { None })
            .collect();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([',', ' ', '{']).next().unwrap_or_default().trim(),
            CodeBlockKind::Indented => "",
        };
        if language == "mermaid"
            && let CodeBlockKind::Fenced(info) = kind
        {
            return self.diagram(&code, info, inner, span);
        }
        self.push("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.push(&format!(" class=\"language-{}\"", escaped(language)));
        }
        self.push(">");
        if language.is_empty() || matches!(language, "text" | "txt" | "plain" | "plaintext" | "none") {
            escape(&code, &mut self.out.html);
        } else {
            match highlight::code(language, &code, self.problems) {
                Highlighted::Html(html) => self.push(&html),
                Highlighted::TooLong(why) => {
                    escape(&code, &mut self.out.html);
                    let line = first_line(span, inner);
                    let message = format!("this code is not highlighted: {why}");
                    self.problems.add(
                        Diagnostic::new(Code::CodeNotHighlighted, self.problems.file(), message)
                            .at(line)
                            .help("`text` instead of the language says that it stays plain"),
                    );
                }
                Highlighted::UnknownLanguage => {
                    escape(&code, &mut self.out.html);
                    let line = first_line(span, inner);
                    let known = highlight::languages().iter().map(String::as_str);
                    let near = self.problems.suggest(language, "languages", known);
                    let message = format!("code in `{language}` cannot be highlighted");
                    self.problems.add(
                        Diagnostic::new(Code::UnknownLanguage, self.problems.file(), message)
                            .at(line)
                            .help(format!("`text` marks code that stays plain; {near}")),
                    );
                }
            }
        }
        self.push("</code></pre>\n");
        self.out.words += Span::new(code.split_whitespace().count(), 0).start;
    }
}
