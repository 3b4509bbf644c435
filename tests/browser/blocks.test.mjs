// Blocks of texts: by keyboard, without scripts, on paper, on a phone and a desk, in light and dark, for everyone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { binary, root } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["/guides/blocks/", "/guides/more-tabs/", "/frameworks/growth/security/secrets/"];

let server, chromium, output;
before(async () => {
  const copy = mkdtempSync(join(tmpdir(), "guidepost-blocks-"));
  cpSync(join(root, "tests/blocks"), copy, { recursive: true });
  execFileSync(binary, ["build", "--strict", "--quiet", "--root", copy], { stdio: "pipe" });
  output = join(copy, "output");
  server = await host(output);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** A page as one reader sees it, and what its console said. */
async function open(path, options = {}) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(server.url + path, { waitUntil: "networkidle" });
  return { context, page, said };
}

/** Scripts of blocks come after the page: asks again until the answer is the one that is right. */
async function soon(ask, expected) {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return assert.deepEqual(await ask(), expected);
    } catch {
      await new Promise((later) => setTimeout(later, 40));
    }
  }
  assert.deepEqual(await ask(), expected);
}

const shown = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((e) => e.checkVisibility()));

test("every page is valid, fits, and hinders nobody", async () => {
  const validator = new HtmlValidate({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: { "no-trailing-whitespace": "off", "long-title": "off" },
  });
  for (const path of PAGES) {
    const report = await validator.validateString(readFileSync(join(output, path, "index.html"), "utf8"));
    assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}: ${m.ruleId} ${m.message}`)), [], path);
    for (const width of [390, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        const { context, page, said } = await open(path, { viewport: { width, height: 900 }, colorScheme });
        if (colorScheme === "dark") await page.selectOption("#my-stage", "mvp");
        await page.locator("main details").evaluateAll((all) => all.forEach((e) => (e.open = true)));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), [], `${path} ${width} ${colorScheme}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} fits ${width}`);
        assert.deepEqual(said, [], path);
        const ids = await page.locator("[id]").evaluateAll((all) => all.map((e) => e.id));
        assert.equal(new Set(ids).size, ids.length, path);
        await context.close();
      }
    }
  }
});

test("tabs are chosen with arrow keys, and the choice holds everywhere", async () => {
  const { context, page } = await open("/guides/blocks/");
  const group = page.locator(".tabs").first();
  await group.locator("input").first().focus();
  await page.keyboard.press("ArrowRight");
  await soon(() => shown(page, ".tab-panel"), [false, true, false, false, true, false]);
  await page.goto(`${server.url}/guides/more-tabs/`);
  await soon(() => shown(page, ".tab-panel"), [false, true, false]);
  // A choice that is no tab's changes nothing.
  await page.evaluate(() => localStorage.setItem(Object.keys(localStorage).find((key) => key.endsWith(":tabs")), '{"os":"beos"}'));
  await page.reload();
  assert.deepEqual(await shown(page, ".tab-panel"), [true, false, false]);
  await context.close();
});

test("a link opens the tab that it leads to, with and without scripts", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { context, page } = await open("/guides/more-tabs/", { javaScriptEnabled });
    await page.getByRole("link", { name: "system" }).click();
    await page.waitForURL("**/blocks/#tab-windows");
    await soon(() => page.locator("#tab-windows").isVisible(), true);
    await context.close();
  }
});

test("without scripts tabs can be chosen, and what belongs to stages is open", async () => {
  const { context, page } = await open("/guides/blocks/", { javaScriptEnabled: false });
  await page.getByRole("radio", { name: "macOS" }).first().check();
  assert.deepEqual(await shown(page, ".tab-panel"), [false, true, false, true, false, false]);
  assert.deepEqual(await page.locator(".only").evaluateAll((all) => all.map((e) => e.open)), [true, true]);
  await page.locator(".zoom").click();
  await page.waitForURL("**/layers.svg");
  await context.close();
});

test("what belongs to other stages folds when the reader has one", async () => {
  const { context, page } = await open("/guides/blocks/");
  const open_ = () => page.locator(".only").evaluateAll((all) => all.map((e) => e.open));
  await page.selectOption("#my-stage", "mvp");
  await soon(open_, [false, true]);
  await page.locator(".only summary").first().press("Enter");
  assert.deepEqual(await open_(), [true, true]);
  await page.reload();
  await soon(open_, [false, true]);
  await page.selectOption("#my-stage", "");
  await soon(open_, [true, true]);
  await context.close();
});

test("on paper everything is there, each tab below its label", async () => {
  const { context, page } = await open("/guides/blocks/");
  await page.selectOption("#my-stage", "mvp");
  await page.emulateMedia({ media: "print" });
  assert.ok((await shown(page, ".tab-panel")).every(Boolean));
  const order = await page.locator(".tabs").first().evaluate((tabs) => [...tabs.children].map((e) => e.getBoundingClientRect().top));
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(await page.getByText("Make a backup, and restore it once.").isVisible());
  assert.ok(await page.getByText("Leave it out.").isVisible());
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.deepEqual(await page.locator(".only").evaluateAll((all) => all.map((e) => e.open)), [false, true]);
  await context.close();
});

test("a figure's picture opens in full size, and closes", async () => {
  const { context, page } = await open("/guides/blocks/");
  await page.locator(".zoom").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Three layers, drawn as boxes" });
  assert.ok(await dialog.isVisible());
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((v) => v.id), []);
  await page.keyboard.press("Escape");
  await page.locator("dialog.zoomed").waitFor({ state: "detached" }); // it is taken away in a task of its own
  assert.ok(await page.locator(".zoom").evaluate((link) => link === document.activeElement));
  await page.locator(".zoom").click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.locator("dialog.zoomed").waitFor({ state: "detached" });
  await context.close();
});

test("a card leads where its title does", async () => {
  const { context, page } = await open("/guides/blocks/");
  await page.locator(".card").first().click({ position: { x: 20, y: 100 } });
  await page.waitForURL("**/guides/more-tabs/");
  await context.close();
});
