// Which rows of a long checklist are shown: those of a role, those that a stage cannot do without, and those that are still open.
import { phrase } from "../phrase.js";

/**
 * Lets the rows of a list be filtered; gives what shows them anew when ticks have changed.
 * @param {HTMLElement} list @param {AbortSignal} signal
 */
export function rowFilter(list, signal) {
  const filter = list.querySelector(".row-filter");
  if (!filter) return () => {};
  const role = /** @type {HTMLSelectElement | null} */ (filter.querySelector(".filter-role"));
  const must = /** @type {HTMLInputElement | null} */ (filter.querySelector(".filter-must"));
  const open = /** @type {HTMLInputElement | null} */ (filter.querySelector(".filter-open"));
  const shown = filter.querySelector(".row-filter-shown");
  const groups = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".build")]);

  function show() {
    let some = 0;
    let all = 0;
    for (const group of groups) {
      let here = 0;
      for (const row of /** @type {NodeListOf<HTMLLIElement>} */ (group.querySelectorAll(".checklist > li"))) {
        const box = /** @type {HTMLInputElement | null} */ (row.querySelector("input[type=checkbox]"));
        const isOfRole = !role?.value || (row.dataset.tags ?? "").split("|").includes(role.value);
        const fits = isOfRole && !(must?.checked && !row.hasAttribute("data-must")) && !(open?.checked && box?.checked);
        row.hidden = !fits;
        all += 1;
        if (fits) here += 1;
      }
      some += here;
      group.hidden = here === 0;
      const count = list.querySelector(`.group-count[data-group="${CSS.escape(group.querySelector("h3")?.id ?? "")}"]`);
      if (count) count.textContent = String(here);
    }
    if (shown) shown.textContent = some === all ? "" : some === 0 ? phrase("nothing-fits") : phrase("rows-shown", { shown: some, n: all });
  }
  filter.addEventListener("input", show, { signal });
  return show;
}
