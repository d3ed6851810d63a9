/**
 * Recordings in the page and in the bar's queue panel: what each button would do, what
 * plays next, and the keys of the lock screen that are theirs.
 */
import "./bar-place.js";
import { obeyMediaKeys } from "./lock-screen.js";
import { placeOf } from "./places.js";
import { radio } from "./radio.js";
import { readRecording } from "./recording.js";
import { recordings } from "./recordings.js";
import { say, span } from "./wording.js";
import { mark, write } from "./write.js";

const { queue } = recordings;
let shown = "";
let hasNext = false;

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-queued]");
  if (button) act(button);
});
radio.addEventListener("change", show);
radio.changed(); // the bar has one to show, perhaps

/** A button of a page was pressed: "listen" or "queue". */
export function pressed(act, button) {
  const said = button.closest("[data-recording]").dataset.recording;
  const recording = readRecording(JSON.parse(said));
  if (!recording) return;
  if (act === "listen") recordings.listen(recording);
  else recordings.enqueue(recording);
}

function show() {
  document.querySelectorAll("[data-recording]").forEach(showOffer);
  showQueue();
  if (hasNext !== (recordings.heard !== null)) obeyNext();
}

function obeyNext() {
  hasNext = recordings.heard !== null;
  obeyMediaKeys({ nexttrack: hasNext ? () => recordings.skip() : null });
}

function showOffer(offer) {
  const { words } = radio;
  const { id, title } = JSON.parse(offer.dataset.recording);
  const state = recordings.stateOf(id);
  offer.dataset.heard = state;
  const act = { playing: words.pause, begun: words.resume }[state];
  label(offer.querySelector('[data-air="listen"]'), title, act);
  label(offer.querySelector('[data-air="queue"]'), title, queue.has(id) ? words.unqueue : "");
}

/** Say what a button would do; if nothing else, what it came with. */
function label(button, title, act) {
  const said = button.querySelector("[data-air-act]");
  button.dataset.first ??= said.textContent;
  write(said, act || button.dataset.first);
  mark(button, "aria-label", `${said.textContent}: ${title}`);
}

// --- the queue --------------------------------------------------------------------

function showQueue() {
  const panel = document.querySelector('[data-part="queue"]');
  if (!panel) return;
  const now = JSON.stringify(queue.list);
  if (now === shown && panel.querySelector("li")) return;
  shown = now;
  const held = heldIn(panel);
  panel.hidden = queue.list.length === 0;
  write(panel.querySelector('[data-part="queue-count"]'), String(queue.list.length));
  panel.querySelector("ol").replaceChildren(...queue.list.map(item));
  if (held) hold(panel, held);
}

function item(recording, place) {
  const made = document.getElementById("groundwave-queued").content.cloneNode(true);
  const told = { ...recording, left: leftOf(recording) };
  for (const part of made.querySelectorAll("[data-of]")) write(part, told[part.dataset.of]);
  for (const button of made.querySelectorAll("button")) {
    button.dataset.id = recording.id;
    const { label } = button.dataset;
    if (label) mark(button, "aria-label", `${label}: ${recording.title}`);
  }
  made.querySelector('[data-queued="up"]').disabled = place === 0;
  return made;
}

function leftOf({ id, seconds }) {
  const place = placeOf(id);
  if (!place) return seconds ? span(seconds * 1000) : "";
  return say(radio.words.place, { elapsed: span(place), duration: span(seconds * 1000) });
}

function act({ dataset: { queued, id } }) {
  const recording = queue.list.find((each) => each.id === id);
  if (!recording) return;
  if (queued === "hear") recordings.listen(recording);
  else if (queued === "remove") recordings.enqueue(recording);
  else {
    queue.moveUp(id);
    recordings.changed("moved_up");
  }
}

/** Which button the keyboard is at, before the list is made anew. */
function heldIn(panel) {
  const { activeElement } = document;
  if (!panel.contains(activeElement) || !activeElement.dataset.queued) return null;
  const { id, queued } = activeElement.dataset;
  const row = [...panel.querySelectorAll("li")].indexOf(activeElement.closest("li"));
  return { id, queued, row };
}

/** The same button, or the one that has come to its place, or where the panel is. */
function hold(panel, { id, queued, row }) {
  const buttons = [...panel.querySelectorAll(`[data-queued="${queued}"]:not(:disabled)`)];
  const same = buttons.find(({ dataset }) => dataset.id === id);
  const others = panel.querySelectorAll('[data-queued="remove"]');
  const near = others[Math.min(row, others.length - 1)];
  const out = document.querySelector('groundwave-player [data-part="toggle"]');
  (same ?? (panel.hidden ? out : near ?? panel.querySelector("summary"))).focus();
}
