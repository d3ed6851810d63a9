/** Where the tape is played from, and how far behind the air its live end is heard. */

/** A live playlist is entered three segments of five seconds before its end. */
export const LIVE_LAG_MS = 20_000;

/**
 * The playlist that is live, or that begins at the instant `at` and goes on from there,
 * as far as `until`.
 */
export function playlistOf({ hls, tape, until }, at) {
  if (at === null) return hls;
  const end = until ? `&to=${until}` : "";
  return `${tape}?from=${new Date(at).toISOString()}${end}`;
}
