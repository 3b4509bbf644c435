// The preview in a real browser: text, styles and errors arrive without the page being loaded again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { browser } from "./chromium.mjs";
import { POLICY } from "./server.mjs";
import { binary } from "./site.mjs";

const folder = mkdtempSync(join(tmpdir(), "guidepost-live-"));
let server, url, chromium;

function write(path, text) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const filler = Array.from({ length: 80 }, (_, i) => `Paragraph ${i}.`).join("\n\n");
const page = (text) => `+++
title = "A"
description = "A"
[[faq]]
question = "Open?"
answer = "Yes."
+++
${filler}

${text}

- [ ] a task

<details class="own">
<summary>More</summary>

Inside.

</details>

${filler}
`;

before(async () => {
  write("content/index.md", '+++\ndescription = "H"\n+++\n[A](a.md)\n');
  write("content/a.md", page("First text."));
  write("content/playbooks/p.md", playbook("Step one"));
  server = spawn(binary, ["serve", "--root", folder, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout })) {
    url = line.match(/^Serving (\S+)/)?.[1];
    if (url) break;
  }
  server.stdout.resume();
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

function playbook(step) {
  const section = (name, text) => `## ${name}\n\n${text}\n\n`;
  return `+++\npurpose = "Do."\n+++\n${section("Inputs", "- A")}${section("Principles", "B")}${section("Process", `- ${step}\n- Step two`)}${section("Outputs", "- C")}${section("Tips", "- D")}`;
}

/** Opens a page and counts how often it is loaded. */
async function open(path, from = chromium) {
  const tab = await from.newPage({ viewport: { width: 900, height: 600 } });
  const problems = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  await tab.goto(new URL(path, url).href);
  await tab.evaluate(() => (window.loadedOnce = true));
  // The stream is open once the client has asked for it.
  await tab.waitForFunction(() => performance.getEntriesByType("resource").some((r) => r.name.includes("client.js")));
  return { tab, problems, same: () => tab.evaluate(() => window.loadedOnce === true) };
}

test("text changes in place: scroll, open details and focus stay", async () => {
  const { tab, problems, same } = await open("a/");
  await tab.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
    document.querySelector("details.own").open = true;
    document.querySelector("details.faq summary").focus({ preventScroll: true });
    window.scrollTo({ top: 1500, behavior: "instant" });
  });
  write("content/a.md", page("Second text, with a [link](index.md)."));
  await tab.getByText("Second text").waitFor();
  assert.equal(await tab.evaluate(() => Math.round(window.scrollY)), 1500);
  assert.equal(await tab.evaluate(() => document.querySelector("details.own").open), true);
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Open?");
  assert.equal(await tab.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal(await tab.getByText("First text").count(), 0);
  assert.ok(await same(), "the page was loaded again");
  assert.deepEqual(problems, []);
  await tab.close();
});

test("ticks stay when the text beside them changes", async () => {
  const { tab, same } = await open("playbooks/p/");
  await tab.locator(".checklist input").nth(1).check();
  write("content/playbooks/p.md", playbook("Step one, said better"));
  await tab.getByText("said better").waitFor();
  assert.equal(await tab.locator(".checklist input").nth(1).isChecked(), true);
  assert.ok(await same());
  await tab.close();
});

test("a style is changed without the page being loaded again", async () => {
  const { tab, problems, same } = await open("a/");
  write("themes/default/assets/style.css", "body { background: rgb(1, 2, 3); }\n");
  await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
  write("themes/default/assets/style.css", "body { background: rgb(4, 5, 6); }\n");
  await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(4, 5, 6)");
  rmSync(join(folder, "themes"), { recursive: true });
  await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)");
  assert.ok(await same(), "the page was loaded again");
  assert.deepEqual(problems, []);
  await tab.close();
});

test("styles of the brand come and change in place, and keep their order", async () => {
  const { tab, problems, same } = await open("a/");
  const background = (colour) => tab.waitForFunction((wanted) => getComputedStyle(document.body).backgroundColor === wanted, colour);
  write("brand/one.css", "body { background: rgb(1, 1, 1); }\n");
  write("brand/two.css", "body { background: rgb(2, 2, 2); }\n");
  write("guidepost.toml", '[brand]\ncss = ["brand/one.css", "brand/two.css"]\n');
  await background("rgb(2, 2, 2)");
  // The first of them changes, and the last one still holds.
  write("brand/one.css", "body { background: rgb(3, 3, 3); color: rgb(4, 4, 4); }\n");
  await tab.waitForFunction(() => getComputedStyle(document.body).color === "rgb(4, 4, 4)");
  const names = () => tab.evaluate(() => [...document.head.querySelectorAll("link[rel=stylesheet]")].map((l) => l.href.match(/(\w+)\.\w+\.css$/)[1]));
  await tab.waitForFunction(() => document.head.querySelectorAll("link[rel=stylesheet]").length === 3);
  assert.deepEqual(await names(), ["style", "one", "two"]);
  await background("rgb(2, 2, 2)");
  rmSync(join(folder, "guidepost.toml"));
  await background("rgb(255, 255, 255)");
  assert.ok(await same(), "the page was loaded again");
  assert.deepEqual(problems, []);
  await tab.close();
});

/** A PNG picture of one colour (RFC 2083). */
function square(size, colour) {
  const number = (n) => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n]);
  const chunk = (name, data) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    return Buffer.concat([number(data.length), named, number(crc32(named))]);
  };
  const header = Buffer.concat([number(size), number(size), Buffer.from([8, 2, 0, 0, 0])]);
  const row = [0, ...Array(size).fill(colour).flat()];
  const pixels = deflateSync(Buffer.from(Array(size).fill(row).flat()));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** The colour of the first pixel of the page's picture, and how large the picture itself is. */
const seen = (tab) =>
  tab.evaluate(async () => {
    const img = document.querySelector("main img");
    await img.decode();
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.drawImage(img, 0, 0);
    return `${[...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]} ${img.naturalWidth}`;
  });

test("a picture that is replaced shows, whether or not its size stays, and once only", async () => {
  write("content/square.png", square(10, [255, 0, 0]));
  write("content/pictured.md", '+++\ndescription = "P"\n+++\n![A square](square.png)\n');
  const other = await open("pictured/");
  const { tab, problems, same } = await open("pictured/");
  const shows = async (wanted) => {
    for (const page of [tab, other.tab])
      for (let tries = 1; ; tries += 1) {
        const is = await seen(page);
        if (is === wanted) break;
        assert.ok(tries < 100, `${is} instead of ${wanted}`);
        await page.waitForTimeout(50);
      }
  };
  await shows("255,0,0 10");
  // Both tabs have looked at the picture once.
  for (const page of [tab, other.tab])
    await page.waitForFunction(() => performance.getEntriesByType("resource").some((r) => r.initiatorType === "fetch" && r.name.endsWith("square.png")));
  write("content/square.png", square(20, [0, 0, 255]));
  await shows("0,0,255 20");
  write("content/square.png", square(20, [0, 128, 0]));
  await shows("0,128,0 20");
  let loads = 0;
  tab.on("request", (request) => request.resourceType() === "image" && loads++);
  write("content/pictured.md", '+++\ndescription = "P"\n+++\n![A square](square.png)\n\nA word more.\n');
  await tab.getByText("A word more.").waitFor();
  assert.equal(loads, 0, "a picture that stayed was asked for again");
  assert.equal(await seen(tab), "0,128,0 20");
  assert.ok(await same(), "the page was loaded again");
  assert.deepEqual(problems, []);
  for (const page of [tab, other.tab]) await page.close();
  rmSync(join(folder, "content/pictured.md"));
  rmSync(join(folder, "content/square.png"));
});

test("an error is laid over the page and goes when it is fixed", async () => {
  const { tab, problems, same } = await open("a/");
  write("content/a.md", page("[broken](nowhere.md)"));
  const overlay = tab.locator("guidepost-problems");
  await overlay.waitFor();
  const text = await overlay.evaluate((host) => host.shadowRoot.textContent);
  assert.match(text, /error\[broken-link\]: there is no `content\/nowhere\.md`/);
  assert.match(text, /--> content\/a\.md:\d+:1/);
  assert.equal(await tab.getByText("Second text").count(), 1, "the last good page is below it");
  write("content/a.md", page("Third text."));
  await tab.getByText("Third text.").waitFor();
  await overlay.waitFor({ state: "detached" });
  assert.ok(await same());
  assert.deepEqual(problems, []);
  await tab.close();
});

/** A host before the preview, with a strict policy. Counts the streams that are open through it. */
async function proxy() {
  const streams = new Set();
  const host = createServer((asked, answer) => {
    const to = request(new URL(asked.url, url), { headers: { ...asked.headers, host: new URL(url).host } }, (from) => {
      answer.writeHead(from.statusCode, { ...from.headers, "content-security-policy": POLICY });
      answer.flushHeaders();
      from.pipe(answer);
      if (asked.url.endsWith("/events")) streams.add(answer);
    });
    to.on("error", () => answer.destroy());
    answer.on("close", () => {
      streams.delete(answer);
      to.destroy();
    });
    to.end();
  });
  await new Promise((listening) => host.listen(0, "127.0.0.1", listening));
  return { streams, port: host.address().port, close: () => (host.closeAllConnections(), host.close()) };
}

test("ten tabs of one browser: each is up to date, and there is room for more", async () => {
  const { streams, port, close } = await proxy();
  // A plain name over http: no secure context, as for colleagues in one office.
  const own = await browser(["--host-resolver-rules=MAP preview.test 127.0.0.1"]);
  try {
    const context = await own.newContext();
    context.setDefaultTimeout(15_000);
    const complaints = [];
    const tabs = [];
    write("content/a.md", page("Before ten tabs."));
    for (let i = 0; i < 10; i += 1) {
      const tab = await context.newPage();
      tab.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
      await tab.goto(`http://preview.test:${port}/a/`);
      await tab.getByText("Before ten tabs.").waitFor();
      tabs.push(tab);
    }
    assert.equal(await tabs[0].evaluate(() => isSecureContext), false);
    write("content/a.md", page("For all ten tabs."));
    for (const tab of tabs) await tab.getByText("For all ten tabs.").waitFor();
    assert.equal(streams.size, 1);
    const eleventh = await context.newPage();
    assert.equal((await eleventh.goto(`http://preview.test:${port}/playbooks/p/`)).status(), 200);
    // Tabs that close or leave do not end the stream of the others.
    for (const tab of tabs.slice(0, 9)) await tab.close();
    await eleventh.goto("about:blank");
    write("content/a.md", page("For the last tab."));
    await tabs[9].getByText("For the last tab.").waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await own.close();
    close();
  }
});

test("where workers cannot be shared, a page has a stream of its own", async () => {
  const context = await chromium.newContext();
  await context.addInitScript(() => delete window.SharedWorker);
  const { tab, same } = await open("a/", context);
  write("content/a.md", page("Without a worker."));
  await tab.getByText("Without a worker.").waitFor();
  assert.ok(await same());
  await context.close();
});

test("a page that comes back from the browser's cache is up to date again", async () => {
  const own = await browser([], { ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const { tab, same } = await open("a/", own);
    write("content/a.md", page("Before it was left."));
    await tab.getByText("Before it was left.").waitFor();
    await tab.goto(new URL("playbooks/p/", url).href);
    write("content/a.md", page("While it was away."));
    // A page from that cache is there at once; it does not load.
    await tab.goBack({ waitUntil: "commit" });
    assert.ok(await same(), "the browser loaded the page again, and nothing was tested");
    await tab.getByText("While it was away.").waitFor();
    write("content/a.md", page("After it came back."));
    await tab.getByText("After it came back.").waitFor();
    assert.ok(await same());
  } finally {
    await own.close();
  }
});

test("five edits later a button does once what it does", async () => {
  const { tab, same } = await open("playbooks/p/");
  for (const edit of ["One", "Two", "Three", "Four", "Five"]) {
    write("content/playbooks/p.md", playbook(`${edit} is the first step`));
    await tab.getByText(`${edit} is the first step`).waitFor();
  }
  const files = [];
  tab.on("download", (file) => files.push(file));
  await tab.locator("[data-do=export]").press("Enter");
  await tab.locator(".checklist input").first().check();
  await tab.waitForFunction(() => document.querySelector(".checks-progress").textContent === "1 of 2 done");
  assert.equal(files.length, 1);
  assert.ok(await same());
  await tab.close();
});

test("a page that is written later shows in the tab that waits for it", async () => {
  const tab = await chromium.newPage();
  await tab.goto(new URL("later/", url).href);
  await tab.getByText("Page not found").first().waitFor();
  assert.equal(await tab.locator("guidepost-notice").count(), 0, "it was never there, so it is not gone");
  write("content/later.md", '+++\ndescription = "L"\n+++\nHere it is.\n');
  await tab.getByText("Here it is.").waitFor();
  rmSync(join(folder, "content/later.md"));
  await tab.locator("guidepost-notice").waitFor();
  write("content/later.md", '+++\ndescription = "L"\n+++\nHere it is.\n');
  await tab.locator("guidepost-notice").waitFor({ state: "detached" });
  await tab.close();
});

test("a change on another page does not disturb this one; one that vanished says so", async () => {
  const { tab, same } = await open("a/");
  let fetched = 0;
  tab.on("response", (response) => response.url() === tab.url() && response.status() !== 304 && fetched++);
  write("content/playbooks/p.md", playbook("Another first step"));
  const other = await open("playbooks/p/");
  await other.tab.getByText("Another first step").waitFor();
  assert.equal(fetched, 0, "the page was fetched although nothing on it changed");
  rmSync(join(folder, "content/a.md"));
  write("content/index.md", '+++\ndescription = "H"\n+++\nAlone.\n');
  const notice = tab.locator("guidepost-notice");
  await notice.waitFor();
  assert.match(await notice.evaluate((host) => host.shadowRoot.textContent), /no longer part of the site/);
  assert.ok(await same());
  await tab.close();
  await other.tab.close();
});
