/**
 * The player on a page of the site.
 *
 * What is not needed before somebody presses Play is not fetched before: what plays the
 * tape (`ways.js`), hls.js, and what only a listener needs (`for-listeners.js`).
 */
import { defineBar } from "./bar.js";
import { beginFace, haveRecordings } from "./face.js";
import { fetched } from "./fetched.js";
import { beginNavigation } from "./navigation.js";
import { beginNewsroom } from "./newsroom.js";
import "./one-at-a-time.js";
import { radio } from "./radio.js";
import { recall } from "./remembered.js";

const FOR_LISTENERS = new URL("./for-listeners.js", import.meta.url);

// Tasks of their own: to load all this, and to do all that, keeps a small phone busy.
setTimeout(begin);

function begin() {
  radio.begin();
  beginFace();
  beginNavigation();
  beginNewsroom();
  setTimeout(beginBar);
}

function beginBar() {
  defineBar();
  offerRecordings();
  document.addEventListener("turbo:render", offerRecordings);
  // The same one every time, once it has come.
  radio.listening.addEventListener("state", () => fetched(FOR_LISTENERS).catch(() => {}));
}

/** Recordings are in this page, or wait in the queue; if this fails, a press asks again. */
function offerRecordings() {
  const isOffered = recall("queue") || document.querySelector("[data-recording]");
  if (isOffered) haveRecordings().catch(() => {});
}
