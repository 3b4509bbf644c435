// The self-assessment: answers are kept in this browser; the result follows from them and the page's own words.
import { chosen, copy, download, element, read, say, texts, whenReady, words, write } from "./store.js";

const FRAGMENT = "#answers:";
const SVG = "http://www.w3.org/2000/svg";

/** @param {HTMLElement} form */
function start(form) {
  const name = `assessment:${form.dataset.assess}`;
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

  /** Answers by id, also those to questions that are no longer asked. @type {Record<string, string>} */
  let answers = {};
  /** What the questions were called when they were answered. @type {Record<string, string>} */
  let names = {};
  /** A result that somebody shared is shown, and not kept unless the reader wants it. */
  let shared = false;
  /** Somebody has said which stage to aim for. */
  let aimed = false;

  /** @param {unknown} stage */
  function aim(stage) {
    aimed = typeof stage === "string" && level(stage) >= 0;
    if (aimed) target.value = String(stage);
  }

  function load() {
    const kept = /** @type {any} */ (read(name));
    answers = texts(kept?.answers) ?? {};
    names = texts(kept?.names) ?? {};
    aim(kept?.target);
    shared = false;
    if (location.hash.startsWith(FRAGMENT)) {
      const found = parse(location.hash.slice(FRAGMENT.length));
      if (found) {
        ({ answers } = found);
        names = {};
        shared = true;
        aim(found.target);
      } else tell("The link holds no result that can be read.");
    }
  }

  /** @param {string} text */
  function parse(text) {
    if (text.length > 100_000) return undefined;
    const all = texts(Object.fromEntries(new URLSearchParams(text)));
    if (!all) return undefined;
    const { "": target, ...rest } = all;
    return Object.keys(rest).length ? { answers: rest, target } : undefined;
  }

  function keep() {
    if (shared) return;
    for (const id of Object.keys(answers)) names[id] = known.get(id) ?? names[id] ?? id;
    for (const id of Object.keys(names)) if (!Object.hasOwn(answers, id)) delete names[id];
    const some = Object.keys(answers).length > 0;
    if (!write(name, some ? { answers, names, ...(aimed && { target: target.value }) } : undefined)) tell("This browser does not keep answers.");
  }

  /** @param {string} message */
  function tell(message) {
    const status = form.querySelector(".result-status");
    if (status) status.textContent = message;
  }

  const isStage = (/** @type {string | undefined} */ answer) => answer === "none" || level(answer) >= 0;
  /** The stage an aspect has reached: -1 before the first, nothing when it was not answered. */
  function reached(/** @type {string} */ aspect, /** @type {string} */ dimension) {
    const answer = isStage(answers[aspect]) ? answers[aspect] : answers[dimension];
    return answer === undefined || !isStage(answer) ? undefined : level(answer);
  }

  function show() {
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
    if (!aimed && answered) {
      // Until somebody says otherwise, the aim is the stage after the one reached on average.
      const sum = rows.flatMap((row) => row.levels).reduce((a, b) => a + b, 0);
      target.value = stages[Math.min(Math.floor(sum / answered) + 1, stages.length - 1)]?.id ?? target.value;
    }
    const wanted = level(target.value);
    for (const item of form.querySelectorAll(".result-playbooks li"))
      /** @type {HTMLElement} */ (item).hidden = !item.getAttribute("data-stages")?.split(" ").includes(target.value);
    const playbooks = /** @type {HTMLElement | null} */ (form.querySelector(".result-playbooks"));
    if (playbooks) playbooks.hidden = !playbooks.querySelector("li:not([hidden])");
    if (!answered) return tell("Answer for at least one dimension, and the result appears here.");
    tell(`${shared ? "A shared result. " : ""}${answered} of ${all} aspects answered.`);
    pictures?.append(heat(rows), ...(rows.length > 2 ? [radar(rows, wanted)] : []));
    if (shared) pictures?.prepend(sharedNote());
    gap?.append(...missing(wanted));
  }

  function sharedNote() {
    const mine = element("button", { type: "button" }, "Back to mine");
    mine.addEventListener("click", () => {
      history.replaceState(null, "", location.pathname + location.search);
      load();
      show();
    });
    const take = element("button", { type: "button" }, "Keep it as mine");
    take.addEventListener("click", () => {
      shared = false;
      history.replaceState(null, "", location.pathname + location.search);
      keep();
      show();
    });
    return element("p", { class: "note checks-actions" }, "This result came with the link. Your own answers are untouched. ", mine, " ", take);
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
        if (!steps.length || !last || last.text === "nothing yet") return [];
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
    forget.addEventListener("click", () => {
      for (const [id] of lost) delete answers[id];
      keep();
      show();
    });
    place.append(
      element("p", {}, "You answered these, and the framework no longer asks for them:"),
      element("ul", {}, ...lost.map(([id, answer]) => element("li", {}, `${names[id] ?? known.get(id) ?? id}: ${answer}`))),
      forget,
    );
  }

  form.onchange = (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === "radio") {
      answers[input.name] = input.value;
      // A dimension as a whole overrules what was said of its aspects before.
      if (!input.name.includes("/"))
        for (const id of Object.keys(answers)) if (id.startsWith(`${input.name}/`) && known.has(id)) delete answers[id];
      // Whoever goes on from a shared result makes it their own.
      shared = false;
    }
    if (input instanceof HTMLInputElement && input.type === "file") return;
    if (input === target) aimed = true;
    keep();
    show();
  };
  /** @param {string} what */
  const control = (what) => /** @type {HTMLElement | null} */ (form.querySelector(`[data-do=${what}]`));
  const on = (/** @type {string} */ what, /** @type {(event: Event) => void} */ act) => {
    const found = control(what);
    if (found) found.onclick = act;
  };
  on("share", async (event) => {
    const button = /** @type {Element} */ (event.currentTarget);
    const url = new URL(location.href);
    url.hash = FRAGMENT + new URLSearchParams({ "": target.value, ...answers });
    say(button, (await copy(url.href)) ? "Link copied" : "The browser does not allow it");
  });
  on("save", () => {
    const file = { guidepost: "assessment", framework: form.dataset.assess, target: target.value, answers, names };
    download("assessment.json", "application/json", JSON.stringify(file, null, 2) + "\n");
  });
  on("print", () => print());
  on("reset", () => {
    if (!Object.keys(answers).length || !confirm("Take all answers away?")) return;
    answers = {};
    shared = false;
    keep();
    show();
  });
  const file = control("load");
  if (file)
    file.onchange = async () => {
      try {
        const given = await chosen(/** @type {HTMLInputElement} */ (file));
        const found = given?.guidepost === "assessment" ? texts(given.answers) : undefined;
        if (!found) throw new Error("This file holds no assessment. Nothing was changed.");
        if (given.framework !== form.dataset.assess) throw new Error("This file is of another framework. Nothing was changed.");
        answers = found;
        names = texts(given.names) ?? {};
        aim(given.target);
        shared = false;
        keep();
        show();
      } catch (error) {
        tell(/** @type {Error} */ (error).message);
      }
    };
  window.onhashchange = () => {
    if (!location.hash.startsWith(FRAGMENT)) return;
    load();
    show();
  };
  const mine = /** @type {HTMLSelectElement | null} */ (document.querySelector("#my-stage"))?.value;
  load();
  if (!aimed && mine) aim(stages[Math.min(level(mine) + 1, stages.length - 1)]?.id);
  show();
}

whenReady(() => {
  const form = document.querySelector(".assess");
  if (form instanceof HTMLElement) start(form);
});
