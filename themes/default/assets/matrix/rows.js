// Rows of a matrix that is too heavy for one page: they stand on the pages of their dimensions, and come when asked for.
import { element } from "../page.js";

/** Another page, and where it lies. @typedef {{ url: string, document: Document }} Page */

/** Pages that were fetched, each once. @type {Map<string, Promise<Page>>} */
const pages = new Map();

/**
 * Another page of the site.
 * @param {string} href
 */
export function page(href) {
  const wanted = href.replace(/#.*/s, "");
  const known = pages.get(wanted);
  if (known) return known;
  const fetched = fetch(wanted).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return { url: answer.url || wanted, document: new DOMParser().parseFromString(await answer.text(), "text/html") };
  });
  pages.set(wanted, fetched);
  // What failed may be asked for again.
  fetched.catch(() => pages.delete(wanted));
  return fetched;
}

/**
 * A part of another page as a part of this one: links lead where they led, and ids and marks of headings stay there.
 * @param {Element} part
 * @param {Page} from
 */
export function moved(part, { url }) {
  const copy = document.importNode(part, true);
  for (const here of copy.querySelectorAll("*")) {
    for (const name of ["href", "src", "poster"]) {
      const to = here.getAttribute(name);
      if (to !== null) here.setAttribute(name, new URL(to, url).href);
    }
    for (const name of ["id", "for", "aria-labelledby", "aria-describedby", "srcset"]) here.removeAttribute(name);
  }
  for (const mark of copy.querySelectorAll(".anchor")) mark.remove();
  return copy;
}

/**
 * Fetches the rows of a dimension, if they are not there. False when they could not be had.
 * @param {HTMLTableSectionElement} body
 */
export async function fetchRows(body) {
  const link = body.querySelector("a");
  if (!body.hasAttribute("data-away") || !link) return true;
  body.setAttribute("aria-busy", "true");
  try {
    const from = await page(link.href);
    const there = from.document.querySelector(".table[data-tools] table");
    if (!there) return false;
    const heads = [...(body.closest("table")?.tHead?.rows[0]?.cells ?? [])];
    const stages = heads.slice(1).map((head) => head.dataset.id ?? "");
    // Two may have asked at once.
    if (body.hasAttribute("data-away")) body.append(...rows(/** @type {HTMLTableElement} */ (there), stages, from));
    body.removeAttribute("data-away");
    return true;
  } catch {
    return false;
  } finally {
    body.removeAttribute("aria-busy");
  }
}

/** @param {HTMLTableElement} there @param {string[]} stages @param {Page} from */
function* rows(there, stages, from) {
  for (const row of there.tBodies[0]?.rows ?? []) {
    const aspect = new URL(row.cells[0]?.querySelector("a")?.getAttribute("href") ?? "", from.url).href;
    const made = element("tr", { "data-id": row.dataset.id ?? "", "data-tags": row.dataset.tags ?? "" });
    made.append(element("th", { scope: "row" }, element("a", { href: aspect }, row.cells[0]?.textContent ?? "")));
    stages.forEach((stage, i) => {
      const cell = row.cells[i + 1];
      if (!cell) return;
      const text = moved(cell, from);
      for (const more of text.querySelectorAll(".cell-more, .more")) more.remove();
      for (const link of text.querySelectorAll("a")) link.replaceWith(...link.childNodes);
      const place = element("td", cell.className ? { class: cell.className } : {});
      place.append(element("a", { href: `${aspect}#${stage}` }, ...text.childNodes));
      made.append(place);
    });
    yield made;
  }
}
