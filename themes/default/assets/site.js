// What every page has: the header's menus, the theme's switch, the reader's own stage, hints on terms, blocks of texts,
// and the way to the search.
import { whenReady } from "./page.js";
import { search, searchPage } from "./site/find.js";
import { closeHint, hints } from "./site/hints.js";
import { menus } from "./site/menus.js";
import { myStage } from "./site/my-stage.js";
import { only } from "./site/only.js";
import { tabs } from "./site/tabs.js";
import { themeSwitch } from "./site/theme-switch.js";
import { zoom } from "./site/zoom.js";

hints();
menus();
search();
whenReady((signal) => {
  closeHint();
  themeSwitch();
  myStage(signal);
  only(signal);
  tabs(signal);
  zoom(signal);
  searchPage();
});
