// The header's menus: by keyboard, by pointer, without JavaScript, on a wide screen and on the narrowest that has them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { edited } from "./site.mjs";

const axe = readFileSync(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const NAV = `[nav]
items = [
  { to = "product-maturity", title = "Framework" },
  "guides",
  { title = "Compare", items = ["@poc..mvp", { to = "https://example.com/", title = "Other models" }] },
  "playbooks",
  "glossary",
  "@mvp",
  "guides/what-to-build",
  { title = "More guidance", items = ["guides/editorial-guide", "guides/choosing-your-stage"] },
]
`;
let folder, server, chromium;

before(async () => {
  folder = edited((_, change) => change("guidepost.toml", (text) => text.replace(/\[nav\][^]*?\n\]\n/, NAV)));
  server = await host(folder);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const screens = { wide: { width: 1280, height: 900 }, narrow: { width: 920, height: 844 } };

/** Runs a test on a page of its own. */
async function on(options, act) {
  const context = await chromium.newContext({ viewport: screens.wide, bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(`${server.url}/guides/editorial-guide/`);
  await act(page);
  await context.close();
}
const open = (page) => page.locator(".menu[open]").count();
const more = (page) => page.locator(".menu summary", { hasText: /^More$/ });

test("what does not fit into the header is in its last menu, and nothing is missing", () =>
  on({}, async (page) => {
    const shown = await page.locator(".site-nav > ul > li > a, .site-nav summary").allInnerTexts();
    assert.deepEqual(shown, ["Framework", "Guides", "Compare", "Playbooks", "Glossary", "MVP", "More"]);
    assert.equal(await page.locator(".site-nav a").count(), 10);
    assert.equal(await page.locator(".menu:last-of-type [aria-current]", { hasText: "Editorial guide" }).count(), 1);
    assert.equal(await more(page).getAttribute("aria-current"), "true");
  }));

test("a menu opens and closes by keyboard, and Escape leads back to what opened it", () =>
  on({}, async (page) => {
    await more(page).focus();
    await page.keyboard.press("Enter");
    assert.equal(await open(page), 1);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Deciding what to build");
    await page.keyboard.press("Escape");
    assert.equal(await open(page), 0);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "More");
    await page.keyboard.press("Space");
    assert.equal(await open(page), 1);
    for (let i = 0; i < 4; i += 1) await page.keyboard.press("Tab");
    assert.equal(await open(page), 0, "the focus has moved on");
  }));

test("a click beside a menu closes it, and so does another menu", () =>
  on({}, async (page) => {
    await page.locator(".menu summary").first().click();
    await more(page).click();
    assert.equal(await open(page), 1);
    await page.locator("h1").click({ position: { x: 1, y: 1 } });
    assert.equal(await open(page), 0);
  }));

for (const [name, viewport] of Object.entries(screens))
  for (const colorScheme of ["light", "dark"])
    test(`on a ${name} screen, ${colorScheme}, menus move nothing, lie on the screen and can be read`, () =>
      on({ viewport, colorScheme }, async (page) => {
        const top = () => page.locator("h1").evaluate((h1) => h1.getBoundingClientRect().top);
        const before = await top();
        for (const summary of await page.locator(".menu summary").all()) {
          await summary.click();
          assert.equal(await top(), before);
          const list = await page.locator(".menu[open] > ul").boundingBox();
          assert.ok(list.x >= 0 && list.x + list.width <= viewport.width, JSON.stringify(list));
          await page.addScriptTag({ content: axe });
          const { violations } = await page.evaluate(() => axe.run(".site-header"));
          assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
        }
      }));

test("without JavaScript a menu opens, and opening another closes it", () =>
  on({ javaScriptEnabled: false }, async (page) => {
    await page.locator(".menu summary").first().click();
    await more(page).press("Enter");
    assert.equal(await open(page), 1);
    await page.locator(".menu[open] a", { hasText: "Choosing your stage" }).click();
    await page.waitForURL(/choosing-your-stage/);
  }));

test("menus are valid HTML and are not printed", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y"], rules: { "long-title": "off", "no-trailing-whitespace": "off" } });
  const report = await validator.validateString(readFileSync(join(folder, "guides/index.html"), "utf8"));
  assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}: ${m.message}`)), []);
  await on({}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".menu").first().isVisible()));
  });
});
