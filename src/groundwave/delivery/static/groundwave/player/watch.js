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
/** Ticks this far apart, and little heard between them: nobody was counting, or playing. */
const SLEEP_MS = 15_000;

export class Watch {
  #timer = 0;
  #audio;
  #calls;
  #position = 0;
  #tickedAt = 0;
  #silentFor = 0;

  constructor(audio, calls) {
    this.#audio = audio;
    this.#calls = calls;
  }

  start() {
    this.stop();
    this.#position = this.#audio.currentTime;
    this.#tickedAt = Date.now();
    this.#silentFor = 0;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }

  #tick() {
    const { passed, played } = this.#sinceLastTick();
    const hasSlept = passed > SLEEP_MS && played < passed / 2;
    this.#silentFor = hasSlept || played !== 0 ? 0 : this.#silentFor + passed;
    if (hasSlept) this.#calls.awoke();
    else if (played !== 0) this.#calls.heard();
    else if (this.#silentFor > STALL_MS) this.#calls.lost();
    else if (this.#silentFor > HICCUP_MS) this.#calls.waiting();
  }

  /** In milliseconds. A clock that was set back meanwhile says nothing of either. */
  #sinceLastTick() {
    const at = Date.now();
    const { currentTime } = this.#audio;
    const passed = Math.max(0, at - this.#tickedAt);
    const played = (currentTime - this.#position) * 1000;
    this.#tickedAt = at;
    this.#position = currentTime;
    return { passed, played };
  }
}
