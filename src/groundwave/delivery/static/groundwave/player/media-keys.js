/** The radio on the lock screen, and its keys; from the first tap on. */
import { obeyMediaKeys, showOnLockScreen } from "./lock-screen.js";
import { radio } from "./radio.js";

const STEP_S = 30;

const { listening } = radio;

obeyMediaKeys({
  play: () => !listening.isWanted && radio.pauseOrPlay(),
  pause: () => listening.pause(),
  stop: () => listening.stop(),
  seekbackward: ({ seekOffset }) => radio.rewind(1000 * (seekOffset || STEP_S)),
  seekforward: ({ seekOffset }) => radio.rewind(-1000 * (seekOffset || STEP_S)),
  seekto: ({ seekTime }) => {
    const { tile } = radio.heard;
    if (tile?.isBounded) radio.seek(tile.began + seekTime * 1000);
  },
  previoustrack: () => radio.fromTheTop(),
});
radio.addEventListener("change", show);
show();

function show() {
  const { title, tile, elapsed, duration } = radio.heard;
  const state = listening.isWanted ? "playing" : listening.state === "paused" ? "paused" : "none";
  showOnLockScreen({
    ...{ state, title, elapsed, duration },
    station: radio.station?.name ?? "",
    show: tile?.show?.title ?? "",
    image: tile?.show?.image ?? "",
  });
}
