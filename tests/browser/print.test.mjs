// On paper: frameworks lie on their side with titles only, colours that mean something stay, tables keep their heads, and all
// pages of a section are one document.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { visit } from "./reader.mjs";
import { KINDS } from "./server.mjs";
import { site } from "./site.mjs";

const axe = readFileSync(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const SHARED = "#answers:=10k&design=poc&core-features=mvp&data=poc&auth=mvp&security=poc&payments=none";
const on = (path, options, act) => visit(path, { bypassCSP: true, ...options }, act, { waitUntil: "networkidle" });

/** The sizes of a page's sheets in points. */
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return [...pdf.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map(([, box]) => box.split(" ").map(Number).slice(2));
}

test("a framework and its matrix lie on their side, a stage stands", async () => {
  for (const [kind, isWide] of [["framework", true], ["matrix", true], ["dimension", true], ["stage", false], ["playbook", false]])
    await on(KINDS[kind], {}, async (page) => {
      const boxes = await sheets(page);
      assert.ok(boxes.length, kind);
      for (const [width, height] of boxes) assert.equal(width > height, isWide, `${kind}: ${width} x ${height}`);
    });
});

test("a framework is printed with titles only, and with what its cells open by choice", () =>
  on(KINDS.dimension, {}, async (page) => {
    await page.evaluate(() => (window.print = () => (window.printed = document.documentElement.dataset.print)));
    await page.emulateMedia({ media: "print" });
    const more = page.locator(".cell-more").first();
    assert.ok(!(await more.isVisible()));
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Print with details" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => window.printed), "details");
    await page.emulateMedia({ media: "print" });
    assert.ok(await more.isVisible());
    assert.ok(await more.locator("> :not(summary)").first().isVisible());
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.ok(!(await more.isVisible()));
  }));

test("what is handed out has a button that prints it, with JavaScript alone", async () => {
  for (const kind of ["stage", "playbook", "dimension", "framework", "comparison"]) {
    await on(KINDS[kind], {}, async (page) => {
      await page.evaluate(() => (window.print = () => (window.printed = true)));
      await page.getByRole("button", { name: "Print", exact: true }).click();
      assert.ok(await page.evaluate(() => window.printed), kind);
    });
    await on(KINDS[kind], { javaScriptEnabled: false }, async (page) => assert.ok(!(await page.locator(".page-tools").isVisible())));
  }
});

test("tables keep their heads, and colours that mean something are printed", async () => {
  await on(KINDS.comparison, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    const of = (selector, what) => page.locator(selector).first().evaluate((e, what) => getComputedStyle(e)[what], what);
    assert.equal(await of(".grid thead", "display"), "table-header-group");
    assert.equal(await of(".grid tbody tr", "breakInside"), "avoid");
    assert.equal(await of(".grid tr.group", "breakAfter"), "avoid");
    assert.equal(await of(".change", "printColorAdjust"), "exact");
    assert.equal(await of(".scroll", "overflow"), "visible");
    for (const gone of [".page-tools", ".drawer-open", ".picker", ".page-footer"]) assert.ok(!(await page.locator(gone).first().isVisible()), gone);
  });
  await on(KINDS.framework, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".picture").first().evaluate((e) => getComputedStyle(e).printColorAdjust), "exact");
  });
});

test("of a self-assessment its result is printed, with a name, a date and its colours; without answers its questions", async () => {
  await on(KINDS.assessment + SHARED, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".result-who").isVisible());
    assert.match(await page.locator(".result-day").textContent(), /\d{4}/);
    assert.ok(!(await page.locator(".assess-dimension").first().isVisible()));
    assert.equal(await page.locator(".heat-table td").first().evaluate((e) => getComputedStyle(e).printColorAdjust), "exact");
    const last = page.locator(".heat-table tbody tr").last();
    const [row, box] = [await last.boundingBox(), await page.locator(".result .scroll").boundingBox()];
    assert.ok(row.y + row.height <= box.y + box.height + 1, "the last row is whole");
  });
  await on(KINDS.assessment, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".assess-dimension").first().isVisible());
    assert.ok(!(await page.locator(".result").isVisible()));
  });
});

test("all pages of a section are one document, each begins a sheet, and links lead within it", async () => {
  await on("/guides/", { reducedMotion: "reduce" }, async (page) => {
    await page.getByRole("link", { name: "All of it to print" }).click();
    await page.waitForURL(/print\.html$/);
    const { violations } = await page.addScriptTag({ content: axe }).then(() => page.evaluate(() => axe.run()));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
    const first = page.locator(".printed-contents a").nth(2);
    const title = await first.textContent();
    await first.click();
    await page.waitForTimeout(100);
    const heading = page.locator(".printed > h2", { hasText: title });
    const { y } = await heading.boundingBox();
    assert.ok(y >= 56 && y < 400, `${title} at ${y}`);
    assert.ok((await sheets(page)).length >= (await page.locator(".printed").count()));
  });
  const validator = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y"], rules: { "long-title": "off", "no-trailing-whitespace": "off" } });
  for (const name of ["guides", "playbooks"]) {
    const report = await validator.validateString(readFileSync(join(site(), name, "print.html"), "utf8"));
    assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${m.line}: ${m.message}`)), []);
  }
});
