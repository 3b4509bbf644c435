// Tables: which stages are shown, kept in the URL; copies and downloads of what is shown.
import { asked, put } from "./address.js";
import { whenReady } from "./page.js";
import { ownStage } from "./table/own-stage.js";
import { takeAway } from "./table/take-away.js";

/** Tables whose view is chosen already; the preview leaves it as it is. @type {WeakSet<Element>} */
const begun = new WeakSet();

/** @param {Element} table @param {AbortSignal} signal */
function start(table, signal) {
  const columns = /** @type {HTMLInputElement[]} */ ([...table.querySelectorAll(".pick-columns input")]);
  const one = /** @type {HTMLInputElement[]} */ ([...table.querySelectorAll(".pick-one input")]);
  const changes = /** @type {HTMLInputElement | null} */ (table.querySelector(".only-changes"));
  // Only the page's main table speaks through the URL.
  const main = table === document.querySelector(".table[data-tools], .table.comparison");

  /** Reads the view that the URL asks for. */
  function restore() {
    const stages = asked("stages").split(",");
    if (columns.some((c) => stages.includes(c.value)))
      for (const column of columns) column.checked = stages.includes(column.value);
    if (changes) changes.checked = asked("show") === "changes";
    const single = one.find((radio) => radio.value === asked("stage"));
    if (single) single.checked = true;
  }

  /** Writes the view into the URL, so that it can be shared. */
  function remember() {
    const shown = columns.filter((c) => c.checked);
    put({
      stages: shown.length === columns.length ? "" : shown.map((c) => c.value).join(","),
      show: changes?.checked ? "changes" : "",
    });
    // The stages to compare with keep what is shown.
    for (const link of document.querySelectorAll(".picker a")) {
      const to = new URL(/** @type {HTMLAnchorElement} */ (link).href);
      to.search = changes?.checked ? "?show=changes" : "";
      /** @type {HTMLAnchorElement} */ (link).href = to.href;
    }
  }

  const first = !begun.has(table);
  begun.add(table);
  if (main && first) restore();
  for (const control of table.querySelectorAll("input, select")) {
    const change = () => {
      // A table without stages would be empty; the last one stays.
      if (columns.length && !columns.some((c) => c.checked)) /** @type {HTMLInputElement} */ (control).checked = true;
      if (main) remember();
    };
    control.addEventListener("input", change, { signal });
  }
  if (main) remember();

  const begin = ownStage(one, signal);
  if (first) begin();

  takeAway(table, () => columns.every((column) => column.checked), signal);
}

whenReady((signal) => {
  for (const table of document.querySelectorAll(".table")) start(table, signal);
});
