// Runs before the page is drawn, so that a chosen theme never flashes and nothing moves later.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("guidepost:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const home = new URL(root.dataset.home ?? "./", location.href).pathname;
    if (localStorage.getItem(`guidepost:${home}:stage:${root.dataset.framework}`)) root.classList.add("has-stage");
  } catch {
    // Without storage the page follows the system.
  }
})();
