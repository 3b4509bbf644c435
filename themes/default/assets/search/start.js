// What the search shows before anything is typed, and where it leads when nothing is found.
import { element } from "../page.js";
import { phrase } from "../phrase.js";
import { place } from "./place.js";
import { forget, recent } from "./recent.js";
import { belongs, head } from "./results.js";

/** @typedef {import("./rank.js").Names} Names */
/** @typedef {import("./rank.js").Known} Known */

/** @param {Names} index */
const linked = (index) => (/** @type {Known} */ entry) => element("li", {}, head(place(entry.page[0]), [entry.t], belongs(index, entry)));

/** @param {string} title @param {Node[]} items */
const group = (title, items) => (items.length ? [element("h2", {}, title), element("ul", { class: "ways" }, ...items)] : []);

/**
 * What was found last, and what is for the reader's stage.
 * @param {Names} index
 * @param {() => void} again  Shows it anew.
 */
export function start(index, again) {
  const kept = recent().map(({ title, path, of }) => element("li", {}, head(place(path), [title], of)));
  const clear = element("button", { type: "button", class: "forget" }, phrase("clear-recent"));
  clear.addEventListener("click", () => {
    forget();
    again();
  });
  const select = document.querySelector("#my-stage");
  const mine = select instanceof HTMLSelectElement && select.value ? forStage(index, select) : [];
  return [...group(phrase("recently-found"), kept), ...(kept.length ? [clear] : []), ...(mine.length ? mine : ways(index))];
}

/** @param {Names} index @param {HTMLSelectElement} select */
function forStage(index, select) {
  const f = index.frameworks.findIndex(({ id }) => id === document.documentElement.dataset.framework);
  const n = Number(select.selectedOptions[0]?.dataset.number);
  const own = index.entries.filter((entry) => entry.f === f && !entry.a && entry.s?.includes(n));
  const of = (/** @type {string} */ kind) => own.filter((entry) => entry.k === kind);
  const next = of("Comparison").filter((entry) => entry.s?.[0] === n).slice(0, 1);
  const shown = [...of("Stage"), ...next, ...of("Playbook").slice(0, 3), ...of("Guide").slice(0, 3)];
  return group(phrase("for-your-stage", { title: select.selectedOptions[0]?.textContent ?? "" }), shown.map(linked(index)));
}

/** Ways on: the stages, what frameworks have pages for, sections. @param {Names} index */
export function ways(index) {
  const pages = index.entries.filter((entry) => !entry.a);
  const of = (/** @type {string} */ kind) => pages.filter((entry) => entry.k === kind).slice(0, 8).map(linked(index));
  return [...group(phrase("stages-list"), of("Stage")), ...group(phrase("ways-on"), [...of("Tool"), ...of("Section")])];
}
