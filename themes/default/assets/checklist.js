// Checklists that remember: ticks are kept in the browser, with the words they stood beside, so that nothing is
// lost when the site changes.
import { rowFilter } from "./checklist/row-filter.js";
import { copy, download } from "./files.js";
import { fragment } from "./fragment.js";
import { keeper, listGone, notMine, texts, without } from "./kept.js";
import { say, whenReady, words } from "./page.js";
import { phrase } from "./phrase.js";

/** A link to a page of ticks. */
const link = fragment("ticks");

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
  /** What a box stands beside, as `Title: text` where it has a title. @param {HTMLInputElement} box */
  function wordsOf(box) {
    const place = document.getElementById(`${box.id}-text`);
    const title = place?.querySelector(".aspect, b:first-child");
    const text = title && place?.querySelector(".cell-text");
    return text ? `${words(title)}: ${words(text)}` : words(place);
  }
  /** Ticks that someone shared, by their ids: shown, and neither changed nor kept until the reader adds them. @type {Record<string, string> | undefined} */
  let shared;
  /** Every tick by its id, with its words; also those that stand nowhere on this page. */
  const ticks = keeper(list, `ticks:${page}`, { tidy: (value) => texts(value) ?? {}, some: (kept) => Object.keys(kept).length, show }, signal);

  function show() {
    const now = shared ?? ticks.now();
    for (const box of boxes) {
      box.checked = Object.hasOwn(now, idOf(box));
      box.disabled = Boolean(shared);
    }
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
    if (undo) undo.hidden = Boolean(shared) || !ticks.undoable();
    for (const act of ["import", "reset"]) ticks.control(act)?.toggleAttribute("disabled", Boolean(shared));
    gone(shared ? [] : Object.entries(now).filter(([id]) => !known.has(id)));
  }

  /** Lists ticks whose item is no longer here. @param {[string, string][]} lost */
  function gone(lost) {
    const forget = () => ticks.replace((now) => without(now, (id) => !known.has(id)));
    const lines = lost.map(([id, text]) => text || id);
    listGone(list.querySelector(".checks-gone"), phrase("ticks-gone"), lines, forget);
  }

  /** Shows the ticks that came with the link. */
  function follow() {
    const given = [...link.given().keys()].map((id) => {
      const box = known.get(id);
      return [id, box ? wordsOf(box) : id];
    });
    const taken = Object.fromEntries(given);
    shared = given.length ? taken : undefined;
    list.querySelector(".not-mine")?.remove();
    const take = () => ticks.replace((now) => ({ ...taken, ...now }));
    if (shared) list.querySelector(".checks-tools")?.before(notMine(phrase("shared-ticks"), leave, phrase("add-to-mine"), take));
    show();
    if (link.isGiven() && !shared) ticks.tell(phrase("unreadable-ticks"));
  }

  function leave() {
    link.forget();
    follow();
  }

  // All of a row ticks its box, but what can be pressed itself, and not at the end of marking a text.
  list.addEventListener(
    "click",
    ({ target }) => {
      const row = target instanceof Element && !target.closest("a, button, input, label, details, .hint") ? target.closest(".checklist > li") : null;
      if (row && !String(getSelection())) row.querySelector("input")?.click();
    },
    { signal },
  );
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
  ticks.on("share", async ({ currentTarget }) => {
    const params = new URLSearchParams(Object.keys(shared ?? ticks.now()).map((id) => [id, ""]));
    say(currentTarget, (await copy(link.link(params))) ? phrase("link-copied") : phrase("not-allowed"));
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
  addEventListener("hashchange", follow, { signal });
  follow();
}

whenReady((signal) => {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".checks"))) start(list, signal);
});
