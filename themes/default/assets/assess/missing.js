// What is missing for a stage: the most impact for the least effort first.
import { element } from "../page.js";
import { phrase } from "../phrase.js";

/** @typedef {import("./questions.js").Aspect} Aspect */
/** @typedef {import("./questions.js").Dimension} Dimension */
/** @typedef {{ aspect: Aspect, dimension: Dimension, text: string, impact: number, effort: number }} Gap */

/** How many come first, before the rest by dimension. */
const FIRST = 10;
/** What was not rated comes after the largest effort there is. */
const UNRATED = 9;

/**
 * The list, with its heading.
 * @param {Dimension[]} dimensions
 * @param {(aspect: string, dimension: string) => number | undefined} reached
 * @param {number} wanted  The stage to reach.
 * @param {string | undefined} title  Its title.
 * @param {boolean} cumulative  Stages add up: what is missing is all that lies between.
 */
export function missing(dimensions, reached, wanted, title, cumulative) {
  const gaps = dimensions.flatMap((dimension) =>
    dimension.aspects.flatMap((aspect) => (cumulative ? sum : gap)(aspect, dimension, reached(aspect.id, dimension.id), wanted)),
  );
  gaps.sort((a, b) => b.impact - a.impact || (a.effort || UNRATED) - (b.effort || UNRATED));
  const heading = element("h3", {}, phrase("missing-for", { title: title ?? "" }));
  if (!gaps.length)
    return [heading, element("p", { class: "empty" }, phrase("nothing-missing"))];
  const count = element("p", {}, phrase("missing-count", { n: gaps.length }));
  // A few more are no reason for a second list.
  const first = gaps.length > FIRST * 1.5 ? gaps.splice(0, FIRST) : gaps.splice(0);
  const list = element("ol", { class: "todo" }, ...first.map((gap) => item(gap, `${gap.dimension.title}: ${gap.aspect.title}`)));
  if (!gaps.length) return [heading, count, list];
  const groups = dimensions.flatMap((dimension) => {
    const own = gaps.filter((gap) => gap.dimension === dimension);
    const items = own.map((gap) => item(gap, gap.aspect.title));
    return own.length ? [element("section", {}, element("h5", {}, dimension.title), element("ul", { class: "todo" }, ...items))] : [];
  });
  return [heading, count, list, element("h4", {}, phrase("missing-rest")), element("div", { class: "todo-groups" }, ...groups)];
}

/**
 * What lies between the stage that was reached and the one to reach; a list of one or none.
 * @param {Aspect} aspect
 * @param {Dimension} dimension
 * @param {number | undefined} now
 * @param {number} wanted
 * @returns {Gap[]}
 */
function gap(aspect, dimension, now, wanted) {
  if (now === undefined || now >= wanted) return [];
  const steps = aspect.cells.slice(now + 1, wanted + 1).filter((cell) => !cell.same);
  const last = aspect.cells[wanted];
  if (!steps.length || !last || last.nothing) return [];
  const impact = Math.max(...steps.map((cell) => cell.impact));
  const effort = Math.max(...steps.map((cell) => cell.effort));
  return [{ aspect, dimension, text: last.text, impact, effort }];
}

/**
 * Everything that the stages add after the one that was reached, with the effort of all of it; a list of one or none.
 * @param {Aspect} aspect
 * @param {Dimension} dimension
 * @param {number | undefined} now
 * @param {number} wanted
 * @returns {Gap[]}
 */
function sum(aspect, dimension, now, wanted) {
  if (now === undefined || now >= wanted) return [];
  const added = aspect.cells.slice(now + 1, wanted + 1).filter((cell) => !cell.nothing);
  if (!added.length) return [];
  const impact = Math.max(...added.map((cell) => cell.impact));
  const effort = added.reduce((all, cell) => all + cell.effort, 0);
  return [{ aspect, dimension, text: added.map((cell) => cell.text).join("; "), impact, effort }];
}

/** @param {Gap} gap @param {string} title */
function item({ aspect, text, impact, effort }, title) {
  const rated = [impact ? phrase("impact-rated", { rating: impact }) : "", effort ? phrase("effort-rated", { rating: effort }) : ""].filter(Boolean).join(", ");
  return element(
    "li",
    {},
    element("a", { href: aspect.href }, title),
    " ",
    element("span", { class: "cell-text" }, text),
    " ",
    element("span", { class: "rated" }, rated),
  );
}
