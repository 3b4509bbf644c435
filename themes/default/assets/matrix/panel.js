// A cell opens beside the table, on a phone from below: what its aspect's page says of its stage, and all stages in brief. It
// stands in the URL, so it can be shared and the Back button closes it.
import { element, words } from "../page.js";
import { asked, put } from "../address.js";
import { rated } from "./grid.js";
import { moved, page } from "./rows.js";

/**
 * Returns what opens the cell that the URL names.
 * @param {HTMLElement} matrix
 * @param {HTMLTableElement} table
 * @param {(body: HTMLTableSectionElement) => Promise<boolean>} bring
 * @param {AbortSignal} signal
 */
export function panel(matrix, table, bring, signal) {
  const dialog = matrix.querySelector("dialog");
  // A page has no heading that says nothing, so it comes with the script.
  const title = dialog?.querySelector("h2") ?? element("h2", { id: "cell-title", tabindex: "-1" });
  dialog?.querySelector(".cell-panel-head")?.after(title);
  dialog?.setAttribute("aria-labelledby", title.id);
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  /** @type {HTMLTableCellElement | null} */
  let open = null;

  /** @param {HTMLTableCellElement} cell */
  const nameOf = (cell) =>
    `${cell.closest("tbody")?.dataset.group}/${cell.closest("tr")?.dataset.id}@${heads[cell.cellIndex]?.dataset.id}`;

  /** The cell of a name. @param {string} name */
  async function cellOf(name) {
    const [, group, id, stage] = /^([^/]+)\/([^@]+)@(.+)$/s.exec(name) ?? [];
    const body = [...table.tBodies].find((one) => group && one.dataset.group === group);
    if (!body || !(await bring(body))) return undefined;
    const row = [...body.rows].find((one) => one.dataset.id === id);
    return row?.cells[heads.findIndex((head) => head.dataset.id === stage)];
  }

  /** @param {Element | null | undefined} cell @returns {cell is HTMLTableCellElement} */
  const isCell = (cell) => cell instanceof HTMLTableCellElement && cell.localName === "td";

  /** @param {HTMLTableCellElement} cell */
  function show(cell) {
    if (!dialog) return;
    const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
    const head = heads[cell.cellIndex];
    const href = cell.querySelector("a")?.href ?? "";
    table.querySelector("td.opened")?.classList.remove("opened");
    cell.classList.add("opened");
    // A stage that is not shown is, now that one of its cells is open.
    if (!cell.checkVisibility()) for (const box of matrix.querySelectorAll("input")) box.checked ||= box.value === head?.dataset.id;
    open = cell;
    dialog.dataset.stage = head?.dataset.stage ?? "";
    const group = cell.closest("tbody")?.querySelector("tr.group a");
    dialog.querySelector(".cell-panel-where")?.replaceChildren(
      element("a", { href: group?.getAttribute("href") ?? "" }, words(group)),
      " ",
      element("b", {}, words(head?.querySelector("a"))),
    );
    title.replaceChildren(words(row.cells[0]));
    dialog.querySelector(".cell-panel-page")?.setAttribute("href", href);
    for (const button of dialog.querySelectorAll("[data-go]")) {
      const to = button.getAttribute("data-go");
      if (to !== "0") /** @type {HTMLButtonElement} */ (button).disabled = !isCell(beside(cell, Number(to)));
    }
    const body = /** @type {HTMLElement} */ (dialog.querySelector(".cell-panel-body"));
    const brief = /** @type {Element} */ (cell.querySelector("a")?.cloneNode(true) ?? cell);
    body.replaceChildren(element("div", { class: "cell-text" }, ...brief.childNodes), element("p", { class: "ratings" }, rated(cell)));
    details(cell, href, body);
    const strip = [...row.cells].slice(1).map((other) => {
      const its = heads[other.cellIndex];
      const button = element("button", { type: "button" }, element("b", {}, words(its?.querySelector("a"))), " ", element("span", {}, words(other)));
      button.onclick = () => move(other);
      return element("li", { "data-stage": its?.dataset.stage ?? "", ...(other === cell && { "aria-current": "true" }) }, button);
    });
    dialog.querySelector(".strip")?.replaceChildren(...strip);
    dialog.querySelector(".cell-panel-in")?.scrollTo(0, 0);
    if (!dialog.open) {
      dialog.showModal();
      title.focus();
    }
  }

  /**
   * What the aspect's page says of the stage; where that cannot be had, what the table says is there.
   * @param {HTMLTableCellElement} cell
   * @param {string} href
   * @param {HTMLElement} body
   */
  async function details(cell, href, body) {
    body.setAttribute("aria-busy", "true");
    try {
      const found = await page(href);
      const anchor = decodeURIComponent(new URL(href).hash.slice(1));
      const section = found.document.getElementById(anchor)?.closest("section");
      if (open !== cell || !section) return;
      const copy = moved(section, found);
      copy.querySelector(".growth-head")?.remove();
      if (copy.textContent?.trim()) body.replaceChildren(...copy.childNodes);
    } catch {
      // From a disk nothing can be fetched; the link below leads there.
    } finally {
      if (open === cell) body.removeAttribute("aria-busy");
    }
  }

  /** The cell of the stage before or after. @param {HTMLTableCellElement} cell @param {number} step */
  const beside = (cell, step) => (step < 0 ? cell.previousElementSibling : cell.nextElementSibling);

  /** Goes on to another cell, without a step back. @param {Element | null | undefined} cell */
  function move(cell) {
    if (!isCell(cell)) return;
    put({ cell: nameOf(cell) });
    show(cell);
    const button = document.activeElement;
    if (!dialog?.contains(button) || (button instanceof HTMLButtonElement && button.disabled)) title.focus();
  }

  function shut() {
    const cell = open;
    open = null;
    cell?.classList.remove("opened");
    if (dialog?.open) dialog.close();
    cell?.querySelector("a")?.focus();
  }

  /** Closes, and takes the step back that opened it. */
  function close() {
    if (!open) return;
    shut();
    if (history.state?.opened) history.back();
    else put({ cell: "" });
  }

  async function sync() {
    const name = asked("cell");
    const cell = name ? await cellOf(name) : undefined;
    if (asked("cell") !== name) return;
    if (isCell(cell)) {
      if (cell === open) return;
      show(cell);
      cell.scrollIntoView({ block: "center", behavior: "instant" });
    } else if (open) shut();
  }

  table.addEventListener(
    "click",
    (event) => {
      const cell = event.target instanceof Element ? event.target.closest("td") : null;
      if (!cell || !dialog || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      put({ cell: nameOf(cell) }, { opened: true });
      show(cell);
    },
    { signal },
  );
  dialog?.addEventListener(
    "click",
    ({ target }) => {
      if (target === dialog) return close();
      const step = target instanceof Element ? target.closest("[data-go]")?.getAttribute("data-go") : null;
      if (step === "0") close();
      else if (step && open) move(beside(open, Number(step)));
    },
    { signal },
  );
  dialog?.addEventListener("cancel", (event) => (event.preventDefault(), close()), { signal });
  dialog?.addEventListener("close", close, { signal });
  dialog?.addEventListener(
    "keydown",
    ({ key, target, altKey, ctrlKey, metaKey }) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (!step || !open || altKey || ctrlKey || metaKey) return;
      if (target instanceof Element && target.closest("input, select, textarea, pre, .scroll")) return;
      move(beside(open, getComputedStyle(dialog).direction === "rtl" ? -step : step));
    },
    { signal },
  );
  addEventListener("popstate", sync, { signal });
  return sync;
}
