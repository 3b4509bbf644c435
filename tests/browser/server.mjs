// A static host as strict as one can be: a policy without `unsafe-inline`, and nothing from elsewhere.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".csv": "text/csv; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webm": "video/webm",
  ".wav": "audio/wav",
  ".vtt": "text/vtt; charset=utf-8",
};

// Pagefind runs WebAssembly, which a policy has to allow by name.
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Serves a folder on a free port; resolves to its URL and a function that ends it. */
export function host(folder, policy = POLICY) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = existsSync(file);
    if (!found) file = join(folder, "404.html");
    // Players read no compressed films, and no host sends them so.
    const plain = /^(video|audio)\//.test(TYPES[extname(file)] ?? "");
    response.writeHead(found ? 200 : 404, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      ...(plain ? { "Content-Length": statSync(file).size } : { "Content-Encoding": "gzip" }),
      ...(policy && { "Content-Security-Policy": policy }),
      "X-Content-Type-Options": "nosniff",
      // Names in assets/ change with their bytes.
      "Cache-Control": path.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache",
    });
    const bytes = createReadStream(file);
    (plain ? bytes : bytes.pipe(createGzip())).pipe(response);
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () =>
      resolve({
        url: `http://localhost:${server.address().port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    ),
  );
}

/** One page of every kind. */
export const KINDS = {
  home: "/",
  section: "/guides/",
  guide: "/guides/concept-to-code/",
  playbooks: "/playbooks/",
  playbook: "/playbooks/poc-v3/",
  framework: "/frameworks/product-maturity/",
  stage: "/frameworks/product-maturity/mvp/",
  dimension: "/frameworks/product-maturity/security/",
  aspect: "/frameworks/product-maturity/security/secrets/",
  matrix: "/frameworks/product-maturity/matrix/",
  comparisons: "/frameworks/product-maturity/compare/",
  comparison: "/frameworks/product-maturity/poc-vs-mvp/",
  assessment: "/frameworks/product-maturity/assess/",
  tags: "/tags/",
  tag: "/tags/engineering/",
  glossary: "/glossary/",
  search: "/search/?q=backup",
  missing: "/404.html",
  print: "/guides/print.html",
};
