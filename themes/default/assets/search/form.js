// The form of the search, and what it finds as one types.
import { element } from "../page.js";
import { phrase } from "../phrase.js";
import { pagefind } from "./pagefind.js";
import { KINDS, lists, nameOf } from "./results.js";

/** How many results are shown. */
const MANY = 30;

/**
 * A form and its results.
 * @param {Element} place
 * @param {HTMLAnchorElement} link
 * @param {{ keepsUrl: boolean }} options
 */
export function searcher(place, link, { keepsUrl }) {
  const input = /** @type {HTMLInputElement} */ (element("input", { type: "search", placeholder: phrase("search-placeholder"), autocomplete: "off", spellcheck: "false", "aria-label": phrase("search"), enterkeyhint: "search" }));
  const kind = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": phrase("kind") }, element("option", { value: "" }, phrase("every-kind"))));
  const stage = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": phrase("stage-column") }, element("option", { value: "" }, phrase("any-stage"))));
  const status = element("p", { class: "search-status", role: "status" });
  const results = element("div", { class: "search-results" });
  const form = element("form", { class: "search-form", role: "search" }, input, element("div", { class: "search-filters" }, kind, stage));
  place.replaceChildren(form, status, results);
  form.addEventListener("submit", (event) => event.preventDefault());

  /** Counts searches, so that a slow answer never overwrites a newer one. */
  let turn = 0;

  async function filters() {
    const module = await pagefind(link);
    const known = await module.filters();
    const fill = (/** @type {HTMLSelectElement} */ select, /** @type {string[]} */ names, label = (/** @type {string} */ name) => name) => {
      for (const name of names) select.append(element("option", { value: name }, label(name)));
      select.hidden = names.length < 2;
    };
    fill(kind, KINDS.filter((name) => known.kind?.[name]), nameOf);
    const order = [...document.querySelectorAll("#my-stage option")].map((o) => o.textContent ?? "");
    const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
    fill(stage, Object.keys(known.stage ?? {}).sort((a, b) => place(a) - place(b)));
  }

  async function run() {
    const mine = ++turn;
    const query = input.value.trim();
    if (keepsUrl) {
      const url = new URL(location.href);
      for (const [name, value] of [["q", query], ["kind", kind.value], ["stage", stage.value]]) {
        if (value) url.searchParams.set(/** @type {string} */ (name), value);
        else url.searchParams.delete(/** @type {string} */ (name));
      }
      history.replaceState(history.state, "", url);
    }
    if (!query) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const module = await pagefind(link);
      const filters = { ...(kind.value && { kind: kind.value }), ...(stage.value && { stage: stage.value }) };
      const found = await module.search(query, { filters });
      if (mine !== turn) return;
      const some = await Promise.all(found.results.slice(0, MANY).map((/** @type {any} */ r) => r.data()));
      if (mine !== turn) return;
      show(some, found.results.length, query);
    } catch {
      status.textContent = location.protocol === "file:" ? phrase("search-needs-server") : phrase("search-failed");
    }
  }

  /** @param {any[]} found @param {number} all @param {string} query */
  function show(found, all, query) {
    results.replaceChildren();
    if (!found.length) {
      status.textContent = phrase("nothing-found", { query });
      return;
    }
    status.textContent = all > found.length ? phrase("best-results", { n: all, shown: found.length }) : phrase("result-count", { n: all });
    results.append(...lists(found, link));
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, 120);
  });
  kind.addEventListener("change", run);
  stage.addEventListener("change", run);
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;

  // Down and up walk the results, from the field and back to it.
  place.addEventListener("keydown", (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    if (key !== "ArrowDown" && key !== "ArrowUp") return;
    if (target instanceof HTMLSelectElement) return;
    const stops = [input, .../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("a"))];
    const at = stops.indexOf(/** @type {any} */ (target));
    const next = stops[at + (key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const first = results.querySelector("a");
    if (first) first.click();
  });

  const ready = filters().catch(() => run());
  return { input, kind, stage, run, ready };
}
