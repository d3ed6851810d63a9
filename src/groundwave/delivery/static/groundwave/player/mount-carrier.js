/**
 * Live sound as one endless answer: what every browser takes, and takes at once.
 *
 * It begins a burst before the moment it was asked for, and cannot be rewound; but it
 * knows the instant that is heard, so that the tape can go on there.
 */
import { now } from "./clock.js";

export class MountCarrier {
  kind = "mount";
  canRest = false;
  lag;
  #audio;
  #began = 0;
  #restsAt = null;
  #listen = new AbortController();

  constructor(audio, { url, station, begin }) {
    this.#audio = audio;
    this.lag = (station.burst_seconds ?? 0) * 1000;
    audio.addEventListener("loadedmetadata", () => (this.#began = Date.now()), {
      once: true,
      signal: this.#listen.signal,
    });
    // A query of its own keeps a cache from answering with what it heard before.
    audio.src = `${url}${url.includes("?") ? "&" : "?"}t=${Date.now()}`;
    begin();
  }

  get heardAt() {
    if (this.#restsAt !== null) return this.#restsAt;
    if (!this.#began) return null;
    // The clock may have been set since.
    return this.#began + now() - Date.now() - this.lag + this.#audio.currentTime * 1000;
  }

  reach() {
    return false;
  }

  /** Nobody is sent what nobody hears; the place stays known. */
  rest() {
    this.#restsAt = this.heardAt;
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }

  save() {
    // Another bitrate is another connection; it is chosen when that is made.
  }

  close() {
    this.#listen.abort();
  }
}
