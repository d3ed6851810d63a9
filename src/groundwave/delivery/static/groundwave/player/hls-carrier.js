/**
 * The tape, played by hls.js: live, or from any instant that is still on it.
 *
 * Laws:
 * - Every instant is the program date-time of what is heard, never this device's clock.
 * - A playlist or a segment that cannot be had is asked for again, ever less often, for
 *   as long as there is sound left to play; only then is the carrier lost.
 */
import { learn, now } from "./clock.js";
import { delays } from "./delays.js";
import { isBackInLive, isInLive, LIVE_LAG_MS, minuteOf, playlistOf } from "./tape.js";

/** A source may send its sound this far ahead; it is on the tape then. */
const AHEAD_MS = 8_000;
/** A segment that is new in a playlist ended no longer ago than this. */
const ON_THE_WAY_MS = 10_000;
/** Sound enough to wait for more. */
const LEFT_SECONDS = 0.5;

export class HlsCarrier {
  kind = "hls";
  #lag = null; // by this device's clock, which may be set meanwhile
  #audio;
  #facts;
  #hls;
  #delays = delays();
  #retry = 0;
  #edge = 0;
  #isThere = false; // where it was to begin
  #isRepaired = false;

  /** `facts`: Hls, station, at, isLive, isSaving; begin(), lost(), gone(). */
  constructor(audio, facts) {
    const { Hls, at, isLive, begin } = facts;
    if (!Hls.isSupported()) throw new Error("This browser has no Media Source Extensions.");
    this.#audio = audio;
    this.#facts = facts;
    this.#hls = new Hls({
      enableWorker: false, // it would be a script from a blob, which our policy forbids
      backBufferLength: 120,
      // Titles come from the transmitter itself; cues need a track our policy forbids.
      enableDateRangeMetadataCues: false,
      enableID3MetadataCues: false,
      enableEmsgMetadataCues: false,
      startPosition: isLive ? -1 : (at - minuteOf(at)) / 1000,
    });
    this.#hls.on(Hls.Events.ERROR, (_, fault) => this.#failed(fault));
    this.#hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => this.#updated(details));
    this.#hls.on(Hls.Events.MEDIA_ATTACHED, () => begin());
    this.#hls.on(Hls.Events.FRAG_BUFFERED, (_, { frag }) => this.#buffered(frag));
    this.save(facts.isSaving);
    this.#load();
    this.#hls.attachMedia(audio);
  }

  get lag() {
    return this.#lag === null ? LIVE_LAG_MS : this.#lag + now() - Date.now();
  }

  /** Whether it goes on with what is live, however far back in it the ear is. */
  get isLive() {
    return this.#facts.isLive;
  }

  /** A live playlist moves on, and who rests does not. */
  get canRest() {
    return !this.isLive || isInLive(this.#facts.station, this.heardAt);
  }

  get heardAt() {
    if (!this.#isThere) return this.#facts.at;
    return this.#instantOf(this.#audio.currentTime) ?? this.#hls.playingDate?.getTime() ?? null;
  }

  /** Move to the instant `at` if it is at hand here; return whether it was. */
  reach(at) {
    return this.#isThere && !isBackInLive(this.#facts, at) && this.#moveTo(at);
  }

  /** Live begins where it is live, and what is older is to be found from there. */
  #buffered({ sn }) {
    if (this.#isThere || sn === "initSegment") return;
    const { at, isLive, lost } = this.#facts;
    const isOlder = at !== null && at < (this.#fragments[0]?.programDateTime ?? 0);
    if (isLive && isOlder) {
      lost(); // and the ear is still where it was to be
      return;
    }
    this.#isThere = true;
    // A playlist begins with the minute, or with the tape; and so does what is older.
    if (at !== null) this.#moveTo(Math.max(at, this.#fragments[0]?.programDateTime ?? 0));
  }

  #moveTo(at) {
    const fragment = this.#fragments.find((each) => at < endOf(each));
    if (!fragment || at < this.#fragments[0].programDateTime) return false;
    // What was never recorded is passed over.
    const into = Math.max(0, at - fragment.programDateTime) / 1000;
    this.#audio.currentTime = fragment.start + into;
    return true;
  }

  /** Fetch nothing while nothing is heard. */
  rest() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    this.#hls.stopLoad();
  }

  /** What was stopped before the first playlist came does not begin again by itself. */
  wake() {
    if (this.#hls.levels.length > 0) this.#hls.startLoad();
    else this.#load();
  }

  /** Ask now for what could not be had; hls.js waits too, and longer every time. */
  hurry() {
    this.rest();
    this.wake();
  }

  save(isSaving) {
    this.#hls.autoLevelCapping = isSaving ? 0 : -1;
  }

  close() {
    clearTimeout(this.#retry);
    this.#hls.destroy();
  }

  /** hls.js forgets meanwhile how much may be fetched. */
  #load() {
    const { autoLevelCapping } = this.#hls;
    this.#hls.loadSource(playlistOf(this.#facts));
    this.#hls.autoLevelCapping = autoLevelCapping;
  }

  #updated(details) {
    const last = details.fragments.at(-1);
    if (!last?.programDateTime) return;
    this.#delays = delays();
    const edge = endOf(last);
    if (edge <= this.#edge) return;
    // The first may be old: perhaps nothing has been on the air since.
    learn(edge - AHEAD_MS, this.#edge > 0 ? edge + ON_THE_WAY_MS : Infinity);
    this.#edge = edge;
    if (details.live) this.#lag = Date.now() - edge + 3000 * details.targetduration;
  }

  #failed({ fatal, type, response }) {
    if (!fatal) return;
    const { NETWORK_ERROR, MEDIA_ERROR } = this.#facts.Hls.ErrorTypes;
    if (!this.isLive && !this.#edge && [400, 404].includes(response?.code)) {
      this.#facts.gone();
    } else if (type === NETWORK_ERROR && this.#edge && this.#hasSoundLeft) {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.hurry(), this.#delays.next().value);
    } else if (type === MEDIA_ERROR && !this.#isRepaired) {
      this.#isRepaired = true;
      this.#hls.recoverMediaError();
      this.#facts.begin();
    } else {
      this.#facts.lost();
    }
  }

  get #hasSoundLeft() {
    const { buffered, currentTime } = this.#audio;
    return buffered.length > 0 && buffered.end(buffered.length - 1) > currentTime + LEFT_SECONDS;
  }

  get #fragments() {
    const dated = this.#hls.latestLevelDetails?.fragments ?? [];
    return dated[0]?.programDateTime ? dated : [];
  }

  #instantOf(time) {
    const fragment = this.#fragments.findLast(({ start }) => start <= time);
    // What is heard may have left the playlist, or be about to come into it.
    if (!fragment || time > fragment.start + fragment.duration + 1) return null;
    return fragment.programDateTime + (time - fragment.start) * 1000;
  }
}

const endOf = ({ programDateTime, duration }) => programDateTime + duration * 1000;
