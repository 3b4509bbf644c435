//! Code blocks, and what their fences say of them.

use super::attributes::Attributes;
use super::events::{Events, first_line};
use super::origin::Origin;
use super::variables;
use super::writer::Writer;
use crate::content::code::excerpt::Part;
use crate::content::code::lines::LineSet;
use crate::content::code::{Fence, Included, language};
use crate::content::highlight::{self, Plain};
use crate::content::prose::SlotKind;
use crate::content::words;
use crate::diagnostics::{Code, Diagnostic};
use crate::span::{Span, Spanned};
use pulldown_cmark::{CodeBlockKind, Event};

/// What a fence can say of its code.
const ATTRIBUTES: [&str; 6] = ["title", "lines", "numbers", "diff", "wrap", "file"];

/// The largest number that a first line can have.
const LARGEST_NUMBER: u32 = 1_000_000;

impl Writer<'_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, inner: &Events<'_>, span: Span) {
        let code: String = inner
            .iter()
            .filter_map(|(e, _)| if let Event::Text(t) = e { Some(&**t) } else { None })
            .collect();
        let line = first_line(span, inner);
        let (language, attributes) = match kind {
            CodeBlockKind::Fenced(info) => self.opening(info, line),
            CodeBlockKind::Indented => (String::new(), Attributes::default()),
        };
        if Self::is_data(&language) {
            return self.data(&language, attributes, &code, inner, line);
        }
        if language == "mermaid" {
            return self.diagram(&code, attributes, inner, line);
        }
        self.code(language, attributes, &code, line);
        self.out.words += Span::new(words::count(&code), 0).start;
    }

    fn code(&mut self, language: String, mut attributes: Attributes, code: &str, line: Span) {
        let file = attributes.value("file", self.problems);
        let fence = self.fence(language, attributes, code, file.is_some());
        if let Some(file) = file {
            self.included(fence, &file, code, line);
            return;
        }
        let problems = &mut *self.problems;
        let (html, plain) = fence.html(code, &mut |size| problems.may_highlight(size));
        self.push(&html);
        match plain {
            None => {}
            Some(Plain::TooLong(why)) => {
                let message = format!("this code is not highlighted: {why}");
                self.problems.add(
                    Diagnostic::new(Code::CodeNotHighlighted, self.problems.file(), message)
                        .at(line)
                        .help("`text` instead of the language says that it stays plain"),
                );
            }
            Some(Plain::UnknownLanguage) => self.unknown_language(&fence.language, line),
        }
    }

    fn unknown_language(&mut self, language: &str, line: Span) {
        let near = self.problems.nearest(language, highlight::languages_like(language));
        let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let message = format!("code in `{language}` cannot be highlighted");
        self.problems.add(
            Diagnostic::new(Code::UnknownLanguage, self.problems.file(), message)
                .at(line)
                .help(format!("{near}`text` marks code that stays plain")),
        );
    }

    /// Reads the line that opens a fence: the language, and behind it attributes.
    pub(super) fn opening(&mut self, info: &str, line: Span) -> (String, Attributes) {
        if info.starts_with('{') {
            // Notation of another tool, which is reported as such.
            return (String::new(), Attributes::default());
        }
        let first = info.split_whitespace().next().unwrap_or_default();
        // A fence may have attributes and no language.
        let is_attribute = first.contains('=') || first.starts_with('#');
        let language =
            if is_attribute { "" } else { first.split([',', '{']).next().unwrap_or_default() }.to_owned();
        if language.len() == info.len() {
            return (language, Attributes::default());
        }
        // The source has it letter for letter; the parser has read escapes and entities.
        let written = self.file.get(line.range()).unwrap_or_default();
        let written = written.lines().next().unwrap_or_default();
        let fence = written.trim_start().trim_start_matches(['`', '~']).trim_start();
        let exact = written.trim_start().starts_with(['`', '~']);
        let (text, origin) =
            if exact { (written, Origin::At(line.start as usize)) } else { (info, Origin::Within(line)) };
        let mut start = if exact { text.len() - fence.len() } else { 0 };
        if !is_attribute {
            let rest = text.get(start..).unwrap_or_default();
            start += rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
        }
        let rest = text.get(start..).unwrap_or_default();
        if let Some(brace) =
            rest.find('{').filter(|brace| rest.get(..*brace).is_some_and(|b| !b.contains('"')))
        {
            self.braces(rest.get(brace..).unwrap_or_default(), origin.span(&(start + brace..text.len())));
            return (language, Attributes::default());
        }
        let mut attributes = Attributes::read(text, start..text.len(), origin, self.problems);
        attributes.fill(|value, span| self.problems.fill(&variables::shown(value), span));
        (language, attributes)
    }

    /// Other tools put what they say of code between braces.
    fn braces(&mut self, written: &str, span: Span) {
        let inner = written.trim_start_matches('{').split('}').next().unwrap_or_default();
        let help = if LineSet::parse(inner).is_some() {
            format!("mark lines with `lines=\"{inner}\"`")
        } else {
            format!(
                "write it behind the language, as in `title=\"src/main.rs\"`; there are: {}",
                ATTRIBUTES.join(", ")
            )
        };
        let message = "what a code fence says of its code stands without braces";
        self.problems
            .add(Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message).at(span).help(help));
    }

    fn fence(&mut self, language: String, mut attributes: Attributes, code: &str, from_file: bool) -> Fence {
        let mut fence = Fence { language, ..Fence::default() };
        fence.title = attributes
            .value("title", self.problems)
            .map(|title| title.value)
            .filter(|title| !title.is_empty());
        fence.diff = attributes.flag("diff", self.problems);
        fence.wrap = attributes.flag("wrap", self.problems);
        if let Some(numbers) = attributes.take("numbers") {
            fence.numbers = match numbers.value {
                // An excerpt of lines has those of its file.
                None => Some(u32::from(!from_file)),
                Some(written) => self.first_number(&written),
            };
        }
        if let Some(written) = attributes.value("lines", self.problems) {
            fence.marked = self.marked(&written, code, from_file);
        }
        attributes.finish("a code fence", &ATTRIBUTES, self.problems);
        fence
    }

    fn first_number(&mut self, written: &Spanned<String>) -> Option<u32> {
        let number = written.value.parse().ok().filter(|n| (1..=LARGEST_NUMBER).contains(n));
        if number.is_none() {
            let message = format!("`{}` is no number of a line", written.value);
            self.problems.add(
                Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message)
                    .at(written.span)
                    .help("write `numbers`, or `numbers=10` to begin with another number than 1"),
            );
        }
        number
    }

    fn marked(&mut self, written: &Spanned<String>, code: &str, from_file: bool) -> LineSet {
        let (message, help) = match LineSet::parse(&written.value) {
            None => (
                format!("`{}` is no list of lines", written.value),
                "write numbers and ranges, as in `lines=\"3,5-8\"`".to_owned(),
            ),
            // Those of a file are counted when it is read.
            Some(set) if from_file => return set,
            Some(set) => {
                let count = code.lines().count();
                let Some(last) = set.beyond(count) else { return set };
                (
                    format!("this code has no line {last}"),
                    format!("it has {count}, counted from 1 whatever `numbers` says"),
                )
            }
        };
        self.problems.add(
            Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message)
                .at(written.span)
                .help(help),
        );
        LineSet::default()
    }

    /// Leaves a place for code that lies in a file.
    fn included(&mut self, fence: Fence, written: &Spanned<String>, code: &str, line: Span) {
        if !code.trim().is_empty() {
            let message = "this code is to come from a file, and stands here as well";
            self.problems.add(
                Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message)
                    .at(written.span)
                    .help("take away `file`, or the lines between the fences"),
            );
        }
        if !language::is_plain(&fence.language) && !fence.is_known() {
            self.unknown_language(&fence.language, line);
        }
        let (file, fragment) =
            written.value.split_once('#').map_or((&*written.value, None), |(file, part)| (file, Some(part)));
        let included = Included { fence, file: file.to_owned(), part: Part::parse(fragment) };
        self.slot(SlotKind::Code(Box::new(included)), written.span);
    }
}
