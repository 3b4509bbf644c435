// Words as the search compares them: without case and accents, with and without the endings that the language's texts name.

/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * How a language's words are read: its `endings` make no other word, `small` words stand in questions and need not stand in
 * answers, and who asks what a word means says one of `meaning`.
 * @param {string} language
 * @param {{ endings: string, small: string, meaning: string }} about
 */
export function reader(language, { endings, small, meaning }) {
  /** Endings, the longest first, by their last letter. @type {Map<string, string[]>} */
  const ends = new Map();
  for (const end of endings.split(/\s+/).filter(Boolean).sort((a, b) => b.length - a.length)) ends.set(end.slice(-1), [...(ends.get(end.slice(-1)) ?? []), end]);
  const all = new Set(small.split(/\s+/).filter(Boolean));
  const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(language, { granularity: "word" }) : undefined;

  /** Without the signs within numbers and words. @param {string} text */
  const joined = (text) => text.replace(/(\d)[,’](?=\d{3}\b)/g, "$1").replace(/(\p{L})['’](?=\p{L})/gu, "$1");

  /** The words of a text. @param {string} text @returns {string[]} */
  const words = (text) => {
    let plain = text.toLowerCase();
    if (!/[^\x00-\x7f’“”…]/.test(plain)) {
      // Most texts have nothing to be taken apart, and the short way is three times as quick.
      if (/['’,]/.test(plain)) plain = joined(plain);
      return plain.match(/[a-z\d]+/g) ?? [];
    }
    plain = joined(plain.normalize("NFKD").replace(/\p{M}+/gu, ""));
    const found = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (!segmenter || !UNSPACED.test(plain)) return found;
    return found.flatMap((word) => (UNSPACED.test(word) ? [...segmenter.segment(word)].map((part) => part.segment) : [word]));
  };

  /** The same, and what a hyphen joins as one word too: who looks for it may write it so. @param {string} text @returns {string[]} */
  const indexed = (text) => {
    if (!text.includes("-")) return words(text);
    const compounds = text.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu)?.map((word) => word.replaceAll("-", "")) ?? [];
    return [...words(text), ...words(compounds.join(" "))];
  };

  /** Made once for each word. @type {Map<string, string>} */
  const known = new Map();

  /** A word without its ending. @param {string} word @returns {string} */
  const stem = (word) => {
    let made = known.get(word);
    if (made !== undefined) return made;
    made = word;
    // One ending may hide another: "management" becomes "manage", and so "manag" as "managing" does.
    for (let before = ""; made !== before && made.length > 3 && !/\d/.test(made); ) {
      const least = before ? 4 : 3;
      before = made;
      const end = ends.get(before.slice(-1))?.find((e) => before.endsWith(e) && before.length - e.length >= (e.length > 3 ? 4 : least));
      if (end) made = before.slice(0, -end.length);
      made = made.replace(/(.)\1$/u, "$1");
    }
    known.set(word, made);
    return made;
  };

  const meanings = meaning.split(",").map((phrase) => ` ${words(phrase).join(" ")} `);

  /** Does someone ask what a word means? @param {string} query */
  const asksMeaning = (query) => meanings.some((phrase) => ` ${words(query).join(" ")} `.includes(phrase));

  return { small: [...all], asksMeaning, words, indexed, stem, isSmall: (/** @type {string} */ word) => all.has(word) };
}

/** @typedef {ReturnType<typeof reader>} Reader */
