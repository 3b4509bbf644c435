// A table as a grid for the keyboard (ARIA Authoring Practices, "Grid"): one stop for the Tab key, arrows within.
import { phrase } from "../phrase.js";

/** What can have the focus. */
const STOPS = "a, button";

/**
 * Returns what makes stops of rows that came, and sees that one can be reached that is shown.
 * @param {HTMLTableElement} table
 * @param {AbortSignal} signal
 */
export function grid(table, signal) {
  table.setAttribute("role", "grid");
  // On a phone the style makes blocks of rows and cells; the roles keep them a table for screen readers.
  /** @param {string} what @param {string} role */
  const say = (what, role) => table.querySelectorAll(what).forEach((part) => part.setAttribute("role", role));
  /** @type {HTMLElement | null} */
  let current = null;
  let column = 1;

  const shown = (/** @type {Element | null | undefined} */ part) => part?.checkVisibility() ?? false;
  const rows = () => [...table.rows].filter((row) => row.querySelector(STOPS) && shown(row));
  /** @param {HTMLTableRowElement} row @returns {HTMLElement[]} */
  const stops = (row) => /** @type {HTMLElement[]} */ ([...row.querySelectorAll(STOPS)].filter(shown));

  function settle() {
    say("thead, tbody", "rowgroup");
    say("tr", "row");
    say("thead th", "columnheader");
    say("tbody th", "rowheader");
    say("td", "gridcell");
    for (const stop of table.querySelectorAll(STOPS)) if (stop !== current) stop.setAttribute("tabindex", "-1");
    if (current?.isConnected && shown(current)) return;
    const first = table.querySelector("tbody tr:not(.group, [hidden]) td a");
    const stop = shown(first) ? first : rows().map((row) => stops(row)[0]).find(Boolean);
    if (stop instanceof HTMLElement) rove(stop);
  }

  /** @param {HTMLElement} stop */
  function rove(stop) {
    if (current && current !== stop) current.tabIndex = -1;
    current = stop;
    stop.tabIndex = 0;
  }

  table.addEventListener(
    "focusin",
    ({ target }) => {
      const stop = target instanceof Element ? target.closest(STOPS) : null;
      if (!(stop instanceof HTMLElement)) return;
      rove(stop);
      const cell = /** @type {HTMLTableCellElement | null} */ (stop.closest("td, thead th"));
      if (!cell) return;
      column = cell.cellIndex;
      const ratings = rated(cell);
      if (ratings) stop.setAttribute("aria-description", ratings);
    },
    { signal },
  );

  table.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const row = target instanceof Element ? target.closest("tr") : null;
      if (!row || !(target instanceof HTMLElement) || event.altKey || event.metaKey || event.shiftKey) return;
      const all = rows();
      const at = all.indexOf(row);
      const here = stops(row);
      const back = getComputedStyle(table).direction === "rtl" ? 1 : -1;
      /** The stop of a row in the column one came along. @param {HTMLTableRowElement | undefined} other */
      const along = (other) => {
        const own = other && stops(other);
        return own?.find((stop) => stop.closest("td, th") === other?.cells[target.closest("th[scope=row]") ? 0 : column]) ?? own?.at(own.length > 2 ? 0 : -1);
      };
      const nextGroup = (/** @type {number} */ step) => {
        for (let i = at + step; all[i]; i += step) if (all[i].classList.contains("group")) return all[i];
        return step < 0 ? all[0] : all.at(-1);
      };
      /** @type {Record<string, () => HTMLElement | undefined>} */
      const ways = {
        ArrowLeft: () => here[here.indexOf(target) + back],
        ArrowRight: () => here[here.indexOf(target) - back],
        ArrowUp: () => along(all[at - 1]),
        ArrowDown: () => along(all[at + 1]),
        Home: () => (event.ctrlKey ? stops(all[0] ?? row)[0] : here[0]),
        End: () => (event.ctrlKey ? stops(all.at(-1) ?? row).at(-1) : here.at(-1)),
        PageUp: () => along(nextGroup(-1)),
        PageDown: () => along(nextGroup(1)),
      };
      if (!Object.hasOwn(ways, key) || (event.ctrlKey && !["Home", "End"].includes(key))) return;
      event.preventDefault();
      const to = ways[key]();
      // At once: who holds a key down does not wait for a smooth scroll.
      to?.focus({ preventScroll: true });
      to?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    },
    { signal },
  );

  settle();
  return settle;
}

/**
 * What a cell is rated, in words.
 * @param {Element} cell
 */
export function rated(cell) {
  const of = (/** @type {string} */ letter) => [...cell.classList].find((name) => name[0] === letter && /^.[1-5]$/.test(name))?.[1];
  const [effort, impact] = [of("e"), of("i")];
  return [effort && phrase("effort", { rating: effort }), impact && phrase("impact", { rating: impact })].filter(Boolean).join(", ");
}
