/** What is on, as the transmitter tells open pages: server-sent events. */

import { learn } from "./clock.js";
import { delays } from "./delays.js";

const NAMES = ["now_playing", "on_air", "schedule"];
/** What comes this soon after the line was opened is what had happened before. */
const CATCHING_UP_MS = 2_000;

/**
 * Listen at `url`. Calls told(name, facts, isFresh) with what became known, and
 * reachable(true or false) when the connection comes or goes. The browser returns by
 * itself after a broken line, and gives up after an answer other than 200, such as a
 * proxy's while the transmitter restarts; then we return. Nor does it notice that a
 * line is dead when the network has changed under it. Returns a function that ends it.
 */
export function followAir(url, { told, reachable }) {
  let events;
  let retry;
  let openedAt = 0;
  let waits = delays();

  function open() {
    close();
    events = new EventSource(url);
    events.addEventListener("open", () => {
      waits = delays();
      openedAt = Date.now();
      reachable(true);
    });
    events.addEventListener("error", () => {
      reachable(false);
      if (events.readyState === EventSource.CLOSED) {
        retry = setTimeout(open, waits.next().value);
      }
    });
    for (const name of NAMES) {
      events.addEventListener(name, ({ data }) => {
        const facts = JSON.parse(data);
        if (facts.now) learn(Date.parse(facts.now), { isFresh: true });
        told(name, facts, Date.now() - openedAt > CATCHING_UP_MS);
      });
    }
  }

  function close() {
    clearTimeout(retry);
    events?.close();
  }

  open();
  addEventListener("online", open);
  return () => {
    removeEventListener("online", open);
    close();
  };
}
