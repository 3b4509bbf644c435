// What the self-assessment asks: stages, dimensions and aspects as they stand on the page.
import { words } from "../page.js";

/** @typedef {{ id: string, title: string }} Stage */
/** What an aspect asks for at a stage. @typedef {{ same: boolean, nothing: boolean, effort: number, impact: number, text: string }} Cell */
/** @typedef {{ id: string, title: string, href: string, cells: Cell[] }} Aspect */
/** @typedef {{ id: string, title: string, href: string, aspects: Aspect[] }} Dimension */
/** @typedef {{ dimension: Dimension, levels: number[] }} Row */

/**
 * Reads the form.
 * @param {HTMLElement} form
 * @param {HTMLSelectElement} target  Offers all stages.
 */
export function questions(form, target) {
  /** @type {Stage[]} */
  const stages = [...target.options].map((option) => ({ id: option.value, title: option.text }));
  const dimensions = [...form.querySelectorAll(".assess-dimension")].map(dimension);
  /** The title of everything that can be answered. @type {Map<string, string>} */
  const known = new Map();
  for (const { id, title, aspects } of dimensions) {
    known.set(id, title);
    for (const aspect of aspects) known.set(aspect.id, `${title}: ${aspect.title}`);
  }

  /** Where a stage stands; -1 for what is none. @param {string | undefined} id */
  const level = (id) => stages.findIndex((stage) => stage.id === id);
  /** @param {string | undefined} answer */
  const isAnswer = (answer) => answer === "none" || level(answer) >= 0;

  /**
   * The stage an aspect has reached: -1 before the first, nothing when it was not answered.
   * @param {Record<string, string>} answers
   * @param {string} aspect
   * @param {string} dimension
   */
  function reached(answers, aspect, dimension) {
    const answer = isAnswer(answers[aspect]) ? answers[aspect] : answers[dimension];
    return isAnswer(answer) ? level(answer) : undefined;
  }

  /**
   * The stages that the aspects of each dimension have reached, those without an answer left out.
   * @param {Record<string, string>} answers
   * @returns {Row[]}
   */
  const rows = (answers) =>
    dimensions.map((dimension) => ({
      dimension,
      levels: dimension.aspects.map(({ id }) => reached(answers, id, dimension.id)).filter((at) => at !== undefined),
    }));

  return { stages, dimensions, known, level, isAnswer, reached, rows };
}

/** @param {Element} place @returns {Dimension} */
function dimension(place) {
  return {
    id: place.getAttribute("data-dimension") ?? "",
    title: words(place.querySelector("h2")),
    href: place.querySelector("h2 a")?.getAttribute("href") ?? "",
    aspects: [...place.querySelectorAll(".assess-aspect")].map(aspect),
  };
}

/** @param {Element} place @returns {Aspect} */
function aspect(place) {
  return {
    id: place.getAttribute("data-aspect") ?? "",
    title: words(place.querySelector("legend")),
    href: place.querySelector("legend a")?.getAttribute("href") ?? "",
    // The first choice is "nothing yet" and belongs to no stage.
    cells: [...place.querySelectorAll("input")].slice(1).map(cell),
  };
}

/** @param {HTMLInputElement} input @returns {Cell} */
function cell(input) {
  return {
    same: input.hasAttribute("data-same"),
    nothing: input.hasAttribute("data-nothing"),
    effort: Number(input.dataset.effort ?? 0),
    impact: Number(input.dataset.impact ?? 0),
    text: words(input.parentElement?.querySelector(".what")),
  };
}
