// Every page of the built site is valid HTML.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { pages, site } from "./site.mjs";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "no-trailing-whitespace": "off", // what templates leave behind; no reader sees it
    "long-title": "off", // a length that search engines show, not a rule of HTML
  },
});

for (const style of ["directory", "file"]) {
  test(`every page is valid HTML (urls = "${style}")`, async () => {
    const folder = site(style);
    const files = pages(folder);
    assert.ok(files.length > 150, `only ${files.length} pages`);
    const problems = [];
    for (const file of files) {
      const report = await validator.validateString(readFileSync(file, "utf8"), file);
      for (const result of report.results)
        for (const m of result.messages)
          problems.push(`${file.slice(folder.length)}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    }
    assert.deepEqual(problems.slice(0, 40), []);
  });
}
