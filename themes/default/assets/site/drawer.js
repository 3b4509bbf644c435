// The menu of narrow screens opens by itself, as a popover. Here it becomes a dialog, which keeps the focus, and goes when the
// screen grows.

export function drawer() {
  const find = () => {
    const found = document.querySelector("dialog.drawer");
    return found instanceof HTMLDialogElement ? found : undefined;
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const dialog = find();
    if (!target || !dialog) return;
    if (target.closest(".drawer-open")) {
      event.preventDefault();
      dialog.showModal();
      dialog.scrollTop = 0;
    } else if (dialog.open && (target === dialog || target.closest(".drawer-close, .drawer a"))) {
      if (!target.closest("a")) event.preventDefault();
      dialog.close();
    }
  });
  matchMedia("(min-width: 64rem)").addEventListener("change", () => find()?.close());
}
