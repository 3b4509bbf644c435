// A framework's own words, in what scripts say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { edited } from "./site.mjs";

const BASE = "/frameworks/product-maturity/";
const WORDS = `
[words]
stage = ["zorp", "zorps"]
dimension = ["quib", "quibs"]
aspect = ["flem", "flems"]
`;

test("scripts speak the framework's words, and count", async () => {
  const server = await host(edited((_, change) => change("content/frameworks/product-maturity/framework.toml", (text) => text + WORDS)));
  const chromium = await browser();
  const page = await chromium.newPage();
  const complaints = [];
  page.on("pageerror", (e) => complaints.push(e.message));
  try {
    await page.goto(`${server.url}${BASE}assess/`);
    const status = page.locator(".result-status");
    assert.equal(await status.innerText(), "Answer for at least one quib, and the result appears here.");
    await page.locator("[name=security][value=poc]").check();
    assert.equal(await status.innerText(), "4 of 98 flems answered.");
    assert.match(await page.locator(".radar").getAttribute("aria-label"), /^All quibs around a circle/);
    assert.equal(await page.locator(".heat-table caption").innerText(), "How much of each quib has reached each zorp");

    await page.goto(`${server.url}${BASE}security/`);
    await page.locator("#my-stage").selectOption("mvp");
    assert.equal(await page.locator("thead .is-yours").first().innerText(), "your zorp");

    await page.goto(`${server.url}/search/`);
    const filters = page.locator(".search-filters select");
    assert.equal(await filters.nth(1).locator("option").first().innerText(), "Any zorp");
    await page.locator(".search-page input").fill("security");
    await page.locator(".search-results h2:not(.vh)").first().waitFor();
    await page.waitForFunction(() => document.querySelector(".search-results").dataset.query === "security");
    const kinds = await page.locator(".search-results h2").allTextContents();
    assert.ok(kinds.includes("Flems") && !kinds.includes("Aspects"), kinds.join());
    assert.deepEqual(complaints, []);
  } finally {
    await chromium.close();
    server.close();
  }
});
