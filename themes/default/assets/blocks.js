// What scripts add to the blocks of texts. Loaded by pages that have some.
import { only } from "./blocks/only.js";
import { tabs } from "./blocks/tabs.js";
import { zoom } from "./blocks/zoom.js";

/** @param {AbortSignal} signal */
export function blocks(signal) {
  if (signal.aborted) return;
  only(signal);
  tabs(signal);
  zoom(signal);
}
