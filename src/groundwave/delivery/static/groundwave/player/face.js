/**
 * The player's face in the page: every element with `data-air` shows or does something.
 *
 *   toggle   starts live, and pauses or stops; with data-station, that station
 *   label    "Play Live Radio", "Pause", "Resume" or "Stop", as in the bar
 *   station  the station's name         tagline  what it is
 *   state    whether it is on air       title    what is playing
 *   show     the show that is on        next     the next show, and when
 *   say      what the player is doing; it needs no role, as it is read aloud anyway
 *   choose   a button for the station named in data-station; in it, data-air-title and
 *            data-air-show are that station's
 *   listen   plays, or pauses, the recording that data-recording around it tells of
 *   queue    puts that recording into the queue, or takes it out
 *   copy     copies what stands in the field with the id data-of
 *   help     shown while no encoder is heard
 *
 * Elements come and go with pages; nothing here is bound to one.
 */
import { fetched } from "./fetched.js";
import { radio } from "./radio.js";
import { say, whenItBegins } from "./wording.js";
import { mark, write } from "./write.js";

const RECORDED = ["listen", "queue"];
const RECORDINGS = new URL("./recordings-shown.js", import.meta.url);

let recordings = null; // what plays them, once it is here

const parts = (name) => document.querySelectorAll(`[data-air~="${name}"]`);
const writeAll = (name, text) => parts(name).forEach((part) => write(part, text));

export function beginFace() {
  document.addEventListener("click", ({ target }) => {
    const part = target.closest?.("button[data-air]");
    if (part) act(part);
  });
  radio.addEventListener("change", showFace);
  showFace();
}

function act(part) {
  const { dataset } = part;
  const { air, station } = dataset;
  if (air === "choose") radio.choose(station);
  else if (air === "copy") copy(dataset.of);
  else if (RECORDED.includes(air)) press(air, part);
  else if (air === "toggle") {
    const isOther = station && station !== radio.station.slug;
    if (isOther) radio.choose(station);
    if (isOther && !radio.listening.isWanted) radio.play();
    else if (!isOther) radio.pressLive();
  }
}

/** It is there before the tap: some browsers let sound begin in the tap itself only. */
export async function haveRecordings() {
  recordings = await fetched(RECORDINGS);
}

function press(air, part) {
  if (recordings) recordings.pressed(air, part);
  else haveRecordings().then(() => press(air, part), () => radio.say("not_fetched"));
}

/** Where the browser does not let us copy, the text is selected and a key away. */
async function copy(id) {
  const field = document.getElementById(id);
  field.select();
  await navigator.clipboard?.writeText(field.value);
  if (navigator.clipboard) radio.say("copied");
}

export function showFace() {
  const { station, listening, words } = radio;
  if (!station) return;
  const { title, tile, next } = radio.whatIsOn();
  const role = radio.roleAt(station);
  const isAway = role === null || role === "standby";
  const isBehind = !radio.recorded?.heard && listening.behind;
  writeAll("label", words[radio.verb]);
  parts("toggle").forEach((button) => mark(button, "data-verb", radio.verb));
  writeAll("station", station.name);
  writeAll("tagline", station.tagline);
  writeAll("title", isAway && !isBehind ? "" : title);
  if (tile) {
    // Until the guide is here, what the page came with stands.
    writeAll("show", tile.show?.title ?? "");
    writeAll("next", nextUp(next));
  }
  writeAll("state", radio.isReachable || role !== undefined ? stateOf(role) : words.unreachable);
  writeAll("say", radio.said);
  parts("help").forEach((help) => (help.hidden = !isAway));
  for (const name of ["toggle", "copy", ...RECORDED]) parts(name).forEach((button) => (button.hidden = false));
  parts("choose").forEach(showStation);
  mark(document.documentElement, "data-playing", radio.recorded?.heard ? "stopped" : listening.state);
  mark(document.documentElement, "data-on-air", role === undefined ? "unknown" : isAway ? "no" : "yes");
}

/** "Next Up: Jazz at Dusk at 6:00 PM", or nothing while it is not known. */
export function nextUp(next) {
  if (!next?.show || !next.local_time) return "";
  const time = whenItBegins(next, radio.words);
  return say(radio.words.next, { show: next.show.title, time });
}

function stateOf(role) {
  const { words } = radio;
  if (role === undefined) return words.unknown;
  if (role === null) return words.off;
  return { studio: words.live, relay: words.relay, standby: words.standby }[role] ?? words.on_air;
}

function showStation(button) {
  const station = radio.stations.find(({ slug }) => slug === button.dataset.station);
  if (!station) return;
  mark(button, "aria-pressed", station === radio.station);
  const { title, tile } = radio.whatIsOn(station);
  const isStandby = radio.roleAt(station) === "standby";
  button.querySelectorAll("[data-air-title]").forEach((part) => {
    write(part, isStandby ? radio.words.standby : title);
  });
  button.querySelectorAll("[data-air-show]").forEach((part) => {
    write(part, tile?.show?.title ?? "");
  });
}
