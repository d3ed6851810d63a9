/**
 * The ways to hear what is wanted, best first.
 *
 * The tape comes first, because it can be rewound and knows what is heard when. A mount
 * is live and nothing else: who listens to the past is never moved to the present.
 *
 * A way takes an audio element and facts, and returns a carrier, or the promise of one.
 * Whoever waits for something looks again, before touching the element, whether it is
 * still their turn: `facts.signal`.
 */
import { fetched } from "./fetched.js";
import { MountCarrier } from "./mount-carrier.js";
import { isInLive } from "./tape.js";

const HLS = new URL("./hls-carrier.js", import.meta.url);
const NATIVE = new URL("./native-hls-carrier.js", import.meta.url);
/** Chromium says that it plays HLS too, but only browsers with this do it dependably. */
const playsHls = "ManagedMediaSource" in window;
/** Without either there is nothing to wait for: the mount plays in the tap itself. */
export const playsTape = playsHls || "MediaSource" in window;
// It is there before the tap: these browsers let sound begin in the tap itself only. If
// it does not come now, it is asked for again then.
if (playsHls) fetched(NATIVE).catch(() => {});

export function waysTo(wanted, audio, how) {
  const { station, at } = wanted;
  if (station.ways) return station.ways;
  const tape = station.hls && playsTape ? tapesOf(wanted, how) : [];
  if (at !== null) return tape;
  return [...tape, ...mountsOf(station, audio, how).map(({ url }) => mountAt(url))];
}

/** The playlist that all share, if it has the instant; else, and after it, one from there on. */
function tapesOf({ station, at }, { library }) {
  const by = (isLive) => (playsHls ? nativeTape(isLive) : tapeBy(library, isLive));
  const live = isInLive(station, at) ? [by(true)] : [];
  return at === null ? live : [...live, by(false)];
}

const nativeTape = (isLive) => async (audio, facts) => {
  const { NativeHlsCarrier } = await fetched(NATIVE);
  facts.signal.throwIfAborted();
  return new NativeHlsCarrier(audio, { ...facts, isLive });
};

const tapeBy = (library, isLive) => async (audio, facts) => {
  const [{ HlsCarrier }, { default: Hls }] = await Promise.all([fetched(HLS), fetched(library)]);
  facts.signal.throwIfAborted();
  return new HlsCarrier(audio, { ...facts, isLive, Hls });
};

/** What everything falls back on is there from the beginning. */
const mountAt = (url) => (audio, facts) => new MountCarrier(audio, { ...facts, url });

function mountsOf({ streams }, audio, { isSaving }) {
  const playable = streams.filter(({ type }) => audio.canPlayType(type) !== "");
  return isSaving ? playable.sort((one, other) => one.kbps - other.kbps) : playable;
}
