/** How far each recording was heard, so that it goes on there: the latest few hundred. */
import { parsed } from "./queue.js";
import { recall, remember } from "./remembered.js";

const MOST = 200;
/** Nearer to the beginning or the end than this is not worth going back to. */
const NEAR_MS = 5_000;

/** Milliseconds into it; 0 if it was not begun, or was heard to its end. */
export function placeOf(id) {
  const known = read().find(([each]) => each === id)?.[1];
  return known > 0 ? known : 0;
}

export function keepPlace(id, place, duration) {
  const others = read().filter(([each]) => each !== id);
  const isWorth = place > NEAR_MS && !(place > duration - NEAR_MS);
  const kept = isWorth ? [[id, Math.round(place)], ...others] : others;
  remember("places", JSON.stringify(kept.slice(0, MOST)));
}

function read() {
  const kept = parsed(recall("places"));
  return Array.isArray(kept) ? kept.filter(Array.isArray) : [];
}
