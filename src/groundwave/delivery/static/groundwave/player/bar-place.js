/**
 * The place in what is heard, in the bar: the scrubber and its times, and the buttons
 * and keys that rewind and return.
 */
import { radio } from "./radio.js";
import { say, span } from "./wording.js";
import { mark, write } from "./write.js";

const STEP_MS = 30_000;
const HOUR_MS = 3_600_000;
/** Who is at the scrubber is told this seldom where it has got to by itself. */
const SCRUBBER_STEP_S = 5;

const ACTS = {
  back: () => radio.rewind(STEP_MS),
  on: () => radio.rewind(-STEP_MS),
  top: () => radio.fromTheTop(),
  live: () => radio.toLive(),
};

/** The scrubber that is being moved; a bar that went meanwhile is moved by nobody. */
let scrubbed = null;

/** The bar is another one where a page brings its own. */
const bar = () => document.querySelector("groundwave-player");
const part = (name) => bar().querySelector(`[data-part="${name}"]`);
const isScrubber = ({ dataset }) => dataset.part === "scrubber";

document.addEventListener("click", ({ target }) => ACTS[partOf(target)]?.());
document.addEventListener("input", ({ target }) => isScrubber(target) && scrub(Number(target.value)));
document.addEventListener("change", ({ target }) => isScrubber(target) && go(Number(target.value)));
document.addEventListener("keydown", pressed);
radio.addEventListener("change", show);
show();

function partOf(target) {
  return target.closest?.("groundwave-player [data-part]")?.dataset.part;
}

function scrub(seconds) {
  scrubbed = part("scrubber");
  const { start, end } = spanned();
  write(part("elapsed"), span(seconds * 1000));
  speakPlace(seconds * 1000, end - start);
}

function go(seconds) {
  scrubbed = null;
  radio.seek(spanned().start + seconds * 1000);
}

/** Left and right rewind and return, wherever in the bar the keyboard is. */
function pressed(event) {
  if (!event.target.closest("groundwave-player")) return;
  const isTaken = event.target.matches("input, select") || !radio.listening.isWanted;
  const by = { ArrowLeft: STEP_MS, ArrowRight: -STEP_MS }[event.key];
  if (isTaken || !by || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  radio.rewind(by);
}

function show() {
  if (!bar() || !radio.station) return;
  const { tile, at, isRecorded } = radio.heard;
  const { listening, words, behind } = radio;
  const isPlaced = isRecorded || (listening.canRewind && listening.heardAt !== null);
  part("tape").hidden = !isPlaced;
  part("back").hidden = !isPlaced;
  part("on").hidden = !isPlaced || (!isRecorded && !behind);
  part("top").hidden = !isPlaced || !tile?.isBounded;
  part("live").hidden = !isPlaced;
  part("live").disabled = !isRecorded && !behind;
  const how = behind ? say(words.behind, { span: span(behind) }) : words.is_live;
  write(part("how"), isRecorded || !isPlaced ? "" : how);
  if (isPlaced && !scrubbed?.isConnected) showPlace(at, tile?.isBounded);
}

function showPlace(at, isInShow) {
  const { start, end } = spanned();
  const scrubber = part("scrubber");
  const elapsed = Math.floor((at - start) / 1000);
  write(part("duration"), isInShow ? span(end - start) : "");
  write(part("elapsed"), isInShow ? span(at - start) : "");
  mark(scrubber, "max", Math.floor((end - start) / 1000));
  const isNear = Math.abs(scrubber.value - elapsed) < SCRUBBER_STEP_S;
  if (isNear && document.activeElement === scrubber) return;
  scrubber.value = elapsed;
  speakPlace(at - start, end - start);
}

function speakPlace(elapsed, duration) {
  const place = { elapsed: span(elapsed), duration: span(duration) };
  mark(part("scrubber"), "aria-valuetext", say(radio.words.place, place));
}

/** What the scrubber spans: the show that is heard, or the last hour. */
function spanned() {
  const { tile, at } = radio.heard;
  if (tile?.isBounded) return { start: tile.began, end: tile.ends };
  const end = Math.max(radio.listening.liveAt, at);
  return { start: end - HOUR_MS, end };
}
