/**
 * The bar's panels, from when one is opened: what each station plays, the sleep timer,
 * and keys. What a panel holds is in the page and can be pressed without this.
 */
import { radio } from "./radio.js";
import { endsAt, sleepAfter } from "./sleep-timer.js";
import { say, span } from "./wording.js";
import { mark, write } from "./write.js";

const bar = () => document.querySelector("groundwave-player");
const part = (name) => bar().querySelector(`[data-part="${name}"]`);
const isOurs = (element) => element.closest("groundwave-player") !== null;
const isSleep = ({ dataset }) => dataset.part === "sleep";

document.addEventListener("toggle", ({ target }) => isOurs(target) && toggled(target), true);
document.addEventListener("change", ({ target }) => isSleep(target) && sleepAfter(Number(target.value)));
document.addEventListener("keydown", (event) => event.key === "Escape" && escape(event));
radio.addEventListener("change", show);
if (bar()) begin();

/** It is open already, and something may have been chosen. */
function begin() {
  const minutes = Number(part("sleep").value);
  if (minutes && !endsAt()) sleepAfter(minutes);
  show();
}

/** One panel at a time: they stand in the same place. */
function toggled(panel) {
  const others = panel.open ? bar().querySelectorAll("details[open]") : [];
  others.forEach((other) => (other.open = other === panel));
  show();
}

function escape(event) {
  const panel = event.target.closest?.("groundwave-player details[open]");
  if (!panel) return;
  event.preventDefault(); // it closes nothing else
  panel.removeAttribute("open");
  panel.querySelector("summary").focus();
}

function show() {
  if (!bar() || !radio.station) return;
  bar().querySelectorAll('[data-part="choose"]').forEach(showStation);
  showSleep();
}

function showStation(button) {
  const station = radio.stations.find(({ slug }) => slug === button.dataset.station);
  if (!station) return;
  mark(button, "aria-pressed", station === radio.station);
  if (!part("stations")?.open) return; // what nobody sees is not asked for
  const { title, tile } = radio.whatIsOn(station);
  write(button.querySelector("[data-air-title]"), title);
  write(button.querySelector("[data-air-show]"), tile?.show?.title ?? "");
}

/** In its panel, and beside it for whoever has closed that. */
function showSleep() {
  const left = endsAt() ? say(radio.words.sleeps, { span: span(endsAt() - Date.now()) }) : "";
  write(part("sleep-left"), left);
  write(part("sleeps"), left);
  const choice = part("sleep");
  if (!left && document.activeElement !== choice) choice.value = "0";
}
