// Lighthouse over every kind of page, as on a phone of the middle class: 4x CPU, 1.6 Mbit/s, 150 ms. What it measures is
// written into LIGHTHOUSE.md beside this file; a score below 100 ends the command with 1. Names of kinds measure those alone.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import lighthouse from "lighthouse";
import { browser } from "./chromium.mjs";
import { host, KINDS } from "./server.mjs";
import { site } from "./site.mjs";

const WANTED = { performance: 100, accessibility: 100, "best-practices": 100, seo: 100 };
const PORT = 9333;
const wanted = process.argv.slice(2);

const server = await host(site());
const chromium = await browser([`--remote-debugging-port=${PORT}`]);
let failed = false;
const rows = [];
console.log(["page".padEnd(12), ...Object.keys(WANTED).map((c) => c.padStart(15))].join(""));
for (const [kind, path] of Object.entries(KINDS)) {
  if (wanted.length && !wanted.includes(kind)) continue;
  const run = await lighthouse(server.url + path, { port: PORT, logLevel: "error", onlyCategories: Object.keys(WANTED) });
  const { categories, audits } = run.lhr;
  const scores = Object.keys(WANTED).map((c) => Math.round(categories[c].score * 100));
  console.log([kind.padEnd(12), ...scores.map((s) => String(s).padStart(15))].join(""));
  const value = (id) => audits[id].numericValue ?? 0;
  const seconds = (value("largest-contentful-paint") / 1000).toFixed(2);
  rows.push(`| ${[kind, ...scores, `${seconds} s`, value("cumulative-layout-shift").toFixed(3), `${Math.round(value("total-blocking-time"))} ms`].join(" | ")} |`);
  for (const [i, [category, least]] of Object.entries(WANTED).entries()) {
    // Search, documents to print and the page for missing pages are kept away from search engines on purpose.
    const hidden = category === "seo" && ["search", "missing", "print"].includes(kind);
    const below = categories[category].auditRefs.filter((a) => a.weight > 0 && audits[a.id].score !== null && audits[a.id].score < 0.9);
    const names = below.map((a) => a.id).filter((id) => !(hidden && id === "is-crawlable"));
    if (scores[i] >= least || (hidden && !names.length)) continue;
    failed = true;
    for (const id of names) console.log(`  ${category}: ${id}: ${audits[id].title} ${audits[id].displayValue ?? ""}`);
  }
}
await chromium.close();
server.close();
const heads = ["page", ...Object.keys(WANTED), "largest paint", "layout shift", "blocked"];
const text = `# Lighthouse

Made by \`node lighthouse.mjs\` in this folder: simulated 4x CPU, 1.6 Mbit/s, 150 ms. Pages that search engines are told to leave out
(search, print, missing) have a lower SEO score on purpose.

| ${heads.join(" | ")} |
|${heads.map(() => " --- ").join("|")}|
${rows.join("\n")}
`;
if (!wanted.length) writeFileSync(join(import.meta.dirname, "LIGHTHOUSE.md"), text);
process.exitCode = failed ? 1 : 0;
