// Diagrams and formulas: valid, accessible and within the page on a phone and a desk, light and dark, under a strict policy,
// without JavaScript, by keyboard and on paper.
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
import { binary, pages, root } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["/diagrams/", "/formulas/"];
let output, server, chromium;

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "guidepost-pictures-"));
  cpSync(join(root, "tests/pictures"), folder, { recursive: true });
  execFileSync(binary, ["build", "--strict", "--quiet", "--root", folder], { stdio: "pipe" });
  output = join(folder, "output");
  server = await host(output);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

test("every page is valid HTML", async () => {
  const validator = new HtmlValidate({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: { "no-trailing-whitespace": "off", "long-title": "off" },
  });
  const problems = [];
  for (const file of pages(output)) {
    const report = await validator.validateString(readFileSync(file, "utf8"), file);
    for (const { messages } of report.results)
      for (const m of messages) problems.push(`${file.slice(output.length)}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  }
  assert.deepEqual(problems.slice(0, 20), []);
});

for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"])
    test(`nothing is wrong with the pages at ${width} pixels, ${colorScheme}`, async () => {
      const problems = [];
      for (const path of PAGES) {
        // The checker is put in by the test, so there the policy is off; the first page holds to it.
        for (const bypassCSP of [false, true]) {
          const context = await chromium.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
          const page = await context.newPage();
          page.on("console", (m) => m.type() === "error" && problems.push(`${path}: ${m.text()}`));
          await page.goto(server.url + path);
          if (bypassCSP) {
            await page.addScriptTag({ content: axe });
            const { violations } = await page.evaluate(() =>
              // eslint-disable-next-line no-undef
              axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
            );
            for (const v of violations) problems.push(`${path}: ${v.id} ${v.nodes.length}x, such as ${v.nodes[0].html.slice(0, 160)}`);
          }
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) problems.push(`${path}: ${wide} pixels wider than the screen`);
          await context.close();
        }
      }
      assert.deepEqual(problems, []);
    });

test("words in diagrams can be read: on a phone too, in both schemes, with forced colours", async () => {
  const problems = [];
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }])
    for (const width of [390, 1280]) {
      const context = await chromium.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: false, ...options });
      const page = await context.newPage();
      await page.goto(server.url + "/diagrams/");
      const found = await page.evaluate(() => {
        const light = (colour) => {
          const [r, g, b] = colour.match(/[\d.]+/g).map((n) => {
            const c = Number(n) / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
        const bad = [];
        for (const text of document.querySelectorAll(".diagram text")) {
          const name = text.textContent.slice(0, 30);
          const scale = text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize);
          if (scale < 8.9) bad.push(`${name}: ${scale.toFixed(1)} pixels high`);
          const box = text.getBoundingClientRect();
          const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          // The last shape before the words that they stand on.
          const shapes = [...text.closest("svg").querySelectorAll("rect, polygon, circle, ellipse")].filter((shape) => {
            if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
            const { fill, fillOpacity } = getComputedStyle(shape);
            const b = shape.getBoundingClientRect();
            return fill.startsWith("rgb") && fillOpacity !== "0" && b.left <= middle[0] && b.right >= middle[0] && b.top <= middle[1] && b.bottom >= middle[1];
          });
          const ground = getComputedStyle(shapes.at(-1)).fill;
          const ratio = contrast(getComputedStyle(text).fill, ground);
          if (ratio < 4.5) bad.push(`${name}: ${getComputedStyle(text).fill} on ${ground}, ${ratio.toFixed(1)} to 1`);
        }
        return bad;
      });
      problems.push(...found.map((problem) => `${JSON.stringify(options)} ${width}: ${problem}`));
      await context.close();
    }
  assert.deepEqual(problems, []);
});

test("a diagram says what it shows, and the keyboard reaches what is in it", async () => {
  const context = await chromium.newContext({ viewport: { width: 390, height: 900 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url + "/diagrams/");
  assert.equal(await page.getByRole("img", { name: "A guide is a page, and a page has many sections." }).count(), 1);
  const link = page.getByRole("link", { name: "Web app" });
  await link.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/formulas/");
  // What is wider than the screen is scrolled to.
  const wide = page.locator(".math-display").last();
  await wide.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => [...document.querySelectorAll(".math-display")].at(-1).scrollLeft > 0);
  await context.close();
});

test("on paper everything fits", async () => {
  const context = await chromium.newContext({ viewport: { width: 480, height: 1000 } });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  for (const path of PAGES) {
    await page.goto(server.url + path);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll(".diagram svg")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).length,
    );
    assert.equal(cut, 0, path);
  }
  await context.close();
});
