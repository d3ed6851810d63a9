/**
 * Watches whether sound goes on, whatever the browser says of it.
 *
 * Calls heard() each second in which it did, waiting() once it has not for a moment,
 * lost() when that has lasted too long, and awoke() after the machine has slept.
 */

const TICK_MS = 1_000;
/** No sound for this long is more than a hiccup. */
const HICCUP_MS = 2_000;
/** No sound for this long means that the connection is lost. */
const STALL_MS = 8_000;
/** Ticks this far apart mean that nobody was counting. */
const SLEEP_MS = 15_000;

export class Watch {
  #timer = 0;
  #audio;
  #calls;
  #position = 0;
  #movedAt = 0;
  #tickedAt = 0;

  constructor(audio, calls) {
    this.#audio = audio;
    this.#calls = calls;
  }

  start() {
    this.stop();
    this.#position = this.#audio.currentTime;
    this.#movedAt = this.#tickedAt = Date.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }

  #tick() {
    const at = Date.now();
    const hasSlept = at - this.#tickedAt > SLEEP_MS;
    this.#tickedAt = at;
    if (hasSlept) {
      this.#movedAt = at;
      this.#calls.awoke();
    } else if (this.#audio.currentTime !== this.#position) {
      this.#position = this.#audio.currentTime;
      this.#movedAt = at;
      this.#calls.heard();
    } else if (at - this.#movedAt > STALL_MS) {
      this.#calls.lost();
    } else if (at - this.#movedAt > HICCUP_MS) {
      this.#calls.waiting();
    }
  }
}
