/** Falls silent after a while: softly, as whoever set it may be asleep. */

const FADE_MS = 10_000;
const STEP_MS = 250;

export class SleepTimer {
  #timer = 0;
  #endsAt = null;
  #isFading = false;
  #listening;
  #done;

  /** `done` puts the volume back. */
  constructor(listening, done) {
    this.#listening = listening;
    this.#done = done;
  }

  /** When it falls silent, or null. */
  get endsAt() {
    return this.#endsAt;
  }

  /** Begin to count; 0 minutes is never. */
  set(minutes) {
    this.#end();
    if (minutes <= 0) return;
    this.#endsAt = Date.now() + minutes * 60_000;
    this.#timer = setTimeout(() => this.#fade(), minutes * 60_000 - FADE_MS);
  }

  #fade() {
    this.#isFading = true;
    const { volume } = this.#listening;
    const left = this.#endsAt - Date.now();
    if (left > 0) {
      this.#listening.volume = (volume * Math.max(0, left - STEP_MS)) / left;
      this.#timer = setTimeout(() => this.#fade(), STEP_MS);
      return;
    }
    this.#listening.stop();
    this.#end();
  }

  #end() {
    clearTimeout(this.#timer);
    this.#endsAt = null;
    if (this.#isFading) this.#done();
    this.#isFading = false;
  }
}
