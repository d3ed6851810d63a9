/**
 * What was playing when, at each station: heard in the news, and asked for where the
 * ear is further back than the news that this page has heard without a gap.
 *
 * A title is in force from its instant until the next one's.
 */

import { fetched } from "./fetched.js";

const ASKED = new URL("./titles-asked.js", import.meta.url);
/** An answer that did not come is not asked for again sooner than this. */
const PATIENCE_MS = 30_000;

export class Titles {
  #known = new Map(); // by slug: {list, since, askedAt}
  #changed;

  constructor({ changed }) {
    this.#changed = changed;
  }

  /** Take in news; what is not fresh may come after some that was missed. */
  hear({ station, at, title }, isFresh) {
    const known = this.#of(station);
    const instant = Date.parse(at);
    const isNext = isFresh || known.list.at(-1)?.at === instant;
    known.since = isNext ? Math.min(known.since, instant) : instant;
    if (!isFresh) known.askedAt = 0; // the air can be reached again
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
    const answer = await fetched(ASKED).then(
      ({ titlesAround }) => titlesAround(station, instant),
      () => null,
    );
    if (!answer) return;
    Object.assign(known, { since: answer.since, askedAt: 0 });
    for (const entry of answer.list) insert(known.list, entry);
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
