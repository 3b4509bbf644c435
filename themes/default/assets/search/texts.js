// The full text search: Pagefind, loaded when someone asks for it.
import { element } from "../page.js";
import { place } from "./place.js";
import { head } from "./results.js";

/** How many results are shown. */
const MANY = 20;

/** @type {Promise<any> | undefined} */
let loading;

/** @param {HTMLAnchorElement} link */
function pagefind(link) {
  const bundle = new URL(link.dataset.index ?? "", location.href);
  loading ??= import(new URL("pagefind.js", bundle).href)
    .then(async (module) => {
      await module.options({ basePath: bundle.href, baseUrl: "/", excerptLength: 24 });
      await module.init();
      return module;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/**
 * What stands anywhere in the texts.
 * @param {HTMLAnchorElement} link
 * @param {string} query
 * @param {Record<string, string>} filters
 */
export async function texts(link, query, filters) {
  const module = await pagefind(link);
  const found = await module.search(query, { filters });
  const some = await Promise.all(found.results.slice(0, MANY).map((/** @type {any} */ r) => r.data()));
  return { all: found.results.length, items: some.map(item) };
}

/** @param {any} data */
function item(data) {
  const page = data.raw_url ?? data.url;
  // Where the words stand, and not where the page begins.
  const sections = (data.sub_results ?? []).filter((/** @type {any} */ s) => s.anchor);
  const [first] = sections;
  const to = (/** @type {any} */ section) => place(page.replace(/#.*/, ""), section?.anchor.id ?? page.split("#")[1]) ?? "";
  const own = element("li", {}, head(to(first), [bare(data.meta.title)], first ? bare(first.title) : ""));
  own.append(excerpt(first?.excerpt ?? data.excerpt));
  const rest = sections.slice(1, 3).map((/** @type {any} */ section) => element("li", {}, element("a", { href: to(section) }, bare(section.title))));
  if (rest.length) own.append(element("ul", { class: "hit-places" }, ...rest));
  return own;
}

/** A title without the mark beside a heading. @param {string} text */
const bare = (text) => text.replace(/\s*#\s*$/, "");

/** An excerpt with its marks and nothing else of its HTML, from the first whole word on. @param {string} html */
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const place = element("p", {});
  for (const node of parsed.body.childNodes)
    place.append(node.nodeName === "MARK" ? element("mark", {}, node.textContent ?? "") : (node.textContent ?? ""));
  const first = place.firstChild;
  if (first instanceof Text) first.data = first.data.replace(/^[^\p{L}\p{N}(“"']+/u, "").replace(/^(?=.)/u, "… ");
  place.append(" …");
  return place;
}
