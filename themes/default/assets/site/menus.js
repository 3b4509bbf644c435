// The header's menus open and close by themselves. Here Escape closes them, a click beside them, and the focus when it
// moves on.

/** @param {EventTarget | null} target */
const menuOf = (target) => (target instanceof Element ? target.closest(".menu") : null);

/** @param {Element | null} [but] */
function close(but) {
  for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== but) menu.removeAttribute("open");
}

export function menus() {
  document.addEventListener("focusin", (event) => close(menuOf(event.target)));
  document.addEventListener("click", (event) => {
    const follows = event.target instanceof Element && event.target.closest("a");
    close(follows ? null : menuOf(event.target));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    // The focus must not stay on a link that is hidden.
    menuOf(document.activeElement)?.querySelector("summary")?.focus();
    close();
  });
}
