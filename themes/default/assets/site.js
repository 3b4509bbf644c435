// What every page has: the header's menus, the theme's switch, the reader's own stage, hints on terms, blocks of texts, the
// way to the search, code to copy and tables to sort.
import { whenReady } from "./page.js";
import { copyButtons } from "./site/code.js";
import { drawer } from "./site/drawer.js";
import { search, searchPage } from "./site/find.js";
import { closeHint, hints } from "./site/hints.js";
import { menus } from "./site/menus.js";
import { myStage } from "./site/my-stage.js";
import { places } from "./site/places.js";
import { printButtons } from "./site/print.js";
import { sortable } from "./site/sort.js";
import { themeSwitch } from "./site/theme-switch.js";

drawer();
hints();
menus();
search();
whenReady((signal) => {
  closeHint();
  places(signal);
  themeSwitch();
  myStage(signal);
  if (document.querySelector(".tabs, .only, .zoom, details:is(.alert, .more-box)")) {
    import("./blocks.js").then(({ blocks }) => blocks(signal));
  }
  searchPage();
  copyButtons();
  sortable();
  printButtons();
});
