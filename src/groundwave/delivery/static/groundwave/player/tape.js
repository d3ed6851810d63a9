/** Where the tape is played from, and how far behind the air its live end is heard. */
import { now } from "./clock.js";

/** A live playlist is entered three segments of five seconds before its end. */
export const LIVE_LAG_MS = 20_000;
/** A live playlist has the last hour. Who is there goes on in it, and has time to pause. */
const IN_LIVE_MS = 50 * 60_000;
const MINUTE_MS = 60_000;

/** Whether an instant of what is played is to be found in the live playlist. */
export const isInLive = ({ until }, at) => at === null || (!until && at > now() - IN_LIVE_MS);

/** Whether who began further back, in a playlist that is for few, has come near enough. */
export const isBackInLive = ({ station, at }, instant) =>
  !isInLive(station, at) && isInLive(station, instant);

/** The playlist that is live, or has the instant `at` and goes on from there. */
export function playlistOf({ station, at, isLive }) {
  return isLive ? station.hls : `${station.tape}?from=${begins(at)}${ends(station)}`;
}

/** With the minute: a playlist that begins where nobody else's does is made for one. */
export const minuteOf = (at) => Math.floor(at / MINUTE_MS) * MINUTE_MS;

const begins = (at) => new Date(minuteOf(at)).toISOString();

/** As far as `until`, where there is an end. */
const ends = ({ until }) => (until ? `&to=${until}` : "");
