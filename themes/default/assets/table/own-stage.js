// On a narrow screen, where a table shows one stage, it begins with the reader's own, unless the URL asks for another.
import { asked } from "../address.js";

/** @param {HTMLInputElement[]} one  A radio a stage. @param {AbortSignal} signal */
export function ownStage(one, signal) {
  const begin = () => {
    const mine = /** @type {HTMLSelectElement | null} */ (document.querySelector("#my-stage"))?.value;
    const radio = one.find((r) => r.value === mine);
    if (radio && !asked("stage")) radio.checked = true;
  };
  document.addEventListener("guidepost:stage", begin, { signal });
  return begin;
}
