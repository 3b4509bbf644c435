// Pagefind, loaded when someone first searches.

/** @type {Promise<any> | undefined} */
let loading;

/** @param {HTMLAnchorElement} link */
export function pagefind(link) {
  const bundle = new URL(link.dataset.index ?? "", location.href);
  loading ??= import(new URL("pagefind.js", bundle).href).then(async (module) => {
    await module.options({ basePath: bundle.href, baseUrl: "/", excerptLength: 24 });
    await module.init();
    return module;
  });
  return loading;
}
