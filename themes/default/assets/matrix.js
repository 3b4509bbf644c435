// The matrix: which rows and stages are shown, folds, a grid for the keyboard, and the panel in which a cell opens. What is
// chosen and open stands in the URL.
import { choices } from "./matrix/choices.js";
import { folds } from "./matrix/folds.js";
import { grid } from "./matrix/grid.js";
import { panel } from "./matrix/panel.js";
import { fetchRows } from "./matrix/rows.js";
import { whenReady } from "./page.js";
import { takeAway } from "./table/take-away.js";

whenReady((signal) => {
  for (const matrix of document.querySelectorAll(".matrix")) {
    const table = matrix.querySelector("table");
    if (!table || !(matrix instanceof HTMLElement)) continue;
    const settle = grid(table, signal);
    /** Brings the rows of a dimension that stand on its page. @param {HTMLTableSectionElement} body */
    const bring = async (body) => {
      const came = await fetchRows(body);
      if (came) settle();
      return came;
    };
    const { refold, unfold } = folds(matrix, table, bring, signal);
    const { isWhole, stand } = choices(matrix, table, { bring, refold, settle }, signal);
    takeAway(matrix, isWhole, signal);
    const open = panel(matrix, table, async (body) => (unfold(body), bring(body)), signal);
    stand();
    open();
  }
});
