/**
 * <groundwave-player>: the bar at the foot of every page.
 *
 * Its words come with the page; this puts what is true of the moment into them. It owns
 * nothing: a page may bring another one, or none, and the sound goes on (`radio.js`).
 * Where in the sound we are, and what moves there, comes once somebody listens
 * (`bar-place.js`), and what is in the panels once one is opened (`bar-panels.js`).
 *
 * Every part is an element with `data-part`. Attributes tell the rest of the page how
 * things are: `data-state`, `data-verb` (what a press on its button does), `data-station`,
 * `data-kind` ("hls", "mount" or "file"),
 * `data-behind` (whole seconds; none while live). `data-rewinds` keeps the room that
 * rewinding needs, so that the bar is as high while it connects as it is while it plays.
 */
import { bePresent, follow } from "./aloud.js";
import { nextUp } from "./face.js";
import { fetched } from "./fetched.js";
import { radio } from "./radio.js";
import { mark, write } from "./write.js";

const PANELS = new URL("./bar-panels.js", import.meta.url);
/** Sound that is back before this was hardly gone: that it was is shown, and not read. */
const LOSS_MS = 6_000;

class GroundwavePlayer extends HTMLElement {
  #leave = new AbortController();

  connectedCallback() {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    this.addEventListener("click", ({ target }) => this.#clicked(target), { signal });
    this.addEventListener("input", ({ target }) => this.#moved(target), { signal });
    this.addEventListener("change", ({ target }) => this.#set(target), { signal });
    this.addEventListener("toggle", havePanels, { signal, capture: true });
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
      choose: () => radio.choose(part.dataset.station),
    };
    acts[part?.dataset.part]?.();
  }

  #moved({ dataset, value }) {
    if (dataset.part === "volume") radio.setVolume(Number(value));
  }

  #set({ dataset, checked }) {
    if (dataset.part === "saving") radio.setSaving(checked);
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
    mark(this, "data-behind", radio.behind ? Math.round(radio.behind / 1000) : null);
    mark(this, "data-rewinds", listening.canRewind ? "" : null);
    const verb = this.#verb(on);
    mark(this, "data-verb", verb);
    write(this.#part("label"), radio.words[verb]);
    write(this.#part("station"), on.where ?? station.name);
    this.#showShow(on);
    this.#showTitle(on);
    this.#showSaid(on.following ?? nextUp(on.next));
    queueMicrotask(() => this.#keepFocus()); // when all who show something have
  }

  /** Nobody's keyboard is thrown out of the bar by a button that goes once it is pressed. */
  #keepFocus() {
    const at = document.activeElement;
    if (!this.contains(at)) return; // to ask what is seen costs a layout
    // A browser that cannot tell leaves the keyboard where it is.
    const isSeen = at.checkVisibility?.({ checkVisibilityCSS: true }) ?? true;
    if (!isSeen) this.#part("toggle").focus();
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

  #verb({ isRecorded }) {
    if (!isRecorded) return radio.verb;
    return radio.listening.isWanted ? "pause" : "resume";
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
}

/** Whoever opens one has it at hand the next time, whatever becomes of the connection. */
function havePanels() {
  fetched(PANELS).catch(() => radio.say("not_fetched"));
}

/** Some phones have keys for it, and let no page turn it. */
function isVolumeOurs() {
  const audio = document.createElement("audio");
  audio.volume = 0.5;
  return audio.volume === 0.5;
}

export function defineBar() {
  customElements.define("groundwave-player", GroundwavePlayer);
}
