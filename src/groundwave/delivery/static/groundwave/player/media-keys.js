/** The radio on the lock screen, and its keys; from the first tap on. */
import { obeyMediaKeys, showOnLockScreen } from "./lock-screen.js";
import { radio } from "./radio.js";

const STEP_S = 30;

const { listening } = radio;

obeyMediaKeys({
  play: () => (listening.state === "paused" ? listening.resume() : radio.play()),
  pause: () => listening.pause(),
  stop: () => listening.stop(),
  seekbackward: ({ seekOffset }) => listening.rewind(1000 * (seekOffset || STEP_S)),
  seekforward: ({ seekOffset }) => listening.rewind(-1000 * (seekOffset || STEP_S)),
  seekto: ({ seekTime }) => {
    const { tile } = radio.whatIsOn();
    if (tile?.isBounded) listening.seek(tile.began + seekTime * 1000);
  },
  previoustrack: () => radio.fromTheTop(),
});
radio.addEventListener("change", show);
show();

function show() {
  const { title, tile, elapsed, duration } = radio.whatIsOn();
  const state = listening.isWanted ? "playing" : listening.state === "paused" ? "paused" : "none";
  showOnLockScreen({
    ...{ state, title, elapsed, duration },
    station: radio.station?.name ?? "",
    show: tile?.show?.title ?? "",
    image: tile?.show?.image ?? "",
  });
}
