// The theme's scripts are plain JavaScript with types in comments; the compiler holds them to those.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { KINDS } from "./server.mjs";
import { pages, root, site } from "./site.mjs";

test("the scripts of the theme are well typed", () => {
  const tsc = join(import.meta.dirname, "node_modules/.bin/tsc");
  const run = spawnSync(tsc, ["-p", import.meta.dirname], { encoding: "utf8" });
  assert.equal(run.stdout, "");
  assert.equal(run.status, 0);
});

const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

test("own styles and scripts stay small", () => {
  const assets = join(site(), "assets");
  const css = readdirSync(assets, { recursive: true }).filter((name) => name.endsWith(".css"));
  const styles = css.reduce((all, name) => all + gzipped(join(assets, name)), 0);
  assert.ok(styles <= 27_000, `${styles} bytes of CSS`);
  for (const [kind, url] of Object.entries(KINDS)) {
    const page = join(site(), url.replace(/\?.*/, "").replace(/\/$/, "/index.html"));
    // Interface texts are data.
    const own = [...scripts(page)].filter((file) => !/assets\/texts\./.test(file));
    const sum = own.reduce((all, file) => all + gzipped(file), 0);
    assert.ok(own.length > 5 && sum <= 30_000, `${sum} bytes of JavaScript for ${kind}`);
  }
  // The search comes when someone wants it, and its library is its own.
  const search = readdirSync(assets, { recursive: true }).filter((name) => /^search[./].*js$/.test(name) && !name.includes("minisearch"));
  const sum = search.reduce((all, name) => all + gzipped(join(assets, name)), 0);
  assert.ok(search.length > 5 && sum <= 15_000, `${sum} bytes of JavaScript for the search`);
});

/** The scripts that a page loads by itself. */
function scripts(page) {
  const found = new Set();
  const add = (from, to) => {
    const file = join(dirname(from), to);
    if (found.has(file)) return;
    found.add(file);
    for (const [, other] of readFileSync(file, "utf8").matchAll(/(?:from|import) ?"(\.[^"]*\.js)"/g)) add(file, other);
  };
  for (const [, src] of readFileSync(page, "utf8").matchAll(/<script[^>]* src="([^"]*)"/g)) add(page, src);
  return found;
}

test("no page weighs more than 60 kB", () => {
  const heavy = pages(site()).filter((file) => gzipped(file) > 60_000);
  assert.deepEqual(heavy, []);
});

test("no page has a script, style or handler inside, so that a strict policy holds", () => {
  const found = pages(site()).filter((file) => {
    const html = readFileSync(file, "utf8");
    return (
      /<script(?![^>]*\b(src=|type="application\/ld\+json"))/.test(html) || /<[^>]+\s(style|on[a-z]+)=/.test(html) || /<style/.test(html)
    );
  });
  assert.deepEqual(found, []);
});

test("nothing of the theme is left unused in its folder", () => {
  const assets = join(root, "themes/default/assets");
  const names = readdirSync(assets, { recursive: true }).filter((name) => !name.startsWith("style/"));
  const published = readdirSync(join(site(), "assets"), { recursive: true });
  for (const name of names.filter((name) => name.includes("."))) {
    const [stem, ending] = name.split(".");
    assert.ok(published.some((p) => p.startsWith(`${stem}.`) && p.endsWith(`.${ending}`)), name);
  }
});
