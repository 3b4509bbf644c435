// How much of each dimension has reached each stage, as a table that a screen reader can walk.
import { element } from "../page.js";
import { phrase } from "../phrase.js";

/** @typedef {import("./questions.js").Row} Row */
/** @typedef {import("./questions.js").Stage} Stage */

/**
 * The table.
 * @param {Row[]} rows
 * @param {Stage[]} stages
 * @param {boolean} numbered  The picture beside it has no room for names.
 */
export function heat(rows, stages, numbered) {
  const heads = stages.map(({ title }, s) => element("th", { scope: "col", "data-stage": String(s + 1) }, title));
  const table = element(
    "table",
    { class: "heat-table" },
    element("caption", {}, phrase("caption-reached")),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, phrase("dimension-column")), ...heads)),
    element("tbody", {}, ...rows.map((row, i) => line(row, numbered ? i : undefined, stages))),
  );
  return element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": phrase("result-by") }, table);
}

/** @param {Row} row @param {number | undefined} i @param {Stage[]} stages */
function line({ dimension, levels }, i, stages) {
  const number = i === undefined ? [] : [element("span", { class: "axis" }, String(i + 1)), " "];
  const title = element("th", { scope: "row" }, ...number, element("a", { href: dimension.href }, dimension.title));
  const cells = stages.map((_, s) => {
    if (!levels.length) return element("td", { class: "heat-none" }, "–");
    const part = levels.filter((level) => level >= s).length / levels.length;
    return element("td", { class: `heat-${Math.ceil(part * 4)}`, "data-stage": String(s + 1) }, `${Math.round(part * 100)} %`);
  });
  return element("tr", {}, title, ...cells);
}
