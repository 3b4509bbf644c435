// The index of everything that has a name, loaded when someone first searches.
import { namesIndex } from "./rank.js";
import { reader } from "./words.js";

/** Found beside this script; its types are its own. */
const ENGINE = "./minisearch.js";

/** @type {Promise<import("./rank.js").Names> | undefined} */
let loading;

// The preview has built another site.
document.addEventListener("guidepost:update", () => (loading = undefined));

/** @param {HTMLAnchorElement} link  Leads to the search page, and knows where the index lies. */
export function names(link) {
  loading ??= load(link).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @param {HTMLAnchorElement} link */
async function load(link) {
  const first = new URL(link.dataset.names ?? "", location.href).href;
  const [engine, part] = await Promise.all([import(new URL(ENGINE, import.meta.url).href), json(first)]);
  const index = namesIndex(engine.default, reader(document.documentElement.lang || "en", part.language));
  index.add(part);
  for (let number = 2; number <= part.parts; number += 1) index.await(json(first.replace(/\.json$/, `-${number}.json`)));
  return index;
}

/** @param {string} url */
async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
