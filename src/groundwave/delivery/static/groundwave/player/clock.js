/**
 * The station's time: this device's clock, set by what the station says.
 *
 * Many a clock is seconds off, or minutes. What the station says is never quite now: it
 * was on the way for a while, and sound may have been sent ahead. So it is learned
 * between which two instants now must lie; a clock that is there stays as it is.
 */
let offset = 0;

export const now = () => Date.now() + offset;

/** Learn that it is `earliest` at the station, or later, but no later than `latest`. */
export function learn(earliest, latest = Infinity) {
  const at = now();
  offset += Math.max(earliest - at, 0) - Math.max(at - latest, 0);
}
