// A result as a link.
import { fragment } from "../fragment.js";
import { texts } from "../kept.js";

const { isGiven, given, link, forget } = fragment("answers");

/** Did the reader come by such a link? */
export const isShared = isGiven;

/** What the link says; nothing when it holds no answers. */
export function fromLink() {
  const { "": target, ...answers } = texts(Object.fromEntries(given())) ?? {};
  return Object.keys(answers).length ? { answers, target } : undefined;
}

/**
 * A link to this page with answers.
 * @param {string} target
 * @param {Record<string, string>} answers
 */
export const toLink = (target, answers) => link(new URLSearchParams({ "": target, ...answers }));

/** Takes the answers out of the address. */
export const forgetLink = forget;
