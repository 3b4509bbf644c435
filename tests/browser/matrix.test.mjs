// The matrix: a grid for the keyboard, a cell in a panel, a view that is an address; on a phone, without scripts, on paper,
// and when it is too heavy for one page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { binary, root, site } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OWN = "/frameworks/product-maturity/matrix/";
const phone = { viewport: { width: 390, height: 844 } };
const plain = { javaScriptEnabled: false };

let chromium;
const servers = new Map();
before(async () => {
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  for (const server of servers.values()) (await server).close();
});

/** A server of a site, each once. @param {string} name @param {() => string} build */
function served(name, build) {
  if (!servers.has(name)) servers.set(name, host(build()));
  return servers.get(name);
}

/** Does something on a page as one reader sees it; nothing may be said on its console. */
async function on(path, options, act, [name, build] = ["own", site]) {
  const server = await served(name, build);
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light", permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  try {
    await page.goto(server.url + path, { waitUntil: "networkidle" });
    await act(page, server);
    assert.deepEqual(said, []);
  } finally {
    await context.close();
  }
}

/** A site with one framework of so many stages and aspects; its texts differ, so that nothing shrinks to nothing. */
function framework(stages, aspects, dimensions = 10) {
  const folder = mkdtempSync(join(tmpdir(), "guidepost-matrix-"));
  mkdirSync(join(folder, "content/frameworks/f"), { recursive: true });
  const words = "keys logs roles tests costs plans hosts users teams rules sheets alarms drills quotas traces backups reviews budgets secrets exports".split(" ");
  let seed = 7;
  const next = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const say = (n) => Array.from({ length: n }, () => words[next(words.length)]).join(" ");
  const ids = Array.from({ length: dimensions }, (_, i) => `d${i + 1}`);
  const heads = Array.from({ length: stages }, (_, i) => `[[stages]]\nid = "s${i + 1}"\ntitle = "S${i + 1}"\n`).join("");
  writeFileSync(join(folder, "guidepost.toml"), 'title = "T"\n[search]\nenabled = false\n');
  writeFileSync(join(folder, "content/index.md"), "# Home\n\n[[f]]\n");
  writeFileSync(join(folder, "content/frameworks/f/framework.toml"), `title = "F"\nsummary = "S"\ndimensions = ${JSON.stringify(ids)}\n${heads}`);
  ids.forEach((id, d) => {
    let text = `title = "Area ${d + 1}"\nintro = "I"\n`;
    for (let a = d; a < aspects; a += dimensions) {
      text += `[[aspects]]\nid = "a${a}"\ntitle = "Thing ${a} of ${say(1)}"\ntags = ["${a % 2 ? "odd" : "even"}"]\n`;
      for (let s = 1; s <= stages; s++)
        text += `at.s${s} = { text = "${say(4)} ${a}-${s}", details = "Because of ${say(3)}.", effort = ${1 + next(5)}, impact = ${1 + next(5)}${a === 3 && s === 2 ? ", must = true" : ""} }\n`;
    }
    writeFileSync(join(folder, `content/frameworks/f/${id}.toml`), text);
  });
  execFileSync(binary, ["build", "--quiet", "--root", folder], { stdio: ["ignore", "inherit", "inherit"] });
  return join(folder, "output");
}
const BIG = ["big", () => framework(10, 400)];
const WIDE = ["wide", () => framework(13, 20, 2)];
const FIVE = ["five", () => framework(5, 100)];

/** One of the frameworks of other shapes. */
function fixture(name) {
  return [
    name,
    () => {
      const copy = mkdtempSync(join(tmpdir(), `guidepost-${name}-`));
      for (const part of ["guidepost.toml", "content"]) cpSync(join(root, "tests/frameworks", name, part), join(copy, part), { recursive: true });
      execFileSync(binary, ["build", "--quiet", "--root", copy], { stdio: "pipe" });
      return join(copy, "output");
    },
  ];
}

/** What has the focus, in a few words. */
const focused = (page) => page.evaluate(() => (document.activeElement?.textContent || document.activeElement?.getAttribute("aria-label") || "").trim());
const rows = (page) => page.locator(".matrix-table tbody tr:not(.group):not(.group-head *):visible");
/** Waits until something is so. */
async function soon(ask, expected) {
  for (let tries = 0; tries < 60; tries++) {
    if (JSON.stringify(await ask()) === JSON.stringify(expected)) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  assert.deepEqual(await ask(), expected);
}
const panelOpen = (page) => page.evaluate(() => document.querySelector(".cell-panel")?.hasAttribute("open"));

test("the grid is one stop of the Tab key, and arrows lead through it", () =>
  on(OWN, {}, async (page) => {
    const stops = await page.evaluate(() => document.querySelectorAll('.matrix-table :is(a, button):not([tabindex="-1"])').length);
    assert.equal(stops, 1);
    await page.locator(".download-csv").focus();
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Wireframes, basic layout");
    const goes = async (key, to) => {
      await page.keyboard.press(key);
      assert.equal(await focused(page), to, key);
    };
    await goes("ArrowRight", "Cohesive visual design");
    await goes("ArrowDown", "Basic component library");
    await goes("Home", "Design System");
    await goes("End", "Multi-brand theming support");
    await goes("ArrowUp", "Continuous optimization, design ops");
    await goes("Control+Home", "POC");
    await goes("Control+End", await page.locator(".matrix-table tbody tr").last().locator("td").last().innerText());
    await page.keyboard.press("PageUp");
    assert.equal(await page.evaluate(() => document.activeElement?.closest("tr")?.className), "group");
    // What has the focus is in sight, clear of what sticks.
    const clear = await page.evaluate(() => {
      const { left, top, width, height } = document.activeElement.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("tr") === document.activeElement.closest("tr");
    });
    assert.ok(clear);
    const away = await page.evaluate(() => document.querySelectorAll('.matrix-table :is(a, button):not([tabindex="-1"])').length);
    assert.equal(away, 1);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.closest(".matrix-table")), null);
  }));

test("a cell opens in a panel, which is an address, and Escape, Back and a press beside it close it", () =>
  on(OWN, {}, async (page, server) => {
    const cell = page.locator('tr[data-id="secrets"] td').nth(2).locator("a");
    await cell.focus();
    await page.keyboard.press("Enter");
    assert.equal(await panelOpen(page), true);
    assert.match(page.url(), /\?cell=security\/secrets@10k$/);
    const panel = page.locator(".cell-panel");
    assert.equal(await panel.locator("h2").innerText(), "Secrets Management");
    assert.equal((await panel.locator(".cell-panel-where").innerText()).replace(/\s+/g, " "), "Security 10k");
    // What the cell says comes from its aspect's page, its links as seen from here.
    await panel.locator(".fields .field-how").first().waitFor();
    assert.equal(await panel.locator("[id]:not(#cell-title)").count(), 0);
    assert.equal(await panel.locator(".strip [aria-current] b").innerText(), "10k");
    assert.equal(await panel.locator(".cell-panel-page").getAttribute("href"), `${server.url}/frameworks/product-maturity/security/secrets/#10k`);
    // On to another stage, by key and by what comes next; the step back stays one.
    await page.keyboard.press("ArrowRight");
    assert.match(page.url(), /secrets@100k$/);
    await panel.locator("[data-go='-1']").click();
    await panel.locator(".strip button").first().click();
    assert.match(page.url(), /secrets@poc$/);
    assert.equal(await panel.locator("[data-go='-1']").isDisabled(), true);
    await page.keyboard.press("Escape");
    await soon(() => page.url(), server.url + OWN);
    assert.equal(await panelOpen(page), false);
    assert.equal(await focused(page), ".env files Must");
    // Back and forward.
    await cell.click();
    await page.goBack();
    await soon(() => panelOpen(page), false);
    assert.equal(page.url(), server.url + OWN);
    await page.goForward();
    await soon(() => panelOpen(page), true);
    await page.mouse.click(200, 400);
    await soon(() => panelOpen(page), false);
    // A term says what it means above the panel.
    await page.goto(`${server.url}${OWN}?cell=payments/payment-processing@mvp`);
    await page.locator(".cell-panel .term").hover();
    const seen = await page.locator(".hint").evaluate((hint) => {
      const { left, top, width, height } = hint.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) === hint;
    });
    assert.ok(seen);
    // Shared.
    await page.goto(`${server.url}${OWN}?cell=security/secrets@mvp`);
    await soon(() => panelOpen(page), true);
    await page.locator('.cell-panel [data-go="0"]').click();
    await soon(() => page.url(), server.url + OWN);
    const top = await page.locator('tr[data-id="secrets"]').evaluate((row) => row.getBoundingClientRect().top);
    assert.ok(top > 100 && top < 800, `the cell is in sight: ${top}`);
    // One that is not there opens nothing.
    await page.goto(`${server.url}${OWN}?cell=security/nothing@mvp`);
    assert.equal(await panelOpen(page), false);
  }));

test("what is looked for and chosen is in the URL, Back takes it back, and nothing found says so", () =>
  on(OWN, {}, async (page, server) => {
    assert.equal(await rows(page).count(), 98);
    await page.locator(".filter-text").pressSequentially("encrypt");
    const some = await rows(page).count();
    assert.ok(some > 0 && some < 10, `${some} rows`);
    assert.equal(await page.locator(".shown").innerText(), `${some} of 98 aspects`);
    await page.locator(".filter-tag").selectOption("security");
    await page.locator(".filter-weight").selectOption("4");
    assert.match(page.url(), /\?q=encrypt&role=security&weight=4$/);
    const other = await page.context().newPage();
    await other.goto(page.url(), { waitUntil: "networkidle" });
    assert.equal(await rows(other).count(), await rows(page).count());
    await other.goto(`${server.url}${OWN}?role=security`, { waitUntil: "networkidle" });
    assert.ok(await other.evaluate(() => scrollY > 0), "it opens at the table");
    await page.goBack();
    await page.goBack();
    await soon(() => rows(page).count(), some);
    assert.equal(await page.locator(".filter-tag").inputValue(), "");
    await page.locator(".filter-text").fill("no such words");
    assert.equal(await rows(page).count(), 0);
    assert.equal(await page.locator(".matrix > .empty").innerText(), "No aspect fits all that you chose. Show everything");
    await page.locator(".show-all").press("Enter");
    assert.equal(await rows(page).count(), 98);
    assert.equal(page.url(), server.url + OWN);
    // Stages, shades and dimensions.
    await page.locator(".col-1").uncheck();
    await page.locator(".tint").selectOption("effort");
    await page.locator(".filter-group").selectOption("payments");
    assert.match(page.url(), /\?stages=mvp,10k,100k,1m&shade=effort&dimension=payments$/);
    assert.deepEqual(await page.locator(".matrix-table thead th:visible a").allInnerTexts(), ["MVP", "10k", "100k", "1M+"]);
    assert.equal(await page.locator(".matrix-table tbody[data-group]:visible").count(), 1);
    // What is copied and downloaded is what is shown.
    await page.locator(".copy-table").press("Enter");
    const copied = (await page.evaluate(() => navigator.clipboard.readText())).trim().split("\n");
    assert.equal(copied[0], "| Dimension | Aspect | MVP | 10k | 100k | 1M+ |");
    assert.equal(copied.length, 6);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".download-csv").press("Enter")]);
    const csv = readFileSync(await file.path(), "utf8").trim().split("\n");
    assert.equal(csv[0], "Dimension,Aspect,MVP,10k,100k,1M+");
    assert.equal(csv.length, 5);
    assert.match(csv[1], /^Payments & Billing,Payment Processing,Stripe Checkout,/);
  }));

test("a dimension folds, stays so, and opens while rows are looked for", () =>
  on(OWN, {}, async (page) => {
    const fold = page.locator('tbody[data-group="security"] .fold');
    assert.equal(await fold.getAttribute("aria-expanded"), "true");
    await fold.click();
    assert.equal(await fold.getAttribute("aria-expanded"), "false");
    assert.equal(await rows(page).count(), 94);
    await page.reload({ waitUntil: "networkidle" });
    assert.equal(await rows(page).count(), 94);
    await page.locator(".filter-text").fill("vault");
    assert.equal(await rows(page).count(), 1);
    await page.locator(".filter-text").fill("");
    assert.equal(await rows(page).count(), 94);
    await page.locator(".fold-all").click();
    assert.equal(await rows(page).count(), 0);
    await page.locator(".fold-all").click();
    assert.equal(await rows(page).count(), 98);
  }));

test("stages and the dimension stay in sight while the page scrolls, at every width of the header", async () => {
  for (const width of [768, 1280, 1920])
    await on(OWN, { viewport: { width, height: 900 } }, async (page) => {
      await page.locator('tr[data-id="secrets"]').evaluate((row) => window.scrollTo({ top: row.getBoundingClientRect().top + scrollY - 400, behavior: "instant" }));
      const at = await page.evaluate(() => {
        const bottom = (what) => document.querySelector(what).getBoundingClientRect().bottom;
        const box = (what) => document.querySelector(what).getBoundingClientRect();
        return {
          wide: document.documentElement.scrollWidth - innerWidth,
          head: Math.round(box(".matrix-table thead th").top - bottom(".site-header")),
          scrolls: getComputedStyle(document.querySelector(".matrix .scroll")).overflowY,
        };
      });
      assert.deepEqual(at, { wide: 0, head: 0, scrolls: "visible" }, `${width}`);
    });
});

test("the reader's own stage is a lit column, and what is shared keeps it", () =>
  on(OWN, {}, async (page) => {
    await page.locator("#my-stage").selectOption("mvp");
    const lit = await page.$$eval('tr[data-id="secrets"] > *', (cells) => cells.map((cell) => getComputedStyle(cell).borderInlineStartWidth));
    assert.equal(lit[2], "2px");
    assert.equal(lit[4], "0px");
    assert.deepEqual(await page.locator(".matrix-table thead .is-yours").allInnerTexts(), ["your stage", "next"]);
  }));

test("without JavaScript it is a table whose cells are links, and columns can be chosen", () =>
  on(OWN, plain, async (page) => {
    assert.equal(await page.locator("[role=grid], .fold, [tabindex='-1']:not(main)").count(), 0);
    assert.equal(await page.locator(".filters").isVisible(), false);
    assert.equal(await page.locator(".download-csv").isVisible(), true);
    await page.locator(".col-1").uncheck();
    assert.deepEqual(await page.locator(".matrix-table thead th:visible a").allInnerTexts(), ["MVP", "10k", "100k", "1M+"]);
    await page.locator('tr[data-id="secrets"] td').nth(1).locator("a").click();
    await page.waitForURL(/\/security\/secrets\/#mvp$/);
  }));

for (const javaScriptEnabled of [true, false])
  test(`on a phone one stage is shown, a name above its text (JavaScript ${javaScriptEnabled ? "on" : "off"})`, () =>
    on(OWN, { ...phone, javaScriptEnabled }, async (page) => {
      const row = page.locator('tr[data-id="secrets"]');
      const shown = () => row.locator("th:visible, td:visible").allInnerTexts();
      assert.deepEqual(await shown(), ["Secrets Management", ".env files Must"]);
      await page.locator(".pick-one label", { hasText: "10k" }).click();
      assert.deepEqual(await shown(), ["Secrets Management", "Secret manager (Vault)"]);
      const boxes = await row.locator("th:visible, td:visible").evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect()).map(({ top, bottom, width }) => ({ top, bottom, width })));
      assert.ok(boxes[0].bottom <= boxes[1].top + 1 && boxes[1].width > 300, JSON.stringify(boxes));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      if (!javaScriptEnabled) return;
      assert.match(page.url(), /\?stage=10k$/);
      await row.locator("td:visible a").click();
      await page.locator(".cell-panel [data-go='1']").click();
      assert.equal(await page.locator(".pick-one input:checked").getAttribute("value"), "100k");
      await page.locator(".cell-panel").evaluate((dialog) => Promise.all(dialog.getAnimations().map((moving) => moving.finished)));
      const sheet = await page.locator(".cell-panel").evaluate((dialog) => dialog.getBoundingClientRect().bottom - innerHeight);
      assert.ok(Math.abs(sheet) < 1, `from below: ${sheet}`);
    }));

test("nobody is hindered: axe finds nothing, in light, dark, on a phone, with a cell open, right to left", async () => {
  const cases = [
    [OWN, {}],
    [`${OWN}?cell=security/secrets@10k`, { colorScheme: "dark" }],
    [OWN, { ...phone, colorScheme: "dark" }],
    [`${OWN}?cell=security/secrets@mvp`, phone],
    [`${OWN}?weight=5&shade=none`, {}],
    [OWN, { forcedColors: "active" }],
  ];
  for (const [path, options] of cases)
    await on(path, options, async (page) => {
      if (path.includes("cell=")) await soon(() => panelOpen(page), true);
      await page.waitForTimeout(250);
      // A link half under the header would be too small for a finger, and is not.
      if (!path.includes("cell=")) await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(
        violations.map((v) => `${path} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" "))}`),
        [],
      );
    });
  await on(OWN, {}, async (page) => {
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    await page.locator('tr[data-id="secrets"] td').nth(0).locator("a").focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(page), "Environment variables Must");
  });
});

test("on paper it is a wide table of titles, all of it", () =>
  on(OWN, {}, async (page) => {
    await page.locator(".fold-all").click();
    await page.emulateMedia({ media: "print" });
    assert.equal(await rows(page).count(), 98);
    assert.equal(await page.locator(".fold:visible, .filters:visible, .table-tools > :not(.legend):visible, .pick-columns:visible, dialog:visible").count(), 0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString("latin1"));
    assert.ok(Number(box[1]) > Number(box[2]), `${box[1]} x ${box[2]}`);
  }));

test("a matrix too heavy for one page opens dimension by dimension", () =>
  on("/frameworks/f/matrix/", {}, async (page, server) => {
    const html = await (await fetch(`${server.url}/frameworks/f/matrix/`)).text();
    assert.ok(gzipSync(html).length < 60_000, `${gzipSync(html).length} bytes`);
    assert.equal(await rows(page).count(), 0);
    assert.equal(await page.locator(".matrix-table tbody[data-group] a").first().getAttribute("href"), "../d1/");
    await page.locator(".fold").nth(1).click();
    await soon(() => rows(page).count(), 40);
    const row = page.locator('tr[data-id="a1"]');
    assert.match(await row.innerText(), /^Thing 1 of /);
    assert.equal(await row.locator("td").count(), 10);
    assert.match(await row.locator("td").first().getAttribute("class"), /^e[1-5] i[1-5]$/);
    await row.locator("td").nth(2).locator("a").click();
    await soon(() => page.locator(".cell-panel .prose:visible").allInnerTexts().then((t) => t.join(" ").startsWith("Because of")), true);
    assert.match(page.url(), /cell=d2\/a1@s3$/);
    await page.keyboard.press("Escape");
    // Looking for something brings all of it.
    await page.locator(".filter-text").fill("3-2");
    await soon(() => page.locator(".shown").innerText().then((t) => / of 400 aspects$/.test(t)), true);
    assert.ok((await rows(page).count()) > 0);
    await page.locator(".filter-text").fill("");
    await page.locator(".filter-weight").selectOption("must");
    await soon(() => rows(page).count(), 1);
    // A shared cell opens though its rows are away.
    await page.goto(`${server.url}/frameworks/f/matrix/?cell=d9/a8@s9`);
    await soon(() => panelOpen(page), true);
  }, BIG));

test("without JavaScript the heads of a heavy matrix lead to the dimensions", () =>
  on("/frameworks/f/matrix/", plain, async (page) => {
    await page.locator(".matrix-table tbody a").nth(2).click();
    await page.waitForURL(/\/d3\/$/);
  }, BIG));

test("one that is wider than the screen scrolls within it, its first column in sight", () =>
  on("/frameworks/f/matrix/", {}, async (page) => {
    const at = await page.evaluate(() => {
      const box = document.querySelector(".matrix .scroll");
      box.scrollTo(400, 300);
      const first = document.querySelector(".matrix-table tbody tr:nth-child(6) th").getBoundingClientRect();
      return { wide: document.documentElement.scrollWidth - innerWidth, left: Math.round(first.left - box.getBoundingClientRect().left), moved: box.scrollLeft > 0 };
    });
    assert.deepEqual(at, { wide: 0, left: 1, moved: true });
  }, WIDE));

for (const [name, path, about] of [
  ["levels", "/frameworks/steady-delivery/matrix/", { shades: true, musts: true, groups: 0 }],
  ["prose", "/frameworks/open-project/matrix/", { shades: false, musts: false, groups: 0 }],
  ["questions", "/frameworks/desk-review/matrix/", { shades: true, musts: true, groups: 3 }],
])
  test(`${name}: only what the framework has is offered, and every cell opens`, () =>
    on(path, {}, async (page) => {
      assert.deepEqual(
        {
          shades: (await page.locator(".tint").count()) > 0,
          musts: (await page.locator(".matrix-table .must").count()) > 0,
          groups: await page.locator(".group-head").count(),
        },
        about,
      );
      const cells = page.locator(".matrix-table td a");
      const titles = [];
      for (const i of [0, 3, 7]) {
        await cells.nth(i).click();
        await soon(() => page.locator(".cell-panel-body").getAttribute("aria-busy"), null);
        titles.push(await page.locator(".cell-panel-body").innerText());
        await page.keyboard.press("Escape");
        await soon(() => panelOpen(page), false);
      }
      assert.ok(titles.every((text) => text.trim().length > 3), JSON.stringify(titles));
    }, fixture(name)));

test("a group's page has the matrix of its dimensions, whose cells open too", () =>
  on("/frameworks/desk-review/groups/hear/", {}, async (page) => {
    assert.equal(await page.locator(".matrix-table tbody[data-group]").count(), 2);
    assert.equal(await page.locator(".group-head").count(), 0);
    await page.locator(".matrix-table td a").first().click();
    assert.equal(await panelOpen(page), true);
    assert.match(page.url(), /\?cell=intake\/channels@/);
  }, fixture("questions")));
