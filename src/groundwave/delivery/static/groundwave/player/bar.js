/**
 * <groundwave-player>: the bar at the foot of every page.
 *
 * Its words come with the page; this puts what is true of the moment into them. It owns
 * nothing: a page may bring another one, or none, and the sound goes on (`radio.js`).
 *
 * Every part is an element with `data-part`. Attributes tell the rest of the page how
 * things are: `data-state`, `data-station`, `data-kind` ("hls", "mount" or "file"),
 * `data-behind` (whole seconds; none while live). `data-rewinds` keeps the room that
 * rewinding needs, so that the bar is as high while it connects as it is while it plays.
 */
import { bePresent, follow } from "./aloud.js";
import { nextUp, showFace } from "./face.js";
import { radio } from "./radio.js";
import { say, span } from "./wording.js";
import { mark, write } from "./write.js";

const STEP_MS = 30_000;
const HOUR_MS = 3_600_000;
/** Who is at the scrubber is told this seldom where it has got to by itself. */
const SCRUBBER_STEP_S = 5;
/** Sound that is back before this was hardly gone: that it was is shown, and not read. */
const LOSS_MS = 6_000;

class GroundwavePlayer extends HTMLElement {
  #leave = new AbortController();
  #isScrubbing = false;

  connectedCallback() {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    this.addEventListener("click", ({ target }) => this.#clicked(target), { signal });
    this.addEventListener("input", ({ target }) => this.#moved(target), { signal });
    this.addEventListener("change", ({ target }) => this.#set(target), { signal });
    this.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    this.addEventListener("toggle", ({ target }) => this.#toggled(target), { signal, capture: true });
    radio.addEventListener("change", () => this.show(), { signal });
    this.#part("volume").value = radio.listening.volume;
    this.#part("volume").parentElement.hidden = !isVolumeOurs();
    this.#part("saving").checked = radio.isSaving;
    bePresent();
    this.show();
  }

  disconnectedCallback() {
    this.#leave.abort();
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  // --- what is done to it ---------------------------------------------------------

  #clicked(target) {
    const part = target.closest("[data-part]");
    const acts = {
      toggle: () => radio.pauseOrPlay(),
      back: () => radio.rewind(STEP_MS),
      on: () => radio.rewind(-STEP_MS),
      top: () => radio.fromTheTop(),
      live: () => radio.toLive(),
      choose: () => radio.choose(part.dataset.station),
    };
    acts[part?.dataset.part]?.();
  }

  #moved({ dataset, value }) {
    if (dataset.part === "volume") radio.setVolume(Number(value));
    if (dataset.part !== "scrubber") return;
    this.#isScrubbing = true;
    const { start, end } = this.#span();
    write(this.#part("elapsed"), span(Number(value) * 1000));
    this.#speakPlace(Number(value) * 1000, end - start);
  }

  #set({ dataset, value, checked }) {
    if (dataset.part === "saving") radio.setSaving(checked);
    if (dataset.part === "sleep") radio.sleepAfter(Number(value));
    if (dataset.part !== "scrubber") return;
    this.#isScrubbing = false;
    radio.seek(this.#span().start + Number(value) * 1000);
  }

  /** Left and right rewind and return, wherever in the bar the keyboard is. */
  #pressed(event) {
    if (event.key === "Escape") this.#closePanel(event.target.closest("details[open]"));
    const isTaken = event.target.matches("input, select") || !radio.listening.isWanted;
    const by = { ArrowLeft: STEP_MS, ArrowRight: -STEP_MS }[event.key];
    if (isTaken || !by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    radio.rewind(by);
  }

  /** One panel at a time: they stand in the same place. */
  #toggled(panel) {
    const others = panel.open ? this.querySelectorAll("details[open]") : [];
    others.forEach((other) => (other.open = other === panel));
    this.show();
  }

  #closePanel(panel) {
    panel?.removeAttribute("open");
    panel?.querySelector("summary").focus();
  }

  // --- what it shows --------------------------------------------------------------

  show() {
    const { station, listening } = radio;
    if (!station) return;
    const on = radio.heard;
    this.hidden = this.#isSuperfluous;
    mark(this, "data-state", listening.state);
    mark(this, "data-station", station.slug);
    mark(this, "data-kind", listening.kind || null);
    mark(this, "data-behind", this.#behind ? Math.round(this.#behind / 1000) : null);
    mark(this, "data-rewinds", listening.canRewind ? "" : null);
    write(this.#part("label"), this.#label(on));
    write(this.#part("station"), on.where ?? station.name);
    this.#showShow(on);
    this.#showTitle(on);
    this.#showSaid(on.following ?? nextUp(on.next, station));
    this.#showTape(on);
    this.#showStations();
    this.#showSleep();
    this.#keepFocus();
  }

  /** Nobody's keyboard is thrown out of the bar by a button that goes once it is pressed. */
  #keepFocus() {
    const at = document.activeElement;
    // A browser that cannot tell leaves the keyboard where it is.
    const isSeen = at?.checkVisibility?.({ checkVisibilityCSS: true }) ?? true;
    if (!isSeen && this.contains(at)) this.#part("toggle").focus();
  }

  /** Where the page has a button of its own, it comes once sound was asked for. */
  get #isSuperfluous() {
    const hasOwnButton = document.querySelector(".play") !== null;
    return this.hidden && hasOwnButton && !radio.listening.isWanted && !radio.recorded?.isThere;
  }

  get #isAway() {
    const role = radio.roleAt(radio.station);
    return (role === null || role === "standby") && !radio.listening.behind;
  }

  /** How far behind live, in milliseconds; no recording is. */
  get #behind() {
    return Number.isFinite(radio.listening.behind) ? radio.listening.behind : 0;
  }

  #label({ isRecorded }) {
    const { words, listening } = radio;
    if (listening.isWanted) return listening.canRewind ? words.pause : words.stop;
    return isRecorded || listening.state === "paused" ? words.resume : words.play;
  }

  /** Who does not listen is not read to; a title that comes back after none is not new. */
  #showTitle({ title, isRecorded }) {
    const known = this.#isAway && !isRecorded ? "" : title;
    write(this.#part("title"), known);
    if (known && radio.listening.state === "playing") follow("title", known);
  }

  /** What is said takes the place of what is next; that it plays, the buttons show. */
  #showSaid(next) {
    const { listening, note } = radio;
    const said = listening.state === "playing" && !note ? "" : radio.said;
    write(this.#part("say"), said);
    write(this.#part("next"), said ? "" : next);
    follow("sound", radio.saidOfSound, listening.state === "reconnecting" ? LOSS_MS : undefined);
  }

  #showShow({ tile }) {
    const link = this.#part("show");
    write(link, tile?.show?.title ?? "");
    mark(link, "href", tile?.show?.url ?? null);
    const art = this.#part("art");
    const { image } = tile?.show ?? {};
    art.hidden = !image;
    // Set by script, as the policy forbids it in the page.
    art.style.backgroundImage = image ? `url(${JSON.stringify(image)})` : "";
  }

  #showTape({ tile, at, isRecorded }) {
    const { listening, words } = radio;
    const isPlaced = isRecorded || (listening.canRewind && listening.heardAt !== null);
    this.#part("tape").hidden = !isPlaced;
    this.#part("back").hidden = !isPlaced;
    this.#part("on").hidden = !isPlaced || (!isRecorded && !this.#behind);
    this.#part("top").hidden = !isPlaced || !tile?.isBounded;
    const live = this.#part("live");
    live.hidden = !isPlaced;
    live.disabled = !isRecorded && !this.#behind;
    const how = this.#behind ? say(words.behind, { span: span(this.#behind) }) : words.is_live;
    write(this.#part("how"), isRecorded || !isPlaced ? "" : how);
    if (isPlaced && !this.#isScrubbing) this.#showPlace(at, tile?.isBounded);
  }

  #showPlace(at, isInShow) {
    const { start, end } = this.#span();
    const scrubber = this.#part("scrubber");
    const elapsed = Math.floor((at - start) / 1000);
    write(this.#part("duration"), isInShow ? span(end - start) : "");
    write(this.#part("elapsed"), isInShow ? span(at - start) : "");
    mark(scrubber, "max", Math.floor((end - start) / 1000));
    const isNear = Math.abs(scrubber.value - elapsed) < SCRUBBER_STEP_S;
    if (isNear && document.activeElement === scrubber) return;
    scrubber.value = elapsed;
    this.#speakPlace(at - start, end - start);
  }

  #speakPlace(elapsed, duration) {
    const place = { elapsed: span(elapsed), duration: span(duration) };
    mark(this.#part("scrubber"), "aria-valuetext", say(radio.words.place, place));
  }

  /** What the scrubber spans: the show that is heard, or the last hour. */
  #span() {
    const { tile, at } = radio.heard;
    if (tile?.isBounded) return { start: tile.began, end: tile.ends };
    const end = Math.max(radio.listening.liveAt, at);
    return { start: end - HOUR_MS, end };
  }

  #showStations() {
    this.querySelectorAll('[data-part="choose"]').forEach((button) => {
      const station = radio.stations.find(({ slug }) => slug === button.dataset.station);
      if (!station) return;
      mark(button, "aria-pressed", station === radio.station);
      if (!this.#part("stations")?.open) return; // what nobody sees is not asked for
      const { title, tile } = radio.whatIsOn(station);
      write(button.querySelector("[data-air-title]"), title);
      write(button.querySelector("[data-air-show]"), tile?.show?.title ?? "");
    });
  }

  #showSleep() {
    const { endsAt } = radio.sleep;
    const left = endsAt ? say(radio.words.sleeps, { span: span(endsAt - Date.now()) }) : "";
    write(this.#part("sleep-left"), left);
    if (!endsAt && document.activeElement !== this.#part("sleep")) this.#part("sleep").value = "0";
  }
}

/** Some phones have keys for it, and let no page turn it. */
function isVolumeOurs() {
  const audio = document.createElement("audio");
  audio.volume = 0.5;
  return audio.volume === 0.5;
}

export function defineBar() {
  customElements.define("groundwave-player", GroundwavePlayer);
  showFace();
}
