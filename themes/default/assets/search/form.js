// The form of the search, and what it finds as one types: names at once, whole texts when they are asked for.
import { put } from "../address.js";
import { element } from "../page.js";
import { phrase } from "../phrase.js";
import { names } from "./names.js";
import { remember } from "./recent.js";
import { KINDS, lists, nameOf } from "./results.js";
import { start, ways } from "./start.js";

/** How many hits are shown. */
const MANY = 24;

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
  const form = element("form", { class: "search-form", role: "search" }, input, element("div", { class: "search-filters" }, kind, stage, status));
  place.replaceChildren(form, results);
  form.addEventListener("submit", (event) => event.preventDefault());

  /** Counts searches, so that a slow answer never overwrites a newer one. */
  let turn = 0;
  /** What is shown answers this. */
  let answered = "";
  const question = () => JSON.stringify([input.value.trim(), kind.value, stage.value]);

  const failed = () => {
    status.textContent = location.protocol === "file:" ? phrase("search-needs-server") : phrase("search-failed");
  };

  const ready = names(link).then(
    (index) => {
      const fill = (/** @type {HTMLSelectElement} */ select, /** @type {string[]} */ values, label = (/** @type {string} */ name) => name) => {
        for (const value of values) select.append(element("option", { value }, label(value)));
        select.hidden = values.length < 2;
      };
      fill(kind, KINDS.filter((name) => index.entries.some(({ k }) => k === name)), nameOf);
      fill(stage, [...new Set(index.frameworks.flatMap(({ stages }) => stages.map(([, title]) => title)))]);
    },
    () => undefined,
  );

  async function run() {
    const mine = ++turn;
    const asked = question();
    const query = input.value.trim();
    if (keepsUrl) put({ q: query, kind: kind.value, stage: stage.value });
    await ready;
    const index = await names(link).catch(() => undefined);
    if (mine !== turn) return;
    if (!index) {
      failed();
      if (query && link.dataset.index) await whole(query, mine);
      answered = asked;
      return;
    }
    if (!query) {
      results.replaceChildren(...start(index, run));
      status.textContent = "";
      answered = asked;
      return;
    }
    const { all, hits, stems, instead } = index.find(input.value, { kind: kind.value, stage: stage.value }, MANY);
    const count = all > hits.length ? phrase("best-results", { n: all, shown: hits.length }) : phrase("result-count", { n: all });
    status.textContent = hits.length ? count : phrase("nothing-found", { query });
    results.replaceChildren(...(instead ? [meant(instead)] : []), ...(hits.length ? lists(index, hits, stems) : []));
    if (link.dataset.index) {
      if (hits.length) results.append(more(query));
      else if (query.length > 2) {
        // Half a word finds nothing either.
        await new Promise((done) => setTimeout(done, 250));
        if (mine === turn) await whole(query, mine);
      }
    }
    if (mine !== turn) return;
    if (!results.querySelector("a")) results.append(...ways(index));
    answered = asked;
    results.dataset.query = query;
    // With the first answer on the screen there is time for the rest.
    setTimeout(() => index.readRest() && mine === turn && !results.contains(document.activeElement) && run(), 30);
  }

  /** Another way to write it. @param {string} instead */
  function meant(instead) {
    const button = element("button", { type: "button" }, instead);
    button.addEventListener("click", () => {
      input.value = instead;
      input.focus();
      run();
    });
    return element("p", { class: "search-instead" }, phrase("did-you-mean"), " ", button);
  }

  /** The way to all texts. @param {string} query */
  function more(query) {
    const button = element("button", { type: "button", class: "search-more" }, phrase("search-all-texts", { query }));
    button.addEventListener("click", async () => {
      const mine = turn;
      await whole(query, mine, button);
    });
    return button;
  }

  /** Searches all texts. @param {string} query @param {number} mine @param {HTMLElement} [instead]  What makes way for the result. */
  async function whole(query, mine, instead) {
    try {
      const filters = { ...(kind.value && { kind: kind.value }), ...(stage.value && { stage: stage.value }) };
      const { texts } = await import("./texts.js");
      const { all, items } = await texts(link, query, filters);
      if (mine !== turn) return;
      status.textContent = all ? phrase("found-in-texts", { n: all }) : phrase("nothing-found", { query });
      const list = all ? [element("h2", {}, phrase("in-all-texts")), element("ul", { class: "hits" }, ...items)] : [];
      const had = document.activeElement === instead;
      instead?.remove();
      results.append(...list);
      if (had) /** @type {HTMLElement} */ (results.querySelector("h2:last-of-type + ul a.hit") ?? input).focus();
    } catch {
      if (mine === turn) failed();
    }
  }

  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, 40);
  });
  kind.addEventListener("change", run);
  stage.addEventListener("change", run);
  results.addEventListener("click", (event) => {
    const to = event.target instanceof Element ? event.target.closest("a") : null;
    const hit = to?.closest(":is(.hits, .ways) > li");
    if (to && hit) remember(hit.querySelector(".hit")?.textContent ?? "", hit.querySelector(".hit-of")?.textContent ?? "", to.href);
  });

  // Down and up walk the results, from the field and back to it.
  place.addEventListener("keydown", (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    if (key !== "ArrowDown" && key !== "ArrowUp") return;
    if (target instanceof HTMLSelectElement) return;
    const stops = [input, .../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("a.hit, .hit-places a, button"))];
    // From a stage of a hit the walk goes on with that hit.
    const from = target instanceof Element ? (target.closest(".strip")?.closest("li:has(> .hit)")?.querySelector("a.hit") ?? target) : target;
    const at = stops.indexOf(/** @type {any} */ (from));
    const next = stops[at + (key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  // Enter opens what was found for what stands in the field, and never what was found for something before.
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    clearTimeout(waiting);
    const asked = question();
    const index = await names(link).catch(() => undefined);
    if (index?.readRest() || answered !== asked) await run();
    if (question() === asked && input.value.trim()) results.querySelector("a")?.click();
  });

  return { input, kind, stage, run, ready };
}
