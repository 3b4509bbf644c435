// Checklists that remember: ticks are kept in the browser, with the words they stood beside, so that nothing is
// lost when the site changes.
import { chosen, copy, download, element, read, say, texts, whenReady, words, write } from "./store.js";

/** @param {HTMLElement} list */
function start(list) {
  const page = list.dataset.checks ?? "";
  const name = `ticks:${page}`;
  const boxes = /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll(".checklist input[type=checkbox]")]);
  const known = new Map(boxes.map((box) => [box.id, box]));
  const wordsOf = (/** @type {HTMLInputElement} */ box) => words(document.getElementById(`${box.id}-text`));
  /** Every tick by its id, with its words; also those that stand nowhere on this page. */
  let ticks = texts(read(name)) ?? {};

  function keep() {
    if (!write(name, Object.keys(ticks).length ? ticks : undefined)) tell("This browser does not keep ticks.");
  }

  /** @param {string} message */
  function tell(message) {
    const status = list.querySelector(".checks-progress");
    if (status) status.textContent = message;
  }

  function show() {
    for (const box of boxes) box.checked = Object.hasOwn(ticks, box.id);
    const done = boxes.filter((box) => box.checked).length;
    tell(`${done} of ${boxes.length} done`);
    for (const place of list.querySelectorAll(".group-progress")) {
      const within = place.closest(".build, .phase")?.querySelectorAll("input[type=checkbox]") ?? [];
      const ticked = [...within].filter((box) => /** @type {HTMLInputElement} */ (box).checked).length;
      place.textContent = within.length ? `${ticked}/${within.length}` : "";
      place.classList.toggle("is-done", within.length > 0 && ticked === within.length);
    }
    gone();
  }

  /** Lists ticks whose item is no longer here. */
  function gone() {
    const place = /** @type {HTMLElement | null} */ (list.querySelector(".checks-gone"));
    if (!place) return;
    const lost = Object.entries(ticks).filter(([id]) => !known.has(id));
    place.hidden = lost.length === 0;
    place.replaceChildren();
    if (!lost.length) return;
    const forget = element("button", { type: "button" }, "Forget them");
    forget.addEventListener("click", () => {
      for (const [id] of lost) delete ticks[id];
      keep();
      show();
    });
    place.append(
      element("p", {}, "You ticked these, and they are no longer on this page:"),
      element("ul", {}, ...lost.map(([id, text]) => element("li", {}, text || id))),
      forget,
    );
  }

  for (const box of boxes)
    box.onchange = () => {
      if (box.checked) ticks[box.id] = wordsOf(box);
      else delete ticks[box.id];
      keep();
      show();
    };

  /** @param {string} what */
  const control = (what) => /** @type {HTMLElement | null} */ (list.querySelector(`[data-do=${what}]`));
  control("copy")?.addEventListener("click", async (event) => {
    const lines = [`# ${list.dataset.title ?? document.title}`];
    let heading = "";
    for (const box of boxes) {
      const title = words(box.closest(".build, .phase")?.querySelector("h3"));
      if (title !== heading) lines.push("", `## ${title}`, "");
      heading = title;
      lines.push(`- [${box.checked ? "x" : " "}] ${wordsOf(box)}`);
    }
    say(/** @type {Element} */ (event.currentTarget), (await copy(lines.join("\n") + "\n")) ? "Copied" : "The browser does not allow it");
  });
  control("export")?.addEventListener("click", () => {
    const file = { guidepost: "checklist", page, ticks };
    download("checklist.json", "application/json", JSON.stringify(file, null, 2) + "\n");
  });
  control("import")?.addEventListener("change", async (event) => {
    try {
      const file = await chosen(/** @type {HTMLInputElement} */ (event.currentTarget));
      const read = file?.guidepost === "checklist" ? texts(file.ticks) : undefined;
      if (!read) throw new Error("This file holds no checklist. Nothing was changed.");
      if (file.page !== page) throw new Error("This file is of another page's checklist. Nothing was changed.");
      ticks = { ...ticks, ...read };
      keep();
      show();
    } catch (error) {
      tell(/** @type {Error} */ (error).message);
    }
  });
  control("reset")?.addEventListener("click", () => {
    if (!Object.keys(ticks).length || !confirm("Take all ticks on this page away?")) return;
    ticks = {};
    keep();
    show();
  });
  show();
}

whenReady(() => {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".checks"))) start(list);
});
