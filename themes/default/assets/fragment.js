// A link that carries what a reader chose: it stands behind the `#`, so that it is sent to no server.

/** The longest that is read. */
const LONGEST = 100_000;

/** @param {string} name */
export function fragment(name) {
  const mark = `#${name}:`;
  return {
    /** Did the reader come by such a link? */
    isGiven: () => location.hash.startsWith(mark),
    /** What it says. */
    given() {
      const text = location.hash.startsWith(mark) ? location.hash.slice(mark.length) : "";
      return new URLSearchParams(text.length > LONGEST ? "" : text);
    },
    /** A link to this page that says so. @param {URLSearchParams} params */
    link(params) {
      const url = new URL(location.href);
      url.hash = mark + params;
      return url.href;
    },
    /** Takes it out of the address. */
    forget: () => history.replaceState(null, "", location.pathname + location.search),
  };
}
