/** A sound file, heard from any place in it: milliseconds from its beginning. */

export class FileCarrier {
  kind = "file";
  canRest = true;
  lag = 0;
  #audio;
  #isThere;
  #at; // where it will begin, until the file is known
  #listen = new AbortController();

  /** `facts`: station, with url; at; begin(); isThere, if that was asked. */
  constructor(audio, { station, at, begin, isThere = false }) {
    this.#audio = audio;
    this.#isThere = isThere;
    this.#at = at;
    audio.addEventListener("loadedmetadata", () => this.#goThere(), {
      once: true,
      signal: this.#listen.signal,
    });
    audio.src = station.url;
    begin();
  }

  get heardAt() {
    return this.#at ?? this.#audio.currentTime * 1000;
  }

  /** In milliseconds, or null while it is not known. */
  get duration() {
    const { duration } = this.#audio;
    return Number.isFinite(duration) ? duration * 1000 : null;
  }

  /** The file is there, and this browser cannot play it; trying again will not help. */
  get isHopeless() {
    return this.#isThere && this.#audio.error?.code >= MediaError.MEDIA_ERR_DECODE;
  }

  reach(at) {
    if (this.#at === null) this.#audio.currentTime = at / 1000;
    else this.#at = at;
    return true;
  }

  rest() {
    // The browser fetches a little ahead, and stops when nothing plays.
  }

  wake() {}

  save() {
    // There is one file, and no other bitrate.
  }

  close() {
    this.#listen.abort();
  }

  #goThere() {
    const at = this.#at;
    this.#at = null;
    if (at) this.#audio.currentTime = at / 1000;
  }
}
