/**
 * What was playing when, at each station: heard in the news, and asked for where the
 * ear is further back than the news that this page has heard.
 *
 * A title is in force from its instant until the next one's.
 */

/** An answer that did not come is not asked for again sooner than this. */
const PATIENCE_MS = 30_000;

export class Titles {
  #known = new Map(); // by slug: {list, since, askedAt}
  #changed;

  constructor({ changed }) {
    this.#changed = changed;
  }

  /** Take in news. */
  hear({ station, at, title }) {
    const known = this.#of(station);
    const instant = Date.parse(at);
    known.since = Math.min(known.since, instant);
    insert(known.list, { at: instant, title });
    this.#changed();
  }

  /** The title at `station` at an instant; empty while none is known. */
  at(station, instant) {
    const known = this.#of(station.slug);
    const isBeforeTheNews = known.since !== Infinity && instant < known.since;
    if (isBeforeTheNews) this.#ask(station, known, instant);
    return known.list.findLast(({ at }) => at <= instant)?.title ?? "";
  }

  async #ask(station, known, instant) {
    if (!station.titles || Date.now() - known.askedAt < PATIENCE_MS) return;
    known.askedAt = Date.now();
    const from = new Date(instant).toISOString();
    const { titles } = await answer(`${station.titles}?from=${encodeURIComponent(from)}`);
    if (!titles) return;
    known.since = instant;
    known.askedAt = 0;
    for (const { at, title } of titles) insert(known.list, { at: Date.parse(at), title });
    this.#changed();
  }

  #of(slug) {
    if (!this.#known.has(slug)) {
      this.#known.set(slug, { list: [], since: Infinity, askedAt: 0 });
    }
    return this.#known.get(slug);
  }
}

function insert(list, entry) {
  const before = list.findLastIndex(({ at }) => at <= entry.at);
  const isKnown = before >= 0 && list[before].at === entry.at;
  list.splice(isKnown ? before : before + 1, isKnown ? 1 : 0, entry);
}

/** What a page of ours does not get it does without. */
export async function answer(url, how = {}) {
  try {
    const response = await fetch(url, how);
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}
