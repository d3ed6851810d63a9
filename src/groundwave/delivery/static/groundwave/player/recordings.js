/**
 * Recordings in the bar: one is heard, others wait in the queue.
 *
 * Laws:
 * - A recording takes the place of what is heard, and gives it back: after the last one
 *   comes live, if live was interrupted. Whoever asks for live hears live at once.
 * - Nobody loses their place: it is kept for each recording until that was heard out, by
 *   the tab that it is heard in; one that only shows it follows.
 * - One that is gone, or cannot be played, is passed over, and that is said.
 */
import { stationOf } from "./page.js";
import { keepPlace, placeOf } from "./places.js";
import { Queue } from "./queue.js";
import { beginningOf, playable, readRecording } from "./recording.js";
import { radio } from "./radio.js";
import { say } from "./wording.js";

const KEEP_MS = 5_000;
const KEPT = ["groundwave.queue", "groundwave.places"];

class Recordings {
  queue = new Queue();
  /** The one in the bar, or null. */
  heard = this.queue.heard;
  #place = this.heard ? placeOf(this.heard.id) : 0;
  #playing = null; // what Listening was given for it
  #isInstead = false; // of live
  #kept = this.#place; // where nothing new has been heard, there is nothing to keep
  #keptAt = 0;

  constructor() {
    const { listening } = radio;
    radio.recorded = this;
    radio.addEventListener("change", () => this.#goesOn());
    listening.addEventListener("state", () => this.#isOn && this.#keepPlace());
    listening.addEventListener("over", () => this.#isOn && this.#over());
    listening.addEventListener("gone", () => this.#isOn && this.#gone());
    window.addEventListener("pagehide", () => this.#keepPlace());
    window.addEventListener("storage", ({ key }) => KEPT.includes(key) && this.#readAgain());
  }

  get isThere() {
    return this.heard !== null || this.queue.list.length > 0;
  }

  // --- what is done to it -----------------------------------------------------------

  /** Listen, or pause, or go on. */
  listen(recording) {
    if (recording.id === this.heard?.id) {
      radio.pauseOrPlay();
      return;
    }
    this.#isInstead = this.heard ? this.#isInstead : radio.listening.isWanted;
    this.queue.remove(recording.id);
    this.#begin(recording);
  }

  /** Put it into the queue, or take it out. */
  enqueue(recording) {
    const wasThere = this.queue.has(recording.id);
    if (wasThere) this.queue.remove(recording.id);
    else this.queue.add(recording);
    this.changed(wasThere ? "unqueued" : "queued");
  }

  /** Play the one in the bar, from its place; return whether there is one. */
  goOn() {
    if (!this.heard) return false;
    this.queue.heard = this.heard;
    this.changed();
    this.#playing = playable(this.heard);
    if (this.#playing) radio.listening.play(this.#playing, this.#began + this.#place);
    else this.#passOver();
    return true;
  }

  /** Give way to live; it waits at the head of the queue. */
  giveWay() {
    if (!this.heard) return;
    this.#keepPlace();
    this.queue.putFirst(this.heard);
    this.#leave();
  }

  skip() {
    this.#keepPlace();
    this.#next();
  }

  /** Hear the instant `at`: of the tape, or into the file. */
  seek(at) {
    this.#place = Math.min(Math.max(at - this.#began, 0), this.#duration || Infinity);
    const { isWanted, state } = radio.listening;
    if (this.#isOn && (isWanted || state === "paused")) {
      radio.listening.seek(this.#began + this.#place);
    }
    radio.changed();
  }

  rewind(milliseconds) {
    this.seek(this.#at - milliseconds);
  }

  /** The queue is another one now; `note` says how. */
  changed(note = "") {
    this.queue.keep();
    radio.say(note);
  }

  // --- what it shows ----------------------------------------------------------------

  /** As `radio.whatIsOn()`, of the recording in the bar; null if there is none. */
  whatIsHeard() {
    if (!this.heard) return null;
    const { title, show, page, image } = this.heard;
    const [at, began, duration] = [this.#at, this.#began, this.#duration];
    const then = this.#titleThen;
    const [next] = this.queue.list;
    return {
      ...{ at, duration, isRecorded: true, next: null },
      elapsed: at - began,
      where: then ? title : radio.words.recording,
      title: then || title,
      tile: {
        ...{ began, isBounded: true, ends: began + duration },
        show: { title: show, url: page || null, image },
      },
      following: next ? say(radio.words.queue_next, { title: next.title }) : "",
    };
  }

  /** Whether the recording with that id is in the bar and wanted, or how far it was heard. */
  stateOf(id) {
    const isHeard = this.heard?.id === id;
    if (isHeard && this.#isOn && radio.listening.isWanted) return "playing";
    return (isHeard ? this.#place : placeOf(id)) > 0 ? "begun" : "";
  }

  // --- what happens -----------------------------------------------------------------

  get #isOn() {
    return this.#playing !== null && radio.listening.station === this.#playing;
  }

  get #began() {
    return beginningOf(this.heard);
  }

  get #at() {
    const { heardAt, state } = radio.listening;
    const isKnown = this.#isOn && heardAt !== null && state !== "stopped";
    if (isKnown) this.#place = Math.max(heardAt - this.#began, 0);
    return this.#began + this.#place;
  }

  /** What was playing then, where the recording is of the air. */
  get #titleThen() {
    const station = stationOf(this.heard.station);
    return station && this.#isOn ? radio.titleAt(station, this.#at) : "";
  }

  get #duration() {
    const known = this.#isOn ? radio.listening.duration : null;
    return known ?? this.heard.seconds * 1000;
  }

  #begin(recording) {
    this.#keepPlace();
    this.heard = recording;
    this.#takePlace();
    this.goOn();
  }

  #takePlace() {
    this.#place = this.#kept = placeOf(this.heard.id);
  }

  #goesOn() {
    if (!this.#isOn || !radio.listening.isWanted) return;
    // The tape's last segment goes on a little further than was asked for.
    if (this.heard.to && this.#at >= Date.parse(this.heard.to)) this.#over();
    else if (Date.now() - this.#keptAt > KEEP_MS) this.#keepPlace();
  }

  #keepPlace() {
    if (!this.heard) return;
    this.#place = this.#at - this.#began;
    if (this.#place === this.#kept) return;
    this.#kept = this.#place;
    this.#keptAt = Date.now();
    keepPlace(this.heard.id, this.#place, this.#duration);
  }

  #over() {
    keepPlace(this.heard.id, 0, 0);
    this.#next();
  }

  #gone() {
    keepPlace(this.heard.id, 0, 0);
    this.#passOver();
  }

  #passOver() {
    const isNext = this.queue.list.length > 0;
    const note = isNext ? "missing_next" : this.#isInstead ? "missing_live" : "missing";
    this.#next();
    radio.say(note);
  }

  #next() {
    const next = this.queue.take();
    const isInstead = this.#isInstead;
    if (next) {
      this.heard = null; // its place is kept, or forgotten
      this.#begin(next);
      return;
    }
    this.#leave();
    if (isInstead) radio.play();
    else radio.listening.stop();
  }

  #leave() {
    if (this.queue.heard?.id === this.heard?.id) this.queue.heard = null;
    this.heard = this.#playing = null;
    this.#isInstead = false;
    this.changed();
  }

  /** Another tab has changed the queue, or a place. */
  #readAgain() {
    this.queue.read();
    const { isWanted, state } = radio.listening;
    const isOurs = isWanted || state === "paused" || this.#place !== this.#kept;
    if (this.heard && !isOurs) this.#takePlace();
    radio.changed();
  }
}

export const recordings = new Recordings();
