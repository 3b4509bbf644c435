// What belongs to some stages: folded when the reader's own stage is another, and open on paper.

import { target } from "../page.js";

const root = document.documentElement;

/** Folds and opens, unless the reader has no stage. */
function fold() {
  const mine = root.dataset.mine;
  for (const part of document.querySelectorAll(".only[data-stages]:not([data-foreign])")) {
    if (!(part instanceof HTMLDetailsElement)) continue;
    const isMine = mine !== undefined && (part.dataset.stages ?? "").split(" ").includes(mine);
    part.classList.toggle("is-mine", isMine);
    part.classList.toggle("is-other", mine !== undefined && !isMine);
    part.open = mine === undefined || isMine || part.contains(target());
  }
}

/** @param {AbortSignal} signal */
export function only(signal) {
  const folded = () => document.querySelectorAll("details:is(.only, .alert, .more-box):not([open])");
  if (document.querySelector(".only")) {
    fold();
    document.addEventListener("guidepost:stage", fold, { signal });
  }
  /** What was opened for the printer. @type {Element[]} */
  let opened = [];
  addEventListener(
    "beforeprint",
    () => {
      opened = [...folded()];
      for (const part of opened) part.setAttribute("open", "");
    },
    { signal },
  );
  addEventListener("afterprint", () => opened.splice(0).forEach((part) => part.removeAttribute("open")), { signal });
}
