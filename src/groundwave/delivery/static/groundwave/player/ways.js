/**
 * The ways to hear what is wanted, best first.
 *
 * The tape comes first, because it can be rewound and knows what is heard when. A mount
 * is live and nothing else: who listens to the past is never moved to the present.
 */
import { MountCarrier } from "./mount-carrier.js";

/** Chromium says that it plays HLS too, but only browsers with this do it dependably. */
const playsHls = "ManagedMediaSource" in window;
// It is there before the tap: these browsers let sound begin in the tap itself only.
const native = playsHls ? import("./native-hls-carrier.js") : null;

let hlsJs = null;
let tries = 0;

/**
 * Return functions that take an audio element and facts, and return a carrier, or the
 * promise of one.
 */
export function waysTo({ station, at }, audio, { isSaving, library }) {
  const tape = station.hls ? [playsHls ? nativeTape : tapeBy(library)] : [];
  if (at !== null) return tape;
  const mounts = mountsOf(station, audio, isSaving).map(
    ({ url }) => (on, facts) => new MountCarrier(on, { ...facts, url }),
  );
  return [...tape, ...mounts];
}

const nativeTape = async (audio, facts) => {
  const { NativeHlsCarrier } = await native;
  return new NativeHlsCarrier(audio, facts);
};

const tapeBy = (library) => async (audio, facts) => {
  const [{ HlsCarrier }, Hls] = await Promise.all([import("./hls-carrier.js"), fetched(library)]);
  return new HlsCarrier(audio, { ...facts, Hls });
};

/** A module that could not be had would stay so for ever under the same address. */
function fetched(library) {
  hlsJs ??= import(tries++ ? `${library}#${tries}` : library).then(
    (module) => module.default,
    (fault) => {
      hlsJs = null;
      throw fault;
    },
  );
  return hlsJs;
}

function mountsOf({ streams }, audio, isSaving) {
  const playable = streams.filter(({ type }) => audio.canPlayType(type) !== "");
  return isSaving ? playable.sort((one, other) => one.kbps - other.kbps) : playable;
}
