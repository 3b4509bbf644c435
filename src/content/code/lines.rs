//! Lists of lines, written `3,5-8`.

/// Numbers of lines, from 1: stretches in order, apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LineSet(Vec<(u32, u32)>);

impl LineSet {
    /// Reads a list; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut stretches = Vec::new();
        for part in text.split(',') {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to) = (number(from)?, number(to)?);
            if from == 0 || to < from {
                return None;
            }
            stretches.push((from, to));
        }
        stretches.sort_unstable();
        let mut apart: Vec<(u32, u32)> = Vec::new();
        for (from, to) in stretches {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        Some(Self(apart))
    }

    /// Is this line among them?
    pub fn contains(&self, line: u32) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= line);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, to)| line <= *to)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last of them, when code of so many lines does not have it.
    pub fn beyond(&self, lines: usize) -> Option<u32> {
        self.0.last().map(|(_, to)| *to).filter(|last| *last as usize > lines)
    }
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    // `parse` would also take a sign.
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::LineSet;

    #[test]
    fn lists_are_read() {
        let set = LineSet::parse("9, 3-5,4-6,1").unwrap_or_default();
        let held: Vec<u32> = (0..12).filter(|n| set.contains(*n)).collect();
        assert_eq!(held, [1, 3, 4, 5, 6, 9]);
        assert_eq!((set.beyond(9), set.beyond(8)), (None, Some(9)));
        for bad in ["", "0", "5-3", "a", "1,,2", "+1", "1-", "99999999999"] {
            assert_eq!(LineSet::parse(bad), None, "{bad}");
        }
    }
}
