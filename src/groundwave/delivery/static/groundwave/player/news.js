/** What is on, as the transmitter tells open pages: server-sent events. */

import { learn } from "./clock.js";
import { delays } from "./delays.js";

const NAMES = ["now_playing", "on_air", "schedule", "story", "banner", "beat"];
/** What comes this soon after the line was opened is what had happened before. */
const CATCHING_UP_MS = 2_000;
/** There is a beat every fifteen seconds. A line that is silent for so long is dead. */
const SILENT_MS = 40_000;
/** Whoever hears nothing any more does not come back in one moment with all the others. */
const SPREAD_MS = 20_000;

/**
 * Listen at `url`. Calls told(name, facts, isFresh) with what became known, and
 * reachable(true or false) when the connection comes or goes. The browser returns by
 * itself after a broken line, and gives up after an answer other than 200, such as a
 * proxy's while the transmitter restarts; then we return. Nor does it notice that a
 * line is dead, when the network has changed under it or a proxy keeps it to itself.
 * Returns a function that ends it.
 */
export function followAir(url, { told, reachable }) {
  let events;
  let retry;
  let silence;
  let askedAt = 0; // not before this was the answer begun that is heard
  let openedAt = 0;
  let waits = delays();

  function open() {
    close();
    askedAt = Date.now();
    events = new EventSource(url);
    listenOn();
    events.addEventListener("open", () => {
      waits = delays();
      openedAt = Date.now();
      reachable(true);
    });
    events.addEventListener("error", () => {
      askedAt = Date.now();
      reachable(false);
      if (events.readyState === EventSource.CLOSED) {
        clearTimeout(retry);
        retry = setTimeout(open, waits.next().value);
      }
    });
    for (const name of NAMES) {
      events.addEventListener(name, ({ data }) => hear(name, JSON.parse(data)));
    }
  }

  function hear(name, facts) {
    listenOn();
    const at = Date.parse(facts.now);
    if (at) learn(at, at + Math.max(0, Date.now() - askedAt));
    if (name !== "beat") told(name, facts, Date.now() - openedAt > CATCHING_UP_MS);
  }

  function listenOn() {
    clearTimeout(silence);
    silence = setTimeout(dead, SILENT_MS + Math.random() * SPREAD_MS);
  }

  function dead() {
    reachable(false);
    open();
  }

  function close() {
    clearTimeout(retry);
    clearTimeout(silence);
    events?.close();
  }

  open();
  addEventListener("online", open);
  return () => {
    removeEventListener("online", open);
    close();
  };
}
