// The search, in a dialog over any page and on the search page.
import { element } from "./page.js";
import { phrase } from "./phrase.js";
import { searcher } from "./search/form.js";

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

/** Answers what stands in the dialog's field. */
let answer = () => {};

/** The dialog over any page. @param {HTMLAnchorElement} link @param {string} typed  What was typed meanwhile. */
export function dialog(link, typed) {
  let box = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.search"));
  const isNew = !box;
  if (!box) {
    box = /** @type {HTMLDialogElement} */ (element("dialog", { class: "search", "aria-label": phrase("search") }));
    const place = element("div", {});
    const close = element("button", { type: "button", class: "close" }, element("span", { class: "vh" }, phrase("close-search")), element("kbd", { "aria-hidden": "true" }, phrase("escape-key")));
    box.append(close, place, keys());
    document.body.append(box);
    const opened = box;
    const shut = () => {
      opened.close();
      // Until the next frame a browser may leave the focus in the field that is gone, and a key would go there.
      if (opened.contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
    };
    close.addEventListener("click", shut);
    box.addEventListener("click", (event) => {
      if (event.target === opened) shut();
      // A result on this very page: the dialog makes way for it.
      if (event.target instanceof Element && event.target.closest(".search-results a")) shut();
    });
    // In a search field Escape would only empty it.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      shut();
    });
    answer = searcher(place, link, { keepsUrl: false }).run;
  }
  if (!box.open) box.showModal();
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  input.focus();
  input.select();
  if (typed) input.value = typed;
  // At once: who waited for the dialog does not wait for a pause in typing too.
  if (typed || isNew) answer();
}

/** What the keys do. */
function keys() {
  const key = (/** @type {string[]} */ names, /** @type {string} */ does) => element("span", {}, ...names.flatMap((name) => [element("kbd", {}, name), " "]), does);
  return element("p", { class: "search-keys", "aria-hidden": "true" }, key(["↑", "↓"], phrase("keys-choose")), key(["↵"], phrase("keys-open")), key([phrase("escape-key")], phrase("keys-close")));
}
