//! The first sentence of a text, for places that have room for no more.

use unicode_segmentation::UnicodeSegmentation;

/// The most characters such a place has room for.
const ROOM: usize = 140;

/// The first sentence of a text without markup (UAX #29), cut at a word and marked when it is long; nothing of an empty
/// text.
pub fn first(text: &str) -> Option<String> {
    let sentence = text.trim().unicode_sentences().next()?.trim();
    let Some((end, _)) = sentence.char_indices().nth(ROOM) else { return Some(sentence.to_owned()) };
    let cut = sentence.get(..end).unwrap_or(sentence);
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut, |(head, _)| head);
    Some(format!("{}…", whole.trim_end_matches([',', ';', ':', '.'])))
}

#[cfg(test)]
mod tests {
    use super::{ROOM, first};

    #[test]
    fn a_sentence_ends_where_unicode_says() {
        assert_eq!(first(" \n"), None);
        assert_eq!(first("Ask v1.2 of it. Then more.").as_deref(), Some("Ask v1.2 of it."));
        assert_eq!(first("質問する。次に進む。").as_deref(), Some("質問する。"));
    }

    #[test]
    fn a_long_sentence_ends_with_a_word() {
        let cut = first(&"word, ".repeat(60)).unwrap_or_default();
        assert!(cut.ends_with("word…") && cut.chars().count() <= ROOM + 1, "{cut}");
    }
}
