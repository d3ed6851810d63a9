/** What is on, as the transmitter tells open pages: server-sent events. */

import { delays } from "./delays.js";

/**
 * Listen at `url`. Calls told({station, title, role}) with what became known, and
 * reachable(true or false) when the connection comes or goes. The browser returns by
 * itself after a broken line, and gives up after an answer other than 200, such as a
 * proxy's while the transmitter restarts; then we return. Returns a function that ends
 * it.
 */
export function followAir(url, { told, reachable }) {
  let events;
  let retry;
  let waits = delays();

  function open() {
    events = new EventSource(url);
    events.addEventListener("open", () => {
      waits = delays();
      reachable(true);
    });
    events.addEventListener("error", () => {
      reachable(false);
      if (events.readyState === EventSource.CLOSED) {
        retry = setTimeout(open, waits.next().value);
      }
    });
    for (const name of ["now_playing", "on_air"]) {
      events.addEventListener(name, ({ data }) => told(JSON.parse(data)));
    }
  }

  open();
  return () => {
    clearTimeout(retry);
    events.close();
  };
}
