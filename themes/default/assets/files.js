// What goes in and out: files that a reader chooses and gets, and the clipboard.

import { phrase } from "./phrase.js";

/** The largest file that is read, in bytes; a browser keeps no more than that for a site. */
const LARGEST = 5_000_000;

/**
 * Reads a JSON file that a reader chose. Fails with a sentence for the reader.
 * @param {HTMLInputElement} input
 * @returns {Promise<any>}
 */
export async function chosen(input) {
  const file = input.files?.[0];
  input.value = "";
  if (!file) throw new Error(phrase("no-file"));
  if (file.size > LARGEST) throw new Error(phrase("file-too-large"));
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Error(phrase("not-json"));
  }
}

/**
 * Hands the reader a file.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Puts a text on the clipboard. False when the browser does not let us.
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
