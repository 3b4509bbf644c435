// What readers' browsers keep, and what goes in and out of files. Nothing leaves the browser by itself.

/** The largest file that is read, in bytes. Ours are a few kilobytes. */
const LARGEST = 1_000_000;

/** Keys begin with the path of the site, so that two sites of one host stay apart. */
const home = new URL(document.documentElement.dataset.home ?? "./", location.href).pathname;

/** @param {string} name */
const key = (name) => `guidepost:${home}:${name}`;

/**
 * Reads what was kept; `undefined` when there is nothing, or nothing that can be read.
 * @param {string} name
 * @returns {unknown}
 */
export function read(name) {
  try {
    const text = localStorage.getItem(key(name));
    return text === null || text.length > LARGEST ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Keeps a value; `undefined` takes it away. False when the browser does not let us.
 * @param {string} name
 * @param {unknown} value
 */
export function write(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/**
 * A record of short texts, or nothing when the value is anything else.
 * @param {unknown} value
 * @returns {Record<string, string> | undefined}
 */
export function texts(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const fine = (/** @type {[string, unknown]} */ [name, text]) => name.length <= 300 && typeof text === "string" && text.length <= 2000;
  return entries.length <= 20_000 && entries.every(fine) ? Object.fromEntries(entries) : undefined;
}

/**
 * Reads a JSON file that a reader chose. Fails with a sentence for the reader.
 * @param {HTMLInputElement} input
 * @returns {Promise<any>}
 */
export async function chosen(input) {
  const file = input.files?.[0];
  input.value = "";
  if (!file) throw new Error("No file was chosen.");
  if (file.size > LARGEST) throw new Error("This file is too large to be one of ours. Nothing was changed.");
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Error("This file is not JSON. Nothing was changed.");
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

/**
 * Says on a button what it did, for a moment.
 * @param {Element} button
 * @param {string} text
 */
export function say(button, text) {
  const before = button.textContent;
  button.textContent = text;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.textContent = before), 1600);
}

/**
 * An element with a text or children. Texts are never read as HTML.
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/**
 * Calls now, and again when the preview has changed the page in place.
 * @param {() => void} start
 */
export function whenReady(start) {
  start();
  document.addEventListener("guidepost:update", start);
}

/**
 * The words of a place, without what only screen readers or scripts use.
 * @param {Element | null | undefined} place
 */
export function words(place) {
  if (!place) return "";
  const copied = /** @type {Element} */ (place.cloneNode(true));
  for (const extra of copied.querySelectorAll("details, .vh, .group-progress")) extra.remove();
  for (const item of copied.querySelectorAll("li + li")) item.prepend("; ");
  return (copied.textContent ?? "").replace(/\s+/g, " ").trim();
}
