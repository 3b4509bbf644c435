// The way to the search: a dialog over any page, and a page of its own. Its code is loaded when it is first wanted.
import { element } from "../page.js";

/** The library that searches names; its types are its own. */
const ENGINE = "../search/minisearch.js";

let warmed = false;

/** Loads the search before it is opened. All its parts at once: each by itself would only then ask for the next. */
function warm() {
  const link = document.querySelector(".search-open");
  if (!(link instanceof HTMLAnchorElement)) return;
  if (warmed) return;
  warmed = true;
  document.head.append(element("link", { rel: "preload", as: "fetch", crossorigin: "anonymous", href: link.dataset.names ?? "" }));
  const engine = import(new URL(ENGINE, import.meta.url).href);
  const parts = [import("../search.js"), import("../search/form.js"), import("../search/names.js"), import("../search/rank.js"), import("../search/words.js"), import("../search/results.js"), import("../search/place.js"), import("../search/start.js"), import("../search/recent.js")];
  for (const part of [engine, ...parts]) part.catch(() => (warmed = false));
}

async function openSearch() {
  warm();
  const link = document.querySelector(".search-open");
  if (!(link instanceof HTMLAnchorElement)) return;
  const page = document.querySelector(".search-page input");
  if (page instanceof HTMLInputElement) return page.focus();
  // What is typed until it is there belongs into its field.
  let typed = "";
  const keep = (/** @type {KeyboardEvent} */ event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    typed += event.key;
  };
  document.addEventListener("keydown", keep, true);
  try {
    const { dialog } = await import("../search.js");
    dialog(link, typed);
  } finally {
    document.removeEventListener("keydown", keep, true);
  }
}

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function search() {
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if ((slash || k) && document.querySelector(".search-open")) {
      event.preventDefault();
      openSearch();
    }
  });
  // Who comes near it, with a pointer, a finger or the keyboard, may want it.
  for (const near of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(near, (event) => event.target instanceof Element && event.target.closest(".search-open") && warm());
  document.addEventListener("click", (event) => {
    const wanted = event.target instanceof Element && event.target.closest(".search-open");
    if (!wanted || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
}

export function searchPage() {
  const place = document.querySelector(".search-page");
  const link = document.querySelector(".search-open");
  if (!place || !(link instanceof HTMLAnchorElement)) return;
  warm();
  import("../search.js").then(({ page }) => page(place, link));
}
