//! A part of a file of code: all of it, some of its lines, or a region that comments mark.

use std::borrow::Cow;

/// How much of a file is shown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Part {
    /// All of it.
    Whole,
    /// From one line to another, both included, from 1.
    Lines(u32, u32),
    /// What stands between two comments.
    Region(String),
}

/// A part that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its lines, without the indentation that all of them share.
    pub text: String,
    /// The number of its first line where the file's own numbers hold for it.
    pub first: Option<u32>,
}

/// Why there is no such part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The file has only so many lines.
    Lines(usize),
    /// The file has no region of that name, but these.
    Region(Vec<String>),
    /// The region begins and never ends.
    Open,
    /// There are two regions of that name.
    Twice,
}

impl Part {
    /// Reads what stands behind the `#`: `L3`, `L3-L20`, or a region's name.
    pub fn parse(fragment: Option<&str>) -> Self {
        let Some(fragment) = fragment.filter(|written| !written.is_empty()) else { return Self::Whole };
        let line = |text: &str| text.strip_prefix('L').unwrap_or(text).parse::<u32>().ok().filter(|n| *n > 0);
        let lines = fragment.strip_prefix('L').and_then(|rest| {
            let (from, to) = rest.split_once('-').unwrap_or((rest, rest));
            let (from, to) = (line(from)?, line(to)?);
            (from <= to).then_some(Self::Lines(from, to))
        });
        lines.unwrap_or_else(|| Self::Region(fragment.to_owned()))
    }

    /// Takes this part out of a file's text.
    ///
    /// # Errors
    /// When the file has no such part.
    pub fn of(&self, text: &str) -> Result<Excerpt, Missing> {
        match self {
            Self::Whole => {
                let kept = text.lines().filter(|line| mark(line).is_none());
                Ok(Excerpt { text: without_indentation(&kept.collect::<Vec<_>>()), first: None })
            }
            Self::Lines(from, to) => {
                let count = text.lines().count();
                if *to as usize > count {
                    return Err(Missing::Lines(count));
                }
                let skipped = (*from as usize).saturating_sub(1);
                let taken = (*to as usize).saturating_sub(skipped);
                let kept: Vec<&str> = text.lines().skip(skipped).take(taken).collect();
                Ok(Excerpt { text: without_indentation(&kept), first: Some(*from) })
            }
            Self::Region(name) => region(text, name),
        }
    }
}

fn region(text: &str, name: &str) -> Result<Excerpt, Missing> {
    let mut names: Vec<String> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    // The regions that are open, of which this is the one that is looked for.
    let mut open: Vec<bool> = Vec::new();
    let mut found = false;
    for line in text.lines() {
        match mark(line) {
            Some(Mark::Begin(begun)) => {
                let wanted = begun == name;
                if wanted && found {
                    return Err(Missing::Twice);
                }
                found |= wanted;
                names.push(begun.to_owned());
                open.push(wanted);
            }
            Some(Mark::End) => drop(open.pop()),
            None if open.contains(&true) => kept.push(line),
            None => {}
        }
        if open.len() > DEEPEST {
            return Err(Missing::Open);
        }
    }
    if !found {
        names.sort();
        names.dedup();
        return Err(Missing::Region(names));
    }
    if open.contains(&true) {
        return Err(Missing::Open);
    }
    Ok(Excerpt { text: without_indentation(&kept), first: None })
}

/// How deep regions may be nested: each line looks through those that are open.
const DEEPEST: usize = 50;

enum Mark<'a> {
    Begin(&'a str),
    End,
}

/// What comments begin with, in whatever language.
const SIGNS: [&str; 20] = [
    "//", "#", "--", ";", "/*", "<!--", "%", "'", "(*", "{-", "*", "REM ", "rem ", "::", "!", "\"", "{{!",
    "@*", "{#", "<%--",
];

/// Reads a comment that marks a region: `# region NAME`, `//#endregion`, `<!-- region NAME -->`.
fn mark(line: &str) -> Option<Mark<'_>> {
    // Most lines hold no such word.
    if !line.contains("region") {
        return None;
    }
    let line = line.trim();
    let mut rest = SIGNS.iter().find_map(|sign| line.strip_prefix(sign))?;
    // `///`, `##`, `;;`, `//#region`
    rest = rest.trim_start_matches(['/', '#', '-', ';', '*', '!', '%']).trim_start();
    rest = rest.strip_prefix('#').unwrap_or(rest);
    let is_end =
        |after: &str| after.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-');
    if rest.strip_prefix("endregion").is_some_and(is_end) {
        return Some(Mark::End);
    }
    let name = rest.strip_prefix("region")?.strip_prefix([' ', '\t'])?;
    let name = name.trim_end_matches(['*', '/', '-', '>', ')', '}', '%', '@', '#']).trim();
    (!name.is_empty()).then_some(Mark::Begin(name))
}

/// The lines as one text, without the white space that all of them begin with.
fn without_indentation(lines: &[&str]) -> String {
    let mut common: Option<&str> = None;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let end = line.find(|c| c != ' ' && c != '\t').unwrap_or(line.len());
        let own = line.get(..end).unwrap_or_default();
        common = Some(match common {
            None => own,
            Some(common) => {
                let same = common.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
                common.get(..same).unwrap_or_default()
            }
        });
    }
    let common = common.unwrap_or_default();
    let mut text = String::new();
    for line in lines {
        text.push_str(line.strip_prefix(common).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// A file's text as it is read here: a byte order mark is no part of it.
pub fn without_mark(text: &str) -> Cow<'_, str> {
    text.strip_prefix('\u{feff}').unwrap_or(text).into()
}

#[cfg(test)]
mod tests {
    use super::{Missing, Part};

    fn part(text: &str, fragment: &str) -> Result<String, Missing> {
        Part::parse(Some(fragment)).of(text).map(|found| found.text)
    }

    const CODE: &str = "import x\n\n# region setup\n    a = 1\n\n    # region inner part\n      b\n    #endregion\n    c\n# endregion\nregion = 2\n";

    #[test]
    fn regions_leave_out_their_marks_and_the_common_indentation() {
        assert_eq!(part(CODE, "setup").as_deref(), Ok("a = 1\n\n  b\nc\n"));
        assert_eq!(part(CODE, "inner part").as_deref(), Ok("b\n"));
        assert_eq!(part(CODE, "").as_deref(), Ok("import x\n\n    a = 1\n\n      b\n    c\nregion = 2\n"));
        assert_eq!(part(CODE, "inner"), Err(Missing::Region(vec!["inner part".into(), "setup".into()])));
        assert_eq!(part("// region a\nx\n", "a"), Err(Missing::Open));
        assert_eq!(part("// region a\n// endregion\n//region a\n", "a"), Err(Missing::Twice));
    }

    #[test]
    fn comments_of_many_languages_mark_regions() {
        for (begin, end) in [
            ("//#region a", "//#endregion"),
            ("  /* region a */", "  /* endregion */"),
            ("<!-- region a -->", "<!-- endregion -->"),
            ("-- region a", "-- endregion a"),
            ("#region a", "#endregion"),
            (";; region a", ";; endregion"),
            ("REM region a", "REM endregion"),
            ("% region a", "% endregion"),
        ] {
            assert_eq!(part(&format!("x\n{begin}\ny\n{end}\nz\n"), "a").as_deref(), Ok("y\n"), "{begin}");
        }
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(part("a\nb\nc\n", "L2").as_deref(), Ok("b\n"));
        assert_eq!(part("a\r\nb\r\nc", "L2-L3").as_deref(), Ok("b\nc\n"));
        assert_eq!(part("a\nb\n", "L2-L4"), Err(Missing::Lines(2)));
        for (fragment, parsed) in [
            ("L3-20", Part::Lines(3, 20)),
            ("L0", Part::Region("L0".into())),
            ("Lorem", Part::Region("Lorem".into())),
            ("L9-L2", Part::Region("L9-L2".into())),
        ] {
            assert_eq!(Part::parse(Some(fragment)), parsed);
        }
    }
}
