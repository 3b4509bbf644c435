// Buttons that print the page, as it stands or with what its cells open.

const root = document.documentElement;

export function printButtons() {
  for (const button of document.querySelectorAll("[data-print-button]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.onclick = () => {
      root.dataset.print = button.dataset.printButton;
      addEventListener("afterprint", () => delete root.dataset.print, { once: true });
      print();
    };
  }
}
