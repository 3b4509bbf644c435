// What people come for, and how many clicks it takes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./reader.mjs";

const BASE = "/frameworks/product-maturity/";

/** Does a task from a page on. Whatever is clicked has to be in sight, and clicks are counted. */
function task(name, from, most, act) {
  test(`${name}: ${most} ${most === 1 ? "click" : "clicks"}`, () =>
    visit(from, { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" }, async (page) => {
      let clicks = 0;
      const click = async (place) => {
        clicks += 1;
        const box = await place.boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= 800, `click ${clicks} is not in sight: ${JSON.stringify(box)}`);
        await place.click();
      };
      await act(page, click);
      assert.ok(clicks <= most, `${clicks} clicks`);
    }));
}

/** Is a place in the upper part of the window, with nothing over it? */
const isInSight = (page, selector) =>
  page.waitForFunction((selector) => {
    const place = document.querySelector(selector);
    const box = place?.getBoundingClientRect();
    if (!box || box.top < 0 || box.top > innerHeight * 0.75) return false;
    const top = document.elementFromPoint(box.left + 8, box.top + Math.min(box.height, 20) / 2);
    return top !== null && (place === top || place.contains(top) || top.contains(place));
  }, selector, { timeout: 5000 });

task("I am at MVP: what must I build for security?", "/", 2, async (page, click) => {
  await click(page.locator(".glance thead a", { hasText: "MVP" }));
  await page.waitForURL(`**${BASE}mvp/`);
  await click(page.locator('.stage-parts a[href="#security"]'));
  await isInSight(page, "#security");
  assert.match(await page.locator("section[aria-labelledby=security]").innerText(), /Secrets Management/);
});

task("what changes from 10k to 100k in payments?", "/", 2, async (page, click) => {
  await click(page.locator(".home-steps a", { hasText: "10k to 100k" }));
  await page.waitForURL("**/10k-vs-100k/");
  await page.locator('.work a[href="#payments"]').scrollIntoViewIfNeeded();
  await click(page.locator('.work a[href="#payments"]'));
  await isInSight(page, "#payments .group a");
});

task("when do I add rate limiting? One query", "/", 0, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("when to add rate limiting");
  await page.keyboard.press("Enter");
  await page.waitForURL(/reliability\/rate-limiting/);
});

task("share a checklist", `${BASE}mvp/`, 2, async (page, click) => {
  await click(page.locator(".first-things .checklist input").first());
  await page.locator(".checks-tools [data-do=share]").scrollIntoViewIfNeeded();
  await click(page.locator(".checks-tools [data-do=share]"));
  await page.getByText("Link copied").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /#ticks:/);
});

task("find a term", "/", 2, async (page, click) => {
  await click(page.locator(".site-nav a", { hasText: "Glossary" }));
  await page.waitForURL("**/glossary/");
  await click(page.locator(".letters a", { hasText: /^P$/ }));
  await isInSight(page, "#pkce");
});

task("print POC v1", "/", 2, async (page, click) => {
  await page.evaluate(() => (window.print = () => document.body.setAttribute("data-printed", "")));
  const link = page.locator("main a", { hasText: "POC v1" }).first();
  await link.scrollIntoViewIfNeeded();
  await click(link);
  await page.waitForURL("**/poc-v1/");
  await page.evaluate(() => (window.print = () => document.body.setAttribute("data-printed", "")));
  await click(page.getByRole("button", { name: /^Print/ }).first());
  await page.locator("body[data-printed]").waitFor();
});

task("we have 1,000 users: what is the plan?", "/", 1, async (page, click) => {
  await click(page.locator(".answers a", { hasText: "100-10,000" }));
  const plan = page.locator(".yours .advice:visible");
  await plan.first().waitFor();
  assert.match(await plan.first().innerText(), /Next: 100k/);
});
