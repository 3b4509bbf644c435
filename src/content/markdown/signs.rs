//! Where some of a few dozen short signs stand in a text.
//!
//! Every text of a site is looked through, and most of it is letters. So the first question, asked at each byte, is one
//! look into a table: does a sign begin with this byte and the next? An automaton for all signs asked five times as much.

/// Does a text hold a sign that most texts do not?
pub(super) fn holds(text: &str, sign: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some()
}

/// Signs, each with what it stands for.
pub(super) struct Signs<T> {
    /// Does a sign begin with these two bytes?
    begins: Box<[bool]>,
    /// By their first byte, ordered by length: of two that begin alike, the shorter is found.
    signs: Vec<Vec<(&'static str, T)>>,
}

/// How many pairs of bytes there are.
const PAIRS: usize = 65_536;

impl<T> Signs<T> {
    /// Signs are of one byte or more. One of a single byte is not found at the very end of a text, where nothing can follow it.
    pub fn new(mut signs: Vec<(&'static str, T)>) -> Self {
        signs.sort_by_key(|(sign, _)| sign.len());
        let mut begins = vec![false; PAIRS].into_boxed_slice();
        let mut by_first: Vec<Vec<(&'static str, T)>> = (0..=u8::MAX).map(|_| Vec::new()).collect();
        for (sign, means) in signs {
            let (first, seconds) = match *sign.as_bytes() {
                [first, second, ..] => (first, second..=second),
                [first] => (first, 0..=u8::MAX),
                [] => continue,
            };
            for second in seconds {
                if let Some(pair) = begins.get_mut(pair(first, second)) {
                    *pair = true;
                }
            }
            if let Some(signs) = by_first.get_mut(usize::from(first)) {
                signs.push((sign, means));
            }
        }
        Self { begins, signs: by_first }
    }

    /// All that stand in a text, in order, none within another.
    pub fn find<'s>(&'s self, text: &str) -> impl Iterator<Item = (usize, &'s T)> {
        let bytes = text.as_bytes();
        let mut from = 0_usize;
        std::iter::from_fn(move || {
            loop {
                let at = from.saturating_add(self.candidate(bytes.get(from..)?)?);
                from = at.saturating_add(1);
                let begun_alike = bytes.get(at).and_then(|first| self.signs.get(usize::from(*first)))?;
                let rest = text.get(at..).unwrap_or_default();
                if let Some((sign, means)) = begun_alike.iter().find(|(sign, _)| rest.starts_with(sign)) {
                    from = at.saturating_add(sign.len());
                    return Some((at, means));
                }
            }
        })
    }

    /// The first place where two bytes stand that a sign begins with.
    fn candidate(&self, bytes: &[u8]) -> Option<usize> {
        let (first, rest) = bytes.split_first()?;
        let mut pair = u16::from(*first);
        rest.iter().position(|byte| {
            pair = pair << 8 | u16::from(*byte);
            self.begins.get(usize::from(pair)) == Some(&true)
        })
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(u16::from_be_bytes([first, second]))
}

#[cfg(test)]
mod tests {
    use super::Signs;
    use proptest::prelude::*;

    const ALL: [&str; 5] = ["$", "[[", "--x", "ab ", "[!"];

    fn signs() -> Signs<&'static str> {
        Signs::new(ALL.iter().map(|sign| (*sign, *sign)).collect())
    }

    proptest! {
        #[test]
        fn every_sign_is_found(text in r"(\$|\[|!|-|x|a|b| |é|\n){0,30}") {
            let text = text + ".";
            let found: Vec<(usize, &str)> = signs().find(&text).map(|(at, sign)| (at, *sign)).collect();
            let mut expected = Vec::new();
            let mut at = 0;
            while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
                let sign = ALL.into_iter().find(|sign| rest.starts_with(sign));
                expected.extend(sign.map(|sign| (at, sign)));
                at += sign.map_or(rest.chars().next().map_or(1, char::len_utf8), str::len);
            }
            prop_assert_eq!(found, expected);
        }
    }
}
