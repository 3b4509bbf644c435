// Where the reader is: the heading in the list of contents, the page in the sidebar; and how high the header is, so that
// nothing that is led to lies below it.

/** Part of the screen, from its top, in which a heading counts as the one being read. */
const READ = 0.25;

/** @param {AbortSignal} signal */
export function places(signal) {
  header(signal);
  const wide = matchMedia("(min-width: 80rem)");
  const contents = document.querySelector(".toc details");
  // Beside the text the list is always open.
  const open = () => contents instanceof HTMLDetailsElement && (contents.open = wide.matches);
  open();
  wide.addEventListener("change", open, { signal });
  const sidebar = document.querySelector(".sidebar");
  if (sidebar) show(sidebar, sidebar.querySelector("[aria-current=page]"));
  const toc = document.querySelector(".toc");
  if (toc) headings(toc, signal);
}

/** @param {AbortSignal} signal */
function header(signal) {
  const bar = document.querySelector(".site-header");
  if (!bar) return;
  const measure = () => {
    // A header that scrolls away covers nothing.
    const height = getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().height : 0;
    document.documentElement.style.setProperty("--header", `${Math.round(height)}px`);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(bar);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** @param {Element} toc @param {AbortSignal} signal */
function headings(toc, signal) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...toc.querySelectorAll("a")]);
  const found = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const top = innerHeight * READ;
    const root = document.documentElement;
    const isEnd = innerHeight + scrollY >= root.scrollHeight - 2 && scrollY > 0;
    let at = isEnd ? found.length - 1 : -1;
    if (!isEnd) found.forEach((heading, i) => heading && heading.getBoundingClientRect().top <= top && (at = i));
    // Of the last ones that never come so far up, the one that was asked for.
    const asked = links.findIndex((link) => link.hash === location.hash);
    const there = found[asked]?.getBoundingClientRect();
    if (isEnd && there && there.top >= 0 && there.top < innerHeight) at = asked;
    for (const [i, link] of links.entries()) {
      if (i !== at) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "location");
        show(toc, link);
      }
    }
  };
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { signal, passive: true });
  addEventListener("hashchange", soon, { signal });
  soon();
}

/** Scrolls a list so far that one of its items is seen. @param {Element} list @param {Element | null} item */
function show(list, item) {
  if (!item || list.scrollHeight <= list.clientHeight) return;
  const [outer, inner] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - outer.height / 3;
}
