/**
 * What belongs to the ear: title, show, how far into it and what comes next, all of
 * the instant that is heard, be it live or forty minutes ago. Of a station that is not
 * heard, the instant is now.
 */

/** Return {at, title, tile, next, elapsed, duration}; times in milliseconds, null if unknown. */
export function whatIsHeard({ station, at, guide, titles }) {
  const tile = guide.at(station, at);
  const next = tile && guide.after(station, tile);
  return {
    at,
    title: titles.at(station, at),
    tile,
    next,
    elapsed: tile?.isBounded ? at - tile.began : null,
    duration: tile?.isBounded ? tile.ends - tile.began : null,
  };
}
