// What scripts say to readers: the page's interface texts, which a script beside it brings along.

/** A text, or its plural forms. @typedef {string | Record<string, string>} Text */

/** @type {{ language: string, texts: Record<string, Text> }} */
const vocabulary = /** @type {any} */ (globalThis).guidepost ?? { language: "en", texts: {} };
const rules = new Intl.PluralRules(vocabulary.language);

/**
 * An interface text with its placeholders filled in; `n` decides the form of one that counts.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function phrase(key, values = {}) {
  const text = vocabulary.texts[key] ?? key;
  const form = typeof text === "string" ? text : (text[rules.select(Number(values.n))] ?? text.other ?? key);
  return form.replace(/\{([^{}]*)\}/g, (whole, name) => String(Object.hasOwn(values, name) ? values[name] : whole));
}
