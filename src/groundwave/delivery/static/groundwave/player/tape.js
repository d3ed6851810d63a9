/** Where the tape is played from, and how far behind the air its live end is heard. */

/** A live playlist is entered three segments of five seconds before its end. */
export const LIVE_LAG_MS = 20_000;

/** The playlist that is live, or that begins at the instant `at` and goes on from there. */
export function playlistOf({ hls, tape }, at) {
  return at === null ? hls : `${tape}?from=${new Date(at).toISOString()}`;
}
