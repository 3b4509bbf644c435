// Where things lie, as links from this page.

const home = new URL(document.documentElement.dataset.home ?? "./", location.href);
const index = home.pathname.endsWith(".html") ? "index.html" : "";

/**
 * The URL of a page of the site, or nothing where that is no page of it.
 * @param {string} path  From the site's root, maybe with an anchor.
 * @param {string} [anchor]
 */
export function place(path, anchor = "") {
  const root = new URL(".", home);
  const url = new URL(path.replace(/^\/+/, ""), root);
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return undefined;
  if (index) url.pathname = url.pathname.replace(/\/$/, `/${index}`);
  if (anchor) url.hash = anchor;
  return url.href;
}

/** The path of a page of the site, from its root. @param {string} href */
export function pathOf(href) {
  const url = new URL(href);
  const root = new URL(".", home).pathname;
  return url.pathname.startsWith(root) ? url.pathname.slice(root.length) + url.hash : "";
}
