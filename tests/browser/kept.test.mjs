// What readers tick and answer is never lost: not to long words, not to a shared link, not to another tab, and not to
// a preview that starts the scripts again.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { browser } from "./chromium.mjs";
import { chromium, server } from "./reader.mjs";
import { host, KINDS } from "./server.mjs";
import { edited } from "./site.mjs";

const BASE = "/frameworks/product-maturity/";
const TICKS = "guidepost:/:ticks:frameworks/product-maturity/mvp/";
const ANSWERS = "guidepost:/:assessment:frameworks/product-maturity/assess/";

/** Runs a test in a browser context of its own; every complaint of a page fails it. */
async function within(act) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  const complaints = [];
  const open = async (path, from = server.url) => {
    const page = await context.newPage();
    page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
    page.on("pageerror", (e) => complaints.push(e.message));
    page.on("dialog", (dialog) => dialog.accept());
    await page.goto(from + path);
    return page;
  };
  await act(open, context);
  await context.close();
  assert.deepEqual(complaints, []);
}

const kept = (page, key) => page.evaluate((k) => JSON.parse(localStorage.getItem(k)), key);
const box = (page, i) => page.locator(".checklist input").nth(i);
const answer = (page, name, value) => page.locator(`.assess [name="${name}"][value="${value}"]`);
const status = (page, place, text) => page.waitForFunction(([p, t]) => document.querySelector(p)?.textContent === t, [place, text], { timeout: 5000 });
const progress = (page, text) => status(page, ".checks-progress", text);

function file(name, value) {
  const path = join(tmpdir(), `guidepost-${process.pid}-${name}.json`);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

test("a step of any length does not lose the checklist", async () => {
  const long = `- Begin ${"and go on ".repeat(500)}\n- ${"x".repeat(400)}\n`;
  const folder = edited((_, write) => write("content/playbooks/poc-v3.md", (text) => text.replace("### Week 1: Foundation\n\n", `### Week 1: Foundation\n\n${long}`)));
  const changed = await host(folder);
  try {
    await within(async (open) => {
      const page = await open("/playbooks/poc-v3/", changed.url);
      for (const i of [0, 1, 2]) await box(page, i).check();
      await page.reload();
      for (const i of [0, 1, 2]) assert.equal(await box(page, i).isChecked(), true, `step ${i}`);
      const words = Object.values(await kept(page, "guidepost:/:ticks:playbooks/poc-v3/"));
      assert.ok(words.every((text) => [...text].length <= 301), "long words are cut");
      // What an earlier version kept whole is read as well.
      await page.evaluate(() => localStorage.setItem("guidepost:/:ticks:playbooks/poc-v3/", JSON.stringify({ a: "x".repeat(2_000_000), b: "Beside it", c: 5 })));
      await page.reload();
      assert.match(await page.locator(".checks-gone").innerText(), /x…\s+Beside it/);
    });
  } finally {
    changed.close();
  }
});

test("a shared result can be read only, until the reader keeps it; that can be undone", () =>
  within(async (open) => {
    const page = await open(`${BASE}assess/`);
    await answer(page, "security", "mvp").check();
    await answer(page, "data", "poc").check();
    const own = await kept(page, ANSWERS);
    assert.deepEqual(own.answers, { security: "mvp", data: "poc" });
    await page.goto("about:blank");
    await page.goto(`${server.url}${BASE}assess/#answers:=1m&security=100k`);
    await page.locator("button", { hasText: "Keep it as mine" }).waitFor();
    // Whatever is clicked, what the reader has stays.
    await answer(page, "data", "10k").click({ force: true });
    await page.locator('label:has([name=security])').first().click({ force: true });
    await page.locator("[name=target]").selectOption("10k");
    assert.deepEqual(await kept(page, ANSWERS), own);
    for (const closed of ["[data-do=reset]", "[data-do=load]", "[name=security][value=poc]"]) assert.equal(await page.locator(closed).isDisabled(), true, closed);
    assert.equal(await page.locator("[data-do=undo]").isVisible(), false);
    await page.locator("button", { hasText: "Back to mine" }).press("Enter");
    assert.equal(await answer(page, "security", "mvp").isChecked(), true);
    assert.equal(await answer(page, "security", "mvp").isDisabled(), false);
    assert.deepEqual(await kept(page, ANSWERS), own);
    // Kept, it takes the place of the reader's own, which come back.
    await page.evaluate(() => (location.hash = "#answers:=1m&security=100k"));
    await page.locator("button", { hasText: "Keep it as mine" }).press("Enter");
    assert.deepEqual(await kept(page, ANSWERS), { answers: { security: "100k" }, names: { security: "Security" }, target: "1m" });
    assert.equal(await page.locator(".note button").count(), 0);
    await page.locator("[data-do=undo]").press("Enter");
    assert.deepEqual(await kept(page, ANSWERS), own);
    assert.equal(await answer(page, "data", "poc").isChecked(), true);
    assert.equal(await page.locator("[data-do=undo]").isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.do), "reset");
  }));

test("a link without a result that can be read says so", () =>
  within(async (open) => {
    const page = await open(`${BASE}assess/#answers:`);
    await status(page, ".result-status", "The link holds no result that can be read.");
  }));

test("starting over and loading a file can be undone; answers given since stay", () =>
  within(async (open) => {
    const page = await open(`${BASE}assess/`);
    await answer(page, "security", "mvp").check();
    await answer(page, "data", "poc").check();
    await page.locator("[name=target]").selectOption("1m");
    const own = await kept(page, ANSWERS);
    await page.locator("[data-do=reset]").press("Enter");
    assert.equal(await page.locator(".assess input:checked").count(), 0);
    await answer(page, "data", "10k").check();
    await page.locator("[data-do=undo]").press("Enter");
    assert.deepEqual(await kept(page, ANSWERS), { ...own, answers: { security: "mvp", data: "10k" } });
    await answer(page, "data", "poc").check();
    const given = file("assessment", { guidepost: "assessment", framework: "frameworks/product-maturity/assess/", target: "mvp", answers: { security: "1m", gone: "poc" }, names: { gone: "Gone" } });
    await page.locator("[data-do=load]").setInputFiles(given);
    await answer(page, "security", "1m").and(page.locator(":checked")).waitFor({ state: "attached" });
    assert.equal((await kept(page, ANSWERS)).names.gone, "Gone");
    await page.locator("[data-do=undo]").press("Enter");
    assert.deepEqual(await kept(page, ANSWERS), own);
  }));

test("a checklist's reset and import can be undone; ticks made since stay", () =>
  within(async (open) => {
    const page = await open(`${BASE}mvp/`);
    for (const i of [0, 1]) await box(page, i).check();
    const own = await kept(page, TICKS);
    await page.locator("[data-do=reset]").press("Enter");
    await progress(page, "0 of 87 done");
    await box(page, 5).check();
    await page.locator("[data-do=undo]").press("Enter");
    await progress(page, "3 of 87 done");
    await box(page, 5).uncheck();
    assert.deepEqual(await kept(page, TICKS), own);
    const given = file("checklist", { guidepost: "checklist", page: "frameworks/product-maturity/mvp/", ticks: { [Object.keys(own)[0]]: "Other words", gone: "Gone", long: "y".repeat(5000) } });
    await page.locator("[data-do=import]").setInputFiles(given);
    await page.getByText("Gone", { exact: true }).waitFor();
    await page.locator("[data-do=undo]").press("Enter");
    assert.deepEqual(await kept(page, TICKS), own);
  }));

test("two tabs keep each other's ticks, and show them", () =>
  within(async (open) => {
    const [one, two] = [await open(`${BASE}mvp/`), await open(`${BASE}mvp/`)];
    await box(one, 0).check();
    await box(two, 1).check();
    for (const tab of [one, two]) await progress(tab, "2 of 87 done");
    assert.equal(Object.keys(await kept(two, TICKS)).length, 2);
    await box(two, 0).uncheck();
    await progress(one, "1 of 87 done");
    assert.equal(await box(one, 0).isChecked(), false);
    await one.evaluate(() => localStorage.clear());
    await progress(two, "0 of 87 done");
  }));

test("two tabs keep each other's answers, and show them", () =>
  within(async (open) => {
    const [one, two] = [await open(`${BASE}assess/`), await open(`${BASE}assess/`)];
    const shared = await open(`${BASE}assess/#answers:=1m&security=100k`);
    await answer(one, "security", "mvp").check();
    await answer(two, "data", "poc").check();
    assert.deepEqual((await kept(two, ANSWERS)).answers, { security: "mvp", data: "poc" });
    for (const tab of [one, two]) for (const [id, value] of [["security", "mvp"], ["data", "poc"]]) await answer(tab, id, value).and(tab.locator(":checked")).waitFor({ state: "attached" });
    await two.locator("[name=target]").selectOption("1m");
    await one.waitForFunction(() => document.querySelector("[name=target]").value === "1m");
    assert.equal(await answer(shared, "security", "100k").isChecked(), true);
    assert.match(await shared.locator(".result-status").innerText(), /^A shared result/);
  }));

test("the reader's own stage is that of all tabs", () =>
  within(async (open) => {
    const [one, two] = [await open("/"), await open(`${BASE}security/`)];
    await one.locator("#my-stage").selectOption("mvp");
    await two.locator("thead .is-mine", { hasText: "MVP" }).waitFor();
    assert.equal(await two.locator("#my-stage").inputValue(), "mvp");
  }));

test("a page that comes back from the browser's cache shows what was ticked meanwhile", async () => {
  const own = await browser([], { ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const context = await own.newContext();
    const [one, two] = [await context.newPage(), await context.newPage()];
    for (const page of [one, two]) await page.goto(`${server.url}${BASE}mvp/`);
    await one.evaluate(() => (window.loadedOnce = true));
    await one.goto(`${server.url}/guides/`);
    await box(two, 0).check();
    await one.goBack({ waitUntil: "commit" });
    assert.equal(await one.evaluate(() => window.loadedOnce), true, "the browser loaded the page again, and nothing was tested");
    await progress(one, "1 of 87 done");
  } finally {
    await own.close();
  }
});

test("where nothing can be kept, ticks hold for the page, and it says so", () =>
  within(async (open, context) => {
    await context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    const page = await open(`${BASE}mvp/`);
    for (const i of [0, 1]) await box(page, i).check();
    assert.equal(await page.locator(".checks-progress").innerText(), "This browser does not keep anything.");
    for (const i of [0, 1]) assert.equal(await box(page, i).isChecked(), true);
  }));

test("a button pressed twice says its own words again", () =>
  within(async (open) => {
    for (const [path, button, words] of [[`${BASE}mvp/`, "[data-do=copy]", "Copy as Markdown"], [`${BASE}assess/`, "[data-do=share]", "Copy a link to this result"]]) {
      const page = await open(path);
      await page.clock.install();
      const copied = () => page.waitForFunction((b) => /opied$/.test(document.querySelector(b).textContent), button);
      await page.locator(button).press("Enter");
      await copied();
      await page.clock.runFor(1000);
      await page.locator(button).press("Enter");
      await page.evaluate(() => navigator.clipboard.readText());
      await page.clock.runFor(1000);
      assert.match(await page.locator(button).innerText(), /opied$/, "the second time counts from the second press");
      await page.clock.runFor(5000);
      assert.equal(await page.locator(button).innerText(), words);
    }
  }));

/** How many listeners a page has, window and document included. */
async function listeners(page, session) {
  let all = 0;
  for (const [expression, depth] of [["window", 1], ["document", -1]]) {
    const { result } = await session.send("Runtime.evaluate", { expression });
    all += (await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId, depth })).listeners.length;
  }
  return all;
}

test("scripts that start again do nothing twice", () =>
  within(async (open, context) => {
    for (const [kind, path] of Object.entries(KINDS)) {
      const page = await open(path);
      const session = await context.newCDPSession(page);
      const again = () => page.evaluate(() => void document.dispatchEvent(new CustomEvent("guidepost:update")));
      if (kind === "search") await page.locator(".search-results h2").first().waitFor();
      // What a page loads only where it needs it has begun too.
      await page.waitForLoadState("networkidle");
      await again();
      const [before, elements] = [await listeners(page, session), await page.locator("*").count()];
      for (let i = 0; i < 5; i += 1) await again();
      assert.equal(await listeners(page, session), before, `${kind} listens more often`);
      assert.equal(await page.locator("*").count(), elements, `${kind} has more elements`);
      await page.close();
    }
    const page = await open(`${BASE}mvp/`);
    await page.evaluate(() => {
      for (let i = 0; i < 5; i += 1) document.dispatchEvent(new CustomEvent("guidepost:update"));
    });
    let files = 0;
    page.on("download", () => (files += 1));
    await page.locator("[data-do=export]").press("Enter");
    await page.locator("[data-do=copy]").press("Enter");
    await page.waitForFunction(() => document.querySelector("[data-do=copy]").textContent === "Copied");
    assert.equal(files, 1);
  }));

test("a link carries a checklist's ticks, and what it brings never overwrites what is there", () =>
  within(async (open) => {
    const page = await open(`${BASE}mvp/`);
    const rows = page.locator(".build .checklist > li");
    // All of a row ticks its box.
    for (const i of [0, 1]) await rows.nth(i).click({ position: { x: 200, y: 4 } });
    const mine = await kept(page, TICKS);
    assert.equal(Object.keys(mine).length, 2);
    for (const text of Object.values(mine)) assert.match(text, /^[^:]+: \S/, "a title, a colon, a text");
    await page.locator("[data-do=share]").click();
    await page.getByText("Link copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#ticks:/);
    // Someone else has ticks of their own.
    await page.evaluate((key) => localStorage.setItem(key, JSON.stringify({ "data--database": "Mine" })), TICKS);
    const other = await open(link.slice(server.url.length));
    await other.getByText("Your own are untouched.").waitFor();
    assert.equal(await other.locator(".build input:checked").count(), 2);
    assert.equal(await other.locator("[data-do=reset]").isDisabled(), true);
    await other.getByRole("button", { name: "Back to mine" }).click();
    assert.equal((await kept(other, TICKS))["data--database"], "Mine");
    await other.goto("about:blank");
    await other.goto(link);
    await other.getByRole("button", { name: "Add to mine" }).click();
    const both = await kept(other, TICKS);
    assert.equal(both["data--database"], "Mine");
    for (const id of Object.keys(mine)) assert.equal(both[id], mine[id]);
    assert.ok(!other.url().includes("#ticks"));
    await other.goto("about:blank");
    await other.goto(`${server.url}${BASE}mvp/#ticks:`);
    await progress(other, "The link holds no ticks that can be read.");
  }));
