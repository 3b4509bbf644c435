// What readers' browsers keep for the site. Nothing leaves the browser by itself.

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
