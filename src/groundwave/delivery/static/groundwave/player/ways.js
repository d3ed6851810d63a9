/**
 * The ways to hear what is wanted, best first.
 *
 * The tape comes first, because it can be rewound and knows what is heard when. A mount
 * is live and nothing else: who listens to the past is never moved to the present.
 */
import { fetched } from "./fetched.js";
import { MountCarrier } from "./mount-carrier.js";

const HLS = new URL("./hls-carrier.js", import.meta.url);
const NATIVE = new URL("./native-hls-carrier.js", import.meta.url);
/** Chromium says that it plays HLS too, but only browsers with this do it dependably. */
const playsHls = "ManagedMediaSource" in window;
// It is there before the tap: these browsers let sound begin in the tap itself only. If
// it does not come now, it is asked for again then.
if (playsHls) fetched(NATIVE).catch(() => {});

/**
 * Return functions that take an audio element and facts, and return a carrier, or the
 * promise of one.
 */
export function waysTo({ station, at }, audio, { isSaving, library }) {
  if (station.ways) return station.ways;
  const tape = station.hls ? [playsHls ? nativeTape : tapeBy(library)] : [];
  if (at !== null) return tape;
  return [...tape, ...mountsOf(station, audio, isSaving).map(({ url }) => mountAt(url))];
}

const nativeTape = async (audio, facts) => {
  const { NativeHlsCarrier } = await fetched(NATIVE);
  return new NativeHlsCarrier(audio, facts);
};

const tapeBy = (library) => async (audio, facts) => {
  const [{ HlsCarrier }, { default: Hls }] = await Promise.all([fetched(HLS), fetched(library)]);
  return new HlsCarrier(audio, { ...facts, Hls });
};

/** What everything falls back on is there from the beginning. */
const mountAt = (url) => (audio, facts) => new MountCarrier(audio, { ...facts, url });

function mountsOf({ streams }, audio, isSaving) {
  const playable = streams.filter(({ type }) => audio.canPlayType(type) !== "");
  return isSaving ? playable.sort((one, other) => one.kbps - other.kbps) : playable;
}
