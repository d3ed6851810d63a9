/**
 * Which show is on when, at each station, as the site's guide says: tiles that follow
 * each other without a gap. A tile is asked for once somebody needs it.
 */
import { answer } from "./titles.js";

const HOUR_MS = 3_600_000;
const AHEAD_MS = 12 * HOUR_MS;
/** What did not come, or did not help, is not asked for again sooner than this. */
const PATIENCE_MS = 30_000;

export class Guide {
  #held = new Map(); // by slug: {tiles, askedAt}
  #changed;

  constructor({ changed }) {
    this.#changed = changed;
  }

  /** The tile that an instant is in, or null while it is not known. */
  at(station, instant) {
    const { tiles } = this.#of(station.slug);
    const tile = tiles.find(({ start, end }) => start <= instant && instant < end);
    const isNearTheEnd = tile === tiles.at(-1) && tile?.end - instant < AHEAD_MS / 2;
    if (!tile || isNearTheEnd) this.#ask(station, instant);
    return tile ?? null;
  }

  /** The tile after `tile`, or null. */
  after(station, tile) {
    const { tiles } = this.#of(station.slug);
    return tiles[tiles.indexOf(tile) + 1] ?? null;
  }

  /** The schedule was changed: what is held may be wrong. */
  doubt(slug) {
    const held = this.#held.get(slug);
    if (held?.station) this.#fetch(held.station, held, held.instant, { cache: "reload" });
  }

  #ask(station, instant) {
    const held = this.#of(station.slug);
    if (station.guide && Date.now() - held.askedAt > PATIENCE_MS) {
      this.#fetch(station, held, instant);
    }
  }

  async #fetch(station, held, instant, how = {}) {
    Object.assign(held, { station, instant, askedAt: Date.now() });
    const from = new Date(Math.floor(instant / HOUR_MS - 1) * HOUR_MS).toISOString();
    const to = new Date(Math.ceil(instant / HOUR_MS) * HOUR_MS + AHEAD_MS).toISOString();
    const { tiles } = await answer(`${station.guide}?from=${from}&to=${to}`, how);
    if (!tiles || held.instant !== instant) return;
    held.tiles = tiles.map((tile, place) => dated(tile, place > 0 && place < tiles.length - 1));
    this.#changed();
  }

  #of(slug) {
    if (!this.#held.has(slug)) this.#held.set(slug, { tiles: [], askedAt: 0 });
    return this.#held.get(slug);
  }
}

/**
 * A tile with its instants as numbers. The show began when its airing did, even where
 * another one cut it in two; where nothing is planned, it begins and ends with the
 * tile, unless we asked for no more of that.
 */
function dated(tile, isWhole) {
  const of = tile.airing ?? tile;
  return {
    ...tile,
    start: Date.parse(tile.starts_at),
    end: Date.parse(tile.ends_at),
    began: Date.parse(of.starts_at),
    ends: Date.parse(of.ends_at),
    isBounded: tile.show !== null && (tile.airing !== null || isWhole),
  };
}
