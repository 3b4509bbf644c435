//! A text to events, its blocks among them.

use super::fence::{self, Fence};
use super::hidden;
use super::{END, START};
use crate::content::markdown::MarkdownOptions;
use crate::content::markdown::origin::Origin;
use crate::content::markdown::parse::parser;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Span;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// How often a text is parsed at most. What is hidden by a comment in HTML shows only when the line that ends the
/// comment is restored; nobody writes that twice.
const MOST_PASSES: usize = 8;

/// Parses a text, at most `most` events of it.
pub fn read<'a>(
    text: &'a str,
    origin: Origin,
    options: &MarkdownOptions,
    most: usize,
    problems: &mut Problems,
) -> Vec<(Event<'a>, Span)> {
    let mut fences = fence::find(text);
    let mut restored: Vec<Fence> = Vec::new();
    for pass in 1..=MOST_PASSES {
        if fences.is_empty() {
            break;
        }
        let masked = fence::mask(text, &fences);
        let events: Vec<_> = parser(&masked, options).take(most).collect();
        let mut rules =
            events.iter().filter(|(event, _)| *event == Event::Rule).map(|(_, range)| range).peekable();
        let mut hidden = Vec::new();
        for (number, fence) in fences.iter().enumerate() {
            while rules.next_if(|rule| rule.end <= fence.line.start).is_some() {}
            if rules.peek().is_none_or(|rule| rule.start > fence.line.start) {
                hidden.push(number);
            }
        }
        if hidden.is_empty() {
            hidden::report(text, &restored, &events, origin, problems);
            let mut nesting = Nesting::new(text, &fences, origin, problems);
            for (event, range) in events {
                nesting.take(event, range);
            }
            return nesting.finish();
        }
        // A line with `>` in it can end HTML, and what comes after it is looked at again.
        let ends_html = |number: &&usize| {
            let line = fences.get(**number).and_then(|fence| text.get(fence.line.clone()));
            line.is_some_and(|line| line.contains('>'))
        };
        let upto = hidden.iter().find(ends_html).copied().filter(|_| pass + 1 < MOST_PASSES);
        let mut number = 0;
        restored.extend(fences.extract_if(.., |_| {
            number += 1;
            hidden.binary_search(&(number - 1)).is_ok() && upto.is_none_or(|upto| number - 1 <= upto)
        }));
    }
    let events: Vec<_> = parser(text, options).take(most).collect();
    hidden::report(text, &restored, &events, origin, problems);
    events.into_iter().map(|(event, range)| (event, origin.span(&range))).collect()
}

/// A block that is open.
struct Open {
    name: String,
    span: Span,
    /// How many elements of Markdown it stands in.
    depth: usize,
    /// Within it a paragraph was begun for bare words, which tight lists have.
    in_paragraph: bool,
}

/// Makes elements of the rules at fences.
struct Nesting<'t, 'f, 'p> {
    text: &'t str,
    fences: std::iter::Peekable<std::slice::Iter<'f, Fence>>,
    origin: Origin,
    problems: &'p mut Problems,
    open: Vec<Open>,
    /// The elements of Markdown that are open.
    around: Vec<TagEnd>,
    out: Vec<(Event<'t>, Span)>,
}

impl<'t, 'f, 'p> Nesting<'t, 'f, 'p> {
    fn new(text: &'t str, fences: &'f [Fence], origin: Origin, problems: &'p mut Problems) -> Self {
        Self {
            text,
            fences: fences.iter().peekable(),
            origin,
            problems,
            open: Vec::new(),
            around: Vec::new(),
            out: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.origin.span(&range);
        match &event {
            Event::Rule => {
                self.end_paragraph();
                if let Some(fence) = self.fences.next_if(|fence| range.contains(&fence.line.start)) {
                    self.fence(fence);
                    return;
                }
            }
            Event::Start(tag) => {
                if is_inline(tag) {
                    self.begin_paragraph(span);
                } else {
                    self.end_paragraph();
                }
                self.around.push(tag.to_end());
            }
            Event::End(_) => {
                self.end_paragraph();
                self.end_blocks();
                self.around.pop();
            }
            Event::Html(_) => {}
            _ => self.begin_paragraph(span),
        }
        self.out.push((event.into_static(), span));
    }

    fn fence(&mut self, fence: &Fence) {
        let span = self.origin.span(&fence.line);
        let header = self.text.get(fence.header.clone()).unwrap_or_default();
        if !header.is_empty() {
            let name: String = header.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            self.out.push((Event::Start(START), span));
            self.out.push((Event::Html(CowStr::Borrowed(header)), self.origin.span(&fence.header)));
            self.open.push(Open { name, span, depth: self.around.len(), in_paragraph: false });
            return;
        }
        if self.open.last().is_some_and(|open| open.depth == self.around.len()) {
            self.open.pop();
            self.out.push((Event::End(END), span));
            return;
        }
        let problem =
            Diagnostic::new(Code::UnclosedBlock, self.problems.file(), "this closes nothing").at(span);
        self.problems.add(match (self.open.last(), self.around.last()) {
            (Some(open), Some(around)) => problem.help(format!(
                "`{}` was opened outside of this {}: close it on a line that does not belong to it",
                open.name,
                container(*around)
            )),
            _ => problem.help("take it away, or open a block before it, for instance with `:::note`"),
        });
    }

    /// Blocks end where the element ends that they were opened in.
    fn end_blocks(&mut self) {
        while let Some(open) = self.open.pop_if(|open| open.depth == self.around.len()) {
            let help = match self.around.last() {
                Some(around) => {
                    format!("end it with `:::` in the same {} that it was opened in", container(*around))
                }
                None => "end it with a line `:::`; such a line closes the innermost block".to_owned(),
            };
            let message = format!("`{}` is never closed", open.name);
            self.problems.add(
                Diagnostic::new(Code::UnclosedBlock, self.problems.file(), message).at(open.span).help(help),
            );
            self.out.push((Event::End(END), open.span));
        }
    }

    /// The block that stands directly around what comes next.
    fn directly_around(&mut self) -> Option<&mut Open> {
        let depth = self.around.len();
        self.open.last_mut().filter(|open| open.depth == depth)
    }

    fn begin_paragraph(&mut self, span: Span) {
        if let Some(open) = self.directly_around().filter(|open| !open.in_paragraph) {
            open.in_paragraph = true;
            self.out.push((Event::Start(Tag::Paragraph), span));
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(open) = self.directly_around().filter(|open| open.in_paragraph) {
            open.in_paragraph = false;
            let span = open.span;
            self.out.push((Event::End(TagEnd::Paragraph), span));
        }
    }

    fn finish(mut self) -> Vec<(Event<'t>, Span)> {
        self.end_paragraph();
        self.end_blocks();
        self.out
    }
}

/// Is this a part of a line?
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// What an element that holds blocks is called.
fn container(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::BlockQuote(_) => "quote",
        TagEnd::FootnoteDefinition => "footnote",
        TagEnd::DefinitionListDefinition => "definition",
        _ => "list item",
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::content::markdown::events::Events;
    use crate::content::markdown::{MarkdownOptions, Origin};
    use crate::diagnostics::Problems;
    use crate::span::SourcePath;
    use proptest::prelude::*;
    use pulldown_cmark::Event;

    fn events(text: &str) -> (Vec<(Event<'_>, crate::span::Span)>, Vec<String>) {
        let mut problems = Problems::new(&SourcePath::new("a.md"));
        let events = read(text, Origin::At(0), &MarkdownOptions::default(), 100_000, &mut problems);
        (events, problems.finish().into_iter().map(|problem| problem.message).collect())
    }

    /// Are these events well nested, and does each block say what it is?
    fn is_nested(events: &Events<'_>) -> bool {
        let mut open = Vec::new();
        let fine = events.iter().enumerate().all(|(i, (event, _))| match event {
            Event::Start(tag) => {
                open.push(tag.to_end());
                *tag != super::START || matches!(events.get(i + 1), Some((Event::Html(_), _)))
            }
            Event::End(tag) => open.pop() == Some(*tag),
            _ => true,
        });
        fine && open.is_empty()
    }

    /// How many blocks there are.
    fn blocks(events: &Events<'_>) -> usize {
        events.iter().filter(|(event, _)| *event == Event::Start(super::START)).count()
    }

    #[test]
    fn what_stands_in_code_and_in_html_is_no_fence() {
        for (text, expected) in [
            (":::a\n:::\n", 1),
            ("```\n:::a\n```\n:::b\n:::\n", 1),
            ("    :::a\n\n:::b\n:::\n", 1),
            ("<!--\n:::a\n:::\n-->\n:::b\n:::\n", 1),
            // The fence's own line ends the comment.
            ("<!--\n:::a[-->]\n:::b\n:::\n", 1),
            ("<div>\n:::a\n</div>\n\n:::b\n:::\n", 1),
            ("text\n:::a\ntext\n:::\n", 1),
            ("| a |\n| - |\n| b |\n:::a\n:::\n", 1),
            ("- a\n  :::a\n  b\n  :::\n- c\n", 1),
            ("* :::a\n  b\n  :::\n", 1),
            ("> :::a\n> b\n> :::\n", 1),
            ("t\n: :::a\n  b\n  :::\n", 1),
            ("[^1]: :::a\n    b\n    :::\n\nx[^1]\n", 1),
            ("::::a\n:::b\n:::\n::::\n", 2),
            ("text `code\n:::a\n:::\n` text\n", 1),
        ] {
            let (read, problems) = events(text);
            let problems = problems.iter().filter(|problem| !problem.contains("HTML")).count();
            assert_eq!((blocks(&read), problems), (expected, 0), "{text}");
            assert!(is_nested(&read), "{text}");
        }
    }

    #[test]
    fn definitions_hold_inside_and_outside() {
        let (read, _) = events("[a]: /x\n\n:::note\n[a] [b]\n\n[b]: /y\n:::\n\n[b]\n");
        let links = read.iter().filter(|(e, _)| matches!(e, Event::Start(pulldown_cmark::Tag::Link { .. })));
        assert_eq!(links.count(), 3);
    }

    fn lines() -> impl Strategy<Value = String> {
        let lines = prop::sample::select(vec![
            ":::note",
            ":::",
            "::::tabs",
            "::::",
            ":::tab[A > b]{sync=x}",
            "- :::tip",
            "  :::",
            "> :::only",
            "> :::",
            ">",
            "- a",
            "  b",
            "    :::",
            "```",
            "<!--",
            "-->",
            ":::x[-->]",
            "<div>",
            "",
            "text",
            "text `",
            "| a |",
            "| - |",
            "term",
            ": :::y",
            "[^1]: :::z",
            "    :::",
            "1. a",
            "   :::note",
            "***",
            "---",
            "[a]: /b",
            "*a",
            "\\:::note",
        ]);
        prop::collection::vec(lines, 0..24).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn blocks_are_always_well_nested(text in lines()) {
            let (read, _) = events(&text);
            prop_assert!(is_nested(&read));
            // Every word keeps its place.
            for (event, span) in &read {
                if let Event::Text(written) = event {
                    let there = text.get(span.range()).unwrap_or_default();
                    prop_assert!(there == &**written || there.contains('\\'), "{there} {written}");
                }
            }
        }
    }
}
