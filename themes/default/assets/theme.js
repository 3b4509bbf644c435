// Runs before the page is drawn, so that a chosen theme never flashes and nothing moves later.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("guidepost:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const home = new URL(root.dataset.home ?? "./", location.href).pathname;
    const mine = JSON.parse(localStorage.getItem(`guidepost:${home}:stage:${root.dataset.framework}`) ?? "null");
    const number = (root.dataset.stages ?? "").split(" ").indexOf(mine) + 1;
    if (number > 0) root.dataset.mine = String(number);
  } catch {
    // Without storage, or with something else in it, the page follows the system.
  }
})();
