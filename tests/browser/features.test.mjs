// What the site does for its readers, each thing by keyboard alone, and again without JavaScript.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium, server, visit as on } from "./reader.mjs";
import { host } from "./server.mjs";
import { edited } from "./site.mjs";

const BASE = "/frameworks/product-maturity/";
const plain = { javaScriptEnabled: false };
const phone = { viewport: { width: 390, height: 844 } };
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const focused = (page, text) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "").then((t) => assert.match(t, text));

/** Presses Tab until something has the focus. */
async function tabTo(page, selector, most = 200) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
  }
  assert.fail(`Tab never reaches ${selector}`);
}

test("the skip link is the first stop and leads to the content", () =>
  on("/", {}, async (page) => {
    await page.keyboard.press("Tab");
    await focused(page, /Skip to the content/);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  }));

test("the theme's switch goes round, is remembered, and holds before the page is drawn", () =>
  on("/", { colorScheme: "light" }, async (page) => {
    const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await dark();
    await tabTo(page, ".theme-toggle");
    for (const [key, label] of [["Enter", "light"], ["Space", "dark"]]) {
      await page.keyboard.press(key);
      assert.equal(await page.locator(".theme-toggle").getAttribute("aria-label"), `Colours: ${label}`);
    }
    assert.notEqual(await dark(), light);
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.atFirst = document.documentElement.dataset.theme;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(server.url + "/guides/");
    assert.equal(await page.evaluate(() => window.atFirst), "dark");
    await page.locator(".theme-toggle").press("Enter");
    assert.equal(await page.evaluate(() => localStorage.getItem("guidepost:theme")), null);
  }));

test("my stage is chosen by keyboard, marked on every page, and offered on the home page", () =>
  on("/", {}, async (page) => {
    assert.equal(await page.locator(".yours").isVisible(), false);
    await tabTo(page, "#my-stage");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator("#my-stage").inputValue(), "mvp");
    assert.match(await page.locator(".advice-words:visible").innerText(), /You are at MVP\..*12 you cannot do without\s+75 worth having\s+11 to leave alone/s);
    assert.equal(await page.locator(".advice-rows:visible").count(), 2);
    assert.equal(await page.locator('[data-choose="mvp"]').getAttribute("aria-current"), "");
    await page.goto(`${server.url}${BASE}security/`);
    assert.deepEqual(await page.locator("thead .is-yours").allInnerTexts(), ["your stage", "next"]);
    assert.equal(await page.locator("thead th.is-mine").innerText(), "MVP your stage");
    assert.equal(await page.locator("td.is-mine").count(), 4);
    await page.locator("#my-stage").selectOption("");
    assert.equal(await page.locator(".is-mine").count(), 0);
    assert.deepEqual(await page.context().cookies(), []);
  }));

test("the whole table is the published CSV", () =>
  on(`${BASE}security/`, {}, async (page) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".download-csv").press("Enter")]);
    assert.equal(file.suggestedFilename(), "index.csv");
  }));

for (const javaScriptEnabled of [true, false])
  test(`on a phone a table shows one stage at a time (JavaScript ${javaScriptEnabled ? "on" : "off"})`, () =>
    on(`${BASE}security/`, { ...phone, javaScriptEnabled }, async (page) => {
      const heads = () => page.locator(".grid thead th:visible a").allInnerTexts();
      assert.deepEqual(await heads(), ["POC"]);
      await tabTo(page, ".pick-one input");
      await page.keyboard.press("ArrowRight");
      assert.deepEqual(await heads(), ["MVP"]);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      assert.equal((await heads()).length, 5);
    }));

test("columns can be chosen without JavaScript", () =>
  on(`${BASE}security/`, plain, async (page) => {
    await tabTo(page, ".col-2");
    await page.keyboard.press("Space");
    assert.deepEqual(await page.locator(".grid thead th:visible a").allInnerTexts(), ["POC", "10k", "100k", "1M+"]);
    assert.equal(await page.locator(".filters").count(), 0);
    assert.equal(await page.locator(".download-csv").getAttribute("href"), "index.csv");
    assert.equal(await page.locator(".copy-table").isVisible(), false);
  }));

for (const options of [{}, plain])
  test(`a cell's details open in place (JavaScript ${options === plain ? "off" : "on"})`, () =>
    on(`${BASE}security/`, options, async (page) => {
      await tabTo(page, ".cell-more summary");
      const more = page.locator(".cell-more").first();
      assert.equal(await more.locator("p").first().isVisible(), false);
      await page.keyboard.press("Enter");
      assert.equal(await more.locator("p").first().isVisible(), true);
    }));

for (const options of [{}, plain])
  test(`any two stages are compared, all or only what changes (JavaScript ${options === plain ? "off" : "on"})`, () =>
    on(`${BASE}compare/`, options, async (page) => {
      await page.locator("main table a", { hasText: "POC to MVP" }).press("Enter");
      await page.waitForURL(/poc-vs-mvp/);
      const rows = page.locator(".comparison tbody tr:not(.group):visible");
      assert.equal(await rows.count(), 98);
      await tabTo(page, ".only-changes");
      await page.keyboard.press("Space");
      assert.equal(await rows.count(), 87);
      assert.equal(await page.locator(".work > li").count(), 18);
      assert.equal(await page.locator(".units i").count(), 98);
      // From POC to MVP becomes 10k to MVP, which is MVP to 10k.
      await page.locator(".picker div").first().locator("a", { hasText: "10k" }).press("Enter");
      await page.waitForURL(/mvp-vs-10k/);
      if (options === plain) return;
      assert.match(page.url(), /show=changes/);
      assert.ok((await rows.count()) < 98);
    }));

test("an answer on the home page is a plan in place, whose ticks are those of the stage's page", () =>
  on("/", {}, async (page) => {
    await tabTo(page, '[data-choose="mvp"]');
    await page.keyboard.press("Enter");
    const plan = page.locator(".yours .advice:visible");
    assert.equal(await plan.count(), 1);
    const box = plan.locator("input").first();
    await box.press("Space");
    const name = await plan.locator("li .aspect").first().innerText();
    // Chosen already, it leads on.
    await page.locator('[data-choose="mvp"]').press("Enter");
    await page.waitForURL(/\/mvp\/$/);
    assert.equal(await page.locator(".build li", { hasText: name }).locator("input").isChecked(), true);
    assert.equal(await page.locator(".first-things li", { hasText: name }).locator("input").isChecked(), true);
  }));

test("the answers are links without JavaScript", () =>
  on("/", plain, async (page) => {
    await page.locator('[data-choose="10k"]').click();
    await page.waitForURL(/\/10k\/$/);
  }));

test("a stage's page shows what is open, and what a role does", () =>
  on(`${BASE}mvp/`, {}, async (page) => {
    const rows = page.locator(".build li:visible");
    assert.equal(await rows.count(), 87);
    await page.locator(".build input").first().check();
    await page.locator(".filter-open").check();
    assert.equal(await rows.count(), 86);
    assert.match(await page.locator(".row-filter-shown").innerText(), /^86 of 87/);
    await page.locator(".filter-role").selectOption({ index: 1 });
    const some = await rows.count();
    assert.ok(some > 0 && some < 86, String(some));
    await page.locator(".stage-parts a").first().click();
    assert.match(page.url(), /#design$/);
  }));

test("a checklist keeps its ticks, counts them, and goes in and out of files", () =>
  on(`${BASE}mvp/`, {}, async (page, context) => {
    const progress = page.locator(".checks-progress");
    assert.equal(await progress.innerText(), "0 of 87 done");
    await tabTo(page, ".build input", 400);
    await page.keyboard.press("Space");
    assert.equal(await progress.innerText(), "1 of 87 done");
    assert.equal(await page.locator(".group-progress").first().innerText(), "1/5");
    await page.reload();
    assert.equal(await page.locator(".build input").first().isChecked(), true);
    await page.locator("[data-do=copy]").press("Enter");
    const copied = await clipboard(page);
    assert.match(copied, /^# MVP\n\n## Design & User Experience\n\n- \[x\] UI\/UX Design: Cohesive visual design\n- \[ \] Design System/);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("[data-do=export]").press("Enter")]);
    const exported = await file.path();
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(exported, "utf8")).ticks), ["design--ui-ux-design"]);
    page.once("dialog", (dialog) => dialog.accept());
    await page.locator("[data-do=reset]").press("Enter");
    assert.equal(await progress.innerText(), "0 of 87 done");
    await page.locator("[data-do=import]").setInputFiles(exported);
    await page.waitForFunction(() => document.querySelector(".checks-progress").textContent === "1 of 87 done");
    assert.equal((await context.storageState()).origins[0].localStorage.length, 1);
  }));

test("a playbook's steps are ticked too, and its timeline leads to its phases", () =>
  on("/playbooks/poc-v3/", {}, async (page) => {
    await tabTo(page, ".timeline a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#week-1-foundation$/);
    await page.locator(".checklist input").first().press("Space");
    assert.match(await page.locator(".checks-progress").innerText(), /^1 of \d+ done$/);
  }));

test("lists and boxes to tick are there without JavaScript, tools that need it are not", () =>
  on(`${BASE}mvp/`, plain, async (page) => {
    assert.equal(await page.locator(".build input").count(), 87);
    await page.locator(".build input").first().press("Space");
    assert.equal(await page.locator(".build input").first().isChecked(), true);
    for (const tool of [".checks-tools", "#my-stage", ".theme-toggle"]) assert.equal(await page.locator(tool).isVisible(), false, tool);
  }));

const hostile = {
  "not JSON": "hello",
  "another kind of file": '{"guidepost":"assessment","answers":{}}',
  "wrong types": '{"guidepost":"checklist","page":"frameworks/product-maturity/mvp/","ticks":{"a":1}}',
  "a list": "[1,2]",
  "null": "null",
  "ten megabytes": JSON.stringify({ guidepost: "checklist", page: "frameworks/product-maturity/mvp/", ticks: { a: "x".repeat(10_000_000) } }),
  "another page": '{"guidepost":"checklist","page":"playbooks/poc-v1/","ticks":{"a":"b"}}',
};
test("files that are no checklist are refused with a message, and nothing changes", () =>
  on(`${BASE}mvp/`, {}, async (page) => {
    await page.locator(".build input").first().check();
    for (const [name, text] of Object.entries(hostile)) {
      const file = join(tmpdir(), `guidepost-hostile-${process.pid}.json`);
      writeFileSync(file, text);
      await page.evaluate(() => (document.querySelector(".checks-progress").textContent = ""));
      await page.locator("[data-do=import]").setInputFiles(file);
      await page.waitForFunction(() => /Nothing was changed\.$/.test(document.querySelector(".checks-progress").textContent), null, { timeout: 5000 }).catch(() => assert.fail(name));
      assert.equal(await page.locator(".build input:checked").count(), 1, name);
    }
  }));

test("what is stored may be anything: pages work, and script in it stays text", () =>
  on("/", {}, async (page) => {
    const script = "<img src=x onerror=\"window.hacked=1\">";
    for (const value of ["{", "null", "[]", "5", JSON.stringify({ a: { b: 1 } }), JSON.stringify({ gone: script }), JSON.stringify({ answers: { [`x/${script}`]: script }, names: { [`x/${script}`]: script } })]) {
      await page.evaluate((v) => {
        localStorage.setItem("guidepost:/:stage:product-maturity", v);
        localStorage.setItem("guidepost:/:ticks:frameworks/product-maturity/mvp/", v);
        localStorage.setItem("guidepost:/:assessment:frameworks/product-maturity/assess/", v);
      }, value);
      for (const path of ["/", `${BASE}mvp/`, `${BASE}assess/`]) await page.goto(server.url + path);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
    }
    await page.goto(`${server.url}${BASE}assess/#answers:${encodeURIComponent(script)}=${encodeURIComponent(script)}`);
    assert.match(await page.locator(".assess-gone").innerText(), /<img src=x/);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  }));

test("the self-assessment: heat map, radar, gap, and ways in and out", () =>
  on(`${BASE}assess/`, {}, async (page) => {
    assert.match(await page.locator(".result-status").innerText(), /Answer for at least one/);
    await tabTo(page, "[name=security]");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("[name=security][value=poc]").isChecked(), true);
    assert.equal(await page.locator(".result-status").innerText(), "4 of 98 aspects answered.");
    await tabTo(page, ".assess-dimension[data-dimension=security] .assess-aspects summary");
    await page.keyboard.press("Enter");
    await page.locator('[name="security/secrets"][value="10k"]').press("Space");
    const row = page.locator(".heat-table tbody tr", { hasText: "Security" });
    assert.deepEqual(await row.locator("td").allInnerTexts(), ["100 %", "25 %", "25 %", "0 %", "0 %"]);
    assert.match(await page.locator(".radar").getAttribute("aria-label"), /Security: 1\.5/);
    await page.locator("[name=target]").selectOption("10k");
    const todo = await page.locator(".todo li").allInnerTexts();
    assert.equal(todo.length, 3);
    assert.ok(todo.some((t) => t.includes("Security: Data Encryption") && t.includes("Field-level encryption")));
    assert.ok(!todo.some((t) => t.includes("Secrets Management")));
    const impacts = todo.map((t) => Number(t.match(/impact (\d)/)?.[1] ?? 0));
    assert.deepEqual(impacts, [...impacts].sort((a, b) => b - a));
    // A link shows it to others without touching what they have.
    await page.locator("[data-do=share]").press("Enter");
    await page.waitForFunction(() => document.querySelector("[data-do=share]").textContent === "Link copied");
    const link = await clipboard(page);
    assert.match(link, /#answers:=10k&/);
    await page.evaluate(() => localStorage.clear());
    await page.goto("about:blank");
    await page.goto(link);
    assert.match(await page.locator(".result-status").innerText(), /^A shared result\. 4 of 98/);
    assert.equal(await page.locator(".todo li").count(), 3);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await page.locator("button", { hasText: "Keep it as mine" }).press("Enter");
    await page.reload();
    assert.equal(await page.locator('[name="security/secrets"][value="10k"]').isChecked(), true);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("[data-do=save]").press("Enter")]);
    const saved = await file.path();
    page.once("dialog", (dialog) => dialog.accept());
    await page.locator("[data-do=reset]").press("Enter");
    assert.equal(await page.locator(".assess input:checked").count(), 0);
    await page.locator("[data-do=load]").setInputFiles(saved);
    await page.locator('[name="security/secrets"][value="10k"]:checked').waitFor({ state: "attached" });
    for (const text of Object.values(hostile)) {
      writeFileSync(saved, text.replace('"answers":{}', '"answers":{"a":[]}'));
      await page.locator("[data-do=load]").setInputFiles(saved);
      await page.waitForFunction(() => /Nothing was changed\.$/.test(document.querySelector(".result-status").textContent));
      await page.evaluate(() => (document.querySelector(".result-status").textContent = ""));
    }
    assert.equal(await page.locator('[name="security/secrets"][value="10k"]').isChecked(), true);
  }));

test("the self-assessment is a worksheet without JavaScript", () =>
  on(`${BASE}assess/`, plain, async (page) => {
    assert.match(await page.locator("noscript").innerText(), /worksheet/);
    await tabTo(page, "[name=security]");
    await page.keyboard.press("Space");
    assert.equal(await page.locator("[name=security]:checked").count(), 1);
    assert.equal(await page.locator(".result").isVisible(), false);
  }));

test("the questions before building end in an answer", () =>
  on(BASE, {}, async (page) => {
    await tabTo(page, ".flow button");
    await page.keyboard.press("Enter");
    assert.match(await page.locator(".flow").innerText(), /Question 2 of 5/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.match(await page.locator(".flow .verdict").innerText(), /^Skip it\.$/);
    await focused(page, /Start again/);
    await page.keyboard.press("Enter");
    for (const answer of ["Yes", "Yes", "No", "Yes", "Yes"]) await page.locator(".flow button", { hasText: answer }).press("Enter");
    assert.match(await page.locator(".flow .verdict").innerText(), /^Build it/);
  }));

test("the questions are a list without JavaScript", () =>
  on(BASE, plain, async (page) => {
    assert.equal(await page.locator(".decisions > li").count(), 5);
    assert.equal(await page.locator(".flow").count(), 0);
  }));

test("pictures say in words what they show", () =>
  on(BASE, plain, async (page) => {
    assert.equal(await page.locator(".bars").getAttribute("aria-label"), "Aspects that start at each stage: POC 57, MVP 30, 10k 10, 100k 1, 1M+ 0");
    assert.match(await page.locator(".heat").getAttribute("aria-label"), /How many aspects of each dimension/);
    await page.goto(`${server.url}${BASE}security/secrets/`);
    const stair = page.getByRole("link", { name: "Environment variables Effort 2 of 5 MVP" });
    assert.equal(await stair.getAttribute("href"), "#mvp");
    await page.goto(`${server.url}${BASE}reliability/uptime-target/`);
    assert.ok((await page.locator(".graph a").count()) >= 2);
  }));

for (const key of ["/", "Control+k"])
  test(`${key} opens the search over a page; it is used by keyboard`, () =>
    on(`${BASE}security/`, {}, async (page) => {
      await page.keyboard.press(key);
      const box = page.locator("dialog.search");
      await box.waitFor();
      await page.keyboard.type("restore backup");
      await page.waitForFunction(() => document.querySelector(".search-results").dataset.query === "restore backup");
      // The best stand first, whatever their kind; below them each kind has one group.
      const kinds = await box.locator(".search-results h2:not(.vh)").allTextContents();
      assert.equal(new Set(kinds).size, kinds.length);
      assert.ok(kinds.length > 0);
      await page.keyboard.press("ArrowDown");
      assert.ok(await page.evaluate(() => document.activeElement.closest(".search-results") !== null));
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.evaluate(() => document.activeElement.type), "search");
      await page.keyboard.press("Escape");
      assert.equal(await box.isVisible(), false);
      await page.keyboard.press(key);
      await box.waitFor();
      await box.locator("a", { hasText: "Data Backup" }).first().press("Enter");
      await page.waitForURL(/data\/(data-)?backup/);
    }));

test("a slash typed into a field stays a slash", () =>
  on(`${BASE}matrix/`, {}, async (page) => {
    await page.locator(".filter-text").focus();
    await page.keyboard.press("/");
    assert.equal(await page.locator(".filter-text").inputValue(), "/");
    assert.equal(await page.locator("dialog.search").count(), 0);
  }));

test("the search page keeps its question in the URL, filters by kind and stage, and leads to sections", () =>
  on("/search/?q=soc+2", {}, async (page) => {
    const results = page.locator(".search-results");
    await results.locator("h2").first().waitFor();
    await page.locator("[aria-label=Kind]").selectOption("Aspect");
    await page.waitForFunction(() => [...document.querySelectorAll(".hit-of")].every((of) => of.textContent.startsWith("Aspect")));
    assert.match(page.url(), /q=soc\+2&kind=Aspect/);
    await page.locator("[aria-label=Stage]").selectOption("100k");
    await page.waitForFunction(() => /result/.test(document.querySelector(".search-status").textContent));
    await page.goto(`${server.url}/search/?q=plan+for+growth+bottleneck`);
    const section = results.locator('a[href*="#"]').first();
    await section.waitFor();
    assert.match(await section.getAttribute("href"), /#[\w-]+$/);
    await section.press("Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/search/"));
    const y = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(scrollY), 100))));
    assert.ok(y > 0, "the browser did not go to the section");
    await page.goto(`${server.url}/search/?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
    await page.waitForFunction(() => /Nothing found|result/.test(document.querySelector(".search-status").textContent));
    assert.equal(await page.locator("main img").count(), 0);
  }));

test("without JavaScript the search page leads elsewhere", () =>
  on("/", plain, async (page) => {
    await page.locator(".search-open").press("Enter");
    await page.waitForURL(/\/search\//);
    assert.match(await page.locator("noscript").innerText(), /needs JavaScript/);
    assert.ok((await page.locator(".search-elsewhere a:visible").count()) > 3);
  }));

test("a term's meaning shows on focus and hover, and Escape closes it", () =>
  on(`${BASE}security/`, {}, async (page) => {
    await tabTo(page, ".term", 300);
    const hint = page.locator(".hint");
    const text = await hint.innerText();
    assert.ok(text.length > 20);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-describedby")), "term-hint");
    await page.keyboard.press("Escape");
    assert.equal(await hint.count(), 0);
    await page.locator("main .term").nth(1).hover();
    await hint.waitFor();
    // It can be pointed at without going away.
    await hint.hover();
    await page.waitForTimeout(400);
    assert.equal(await hint.count(), 1);
    await page.mouse.move(2, 2);
    await hint.waitFor({ state: "detached" });
  }));

test("the first tap on a term shows its meaning, the second follows it", () =>
  on(`${BASE}security/`, { ...phone, hasTouch: true, isMobile: true }, async (page) => {
    const term = page.locator("main .intro .term").first();
    await term.tap();
    await page.locator(".hint").waitFor();
    assert.match(page.url(), /security\/$/);
    await term.tap();
    await page.waitForURL(/glossary\/#/);
  }));

test("a term is a plain link without JavaScript, its meaning at hand", () =>
  on(`${BASE}security/`, plain, async (page) => {
    const term = page.locator("main .term").first();
    assert.match(await term.getAttribute("href"), /glossary\/#/);
    assert.ok((await term.getAttribute("title")).length > 20);
  }));

test("ticks and answers survive a site that changes: what exists is kept, what is gone is listed", async () => {
  const folder = edited((read, write) => {
    const design = "content/frameworks/product-maturity/design.toml";
    // One aspect gets another title, one another id, and one is new.
    write(design, (text) =>
      text
        .replace(/title = "Design System"/, 'id = "design-system"\ntitle = "Our own parts"')
        .replace(/title = "Design Assets"/, 'id = "pictures"\ntitle = "Design Assets"')
        .concat('\n[[aspects]]\nid = "brand-new"\ntitle = "Brand new"\ndescription = "New here."\nsparse = true\nat.mvp = "Something"\n'),
    );
    assert.match(read(design), /pictures[\s\S]*Brand new/);
  });
  const changed = await host(folder);
  try {
    await on(`${BASE}mvp/`, {}, async (page, context) => {
      for (const id of ["design--design-system", "design--design-assets"]) await page.locator(`#${id}`).check();
      await page.goto(`${server.url}${BASE}assess/`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      for (const id of ["design/design-system", "design/design-assets"]) await page.locator(`[name="${id}"][value=mvp]`).check();
      const kept = await page.evaluate(() => ({ ...localStorage }));
      const later = await context.newPage();
      await later.goto(changed.url);
      await later.evaluate((all) => Object.entries(all).forEach(([k, v]) => localStorage.setItem(k, v)), kept);
      await later.goto(`${changed.url}${BASE}mvp/`);
      assert.equal(await later.locator("#design--design-system").isChecked(), true);
      assert.equal(await later.locator("#design--brand-new").isChecked(), false);
      assert.match(await later.locator(".checks-gone").innerText(), /no longer on this page[\s\S]*Design Assets: Custom icons, brand colors/);
      assert.equal(await later.locator(".checks-progress").innerText(), "1 of 88 done");
      // Another tick does not lose the one that is gone.
      await later.locator("#design--brand-new").check();
      await later.reload();
      assert.match(await later.locator(".checks-gone").innerText(), /Design Assets/);
      await later.goto(`${changed.url}${BASE}assess/`);
      assert.match(await later.locator(".assess-gone").innerText(), /no longer asks[\s\S]*Design & User Experience: Design Assets: mvp/);
      assert.equal(await later.locator('[name="design/design-system"][value=mvp]').isChecked(), true);
      await later.locator(".assess-gone button").press("Enter");
      assert.equal(await later.locator(".assess-gone").isVisible(), false);
    });
  } finally {
    changed.close();
  }
});

test("printed, a stage and a playbook are hand-outs: no navigation, no tools, lists whole", () =>
  on(`${BASE}mvp/`, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const path of [`${BASE}mvp/`, "/playbooks/poc-v3/"]) {
      await page.goto(server.url + path);
      for (const gone of [".site-header", ".sidebar", ".checks-tools", ".site-footer", ".breadcrumb"])
        assert.equal(await page.locator(gone).first().isVisible(), false, gone);
      assert.equal(await page.locator(".checklist li").first().isVisible(), true);
      assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
    }
  }));

test("at 200 % zoom and in forced colours nothing is lost", () =>
  on(`${BASE}mvp/`, { viewport: { width: 640, height: 450 }, forcedColors: "active", reducedMotion: "reduce" }, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
    assert.equal(await page.locator(".checks-progress").isVisible(), true);
  }));

test("without a search in the configuration there is no trace of it", () => {
  const folder = edited((_, write) => write("guidepost.toml", (text) => `${text}\n[search]\nenabled = false\n`));
  const home = readFileSync(join(folder, "index.html"), "utf8");
  assert.ok(!/search/i.test(home.replace(/<main[\s\S]*<\/main>/, "")), "the home page speaks of search");
  assert.throws(() => readFileSync(join(folder, "pagefind/pagefind.js")));
  assert.throws(() => readFileSync(join(folder, "search/index.html")));
});
