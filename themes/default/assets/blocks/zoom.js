// Pictures of figures in full size, over the page. Without scripts their links lead to the file.
import { element } from "../page.js";
import { phrase } from "../phrase.js";

/** @param {HTMLAnchorElement} link */
function show(link) {
  const picture = link.querySelector("img");
  if (!picture) return;
  const image = element("img", { src: link.href, alt: picture.alt });
  const frame = element("div", { class: "zoomed-picture" }, image);
  const close = element("form", { method: "dialog" }, element("button", {}, phrase("close")));
  const caption = element("figcaption", {}, link.closest("figure")?.querySelector("figcaption")?.textContent ?? "");
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "zoomed", "aria-label": picture.alt }, close, element("figure", {}, frame, caption)));
  // A press on the picture shows it as large as it is, a second one or a press beside it closes.
  frame.addEventListener("click", (event) => {
    if (event.target === image && !frame.classList.contains("is-grown") && grows(image)) frame.classList.add("is-grown");
    else dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Is there more to see of it? @param {HTMLElement} image */
const grows = (image) => image instanceof HTMLImageElement && image.naturalWidth > image.clientWidth;

/** @param {AbortSignal} signal */
export function zoom(signal) {
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a.zoom") : null;
      if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(link);
    },
    { signal },
  );
}
