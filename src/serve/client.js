// Keeps an open page up to date while its author edits. Served by `guidepost serve` only, never published.

/** The tag of what this page shows; empty when it was not there, or nothing could be built yet. */
let shown = document.querySelector("script[data-seen]")?.dataset.seen ?? "";
let leave = () => {};
let turn = Promise.resolve();

const worker = new URL("worker.js", import.meta.url);

/** Joins the stream that all tabs share. */
function join() {
  try {
    const shared = new SharedWorker(worker, { type: "module" });
    shared.onerror = alone;
    shared.port.onmessage = (event) => build(event.data);
    leave = () => {
      shared.port.postMessage("bye");
      shared.port.close();
    };
  } catch {
    alone();
  }
}

/** A stream of this page's own, where there are no shared workers. */
async function alone() {
  leave = (await import(worker)).join(build);
}

join();
addEventListener("pagehide", () => leave());
addEventListener("pageshow", (event) => event.persisted && join());

/** There is another build. Pages are asked for one after the other, so that no older one comes last. */
function build(problems) {
  overlay(problems);
  // A server that does not answer tells of its build when it is back.
  turn = turn.then(refresh).catch(() => {});
}

/** Asks for this page, in case it is another by now. */
async function refresh() {
  const headers = shown ? { "If-None-Match": `"${shown}"` } : {};
  const response = await fetch(location.href, { cache: "no-store", headers });
  if (response.status === 404 && shown) notice("This page is no longer part of the site. It may have another address now.");
  if (response.ok || response.status === 304) notice("");
  if (response.status === 304) return pictures(document);
  if (!response.ok) return;
  // What was not a page of the site has none of its scripts either.
  if (!shown) return location.reload();
  await update(await response.text());
  shown = response.headers.get("ETag").replaceAll('"', "");
}

/** The tag of each picture that was on this page, by its address. */
const pictured = new Map();
/** What pictures that were replaced are asked for with: under its old address a browser shows the old one. */
const replaced = new Map();

/** Gives the pictures of a page that were replaced an address of their own. */
async function pictures(page) {
  const all = [...page.querySelectorAll("img[src]")].map((img) => ({ img, url: plain(img) }));
  const own = all.filter(({ url }) => url.origin === location.origin);
  await Promise.all([...new Set(own.map(({ url }) => url.href))].map(look));
  for (const { img, url } of own) {
    const tag = replaced.get(url.href);
    if (tag) url.searchParams.set("guidepost", tag);
    if (tag && img.src !== url.href) img.src = url.href;
  }
}

/** A picture's address as it is published. */
function plain(img) {
  const url = new URL(img.getAttribute("src"), location.href);
  url.searchParams.delete("guidepost");
  return url;
}

/** Asks whether a picture is another by now. */
async function look(href) {
  const response = await fetch(href, { method: "HEAD", cache: "no-store" });
  const tag = response.headers.get("ETag")?.replaceAll('"', "");
  if (!response.ok || !tag) return;
  if (pictured.has(href) && pictured.get(href) !== tag) replaced.set(href, tag);
  pictured.set(href, tag);
}

/** Changes what differs. Nothing that stayed the same is touched. */
async function update(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  // Scripts keep the words that they began with.
  if (texts(document) !== texts(next)) return location.reload();
  await Promise.all([styles(next), pictures(next)]);
  if (document.title !== next.title) document.title = next.title;
  if (document.documentElement.lang !== next.documentElement.lang)
    document.documentElement.lang = next.documentElement.lang;
  morph(document.body, next.body);
  document.dispatchEvent(new CustomEvent("guidepost:update"));
}

/** Where the texts of a page's scripts lie. */
const texts = (of) => of.querySelector("script[data-texts]")?.getAttribute("src");

/** Puts new stylesheets in before the old ones go, so that the page is never bare, each where its turn is. */
async function styles(next) {
  const sheets = (of) => [...of.head.querySelectorAll("link[rel=stylesheet]")];
  const old = sheets(document);
  const wanted = sheets(next).map((link) => new URL(link.getAttribute("href"), location.href).href);
  if (old.map((link) => link.href).join("\n") === wanted.join("\n")) return;
  const loading = [];
  let last;
  for (const href of wanted) {
    let link = old.find((other) => other.href === href);
    if (!link) {
      link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
      loading.push(new Promise((done) => (link.onload = link.onerror = done)));
    }
    // Of two rules the later one holds; a sheet that is moved would be loaded again, so only those out of turn are.
    if (last ? last.compareDocumentPosition(link) !== Node.DOCUMENT_POSITION_FOLLOWING : !link.isConnected) {
      if (last) last.after(link);
      else if (old[0]) old[0].before(link);
      else document.head.append(link);
    }
    last = link;
  }
  await Promise.all(loading);
  for (const link of old) if (!wanted.includes(link.href)) link.remove();
}

/** Makes one element like another, child by child. What a reader opened, ticked or typed stays as it is. */
function morph(from, to) {
  if (from.isEqualNode(to)) return;
  attributes(from, to);
  const a = [...from.childNodes];
  const b = [...to.childNodes];
  // What is the same at both ends stays; only the middle is looked at pair by pair.
  while (a.length && b.length && same(a[0], b[0])) pair(a.shift(), b.shift());
  const tail = [];
  while (a.length && b.length && same(a.at(-1), b.at(-1))) tail.unshift([a.pop(), b.pop()]);
  const before = tail[0]?.[0] ?? null;
  while (a.length && b.length && a[0].nodeName === b[0].nodeName && !(a[0].id && a[0].id !== b[0].id))
    pair(a.shift(), b.shift());
  for (const node of a) node.remove();
  for (const node of b) from.insertBefore(document.importNode(node, true), before);
  for (const [one, other] of tail) pair(one, other);
}

function same(a, b) {
  if (a.nodeName !== b.nodeName) return false;
  if (a.nodeType !== Node.ELEMENT_NODE) return a.nodeValue === b.nodeValue;
  return a.id || b.id ? a.id === b.id : a.isEqualNode(b);
}

function pair(a, b) {
  if (a.nodeType === Node.ELEMENT_NODE) morph(a, b);
  else if (a.nodeValue !== b.nodeValue) a.nodeValue = b.nodeValue;
}

function attributes(from, to) {
  const kept = { DETAILS: ["open"], INPUT: ["checked", "value"], DIALOG: ["open"] }[from.nodeName] ?? [];
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && !kept.includes(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes)
    if (from.getAttribute(name) !== value && !kept.includes(name)) from.setAttribute(name, value);
}

/** A layer beside the page, with styles of its own that need no permission of the page's policy. */
function layer(name) {
  let host = document.querySelector(name);
  if (!host) {
    host = document.createElement(name);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { position: fixed; z-index: 2147483647; font: 14px/1.5 system-ui, sans-serif; }
      :host(guidepost-problems) { inset: 0; overflow: auto; background: rgb(18 22 28 / 94%); color: #e6eaf0; padding: 2rem; }
      :host(guidepost-notice) { inset: auto 0 0 0; background: #7a4b00; color: #fff; padding: 0.75rem 1rem; }
      h2 { margin: 0 0 1rem; font-size: 1.1rem; color: #f58aa0; }
      pre { margin: 0; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
      p { margin: 0; }`);
    host.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    document.documentElement.append(host);
  }
  return host;
}

function overlay(text) {
  if (!text) return document.querySelector("guidepost-problems")?.remove();
  const host = layer("guidepost-problems");
  host.setAttribute("role", "alert");
  const title = Object.assign(document.createElement("h2"), { textContent: "The newest edit cannot be built" });
  const body = Object.assign(document.createElement("pre"), { textContent: text.trimEnd() });
  host.shadowRoot.replaceChildren(title, body);
}

function notice(text) {
  if (!text) return document.querySelector("guidepost-notice")?.remove();
  const host = layer("guidepost-notice");
  host.setAttribute("role", "status");
  host.shadowRoot.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
}
