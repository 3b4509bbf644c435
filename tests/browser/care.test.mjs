// Small things that show care: the drawer of narrow screens, the heading being read, anchors below the header, the footer on
// short pages, 400 %, right to left, long words, colours of the reader's own, shared results.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { browser } from "./chromium.mjs";
import { host, KINDS } from "./server.mjs";
import { binary, site } from "./site.mjs";

const axe = readFileSync(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const GUIDE = KINDS.guide;
const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze";
const framework = (title, stages) => `title = "${title}"\nsummary = "${title}"\ndimensions = ["one", "two", "three"]\n${stages
  .map((stage, i) => `[[stages]]\nid = "s${i}"\ntitle = "${stage}"\nfacts = { "${title}" = "${stage} ${LONG}" }\n`)
  .join("")}`;
const dimension = (title) => `title = "${title}"\nintro = "${title}."\n[[aspects]]\nid = "a"\ntitle = "${title} ${LONG}"\ndescription = "${title}."\nat.s0 = "${title}"\nat.s1 = "${LONG}"\nat.s2 = "${title} 3"\n`;
const files = (language, name, stages) => ({
  "guidepost.toml": `title = "${name}"\nlanguage = "${language}"\n`,
  "content/index.md": `+++\ntitle = "${name}"\ndescription = "${name}"\n+++\n[[guides/a]] ${LONG}\n`,
  "content/guides/a.md": `+++\ntitle = "${name} ${LONG}"\ndescription = "${name}"\n+++\n## ${name}\n\n${LONG} \`code_${LONG}\`\n\n| ${name} | ${name} 2 |\n|---|---|\n| ${LONG} | ${LONG} |\n\n## ${name} 2\n\n\`\`\`\n${LONG} ${LONG}\n\`\`\`\n`,
  "content/frameworks/f/framework.toml": framework(name, stages),
  "content/frameworks/f/one.toml": dimension(`${name} 1`),
  "content/frameworks/f/two.toml": dimension(`${name} 2`),
  "content/frameworks/f/three.toml": dimension(`${name} 3`),
});
const SITES = {
  arabic: files("ar", "النضج", ["الفكرة", "المنتج", "النمو"]),
  german: files("de", "Reifegradmodell", ["Machbarkeitsnachweis", "Reifegrad 2", "Unternehmensweit"]),
};
const PAGES = ["/", "/guides/a/", "/frameworks/f/", "/frameworks/f/s1/", "/frameworks/f/one/", "/frameworks/f/one/a/", "/frameworks/f/matrix/", "/frameworks/f/s0-vs-s1/", "/frameworks/f/compare/", "/frameworks/f/assess/", "/guides/"];
let chromium;
const servers = {};

before(async () => {
  servers.own = await host(site());
  for (const [name, content] of Object.entries(SITES)) {
    const folder = mkdtempSync(join(tmpdir(), `guidepost-care-${name}-`));
    for (const [path, text] of Object.entries(content)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    execFileSync(binary, ["build", "--quiet", "--root", folder], { stdio: "pipe" });
    servers[name] = await host(join(folder, "output"));
  }
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  for (const server of Object.values(servers)) server.close();
});

/** Opens a page of a site, and ends it whatever happens. */
async function on(name, path, options, act) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    await page.goto(servers[name].url + path, { waitUntil: "networkidle" });
    await act(page);
  } finally {
    await context.close();
  }
}
const phone = { viewport: { width: 390, height: 844 } };
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
async function accessible(page, where) {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), [], where);
}

test("on a phone one menu holds the sections and what is beside the page; it keeps the focus, and Escape closes it", () =>
  on("own", KINDS.aspect, phone, async (page) => {
    const [drawer, button] = [page.locator("dialog.drawer"), page.locator(".drawer-open")];
    assert.ok(!(await page.locator(".site-nav").isVisible()) && !(await page.locator(".sidebar").isVisible()));
    await button.focus();
    await page.keyboard.press("Enter");
    assert.ok(await drawer.isVisible());
    for (const name of ["Guides", "Security", "Secrets Management"])
      assert.ok(await drawer.getByRole("link", { name, exact: true }).first().isVisible(), name);
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      const within = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
      assert.ok(within, await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100)));
    }
    await accessible(page, "drawer");
    await page.keyboard.press("Escape");
    assert.ok(!(await drawer.isVisible()));
    assert.ok(await button.evaluate((e) => e === document.activeElement), "the focus is back");
    await button.click();
    await page.mouse.click(380, 400);
    assert.ok(!(await drawer.isVisible()), "a click beside it closes it");
    await button.click();
    await drawer.getByRole("link", { name: "Guides", exact: true }).click();
    await page.waitForURL(/guides\/$/);
  }));

test("without JavaScript the menu opens and closes as well", () =>
  on("own", KINDS.aspect, { ...phone, javaScriptEnabled: false }, async (page) => {
    await page.locator(".drawer-open").click();
    assert.ok(await page.locator("dialog.drawer").isVisible());
    await page.locator(".drawer-close").click();
    assert.ok(!(await page.locator("dialog.drawer").isVisible()));
    await page.locator(".drawer-open").click();
    await page.locator("dialog.drawer a", { hasText: "Playbooks" }).first().click();
    await page.waitForURL(/playbooks\/$/);
  }));

test("the header is one row at every width", async () => {
  for (const width of [320, 390, 650, 700, 768, 820, 900, 1000, 1280])
    await on("own", GUIDE, { viewport: { width, height: 800 } }, async (page) => {
      const { height } = await page.locator(".site-header").boundingBox();
      assert.ok(height <= 60, `${height} at ${width}`);
    });
});

test("the heading that is being read is marked in the contents, and the page in the sidebar is in sight", async () => {
  await on("own", GUIDE, {}, async (page) => {
    const marked = () => page.locator(".toc [aria-current]").allTextContents();
    const entries = await page.locator(".toc a").all();
    assert.deepEqual(await marked(), []);
    for (const entry of [entries[3], entries.at(-1), entries[1]]) {
      await entry.click();
      await page.waitForTimeout(150);
      assert.deepEqual(await marked(), [await entry.textContent()]);
    }
  });
  await on("own", "/frameworks/product-maturity/customer-success/", { viewport: { width: 1280, height: 800 } }, async (page) => {
    const current = await page.locator(".sidebar [aria-current=page]").boundingBox();
    assert.ok(current.y > 57 && current.y + current.height < 800, JSON.stringify(current));
  });
});

test("what a link leads to lies below the header, whatever its height", async () => {
  for (const width of [390, 768, 1280])
    await on("own", GUIDE, { viewport: { width, height: 800 } }, async (page) => {
      // A site with many sections has a header of two rows.
      await page.evaluate(() => (document.querySelector(".site-header .bar").style.minHeight = "120px"));
      await page.waitForTimeout(100);
      await page.evaluate(() => (location.hash = "test-in-layers"));
      await page.waitForTimeout(150);
      const [head, bar] = [await page.locator("#test-in-layers").boundingBox(), await page.locator(".site-header").boundingBox()];
      assert.ok(head.y >= bar.y + bar.height && head.y < 400, `${head.y} at ${width}`);
    });
});

test("the footer lies at the bottom of a short page", async () => {
  for (const path of [KINDS.missing, KINDS.tags])
    await on("own", path, { viewport: { width: 1280, height: 1400 } }, async (page) => {
      const { y, height } = await page.locator(".site-footer").boundingBox();
      assert.ok(Math.abs(y + height - 1400) < 2, `${path}: ${y + height}`);
    });
});

test("at 400 % nothing scrolls sideways", async () => {
  for (const [kind, path] of Object.entries(KINDS))
    await on("own", path, { viewport: { width: 320, height: 256 } }, async (page) => {
      assert.equal(await sideways(page), 0, kind);
      assert.equal(await page.locator(".site-header").evaluate((e) => getComputedStyle(e).position), "static", "a low screen keeps its height");
    });
});

for (const name of Object.keys(SITES))
  test(`long words and ${name} fit on every kind of page`, async () => {
    for (const path of PAGES)
      for (const width of [320, 390, 1280])
        await on(name, path, { viewport: { width, height: 900 } }, async (page) => {
          assert.ok((await sideways(page)) <= 0, `${path} at ${width}`);
          const out = await page.evaluate(() => {
            const boxes = [...document.querySelectorAll(".facts dd, .sidebar a, .card, .stage-card, .checklist > li, h1, h2, h3")];
            return boxes.filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0).map((e) => e.outerHTML.slice(0, 90));
          });
          assert.deepEqual(out, [], `${path} at ${width}`);
          if (width === 1280) await accessible(page, path);
        });
  });

test("from right to left the page, its menu and its pictures are mirrored, and texts in them can be read", () =>
  on("arabic", "/frameworks/f/", {}, async (page) => {
    assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
    const [brand, tools] = [await page.locator(".brand").boundingBox(), await page.locator(".tools").boundingBox()];
    assert.ok(brand.x > tools.x, "the header begins at the right");
    const sidebar = await page.locator(".sidebar").boundingBox();
    assert.ok(sidebar.x > 640);
    const heat = page.locator(".picture.heat");
    const [label, first, last] = [heat.locator("a text").first(), heat.locator("rect").first(), heat.locator("rect").nth(2)];
    const [l, f, z] = [await label.boundingBox(), await first.boundingBox(), await last.boundingBox()];
    assert.ok(l.x > f.x && f.x > z.x, "names at the right, later stages to the left");
    const box = await heat.boundingBox();
    assert.ok(l.x >= box.x && l.x + l.width <= box.x + box.width + 1, "the name lies in the picture");
    const turned = await label.evaluate((e) => e.getScreenCTM().a > 0);
    assert.ok(turned, "its letters are not mirrored");
  }));

test("colours of the reader's own leave the heat map its meaning", () =>
  on("own", `${KINDS.assessment}#answers:=10k&design=poc&data=10k`, { forcedColors: "active" }, async (page) => {
    const shade = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor);
    const shades = [await shade(".heat-table .heat-4"), await shade(".heat-table .heat-0")];
    assert.notEqual(shades[0], shades[1]);
    assert.match(await page.locator(".heat-table .heat-4").first().textContent(), /100 %/);
    await page.goto(servers.own.url + KINDS.framework);
    const fills = await page.locator(".heat rect").evaluateAll((all) => new Set(all.map((e) => getComputedStyle(e).fillOpacity)).size);
    assert.ok(fills > 2, "shades of the picture differ");
  }));

test("a shared result is what its link opens on, and one's own answers stay", () =>
  on("own", KINDS.assessment, phone, async (page) => {
    await page.locator("input[name=design][value=mvp]").check({ force: true });
    assert.match(await page.locator(".assess-progress span").textContent(), /^\d+ of 98/);
    const mine = await page.evaluate(() => JSON.stringify(localStorage));
    await page.goto("about:blank");
    await page.goto(`${servers.own.url}${KINDS.assessment}#answers:=10k&design=poc&core-features=mvp&data=poc`, { waitUntil: "networkidle" });
    const { y } = await page.locator(".result h2").boundingBox();
    assert.ok(y > 0 && y < 300, `the result is at ${y}`);
    assert.ok(await page.getByText("This result came with the link").isVisible());
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage)), mine);
    await page.getByRole("button", { name: "Back to mine" }).click();
    assert.ok(await page.locator("input[name=design][value=mvp]").isChecked());
    assert.ok(!page.url().includes("#answers"));
  }));

test("what is missing begins with ten, and the rest is grouped", () =>
  on("own", `${KINDS.assessment}#answers:=1m&design=poc&core-features=poc&data=poc&auth=poc&security=poc`, {}, async (page) => {
    assert.equal(await page.locator("ol.todo > li").count(), 10);
    assert.ok((await page.locator(".todo-groups section").count()) >= 3);
    const names = await page.locator(".radar text").allTextContents();
    assert.ok(names.includes("Security"), "axes have names");
  }));

test("boxes that clip show it, and lists that scroll can be reached by keyboard", async () => {
  for (const kind of ["aspect", "guide", "framework"])
    await on("own", KINDS[kind], { viewport: { width: 1280, height: 500 } }, async (page) => {
      await accessible(page, kind);
      const scroll = page.locator(".scroll").first();
      if (await scroll.count()) assert.match(await scroll.evaluate((e) => getComputedStyle(e).backgroundAttachment), /local.*scroll/);
    });
});

test("no page loads a font that it does not need, and nothing moves when the one it needs comes", () =>
  on("own", "/", {}, async (page) => {
    const loaded = [];
    page.on("request", (request) => request.url().endsWith(".woff2") && loaded.push(request.url()));
    await page.goto(servers.own.url + GUIDE, { waitUntil: "networkidle" });
    assert.ok(loaded.every((url) => url.includes("inter-latin-opsz")), loaded.join());
    assert.ok(await page.evaluate(() => document.fonts.check("16px Inter")));
    const moved = await page.evaluate(
      () => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 300)),
    );
    assert.ok(moved < 0.01, `${moved}`);
  }));
