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
  if (!built.has(style)) {
    const folder = mkdtempSync(join(tmpdir(), "guidepost-site-"));
    cpSync(join(root, "content"), join(folder, "content"), { recursive: true });
    const config = readFileSync(join(root, "guidepost.toml"), "utf8");
    writeFileSync(join(folder, "guidepost.toml"), `urls = "${style}"\n${config}`);
    execFileSync(binary, ["build", "--root", folder, "--base-url", "https://example.com/", "--quiet"], { stdio: "inherit" });
    built.set(style, join(folder, "output"));
  }
  return built.get(style);
}

/** All HTML files of a folder. */
export function pages(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => join(folder, name));
}
