// Hints: the meaning of a term on hover, focus or tap. Escape closes (WCAG 2.2, 1.4.13).

let open = /** @type {{ term: HTMLElement, hint: HTMLElement } | undefined} */ (undefined);

export function closeHint() {
  if (!open) return;
  open.term.removeAttribute("aria-describedby");
  open.hint.remove();
  open = undefined;
}

/** @param {HTMLElement} term */
function openHint(term) {
  if (open?.term === term) return;
  closeHint();
  // The browser's own tooltip would say the same a second time.
  if (term.title) {
    term.dataset.meaning = term.title;
    term.removeAttribute("title");
  }
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.id = "term-hint";
  hint.setAttribute("role", "tooltip");
  hint.textContent = term.dataset.meaning ?? "";
  // What lies under a dialog that is open cannot be seen.
  const dialog = term.closest("dialog");
  const [x, y] = dialog ? [0, 0] : [scrollX, scrollY];
  if (dialog) hint.style.position = "fixed";
  (dialog ?? document.body).append(hint);
  term.setAttribute("aria-describedby", hint.id);
  const place = term.getBoundingClientRect();
  const width = Math.min(320, innerWidth - 24);
  hint.style.width = `${width}px`;
  hint.style.left = `${x + Math.max(12, Math.min(place.left, innerWidth - width - 12))}px`;
  const above = place.bottom + hint.offsetHeight + 12 > innerHeight && place.top > hint.offsetHeight + 12;
  hint.style.top = `${y + (above ? place.top - hint.offsetHeight - 6 : place.bottom + 6)}px`;
  open = { term, hint };
}

/** @param {EventTarget | null} target */
const termOf = (target) => (target instanceof Element ? target.closest(".term") : null);

export function hints() {
  let leaving = 0;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const term = termOf(event.target);
    clearTimeout(leaving);
    if (term instanceof HTMLElement) openHint(term);
    else if (open && !(event.target instanceof Element && event.target.closest(".hint"))) {
      // A moment's grace, so that the pointer can move onto the hint.
      leaving = window.setTimeout(() => open?.term !== document.activeElement && closeHint(), 250);
    }
  });
  document.addEventListener("focusin", (event) => {
    const term = termOf(event.target);
    if (term instanceof HTMLElement) openHint(term);
    else closeHint();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeHint());
  let touched = false;
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  document.addEventListener("click", (event) => {
    const term = termOf(event.target);
    // The first tap shows the meaning, the second follows the link.
    if (term instanceof HTMLElement && touched && term.dataset.tapped !== "yes") {
      event.preventDefault();
      for (const other of document.querySelectorAll(".term[data-tapped]")) other.removeAttribute("data-tapped");
      term.dataset.tapped = "yes";
      openHint(term);
    } else if (!term && !(event.target instanceof Element && event.target.closest(".hint"))) closeHint();
  });
}
