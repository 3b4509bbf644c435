// The questions before building, one at a time. Without this they are a list, which says the same.
import { element, whenReady, words } from "./page.js";
import { phrase } from "./phrase.js";

/** An answer without the word before it. @param {Element | null} place */
const verdictOf = (place) => words(place).slice(words(place?.querySelector("strong")).length).trim();

/** @param {HTMLElement} list */
function start(list) {
  if (list.previousElementSibling?.classList.contains("flow-all")) return;
  const questions = [...list.children].map((item) => ({
    ask: words(item.querySelector(".ask")),
    why: words(item).replace(words(item.querySelector(".ask")), "").replace(words(item.querySelector(".answers")), "").trim(),
    yes: verdictOf(item.querySelector("[data-answer=yes]")),
    no: verdictOf(item.querySelector("[data-answer=no]")),
  }));
  const flow = element("div", { class: "flow", role: "group", "aria-label": phrase("one-at-a-time") });
  const place = element("div", { "aria-live": "polite" });
  flow.append(place);
  list.before(flow);
  list.before(element("p", { class: "flow-all" }, phrase("all-questions")));
  /** What was advised so far. @type {string[]} */
  let advice = [];

  /** @param {string} text @param {() => void} act @param {string} [style] */
  const button = (text, act, style = "button quiet") => {
    const made = element("button", { type: "button", class: style }, text);
    made.addEventListener("click", () => {
      act();
      const first = place.querySelector("button");
      if (first instanceof HTMLElement) first.focus();
    });
    return made;
  };
  const again = () => button(phrase("start-again"), () => begin());

  function begin() {
    advice = [];
    question(0);
  }

  /** @param {number} at */
  function question(at) {
    const asked = questions[at];
    if (!asked) return end();
    /** @param {string} verdict */
    const answer = (verdict) => () => (verdict ? result(verdict, at) : question(at + 1));
    place.replaceChildren(
      element("p", { class: "flow-step" }, phrase("question-of", { number: at + 1, all: questions.length })),
      element("p", { class: "ask" }, asked.ask),
      element("p", { class: "flow-why" }, asked.why),
      element("p", { class: "actions" }, button(phrase("yes"), answer(asked.yes), "button"), button(phrase("no"), answer(asked.no), "button"), ...(at ? [again()] : [])),
    );
  }

  /** @param {string} verdict @param {number} at */
  function result(verdict, at) {
    advice.push(verdict);
    place.replaceChildren(
      element("p", { class: "flow-step" }, phrase("the-answer")),
      element("p", { class: "ask verdict" }, verdict),
      element("p", { class: "flow-why" }, phrase("because-of", { question: questions[at]?.ask ?? "" })),
      element("p", { class: "actions" }, again(), ...(at + 1 < questions.length ? [button(phrase("ask-on"), () => question(at + 1))] : [])),
    );
  }

  function end() {
    place.replaceChildren(
      element("p", { class: "flow-step" }, phrase("the-answer")),
      element("p", { class: "ask verdict" }, advice.length ? advice.join(" ") : phrase("build-it")),
      element("p", { class: "actions" }, again()),
    );
  }
  begin();
}

whenReady(() => {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-flow]"))) start(list);
});
