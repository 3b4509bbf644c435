// Code and data as readers use them: copied and sorted by keyboard, read without JavaScript, printed, on a phone and a desk.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { binary, pages, root } from "./site.mjs";

const AXE = readFileSync(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
/** Of these pages, a screenshot at every width and in both themes goes into this folder. */
const SHOTS = process.env.SHOTS;

let chromium, server, output;
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "guidepost-code-"));
  cpSync(join(root, "tests/code"), folder, { recursive: true });
  execFileSync(binary, ["build", "--strict", "--quiet", "--root", folder], { stdio: "pipe" });
  output = join(folder, "output");
  server = await host(output);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** Opens a page, and sees to it that no script fails and no rule of the policy is broken. */
async function open(path, options, use) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  try {
    await page.goto(server.url + path);
    await use(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
/** What screen readers were told, when it says this. */
const told = (page, text) => page.locator(".announcements", { hasText: text }).waitFor({ state: "attached" });

test("the pages are valid HTML", async () => {
  const validator = new HtmlValidate({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: { "no-trailing-whitespace": "off", "long-title": "off" },
  });
  const problems = [];
  for (const file of pages(output)) {
    const report = await validator.validateString(readFileSync(file, "utf8"), file);
    for (const { messages } of report.results) for (const m of messages) problems.push(`${file.slice(output.length)}:${m.line} ${m.ruleId}: ${m.message}`);
  }
  assert.deepEqual(problems, []);
});

for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"])
    test(`accessible and within the page at ${width} pixels, ${colorScheme}`, async () => {
      for (const path of ["/code/", "/data/"])
        await open(path, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (page) => {
          await page.locator(".copy-code, .sort").first().waitFor({ state: "attached" });
          if (SHOTS) await page.screenshot({ path: `${SHOTS}${path.replaceAll("/", "")}-${width}-${colorScheme}.png`, fullPage: true });
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is too wide`);
          await page.evaluate(AXE);
          const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
          const violations = found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)} ${n.failureSummary}`));
          assert.deepEqual(violations, []);
        });
    });

test("code is copied by keyboard, without what nobody would type", async () => {
  await open("/code/", {}, async (page) => {
    const copied = async (n) => {
      const button = page.locator(".copy-code").nth(n);
      await button.focus();
      assert.equal(await button.evaluate((b) => getComputedStyle(b).opacity), "1", "the button that has the focus is seen");
      await page.keyboard.press("Enter");
      await told(page, "The code is copied.");
      return clipboard(page);
    };
    assert.equal(await copied(0), 'fn main() {\n    println!("Hello"); // a greeting\n}');
    assert.match(await copied(1), /^\/\* Settings of the program,\n {3}read once .*\*\/\nexport interface/);
    assert.equal(await copied(2), 'import os\n\nTIMEOUT = int(os.environ.get("TIMEOUT", "30"))\nRETRIES = 3\nHOST = "localhost"');
    assert.equal(await copied(3), "git switch --create settings\ndocker run --rm \\\n    --env TIMEOUT=5 example/app");
    assert.equal(await copied(6), 'def load(path):\n    """Reads settings.');
    // A preview that has changed the page starts its scripts again.
    await page.evaluate(() => document.dispatchEvent(new CustomEvent("guidepost:update")));
    assert.equal(await page.locator(".copy-code").count(), await page.locator("pre").count());
    // Every button has a name, and is reached after the code that it copies.
    await page.locator("pre").first().focus();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Copy this code");
  });
});

test("lines have their numbers, and what is selected has none", async () => {
  await open("/code/", {}, async (page) => {
    const lines = page.locator("pre.numbers").first().locator(".line");
    assert.deepEqual(await lines.evaluateAll((all) => all.map((line) => line.dataset.line)), ["98", "99", "100", "101", "102", "103", "104"]);
    assert.deepEqual(await lines.evaluateAll((all) => all.flatMap((line, i) => (line.matches("mark.marked") ? [i + 1] : []))), [2, 4, 5]);
    assert.equal(await page.locator("pre.numbers").last().locator(".line").first().getAttribute("data-line"), "5");
    const selected = await page.evaluate(() => {
      const selection = getSelection();
      selection.selectAllChildren(document.querySelector("pre.diff code"));
      return selection.toString();
    });
    assert.match(selected, /^import os\n\nTIMEOUT = 30\nTIMEOUT = int/);
    // A line is as tall as a line of any other block, and an empty one as well.
    const heights = await page.locator("pre.diff .line").evaluateAll((all) => all.map((line) => Math.round(line.getBoundingClientRect().height)));
    assert.equal(new Set(heights).size, 1, String(heights));
  });
});

test("tables are sorted by keyboard: up, down, and back", async () => {
  await open("/data/", {}, async (page) => {
    const table = page.locator("table.data").first();
    const column = (n) => table.locator(`tbody td:nth-child(${n})`).allTextContents();
    const original = await column(1);
    const head = table.locator("th").nth(2);
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await column(3), ["0,00 €", "99,90 €", "1.190,50 €", "–"]);
    await told(page, "Sorted by Price per month, from first to last");
    await page.keyboard.press("Space");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.deepEqual(await column(3), ["1.190,50 €", "99,90 €", "0,00 €", "–"]);
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), null);
    assert.deepEqual(await column(1), original);
    await told(page, "In the order of the table's source");
    await table.locator("th").first().locator("button").click();
    assert.deepEqual(await column(1), ["Enterprise", "Free", "Starter", "Team"]);
    assert.equal(await table.locator("[aria-sort]").count(), 1);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent("guidepost:update")));
    assert.equal(await table.locator(".sort").count(), 4);
  });
});

test("everything is there without JavaScript, and the file can be had", async () => {
  await open("/data/", { javaScriptEnabled: false }, async (page) => {
    const table = page.getByRole("table", { name: "Prices in 2026" });
    assert.equal(await table.getByRole("columnheader").count(), 4);
    assert.equal(await table.getByRole("row").count(), 5);
    const align = (cell) => cell.evaluate((td) => getComputedStyle(td).textAlign);
    assert.equal(await align(table.locator("td").nth(2)), "end");
    assert.equal(await align(table.locator("td").first()), "start");
    assert.equal(await page.locator(".sort").count(), 0);
    const href = await page.getByRole("link", { name: "Download prices.csv" }).getAttribute("href");
    const file = await fetch(new URL(href, page.url()));
    assert.match(await file.text(), /^Plan;Users/);
  });
  await open("/code/", { javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator(".copy-code").count(), 0);
    assert.equal(await page.locator("figure.code figcaption").first().innerText(), "src/settings.ts");
    assert.match(await page.locator("figure.code").nth(2).innerText(), /def load\(path\):/);
  });
});

test("on paper no line is cut off, and nothing can be pressed", async () => {
  await open("/code/", { viewport: { width: 700, height: 900 } }, async (page) => {
    await page.emulateMedia({ media: "print" });
    if (SHOTS) await page.screenshot({ path: `${SHOTS}code-print.png`, fullPage: true });
    const cut = await page.locator("pre").evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length);
    assert.equal(cut, 0);
    assert.equal(await page.locator(".copy-code:visible").count(), 0);
  });
});
