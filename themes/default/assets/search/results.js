// What was found: the best first, whatever its kind, and the rest kind by kind.
import { element } from "../page.js";
import { phrase } from "../phrase.js";
import { place } from "./place.js";

/** @typedef {import("./rank.js").Hit} Hit */
/** @typedef {import("./rank.js").Names} Names */
/** @typedef {import("./rank.js").Known} Known */

/** What readers call several of a kind, and one, in the order in which kinds are shown. @type {Record<string, () => [string, string]>} */
const NAMES = {
  Stage: () => [phrase("stages-list"), phrase("kind-stage")],
  Dimension: () => [phrase("dimensions-list"), phrase("kind-dimension")],
  Aspect: () => [phrase("aspects-list"), phrase("kind-aspect")],
  Guide: () => [phrase("guides-list"), phrase("kind-guide")],
  Playbook: () => [phrase("playbooks-list"), phrase("kind-playbook")],
  Term: () => [phrase("terms-list"), phrase("kind-term")],
  Question: () => [phrase("questions-list"), phrase("kind-question")],
  Comparison: () => [phrase("comparisons-list"), phrase("kind-comparison")],
  Framework: () => [phrase("frameworks-list"), phrase("kind-framework")],
  Group: () => [phrase("groups-list"), phrase("kind-group")],
  Tool: () => [phrase("tools-list"), phrase("kind-tool")],
  Section: () => [phrase("sections"), phrase("kind-section")],
  Tag: () => [phrase("tags"), phrase("kind-tag")],
};

/** All kinds, as the index names them. */
export const KINDS = Object.keys(NAMES);

/** What readers call several of a kind. @param {string} kind */
export const nameOf = (kind) => NAMES[kind]?.()[0] ?? kind;

/** How many stand above the groups, and how many of these show what each stage asks for. */
const BEST = 3;

/**
 * All that is shown of what was found.
 * @param {Names} index
 * @param {Hit[]} hits
 * @param {Set<string>} stems  What was looked for, to be marked.
 */
export function lists(index, hits, stems) {
  const best = hits.slice(0, BEST);
  const rest = hits.slice(BEST);
  const kinds = [...new Set(rest.map(({ entry }) => entry.k))];
  const show = (/** @type {Hit} */ hit, /** @type {boolean} */ isBest) => item(index, hit, stems, isBest);
  return [
    element("h2", { class: "vh" }, phrase("best-hits")),
    element("ul", { class: "hits best" }, ...best.map((hit) => show(hit, true))),
    ...kinds.flatMap((kind) => [
      element("h2", {}, nameOf(kind)),
      element("ul", { class: "hits" }, ...rest.filter(({ entry }) => entry.k === kind).map((hit) => show(hit, false))),
    ]),
  ];
}

/** What something is, and what it belongs to, where that is not the one framework. @param {Names} index @param {Known} entry */
export function belongs(index, entry) {
  const [, title, context] = entry.page;
  const kind = NAMES[entry.k]?.()[1] ?? entry.k;
  if (entry.k === "Term") return kind;
  const to = entry.a ? title : entry.c || index.frameworks.length > 1 ? context : "";
  return to ? `${kind} · ${to}` : kind;
}

/**
 * What a hit is called, leading there, and what it belongs to.
 * @param {string | undefined} href
 * @param {(Node | string)[]} title
 * @param {string} of
 */
export const head = (href, title, of) => element("div", { class: "hit-head" }, element("a", { class: "hit", href: href ?? "" }, ...title), " ", element("span", { class: "hit-of" }, of));

/** @param {Names} index @param {Hit} hit @param {Set<string>} stems @param {boolean} isBest */
function item(index, { entry, stage, others }, stems, isBest) {
  const marked = (/** @type {string} */ text) => mark(index, text, stems);
  const stages = index.frameworks[entry.f ?? -1]?.stages ?? [];
  const anchor = entry.a ?? (stage ? stages[stage - 1]?.[0] : undefined);
  const made = element("li", {}, head(place(entry.page[0], anchor), marked(entry.t), belongs(index, entry)));
  if (entry.x) made.append(element("p", {}, ...marked(/[\p{L}\p{N},;:]$/u.test(entry.x) ? `${entry.x}…` : entry.x)));
  if (entry.c && isBest) made.append(strip(entry, stages, stage, marked));
  else if (entry.c && stage) made.append(element("p", { class: "hit-stage" }, element("b", { "data-stage": String(stage) }, stages[stage - 1]?.[1] ?? ""), " ", ...marked(entry.c[stage - 1] ?? "")));
  if (others.length) {
    const links = others.map((other) => element("li", {}, element("a", { href: place(other.page[0], other.a) ?? "" }, ...marked(other.t))));
    made.append(element("ul", { class: "hit-places" }, ...links));
  }
  return made;
}

/**
 * What each stage asks for: the one that was looked for is marked, else the first that asks for anything after some that do not.
 * @param {Known} entry
 * @param {[string, string, string][]} stages
 * @param {number | undefined} stage
 * @param {(text: string) => (Node | string)[]} marked
 */
function strip(entry, stages, stage, marked) {
  const cells = entry.c ?? [];
  const on = stage ?? (cells[0] ? 0 : cells.findIndex(Boolean) + 1);
  return element(
    "ol",
    { class: "strip" },
    ...stages.map(([id, title], i) => {
      const text = cells[i] ? marked(cells[i] ?? "") : [phrase("strip-none")];
      const link = element("a", { href: place(entry.page[0], id) ?? "" }, element("b", {}, title), " ", element("span", {}, ...text));
      if (i + 1 === on) link.setAttribute("aria-current", "true");
      return element("li", { "data-stage": String(i + 1), ...(cells[i] ? {} : { class: "is-none" }) }, link);
    }),
  );
}

/** A text with what was looked for marked in it. @param {Names} index @param {string} text @param {Set<string>} stems @returns {(Node | string)[]} */
function mark(index, text, stems) {
  /** @type {(Node | string)[]} */
  const made = [];
  let at = 0;
  for (const { 0: word, index: start } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (!index.stems(word).some((one) => stems.has(one))) continue;
    made.push(text.slice(at, start), element("mark", {}, word));
    at = start + word.length;
  }
  return [...made, text.slice(at)];
}
