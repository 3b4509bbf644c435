// Frameworks of other shapes than our own: levels that add up, questions in groups, cells told in prose. The tables and
// pages of each hold on a phone, a desk and a wide screen, and every page has one title and ids of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { binary, pages, root, site } from "./site.mjs";

/** Each site: where its content lies, and how it is built. */
const SITES = {
  levels: fixture("levels"),
  questions: fixture("questions"),
  prose: fixture("prose"),
  own: { folder: root, build: () => site() },
};
const WIDTHS = [390, 1280, 1920];

function fixture(name) {
  const folder = join(root, "tests/frameworks", name);
  // Built once, from a copy, for the cache stays beside the content.
  let output;
  const build = () => {
    if (output) return output;
    const copy = mkdtempSync(join(tmpdir(), `guidepost-${name}-`));
    for (const part of ["guidepost.toml", "content"]) cpSync(join(folder, part), join(copy, part), { recursive: true });
    execFileSync(binary, ["build", "--strict", "--quiet", "--root", copy, "--base-url", "https://example.com/"], { stdio: "pipe" });
    return (output = join(copy, "output"));
  };
  return { folder, build };
}

/** Of each kind of page of a site's frameworks, the URL of the largest one. */
function kinds({ folder, build }) {
  const output = build();
  const found = {};
  const largest = (kind, path) => {
    const file = join(output, path, "index.html");
    if (!existsSync(file)) return;
    const { size } = statSync(file);
    if (!(found[kind]?.size > size)) found[kind] = { size, url: `/${path}/` };
  };
  const folders = (path) => readdirSync(join(output, path), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);
  for (const framework of folders("frameworks")) {
    const path = `frameworks/${framework}`;
    largest("framework", path);
    for (const name of folders(path)) {
      const below = `${path}/${name}`;
      if (name === "matrix") largest("matrix", below);
      else if (name === "compare" || name === "assess") continue;
      else if (name === "groups") folders(below).forEach((group) => largest("group", `${below}/${group}`));
      else if (name.includes("-vs-")) largest("comparison", below);
      else if (existsSync(join(folder, "content", `${below}.toml`))) {
        largest("dimension", below);
        folders(below).forEach((aspect) => largest("aspect", `${below}/${aspect}`));
      } else largest("stage", below);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([kind, { url }]) => [kind, url]));
}

/** What is wrong with a page as it stands on the screen. Runs in the page. */
function look() {
  const LONGEST_WORD = 24;
  const problems = [];
  const name = (element) => {
    const classes = [...element.classList].map((c) => `.${c}`).join("");
    return `${element.localName}${element.id && `#${element.id}`}${classes} "${element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}"`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  // Kept for screen readers alone.
  const unseen = (element) => element.offsetWidth <= 1 || element.offsetHeight <= 1;
  const bold = (element) => Number(getComputedStyle(element).fontWeight) >= 600;

  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) {
    const edge = innerWidth + 1;
    const scrolls = (e) => e && e !== document.documentElement && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter((e) => shown(e) && e.getBoundingClientRect().right > edge && !scrolls(e.parentElement));
    problems.push(`${wide} pixels wider than the screen: ${out.slice(-1).map(name)}`);
  }

  // The text that an element sets in bold itself, with the bold words inside of it.
  const boldText = (element) =>
    [...element.childNodes]
      .map((node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE || !bold(node)) return "";
        return getComputedStyle(node).display === "inline" ? boldText(node) : "";
      })
      .join("");
  for (const element of document.body.querySelectorAll("*")) {
    if (element.textContent.length <= 300 || !bold(element) || !shown(element)) continue;
    const length = boldText(element).trim().replace(/\s+/g, " ").length;
    if (length > 300) problems.push(`${length} characters in bold: ${name(element)}`);
  }

  // Columns with words that go on in the next line, by table and place: the words, and where the first one stands.
  const narrow = new Map();
  const shownOf = (text) => text.replace(/\s+/g, " ").trim().slice(0, 40);
  for (const cell of document.querySelectorAll("td, th")) {
    if (!shown(cell)) continue;
    for (const element of [cell, ...cell.querySelectorAll("*")]) {
      // What is folded is not measured: that would lay it out.
      if (!shown(element)) continue;
      const over = element.scrollWidth - element.clientWidth;
      if (over <= 1 || !element.clientWidth || unseen(element)) continue;
      const { display, overflowX } = getComputedStyle(element);
      // What can be scrolled to is not lost, and what sticks out within its cell covers nothing.
      const clipped = /hidden|clip/.test(overflowX) && display !== "inline";
      if (clipped || (element === cell && overflowX === "visible")) problems.push(`${over} pixels ${clipped ? "are clipped in" : "spill out of"} ${name(element)}`);
    }
    // A word that goes on in the next line is wider than its column. Addresses, code and other long things may do so,
    // and words with hyphens may be broken there.
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!shown(text.parentElement) || text.parentElement.closest("td, th, pre, code") !== cell) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      if (range.getClientRects().length < 2 || unseen(text.parentElement)) continue;
      for (const word of text.data.matchAll(/\S+/g)) {
        if (word[0].length > LONGEST_WORD || /[-\u2010-\u2014\u200b\u00ad]/.test(word[0])) continue;
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter((r) => r.width > 0).map((r) => Math.round(r.top)));
        if (lines.size < 2) continue;
        const table = cell.closest("table");
        const column = `column ${cell.cellIndex + 1} (${cell.clientWidth} pixels) of the table "${shownOf(table.caption?.textContent || table.textContent)}"`;
        narrow.set(column, [...(narrow.get(column) ?? []), word[0]]);
      }
    }
  }
  for (const [column, words] of narrow) problems.push(`${words.length} words are broken in ${column}: ${words.slice(0, 4).join(", ")}`);

  const count = new Map();
  for (const { id } of document.querySelectorAll("[id]")) count.set(id, (count.get(id) ?? 0) + 1);
  for (const [id, n] of count) if (n > 1) problems.push(`#${id} is there ${n} times`);

  let level = 1;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (!shown(heading)) continue;
    const own = Number(heading.localName[1]);
    if (own > level + 1) problems.push(`level ${own} follows level ${level}: ${name(heading)}`);
    level = own;
  }
  const titles = document.querySelectorAll("h1").length;
  if (titles !== 1) problems.push(`${titles} titles`);
  return problems;
}

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: { "no-trailing-whitespace": "off", "long-title": "off" },
});

/** What is wrong with a page as it is written: the ids and headings in its tags. */
function outline(html) {
  const problems = [];
  const ids = new Set();
  let level = 1;
  let titles = 0;
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/g)) {
    const id = /\sid="([^"]*)"/.exec(tag)?.[1];
    if (id !== undefined && ids.has(id)) problems.push(`#${id} again`);
    ids.add(id);
    const own = Number(/^<h([1-6])/.exec(tag)?.[1]);
    if (!own) continue;
    if (own === 1) titles++;
    if (own > level + 1) problems.push(`${tag} follows level ${level}`);
    level = own;
  }
  if (titles !== 1) problems.push(`${titles} titles`);
  return problems;
}

test("a framework that calls things by its own words does so on each of its pages", () => {
  const output = SITES.levels.build();
  const said = [];
  for (const file of pages(join(output, "frameworks/steady-delivery"))) {
    const html = readFileSync(file, "utf8").replace(/<script.*?<\/script>/gs, "");
    // What is read, with the labels and hints in attributes.
    const labels = [...html.matchAll(/\s(?:aria-label|title|placeholder|alt|content|data-title)="([^"]*)"/g)].map((m) => m[1]);
    const read = `${html.replace(/<[^>]*>/g, " ")} ${labels.join(" ")}`.replace(/\s+/g, " ");
    for (const [, around] of read.matchAll(/(.{0,30}\b(?:stages?|dimensions?|activit(?:y|ies))\b.{0,30})/gi)) said.push(`${file.slice(output.length)}: ${around}`);
  }
  assert.deepEqual(said.slice(0, 40), []);
});

for (const [name, { folder, build }] of Object.entries(SITES)) {
  test(`${name}: every page has one title, headings in order and each id once`, () => {
    const output = build();
    const problems = [];
    for (const file of pages(output)) {
      const html = readFileSync(file, "utf8");
      if (html.includes('<meta http-equiv="refresh"')) continue;
      for (const problem of outline(html)) problems.push(`${file.slice(output.length)}: ${problem}`);
    }
    assert.deepEqual(problems.slice(0, 40), []);
  });

  // Our own site has a test of its own for this.
  if (name !== "own")
    test(`${name}: every page is valid HTML`, async () => {
      const output = build();
      const problems = [];
      for (const file of pages(output)) {
        const report = await validator.validateString(readFileSync(file, "utf8"), file);
        for (const { messages } of report.results)
          for (const m of messages) problems.push(`${file.slice(output.length)}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
      }
      assert.deepEqual(problems.slice(0, 40), []);
    });

  for (const width of WIDTHS)
    test(`${name}: pages and tables at ${width} pixels`, async () => {
      const urls = kinds({ folder, build });
      for (const kind of ["dimension", "aspect", "stage", "comparison", "matrix"]) assert.ok(urls[kind], `there is no ${kind} page`);
      const server = await host(build());
      const context = await chromium.newContext({ viewport: { width, height: 900 }, colorScheme: "light" });
      try {
        const problems = [];
        for (const [kind, url] of Object.entries(urls)) {
          const page = await context.newPage();
          await page.goto(server.url + url);
          // As it opens, and with everything that is folded.
          const found = new Set(await page.evaluate(look));
          await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
          for (const problem of await page.evaluate(look)) found.add(problem);
          for (const problem of found) problems.push(`${kind} ${url}: ${problem}`);
          await page.close();
        }
        assert.deepEqual(problems.slice(0, 60), []);
      } finally {
        await context.close();
        server.close();
      }
    });
}

test("what stands in a list, a card or a field is set as such", async () => {
  const server = await host(SITES.levels.build());
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  try {
    const page = await context.newPage();
    const framework = readdirSync(join(SITES.levels.build(), "frameworks")).find((name) => !name.includes("."));
    await page.goto(`${server.url}/frameworks/${framework}/l2/`);
    // Activities within a checklist are a plain list, and no rows of it.
    const nested = await page.$$eval(".checklist .activities > li", (items) => items.map((item) => getComputedStyle(item).display));
    assert.ok(nested.length > 0 && nested.every((display) => display === "list-item"), String(nested));
    // Five cards do not leave one alone in its row.
    for (const name of ["cards", "cards small"]) {
      const rows = await page.evaluate((name) => {
        const list = document.createElement("ul");
        list.className = name;
        list.innerHTML = "<li class=card>1</li>".repeat(5);
        document.querySelector("article").append(list);
        return [...list.children].map((card) => card.getBoundingClientRect().top);
      }, name);
      const last = rows.filter((top) => top === Math.max(...rows));
      assert.ok(last.length > 1, `${last.length} ${name} in the last row`);
    }
    // A field's label keeps its distance from the text above it.
    await page.goto(`${server.url}/frameworks/${framework}/build/tests/`);
    const gaps = await page.$$eval(".activity > .fields", (lists) =>
      lists.map((list) => list.getBoundingClientRect().top - list.previousElementSibling.getBoundingClientRect().bottom),
    );
    assert.ok(gaps.length > 0 && gaps.every((gap) => gap >= 5), String(gaps));
  } finally {
    await context.close();
    server.close();
  }
});
