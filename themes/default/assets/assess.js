// The self-assessment: answers are kept in this browser; the result follows from them and the page's own words.
import { keeper } from "./kept.js";
import { copy, download, element, say, texts, whenReady, without, words } from "./store.js";

const FRAGMENT = "#answers:";
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{ answers: Record<string, string>, names: Record<string, string>, target?: string }} Assessment */

/** @param {HTMLElement} form @param {AbortSignal} signal */
function start(form, signal) {
  const target = /** @type {HTMLSelectElement} */ (form.querySelector("select[name=target]"));
  const stages = [...target.options].map((option) => ({ id: option.value, title: option.text }));
  const level = (/** @type {string | undefined} */ id) => stages.findIndex((stage) => stage.id === id);
  const dimensions = [...form.querySelectorAll(".assess-dimension")].map((place) => ({
    id: place.getAttribute("data-dimension") ?? "",
    title: words(place.querySelector("h2")),
    href: place.querySelector("h2 a")?.getAttribute("href") ?? "",
    aspects: [...place.querySelectorAll(".assess-aspect")].map((aspect) => ({
      id: aspect.getAttribute("data-aspect") ?? "",
      title: words(aspect.querySelector("legend")),
      href: aspect.querySelector("legend a")?.getAttribute("href") ?? "",
      cells: [...aspect.querySelectorAll("input")].slice(1).map((input) => ({
        same: input.hasAttribute("data-same"),
        nothing: input.hasAttribute("data-nothing"),
        effort: Number(input.dataset.effort ?? 0),
        impact: Number(input.dataset.impact ?? 0),
        text: words(input.parentElement?.querySelector(".what")),
      })),
    })),
  }));
  /** The title of everything that can be answered. */
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const dimension of dimensions) {
    known.set(dimension.id, dimension.title);
    for (const aspect of dimension.aspects) known.set(aspect.id, `${dimension.title}: ${aspect.title}`);
  }

  /**
   * Answers by id, also those to questions that are no longer asked; what these were called; the stage to aim for.
   * @param {any} value
   * @returns {Assessment}
   */
  function tidy(value) {
    const answers = texts(value?.answers) ?? {};
    const names = texts(value?.names) ?? {};
    for (const id of Object.keys(names)) if (!Object.hasOwn(answers, id)) delete names[id];
    for (const id of Object.keys(answers)) names[id] = known.get(id) ?? names[id] ?? id;
    return { answers, names, target: value?.target };
  }
  const mine = keeper(form, `assessment:${form.dataset.assess}`, { tidy, some: (kept) => kept.target || Object.keys(kept.answers).length, show }, signal);
  /** A result that someone shared: shown, and neither changed nor kept until the reader makes it their own. @type {Assessment | undefined} */
  let shared;
  /** What is shown. */
  let { answers, names } = mine.now();

  /** Shows the result that came with the link. */
  function follow() {
    if (!location.hash.startsWith(FRAGMENT)) return;
    const text = location.hash.slice(FRAGMENT.length);
    const { "": target, ...answers } = (text.length <= 100_000 && texts(Object.fromEntries(new URLSearchParams(text)))) || {};
    shared = Object.keys(answers).length ? tidy({ answers, target }) : undefined;
    show();
    if (!shared) mine.tell("The link holds no result that can be read.");
  }

  /** Shows the reader's own answers again. */
  function back() {
    shared = undefined;
    history.replaceState(null, "", location.pathname + location.search);
    show();
  }

  const isStage = (/** @type {string | undefined} */ answer) => answer === "none" || level(answer) >= 0;
  /** The stage an aspect has reached: -1 before the first, nothing when it was not answered. */
  function reached(/** @type {string} */ aspect, /** @type {string} */ dimension) {
    const answer = isStage(answers[aspect]) ? answers[aspect] : answers[dimension];
    return answer === undefined || !isStage(answer) ? undefined : level(answer);
  }

  function show() {
    const shown = shared ?? mine.now();
    ({ answers, names } = shown);
    for (const part of /** @type {NodeListOf<HTMLFieldSetElement | HTMLInputElement>} */ (form.querySelectorAll("fieldset, [data-do=load], [data-do=reset]"))) part.disabled = Boolean(shared);
    const undo = mine.control("undo");
    if (undo) undo.hidden = Boolean(shared) || !mine.undoable();
    for (const input of form.querySelectorAll("input[type=radio]")) {
      const radio = /** @type {HTMLInputElement} */ (input);
      radio.checked = answers[radio.name] === radio.value;
    }
    const rows = dimensions.map((dimension) => {
      const levels = dimension.aspects.map((a) => reached(a.id, dimension.id)).filter((l) => l !== undefined);
      return { dimension, levels };
    });
    const answered = rows.reduce((sum, row) => sum + row.levels.length, 0);
    const all = dimensions.reduce((sum, d) => sum + d.aspects.length, 0);
    const pictures = form.querySelector(".result-pictures");
    const gap = form.querySelector(".gap");
    pictures?.replaceChildren();
    gap?.replaceChildren();
    listGone();
    // Until the reader says otherwise, the aim is the stage after their own, or after the one reached on average.
    const own = /** @type {HTMLSelectElement | null} */ (document.querySelector("#my-stage"))?.value;
    const sum = rows.flatMap((row) => row.levels).reduce((a, b) => a + b, 0);
    const at = own ? level(own) : answered ? Math.floor(sum / answered) : undefined;
    if (level(shown.target) >= 0) target.value = String(shown.target);
    else if (at !== undefined) target.value = stages[Math.min(at + 1, stages.length - 1)]?.id ?? target.value;
    const wanted = level(target.value);
    for (const item of form.querySelectorAll(".result-playbooks li"))
      /** @type {HTMLElement} */ (item).hidden = !item.getAttribute("data-stages")?.split(" ").includes(target.value);
    const playbooks = /** @type {HTMLElement | null} */ (form.querySelector(".result-playbooks"));
    if (playbooks) playbooks.hidden = !playbooks.querySelector("li:not([hidden])");
    if (shared) pictures?.append(sharedNote());
    if (!answered) return mine.tell("Answer for at least one dimension, and the result appears here.");
    mine.tell(`${shared ? "A shared result. " : ""}${answered} of ${all} aspects answered.`);
    pictures?.append(heat(rows), ...(rows.length > 2 ? [radar(rows, wanted)] : []));
    gap?.append(...missing(wanted));
  }

  function sharedNote() {
    const leave = element("button", { type: "button" }, "Back to mine");
    const take = element("button", { type: "button" }, "Keep it as mine");
    leave.addEventListener("click", back);
    take.addEventListener("click", () => {
      const taken = /** @type {Assessment} */ (shared);
      back();
      mine.replace(() => taken);
    });
    return element("p", { class: "note checks-actions" }, "This result came with the link and can only be read. Your own answers are untouched. ", leave, " ", take);
  }

  /** How much of each dimension has reached each stage, as a table that a screen reader can walk. */
  function heat(/** @type {{ dimension: any, levels: number[] }[]} */ rows) {
    const head = element("tr", {}, element("th", { scope: "col" }, "Dimension"), ...stages.map((s, i) => element("th", { scope: "col", "data-stage": String(i + 1) }, s.title)));
    const body = rows.map(({ dimension, levels }, i) => {
      const title = element("th", { scope: "row" }, element("span", { class: "axis" }, String(i + 1)), " ", element("a", { href: dimension.href }, dimension.title));
      const cells = stages.map((_, s) => {
        if (!levels.length) return element("td", { class: "heat-none" }, "–");
        const part = levels.filter((l) => l >= s).length / levels.length;
        return element("td", { class: `heat-${Math.ceil(part * 4)}`, "data-stage": String(s + 1) }, `${Math.round(part * 100)} %`);
      });
      return element("tr", {}, title, ...cells);
    });
    const table = element("table", { class: "heat-table" }, element("caption", {}, "How much of each dimension has reached each stage"), element("thead", {}, head), element("tbody", {}, ...body));
    return element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Result by dimension and stage" }, table);
  }

  /** All dimensions around a circle; the numbers are those of the table. */
  function radar(/** @type {{ dimension: any, levels: number[] }[]} */ rows, /** @type {number} */ wanted) {
    const mean = (/** @type {number[]} */ levels) => (levels.length ? levels.reduce((a, b) => a + b + 1, 0) / levels.length : 0);
    const point = (/** @type {number} */ i, /** @type {number} */ value) => {
      const angle = (i / rows.length) * 2 * Math.PI - Math.PI / 2;
      const r = (value / stages.length) * 150;
      return [180 + r * Math.cos(angle), 180 + r * Math.sin(angle)];
    };
    const line = (/** @type {(i: number) => number} */ value) => rows.map((_, i) => point(i, value(i)).map((x) => x.toFixed(1)).join(",")).join(" ");
    const svg = document.createElementNS(SVG, "svg");
    /** @param {string} kind @param {Record<string, string>} attributes */
    const add = (kind, attributes, text = "") => {
      const made = document.createElementNS(SVG, kind);
      for (const [a, value] of Object.entries(attributes)) made.setAttribute(a, value);
      made.textContent = text;
      svg.append(made);
    };
    svg.setAttribute("viewBox", "0 0 360 360");
    svg.setAttribute("class", "picture radar");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `All dimensions around a circle, from nothing in the middle to ${stages.at(-1)?.title} at the rim. ` + rows.map((row, i) => `${i + 1}, ${row.dimension.title}: ${row.levels.length ? mean(row.levels).toFixed(1) : "not answered"}`).join("; "));
    for (let s = 1; s <= stages.length; s += 1) add("polygon", { class: "ring", points: line(() => s) });
    rows.forEach((_, i) => {
      const [x, y] = point(i, stages.length);
      const [tx, ty] = point(i, stages.length * 1.12);
      add("line", { class: "ring", x1: "180", y1: "180", x2: String(x), y2: String(y) });
      add("text", { x: String(tx), y: String(Number(ty) + 4), "text-anchor": "middle" }, String(i + 1));
    });
    add("polygon", { class: "aim", points: line(() => wanted + 1) });
    add("polygon", { class: "you", points: line((i) => mean(rows[i]?.levels ?? [])) });
    return element("figure", {}, svg, element("figcaption", {}, "You, against the stage you want to reach (dashed). Numbers as in the table."));
  }

  /** What is missing for a stage: the most impact for the least effort first. */
  function missing(/** @type {number} */ wanted) {
    const todo = dimensions.flatMap((dimension) =>
      dimension.aspects.flatMap((aspect) => {
        const now = reached(aspect.id, dimension.id);
        if (now === undefined || now >= wanted) return [];
        const steps = aspect.cells.slice(now + 1, wanted + 1).filter((cell) => !cell.same);
        const last = aspect.cells[wanted];
        if (!steps.length || !last || last.nothing) return [];
        const impact = Math.max(...steps.map((cell) => cell.impact));
        const effort = Math.max(...steps.map((cell) => cell.effort));
        return [{ aspect, dimension, text: last.text, impact, effort }];
      }),
    );
    todo.sort((a, b) => b.impact - a.impact || (a.effort || 9) - (b.effort || 9));
    const title = element("h3", {}, `Missing for ${stages[wanted]?.title}`);
    if (!todo.length) return [title, element("p", { class: "empty" }, "Nothing among what you answered. Choose a later stage, or answer more.")];
    const items = todo.map(({ aspect, dimension, text, impact, effort }) => {
      const rated = [impact ? `impact ${impact}` : "", effort ? `effort ${effort}` : ""].filter(Boolean).join(", ");
      return element("li", {}, element("a", { href: aspect.href }, `${dimension.title}: ${aspect.title}`), " ", element("span", { class: "cell-text" }, text), " ", element("span", { class: "rated" }, rated));
    });
    return [title, element("p", {}, `${todo.length} aspects, the most impact for the least effort first.`), element("ol", { class: "todo" }, ...items)];
  }

  /** Lists answers to questions that are no longer asked. */
  function listGone() {
    const place = /** @type {HTMLElement | null} */ (form.querySelector(".assess-gone"));
    if (!place) return;
    const lost = Object.entries(answers).filter(([id, answer]) => !known.has(id) || !isStage(answer));
    place.hidden = !lost.length;
    place.replaceChildren();
    if (!lost.length) return;
    const forget = element("button", { type: "button" }, "Forget them");
    const ids = new Set(lost.map(([id]) => id));
    forget.addEventListener("click", () => mine.replace((now) => ({ ...now, answers: without(now.answers, (id) => ids.has(id)) })));
    place.append(
      element("p", {}, "You answered these, and the framework no longer asks for them:"),
      element("ul", {}, ...lost.map(([id, answer]) => element("li", {}, `${names[id] ?? known.get(id) ?? id}: ${answer}`))),
      ...(shared ? [] : [forget]),
    );
  }

  const change = (/** @type {Event} */ event) => {
    const input = event.target;
    if (input === target && shared) {
      shared.target = target.value;
      show();
    } else if (input === target) mine.change((now) => ({ ...now, target: target.value }));
    else if (input instanceof HTMLInputElement && input.type === "radio")
      mine.change((now) => {
        // A dimension as a whole overrules what was said of its aspects before.
        const others = without(now.answers, (id) => id.startsWith(`${input.name}/`) && known.has(id));
        return { ...now, answers: { ...others, [input.name]: input.value } };
      });
  };
  form.addEventListener("change", change, { signal });
  mine.on("share", async ({ currentTarget }) => {
    const url = new URL(location.href);
    url.hash = FRAGMENT + new URLSearchParams({ "": target.value, ...answers });
    say(currentTarget, (await copy(url.href)) ? "Link copied" : "The browser does not allow it");
  });
  mine.on("save", () => {
    const file = { guidepost: "assessment", framework: form.dataset.assess, target: target.value, answers, names };
    download("assessment.json", "application/json", JSON.stringify(file, null, 2) + "\n");
  });
  mine.on("print", () => print());
  mine.on("reset", () => {
    if (Object.keys(answers).length && confirm("Take all answers away?")) mine.replace(() => tidy({}));
  });
  mine.load("load", (file) => {
    if (file?.guidepost !== "assessment" || !texts(file.answers)) throw new Error("This file holds no assessment. Nothing was changed.");
    if (file.framework !== form.dataset.assess) throw new Error("This file is of another framework. Nothing was changed.");
    return () => file;
  });
  addEventListener("hashchange", follow, { signal });
  show();
  follow();
}

whenReady((signal) => {
  const form = document.querySelector(".assess");
  if (form instanceof HTMLElement) start(form, signal);
});
