/**
 * Sound that goes on: one audio element, kept out of the page so that nothing the page
 * does can stop it, tuned to a station until somebody says stop.
 *
 * Laws:
 * - Nothing is requested before play(), and nothing after stop() or pause().
 * - Sound that is lost, ends or stalls is tuned in again, ever less often, for as long
 *   as it is wanted: live where live was wanted, and where the past was heard from
 *   where the ear was.
 * - Nothing old is played as if it were live: after a loss, a stall or a sleep, live is
 *   live again; whoever paused or rewound is `behind`, and that is told.
 * - Every change of `state` is told by a "state" event.
 * - What has an end (a recording, see `recording.js`) stops there and says "over"; its
 *   instants are the tape's, or milliseconds into a file.
 */
import { now } from "./clock.js";
import { delays } from "./delays.js";
import { Watch } from "./watch.js";
import { playsTape, waysTo } from "./ways.js";

/** Nearer to the live end than this is live. */
export const LIVE_MS = 12_000;
/** Sound for this long means that the next loss is a new one. */
const STEADY_MS = 15_000;
/** A pause longer than this is tuned in anew; the playlist has moved on. */
const SHORT_PAUSE_MS = 60_000;

const WANTED = ["connecting", "playing", "reconnecting"];

export class Listening extends EventTarget {
  #audio = new Audio();
  #watch = new Watch(this.#audio, {
    heard: () => this.#goesOn(),
    waiting: () => this.#state === "playing" && this.#become("reconnecting"),
    lost: () => this.#lost(),
    awoke: () => this.#tuneInAgain(),
  });
  #wanted = { station: null, at: null };
  #library = "";
  #isSaving = false;
  #carrier = null;
  #turn = null; // aborted once another carrier is made, or none is wanted
  #way = 0;
  #delays = delays();
  #retry = 0;
  #playingSince = Infinity;
  #pausedAt = 0;
  #state = "stopped";

  constructor() {
    super();
    this.#audio.preload = "none";
    this.#audio.addEventListener("playing", () => this.#playing());
    this.#audio.addEventListener("ended", () => this.#ended());
    this.#audio.addEventListener("error", () => this.#audio.error && this.#failed());
    this.#audio.addEventListener("pause", () => this.#pausedByOthers());
    // A phone that comes out of a tunnel need not wait for its turn.
    window.addEventListener("online", () => this.hurry());
  }

  /** "stopped", "connecting", "playing", "paused", "reconnecting", "blocked", "unplayable" or "elsewhere". */
  get state() {
    return this.#state;
  }

  get isWanted() {
    return WANTED.includes(this.#state);
  }

  get station() {
    return this.#wanted.station;
  }

  /** "hls", "mount" or "", once sound is on its way. */
  get kind() {
    return this.#carrier?.kind ?? "";
  }

  /** Whether pause() keeps the place, and rewind() has somewhere to go. */
  get canRewind() {
    return Boolean(this.station?.hls && playsTape) || this.#hasEnd;
  }

  /** The instant that is heard, as the station sent it; null while nothing is. */
  get heardAt() {
    return this.#carrier?.heardAt ?? null;
  }

  /** The instant that is heard by those who listen live the same way; never a recording's. */
  get liveAt() {
    if (this.#hasEnd) return Infinity;
    return now() - (this.#carrier?.lag ?? 0);
  }

  /** Milliseconds behind those who listen live; 0 if live. */
  get behind() {
    const behind = this.heardAt === null ? 0 : this.liveAt - this.heardAt;
    return behind < LIVE_MS ? 0 : behind;
  }

  /** Of a file, in milliseconds; null where it is not known. */
  get duration() {
    return this.#carrier?.duration ?? null;
  }

  get volume() {
    return this.#audio.volume;
  }

  set volume(volume) {
    this.#audio.volume = Math.min(1, Math.max(0, volume));
  }

  get isSaving() {
    return this.#isSaving;
  }

  /** Whether a low bitrate is wanted. */
  set isSaving(isSaving) {
    this.#isSaving = isSaving;
    this.#carrier?.save(isSaving);
  }

  set library(url) {
    this.#library = url;
  }

  /** Tune in to `station`, live or from the instant `at` on. */
  play(station, at = null) {
    this.#silence();
    this.#wanted = { station, at };
    this.#way = 0;
    this.#delays = delays();
    this.#become("connecting");
    this.#tuneIn();
  }

  /** Close the connection; play() starts at what is live then. */
  stop(state = "stopped") {
    this.#become(state);
    this.#silence();
  }

  /** Keep the place, where there is a tape to keep it on; else stop. */
  pause() {
    if (!this.isWanted) return;
    const at = this.heardAt ?? (this.#hasEnd ? this.#wanted.at : null);
    if (at === null || !this.canRewind) {
      this.stop();
      return;
    }
    this.#wanted.at = at;
    this.#pausedAt = Date.now();
    this.#become("paused");
    this.#rest();
  }

  /** Go on where pause() was. */
  resume() {
    if (this.#state !== "paused") return;
    this.#become("connecting");
    const isShort = Date.now() - this.#pausedAt < SHORT_PAUSE_MS;
    if (isShort && this.#carrier?.canRest) {
      this.#carrier.wake();
      this.#watch.start();
      this.#begin();
    } else {
      this.#way = 0;
      this.#tuneIn();
    }
  }

  /** Hear the instant `at`, as far as there is one. */
  seek(at) {
    if (!this.canRewind) return;
    if (at > this.liveAt - LIVE_MS) {
      if (!this.#isLive) this.toLive();
      return;
    }
    this.#wanted.at = at;
    if (!this.#carrier?.reach(at)) this.play(this.station, at);
    else if (this.#state === "paused") this.resume();
    this.dispatchEvent(new Event("state"));
  }

  rewind(milliseconds) {
    this.seek((this.heardAt ?? this.#wanted.at ?? this.liveAt) - milliseconds);
  }

  /** At once where only the live playlist was gone back in. */
  toLive() {
    if (!this.isWanted || !this.#carrier?.isLive || !this.#carrier.reach(this.liveAt)) {
      this.play(this.station);
      return;
    }
    this.#wanted.at = null;
    this.dispatchEvent(new Event("state"));
  }

  /** The air is back: do not wait for your turn, and try the best way first. */
  hurry() {
    if (this.#retry) {
      this.#way = 0;
      this.#tuneIn();
    } else if (this.isWanted) this.#carrier?.hurry?.();
  }

  get #hasEnd() {
    return Boolean(this.station?.ends);
  }

  get #ways() {
    const how = { isSaving: this.#isSaving, library: this.#library };
    return waysTo(this.#wanted, this.#audio, how);
  }

  /** Live, or where the past is heard, where the ear is. */
  #tuneInAgain() {
    this.#keepPlace();
    this.#tuneIn();
  }

  #keepPlace() {
    if (this.#wanted.at !== null) this.#wanted.at = this.heardAt ?? this.#wanted.at;
  }

  #tuneIn() {
    this.#silence();
    if (this.#state === "playing") this.#become("reconnecting");
    const ways = this.#ways;
    if (ways.length === 0) {
      this.#become("unplayable");
      return;
    }
    this.#watch.start();
    this.#turn = new AbortController();
    const { signal } = this.#turn;
    const isMine = (then) => () => signal.aborted || then();
    const made = ways[this.#way % ways.length](this.#audio, {
      ...this.#wanted,
      isSaving: this.#isSaving,
      signal,
      begin: isMine(() => this.#begin()),
      lost: isMine(() => this.#lost()),
      gone: isMine(() => this.#gone()),
    });
    if (made instanceof Promise) {
      made.then((carrier) => this.#take(carrier, signal), isMine(() => this.#lost()));
    } else {
      this.#carrier = made;
    }
  }

  #take(carrier, { aborted }) {
    if (aborted) carrier.close();
    else this.#carrier = carrier;
  }

  #begin() {
    this.#audio.play().catch((refusal) => {
      // Other refusals come with an "error" event, or belong to what we left.
      if (refusal.name === "NotAllowedError" && this.isWanted) this.stop("blocked");
    });
  }

  #playing() {
    if (!this.isWanted) return;
    if (this.#state !== "playing") this.#playingSince = Date.now();
    this.#become("playing");
  }

  #goesOn() {
    if (this.#state === "reconnecting") this.#playing();
    if (this.#isSteady) this.#delays = delays();
    // A stall has put us behind; live was wanted.
    if (this.#isLive && this.behind) {
      if (!this.#carrier.reach(this.liveAt)) this.#lost();
    } else if (this.#wanted.at !== null && this.heardAt !== null && !this.behind) {
      this.#wanted.at = null; // caught up
    }
  }

  get #isLive() {
    return this.#state === "playing" && this.#wanted.at === null;
  }

  get #isSteady() {
    return this.#state === "playing" && Date.now() - this.#playingSince > STEADY_MS;
  }

  #lost() {
    if (!this.isWanted || this.#retry) return;
    const hasBeenSteady = Date.now() - this.#playingSince > STEADY_MS;
    const count = this.#ways.length;
    this.#way = hasBeenSteady ? 0 : this.#way + 1;
    const isNewRound = this.#way % count === 0;
    if (this.#state !== "connecting" || isNewRound) this.#become("reconnecting");
    this.#keepPlace();
    this.#silence();
    const wait = isNewRound ? this.#delays.next().value : 0;
    this.#retry = setTimeout(() => this.#tuneIn(), wait);
  }

  /** A recording is over; the air never is. */
  #ended() {
    if (!this.#hasEnd) {
      this.#lost();
    } else if (this.isWanted) {
      this.stop();
      this.dispatchEvent(new Event("over"));
    }
  }

  #failed() {
    if (this.#carrier?.isHopeless) this.#gone();
    else this.#lost();
  }

  /** The tape does not have it, or no longer: then live, and say so. */
  #gone() {
    if (this.#hasEnd) this.stop();
    else this.play(this.station);
    this.dispatchEvent(new Event("gone"));
  }

  /** Somebody else paused it: a headset, a phone call. */
  #pausedByOthers() {
    const { ended, error, paused } = this.#audio;
    if (this.#state === "playing" && paused && !ended && !error && !this.#retry) this.pause();
  }

  #rest() {
    this.#watch.stop();
    this.#audio.pause();
    this.#carrier?.rest?.();
  }

  /** Let go of the connection; an element without a source makes no request. */
  #silence() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    this.#watch.stop();
    this.#playingSince = Infinity;
    this.#turn?.abort();
    this.#carrier?.close();
    this.#carrier = null;
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
