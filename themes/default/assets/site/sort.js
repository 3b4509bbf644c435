// Tables of data that a reader can sort: by a column upwards, downwards, and back to the order they came in.
import { element } from "../page.js";
import { phrase } from "../phrase.js";
import { announce } from "./announce.js";

/** What stands in a cell that has no value. */
const NOTHING = ["", "-", "–", "—"];

export function sortable() {
  for (const table of document.querySelectorAll("table.data")) if (table instanceof HTMLTableElement) start(table);
}

/** @param {HTMLTableElement} table */
function start(table) {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!body || body.rows.length < 2) return;
  const original = [...body.rows];
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  for (const [column, head] of heads.entries()) {
    if (head.tagName !== "TH" || head.querySelector("button")) continue;
    const title = head.textContent ?? "";
    const button = element("button", { type: "button", class: "sort" }, ...head.childNodes);
    head.append(button);
    const isNumber = head.dataset.kind === "number";
    /** @param {HTMLTableRowElement} row */
    const shown = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent?.trim() ?? "";
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const now = before === "ascending" ? "descending" : before === "descending" ? null : "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (now) head.setAttribute("aria-sort", now);
      const way = now === "descending" ? -1 : 1;
      // Sorting keeps rows that are alike in the order they came in.
      const rows = [...original];
      if (now)
        rows.sort((a, b) => {
          const [one, other] = [shown(a), shown(b)];
          // What has no value comes last either way.
          const [none, noOther] = [NOTHING.includes(one), NOTHING.includes(other)];
          if (none || noOther) return Number(none) - Number(noOther);
          return way * (isNumber ? Number(one) - Number(other) : collator.compare(one, other));
        });
      body.append(...rows);
      announce(
        now === "ascending" ? phrase("sorted-up", { column: title }) : now ? phrase("sorted-down", { column: title }) : phrase("unsorted"),
      );
    });
  }
}
