// One stream of changes for all open pages: a browser keeps at most six connections to a host, and with a stream a
// tab the seventh tab would wait forever. Runs as a shared worker; a page whose browser has none imports it.

const pages = new Set();
let stream;
let latest;

/** Tells a page of the build as it is and of each that follows. Gives back how to stop. */
export function join(tell) {
  pages.add(tell);
  if (!stream) listen();
  else if (latest !== undefined) tell(latest);
  return () => {
    pages.delete(tell);
    if (pages.size) return;
    stream?.close();
    stream = latest = undefined;
  };
}

function listen() {
  const mine = new EventSource(new URL("events", import.meta.url));
  stream = mine;
  mine.addEventListener("build", (event) => {
    latest = event.data;
    for (const tell of pages) tell(latest);
  });
  mine.onerror = () => {
    // The browser connects again by itself, unless it was refused.
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => mine === stream && listen(), 1000);
  };
}

self.onconnect = ({ ports: [port] }) => {
  const leave = join((problems) => port.postMessage(problems));
  // All that a page ever says is "bye".
  port.onmessage = () => {
    leave();
    port.close();
  };
};
