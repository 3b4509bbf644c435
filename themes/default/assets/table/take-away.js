// What a reader takes away from a table: the rows that are shown, as Markdown or as CSV.
import { copy, download } from "../files.js";
import { say, words } from "../page.js";
import { phrase } from "../phrase.js";

/**
 * @param {Element} table  What holds the table and its buttons.
 * @param {() => boolean} isWhole  Is all of it shown?
 * @param {AbortSignal} signal
 */
export function takeAway(table, isWhole, signal) {
  /** @param {string} what @param {(event: any) => void} act */
  const on = (what, act) => table.querySelector(what)?.addEventListener("click", act, { signal });
  on(".copy-table", async ({ currentTarget }) => {
    const all = shownRows(table, [phrase("dimension-column"), phrase("aspect-column")]);
    const rows = all.map((cells) => `| ${cells.map((c) => c.replaceAll("|", "\\|")).join(" | ")} |`);
    const head = rows.shift() ?? "";
    const line = `|${" --- |".repeat(all[0]?.length ?? 0)}`;
    const done = await copy([head, line, ...rows].join("\n") + "\n");
    say(currentTarget, done ? phrase("copied") : phrase("not-allowed"));
  });
  on(".download-csv", (event) => {
    if (isWhole()) return; // the published file is just that
    event.preventDefault();
    const quote = (/** @type {string} */ cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    // The terms of the published file, whatever readers call them.
    const all = shownRows(table, ["Dimension", "Aspect"]);
    download("table.csv", "text/csv", all.map((cells) => cells.map(quote).join(",")).join("\n") + "\n");
  });
}

/**
 * The rows as a reader sees them; rows of a table with groups begin with the group.
 * @param {Element} table
 * @param {[string, string]} heads  What stands over groups and over rows.
 * @returns {string[][]}
 */
function shownRows(table, [overGroups, overRows]) {
  const rows = [];
  let group = "";
  const grouped = table.querySelector("tr.group") !== null;
  for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (table.querySelectorAll("tr"))) {
    if (row.hidden || row.closest("tbody")?.hidden || row.closest(".group-head")) continue;
    if (row.classList.contains("group")) {
      group = words(row.querySelector("a") ?? row.cells[0]);
      continue;
    }
    const shown = [...row.cells].filter((cell) => getComputedStyle(cell).display !== "none");
    const cells = shown.map((cell) => (cell.tagName === "TH" && cell.closest("thead") ? words(cell.querySelector("a") ?? cell) : words(cell)));
    const isHead = row.closest("thead") !== null;
    if (isHead) cells[0] = overRows;
    if (grouped) cells.unshift(isHead ? overGroups : group);
    rows.push(cells);
  }
  return rows;
}
