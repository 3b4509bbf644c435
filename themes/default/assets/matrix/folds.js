// Dimensions that fold away. What is folded is kept for the site's next visit; while rows are looked for, all is open.
import { element, words } from "../page.js";
import { phrase } from "../phrase.js";
import { read, write } from "../storage.js";

/**
 * @param {HTMLElement} matrix
 * @param {HTMLTableElement} table
 * @param {(body: HTMLTableSectionElement) => Promise<boolean>} bring
 * @param {AbortSignal} signal
 */
export function folds(matrix, table, bring, signal) {
  const name = `folded:${location.pathname}`;
  const bodies = /** @type {HTMLTableSectionElement[]} */ ([...table.querySelectorAll("tbody[data-group]")]);
  const id = (/** @type {Element} */ body) => body.getAttribute("data-group") ?? "";
  const kept = read(name);
  const all = /** @type {HTMLButtonElement | null} */ (matrix.querySelector(".fold-all"));
  /** @type {Set<string>} */
  let folded = new Set(Array.isArray(kept) ? kept.map(String) : []);
  for (const body of bodies) if (body.hasAttribute("data-away")) folded.add(id(body));
  /** Folded while rows are looked for. @type {Set<string> | null} */
  let meanwhile = null;

  for (const body of bodies) {
    const head = body.querySelector("tr.group th");
    if (!head || head.querySelector(".fold")) continue;
    head.prepend(element("button", { type: "button", class: "fold", "aria-label": phrase("fold", { title: words(head.querySelector("a")) }) }), " ");
  }

  function show() {
    for (const body of bodies) {
      const shut = (meanwhile ?? folded).has(id(body));
      body.classList.toggle("is-folded", shut);
      body.querySelector(".fold")?.setAttribute("aria-expanded", String(!shut));
    }
    all?.setAttribute("aria-pressed", String(bodies.every((body) => (meanwhile ?? folded).has(id(body)))));
  }

  table.addEventListener(
    "click",
    async ({ target }) => {
      const button = target instanceof Element ? target.closest(".fold") : null;
      const body = /** @type {HTMLTableSectionElement | null | undefined} */ (button?.closest("tbody"));
      if (!body) return;
      const shut = meanwhile ?? folded;
      if (!shut.delete(id(body))) shut.add(id(body));
      else if (!(await bring(body))) {
        // Its rows cannot be had here; its page has them.
        shut.add(id(body));
        body.querySelector("a")?.click();
      }
      keep();
    },
    { signal },
  );
  all?.addEventListener(
    "click",
    async () => {
      const shut = bodies.some((body) => !(meanwhile ?? folded).has(id(body)));
      const next = new Set(shut ? bodies.map(id) : []);
      if (!shut) await Promise.all(bodies.map(bring));
      if (meanwhile) meanwhile = next;
      else folded = next;
      keep();
    },
    { signal },
  );

  function keep() {
    const own = bodies.filter((body) => folded.has(id(body)) && !body.hasAttribute("data-away")).map(id);
    if (!meanwhile) write(name, own.length ? own : undefined);
    show();
  }

  show();
  return {
    /** Opens one. @param {HTMLTableSectionElement} body */
    unfold(body) {
      const one = (meanwhile ?? folded).delete(id(body));
      if (one) keep();
    },
    /** Opens all while rows are looked for, and folds as before when they are not. @param {boolean} looking */
    refold(looking) {
      meanwhile = looking ? (meanwhile ?? new Set()) : null;
      show();
    },
  };
}
