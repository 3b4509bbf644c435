// A reader of the real site: a server and a browser for a file of tests, and visits to its pages.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { browser } from "./chromium.mjs";
import { host } from "./server.mjs";
import { site } from "./site.mjs";

/** They are there while the tests of the file run. */
export let server, chromium;

before(async () => {
  server = await host(site());
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/**
 * Does something on a page, in a browser context of its own; every complaint of the page fails it.
 * @param {string} path
 * @param {object} options  Of the context; with permissions for the clipboard, those are the site's alone.
 * @param {(page: any, context: any) => Promise<void>} act
 * @param {{ from?: string, waitUntil?: string }} [how]
 */
export async function visit(path, options, act, { from = server.url, waitUntil } = {}) {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  try {
    if (options.javaScriptEnabled !== false) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
    page.on("pageerror", (e) => complaints.push(e.message));
    await page.goto(from + path, { waitUntil });
    await act(page, context);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}
