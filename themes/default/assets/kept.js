// What a reader ticks or answers: changed item by item, for another tab may change other items meanwhile. What is
// replaced as a whole can be undone.
import { chosen } from "./files.js";
import { element } from "./page.js";
import { phrase } from "./phrase.js";
import { read, watch, write } from "./storage.js";

/** @typedef {{ [id: string]: any }} Items */

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

/** What was replaced, by the name it is kept under. @type {Map<string, { before: any, after: any }>} */
const replaced = new Map();

/**
 * Takes a replacement back; what was changed since stays as it is.
 * @param {Items} now
 * @param {Items} before
 * @param {Items} after
 */
function undone(now, before, after) {
  const made = { ...now };
  for (const id of Object.keys({ ...before, ...after })) {
    const [is, was, put] = [now, before, after].map((all) => (Object.hasOwn(all, id) ? all[id] : undefined));
    if (typeof was === "object") made[id] = undone(is, was, put);
    else if (is !== put) continue;
    else if (was === undefined) delete made[id];
    else made[id] = was;
  }
  return made;
}

/**
 * What is kept under a name, and the controls that belong to it.
 * @template {Items} T
 * @param {Element} place
 * @param {string} name
 * @param {{ tidy: (value: any) => T, some: (kept: T) => unknown, show: () => void }} list  `tidy` reads anything, `some` tells whether there is anything to keep.
 * @param {AbortSignal} signal
 */
export function keeper(place, name, { tidy, some, show }, signal) {
  /** @param {string} what @returns {HTMLButtonElement | HTMLInputElement | null} */
  const control = (what) => place.querySelector(`[data-do=${what}]`);
  /** @param {string} what @param {(event: any) => void} act */
  const on = (what, act, event = "click") => control(what)?.addEventListener(event, act, { signal });
  /** @param {string} message */
  const tell = (message) => {
    const status = place.querySelector("[role=status]");
    if (status) status.textContent = message;
  };
  const now = () => tidy(read(name));
  /** @param {T} kept */
  const put = (kept) => {
    const done = write(name, some(kept) ? kept : undefined);
    show();
    if (!done) tell(phrase("nothing-kept"));
  };
  /** @param {(now: T) => T} edit */
  const replace = (edit) => {
    const before = now();
    const after = tidy(edit(before));
    replaced.set(name, { before, after });
    put(after);
  };
  on("undo", () => {
    const last = replaced.get(name);
    replaced.delete(name);
    // The button goes, and the focus must not go with it.
    control("reset")?.focus();
    if (last) put(tidy(undone(now(), last.before, last.after)));
  });
  watch(name, show, signal);
  return {
    control,
    on,
    tell,
    now,
    /** Something was replaced and can be taken back. */
    undoable: () => replaced.has(name),
    /** Changes some items of what is kept at this moment. @param {(now: T) => T} edit */
    change: (edit) => put(tidy(edit(now()))),
    replace,
    /**
     * Replaces by what a file holds.
     * @param {string} what
     * @param {(file: any) => (now: T) => T} accept  Throws a sentence for the reader.
     */
    load: (what, accept) =>
      on(
        what,
        async (event) => {
          try {
            replace(accept(await chosen(event.currentTarget)));
          } catch (error) {
            tell(/** @type {Error} */ (error).message);
          }
        },
        "change",
      ),
  };
}

/**
 * Says that what is shown came with a link, and what can be done with it: left, or taken.
 * @param {string} sentence
 * @param {() => void} leave
 * @param {string} taking  What taking it is called.
 * @param {() => void} take  Called when it has been left.
 */
export function notMine(sentence, leave, taking, take) {
  const buttons = [phrase("back-to-mine"), taking].map((words) => element("button", { type: "button" }, words));
  buttons[0]?.addEventListener("click", leave);
  buttons[1]?.addEventListener("click", () => {
    leave();
    take();
  });
  return element("p", { class: "note checks-actions not-mine" }, `${sentence} `, /** @type {Node} */ (buttons[0]), " ", /** @type {Node} */ (buttons[1]));
}

/**
 * Lists what is kept and stands nowhere on the page any more.
 * @param {Element | null} place
 * @param {string} sentence  Says what it is.
 * @param {string[]} lines
 * @param {(() => void) | undefined} forget  Takes it away, where that is allowed.
 */
export function listGone(place, sentence, lines, forget) {
  if (!(place instanceof HTMLElement)) return;
  place.hidden = !lines.length;
  place.replaceChildren();
  if (!lines.length) return;
  const items = lines.map((line) => element("li", {}, line));
  place.append(element("p", {}, sentence), element("ul", {}, ...items));
  if (!forget) return;
  const button = element("button", { type: "button" }, phrase("forget-them"));
  button.addEventListener("click", forget);
  place.append(button);
}
