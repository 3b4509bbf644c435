//! A text to events, its blocks among them.

use super::fence::{self, Fence};
use super::hidden;
use super::nest::Nesting;
use crate::content::markdown::MarkdownOptions;
use crate::content::markdown::origin::Origin;
use crate::content::markdown::overlooked;
use crate::content::markdown::parser::{Parsed, parsed};
use crate::diagnostics::Problems;
use crate::span::Span;
use pulldown_cmark::Event;

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
        let Parsed { events, undefined } = parsed(&masked, origin, options, most, problems);
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
            overlooked::report(text, &events, undefined, origin, problems);
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
    let Parsed { events, undefined } = parsed(text, origin, options, most, problems);
    hidden::report(text, &restored, &events, origin, problems);
    overlooked::report(text, &events, undefined, origin, problems);
    events.into_iter().map(|(event, range)| (event, origin.span(&range))).collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::content::markdown::block::event::START;
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
                *tag != START || matches!(events.get(i + 1), Some((Event::Html(_), _)))
            }
            Event::End(tag) => open.pop() == Some(*tag),
            _ => true,
        });
        fine && open.is_empty()
    }

    /// How many blocks there are.
    fn blocks(events: &Events<'_>) -> usize {
        events.iter().filter(|(event, _)| *event == Event::Start(START)).count()
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
