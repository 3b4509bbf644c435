// Wide tables: which stages and rows are shown, kept in the URL; copies and downloads of what is shown.
import { whenReady } from "./page.js";
import { phrase } from "./phrase.js";
import { takeAway } from "./table/take-away.js";

/** Tables whose view is chosen already; the preview leaves it as it is. @type {WeakSet<Element>} */
const begun = new WeakSet();

/** @param {Element} table @param {AbortSignal} signal */
function start(table, signal) {
  const columns = /** @type {HTMLInputElement[]} */ ([...table.querySelectorAll(".pick-columns input")]);
  const one = /** @type {HTMLInputElement[]} */ ([...table.querySelectorAll(".pick-one input")]);
  const changes = /** @type {HTMLInputElement | null} */ (table.querySelector(".only-changes"));
  const text = /** @type {HTMLInputElement | null} */ (table.querySelector(".filter-text"));
  const tag = /** @type {HTMLSelectElement | null} */ (table.querySelector(".filter-tag"));
  const group = /** @type {HTMLSelectElement | null} */ (table.querySelector(".filter-group"));
  // Only the page's main table speaks through the URL.
  const main = table === document.querySelector(".table[data-tools], .table.comparison");

  /** Reads the view that the URL asks for. */
  function restore() {
    const wanted = new URL(location.href).searchParams;
    const stages = wanted.get("stages")?.split(",");
    if (stages && columns.some((c) => stages.includes(c.value)))
      for (const column of columns) column.checked = stages.includes(column.value);
    if (changes) changes.checked = wanted.get("show") === "changes";
    if (text) text.value = wanted.get("q") ?? "";
    if (tag) tag.value = [...tag.options].some((o) => o.value === wanted.get("role")) ? (wanted.get("role") ?? "") : "";
    if (group) group.value = [...group.options].some((o) => o.value === wanted.get("dimension")) ? (wanted.get("dimension") ?? "") : "";
    const single = one.find((radio) => radio.value === wanted.get("stage"));
    if (single) single.checked = true;
  }

  /** Writes the view into the URL, so that it can be shared. */
  function remember() {
    const url = new URL(location.href);
    /** @param {string} name @param {string} value */
    const set = (name, value) => (value ? url.searchParams.set(name, value) : url.searchParams.delete(name));
    const shown = columns.filter((c) => c.checked);
    set("stages", shown.length === columns.length ? "" : shown.map((c) => c.value).join(","));
    set("show", changes?.checked ? "changes" : "");
    set("q", text?.value.trim() ?? "");
    set("role", tag?.value ?? "");
    set("dimension", group?.value ?? "");
    history.replaceState(history.state, "", url);
    // The stages to compare with keep what is shown.
    for (const link of document.querySelectorAll(".picker a")) {
      const to = new URL(/** @type {HTMLAnchorElement} */ (link).href);
      to.search = changes?.checked ? "?show=changes" : "";
      /** @type {HTMLAnchorElement} */ (link).href = to.href;
    }
  }

  /** Shows the rows that fit. */
  function filter() {
    const wanted = (text?.value ?? "").trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    for (const body of table.querySelectorAll("tbody[data-group]")) {
      let some = false;
      const inGroup = !group?.value || body.getAttribute("data-group") === group.value;
      for (const row of body.querySelectorAll("tr:not(.group)")) {
        const tags = (row.getAttribute("data-tags") ?? "").split("|");
        const said = (row.textContent ?? "").toLowerCase();
        const fits = inGroup && (!tag?.value || tags.includes(tag.value)) && wanted.every((w) => said.includes(w));
        /** @type {HTMLElement} */ (row).hidden = !fits;
        all += 1;
        if (fits) shown += 1;
        some ||= fits;
      }
      /** @type {HTMLElement} */ (body).hidden = !some;
    }
    const status = table.querySelector(".shown");
    if (status) status.textContent = shown === all ? "" : shown === 0 ? phrase("nothing-fits") : phrase("rows-shown", { shown, n: all });
  }

  const first = !begun.has(table);
  begun.add(table);
  if (main && first) restore();
  filter();
  for (const control of table.querySelectorAll("input, select")) {
    const change = () => {
      // A table without stages would be empty; the last one stays.
      if (columns.length && !columns.some((c) => c.checked)) /** @type {HTMLInputElement} */ (control).checked = true;
      filter();
      if (main) remember();
    };
    control.addEventListener("input", change, { signal });
  }
  if (main) remember();

  /** On a narrow screen, where one stage is shown, begin with the reader's own. */
  const begin = () => {
    const mine = /** @type {HTMLSelectElement | null} */ (document.querySelector("#my-stage"))?.value;
    const radio = one.find((r) => r.value === mine);
    if (radio && !new URL(location.href).searchParams.has("stage")) radio.checked = true;
  };
  if (first) begin();
  document.addEventListener("guidepost:stage", begin, { signal });

  const isWhole = () => !text?.value && !tag?.value && !group?.value && columns.every((c) => c.checked);
  takeAway(table, isWhole, signal);
}

whenReady((signal) => {
  for (const table of document.querySelectorAll(".table")) start(table, signal);
});
