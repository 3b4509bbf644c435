//! Sessions at a prompt: what was typed, and what came back.

/// A line of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Something typed, with the prompt before it; the prompt is empty where a command goes on.
    Typed(&'a str, &'a str),
    /// Something that came back.
    Output(&'a str),
}

/// The language that is typed in sessions of this label.
pub fn typed_in(label: &str) -> Option<&'static str> {
    match label {
        "console" | "shell-session" | "shellsession" | "sh-session" | "terminal" => Some("sh"),
        "pycon" => Some("python"),
        _ => None,
    }
}

/// Takes a session apart. A `# ` is root's prompt, unless another one says that it begins a comment.
pub fn lines<'a>(label: &str, code: &'a str) -> Vec<Line<'a>> {
    let python = label == "pycon";
    let comments = code.lines().any(|line| prompt(line, python, true).is_some());
    let mut goes_on = false;
    let mut read = Vec::new();
    for line in code.lines() {
        let further = if python { "... " } else { "> " };
        let found = match prompt(line, python, comments) {
            Some(end) => Some(line.split_at_checked(end).unwrap_or(("", line))),
            None if !goes_on => None,
            None if line.starts_with(further) || line == further.trim_end() => {
                Some(line.split_at_checked(further.len()).unwrap_or((line, "")))
            }
            // A backslash at its end carries a command on to the next line.
            None => read.last().and_then(|last| match last {
                Line::Typed(_, typed) if !python && typed.ends_with('\\') => Some(("", line)),
                _ => None,
            }),
        };
        goes_on = found.is_some();
        read.push(found.map_or(Line::Output(line), |(prompt, typed)| Line::Typed(prompt, typed)));
    }
    read
}

/// How long the prompt is that a line begins with.
fn prompt(line: &str, python: bool, comments: bool) -> Option<usize> {
    let ends_at = |sign: &str| {
        let end = line.find(sign)?.checked_add(sign.len())?;
        Some(end).filter(|end| *end < 100)
    };
    if python {
        return ends_at(">>> ").filter(|end| *end == 4).or_else(|| (line == ">>>").then_some(3));
    }
    if line.starts_with("PS ") {
        return ends_at("> ");
    }
    let first = line.split(' ').next()?;
    let is_prompt = match first {
        "$" | "%" => true,
        "#" => !comments,
        // `user@host:~/folder$`
        named => named.contains('@') && named.len() < 100 && named.ends_with(['$', '%', '#']),
    };
    is_prompt.then(|| first.len().saturating_add(1).min(line.len()))
}

#[cfg(test)]
mod tests {
    use super::{Line, lines};

    #[test]
    fn prompts_and_output_are_told_apart() {
        use Line::{Output, Typed};
        let session = "$ ls \\\n  -l\ntotal 0\n> not typed\n# a comment\nroot@web:/srv# id\nme@x:~$ for i in 1\n> do x\n$";
        let expected = [
            Typed("$ ", "ls \\"),
            Typed("", "  -l"),
            Output("total 0"),
            Output("> not typed"),
            Output("# a comment"),
            Typed("root@web:/srv# ", "id"),
            Typed("me@x:~$ ", "for i in 1"),
            Typed("> ", "do x"),
            Typed("$", ""),
        ];
        assert_eq!(lines("console", session), expected);
        assert_eq!(lines("console", "# apt update\nHit"), [Typed("# ", "apt update"), Output("Hit")]);
        assert_eq!(lines("console", "PS C:\\> dir"), [Typed("PS C:\\> ", "dir")]);
        let python = [Typed(">>> ", "if a:"), Typed("... ", "    b"), Typed("...", ""), Output("1")];
        assert_eq!(lines("pycon", ">>> if a:\n...     b\n...\n1"), python);
    }
}
