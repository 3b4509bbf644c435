// Words as the search compares them: without case and accents, with and without the endings that the language's texts name.

/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * How a language's words are read.
 * @param {string} language
 * @param {string} endings  Endings that make no other word, longer ones first or not.
 * @param {string} stopWords  Words that questions have and answers need not.
 */
export function reader(language, endings, stopWords) {
  const ends = endings.split(/\s+/).filter(Boolean).sort((a, b) => b.length - a.length);
  const stops = new Set(stopWords.split(/\s+/));
  const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(language, { granularity: "word" }) : undefined;

  /** The words of a text. @param {string} text @returns {string[]} */
  const words = (text) => {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
    const found = plain.replace(/(\d)[,.’](?=\d{3}\b)/g, "$1").replace(/(\p{L})['’](?=\p{L})/gu, "$1").match(/[\p{L}\p{N}]+/gu) ?? [];
    if (!segmenter || !UNSPACED.test(plain)) return found;
    return found.flatMap((word) => (UNSPACED.test(word) ? [...segmenter.segment(word)].map((part) => part.segment) : [word]));
  };

  /** Made once for each word. @type {Map<string, string>} */
  const known = new Map();

  /** A word without its ending. @param {string} word @returns {string} */
  const stem = (word) => {
    let made = known.get(word);
    if (made !== undefined) return made;
    made = word;
    if (word.length > 3 && !/\d/.test(word)) {
      const end = ends.find((e) => word.endsWith(e) && word.length - e.length >= (e.length > 3 ? 4 : 3));
      if (end) made = word.slice(0, -end.length);
      made = made.replace(/(.)\1$/u, "$1");
    }
    known.set(word, made);
    return made;
  };

  return { words, stem, isStop: (/** @type {string} */ word) => stops.has(word) };
}

/** @typedef {ReturnType<typeof reader>} Reader */
