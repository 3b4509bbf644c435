// Builds the real site with the real binary, once for each way of making links.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
export const binary = process.env.GUIDEPOST ?? join(root, "target/debug/guidepost");

const built = new Map();

/** The folder of the built site. */
export function site(style = "directory") {
  if (!built.has(style)) built.set(style, build(`urls = "${style}"\n`));
  return built.get(style);
}

/** The folder of the site with some of its files changed: `edit` gets a reader and a changer of files. */
export function edited(edit) {
  return build("", edit);
}

function build(settings, edit) {
  const folder = mkdtempSync(join(tmpdir(), "guidepost-site-"));
  cpSync(join(root, "content"), join(folder, "content"), { recursive: true });
  const config = readFileSync(join(root, "guidepost.toml"), "utf8");
  writeFileSync(join(folder, "guidepost.toml"), settings + config);
  const read = (path) => readFileSync(join(folder, path), "utf8");
  edit?.(read, (path, change) => writeFileSync(join(folder, path), change(read(path))));
  execFileSync(binary, ["build", "--root", folder, "--base-url", "https://example.com/", "--quiet"], { stdio: ["ignore", "inherit", "ignore"] });
  return join(folder, "output");
}

/** All HTML files of a folder. */
export function pages(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => join(folder, name));
}
