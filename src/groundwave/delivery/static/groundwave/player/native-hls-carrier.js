/** The tape as the browser itself plays it: Safari, on phones above all. */
import { now } from "./clock.js";
import { isBackInLive, LIVE_LAG_MS, playlistOf } from "./tape.js";

/** Sound for this long is where the browser wants it to be. */
const SETTLED_SECONDS = 3;

export class NativeHlsCarrier {
  kind = "hls";
  canRest = true;
  #audio;
  #facts;
  #at; // where it will begin, until the playlist is known
  #lag = null; // by this device's clock, which may be set meanwhile
  #settlesAt = null;
  #listen = new AbortController();
  #measure = new AbortController();

  /** `facts`: station, at, isLive; begin(), lost(). */
  constructor(audio, facts) {
    this.#audio = audio;
    this.#facts = facts;
    this.#at = facts.at;
    const { signal } = this.#listen;
    audio.addEventListener("loadedmetadata", () => this.#goThere(), { once: true, signal });
    if (facts.at === null) {
      audio.addEventListener("timeupdate", () => this.#begins(), { signal: this.#measure.signal });
    }
    audio.src = playlistOf(facts);
    facts.begin();
  }

  /** How far behind the air a browser begins is its own choice, and stays. */
  get lag() {
    if (this.#lag !== null) return this.#lag + now() - Date.now();
    const isBeginning = this.#facts.at === null && this.heardAt !== null;
    return isBeginning ? now() - this.heardAt : LIVE_LAG_MS;
  }

  /** Whether it goes on with what is live, however far back in it the ear is. */
  get isLive() {
    return this.#facts.isLive;
  }

  get heardAt() {
    const zero = this.#zero;
    if (this.#at !== null || Number.isNaN(zero)) return this.#at;
    return zero + this.#audio.currentTime * 1000;
  }

  reach(at) {
    return this.#at === null && !isBackInLive(this.#facts, at) && this.#moveTo(at);
  }

  rest() {
    // The browser fetches what it likes; it stops when nothing plays.
  }

  wake() {}

  save() {
    // So is the rendition the browser's choice, by the connection it sees.
  }

  close() {
    this.#listen.abort();
    this.#measure.abort();
  }

  get #zero() {
    return this.#audio.getStartDate?.().getTime() ?? Number.NaN;
  }

  #timeOf(at) {
    return (at - this.#zero) / 1000;
  }

  #moveTo(at) {
    const { seekable } = this.#audio;
    const time = this.#timeOf(at);
    const isThere =
      seekable.length > 0 &&
      time >= seekable.start(0) &&
      time <= seekable.end(seekable.length - 1) &&
      at <= now();
    if (isThere) {
      this.#settle(); // from here on it is the listener's choice
      this.#audio.currentTime = time;
    }
    return isThere;
  }

  #goThere() {
    const at = this.#at;
    const { seekable } = this.#audio;
    const isOlder = !(seekable.length > 0 && this.#timeOf(at) >= seekable.start(0));
    if (at !== null && this.isLive && isOlder) {
      this.#facts.lost(); // and the ear is still where it was to be
      return;
    }
    this.#at = null;
    if (at === null || this.#moveTo(at)) return;
    if (isOlder && seekable.length > 0) this.#audio.currentTime = seekable.start(0);
  }

  /** A hiccup at the beginning is part of it; what comes later has put us behind. */
  #begins() {
    const { currentTime } = this.#audio;
    this.#settlesAt ??= currentTime + SETTLED_SECONDS;
    if (currentTime > this.#settlesAt && this.heardAt !== null) this.#settle();
  }

  #settle() {
    if (this.#facts.at === null) this.#lag ??= Date.now() - this.heardAt;
    this.#measure.abort();
  }
}
