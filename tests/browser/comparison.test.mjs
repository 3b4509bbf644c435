// What changes between two stages: the large steps first, the way to each dimension, the way on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { server, visit } from "./reader.mjs";

const BASE = "/frameworks/product-maturity/";
const within = (path, options, act) => visit(path, { reducedMotion: "reduce", ...options }, act);

for (const [width, height] of [
  [1280, 800],
  [700, 800],
  [390, 844],
])
  test(`a dimension that is chosen is in sight, below what stays at the top, at ${width} pixels`, () =>
    within(`${BASE}10k-vs-100k/`, { viewport: { width, height } }, async (page) => {
      for (const id of ["security", "reliability", "design"]) {
        await page.locator(`.work a[href="#${id}"]`).click();
        const { top, below, words } = await page.evaluate((id) => {
          const head = document.querySelector(`#${id} .group a`);
          const box = head.getBoundingClientRect();
          const on = document.elementFromPoint(box.left + 5, box.top + box.height / 2);
          return { top: box.top, below: innerHeight - box.bottom, words: on === head || head.contains(on) };
        }, id);
        assert.ok(words && top >= 0 && below > 300, `${id}: ${top} ${below} ${words}`);
      }
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
    }));

test("the largest steps come first, and no row carries a mark that all carry", () =>
  within(`${BASE}10k-vs-100k/`, {}, async (page) => {
    const sizes = await page.locator(".comparison tbody").evaluateAll((groups) => groups.map((g) => [...g.querySelectorAll(".size")].map((s) => s.textContent)));
    const order = ["big", "medium", "small"];
    for (const group of sizes) assert.deepEqual(group, group.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    assert.equal(await page.locator(".comparison .change-changed").count(), 0);
    assert.equal(await page.locator(".comparison .change-new").count(), 1);
    const tiles = await page.locator(".size-tiles li strong").allInnerTexts();
    assert.equal(Number(tiles[0]) + Number(tiles[1]) + Number(tiles[2]), sizes.flat().length);
    const first = page.locator(".biggest li").first();
    assert.match(await first.innerText(), /Uptime Target[^]*99.5%[^]*99.9%/);
    assert.ok((await page.locator(".biggest li").count()) <= 12);
  }));

test("before and after a comparison stand its neighbours in the order of the stages", () =>
  within(`${BASE}10k-vs-100k/`, {}, async (page) => {
    assert.match(await page.locator("a[rel=prev]").innerText(), /MVP to 10k/);
    assert.match(await page.locator("a[rel=next]").innerText(), /100k to 1M\+/);
  }));

test("on a phone a row is its name, and below it what was and what is; the grid is a list", () =>
  within(`${BASE}poc-vs-mvp/`, { viewport: { width: 390, height: 844 } }, async (page) => {
    const row = await page.locator(".comparison tbody tr:not(.group)").first().evaluate((tr) => [...tr.children].map((cell) => cell.getBoundingClientRect()).map((box) => [Math.round(box.left), Math.round(box.top)]));
    assert.ok(row[0][1] < row[1][1] && row[1][1] < row[2][1], `${row}`);
    assert.equal(row[0][0], row[1][0]);
    await page.goto(`${server.url}${BASE}compare/`);
    const links = await page.locator(".compare-grid td a").evaluateAll((all) => all.map((a) => a.getBoundingClientRect()).map((box) => [box.left, box.right]));
    assert.ok(links.every(([left, right]) => left === links[0][0] && right < 390));
  }));
