// Tabs: a link opens the text that it leads to, and what a reader chooses in one group holds in all of its like.
import { target } from "../page.js";
import { read, watch, write } from "../storage.js";

/** What is chosen, by what a group says it is about. */
const KEY = "tabs";

/** @returns {Record<string, string>} */
function chosen() {
  const kept = read(KEY);
  return typeof kept === "object" && kept !== null ? /** @type {Record<string, string>} */ (kept) : {};
}

/** @param {Element} panel */
const radio = (panel) => panel.previousElementSibling?.querySelector("input");

/** @param {Element} panel */
function open(panel) {
  const button = radio(panel);
  if (button) button.checked = true;
}

/** Opens in each group what was chosen in another one. */
function follow() {
  const kept = chosen();
  for (const group of document.querySelectorAll("[data-sync]")) {
    const choice = kept[group.getAttribute("data-sync") ?? ""];
    const panel = [...group.children].find((child) => choice !== undefined && child.getAttribute("data-tab") === choice);
    if (panel) open(panel);
  }
}

/** Opens all tabs around what the page's address names. */
function openTarget() {
  const place = target();
  let panel = place?.closest(".tab-panel");
  if (!panel) return;
  for (; panel; panel = panel.parentElement?.closest(".tab-panel")) open(panel);
  place?.scrollIntoView();
}

/** @param {AbortSignal} signal */
export function tabs(signal) {
  if (!document.querySelector(".tabs")) return;
  follow();
  openTarget();
  addEventListener("hashchange", openTarget, { signal });
  watch(KEY, follow, signal);
  document.addEventListener(
    "change",
    (event) => {
      const button = event.target;
      if (!(button instanceof HTMLInputElement)) return;
      const panel = button.closest(".tab")?.nextElementSibling;
      const group = panel?.closest(".tabs");
      const about = group?.getAttribute("data-sync");
      if (!panel || !group || !about) return;
      const before = group.getBoundingClientRect().top;
      write(KEY, { ...chosen(), [about]: panel.getAttribute("data-tab") ?? "" });
      follow();
      // Groups above may have grown; the one in use stays where it is.
      scrollBy({ top: group.getBoundingClientRect().top - before, behavior: "instant" });
    },
    { signal },
  );
}
