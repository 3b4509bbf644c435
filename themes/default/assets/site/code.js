// A button on every block of code that copies it: what one would type or keep, without prompts, output, and lines that
// a diff takes away.
import { copy } from "../files.js";
import { element } from "../page.js";
import { phrase } from "../phrase.js";
import { announce } from "./announce.js";

const SVG = "http://www.w3.org/2000/svg";
/** Two sheets, and a tick for when they are copied. */
const SHEETS = "M6 6V2.5A1.5 1.5 0 0 1 7.5 1h8A1.5 1.5 0 0 1 17 2.5v8a1.5 1.5 0 0 1-1.5 1.5H12v3.5a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 1 15.5v-8A1.5 1.5 0 0 1 2.5 6H6Zm1.5 0h3A1.5 1.5 0 0 1 12 7.5v3h3.5v-8h-8V6Zm-5 1.5v8h8v-8h-8Z";
const TICK = "M7 14.6 1.700 9.300l1.400-1.400L7 11.800l7.900-7.900 1.400 1.400L7 14.6Z";

export function copyButtons() {
  for (const code of document.querySelectorAll("pre > code")) {
    const pre = code.parentElement;
    if (!pre || pre.parentElement?.classList.contains("copyable")) continue;
    const button = element("button", { type: "button", class: "copy-code", title: phrase("copy-code"), "aria-label": phrase("copy-code-label") });
    button.append(icon("copy", SHEETS), icon("tick", TICK));
    const box = element("div", { class: "copyable" });
    pre.replaceWith(box);
    box.append(pre, button);
    let timer = 0;
    button.addEventListener("click", async () => {
      const done = await copy(text(code));
      announce(done ? phrase("code-copied") : phrase("not-allowed"));
      if (!done) return;
      button.classList.add("is-done");
      clearTimeout(timer);
      timer = window.setTimeout(() => button.classList.remove("is-done"), 1600);
    });
  }
}

/** @param {string} name @param {string} path */
function icon(name, path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

/** What is copied of a block of code. @param {Element} code */
function text(code) {
  const own = /** @type {Element} */ (code.cloneNode(true));
  const isSession = own.querySelector(".prompt") !== null;
  for (const left of own.querySelectorAll(isSession ? ".prompt, samp" : "del")) left.remove();
  const lines = (own.textContent ?? "").replace(/\n$/, "").split("\n");
  // Without a line's end after it, a shell does not run at once what is pasted.
  return (isSession ? lines.filter((line) => line.trim()) : lines).join("\n");
}
