// All dimensions around a circle, by their names, or by the numbers of the table where there is no room for names.
import { element } from "../page.js";
import { phrase } from "../phrase.js";

/** @typedef {import("./questions.js").Row} Row */
/** @typedef {import("./questions.js").Stage} Stage */

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 360;
/** What the names at the top and at the bottom take. */
const MARGIN = 10;
/** What names take on either side. */
const NAMES = 170;
/** From the middle to the last stage. */
const RADIUS = 150;

/**
 * The picture.
 * @param {Row[]} rows
 * @param {Stage[]} stages
 * @param {number} wanted  The stage to reach.
 * @param {boolean} numbered  There is no room for names.
 */
export function radar(rows, stages, wanted, numbered) {
  const width = numbered ? SIZE : SIZE + 2 * NAMES;
  const [middle, half] = [width / 2, SIZE / 2 + MARGIN];
  /** The place of a value on a dimension's axis. @param {number} i @param {number} value */
  const point = (i, value) => {
    const angle = (i / rows.length) * 2 * Math.PI - Math.PI / 2;
    const r = (value / stages.length) * RADIUS;
    return [middle + r * Math.cos(angle), half + r * Math.sin(angle)];
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
  svg.setAttribute("viewBox", `0 0 ${width} ${SIZE + 2 * MARGIN}`);
  svg.setAttribute("class", numbered ? "picture radar" : "picture radar has-names");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", inWords(rows, stages));
  for (let s = 1; s <= stages.length; s += 1) add("polygon", { class: "ring", points: around(() => s) });
  rows.forEach(({ dimension }, i) => {
    const [x, y] = point(i, stages.length);
    const [tx, ty] = point(i, stages.length * (numbered ? 1.12 : 1.08));
    add("line", { class: "ring", x1: String(middle), y1: String(half), x2: String(x), y2: String(y) });
    const side = Math.abs(Number(tx) - middle) < 12 || numbered ? "middle" : Number(tx) < middle ? "end" : "start";
    // The ones beside it begin where it ends, so the name in the middle stands further out.
    const out = side === "middle" && !numbered ? Math.sign(Number(ty) - half) * MARGIN : 0;
    add("text", { x: String(tx), y: String(Number(ty) + 4 + out), "text-anchor": side }, numbered ? String(i + 1) : dimension.title);
  });
  add("polygon", { class: "aim", points: around(() => wanted + 1) });
  add("polygon", { class: "you", points: around((i) => mean(rows[i]?.levels ?? [])) });
  const caption = numbered ? phrase("radar-numbered") : phrase("radar-caption");
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
