// What a reader found last, kept in the browser.
import { read, write } from "../storage.js";
import { pathOf, place } from "./place.js";

/** How many are kept. */
const MANY = 6;
const NAME = "found";

/** @typedef {{ title: string, of: string, path: string }} Recent */

/** @returns {Recent[]} */
export function recent() {
  const kept = read(NAME);
  if (!Array.isArray(kept)) return [];
  const fine = kept.filter((one) => typeof one?.title === "string" && typeof one?.path === "string" && place(one.path));
  return fine.slice(0, MANY).map(({ title, of, path }) => ({ title: title.slice(0, 200), of: typeof of === "string" ? of.slice(0, 200) : "", path }));
}

/** @param {string} title @param {string} of @param {string} href */
export function remember(title, of, href) {
  const path = pathOf(href);
  if (path) write(NAME, [{ title, of, path }, ...recent().filter((one) => one.path !== path)].slice(0, MANY));
}

export const forget = () => write(NAME, undefined);
