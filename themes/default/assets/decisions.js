// The questions before building, one at a time. Without this they are a list, which says the same.
import { element, whenReady, words } from "./page.js";

/** @param {HTMLElement} list */
function start(list) {
  if (list.previousElementSibling?.classList.contains("flow-all")) return;
  const questions = [...list.children].map((item) => ({
    ask: words(item.querySelector(".ask")),
    why: words(item).replace(words(item.querySelector(".ask")), "").replace(words(item.querySelector(".answers")), "").trim(),
    yes: words(item.querySelector("[data-answer=yes]")).replace(/^\S+\s/, ""),
    no: words(item.querySelector("[data-answer=no]")).replace(/^\S+\s/, ""),
  }));
  const flow = element("div", { class: "flow", role: "group", "aria-label": "Answer one question at a time" });
  const place = element("div", { "aria-live": "polite" });
  flow.append(place);
  list.before(flow);
  list.before(element("p", { class: "flow-all" }, "All questions at a glance:"));
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
  const again = () => button("Start again", () => begin());

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
      element("p", { class: "flow-step" }, `Question ${at + 1} of ${questions.length}`),
      element("p", { class: "ask" }, asked.ask),
      element("p", { class: "flow-why" }, asked.why),
      element("p", { class: "actions" }, button("Yes", answer(asked.yes), "button"), button("No", answer(asked.no), "button"), ...(at ? [again()] : [])),
    );
  }

  /** @param {string} verdict @param {number} at */
  function result(verdict, at) {
    advice.push(verdict);
    place.replaceChildren(
      element("p", { class: "flow-step" }, "The answer"),
      element("p", { class: "ask verdict" }, verdict),
      element("p", { class: "flow-why" }, `Because of “${questions[at]?.ask}”`),
      element("p", { class: "actions" }, again(), ...(at + 1 < questions.length ? [button("Ask on all the same", () => question(at + 1))] : [])),
    );
  }

  function end() {
    place.replaceChildren(
      element("p", { class: "flow-step" }, "The answer"),
      element("p", { class: "ask verdict" }, advice.length ? advice.join(" ") : "Build it: nothing here speaks against it."),
      element("p", { class: "actions" }, again()),
    );
  }
  begin();
}

whenReady(() => {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-flow]"))) start(list);
});
