/**
 * The radio that a page has: one station chosen, what is on at all of them, and the
 * sound. Everything that shows or steers it, in whatever page, does so through here.
 *
 * A "change" event is told whenever there may be something new to show, and once a
 * second while somebody looks or listens: titles are told ahead of their sound.
 */
import { announce } from "./aloud.js";
import { now } from "./clock.js";
import { Guide } from "./guide.js";
import { whatIsHeard } from "./heard.js";
import { Listening } from "./listening.js";
import { followAir } from "./news.js";
import { page, readPage, stationOf } from "./page.js";
import { recall, remember } from "./remembered.js";
import { Titles } from "./titles.js";

const TICK_MS = 1_000;
/** Listeners do not all come back in the same moment. */
const SPREAD_MS = 1_000;
/** Long enough to be read. */
const NOTE_MS = 8_000;
/** In these the buttons say it all, and what was noted stands. */
const EVIDENT = ["connecting", "playing", "stopped"];

class Radio extends EventTarget {
  listening = new Listening();
  note = ""; // a name in `words` of what has just happened
  isReachable = true;
  recorded = null; // the recordings, once there are any (`recordings.js`)
  #roles = new Map();
  #slug = recall("station");
  #guide = new Guide({ changed: () => this.#tell() });
  #titles = new Titles({ changed: () => this.#tell() });
  #followed = "";
  #leaveAir = null;
  #isTold = false;
  #forgets = 0;

  /** Begin with the page that is there. */
  begin() {
    this.recallVolume();
    const chosen = recall("saving");
    this.isSaving = chosen ? chosen === "yes" : navigator.connection?.saveData === true;
    this.listening.addEventListener("state", () => this.#stateChanged());
    this.listening.addEventListener("gone", () => this.recorded?.heard || this.say("gone"));
    document.addEventListener("visibilitychange", () => this.#followAir());
    setInterval(() => this.#isTicking && this.#tell(), TICK_MS);
    this.pageChanged();
  }

  /** Another page is there: learn what it says. */
  pageChanged() {
    this.listening.library = readPage().hls_js;
    this.#followAir();
    this.#tell();
  }

  get words() {
    return page().words;
  }

  get stations() {
    return page().stations;
  }

  /** The chosen station: the one that is heard, or that Play would start. */
  get station() {
    return stationOf(this.#slug) ?? this.stations[0];
  }

  /** What is in the bar: a recording, or what is on at the chosen station. */
  get heard() {
    return this.recorded?.whatIsHeard() ?? this.whatIsOn();
  }

  /** What is on at a station, for the ear if it is the one that is heard. */
  whatIsOn(station = this.station) {
    const { listening } = this;
    const isHeard = listening.state !== "stopped" && listening.station?.slug === station.slug;
    const at = (isHeard && listening.heardAt) || now();
    return whatIsHeard({ station, at, guide: this.#guide, titles: this.#titles });
  }

  titleAt(station, at) {
    return this.#titles.at(station, at);
  }

  /** How far behind live, in milliseconds; no recording is. */
  get behind() {
    const { behind } = this.listening;
    return Number.isFinite(behind) ? behind : 0;
  }

  /** What there is to say: what has just happened, else how it is with the sound. */
  get said() {
    return this.words[this.note] ?? this.saidOfSound;
  }

  get saidOfSound() {
    const { state, behind } = this.listening;
    const isEvident = state === "playing" && behind > 0;
    return isEvident ? "" : (this.words[state] ?? "");
  }

  /** A role, null if nobody is on the air, undefined if that is not known. */
  roleAt({ slug }) {
    return this.#roles.get(slug);
  }

  get isSaving() {
    return this.listening.isSaving;
  }

  set isSaving(isSaving) {
    this.listening.isSaving = isSaving;
  }

  /** Play the chosen station, live. */
  play() {
    this.say("");
    this.recorded?.giveWay();
    this.listening.play(this.station);
  }

  /** Play, or go on; or keep the place. */
  pauseOrPlay() {
    if (this.listening.isWanted) this.listening.pause();
    else if (this.listening.state === "paused") this.listening.resume();
    else if (!this.recorded?.goOn()) this.play();
  }

  /** What a press on a button for live radio does: its name in `words`. */
  get verb() {
    const { listening } = this;
    if (this.recorded?.heard) return "play";
    if (listening.isWanted) return listening.canRewind ? "pause" : "stop";
    return listening.state === "paused" ? "resume" : "play";
  }

  /** Do that: no recording is gone on with. */
  pressLive() {
    if (this.verb === "play") this.play();
    else this.pauseOrPlay();
  }

  toLive() {
    if (this.recorded?.heard) this.play();
    else this.listening.toLive();
  }

  seek(at) {
    (this.recorded?.heard ? this.recorded : this.listening).seek(at);
  }

  rewind(milliseconds) {
    (this.recorded?.heard ? this.recorded : this.listening).rewind(milliseconds);
  }

  choose(slug) {
    const isChosen = slug === this.station.slug && !this.recorded?.heard;
    if (isChosen || !stationOf(slug)) return;
    this.#slug = slug;
    remember("station", slug);
    if (this.listening.isWanted) this.play();
    else this.listening.stop();
    this.#tell();
  }

  /** Hear the show that is heard from its beginning. */
  fromTheTop() {
    const { tile } = this.heard;
    if (tile?.isBounded) this.seek(tile.began);
  }

  setVolume(volume) {
    this.listening.volume = volume;
    remember("volume", String(volume));
    this.#tell();
  }

  /** As it was set last. */
  recallVolume() {
    const volume = Number(recall("volume") ?? 1);
    this.listening.volume = volume >= 0 && volume <= 1 ? volume : 1;
  }

  setSaving(isSaving) {
    this.isSaving = isSaving;
    remember("saving", isSaving ? "yes" : "no");
  }

  /** Say something once, by its name in `words`; it goes by itself. */
  say(note) {
    clearTimeout(this.#forgets);
    if (note) this.#forgets = setTimeout(() => this.say(""), NOTE_MS);
    this.note = note;
    announce(this.words[note]);
    this.#tell();
  }

  /** Something that is shown is another now. */
  changed() {
    this.#tell();
  }

  get #isTicking() {
    return !document.hidden || this.listening.isWanted || this.listening.state === "paused";
  }

  #stateChanged() {
    const { state } = this.listening;
    if (state !== "connecting") this.#followAir();
    if (!EVIDENT.includes(state)) this.say("");
    this.#tell();
  }

  /** A page that nobody sees or hears asks the air for nothing. */
  #followAir() {
    const { events } = page();
    const isOf = this.#isTicking ? (events ?? "") : "";
    if (isOf === this.#followed) return;
    this.#leaveAir?.();
    this.#followed = isOf;
    this.#leaveAir = isOf
      ? followAir(isOf, {
          told: (...news) => this.#hear(...news),
          reachable: (isSo) => this.#reached(isSo),
        })
      : null;
  }

  #hear(name, facts, isFresh) {
    if (name === "now_playing") this.#titles.hear(facts, isFresh);
    else if (name === "on_air") this.#roles.set(facts.station, facts.role);
    else if (name === "schedule") this.#guide.hear(facts);
    else return document.dispatchEvent(new CustomEvent(`groundwave:${name}`, { detail: facts }));
    this.#tell();
  }

  #reached(isSo) {
    if (isSo && !this.isReachable) {
      setTimeout(() => this.listening.hurry(), Math.random() * SPREAD_MS);
    }
    this.isReachable = this.#titles.isTold = isSo;
    this.#tell();
  }

  /** Once for all that happens in the same moment. */
  #tell() {
    if (this.#isTold) return;
    this.#isTold = true;
    queueMicrotask(() => {
      this.#isTold = false;
      this.dispatchEvent(new Event("change"));
    });
  }
}

export const radio = new Radio();
