/**
 * The player's face: every element with `data-air` shows or does something.
 *
 *   toggle   starts and stops          label    "Play Live Radio" or "Stop"
 *   station  the station's name        tagline  what it is
 *   state    whether it is on air      title    what is playing
 *   say      what the player is doing  volume   a range input
 *   bar      shown once sound was asked for, or where the page has no other button
 *   choose   a button for the station named in data-station
 *   help     shown while no encoder is on the air
 */
import { LiveAudio } from "./live-audio.js";
import { showOnLockScreen } from "./lock-screen.js";
import { followAir } from "./on-air.js";
import { recall, remember } from "./remembered.js";

const { stations, words, events } = JSON.parse(
  document.getElementById("groundwave-player").textContent,
);
const audio = new LiveAudio();
const known = new Map(stations.map(({ slug }) => [slug, {}]));
const hasOwnButton = document.querySelectorAll(".play").length > 0;
let isReachable = true;
let chosen = stations.find(({ slug }) => slug === recall("station")) ?? stations[0];

const parts = (name) => document.querySelectorAll(`[data-air~="${name}"]`);
const write = (name, text) =>
  parts(name).forEach((part) => {
    // Only what is new is written, so that only what is new is read aloud.
    if (part.textContent !== text) part.textContent = text;
    part.hidden = text === "";
  });

function stateOf({ role }) {
  if (!isReachable && role === undefined) return words.unreachable;
  if (role === undefined) return words.unknown;
  if (role === null) return words.off;
  return { studio: words.live, relay: words.relay, standby: words.standby }[role] ?? words.on_air;
}

function show() {
  const { slug, name, tagline } = chosen;
  const { title = "", role } = known.get(slug);
  const isAway = role === null || role === "standby";
  write("label", audio.isWanted ? words.stop : words.play);
  write("station", name);
  write("tagline", tagline);
  write("title", isAway ? "" : title);
  write("state", stateOf(known.get(slug)));
  write("say", words[audio.state] ?? "");
  document.documentElement.dataset.playing = audio.state;
  document.documentElement.dataset.onAir = role === undefined ? "unknown" : isAway ? "no" : "yes";
  parts("bar").forEach((bar) => (bar.hidden &&= hasOwnButton && !audio.isWanted));
  parts("help").forEach((help) => (help.hidden = !isAway));
  parts("choose").forEach((button) => {
    const { station } = button.dataset;
    const { title: on = "", role: its } = known.get(station);
    button.setAttribute("aria-pressed", String(station === slug));
    button.querySelector("[data-air-title]").textContent = its === "standby" ? words.standby : on;
  });
  showOnLockScreen({ station: name, title, isPlaying: audio.isWanted, play, stop });
}

const play = () => audio.play(chosen.streams);
const stop = () => audio.stop();

function choose(slug) {
  if (slug !== chosen.slug) {
    chosen = stations.find((station) => station.slug === slug);
    remember("station", slug);
    if (audio.isWanted) play();
  }
  show();
}

function begin() {
  const volume = Number(recall("volume") ?? 1);
  audio.volume = volume >= 0 && volume <= 1 ? volume : 1;
  audio.addEventListener("state", show);
  parts("toggle").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => (audio.isWanted ? stop() : play()));
  });
  parts("volume").forEach((slider) => {
    slider.value = audio.volume;
    slider.addEventListener("input", () => {
      audio.volume = Number(slider.value);
      remember("volume", slider.value);
      parts("volume").forEach((other) => (other.value = slider.value));
    });
  });
  parts("choose").forEach((button) => {
    button.addEventListener("click", () => choose(button.dataset.station));
  });
  followAir(events, {
    told({ station, ...news }) {
      if (known.has(station)) Object.assign(known.get(station), news);
      show();
    },
    reachable(isSo) {
      isReachable = isSo;
      show();
    },
  });
  show();
}

if (chosen) begin();
