/** What a phone's lock screen and a keyboard's media keys show and do. */

const session = navigator.mediaSession;

/** Handlers by the names that the browser knows; one it does not know is left out. */
export function obeyMediaKeys(handlers) {
  for (const [name, handler] of Object.entries(handlers)) {
    try {
      session?.setActionHandler(name, handler);
    } catch {
      // not every browser knows every key
    }
  }
}

let shown = "";

/** `state`: "playing", "paused" or "none". */
export function showOnLockScreen({ state, station, title, show, image, elapsed, duration }) {
  if (!session) return;
  session.playbackState = state;
  const facts = {
    title: title || show || station,
    artist: title && show ? `${show} · ${station}` : title || show ? station : "",
    artwork: image ? [{ src: new URL(image, location.href).href }] : [],
  };
  // Some phones flicker at every assignment.
  const now = state === "none" ? "" : JSON.stringify(facts);
  if (now !== shown) session.metadata = now ? new MediaMetadata(facts) : null;
  shown = now;
  showPosition(state, elapsed, duration);
}

function showPosition(state, elapsed, duration) {
  const isKnown = state !== "none" && duration > 0 && elapsed >= 0 && elapsed <= duration;
  session.setPositionState?.(
    isKnown ? { duration: duration / 1000, position: elapsed / 1000, playbackRate: 1 } : undefined,
  );
}
