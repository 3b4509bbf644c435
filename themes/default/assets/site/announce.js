// What was done, said to those who do not see it.
import { element } from "../page.js";

/** @param {string} text */
export function announce(text) {
  let region = document.querySelector("body > .announcements");
  if (!region) {
    region = element("p", { class: "vh announcements", role: "status" });
    document.body.append(region);
  }
  // The same words a second time are a change only when there were none in between.
  region.textContent = "";
  const place = region;
  setTimeout(() => (place.textContent = text), 50);
}
