// Every kind of page, on a phone and a desk, light and dark: nothing an automatic check of WCAG finds, no
// sideways scroll, no complaint in the console, no request that fails or leaves the site.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { chromium, server } from "./reader.mjs";
import { host, KINDS } from "./server.mjs";
import { edited } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Loaded, scripts run, and the search has answered where there is one. */
async function settle(page) {
  await page.waitForLoadState("load");
  if (page.url().includes("/search/")) await page.locator(".search-results h2").first().waitFor();
}

for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"])
    test(`every kind of page at ${width} pixels, ${colorScheme}`, async () => {
      // The checker is put in by the test, so here the policy is off; it holds in all other tests.
      const context = await chromium.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const problems = [];
      for (const [kind, path] of Object.entries(KINDS)) {
        const page = await context.newPage();
        page.on("console", (m) => m.type() === "error" && problems.push(`${kind}: ${m.text()}`));
        page.on("pageerror", (e) => problems.push(`${kind}: ${e.message}`));
        page.on("requestfailed", (r) => problems.push(`${kind}: ${r.url()} failed`));
        page.on("request", (r) => r.url().startsWith(server.url) || r.url().startsWith("blob:") || problems.push(`${kind}: asks for ${r.url()}`));
        page.on("response", (r) => r.status() >= 400 && problems.push(`${kind}: ${r.url()} ${r.status()}`));
        await page.goto(server.url + path);
        await settle(page);
        // What is folded counts too.
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) problems.push(`${kind}: ${wide} pixels wider than the screen`);
        await page.addScriptTag({ content: axe });
        const { violations } = await page.evaluate(() =>
          // eslint-disable-next-line no-undef
          axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
        );
        for (const v of violations) problems.push(`${kind}: ${v.id} ${v.nodes.length}x, such as ${v.nodes[0].html.slice(0, 160)}`);
        await page.close();
      }
      await context.close();
      assert.deepEqual(problems, []);
    });

for (const accent of ["#ffcc00", "#8b0000", "#3b82f6"])
  test(`with the accent ${accent} everything can be read`, async () => {
    const folder = edited((_, change) => change("guidepost.toml", (text) => `${text}\n[brand]\naccent = "${accent}"\n`));
    const branded = await host(folder);
    const problems = [];
    for (const colorScheme of ["light", "dark"]) {
      const page = await chromium.newPage({ colorScheme, bypassCSP: true });
      for (const kind of ["home", "guide", "framework", "dimension", "playbook", "comparison", "assessment"]) {
        await page.goto(branded.url + KINDS[kind]);
        await page.addScriptTag({ content: axe });
        // eslint-disable-next-line no-undef
        const { violations } = await page.evaluate(() => axe.run({ runOnly: ["color-contrast"] }));
        for (const v of violations) problems.push(`${kind}, ${colorScheme}: ${v.nodes.length}x, such as ${v.nodes[0].html.slice(0, 160)}`);
      }
      await page.close();
    }
    branded.close();
    assert.deepEqual(problems, []);
  });

test("under the strict policy no page complains", async () => {
  const page = await chromium.newPage();
  const problems = [];
  page.on("console", (m) => m.type() === "error" && problems.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => problems.push(`${page.url()}: ${e.message}`));
  for (const path of Object.values(KINDS)) {
    await page.goto(server.url + path);
    await settle(page);
  }
  await page.close();
  assert.deepEqual(problems, []);
});

test("nothing moves while a page loads, whatever the reader has chosen before", async () => {
  const context = await chromium.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    localStorage.setItem("guidepost:/:stage:product-maturity", '"mvp"');
    localStorage.setItem("guidepost:theme", "dark");
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const moved = [];
  for (const [kind, path] of Object.entries(KINDS)) {
    await page.goto(server.url + path);
    await settle(page);
    // Two frames, so that what moved has been counted.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shift = await page.evaluate(() => window.shift);
    if (shift > 0.01) moved.push(`${kind}: ${shift}`);
  }
  await context.close();
  assert.deepEqual(moved, []);
});
