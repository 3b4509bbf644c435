// What a view is kept in, so that it can be shared: the page's URL.

/** @param {string} name */
export const asked = (name) => new URL(location.href).searchParams.get(name) ?? "";

/**
 * Writes into the URL; what is empty is left out.
 * @param {Record<string, string>} values
 * @param {object} [step]  Given, it is a step that the Back button undoes, and kept with it.
 */
export function put(values, step) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  // Addresses of cells read better as they are written, and a query may hold them so.
  url.search = url.search.replaceAll("%2F", "/").replaceAll("%40", "@").replaceAll("%2C", ",");
  if (url.href === location.href) return;
  if (step) history.pushState(step, "", url);
  else history.replaceState(history.state, "", url);
}
