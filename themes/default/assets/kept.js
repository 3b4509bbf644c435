// What a reader ticks or answers: changed item by item, for another tab may change other items meanwhile. What is
// replaced as a whole can be undone.
import { chosen, read, watch, write } from "./store.js";

/** @typedef {{ [id: string]: any }} Items */

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
    if (!done) tell("This browser does not keep anything.");
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
