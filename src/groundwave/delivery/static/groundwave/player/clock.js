/**
 * The station's time: this device's clock, set by what the station says.
 *
 * Many a clock is minutes off. Nothing that was told lies in the future, so a clock is
 * never behind the latest that was told; and what was told a moment ago happened a
 * moment ago.
 */

/** News takes no longer than this; what differs by less is no reason to set a clock. */
const ON_THE_WAY_MS = 10_000;

let offset = 0;

export const now = () => Date.now() + offset;

/** Learn that the station's clock has reached `at`; `isFresh` if it did just now. */
export function learn(at, { isFresh = false } = {}) {
  const ahead = now() - at;
  if (ahead < 0 || (isFresh && ahead > ON_THE_WAY_MS)) offset -= ahead;
}
