// A result as a link: the answers stand behind the `#`, so that they are sent to no server.
import { texts } from "../kept.js";

const FRAGMENT = "#answers:";
/** The longest link that is read. */
const LONGEST = 100_000;

/** Did the reader come by such a link? */
export const isShared = () => location.hash.startsWith(FRAGMENT);

/** What the link says; nothing when it holds no answers. */
export function fromLink() {
  const text = location.hash.slice(FRAGMENT.length);
  if (!isShared() || text.length > LONGEST) return undefined;
  const { "": target, ...answers } = texts(Object.fromEntries(new URLSearchParams(text))) ?? {};
  return Object.keys(answers).length ? { answers, target } : undefined;
}

/**
 * A link to this page with answers.
 * @param {string} target
 * @param {Record<string, string>} answers
 */
export function toLink(target, answers) {
  const url = new URL(location.href);
  url.hash = FRAGMENT + new URLSearchParams({ "": target, ...answers });
  return url.href;
}

/** Takes the answers out of the address. */
export const forgetLink = () => history.replaceState(null, "", location.pathname + location.search);
