// My stage: kept for each framework, marked wherever a stage of it is shown.
import { phrase } from "../phrase.js";
import { read, watch, write } from "../storage.js";

const root = document.documentElement;

/** @param {AbortSignal} signal */
export function myStage(signal) {
  const select = document.querySelector("#my-stage");
  if (!(select instanceof HTMLSelectElement)) return;
  const name = `stage:${root.dataset.framework}`;
  const show = () => {
    const kept = read(name);
    const known = [...select.options].some((option) => option.value === kept);
    select.value = known ? String(kept) : "";
    mark(select);
  };
  show();
  select.onchange = () => {
    write(name, select.value || undefined);
    mark(select);
    document.dispatchEvent(new CustomEvent("guidepost:stage", { detail: select.value }));
  };
  watch(name, show, signal);
  // The home page's answers choose in place; one that is chosen already leads to its page.
  document.addEventListener(
    "click",
    (event) => {
      const answer = event.target instanceof Element ? event.target.closest("a[data-choose]") : null;
      if (!(answer instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (select.value === answer.dataset.choose) return;
      event.preventDefault();
      select.value = answer.dataset.choose ?? "";
      select.dispatchEvent(new Event("change"));
    },
    { signal },
  );
}

/** @param {HTMLSelectElement} select */
function mark(select) {
  const chosen = select.selectedOptions[0];
  const mine = Number(chosen?.dataset.number ?? 0);
  const next = mine && mine < select.options.length - 1 ? mine + 1 : 0;
  if (mine) root.dataset.mine = String(mine);
  else delete root.dataset.mine;
  for (const place of document.querySelectorAll("main [data-stage], .sidebar [data-stage]")) {
    const foreign = place.hasAttribute("data-foreign");
    const number = foreign ? -1 : Number(place.getAttribute("data-stage"));
    place.classList.toggle("is-mine", mine > 0 && number === mine);
    place.classList.toggle("is-next", next > 0 && number === next);
    const label = number === mine && mine > 0 ? phrase("your-stage") : number === next && next > 0 ? phrase("next-stage") : "";
    if (place.hasAttribute("data-choose")) place.toggleAttribute("aria-current", mine > 0 && number === mine);
    if (label) place.setAttribute("data-mark", label);
    else place.removeAttribute("data-mark");
    if (!(place instanceof HTMLTableCellElement)) continue;
    place.querySelector(".is-yours")?.remove();
    if (label) place.append(" ", Object.assign(document.createElement("span"), { className: "is-yours", textContent: label }));
  }
  for (const table of document.querySelectorAll(".table table, .scroll > table:not(.matrix-table)")) {
    if (!(table instanceof HTMLTableElement)) continue;
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const at = heads.findIndex((head) => head.classList.contains("is-mine"));
    for (const cell of table.querySelectorAll("td.is-mine")) cell.classList.remove("is-mine");
    if (at > 0) for (const row of table.rows) if (row.cells.length > 1) row.cells[at]?.classList.add("is-mine");
  }
}
