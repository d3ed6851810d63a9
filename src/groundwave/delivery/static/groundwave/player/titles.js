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
/** All who came back to the air in one moment do not ask in one, too. */
const SPREAD_MS = 3_000;
/** Half a day of songs, jingles and all; a page may stay open for weeks. */
const MOST = 500;

export class Titles {
  #known = new Map(); // by slug: {list, since, asksAt}
  #changed;
  #asksFrom = Infinity;

  constructor({ changed }) {
    this.#changed = changed;
  }

  /** Whether news comes. A while after it has stopped, titles are asked for. */
  set isTold(isTold) {
    const soon = Date.now() + PATIENCE_MS * (0.5 + Math.random() / 2);
    this.#asksFrom = isTold ? Infinity : Math.min(this.#asksFrom, soon);
  }

  /** Take in news; what is not fresh may come after some that was missed. */
  hear({ station, at, title }, isFresh) {
    const known = this.#of(station);
    const instant = Date.parse(at);
    const isNext = isFresh || known.list.at(-1)?.at === instant;
    known.since = isNext ? Math.min(known.since, instant) : instant;
    // The air can be reached again.
    if (!isFresh) known.asksAt = Date.now() + Math.random() * SPREAD_MS;
    insert(known.list, { at: instant, title });
    forgetOldest(known);
    this.#changed();
  }

  /** The title at `station` at an instant; empty while none is known. */
  at(station, instant) {
    const known = this.#of(station.slug);
    const isBeforeTheNews = known.since !== Infinity && instant < known.since;
    if (isBeforeTheNews || Date.now() > this.#asksFrom) this.#ask(station, known, instant);
    return known.list.findLast(({ at }) => at <= instant)?.title ?? "";
  }

  async #ask(station, known, instant) {
    if (!station.titles || Date.now() < known.asksAt) return;
    known.asksAt = Date.now() + PATIENCE_MS;
    const answer = await fetched(ASKED).then(
      ({ titlesAround }) => titlesAround(station, instant),
      () => null,
    );
    if (!answer) return;
    known.since = answer.since;
    if (this.#asksFrom === Infinity) known.asksAt = 0;
    for (const entry of answer.list) insert(known.list, entry);
    this.#changed();
  }

  #of(slug) {
    if (!this.#known.has(slug)) {
      this.#known.set(slug, { list: [], since: Infinity, asksAt: 0 });
    }
    return this.#known.get(slug);
  }
}

function insert(list, entry) {
  const before = list.findLastIndex(({ at }) => at <= entry.at);
  const isKnown = before >= 0 && list[before].at === entry.at;
  list.splice(isKnown ? before : before + 1, isKnown ? 1 : 0, entry);
}

/** What is older is asked for again, should an ear go back to it. */
function forgetOldest(known) {
  if (known.list.length <= MOST) return;
  known.list.splice(0, known.list.length - MOST);
  known.since = Math.max(known.since, known.list[0].at);
}
