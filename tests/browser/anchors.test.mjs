// Headings under the ids they had before, bare addresses, and an author's own page for missing pages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { binary, pages } from "./site.mjs";

const axe = readFileSync(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const LONG = `https://example.org/${"a-very-long-path/".repeat(12)}`;
const filler = "A paragraph that takes some room on the page.\n\n".repeat(30);

const FILES = {
  "guidepost.toml": 'title = "Anchors"\n[export]\npages = ["md", "json"]\n',
  "content/index.md": "+++\ndescription = \"Home.\"\n+++\n[A](guides/a.md)\n",
  "content/guides/index.md": "+++\ndescription = \"Guides.\"\n+++\n# Guides\n",
  "content/guides/a.md": `+++\ndescription = "About A."\n+++\n# A guide\n\nSee ${LONG}, www.example.org or team@example.org.\n\n${filler}## Read & write\n\nText.\n\n${filler}`,
  "content/404.md": "# Nothing is here\n\nWe moved many pages. Begin at [the start](index.md), or read [[guides/a|a guide]].\n\n- Perhaps it has another name now\n- Perhaps it is gone\n",
};

let chromium, server, output;

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "guidepost-anchors-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync(binary, ["build", "--strict", "--quiet", "--root", folder], { stdio: "pipe" });
  output = join(folder, "output");
  server = await host(output);
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  server?.close();
});

async function open(path, options, use) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const told = [];
    page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && told.push(message.text()));
    await page.goto(server.url + path);
    await use(page);
    assert.deepEqual(told, []);
  } finally {
    await context.close();
  }
}

for (const id of ["read--write", "read-write"])
  test(`#${id} leads to its heading without JavaScript`, () =>
    open(`/guides/a/#${id}`, { javaScriptEnabled: false, reducedMotion: "reduce" }, async (page) => {
      const heading = page.getByRole("heading", { name: "Read & write" });
      const header = await page.locator(".site-header").boundingBox();
      // The page may still be on its way there.
      let at;
      for (let i = 0; i < 50 && !(at < 300); i++) {
        if (i) await page.waitForTimeout(100);
        at = (await heading.boundingBox()).y;
      }
      assert.ok(at >= header.y + header.height && at < 300, `the heading stands at ${at}`);
    }));

test("an author's page for missing pages is led on from by keyboard, at any depth", () =>
  open("/some/where/else/", { javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator("h1").textContent(), "Nothing is here");
    const link = page.getByRole("link", { name: "a guide", exact: true });
    for (let i = 0; i < 60 && !(await link.evaluate((element) => element === document.activeElement)); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/guides/a/");
    assert.equal(await page.locator("h1").textContent(), "A guide");
  }));

for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"])
    for (const path of ["/guides/a/", "/guides/", "/nowhere/"])
      test(`${path} at ${width} pixels, ${colorScheme}`, () =>
        open(path, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (page) => {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${wide} pixels too wide`);
          await page.addScriptTag({ content: axe });
          const { violations } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
          assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html)}`), []);
          if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${path.replaceAll("/", "_")}-${width}-${colorScheme}.png`) });
        }));

test("printed, an address that is its own text is said once", () =>
  open("/guides/a/", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    const after = await page.locator('.prose a[href="http://www.example.org"]').evaluate((link) => getComputedStyle(link, "::after").content);
    assert.ok(["none", "normal", '""'].includes(after), after);
  }));

test("every page is valid HTML", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "void-style": "off", "no-trailing-whitespace": "off", "long-title": "off" } });
  const problems = [];
  for (const file of pages(output)) {
    const report = await validator.validateString(readFileSync(file, "utf8"), file);
    for (const { messages } of report.results)
      for (const m of messages) problems.push(`${file.slice(output.length)}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  }
  assert.deepEqual(problems.slice(0, 20), []);
});
