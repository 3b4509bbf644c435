// All dimensions around a circle; the numbers are those of the table.
import { element } from "../page.js";
import { phrase } from "../phrase.js";

/** @typedef {import("./questions.js").Row} Row */
/** @typedef {import("./questions.js").Stage} Stage */

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 360;
const MIDDLE = SIZE / 2;
/** From the middle to the last stage. */
const RADIUS = 150;

/**
 * The picture.
 * @param {Row[]} rows
 * @param {Stage[]} stages
 * @param {number} wanted  The stage to reach.
 */
export function radar(rows, stages, wanted) {
  /** The place of a value on a dimension's axis. @param {number} i @param {number} value */
  const point = (i, value) => {
    const angle = (i / rows.length) * 2 * Math.PI - Math.PI / 2;
    const r = (value / stages.length) * RADIUS;
    return [MIDDLE + r * Math.cos(angle), MIDDLE + r * Math.sin(angle)];
  };
  /** The corners of a shape. @param {(i: number) => number} value */
  const around = (value) => rows.map((_, i) => point(i, value(i)).map((x) => x.toFixed(1)).join(",")).join(" ");

  const svg = document.createElementNS(SVG, "svg");
  /** @param {string} kind @param {Record<string, string>} attributes */
  const add = (kind, attributes, text = "") => {
    const made = document.createElementNS(SVG, kind);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    svg.append(made);
  };
  svg.setAttribute("viewBox", `0 0 ${SIZE} ${SIZE}`);
  svg.setAttribute("class", "picture radar");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", inWords(rows, stages));
  for (let s = 1; s <= stages.length; s += 1) add("polygon", { class: "ring", points: around(() => s) });
  rows.forEach((_, i) => {
    const [x, y] = point(i, stages.length);
    const [tx, ty] = point(i, stages.length * 1.12);
    add("line", { class: "ring", x1: String(MIDDLE), y1: String(MIDDLE), x2: String(x), y2: String(y) });
    add("text", { x: String(tx), y: String(Number(ty) + 4), "text-anchor": "middle" }, String(i + 1));
  });
  add("polygon", { class: "aim", points: around(() => wanted + 1) });
  add("polygon", { class: "you", points: around((i) => mean(rows[i]?.levels ?? [])) });
  const caption = phrase("radar-caption");
  return element("figure", {}, svg, element("figcaption", {}, caption));
}

/** How many stages were reached on average. @param {number[]} levels */
const mean = (levels) => (levels.length ? levels.reduce((sum, level) => sum + level + 1, 0) / levels.length : 0);

/** @param {Row[]} rows @param {Stage[]} stages */
function inWords(rows, stages) {
  const each = rows.map(({ dimension, levels }, i) => {
    const reached = levels.length ? mean(levels).toFixed(1) : phrase("not-answered");
    return `${i + 1}, ${dimension.title}: ${reached}`;
  });
  return phrase("radar-label", { title: stages.at(-1)?.title ?? "", each: each.join("; ") });
}
