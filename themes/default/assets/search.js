// The search: Pagefind finds, this shows. Used by the dialog over any page and by the search page.
import { element } from "./page.js";

/** The order in which kinds are shown. */
const KINDS = ["Stage", "Dimension", "Aspect", "Guide", "Playbook", "Term", "Framework"];
const PLURAL = { Stage: "Stages", Dimension: "Dimensions", Aspect: "Aspects", Guide: "Guides", Playbook: "Playbooks", Term: "Terms", Framework: "Frameworks" };
const MANY = 30;

/** @type {Promise<any> | undefined} */
let loading;

/** @param {HTMLAnchorElement} link */
function pagefind(link) {
  const bundle = new URL(link.dataset.index ?? "", location.href);
  loading ??= import(new URL("pagefind.js", bundle).href).then(async (module) => {
    await module.options({ basePath: bundle.href, baseUrl: "/", excerptLength: 24 });
    await module.init();
    return module;
  });
  return loading;
}

/**
 * A form and its results.
 * @param {Element} place
 * @param {HTMLAnchorElement} link
 * @param {{ keepsUrl: boolean }} options
 */
function searcher(place, link, { keepsUrl }) {
  const home = new URL(document.documentElement.dataset.home ?? "./", location.href);
  const input = /** @type {HTMLInputElement} */ (element("input", { type: "search", placeholder: "What are you looking for?", autocomplete: "off", spellcheck: "false", "aria-label": "Search", enterkeyhint: "search" }));
  const kind = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": "Kind" }, element("option", { value: "" }, "Everything")));
  const stage = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": "Stage" }, element("option", { value: "" }, "Any stage")));
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
    const fill = (/** @type {HTMLSelectElement} */ select, /** @type {string[]} */ names) => {
      for (const name of names) select.append(element("option", { value: name }, PLURAL[/** @type {keyof typeof PLURAL} */ (name)] ?? name));
      select.hidden = names.length < 2;
    };
    fill(kind, KINDS.filter((name) => known.kind?.[name]));
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
      status.textContent = location.protocol === "file:" ? "The search needs a web server; this site was opened from a disk." : "The search index could not be loaded.";
    }
  }

  /** @param {any[]} found @param {number} all @param {string} query */
  function show(found, all, query) {
    results.replaceChildren();
    if (!found.length) {
      status.textContent = `Nothing found for “${query}”.`;
      return;
    }
    status.textContent = all > found.length ? `${all} results, the best ${found.length} shown` : all === 1 ? "1 result" : `${all} results`;
    for (const name of KINDS) {
      const group = found.filter((data) => data.meta.kind === name);
      if (!group.length) continue;
      const list = element("ul", {});
      for (const data of group) list.append(result(data));
      results.append(element("h2", {}, PLURAL[/** @type {keyof typeof PLURAL} */ (name)]), list);
    }
  }

  /** @param {any} data */
  function result(data) {
    const sections = (data.sub_results ?? []).filter((/** @type {any} */ s) => s.anchor).slice(0, 2);
    const item = element("li", {}, anchor(data.raw_url ?? data.url, data.meta.title, data.excerpt), excerpt(data.excerpt));
    if (sections.length) {
      const inner = element("ul", {});
      for (const section of sections) inner.append(element("li", {}, anchor(`${data.raw_url ?? data.url}#${section.anchor.id}`, section.title, section.excerpt)));
      item.append(inner);
    }
    return item;
  }

  /** A link to a place; the browser marks the word that was found there. */
  function anchor(/** @type {string} */ path, /** @type {string} */ title, /** @type {string} */ excerptHtml) {
    const url = new URL(path.replace(/^\/+/, ""), home);
    if (home.pathname.endsWith(".html") || /index\.html$/.test(link.pathname)) url.pathname = url.pathname.replace(/\/$/, "/index.html");
    const word = marked(excerptHtml)[0];
    const href = word ? `${url.href}${url.hash ? "" : "#"}:~:text=${encodeURIComponent(word).replaceAll("-", "%2D")}` : url.href;
    return element("a", { href }, title);
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

/** The words that Pagefind marked in an excerpt. @param {string} html */
function marked(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.querySelectorAll("mark")].map((m) => (m.textContent ?? "").replace(/[^\p{L}\p{N}\- ]/gu, ""));
}

/** An excerpt with its marks, and nothing else of its HTML. @param {string} html */
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const place = element("p", {});
  for (const node of parsed.body.childNodes)
    place.append(node.nodeName === "MARK" ? element("mark", {}, node.textContent ?? "") : (node.textContent ?? ""));
  return place;
}

/** The search page. @param {Element} place @param {HTMLAnchorElement} link */
export async function page(place, link) {
  if (place.querySelector("form")) return; // the preview changed something else
  const search = searcher(place, link, { keepsUrl: true });
  const wanted = new URL(location.href).searchParams;
  search.input.value = wanted.get("q") ?? "";
  search.input.focus();
  await search.ready;
  search.kind.value = wanted.get("kind") ?? "";
  search.stage.value = wanted.get("stage") ?? "";
  search.run();
}

/** The dialog over any page. @param {HTMLAnchorElement} link */
export function dialog(link) {
  let box = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.search"));
  if (!box) {
    box = /** @type {HTMLDialogElement} */ (element("dialog", { class: "search", "aria-label": "Search" }));
    const place = element("div", {});
    const close = element("button", { type: "button", class: "close", "aria-label": "Close the search" }, "Esc");
    box.append(close, place);
    document.body.append(box);
    const opened = box;
    close.addEventListener("click", () => opened.close());
    box.addEventListener("click", (event) => {
      if (event.target === opened) opened.close();
      // A result on this very page: the dialog makes way for it.
      if (event.target instanceof Element && event.target.closest(".search-results a")) opened.close();
    });
    // In a search field Escape would only empty it.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      opened.close();
    });
    searcher(place, link, { keepsUrl: false });
  }
  if (!box.open) box.showModal();
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  input.focus();
  input.select();
}
