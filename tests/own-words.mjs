#!/usr/bin/env node
// Shows that the prose of content/ is our own: no run of eight words stands both there and in the documents that its
// facts come from. Cells, headings and names carry over to the letter, so lines that hold only those are left out.
//
//     tests/own-words.mjs FOLDER      the folder with the documents, as text files
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const RUN = 8;
const folder = process.argv[2];
if (!folder) {
  console.error("usage: tests/own-words.mjs FOLDER");
  process.exit(2);
}
const root = resolve(import.meta.dirname, "..");
const content = join(root, "content");

/** Words in lower case, without marks; the way a thief would not notice. */
const words = (text) => text.toLowerCase().replace(/[’']/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];

function runs(text) {
  const all = words(text);
  return all.slice(0, Math.max(0, all.length - RUN + 1)).map((_, i) => all.slice(i, i + RUN).join(" "));
}

/** Prose only: no front matter keys that are titles, no cells, no headings, no tables, no code. */
function prose(name, text) {
  const dropped = name.endsWith(".toml")
    ? /^(#|title =|at\.\w+ =|at\.\w+\.text =|at\.\w+\.depends_on|facts =|id =|tags =|related =|question =|ask =|yes =|no =)/
    : /^(#|\||title =|related =|question =|aliases =|stages =|follows =|see_also =)/;
  return text
    .replace(/```[\s\S]*?```/g, "\n")
    .split("\n")
    .map((line) => (dropped.test(line.trim()) ? "\u0000" : line))
    .join("\n")
    .split("\u0000");
}

const theirs = new Set();
const documents = readdirSync(folder).filter((name) => /\.(txt|md)$/.test(name));
for (const name of documents)
  for (const line of readFileSync(join(folder, name), "utf8").split("\n")) for (const run of runs(line)) theirs.add(run);
if (theirs.size < 100) {
  console.error(`${folder} holds no documents to compare with`);
  process.exit(2);
}

let compared = 0;
const found = [];
for (const name of readdirSync(content, { recursive: true }).sort()) {
  if (!/\.(md|toml)$/.test(name)) continue;
  for (const part of prose(name, readFileSync(join(content, name), "utf8")))
    for (const run of runs(part)) {
      compared += 1;
      if (theirs.has(run)) found.push(`content/${name}: ${run}`);
    }
}
for (const line of found) console.log(line);
console.log(`${compared} runs of ${RUN} words compared with ${theirs.size} in ${documents.length} documents: ${found.length} in common`);
process.exitCode = found.length ? 1 : 0;
