/** Falls silent after a while: softly, as whoever set it may be asleep. */
import { radio } from "./radio.js";

const FADE_MS = 10_000;
const STEP_MS = 250;

const { listening } = radio;
let timer = 0;
let end = null;
let isFading = false;

/** When it falls silent, or null. */
export const endsAt = () => end;

/** Begin to count; 0 minutes is never. */
export function sleepAfter(minutes) {
  stop();
  if (minutes > 0) {
    end = Date.now() + minutes * 60_000;
    timer = setTimeout(fade, minutes * 60_000 - FADE_MS);
  }
  radio.changed();
}

function fade() {
  isFading = true;
  const { volume } = listening;
  const left = end - Date.now();
  if (left > 0) {
    listening.volume = (volume * Math.max(0, left - STEP_MS)) / left;
    timer = setTimeout(fade, STEP_MS);
    return;
  }
  listening.stop();
  stop();
}

function stop() {
  clearTimeout(timer);
  end = null;
  if (isFading) radio.recallVolume();
  isFading = false;
}
