/**
 * Which show is on when, at each station: tiles that follow each other without a gap.
 * The news brings those around now, before they run out; others are asked for once
 * somebody needs them.
 */
import { now } from "./clock.js";
import { fetched } from "./fetched.js";

const ASKED = new URL("./guide-asked.js", import.meta.url);

/** Less than this ahead is not enough. */
const NEAR_MS = 3_600_000;
/** What did not come, or did not help, is not asked for again sooner than this. */
const PATIENCE_MS = 30_000;
/** To a page that was just opened the news comes by itself this soon. */
const NEWS_MS = 2_000;

const news = new Map(); // by slug

/** What was told of a station last, if anything was: {at, tiles, days}. */
export const toldOf = (slug) => news.get(slug);

export class Guide {
  #held = new Map(); // by slug: {told, asked, askedAt, isWaiting}
  #changed;
  #flip;

  constructor({ changed }) {
    this.#changed = () => {
      this.#awaitBoundary();
      changed();
    };
  }

  /** The tile that an instant is in, or null while it is not known. */
  at(station, instant) {
    const tile = this.#find(station.slug, instant);
    if (!tile) this.#need(station, instant);
    return tile;
  }

  /** The tile after `tile`, or null. */
  after(station, tile) {
    const after = this.#find(station.slug, tile.end);
    if (!after && tile.end - now() < NEAR_MS) this.#need(station, tile.end);
    return after;
  }

  /** Take in news; what is older than the last was only late. */
  hear(facts) {
    const { station, at, tiles } = facts;
    if (news.get(station)?.at > at) return;
    news.set(station, facts);
    const held = this.#of(station);
    held.told = dated(tiles);
    // What was asked for of that time may be wrong by now.
    held.asked = held.asked.filter(({ end }) => end <= held.told[0].start);
    document.dispatchEvent(new Event("groundwave:schedule"));
    this.#changed();
  }

  #find(slug, instant) {
    const { told, asked } = this.#of(slug);
    return [...told, ...asked].find(({ start, end }) => start <= instant && instant < end) ?? null;
  }

  #need(station, instant) {
    const held = this.#of(station.slug);
    if (held.isWaiting || Date.now() - held.askedAt < PATIENCE_MS) return;
    held.isWaiting = true;
    setTimeout(async () => {
      held.isWaiting = false;
      if (this.#find(station.slug, instant)) return;
      held.askedAt = Date.now();
      const tiles = await fetched(ASKED).then(
        ({ tilesAround }) => tilesAround(station, instant),
        () => null,
      );
      if (!tiles) return; // what was asked before still stands
      held.asked = dated(tiles);
      this.#changed();
    }, held.told.length ? 0 : NEWS_MS);
  }

  /** Something else is on then, whether anybody says so or not. */
  #awaitBoundary() {
    const at = now();
    const starts = [...this.#held.values()].flatMap(({ told }) => told.map(({ start }) => start));
    const next = Math.min(...starts.filter((start) => start > at));
    clearTimeout(this.#flip);
    if (next < Infinity) this.#flip = setTimeout(this.#changed, next - at);
  }

  #of(slug) {
    if (!this.#held.has(slug)) this.#held.set(slug, { told: [], asked: [], askedAt: 0 });
    return this.#held.get(slug);
  }
}

/**
 * Tiles with their instants as numbers. A show began when its airing did, even where
 * another one cut it in two; where nothing is planned, it begins and ends with the
 * tile, unless that is at the edge of what we know.
 */
const dated = (tiles) =>
  tiles.map((tile, place) => {
    const of = tile.airing ?? tile;
    const isWhole = place > 0 && place < tiles.length - 1;
    return {
      ...tile,
      start: Date.parse(tile.starts_at),
      end: Date.parse(tile.ends_at),
      began: Date.parse(of.starts_at),
      ends: Date.parse(of.ends_at),
      isBounded: tile.show !== null && (tile.airing !== null || isWhole),
    };
  });
