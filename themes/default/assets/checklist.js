// Checklists that remember: ticks are kept in the browser, with the words they stood beside, so that nothing is
// lost when the site changes.
import { rowFilter } from "./checklist/row-filter.js";
import { copy, download } from "./files.js";
import { keeper, listGone, texts, without } from "./kept.js";
import { say, whenReady, words } from "./page.js";
import { phrase } from "./phrase.js";

/** @param {HTMLElement} list @param {AbortSignal} signal */
function start(list, signal) {
  const page = list.dataset.checks ?? "";
  const boxes = /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll(".checklist input[type=checkbox]")]);
  /** Names a box in what is kept; on another page than its own it has another id. */
  const idOf = (/** @type {HTMLInputElement} */ box) => box.dataset.tick ?? box.id;
  const known = new Map(boxes.map((box) => [idOf(box), box]));
  // What is shown a second time, or tells when all is over, is no part of the whole.
  const groups = boxes.filter((box) => box.closest(".build, .phase"));
  const counted = groups.length ? groups : boxes;
  const bar = /** @type {HTMLProgressElement | null} */ (list.querySelector("progress"));
  const refilter = rowFilter(list, signal);
  const wordsOf = (/** @type {HTMLInputElement} */ box) => words(document.getElementById(`${box.id}-text`));
  /** Every tick by its id, with its words; also those that stand nowhere on this page. */
  const ticks = keeper(list, `ticks:${page}`, { tidy: (value) => texts(value) ?? {}, some: (kept) => Object.keys(kept).length, show }, signal);

  function show() {
    const now = ticks.now();
    for (const box of boxes) box.checked = Object.hasOwn(now, idOf(box));
    const done = counted.filter((box) => box.checked).length;
    ticks.tell(phrase("done-of", { n: done, all: counted.length }));
    if (bar) bar.value = done;
    for (const place of list.querySelectorAll(".group-progress")) {
      const within = place.closest(".build, .phase")?.querySelectorAll("input[type=checkbox]") ?? [];
      const ticked = [...within].filter((box) => /** @type {HTMLInputElement} */ (box).checked).length;
      place.textContent = within.length ? `${ticked}/${within.length}` : "";
      place.classList.toggle("is-done", within.length > 0 && ticked === within.length);
    }
    refilter();
    const undo = ticks.control("undo");
    if (undo) undo.hidden = !ticks.undoable();
    gone(Object.entries(now).filter(([id]) => !known.has(id)));
  }

  /** Lists ticks whose item is no longer here. @param {[string, string][]} lost */
  function gone(lost) {
    const forget = () => ticks.replace((now) => without(now, (id) => !known.has(id)));
    const lines = lost.map(([id, text]) => text || id);
    listGone(list.querySelector(".checks-gone"), phrase("ticks-gone"), lines, forget);
  }

  for (const box of boxes) {
    const change = () => ticks.change((now) => (box.checked ? { ...now, [idOf(box)]: wordsOf(box) } : without(now, (id) => id === idOf(box))));
    box.addEventListener("change", change, { signal });
  }
  ticks.on("copy", async ({ currentTarget }) => {
    const lines = [`# ${list.dataset.title ?? document.title}`];
    let heading = "";
    for (const box of counted) {
      const title = words(box.closest(".build, .phase")?.querySelector("h3"));
      if (title !== heading) lines.push("", `## ${title}`, "");
      heading = title;
      lines.push(`- [${box.checked ? "x" : " "}] ${wordsOf(box)}`);
    }
    say(currentTarget, (await copy(lines.join("\n") + "\n")) ? phrase("copied") : phrase("not-allowed"));
  });
  ticks.on("export", () => {
    const file = { guidepost: "checklist", page, ticks: ticks.now() };
    download("checklist.json", "application/json", JSON.stringify(file, null, 2) + "\n");
  });
  ticks.load("import", (file) => {
    const given = file?.guidepost === "checklist" ? texts(file.ticks) : undefined;
    if (!given) throw new Error(phrase("no-checklist"));
    if (file.page !== page) throw new Error(phrase("other-checklist"));
    return (now) => ({ ...now, ...given });
  });
  ticks.on("reset", () => {
    if (Object.keys(ticks.now()).length && confirm(phrase("reset-ticks"))) ticks.replace(() => ({}));
  });
  show();
}

whenReady((signal) => {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".checks"))) start(list, signal);
});
