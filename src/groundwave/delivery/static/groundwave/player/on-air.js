/** What is on, as the transmitter tells open pages: server-sent events. */

/**
 * Listen at `url`. Calls told({station, title, role}) with what became known, and
 * reachable(true or false) when the connection comes or goes; the browser returns by
 * itself. Returns a function that ends it.
 */
export function followAir(url, { told, reachable }) {
  const events = new EventSource(url);
  events.addEventListener("open", () => reachable(true));
  events.addEventListener("error", () => reachable(false));
  for (const name of ["now_playing", "on_air"]) {
    events.addEventListener(name, ({ data }) => told(JSON.parse(data)));
  }
  return () => events.close();
}
