//! How long a text is to its readers.

/// How many words a text has: stretches between white space, as Unicode has it.
pub fn count(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    // Nearly all of what people write ends here. A word begins wherever white space does not go on. Pieces are so short
    // that their counts fit in a byte, which lets the processor count many bytes at once.
    let is_space = |byte: u8| byte == b' ' || byte.wrapping_sub(b'\t') < 5;
    let bytes = text.as_bytes();
    let first = bytes.first().is_some_and(|byte| !is_space(*byte));
    let (before, after) = (bytes.chunks(LONGEST), bytes.get(1..).unwrap_or_default().chunks(LONGEST));
    let words = before.zip(after).map(|(before, after)| {
        let begins = before.iter().zip(after).map(|(b, a)| u8::from(is_space(*b)) & u8::from(!is_space(*a)));
        usize::from(begins.fold(0_u8, u8::wrapping_add))
    });
    words.sum::<usize>().saturating_add(usize::from(first))
}

/// How many words a byte can count.
const LONGEST: usize = 255;

#[cfg(test)]
mod tests {
    use super::count;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ascii_is_counted_as_any_text_is(text in "[ -~\t\n\r\x0b\x0c\x1c-\x1f]{0,600}") {
            prop_assert_eq!(count(&text), text.split_whitespace().count());
        }
    }
}
