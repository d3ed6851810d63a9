/**
 * A recording: sound with a beginning and an end, which is a file or a span of a
 * station's tape.
 *
 * `{id, title, show, page, image, seconds}`, and either `url` or `{station, from, to}`.
 * Pages say so in `data-recording`, and this browser keeps some from page to page.
 */
import { FileCarrier } from "./file-carrier.js";
import { stationOf } from "./page.js";

const LONGEST_WORDS = 300;
/** Nobody's recording is longer than a day. */
const LONGEST_S = 86_400;
/** Somebody else's file that does not play at one place so many times is gone. */
const PATIENCE = 5;

/** Return what is said, if it is a recording at all; it may be old, or not ours. */
export function readRecording(said) {
  const { id, title, url, station, from, to } = Object(said);
  if (!isText(id) || !isText(title)) return null;
  const seconds = Math.min(Math.max(Number(said.seconds) || 0, 0), LONGEST_S);
  const facts = {
    ...{ id, title, seconds },
    show: isText(said.show) ? said.show : "",
    page: address(said.page),
    image: address(said.image),
  };
  if (address(url)) return { ...facts, url };
  const isSpan = isText(station) && Date.parse(from) < Date.parse(to);
  return isSpan ? { ...facts, station, from, to } : null;
}

const isText = (said) => typeof said === "string" && said !== "" && said.length <= LONGEST_WORDS;

/** An address of the web, or nothing. */
function address(said) {
  if (typeof said !== "string" || !said) return "";
  try {
    return new URL(said, location.href).protocol.startsWith("http") ? said : "";
  } catch {
    return "";
  }
}

/** The instant that it begins with: that of the tape, or 0. */
export const beginningOf = ({ from }) => (from ? Date.parse(from) : 0);

/** What `Listening` plays; it is no station, and has an end. Null if its station is gone. */
export function playable({ url, station, to }) {
  if (url) return { url, ends: true, streams: [], ways: [direct, isOurs(url) ? asked : patient()] };
  const tuned = stationOf(station);
  return tuned ? { hls: tuned.hls, tape: tuned.tape, until: to, ends: true, streams: [] } : null;
}

/** At once, as a tap allows. */
const direct = (audio, facts) => new FileCarrier(audio, facts);

/** After a loss: is it there at all? */
async function asked(audio, facts) {
  const { signal, station } = facts;
  const { ok, status } = await fetch(station.url, { method: "HEAD", cache: "no-store", signal });
  signal.throwIfAborted();
  if (status >= 400 && status < 500) facts.gone();
  if (!ok) throw new Error(`The recording answers ${status}.`);
  return new FileCarrier(audio, { ...facts, isThere: true });
}

const isOurs = (url) => new URL(url, location.href).origin === location.origin;

/**
 * After a loss of somebody else's file: no script of ours may ask for it. But if our own
 * site answers and it does not play, time after time, it is not the listener's line.
 */
function patient() {
  let [place, times] = [null, 0];
  return async (audio, facts) => {
    const { at, signal } = facts;
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal });
    signal.throwIfAborted();
    times = at === place ? times + 1 : 1;
    place = at;
    return new FileCarrier(audio, { ...facts, isThere: times >= PATIENCE });
  };
}
