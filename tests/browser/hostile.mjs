// A site in which everything that authors write tries to get out of its place: each text in each field of each file.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { binary } from "./site.mjs";

const RUN = "window.__pwned=1";

/** Texts for any field. Every element that one of them makes carries the class `pwn`. */
export const TEXTS = [
  `<script class=pwn>${RUN}</script>`,
  `<img class=pwn src=x onerror=${RUN}>`,
  `"><svg class=pwn onload=${RUN}>`,
  `'><img class='pwn' src=x onerror='${RUN}'>`,
  `" class="pwn" onmouseover="${RUN}" autofocus onfocus="${RUN}" x="`,
  `' class='pwn' onclick='${RUN}' x='`,
  "` class=pwn onclick=" + RUN + " x=`",
  `</script><script class="pwn">${RUN}</script>`,
  `</title></textarea></style></noscript></template><img class="pwn" src="x" onerror="${RUN}">`,
  `<!--<script class=pwn>--><img class=pwn src=x onerror=${RUN}>`,
  `--!><img class="pwn" src="x" onerror="${RUN}">`,
  `]]><img class="pwn" src="x" onerror="${RUN}" xmlns="http://www.w3.org/1999/xhtml"/>`,
  `&lt;img class=pwn src=x onerror=${RUN}&gt;&#60;script&#62;${RUN}&#60;/script&#62;`,
  `\\u003cimg class=pwn src=x onerror=${RUN}\\u003e\\x3cscript\\x3e`,
  `{{ "<b class='pwn'>" | safe }}{% raw %}{# x #}`,
  "${" + RUN + "}`+" + RUN + "+`';" + RUN + "//\";" + RUN + "//",
  `<math><mtext><table><mglyph><style><!--</style><img class="pwn" title="--&gt;&lt;img class=pwn src=1 onerror=${RUN}&gt;">`,
  `<base class=pwn href=//evil.example/><iframe class=pwn srcdoc="<script>top.__pwned=1</script>">`,
  `javascript:${RUN}//`,
  "__proto__",
  "constructor",
];

/** Texts for what becomes a link. */
export const LINKS = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  ` javascript:${RUN}`,
  `java\tscript:${RUN}`,
  `\u0001javascript:${RUN}`,
  `javascript&colon;${RUN}`,
  `javascript%3A${RUN}`,
  `data:text/html,<script class=pwn>${RUN}</script>`,
  `vbscript:${RUN}`,
  `view-source:javascript:${RUN}`,
  `https://e.example/" class="pwn" onmouseover="${RUN}`,
  `https://e.example/'><img class=pwn src=x onerror=${RUN}>`,
  `//e.example/"><img class=pwn src=x onerror=${RUN}>`,
  `/"><img class=pwn src=x onerror=${RUN}>`,
  `#"><img class=pwn src=x onerror=${RUN}>`,
  `?"><img class=pwn src=x onerror=${RUN}>`,
];

const ALL = TEXTS.join(" ");
const EVERY = [...TEXTS, ...LINKS];
const s = JSON.stringify;
/** A line for each text. */
const lines = (make, texts = EVERY) => texts.map(make).join("\n");
/** A list in TOML with each text on a line of its own. */
const list = (key, texts, make = s) => `${key} = [\n${lines((t) => `  ${make(t)},`, texts)}\n]`;

const config = `title = ${s(ALL)}
description = ${s(ALL)}
base_url = "https://example.com/"
${lines((t) => `edit_url = ${s(t + "{path}")}`, LINKS.slice(0, 1))}
${lines((t) => `language = ${s(t)}`, TEXTS.slice(2, 3))}
default_framework = "f"
[nav]
items = [
  { to = "index", title = ${s(ALL)} },
  { to = "fields", title = ${s(ALL)} },
${lines((t) => `  { to = ${s(t)}, title = "x" },`)}
]
[extra]
${lines((t, i) => `x${i} = ${s(t)}`)}
${lines((t) => `${s(t)} = ${s(t)}`)}
`;

const faq = `${lines((t) => `[[faq]]\nquestion = ${s(t)}\nanswer = ${s(`\`${t}\``)}`)}\n`;

const fields = `+++
title = ${s(ALL)}
description = ${s(ALL)}
${list("authors", EVERY)}
${list("tags", TEXTS.slice(0, 6))}
${list("aliases", EVERY)}
${list("related", EVERY)}
${list("stages", EVERY)}
${list("takeaways", EVERY)}
category = ${s(TEXTS[1])}
template = ${s(TEXTS[1])}
slug = ${s(TEXTS[1])}
date = ${s(TEXTS[1])}
[extra]
${lines((t, i) => `x${i} = ${s(t)}`)}
${faq}
+++
Text.
`;

/** Each text in each form of Markdown, one a paragraph. */
const escaped = (t) => t.replace(/[\\`*_{}[\]()#+\-.!<>"'&$|~:=]/g, "\\$&");
const code = (t) => `\`\` ${t} \`\``;
const FORMS = {
  plain: (t) => t,
  escaped,
  entities: (t) => t.replace(/[<>"'&]/g, (c) => `&#${c.codePointAt(0)};`),
  code,
  emphasis: (t) => `**${code(t)}** *${escaped(t)}*`,
  headings: (t) => `## ${code(t)} ${escaped(t)}`,
  links: (t) => `[x](<${t}>) [${escaped(t)}](https://e.example/)`,
  autolinks: (t) => `<${t}> <https://e.example/${t.replace(/[\s<>]/g, "")}> https://e.example/${t}`,
  titles: (t) => `[x](https://e.example/ "${t.replaceAll('"', '\\"')}") [y](https://e.example/ '${t.replaceAll("'", "\\'")}')`,
  targets: (t) => `[x](https://e.example/${encodeURI(t)}) [y](https://e.example/?q=${t.replace(/[\s()<>]/g, "")})`,
  references: (t, i) => `[x][r${i}]\n\n[r${i}]: <https://e.example/${t.replace(/[<>]/g, "")}> "${t.replaceAll('"', '\\"')}"`,
  images: (t) => `![${escaped(t)}](dot.png "${t.replaceAll('"', '\\"')}")`,
  pictures: (t) => `![x](<${t}>)`,
  wiki: (t) => `[[index|${t.replace(/[[\]|]/g, "")}]]`,
  addresses: (t) => `[[${t}]]`,
  embeds: (t) => `![[${t}]]`,
  fences: (t) => `\`\`\`${t.replaceAll("`", "")}\n${t}\n\`\`\``,
  languages: (t) => `\`\`\`js ${t.replaceAll("`", "")}\n${t}\n\`\`\``,
  tables: (t) => `| ${code(t.replaceAll("|", ""))} |\n|---|\n| ${escaped(t)} |`,
  footnotes: (t, i) => `x[^n${i}]\n\n[^n${i}]: ${escaped(t)} ${code(t)}`,
  notes: (t) => `x[^${t.replace(/[[\]\s]/g, "")}]\n\n[^${t.replace(/[[\]\s]/g, "")}]: x`,
  quotes: (t) => `> ${escaped(t)} ${code(t)}`,
  tasks: (t) => `- [ ] ${escaped(t)} ${code(t)}`,
  attributes: (t) => `<span title="${t.replaceAll('"', "&quot;")}" class="${t.replace(/["]|pwn/g, "")}">x</span>`,
  html: (t) => `<span ${t}>x</span>`,
};

const markdown = Object.fromEntries(
  Object.entries(FORMS).map(([name, form]) => [
    `content/forms/${name}.md`,
    `+++\ntitle = "${name}"\ndescription = "x"\n+++\n\n${EVERY.map(form).join("\n\n")}\n`,
  ]),
);

const playbook = `+++
title = ${s(ALL)}
purpose = ${s(escaped(ALL))}
duration = ${s(ALL)}
when_to_use = ${s(escaped(ALL))}
${list("see_also", EVERY)}
${list("tags", TEXTS.slice(0, 3))}
${lines((t) => `follows = ${s(t)}`, LINKS.slice(0, 1))}
+++
Text ${code(ALL)}

## Inputs

${lines((t) => `- ${escaped(t)} ${code(t)}`)}

## Principles

**${escaped(ALL)}** ${code(ALL)}

## Process

### ${escaped(ALL)}

${lines((t) => `- ${escaped(t)} ${code(t)}`)}

## Outputs

${lines((t) => `- ${escaped(t)}`)}

## Tips

${escaped(ALL)}
`;

const framework = `title = ${s(ALL)}
summary = ${s(ALL)}
dimensions = ["d", "e"]
${list("takeaways", EVERY)}
${list("related", EVERY)}
${list("aliases", EVERY)}
${lines((t) => `[[fields]]\nid = ${s(t)}\ntitle = "x"\non = "cell"\nkind = "text"`, TEXTS.slice(0, 2))}
${["markdown", "text", "list", "links"]
  .map((kind) => ["cell", "aspect", "dimension", "stage"].map((on) => `[[fields]]\nid = "${on}-${kind}"\ntitle = ${s(ALL)}\non = "${on}"\nkind = "${kind}"`).join("\n"))
  .join("\n")}
${["one", "two"]
  .map(
    (id) => `[[stages]]
id = "${id}"
title = ${s(ALL)}
name = ${s(ALL)}
summary = ${s(ALL)}
stage-text = ${s(ALL)}
stage-markdown = ${s(escaped(ALL))}
${list("stage-list", EVERY)}
${list("stage-links", EVERY)}
[stages.facts]
${lines((t) => `${s(t)} = ${s(t)}`)}`,
  )
  .join("\n")}
${lines((t) => `[[decisions]]\nask = ${s(t)}\nyes = ${s(t)}\nwhy = ${s(code(t))}`)}
[[decisions]]
ask = "Last?"
yes = ${s(ALL)}
no = ${s(ALL)}
${faq}
`;

const cell = (t) => `{ id = "c", text = ${s(t)}, details = ${s(`${escaped(t)} ${code(t)}`)}, effort = 1, impact = 5, cell-text = ${s(t)}, cell-markdown = ${s(code(t))}, cell-list = [${s(t)}] }`;
const dimension = (texts) => `title = ${s(ALL)}
group = ${s(ALL)}
summary = ${s(ALL)}
intro = ${s(escaped(ALL))}
takeaway = ${s(code(ALL))}
${list("related", EVERY)}
dimension-text = ${s(ALL)}
dimension-markdown = ${s(code(ALL))}
${list("dimension-list", EVERY)}
${list("dimension-links", EVERY)}
${texts
  .map(
    (t, i) => `[[aspects]]
id = "a${i}"
title = ${s(t)}
description = ${s(`${escaped(t)} ${code(t)}`)}
tags = [${s(TEXTS[i % 6])}]
at.one = ${cell(t)}
at.two = [${s(t)}, { text = ${s(`other ${t}`)}, details = ${s(code(t))} }]
aspect-text = ${s(t)}
aspect-markdown = ${s(code(t))}
aspect-list = [${s(t)}]
${list("links", [])}
${lines((l) => `depends_on = [${s(l)}]`, LINKS.slice(0, 1))}`,
  )
  .join("\n")}
`;

const glossary = EVERY.map(
  (t, i) => `[[terms]]
id = "t${i}"
term = ${s(t)}
definition = ${s(`${escaped(t)} ${code(t)}`)}
aliases = [${s(`also ${t}`)}]
link = ${s(LINKS[i % LINKS.length])}
`,
).join("\n");

const text = `+++
description = ${s(ALL)}
${list("takeaways", EVERY)}
${list("related", EVERY)}
${faq}
+++
${code(ALL)} ${escaped(ALL)}
`;

/** Names of files, without slashes, which no disk takes. */
const named = Object.fromEntries([...TEXTS.slice(0, 4), ...LINKS.slice(0, 9)].map((t) => [`content/names/${t.replaceAll("/", "∕")}.md`, "# Named\n\nText.\n"]));
const assets = Object.fromEntries(TEXTS.map((t) => [`content/files/${t.replaceAll("/", "∕")}.txt`, t]));
const linked = `# Files\n\n${Object.keys(assets).map((path) => `[file](<${encodeURI(path.slice("content/".length))}>)`).join("\n\n")}\n`;

const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==", "base64");

/**
 * Builds the site. A line that is refused is taken out, and what is left is published: so a field is safe either way.
 * Gives the folder and how many lines were refused and stayed.
 */
export function hostileSite() {
  const folder = mkdtempSync(join(tmpdir(), "guidepost-hostile-"));
  const files = {
    "guidepost.toml": config,
    "content/index.md": `# Home\n\n${code(ALL)}\n`,
    "content/fields.md": fields,
    "content/playbooks/p.md": playbook,
    "content/frameworks/f/framework.toml": framework,
    "content/frameworks/f/d.toml": dimension(TEXTS),
    "content/frameworks/f/e.toml": dimension(LINKS.slice(0, 2)),
    "content/frameworks/f/d/a0.md": text,
    "content/frameworks/f/d/a0@one.md": text,
    "content/frameworks/f/stages/one.md": text,
    "content/glossary.toml": glossary,
    "content/linked.md": linked,
    ...markdown,
    ...named,
    ...assets,
  };
  const put = (path, bytes) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  put("content/forms/dot.png", DOT);
  for (const [path, content] of Object.entries(files)) put(path, content);
  const written = Object.values(files).join("\n").split("\n").length;
  let refused = 0;
  for (let round = 0; round < 40; round += 1) {
    const check = spawnSync(binary, ["check", "--root", folder, "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28 });
    const errors = check.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter((d) => d.severity === "error");
    if (check.status > 1 || check.status === null) throw new Error(`check ended with ${check.status}: ${check.stderr}`);
    if (!errors.length) {
      const build = spawnSync(binary, ["build", "--root", folder, "--quiet"], { encoding: "utf8" });
      if (build.status !== 0) throw new Error(`build ended with ${build.status}: ${build.stderr}`);
      return { folder: join(folder, "output"), refused, written };
    }
    for (const file of new Set(errors.map((d) => d.file))) {
      const found = errors.filter((d) => d.file === file);
      const path = join(folder, file);
      const out = new Set(found.filter((d) => d.line).map((d) => d.line - 1));
      refused += Math.max(out.size, 1);
      if (!out.size) rmSync(path);
      else writeFileSync(path, readFileSync(path, "utf8").split("\n").filter((_, i) => !out.has(i)).join("\n"));
    }
  }
  throw new Error("errors without end");
}
