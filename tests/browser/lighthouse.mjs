// Lighthouse over every kind of page: accessibility, best practices and SEO must be 100, performance at least 95.
import lighthouse from "lighthouse";
import { browser } from "./chromium.mjs";
import { host, KINDS } from "./server.mjs";
import { site } from "./site.mjs";

const WANTED = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const PORT = 9333;
const wanted = process.argv.slice(2);

const server = await host(site());
const chromium = await browser([`--remote-debugging-port=${PORT}`]);
let failed = false;
console.log(["page".padEnd(12), ...Object.keys(WANTED).map((c) => c.padStart(15))].join(""));
for (const [kind, path] of Object.entries(KINDS)) {
  if (wanted.length && !wanted.includes(kind)) continue;
  const run = await lighthouse(server.url + path, { port: PORT, logLevel: "error", onlyCategories: Object.keys(WANTED) });
  const { categories, audits } = run.lhr;
  const scores = Object.keys(WANTED).map((c) => Math.round(categories[c].score * 100));
  console.log([kind.padEnd(12), ...scores.map((s) => String(s).padStart(15))].join(""));
  for (const [i, [category, least]] of Object.entries(WANTED).entries()) {
    // Search and the page for missing pages are kept away from search engines on purpose.
    const hidden = category === "seo" && ["search", "missing"].includes(kind);
    const below = categories[category].auditRefs.filter((a) => a.weight > 0 && audits[a.id].score !== null && audits[a.id].score < 0.9);
    const names = below.map((a) => a.id).filter((id) => !(hidden && id === "is-crawlable"));
    if (scores[i] >= least || (hidden && !names.length)) continue;
    failed = true;
    for (const id of names) console.log(`  ${category}: ${id}: ${audits[id].title} ${audits[id].displayValue ?? ""}`);
  }
}
await chromium.close();
server.close();
process.exitCode = failed ? 1 : 0;
