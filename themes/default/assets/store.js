// What readers' browsers keep, and what goes in and out of files. Nothing leaves the browser by itself.

/** The largest file that is read, in bytes; a browser keeps no more than that for a site. */
const LARGEST = 5_000_000;

/** Keys begin with the path of the site, so that two sites of one host stay apart. */
const home = new URL(document.documentElement.dataset.home ?? "./", location.href).pathname;

/** @param {string} name */
const key = (name) => `guidepost:${home}:${name}`;

/** What the browser did not take; it holds for this page at least. @type {Map<string, string>} */
const untaken = new Map();

/**
 * Reads what is kept at this moment; `undefined` when there is nothing, or nothing that can be read.
 * @param {string} name
 * @returns {unknown}
 */
export function read(name) {
  try {
    return JSON.parse(untaken.get(name) ?? localStorage.getItem(key(name)) ?? "");
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
  const text = JSON.stringify(value);
  untaken.delete(name);
  try {
    if (text === undefined) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), text);
    return true;
  } catch {
    untaken.set(name, text ?? "");
    return false;
  }
}

/**
 * Calls when another tab has changed what is kept under a name.
 * @param {string} name
 * @param {() => void} act
 * @param {AbortSignal} signal
 */
export function watch(name, act, signal) {
  // Without a key, everything was taken away.
  addEventListener("storage", (event) => (event.key ?? key(name)) === key(name) && act(), { signal });
}

/**
 * A record of texts, long ones cut, without what is no text. Nothing when none of the value can be used.
 * @param {unknown} value
 * @returns {Record<string, string> | undefined}
 */
export function texts(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const all = Object.entries(value);
  const fine = all.filter(([, text]) => typeof text === "string").map(([name, text]) => [name, cut(text)]);
  return fine.length || !all.length ? Object.fromEntries(fine) : undefined;
}

/** Words beside a tick or an answer only say what it was. @param {string} text */
const cut = (text) => text.replace(/(?<=^.{300}).+/su, "…");

/**
 * A record without some of its items.
 * @param {Record<string, string>} all
 * @param {(id: string) => boolean} gone
 * @returns {Record<string, string>}
 */
export const without = (all, gone) => Object.fromEntries(Object.entries(all).filter(([id]) => !gone(id)));

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

/** What buttons say by themselves, while they say what they did. @type {WeakMap<Element, { own: string | null, timer: number }>} */
const said = new WeakMap();

/**
 * Says on a button what it did, for a moment.
 * @param {Element} button
 * @param {string} text
 */
export function say(button, text) {
  const last = said.get(button);
  clearTimeout(last?.timer);
  const own = last ? last.own : button.textContent;
  const back = () => {
    button.textContent = own;
    said.delete(button);
  };
  button.textContent = text;
  button.setAttribute("aria-live", "polite");
  said.set(button, { own, timer: window.setTimeout(back, 1600) });
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
 * Calls now, and again when the preview has changed the page in place. What listens with the signal stops before that,
 * so that nothing is ever done twice.
 * @param {(signal: AbortSignal) => void} start
 */
export function whenReady(start) {
  let run = new AbortController();
  start(run.signal);
  document.addEventListener("guidepost:update", () => {
    run.abort();
    run = new AbortController();
    start(run.signal);
  });
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
