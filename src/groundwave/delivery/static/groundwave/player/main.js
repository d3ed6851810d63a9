/**
 * The player on a page of the site.
 *
 * What is not needed before somebody presses Play is not fetched before: what plays the
 * tape (`ways.js`), hls.js, and what the lock screen shows.
 */
import { defineBar } from "./bar.js";
import { beginFace, haveRecordings } from "./face.js";
import { fetched } from "./fetched.js";
import { beginNavigation } from "./navigation.js";
import { radio } from "./radio.js";
import { recall } from "./remembered.js";

const MEDIA_KEYS = new URL("./media-keys.js", import.meta.url);

radio.begin();
beginFace();
beginNavigation();
defineBar();
offerRecordings();
document.addEventListener("turbo:render", offerRecordings);
// The same one every time, once it has come.
radio.listening.addEventListener("state", () => fetched(MEDIA_KEYS).catch(() => {}));

/** Recordings are in this page, or wait in the queue; if this fails, a press asks again. */
function offerRecordings() {
  const isOffered = recall("queue") || document.querySelector("[data-recording]");
  if (isOffered) haveRecordings().catch(() => {});
}
