// What authors write runs nothing and makes nothing but text, in a real browser and without any policy to help:
// each text of a corpus in each field of each kind of file, and then in what the reader's browser keeps and is asked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { browser } from "./chromium.mjs";
import { hostileSite, TEXTS } from "./hostile.mjs";
import { host } from "./server.mjs";
import { pages } from "./site.mjs";

const ALL = TEXTS.join(" ");
let chromium, server, built;

before(async () => {
  built = hostileSite();
  server = await host(built.folder, "");
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** What a payload that got out would leave, on the page or in a text of HTML. Runs in the page. */
function traces(html) {
  const found = [];
  const root = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
  if (window.__pwned) found.push("a payload ran");
  if (root.querySelector(".pwn")) found.push(`made: ${root.querySelector(".pwn").outerHTML.slice(0, 200)}`);
  for (const element of root.querySelectorAll("*"))
    for (const { name, value } of element.attributes) {
      // How high the header is, which a script of ours says by number.
      if (name === "style" && /^--header: \d+px;$/.test(value)) continue;
      if (/^on|^srcdoc$|^style$/i.test(name)) found.push(`${name}="${value.slice(0, 80)}"`);
      if (!/^(href|src|action|formaction|xlink:href|data|poster|content)$/i.test(name)) continue;
      if (name === "content" && element.getAttribute("http-equiv") === null) continue;
      let scheme = "";
      try {
        scheme = new URL(value.replace(/^\d+;\s*url=/i, ""), location.href).protocol;
      } catch {}
      if (/^(javascript|vbscript|data|view-source|blob):$/.test(scheme)) found.push(`${name}="${value.slice(0, 80)}"`);
    }
  if (root.querySelectorAll("base, iframe, object, embed, math mglyph").length) found.push("an element that no template has");
  return [...new Set(found)];
}

/** Presses everything that can be pressed, as a curious reader would. Runs in the page. */
function poke() {
  window.print = window.open = () => {};
  window.confirm = () => true;
  document.querySelectorAll("details").forEach((d) => (d.open = true));
  // What would lead to another page only says so.
  document.addEventListener("click", (event) => event.target.closest?.("a") && event.preventDefault(), true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const input of document.querySelectorAll("main input:not([type=file]), main select")) {
    if (input.type === "checkbox" || input.type === "radio") input.click();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const button of document.querySelectorAll("button")) button.click();
}

/** Looks at pages, a few at a time, in one browser context. */
async function look(context, urls, act) {
  const problems = [];
  const left = [...urls];
  const shown = (url) => (url.length > 100 ? `${url.slice(0, 100)}…` : url);
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      const page = await context.newPage();
      let at = "";
      const say = (what) => problems.push(`${shown(at)}: ${what}`);
      page.on("dialog", (dialog) => (say(`dialog: ${dialog.message()}`), dialog.dismiss()));
      page.on("pageerror", (error) => say(error.stack ?? error.message));
      page.on("console", (m) => m.type() === "error" && !/Failed to load resource/.test(m.text()) && say(m.text()));
      page.on("request", (r) => r.url().startsWith(server.url) || /^(blob|data):/.test(r.url()) || say(`asks for ${r.url()}`));
      while (left.length) {
        at = left.pop();
        await page.goto(server.url + at, { waitUntil: "domcontentloaded" });
        for (const trace of await page.evaluate(traces)) say(trace);
        await act?.(page);
        for (const trace of await page.evaluate(traces)) say(`when used: ${trace}`);
      }
      await page.close();
    }),
  );
  return problems;
}

const files = (moved) => pages(built.folder).filter((file) => readFileSync(file, "utf8").includes('<meta http-equiv="refresh"') === moved);
const paths = () => files(false).map((file) => encodeURI(file.slice(built.folder.length)).replaceAll("#", "%23").replaceAll("?", "%3F"));
const some = (pattern) => paths().filter((path) => pattern.test(path));

test("no text in any field becomes anything but text", async () => {
  const all = paths();
  assert.ok(all.length > 80, `only ${all.length} pages`);
  assert.ok(built.written - built.refused > built.written / 2, `${built.refused} of ${built.written} lines were refused`);
  const context = await chromium.newContext();
  const problems = await look(context, all, (page) => page.evaluate(poke));
  await context.close();
  assert.deepEqual(problems, []);
});

test("old URLs lead to pages of the site", async () => {
  const moved = files(true);
  assert.ok(moved.length > 10, `only ${moved.length} old URLs`);
  const page = await chromium.newPage();
  await page.goto(`${server.url}/404.html`);
  const problems = [];
  for (const file of moved) for (const trace of await page.evaluate(traces, readFileSync(file, "utf8"))) problems.push(`${file}: ${trace}`);
  await page.close();
  assert.deepEqual(problems, []);
});

test("nothing that a link asks a page to show becomes anything but text", async () => {
  const context = await chromium.newContext();
  const query = encodeURIComponent(ALL);
  const asked = some(/frameworks\/f\/(index|d\/index|assess\/index)|^\/(search\/)?index/).flatMap((path) => [
    `${path}?q=${query}&stages=${query}&stage=${query}&tags=${query}&rows=${query}&kind=${query}#${query}`,
    `${path}#result=${query}&d%2Fa0=${query}&=${query}`,
  ]);
  const problems = await look(context, asked, (page) => page.evaluate(poke));
  await context.close();
  assert.deepEqual(problems, []);
});

test("search results show texts as they are", async () => {
  const context = await chromium.newContext();
  const problems = await look(context, ["script", "class"].map((q) => `/search/?q=${q}`), (page) =>
    page.locator(".search-results h2, .search-results li").first().waitFor(),
  );
  await context.close();
  assert.deepEqual(problems, []);
});

test("nothing that the browser keeps becomes anything but text", async () => {
  const context = await chromium.newContext();
  const used = some(/frameworks\/f\/(index|d\/index|one\/index|assess\/index)|playbooks\/p\//);
  await look(context, used, (page) => page.evaluate(poke));
  await context.addInitScript((text) => {
    const spoil = (value) =>
      typeof value === "string" ? text : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).flatMap(([k, v]) => [[k, spoil(v)], [text, text]])) : value;
    for (const key of Object.keys(localStorage)) {
      let value = text;
      try {
        value = spoil(JSON.parse(localStorage.getItem(key)));
      } catch {}
      localStorage.setItem(key, JSON.stringify(value));
    }
  }, TEXTS.slice(0, 6).join(" "));
  const problems = await look(context, used, (page) => page.evaluate(poke));
  await context.close();
  assert.deepEqual(problems, []);
});

test("feeds and lists stay what they are", async () => {
  const page = await chromium.newPage();
  await page.goto(`${server.url}/404.html`);
  const problems = await page.evaluate(async () => {
    const found = [];
    for (const path of ["feed.xml", "sitemap.xml"]) {
      const xml = new DOMParser().parseFromString(await (await fetch(`/${path}`)).text(), "application/xml");
      if (xml.querySelector("parsererror")) found.push(`${path}: ${xml.querySelector("parsererror").textContent}`);
      // What a reader of the feed shows is HTML within it.
      for (const part of xml.querySelectorAll("content, summary, title"))
        if (part.getAttribute("type") === "html") {
          const html = new DOMParser().parseFromString(part.textContent, "text/html");
          if (html.querySelector(".pwn, script")) found.push(`${path}: ${part.textContent.slice(0, 200)}`);
        }
    }
    return found;
  });
  await page.close();
  assert.deepEqual(problems, []);
});
