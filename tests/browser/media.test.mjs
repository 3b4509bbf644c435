// Videos, sounds, sized pictures and their smaller copies, and what is said once: by keyboard, without JavaScript, on paper,
// at two widths, light and dark, under the strict policy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { binary } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGE = "/guides/a/";
let chromium, server, output;

/** A picture as a PNG: bands of colour, so that it is seen where it lies. */
function png(width, height) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows.set([(x * 255) / width, (y * 255) / height, (x ^ y) & 64 ? 180 : 60], y * (1 + width * 3) + 1 + x * 3);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A second of a tone. */
function wav() {
  const rate = 8000;
  const bytes = Buffer.alloc(44 + rate);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + rate, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(rate, 40);
  for (let i = 0; i < rate; i++) bytes[44 + i] = 128 + 60 * Math.sin(i / 3);
  return bytes;
}

/** A second of film, recorded by the browser itself. */
async function webm() {
  const page = await chromium.newPage();
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
    for (let i = 0; i < 25; i++) {
      pen.fillStyle = `hsl(${i * 14} 80% 50%)`;
      pen.fillRect(0, 0, 320, 180);
      await new Promise((done) => setTimeout(done, 40));
    }
    recorder.stop();
    await new Promise((done) => (recorder.onstop = done));
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  });
  await page.close();
  return Buffer.from(bytes);
}

before(async () => {
  chromium = await browser();
  const folder = mkdtempSync(join(tmpdir(), "guidepost-media-"));
  const write = (path, content) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  write("guidepost.toml", `[variables]\norg = "R&D <Example>"\nsupport-mail = "help@example.com"\n[images]\nwidths = [240, 480, 960]\n`);
  write("content/index.md", `+++\ndescription = "Home of [[var:org]]."\n+++\n[A guide](guides/a.md)\n`);
  write(
    "content/guides/a.md",
    `+++
title = "Signing in at [[var:org]]"
description = "How to sign in."
+++
Everything you need to sign in for the first time.

![How to sign in for the first time, from the letter to the first page](demo.webm)

Some words between the two.

![A film without a poster](bare.webm)

![The tone that says it worked](tone.wav)

## What you see

![The page as it looks on a wide screen](wide.png)

A small one stands in the text ![a key](key.png){width=24} where it belongs.

![The page once more, smaller](wide.png){width=320}

## Who helps

![[_snippets/support]]{topic="a \\"lost\\" letter"}

- Before lunch:

  ![[_snippets/support]]{topic="a new letter"}
`.replaceAll('\\"', "”"),
  );
  write("content/_snippets/support.md", `### About [[var:topic]] {#about}\n\nWrite to [[[var:support-mail]]](mailto:[[var:support-mail]]) at **[[var:org]]**; [back](#about).\n\n![Who answers](who.png){width=120}\n`);
  write("content/_snippets/who.png", png(300, 300));
  write("content/guides/wide.png", png(1600, 900));
  write("content/guides/key.png", png(96, 96));
  write("content/guides/demo.png", png(640, 360));
  write("content/guides/demo.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nOpen the letter.\n");
  write("content/guides/demo.de.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nÖffne den Brief.\n");
  write("content/guides/tone.wav", wav());
  const film = await webm();
  write("content/guides/demo.webm", film);
  write("content/guides/bare.webm", film);
  execFileSync(binary, ["build", "--strict", "--quiet", "--root", folder], { stdio: "inherit" });
  output = join(folder, "output");
  server = await host(output);
});
after(async () => {
  await chromium?.close();
  server?.close();
});

async function open(options = {}) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (m) => m.type() === "error" && problems.push(m.text()));
  page.on("pageerror", (e) => problems.push(e.message));
  page.on("request", (r) => r.url().startsWith(server.url) || problems.push(`asks for ${r.url()}`));
  page.on("response", (r) => r.status() >= 400 && problems.push(`${r.url()} ${r.status()}`));
  await page.goto(server.url + PAGE);
  return { context, page, problems };
}

const shoot = async (page, name) => {
  if (!process.env.SHOTS) return;
  // Lazy pictures are loaded on the way down.
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 50));
    }
    scrollTo(0, 0);
  });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
};

test("the pages are valid", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "long-title": "off" } });
  const page = readFileSync(join(output, "guides/a/index.html"), "utf8");
  const report = await validator.validateString(page);
  const found = report.results.flatMap((result) => result.messages).map((m) => `${m.line}: ${m.ruleId}: ${m.message}`);
  assert.deepEqual(found, []);
  assert.ok(!page.includes("[[var:"), "every variable is filled");
  assert.ok(!readdirSync(output, { recursive: true }).some((name) => name.includes("support")), "a snippet is no page");
});

for (const width of [390, 1280])
  for (const colorScheme of ["light", "dark"])
    test(`pictures and players at ${width} pixels, ${colorScheme}`, async () => {
      const { context, page, problems } = await open({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "no sideways scroll");
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll("article :is(img, video, audio)")].map((e) => {
          const { width, height, right } = e.getBoundingClientRect();
          return { name: `${e.localName} ${e.getAttribute("src")}`, width, height, right };
        }),
      );
      for (const { name, width: w, height, right } of boxes) {
        assert.ok(w > 0 && height > 0, `${name} has a shape before it is loaded`);
        assert.ok(right <= width, `${name} stays on the screen`);
      }
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => axe.run());
      for (const v of violations) problems.push(`${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
      assert.deepEqual(problems, []);
      await shoot(page, `media-${width}-${colorScheme}`);
      await context.close();
    });

test("nothing moves while pictures load", async () => {
  const { context, page } = await open();
  const places = () => page.evaluate(() => [...document.querySelectorAll("article :is(p, h2)")].map((e) => e.getBoundingClientRect().top + scrollY));
  const first = await places();
  await page.evaluate(() => document.querySelectorAll("img").forEach((img) => (img.loading = "eager")));
  await page.waitForFunction(() => [...document.images].every((img) => img.complete && img.naturalWidth > 0));
  assert.deepEqual(await places(), first);
  await context.close();
});

test("a browser loads the copy that fits", async () => {
  const chosen = async (options) => {
    const { context, page } = await open(options);
    await page.evaluate(() => document.querySelectorAll("img").forEach((img) => (img.loading = "eager")));
    await page.waitForFunction(() => [...document.images].every((img) => img.complete && img.naturalWidth > 0));
    const sources = await page.evaluate(() => [...document.querySelectorAll("article img[src*='wide.png']")].map((img) => img.currentSrc.match(/wide\.(?:(\d+)\.)?/)[1] ?? "whole"));
    await context.close();
    return sources;
  };
  assert.deepEqual(await chosen({ viewport: { width: 390, height: 900 } }), ["480", "480"]);
  assert.deepEqual(await chosen({ viewport: { width: 1280, height: 900 } }), ["960", "480"]);
  assert.deepEqual(await chosen({ viewport: { width: 1280, height: 900 }, deviceScaleFactor: 3 }), ["whole", "960"]);
});

test("a player is reached and played with the keyboard, with its captions", async () => {
  const { context, page, problems } = await open();
  const video = page.locator("video").first();
  await video.evaluate((v) => new Promise((done) => (v.readyState > 0 ? done() : v.addEventListener("loadedmetadata", done))));
  for (let i = 0; i < 60 && !(await video.evaluate((v) => v === document.activeElement)); i++) await page.keyboard.press("Tab");
  assert.ok(await video.evaluate((v) => v === document.activeElement), "Tab reaches the player");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector("video").currentTime > 0);
  const tracks = await video.evaluate((v) => [...v.textTracks].map((t) => `${t.kind} ${t.language} ${t.label} ${t.mode}`));
  assert.deepEqual(tracks, ["captions de Captions (de) disabled", "captions en Captions (en) showing"]);
  await page.waitForFunction(() => document.querySelector("video").textTracks[1].cues?.length === 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test("without JavaScript everything is there", async () => {
  const { context, page, problems } = await open({ javaScriptEnabled: false });
  assert.equal(await page.locator("video[controls]").count(), 2);
  assert.equal(await page.locator("audio[controls]").count(), 1);
  assert.equal(await page.locator(".media a[download]:visible").count(), 3);
  await page.locator("article a", { hasText: "back" }).nth(1).click();
  assert.ok(page.url().endsWith("#support-1-about"), page.url());
  assert.equal(await page.locator("h3#support-1-about").innerText().then((text) => text.replace("#", "").trim()), "About a new letter");
  assert.deepEqual(problems, []);
  await context.close();
});

test("on paper a video is its poster, or only its caption", async () => {
  const { context, page } = await open();
  await page.emulateMedia({ media: "print" });
  const shown = await page.evaluate(() => [...document.querySelectorAll("video, audio, .media-download, .media figcaption")].map((e) => [e.localName, e.checkVisibility()]));
  assert.deepEqual(shown, [
    ["video", true],
    ["figcaption", true],
    ["span", false],
    ["video", false],
    ["figcaption", true],
    ["span", false],
    ["audio", false],
    ["figcaption", true],
    ["span", false],
  ]);
  await shoot(page, "media-print");
  await context.close();
});
