// The self-assessment: answers are kept in this browser; the result follows from them and the page's own words.
import { heat } from "./assess/heat.js";
import { forgetLink, fromLink, isShared, toLink } from "./assess/link.js";
import { missing } from "./assess/missing.js";
import { questions } from "./assess/questions.js";
import { radar } from "./assess/radar.js";
import { copy, download } from "./files.js";
import { keeper, listGone, notMine, texts, without } from "./kept.js";
import { say, whenReady } from "./page.js";
import { phrase } from "./phrase.js";

/** @typedef {{ answers: Record<string, string>, names: Record<string, string>, target?: string }} Assessment */

/** @param {HTMLElement} form @param {AbortSignal} signal */
function start(form, signal) {
  const target = /** @type {HTMLSelectElement} */ (form.querySelector("select[name=target]"));
  const asked = questions(form, target);
  const { stages, dimensions, known, level } = asked;
  const all = dimensions.reduce((sum, dimension) => sum + dimension.aspects.length, 0);
  const framework = form.dataset.assess;

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
  const some = (/** @type {Assessment} */ kept) => kept.target || Object.keys(kept.answers).length;
  const mine = keeper(form, `assessment:${framework}`, { tidy, some, show }, signal);
  /** A result that someone shared: shown, and neither changed nor kept until the reader makes it their own. @type {Assessment | undefined} */
  let shared;
  /** What is shown. */
  let { answers, names } = mine.now();

  /** Shows the result that came with the link. */
  function follow() {
    if (!isShared()) return;
    const given = fromLink();
    shared = given && tidy(given);
    const result = form.querySelector(".result");
    // What was shared is what the reader came for.
    if (shared && result) form.prepend(result);
    show();
    if (shared) result?.scrollIntoView({ behavior: "instant" });
    if (!shared) mine.tell(phrase("unreadable-link"));
  }

  /** Shows the reader's own answers again. */
  function back() {
    shared = undefined;
    forgetLink();
    const result = form.querySelector(".result");
    if (result) form.append(result);
    show();
  }

  function show() {
    const shown = shared ?? mine.now();
    ({ answers, names } = shown);
    showControls();
    showGone();
    const rows = asked.rows(answers);
    const answered = rows.reduce((sum, row) => sum + row.levels.length, 0);
    aim(shown.target, rows.flatMap((row) => row.levels));
    showPlaybooks();
    const pictures = form.querySelector(".result-pictures");
    const gap = form.querySelector(".gap");
    const taken = shared;
    pictures?.replaceChildren(...(taken ? [notMine(phrase("shared-result"), back, phrase("keep-as-mine"), () => mine.replace(() => taken))] : []));
    gap?.replaceChildren();
    showProgress(answered);
    if (!answered) return mine.tell(phrase("answer-first"));
    mine.tell(shared ? phrase("shared-answered-of", { answered, n: all }) : phrase("answered-of", { answered, n: all }));
    const wanted = level(target.value);
    const numbered = innerWidth < 640;
    pictures?.append(heat(rows, stages, numbered), ...(rows.length > 2 ? [radar(rows, stages, wanted, numbered)] : []));
    const reached = (/** @type {string} */ aspect, /** @type {string} */ dimension) => asked.reached(answers, aspect, dimension);
    gap?.append(...missing(dimensions, reached, wanted, stages[wanted]?.title, form.hasAttribute("data-cumulative")));
  }

  /** How far the answers go, and on paper whose they are. @param {number} answered */
  function showProgress(answered) {
    form.classList.toggle("has-answers", answered > 0);
    const progress = form.querySelector(".assess-progress progress");
    if (progress instanceof HTMLProgressElement) [progress.max, progress.value] = [all, answered];
    const words = form.querySelector(".assess-progress span");
    if (words) words.textContent = phrase("answered-of", { answered, n: all });
    const day = form.querySelector(".result-day");
    if (day) day.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  }

  /** The form says what was answered; a shared result cannot be changed in it. */
  function showControls() {
    const parts = "fieldset, [data-do=load], [data-do=reset]";
    for (const part of /** @type {NodeListOf<HTMLFieldSetElement | HTMLInputElement>} */ (form.querySelectorAll(parts)))
      part.disabled = Boolean(shared);
    const undo = mine.control("undo");
    if (undo) undo.hidden = Boolean(shared) || !mine.undoable();
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=radio]")))
      radio.checked = answers[radio.name] === radio.value;
  }

  /** Lists answers to questions that are no longer asked. */
  function showGone() {
    const lost = Object.entries(answers).filter(([id, answer]) => !known.has(id) || !asked.isAnswer(answer));
    const ids = new Set(lost.map(([id]) => id));
    const forget = () => mine.replace((now) => ({ ...now, answers: without(now.answers, (id) => ids.has(id)) }));
    const lines = lost.map(([id, answer]) => `${names[id] ?? known.get(id) ?? id}: ${answer}`);
    const sentence = phrase("answers-gone");
    listGone(form.querySelector(".assess-gone"), sentence, lines, shared ? undefined : forget);
  }

  /**
   * Chooses the stage to aim for. Until the reader says otherwise, it is the one after their own, or after the one
   * reached on average.
   * @param {string | undefined} said
   * @param {number[]} levels
   */
  function aim(said, levels) {
    const own = /** @type {HTMLSelectElement | null} */ (document.querySelector("#my-stage"))?.value;
    const sum = levels.reduce((a, b) => a + b, 0);
    const at = own ? level(own) : levels.length ? Math.floor(sum / levels.length) : undefined;
    if (level(said) >= 0) target.value = String(said);
    else if (at !== undefined) target.value = stages[Math.min(at + 1, stages.length - 1)]?.id ?? target.value;
  }

  /** Playbooks for the stage to aim for. */
  function showPlaybooks() {
    const playbooks = form.querySelector(".result-playbooks");
    if (!(playbooks instanceof HTMLElement)) return;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (playbooks.querySelectorAll("li")))
      item.hidden = !item.getAttribute("data-stages")?.split(" ").includes(target.value);
    playbooks.hidden = !playbooks.querySelector("li:not([hidden])");
  }

  /** @param {HTMLInputElement} input */
  const answer = (input) =>
    mine.change((now) => {
      // A dimension as a whole overrules what was said of its aspects before.
      const others = without(now.answers, (id) => id.startsWith(`${input.name}/`) && known.has(id));
      return { ...now, answers: { ...others, [input.name]: input.value } };
    });

  const change = (/** @type {Event} */ { target: input }) => {
    if (input === target && shared) {
      shared.target = target.value;
      show();
    } else if (input === target) mine.change((now) => ({ ...now, target: target.value }));
    else if (input instanceof HTMLInputElement && input.type === "radio") answer(input);
  };
  form.addEventListener("change", change, { signal });
  mine.on("share", async ({ currentTarget }) => {
    const done = await copy(toLink(target.value, answers));
    say(currentTarget, done ? phrase("link-copied") : phrase("not-allowed"));
  });
  mine.on("save", () => {
    const file = { guidepost: "assessment", framework, target: target.value, answers, names };
    download("assessment.json", "application/json", JSON.stringify(file, null, 2) + "\n");
  });
  mine.on("print", () => print());
  mine.on("reset", () => {
    if (Object.keys(answers).length && confirm(phrase("reset-answers"))) mine.replace(() => tidy({}));
  });
  mine.load("load", (file) => {
    if (file?.guidepost !== "assessment" || !texts(file.answers))
      throw new Error(phrase("no-assessment"));
    if (file.framework !== framework) throw new Error(phrase("other-assessment"));
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
