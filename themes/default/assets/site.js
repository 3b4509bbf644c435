// What every page has: the theme's switch, the reader's own stage, hints on terms, and the way to the search.
import { whenReady } from "./page.js";
import { read, watch, write } from "./storage.js";

const root = document.documentElement;

/* The theme: automatic, light, dark. */
const THEMES = ["automatic", "light", "dark"];

function themeSwitch() {
  const button = document.querySelector(".theme-toggle");
  if (!(button instanceof HTMLButtonElement)) return;
  const show = () => {
    const label = `Colours: ${root.dataset.theme ?? "automatic"}`;
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  show();
  button.onclick = () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "automatic") + 1) % THEMES.length];
    if (next === "automatic") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "automatic") localStorage.removeItem("guidepost:theme");
      else localStorage.setItem("guidepost:theme", next);
    } catch {
      // It holds for this page at least.
    }
    show();
  };
}

/* My stage: kept for each framework, marked wherever a stage of it is shown. */
/** @param {AbortSignal} signal */
function myStage(signal) {
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
    if (!(place instanceof HTMLTableCellElement)) continue;
    place.querySelector(".is-yours")?.remove();
    const label = number === mine && mine > 0 ? "your stage" : number === next && next > 0 ? "next" : "";
    if (label) place.append(" ", Object.assign(document.createElement("span"), { className: "is-yours", textContent: label }));
  }
  for (const table of document.querySelectorAll(".table table, .scroll > table")) {
    if (!(table instanceof HTMLTableElement)) continue;
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const at = heads.findIndex((head) => head.classList.contains("is-mine"));
    for (const cell of table.querySelectorAll("td.is-mine")) cell.classList.remove("is-mine");
    if (at > 0) for (const row of table.rows) if (row.cells.length > 1) row.cells[at]?.classList.add("is-mine");
  }
}

/* Hints: the meaning of a term on hover, focus or tap. Escape closes (WCAG 2.2, 1.4.13). */
let open = /** @type {{ term: HTMLElement, hint: HTMLElement } | undefined} */ (undefined);

function closeHint() {
  if (!open) return;
  open.term.removeAttribute("aria-describedby");
  open.hint.remove();
  open = undefined;
}

/** @param {HTMLElement} term */
function openHint(term) {
  if (open?.term === term) return;
  closeHint();
  // The browser's own tooltip would say the same a second time.
  if (term.title) {
    term.dataset.meaning = term.title;
    term.removeAttribute("title");
  }
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.id = "term-hint";
  hint.setAttribute("role", "tooltip");
  hint.textContent = term.dataset.meaning ?? "";
  document.body.append(hint);
  term.setAttribute("aria-describedby", hint.id);
  const place = term.getBoundingClientRect();
  const width = Math.min(320, innerWidth - 24);
  hint.style.width = `${width}px`;
  hint.style.left = `${scrollX + Math.max(12, Math.min(place.left, innerWidth - width - 12))}px`;
  const above = place.bottom + hint.offsetHeight + 12 > innerHeight && place.top > hint.offsetHeight + 12;
  hint.style.top = `${scrollY + (above ? place.top - hint.offsetHeight - 6 : place.bottom + 6)}px`;
  open = { term, hint };
}

/** @param {EventTarget | null} target */
const termOf = (target) => (target instanceof Element ? target.closest(".term") : null);

function hints() {
  let leaving = 0;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const term = termOf(event.target);
    clearTimeout(leaving);
    if (term instanceof HTMLElement) openHint(term);
    else if (open && !(event.target instanceof Element && event.target.closest(".hint"))) {
      // A moment's grace, so that the pointer can move onto the hint.
      leaving = window.setTimeout(() => open?.term !== document.activeElement && closeHint(), 250);
    }
  });
  document.addEventListener("focusin", (event) => {
    const term = termOf(event.target);
    if (term instanceof HTMLElement) openHint(term);
    else closeHint();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeHint());
  let touched = false;
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  document.addEventListener("click", (event) => {
    const term = termOf(event.target);
    // The first tap shows the meaning, the second follows the link.
    if (term instanceof HTMLElement && touched && term.dataset.tapped !== "yes") {
      event.preventDefault();
      for (const other of document.querySelectorAll(".term[data-tapped]")) other.removeAttribute("data-tapped");
      term.dataset.tapped = "yes";
      openHint(term);
    } else if (!term && !(event.target instanceof Element && event.target.closest(".hint"))) closeHint();
  });
}

/* The search: a dialog over any page; its code is loaded when it is first wanted. */
async function openSearch() {
  const link = document.querySelector(".search-open");
  if (!(link instanceof HTMLAnchorElement)) return;
  const page = document.querySelector(".search-page input");
  if (page instanceof HTMLInputElement) return page.focus();
  const { dialog } = await import("./search.js");
  dialog(link);
}

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function search() {
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if ((slash || k) && document.querySelector(".search-open")) {
      event.preventDefault();
      openSearch();
    }
  });
  document.addEventListener("click", (event) => {
    const wanted = event.target instanceof Element && event.target.closest(".search-open");
    if (!wanted || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
}

function searchPage() {
  const place = document.querySelector(".search-page");
  const link = document.querySelector(".search-open");
  if (place && link instanceof HTMLAnchorElement) import("./search.js").then(({ page }) => page(place, link));
}

hints();
search();
whenReady((signal) => {
  closeHint();
  themeSwitch();
  myStage(signal);
  searchPage();
});
