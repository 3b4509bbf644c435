// The search: what people ask is found, at the first letter and by its name; whole texts are searched when someone asks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { chromium, server, visit } from "./reader.mjs";
import { host } from "./server.mjs";
import { edited, site } from "./site.mjs";

const BASE = "/frameworks/product-maturity/";
const QUERIES = JSON.parse(readFileSync(join(import.meta.dirname, "queries.json"), "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const on = (path, options, act, from) => visit(path, options, act, { from });

const answered = (page, query) => page.waitForFunction((q) => document.querySelector(".search-results")?.dataset.query === q, query);
const hits = (page) => page.locator(".search-results .hits > li").locator("a.hit");
const texts = (page) => page.locator(".search-results h2", { hasText: "In all texts" });

/** Where the first hits for a query lead. */
async function ask(page, query) {
  await page.locator(".search-page input").fill(query);
  await answered(page, query);
  return hits(page).evaluateAll((links) => links.slice(0, 3).map(({ href }) => new URL(href).pathname + new URL(href).hash));
}

/** Is this the place? An anchor counts only where one is wanted. */
const is = (found, wanted) => found === wanted || (!wanted.includes("#") && found.split("#")[0] === wanted);

test("what people ask finds the page that answers it", () =>
  on("/search/", {}, async (page) => {
    const missed = [];
    let [first, among] = [0, 0];
    for (const { query, finds } of QUERIES) {
      const found = await ask(page, query);
      const at = found.findIndex((path) => [finds].flat().some((wanted) => is(path, wanted)));
      first += at === 0;
      among += at >= 0;
      if (at !== 0) missed.push(`${query}: ${found.join(" ")}`);
    }
    assert.equal(QUERIES.length, 60);
    assert.ok(first >= 50, `${first} of 60 first:\n${missed.join("\n")}`);
    assert.ok(among >= 58, `${among} of 60 within three:\n${missed.join("\n")}`);
  }));

test("what else people ask leads there too", () =>
  on("/search/", {}, async (page) => {
    const more = JSON.parse(readFileSync(join(import.meta.dirname, "more-queries.json"), "utf8"));
    const missed = [];
    let [first, among] = [0, 0];
    for (const { query, finds } of more) {
      const found = await ask(page, query);
      const at = found.findIndex((path) => [finds].flat().some((wanted) => is(path, wanted)));
      first += at === 0;
      among += at >= 0;
      if (at !== 0) missed.push(`${query}: ${found.join(" ")}`);
    }
    assert.ok(first >= more.length * 0.85, `${first} of ${more.length} first:\n${missed.join("\n")}`);
    assert.ok(among >= more.length * 0.95, `${among} of ${more.length} within three:\n${missed.join("\n")}`);
  }));

test("nothing of the search is loaded before someone wants it, and whole texts only when asked for", () =>
  on(BASE, {}, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.waitForLoadState("networkidle");
    assert.deepEqual(asked.filter((path) => /search|pagefind/.test(path)), []);
    await page.keyboard.press("/");
    await page.keyboard.type("restore backup");
    await answered(page, "restore backup");
    assert.ok(asked.some((path) => path.endsWith("/search/names.json")), asked.join());
    assert.ok(!asked.some((path) => path.includes("pagefind")), asked.join());
    await page.locator(".search-more").press("Enter");
    await texts(page).waitFor();
    assert.ok(asked.some((path) => path.endsWith("/pagefind/pagefind.js")), asked.join());
    assert.match(await page.evaluate(() => document.activeElement?.className ?? ""), /hit/, "the focus goes on to what was found");
  }));

test("the index of names stays small", () => {
  const size = gzipSync(readFileSync(join(site(), "search/names.json")), { level: 9 }).length;
  assert.ok(size <= 60_000, `${size} bytes`);
});

test("Enter opens what was found for what stands in the field, not for what stood there before", () =>
  on(BASE, {}, async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("rate limiting");
    await hits(page).first().waitFor();
    await page.locator("dialog.search input").fill("invoicing");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${BASE}payments/invoicing/`);
  }));

test("Enter waits for an index that is still on its way", () =>
  on(BASE, {}, async (page) => {
    await page.route("**/search/names.json", async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue();
    });
    await page.keyboard.press("/");
    await page.locator("dialog.search input").fill("secrets management");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${BASE}security/secrets/`);
  }));

test("a hit shows what each stage asks for and leads to the stage, clear of the header and no text fragment", () =>
  on("/search/?q=when+to+add+rate+limiting", {}, async (page) => {
    await answered(page, "when to add rate limiting");
    const strip = page.locator(".strip").first();
    const cells = (await strip.locator("li").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
    assert.deepEqual(cells.slice(0, 2), ["POC none", "MVP Basic limits"]);
    assert.match(await strip.locator("[aria-current]").innerText(), /MVP/);
    const all = await page.locator(".search-results a").evaluateAll((links) => links.map(({ href }) => href));
    assert.ok(all.every((href) => !href.includes(":~:")), all.join());
    assert.ok((await page.locator(".search-results a").allInnerTexts()).every((text) => !text.trim().endsWith("#")));
    await strip.locator("a").nth(1).press("Enter");
    await page.waitForURL(`**${BASE}reliability/rate-limiting/#mvp`);
    await page.waitForFunction(() => {
      const top = document.querySelector("#mvp").getBoundingClientRect().top;
      return top >= document.querySelector(".site-header").offsetHeight && top < innerHeight * 0.75;
    });
  }));

test("a stage that is named leads to it, and words of one stage do too", () =>
  on("/search/", {}, async (page) => {
    assert.equal((await ask(page, "rate limiting at 10k"))[0], `${BASE}reliability/rate-limiting/#10k`);
    assert.equal((await ask(page, "ddos protection"))[0], `${BASE}reliability/rate-limiting/#1m`);
    assert.equal((await ask(page, "mvp security"))[0], `${BASE}mvp/#security`);
  }));

test("what is in texts only is found too, and leads to its heading", () =>
  on("/search/", {}, async (page) => {
    await ask(page, "rate limiting");
    await page.locator(".search-more").click();
    await texts(page).waitFor();
    const list = page.locator(".search-results h2:last-of-type + ul");
    assert.ok((await list.locator("a.hit").count()) > 0);
    for (const text of await list.locator("p").allInnerTexts()) assert.match(text, /^(… )?[\p{L}\p{N}(“"']/u);
    const titles = await list.locator("a").allInnerTexts();
    assert.ok(titles.every((title) => !title.endsWith("#")), titles.join());
  }));

test("a typing error is understood; what is not found at all leads on", () =>
  on("/search/", {}, async (page) => {
    assert.equal((await ask(page, "rate limitng"))[0], `${BASE}reliability/rate-limiting/`);
    const meant = page.locator(".search-instead button");
    assert.equal(await meant.innerText(), "rate limiting");
    await meant.press("Enter");
    await answered(page, "rate limiting");
    assert.equal(await page.locator(".search-page input").inputValue(), "rate limiting");
    await ask(page, "qqqqxz");
    assert.match(await page.locator(".search-status").innerText(), /Nothing found/);
    assert.ok((await page.locator(".ways a").count()) > 8);
  }));

test("before anything is typed stands what was found last, and what is for the reader's stage", () =>
  on(BASE, {}, async (page) => {
    await page.locator("#my-stage").selectOption("mvp");
    await page.keyboard.press("/");
    const box = page.locator("dialog.search");
    await box.locator("h2", { hasText: /your stage, MVP/i }).waitFor();
    assert.equal(await box.locator(".ways a").first().innerText(), "MVP");
    await page.keyboard.type("invoicing");
    await answered(page, "invoicing");
    await page.keyboard.press("Enter");
    await page.waitForURL(/invoicing/);
    await page.keyboard.press("/");
    await box.locator("h2", { hasText: /recently found/i }).waitFor();
    assert.equal(await box.locator(".ways a").first().innerText(), "Invoicing");
    await box.locator(".forget").press("Enter");
    await box.locator("h2", { hasText: /recently found/i }).waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => localStorage.getItem("guidepost:/:found")), null);
  }));

test("what the browser keeps leads nowhere but into the site", () =>
  on(BASE, {}, async (page) => {
    await page.evaluate(() =>
      localStorage.setItem("guidepost:/:found", JSON.stringify([{ title: "a", path: "javascript:alert(1)" }, { title: "b", path: "//example.org/" }, { title: "c", path: "https://example.org/" }, 7, { title: "<b>d</b>", path: "guides/" }])),
    );
    await page.keyboard.press("/");
    await page.locator(".forget").waitFor();
    const links = await page.locator("dialog.search .ways a").evaluateAll((all) => all.map(({ href }) => href));
    assert.ok(links.every((href) => href.startsWith(location_of(page))), links.join());
  }));
const location_of = (page) => new URL(page.url()).origin;

test("the search follows in files whose links end in .html", async () => {
  const files = await host(site("file"));
  try {
    await on("/search/index.html?q=10k+to+100k", {}, async (page) => {
      await answered(page, "10k to 100k");
      await page.keyboard.press("Enter");
      await page.waitForURL(/10k-vs-100k\/index\.html$/);
      assert.match(await page.locator("h1").innerText(), /10k\s+to\s+100k/);
    }, files.url);
  } finally {
    files.close();
  }
});

test("words that the glossary knows as the same find the same", async () => {
  const folder = edited((_, write) => write("content/glossary.toml", (text) => `${text}\n[[terms]]\nterm = "zorble"\naliases = ["graceful degradation"]\ndefinition = "No word."\n`));
  const changed = await host(folder);
  try {
    await on("/search/", {}, async (page) => {
      const found = await ask(page, "zorble");
      assert.ok(found.includes(`${BASE}reliability/graceful-degradation/`), found.join());
    }, changed.url);
  } finally {
    changed.close();
  }
});

for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"])
    test(`the dialog at ${width} pixels, ${colorScheme}, has no fault that a checker finds`, () =>
      on(`${BASE}security/`, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true }, async (page) => {
        await page.addScriptTag({ content: axe });
        await page.locator(".search-open").click();
        const check = async (state) => {
          const { violations } = await page.evaluate(() => axe.run("dialog.search", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
          assert.deepEqual(violations.map((v) => `${state}: ${v.id} ${v.nodes[0].html.slice(0, 160)}`), []);
          assert.ok(await page.evaluate(() => document.querySelector("dialog.search").scrollWidth <= document.querySelector("dialog.search").clientWidth), `${state} is too wide`);
        };
        await page.locator(".ways a").first().waitFor();
        await check("at the start");
        await page.keyboard.type("rate limitng");
        await hits(page).first().waitFor();
        await check("with hits");
      }));
