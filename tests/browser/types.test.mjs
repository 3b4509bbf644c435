// The theme's scripts are plain JavaScript with types in comments; the compiler holds them to those.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
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
  const sum = (ending) =>
    readdirSync(assets, { recursive: true })
      .filter((name) => name.endsWith(ending))
      .reduce((all, name) => all + gzipped(join(assets, name)), 0);
  assert.ok(sum(".css") <= 24_000, `${sum(".css")} bytes of CSS`);
  assert.ok(sum(".js") <= 30_000, `${sum(".js")} bytes of JavaScript`);
});

test("no page but the full matrix weighs more than 60 kB", () => {
  const heavy = pages(site())
    .filter((file) => !file.endsWith("frameworks/product-maturity/index.html"))
    .filter((file) => gzipped(file) > 60_000);
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
