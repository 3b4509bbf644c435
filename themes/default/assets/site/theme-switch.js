// The switch of the theme: automatic, light, dark.
import { phrase } from "../phrase.js";

const root = document.documentElement;
const THEMES = ["automatic", "light", "dark"];

/** @param {string | undefined} theme */
const name = (theme) => (theme === "light" ? phrase("theme-light") : theme === "dark" ? phrase("theme-dark") : phrase("theme-automatic"));

export function themeSwitch() {
  const button = document.querySelector(".theme-toggle");
  if (!(button instanceof HTMLButtonElement)) return;
  const show = () => {
    const label = phrase("colours", { theme: name(root.dataset.theme) });
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  show();
  button.onclick = () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "automatic") + 1) % THEMES.length];
    if (next === "automatic") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "automatic") localStorage.removeItem("guidepost:theme");
      else localStorage.setItem("guidepost:theme", next);
    } catch {
      // It holds for this page at least.
    }
    show();
  };
}
