/** The tape as the browser itself plays it: Safari, on phones above all. */
import { now } from "./clock.js";
import { LIVE_LAG_MS, playlistOf } from "./tape.js";

export class NativeHlsCarrier {
  kind = "hls";
  canRest = true;
  lag = LIVE_LAG_MS;
  #audio;
  #listen = new AbortController();

  constructor(audio, { station, at, begin }) {
    this.#audio = audio;
    if (at !== null) {
      audio.addEventListener("loadedmetadata", () => this.#goTo(at), {
        once: true,
        signal: this.#listen.signal,
      });
    }
    audio.src = playlistOf(station, at);
    begin();
  }

  get heardAt() {
    const zero = this.#zero;
    return Number.isNaN(zero) ? null : zero + this.#audio.currentTime * 1000;
  }

  reach(at) {
    const { seekable } = this.#audio;
    const time = (at - this.#zero) / 1000;
    const isThere =
      seekable.length > 0 &&
      time >= seekable.start(0) &&
      time <= seekable.end(seekable.length - 1) &&
      at <= now();
    if (isThere) this.#audio.currentTime = time;
    return isThere;
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
  }

  get #zero() {
    return this.#audio.getStartDate?.().getTime() ?? Number.NaN;
  }

  #goTo(at) {
    if (!this.reach(at) && this.#audio.seekable.length > 0) {
      this.#audio.currentTime = this.#audio.seekable.start(0);
    }
  }
}
