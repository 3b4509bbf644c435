// Which rows, stages and shades are shown. Each is in the URL, and the Back button takes a choice back.
import { phrase } from "../phrase.js";
import { ownStage } from "../table/own-stage.js";
import { asked, put } from "../address.js";

/** What one row says. @typedef {{ row: HTMLTableRowElement, text: string, tags: string[], cells: string[] }} Row */

/**
 * @param {HTMLElement} matrix
 * @param {HTMLTableElement} table
 * @param {{ bring: (body: HTMLTableSectionElement) => Promise<boolean>, refold: (looking: boolean) => void, settle: () => void }} act
 * @param {AbortSignal} signal
 */
export function choices(matrix, table, { bring, refold, settle }, signal) {
  /** @template {Element} E @param {string} what @returns {E | null} */
  const find = (what) => matrix.querySelector(what);
  const text = /** @type {HTMLInputElement | null} */ (find(".filter-text"));
  const [tag, weight, group, tint] = [".filter-tag", ".filter-weight", ".filter-group", ".tint"].map(
    (what) => /** @type {HTMLSelectElement | null} */ (find(what)),
  );
  const columns = /** @type {HTMLInputElement[]} */ ([...matrix.querySelectorAll(".pick-columns input")]);
  const one = /** @type {HTMLInputElement[]} */ ([...matrix.querySelectorAll(".pick-one input")]);
  const bodies = /** @type {HTMLTableSectionElement[]} */ ([...table.querySelectorAll("tbody[data-group]")]);
  const own = matrix.dataset.tint ?? "none";
  /** In the URL, by the name it has there. */
  const selects = { role: tag, weight, dimension: group, shade: tint };

  /** Reads what the URL asks for. */
  function restore() {
    const stages = asked("stages").split(",");
    const some = columns.some((column) => stages.includes(column.value));
    for (const column of columns) column.checked = !some || stages.includes(column.value);
    if (text && text.value.trim() !== asked("q")) text.value = asked("q");
    for (const [name, select] of Object.entries(selects)) {
      if (!select) continue;
      const known = [...select.options].some((option) => option.value === asked(name));
      select.value = known ? asked(name) : select === tint ? own : "";
    }
    const single = one.find((radio) => radio.value === asked("stage"));
    if (single) single.checked = true;
  }

  /** Writes the view into the URL. @param {boolean} isStep */
  function remember(isStep) {
    const shown = columns.filter((column) => column.checked).map((column) => column.value);
    /** @type {Record<string, string>} */
    const view = { q: text?.value.trim() ?? "", stages: shown.length === columns.length ? "" : shown.join(",") };
    for (const [name, select] of Object.entries(selects)) view[name] = select === tint && select?.value === own ? "" : (select?.value ?? "");
    put(view, isStep ? {} : undefined);
  }

  /** @type {Map<HTMLTableSectionElement, Row[]>} */
  const known = new Map();
  /** @param {HTMLTableSectionElement} body */
  function rowsOf(body) {
    let rows = known.get(body);
    if (rows) return rows;
    rows = [...body.rows]
      .filter((row) => !row.classList.contains("group"))
      .map((row) => ({
        row,
        text: (row.textContent ?? "").toLowerCase(),
        tags: (row.dataset.tags ?? "").split("|"),
        cells: [...row.cells].slice(1).map((cell) => cell.className),
      }));
    if (!body.hasAttribute("data-away")) known.set(body, rows);
    return rows;
  }

  /** Does a cell weigh what is asked for? @param {string} classes */
  function weighs(classes) {
    const least = weight?.value ?? "";
    if (least === "must") return /\bm\b/.test(classes);
    return Number(/i([1-5])/.exec(classes)?.[1] ?? 0) >= Number(least);
  }

  let turn = 0;
  /** Shows the rows that fit. */
  async function filter() {
    const mine = ++turn;
    const wanted = (text?.value ?? "").trim().toLowerCase().split(/\s+/).filter(Boolean);
    const looking = wanted.length > 0 || Boolean(tag?.value || weight?.value || group?.value);
    const within = bodies.filter((body) => !group?.value || body.dataset.group === group.value);
    const status = find(".shown");
    if (looking && within.some((body) => body.hasAttribute("data-away"))) {
      if (status) status.textContent = phrase("loading");
      await Promise.all(within.map(bring));
      if (mine !== turn || signal.aborted) return;
    }
    const picked = columns.map((column) => column.checked);
    let [shown, all] = [0, 0];
    for (const body of bodies) {
      const inGroup = within.includes(body);
      let some = !looking && inGroup;
      for (const { row, text: said, tags, cells } of rowsOf(body)) {
        const fits =
          inGroup &&
          (!tag?.value || tags.includes(tag.value)) &&
          (!weight?.value || cells.some((cell, i) => picked[i] !== false && weighs(cell))) &&
          wanted.every((word) => said.includes(word));
        if (row.hidden === fits) row.hidden = !fits;
        all += 1;
        if (fits) shown += 1;
        some ||= fits;
      }
      if (body.hidden === some) body.hidden = !some;
    }
    // The head of a group goes with the last of its dimensions.
    for (const head of table.querySelectorAll("tbody.group-head")) {
      let next = head.nextElementSibling;
      while (next?.matches("tbody[data-group][hidden]")) next = next.nextElementSibling;
      /** @type {HTMLElement} */ (head).hidden = !next?.matches("tbody[data-group]");
    }
    refold(looking);
    matrix.dataset.weight = weight?.value ?? "";
    matrix.dataset.tint = tint?.value ?? own;
    if (status) status.textContent = looking ? phrase("rows-shown", { shown, n: all }) : "";
    /** @type {HTMLElement | null} */ (find(".empty"))?.toggleAttribute("hidden", !looking || shown > 0);
    settle();
  }

  matrix.addEventListener(
    "input",
    ({ target }) => {
      if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement) || target.closest("dialog")) return;
      // A table without stages would be empty; the last one stays.
      if (columns.length && !columns.some((column) => column.checked)) /** @type {HTMLInputElement} */ (target).checked = true;
      if (one.includes(/** @type {HTMLInputElement} */ (target))) put({ stage: target.value });
      else remember(target !== text);
      filter();
    },
    { signal },
  );
  find(".show-all")?.addEventListener(
    "click",
    () => {
      if (text) text.value = "";
      for (const select of [tag, weight, group]) if (select) select.value = "";
      remember(true);
      filter();
      text?.focus();
    },
    { signal },
  );
  addEventListener("popstate", () => (restore(), filter()), { signal });

  const begin = ownStage(one, signal);

  return {
    /** Is all of it shown? */
    isWhole: () => !text?.value && !tag?.value && !weight?.value && !group?.value && columns.every((column) => column.checked),
    /** Shows what the URL asks for, and goes there. */
    stand() {
      const filters = /** @type {HTMLDetailsElement | null} */ (find(".matrix-choices"));
      if (filters && (matchMedia("(min-width: 40.01rem)").matches || ["q", "role", "weight", "dimension"].some(asked))) filters.open = true;
      restore();
      begin();
      filter();
      const some = ["q", "stages", "cell", "role", "weight", "dimension"].some(asked);
      if (some && !location.hash && scrollY === 0) matrix.scrollIntoView({ behavior: "instant" });
    },
  };
}
