/**
 * Sound that goes on: one audio element, kept out of the page so that nothing the page
 * does can stop it, tuned to a live stream until somebody says stop.
 *
 * Laws:
 * - Nothing is requested before play(), and nothing after stop().
 * - A lost, ended or stalled stream is tuned in again, ever less often, for as long as
 *   it is wanted. What is heard is always live: nothing old is kept and played later.
 * - Every change of `state` is told by a "state" event.
 */
import { delays } from "./delays.js";

/** No sound for this long means that the stream is lost, whatever the browser says. */
const STALL_MS = 8_000;
/** Sound for this long means that the next loss is a new one. */
const STEADY_MS = 15_000;

export class LiveAudio extends EventTarget {
  #audio = new Audio();
  #streams = [];
  #next = 0;
  #delays = delays();
  #retry = 0;
  #watch = 0;
  #heardAt = 0;
  #heardUntil = 0;
  #playingSince = 0;
  #state = "stopped";

  constructor() {
    super();
    this.#audio.preload = "none";
    this.#audio.addEventListener("playing", () => this.#playing());
    this.#audio.addEventListener("ended", () => this.#lost());
    this.#audio.addEventListener("error", () => this.#lost());
    this.#audio.addEventListener("pause", () => this.#paused());
    // A phone that comes out of a tunnel need not wait for its turn.
    window.addEventListener("online", () => this.#retry && this.#tuneIn());
  }

  /** "stopped", "connecting", "playing", "reconnecting", "blocked" or "unplayable". */
  get state() {
    return this.#state;
  }

  get isWanted() {
    return ["connecting", "playing", "reconnecting"].includes(this.#state);
  }

  get volume() {
    return this.#audio.volume;
  }

  set volume(volume) {
    this.#audio.volume = Math.min(1, Math.max(0, volume));
  }

  /** Tune in to the first of `streams` ({url, type}) that this browser plays. */
  play(streams) {
    this.#silence();
    this.#streams = streams.filter(({ type }) => this.#audio.canPlayType(type) !== "");
    this.#next = 0;
    this.#delays = delays();
    if (this.#streams.length === 0) {
      this.#become("unplayable");
      return;
    }
    this.#become("connecting");
    this.#tuneIn();
  }

  /** Close the connection; play() starts at what is live then. */
  stop() {
    this.#become("stopped");
    this.#silence();
  }

  #tuneIn() {
    this.#silence();
    const { url } = this.#streams[this.#next % this.#streams.length];
    this.#heardAt = performance.now();
    this.#heardUntil = 0;
    this.#watch = setInterval(() => this.#check(), 1000);
    // A query of its own keeps a cache from answering with what it heard before.
    this.#audio.src = `${url}${url.includes("?") ? "&" : "?"}t=${Date.now()}`;
    this.#audio.play().catch((refusal) => this.#refused(refusal));
  }

  #refused(refusal) {
    // Other refusals come with an "error" event, or belong to a stream we left.
    if (refusal.name === "NotAllowedError" && this.isWanted) {
      this.#become("blocked");
      this.#silence();
    }
  }

  #playing() {
    if (!this.isWanted) return;
    this.#heardAt = performance.now();
    this.#playingSince = this.#heardAt;
    this.#become("playing");
  }

  /** Somebody else paused it: a headset, a phone call. Live radio cannot be kept. */
  #paused() {
    if (this.#state === "playing" && !this.#audio.ended && !this.#audio.error) {
      this.stop();
    }
  }

  #check() {
    const now = performance.now();
    if (this.#audio.currentTime > this.#heardUntil) {
      this.#heardUntil = this.#audio.currentTime;
      this.#heardAt = now;
      if (this.#state === "playing" && now - this.#playingSince > STEADY_MS) {
        this.#delays = delays();
      }
    } else if (now - this.#heardAt > STALL_MS) {
      this.#lost();
    }
  }

  #lost() {
    if (!this.isWanted || this.#retry) return;
    // A stream that cannot be had may be had in another encoding.
    if (this.#state !== "playing") this.#next += 1;
    this.#become("reconnecting");
    this.#silence();
    this.#retry = setTimeout(() => this.#tuneIn(), this.#delays.next().value);
  }

  /** Let go of the connection; an element without a source makes no request. */
  #silence() {
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#retry = this.#watch = 0;
    if (this.#audio.hasAttribute("src")) {
      this.#audio.removeAttribute("src");
      this.#audio.load();
    }
  }

  #become(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event("state"));
  }
}
