// What was found, kind by kind.
import { element } from "../page.js";
import { phrase } from "../phrase.js";

/** What readers call a kind, in the order in which kinds are shown. @type {Record<string, () => string>} */
const NAMES = {
  Stage: () => phrase("stages-list"),
  Dimension: () => phrase("dimensions-list"),
  Aspect: () => phrase("aspects-list"),
  Guide: () => phrase("guides-list"),
  Playbook: () => phrase("playbooks-list"),
  Term: () => phrase("terms-list"),
  Framework: () => phrase("frameworks-list"),
};

/** All kinds, as the index names them. */
export const KINDS = Object.keys(NAMES);

/** What readers call a kind. @param {string} kind */
export const nameOf = (kind) => NAMES[kind]?.() ?? kind;

/**
 * A list for each kind that something was found of, under a heading.
 * @param {any[]} found
 * @param {HTMLAnchorElement} link  Leads to the search page.
 */
export function lists(found, link) {
  return KINDS.flatMap((kind) => {
    const group = found.filter((data) => data.meta.kind === kind);
    const items = group.map((data) => result(data, link));
    return items.length ? [element("h2", {}, nameOf(kind)), element("ul", {}, ...items)] : [];
  });
}

/** @param {any} data @param {HTMLAnchorElement} link */
function result(data, link) {
  const sections = (data.sub_results ?? []).filter((/** @type {any} */ s) => s.anchor).slice(0, 2);
  const item = element("li", {}, anchor(data.raw_url ?? data.url, data.meta.title, data.excerpt, link), excerpt(data.excerpt));
  if (sections.length) {
    const inner = element("ul", {});
    for (const section of sections) inner.append(element("li", {}, anchor(`${data.raw_url ?? data.url}#${section.anchor.id}`, section.title, section.excerpt, link)));
    item.append(inner);
  }
  return item;
}

/**
 * A link to a place; the browser marks the word that was found there.
 * @param {string} path
 * @param {string} title
 * @param {string} excerptHtml
 * @param {HTMLAnchorElement} link
 */
function anchor(path, title, excerptHtml, link) {
  const home = new URL(document.documentElement.dataset.home ?? "./", location.href);
  const url = new URL(path.replace(/^\/+/, ""), home);
  if (home.pathname.endsWith(".html") || /index\.html$/.test(link.pathname)) url.pathname = url.pathname.replace(/\/$/, "/index.html");
  const word = marked(excerptHtml)[0];
  const href = word ? `${url.href}${url.hash ? "" : "#"}:~:text=${encodeURIComponent(word).replaceAll("-", "%2D")}` : url.href;
  return element("a", { href }, title);
}

/** The words that Pagefind marked in an excerpt. @param {string} html */
function marked(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.querySelectorAll("mark")].map((m) => (m.textContent ?? "").replace(/[^\p{L}\p{N}\- ]/gu, ""));
}

/** An excerpt with its marks, and nothing else of its HTML. @param {string} html */
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const place = element("p", {});
  for (const node of parsed.body.childNodes)
    place.append(node.nodeName === "MARK" ? element("mark", {}, node.textContent ?? "") : (node.textContent ?? ""));
  return place;
}
