// The page: making its elements, reading their words, saying what was done, beginning again when it changed.

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

/** What the page's address names on it. */
export function target() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
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
  for (const extra of copied.querySelectorAll("details, .vh, .must, .group-progress")) extra.remove();
  for (const item of copied.querySelectorAll("li + li")) item.prepend("; ");
  return (copied.textContent ?? "").replace(/\s+/g, " ").trim();
}
